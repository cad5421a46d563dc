//! One decision about several appointments: what it comes to for each, and why it cannot be taken about some.

use crate::{
    booking::{AppointmentStatus, Decision},
    ids::AppointmentId,
};
use std::str::FromStr;

/// As many appointments at once, at most: a page of the list has fewer.
pub const MOST_PICKS: usize = 100;

/// An appointment that was ticked in the version that was shown: `<id>.<version>`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pick {
    /// Which.
    pub id: AppointmentId,
    /// In which version.
    pub version: i32,
}

impl FromStr for Pick {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (id, version) = text.split_once('.').ok_or(())?;
        Ok(Self { id: id.parse().map_err(|_| ())?, version: version.parse().map_err(|_| ())? })
    }
}

impl std::fmt::Display for Pick {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.id, self.version)
    }
}

/// What is decided about several appointments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bulk {
    /// Yes to requests.
    Confirm,
    /// They took place.
    Complete,
    /// Nobody came.
    NoShow,
    /// They are called off; requests are declined.
    Cancel,
}

impl Bulk {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Confirm, Self::Complete, Self::NoShow, Self::Cancel];

    /// The word in a form and in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Complete => "complete",
            Self::NoShow => "no_show",
            Self::Cancel => "cancel",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bulk| bulk.as_str() == text)
    }

    /// What a button says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Confirm => "Confirm",
            Self::Complete => "Completed",
            Self::NoShow => "Did not come",
            Self::Cancel => "Cancel",
        }
    }

    /// What the button says that does it, verb and noun: `Cancel 3 appointments`.
    pub fn do_label(self, count: usize) -> String {
        let nouns = |one: &str, many: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {many}") };
        match self {
            Self::Confirm => format!("Confirm {}", nouns("request", "requests")),
            Self::Complete => format!("Mark {} as completed", nouns("appointment", "appointments")),
            Self::NoShow => format!("Mark {} as \u{201c}did not come\u{201d}", nouns("appointment", "appointments")),
            Self::Cancel => format!("Cancel {}", nouns("appointment", "appointments")),
        }
    }

    /// What became of so many: `3 cancelled`.
    pub fn done_label(self, count: usize) -> String {
        match self {
            Self::Confirm => format!("{count} confirmed"),
            Self::Complete => format!("{count} marked as completed"),
            Self::NoShow => format!("{count} marked as \u{201c}did not come\u{201d}"),
            Self::Cancel => format!("{count} cancelled"),
        }
    }

    /// Whether customers get a letter about it.
    pub fn is_told(self) -> bool {
        matches!(self, Self::Confirm | Self::Cancel)
    }

    /// The decision that it comes to for an appointment as it stands: a request is not cancelled but declined.
    pub fn decision(self, status: AppointmentStatus) -> Decision {
        match self {
            Self::Confirm => Decision::Confirm,
            Self::Complete => Decision::Complete,
            Self::NoShow => Decision::NoShow,
            Self::Cancel if status == AppointmentStatus::Pending => Decision::Decline,
            Self::Cancel => Decision::Cancel,
        }
    }

    /// Where it leads to from here, or why it cannot be done.
    pub fn outcome(self, status: AppointmentStatus, has_begun: bool) -> Result<AppointmentStatus, &'static str> {
        use AppointmentStatus::{Cancelled, Completed, Confirmed, NoShow, Pending};
        status.decide(self.decision(status), has_begun).ok_or(match (self, status) {
            (_, Cancelled) => "It is cancelled",
            (Self::Confirm, Confirmed) => "It is confirmed already",
            (Self::Confirm | Self::Cancel, _) => "It is over",
            (_, Pending) => "It is a request: confirm or decline it first",
            (Self::Complete, Completed) | (Self::NoShow, NoShow) => "It is marked so already",
            _ => "It has not begun yet",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AppointmentStatus::{Cancelled, Completed, Confirmed, NoShow, Pending};
    use uuid::Uuid;

    #[test]
    fn picks_are_read_as_they_are_written() {
        let pick = Pick { id: AppointmentId(Uuid::from_u128(7)), version: 12 };
        assert_eq!(pick.to_string().parse(), Ok(pick));
        for bad in ["", "7", "7.1", "00000000-0000-0000-0000-000000000007", "00000000-0000-0000-0000-000000000007.x"] {
            assert_eq!(bad.parse::<Pick>(), Err(()), "{bad}");
        }
    }

    #[test]
    fn each_appointment_has_an_outcome_or_a_reason() {
        for (bulk, status, has_begun, outcome) in [
            (Bulk::Confirm, Pending, false, Ok(Confirmed)),
            (Bulk::Confirm, Confirmed, false, Err("It is confirmed already")),
            (Bulk::Confirm, Completed, true, Err("It is over")),
            (Bulk::Complete, Confirmed, true, Ok(Completed)),
            (Bulk::Complete, NoShow, true, Ok(Completed)),
            (Bulk::Complete, Confirmed, false, Err("It has not begun yet")),
            (Bulk::Complete, Completed, true, Err("It is marked so already")),
            (Bulk::Complete, Pending, true, Err("It is a request: confirm or decline it first")),
            (Bulk::NoShow, Completed, true, Ok(NoShow)),
            (Bulk::NoShow, NoShow, true, Err("It is marked so already")),
            (Bulk::Cancel, Confirmed, false, Ok(Cancelled)),
            (Bulk::Cancel, Pending, false, Ok(Cancelled)),
            (Bulk::Cancel, Cancelled, false, Err("It is cancelled")),
            (Bulk::Cancel, Completed, true, Err("It is over")),
        ] {
            assert_eq!(bulk.outcome(status, has_begun), outcome, "{bulk:?} {status:?}");
        }
        assert_eq!(Bulk::Cancel.decision(Pending), Decision::Decline);
        assert_eq!(Bulk::Cancel.decision(Confirmed), Decision::Cancel);
    }

    #[test]
    fn words() {
        assert_eq!(Bulk::Cancel.do_label(1), "Cancel 1 appointment");
        assert_eq!(Bulk::Confirm.do_label(2), "Confirm 2 requests");
        assert_eq!(Bulk::Cancel.done_label(3), "3 cancelled");
        for bulk in Bulk::ALL {
            assert_eq!(Bulk::parse(bulk.as_str()), Some(bulk));
        }
    }
}
