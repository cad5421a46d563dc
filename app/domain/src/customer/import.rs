//! Customers out of a file: what the rows say, and what would become of each. The plan is made of the file and of who is
//! there already, so making it twice is making it once: the second time nothing is left to do.

use super::{
    CustomerForm, Details, check_notes,
    csv::{Unreadable, records, unguarded},
    join_notes, phone_tail,
};
use std::collections::HashMap;
use uuid::Uuid;

/// As many rows are taken at once.
pub const MOST_ROWS: usize = 5000;

/// A row that says of somebody who it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// The line of the file.
    pub line: usize,
    /// Who.
    pub details: Details,
    /// May be empty.
    pub notes: String,
}

/// A row that cannot be taken as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadRow {
    /// The line of the file.
    pub line: usize,
    /// What is in it, so that it can be found.
    pub label: String,
    /// What is wrong with it.
    pub problems: Vec<String>,
}

/// A file, read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Read {
    /// In the order of the file; nobody is in it twice.
    pub rows: Vec<Row>,
    /// In the order of the file.
    pub bad: Vec<BadRow>,
    /// Columns that say nothing to us.
    pub left_out: Vec<String>,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Column {
    Name,
    FirstName,
    LastName,
    Email,
    Phone,
    Notes,
}

/// What a column's heading means, however it is written.
fn column(heading: &str) -> Option<Column> {
    let heading: String = heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    Some(match heading.as_str() {
        "name" | "fullname" | "customer" | "customername" | "client" | "clientname" => Column::Name,
        "firstname" | "givenname" | "forename" => Column::FirstName,
        "lastname" | "surname" | "familyname" => Column::LastName,
        "email" | "mail" | "emailaddress" | "mailaddress" => Column::Email,
        "phone" | "telephone" | "tel" | "mobile" | "cell" | "cellphone" | "mobilephone" | "phonenumber" => {
            Column::Phone
        }
        "note" | "notes" | "comment" | "comments" | "remark" | "remarks" => Column::Notes,
        _ => return None,
    })
}

/// Reads a file's text.
pub fn read(text: &str) -> Result<Read, Unreadable> {
    let mut all = records(text)?.into_iter();
    let heading = all.next().ok_or(Unreadable::Empty)?;
    let columns: Vec<_> = heading.fields.iter().map(|field| column(field)).collect();
    let has = |wanted: &[Column]| columns.iter().flatten().any(|column| wanted.contains(column));
    if !has(&[Column::Name, Column::FirstName, Column::LastName]) {
        return Err(Unreadable::NoName);
    }
    if !has(&[Column::Email, Column::Phone]) {
        return Err(Unreadable::NoContact);
    }
    if all.len() == 0 {
        return Err(Unreadable::Empty);
    }
    if all.len() > MOST_ROWS {
        return Err(Unreadable::TooManyRows(MOST_ROWS));
    }
    let unknown =
        heading.fields.iter().zip(&columns).filter(|(field, column)| column.is_none() && !field.trim().is_empty());
    let mut read = Read { left_out: unknown.map(|(field, _)| field.trim().to_owned()).collect(), ..Read::default() };
    let mut seen = HashMap::new();
    for record in all {
        let cell = |wanted: Column| {
            let at = columns.iter().position(|column| *column == Some(wanted));
            at.and_then(|at| record.fields.get(at)).map_or("", |field| unguarded(field.trim()))
        };
        let whole = match cell(Column::Name) {
            "" => format!("{} {}", cell(Column::FirstName), cell(Column::LastName)),
            name => name.to_owned(),
        };
        let form = CustomerForm {
            name: whole.trim().to_owned(),
            email: cell(Column::Email).to_owned(),
            phone: cell(Column::Phone).to_owned(),
        };
        let (details, notes) = (form.check(), check_notes(cell(Column::Notes)));
        let bad = |problems| BadRow { line: record.line, label: label(&form), problems };
        match (details, notes) {
            (Ok(details), Ok(notes)) => match seen.insert(key(&details), record.line) {
                None => read.rows.push(Row { line: record.line, details, notes }),
                Some(first) => {
                    seen.insert(key(&details), first);
                    read.bad.push(bad(vec![format!("The same customer stands in line {first}")]));
                }
            },
            (details, notes) => {
                let mistakes = [details.err(), notes.err()].into_iter().flatten().flatten();
                read.bad.push(bad(mistakes.map(|mistake| mistake.message).collect()));
            }
        }
    }
    Ok(read)
}

/// Enough of a row to find it again in a long file.
fn label(form: &CustomerForm) -> String {
    let parts = [&form.name, &form.email, &form.phone];
    let text = parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ");
    text.chars().filter(|c| !c.is_control()).take(120).collect()
}

/// By what rows and customers are told to be the same: the address, or else name and number.
fn key(details: &Details) -> (String, String) {
    match details.email_key() {
        email if email.is_empty() => {
            let phone = details.phone.as_deref().unwrap_or_default();
            (phone_tail(phone).unwrap_or_else(|| phone.to_owned()), details.name.to_lowercase())
        }
        email => (email, String::new()),
    }
}

/// Somebody who is there already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// Which customer.
    pub id: Uuid,
    /// How they are called and reached.
    pub details: Details,
    /// What the team has noted.
    pub notes: String,
    /// Whether they have a login, and so say themselves what they are called.
    pub has_login: bool,
}

/// What becomes of those who are there already.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Existing {
    /// They stay as they are.
    #[default]
    Skip,
    /// They get the name and the number of the file, and its notes below theirs.
    Update,
}

impl Existing {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Skip, Self::Update];

    /// The word in the form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Skip => "skip",
            Self::Update => "update",
        }
    }

    /// Reads the word; whatever it is not changes nobody.
    pub fn parse(text: &str) -> Self {
        if text == Self::Update.as_str() { Self::Update } else { Self::Skip }
    }
}

/// Somebody who is there already and would be another way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Update {
    /// The line of the file.
    pub line: usize,
    /// As they would be.
    pub after: Known,
    /// What of them would be another way: `phone, notes`.
    pub what: String,
}

/// What would become of each row.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Plan {
    /// New customers.
    pub add: Vec<Row>,
    /// Those there already who would change.
    pub update: Vec<Update>,
    /// Those there already who stay as they are.
    pub same: Vec<Row>,
    /// What cannot be taken.
    pub bad: Vec<BadRow>,
    /// Columns that say nothing to us.
    pub left_out: Vec<String>,
}

/// Decides about each row.
pub fn plan(read: Read, known: &[Known], existing: Existing) -> Plan {
    let mut by_key = HashMap::new();
    for known in known {
        by_key.entry(key(&known.details)).or_insert(known);
    }
    let mut plan = Plan { bad: read.bad, left_out: read.left_out, ..Plan::default() };
    for row in read.rows {
        match (by_key.get(&key(&row.details)), existing) {
            (None, _) => plan.add.push(row),
            (Some(_), Existing::Skip) => plan.same.push(row),
            (Some(known), Existing::Update) => match updated(known, &row) {
                Ok(after) if after == **known => plan.same.push(row),
                Ok(after) => plan.update.push(Update { line: row.line, what: difference(known, &after), after }),
                Err(problem) => {
                    let label = label(&row.details.form());
                    plan.bad.push(BadRow { line: row.line, label, problems: vec![problem] });
                }
            },
        }
    }
    plan.bad.sort_by_key(|row| row.line);
    plan
}

fn updated(known: &Known, row: &Row) -> Result<Known, String> {
    let mut after = known.clone();
    if !known.has_login {
        after.details.name.clone_from(&row.details.name);
    }
    if row.details.phone.is_some() {
        after.details.phone.clone_from(&row.details.phone);
    }
    if !row.notes.is_empty() {
        after.notes = join_notes(&known.notes, &row.notes)
            .ok_or("With these notes there would be more than 2,000 characters of them: shorten them")?;
    }
    Ok(after)
}

fn difference(before: &Known, after: &Known) -> String {
    let parts = [
        ("name", before.details.name != after.details.name),
        ("phone", before.details.phone != after.details.phone),
        ("notes", before.notes != after.notes),
    ];
    parts.into_iter().filter(|(_, is_other)| *is_other).map(|(name, _)| name).collect::<Vec<_>>().join(", ")
}
