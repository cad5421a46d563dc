//! The rights against what product.md says of them, sections 2 to 6: as tables to read, against an oracle, and as
//! properties of people and facts made up at random.
//!
//! `PROPTEST_CASES=100000 cargo test -p domain --test policy` looks longer.

mod masquerade;
mod people;
mod properties;
mod questions;
mod table;

/// Compares a text with the file of that name in `snapshots/`. `INSTA_UPDATE=always` writes it anew.
fn assert_file(name: &str, text: &str) {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, text);
    });
}
