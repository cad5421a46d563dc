//! What the page of calendars to subscribe to shows.

use domain::ids::ResourceId;

/// A calendar, with its private address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FeedCard {
    /// Whose it is.
    pub id: ResourceId,
    /// Its name.
    pub name: String,
    /// Whether it is the reader's own.
    pub is_own: bool,
    /// The address to copy.
    pub address: String,
    /// The same, as programs take it that subscribe when it is opened.
    pub subscribe: String,
}

/// The calendars that one may give out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Feeds {
    /// In the business's order.
    pub cards: Vec<FeedCard>,
}
