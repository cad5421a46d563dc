//! Letters that let in: signing up as a customer, signing in without a password, another address.

use crate::support::{Answer, Client, Ids, PASSWORD, World};
use domain::actor::Role;
use http::header;
use uuid::Uuid;

const COOKIE: &str = "smoothschedule";

/// The letters to an address, the latest first, once there are so many: they are written behind the answer's back.
pub async fn letters_to(world: &World, email: &str, at_least: usize) -> Vec<String> {
    for _ in 0..200 {
        let bodies: Vec<String> = sqlx::query_scalar(
            "select body from public.mail where recipient = $1 and body like '%/enter?token=%' or recipient = $1 and subject like '%account%'
             order by id desc",
        )
        .bind(email)
        .fetch_all(&mut world.owner().await)
        .await
        .unwrap();
        if bodies.len() >= at_least {
            return bodies;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("no letter to {email}");
}

/// The secret of the link in the latest letter to an address.
pub async fn token_to(world: &World, email: &str, letters: usize) -> String {
    let body = letters_to(world, email, letters).await.remove(0);
    let (_, rest) = body.split_once("/enter?token=").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

/// Signs somebody up, and in.
pub async fn sign_up(world: &World, slug: &str, name: &str, email: &str) -> Client {
    let client = world.visitor(slug);
    let answer = client.post("/signup", &[("name", name), ("email", email)]).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let token = token_to(world, email, 1).await;
    let answer = client.post("/enter", &[("token", &token)]).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/my"), "{}", answer.body);
    client
}

/// Lets the next letter be asked for at once.
async fn a_minute_later(world: &World) {
    world
        .owner_sql(
            "update public.user_link set created_at = created_at - interval '2 minutes';
             update public.sign_up set created_at = created_at - interval '2 minutes'",
        )
        .await;
}

async fn ask(world: &World, slug: &str, email: &str) -> Answer {
    world.visitor(slug).post("/login/link", &[("email", email)]).await
}

#[tokio::test]
async fn an_address_is_proven_before_anything_is_joined_to_it() {
    let world = World::new().await;
    let schema = world.schema("alpha").await;
    crate::schedule::book(&world, "alpha", Ids::CUT, "2026-12-01T10:00:00+01:00").await;
    let client = world.visitor("alpha");
    let asked = client.post("/signup", &[("name", "Mia Somebody"), ("email", "M@Example.com")]).await;
    assert_eq!(asked.status, 200);
    let token = token_to(&world, "M@Example.com", 1).await;
    let body = letters_to(&world, "M@Example.com", 1).await.remove(0);
    assert!(body.contains("http://alpha.localhost:3000/enter?token=") && !body.contains("Mia"), "{body}");
    let linked = format!("select count(*) from {schema}.customer where user_id is not null");
    let accounts = "select count(*) from public.user_account where lower(email) = 'm@example.com'";
    assert_eq!((world.count(&linked).await, world.count(accounts).await), (0, 0));

    // Opened by a mail program, any number of times, it stays good; and on another host it never was.
    for _ in 0..3 {
        let page = client.get(&format!("/enter?token={token}")).await;
        assert!(page.status == 200 && page.body.contains("Confirm and sign in"), "{}", page.body);
    }
    for host in ["beta", "alpha"] {
        let forged = if host == "beta" { token.clone() } else { format!("{token}a") };
        let visitor = world.visitor(host);
        assert_eq!(visitor.get(&format!("/enter?token={forged}")).await.status, 410, "{host}");
        assert_eq!(visitor.post("/enter", &[("token", &forged)]).await.status, 410, "{host}");
        assert!(!visitor.cookies().contains_key(COOKIE));
    }
    assert_eq!(world.count(accounts).await, 0);

    let entered = client.post("/enter", &[("token", &token)]).await;
    assert_eq!((entered.status.as_u16(), entered.location()), (303, "/my"));
    let list = client.get("/my").await;
    assert!(list.status == 200 && list.body.contains("Markalpha cut"), "{}", list.body);
    assert_eq!((world.count(&linked).await, world.count(accounts).await), (1, 1));
    // Who the business knew keeps the name that the business knew.
    assert_eq!(world.count(&format!("select count(*) from {schema}.customer where name = 'Maria Lopez'")).await, 1);
    assert_eq!(client.post("/enter", &[("token", &token)]).await.status, 410, "a link works twice");
    assert_eq!(world.count("select count(*) from public.sign_up").await, 0);
    assert_eq!(world.count("select count(*) from audit.event where action = 'CUSTOMER_JOINED'").await, 1);
    assert_eq!(client.get("/signup").await.location(), "/my", "who is signed in is asked to sign up");
}

#[tokio::test]
async fn answers_tell_nobody_who_is_known() {
    let world = World::new().await;
    let addresses = ["customer@alpha.example", "nobody@alpha.example", "customer@beta.example", "staff@alpha.example"];
    for (path, fields) in [("/login/link", vec![]), ("/signup", vec![("name", "Mia")])] {
        let mut pages = Vec::new();
        for email in addresses {
            let mut fields = fields.clone();
            fields.push(("email", email));
            let answer = world.visitor("alpha").post(path, &fields).await;
            assert_eq!(answer.status, 200);
            assert!(answer.headers.get(header::SET_COOKIE).is_none());
            let id = answer.headers["x-request-id"].to_str().unwrap();
            let page = answer.body.replace(email, "ADDRESS").replace(id, "ID");
            let plain: String = page.split("nonce=").map(|p| p.split('>').skip(1).collect::<String>()).collect();
            pages.push(plain);
        }
        assert!(pages.iter().all(|page| *page == pages[0]), "{path} tells who is known");
        // Two letters of each two: to those of this business. Signing up writes to the other two as well.
        for email in ["customer@alpha.example", "staff@alpha.example"] {
            letters_to(&world, email, 1).await;
        }
        a_minute_later(&world).await;
    }
    letters_to(&world, "nobody@alpha.example", 1).await;
    letters_to(&world, "customer@beta.example", 1).await;
    for email in ["customer@alpha.example", "staff@alpha.example"] {
        let letters = letters_to(&world, email, 2).await;
        assert!(letters[0].contains("You have one already"), "{}", letters[0]);
    }
    assert_eq!(world.count("select count(*) from public.mail").await, 6);
    // Nobody was made by asking.
    assert_eq!(world.count("select count(*) from public.user_account").await, 8);
}

#[tokio::test]
async fn a_link_signs_in_once_for_minutes_and_there_alone() {
    let world = World::new().await;
    let email = "customer@alpha.example";
    assert_eq!(ask(&world, "alpha", " Customer@Alpha.example ").await.status, 200);
    let token = token_to(&world, email, 1).await;
    assert_eq!(world.count("select count(*) from public.user_link where token_hash::text like '%' || 'a' || '%' and purpose = 'LOGIN'").await, 1);
    let path = format!("/enter?token={token}");
    let page = world.visitor("alpha").get(&path).await;
    assert!(page.body.contains("Markalpha customer") && page.body.contains(email), "{}", page.body);
    assert_eq!(page.headers["referrer-policy"], "same-origin");
    assert_eq!(world.visitor("beta").post("/enter", &[("token", &token)]).await.status, 410);
    // A link that signs in sets no password, and one that sets a password does not sign in.
    assert_eq!(world.visitor("alpha").get(&format!("/join?token={token}")).await.status, 410);

    // Of many who press at once, one gets in.
    let mut crowd = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (client, token) = (world.visitor("alpha"), token.clone());
        crowd.spawn(async move { client.post("/enter", &[("token", &token)]).await.status.as_u16() });
    }
    let mut statuses = crowd.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 410, 410, 410, 410, 410, 410, 410]);

    // Two links that are out at the same time go together.
    for _ in 0..2 {
        a_minute_later(&world).await;
        ask(&world, "alpha", email).await;
        letters_to(&world, email, 2).await;
    }
    let letters = letters_to(&world, email, 3).await;
    let token_of = |body: &String| body.split_once("token=").unwrap().1.split_whitespace().next().unwrap().to_owned();
    assert_eq!(world.visitor("alpha").post("/enter", &[("token", &token_of(&letters[1]))]).await.status, 303);
    assert_eq!(world.visitor("alpha").post("/enter", &[("token", &token_of(&letters[0]))]).await.status, 410);

    for (change, undo) in [
        ("update public.user_link set expires_at = now()", ""),
        (
            "update public.user_account set is_active = false where email = 'customer@alpha.example'",
            "update public.user_account set is_active = true",
        ),
    ] {
        a_minute_later(&world).await;
        world.owner_sql("delete from public.mail").await;
        ask(&world, "alpha", email).await;
        let token = token_to(&world, email, 1).await;
        assert_eq!(world.visitor("alpha").get(&format!("/enter?token={token}")).await.status, 200);
        world.owner_sql(change).await;
        assert_eq!(world.visitor("alpha").get(&format!("/enter?token={token}")).await.status, 410, "{change}");
        assert_eq!(world.visitor("alpha").post("/enter", &[("token", &token)]).await.status, 410, "{change}");
        world.owner_sql(undo).await;
    }
    world.owner_sql("delete from public.mail; delete from public.user_link").await;
    world.visitor("alpha").post("/forgot", &[("email", email)]).await;
    let mut token = String::new();
    while token.is_empty() {
        let body: Option<String> =
            sqlx::query_scalar("select body from public.mail").fetch_optional(&mut world.owner().await).await.unwrap();
        token = body.map(|body| token_of(&body)).unwrap_or_default();
    }
    assert_eq!(world.visitor("alpha").get(&format!("/join?token={token}")).await.status, 200);
    assert_eq!(world.visitor("alpha").post("/enter", &[("token", &token)]).await.status, 410);
}

#[tokio::test]
async fn a_session_that_somebody_planted_is_not_the_one_that_begins() {
    let world = World::new().await;
    let attacker = world.signed_in("alpha", "staff").await;
    let planted = attacker.cookies()[COOKIE].clone();
    ask(&world, "alpha", "customer@alpha.example").await;
    let token = token_to(&world, "customer@alpha.example", 1).await;
    let victim = world.visitor("alpha");
    victim.cookies().insert(COOKIE.into(), planted.clone());
    assert_eq!(victim.post("/enter", &[("token", &token)]).await.status, 303);
    assert_ne!(victim.cookies()[COOKIE], planted);
    assert!(victim.get("/my").await.body.contains("My appointments"));
    // What was planted is nobody's any more, and surely not the victim's.
    assert_ne!(attacker.get("/my").await.status, 200);
    // A form of another site uses no link up.
    a_minute_later(&world).await;
    ask(&world, "alpha", "customer@alpha.example").await;
    let token = token_to(&world, "customer@alpha.example", 2).await;
    let request = victim
        .request(http::Method::POST, "/enter")
        .header(header::ORIGIN, "http://beta.localhost:3000")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(axum::body::Body::from(format!("token={token}")))
        .unwrap();
    assert_eq!(victim.send(request).await.status, 403);
    assert_eq!(world.visitor("alpha").post("/enter", &[("token", &token)]).await.status, 303);
}

#[tokio::test]
async fn letters_are_limited_alike_for_known_and_unknown_and_lock_nobody_out() {
    let world = World::new().await;
    let mut answers = Vec::new();
    for email in ["customer@alpha.example", "nobody@alpha.example"] {
        let mut statuses = Vec::new();
        for _ in 0..12 {
            statuses.push(ask(&world, "alpha", email).await.status.as_u16());
        }
        answers.push(statuses);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0].iter().filter(|status| **status == 200).count(), 10);
    let waiting = ask(&world, "alpha", "customer@alpha.example").await;
    assert!(waiting.headers.contains_key(header::RETRY_AFTER) && waiting.body.contains("Too many letters"));
    // Letters are asked for by anybody; the right password is not held up by it.
    world.signed_in("alpha", "customer").await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(world.count("select count(*) from public.mail").await, 1, "more than a letter a minute");
}

#[tokio::test]
async fn one_address_is_a_customer_of_many_and_works_for_one() {
    let world = World::new().await;
    // Somebody who works for beta is a customer of alpha, and a third is a customer of both.
    let staff = sign_up(&world, "alpha", "Bea Both", "staff@beta.example").await;
    assert!(staff.get("/my").await.body.contains("My appointments"));
    sign_up(&world, "alpha", "Cy Twice", "cy@example.com").await;
    sign_up(&world, "beta", "Cy Twice", "cy@example.com").await.get("/my").await;
    assert_eq!(world.count("select count(*) from public.user_account where email = 'cy@example.com'").await, 2);
    // Each host lets in its own, by its own password.
    let fields = [("email", "staff@beta.example"), ("password", PASSWORD)];
    assert_eq!(world.visitor("beta").post("/login", &fields).await.status, 303);
    assert_eq!(world.visitor("alpha").post("/login", &fields).await.status, 422, "beta's password opens alpha");
    // A session of one host is nothing on the other, though the address is the same.
    let carried = world.visitor("beta");
    carried.cookies().insert(COOKIE.into(), staff.cookies()[COOKIE].clone());
    assert_eq!(carried.get("/schedule").await.status, 303);

    // A superuser who is a customer, too: the password is the superuser's, the letter the customer's.
    world.person("root@platform.example", Role::Superuser, None).await;
    sign_up(&world, "alpha", "Ro Customer", "root@platform.example").await;
    let root = world.visitor("alpha");
    let fields = [("email", "root@platform.example"), ("password", PASSWORD)];
    assert_eq!(root.post("/login", &fields).await.status, 303);
    assert_eq!(root.get("/schedule").await.status, 200);

    // Who works for nobody else may be asked to work here; whoever does cannot work here with the same address.
    let owner = world.signed_in("alpha", "owner").await;
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "select u.id from public.user_account u join public.tenant t on t.id = u.tenant_id
         where t.slug = 'alpha' and u.email in ('cy@example.com', 'staff@beta.example') order by u.email",
    )
    .fetch_all(&mut world.owner().await)
    .await
    .unwrap();
    let to_staff = [("role", "TENANT_STAFF")];
    assert_eq!(owner.post(&format!("/team/{}/role", ids[0]), &to_staff).await.status, 303);
    let refused = owner.post(&format!("/team/{}/role", ids[1]), &to_staff).await;
    assert!(refused.status == 422 && refused.body.contains("works with already"), "{}", refused.body);
    let fields = [("name", "Cy Twice"), ("email", "customer@alpha.example"), ("role", "TENANT_STAFF")];
    let refused = owner.post("/team", &fields).await;
    assert!(refused.status == 422 && refused.body.contains("signs in here with this address"), "{}", refused.body);
    // An invitation to somebody who is a customer elsewhere is none of the other's business.
    let fields = [("name", "Cus Tomer"), ("email", "customer@beta.example"), ("role", "TENANT_STAFF")];
    assert_eq!(owner.post("/team", &fields).await.status, 303);
}
