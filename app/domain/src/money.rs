//! Money: minor units with a currency, never a float.

/// An amount as people read it: `€45.00`, `45.00 CHF`, `¥4500`. `currency` is an ISO 4217 code; the number of
/// decimals follows its exponent (ISO 4217, table A.1).
pub fn label(minor: i64, currency: &str) -> String {
    let decimals = match currency {
        "JPY" | "KRW" | "VND" | "CLP" | "ISK" | "UGX" | "XAF" | "XOF" | "PYG" => 0,
        "BHD" | "JOD" | "KWD" | "OMR" | "TND" => 3,
        _ => 2,
    };
    let unit = 10_u64.pow(decimals);
    let whole = minor.unsigned_abs();
    let sign = if minor < 0 { "\u{2212}" } else { "" };
    let number = match decimals {
        0 => format!("{whole}"),
        _ => format!("{}.{:0width$}", whole / unit, whole % unit, width = decimals as usize),
    };
    match currency {
        "EUR" => format!("{sign}€{number}"),
        "USD" => format!("{sign}${number}"),
        "GBP" => format!("{sign}£{number}"),
        "JPY" => format!("{sign}¥{number}"),
        other => format!("{sign}{number} {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn labels() {
        assert_eq!(label(4500, "EUR"), "€45.00");
        assert_eq!(label(4505, "CHF"), "45.05 CHF");
        assert_eq!(label(4500, "JPY"), "¥4500");
        assert_eq!(label(1, "KWD"), "0.001 KWD");
        assert_eq!(label(-250, "GBP"), "\u{2212}£2.50");
    }
}
