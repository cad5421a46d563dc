//! What the sign-in page shows.

/// The sign-in page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Login {
    /// The address as typed; the password is never given back.
    pub email: String,
    /// What went wrong, if something did.
    pub problem: Option<LoginProblem>,
    /// The path to go on to: of this host, begins with a single `/`.
    pub next: Option<String>,
}

/// What went wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LoginProblem {
    /// Address or password, and not which: whether an address is known is nobody's business.
    NotRight,
    /// A field was empty.
    Missing,
    /// Too many at once.
    Busy,
}
