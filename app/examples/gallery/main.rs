//! Writes every page in every state into a folder, as files that a browser can open from any web server:
//! `cargo run -p app --features ssr --example gallery -- FOLDER [STYLE SHEET]`.
//!
//! The checks of the look (screenshots, axe, reflow) run on these, so that no state needs a database to be seen.

mod control;
mod customers;
mod daily;
mod desk;
mod entry;
mod frames;
mod own;
mod samples;
mod setup;
mod team;

use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let folder: PathBuf = arguments.next().ok_or("give the folder to write to")?.into();
    let css = arguments.next().unwrap_or_else(|| "/style.css".to_owned());
    fs::create_dir_all(&folder)?;
    let frames = frames::Frames::new(&css);
    let pages = [
        samples::pages(&frames),
        entry::pages(&frames),
        own::pages(&frames),
        desk::pages(&frames),
        control::pages(&frames),
        setup::pages(&frames),
        daily::pages(&frames),
        customers::pages(&frames),
    ]
    .concat();
    let mut index = String::from("<!DOCTYPE html><meta charset=\"utf-8\"><title>Gallery</title><h1>Gallery</h1><ul>");
    for (name, html) in &pages {
        fs::write(folder.join(format!("{name}.html")), html)?;
        index.push_str(&format!("<li><a href=\"{name}.html\">{name}</a></li>"));
    }
    index.push_str("</ul>");
    fs::write(folder.join("index.html"), index)?;
    // What a business in the product's own colour answers.
    fs::write(folder.join("brand.css"), "")?;
    fs::write(folder.join("palette.js"), app::ui::script::PALETTE)?;
    fs::write(folder.join("search.js"), app::ui::script::SEARCH)?;
    Ok(())
}
