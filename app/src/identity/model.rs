//! What the pages of signing in and of the own account show.

use crate::ui::{form::FormError, moment::Moment};
use domain::actor::Role;
use uuid::Uuid;

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
    /// Too many tries for this address or from this connection.
    Limited {
        /// Seconds to wait.
        retry_after_s: u32,
    },
}

/// Asking for a link to set a new password.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Forgot {
    /// The address as typed.
    pub email: String,
    /// Whether it was sent off. The page says the same for addresses that nobody has.
    pub is_sent: bool,
    /// What is wrong.
    pub errors: Vec<FormError>,
}

/// Asking for a link that signs in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AskLink {
    /// The address as typed.
    pub email: String,
    /// Whether it was sent off. The page says the same for addresses that nobody has.
    pub is_sent: bool,
    /// What is wrong.
    pub errors: Vec<FormError>,
    /// How long to wait, after too many letters.
    pub retry_after_s: Option<u32>,
}

/// Asking for a login as a customer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SignUp {
    /// The name as typed.
    pub name: String,
    /// The address as typed.
    pub email: String,
    /// Whether a letter was sent off: one is either way.
    pub is_sent: bool,
    /// What is wrong.
    pub errors: Vec<FormError>,
    /// How long to wait, after too many letters.
    pub retry_after_s: Option<u32>,
}

/// What a link does that lets somebody in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EnterKind {
    /// It signs in.
    SignIn,
    /// It proves the address of somebody who signed up.
    SignUp,
    /// It proves the address that is to take the place of the present one.
    NewAddress(String),
}

/// What a link opens: a page with one button, since mail programs open links by themselves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Enter {
    /// The secret of the link, sent along with the form.
    pub token: String,
    /// Whom it lets in.
    pub name: String,
    /// With which address.
    pub email: String,
    /// What it does.
    pub kind: EnterKind,
}

/// Why somebody sets a password by a link.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JoinKind {
    /// They were invited.
    Invitation,
    /// They have lost the old one.
    Reset,
}

/// Setting a password by a link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Join {
    /// Why.
    pub kind: JoinKind,
    /// The secret of the link, sent along with the form.
    pub token: String,
    /// Whose password it is.
    pub name: String,
    /// Their address: password managers keep the password under it.
    pub email: String,
    /// What is wrong.
    pub errors: Vec<FormError>,
}

/// Where somebody is signed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionRow {
    /// Program and system: `Firefox on Linux`.
    pub device: String,
    /// The address it came from.
    pub ip: Option<String>,
    /// Since when.
    pub since: Moment,
    /// When it was last used.
    pub last_seen: Moment,
    /// Whether it is the one that this page was asked for with.
    pub is_current: bool,
}

/// The own account.
#[derive(Clone, PartialEq, Debug)]
pub struct Account {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The role.
    pub role: Role,
    /// Whether the password can be changed; `Err` says why not, such as while somebody else acts.
    pub change_password: Result<(), String>,
    /// Whether the other sessions can be ended; `Err` says why not.
    pub end_sessions: Result<(), String>,
    /// Where one is signed in, this one first.
    pub sessions: Vec<SessionRow>,
    /// What is wrong with the form for the password.
    pub errors: Vec<FormError>,
}

/// Somebody to sign in as on a development server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DevPerson {
    /// The login.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The role.
    pub role: Role,
    /// The business, if there is one.
    pub tenant: Option<String>,
}

/// Everybody to sign in as on a development server.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DevLogin {
    /// The people of this host.
    pub people: Vec<DevPerson>,
}

/// What has become of a letter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LetterState {
    /// It goes out with the next turn of the worker.
    Waiting,
    /// It goes out later; when.
    Due(String),
    /// It was tried in vain and will be tried again; what went wrong.
    Failed(String),
    /// It went out; when.
    Sent(String),
    /// It never will; why.
    Void(String),
}

/// A letter in the inbox of a development server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InboxLetter {
    /// Names it in addresses.
    pub id: Uuid,
    /// What kind of letter.
    pub kind: &'static str,
    /// To whom.
    pub recipient: String,
    /// What about.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// When it was written, in UTC.
    pub at: String,
    /// What has become of it.
    pub state: LetterState,
    /// Whether it has a look besides the text.
    pub has_html: bool,
    /// What a calendar is to do with the file that goes along, if one does.
    pub calendar: Option<String>,
}
