//! From rows to what the pages of customers show.

use super::{
    merge::joined,
    store::{CustomerRow, ListRow, SimilarRow, VisitRow},
};
use crate::http::show::moment;
use app::{
    customers::model::{CustomerRow as Listed, ImportLine, ImportLines, ImportPreview, MergeSide, Similar, Visit},
    ui::moment::Moment,
};
use domain::{
    booking::AppointmentStatus,
    customer::import::{Existing, Plan, Row},
    time::zone_label,
};
use jiff::{Timestamp, tz::TimeZone};

/// As many lines of a file are shown of each kind.
const SHOWN: usize = 100;

/// `Berlin time (UTC+1)`.
pub(super) fn zone(zone: &TimeZone, now: Timestamp) -> String {
    zone_label(&now.to_zoned(zone.clone()))
}

pub(super) fn listed(row: &ListRow, zone: &TimeZone) -> Listed {
    let at = |at: &Option<crate::tenancy::Instant>| at.as_ref().map(|at| moment(at.to_jiff(), zone));
    Listed {
        id: row.id,
        name: row.name.clone(),
        email: row.email.clone(),
        phone: row.phone.clone(),
        next: at(&row.next),
        last: at(&row.last),
        visits: row.visits,
        no_shows: row.no_shows,
    }
}

pub(super) fn visit(row: &VisitRow, zone: &TimeZone) -> Visit {
    Visit {
        id: row.id,
        at: day(row.starts_at.to_jiff(), zone),
        service: row.service.clone(),
        with: row.resource_names.clone(),
        // The database knows no other words.
        status: AppointmentStatus::parse(&row.status).unwrap_or(AppointmentStatus::Cancelled),
        reference: row.reference.clone(),
    }
}

/// A time with its day of the week.
pub(super) fn day(at: Timestamp, zone: &TimeZone) -> Moment {
    let mut shown = moment(at, zone);
    shown.label = format!("{} {}", domain::time::weekday_short(at.to_zoned(zone.clone()).date()), shown.label);
    shown
}

/// What tells somebody from others of the same name.
pub(super) fn contact(email: &str, phone: Option<&str>) -> String {
    let parts = [Some(email).filter(|email| !email.is_empty()), phone];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

pub(super) fn similar(row: &SimilarRow) -> Similar {
    Similar {
        id: row.id,
        name: row.name.clone(),
        contact: contact(&row.email, row.phone.as_deref()),
        why: if row.has_email { "Same e-mail address" } else { "Same phone number" },
    }
}

pub(super) fn side(row: &CustomerRow, appointments: i64) -> MergeSide {
    MergeSide {
        id: row.id,
        version: row.version,
        name: row.name.clone(),
        email: row.email.clone(),
        phone: row.phone.clone(),
        notes: row.notes.clone(),
        has_login: row.user_id.is_some(),
        appointments,
    }
}

/// Whether two can be one, or why not.
pub(super) fn may_merge(keep: &CustomerRow, other: &CustomerRow) -> Result<(), String> {
    joined(keep, other).map(|_| ())
}

/// What importing a file would do.
pub(super) fn preview(plan: &Plan, text: String, existing: Existing) -> ImportPreview {
    let lines = |all: &[Row], what: &str| ImportLines {
        shown: all.iter().take(SHOWN).map(|row| line(row, what.to_owned())).collect(),
        count: all.len(),
    };
    ImportPreview {
        text,
        existing,
        add: lines(&plan.add, ""),
        update: ImportLines {
            shown: plan
                .update
                .iter()
                .take(SHOWN)
                .map(|update| {
                    let after = &update.after.details;
                    ImportLine {
                        line: update.line,
                        label: after.name.clone(),
                        what: format!(
                            "{}: {}",
                            contact(after.email.as_deref().unwrap_or(""), after.phone.as_deref()),
                            update.what
                        ),
                    }
                })
                .collect(),
            count: plan.update.len(),
        },
        same: lines(&plan.same, ""),
        bad: ImportLines {
            shown: plan
                .bad
                .iter()
                .take(SHOWN)
                .map(|row| ImportLine { line: row.line, label: row.label.clone(), what: row.problems.join(". ") })
                .collect(),
            count: plan.bad.len(),
        },
        left_out: plan.left_out.clone(),
    }
}

fn line(row: &Row, what: String) -> ImportLine {
    let contact = contact(row.details.email.as_deref().unwrap_or(""), row.details.phone.as_deref());
    let what = [contact, what].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
    ImportLine { line: row.line, label: row.details.name.clone(), what }
}
