use super::{
    super::model::{ImportLine, ImportLines, ImportPage, ImportPreview},
    parts::counted,
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        escaped,
        field::{ErrorSummary, Field, Kind, Radios, error_line},
        form::{message, summary},
        layout::{back, team_layout, title, title_of_error},
        notice::{Notice, Tone},
    },
};
use domain::customer::import::Existing;
use leptos::prelude::*;

/// Taking customers over from a file.
pub fn import(frame: Frame, model: ImportPage) -> String {
    let heading = "Import customers";
    let title = if model.errors.is_empty() { title(&frame, heading) } else { title_of_error(&frame, heading) };
    document(frame, &title, Scripts::None, move || {
        let error = message(&model.errors, "file");
        let described = if error.is_some() { "file-hint file-error" } else { "file-hint" };
        let invalid = error.is_some().then_some("true");
        let choices = Existing::ALL.map(|existing| {
            let (label, text) = match existing {
                Existing::Skip => ("Leave them as they are", "Only customers who are not there yet are added."),
                Existing::Update => (
                    "Update them",
                    "Name and phone are taken from the file where it has them, and its notes are added below yours. Whoever signs in here keeps the own name.",
                ),
            };
            (existing.as_str().to_owned(), label.to_owned(), text.to_owned())
        });
        team_layout(view! {
            {back("/customers", "Customers")}
            <header class="page-head"><h1>{heading}</h1></header>
            <div class="narrow l-stack">
                <ErrorSummary errors=summary(&model.errors, "")/>
                <p>"Choose a CSV file with the columns name, email, phone and notes; other columns are left out. You see what would happen before anything is saved."</p>
                <form class="card form" method="post" action="/customers/import" enctype="multipart/form-data" novalidate>
                    <div class="field">
                        <label class="field-label" for="file">"File"</label>
                        <p class="field-hint" id="file-hint">"CSV in UTF-8, at most 1 MB and 5,000 customers"</p>
                        {error.map(|error| error_line("file-error".into(), error))}
                        <input class="control" type="file" id="file" name="file" accept=".csv,text/csv,text/plain" aria-describedby=described aria-invalid=invalid/>
                    </div>
                    <Field name="text" label="Or paste the rows" kind=Kind::Paragraph hint="With the names of the columns in the first line" value=model.text.clone() optional=true/>
                    <Radios name="existing" legend="Customers who are there already" choices=choices.to_vec() chosen=model.existing.as_str()/>
                    <div class="form-actions"><button class="btn" data-variant="primary">"Show what would happen"</button></div>
                </form>
            </div>
        })
    })
}

/// What importing a file would do. Nothing is saved yet.
pub fn preview(frame: Frame, model: ImportPreview) -> String {
    let heading = "Import customers: check";
    document(frame.clone(), &title(&frame, heading), Scripts::None, move || {
        let (add, update) = (model.add.count, model.update.count);
        let left_out = (!model.left_out.is_empty()).then(
            || view! { <p class="muted">{format!("Columns that are left out: {}", model.left_out.join(", "))}</p> },
        );
        let sentence = sentence(&model);
        let is_fine = model.bad.count == 0;
        let go = match (add, update) {
            (0, 0) => view! { <p>"There is nothing to import."</p> }.into_any(),
            (add, update) => {
                let label = match (add, update) {
                    (add, 0) => format!("Import {}", people(add)),
                    (0, update) => format!("Update {}", people(update)),
                    (add, update) => format!("Import {add} and update {update} customers"),
                };
                // The parser drops a line end that comes first, so one is given for it to drop.
                let text = format!("\n{}", escaped(&model.text));
                view! {
                    <form method="post" action="/customers/import/confirm" enctype="multipart/form-data">
                        <textarea name="text" hidden aria-label="The file" inner_html=text></textarea>
                        <input type="hidden" name="existing" value=model.existing.as_str()/>
                        <button class="btn" data-variant="primary">{label}</button>
                    </form>
                }
                .into_any()
            }
        };
        team_layout(view! {
            {back("/customers/import", "Another file")}
            <header class="page-head"><h1>{heading}</h1></header>
            <div class="narrow l-stack">
                <Notice tone=if is_fine { Tone::Info } else { Tone::Warn } title="What would happen" takes_focus=true>
                    <p><strong>{sentence}</strong></p>
                    <p>"Nothing is saved yet."</p>
                </Notice>
                {left_out}
                <div class="l-cluster no-print">{go}<a class="btn" href="/customers/import">"Choose another file"</a></div>
                {lines("bad", "With mistakes, left out", &model.bad, true)}
                {lines("add", "New", &model.add, true)}
                {lines("update", "There already, updated", &model.update, true)}
                {lines("same", "There already, left as they are", &model.same, false)}
            </div>
        })
    })
}

fn people(count: usize) -> String {
    counted(i64::try_from(count).unwrap_or(0), "customer")
}

fn sentence(model: &ImportPreview) -> String {
    let mut parts = vec![format!("{} would be added", people(model.add.count))];
    if model.update.count > 0 {
        parts.push(format!("{} updated", model.update.count));
    }
    if model.same.count > 0 {
        parts.push(format!("{} left as they are", model.same.count));
    }
    if model.bad.count > 0 {
        parts.push(format!("{} left out for mistakes", counted(i64::try_from(model.bad.count).unwrap_or(0), "line")));
    }
    parts.join(", ")
}

fn lines(id: &'static str, title: &'static str, lines: &ImportLines, open: bool) -> Option<impl IntoView + use<>> {
    let more = lines.count.saturating_sub(lines.shown.len());
    (lines.count > 0).then(|| {
        let items = lines.shown.iter().map(|ImportLine { line, label, what }| {
            let what = (!what.is_empty()).then(|| view! { <span class="sub">{what.clone()}</span> });
            view! { <li class="line"><span class="line-main"><strong>{label.clone()}</strong>{what}</span><span class="muted tabular">"Line "{*line}</span></li> }
        });
        let items = items.collect_view();
        let more = (more > 0).then(|| view! { <p class="muted">{format!("And {more} more.")}</p> });
        view! {
            <section class="card" aria-labelledby=id>
                <details class="import-lines" open=open>
                    <summary><h2 id=id>{format!("{title} ({})", lines.count)}</h2></summary>
                    <ul class="lines" role="list">{items}</ul>
                    {more}
                </details>
            </section>
        }
    })
}
