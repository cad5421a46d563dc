//! The samples of signing in, passwords, the own account, and the banner on every kind of page.

use crate::frames::{Frames, LONG_NAME, LONG_WORD, business, flashed, masked, masked_long, moment, salon};
use app::{
    frame::{Frame, Site},
    identity::{self, model::*},
    messages::{
        self,
        model::{FeedCard, Feeds},
    },
    site::{
        self,
        model::{Problem, Welcome},
    },
    ui::{form::FormError, notice::Tone},
};
use domain::{
    actor::Role,
    ids::ResourceId,
    letter::{Facts, LetterKind, Sender, write},
};
use jiff::tz::TimeZone;
use uuid::Uuid;

fn inbox() -> Vec<InboxLetter> {
    let letter = |n: u128, kind: &'static str, subject: &str, state: LetterState, calendar: Option<&str>| {
        InboxLetter {
        id: Uuid::from_u128(n),
        kind,
        recipient: "maria@example.com".into(),
        subject: subject.into(),
        body: "Hello Maria Lopez,\n\nSee your booking:\nhttp://aurora.localhost:3000/booked/0193f3a17c1e7b529a550a6f4be1c9d2-key\n".into(),
        at: "2026-11-28 08:00:00 UTC".into(),
        state,
        has_html: kind != "Account",
        calendar: calendar.map(Into::into),
    }
    };
    let at = || "2026-11-30 09:00:00 UTC".to_owned();
    vec![
        letter(1, "Booked", "You are booked: Cut and finish", LetterState::Sent(at()), Some("REQUEST")),
        letter(2, "Reminder", "Coming up: Cut and finish", LetterState::Due(at()), None),
        letter(3, "Cancelled", LONG_WORD, LetterState::Void("A later letter says otherwise".into()), Some("CANCEL")),
        letter(4, "Account", "A new password", LetterState::Failed("Connection refused (tries: 2)".into()), None),
        letter(5, "Account", "You are invited", LetterState::Waiting, None),
    ]
}

fn feeds() -> Feeds {
    let card = |n: u128, name: &str, is_own| FeedCard {
        id: ResourceId(Uuid::from_u128(n)),
        name: name.into(),
        is_own,
        address: format!(
            "https://aurora.example.com/feed/0193f3a17c1e7b529a550a6f4be1c9d{n}-abcdefghijklmnopqrstuvwxyz.ics"
        ),
        subscribe: format!("webcal://aurora.example.com/feed/{n}.ics"),
    };
    Feeds { cards: vec![card(1, "Ana Ruiz", true), card(2, "Ben Okafor", false), card(3, LONG_WORD, false)] }
}

/// A letter as a mail program shows it, in a business's colour and in the product's.
fn letter(kind: LetterKind, colour: Option<&str>) -> String {
    let at = |hour: i8| jiff::civil::date(2026, 12, 3).at(hour, 30, 0, 0).to_zoned(TimeZone::UTC).unwrap_or_default();
    let facts = Facts {
        sender: Sender {
            name: "Salon Aurora".into(),
            email: Some("hello@aurora.example".into()),
            phone: Some("+49 30 1234567".into()),
            address: "Lange Straße 5, 10117 Berlin".into(),
            colour: colour.map(Into::into),
        },
        customer: if colour.is_some() { "Maria Lopez".into() } else { LONG_WORD.into() },
        service: if colour.is_some() { "Cut and finish".into() } else { LONG_WORD.into() },
        reference: "7K3M-9QXA".into(),
        starts: at(14),
        ends: at(15),
        before: Some(at(9)),
        with: vec!["Ana Ruiz".into()],
        price: Some("€48.00".into()),
        is_agreed: true,
        is_held: true,
        cancelled_by_customer: false,
        reason: Some("We are away that week.".into()),
        move_until: at(9).timestamp(),
        cancel_until: at(12).timestamp(),
        link: "https://aurora.example.com/booked/key".into(),
        site: "https://aurora.example.com/".into(),
    };
    write(kind, &facts, at(8).timestamp()).html
}

/// Their pages.
pub(crate) fn pages(frames: &Frames) -> Vec<(&'static str, String)> {
    let salon_page = |path: &str| frames.visitor(path);
    let long = |path: &str| frames.on(business(LONG_NAME), None, path);
    let dev = |frame: Frame| Frame { dev: true, ..frame };
    let sent = Forgot { email: "ana@example.com".into(), is_sent: true, errors: vec![] };
    let sent_long = Forgot { email: format!("{LONG_WORD}@example.com"), ..sent.clone() };
    let no_email = Forgot {
        email: "ana".into(),
        is_sent: false,
        errors: vec![FormError::new("email", "Enter your e-mail address like name@example.com")],
    };
    let customer = Account { role: Role::Customer, sessions: sessions().into_iter().take(1).collect(), ..account() };
    vec![
        ("login", identity::login(salon_page("/login"), Login::default())),
        ("login-dev", identity::login(dev(salon_page("/login")), Login::default())),
        ("login-wrong", identity::login(salon_page("/login"), login(LoginProblem::NotRight, "ana@example.com"))),
        ("login-missing", identity::login(salon_page("/login"), login(LoginProblem::Missing, ""))),
        ("login-busy", identity::login(salon_page("/login"), login(LoginProblem::Busy, "ana@example.com"))),
        (
            "login-limited",
            identity::login(
                salon_page("/login"),
                login(LoginProblem::Limited { retry_after_s: 840 }, "ana@example.com"),
            ),
        ),
        ("login-long", identity::login(dev(long("/login")), Login::default())),
        (
            "login-platform",
            identity::login(
                flashed(
                    frames.on(Site::Platform, None, "/login"),
                    Tone::Ok,
                    "Your password was changed. Sign in with the new one.",
                ),
                Login::default(),
            ),
        ),
        ("forgot", identity::forgot(salon_page("/forgot"), Forgot::default())),
        ("forgot-errors", identity::forgot(salon_page("/forgot"), no_email)),
        ("forgot-sent", identity::forgot(salon_page("/forgot"), sent)),
        ("forgot-sent-long", identity::forgot(long("/forgot"), sent_long)),
        ("join", identity::join(salon_page("/join"), join(JoinKind::Invitation))),
        ("join-reset", identity::join(frames.on(Site::Platform, None, "/join"), join(JoinKind::Reset))),
        (
            "join-errors",
            identity::join(
                long("/join"),
                Join {
                    name: LONG_WORD.into(),
                    errors: vec![
                        FormError::new("password", "Use 12 characters or more"),
                        FormError::new("repeat", "Enter the same password twice"),
                    ],
                    ..join(JoinKind::Reset)
                },
            ),
        ),
        ("link", identity::ask_link(salon_page("/login/link"), AskLink::default())),
        ("link-errors", identity::ask_link(salon_page("/login/link"), link_errors())),
        (
            "link-limited",
            identity::ask_link(salon_page("/login/link"), AskLink { retry_after_s: Some(600), ..AskLink::default() }),
        ),
        ("link-sent", identity::ask_link(salon_page("/login/link"), link_sent("ana@example.com".into()))),
        ("link-sent-long", identity::ask_link(long("/login/link"), link_sent(format!("{LONG_WORD}@example.com")))),
        ("sign-up", identity::sign_up(salon_page("/signup"), SignUp::default())),
        ("sign-up-errors", identity::sign_up(salon_page("/signup"), sign_up_errors())),
        (
            "sign-up-limited",
            identity::sign_up(
                salon_page("/signup"),
                SignUp {
                    retry_after_s: Some(61),
                    name: "Ana Ruiz".into(),
                    email: "ana@example.com".into(),
                    ..SignUp::default()
                },
            ),
        ),
        (
            "sign-up-sent",
            identity::sign_up(
                salon_page("/signup"),
                SignUp { email: "ana@example.com".into(), is_sent: true, ..SignUp::default() },
            ),
        ),
        ("enter", identity::enter(salon_page("/enter"), enter(EnterKind::SignIn))),
        ("enter-sign-up", identity::enter(salon_page("/enter"), enter(EnterKind::SignUp))),
        (
            "enter-address",
            identity::enter(
                long("/enter"),
                Enter { name: LONG_WORD.into(), ..enter(EnterKind::NewAddress(format!("{LONG_WORD}@example.com"))) },
            ),
        ),
        ("problem-entry-gone", site::problem(salon_page("/enter"), Problem::EntryGone)),
        ("inbox", identity::inbox(dev(salon_page("/dev/inbox")), inbox())),
        ("inbox-empty", identity::inbox(dev(salon_page("/dev/inbox")), vec![])),
        ("letter-booked", letter(LetterKind::Booked, Some("#b5179e"))),
        ("letter-moved", letter(LetterKind::Moved, Some("#ffc53d"))),
        ("letter-cancelled", letter(LetterKind::Cancelled, Some("#107d98"))),
        ("letter-long", letter(LetterKind::Requested, None)),
        ("feeds", messages::feeds(frames.owner("/feeds"), feeds())),
        ("feeds-none", messages::feeds(frames.on(salon(), Some(Role::TenantStaff), "/feeds"), Feeds::default())),
        ("account", identity::account(frames.on(salon(), Some(Role::TenantStaff), "/account"), account())),
        (
            "account-platform",
            identity::account(frames.desk("/account"), Account { role: Role::Superuser, ..account() }),
        ),
        ("account-customer", identity::account(frames.on(salon(), Some(Role::Customer), "/account"), customer)),
        (
            "account-errors",
            identity::account(
                frames.owner("/account"),
                Account {
                    errors: vec![
                        FormError::new("current", "The current password is not right"),
                        FormError::new("repeat", "Enter the same password twice"),
                    ],
                    ..account()
                },
            ),
        ),
        (
            "account-masked",
            identity::account(masked(frames.on(salon(), Some(Role::TenantStaff), "/account")), masked_account()),
        ),
        ("dev-login", identity::dev_login(dev(frames.on(Site::Platform, None, "/dev/login")), dev_people())),
        ("dev-login-none", identity::dev_login(dev(salon_page("/dev/login")), DevLogin::default())),
        ("problem-masquerading", site::problem(masked(frames.owner("/account/password")), Problem::WhileMasquerading)),
        (
            "problem-masquerading-platform",
            site::problem(masked_long(frames.desk("/users")), Problem::WhileMasquerading),
        ),
        ("problem-plan-limit", site::problem(frames.owner("/team"), Problem::PlanLimit)),
        ("problem-link-gone", site::problem(salon_page("/join"), Problem::LinkGone)),
        (
            "masked-public",
            site::welcome(
                masked(frames.on(Site::Base, None, "/")),
                Welcome { platform_url: "/".into(), demos: vec![] },
            ),
        ),
    ]
}

fn login(problem: LoginProblem, email: &str) -> Login {
    Login { email: email.into(), problem: Some(problem), next: Some("/schedule".into()) }
}

fn join(kind: JoinKind) -> Join {
    Join { kind, token: "t0ken".into(), name: "Ana Ruiz".into(), email: "ana@example.com".into(), errors: vec![] }
}

fn link_errors() -> AskLink {
    AskLink {
        email: "ana".into(),
        errors: vec![FormError::new("email", "Enter your e-mail address like name@example.com")],
        ..AskLink::default()
    }
}

fn link_sent(email: String) -> AskLink {
    AskLink { email, is_sent: true, ..AskLink::default() }
}

fn sign_up_errors() -> SignUp {
    SignUp {
        email: "ana".into(),
        errors: vec![
            FormError::new("name", "Enter your name"),
            FormError::new("email", "Enter your e-mail address like name@example.com"),
        ],
        ..SignUp::default()
    }
}

fn enter(kind: EnterKind) -> Enter {
    Enter { token: "t0ken".into(), name: "Ana Ruiz".into(), email: "ana@example.com".into(), kind }
}

fn sessions() -> Vec<SessionRow> {
    let row = |device: &str, ip: Option<&str>, is_current| SessionRow {
        device: device.into(),
        ip: ip.map(Into::into),
        since: moment("1 Dec 2026"),
        last_seen: moment(if is_current { "just now" } else { "2 days ago" }),
        is_current,
    };
    vec![
        row("Firefox on Linux", Some("192.0.2.17"), true),
        row("Safari on iPhone", Some("2001:0db8:85a3:0000:0000:8a2e:0370:7334"), false),
        row("A program that does not say what it is", None, false),
    ]
}

fn account() -> Account {
    Account {
        name: "Ana Ruiz".into(),
        email: "ana@example.com".into(),
        role: Role::TenantStaff,
        change_password: Ok(()),
        end_sessions: Ok(()),
        sessions: sessions(),
        errors: vec![],
    }
}

fn masked_account() -> Account {
    let why = "Not while acting as somebody else.".to_owned();
    Account { name: LONG_WORD.into(), change_password: Err(why.clone()), end_sessions: Err(why), ..account() }
}

fn dev_people() -> DevLogin {
    let people = Role::ALL.into_iter().enumerate().flat_map(|(n, role)| {
        (0..=n % 2).map(move |i| DevPerson {
            id: Uuid::from_u128((n * 10 + i) as u128),
            name: if n == 7 { LONG_WORD.into() } else { format!("{} {}", role.label(), i + 1) },
            email: format!("{}{i}@demo.example", role.as_str().to_lowercase()),
            role,
            tenant: (!role.is_platform()).then(|| "Salon Aurora".to_owned()),
        })
    });
    DevLogin { people: people.collect() }
}
