//! The paths of the own area, and of a booking's own page.

mod area;
mod change;
mod data;

pub use area::{change_email, list, profile, save_profile};
pub use change::{
    booked, booked_signed_in, cancel, cancel_page, cancel_page_signed_in, cancel_signed_in, move_page,
    move_page_signed_in, move_signed_in, move_to,
};
pub use data::{delete, delete_page, export};
