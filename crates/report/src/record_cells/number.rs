//! Numbers as people write them.

use serde_json::{Number, Value};

/// The number in plain digits.
pub(super) fn shown(number: &Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() => float.to_string(),
        _ => number.to_string(),
    }
}

/// A whole number.
pub(super) fn integer(text: &str) -> Result<Value, String> {
    let digits = plain(text)?;
    if let Ok(number) = digits.parse::<i64>() {
        return Ok(Value::from(number));
    }
    if let Ok(number) = digits.parse::<u64>() {
        return Ok(Value::from(number));
    }
    match digits.parse::<f64>() {
        // A spreadsheet may say 12.0; above 2^53 it would no longer be the number meant.
        Ok(number) if number.fract() == 0.0 && number.abs() < 9e15 => Ok(Value::from(number as i64)),
        _ => Err(format!("`{}` is not a whole number", super::excerpt(text))),
    }
}

/// A number.
pub(super) fn decimal(text: &str) -> Result<Value, String> {
    let number = plain(text)?.parse::<f64>().ok().and_then(Number::from_f64);
    number.map(Value::Number).ok_or_else(|| not_a_number(text))
}

/// An amount: a number with or without a currency sign or three-letter code on either side.
pub(super) fn money(text: &str) -> Result<Value, String> {
    const SIGNS: [char; 4] = ['$', '€', '£', '¥'];
    let is_code = |code: &str| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    let (minus, unsigned) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest.trim_start()));
    let mut amount = unsigned.trim_start_matches(SIGNS).trim_end_matches(SIGNS).trim();
    if let Some((code, rest)) = amount.split_at_checked(3)
        && is_code(code)
    {
        amount = rest.trim();
    } else if let Some((rest, code)) = amount.split_at_checked(amount.len().saturating_sub(3))
        && is_code(code)
    {
        amount = rest.trim();
    }
    decimal(&format!("{minus}{amount}")).map_err(|_| not_a_number(text))
}

/// The digits without thousands separators (comma, blank, apostrophe), which must stand at thousands.
fn plain(text: &str) -> Result<String, String> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let is_separator = |c: char| matches!(c, ',' | ' ' | '\'' | '’' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    let mut groups = whole.split(is_separator);
    let first = groups.next().unwrap_or_default();
    let mut digits = first.to_owned();
    let leading = first.trim_start_matches(['-', '+']).len();
    for group in groups {
        let thousands =
            group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()) && (1..=3).contains(&leading);
        if !thousands {
            return Err(format!("{}; write decimals with a point, such as 1234.5", not_a_number(text)));
        }
        digits.push_str(group);
    }
    if let Some(fraction) = fraction {
        digits.push('.');
        digits.push_str(fraction);
    }
    let numeric = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E');
    if digits.chars().all(numeric) { Ok(digits) } else { Err(not_a_number(text)) }
}

fn not_a_number(text: &str) -> String {
    format!("`{}` is not a number", super::excerpt(text))
}
