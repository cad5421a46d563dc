//! What is sold: a service as the set-up's form has it, and as it is once it has been checked.

use crate::{
    booking::ahead_label,
    ids::ResourceId,
    money,
    schedule::{Grid, Limit, Most, Period},
    time::duration_label,
    typed::{Ahead, Checker, Fact, Mistake},
};

/// The colours that a service can have: the token's name, and the word for people.
pub const HUES: [(&str, &str); 12] = [
    ("indigo", "Indigo"),
    ("violet", "Violet"),
    ("plum", "Plum"),
    ("crimson", "Crimson"),
    ("red", "Red"),
    ("orange", "Orange"),
    ("amber", "Amber"),
    ("grass", "Grass"),
    ("jade", "Jade"),
    ("teal", "Teal"),
    ("cyan", "Cyan"),
    ("slate", "Slate"),
];

/// As many needs as the page has room for.
pub const MOST_NEEDS: usize = 4;

/// The step between two times of a new service.
pub const DEFAULT_STEP: u32 = 15;

/// What can be limited: over what, and of what, with the name of its field.
pub const LIMITS: [(Period, bool, &str); 6] = [
    (Period::Day, false, "day_count"),
    (Period::Day, true, "day_minutes"),
    (Period::Week, false, "week_count"),
    (Period::Week, true, "week_minutes"),
    (Period::Month, false, "month_count"),
    (Period::Month, true, "month_minutes"),
];

const YEAR_MINUTES: u32 = 525_600;

/// One of the needs as ticked: how many, and of whom.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NeedForm {
    /// How many different ones of the pool.
    pub count: String,
    /// Who can serve.
    pub pool: Vec<ResourceId>,
}

/// The form of a service as typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServiceForm {
    /// Its name.
    pub name: String,
    /// The heading that it stands under.
    pub category: String,
    /// A sentence or two.
    pub description: String,
    /// How long it takes, in minutes.
    pub minutes: String,
    /// Minutes from one time shown to the next.
    pub step: String,
    /// What it costs, such as `48.00`; may be empty.
    pub price: String,
    /// One of [`HUES`].
    pub hue: String,
    /// Whether it can be booked online.
    pub is_online: bool,
    /// Minutes to keep free before it.
    pub buffer_before: String,
    /// Minutes to keep free after it.
    pub buffer_after: String,
    /// `grid` or `packed`.
    pub grid: String,
    /// How long ahead it must be booked.
    pub notice: Ahead,
    /// How many days ahead it can be booked.
    pub horizon: String,
    /// Whether the business says yes first.
    pub needs_approval: bool,
    /// Whether a request holds its time.
    pub pending_holds: bool,
    /// Until how long before the start it can be called off; empty: as the business has it.
    pub cancel: Ahead,
    /// The same for moving it.
    pub reschedule: Ahead,
    /// In the order of [`LIMITS`].
    pub limits: [String; 6],
    /// What it needs; those with an empty pool count as not there.
    pub needs: Vec<NeedForm>,
}

impl Default for ServiceForm {
    fn default() -> Self {
        Self {
            name: String::new(),
            category: String::new(),
            description: String::new(),
            minutes: "30".into(),
            step: DEFAULT_STEP.to_string(),
            price: String::new(),
            hue: "indigo".into(),
            is_online: true,
            buffer_before: "0".into(),
            buffer_after: "0".into(),
            grid: "grid".into(),
            notice: Ahead::of(Some(60)),
            horizon: "60".into(),
            needs_approval: false,
            pending_holds: true,
            cancel: Ahead::default(),
            reschedule: Ahead::default(),
            limits: Default::default(),
            needs: vec![NeedForm { count: "1".into(), pool: Vec::new() }],
        }
    }
}

/// A need, checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NeedRule {
    /// How many different ones.
    pub count: u32,
    /// Of whom; never fewer than `count`.
    pub pool: Vec<ResourceId>,
}

/// A service, checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServiceRules {
    /// Its name.
    pub name: String,
    /// The heading that it stands under; may be empty.
    pub category: String,
    /// A sentence or two; may be empty.
    pub description: String,
    /// How long it takes.
    pub minutes: u32,
    /// Minutes from one time shown to the next.
    pub step: u32,
    /// What it costs, if a price is shown.
    pub price_minor: Option<i64>,
    /// One of [`HUES`].
    pub hue: String,
    /// Whether it can be booked online.
    pub is_online: bool,
    /// Minutes to keep free before it.
    pub buffer_before: u32,
    /// Minutes to keep free after it.
    pub buffer_after: u32,
    /// How the times are laid out.
    pub grid: Grid,
    /// How long ahead it must be booked.
    pub notice_minutes: u32,
    /// How many days ahead it can be booked.
    pub horizon_days: u32,
    /// Whether the business says yes first.
    pub needs_approval: bool,
    /// Whether a request holds its time.
    pub pending_holds: bool,
    /// Until when it can be called off; `None`: as the business has it.
    pub cancel_minutes: Option<u32>,
    /// Until when it can be moved; `None`: as the business has it.
    pub reschedule_minutes: Option<u32>,
    /// At most so much of it.
    pub limits: Vec<Limit>,
    /// What it needs.
    pub needs: Vec<NeedRule>,
}

impl ServiceForm {
    /// Checks every field. `known` are the resources in use.
    pub fn check(&self, currency: &str, known: &[ResourceId]) -> Result<ServiceRules, Vec<Mistake>> {
        let mut c = Checker::default();
        let name = c.line("name", "a name", &self.name, 120);
        let category = c.optional_line("category", "the category", &self.category, 80);
        let description = c.paragraph("description", "the description", &self.description, 2000);
        let minutes = c.number("minutes", "the length", &self.minutes, 1, 1440);
        let price = self.price(currency, &mut c);
        let hue = c.choice("hue", "a colour", HUES.iter().find(|(hue, _)| *hue == self.hue));
        let needs = self.needs(known, &mut c);
        let step = c.number("step", "the step", &self.step, 1, 1440);
        let buffer_before = c.number("buffer_before", "the time before", &self.buffer_before, 0, 720);
        let buffer_after = c.number("buffer_after", "the time after", &self.buffer_after, 0, 720);
        let grid = c.choice("grid", "how times are laid out", grid_of(&self.grid));
        let notice = c.ahead("notice", "the notice", &self.notice, YEAR_MINUTES);
        let horizon = c.number("horizon", "how many days ahead", &self.horizon, 0, 730);
        let cancel = c.ahead("cancel", "the time to cancel", &self.cancel, YEAR_MINUTES);
        let reschedule = c.ahead("reschedule", "the time to move", &self.reschedule, YEAR_MINUTES);
        let limits = self.limits(&mut c);
        if self.is_online && needs.as_ref().is_some_and(Vec::is_empty) {
            c.wrong(
                "is_online",
                "Tick who or what it needs, or switch online booking off: a booking has to hold somebody's time",
            );
        }
        let rules = (|| {
            Some(ServiceRules {
                name: name?,
                category: category?,
                description: description?,
                minutes: minutes?,
                step: step?,
                price_minor: price?,
                hue: hue?.0.to_owned(),
                is_online: self.is_online,
                buffer_before: buffer_before?,
                buffer_after: buffer_after?,
                grid: grid?,
                notice_minutes: notice?.unwrap_or(0),
                horizon_days: horizon?,
                needs_approval: self.needs_approval,
                pending_holds: self.pending_holds,
                cancel_minutes: cancel?,
                reschedule_minutes: reschedule?,
                limits: limits?,
                needs: needs?,
            })
        })();
        c.finish(rules)
    }

    fn price(&self, currency: &str, c: &mut Checker) -> Option<Option<i64>> {
        if self.price.trim().is_empty() {
            return Some(None);
        }
        let minor = money::parse(&self.price, currency);
        if minor.is_none() {
            let like = money::plain(48 * 10_u64.pow(money::decimals(currency)), currency);
            c.wrong("price", format!("Enter the price in {currency}, such as {like}, or leave it empty"));
        }
        minor.map(Some)
    }

    fn needs(&self, known: &[ResourceId], c: &mut Checker) -> Option<Vec<NeedRule>> {
        let mut needs = Vec::new();
        let mut is_right = true;
        for (at, need) in self.needs.iter().enumerate().take(MOST_NEEDS) {
            let mut pool = need.pool.clone();
            pool.sort();
            pool.dedup();
            if pool.is_empty() {
                continue;
            }
            let (field, number) = (format!("need-{at}-count"), at + 1);
            if pool.iter().any(|id| !known.contains(id)) {
                c.wrong(&field, format!("Tick need {number} anew: one of its choices is not in use any more"));
                is_right = false;
                continue;
            }
            match c.number(&field, &format!("how many need {number} takes"), &need.count, 1, 20) {
                Some(count) if usize::try_from(count).is_ok_and(|count| count > pool.len()) => {
                    c.wrong(
                        &field,
                        format!(
                            "Need {number} takes {count}, but only {} ticked: tick more, or take fewer",
                            are(pool.len())
                        ),
                    );
                    is_right = false;
                }
                Some(count) => needs.push(NeedRule { count, pool }),
                None => is_right = false,
            }
        }
        is_right.then_some(needs)
    }

    fn limits(&self, c: &mut Checker) -> Option<Vec<Limit>> {
        let mut limits = Vec::new();
        let mut is_right = true;
        for ((per, in_minutes, field), text) in LIMITS.into_iter().zip(&self.limits) {
            let label = format!("the limit {}", limit_label(per, in_minutes));
            match c.optional_number(field, &label, text, 0, 1_000_000) {
                Some(Some(most)) => {
                    let most = if in_minutes { Most::Minutes(most) } else { Most::Count(most) };
                    limits.push(Limit { per, most });
                }
                Some(None) => {}
                None => is_right = false,
            }
        }
        is_right.then_some(limits)
    }
}

impl ServiceRules {
    /// The form that this came from, or could have.
    pub fn form(&self, currency: &str) -> ServiceForm {
        let limit = |(per, in_minutes, _): (Period, bool, &str)| {
            let found = self.limits.iter().find_map(|limit| match limit.most {
                Most::Minutes(most) if in_minutes && limit.per == per => Some(most),
                Most::Count(most) if !in_minutes && limit.per == per => Some(most),
                _ => None,
            });
            found.map_or_else(String::new, |most| most.to_string())
        };
        ServiceForm {
            name: self.name.clone(),
            category: self.category.clone(),
            description: self.description.clone(),
            minutes: self.minutes.to_string(),
            step: self.step.to_string(),
            price: self.price_minor.map_or_else(String::new, |minor| money::plain(minor.unsigned_abs(), currency)),
            hue: self.hue.clone(),
            is_online: self.is_online,
            buffer_before: self.buffer_before.to_string(),
            buffer_after: self.buffer_after.to_string(),
            grid: grid_word(self.grid).into(),
            notice: Ahead::of(Some(self.notice_minutes)),
            horizon: self.horizon_days.to_string(),
            needs_approval: self.needs_approval,
            pending_holds: self.pending_holds,
            cancel: Ahead::of(self.cancel_minutes),
            reschedule: Ahead::of(self.reschedule_minutes),
            limits: LIMITS.map(limit),
            needs: self
                .needs
                .iter()
                .map(|need| NeedForm { count: need.count.to_string(), pool: need.pool.clone() })
                .collect(),
        }
    }

    /// What there is to say of it, in words. `name` names a resource.
    pub fn facts(&self, currency: &str, name: &dyn Fn(ResourceId) -> String) -> Vec<Fact> {
        let window = |minutes: Option<u32>| minutes.map_or_else(|| "as the business has it".to_owned(), ahead_label);
        let price = self.price_minor.map_or_else(|| "none".to_owned(), |minor| money::label(minor, currency));
        let mut facts = vec![
            Fact::new("Name", &self.name),
            Fact::new("Category", &self.category),
            Fact::new("Description", &self.description),
            Fact::new("Length", duration_label(self.minutes)),
            Fact::new("Price", price),
            Fact::new("Colour", &self.hue),
            Fact::yes("Bookable online", self.is_online),
            Fact::new("A time every", duration_label(self.step)),
            Fact::new("Times", grid_word(self.grid)),
            Fact::new("Free before", duration_label(self.buffer_before)),
            Fact::new("Free after", duration_label(self.buffer_after)),
            Fact::new("Notice", ahead_label(self.notice_minutes)),
            Fact::new("Days ahead", self.horizon_days.to_string()),
            Fact::yes("Needs approval", self.needs_approval),
            Fact::yes("A request holds its time", self.pending_holds),
            Fact::new("Cancel until", window(self.cancel_minutes)),
            Fact::new("Move until", window(self.reschedule_minutes)),
        ];
        for limit in &self.limits {
            let (in_minutes, most) = match limit.most {
                Most::Minutes(most) => (true, most),
                Most::Count(most) => (false, most),
            };
            facts.push(Fact::new(format!("Limit {}", limit_label(limit.per, in_minutes)), most.to_string()));
        }
        for (at, need) in self.needs.iter().enumerate() {
            let names: Vec<_> = need.pool.iter().map(|id| name(*id)).collect();
            facts.push(Fact::new(format!("Need {}", at + 1), format!("{} of {}", need.count, names.join(", "))));
        }
        facts
    }
}

/// Reads the word for how times are laid out.
pub fn grid_of(text: &str) -> Option<Grid> {
    [Grid::Grid, Grid::Packed].into_iter().find(|grid| grid_word(*grid) == text)
}

/// The word for how times are laid out, in the database too.
pub fn grid_word(grid: Grid) -> &'static str {
    match grid {
        Grid::Grid => "grid",
        Grid::Packed => "packed",
    }
}

/// `a day, by number`, `a week, in minutes`.
fn limit_label(per: Period, in_minutes: bool) -> String {
    let per = match per {
        Period::Day => "a day",
        Period::Week => "a week",
        Period::Month => "a month",
    };
    format!("{per}, {}", if in_minutes { "in minutes" } else { "by number" })
}

fn are(count: usize) -> String {
    if count == 1 { "1 is".to_owned() } else { format!("{count} are") }
}

#[cfg(test)]
mod tests;
