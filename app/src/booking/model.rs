//! What the pages of a booking show. Times come as labels made on the server, in the business's zone;
//! what goes back on the wire is an instant with its offset.

use domain::{
    booking::DetailsForm,
    ids::{ResourceId, ServiceId},
    text::FieldError,
};
use jiff::civil::Date;
use uuid::Uuid;

/// A service as it is offered.
#[derive(Clone, PartialEq, Debug)]
pub struct ServiceCard {
    /// Its id.
    pub id: ServiceId,
    /// Its name.
    pub name: String,
    /// A sentence or two; may be empty.
    pub description: String,
    /// How long it takes.
    pub minutes: u32,
    /// What it costs, as a label such as `€45.00`; `None` where no price is shown.
    pub price: Option<String>,
    /// One of the token hues.
    pub hue: String,
    /// The heading it stands under; empty for none.
    pub category: String,
}

/// The tenant's landing page.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Services {
    /// A sentence about the business; may be empty.
    pub tagline: String,
    /// More about it, a paragraph a line; may be empty.
    pub about: String,
    /// Where it is; may be empty.
    pub address: String,
    /// How to reach it by telephone.
    pub phone: Option<String>,
    /// How to reach it by e-mail.
    pub email: Option<String>,
    /// What can be booked online, and is looked for: those of a category stand together.
    pub services: Vec<ServiceCard>,
    /// How many can be booked online in all.
    pub total: usize,
    /// What is looked for, as typed; empty for everything.
    pub search: String,
}

/// A choice of whom to book with.
#[derive(Clone, PartialEq, Debug)]
pub struct StaffChoice {
    /// `None` is anyone.
    pub id: Option<ResourceId>,
    /// `Anyone`, or the person's name.
    pub name: String,
    /// Whether it is the present choice.
    pub selected: bool,
}

/// Why a day has nothing to choose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DayState {
    /// It has free times.
    Free(usize),
    /// Open, but nothing is left.
    Full,
    /// No hours on that day.
    Closed,
    /// Before today, or further ahead than bookings are taken.
    OutOfReach,
    /// Belongs to the month before or after; drawn empty.
    OtherMonth,
}

/// A cell of the month.
#[derive(Clone, PartialEq, Debug)]
pub struct DayCell {
    /// The date.
    pub date: Date,
    /// `Thursday 3 December 2026`.
    pub label: String,
    /// What it offers.
    pub state: DayState,
    /// Whether its times are shown.
    pub selected: bool,
    /// Whether it is today, in the business's zone.
    pub today: bool,
}

/// A month of days; weeks begin with the tenant's first day of the week.
#[derive(Clone, PartialEq, Debug)]
pub struct Month {
    /// `December 2026`.
    pub label: String,
    /// Short names of the weekdays, in the order of the columns: `Mon`.
    pub weekdays: Vec<&'static str>,
    /// Weeks of seven cells.
    pub weeks: Vec<Vec<DayCell>>,
    /// A date in the month before, if it can be reached.
    pub earlier: Option<Date>,
    /// A date in the month after, if it can be reached.
    pub later: Option<Date>,
}

/// A start that can be booked.
#[derive(Clone, PartialEq, Debug)]
pub struct SlotChoice {
    /// The instant with its offset, for the wire: `2026-12-03T14:30:00+01:00`.
    pub start: String,
    /// `14:30`.
    pub clock: String,
    /// The full name for those who do not see the heading: `14:30, Thursday 3 December 2026`.
    pub label: String,
    /// `UTC+2`, only where the hour comes twice that day.
    pub offset: Option<String>,
}

/// The page on which day and time are chosen.
#[derive(Clone, PartialEq, Debug)]
pub struct PickTime {
    /// What is booked.
    pub service: ServiceCard,
    /// With whom; empty where there is only one choice.
    pub staff: Vec<StaffChoice>,
    /// The present choice of staff.
    pub chosen_staff: Option<ResourceId>,
    /// `Berlin time (UTC+1)`.
    pub zone_label: String,
    /// The month of the chosen day.
    pub month: Month,
    /// The chosen day as a label; `None` when no day in reach has a free time.
    pub day_label: Option<String>,
    /// Why the chosen day has no times, if it has none.
    pub day_state: DayState,
    /// The chosen day's times.
    pub slots: Vec<SlotChoice>,
    /// The next day with free times, offered when the chosen one has none: date and label.
    pub next_free: Option<(Date, String)>,
}

/// The page on which details are entered; also what a refused booking shows, with what was typed.
#[derive(Clone, PartialEq, Debug)]
pub struct Details {
    /// What is booked.
    pub service: ServiceCard,
    /// The instant for the wire.
    pub start: String,
    /// `14:30 to 15:15`.
    pub clock_range: String,
    /// `Thursday 3 December 2026`.
    pub day_label: String,
    /// The date, for the way back to the times.
    pub date: Date,
    /// `Berlin time (UTC+1)`.
    pub zone_label: String,
    /// The staff asked for by name; `None` is anyone.
    pub staff: Option<(ResourceId, String)>,
    /// Makes the form count once, however often it is sent.
    pub token: Uuid,
    /// Until when the time is kept for this form: `14:35`. `None` where it is not.
    pub kept_until: Option<String>,
    /// Until when it can be moved or called off: a sentence.
    pub policy: String,
    /// Whether the business wants to be asked first.
    pub asks: bool,
    /// What was typed.
    pub form: DetailsForm,
    /// What is wrong with it.
    pub errors: Vec<FieldError>,
    /// Set when the time cannot be booked, or not any more.
    pub taken: Option<Taken>,
}

/// A time that cannot be had, and what can.
#[derive(Clone, PartialEq, Debug)]
pub struct Taken {
    /// Why, as a heading: `Somebody else has just booked this time`.
    pub why: &'static str,
    /// The nearest free times; may be empty.
    pub alternatives: Vec<SlotChoice>,
}

/// How to reach a business.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reach {
    /// By telephone.
    pub phone: Option<String>,
    /// By e-mail.
    pub email: Option<String>,
}

/// Whether a booking can be moved, or called off, by its customer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// Until then, in words.
    Open(String),
    /// Not any more, since then.
    Late(String),
    /// Why not, in a sentence.
    Closed(String),
}

/// What a customer can do about a booking.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changes {
    /// The booking's own address: `/booked/…` by its link, `/my/appointments/…` signed in.
    pub base: String,
    /// Whether the customer is signed in, and came from the list.
    pub is_signed_in: bool,
    /// Whether it is over, or called off: then nothing is offered, and nothing refused.
    pub is_over: bool,
    /// Another time.
    pub moving: Change,
    /// Calling it off.
    pub cancelling: Change,
    /// Whom to ask where neither is possible.
    pub reach: Reach,
}

/// The page that confirms a booking.
#[derive(Clone, PartialEq, Debug)]
pub struct Booked {
    /// What people say on the telephone: `7K3M-9QXA`.
    pub reference: String,
    /// `Confirmed`, or another status by now.
    pub status_label: &'static str,
    /// What was booked.
    pub service: String,
    /// `1 hour 15 min`.
    pub duration: String,
    /// `Thursday 3 December 2026`.
    pub day_label: String,
    /// `14:30 to 15:15`.
    pub clock_range: String,
    /// `Berlin time (UTC+1)`.
    pub zone_label: String,
    /// Whom or what it is with.
    pub with: Vec<String>,
    /// What it costs, as a label.
    pub price: Option<String>,
    /// Who booked.
    pub customer_name: String,
    /// The customer's address.
    pub customer_email: String,
    /// Who called it off, when, and why, if it was.
    pub cancelled: Option<String>,
    /// What can be done about it.
    pub changes: Changes,
}
