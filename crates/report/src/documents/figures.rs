//! Figures as documents print them.

use jiff::civil::Date;

/// `1250` → `1,250`.
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 deficiency`, `2,000 deficiencies`.
pub(super) fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{} {}", thousands(number as u64), if number == 1 { one } else { several })
}

/// `1250000` → `1,250,000`; what is no number is a dash.
pub(super) fn money(amount: f64) -> String {
    if !amount.is_finite() {
        return "–".to_owned();
    }
    let sign = if amount <= -0.5 { "−" } else { "" };
    format!("{sign}{}", thousands(amount.abs().round() as u64))
}

/// `540,000 (539,400 – 540,600)`: the estimate with its bracket, which is left out when it has no width.
pub(super) fn range((likely, low, high): (f64, f64, f64)) -> String {
    if low >= high {
        return money(likely);
    }
    format!("{} ({} – {})", money(likely), money(low), money(high))
}

/// `0.0312` → `3.12 %`.
pub(super) fn percent(share: f64) -> String {
    format!("{:.2} %", share * 100.0)
}

/// How much of a whole, in whole percents; a part that is not nothing never reads as nothing, nor one that is not all as all.
pub(super) fn share(part: u32, whole: u32) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let percent = 100.0 * f64::from(part) / f64::from(whole);
    match percent {
        more if part > 0 && more < 1.0 => "under 1 %".to_owned(),
        less if part < whole && less > 99.0 => "over 99 %".to_owned(),
        percent => format!("{percent:.0} %"),
    }
}

/// Labels on one line; of many the first and the last, which stand in catalogue order.
pub(super) fn several(labels: &[String]) -> String {
    match labels {
        [first, .., last] if labels.len() > 6 => format!("{first} to {last} ({} statements)", labels.len()),
        labels => labels.join(", "),
    }
}

/// A day, or words in its place.
pub(super) fn day_or(date: Option<Date>, otherwise: &str) -> String {
    date.map_or_else(|| otherwise.to_owned(), |date| date.to_string())
}

/// A text at most so long; the cut is marked.
pub(super) fn clipped(text: &str, most: usize) -> String {
    let text = text.trim();
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_and_shares_honest() {
        assert_eq!(counted(1_250, "item", "items"), "1,250 items");
        assert_eq!((money(-1_250_000.4).as_str(), money(f64::NAN).as_str()), ("−1,250,000", "–"));
        assert_eq!((share(1, 1_000).as_str(), share(999, 1_000).as_str()), ("under 1 %", "over 99 %"));
        assert_eq!((share(0, 9).as_str(), share(9, 9).as_str(), share(0, 0).as_str()), ("0 %", "100 %", "–"));
        assert_eq!(clipped("  äöü ß  ", 3), "äöü…");
    }
}
