//! What the pages of a customer's own area show.

use crate::{
    booking::model::{Changes, PickTime, Taken},
    ui::{form::FormError, list::Listing, moment::Moment},
};
use domain::booking::AppointmentStatus;
use jiff::civil::Date;

/// An appointment in the list.
#[derive(Clone, PartialEq, Debug)]
pub struct AppointmentCard {
    /// The address of its page.
    pub href: String,
    /// What was booked.
    pub service: String,
    /// `Thursday 3 December 2026`, and the instant for programs.
    pub day: Moment,
    /// `14:30 to 15:15`.
    pub clock_range: String,
    /// `Berlin time (UTC+1)`.
    pub zone_label: String,
    /// Whom or what it is with.
    pub with: Vec<String>,
    /// Where it stands.
    pub status: AppointmentStatus,
    /// What it costs, as a label.
    pub price: Option<String>,
}

/// The own appointments.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Appointments {
    /// Whose they are.
    pub name: String,
    /// Still to come, the next one first. Not on later pages of the past.
    pub upcoming: Vec<AppointmentCard>,
    /// Over or called off, the latest first.
    pub past: Listing<AppointmentCard>,
}

/// A booking, in the few words that pages about it begin with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Summary {
    /// What was booked.
    pub service: String,
    /// `Thursday 3 December 2026`.
    pub day_label: String,
    /// `14:30 to 15:15`.
    pub clock_range: String,
    /// `Berlin time (UTC+1)`.
    pub zone_label: String,
    /// Whom or what it is with.
    pub with: Vec<String>,
    /// Whether the business has yet to agree to it.
    pub is_request: bool,
    /// Its version, which the form carries along.
    pub version: i32,
}

/// Asking whether to call a booking off.
#[derive(Clone, PartialEq, Debug)]
pub struct CancelPage {
    /// Which.
    pub booking: Summary,
    /// Whether it is possible, and the booking's address.
    pub changes: Changes,
    /// Whether somebody changed it since it was looked at: nothing was done, and it is asked again.
    pub is_stale: bool,
    /// Why, as typed.
    pub reason: String,
    /// What is wrong with it.
    pub errors: Vec<FormError>,
}

/// Choosing another time for a booking.
#[derive(Clone, PartialEq, Debug)]
pub struct MovePage {
    /// Which.
    pub booking: Summary,
    /// Whether it is possible, and the booking's address.
    pub changes: Changes,
    /// Whether somebody changed it since it was looked at: nothing was done.
    pub is_stale: bool,
    /// The time that was chosen cannot be had, and what can.
    pub taken: Option<Taken>,
    /// Day and time; none where it cannot be moved.
    pub pick: Option<PickTime>,
    /// The date whose times are shown.
    pub date: Option<Date>,
}

/// The own profile.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Profile {
    /// The name, as typed or as it is.
    pub name: String,
    /// The telephone number, as typed or as it is.
    pub phone: String,
    /// The address, as it is.
    pub email: String,
    /// The address that it is to be, as typed.
    pub new_email: String,
    /// The version that the form carries along.
    pub version: i32,
    /// Whether somebody changed it since it was looked at: nothing was done, and what was typed is kept.
    pub is_stale: bool,
    /// Whether there is a password besides letters.
    pub has_password: bool,
    /// Why the address cannot be changed, the data not taken along and not deleted, if so.
    pub off: Option<String>,
    /// What is wrong.
    pub errors: Vec<FormError>,
}

/// Asking whether to delete the own data.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DeletePage {
    /// The address, to be typed.
    pub email: String,
    /// As typed.
    pub typed: String,
    /// What will be called off along with it.
    pub cancelled_along: Vec<AppointmentCard>,
    /// What stands in the way: it is too near to be called off.
    pub in_the_way: Vec<AppointmentCard>,
    /// Whom to ask about those.
    pub reach: crate::booking::model::Reach,
    /// What is wrong.
    pub errors: Vec<FormError>,
}
