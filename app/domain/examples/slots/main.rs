//! The engine on its own: a scenario on standard input, the answer on standard output (api.md, section 2).
//!
//! `cargo run -q -p domain --example slots < scenario.json` ends with 0, or with 2 and one line on standard error that
//! names the field that is wrong: `service.step: must be at least 1`.

mod answer;
mod raw;
mod scenario;

use std::{
    io::{self, Read, Write},
    process::ExitCode,
};

fn main() -> ExitCode {
    let told = read().and_then(|text| scenario::read(&text).map_err(|wrong| wrong.to_string()));
    let written = match told {
        Ok(question) => {
            let line = serde_json::to_string(&answer::answer(&question)).map_err(io::Error::from);
            line.and_then(|line| writeln!(io::stdout(), "{line}"))
        }
        Err(wrong) => {
            // Nobody is left to tell when standard error is closed, too.
            let _ = writeln!(io::stderr(), "{wrong}");
            return ExitCode::from(2);
        }
    };
    // A reader that went away has seen enough.
    if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn read() -> Result<String, String> {
    let mut text = String::new();
    match io::stdin().read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(error) => Err(format!("scenario: cannot be read: {error}")),
    }
}
