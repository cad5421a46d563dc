//! The one place that reads the time.

use jiff::{SignedDuration, Timestamp};

/// Tells the time: the machine's, or one that began at a chosen instant.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    ahead: SignedDuration,
}

impl Clock {
    /// A clock that shows `start` now and runs on from there; for trying a day that is not today.
    pub fn starting_at(start: Timestamp) -> Self {
        Self { ahead: start.duration_since(machine()) }
    }

    /// The present.
    pub fn now(&self) -> Timestamp {
        machine().checked_add(self.ahead).unwrap_or(Timestamp::MAX)
    }
}

#[expect(clippy::disallowed_methods, reason = "everything else asks a Clock")]
fn machine() -> Timestamp {
    Timestamp::now()
}
