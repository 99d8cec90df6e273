//! What is decided about a scenario, as its pages and tables tell it.

use jiff::civil::Date;
use std::collections::BTreeMap;
use warrant_analysis::{Decided, decided};
use warrant_model::RecordId;
use warrant_model::kind::Record;
use warrant_model::kinds::{RiskTreatment, Treatment};

/// Whether a risk is decided on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deciding {
    /// The decision is over.
    Expired,
    /// The risk costs more than the decision covers.
    Outgrown,
    /// Nobody has decided or asked.
    Undecided,
    /// A decision was asked for.
    Asked,
    /// A decision holds.
    InForce,
}

impl Deciding {
    /// From what needs somebody to what needs nobody.
    pub const ALL: [Self; 5] = [Self::Expired, Self::Outgrown, Self::Undecided, Self::Asked, Self::InForce];

    /// As people read it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Expired => "open again",
            Self::Outgrown => "outgrown",
            Self::Undecided => "not decided",
            Self::Asked => "asked for",
            Self::InForce => "decided",
        }
    }
}

/// What is decided about a scenario.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Decision {
    /// Whether a decision holds.
    pub deciding: Deciding,
    /// The decision's record id; `None` when there is none.
    pub record: Option<String>,
    /// What it says is done.
    pub treatment: Option<Treatment>,
    /// Who approved or is to approve it, by name.
    pub approver: Option<String>,
    /// The last day it holds or held.
    pub expires: Option<Date>,
    /// The expected loss of a year up to which it holds.
    pub up_to: Option<f64>,
    /// The reason given.
    pub reason: String,
    /// Why the risk is open, in a sentence; empty while a decision holds.
    pub because: String,
}

/// The decision on a scenario that costs `ale` in a year, as of a day.
pub(super) fn decision(
    scenario: &RecordId,
    ale: f64,
    treatments: &[Record<RiskTreatment>],
    people: &BTreeMap<String, String>,
    today: Date,
) -> Decision {
    let found = decided(scenario, treatments, |last| last < today);
    let (deciding, record) = match found {
        Decided::Nothing => (Deciding::Undecided, None),
        Decided::Asked(one) => (Deciding::Asked, Some(one)),
        Decided::Expired(one, _) => (Deciding::Expired, Some(one)),
        Decided::InForce(one) if one.body.up_to.is_some_and(|limit| ale > limit) => {
            (Deciding::Outgrown, Some(one))
        }
        Decided::InForce(one) => (Deciding::InForce, Some(one)),
    };
    let body = record.map(|record| &record.body);
    let word = body.and_then(|body| body.treatment).map_or("decide", Treatment::word);
    let because = match (deciding, body) {
        (Deciding::InForce, _) => String::new(),
        (Deciding::Undecided, _) | (_, None) => "nobody has decided or asked".to_owned(),
        (Deciding::Asked, Some(_)) => format!("asked to {word}; nobody has approved it"),
        (Deciding::Expired, Some(body)) => {
            let last = body.expires.map_or_else(String::new, |last| format!(" until {last}"));
            format!("the decision to {word} held{last}")
        }
        (Deciding::Outgrown, Some(body)) => format!(
            "the decision to {word} covers {:.0} a year; {ale:.0} is to be expected",
            body.up_to.unwrap_or_default()
        ),
    };
    let name = |id: &RecordId| people.get(id.as_str()).cloned();
    Decision {
        deciding,
        record: record.map(|record| record.id.as_str().to_owned()),
        treatment: body.and_then(|body| body.treatment),
        approver: body.and_then(|body| body.approver.as_ref()).and_then(name),
        expires: body.and_then(|body| body.expires),
        up_to: body.and_then(|body| body.up_to),
        reason: body.map(|body| body.reason.clone()).unwrap_or_default(),
        because,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_risk_that_grew_beyond_its_decision_is_open_again() {
        let scenario = RecordId("scen_1".to_owned());
        let body = RiskTreatment {
            scenario: scenario.clone(),
            state: "approved".to_owned(),
            treatment: Some(Treatment::Accept),
            expires: "2026-11-23".parse().ok(),
            up_to: Some(50_000.0),
            ..RiskTreatment::default()
        };
        let at = jiff::Timestamp::UNIX_EPOCH;
        let id = RecordId("treat_1".to_owned());
        let list = [Record { id, version: 1, created_at: at, updated_at: at, body }];
        let told =
            |ale: f64, today: &str| decision(&scenario, ale, &list, &BTreeMap::new(), today.parse().unwrap());
        assert_eq!(told(50_000.0, "2026-11-23").deciding, Deciding::InForce);
        let grown = told(50_001.0, "2026-11-23");
        assert_eq!(grown.deciding, Deciding::Outgrown);
        assert_eq!(grown.because, "the decision to accept covers 50000 a year; 50001 is to be expected");
        let over = told(50_001.0, "2026-11-24");
        assert_eq!(
            (over.deciding, over.because.as_str()),
            (Deciding::Expired, "the decision to accept held until 2026-11-23")
        );
    }
}
