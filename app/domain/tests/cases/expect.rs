//! What a case expects against what the program says.

use crate::{
    answer::{Answer, Offer, Told, answer},
    file::Case,
    scenario,
};
use serde_json::{Value, json};

/// What is wrong with a case: nothing, if all is well.
pub(crate) fn check(scenario: &Value, case: &Case) -> Vec<String> {
    let mut failures = Vec::new();
    if let Some(expected) = &case.error {
        let text = scenario.as_str().map_or_else(|| scenario.to_string(), Into::into);
        let told = scenario::read(&text).map_or_else(|wrong| wrong.to_string(), |_| "no error".into());
        let (path, _) = told.split_once(": ").unwrap_or((&told, ""));
        if told != *expected && path != expected || told.contains('\n') {
            failures.push(format!("  expected {expected}\n  found    {told}"));
        }
    }
    if let Some(expected) = &case.slots {
        match ask(scenario, None) {
            Ok(found) => failures.extend(slots(expected, &found.slots, &scenario["service"]["minutes"])),
            Err(wrong) => failures.push(format!("  {wrong}")),
        }
    }
    for (start, expected) in &case.asks {
        let found = ask(scenario, Some(start)).map(|answer| answer.ask.expect("an answer to what was asked"));
        match found {
            Ok(found) => failures.extend(verdict(start, expected, &found)),
            Err(wrong) => failures.push(format!("  {wrong}")),
        }
    }
    failures
}

fn ask(scenario: &Value, start: Option<&String>) -> Result<Answer, scenario::Wrong> {
    let mut scenario = scenario.clone();
    scenario["ask"] = json!(start);
    scenario::read(&scenario.to_string()).map(|question| answer(&question))
}

/// A start as it is expected: offset and resources may be left open.
struct Start {
    date: String,
    time: String,
    offset: Option<String>,
    resources: Option<String>,
}

fn slots(expected: &[String], found: &[Offer], minutes: &Value) -> Option<String> {
    let starts: Vec<_> = expected.iter().flat_map(|line| read_line(line)).collect();
    let same = starts.len() == found.len() && starts.iter().zip(found).all(|(start, offer)| start.is(offer));
    let length = |offer: &Offer| {
        let [start, end] = [&offer.start, &offer.end].map(|at| at.parse::<jiff::Timestamp>().expect("an instant"));
        end.duration_since(start).as_mins()
    };
    let right_length = found.iter().all(|offer| Some(length(offer)) == minutes.as_i64());
    (!same || !right_length).then(|| {
        let found: Vec<_> =
            found.iter().map(|offer| format!("{} {}", offer.start, offer.resources.join("+"))).collect();
        let wrong = if right_length { "" } else { " (of the wrong length)" };
        format!("  expected\n    {}\n  found{wrong}\n    {}", expected.join("\n    "), found.join("\n    "))
    })
}

fn read_line(line: &str) -> Vec<Start> {
    let mut words = line.split_whitespace();
    let date = words.next().expect("a date");
    let mut starts = Vec::new();
    for word in words {
        let (time, resources) = word.split_once('=').map_or((word, None), |(time, who)| (time, Some(who.to_owned())));
        let start = |time: &str, offset: Option<&str>| Start {
            date: date.to_owned(),
            time: time.to_owned(),
            offset: offset.filter(|offset| !offset.is_empty()).map(Into::into),
            resources: resources.clone(),
        };
        if let Some((from, rest)) = time.split_once("..") {
            let (to, every) = rest.split_once('/').expect("a..b/n");
            let every = every.parse().expect("minutes");
            let times = (minute(from)..=minute(to)).step_by(every);
            starts.extend(times.map(|at| start(&format!("{:02}:{:02}", at / 60, at % 60), None)));
        } else {
            starts.push(start(&time[..5], Some(&time[5..])));
        }
    }
    starts
}

fn minute(time: &str) -> u32 {
    let (hour, minute) = time.split_once(':').expect("HH:MM");
    hour.parse::<u32>().expect("an hour") * 60 + minute.parse::<u32>().expect("a minute")
}

impl Start {
    fn is(&self, offer: &Offer) -> bool {
        // 2027-03-28T01:00:00+01:00
        let (date, rest) = offer.start.split_at(10);
        let (time, offset) = (&rest[1..6], &rest[9..]);
        let open = |expected: &Option<String>, found: &str| expected.as_ref().is_none_or(|expected| expected == found);
        let seconds = &rest[6..9];
        let at = self.date == date && self.time == time && seconds == ":00" && open(&self.offset, offset);
        at && open(&self.resources, &offer.resources.join("+"))
    }
}

fn verdict(start: &str, expected: &str, found: &Told) -> Option<String> {
    let (head, reasons) = expected.split_once(": ").unwrap_or((expected, ""));
    let mut told: Vec<_> = found
        .reasons
        .iter()
        .map(|why| match &why.resource {
            Some(resource) => format!("{} {resource}", why.code.as_str()),
            None => why.code.as_str().to_owned(),
        })
        .collect();
    let in_order = told.clone();
    let same = if reasons.contains(" then ") {
        told == reasons.split(" then ").collect::<Vec<_>>()
    } else {
        let mut reasons: Vec<_> = reasons.split(", ").filter(|reason| !reason.is_empty()).collect();
        reasons.sort_unstable();
        told.sort();
        told == reasons
    };
    let answer = if found.bookable { "yes" } else { "no" };
    let grid = if found.on_grid { "on-grid" } else { "off-grid" };
    let (yes_or_no, on_or_off) = head.split_once(' ').unwrap_or((head, grid));
    let right = same && yes_or_no == answer && on_or_off == grid;
    (!right).then(|| {
        format!("  asked for {start}\n  expected {expected}\n  found    {answer} {grid}: {}", in_order.join(", "))
    })
}
