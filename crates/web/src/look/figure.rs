//! Figures as text, as the language of the request writes them: thousands apart, decimal point or comma, money with its
//! unit, percentages. Only what people read is made here; files for machines are not.

use crate::language::{self, Grouping};

/// `1189` → `1,189`.
pub fn thousands(number: i64) -> String {
    let apart = match language::current().grouping {
        Grouping::Comma => ',',
        Grouping::Space => '\u{202f}',
    };
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('−');
    }
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(apart);
        }
        text.push(digit);
    }
    text
}

/// What parts whole from decimals.
fn point() -> char {
    match language::current().grouping {
        Grouping::Comma => '.',
        Grouping::Space => ',',
    }
}

/// A number written with a point, as the language writes it, and what follows it, such as a unit, kept beside it.
fn localised(number: &str, unit: &str) -> String {
    let (point, space) = match language::current().grouping {
        Grouping::Comma => (".", " "),
        Grouping::Space => (",", "\u{202f}"),
    };
    let number = number.replace('.', point);
    if unit.is_empty() { number } else { format!("{number}{space}{unit}") }
}

/// A number with so many decimals.
pub fn decimals(number: f64, digits: usize) -> String {
    localised(&format!("{number:.digits$}"), "")
}

/// A number for an axis or a label: whole when it is whole, else one decimal; thousands separated. Numbers
/// that are not finite read `–`.
pub fn plain(number: f64) -> String {
    if !number.is_finite() {
        return "–".to_owned();
    }
    let rounded = (number * 10.0).round() / 10.0;
    let whole = thousands(rounded.trunc() as i64);
    if rounded.fract() == 0.0 {
        return whole;
    }
    let sign = if rounded < 0.0 && rounded.trunc() == 0.0 { "−" } else { "" };
    format!("{sign}{whole}{}{}", point(), (rounded.fract().abs() * 10.0).round() as i64)
}

/// A share of one as a percentage: `0.834` → `83 %`.
pub fn percent(share: f64) -> String {
    if share.is_finite() {
        localised(&((share * 100.0).round() as i64).to_string(), "%")
    } else {
        "–".to_owned()
    }
}

/// A small share of one as a percentage with the digits it needs: `0.0042` → `0.42 %`.
pub fn small_percent(share: f64) -> String {
    let percent = share * 100.0;
    if !percent.is_finite() {
        return "–".to_owned();
    }
    let digits = if percent >= 9.95 || percent == 0.0 {
        0
    } else if percent >= 0.995 {
        1
    } else {
        2
    };
    let text = format!("{percent:.digits$}");
    let text = if digits > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    localised(text, "%")
}

/// An amount in three digits with its thousands: `1_250_000` → `1.25 M`.
pub fn short_money(amount: f64) -> String {
    if !amount.is_finite() {
        return "–".to_owned();
    }
    let size = amount.abs();
    let milliard = match language::current().grouping {
        Grouping::Comma => "G",
        Grouping::Space => "Md",
    };
    let (scaled, unit) = match size {
        size if size >= 999.5e6 => (amount / 1e9, milliard),
        size if size >= 999.5e3 => (amount / 1e6, "M"),
        size if size >= 999.5 => (amount / 1e3, "k"),
        _ => (amount, ""),
    };
    let digits = if scaled.abs() >= 99.95 || unit.is_empty() {
        0
    } else if scaled.abs() >= 9.995 {
        1
    } else {
        2
    };
    let text = format!("{scaled:.digits$}");
    let text = if digits > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { localised("0", unit) } else { localised(&text.replace('-', "−"), unit) }
}

/// A coordinate for SVG: at most two decimals, never `NaN`.
pub fn coordinate(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// The text cut to so many characters, with an ellipsis when something was cut.
pub fn cut(text: &str, characters: usize) -> String {
    if text.chars().count() <= characters {
        return text.to_owned();
    }
    let kept: String = text.chars().take(characters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_small_shares_are_short() {
        let amounts = [
            (0.0, "0"),
            (950.4, "950"),
            (1_500.0, "1.5 k"),
            (999_600.0, "1 M"),
            (12_345_678.0, "12.3 M"),
            (-2_000.0, "−2 k"),
        ];
        for (amount, text) in amounts {
            assert_eq!(short_money(amount), text);
        }
        for (share, text) in
            [(0.0, "0 %"), (0.0042, "0.42 %"), (0.05, "5 %"), (0.123, "12 %"), (1.0, "100 %")]
        {
            assert_eq!(small_percent(share), text);
        }
        assert_eq!(short_money(f64::NAN), "–");
    }

    #[test]
    fn figures_follow_the_language() {
        let french = language::LANGUAGES.into_iter().find(|language| language.tag == "fr").unwrap();
        language::speaking(french, || {
            assert_eq!(thousands(-1_234_567), "−1\u{202f}234\u{202f}567");
            assert_eq!(plain(1189.25), "1\u{202f}189,3");
            assert_eq!(percent(0.834), "83\u{202f}%");
            assert_eq!(small_percent(0.0042), "0,42\u{202f}%");
            assert_eq!(short_money(12_345_678.0), "12,3\u{202f}M");
            assert_eq!(short_money(-2e9), "−2\u{202f}Md");
            assert_eq!(coordinate(12.5), "12.5", "a coordinate is for a machine");
        });
    }

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(thousands(1_189), "1,189");
        assert_eq!(thousands(-1_234_567), "−1,234,567");
        assert_eq!(thousands(999), "999");
        assert_eq!(plain(1189.25), "1,189.3");
        assert_eq!(plain(-0.5), "−0.5");
        assert_eq!(plain(f64::NAN), "–");
        assert_eq!(percent(0.834), "83 %");
    }

    #[test]
    fn coordinates_are_short_and_finite() {
        assert_eq!(coordinate(12.5), "12.5");
        assert_eq!(coordinate(-0.001), "0");
        assert_eq!(coordinate(f64::INFINITY), "0");
    }

    #[test]
    fn cutting_counts_characters_not_bytes() {
        assert_eq!(cut("Wärmetauscher", 6), "Wärme…");
        assert_eq!(cut("short", 6), "short");
    }
}
