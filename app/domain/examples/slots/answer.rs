//! What the engine answers, in the words of the scenario.

use crate::scenario::Question;
use domain::{ids::AppointmentId, schedule::*, time::wire};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::HashSet;

/// The answer on the wire.
#[derive(Serialize, Debug)]
pub(crate) struct Answer {
    /// What can be booked.
    pub(crate) slots: Vec<Offer>,
    /// About one start; there only when it is asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ask: Option<Told>,
}

/// A slot.
#[derive(Serialize, Debug)]
pub(crate) struct Offer {
    pub(crate) start: String,
    pub(crate) end: String,
    /// Their ids, as the engine would pick them.
    pub(crate) resources: Vec<String>,
}

/// A verdict.
#[derive(Serialize, Debug)]
pub(crate) struct Told {
    pub(crate) bookable: bool,
    pub(crate) on_grid: bool,
    pub(crate) reasons: Vec<Why>,
}

/// A reason: one a code and resource, with the first appointment in the way.
#[derive(Serialize, Debug)]
pub(crate) struct Why {
    pub(crate) code: ReasonCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) resource: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) appointment: Option<String>,
}

/// Asks the engine.
pub(crate) fn answer(question: &Question) -> Answer {
    let Question { now, window, service, state, .. } = question;
    let slots = slots(*now, *window, service, state).into_iter().map(|slot| Offer {
        start: question.on_the_wire(slot.start),
        end: question.on_the_wire(slot.end),
        resources: slot.resources.into_iter().map(|resource| question.name(resource)).collect(),
    });
    let told = |start| told(question, &ask(*now, service, state, start));
    Answer { slots: slots.collect(), ask: question.ask.map(told) }
}

fn told(question: &Question, verdict: &Verdict) -> Told {
    let mut seen = HashSet::new();
    let reasons = verdict.reasons.iter().filter(|reason| seen.insert((reason.code, reason.resource)));
    let why = |reason: &Reason| Why {
        code: reason.code,
        resource: reason.resource.map(|resource| question.name(resource)),
        appointment: reason.appointment.and_then(|id| question.appointment(id)),
    };
    Told { bookable: verdict.bookable(), on_grid: verdict.on_grid, reasons: reasons.map(why).collect() }
}

impl Question {
    fn name(&self, resource: ResourceIx) -> String {
        self.resources.get(resource.0).cloned().unwrap_or_default()
    }

    fn appointment(&self, id: AppointmentId) -> Option<String> {
        self.appointments.get(usize::try_from(id.0.as_u128()).ok()?).cloned()
    }

    /// With the business's offset. RFC 3339 has no offsets with seconds, which some zones had long ago.
    fn on_the_wire(&self, at: Timestamp) -> String {
        let local = at.to_zoned(self.state.zone.clone());
        if local.offset().seconds() % 60 == 0 { wire(&local) } else { at.to_string() }
    }
}
