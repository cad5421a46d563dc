//! The frames around pages: the public's, the team's, the platform's, and the plain one.
//!
//! They are functions of the page's body and take the frame from context, where `render::document` puts it.
//! Links lead only to pages that exist.

use super::{
    MAIN,
    badge::RoleBadge,
    banner,
    icon::{Glyph, Icon},
    palette::{TEAM_ACTIONS, palette},
};
use crate::frame::{Frame, Site};
use domain::actor::{Person, Role};
use leptos::prelude::*;

/// `Page - Tenant - SmoothSchedule`.
pub fn title(frame: &Frame, page: &str) -> String {
    match &frame.site {
        Site::Base | Site::Unknown => format!("{page} - SmoothSchedule"),
        Site::Platform | Site::Tenant { .. } => format!("{page} - {} - SmoothSchedule", frame.site.name()),
    }
}

/// The same for a page that was sent back with errors: the title is the first thing that is read out.
pub fn title_of_error(frame: &Frame, page: &str) -> String {
    format!("Error: {}", title(frame, page))
}

/// The public's frame: the name of the site, and a way in for those who work there.
pub fn public_layout(body: impl IntoView + 'static) -> AnyView {
    let frame = expect_context::<Frame>();
    let account = match (&frame.site, &frame.person) {
        (Site::Tenant { .. }, None) => {
            view! { <a class="btn" data-variant="quiet" href="/login">"Sign in"</a> }.into_any()
        }
        (Site::Tenant { .. }, Some(person)) => {
            // The team's own pages begin with today, a customer's with the own appointments.
            let links = match person.role {
                _ if sees_calendar(person) => vec![("/today", "Today", Glyph::Sun)],
                Role::Customer => {
                    vec![("/my", "My appointments", Glyph::Calendar), ("/my/profile", "Profile", Glyph::Person)]
                }
                _ => vec![("/account", "Account", Glyph::Person)],
            };
            view! { {nav(&frame, links)}{sign_out()} }.into_any()
        }
        _ => ().into_any(),
    };
    let zone = match &frame.site {
        Site::Tenant { zone, .. } => {
            Some(view! { <p>"Times are in the time zone of the business: "{zone.replace('_', " ")}</p> })
        }
        _ => None,
    };
    let by = match &frame.site {
        Site::Tenant { .. } => "Booking by SmoothSchedule",
        _ => "SmoothSchedule: appointments for many businesses, kept apart",
    };
    view! {
        <div class="frame" data-frame="public">
            <header class="top"><div class="l-center top-row">{brand(&frame, "/", None)}{account}</div></header>
            <main id=MAIN tabindex="-1"><div class="l-center">{flash(&frame)}{body}</div></main>
            <footer class="foot"><div class="l-center foot-row"><p>{by}</p>{zone}</div></footer>
        </div>
    }
    .into_any()
}

/// The team's frame: where to go, who one is, and the way out.
pub fn team_layout(body: impl IntoView + 'static) -> AnyView {
    let frame = expect_context::<Frame>();
    let mut rest = Vec::new();
    let mut set_up = None;
    let mut set_up_pages = &SET_UP[..0];
    if frame.person.as_ref().is_some_and(runs_business) {
        rest.extend([("/reports", "Reports", Glyph::Chart), (SET_UP[0].0, "Set-up", Glyph::Settings)]);
        set_up = is_set_up(&frame.path).then(|| set_up_nav(&frame));
        set_up_pages = &SET_UP;
    } else {
        rest.push(("/time-off", "My hours", Glyph::Pause));
    }
    rest.extend([("/account", "Account", Glyph::Person), ("/", "Booking page", Glyph::Globe)]);
    // The set-up's own pages in place of the link to the first of them.
    let all = DAILY.iter().chain(&rest).chain(set_up_pages).filter(|(_, label, _)| *label != "Set-up");
    let entries = all.map(|(href, label, _)| (*href, *label)).collect();
    let palette = palette(&frame, entries, &TEAM_ACTIONS, Some("/find"), "/customers");
    view! {
        <div class="frame" data-frame="team">
            <header class="top">
                <div class="l-center top-row">{brand(&frame, "/today", None)}{team_nav(&frame, rest)}{palette}{who(&frame)}</div>
                {set_up}
            </header>
            <main id=MAIN tabindex="-1"><div class="l-center">{flash(&frame)}{body}</div></main>
        </div>
    }
    .into_any()
}

/// What the team uses all day: on a telephone these stay in sight, so there are four at most.
const DAILY: [(&str, &str, Glyph); 4] = [
    ("/today", "Today", Glyph::Sun),
    ("/schedule", "Calendar", Glyph::Calendar),
    ("/appointments", "Appointments", Glyph::List),
    ("/customers", "Customers", Glyph::People),
];

/// The team's links. Those of `rest` stand beside the daily ones where there is room, and behind "More" where there is
/// little: which of the two is shown is the style sheet's, so that it needs no script.
fn team_nav(frame: &Frame, rest: Vec<(&'static str, &'static str, Glyph)>) -> impl IntoView + use<> {
    let path = frame.path.clone();
    let current = move |href: &str| match href {
        // The link to a group is current on all pages of it.
        _ if href == SET_UP[0].0 => is_set_up(&path).then_some("true"),
        "/appointments" if path == "/requests" => Some("true"),
        _ => is_within(&path, href).then_some("page"),
    };
    let link = |(href, label, glyph): (&'static str, &'static str, Glyph)| {
        view! { <a href=href aria-current=current(href)><Icon glyph size=18/>{label}</a> }
    };
    let daily = DAILY.map(|entry| view! { <li>{link(entry)}</li> }).into_iter().collect_view();
    let wide = rest.iter().map(|entry| view! { <li class="nav-wide">{link(*entry)}</li> }).collect_view();
    let more = rest.iter().map(|entry| view! { <li>{link(*entry)}</li> }).collect_view();
    let is_here = rest.iter().any(|(href, ..)| current(href).is_some()).then_some("true");
    view! {
        <nav class="nav team-nav" aria-label="Main">
            <ul role="list">
                {daily}{wide}
                <li class="nav-more">
                    <details>
                        <summary aria-current=is_here><Icon glyph=Glyph::More size=18/>"More"</summary>
                        <ul role="list">{more}</ul>
                    </details>
                </li>
            </ul>
        </nav>
    }
}

/// What those who run a business look after now and then: one link of the main navigation, and a row of its own on its
/// pages. Side by side with what is used all day they would fill three rows of a telephone.
const SET_UP: [(&str, &str, Glyph); 5] = [
    ("/services", "Services", Glyph::Tag),
    ("/resources", "Resources", Glyph::Building),
    ("/settings", "Settings", Glyph::Settings),
    ("/team", "People", Glyph::People),
    ("/activity", "Activity", Glyph::Log),
];

/// Whether a path belongs to the set-up; the permissions are reached from the people.
fn is_set_up(path: &str) -> bool {
    SET_UP.iter().any(|(href, ..)| is_within(path, href)) || is_within(path, "/grants")
}

fn set_up_nav(frame: &Frame) -> impl IntoView + use<> {
    let path = frame.path.clone();
    let links = SET_UP.into_iter().map(|(href, label, glyph)| {
        let current = is_within(&path, href).then_some("page");
        view! { <li><a href=href aria-current=current><Icon glyph size=18/>{label}</a></li> }
    });
    view! { <nav class="nav nav-second l-center" aria-label="Set-up"><ul role="list">{links.collect_view()}</ul></nav> }
}

/// Whether a path is another one, or lies below it.
fn is_within(path: &str, href: &str) -> bool {
    href == path || (href != "/" && path.starts_with(&format!("{href}/")))
}

/// The platform's frame: a slate bar, so that nobody takes it for a business's own site.
pub fn platform_layout(body: impl IntoView + 'static) -> AnyView {
    let frame = expect_context::<Frame>();
    let mut links = vec![("/", "Businesses", Glyph::Building), ("/users", "People", Glyph::People)];
    if frame.person.as_ref().is_some_and(runs_platform) {
        links.extend([
            ("/grants", "Permissions", Glyph::Key),
            ("/domains", "Domains", Glyph::Globe),
            ("/audit", "Audit", Glyph::Log),
            ("/migrations", "Migrations", Glyph::Stack),
        ]);
    }
    links.push(("/account", "Account", Glyph::Person));
    let palette = palette(&frame, links.iter().map(|(href, label, _)| (*href, *label)).collect(), &[], None, "/users");
    view! {
        <div class="frame" data-frame="platform">
            <header class="top">
                <div class="l-center top-row">{brand(&frame, "/", Some("Platform"))}{palette}{nav(&frame, links)}{who(&frame)}</div>
            </header>
            <main id=MAIN tabindex="-1"><div class="l-center">{flash(&frame)}{body}</div></main>
        </div>
    }
    .into_any()
}

/// The plain frame: one card in the middle and nothing to wander off to.
pub fn plain_layout(body: impl IntoView + 'static) -> AnyView {
    let frame = expect_context::<Frame>();
    view! {
        <div class="frame" data-frame="plain">
            <main id=MAIN tabindex="-1" class="l-center"><div>{flash(&frame)}{body}</div></main>
        </div>
    }
    .into_any()
}

/// The frame of whoever is signed in here: the platform's, the team's, or for a customer the public's.
pub fn own_layout(body: impl IntoView + 'static) -> AnyView {
    let frame = expect_context::<Frame>();
    match (&frame.site, &frame.person) {
        (Site::Platform, _) => platform_layout(body),
        (Site::Tenant { .. }, Some(person)) if sees_calendar(person) => team_layout(body),
        _ => public_layout(body),
    }
}

fn flash(frame: &Frame) -> Option<impl IntoView + use<>> {
    frame.flash.as_ref().map(banner::flash)
}

/// The way back to the list that a page belongs to.
pub fn back(href: impl Into<String>, label: &'static str) -> AnyView {
    let href: String = href.into();
    view! { <a class="back no-print" href=href><Icon glyph=Glyph::ArrowLeft size=18/>{label}</a> }.into_any()
}

/// A round first letter in place of a picture.
#[component]
pub fn Monogram(
    /// The name whose first letter is shown.
    #[prop(into)]
    name: String,
    /// `sm` for a round one beside text.
    #[prop(optional, into)]
    size: Option<&'static str>,
    /// One of the token hues, in place of the brand's colour.
    #[prop(optional, into)]
    hue: Option<&'static str>,
) -> impl IntoView {
    let letter = name.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    view! { <span class="monogram" data-size=size data-hue=hue aria-hidden="true">{letter}</span> }
}

/// The name of the site as a link to its first page.
fn brand(frame: &Frame, home: &'static str, note: Option<&'static str>) -> impl IntoView + use<> {
    let name = if note.is_some() { "SmoothSchedule".to_owned() } else { frame.site.name().to_owned() };
    view! {
        <a class="brand" href=home>
            <Monogram name=name.clone()/>
            <span class="brand-name">{name}{note.map(|note| view! { " "<span class="brand-note">{note}</span> })}</span>
        </a>
    }
}

fn nav(frame: &Frame, links: Vec<(&'static str, &'static str, Glyph)>) -> impl IntoView + use<> {
    let path = frame.path.clone();
    // Of two that lie on the way to the page, the nearer one.
    let nearest =
        links.iter().map(|(href, ..)| *href).filter(|href| is_within(&path, href)).max_by_key(|href| href.len());
    let links = links.into_iter().map(|(href, label, glyph)| {
        let current = (nearest == Some(href)).then_some("page");
        view! { <li><a href=href aria-current=current><Icon glyph size=18/>{label}</a></li> }
    });
    view! { <nav class="nav" aria-label="Main"><ul role="list">{links.collect_view()}</ul></nav> }
}

/// Who is signed in, and the way out.
fn who(frame: &Frame) -> Option<impl IntoView + use<>> {
    frame.person.clone().map(|person| {
        view! {
            <div class="who">
                <span class="who-name">{person.name}</span>
                <RoleBadge role=person.role/>
                {sign_out()}
            </div>
        }
    })
}

fn sign_out() -> impl IntoView {
    view! { <form method="post" action="/logout"><button class="btn" data-size="sm">"Sign out"</button></form> }
}

/// Whether the calendar would open for this person; the server asks the same of the policy again.
fn sees_calendar(person: &Person) -> bool {
    person.role.is_tenant_team() || person.role == Role::Superuser
}

/// Whether people and activity of the business would open for this person.
fn runs_business(person: &Person) -> bool {
    matches!(person.role, Role::TenantOwner | Role::TenantManager | Role::Superuser)
}

/// Whether all of the dashboard would open for this person; support and sales see businesses and people.
fn runs_platform(person: &Person) -> bool {
    matches!(person.role, Role::Superuser | Role::PlatformManager)
}
