//! What the base domain's page and the error pages show.

use domain::policy::Denied;

/// The page of the base domain.
#[derive(Clone, PartialEq, Debug)]
pub struct Welcome {
    /// The platform's own site.
    pub platform_url: String,
    /// Demo businesses to try: name and address; empty in production.
    pub demos: Vec<(String, String)>,
}

/// A page instead of the one that was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Problem {
    /// 400: the request cannot be read; says what about it.
    BadRequest(&'static str),
    /// 403: a form that another site sent, or a browser that does not say where it came from.
    CrossSite,
    /// 403: the person lacks the right; says which and who can help.
    Denied(Denied),
    /// 403: not while one acts as somebody else.
    WhileMasquerading,
    /// 403: the plan of the business allows no more.
    PlanLimit,
    /// 404 on a known host.
    NotFound,
    /// 404 on a host that is nobody's: one and the same page for unknown and suspended ones.
    NoSuchSite,
    /// 405.
    MethodNotAllowed,
    /// 410: a link that works once, or not for long, and no more.
    LinkGone,
    /// 410: the same for a link that signs in, or proves an address.
    EntryGone,
    /// 413.
    TooLarge,
    /// 429.
    TooMany,
    /// 500.
    Failed,
    /// 503: the database is out of reach, or the tenant is being migrated.
    Unavailable,
}

impl Problem {
    /// The HTTP status.
    pub fn status(self) -> u16 {
        match self {
            Self::BadRequest(_) => 400,
            Self::CrossSite | Self::Denied(_) | Self::WhileMasquerading | Self::PlanLimit => 403,
            Self::NotFound | Self::NoSuchSite => 404,
            Self::MethodNotAllowed => 405,
            Self::LinkGone | Self::EntryGone => 410,
            Self::TooLarge => 413,
            Self::TooMany => 429,
            Self::Failed => 500,
            Self::Unavailable => 503,
        }
    }
}
