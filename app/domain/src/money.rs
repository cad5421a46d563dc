//! Money: minor units with a currency, never a float.

/// An amount as people read it: `€45.00`, `45.00 CHF`, `¥4500`. `currency` is an ISO 4217 code; the number of
/// decimals follows its exponent (ISO 4217, table A.1).
pub fn label(minor: i64, currency: &str) -> String {
    let number = plain(minor.unsigned_abs(), currency);
    let sign = if minor < 0 { "\u{2212}" } else { "" };
    match currency {
        "EUR" => format!("{sign}€{number}"),
        "USD" => format!("{sign}${number}"),
        "GBP" => format!("{sign}£{number}"),
        "JPY" => format!("{sign}¥{number}"),
        other => format!("{sign}{number} {other}"),
    }
}

/// How many decimals a currency has.
pub fn decimals(currency: &str) -> u32 {
    match currency {
        "JPY" | "KRW" | "VND" | "CLP" | "ISK" | "UGX" | "XAF" | "XOF" | "PYG" => 0,
        "BHD" | "JOD" | "KWD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

/// An amount as it is typed: `45.00`.
pub fn plain(minor: u64, currency: &str) -> String {
    let decimals = decimals(currency);
    let unit = 10_u64.pow(decimals);
    match decimals {
        0 => format!("{minor}"),
        _ => format!("{}.{:0width$}", minor / unit, minor % unit, width = decimals as usize),
    }
}

/// Reads an amount as people type it, with a point or a comma before the decimals; no more of them than the currency has.
pub fn parse(text: &str, currency: &str) -> Option<i64> {
    let (whole, fraction) = match text.trim().split_once(['.', ',']) {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return None,
        None => (text.trim(), ""),
    };
    let decimals = decimals(currency) as usize;
    let is_plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    // Nine digits before the point are more than anything costs, and far from what the number can hold.
    if whole.is_empty() || whole.len() > 9 || fraction.len() > decimals || !is_plain(whole) || !is_plain(fraction) {
        return None;
    }
    format!("{whole}{fraction:0<decimals$}").parse().ok()
}

/// The currencies that a business can choose: code and name.
pub const CURRENCIES: &[(&str, &str)] = &[
    ("EUR", "Euro"),
    ("USD", "US dollar"),
    ("GBP", "Pound sterling"),
    ("CHF", "Swiss franc"),
    ("AED", "UAE dirham"),
    ("ARS", "Argentine peso"),
    ("AUD", "Australian dollar"),
    ("BGN", "Bulgarian lev"),
    ("BRL", "Brazilian real"),
    ("CAD", "Canadian dollar"),
    ("CLP", "Chilean peso"),
    ("CNY", "Chinese yuan"),
    ("COP", "Colombian peso"),
    ("CZK", "Czech koruna"),
    ("DKK", "Danish krone"),
    ("HKD", "Hong Kong dollar"),
    ("HUF", "Hungarian forint"),
    ("IDR", "Indonesian rupiah"),
    ("ILS", "Israeli shekel"),
    ("INR", "Indian rupee"),
    ("ISK", "Icelandic kr\u{f3}na"),
    ("JPY", "Japanese yen"),
    ("KRW", "South Korean won"),
    ("KWD", "Kuwaiti dinar"),
    ("MXN", "Mexican peso"),
    ("MYR", "Malaysian ringgit"),
    ("NOK", "Norwegian krone"),
    ("NZD", "New Zealand dollar"),
    ("PHP", "Philippine peso"),
    ("PLN", "Polish z\u{142}oty"),
    ("RON", "Romanian leu"),
    ("SAR", "Saudi riyal"),
    ("SEK", "Swedish krona"),
    ("SGD", "Singapore dollar"),
    ("THB", "Thai baht"),
    ("TRY", "Turkish lira"),
    ("TWD", "Taiwan dollar"),
    ("UAH", "Ukrainian hryvnia"),
    ("VND", "Vietnamese dong"),
    ("ZAR", "South African rand"),
];

#[cfg(test)]
mod tests {
    use super::{label, parse, plain};

    #[test]
    fn amounts_are_read_as_they_are_written() {
        for (text, currency, minor) in [
            ("48.00", "EUR", Some(4800)),
            (" 48 ", "EUR", Some(4800)),
            ("48,5", "EUR", Some(4850)),
            ("4800", "JPY", Some(4800)),
            ("1.005", "KWD", Some(1005)),
            ("0", "EUR", Some(0)),
            ("48.005", "EUR", None),
            ("48.", "EUR", None),
            ("4.8", "JPY", None),
            ("-1", "EUR", None),
            ("1.000,00", "EUR", None),
            ("9999999999", "EUR", None),
            ("\u{664}8", "EUR", None),
            ("", "EUR", None),
        ] {
            assert_eq!(parse(text, currency), minor, "{text} {currency}");
        }
        for (minor, currency) in [(0, "EUR"), (4805, "CHF"), (7, "JPY"), (1, "KWD")] {
            assert_eq!(parse(&plain(minor, currency), currency), i64::try_from(minor).ok());
        }
    }

    #[test]
    fn labels() {
        assert_eq!(label(4500, "EUR"), "€45.00");
        assert_eq!(label(4505, "CHF"), "45.05 CHF");
        assert_eq!(label(4500, "JPY"), "¥4500");
        assert_eq!(label(1, "KWD"), "0.001 KWD");
        assert_eq!(label(-250, "GBP"), "\u{2212}£2.50");
    }
}
