//! Icons: one path each on a 24 by 24 grid, drawn in the colour of the text beside them.

use leptos::prelude::*;

macro_rules! glyphs {
    ($($(#[$doc:meta])* $name:ident = $path:literal;)+) => {
        /// What an icon shows.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Glyph { $($(#[$doc])* $name),+ }

        impl Glyph {
            fn path(self) -> &'static str {
                match self { $(Self::$name => $path),+ }
            }
        }
    };
}

glyphs! {
    /// Onwards.
    ArrowRight = "M5 12h14M13 6l6 6-6 6";
    /// Back.
    ArrowLeft = "M19 12H5M11 6l-6 6 6 6";
    /// A business.
    Building = "M5 21V5a1 1 0 0 1 1-1h8a1 1 0 0 1 1 1v16M15 9h3a1 1 0 0 1 1 1v11M3 21h18M8.5 8h3M8.5 12h3M8.5 16h3";
    /// To be taken out.
    Download = "M12 4v11M7.5 11 12 15.5 16.5 11M5 20h14";
    /// A day, or days.
    Calendar = "M4 7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2ZM4 10h16M8 3v4M16 3v4";
    /// Figures, one beside the other.
    Chart = "M4 20V4M4 20h16M8.5 16v-4M13 16V8M17.5 16v-6";
    /// Done, or in order.
    Check = "M5 12.5 9.5 17 19 7.5";
    /// The step before.
    ChevronLeft = "M15 6l-6 6 6 6";
    /// The step after.
    ChevronRight = "M9 6l6 6-6 6";
    /// A time or a length of time.
    Clock = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7.5V12l3 2";
    /// Ended, or called off.
    Cross = "M6 6l12 12M18 6 6 18";
    /// Something needs another value.
    Error = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 8v4.5M12 16h.01";
    /// Another site.
    External = "M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5";
    /// A zone, or the public site.
    Globe = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM3 12h18M12 3c2.5 2.5 3.5 5.5 3.5 9s-1 6.5-3.5 9c-2.5-2.5-3.5-5.5-3.5-9s1-6.5 3.5-9Z";
    /// Something worth knowing.
    Info = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 11v5M12 8h.01";
    /// A customer.
    Heart = "M12 20s-7.5-4.6-7.5-10A4.2 4.2 0 0 1 12 7.4 4.2 4.2 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10Z";
    /// Somebody who helps.
    Help = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.9-1.1 1.8M12 16.5h.01";
    /// What opens doors.
    Key = "M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM11 12.5 20 4M16.5 7.5l3 3";
    /// One below the other.
    List = "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01";
    /// Written down, line by line.
    Log = "M6 3h9l4 4v14H6ZM14.5 3v4.5H19M9.5 12h6M9.5 16h6";
    /// Letters.
    Mail = "M3.5 7a2 2 0 0 1 2-2h13a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2ZM4 7l8 6 8-6";
    /// Somebody who acts as somebody else.
    Mask = "M4 6c5 1.5 11 1.5 16 0 1 7-2 13-8 13S3 13 4 6ZM8 10.5c1-.7 2-.7 3 0M13 10.5c1-.7 2-.7 3 0M9.5 14.5c1.5 1 3.5 1 5 0";
    /// There is more of it.
    More = "M5 12h.01M12 12h.01M19 12h.01";
    /// To be moved by hand.
    Move = "M12 3v18M3 12h18M9 6l3-3 3 3M9 18l3 3 3-3M6 9l-3 3 3 3M18 9l3 3-3 3";
    /// Stopped for the time being.
    Pause = "M9 6v12M15 6v12";
    /// Several people.
    People = "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 19.5c.5-3 3-5 6.5-5s6 2 6.5 5M16 5a3.3 3.3 0 0 1 0 6.3M18 14.8c2 .7 3.2 2.3 3.5 4.7";
    /// A person.
    Person = "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM5 20c.5-3.5 3.3-5.5 7-5.5s6.5 2 7 5.5";
    /// Something to look for.
    Search = "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM16 16l4.5 4.5";
    /// One more.
    Plus = "M12 5v14M5 12h14";
    /// What can be set.
    Settings = "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4";
    /// Kept safe.
    Shield = "M12 3l8 3v6c0 4.5-3.3 7.7-8 9-4.7-1.3-8-4.5-8-9V6ZM8.5 12l2.5 2.5 4.5-5";
    /// The way out.
    SignOut = "M15 4h4a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1h-4M10 16l-4-4 4-4M6 12h9";
    /// Something that stands out.
    Star = "M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9L3.5 9.7l5.9-.8Z";
    /// Layers, one upon the other.
    Stack = "M12 3 3 8l9 5 9-5ZM3 12.5l9 5 9-5M3 17l9 5 9-5";
    /// The day that it is.
    Sun = "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4";
    /// What something costs.
    Tag = "M4 4h8l8.5 8.5-8 8L4 12ZM8 8h.01";
    /// On trial, with a term.
    Trial = "M7 3h10M7 21h10M8 3v3.5l4 5.5-4 5.5V21M16 3v3.5L12 12l4 5.5V21";
    /// Be careful.
    Warning = "M12 4 2.8 19.5h18.4ZM12 10v4M12 17h.01";
}

/// An icon. It is never the only carrier of a meaning, so it is hidden from those who listen.
#[component]
pub fn Icon(
    /// What it shows.
    glyph: Glyph,
    /// Its width and height in pixels.
    #[prop(default = 20)]
    size: u8,
) -> impl IntoView {
    view! {
        <svg width=size height=size viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
            <path d=glyph.path()/>
        </svg>
    }
}
