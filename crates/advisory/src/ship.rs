//! Whether a release is safe to ship: a policy held against its judgements.

use crate::decision::{Decision, Standing, ruling};
use crate::judge::{Hit, Judgement, Question};
use crate::releases::Judged;
use serde::{Deserialize, Serialize};
use warrant_model::Severity;

/// What keeps a release from being shipped. Data: read from TOML.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// The least severity that holds a release back.
    pub severity: Severity,
    /// Whether a severity nobody states counts as holding back.
    pub unknown_severity: Verdict,
    /// What a vulnerability known to be exploited does, whatever its severity.
    pub exploited: Verdict,
    /// The probability of exploitation (EPSS) from which a vulnerability holds a release back.
    pub probability: f32,
    /// What a vulnerability without a fix does.
    pub without_fix: Verdict,
    /// How many components may be left unassessed.
    pub not_assessed: usize,
    /// How many days old the newest advisory of an ecosystem may be for it to clear. `None`: any age will do.
    pub max_age_days: Option<u32>,
}

/// What something does to a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It holds the release back.
    Hold,
    /// It does not.
    Ship,
}

impl Default for Policy {
    /// High and above, everything exploited, and every component assessed.
    fn default() -> Self {
        Self {
            severity: Severity::High,
            unknown_severity: Verdict::Hold,
            exploited: Verdict::Hold,
            probability: 0.1,
            without_fix: Verdict::Hold,
            not_assessed: 0,
            max_age_days: None,
        }
    }
}

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    /// What is wrong in which line.
    pub fn parse(text: &str) -> Result<Self, String> {
        let policy: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        match (0.0..=1.0).contains(&policy.probability) {
            true => Ok(policy),
            false => Err("`probability` is not between 0 and 1".to_owned()),
        }
    }
}

/// The answer, with reasons.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShipVerdict {
    /// Ship it or hold it back.
    pub verdict: Verdict,
    /// What holds it back.
    pub reasons: Vec<Reason>,
    /// What would have, but for a decision that holds.
    pub decided: Vec<Reason>,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The vulnerability, when it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The component: `PyPI django 3.2.0`.
    pub component: String,
    /// Why, in a sentence.
    pub because: String,
}

/// Holds a policy against a release.
pub fn verdict(
    judged: &Judged<'_, '_>,
    policy: &Policy,
    decisions: &[Decision],
    question: Question,
) -> ShipVerdict {
    let (mut reasons, mut decided) = (Vec::new(), Vec::new());
    let mut open = 0;
    for (component, judgement) in judged.iter() {
        let name = named(&component.name, judgement);
        open += usize::from(!judgement.not_assessed.is_empty());
        for hit in &judgement.affected {
            let Some(mut because) = holds(hit, policy) else { continue };
            let standing = ruling(decisions, judgement, hit, question.now);
            let standing = standing.map(|(at, standing)| (&decisions[at], standing));
            let mut list = &mut reasons;
            match standing {
                Some((decision, Standing::Holds)) => {
                    because = format!(
                        "{because}; decided until {}: {}",
                        decision.expires.strftime("%F"),
                        decision.reason
                    );
                    list = &mut decided;
                }
                Some((_, Standing::Reopened(why))) => because = format!("{because}; reopened: {why}"),
                None => {}
            }
            list.push(Reason { id: Some(hit.id.to_owned()), component: name.clone(), because });
        }
    }
    if open > policy.not_assessed {
        let because = format!("{open} components could not be assessed, and {} may be", policy.not_assessed);
        reasons.push(Reason { id: None, component: judged.release.label.clone(), because });
    }
    if judged.judgements.is_empty() {
        let because = "the release lists no component, so nothing was assessed".to_owned();
        reasons.push(Reason { id: None, component: judged.release.label.clone(), because });
    }
    let verdict = if reasons.is_empty() { Verdict::Ship } else { Verdict::Hold };
    ShipVerdict { verdict, reasons, decided }
}

fn named(name: &str, judgement: &Judgement<'_>) -> String {
    match (&judgement.package, &judgement.version) {
        (Some(package), Some(version)) => format!("{} {} {version}", package.ecosystem, package.name),
        (Some(package), None) => format!("{} {}", package.ecosystem, package.name),
        _ => name.to_owned(),
    }
}

/// Why a vulnerability holds a release back, if it does.
fn holds(hit: &Hit<'_>, policy: &Policy) -> Option<String> {
    if hit.exploited && policy.exploited == Verdict::Hold {
        return Some("it is known to be exploited".to_owned());
    }
    if hit.fixed.is_empty() && policy.without_fix == Verdict::Ship {
        return None;
    }
    if let Some(probability) = hit.probability.filter(|probability| *probability >= policy.probability) {
        return Some(format!("its probability of exploitation is {:.0} %", probability * 100.0));
    }
    match hit.severity {
        Some(severity) if severity.rank() >= policy.severity.rank() => {
            Some(format!("its severity is {}", severity.word()))
        }
        None if policy.unknown_severity == Verdict::Hold => Some("nobody states its severity".to_owned()),
        _ => None,
    }
}
