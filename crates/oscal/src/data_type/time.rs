//! Dates, times and durations (ISO 8601 as XML Schema writes it).

/// Takes a number of exactly `width` digits off the front.
fn number(text: &str, width: usize) -> Option<(u32, &str)> {
    let digits = text.get(..width)?;
    let all = digits.bytes().all(|byte| byte.is_ascii_digit());
    Some((digits.parse().ok().filter(|_| all)?, &text[width..]))
}

/// Takes a date off the front and gives what follows.
pub(super) fn date(text: &str) -> Option<&str> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let width = unsigned.find('-').filter(|width| (4..=9).contains(width))?;
    if width > 4 && unsigned.starts_with('0') {
        return None;
    }
    let (year, rest) = number(unsigned, width)?;
    let (month, rest) = number(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = number(rest.strip_prefix('-')?, 2)?;
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    (1..=days).contains(&day).then_some(rest)
}

/// Takes a date and a time off the front and gives what follows.
pub(super) fn date_time(text: &str) -> Option<&str> {
    let rest = date(text)?.strip_prefix('T')?;
    let (hour, rest) = number(rest, 2)?;
    let (minute, rest) = number(rest.strip_prefix(':')?, 2)?;
    let (second, mut rest) = number(rest.strip_prefix(':')?, 2)?;
    let mut fraction = false;
    if let Some(digits) = rest.strip_prefix('.') {
        let end = digits.bytes().take_while(u8::is_ascii_digit).count();
        if end == 0 {
            return None;
        }
        fraction = digits[..end].bytes().any(|byte| byte != b'0');
        rest = &digits[end..];
    }
    let midnight = hour == 24 && minute == 0 && second == 0 && !fraction;
    (midnight || (hour < 24 && minute < 60 && second < 60)).then_some(rest)
}

/// `Z` or an offset up to 14 hours.
pub(super) fn is_zone(text: &str) -> bool {
    if text == "Z" {
        return true;
    }
    let Some((hour, rest)) = text.strip_prefix(['+', '-']).and_then(|rest| number(rest, 2)) else {
        return false;
    };
    let Some((minute, rest)) = rest.strip_prefix(':').and_then(|rest| number(rest, 2)) else { return false };
    rest.is_empty() && minute < 60 && (hour < 14 || (hour == 14 && minute == 0))
}

/// `P` and numbers with days; after `T` with hours, minutes, seconds.
pub(super) fn is_day_time_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('-').unwrap_or(text).strip_prefix('P') else { return false };
    match rest.split_once('T') {
        Some((days, time)) => (days.is_empty() || is_units(days, "D")) && is_units(time, "HMS"),
        None => is_units(rest, "D"),
    }
}

/// `P` and numbers with years and months.
pub(super) fn is_year_month_duration(text: &str) -> bool {
    text.strip_prefix('-').unwrap_or(text).strip_prefix('P').is_some_and(|rest| is_units(rest, "YM"))
}

/// One or more numbers, each with one of `units`, in their order; only seconds may have a fraction.
fn is_units(text: &str, units: &str) -> bool {
    let mut rest = text;
    let mut from = 0;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let fraction = match rest[digits..].strip_prefix('.') {
            Some(after) => 1 + after.bytes().take_while(u8::is_ascii_digit).count(),
            None => 0,
        };
        let Some(unit) = rest[digits + fraction..].chars().next() else { return false };
        let Some(place) = units.find(unit).filter(|place| *place >= from) else { return false };
        if digits == 0 || fraction == 1 || (fraction > 0 && unit != 'S') {
            return false;
        }
        from = place + 1;
        rest = &rest[digits + fraction + unit.len_utf8()..];
    }
    from > 0
}
