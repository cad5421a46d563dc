//! The samples of a customer's own area, and of what can be done about a booking.

use crate::{
    frames::{Frames, LONG_NAME, LONG_WORD, business, flashed, masked, salon},
    samples::{booked, full_day, pick_time},
};
use app::{
    booking::{self, model::*},
    frame::Frame,
    own::{self, model::*},
    ui::{form::FormError, list::Listing, moment::Moment, notice::Tone},
};
use domain::{actor::Role, booking::AppointmentStatus};

/// Their pages.
pub(crate) fn pages(frames: &Frames) -> Vec<(&'static str, String)> {
    let customer = |path: &str| frames.on(salon(), Some(Role::Customer), path);
    let visitor = |path: &str| frames.visitor(path);
    let long = |path: &str| frames.on(business(LONG_NAME), Some(Role::Customer), path);
    [lists(&customer, &long), bookings(&customer, &visitor, &long), profiles(&customer)].concat()
}

type On<'a> = &'a dyn Fn(&str) -> Frame;

fn lists(customer: On, long: On) -> Vec<(&'static str, String)> {
    let later = Appointments {
        upcoming: vec![],
        past: Listing {
            rows: vec![card(AppointmentStatus::Completed); 3],
            first: Some("/my".into()),
            ..Listing::default()
        },
        ..Appointments::default()
    };
    let nothing_ahead = Appointments { upcoming: vec![], ..list() };
    let long_card = AppointmentCard {
        service: LONG_WORD.into(),
        with: vec![LONG_WORD.into(), "Chair 2".into()],
        ..card(AppointmentStatus::Pending)
    };
    vec![
        ("my", own::appointments(customer("/my"), list())),
        ("my-none", own::appointments(customer("/my"), Appointments::default())),
        ("my-past", own::appointments(customer("/my"), later)),
        ("my-nothing-ahead", own::appointments(customer("/my"), nothing_ahead)),
        ("my-masked", own::appointments(masked(customer("/my")), list())),
        ("my-long", own::appointments(long("/my"), Appointments { upcoming: vec![long_card], ..list() })),
    ]
}

fn bookings(customer: On, visitor: On, long: On) -> Vec<(&'static str, String)> {
    let signed_in = Booked { changes: Changes { is_signed_in: true, ..changes(false) }, ..booked("Confirmed") };
    let late = Booked { changes: late(), ..booked("Confirmed") };
    let half = Booked {
        changes: Changes { reach: Reach::default(), cancelling: changes(false).cancelling, ..self::late() },
        ..booked("Requested")
    };
    let stale = CancelPage { is_stale: true, reason: "I am ill.".into(), ..cancel() };
    let wrong = CancelPage {
        errors: vec![FormError::new("reason", "Shorten your reason to 500 characters or fewer")],
        reason: "x".repeat(501),
        ..cancel()
    };
    let request = CancelPage { booking: Summary { is_request: true, ..summary() }, ..cancel() };
    let gone = MovePage { taken: Some(taken(3)), ..moving() };
    let gone_none = MovePage { taken: Some(taken(0)), pick: Some(full_day()), ..moving() };
    let long_move = MovePage {
        booking: Summary { service: LONG_WORD.into(), with: vec![LONG_WORD.into()], ..summary() },
        ..moving()
    };
    let path = "/booked/key/move";
    vec![
        (
            "booked-signed-in",
            booking::booked(flashed(customer("/my/appointments/1"), Tone::Ok, "Your appointment is moved."), signed_in),
        ),
        ("booked-late", booking::booked(visitor("/booked/key"), late)),
        ("booked-half", booking::booked(visitor("/booked/key"), half)),
        ("cancel", own::cancel(visitor("/booked/key/cancel"), cancel())),
        ("cancel-stale", own::cancel(visitor("/booked/key/cancel"), stale)),
        ("cancel-errors", own::cancel(visitor("/booked/key/cancel"), wrong)),
        ("cancel-request", own::cancel(customer("/my/appointments/1/cancel"), request)),
        ("cancel-late", own::cancel(visitor("/booked/key/cancel"), CancelPage { changes: self::late(), ..cancel() })),
        ("move", own::move_time(visitor(path), moving())),
        ("move-stale", own::move_time(visitor(path), MovePage { is_stale: true, ..moving() })),
        ("move-gone", own::move_time(visitor(path), gone)),
        ("move-gone-none", own::move_time(visitor(path), gone_none)),
        ("move-full", own::move_time(visitor(path), MovePage { pick: Some(full_day()), ..moving() })),
        ("move-late", own::move_time(visitor(path), MovePage { changes: self::late(), pick: None, ..moving() })),
        ("move-long", own::move_time(long(path), long_move)),
    ]
}

fn profiles(customer: On) -> Vec<(&'static str, String)> {
    let path = "/my/profile";
    let wrong = Profile {
        name: String::new(),
        phone: "call me".into(),
        errors: vec![
            FormError::new("name", "Enter your name"),
            FormError::new("phone", "Enter your phone number with digits, such as +49 30 1234567"),
        ],
        ..profile()
    };
    let wrong_address = Profile {
        new_email: "ana".into(),
        errors: vec![FormError::new("email", "Enter your new e-mail address like name@example.com")],
        ..profile()
    };
    let off = Some("This is out of reach while you act as somebody else. Stop that first.".to_owned());
    let along = DeletePage {
        cancelled_along: vec![card(AppointmentStatus::Confirmed), card(AppointmentStatus::Pending)],
        ..delete()
    };
    let wrong_delete = DeletePage {
        typed: "ana".into(),
        errors: vec![FormError::new("email", "Type ana@example.com to confirm")],
        ..delete()
    };
    let blocked = DeletePage { in_the_way: vec![card(AppointmentStatus::Confirmed)], reach: reach(), ..delete() };
    vec![
        ("profile", own::profile(customer(path), profile())),
        ("profile-password", own::profile(customer(path), Profile { has_password: true, ..profile() })),
        ("profile-errors", own::profile(customer(path), wrong)),
        ("profile-address-errors", own::profile(customer(path), wrong_address)),
        ("profile-stale", own::profile(customer(path), Profile { is_stale: true, ..profile() })),
        ("profile-masked", own::profile(masked(customer(path)), Profile { off, ..profile() })),
        ("delete", own::delete(customer("/my/delete"), delete())),
        ("delete-along", own::delete(customer("/my/delete"), along)),
        ("delete-errors", own::delete(customer("/my/delete"), wrong_delete)),
        ("delete-blocked", own::delete(customer("/my/delete"), blocked)),
    ]
}

fn card(status: AppointmentStatus) -> AppointmentCard {
    AppointmentCard {
        href: "/my/appointments/1".into(),
        service: "Cut and finish".into(),
        day: Moment {
            label: "Thursday 3 December 2026".into(),
            datetime: "2026-12-03T13:30:00Z".into(),
            title: Some("2026-12-03 13:30:00 UTC".into()),
        },
        clock_range: "14:30 to 15:15".into(),
        zone_label: "Berlin time (UTC+1)".into(),
        with: vec!["Ana Ruiz".into(), "Chair 2".into()],
        status,
        price: Some("€48.00".into()),
    }
}

fn list() -> Appointments {
    use AppointmentStatus::{Cancelled, Completed, Confirmed, NoShow, Pending};
    Appointments {
        name: "Ana Ruiz".into(),
        upcoming: [Confirmed, Pending].map(card).into(),
        past: Listing {
            rows: [Completed, Cancelled, NoShow].map(card).into(),
            next: Some("/my?after=key".into()),
            ..Listing::default()
        },
    }
}

fn reach() -> Reach {
    Reach { phone: Some("+49 30 1234567".into()), email: Some("hello@salon-aurora.example".into()) }
}

/// What can be done about a booking: everything, or nothing any more.
pub(crate) fn changes(is_over: bool) -> Changes {
    let until = "14:30 on Wednesday 2 December 2026".to_owned();
    Changes {
        base: "/booked/key".into(),
        is_signed_in: false,
        is_over,
        moving: Change::Open(until.clone()),
        cancelling: Change::Open(until),
        reach: reach(),
    }
}

fn late() -> Changes {
    let since = || Change::Late("14:30 on Wednesday 2 December 2026".into());
    Changes { moving: since(), cancelling: since(), ..changes(false) }
}

fn summary() -> Summary {
    Summary {
        service: "Cut and finish".into(),
        day_label: "Thursday 3 December 2026".into(),
        clock_range: "14:30 to 15:15".into(),
        zone_label: "Berlin time (UTC+1)".into(),
        with: vec!["Ana Ruiz".into()],
        is_request: false,
        version: 1,
    }
}

fn cancel() -> CancelPage {
    CancelPage { booking: summary(), changes: changes(false), is_stale: false, reason: String::new(), errors: vec![] }
}

fn moving() -> MovePage {
    MovePage {
        booking: summary(),
        changes: changes(false),
        is_stale: false,
        taken: None,
        pick: Some(pick_time()),
        date: None,
    }
}

fn taken(alternatives: usize) -> Taken {
    let alternatives = pick_time().slots.into_iter().take(alternatives).collect();
    Taken { why: "Somebody else has just booked this time", alternatives }
}

fn profile() -> Profile {
    Profile {
        name: "Ana Ruiz".into(),
        phone: "+49 30 1234567".into(),
        email: "ana@example.com".into(),
        version: 3,
        ..Profile::default()
    }
}

fn delete() -> DeletePage {
    DeletePage { email: "ana@example.com".into(), ..DeletePage::default() }
}
