use super::*;
use jiff::civil::date;

fn span(from: &str, to: &str) -> SpanForm {
    SpanForm { from: from.into(), to: to.into() }
}

fn week(days: &[(usize, &[(&str, &str)])]) -> WeekForm {
    let mut form = WeekForm::default();
    for (day, spans) in days {
        form.days[*day] = spans.iter().map(|(from, to)| span(from, to)).collect();
    }
    form
}

fn fields(form: &WeekForm) -> Vec<String> {
    form.check().expect_err("mistakes").into_iter().map(|mistake| mistake.field).collect()
}

#[test]
fn clocks() {
    for (text, minute) in [
        ("09:00", Some(540)),
        ("9:00", Some(540)),
        (" 9.30 ", Some(570)),
        ("0930", Some(570)),
        ("930", Some(570)),
        ("9", Some(540)),
        ("24:00", Some(1440)),
        ("24", Some(1440)),
        ("0", Some(0)),
        ("24:01", None),
        ("9:5", None),
        ("9:60", None),
        ("25", None),
        ("-9:00", None),
        ("+9:00", None),
        ("12345", None),
        ("1ä00", None),
        ("", None),
    ] {
        assert_eq!(parse_clock(text), minute, "{text}");
    }
    assert!((0..=1440).all(|minute| parse_clock(&clock(minute)) == Some(minute)));
}

#[test]
fn weekly_hours_are_read_written_and_said() {
    let spans = week(&[(1, &[("13:15", "17:00"), ("9", "12:30"), ("", "")]), (5, &[("18:00", "2:00")])]);
    let read = spans.check().expect("fine");
    assert_eq!(read, [(2, 540, 750), (2, 795, 1020), (6, 1080, 120)]);
    assert_eq!(WeekForm::of(&read).check(), Ok(read.clone()));
    assert_eq!(week_words(&read), "Tue 09:00–12:30, 13:15–17:00; Sat 18:00–02:00 the next day");
    let days = |days: std::ops::RangeInclusive<i8>| days.map(|day| (day, 540, 1020)).collect::<Vec<_>>();
    assert_eq!(week_words(&days(2..=6)), "Tue to Sat 09:00–17:00");
    assert_eq!(week_words(&days(6..=7)), "Sat and Sun 09:00–17:00");
    assert_eq!(week_words(&days(1..=7)), "Every day 09:00–17:00");
    assert_eq!(
        week_words(&[(1, 0, 1440), (3, 0, 1440), (4, 600, 0)]),
        "Mon 00:00–24:00; Wed 00:00–24:00; Thu 10:00–24:00"
    );
    assert_eq!(week_words(&[]), "No hours yet");
}

#[test]
fn monday_is_copied_to_the_other_working_days() {
    let mut form = week(&[(0, &[("9", "17")]), (1, &[("8", "9")]), (5, &[("10", "14")])]);
    form.copy_monday();
    assert!(form.days[1..5].iter().all(|day| *day == [span("9", "17")]));
    assert_eq!(form.days[5], [span("10", "14")]);
    assert_eq!(form.days[6], []);
}

#[test]
fn what_is_wrong_is_said_at_its_row() {
    assert_eq!(fields(&week(&[(0, &[("9", ""), ("x", "25:00")])])), ["d1-to-0", "d1-from-1", "d1-to-1"]);
    assert_eq!(fields(&week(&[(6, &[("9", "9")])])), ["d7-to-0"]);
    assert_eq!(fields(&week(&[(0, &[("24:00", "9")])])), ["d1-from-0"]);
    // Overlaps, in whatever order they were typed; what only touches is fine.
    assert_eq!(fields(&week(&[(0, &[("12", "17"), ("9", "13")])])), ["d1-from-0"]);
    assert!(week(&[(0, &[("12", "17"), ("9", "12")])]).check().is_ok());
    // Overnight into a day that begins too early; around the week's end too.
    assert_eq!(fields(&week(&[(0, &[("22", "6")]), (1, &[("5", "12")])])), ["d2-from-0"]);
    assert_eq!(fields(&week(&[(6, &[("22", "6")]), (0, &[("", ""), ("5:59", "12")])])), ["d1-from-1"]);
    assert!(week(&[(6, &[("22", "6")]), (0, &[("6", "12")])]).check().is_ok());
    let spans: Vec<_> = (0..13).map(|n| span(&n.to_string(), &format!("{n}:30"))).collect();
    assert_eq!(fields(&WeekForm { days: [spans, vec![], vec![], vec![], vec![], vec![], vec![]] }), ["d1-from-12"]);
}

#[test]
fn a_date_has_hours_or_is_closed() {
    let today = date(2026, 11, 30);
    let form = |date: &str, is_closed, spans: &[(&str, &str)]| OverrideForm {
        date: date.into(),
        is_closed,
        spans: spans.iter().map(|(from, to)| span(from, to)).collect(),
    };
    assert_eq!(form("2026-12-24", true, &[("", "")]).check(today), Ok((date(2026, 12, 24), vec![])));
    assert_eq!(form("2026-11-30", false, &[("9", "13")]).check(today), Ok((today, vec![(540, 780)])));
    for (wrong, field) in [
        (form("2026-12-24", true, &[("9", "13")]), "is_closed"),
        (form("2026-12-24", false, &[]), "other-from-0"),
        (form("2026-11-29", true, &[]), "date"),
        (form("2029-12-01", true, &[]), "date"),
        (form("tomorrow", true, &[]), "date"),
        (form("2026-12-24", false, &[("9", "x")]), "other-to-0"),
    ] {
        assert_eq!(wrong.check(today).expect_err("a mistake")[0].field, field, "{wrong:?}");
    }
}
