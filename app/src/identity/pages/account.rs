use super::super::model::{Account, SessionRow};
use crate::{
    frame::{Frame, Site},
    render::{Scripts, document},
    ui::{
        badge::{Badge, RoleBadge},
        facts::{Fact, FactList},
        field::{ErrorSummary, Field, Kind},
        form::{Off, Press, message, summary},
        icon::{Glyph, Icon},
        layout::{own_layout, title, title_of_error},
        moment::When,
    },
};
use leptos::prelude::*;

/// The own account.
pub fn account(frame: Frame, model: Account) -> String {
    let title = if model.errors.is_empty() { title(&frame, "Account") } else { title_of_error(&frame, "Account") };
    let has_feeds = matches!(frame.site, Site::Tenant { .. }) && model.role.is_tenant_team();
    document(frame, &title, Scripts::None, move || {
        let (name, email, role) = (model.name.clone(), model.email.clone(), model.role);
        own_layout(view! {
            <header class="page-head"><h1>"Account"</h1></header>
            <div class="narrow l-stack">
                <ErrorSummary errors=summary(&model.errors, "")/>
                <section class="card" aria-labelledby="who">
                    <h2 id="who" class="card-head">"You"</h2>
                    <FactList>
                        <Fact label="Name">{name}</Fact>
                        <Fact label="E-mail">{email}</Fact>
                        <Fact label="Role"><RoleBadge role/></Fact>
                    </FactList>
                </section>
                {has_feeds.then(feeds)}
                {password(&model)}
                {sessions(&model)}
            </div>
        })
    })
}

/// The way to the calendars of the team.
fn feeds() -> impl IntoView {
    view! {
        <section class="card no-print" aria-labelledby="feeds">
            <h2 id="feeds" class="card-head">"Your calendar elsewhere"</h2>
            <div class="l-stack">
                <p>"See your appointments in the calendar on your phone or computer."</p>
                <p><a class="btn" href="/feeds"><Icon glyph=Glyph::Calendar size=18/>"Calendar feeds"</a></p>
            </div>
        </section>
    }
}

fn password(model: &Account) -> impl IntoView + use<> {
    let error = |field: &str| message(&model.errors, field);
    let body = match &model.change_password {
        Err(reason) => view! { <Off id="password" label="Change password" reason=reason.clone()/> }.into_any(),
        Ok(()) => view! {
            <form class="form" method="post" action="/account/password" novalidate>
                // Password managers find the account by this name.
                <input type="hidden" name="email" value=model.email.clone() autocomplete="username"/>
                <Field
                    name="current"
                    label="Current password"
                    kind=Kind::Password
                    error=error("current")
                    autocomplete="current-password"
                />
                <Field
                    name="password"
                    label="New password"
                    kind=Kind::Password
                    hint="At least 12 characters. You are signed out everywhere else."
                    error=error("password")
                    autocomplete="new-password"
                />
                <Field
                    name="repeat"
                    label="New password again"
                    kind=Kind::Password
                    error=error("repeat")
                    autocomplete="new-password"
                />
                <div><button class="btn" data-variant="primary">"Change password"</button></div>
            </form>
        }
        .into_any(),
    };
    view! {
        <section class="card no-print" aria-labelledby="password-title">
            <h2 id="password-title" class="card-head">"Password"</h2>
            {body}
        </section>
    }
}

fn sessions(model: &Account) -> impl IntoView + use<> {
    let lines = model.sessions.iter().map(session).collect_view();
    let end = match &model.end_sessions {
        _ if model.sessions.iter().all(|session| session.is_current) => {
            view! { <p class="muted">"You are signed in nowhere else."</p> }.into_any()
        }
        Ok(()) => view! { <Press action="/account/sessions/end" label="Sign out everywhere else"/> }.into_any(),
        Err(reason) => view! { <Off id="sessions" label="Sign out everywhere else" reason=reason.clone()/> }.into_any(),
    };
    view! {
        <section class="card" aria-labelledby="sessions-title">
            <h2 id="sessions-title" class="card-head">"Where you are signed in"</h2>
            <div class="l-stack"><ul class="lines" role="list">{lines}</ul>{end}</div>
        </section>
    }
}

fn session(session: &SessionRow) -> impl IntoView + use<> {
    let here = session.is_current.then(|| view! { <Badge hue="grass" glyph=Glyph::Check label="This one"/> });
    let from = session.ip.clone().map(|ip| format!("from {ip}, ")).unwrap_or_default();
    let (since, seen) = (session.since.clone(), session.last_seen.clone());
    view! {
        <li class="line">
            <span class="line-main">
                <span class="row-name">{session.device.clone()}</span>
                <span class="sub">{from}"since "<When at=since/></span>
            </span>
            <span class="l-cluster small">{here}<span>"last used "<When at=seen/></span></span>
        </li>
    }
}
