//! Instants and days. Instants are stored as UTC microseconds; days are civil dates at UTC.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Microseconds since 1970-01-01T00:00Z, as stored.
pub fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// The instant of stored microseconds; out-of-range values become the epoch's nearest representable end.
pub fn from_micros(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(if micros < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

/// The civil day of an instant at UTC.
pub fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// The first instant of a day at UTC.
pub fn start_of(date: Date) -> Timestamp {
    date.to_zoned(TimeZone::UTC).map(|z| z.timestamp()).unwrap_or(Timestamp::MAX)
}

/// The first instant after a day at UTC: something due *on* the day is overdue from here on.
pub fn end_of(date: Date) -> Timestamp {
    date.tomorrow().map(start_of).unwrap_or(Timestamp::MAX)
}

/// Whole days from `from` to `to` (negative when `to` lies before).
pub fn days_between(from: Timestamp, to: Timestamp) -> i64 {
    (to.as_second() - from.as_second()).div_euclid(86_400)
}

/// `at` moved by whole days, saturating at the ends of time.
pub fn plus_days(at: Timestamp, days: i64) -> Timestamp {
    from_micros(micros(at).saturating_add(days.saturating_mul(86_400_000_000)))
}

/// Reads an RFC 3339 instant or a bare `YYYY-MM-DD` day (its first instant at UTC).
pub fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let at_utc = |local: jiff::civil::DateTime| local.to_zoned(TimeZone::UTC).ok().map(|z| z.timestamp());
    let instant = text.parse::<Timestamp>().ok();
    instant.or_else(|| text.parse::<jiff::civil::DateTime>().ok().and_then(at_utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_due_today_is_overdue_only_tomorrow() {
        let date: Date = "2026-11-23".parse().unwrap();
        let last_second = parse("2026-11-23T23:59:59Z").unwrap();
        assert!(last_second < end_of(date));
        assert_eq!(end_of(date), parse("2026-11-24").unwrap());
        assert_eq!(days_between(start_of(date), end_of(date)), 1);
    }

    #[test]
    fn instants_without_zone_are_read_at_utc() {
        assert_eq!(parse("2026-11-23T10:00:00"), parse("2026-11-23T10:00:00Z"));
        assert_eq!(parse("tomorrow"), None);
    }
}
