//! The page of the reports.

use super::model::{Figures, Reports, What};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        chart::{Bars, Columns, Mark},
        field::{ErrorSummary, error_line},
        form::{message, summary},
        icon::{Glyph, Icon},
        layout::{team_layout, title, title_of_error},
        query::Address,
        table::{Cell, HeadCell, Row, Table},
    },
};
use domain::{
    money,
    report::{Missed, Revenue, Share, Usage},
    time::duration_label,
};
use leptos::prelude::*;

/// How the business does.
pub fn reports(frame: Frame, model: Reports) -> String {
    let is_wrong = !model.errors.is_empty();
    let page_title = if is_wrong { title_of_error(&frame, "Reports") } else { title(&frame, "Reports") };
    document(frame, &page_title, Scripts::None, move || {
        let errors = summary(&model.errors, "");
        let figures = model.figures.clone().map(|figures| figures_of(&model, &figures));
        let lead = model.figures.is_some().then(|| {
            view! { <p class="muted">{format!("{}. Days are those of {}", model.period, model.zone)}</p> }
        });
        team_layout(view! {
            <ErrorSummary errors/>
            <header class="page-head"><div><h1>"Reports"</h1>{lead}</div></header>
            {presets(&model)}
            {days(&model)}
            {figures}
        })
    })
}

fn presets(model: &Reports) -> impl IntoView + use<> {
    let links = model.presets.iter().map(|preset| {
        let current = preset.is_current.then_some("page");
        view! { <li><a href=preset.href.clone() aria-current=current>{preset.label}</a></li> }
    });
    let links = links.collect_view();
    view! { <nav class="nav tabs no-print" aria-label="Period"><ul role="list">{links}</ul></nav> }
}

fn days(model: &Reports) -> impl IntoView + use<> {
    let input = |name: &'static str, label: &'static str, value: &str| {
        let error = message(&model.errors, name);
        let error_id = format!("{name}-error");
        let described = error.is_some().then(|| error_id.clone());
        let invalid = error.is_some().then_some("true");
        view! {
            <div class="filter-field">
                <label for=name>{label}</label>
                {error.map(|error| error_line(error_id, error))}
                <input class="control" id=name name=name type="date" value=value.to_owned() required=true aria-describedby=described aria-invalid=invalid/>
            </div>
        }
    };
    let (from, to) = (input("from", "From", &model.from), input("to", "To", &model.to));
    view! {
        <form class="filter no-print" method="get" action="/reports" aria-label="Days" novalidate>
            {from}{to}
            <div class="filter-actions"><button class="btn">"Show"</button></div>
        </form>
    }
}

fn figures_of(model: &Reports, figures: &Figures) -> AnyView {
    view! {
        <div class="reports">
            {bookings(model, figures)}
            {usage(model, figures)}
            {revenue(model, figures)}
            {missed(model, figures)}
        </div>
    }
    .into_any()
}

/// A report: its heading, what it counts, the chart, the table behind it, and the file.
fn report(
    model: &Reports,
    what: What,
    heading: String,
    lead: &'static str,
    body: Option<(AnyView, AnyView)>,
) -> AnyView {
    let id = what.as_str();
    let csv = (model.may_export && body.is_some()).then(|| {
        let href = Address::new("/reports.csv").with("what", id).with("from", &model.from).with("to", &model.to).build();
        view! { <a class="btn no-print" data-size="sm" href=href download=""><Icon glyph=Glyph::Download size=16/>"CSV"<span class="visually-hidden">": "{heading.clone()}</span></a> }
    });
    let body = match body {
        Some((chart, table)) => view! {
            {chart}
            <details class="more chart-data"><summary>"Show the figures"</summary><div>{table}</div></details>
        }
        .into_any(),
        None => view! { <p class="chart-none">"No bookings in this period."</p> }.into_any(),
    };
    view! {
        <section class="card report" aria-labelledby=id>
            <div class="section-head"><h2 id=id>{heading}</h2>{csv}</div>
            <p class="muted small">{lead}</p>
            {body}
        </section>
    }
    .into_any()
}

/// A table of figures: a name, and a column each.
fn table(caption: String, heads: &[&'static str], rows: Vec<(String, Vec<String>)>) -> AnyView {
    let labels = heads.to_vec();
    let heads = heads.iter().map(|head| (*head).into_any()).collect();
    let columns = labels.len();
    let rows = rows.into_iter().map(|(name, cells)| {
        let cells = labels
            .iter()
            .skip(1)
            .zip(cells)
            .map(|(label, cell)| view! { <Cell label><span class="tabular">{cell}</span></Cell> });
        let cells = cells.collect_view();
        view! { <Row><HeadCell><span class="row-name">{name}</span></HeadCell>{cells}</Row> }
    });
    let rows = rows.collect_view();
    view! { <div class="figures" data-columns=columns><Table caption heads>{rows}</Table></div> }.into_any()
}

fn bookings(model: &Reports, figures: &Figures) -> AnyView {
    let total: u64 = figures.bookings.iter().map(|(_, count)| u64::from(*count)).sum();
    let each = if figures.is_weekly { "week" } else { "day" };
    let heading = format!("Bookings a {each}");
    let body = (total > 0).then(|| {
        let words = |count: u32| if count == 1 { "1 booking".to_owned() } else { format!("{count} bookings") };
        let marks = figures.bookings.iter().map(|(label, count)| Mark {
            label: label.clone(),
            value: u64::from(*count),
            text: words(*count),
            ..Mark::default()
        });
        let most = figures.bookings.iter().max_by_key(|(_, count)| *count);
        let most = most.map(|(label, count)| format!("the most, {count}, on {label}")).unwrap_or_default();
        let desc = format!("{total} in all; {most}.");
        let rows = figures.bookings.iter().map(|(label, count)| (label.clone(), vec![count.to_string()]));
        let rows = rows.chain([("In all".to_owned(), vec![total.to_string()])]).collect();
        let head = if figures.is_weekly { "Week" } else { "Day" };
        (
            view! { <p class="chart-sum"><strong>{total}</strong>" in all"</p><Columns id="bookings-chart" title=heading.clone() desc marks=marks.collect()/> }.into_any(),
            table(heading.clone(), &[head, "Bookings"], rows),
        )
    });
    let lead = "By the day on which they start. Cancelled ones do not count.";
    report(model, What::Bookings, heading, lead, body)
}

fn hours(minutes: u64) -> String {
    duration_label(u32::try_from(minutes).unwrap_or(u32::MAX))
}

fn usage(model: &Reports, figures: &Figures) -> AnyView {
    let heading = "How busy everybody was".to_owned();
    let all = figures.usage.iter().map(|(_, usage)| *usage).fold(Usage::default(), Usage::plus);
    let body = (all.booked + all.outside > 0).then(|| {
        let marks = figures.usage.iter().map(|(name, usage)| Mark {
            label: name.clone(),
            value: usage.share().permille().unwrap_or(0),
            text: usage.share().label(),
            ..Mark::default()
        });
        let desc = format!("{} of {} open were booked: {}.", hours(all.booked), hours(all.open), all.share().label());
        let row = |name: &str, usage: Usage| {
            (name.to_owned(), vec![hours(usage.booked), hours(usage.open), usage.share().label(), hours(usage.outside)])
        };
        let rows = figures.usage.iter().map(|(name, usage)| row(name, *usage)).chain([row("All", all)]).collect();
        let (share, of) = (all.share().label(), format!(" of {} open", hours(all.open)));
        (
            view! { <p class="chart-sum"><strong>{share}</strong>{of}</p><Bars id="utilisation-chart" title=heading.clone() desc marks=marks.collect() most=Some(1000)/> }.into_any(),
            table(heading.clone(), &["Who or what", "Booked", "Open", "Share", "Outside of hours"], rows),
        )
    });
    let lead = "Booked minutes of open minutes: hours as they are now, without time off and closed days.";
    report(model, What::Utilisation, heading, lead, body)
}

fn missed(model: &Reports, figures: &Figures) -> AnyView {
    let heading = "Cancelled, and did not come".to_owned();
    let all = figures.missed.iter().map(|(_, missed)| *missed).fold(Missed::default(), Missed::plus);
    let made: Vec<_> = figures.missed.iter().filter(|(_, missed)| missed.made > 0).collect();
    let body = (all.made > 0).then(|| {
        let share = |share: Share| format!("{} of {} ({})", share.part, share.whole, share.label());
        let marks = |of: fn(Missed) -> Share| {
            let all = made.iter().map(|(name, missed)| Mark {
                label: name.clone(),
                value: of(*missed).permille().unwrap_or(0),
                text: match of(*missed) {
                    Share { whole: 0, .. } => "none marked yet".to_owned(),
                    share => share.label(),
                },
                ..Mark::default()
            });
            all.collect::<Vec<_>>()
        };
        let row = |name: &str, missed: Missed| {
            (name.to_owned(), vec![missed.made.to_string(), share(missed.cancellations()), share(missed.no_shows())])
        };
        let rows = made.iter().map(|(name, missed)| row(name, *missed)).chain([row("All", all)]).collect();
        let (cancelled, no_shows) = (share(all.cancellations()), share(all.no_shows()));
        let of_cancelled = format!("{cancelled} were cancelled, over all services.");
        let of_missed = format!("{no_shows} did not come, over all services.");
        (
            view! {
                <div class="chart-pair"><div>
                <h3>"Cancelled"</h3>
                <p class="chart-sum"><strong>{all.cancellations().label()}</strong>{format!(" of {} made", all.made)}</p>
                <Bars id="cancelled-chart" title="Cancelled, by service".to_owned() desc=of_cancelled marks=marks(Missed::cancellations) most=Some(1000)/>
                </div><div>
                <h3>"Did not come"</h3>
                <p class="chart-sum"><strong>{all.no_shows().label()}</strong>{format!(" of {} that were marked", all.completed + all.missed)}</p>
                <Bars id="missed-chart" title="Did not come, by service".to_owned() desc=of_missed marks=marks(Missed::no_shows) most=Some(1000)/>
                </div></div>
            }
            .into_any(),
            table(heading.clone(), &["Service", "Made", "Cancelled", "Did not come"], rows),
        )
    });
    let lead = "Cancelled by either side, of all that were made; did not come, of those that were marked. Declined requests count nowhere.";
    report(model, What::Missed, heading, lead, body)
}

fn revenue(model: &Reports, figures: &Figures) -> AnyView {
    let heading = "Revenue by service".to_owned();
    let all = figures.revenue.iter().map(|(_, revenue)| *revenue).fold(Revenue::default(), Revenue::plus);
    let priced: Vec<_> = figures.revenue.iter().filter(|(_, r)| r.completed + r.confirmed > 0).collect();
    let amount = |minor: i64| money::label(minor, &figures.currency);
    let body = (!priced.is_empty()).then(|| {
        let whole = |minor: i64| u64::try_from(minor).unwrap_or(0);
        let marks = priced.iter().map(|(name, revenue)| Mark {
            label: name.clone(),
            value: whole(revenue.earned),
            second: whole(revenue.expected),
            text: amount(revenue.earned.saturating_add(revenue.expected)),
        });
        let desc = format!("{} from what took place, {} expected from what is confirmed.", amount(all.earned), amount(all.expected));
        let row = |name: &str, revenue: Revenue| {
            let cells = [
                amount(revenue.earned),
                revenue.completed.to_string(),
                amount(revenue.expected),
                revenue.confirmed.to_string(),
            ];
            (name.to_owned(), cells.to_vec())
        };
        let rows = priced.iter().map(|(name, revenue)| row(name, *revenue)).chain([row("All", all)]).collect();
        let (earned, expected) = (amount(all.earned), amount(all.expected));
        (
            view! {
                <p class="chart-sum"><span><span class="chart-key" data-part="bar" aria-hidden="true"></span><strong>{earned}</strong>" took place"</span><span><span class="chart-key" data-part="second" aria-hidden="true"></span><strong>{expected}</strong>" expected"</span></p>
                <Bars id="revenue-chart" title=heading.clone() desc marks=marks.collect()/>
            }
            .into_any(),
            table(heading.clone(), &["Service", "Took place", "How many", "Expected", "How many expected"], rows),
        )
    });
    let lead = "At the prices that were agreed when somebody booked. Expected: confirmed, and not marked yet.";
    report(model, What::Revenue, heading, lead, body)
}
