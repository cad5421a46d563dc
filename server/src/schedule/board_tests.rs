use super::*;
use jiff::civil::date;

fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").expect("a zone")
}

fn column(on: Date, zone: &TimeZone, open: &[(u16, u16)]) -> Column {
    let (start, end) = (start_of_day(on, zone), start_of_day(on.saturating_add(1.day()), zone));
    Column {
        id: ResourceId(Uuid::nil()),
        name: "Ana".into(),
        head: String::new(),
        date: on,
        day_start: start,
        length: minutes_of(end.duration_since(start).as_mins()),
        clock: clock_segments(start, end, zone),
        gap: None,
        open: open.to_vec(),
        off: Vec::new(),
        quantity: 1,
        may_edit: true,
    }
}

fn week(monday: Date, zone: &TimeZone, open: &[(u16, u16)]) -> Vec<Column> {
    (0..7).map(|day| column(monday.saturating_add(i64::from(day).days()), zone, open)).collect()
}

#[test]
fn a_day_of_25_hours_has_two_segments() {
    let day = column(date(2027, 10, 31), &berlin(), &[]);
    assert_eq!(day.clock, [ClockSegment { from: 0, wall: 0 }, ClockSegment { from: 180, wall: 120 }]);
    assert_eq!(day.length, 1500);
}

#[test]
fn in_a_week_that_goes_forward_one_day_lacks_an_hour_of_the_axis() {
    let mut columns = week(date(2027, 3, 22), &berlin(), &[]);
    let clock = share_axis(&mut columns);
    assert_eq!(clock.len(), 1);
    assert!(columns[..6].iter().all(|c| c.gap.is_none()));
    let sunday = &columns[6];
    assert_eq!(sunday.gap, Some((120, 60)));
    // Nine o'clock stands at nine, though it is the eighth hour of that day.
    assert_eq!(sunday.clock_at(8 * 60), "09:00");
    assert_eq!(sunday.on_axis(8 * 60), 9 * 60);
    assert_eq!(sunday.off_axis(9 * 60), 8 * 60);
    // Within the hour that is not there, the nearest minute that is.
    assert_eq!(sunday.clock_at(sunday.off_axis(150)), "03:00");
}

#[test]
fn in_a_week_that_goes_back_six_days_lack_the_hour_that_comes_twice() {
    let mut columns = week(date(2027, 10, 25), &berlin(), &[]);
    let clock = share_axis(&mut columns);
    assert_eq!(clock, columns[6].clock);
    assert_eq!(columns[6].gap, None);
    for day in &columns[..6] {
        assert_eq!(day.gap, Some((180, 60)));
        assert_eq!((day.clock_at(9 * 60).as_str(), day.on_axis(9 * 60)), ("09:00", 10 * 60));
    }
    let sunday = &columns[6];
    assert_eq!((sunday.clock_at(10 * 60).as_str(), sunday.on_axis(10 * 60)), ("09:00", 10 * 60));
}

#[test]
fn half_an_hour_is_half_an_hour() {
    let zone = TimeZone::get("Australia/Lord_Howe").expect("a zone");
    let mut columns = week(date(2026, 9, 28), &zone, &[]);
    share_axis(&mut columns);
    assert_eq!(columns[6].gap, Some((120, 30)));
}

#[test]
fn what_is_drawn_is_what_happens() {
    let of = |open: &[(u16, u16)]| visible(&[column(date(2026, 12, 3), &berlin(), open)], &[]);
    assert_eq!(visible(&[], &[]), (480, 1080));
    assert_eq!(of(&[(540, 1020)]), (480, 1080));
    assert_eq!(of(&[(0, 1440)]), (0, 1440));
}

#[test]
fn an_address_is_read_and_written_alike() {
    let parts = |text: &str| -> Vec<(String, String)> {
        text.split('&').filter_map(|part| part.split_once('=')).map(|(k, v)| (k.into(), v.into())).collect()
    };
    let id = "00000000-0000-0000-0000-000000000007";
    let question =
        Question::parse(&parts(&format!("date=2026-12-03&view=week&resource={id}&resource=x&snap=5&zoom=2"))).unwrap();
    let asked = Asked {
        view: question.view,
        date: question.date.unwrap(),
        only: question.only,
        snap: question.snap,
        zoom: question.zoom,
    };
    assert_eq!(asked.link(), format!("/schedule?date=2026-12-03&view=week&resource={id}&snap=5&zoom=2"));
    let plain = Question::parse(&parts("snap=7&zoom=9&view=year")).unwrap();
    assert_eq!((plain.snap, plain.zoom, plain.view), (15, 1, View::Day));
    assert!(Question::parse(&parts("date=yesterday")).is_err());
}
