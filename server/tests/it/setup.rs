//! The set-up: services, resources with their hours, time off, settings; and that what a change is said to do is what
//! it does.

use crate::{
    schedule::book,
    support::{Answer, Client, Ids, World},
};
use uuid::Uuid;

type Fields<'a> = Vec<(&'a str, String)>;

async fn post(client: &Client, path: &str, fields: &Fields<'_>) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    client.post(path, &fields).await
}

/// The fields with others in place of some, or after them.
fn with<'a>(fields: &Fields<'a>, others: &[(&'a str, &str)]) -> Fields<'a> {
    let mut fields: Fields<'a> =
        fields.iter().filter(|(name, _)| !others.iter().any(|(other, _)| other == name)).cloned().collect();
    fields.extend(others.iter().map(|(name, value)| (*name, (*value).to_owned())));
    fields
}

fn without<'a>(fields: &Fields<'a>, name: &str) -> Fields<'a> {
    fields.iter().filter(|(other, _)| *other != name).cloned().collect()
}

/// The form of a service of half an hour with Ana.
fn service(act: &str, version: i32) -> Fields<'static> {
    let fields = [
        ("name", "Fresh cut"),
        ("category", "Cuts"),
        ("description", "Quick & good."),
        ("minutes", "30"),
        ("step", "15"),
        ("price", "48.00"),
        ("hue", "teal"),
        ("is_online", "on"),
        ("buffer_before", "0"),
        ("buffer_after", "0"),
        ("grid", "grid"),
        ("notice", "0"),
        ("notice_unit", "hours"),
        ("horizon", "60"),
        ("pending_holds", "on"),
        ("cancel", ""),
        ("cancel_unit", "hours"),
        ("reschedule", ""),
        ("reschedule_unit", "hours"),
        ("need-0-count", "1"),
    ];
    let mut fields: Fields<'static> = fields.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
    fields.push(("need-0", Ids::ANA.to_string()));
    fields.push(("version", version.to_string()));
    fields.push(("act", act.to_owned()));
    fields
}

/// The form of hours from nine to some time on working days.
fn hours(act: &str, version: i32, until: &str) -> Fields<'static> {
    const NAMES: [(&str, &str); 5] = [
        ("d1-from-0", "d1-to-0"),
        ("d2-from-0", "d2-to-0"),
        ("d3-from-0", "d3-to-0"),
        ("d4-from-0", "d4-to-0"),
        ("d5-from-0", "d5-to-0"),
    ];
    let mut fields: Fields<'static> =
        NAMES.iter().flat_map(|(from, to)| [(*from, "9:00".to_owned()), (*to, until.to_owned())]).collect();
    fields.push(("version", version.to_string()));
    fields.push(("act", act.to_owned()));
    fields
}

fn off(act: &str, from: (&str, &str), to: (&str, &str)) -> Fields<'static> {
    vec![
        ("from_date", from.0.into()),
        ("from_time", from.1.into()),
        ("to_date", to.0.into()),
        ("to_time", to.1.into()),
        ("reason", "Holiday".into()),
        ("act", act.into()),
    ]
}

/// How many rows a tenant's table has.
async fn rows(world: &World, slug: &str, what: &str) -> i64 {
    let schema = world.schema(slug).await;
    world.count(&format!("select count(*) from {schema}.{what}")).await
}

async fn detail(world: &World, action: &str) -> String {
    sqlx::query_scalar("select detail from audit.event where action = $1 order by seq desc limit 1")
        .bind(action)
        .fetch_one(&mut world.owner().await)
        .await
        .unwrap()
}

fn assert_has(answer: &Answer, texts: &[&str]) {
    for text in texts {
        assert!(answer.body.contains(text), "{text:?} is missing from:\n{}", answer.body);
    }
}

fn id_of(answer: &Answer) -> Uuid {
    answer.location().rsplit('/').next().unwrap().split('#').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_service_is_looked_at_added_and_booked() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let before = rows(&world, "alpha", "service").await;

    // Shown, and nothing of it saved: 23 working days until 30 December, 31 starts each.
    let shown = post(&owner, "/services", &service("effect", 0)).await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    assert_has(&shown, &["713 slots more in the next 31 days", "no appointment is in the way", "Nothing is saved yet"]);
    assert_has(&shown, &["value=\"Fresh cut\"", "value=\"48.00\""]);
    assert_eq!(rows(&world, "alpha", "service").await, before);

    let added = post(&owner, "/services", &service("save", 0)).await;
    assert_eq!(added.status, 303, "{}", added.body);
    let id = id_of(&added);
    let page = owner.get(added.location()).await;
    assert_has(&page, &["Fresh cut is saved.", "value=\"48.00\"", "Quick &amp; good."]);
    let list = owner.get("/services").await;
    assert_has(&list, &["Fresh cut", "€48.00", "Markalpha Ana"]);
    let public = world.visitor("alpha").get("/").await;
    assert_has(&public, &["Fresh cut", "Cuts"]);
    book(&world, "alpha", id, "2026-12-01T10:00:00+01:00").await;
    assert_eq!(detail(&world, "SERVICE_ADDED").await, "Fresh cut");
    // The other business has the same ids and none of this.
    assert_eq!(rows(&world, "beta", "service").await, before);
    assert!(!world.visitor("beta").get("/").await.body.contains("Fresh cut"));
}

#[tokio::test]
async fn what_is_wrong_is_said_and_what_was_typed_is_kept() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let wrong = with(
        &service("save", 0),
        &[("name", ""), ("minutes", "soon"), ("price", "4,8,0"), ("notice", "x"), ("description", "<b>kept</b>")],
    );
    let answer = post(&owner, "/services", &wrong).await;
    assert_eq!(answer.status, 422);
    assert_has(
        &answer,
        &[
            "<title>Error: ",
            "href=\"#name\">Enter a name",
            "Enter the length as a whole number from 1 to 1440",
            "Enter the price in EUR, such as 48.00, or leave it empty",
            "value=\"soon\"",
            "value=\"4,8,0\"",
            "&lt;b>kept",
        ],
    );
    // Somebody has to serve, or it is not online; offline it may wait.
    let nobody = without(&service("save", 0), "need-0");
    let answer = post(&owner, "/services", &nobody).await;
    assert_eq!(answer.status, 422);
    assert_has(&answer, &["a booking has to hold somebody"]);
    assert_eq!(post(&owner, "/services", &without(&nobody, "is_online")).await.status, 303);
    // A resource of nowhere is none.
    let stranger = with(&service("save", 0), &[("need-0", &Uuid::now_v7().to_string())]);
    assert_eq!(post(&owner, "/services", &stranger).await.status, 422);
    // One more need, with everything kept.
    let more = post(&owner, "/services", &with(&service("need", 0), &[("name", "Half typed")])).await;
    assert_eq!(more.status, 200);
    assert_has(&more, &["value=\"Half typed\"", "name=\"need-1-count\""]);
    assert_eq!(rows(&world, "alpha", "service where name = 'Half typed'").await, 0);
}

#[tokio::test]
async fn two_who_save_at_once_learn_of_each_other() {
    let world = World::new().await;
    let (owner, manager) = (world.signed_in("alpha", "owner").await, world.signed_in("alpha", "manager").await);
    let path = format!("/services/{}", Ids::CUT);
    assert_eq!(post(&owner, &path, &service("save", 1)).await.status, 303);
    let late = with(&service("save", 1), &[("price", "52.00"), ("name", "Late cut")]);
    for act in ["save", "effect"] {
        let stale = post(&manager, &path, &with(&late, &[("act", act)])).await;
        assert_eq!(stale.status, 409, "{act}");
        assert_has(
            &stale,
            &["Somebody else saved a change meanwhile", "now €48.00; you have €52.00", "value=\"Late cut\""],
        );
        assert_has(&stale, &["name=\"version\" value=\"2\""]);
    }
    assert_eq!(rows(&world, "alpha", "service where name = 'Late cut'").await, 0);
    assert_eq!(post(&manager, &path, &with(&late, &[("version", "2")])).await.status, 303);
    let said = detail(&world, "SERVICE_CHANGED").await;
    assert_eq!(said, "Late cut: Name: Fresh cut to Late cut; Price: €48.00 to €52.00");
    // A version that nobody has is as old as any.
    assert_eq!(post(&manager, &path, &without(&late, "version")).await.status, 409);
}

#[tokio::test]
async fn an_archived_service_is_gone_from_the_page_and_its_appointments_stay() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let booked = book(&world, "alpha", Ids::CUT, "2026-12-01T10:00:00+01:00").await;
    assert_has(&owner.get(&format!("/services/{}", Ids::CUT)).await, &["1 appointment of it is to come"]);
    for (form, public, times) in [("archive", false, 404), ("restore", true, 200)] {
        for _ in 0..2 {
            assert_eq!(owner.post(&format!("/services/{}/{form}", Ids::CUT), &[]).await.status, 303);
        }
        let page = world.visitor("alpha").get("/").await;
        assert_eq!(page.body.contains("Markalpha cut"), public, "{form}");
        assert_eq!(world.visitor("alpha").get(&format!("/book/{}", Ids::CUT)).await.status, times, "{form}");
        assert_eq!(owner.get(&format!("/appointments/{booked}")).await.status, 200);
        assert_eq!(owner.get("/services?archived=1").await.body.contains("Markalpha cut"), !public);
    }
    // Done twice, written down once.
    for action in ["SERVICE_ARCHIVED", "SERVICE_RESTORED"] {
        assert_eq!(world.count(&format!("select count(*) from audit.event where action = '{action}'")).await, 1);
    }
    assert_eq!(owner.post(&format!("/services/{}/archive", Uuid::now_v7()), &[]).await.status, 404);
}

#[tokio::test]
async fn services_are_put_in_order() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let order = || async {
        let page = world.visitor("alpha").get("/").await.body;
        let mut found: Vec<_> =
            ["cut", "long", "pair"].map(|name| (page.find(&format!("Markalpha {name}")).unwrap(), name)).to_vec();
        found.sort_unstable();
        found.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    assert_eq!(order().await, ["cut", "long", "pair"]);
    for (id, to, expected) in [
        (Ids::CUT, "down", ["long", "cut", "pair"]),
        (Ids::PAIR, "up", ["long", "pair", "cut"]),
        (Ids::LONG, "up", ["long", "pair", "cut"]),
        (Ids::CUT, "down", ["long", "pair", "cut"]),
    ] {
        let answer = owner.post(&format!("/services/{id}/move"), &[("to", to)]).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, "/services"));
        assert_eq!(order().await, expected);
    }
}

#[tokio::test]
async fn the_effect_of_hours_is_exact_and_is_what_happens() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let outside = book(&world, "alpha", Ids::CUT, "2026-12-01T14:00:00+01:00").await;
    book(&world, "alpha", Ids::CUT, "2026-12-01T10:00:00+01:00").await;
    let path = format!("/resources/{}/hours", Ids::ANA);

    // Each appointment of half an hour takes three starts of the cut, five of the long one, and none of the pair, which Bo
    // serves as well. 23 days: the cut has 31 starts a day, then 15; the long one 29, then 13; the pair 16 throughout.
    let (cut, long) = (23 * 31 - 6, 23 * 29 - 10);
    let (cut_then, long_then) = (23 * 15 - 3, 23 * 13 - 5);
    let fewer = cut + long - cut_then - long_then;
    let shown = post(&owner, &path, &hours("effect", 1, "13:00")).await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    let sentence = format!("{fewer} slots fewer in the next 31 days; 1 appointment outside hours");
    let numbers = format!("{} slots fewer, {cut} → {cut_then}", cut - cut_then);
    assert_has(&shown, &[&sentence, &numbers, &format!("/appointments/{outside}"), "Tue 1 Dec 2026, 14:00"]);
    assert_has(&shown, &["value=\"13:00\"", "Nothing is saved yet"]);
    assert_eq!(rows(&world, "alpha", "weekly_hours where to_minute = 780").await, 0);

    assert_eq!(post(&owner, &path, &hours("save", 1, "13:00")).await.status, 303);
    assert_eq!(
        detail(&world, "HOURS_CHANGED").await,
        "Markalpha Ana: Mon to Fri 09:00–17:00 to Mon to Fri 09:00–13:00"
    );
    let day = world.visitor("alpha").get(&format!("/book/{}?date=2026-12-02", Ids::CUT)).await.body;
    assert!(day.contains("12:30") && !day.contains("13:00, "), "{day}");
    // What was booked stays where it was.
    assert_eq!(rows(&world, "alpha", "appointment where status = 'CONFIRMED'").await, 2);
    // Saying it again says that there is nothing to it; what is outside is so already.
    let again = post(&owner, &path, &hours("effect", 2, "13:00")).await;
    assert_has(&again, &["No difference in slots in the next 31 days; no appointment is in the way"]);
    assert_eq!(post(&owner, &path, &hours("save", 1, "15:00")).await.status, 409);
}

#[tokio::test]
async fn hours_grow_rows_are_copied_and_go_past_midnight() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let path = format!("/resources/{}/hours", Ids::ANA);
    let monday = |act: &str| -> Fields<'static> {
        vec![
            ("d1-from-0", "22:00".into()),
            ("d1-to-0", "6:00".into()),
            ("version", "1".into()),
            ("act", act.to_owned()),
        ]
    };
    let more = post(&owner, &path, &monday("more-1")).await;
    assert_eq!(more.status, 200);
    assert_has(&more, &["name=\"d1-from-1\"", "value=\"22:00\""]);
    let copied = post(&owner, &path, &monday("copy")).await;
    assert_eq!((copied.status.as_u16(), copied.body.matches("value=\"22:00\"").count()), (200, 5));
    assert_eq!(rows(&world, "alpha", "weekly_hours where from_minute = 1320").await, 0);

    let clash = with(&monday("save"), &[("d2-from-0", "5:00"), ("d2-to-0", "12")]);
    let answer = post(&owner, &path, &clash).await;
    assert_eq!(answer.status, 422);
    assert_has(&answer, &["The hours of Monday go on until 06:00 on Tuesday", "href=\"#d2-from-0\""]);
    let night = with(&monday("save"), &[("d2-from-0", "18"), ("d2-to-0", "24:00")]);
    assert_eq!(post(&owner, &path, &night).await.status, 303);
    let list = owner.get("/resources").await;
    assert_has(&list, &["Mon 22:00–06:00 the next day; Tue 18:00–24:00"]);
    assert_has(
        &world.visitor("alpha").get(&format!("/book/{}?date=2026-12-01", Ids::CUT)).await,
        &["05:30, Tuesday", "23:30, Tuesday"],
    );
}

#[tokio::test]
async fn a_date_has_other_hours_until_they_are_taken_back() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let booked = book(&world, "alpha", Ids::CUT, "2026-12-24T15:00:00+01:00").await;
    let path = format!("/resources/{}/dates", Ids::ANA);
    let form = |act: &str, closed: bool, from: &str, to: &str| -> Fields<'static> {
        let mut fields: Fields<'static> = vec![
            ("date", "2026-12-24".into()),
            ("other-from-0", from.to_owned()),
            ("other-to-0", to.to_owned()),
            ("act", act.to_owned()),
        ];
        if closed {
            fields.push(("is_closed", "on".into()));
        }
        fields
    };
    assert_eq!(post(&owner, &path, &form("save", false, "", "")).await.status, 422);
    assert_eq!(post(&owner, &path, &form("save", true, "9", "12")).await.status, 422);
    let shown = post(&owner, &path, &form("effect", true, "", "")).await;
    assert_has(&shown, &["1 appointment outside hours", &format!("/appointments/{booked}")]);
    assert_eq!(post(&owner, &path, &form("save", false, "9", "12:00")).await.status, 303);
    let day = || async { world.visitor("alpha").get(&format!("/book/{}?date=2026-12-24", Ids::CUT)).await.body };
    assert!(!day().await.contains("13:00, Thursday"));
    let twice = post(&owner, &path, &form("save", true, "", "")).await;
    assert_eq!(twice.status, 422);
    assert_has(&twice, &["this one has other hours already", "value=\"2026-12-24\""]);
    assert_has(&owner.get(&format!("/resources/{}", Ids::ANA)).await, &["Thursday 24 December 2026", "09:00–12:00"]);

    let back = format!("{path}/2026-12-24/delete");
    assert_has(&owner.post(&back, &[("act", "effect")]).await, &["slots more in the next 31 days"]);
    assert_eq!(owner.post(&back, &[("act", "save")]).await.status, 303);
    assert!(day().await.contains("13:00, Thursday"));
    assert_eq!(owner.post(&back, &[("act", "save")]).await.status, 404);
    assert_eq!(owner.post(&format!("{path}/someday/delete"), &[("act", "save")]).await.status, 400);
}

#[tokio::test]
async fn staff_put_in_time_off_of_their_own_and_of_nobody_else() {
    let world = World::new().await;
    let (staff, owner) = (world.signed_in("alpha", "staff").await, world.signed_in("alpha", "owner").await);
    let inside = book(&world, "alpha", Ids::CUT, "2026-12-02T10:00:00+01:00").await;
    let (own, other) = (format!("/resources/{}/time-off", Ids::ANA), format!("/resources/{}/time-off", Ids::BO));

    // Their one calendar opens at once, with its hours to read and no way to change them.
    assert_eq!(staff.get("/time-off").await.location(), own);
    let page = staff.get(&own).await;
    assert_has(&page, &["Mon to Fri 09:00–17:00", "My hours"]);
    assert!(!page.body.contains("Hours and details") && !page.body.contains("href=\"/services\""));
    for path in [format!("/resources/{}", Ids::ANA), "/resources".into(), "/services".into(), "/settings".into()] {
        assert_eq!(staff.get(&path).await.status, 403, "{path}");
    }
    assert_eq!(post(&staff, &format!("/resources/{}/hours", Ids::ANA), &hours("save", 1, "13:00")).await.status, 403);

    let days = off("save", ("2026-12-02", ""), ("2026-12-03", ""));
    assert_eq!(staff.get(&other).await.status, 403);
    assert_eq!(post(&staff, &other, &days).await.status, 403);
    let shown = post(&staff, &own, &with(&days, &[("act", "effect")])).await;
    assert_has(&shown, &["1 appointment during time off", &format!("/appointments/{inside}"), "value=\"2026-12-02\""]);
    assert_eq!(rows(&world, "alpha", "time_off").await, 0);
    assert_eq!(post(&staff, &own, &days).await.status, 303);
    assert_has(&staff.get(&own).await, &["Wed 2 Dec 2026, 00:00 to Fri 4 Dec 2026, 00:00", "Holiday"]);
    let day = world.visitor("alpha").get(&format!("/book/{}?date=2026-12-03", Ids::CUT)).await.body;
    assert!(!day.contains("10:00, Thursday"), "{day}");

    // An owner's for Bo is out of a staff member's reach, and so is that of another business with the same resource.
    assert_eq!(post(&owner, &other, &days).await.status, 303);
    let schema = world.schema("alpha").await;
    let of = |resource: Uuid| {
        let sql = format!("select id from {schema}.time_off where resource_id = '{resource}'");
        async {
            sqlx::query_scalar::<_, Uuid>(sqlx::AssertSqlSafe(sql)).fetch_one(&mut world.owner().await).await.unwrap()
        }
    };
    let (mine, bos) = (of(Ids::ANA).await, of(Ids::BO).await);
    assert_eq!(staff.post(&format!("/time-off/{bos}/delete"), &[("act", "save")]).await.status, 403);
    let stranger = world.signed_in("beta", "owner").await;
    assert_eq!(stranger.post(&format!("/time-off/{mine}/delete"), &[("act", "save")]).await.status, 404);
    let customer = world.signed_in("alpha", "customer").await;
    assert_eq!(customer.post(&format!("/time-off/{mine}/delete"), &[("act", "save")]).await.status, 403);
    assert_eq!(rows(&world, "alpha", "time_off").await, 2);

    let removing = format!("/time-off/{mine}/delete");
    assert_has(&staff.post(&removing, &[("act", "effect")]).await, &["slots more in the next 31 days"]);
    assert_eq!(rows(&world, "alpha", "time_off").await, 2);
    assert_eq!(staff.post(&removing, &[("act", "save")]).await.status, 303);
    assert_eq!(staff.post(&removing, &[("act", "save")]).await.status, 404);
    assert_eq!(world.count("select count(*) from audit.event where action like 'TIME_OFF_%'").await, 3);
    // What is over, or ends before it begins, is no time off.
    for (from, to) in [("2026-11-20", "2026-11-22"), ("2026-12-05", "2026-12-04"), ("", "2026-12-04")] {
        let answer = post(&staff, &own, &off("save", (from, ""), (to, ""))).await;
        assert_eq!(answer.status, 422, "{from} {to}");
        assert_has(&answer, &[&format!("value=\"{to}\""), "value=\"Holiday\""]);
    }
}

#[tokio::test]
async fn a_time_that_the_clocks_skip_or_repeat_is_asked_about() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let path = format!("/resources/{}/time-off", Ids::ANA);
    let stored = || async {
        let schema = world.schema("alpha").await;
        let sql = format!(
            "select string_agg(to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), ',' order by starts_at) from {schema}.time_off"
        );
        sqlx::query_scalar::<_, Option<String>>(sqlx::AssertSqlSafe(sql))
            .fetch_one(&mut world.owner().await)
            .await
            .unwrap()
    };
    let skipped = off("save", ("2027-03-28", "2:30"), ("2027-03-28", "12:00"));
    let answer = post(&owner, &path, &skipped).await;
    assert_eq!(answer.status, 422);
    assert_has(&answer, &["there is no such time", "value=\"2027-03-28T03:00:00+02:00\"", "href=\"#from_choice\""]);
    let chosen = with(&skipped, &[("from_choice", "2027-03-28T03:00:00+02:00")]);
    // The choice is still there, and ticked, when the effect is shown.
    let shown = post(&owner, &path, &with(&chosen, &[("act", "effect")])).await;
    assert_eq!(shown.status, 200);
    assert_has(&shown, &["value=\"2027-03-28T03:00:00+02:00\" checked"]);
    assert_eq!(post(&owner, &path, &chosen).await.status, 303);

    let twice = off("save", ("2027-10-31", "2:30"), ("2027-10-31", "12:00"));
    let answer = post(&owner, &path, &twice).await;
    assert_eq!(answer.status, 422);
    assert_has(&answer, &["this time comes twice", "for the first time", "for the second time"]);
    let second = with(&twice, &[("from_choice", "2027-10-31T02:30:00+01:00")]);
    assert_eq!(post(&owner, &path, &second).await.status, 303);
    assert_eq!(stored().await.unwrap(), "2027-03-28 01:00,2027-10-31 01:30");
}

#[tokio::test]
async fn resources_are_added_changed_and_archived() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let login = world.id_of("staff@alpha.example").await.to_string();
    let form = |name: &str, kind: &str, quantity: &str, login: &str, zone: &str| -> Fields<'static> {
        vec![
            ("name", name.into()),
            ("kind", kind.into()),
            ("quantity", quantity.into()),
            ("login", login.into()),
            ("zone", zone.into()),
        ]
    };
    let added = post(&owner, "/resources", &form("Laser", "EQUIPMENT", "3", "", "America/New_York")).await;
    assert_eq!(added.status, 303, "{}", added.body);
    assert!(added.location().ends_with("#hours"));
    let page = owner.get(added.location()).await;
    assert_has(&page, &["Laser is added. Set the hours next", "No hours yet", "America/New_York"]);
    // A room signs in nowhere, a person is one of a kind, a zone exists, a login is of this team.
    let foreign = world.id_of("staff@beta.example").await.to_string();
    for wrong in [
        form("Room", "ROOM", "1", &login, ""),
        form("Twins", "STAFF", "2", "", ""),
        form("Ana", "STAFF", "1", "", "Mars/Phobos"),
        form("Ana", "STAFF", "1", &foreign, ""),
        form("", "STAFF", "1", "", ""),
    ] {
        assert_eq!(post(&owner, "/resources", &wrong).await.status, 422, "{wrong:?}");
    }

    // The room: of two there is one left, and two are booked at once.
    let path = format!("/resources/{}", Ids::ROOM);
    let two = with(&form("Markalpha room", "ROOM", "2", "", ""), &[("version", "1"), ("act", "save")]);
    assert_eq!(post(&owner, &path, &two).await.status, 303);
    for _ in 0..2 {
        book(&world, "alpha", Ids::PAIR, "2026-12-01T10:00:00+01:00").await;
    }
    let one = with(&two, &[("quantity", "1"), ("version", "2"), ("act", "effect")]);
    assert_has(&post(&owner, &path, &one).await, &["2 appointments more than there is room for"]);
    assert_eq!(post(&owner, &path, &with(&one, &[("version", "1")])).await.status, 409);
    assert_eq!(detail(&world, "RESOURCE_CHANGED").await, "Markalpha room: How many: 1 to 2");

    assert_has(&owner.get(&path).await, &["2 appointments with it are to come"]);
    assert_eq!(owner.post(&format!("{path}/archive"), &[]).await.status, 303);
    assert!(!owner.get("/resources").await.body.contains(&format!("href=\"{path}\"")));
    assert_has(&owner.get("/resources?archived=1").await, &["Markalpha room"]);
    assert_eq!(rows(&world, "alpha", "appointment where status = 'CONFIRMED'").await, 2);
    let day = world.visitor("alpha").get(&format!("/book/{}?date=2026-12-02", Ids::PAIR)).await;
    assert!(!day.body.contains("10:00, Wednesday"), "a service is offered without its room");
    assert_eq!(owner.post(&format!("{path}/restore"), &[]).await.status, 303);
    assert_has(&owner.get("/resources").await, &["Markalpha room"]);
}

#[tokio::test]
async fn a_limit_says_which_appointments_are_too_many() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    book(&world, "alpha", Ids::CUT, "2026-12-01T09:00:00+01:00").await;
    let second = book(&world, "alpha", Ids::CUT, "2026-12-01T10:00:00+01:00").await;
    book(&world, "alpha", Ids::CUT, "2026-12-02T10:00:00+01:00").await;
    let path = format!("/services/{}", Ids::CUT);
    let limited = with(&service("effect", 1), &[("day_count", "1")]);
    let shown = post(&owner, &path, &limited).await;
    assert_has(&shown, &["1 appointment beyond a limit", &format!("/appointments/{second}")]);
    assert_eq!(post(&owner, &path, &with(&limited, &[("act", "save")])).await.status, 303);
    assert_eq!(rows(&world, "alpha", "service_limit where per = 'day' and kind = 'count' and most = 1").await, 1);
    let day = world.visitor("alpha").get(&format!("/book/{}?date=2026-12-01", Ids::CUT)).await.body;
    assert!(!day.contains("14:00, Tuesday"), "a full day still has times");
}

#[tokio::test]
async fn settings_are_saved_section_by_section() {
    let world = World::new().await;
    let (owner, manager) = (world.signed_in("alpha", "owner").await, world.signed_in("alpha", "manager").await);
    let business = |version: &str| -> Fields<'static> {
        vec![
            ("version", version.to_owned()),
            ("currency", "EUR".into()),
            ("week_start", "7".into()),
            ("tagline", "Good hair.".into()),
            ("about", "Since 1999.".into()),
            ("contact_email", "salon@example.com".into()),
            ("contact_phone", "".into()),
            ("address", "Lindenstr. 5".into()),
        ]
    };
    assert_eq!(post(&owner, "/settings/business", &business("1")).await.status, 303);
    assert_has(&world.visitor("alpha").get("/").await, &["Good hair.", "Since 1999."]);
    assert_has(&owner.get("/settings").await, &["Markalpha Studio", "Europe/Berlin", "value=\"salon@example.com\""]);
    let wrong = with(&business("2"), &[("contact_email", "salon"), ("tagline", "Kept <here>")]);
    let answer = post(&owner, "/settings/business", &wrong).await;
    assert_eq!(answer.status, 422);
    assert_has(&answer, &["Enter an e-mail address like name@example.com", "Kept &lt;here"]);

    let policies = |version: &str, act: &str, mode: &str| -> Fields<'static> {
        vec![
            ("version", version.to_owned()),
            ("act", act.to_owned()),
            ("cancel", "2".into()),
            ("cancel_unit", "days".into()),
            ("reschedule", "0".into()),
            ("reschedule_unit", "hours".into()),
            ("reminder", "".into()),
            ("reminder_unit", "hours".into()),
            ("buffer_mode", mode.to_owned()),
        ]
    };
    let stale = post(&manager, "/settings/policies", &policies("1", "save", "sum")).await;
    assert_eq!(stale.status, 409);
    assert_has(&stale, &["Somebody else saved a change meanwhile", "now 24 hours; you have 2 days", "value=\"2\""]);
    assert_eq!(post(&manager, "/settings/policies", &policies("2", "save", "sum")).await.status, 303);
    let shown = post(&manager, "/settings/policies", &policies("3", "effect", "max")).await;
    assert_has(&shown, &["No difference in slots in the next 31 days"]);
    assert_eq!(
        rows(
            &world,
            "alpha",
            "business where buffer_mode = 'sum' and cancel_minutes = 2880 and reminder_minutes is null"
        )
        .await,
        1
    );
    let said = detail(&world, "SETTING_CHANGED").await;
    assert_eq!(
        said,
        "Cancel until: 24 hours to 2 days; Move until: 24 hours to 0 minutes; Reminder: 24 hours to none; Breaks between appointments: max to sum"
    );
    assert_eq!(rows(&world, "beta", "business where version = 1").await, 1);
}

#[tokio::test]
async fn the_colour_reaches_the_pages_of_its_business_alone() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let visitor = world.visitor("alpha");
    let page = visitor.get("/").await;
    assert_has(&page, &["<link rel=\"stylesheet\" href=\"/brand.css\">"]);
    let none = visitor.get("/brand.css").await;
    assert_eq!((none.status.as_u16(), none.body.as_str()), (200, ""));

    let form = |colour: &str, version: &str, act: &str| -> Fields<'static> {
        vec![("colour", colour.to_owned()), ("version", version.to_owned()), ("act", act.to_owned())]
    };
    // A colour that could not be read as text is shown with what stands for it, and nothing is saved.
    let preview = post(&owner, "/settings/branding", &form("#FFE100", "1", "effect")).await;
    assert_eq!(preview.status, 200);
    assert_has(&preview, &["can be read", "--brand:#ffe100;--brand-ink:#000000", "would be too weak"]);
    assert_eq!(visitor.get("/brand.css").await.body, "");
    for wrong in ["red", "#12", "url(x)", "#fff;}body{display:none"] {
        let answer = post(&owner, "/settings/branding", &form(wrong, "1", "save")).await;
        assert_eq!(answer.status, 422, "{wrong}");
    }
    assert_eq!(post(&owner, "/settings/branding", &form("#FFE100", "1", "save")).await.status, 303);
    let css = visitor.get("/brand.css").await;
    assert!(css.body.starts_with(":root{--brand:#ffe100;--brand-ink:#000000;"), "{}", css.body);
    assert_eq!(css.headers["content-type"], "text/css; charset=utf-8");
    assert!(css.headers["cache-control"].to_str().unwrap().starts_with("public, max-age=60"));
    let tag = css.headers["etag"].to_str().unwrap();
    let again = visitor.request(http::Method::GET, "/brand.css").header("if-none-match", tag);
    assert_eq!(visitor.send(again.body(axum::body::Body::empty()).unwrap()).await.status, 304);
    assert_eq!(world.visitor("beta").get("/brand.css").await.body, "");
    assert_eq!(detail(&world, "SETTING_CHANGED").await, "Colour: the product's own to #ffe100");
    assert_eq!(post(&owner, "/settings/branding", &form("#0f766e", "1", "save")).await.status, 409);
    assert_eq!(post(&owner, "/settings/branding", &form("", "2", "save")).await.status, 303);
    assert_eq!(visitor.get("/brand.css").await.body, "");
    // The platform has no colour of a business.
    assert!(!world.platform().get("/login").await.body.contains("brand.css"));
}

#[tokio::test]
async fn closures_close_and_open_again() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let booked = book(&world, "alpha", Ids::CUT, "2026-12-24T10:00:00+01:00").await;
    let form = |act: &str, from: &str, to: &str| -> Fields<'static> {
        vec![("from", from.to_owned()), ("to", to.to_owned()), ("name", "Christmas".into()), ("act", act.to_owned())]
    };
    let shown = post(&owner, "/settings/closures", &form("effect", "2026-12-24", "2026-12-25")).await;
    // Two days of all three services, less what is booked: a cut takes three starts of the cut, five of the long one.
    let fewer = 2 * (31 + 29 + 16) - 8;
    assert_has(
        &shown,
        &[&format!("{fewer} slots fewer"), "1 appointment outside hours", &format!("/appointments/{booked}")],
    );
    assert_eq!(rows(&world, "alpha", "closure").await, 0);
    for (from, to) in [("2026-12-25", "2026-12-24"), ("2026-11-29", ""), ("x", "")] {
        assert_eq!(post(&owner, "/settings/closures", &form("save", from, to)).await.status, 422, "{from} {to}");
    }
    assert_eq!(post(&owner, "/settings/closures", &form("save", "2026-12-23", "")).await.status, 303);
    assert_has(&owner.get("/settings").await, &["Christmas", "Wednesday 23 December 2026"]);
    let day = || async { world.visitor("alpha").get(&format!("/book/{}?date=2026-12-23", Ids::CUT)).await.body };
    assert!(!day().await.contains("10:00, Wednesday"));
    let schema = world.schema("alpha").await;
    let id: Uuid = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select id from {schema}.closure")))
        .fetch_one(&mut world.owner().await)
        .await
        .unwrap();
    let stranger = world.signed_in("beta", "owner").await;
    assert_eq!(stranger.post(&format!("/settings/closures/{id}/delete"), &[]).await.status, 404);
    assert_eq!(owner.post(&format!("/settings/closures/{id}/delete"), &[]).await.status, 303);
    assert!(day().await.contains("10:00, Wednesday"));
    assert_eq!(detail(&world, "CLOSURE_REMOVED").await, "Christmas, 2026-12-23 to 2026-12-23");
}

#[tokio::test]
async fn the_currency_stays_once_a_price_was_promised() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let form = |currency: &str, version: &str| -> Fields<'static> {
        vec![("currency", currency.to_owned()), ("week_start", "1".into()), ("version", version.to_owned())]
    };
    // 48.00 is 48 where there are no cents.
    assert_eq!(post(&owner, "/settings/business", &form("JPY", "1")).await.status, 303);
    assert_has(&world.visitor("alpha").get("/").await, &["¥48"]);
    assert_eq!(post(&owner, "/settings/business", &form("EUR", "2")).await.status, 303);
    assert_has(&world.visitor("alpha").get("/").await, &["€48.00"]);
    book(&world, "alpha", Ids::CUT, "2026-12-01T10:00:00+01:00").await;
    let refused = post(&owner, "/settings/business", &form("USD", "3")).await;
    assert_eq!(refused.status, 422);
    assert_has(&refused, &["Appointments were booked at prices in this currency"]);
    assert_has(&owner.get("/settings").await, &["value=\"EUR\" readonly", "it cannot be changed any more"]);
}

#[tokio::test]
async fn a_new_business_is_led_from_nothing_to_the_first_times() {
    let world = World::new().await;
    let schema = world.schema("alpha").await;
    world
        .owner_sql(&format!(
            "set search_path = {schema}, ext; delete from service_need_resource; delete from service_need; delete from service; delete from resource"
        ))
        .await;
    let owner = world.signed_in("alpha", "owner").await;
    assert_has(&owner.get("/services").await, &["Three steps lead to the first booking", "href=\"/resources/new\""]);
    assert_has(&owner.get("/services/new").await, &["There is nobody and nothing to be booked yet"]);
    let first = vec![("name", "Cleo".to_owned()), ("kind", "STAFF".into()), ("quantity", "1".into())];
    let added = post(&owner, "/resources", &first).await;
    let person = id_of(&added);
    assert_eq!(post(&owner, &format!("/resources/{person}/hours"), &hours("save", 1, "17:00")).await.status, 303);
    assert_has(&owner.get("/services").await, &["Add the first service"]);
    let made = post(&owner, "/services", &with(&service("save", 0), &[("need-0", &person.to_string())])).await;
    assert_eq!(made.status, 303, "{}", made.body);
    book(&world, "alpha", id_of(&made), "2026-12-01T10:00:00+01:00").await;
}
