//! Identifiers, one type a noun, so that a customer's id cannot stand where a service's is asked for.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{}({})", stringify!($name), self.0) }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
        }
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }
    )+};
}

ids! {
    /// A business on the platform.
    TenantId,
    /// A login, the same on all hosts.
    UserId,
    /// What a customer can book.
    ServiceId,
    /// Staff, a room or a piece of equipment.
    ResourceId,
    /// Who books.
    CustomerId,
    /// A promise to a customer.
    AppointmentId,
    /// One time that somebody acted as somebody else.
    MasqueradeId,
    /// A right for a while.
    GrantId,
    /// A tenant's claim of a host of its own.
    DomainId,
}
