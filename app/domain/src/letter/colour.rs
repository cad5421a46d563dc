//! A business's colour in a letter, as far as what is written on it can be read.

/// The product's own, as in `style/tokens.css`; letters have no style sheet to take it from.
const OWN: &str = "#3e63dd";
/// The page of a letter.
const PAGE: &str = "#ffffff";

/// A ground for a button, and the ink to write on it: contrast of 4.5 at least (WCAG 2.2, 1.4.3), and the button stands
/// out from the page by 3 (1.4.11).
pub(super) fn button(colour: Option<&str>) -> (String, &'static str) {
    let ground = colour.filter(|colour| contrast(colour, PAGE).is_some_and(|ratio| ratio >= 3.0)).unwrap_or(OWN);
    let on_white = contrast(ground, "#ffffff").unwrap_or(1.0);
    (ground.to_owned(), if on_white >= 4.5 { "#ffffff" } else { "#000000" })
}

fn contrast(one: &str, other: &str) -> Option<f64> {
    let (one, other) = (luminance(one)?, luminance(other)?);
    Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
}

fn luminance(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?) / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_colour_the_words_on_it_can_be_read() {
        for red in (0..=255).step_by(15) {
            for green in (0..=255).step_by(15) {
                for blue in (0..=255).step_by(15) {
                    let colour = format!("#{red:02x}{green:02x}{blue:02x}");
                    let (ground, ink) = button(Some(&colour));
                    assert!(contrast(&ground, ink).expect("colours") >= 4.5, "{colour}: {ink} on {ground}");
                    assert!(contrast(&ground, PAGE).expect("colours") >= 3.0, "{colour}: {ground}");
                }
            }
        }
    }

    #[test]
    fn a_colour_that_is_none_is_the_products_own() {
        for colour in [None, Some("red"), Some("#fff"), Some("#12345g"), Some("#\u{e9}\u{e9}\u{e9}"), Some("#ffff00")] {
            assert_eq!(button(colour), (OWN.to_owned(), "#ffffff"), "{colour:?}");
        }
        assert_eq!(button(Some("#b5179e")), ("#b5179e".to_owned(), "#ffffff"));
    }
}
