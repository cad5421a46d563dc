//! The engine against tables of questions and exact answers, through the program of api.md, section 2.
//!
//! A file is a theme: `base` is a scenario, and each case lays its `scenario` over it (JSON merge patch). Shorthand that
//! only these files know: `hours` as `"mon/tue 09:00-12:00, 13:00-17:00"` (without days: every day), and a booking as
//! `"ana 2027-06-14T09:00+02:00 60 a-1"` (resource, start, minutes and, if it has one, its appointment; the resource
//! `-` is none). A case expects one or more of
//!
//! - `slots`: all of them, a line a date, `"2027-03-28 01:00+01:00 03:00..05:00/60=ana+room"`: the time on the business's
//!   clock, with its offset and the resources where they matter; `a..b/n` is every n minutes from a to b
//! - `asks`: by start, `"yes on-grid"` or `"no off-grid: booked ana, closed bo"` (`then` for `,` where the order matters)
//! - `error`: the path of the field that is wrong, and perhaps what is wrong with it
//!
//! Every case says where its expectation comes from; none of them comes from the engine.

#[path = "../../examples/slots/answer.rs"]
mod answer;
mod expect;
mod file;
#[path = "../../examples/slots/raw.rs"]
mod raw;
#[path = "../../examples/slots/scenario.rs"]
mod scenario;

use file::{Case, files};

/// All cases that fail, at once.
#[test]
fn all_cases_hold() {
    let mut failures = Vec::new();
    for (name, file) in files() {
        for case in &file.cases {
            let told: Vec<_> = expect::check(&file.scenario(case), case);
            failures.extend(told.into_iter().map(|what| format!("{name}: {}\n  {}\n{what}", case.name, case.source)));
        }
    }
    assert!(failures.is_empty(), "{} failures\n\n{}", failures.len(), failures.join("\n\n"));
}

/// Many cases, each with a name of its own, a source, and something expected.
#[test]
fn cases_are_many_and_say_where_they_come_from() {
    let files = files();
    let mut names: Vec<_> =
        files.iter().flat_map(|(file, of)| of.cases.iter().map(move |case| (file, &case.name))).collect();
    assert!(names.len() >= 150, "{}", names.len());
    names.sort();
    names.dedup();
    assert_eq!(names.len(), files.iter().map(|(_, file)| file.cases.len()).sum::<usize>(), "a name comes twice");
    for (file, case) in files.iter().flat_map(|(name, file)| file.cases.iter().map(move |case| (name, case))) {
        let Case { name, source, slots, asks, error, .. } = case;
        assert!(source.len() > 10, "{file}: {name} has no source");
        assert!(slots.is_some() || !asks.is_empty() || error.is_some(), "{file}: {name} expects nothing");
    }
}
