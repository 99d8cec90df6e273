//! Words for what the engines of risk and the budget tell apart.

use crate::look::badge::{self, Progress};
use crate::words::say;
use maud::Markup;
use warrant_service::risk::{Cause, Deciding, Grade, Overrun, OwaspLevel, OwaspSeverity, Verdict};

/// How a decision stands.
pub(super) fn deciding(deciding: Deciding) -> String {
    say(match deciding {
        Deciding::Expired => "deciding-expired",
        Deciding::Outgrown => "deciding-outgrown",
        Deciding::Undecided => "deciding-undecided",
        Deciding::Asked => "deciding-asked",
        Deciding::InForce => "deciding-in-force",
    })
}

/// A grade of SP 800-30.
pub(super) fn grade(grade: Grade) -> String {
    say(match grade {
        Grade::VeryLow => "grade-very-low",
        Grade::Low => "grade-low",
        Grade::Moderate => "grade-moderate",
        Grade::High => "grade-high",
        Grade::VeryHigh => "grade-very-high",
    })
}

/// The letters of a grade, where there is no room for its words.
pub(super) fn grade_letters(grade: Grade) -> String {
    say(match grade {
        Grade::VeryLow => "grade-letters-very-low",
        Grade::Low => "grade-letters-low",
        Grade::Moderate => "grade-letters-moderate",
        Grade::High => "grade-letters-high",
        Grade::VeryHigh => "grade-letters-very-high",
    })
}

/// A level of the OWASP Risk Rating.
pub(super) fn owasp_level(level: OwaspLevel) -> String {
    say(match level {
        OwaspLevel::Low => "owasp-low",
        OwaspLevel::Medium => "owasp-medium",
        OwaspLevel::High => "owasp-high",
    })
}

/// An overall severity of the OWASP Risk Rating.
pub(super) fn owasp_severity(severity: OwaspSeverity) -> String {
    say(match severity {
        OwaspSeverity::Note => "owasp-severity-note",
        OwaspSeverity::Low => "owasp-severity-low",
        OwaspSeverity::Medium => "owasp-severity-medium",
        OwaspSeverity::High => "owasp-severity-high",
        OwaspSeverity::Critical => "owasp-severity-critical",
    })
}

/// What moved a figure.
pub(super) fn cause(cause: Cause) -> String {
    say(match cause {
        Cause::Retired => "cause-retired",
        Cause::New => "cause-new",
        Cause::Estimates => "cause-estimates",
        Cause::Closed => "cause-closed",
        Cause::Opened => "cause-opened",
        Cause::InPlace => "cause-in-place",
        Cause::Reliability => "cause-reliability",
    })
}

/// What a cause means.
pub(super) fn cause_means(cause: Cause) -> String {
    say(match cause {
        Cause::Retired => "cause-retired-means",
        Cause::New => "cause-new-means",
        Cause::Estimates => "cause-estimates-means",
        Cause::Closed => "cause-closed-means",
        Cause::Opened => "cause-opened-means",
        Cause::InPlace => "cause-in-place-means",
        Cause::Reliability => "cause-reliability-means",
    })
}

/// Whether what was granted suffices.
pub(super) fn overrun(overrun: Overrun) -> String {
    say(match overrun {
        Overrun::Certain => "overrun-certain",
        Overrun::Possible => "overrun-possible",
        Overrun::No => "overrun-no",
    })
}

/// What a comparison with what is tolerated says.
pub(super) fn verdict(verdict: Verdict) -> Markup {
    let (name, progress) = match verdict {
        Verdict::Within => ("verdict-within", Progress::Done),
        Verdict::Exceeds => ("verdict-exceeds", Progress::Failed),
        Verdict::DoesNotDecide => ("does-not-decide", Progress::Unknown),
    };
    badge::state(&say(name), progress)
}
