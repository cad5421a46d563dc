//! The colour of a business: read, and made into colours that can be told apart from what they stand on, by the formula
//! of WCAG 2.2 (relative luminance, contrast ratio). What a business chooses is kept; what text is set in follows from it.

use std::fmt;

/// A colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// Least contrast of text (WCAG 1.4.3).
pub const TEXT: f64 = 4.5;

const WHITE: Colour = Colour::new(255, 255, 255);
const BLACK: Colour = Colour::new(0, 0, 0);

/// What text of the brand's colour stands on, as style/tokens.css has it: surface, page, raised surface.
const LIGHT: [Colour; 3] = [WHITE, Colour::new(0xf9, 0xf9, 0xfb), Colour::new(0xf0, 0xf0, 0xf3)];
/// The same in dark.
const DARK: [Colour; 3] = [Colour::new(0x18, 0x19, 0x1b), Colour::new(0x11, 0x11, 0x13), Colour::new(0x21, 0x22, 0x25)];

/// Text on them.
const LIGHT_TEXT: Colour = Colour::new(0x1c, 0x20, 0x24);
const DARK_TEXT: Colour = Colour::new(0xed, 0xee, 0xf0);

impl Colour {
    /// A colour of its parts.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Reads `#3e63dd`, with or without the sign, in either case; `#36d` is short for `#3366dd`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.strip_prefix('#').unwrap_or(text);
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let byte = |shift: u32| u8::try_from(number >> shift & 0xff).unwrap_or(0);
        let half = |shift: u32| u8::try_from((number >> shift & 0xf) * 17).unwrap_or(0);
        match digits.len() {
            6 => Some(Self::new(byte(16), byte(8), byte(0))),
            3 => Some(Self::new(half(8), half(4), half(0))),
            _ => None,
        }
    }

    /// WCAG's relative luminance, 0 to 1.
    pub fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// WCAG's contrast ratio of two colours, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The colour on the way to another: `part` of `whole` steps.
    fn toward(self, other: Self, part: u32, whole: u32) -> Self {
        let mix = |from: u8, to: u8| {
            let mixed = (u32::from(from) * (whole - part) + u32::from(to) * part + whole / 2) / whole;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Self::new(mix(self.red, other.red), mix(self.green, other.green), mix(self.blue, other.blue))
    }

    /// The least contrast with any of some colours.
    fn least_contrast(self, with: &[Self]) -> f64 {
        with.iter().map(|other| self.contrast(*other)).fold(f64::INFINITY, f64::min)
    }
}

/// What the brand's colour is in one scheme.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shades {
    /// Text, links and the ring around what has the focus.
    pub text: Colour,
    /// What is tinted, such as a day that has times; the text stands on it too.
    pub soft: Colour,
    /// Lines that only please.
    pub line: Colour,
}

/// All that follows from a brand's colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Palette {
    /// As chosen: what buttons are filled with.
    pub brand: Colour,
    /// Text on it: black or white, whichever stands out more.
    pub ink: Colour,
    /// A button under the pointer.
    pub hover: Colour,
    /// On a light page.
    pub light: Shades,
    /// On a dark page.
    pub dark: Shades,
}

impl Palette {
    /// Makes readable colours of one. Of black and white one always has 4.5 and more.
    pub fn of(brand: Colour) -> Self {
        let ink = if brand.contrast(WHITE) >= brand.contrast(BLACK) { WHITE } else { BLACK };
        // Away from the ink, so that the text on it only gains.
        let hover = brand.toward(if ink == WHITE { BLACK } else { WHITE }, 12, 100);
        Self { brand, ink, hover, light: shades(brand, &LIGHT, BLACK, 92), dark: shades(brand, &DARK, WHITE, 80) }
    }

    /// The custom properties of style/tokens.css that it takes the place of.
    pub fn css(&self) -> String {
        let Self { brand, ink, hover, light, dark } = self;
        let shades = |Shades { text, soft, line }: &Shades| {
            format!("--brand-text:{text};--brand-soft:{soft};--brand-line:{line};--focus:{text}")
        };
        format!(
            ":root{{--brand:{brand};--brand-ink:{ink};--brand-hover:{hover};{}}}\n\
             @media screen and (prefers-color-scheme:dark){{:root{{{}}}}}\n",
            shades(light),
            shades(dark)
        )
    }

    /// The same properties with the page's own, for a sample of one scheme within a page of any.
    pub fn sample(&self, is_dark: bool) -> String {
        let ([surface, ..], text, shades) = match is_dark {
            false => (LIGHT, LIGHT_TEXT, self.light),
            true => (DARK, DARK_TEXT, self.dark),
        };
        let Self { brand, ink, hover, .. } = self;
        let Shades { text: link, soft, line } = shades;
        format!(
            "--surface:{surface};--text:{text};--brand:{brand};--brand-ink:{ink};--brand-hover:{hover};\
             --brand-text:{link};--brand-soft:{soft};--brand-line:{line}"
        )
    }

    /// The least contrast of text on a button, of text on a light page, and of text on a dark page.
    pub fn ratios(&self) -> [f64; 3] {
        let least =
            |shades: &Shades, on: &[Colour; 3]| shades.text.least_contrast(on).min(shades.text.contrast(shades.soft));
        [self.ink.contrast(self.brand), least(&self.light, &LIGHT), least(&self.dark, &DARK)]
    }
}

/// The shades on some surfaces: text goes toward `end` only as far as it has to; `pale` percent of a tint are surface.
fn shades(brand: Colour, surfaces: &[Colour; 3], end: Colour, pale: u32) -> Shades {
    let [surface, ..] = surfaces;
    let soft = brand.toward(*surface, pale, 100);
    let line = brand.toward(*surface, 60, 100);
    let [first, second, third] = surfaces;
    let on = [*first, *second, *third, soft];
    let steps = (0..=64).map(|step| brand.toward(end, step, 64));
    let text = steps.into_iter().find(|text| text.least_contrast(&on) >= TEXT).unwrap_or(end);
    Shades { text, soft, line }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("a colour")
    }

    #[test]
    fn colours_are_read_and_written() {
        for (text, written) in [("#3E63DD", Some("#3e63dd")), (" 3e63dd ", Some("#3e63dd")), ("#36d", Some("#3366dd"))]
        {
            assert_eq!(Colour::parse(text).map(|c| c.to_string()).as_deref(), written);
        }
        for text in ["", "#", "#12345", "#1234567", "red", "#ggg", "#+12345", "\u{661}23456"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    /// Ratios that others publish.
    #[test]
    fn contrast_is_wcags() {
        for (a, b, ratio) in [
            ("#000", "#fff", 21.0),
            ("#fff", "#fff", 1.0),
            ("#777777", "#ffffff", 4.48),
            ("#767676", "#ffffff", 4.54),
            ("#3e63dd", "#ffffff", 5.2),
        ] {
            assert!((colour(a).contrast(colour(b)) - ratio).abs() < 0.05, "{a} on {b}");
        }
    }

    #[test]
    fn the_surfaces_are_those_of_the_style_sheet() {
        let tokens = include_str!("../../../style/tokens.css");
        let (light, dark) = tokens.split_once("prefers-color-scheme: dark").expect("a dark scheme");
        let value = |sheet: &str, name: &str| {
            let (_, rest) = sheet.split_once(&format!("{name}: ")).expect("a token");
            colour(rest.split(';').next().expect("a value"))
        };
        for (sheet, surfaces, text) in [(light, LIGHT, LIGHT_TEXT), (dark, DARK, DARK_TEXT)] {
            assert_eq!(["--surface", "--bg", "--surface-2"].map(|name| value(sheet, name)), surfaces);
            assert_eq!(value(sheet, "--text"), text);
        }
    }

    #[test]
    fn a_good_colour_is_left_as_it_is() {
        let palette = Palette::of(colour("#3a5bc7"));
        assert_eq!((palette.light.text, palette.ink), (palette.brand, WHITE));
        assert_ne!(palette.dark.text, palette.brand);
        assert_eq!(Palette::of(colour("#ffd000")).ink, BLACK);
        let css = palette.css();
        assert!(css.starts_with(":root{--brand:#3a5bc7;--brand-ink:#ffffff;--brand-hover:"), "{css}");
        assert!(css.contains("--focus:#3a5bc7}") && css.contains("prefers-color-scheme:dark"), "{css}");
    }

    #[test]
    fn every_colour_can_be_read() {
        for text in ["#ffff00", "#000000", "#ffffff", "#777777", "#808080", "#00ff00", "#ff0000", "#0000ff"] {
            assert_readable(colour(text));
        }
    }

    fn assert_readable(brand: Colour) {
        let palette = Palette::of(brand);
        assert!(palette.ratios().into_iter().all(|ratio| ratio >= TEXT), "{brand}: {:?}", palette.ratios());
        assert!(palette.ink.contrast(palette.hover) >= palette.ink.contrast(palette.brand) - 0.01, "{brand}");
    }

    proptest! {
        #[test]
        fn any_colour_can_be_read(red: u8, green: u8, blue: u8) {
            assert_readable(Colour::new(red, green, blue));
        }
    }
}
