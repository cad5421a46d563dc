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
    /// A day, or days.
    Calendar = "M4 7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2ZM4 10h16M8 3v4M16 3v4";
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
    /// Letters.
    Mail = "M3.5 7a2 2 0 0 1 2-2h13a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2ZM4 7l8 6 8-6";
    /// To be moved by hand.
    Move = "M12 3v18M3 12h18M9 6l3-3 3 3M9 18l3 3 3-3M6 9l-3 3 3 3M18 9l3 3-3 3";
    /// Stopped for the time being.
    Pause = "M9 6v12M15 6v12";
    /// A person.
    Person = "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM5 20c.5-3.5 3.3-5.5 7-5.5s6.5 2 7 5.5";
    /// Kept safe.
    Shield = "M12 3l8 3v6c0 4.5-3.3 7.7-8 9-4.7-1.3-8-4.5-8-9V6ZM8.5 12l2.5 2.5 4.5-5";
    /// The way out.
    SignOut = "M15 4h4a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1h-4M10 16l-4-4 4-4M6 12h9";
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
