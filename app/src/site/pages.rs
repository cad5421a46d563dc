use super::model::{Problem, Welcome};
use crate::{
    frame::{Frame, Site},
    render::{Scripts, document},
    ui::{
        icon::{Glyph, Icon},
        layout::{plain_layout, public_layout, title},
    },
};
use leptos::prelude::*;

/// What the product does, in the words of those who use it. Each is true of what is built.
const POINTS: [(Glyph, &str, &str, &str); 6] = [
    (
        Glyph::Calendar,
        "indigo",
        "Free means free",
        "Customers see only times that can be booked, with hours, breaks and the length of the service counted in.",
    ),
    (
        Glyph::Shield,
        "grass",
        "No double booking",
        "The database itself refuses a second appointment for the same person at the same time.",
    ),
    (
        Glyph::Move,
        "plum",
        "Moved in one go",
        "Drag an appointment to another time or colleague, or do the same by keyboard or form.",
    ),
    (
        Glyph::Building,
        "cyan",
        "Each business on its own",
        "Every business has its own site, its own team and its own part of the database. None sees another's data.",
    ),
    (
        Glyph::Globe,
        "orange",
        "The right hour everywhere",
        "The time zone stands beside every time, and days on which clocks change are laid out as they are.",
    ),
    (
        Glyph::Person,
        "teal",
        "Made for everyone",
        "Booking needs no account and no script, and works on a telephone, by keyboard and with a screen reader.",
    ),
];

/// The base domain's page.
pub fn welcome(frame: Frame, model: Welcome) -> String {
    document(frame, "SmoothSchedule - Appointments without double bookings", Scripts::None, move || {
        let points = POINTS.map(|(glyph, hue, name, text)| {
            view! {
                <li class="point">
                    <span class="mark" data-hue=hue><Icon glyph/></span>
                    <h3>{name}</h3>
                    <p class="muted">{text}</p>
                </li>
            }
        });
        let has_demos = !model.demos.is_empty();
        public_layout(view! {
            <div class="hero">
                <div class="hero-text">
                    <h1>"Appointments that never collide"</h1>
                    <p class="lead">
                        "SmoothSchedule gives salons, clinics, studios and workshops a booking page for their customers and one calendar for their team."
                    </p>
                    <p class="l-cluster">
                        {has_demos.then(|| view! { <a class="btn" data-variant="primary" data-size="lg" href="#demos">"Try a demo"</a> })}
                        <a class="btn" data-size="lg" href="#what">"See what it does"</a>
                    </p>
                </div>
                {sketch()}
            </div>
            {has_demos.then(|| demos(&model.demos))}
            <section class="points-section" id="what" aria-labelledby="what-title">
                <h2 id="what-title">"What it does"</h2>
                <ul class="points" role="list">{points.collect_view()}</ul>
            </section>
            <p class="muted operators">"You run the platform? "<a href=model.platform_url>"Open the dashboard"</a></p>
        })
    })
}

fn demos(demos: &[(String, String)]) -> impl IntoView + use<> {
    let items = demos.iter().map(|(name, url)| {
        let host = url.split("://").last().unwrap_or(url).trim_end_matches('/').to_owned();
        view! {
            <li class="card demo">
                <h3><a class="card-link" href=url.clone()>{name.clone()}</a></h3>
                <p class="muted small">{host}</p>
                <Icon glyph=Glyph::ArrowRight/>
            </li>
        }
    });
    view! {
        <section id="demos" aria-labelledby="demos-title">
            <h2 id="demos-title">"Book at a demo business"</h2>
            <p class="muted">"Made up, with free times to try. Nobody will expect you."</p>
            <ul class="demos" role="list">{items.collect_view()}</ul>
        </section>
    }
}

/// A day of a team in miniature: column, first quarter of an hour, quarters, hue, words.
const SKETCH: [(u8, u8, u8, &str, &str, &str); 8] = [
    (1, 1, 3, "indigo", "Cut and finish", "09:00"),
    (1, 5, 4, "plum", "Colour", "10:00"),
    (1, 10, 2, "teal", "Fringe trim", "11:15"),
    (2, 2, 4, "orange", "Balayage", "09:15"),
    (2, 7, 2, "teal", "Fringe trim", "10:30"),
    (3, 1, 2, "teal", "Fringe trim", "09:00"),
    (3, 4, 3, "indigo", "Cut and finish", "09:45"),
    (3, 8, 4, "grass", "Treatment", "10:45"),
];

/// A picture made of the product's own parts, so it follows the theme and weighs nothing.
fn sketch() -> impl IntoView {
    let blocks = SKETCH.map(|(column, from, quarters, hue, name, clock)| {
        view! {
            <span class="sketch-block" data-hue=hue style=format!("--column:{column};--from:{from};--quarters:{quarters}")>
                <b>{name}</b><span class="tabular">{clock}</span>
            </span>
        }
    });
    let heads = ["Ana", "Ben", "Chloe"].map(|name| view! { <span>{name}</span> });
    view! {
        <div class="sketch" aria-hidden="true">
            <div class="sketch-heads">{heads.collect_view()}</div>
            <div class="sketch-day">{blocks.collect_view()}<i class="sketch-now"></i></div>
        </div>
    }
}

/// What a problem page says: heading, what happened, what to do.
fn words(problem: Problem) -> (&'static str, String, &'static str) {
    match problem {
        Problem::BadRequest(what) => (
            "This address does not work",
            format!("The request could not be read: {what}."),
            "Check the address, or begin at the start page.",
        ),
        Problem::CrossSite => (
            "This form was not accepted",
            "It came from another site, or your browser did not say where from. Nothing was changed.".into(),
            "Open the page here and send the form again.",
        ),
        Problem::Denied(denied) => (
            "Your role does not allow this",
            format!("The page exists, but it is not open to you. Nothing was changed. {}", denied.message()),
            "Ask whoever can give you the right, or sign in as somebody else.",
        ),
        Problem::WhileMasquerading => (
            "Not while acting as somebody else",
            "Passwords, e-mail addresses, roles, permissions, domains, export and deletion are out of reach meanwhile. Nothing was changed.".into(),
            "Press Stop at the top of the page, and do it in your own name if your role allows it.",
        ),
        Problem::PlanLimit => (
            "Your plan's limit is reached",
            "The plan of this business allows no more of these. Nothing was changed, and what is there stays.".into(),
            "Remove one that is not needed, or ask the owner of the business for a larger plan.",
        ),
        Problem::LinkGone => (
            "This link has been used or is too old",
            "Links to set a password work once, and not for long. Your password is as it was.".into(),
            "Ask for a new link. If you were invited, ask whoever invited you to send it again.",
        ),
        Problem::EntryGone => (
            "This link has been used or is too old",
            "Links that sign in or confirm an address work once, and not for long. Nothing was changed.".into(),
            "Ask for a new link, and open the latest letter that we sent you.",
        ),
        Problem::NotFound => (
            "Page not found",
            "There is nothing at this address. It may have been moved, or the link is not complete.".into(),
            "Check the address, or begin at the start page.",
        ),
        Problem::NoSuchSite => (
            "There is no site at this address",
            "Nobody's booking page answers under this name.".into(),
            "Check the spelling of the address. If a business gave it to you, ask there for the right one.",
        ),
        Problem::MethodNotAllowed => (
            "This address cannot be used this way",
            "It takes a form, or it takes none. Nothing was changed.".into(),
            "Begin at the start page.",
        ),
        Problem::TooLarge => (
            "That was too much to send",
            "What you sent is larger than this page takes. Nothing was changed.".into(),
            "Go back, shorten it, and send it again.",
        ),
        Problem::TooMany => (
            "Too many requests",
            "More came from your connection than we answer at a time. Nothing was changed.".into(),
            "Wait a minute, then try again.",
        ),
        Problem::Failed => (
            "Something failed on our side",
            "The page could not be made. What had been saved before is safe.".into(),
            "Try again in a moment. If it happens again, tell us the reference below.",
        ),
        Problem::Unavailable => (
            "We will be back shortly",
            "We cannot reach our data right now. Nothing was changed, and appointments stay as they are.".into(),
            "Try again in a few minutes.",
        ),
    }
}

/// The page that stands in for one that cannot be shown.
pub fn problem(frame: Frame, problem: Problem) -> String {
    // Every host that is nobody's gets the very same page, whatever the server knows of it, and with no trace of the request.
    let frame = match problem {
        Problem::NoSuchSite => Frame {
            site: Site::Unknown,
            person: None,
            request_id: String::new(),
            masquerade: None,
            flash: None,
            dev: false,
            ..frame
        },
        _ => frame,
    };
    let (heading, what, then) = words(problem);
    document(frame.clone(), &title(&frame, heading), Scripts::None, move || {
        let home = (frame.site != Site::Unknown).then_some("/");
        let reference =
            (!frame.request_id.is_empty()).then(|| view! { ", reference "<code>{frame.request_id.clone()}</code> });
        let glyph = match problem {
            Problem::Denied(_) | Problem::CrossSite | Problem::PlanLimit => Glyph::Shield,
            Problem::WhileMasquerading => Glyph::Mask,
            Problem::LinkGone | Problem::EntryGone => Glyph::Clock,
            Problem::TooMany | Problem::Unavailable => Glyph::Clock,
            Problem::Failed => Glyph::Warning,
            _ => Glyph::Info,
        };
        let again = match problem {
            Problem::LinkGone => Some("/forgot"),
            Problem::EntryGone => Some("/login/link"),
            _ => None,
        };
        let again =
            again.map(|href| view! { <a class="btn" data-variant="primary" href=href>"Ask for a new link"</a> });
        let body = view! {
            <div class="problem">
                <span class="mark" data-size="lg" data-hue="slate"><Icon glyph size=32/></span>
                <h1>{heading}</h1>
                <p class="lead">{what}</p>
                <p>{then}</p>
                {home.map(|home| view! { <p class="l-cluster">{again}<a class="btn" href=home>"Go to the start page"</a></p> })}
                <p class="problem-reference">{format!("Status {}", problem.status())}{reference}</p>
            </div>
        };
        match frame.site {
            Site::Tenant { .. } | Site::Base => public_layout(body),
            Site::Platform | Site::Unknown => plain_layout(body),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn frame(site: Site, request_id: &str) -> Frame {
        Frame {
            site,
            person: None,
            path: format!("/{request_id}"),
            assets: Arc::default(),
            nonce: request_id.into(),
            request_id: request_id.into(),
            masquerade: None,
            flash: None,
            dev: false,
        }
    }

    #[test]
    fn hosts_that_are_nobodys_cannot_be_told_apart() {
        let unknown = problem(frame(Site::Unknown, "one"), Problem::NoSuchSite);
        let suspended = Site::Tenant { name: "Salon Aurora".into(), zone: "Europe/Berlin".into() };
        assert_eq!(unknown, problem(frame(suspended, "two"), Problem::NoSuchSite));
        assert!(!unknown.contains("Aurora"));
    }

    #[test]
    fn a_title_holds_text_only() {
        let site = Site::Tenant { name: "A & <b>".into(), zone: "UTC".into() };
        let html = problem(frame(site, "one"), Problem::NotFound);
        assert!(html.contains("<title>Page not found - A &amp; &lt;b> - SmoothSchedule</title>"), "{html}");
    }
}
