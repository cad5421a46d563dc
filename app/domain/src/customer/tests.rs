use super::{
    csv::{Unreadable, decode, records, unguarded},
    import::{Existing, Known, Plan, plan, read},
    *,
};
use proptest::{collection::vec, prelude::*};
use uuid::Uuid;

fn fields(text: &str) -> Vec<Vec<String>> {
    records(text).expect("a table").into_iter().map(|record| record.fields).collect()
}

#[test]
fn forms_name_all_that_is_wrong() {
    let form = CustomerForm { name: " ".into(), email: "x".into(), phone: "call me".into() };
    let names: Vec<_> = form.check().expect_err("mistakes").into_iter().map(|mistake| mistake.field).collect();
    assert_eq!(names, ["name", "email", "phone"]);
    let nothing = CustomerForm { name: "Ana".into(), ..CustomerForm::default() };
    assert_eq!(nothing.check().expect_err("a mistake")[0].field, "email");
    let by_phone = CustomerForm { phone: "030 1234567".into(), ..nothing };
    let details = by_phone.check().expect("a customer");
    assert_eq!((details.form(), details.email_key()), (by_phone, String::new()));
    assert!(check_notes(&"x".repeat(2001)).is_err());
}

#[test]
fn numbers_are_the_same_however_they_are_written() {
    assert_eq!(phone_tail("+49 30 1234567"), phone_tail("030/1234567"));
    assert_ne!(phone_tail("+49 30 1234567"), phone_tail("+49 30 1234568"));
    assert_eq!(phone_tail("123456"), None);
}

#[test]
fn what_is_looked_for() {
    let wanted = Wanted::parse(" Ana  Mül ");
    assert_eq!(
        (wanted.words.as_slice(), wanted.digits.as_str()),
        (["Ana".to_owned(), "Mül".to_owned()].as_slice(), "")
    );
    assert_eq!(Wanted::parse("4567").digits, "4567");
    assert_eq!(Wanted::parse("030 123-45").digits, "3012345");
    // Too few digits, or a name with a number.
    assert_eq!(Wanted::parse("12").digits, "");
    assert_eq!(Wanted::parse("Ana 2000").digits, "");
    assert_eq!(Wanted::parse(""), Wanted::default());
}

#[test]
fn notes_are_put_together_once() {
    assert_eq!(join_notes("Likes tea", ""), Some("Likes tea".into()));
    assert_eq!(join_notes("", "Likes tea"), Some("Likes tea".into()));
    assert_eq!(join_notes("Likes tea", "Has a dog"), Some("Likes tea\nHas a dog".into()));
    assert_eq!(join_notes("Likes tea\nHas a dog", "Has a dog"), Some("Likes tea\nHas a dog".into()));
    assert_eq!(join_notes(&"x".repeat(1500), &"y".repeat(500)), None);
}

#[test]
fn tables_are_read_as_spreadsheets_write_them() {
    let two = [["a", "b"], ["1", "2"]];
    for text in ["a,b\n1,2", "a;b\r\n1;2\r\n", "a\tb\r1\t2\r", "\u{feff}a,b\n\n1,2\n,\n", "\"a\",\"b\"\n 1, \"2\"\n"] {
        let trimmed: Vec<Vec<String>> =
            fields(text).into_iter().map(|row| row.iter().map(|field| field.trim().to_owned()).collect()).collect();
        assert_eq!(trimmed, two, "{text:?}");
    }
    assert_eq!(fields("a;b\n\"x;y\";\"say \"\"hi\"\"\"")[1], ["x;y", "say \"hi\""]);
    // Commas in quotes are no separators of the heading.
    assert_eq!(fields("\"a,b,c\";d\n1;2")[0], ["a,b,c", "d"]);
    // A quote in the middle of a word is one.
    assert_eq!(fields("a,b\n5\" pipe,2")[1], ["5\" pipe", "2"]);
}

#[test]
fn lines_are_counted_through_quotes_and_blank_lines() {
    let text = "name,notes\r\n\r\nAna,\"one\r\ntwo\"\r\n\r\nBo,\"x\"\"y\"\r\nCleo,z";
    let lines: Vec<_> =
        records(text).expect("a table").into_iter().map(|record| (record.line, record.fields)).collect();
    let row = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
    assert_eq!(
        lines,
        [(1, row("name", "notes")), (3, row("Ana", "one\r\ntwo")), (6, row("Bo", "x\"y")), (7, row("Cleo", "z"))]
    );
    assert_eq!(records("a,b\n1,\"2\n3,4"), Err(Unreadable::OpenQuote(2)));
}

#[test]
fn other_encodings_are_told() {
    assert_eq!(decode("\u{feff}Zoë".as_bytes()), Ok("Zoë".into()));
    assert_eq!(decode(b"name\nZo\xeb"), Err(Unreadable::NotUtf8));
    assert_eq!(decode(b"\xff\xfen\x00a\x00"), Err(Unreadable::NotUtf8));
    assert_eq!(decode(b"PK\x03\x04\x00\x00"), Err(Unreadable::NotText));
}

#[test]
fn headings_are_known_however_they_are_written() {
    let text =
        "Full Name; E-Mail ;Phone number;Birthday;Remarks\nAna Ruiz;ana@example.com;'+49 30 1234567;1 May;\"a\nb\"";
    let read = read(text).expect("a file");
    assert_eq!(read.left_out, ["Birthday"]);
    let row = &read.rows[0];
    assert_eq!(row.details.phone.as_deref(), Some("+49 30 1234567"));
    assert_eq!((row.details.name.as_str(), row.notes.as_str(), row.line), ("Ana Ruiz", "a\nb", 2));
    let parts = super::import::read("first_name,LAST NAME,tel\nAna,Ruiz,030 1234567").expect("a file");
    assert_eq!(parts.rows[0].details.name, "Ana Ruiz");
    for (text, why) in [
        ("", Unreadable::Empty),
        ("name,email\n", Unreadable::Empty),
        ("email\na@example.com", Unreadable::NoName),
        ("name\nAna", Unreadable::NoContact),
        (&format!("name,email\n{}", "a,b\n".repeat(5001)), Unreadable::TooManyRows(5000)),
    ] {
        assert_eq!(super::import::read(text), Err(why));
        assert!(!why.message().is_empty());
    }
}

#[test]
fn rows_with_mistakes_are_told_by_their_line() {
    let text = "name,email,phone\n,x,\nAna,ana@example.com,\nAna again,ANA@example.com,\nBo,,\nCleo,,030 1234567\ncleo,,+49 30 1234567";
    let read = read(text).expect("a file");
    assert_eq!(read.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 6]);
    let bad: Vec<_> = read.bad.iter().map(|row| (row.line, row.problems.join("; "))).collect();
    assert_eq!(
        bad,
        [
            (2, "Enter a name; Enter an e-mail address like name@example.com".into()),
            (4, "The same customer stands in line 3".into()),
            (5, "Enter an e-mail address or a phone number, so that they can be reached".into()),
            (7, "The same customer stands in line 6".into()),
        ]
    );
}

fn known(n: u128, name: &str, email: &str, phone: Option<&str>) -> Known {
    let email = Some(email.to_owned()).filter(|email| !email.is_empty());
    let details = Details { name: name.into(), email, phone: phone.map(str::to_owned) };
    Known { id: Uuid::from_u128(n), details, notes: String::new(), has_login: false }
}

/// Who is there once a plan was carried out.
fn carried_out(known: &[Known], plan: &Plan) -> Vec<Known> {
    let mut all = known.to_vec();
    for update in &plan.update {
        let place = all.iter_mut().find(|known| known.id == update.after.id).expect("somebody who is there");
        *place = update.after.clone();
    }
    let first = 1_000_u128;
    all.extend(plan.add.iter().zip(first..).map(|(row, n)| Known {
        id: Uuid::from_u128(n),
        details: row.details.clone(),
        notes: row.notes.clone(),
        has_login: false,
    }));
    all
}

#[test]
fn those_who_are_there_stay_or_change_as_was_asked() {
    let there = [known(1, "Ana", "Ana@example.com", None), known(2, "Bo", "", Some("030 1234567"))];
    let file = "name,email,phone,notes\nAna Ruiz,ana@EXAMPLE.com,030 7654321,Likes tea\nbo,,+49 30 1234567,\nCleo,c@example.com,,";
    let of = |existing| plan(read(file).expect("a file"), &there, existing);
    let skipped = of(Existing::Skip);
    assert_eq!((skipped.add.len(), skipped.update.len(), skipped.same.len()), (1, 0, 2));
    let updated = of(Existing::Update);
    assert_eq!((updated.add.len(), updated.update.len(), updated.same.len()), (1, 2, 0));
    assert_eq!(updated.update[0].what, "name, phone, notes");
    // Whoever has a login says the own name.
    let with_login = [Known { has_login: true, ..there[0].clone() }];
    let again = plan(read(file).expect("a file"), &with_login, Existing::Update);
    assert_eq!(again.update[0].what, "phone, notes");
    assert_eq!(again.update[0].after.details.name, "Ana");
}

proptest! {
    /// Whatever is sent, it is read or refused.
    #[test]
    fn nothing_breaks_the_reader(text in "[a-c,;\t\"\r\n '=é]{0,80}", bytes in vec(any::<u8>(), 0..80)) {
        if let Ok(rows) = records(&text) {
            prop_assert!(rows.windows(2).all(|two| two[0].line < two[1].line));
        }
        if let Ok(text) = decode(&bytes) {
            let _ = read(&text);
        }
    }

    /// What is written in quotes comes back as it was.
    #[test]
    fn a_table_comes_back(rows in vec(vec("[a-z,;\t\"\n é=+]{0,8}x", 2..4), 1..6), cut in prop::sample::select(vec![',', ';', '\t'])) {
        let quoted = |field: &String| format!("\"{}\"", field.replace('"', "\"\""));
        let heading = format!("h{cut}h\n");
        let text: String = rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(&cut.to_string()) + "\r\n").collect();
        prop_assert_eq!(&fields(&(heading + &text))[1..], &rows[..]);
    }

    /// Guarding a cell and reading it again changes nothing.
    #[test]
    fn what_was_guarded_comes_back(cell in "[=+@\t'a-]{0,6}") {
        let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
        let guarded = format!("{guard}{cell}");
        // Only a cell that looks guarded from the start loses something.
        if !cell.starts_with('\'') {
            prop_assert_eq!(unguarded(&guarded), cell.as_str());
        }
    }

    /// Once a file was imported, importing it again finds nothing to do.
    #[test]
    fn an_import_is_done_once(
        rows in vec(("[A-C]", prop::option::of("[a-c]@x\\.de"), prop::option::of("030 111111[0-3]"), "[x-z ]{0,3}"), 1..12),
        is_update in any::<bool>(),
    ) {
        let cell = |text: &Option<String>| text.clone().unwrap_or_default();
        let lines: String = rows.iter().map(|(name, email, phone, notes)| format!("{name},{},{},{notes}\n", cell(email), cell(phone))).collect();
        let text = format!("name,email,phone,notes\n{lines}");
        let existing = if is_update { Existing::Update } else { Existing::Skip };
        let there = [known(1, "A", "a@x.de", None), known(2, "B", "", Some("+49 30 1111111"))];
        let first = plan(read(&text).expect("a file"), &there, existing);
        let after = carried_out(&there, &first);
        let second = plan(read(&text).expect("a file"), &after, existing);
        prop_assert_eq!((second.add.len(), second.update.len()), (0, 0), "{:?}", second);
        prop_assert_eq!(second.same.len(), first.add.len() + first.update.len() + first.same.len());
    }
}
