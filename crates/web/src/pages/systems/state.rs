//! A system's leave to operate and its scorecard, as they are shown.

use crate::look::badge::{self, Progress};
use crate::look::scorecard::{Indicator, Scorecard};
use crate::words::{Words, say};
use jiff::civil::Date;
use maud::Markup;
use warrant_model::posture::PostureSummary;
use warrant_service::query::RecordRow;

/// Days before its end from which leave to operate ends soon.
pub(crate) const SOON: i64 = 90;

/// Leave to operate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leave {
    /// Given until a day, so many days ahead.
    Given(Date, i64),
    /// Given, and ends within [`SOON`] days.
    EndsSoon(Date, i64),
    /// Given without an end.
    Endless,
    /// Ended so many days ago.
    Lapsed(i64),
    /// Never given.
    None,
    /// Not asked for: the system is not in operation.
    NotAsked,
}

impl Leave {
    /// The word in addresses.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Given(..) | Self::Endless => "given",
            Self::EndsSoon(..) => "soon",
            Self::Lapsed(_) => "lapsed",
            Self::None => "none",
            Self::NotAsked => "not-asked",
        }
    }

    /// Its last day, for sorting: none comes last.
    pub(crate) fn order(self) -> i64 {
        match self {
            Self::Lapsed(days) => -days,
            Self::Given(_, days) | Self::EndsSoon(_, days) => days,
            Self::None => i64::MAX - 2,
            Self::Endless => i64::MAX - 1,
            Self::NotAsked => i64::MAX,
        }
    }

    /// Its last day, where it has one that lies ahead.
    pub(crate) fn end(self) -> Option<Date> {
        match self {
            Self::Given(end, _) | Self::EndsSoon(end, _) => Some(end),
            _ => None,
        }
    }

    /// The badge with its days.
    pub(crate) fn badge(self) -> Markup {
        let dated = |words: &'static str, count: i64| Words::of(words).with("count", count).said();
        match self {
            Self::Given(_, left) => badge::state(&dated("leave-left", left), Progress::Done),
            Self::EndsSoon(_, left) => badge::state(&dated("leave-left", left), Progress::Underway),
            Self::Endless => badge::state(&say("leave-endless"), Progress::Done),
            Self::Lapsed(ago) => badge::state(&dated("leave-lapsed", ago), Progress::Failed),
            Self::None => badge::state(&say("leave-never"), Progress::Failed),
            Self::NotAsked => badge::state(&say("leave-not-asked"), Progress::Aside),
        }
    }
}

/// The leave of a system on a day.
pub(crate) fn leave(row: &RecordRow, today: Date) -> Leave {
    let date = |field: &str| row.body[field].as_str().and_then(|text| text.parse::<Date>().ok());
    match (date("authorization_expires"), date("authorized_on")) {
        (Some(end), _) => match i64::from((end - today).get_days()) {
            days if days < 0 => Leave::Lapsed(-days),
            days if days <= SOON => Leave::EndsSoon(end, days),
            days => Leave::Given(end, days),
        },
        (None, Some(_)) => Leave::Endless,
        (None, None) if row.state == "operational" => Leave::None,
        (None, None) => Leave::NotAsked,
    }
}

/// The scorecard of a summary; without a posture nothing is assessed.
pub(crate) fn scorecard(summary: Option<&PostureSummary>) -> Scorecard {
    let Some(summary) = summary else { return Scorecard::default() };
    let [confidentiality, integrity, availability] = &summary.scorecard.0;
    let shown = |indicator: &warrant_model::posture::Indicator| match indicator.score {
        Some(score) => Indicator::Assessed(f64::from(score) / 100.0),
        None => Indicator::NotAssessed(indicator.reason.clone()),
    };
    Scorecard {
        confidentiality: shown(confidentiality),
        integrity: shown(integrity),
        availability: shown(availability),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn leave_lapses_the_day_after_its_last() {
        let today = jiff::civil::date(2026, 11, 23);
        let of = |state: &str, end: serde_json::Value| {
            let row = RecordRow {
                id: "s".to_owned(),
                kind: "system".to_owned(),
                version: 1,
                title: "S".to_owned(),
                state: state.to_owned(),
                unit: String::new(),
                system: "s".to_owned(),
                body: json!({ "authorization_expires": end }),
                created_at: 0,
                updated_at: 0,
                updated_by: String::new(),
            };
            leave(&row, today)
        };
        assert_eq!(of("operational", json!("2026-11-23")), Leave::EndsSoon(today, 0));
        assert_eq!(of("operational", json!("2026-11-22")), Leave::Lapsed(1));
        assert_eq!(of("operational", json!("2028-01-01")).word(), "given");
        assert_eq!(of("operational", json!(null)), Leave::None);
        assert_eq!(of("planned", json!(null)), Leave::NotAsked);
    }
}
