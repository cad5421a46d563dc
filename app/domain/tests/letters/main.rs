//! The letters, each as a file to read: their words are a promise to customers.
#![allow(missing_docs)]

use domain::letter::{Facts, LetterKind, Sender, one_line, write};
use jiff::{Timestamp, ToSpan, Zoned};

fn zoned(text: &str) -> Zoned {
    text.parse().expect("a zoned time")
}

fn facts() -> Facts {
    let starts = zoned("2026-12-01T10:00:00+01:00[Europe/Berlin]");
    Facts {
        sender: Sender {
            name: "Salon Aurora".into(),
            email: Some("hello@aurora.example".into()),
            phone: Some("+49 30 1234567".into()),
            address: "Lange Straße 5, 10117 Berlin".into(),
            colour: Some("#b5179e".into()),
        },
        customer: "Maria Lopez".into(),
        service: "Cut and finish".into(),
        reference: "7K3M-9QXA".into(),
        ends: zoned("2026-12-01T10:30:00+01:00[Europe/Berlin]"),
        before: None,
        with: vec!["Ana Ruiz".into()],
        price: Some("€48.00".into()),
        is_agreed: true,
        is_held: true,
        cancelled_by_customer: false,
        reason: None,
        move_until: starts.timestamp() - 24.hours(),
        cancel_until: starts.timestamp() - 24.hours(),
        link: "https://aurora.example.com/booked/key".into(),
        site: "https://aurora.example.com/".into(),
        starts,
    }
}

fn now() -> Timestamp {
    "2026-11-28T08:00:00Z".parse().expect("an instant")
}

#[test]
fn each_letter() {
    for kind in LetterKind::ALL {
        let mut facts = facts();
        match kind {
            LetterKind::Requested => facts.is_agreed = false,
            LetterKind::Declined => facts.reason = Some("We are away that week.".into()),
            LetterKind::Moved => facts.before = Some(zoned("2026-11-30T16:00:00+01:00[Europe/Berlin]")),
            _ => {}
        }
        let letter = write(kind, &facts, now());
        let name = kind.as_str().to_lowercase();
        insta::assert_snapshot!(format!("{name}_text"), format!("Subject: {}\n\n{}", letter.subject, letter.text));
        insta::assert_snapshot!(format!("{name}_html"), letter.html);
        assert_eq!(LetterKind::parse(kind.as_str()), Some(kind));
    }
}

#[test]
fn until_when_it_can_be_changed_is_what_was_promised_as_seen_from_now() {
    let says = |move_until: &str, cancel_until: &str, now: &str| {
        let [move_until, cancel_until, now] =
            [move_until, cancel_until, now].map(|at| at.parse::<Timestamp>().expect("an instant"));
        write(LetterKind::Booked, &Facts { move_until, cancel_until, ..facts() }, now).text
    };
    let [early, late, begins] = ["2026-11-30T09:00:00Z", "2026-12-01T07:00:00Z", "2026-12-01T09:00:00Z"];
    let [before, between, after] = ["2026-11-30T09:00:00Z", "2026-11-30T09:00:01Z", "2026-12-01T08:00:00Z"];
    for (moved, cancelled, now, words) in [
        (early, early, before, "You can move it or call it off yourself until Monday 30 November 2026, 10:00."),
        (
            early,
            late,
            before,
            "until Monday 30 November 2026, 10:00, and call it off until Tuesday 1 December 2026, 08:00.",
        ),
        (
            late,
            early,
            between,
            "You can move it yourself until Tuesday 1 December 2026, 08:00. To call it off, ask Salon Aurora.",
        ),
        (
            early,
            late,
            between,
            "You can call it off yourself until Tuesday 1 December 2026, 08:00. To move it, ask Salon Aurora.",
        ),
        (early, early, between, "It is too near to be moved or called off online."),
        (begins, begins, after, "You can move it or call it off yourself until it begins."),
    ] {
        let text = says(moved, cancelled, now);
        assert!(text.contains(words), "{words} is not in:\n{text}");
    }
}

#[test]
fn an_hour_that_comes_twice_says_which() {
    let facts = Facts {
        starts: zoned("2026-10-25T02:30:00+02:00[Europe/Berlin]"),
        ends: zoned("2026-10-25T02:15:00+01:00[Europe/Berlin]"),
        ..facts()
    };
    let letter = write(LetterKind::Booked, &facts, now());
    assert!(
        letter.text.contains("When: Sunday 25 October 2026, 02:30 (UTC+2) to 02:15 (UTC+1), Berlin time (UTC+2)"),
        "{}",
        letter.text
    );
    assert!(letter.subject.ends_with("02:30 (UTC+2)"), "{}", letter.subject);
    let over_night = Facts { ends: zoned("2026-12-02T01:00:00+01:00[Europe/Berlin]"), ..self::facts() };
    let letter = write(LetterKind::Booked, &over_night, now());
    assert!(letter.text.contains("10:00 to Wednesday 2 December 2026, 01:00"), "{}", letter.text);
}

#[test]
fn who_called_it_off_and_what_did_not_move() {
    let own = Facts { cancelled_by_customer: true, reason: Some("I have a cold".into()), ..facts() };
    let text = write(LetterKind::Cancelled, &own, now()).text;
    assert!(text.contains("You have called off your booking") && !text.contains("cold"), "{text}");
    let same_time = write(LetterKind::Moved, &Facts { before: Some(facts().starts), ..facts() }, now());
    assert!(same_time.subject.starts_with("Your booking has changed") && !same_time.text.contains("Before"));
    let asked = write(LetterKind::Moved, &Facts { is_agreed: false, ..facts() }, now());
    assert!(asked.text.contains("It still waits for their answer."));
    let unheld = write(LetterKind::Requested, &Facts { is_held: false, ..facts() }, now());
    assert!(!unheld.text.contains("kept for you"));
}

/// Names and reasons are typed by strangers: they stay words, in the text, in the HTML and in the subject.
#[test]
fn what_was_typed_stays_words() {
    let evil = "Maria\r\nBcc: all@example.com\n\n<script>alert(1)</script> \"&' ليلى 美";
    let facts = Facts {
        customer: evil.into(),
        service: evil.into(),
        reason: Some(evil.into()),
        with: vec![evil.into()],
        sender: Sender { name: evil.into(), address: evil.into(), ..facts().sender },
        link: "https://example.com/\"onmouseover=\"x".into(),
        ..facts()
    };
    for kind in LetterKind::ALL {
        let letter = write(kind, &facts, now());
        assert!(!letter.subject.contains(['\r', '\n']), "{}", letter.subject);
        assert!(letter.text.lines().all(|line| !line.starts_with("Bcc")), "{}", letter.text);
        assert!(letter.text.contains("ليلى 美"));
        assert!(!letter.html.contains("<script") && !letter.html.contains("\"onmouseover"), "{}", letter.html);
    }
    assert_eq!(one_line(" a\r\n\tb\u{0}c "), "a b c");
    // An advertisement is no name.
    for name in ["Win at https://spam.example", "WWW.spam.example", "spam.example/win"] {
        let letter = write(LetterKind::Booked, &Facts { customer: name.into(), ..self::facts() }, now());
        assert!(letter.text.starts_with("Hello,\n") && !letter.html.contains("spam.example"), "{}", letter.text);
    }
    // Nothing to say is not said.
    let bare =
        Facts { sender: Sender { name: "X".into(), ..Sender::default() }, with: vec![], price: None, ..self::facts() };
    let text = write(LetterKind::Booked, &bare, now()).text;
    assert!(!text.contains("With:") && !text.contains("Price:") && !text.contains("Where:"), "{text}");
}
