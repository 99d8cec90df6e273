//! What a look does to a finding: opened, still open, closed, reopened.
//!
//! A pure fold: findings are what is left after all looks in the order in which the tools looked, whatever
//! the order in which their files came in.

use crate::fact::{CheckFact, Outcome, Place, Subject, WeaknessFact};
use crate::finding::{FailedBefore, Finding, FindingSort, FindingState};
use crate::hash::ContentHash;
use crate::priority::automatable;
use jiff::Timestamp;

/// One look of a tool at a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// The file that tells of it.
    pub evidence: ContentHash,
}

/// What a look says of one finding: its description and place, or nothing (it was not there).
#[derive(Clone, Debug, PartialEq)]
pub struct Sighting {
    /// The finding as this file describes it; its times and state are ignored.
    pub finding: Finding,
    /// What came out (a reported weakness is a failure).
    pub outcome: Outcome,
    /// Where in the file.
    pub place: Place,
    /// Where in source code, when it is about code.
    pub anchor: Option<Anchor>,
}

/// What tells a finding in code from others of its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Whether the tool gives a fingerprint of the place; its line does not matter then. One of a data flow is none: it
    /// changes with any step.
    pub has_print: bool,
}

/// A change of state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The finding.
    pub finding: String,
    /// When.
    pub at: Timestamp,
    /// Into which state.
    pub state: FindingState,
    /// The file that shows it.
    pub evidence: ContentHash,
    /// Where in it.
    pub place: Place,
}

/// What a look did to a finding, in the words people use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// New and open.
    Opened,
    /// Open before and after.
    StillOpen,
    /// Open before, no longer.
    Closed,
    /// Closed before, open again.
    Reopened,
    /// Open before at another place.
    Moved,
    /// Neither open before nor after.
    Other,
}

/// The finding after a look, the event if its state changed, and what that amounts to. `None` when the look
/// says nothing about a finding that was never seen, or nothing new.
pub fn advance(
    before: Option<&Finding>,
    look: &Look,
    sighting: Option<&Sighting>,
) -> Option<(Finding, Option<Event>, Effect)> {
    // What appears where another moved away from has nothing to do with it.
    let before = match sighting {
        Some(_) => before.filter(|finding| finding.state != FindingState::Moved),
        None => before,
    };
    let was = before.map(|finding| finding.state);
    let (state, place) = match sighting {
        Some(sighting) => {
            let open_before =
                before.is_some_and(|f| matches!(f.state, FindingState::Open | FindingState::Closed));
            let failed_before = if open_before { FailedBefore::Yes } else { FailedBefore::No };
            (FindingState::after(sighting.outcome, failed_before)?, sighting.place.clone())
        }
        None if was == Some(FindingState::Open) => (FindingState::Closed, Place::default()),
        None => return None,
    };
    let described = sighting.map(|s| &s.finding).or(before)?;
    let changed = was != Some(state);
    let reopened = was == Some(FindingState::Closed) && state == FindingState::Open;
    let finding = Finding {
        state,
        first_seen: before.map_or(look.at, |f| f.first_seen.min(look.at)),
        last_seen: look.at,
        state_since: before.filter(|_| !changed).map_or(look.at, |f| f.state_since),
        reopened: before.map_or(0, |f| f.reopened) + u32::from(reopened),
        evidence: look.evidence.clone(),
        place: place.clone(),
        ..described.clone()
    };
    let event = changed.then(|| Event {
        finding: finding.id.clone(),
        at: look.at,
        state,
        evidence: look.evidence.clone(),
        place,
    });
    let effect = match (was, state) {
        (Some(FindingState::Open), FindingState::Open) => Effect::StillOpen,
        (Some(FindingState::Open), _) => Effect::Closed,
        (Some(FindingState::Closed), FindingState::Open) => Effect::Reopened,
        (_, FindingState::Open) => Effect::Opened,
        _ => Effect::Other,
    };
    Some((finding, event, effect))
}

/// What identifies the source of a finding.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// The system.
    pub system: &'a str,
    /// The tool.
    pub tool: &'a str,
    /// The file.
    pub evidence: &'a ContentHash,
    /// When the tool looked.
    pub at: Timestamp,
}

/// A text unless there is nothing in it.
fn said(text: &Option<String>) -> Option<String> {
    text.clone().filter(|text| !text.is_empty())
}

/// How a weakness fact describes its finding.
pub fn sighting_of_weakness(
    origin: Origin<'_>,
    id: String,
    fact: &WeaknessFact,
    controls: Vec<String>,
    place: Place,
) -> Sighting {
    let finding = Finding {
        id,
        system: origin.system.to_owned(),
        sort: FindingSort::Weakness,
        tool: origin.tool.to_owned(),
        target: fact.target.clone(),
        rule: fact.rule.clone(),
        benchmark: String::new(),
        title: fact.title.clone(),
        subject: fact.subject.title(),
        severity: fact.severity,
        state: FindingState::Open,
        suppressed: fact.suppressed,
        vulnerabilities: fact.vulnerabilities.clone(),
        cwes: fact.cwes.clone(),
        controls,
        cvss_score: fact.cvss_score,
        exploit: fact.exploit,
        automatable: fact.cvss_vector.as_deref().and_then(automatable),
        remedy: said(&fact.remedy),
        fixed_version: said(&fact.fixed_version),
        first_seen: origin.at,
        last_seen: origin.at,
        state_since: origin.at,
        reopened: 0,
        evidence: origin.evidence.clone(),
        place: place.clone(),
        moved_to: None,
        second: false,
        decision: None,
    };
    let anchor = match &fact.subject {
        Subject::Code { .. } => Some(Anchor { has_print: fact.subject.has_print() }),
        _ => None,
    };
    Sighting { finding, outcome: Outcome::Fail, place, anchor }
}

/// How a check fact describes its finding.
pub fn sighting_of_check(
    origin: Origin<'_>,
    id: String,
    fact: &CheckFact,
    controls: Vec<String>,
    place: Place,
) -> Sighting {
    let finding = Finding {
        id,
        system: origin.system.to_owned(),
        sort: FindingSort::Check,
        tool: origin.tool.to_owned(),
        target: fact.target.clone(),
        rule: fact.rule.clone(),
        benchmark: fact.benchmark.clone(),
        title: fact.title.clone(),
        subject: String::new(),
        severity: fact.severity,
        state: FindingState::Met,
        suppressed: false,
        vulnerabilities: Vec::new(),
        cwes: Vec::new(),
        controls,
        cvss_score: None,
        exploit: None,
        automatable: None,
        remedy: said(&fact.remedy),
        fixed_version: None,
        first_seen: origin.at,
        last_seen: origin.at,
        state_since: origin.at,
        reopened: 0,
        evidence: origin.evidence.clone(),
        place: place.clone(),
        moved_to: None,
        second: false,
        decision: None,
    };
    Sighting { finding, outcome: fact.outcome, place, anchor: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Folds every look at one finding from nothing. `looks` are in order of time.
    fn replay<'a>(
        looks: impl IntoIterator<Item = (&'a Look, Option<&'a Sighting>)>,
    ) -> (Option<Finding>, Vec<Event>) {
        let mut finding: Option<Finding> = None;
        let mut events = Vec::new();
        for (look, sighting) in looks {
            if let Some((next, event, _)) = advance(finding.as_ref(), look, sighting) {
                finding = Some(next);
                events.extend(event);
            }
        }
        (finding, events)
    }

    fn look(day: i64) -> Look {
        let at = Timestamp::from_second(day * 86_400).unwrap();
        Look { at, evidence: ContentHash::of(&day.to_le_bytes()) }
    }

    fn weakness(look: &Look) -> Sighting {
        let fact = WeaknessFact {
            target: "web01".into(),
            subject: Subject::Host { port: 443, protocol: "tcp".into() },
            rule: "42873".into(),
            title: "Weak ciphers".into(),
            severity: crate::Severity::Medium,
            vulnerabilities: vec![],
            cwes: vec![],
            cvss_vector: None,
            cvss_score: None,
            exploit: None,
            remedy: None,
            fixed_version: None,
            controls: vec![],
            detail: None,
            suppressed: false,
        };
        let origin = Origin { system: "s", tool: "nessus", evidence: &look.evidence, at: look.at };
        sighting_of_weakness(origin, "f".into(), &fact, vec![], Place::new(7, ""))
    }

    #[test]
    fn a_weakness_opens_stays_closes_and_reopens() {
        let looks: Vec<_> = (1..=5).map(look).collect();
        let sightings: Vec<_> = looks.iter().map(weakness).collect();
        let seen = [Some(0), Some(1), None, None, Some(4)];
        let pairs = looks.iter().zip(seen.map(|nth: Option<usize>| nth.map(|n| &sightings[n])));
        let (finding, events) = replay(pairs);
        let finding = finding.unwrap();
        assert_eq!((finding.state, finding.reopened), (FindingState::Open, 1));
        assert_eq!(finding.first_seen, looks[0].at);
        assert_eq!(finding.state_since, looks[4].at);
        let states: Vec<_> = events.iter().map(|e| (e.at, e.state)).collect();
        assert_eq!(
            states,
            [
                (looks[0].at, FindingState::Open),
                (looks[2].at, FindingState::Closed),
                (looks[4].at, FindingState::Open)
            ]
        );
    }

    #[test]
    fn a_check_that_never_failed_is_met_and_one_that_did_is_closed() {
        let (first, second) = (look(1), look(2));
        let with = |look: &Look, outcome| Sighting { outcome, ..weakness(look) };
        let (met, _) = replay([(&first, Some(&with(&first, Outcome::Pass)))]);
        assert_eq!(met.unwrap().state, FindingState::Met);
        let failed = with(&first, Outcome::Fail);
        let passed = with(&second, Outcome::Pass);
        let (closed, events) = replay([(&first, Some(&failed)), (&second, Some(&passed))]);
        assert_eq!(closed.unwrap().state, FindingState::Closed);
        assert_eq!(events.len(), 2);
    }

    #[test]
    fn absence_says_nothing_about_what_was_never_seen() {
        assert_eq!(advance(None, &look(1), None), None);
    }
}
