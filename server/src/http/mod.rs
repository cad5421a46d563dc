//! From a socket to a room: host, headers, origin, session, and then the site's own table of paths.

pub mod assets;
pub mod csv;
mod envelope;
mod extract;
pub mod flash;
mod origin;
pub(crate) mod person;
mod router;
pub mod show;

pub use extract::{Cx, FormOf, PathOf, QueryOf, html, see_other};
pub use router::{Endpoint, Reach, endpoints, router};
