use super::super::model::{DevLogin, DevPerson};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        badge::RoleBadge,
        icon::{Glyph, Icon},
        layout::{back, plain_layout, title},
        list::Empty,
    },
};
use domain::actor::Role;
use leptos::prelude::*;

/// Signing in as anybody, on a development server only: everybody of this host, by role.
pub fn dev_login(frame: Frame, model: DevLogin) -> String {
    document(frame.clone(), &title(&frame, "Quick sign-in"), Scripts::None, move || {
        let groups = Role::ALL.into_iter().filter_map(|role| {
            let people = model.people.iter().filter(|person| person.role == role).collect::<Vec<_>>();
            (!people.is_empty()).then(|| group(role, &people))
        });
        let groups = groups.collect_view();
        let none = model.people.is_empty().then(|| {
            view! {
                <Empty title="Nobody to sign in as yet">
                    <p class="muted">"Fill the database with demo businesses and their people:"</p>
                    <pre class="command"><code>"smoothschedule seed-demo"</code></pre>
                </Empty>
            }
        });
        plain_layout(view! {
            <div class="login dev-login">
                <p class="dev-ribbon"><Icon glyph=Glyph::Warning size=18/><strong>"Development only"</strong><span>"This page does not exist on a real server."</span></p>
                {back("/login", "Sign in with a password")}
                <h1>"Quick sign-in"</h1>
                {none}
                {groups}
            </div>
        })
    })
}

fn group(role: Role, people: &[&DevPerson]) -> impl IntoView + use<> {
    let people = people.iter().map(|person| {
        let at = match &person.tenant {
            Some(tenant) => format!("{}, {tenant}", person.email),
            None => person.email.clone(),
        };
        view! {
            <li>
                <form method="post" action="/dev/login">
                    <input type="hidden" name="user" value=person.id.to_string()/>
                    <button class="dev-person"><span class="row-name">{person.name.clone()}</span><span class="sub">{at}</span></button>
                </form>
            </li>
        }
    });
    let people = people.collect_view();
    let id = format!("role-{}", role.as_str());
    view! {
        <section class="card dev-group" aria-labelledby=id>
            <h2 id=id.clone()><RoleBadge role/></h2>
            <ul role="list">{people}</ul>
        </section>
    }
}
