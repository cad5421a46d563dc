use super::*;
use uuid::Uuid;

fn resource(n: u128) -> ResourceId {
    ResourceId(Uuid::from_u128(n))
}

fn form() -> ServiceForm {
    ServiceForm {
        name: "Haircut".into(),
        price: "48.00".into(),
        needs: vec![NeedForm { count: "1".into(), pool: vec![resource(1), resource(2)] }],
        ..ServiceForm::default()
    }
}

fn fields(form: &ServiceForm) -> Vec<String> {
    let known = [resource(1), resource(2)];
    form.check("EUR", &known).expect_err("mistakes").into_iter().map(|mistake| mistake.field).collect()
}

#[test]
fn a_form_comes_back_from_what_it_became() {
    let known = [resource(1), resource(2)];
    let mut typed = form();
    typed.limits[1] = "240".into();
    typed.limits[4] = "0".into();
    typed.cancel = Ahead { number: "2".into(), unit: "days".into() };
    let rules = typed.check("EUR", &known).expect("fine");
    assert_eq!(rules.price_minor, Some(4800));
    assert_eq!(
        rules.limits,
        [Limit { per: Period::Day, most: Most::Minutes(240) }, Limit { per: Period::Month, most: Most::Count(0) }]
    );
    assert_eq!((rules.cancel_minutes, rules.reschedule_minutes), (Some(2880), None));
    assert_eq!(rules.form("EUR"), typed);
    assert_eq!(rules.form("EUR").check("EUR", &known), Ok(rules));
}

#[test]
fn all_mistakes_at_once_and_in_the_order_of_the_page() {
    let typed = ServiceForm {
        name: " ".into(),
        category: "c".repeat(81),
        description: "d".repeat(2001),
        minutes: "0".into(),
        step: "x".into(),
        price: "4,8,0".into(),
        hue: "pink".into(),
        buffer_before: "721".into(),
        buffer_after: "-1".into(),
        grid: "hexagonal".into(),
        notice: Ahead { number: "9999".into(), unit: "days".into() },
        horizon: "731".into(),
        cancel: Ahead { number: "1".into(), unit: "moons".into() },
        reschedule: Ahead { number: "x".into(), unit: "hours".into() },
        limits: ["-1".into(), String::new(), String::new(), String::new(), String::new(), "x".into()],
        needs: vec![NeedForm { count: "0".into(), pool: vec![resource(1)] }],
        ..ServiceForm::default()
    };
    assert_eq!(
        fields(&typed),
        [
            "name",
            "category",
            "description",
            "minutes",
            "price",
            "hue",
            "need-0-count",
            "step",
            "buffer_before",
            "buffer_after",
            "grid",
            "notice",
            "horizon",
            "cancel",
            "reschedule",
            "day_count",
            "month_minutes"
        ]
    );
}

#[test]
fn what_nobody_serves_is_not_online() {
    let nobody = ServiceForm { needs: vec![NeedForm::default()], ..form() };
    assert_eq!(fields(&nobody), ["is_online"]);
    let offline = ServiceForm { is_online: false, ..nobody };
    assert_eq!(offline.check("EUR", &[]).expect("fine").needs, []);
}

#[test]
fn a_need_takes_no_more_than_it_has_and_only_what_is_there() {
    let need = |count: &str, pool: &[u128]| {
        let pool = pool.iter().map(|n| resource(*n)).collect();
        ServiceForm { needs: vec![NeedForm { count: count.into(), pool }], ..form() }
    };
    // Ticked twice is ticked once.
    assert_eq!(fields(&need("2", &[1, 1])), ["need-0-count"]);
    assert_eq!(fields(&need("1", &[1, 3])), ["need-0-count"]);
    let message = need("3", &[1, 2]).check("EUR", &[resource(1), resource(2)]).expect_err("too many");
    assert_eq!(message[0].message, "Need 1 takes 3, but only 2 are ticked: tick more, or take fewer");
    // A row left empty between two is none.
    let mut gap = need("1", &[1]);
    gap.needs.insert(0, NeedForm { count: "7".into(), pool: vec![] });
    assert_eq!(gap.check("EUR", &[resource(1)]).expect("fine").needs.len(), 1);
}

#[test]
fn prices_follow_the_currency() {
    let typed = ServiceForm { price: "48.00".into(), ..form() };
    let mistake = &typed.check("JPY", &[resource(1), resource(2)]).expect_err("no decimals")[0];
    assert_eq!(mistake.message, "Enter the price in JPY, such as 48, or leave it empty");
}
