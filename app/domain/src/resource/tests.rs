use super::*;
use uuid::Uuid;

fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").expect("a zone")
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn off(from: (&str, &str), to: (&str, &str)) -> TimeOffForm {
    TimeOffForm {
        from_date: from.0.into(),
        from_time: from.1.into(),
        to_date: to.0.into(),
        to_time: to.1.into(),
        ..TimeOffForm::default()
    }
}

fn check(form: &TimeOffForm) -> Result<TimeOff, Vec<Mistake>> {
    form.check(&berlin(), at("2027-03-01T08:00:00Z"))
}

fn fields(form: &TimeOffForm) -> Vec<String> {
    check(form).expect_err("mistakes").into_iter().map(|mistake| mistake.field).collect()
}

#[test]
fn a_resource_is_checked() {
    let login = UserId(Uuid::from_u128(7));
    let form = ResourceForm { name: "Ana".into(), login: login.to_string(), ..ResourceForm::default() };
    let is_zone = |zone: &str| zone == "Europe/Berlin";
    let facts = form.check(is_zone, &[login]).expect("fine");
    assert_eq!((facts.kind, facts.zone.as_deref(), facts.login), (ResourceKind::Staff, None, Some(login)));
    assert_eq!(facts.form(), form);
    let wrong = ResourceForm {
        name: String::new(),
        kind: "HORSE".into(),
        quantity: "0".into(),
        zone: "Mars/Phobos".into(),
        login: Uuid::nil().to_string(),
    };
    let fields: Vec<_> = wrong.check(is_zone, &[login]).expect_err("mistakes").into_iter().map(|m| m.field).collect();
    assert_eq!(fields, ["name", "kind", "quantity", "zone", "login"]);
    let room = ResourceForm { kind: "ROOM".into(), quantity: "3".into(), ..form.clone() };
    assert_eq!(room.check(is_zone, &[login]).expect_err("a room signs in nowhere")[0].field, "login");
    let twins = ResourceForm { quantity: "2".into(), ..form };
    assert_eq!(twins.check(is_zone, &[login]).expect_err("two of one person")[0].field, "quantity");
}

#[test]
fn time_off_is_whole_days_or_what_the_clock_says() {
    let days = check(&off(("2027-03-27", ""), ("2027-03-28", ""))).expect("two days");
    assert_eq!((days.from, days.to), (at("2027-03-26T23:00:00Z"), at("2027-03-28T22:00:00Z")));
    let hours = check(&off(("2027-03-27", "9:00"), ("2027-03-27", "24:00"))).expect("some hours");
    assert_eq!((hours.from, hours.to), (at("2027-03-27T08:00:00Z"), at("2027-03-27T23:00:00Z")));
    for (form, field) in [
        (off(("2027-03-27", "9"), ("2027-03-27", "9")), "to_date"),
        (off(("2027-02-27", ""), ("2027-02-28", "")), "to_date"),
        (off(("2027-03-27", ""), ("2028-03-28", "")), "to_date"),
        (off(("", ""), ("2027-03-28", "")), "from_date"),
        (off(("2027-03-27", "x"), ("2027-03-28", "")), "from_time"),
    ] {
        assert_eq!(fields(&form), [field], "{form:?}");
    }
}

#[test]
fn a_time_that_is_skipped_has_what_comes_instead_to_choose() {
    for minute in ["02:00", "02:30"] {
        let mut form = off(("2027-03-28", minute), ("2027-03-29", ""));
        let mistakes = check(&form).expect_err("no such time");
        assert_eq!(mistakes[0].field, "from_choice");
        assert!(mistakes[0].message.contains("there is no such time"), "{mistakes:?}");
        let [from, to] = form.choices(&berlin());
        let ([only], []) = (&from[..], &to[..]) else { panic!("{from:?}") };
        assert_eq!(only.value, "2027-03-28T03:00:00+02:00");
        form.from_choice.clone_from(&only.value);
        assert_eq!(check(&form).expect("chosen").from, at("2027-03-28T01:00:00Z"));
    }
}

#[test]
fn a_time_that_comes_twice_is_asked_about() {
    let mut form = off(("2027-10-30", ""), ("2027-10-31", "02:30"));
    assert_eq!(fields(&form), ["to_choice"]);
    let [_, ways] = form.choices(&berlin());
    let values: Vec<_> = ways.iter().map(|choice| choice.value.as_str()).collect();
    assert_eq!(values, ["2027-10-31T02:30:00+02:00", "2027-10-31T02:30:00+01:00"]);
    form.to_choice = values[1].to_owned();
    assert_eq!(check(&form).expect("chosen").to, at("2027-10-31T01:30:00Z"));
    // What was chosen for another time is no answer.
    form.to_choice = "2027-10-31T03:30:00+01:00".into();
    assert_eq!(fields(&form), ["to_choice"]);
}
