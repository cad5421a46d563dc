//! The files of cases, and their shorthand.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, fs, path::Path};

/// A theme.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// For the reader.
    #[serde(rename = "about")]
    _about: String,
    base: Value,
    pub(crate) cases: Vec<Case>,
}

/// A question and its answer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) name: String,
    /// Where the answer comes from.
    pub(crate) source: String,
    /// Laid over the base; as text it is the whole scenario, for what is not JSON.
    scenario: Value,
    pub(crate) slots: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) asks: BTreeMap<String, String>,
    pub(crate) error: Option<String>,
}

/// All files beside this one, with their names.
pub(crate) fn files() -> Vec<(String, File)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let file = serde_json::from_str(&fs::read_to_string(path).expect("text"));
        let file = file.map_err(|error| format!("{name}: {error}"));
        (name, file.expect("a file of cases"))
    };
    paths.iter().map(read).collect()
}

impl File {
    /// The whole scenario of a case, as the program reads it.
    pub(crate) fn scenario(&self, case: &Case) -> Value {
        if case.scenario.is_string() {
            return case.scenario.clone();
        }
        let mut scenario = self.base.clone();
        merge(&mut scenario, &case.scenario);
        for resource in list(&mut scenario, "resources") {
            if let Some(Value::String(short)) = resource.get("hours") {
                resource["hours"] = hours(short);
            }
        }
        for entry in list(&mut scenario, "bookings") {
            if let Value::String(short) = entry {
                *entry = booking(short);
            }
        }
        scenario
    }
}

fn list<'a>(scenario: &'a mut Value, name: &str) -> impl Iterator<Item = &'a mut Value> {
    scenario.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten()
}

/// RFC 7396.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let fields = target.as_object_mut().expect("just made");
    for (name, value) in patch {
        if value.is_null() {
            fields.remove(name);
        } else {
            merge(fields.entry(name).or_insert(Value::Null), value);
        }
    }
}

fn hours(short: &str) -> Value {
    let span = |span: &str| {
        let (days, times) = span.trim().split_once(' ').unwrap_or(("mon/tue/wed/thu/fri/sat/sun", span.trim()));
        let (from, to) = times.split_once('-').expect("from-to");
        json!({ "days": days.split('/').collect::<Vec<_>>(), "from": from, "to": to })
    };
    short.split(',').map(span).collect()
}

fn booking(short: &str) -> Value {
    let words: Vec<_> = short.split(' ').collect();
    let start: jiff::Timestamp = words[1].parse().expect("a start");
    let end = start + jiff::SignedDuration::from_mins(words[2].parse().expect("minutes"));
    let mut booking = json!({ "start": words[1], "end": end.to_string() });
    if words[0] != "-" {
        booking["resource"] = words[0].into();
    }
    if let Some(appointment) = words.get(3) {
        booking["appointment"] = (*appointment).into();
    }
    booking
}
