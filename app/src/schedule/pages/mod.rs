//! The pages of the calendar: the calendar, one appointment, and the requests that wait. All work without script.

mod appointment;
mod calendar;
mod requests;

pub use appointment::appointment;
pub use calendar::calendar;
pub use requests::requests;

use crate::ui::icon::Glyph;
use domain::booking::AppointmentStatus;
use jiff::civil::Date;

fn day_link(date: Date) -> String {
    format!("/schedule?date={date}")
}

/// Hue and shape of a status; the word always stands beside them.
fn status_look(status: AppointmentStatus) -> (&'static str, Glyph) {
    match status {
        AppointmentStatus::Confirmed => ("grass", Glyph::Check),
        AppointmentStatus::Pending => ("amber", Glyph::Clock),
        AppointmentStatus::Cancelled | AppointmentStatus::NoShow => ("red", Glyph::Cross),
        AppointmentStatus::Completed => ("slate", Glyph::Check),
    }
}
