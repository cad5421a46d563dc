//! The samples of customers: the list, one of them, merging, deleting, importing; empty, filled, wrong, refused.

use crate::frames::{Frames, LONG_WORD, flashed, masked, moment};
use app::{
    customers::{self, model::*},
    setup::model::Sent,
    ui::{form::FormError, list::Listing, moment::Moment, notice::Tone},
};
use domain::{
    actor::Role,
    booking::AppointmentStatus,
    customer::{CustomerForm, import::Existing},
    typed::Change,
};
use uuid::Uuid;

/// Their pages.
pub(crate) fn pages(frames: &Frames) -> Vec<(&'static str, String)> {
    let owner = |path: &str| frames.owner(path);
    let staff = |path: &str| frames.on(crate::frames::salon(), Some(Role::TenantStaff), path);
    let list = |model| customers::list(owner("/customers"), model);
    let one = |model| customers::customer(owner("/customers/1"), model);
    let form = |model| customers::form(owner("/customers/new"), model);
    let merge = |model| customers::merge(owner("/customers/1/merge"), model);
    let delete = |model| customers::anonymise(owner("/customers/1/anonymise"), model);
    let import = |model| customers::import(owner("/customers/import"), model);
    let preview = |model| customers::preview(owner("/customers/import"), model);
    let own = Customers { is_own_only: true, may_add: false, csv: None, ..many() };
    vec![
        ("customers", list(many())),
        ("customers-searched", list(Customers { q: "mar".into(), ..many() })),
        ("customers-none", list(Customers { may_add: true, ..Customers::default() })),
        ("customers-nothing-matches", list(nothing_matches())),
        ("customers-staff", customers::list(staff("/customers"), own)),
        (
            "customers-staff-none",
            customers::list(staff("/customers"), Customers { is_own_only: true, ..Customers::default() }),
        ),
        ("customer", one(customer())),
        ("customer-saved", customers::customer(flashed(owner("/customers/1"), Tone::Ok, "The notes are saved."), customer())),
        ("customer-new-to-us", one(new_customer())),
        ("customer-long", one(CustomerPage { name: LONG_WORD.into(), email: format!("{LONG_WORD}@example.com"), ..customer() })),
        ("customer-notes-errors", one(notes_errors())),
        ("customer-notes-meanwhile", one(notes_meanwhile())),
        (
            "customer-staff",
            customers::customer(
                staff("/customers/1"),
                CustomerPage { rights: CustomerRights { notes: true, ..CustomerRights::default() }, similar: vec![], ..customer() },
            ),
        ),
        ("customer-by-grant", one(CustomerPage { rights: CustomerRights::default(), similar: vec![], ..customer() })),
        (
            "customer-deleted",
            one(CustomerPage { is_anonymised: true, rights: CustomerRights::default(), similar: vec![], ..customer() }),
        ),
        ("customer-masked", customers::customer(masked(staff("/customers/1")), customer())),
        ("customer-form-new", form(CustomerFormPage::default())),
        ("customer-form", form(CustomerFormPage { id: Some(id(1)), name: "Maria Lopez".into(), form: typed(), version: 3, ..CustomerFormPage::default() })),
        ("customer-form-login", form(CustomerFormPage { id: Some(id(1)), name: "Maria Lopez".into(), form: typed(), has_login: true, ..CustomerFormPage::default() })),
        ("customer-form-errors", form(form_errors())),
        ("customer-form-similar", form(CustomerFormPage { form: typed(), similar: similar(), ..CustomerFormPage::default() })),
        ("customer-form-meanwhile", form(form_meanwhile())),
        ("customer-merge-choose", merge(choose("", similar()))),
        ("customer-merge-nobody", merge(choose("", vec![]))),
        ("customer-merge-nothing", merge(choose("zzz", vec![]))),
        ("customer-merge", merge(confirm(Ok(())))),
        ("customer-merge-stale", merge(MergePage { is_stale: true, ..confirm(Ok(())) })),
        ("customer-merge-refused", merge(confirm(Err("Both sign in here, each with a login of their own, and neither can take over the other's. One of them has to delete the own account first.".into())))),
        ("customer-delete", delete(AnonymisePage { has_login: true, ..deletion() })),
        ("customer-delete-errors", delete(AnonymisePage { typed: "Mario".into(), errors: vec![FormError::new("name", "Type Maria Lopez to confirm")], ..deletion() })),
        ("customer-delete-blocked", delete(AnonymisePage { upcoming: vec![visit(1, AppointmentStatus::Confirmed), visit(2, AppointmentStatus::Pending)], ..deletion() })),
        ("customers-import", import(ImportPage::default())),
        ("customers-import-errors", import(import_errors())),
        ("customers-import-check", preview(checked())),
        ("customers-import-check-fine", preview(ImportPreview { bad: ImportLines::default(), left_out: vec![], ..checked() })),
        ("customers-import-check-nothing", preview(ImportPreview { add: ImportLines::default(), update: ImportLines::default(), ..checked() })),
    ]
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn at(label: &str) -> Option<Moment> {
    Some(moment(label))
}

fn many() -> Customers {
    let row =
        |n: u128, name: &str, email: &str, phone: Option<&str>, next: Option<Moment>, visits: i64, no_shows: i64| {
            CustomerRow {
                id: id(n),
                name: name.into(),
                email: email.into(),
                phone: phone.map(Into::into),
                last: (visits > 0).then(|| moment("12 Nov 2026, 16:30")),
                next,
                visits,
                no_shows,
            }
        };
    Customers {
        list: Listing {
            rows: vec![
                row(
                    1,
                    "Maria Lopez",
                    "maria.lopez@example.com",
                    Some("+49 30 1234567"),
                    at("3 Dec 2026, 14:05"),
                    14,
                    0,
                ),
                row(2, "Märta Ångström", "", Some("030 7654321"), None, 3, 2),
                row(3, LONG_WORD, &format!("{LONG_WORD}@example.com"), None, at("24 Dec 2026, 09:00"), 0, 0),
                row(4, "Tom Fischer", "tom@example.com", None, None, 1, 0),
            ],
            count: "128 customers".into(),
            next: Some("/customers?cursor=x".into()),
            ..Listing::default()
        },
        zone: "Berlin time (UTC+1)".into(),
        may_add: true,
        csv: Some("/customers.csv".into()),
        ..Customers::default()
    }
}

fn nothing_matches() -> Customers {
    let list =
        Listing { rows: vec![], is_filtered: true, next: None, count: "0 customers found".into(), ..many().list };
    Customers { q: "zzz".into(), list, ..many() }
}

fn visit(n: u128, status: AppointmentStatus) -> Visit {
    Visit {
        id: id(n),
        at: moment("Thu 3 Dec 2026, 14:05"),
        service: if n == 3 { LONG_WORD.into() } else { "Haircut".into() },
        with: if n == 2 { vec![] } else { vec!["Ana Ruiz".into(), "Treatment room".into()] },
        status,
        reference: "7K2M-01XQ".into(),
    }
}

fn similar() -> Vec<Similar> {
    vec![
        Similar {
            id: id(5),
            name: "Maria Lopes".into(),
            contact: "m.lopez@example.com, +49 30 1234567".into(),
            why: "Same phone number",
        },
        Similar {
            id: id(6),
            name: LONG_WORD.into(),
            contact: "maria.lopez@example.com".into(),
            why: "Same e-mail address",
        },
    ]
}

fn customer() -> CustomerPage {
    use AppointmentStatus as S;
    CustomerPage {
        id: id(1),
        version: 3,
        name: "Maria Lopez".into(),
        email: "maria.lopez@example.com".into(),
        phone: Some("+49 30 1234567".into()),
        has_login: true,
        is_anonymised: false,
        since: moment("3 Mar 2025, 09:12"),
        next: at("Thu 3 Dec 2026, 14:05"),
        last: at("Thu 12 Nov 2026, 16:30"),
        visits: 14,
        no_shows: 1,
        cancelled: 2,
        history: [S::Confirmed, S::Pending, S::Completed, S::Cancelled, S::NoShow]
            .into_iter()
            .zip(1..)
            .map(|(status, n)| visit(n, status))
            .collect(),
        newest: None,
        older: Some("/customers/1?cursor=x".into()),
        zone: "Berlin time (UTC+1)".into(),
        notes: "Allergic to ammonia.\nPrefers the chair by the window.".into(),
        similar: similar(),
        rights: CustomerRights { edit: true, notes: true, merge: true, anonymise: true },
        sent: Sent::default(),
    }
}

fn new_customer() -> CustomerPage {
    CustomerPage {
        email: String::new(),
        has_login: false,
        next: None,
        last: None,
        visits: 0,
        no_shows: 0,
        cancelled: 0,
        history: vec![],
        older: None,
        notes: String::new(),
        similar: vec![],
        ..customer()
    }
}

fn notes_errors() -> CustomerPage {
    let errors = vec![FormError::new("notes", "Shorten the notes to 2000 characters or fewer")];
    CustomerPage { sent: Sent { form: "notes", errors, ..Sent::default() }, ..customer() }
}

fn change(label: &str, before: &str, after: &str) -> Change {
    Change { label: label.into(), before: before.into(), after: after.into() }
}

fn notes_meanwhile() -> CustomerPage {
    let found = vec![change("Notes", "Allergic to ammonia.", "Prefers the chair by the window.")];
    CustomerPage { sent: Sent { form: "notes", meanwhile: Some(found), ..Sent::default() }, ..customer() }
}

fn typed() -> CustomerForm {
    CustomerForm { name: "Maria Lopez".into(), email: "maria.lopez@example.com".into(), phone: "+49 30 1234567".into() }
}

fn form_errors() -> CustomerFormPage {
    let errors = vec![
        FormError::new("name", "Enter a name"),
        FormError::new("email", "Enter an e-mail address like name@example.com"),
        FormError::new("phone", "Enter a phone number with digits, such as +49 30 1234567"),
    ];
    let form = CustomerForm { name: String::new(), email: "maria".into(), phone: "call me".into() };
    CustomerFormPage { form, sent: Sent { errors, ..Sent::default() }, ..CustomerFormPage::default() }
}

fn form_meanwhile() -> CustomerFormPage {
    let sent = Sent { meanwhile: Some(vec![change("Phone", "", "+49 30 1234567")]), ..Sent::default() };
    CustomerFormPage {
        id: Some(id(1)),
        name: "Maria Lopez".into(),
        form: typed(),
        version: 4,
        sent,
        ..CustomerFormPage::default()
    }
}

fn side(n: u128, name: &str) -> MergeSide {
    MergeSide {
        id: id(n),
        version: 2,
        name: name.into(),
        email: if n == 1 { "maria.lopez@example.com".into() } else { String::new() },
        phone: Some("+49 30 1234567".into()),
        notes: if n == 1 { "Allergic to ammonia.".into() } else { String::new() },
        has_login: n == 1,
        appointments: if n == 1 { 14 } else { 1 },
    }
}

fn choose(q: &str, found: Vec<Similar>) -> MergePage {
    MergePage { keep: side(1, "Maria Lopez"), step: MergeStep::Choose(q.into(), found), is_stale: false }
}

fn confirm(may: Result<(), String>) -> MergePage {
    let keep = MergeSide { has_login: false, ..side(1, "Maria Lopez") };
    MergePage { keep, step: MergeStep::Confirm(Box::new(side(2, LONG_WORD)), may), is_stale: false }
}

fn deletion() -> AnonymisePage {
    AnonymisePage {
        id: id(1),
        name: "Maria Lopez".into(),
        appointments: 14,
        zone: "Berlin time (UTC+1)".into(),
        ..AnonymisePage::default()
    }
}

fn import_errors() -> ImportPage {
    let message = "This file's letters are not in UTF-8, so names with accents would be broken: save it as \"CSV UTF-8\" and try again";
    ImportPage {
        errors: vec![FormError::new("file", message)],
        text: "name,email\nMaria,maria@example.com".into(),
        existing: Existing::Update,
    }
}

fn lines(all: &[(usize, &str, &str)], count: usize) -> ImportLines {
    let line = |(line, label, what): &(usize, &str, &str)| ImportLine {
        line: *line,
        label: (*label).into(),
        what: (*what).into(),
    };
    ImportLines { shown: all.iter().map(line).collect(), count }
}

fn checked() -> ImportPreview {
    ImportPreview {
        text: "name,email\nMaria,maria@example.com".into(),
        existing: Existing::Update,
        add: lines(&[(2, "Maria Lopez", "maria@example.com"), (3, LONG_WORD, "030 1234567")], 112),
        update: lines(&[(5, "Tom Fischer", "tom@example.com: phone, notes")], 1),
        same: lines(&[(6, "Aylin Demir", "aylin@example.com")], 1),
        bad: lines(
            &[
                (4, "x", "Enter a name. Enter an e-mail address like name@example.com"),
                (9, "Maria, maria@example.com", "The same customer stands in line 2"),
            ],
            2,
        ),
        left_out: vec!["Birthday".into(), "City".into()],
    }
}
