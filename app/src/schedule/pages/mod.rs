//! The pages of the calendar: a day of the team, one appointment, and the requests that wait. All work without script.

mod appointment;
mod day;
mod requests;

pub use appointment::appointment;
pub use day::day;
pub use requests::requests;

use jiff::civil::Date;

fn day_link(date: Date) -> String {
    format!("/schedule?date={date}")
}
