//! The words and notations of many tools for severities, outcomes and instants.

use crate::text;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use warrant_model::fact::Outcome;
use warrant_model::level::Severity;

/// A severity in any of the usual spellings (`HIGH`, `Major`, `HIGH_SEVERITY`, `3.0-medium`). `None` when
/// there is no such word in it.
pub fn severity(text: &str) -> Option<Severity> {
    Severity::from_word(text).or_else(|| {
        let lower = text.to_ascii_lowercase();
        lower.split(|c: char| !c.is_ascii_alphanumeric()).find_map(|word| {
            Some(match word {
                "urgent" | "crit" | "fatal" | "emergency" | "p1" => Severity::Critical,
                "major" | "severe" | "danger" | "p2" | "alert" => Severity::High,
                "mid" | "med" | "average" | "p3" | "warnings" => Severity::Medium,
                "p4" | "trivial" | "unimportant" | "advisory" | "notice" | "weak" | "suggestion" => {
                    Severity::Low
                }
                "ok" | "p5" | "recommendation" | "hint" | "style" | "best" | "optional" | "unspecified"
                | "undefined" | "untriaged" | "debug" | "verbose" => Severity::None,
                word => return Severity::from_word(word),
            })
        })
    })
}

/// An outcome in any of the usual spellings.
pub fn outcome(text: &str) -> Option<Outcome> {
    Some(match text.trim().to_ascii_lowercase().replace(['-', ' '], "_").as_str() {
        "pass" | "passed" | "ok" | "success" | "succeeded" | "compliant" | "true" | "good" | "secure" => {
            Outcome::Pass
        }
        "fixed" | "remediated" => Outcome::Fixed,
        "fail" | "failed" | "failure" | "noncompliant" | "non_compliant" | "not_compliant" | "false"
        | "warn" | "warning" | "bad" | "insecure" | "high" | "critical" | "unhealthy" => Outcome::Fail,
        "error" => Outcome::Error,
        "not_applicable" | "notapplicable" | "n/a" | "na" | "not_available" => Outcome::NotApplicable,
        "skip" | "skipped" | "not_checked" | "notchecked" | "not_reviewed" | "manual" | "not_run"
        | "note" | "excluded" => Outcome::NotChecked,
        "not_selected" | "notselected" => Outcome::NotSelected,
        "info" | "informational" => Outcome::Informational,
        "unknown" | "indeterminate" => Outcome::Unknown,
        _ => return None,
    })
}

/// Notations with an offset.
const ZONED: &[&str] = &[
    "%a %b %d %H:%M:%S %Z %Y",
    "%a, %d %b %Y %H:%M:%S %z",
    "%a %d %b %Y %H:%M:%S %z",
    "%Y-%m-%d %H:%M:%S %z",
    "%Y-%m-%d %H:%M:%S%.f%:z",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%dT%H:%M:%S%.f%z",
];

/// Notations of day and time without an offset, taken as UTC. Of two readings of a day written in figures the
/// one with the month first is tried first, as the tools that write so are American.
const CIVIL: &[&str] = &[
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%d/%m/%Y %I:%M %p",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y, %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d-%b-%Y %H:%M:%S",
    "%d %b %Y %H:%M:%S",
    "%d %b %Y %I:%M%p",
    "%a %b %d %H:%M:%S %Y",
    "%A, %B %d, %Y %I:%M:%S %p",
    "%B %d, %Y %I:%M:%S %p",
    "%b %d, %Y %H:%M:%S",
    "%b %d, %Y %I:%M:%S %p",
    "%Y%m%dT%H%M%S",
    "%Y%m%d-%H%M%S",
];

/// Notations of a day.
const DAYS: &[&str] =
    &["%Y-%m-%d", "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%B %d, %Y", "%b %d, %Y"];

/// An instant in any of the usual notations: RFC 3339, seconds or milliseconds since 1970, and what tools
/// write for people. Without an offset it is taken as UTC.
pub fn instant(written: &str) -> Option<Timestamp> {
    let written = written.trim();
    let short: String = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let short = short.trim_end_matches(" UTC").trim_end_matches(" GMT").trim_end_matches(" (UTC)");
    if let Some(at) = text::instant(short) {
        return Some(at);
    }
    if let Ok(number) = short.parse::<f64>() {
        let seconds = match number {
            n if (1e8..1e10).contains(&n) => n,
            n if (1e11..1e13).contains(&n) => n / 1e3,
            n if (1e14..1e16).contains(&n) => n / 1e6,
            _ => return None,
        };
        return Timestamp::from_millisecond((seconds * 1e3) as i64).ok();
    }
    let zoned = ZONED.iter().find_map(|format| Timestamp::strptime(format, short).ok());
    let civil = || CIVIL.iter().find_map(|format| DateTime::strptime(format, short).ok());
    let day =
        || DAYS.iter().find_map(|format| Date::strptime(format, short).ok()).map(|day| day.at(0, 0, 0, 0));
    let civil = || civil().or_else(day)?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    zoned.or_else(civil).filter(|at| at.as_second() > 315_532_800)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_in_many_notations_are_the_same() {
        let at = instant("2024-05-13T10:20:30Z");
        assert!(at.is_some());
        for written in [
            "1715595630",
            "1715595630000",
            "2024-05-13 10:20:30",
            "2024-05-13 10:20:30 UTC",
            "2024-05-13 12:20:30 +0200",
            "2024-05-13T12:20:30+0200",
            "13/05/2024, 10:20:30",
            "Mon May 13 10:20:30 2024",
            "Mon, 13 May 2024 10:20:30 +0000",
            "Monday, May 13, 2024 10:20:30 AM",
            "05/13/2024 10:20:30",
        ] {
            assert_eq!(instant(written), at, "{written}");
        }
        assert_eq!(instant("soon"), None);
        assert_eq!(instant("12"), None);
    }

    #[test]
    fn severities_in_many_spellings_are_found() {
        for (written, severity_meant) in [
            ("HIGH_SEVERITY", Severity::High),
            ("3.0-medium", Severity::Medium),
            ("Major", Severity::High),
            ("Very High", Severity::Critical),
            ("P1", Severity::Critical),
            ("best practice", Severity::None),
        ] {
            assert_eq!(severity(written), Some(severity_meant), "{written}");
        }
        assert_eq!(severity("tomorrow"), None);
    }
}
