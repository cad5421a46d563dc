use super::super::model::{ClosureRow, Settings};
use crate::{
    setup::acts,
    ui::field::{Field, error_line},
};
use leptos::prelude::*;

/// The days on which nobody works, and one more.
pub(super) fn closures(model: &Settings) -> impl IntoView + use<> {
    let rows = model.closures.iter().map(line).collect_view();
    let empty = model.closures.is_empty().then(|| view! { <p class="muted">"No closure is to come."</p> });
    let form = &model.closure;
    let day = |name: &'static str, label: &'static str, value: &str| {
        let error = model.sent.error("closures", name);
        let error_id = format!("{name}-error");
        let described = error.is_some().then(|| error_id.clone());
        let invalid = error.is_some().then_some("true");
        view! {
            <div class="field">
                <label class="field-label" for=name>{label}</label>
                {error.map(|error| error_line(error_id, error))}
                <input class="control date-input" id=name name=name type="date" value=value.to_owned() aria-describedby=described aria-invalid=invalid/>
            </div>
        }
    };
    view! {
        <section class="card l-stack" id="closures" aria-labelledby="closures-title">
            <h2 id="closures-title" class="card-head">"Closures"</h2>
            <p class="field-hint">"Whole days on which the business is closed, whatever the hours say: holidays, a works outing."</p>
            {empty}
            <ul class="lines" role="list">{rows}</ul>
            <form class="form setup" method="post" action="/settings/closures" novalidate>
                <h3>"Add a closure"</h3>
                <div class="pair">{day("from", "First day", &form.from)}{day("to", "Last day (empty: the same)", &form.to)}</div>
                <Field name="name" label="Name" hint="Such as Christmas" value=form.name.clone() error=model.sent.error("closures", "name") autocomplete="off"/>
                {acts("Add closure")}
            </form>
        </section>
    }
}

fn line(row: &ClosureRow) -> impl IntoView + use<> {
    let about = row.name.clone();
    view! {
        <li class="line">
            <span class="line-main"><strong>{row.name.clone()}</strong><span class="sub">{row.label.clone()}</span></span>
            <form method="post" action=format!("/settings/closures/{}/delete", row.id)>
                <button class="btn" data-size="sm">"Remove"<span class="visually-hidden">" "{about}</span></button>
            </form>
        </li>
    }
}
