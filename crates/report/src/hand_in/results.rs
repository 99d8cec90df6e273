//! Results by control correlation identifier (CCI): of benchmark checks, and of people who judged it.
//!
//! An open rule stands against a CCI whatever people say of it, as it does in the posture; else a person's judgement
//! says what tools leave open.

use super::subject::{Checked, Subject, control_shown, distinct};
use crate::table::Cell;
use serde::Deserialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use warrant_catalog::cci;
use warrant_catalog::index::Reference;
use warrant_model::fact::Outcome;
use warrant_model::kind::Record;
use warrant_model::kinds::{Assessment, AssessmentResult};
use warrant_model::time::day;

/// What a column of result rows can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ResultField {
    /// The CCI.
    Cci,
    /// The control it stands for.
    Control,
    /// `open`, `met` or `not-applicable`; nothing when a rule was not reviewed and none is open.
    Status,
    /// The newest day on which a tool looked or a person judged.
    Tested,
    /// The tools that looked, and the person.
    Tools,
    /// Rules with hosts and results, and what the person noted.
    Details,
}

/// What is known of one CCI: the checks that name it, and the judgement of a person.
pub(super) struct CciResult<'a> {
    cci: String,
    checks: Vec<&'a Checked>,
    judgement: Option<&'a Record<Assessment>>,
}

/// Every CCI that a check names or a person has judged, in order.
pub(super) fn by_cci<'a>(subject: &Subject<'a>) -> Vec<CciResult<'a>> {
    let mut checks: BTreeMap<String, Vec<&Checked>> = BTreeMap::new();
    for check in subject.checks {
        let ccis = check.fact.controls.iter().map(|id| id.trim().to_ascii_uppercase());
        for cci in ccis.filter(|id| id.starts_with("CCI-")) {
            checks.entry(cci).or_default().push(check);
        }
    }
    let mut judgements = judgements(subject);
    let ccis: BTreeSet<String> = checks.keys().chain(judgements.keys()).cloned().collect();
    let result = |cci: String| CciResult {
        checks: checks.remove(&cci).unwrap_or_default(),
        judgement: judgements.remove(&cci),
        cci,
    };
    ccis.into_iter().map(result).collect()
}

/// The judgement that counts for each CCI: the newest on it alone, unless its statement was judged as a whole since.
fn judgements<'a>(subject: &Subject<'a>) -> BTreeMap<String, &'a Record<Assessment>> {
    let today = day(subject.snapshot.as_of);
    let given = |one: &&Record<Assessment>| {
        one.body.result.is_some() && one.body.assessed_on.is_some_and(|on| on <= today)
    };
    let newest =
        |held: &mut BTreeMap<String, &'a Record<Assessment>>, cci: &str, one: &'a Record<Assessment>| {
            let order = |one: &'a Record<Assessment>| {
                let against = one.body.result == Some(AssessmentResult::OtherThanSatisfied);
                (one.body.assessed_on, against, Reverse(&one.id))
            };
            match held.get_mut(cci) {
                Some(other) if order(other) >= order(one) => {}
                Some(other) => *other = one,
                None => drop(held.insert(cci.to_owned(), one)),
            }
        };
    let (mut wholes, mut parts) = (BTreeMap::new(), BTreeMap::new());
    for one in subject.snapshot.assessments.iter().filter(given) {
        match (&one.body.cci, Reference::parse(&one.body.control)) {
            (Some(cci), _) => newest(&mut parts, &cci.to_ascii_uppercase(), one),
            (None, Some(of)) => {
                let numbers = cci::of_control(&of.control).iter().map(|number| format!("CCI-{number:06}"));
                numbers.filter(|cci| bears_on(&of, cci)).for_each(|cci| newest(&mut wholes, &cci, one));
            }
            (None, None) => {}
        }
    }
    for (cci, whole) in wholes {
        let part = parts.get(&cci).filter(|part| part.body.assessed_on >= whole.body.assessed_on);
        if part.is_none() {
            parts.insert(cci, whole);
        }
    }
    parts
}

/// Whether a judgement on a control or one of its statements speaks of a CCI.
fn bears_on(of: &Reference, name: &str) -> bool {
    if of.items.is_empty() {
        return true;
    }
    let statement = of.statement_id();
    let below =
        |id: &str| id.strip_prefix(&statement).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    cci::cci(name).iter().any(|target| below(target.id))
}

impl CciResult<'_> {
    /// The CCI.
    pub(super) fn name(&self) -> &str {
        &self.cci
    }

    /// Whether its checks or a person tell how it stands.
    pub(super) fn is_told(&self) -> bool {
        !self.status().is_empty()
    }

    /// A field as a cell, the state as our own word.
    pub(super) fn cell(&self, subject: &Subject<'_>, field: ResultField) -> Cell {
        match field {
            ResultField::Cci => Cell::text(&self.cci),
            ResultField::Control => {
                let controls: Vec<_> =
                    (subject.controls_of_cci)(&self.cci).iter().map(|id| control_shown(id)).collect();
                Cell::text(distinct(controls.iter().map(String::as_str)).join(", "))
            }
            ResultField::Status => Cell::text(self.status()),
            ResultField::Tested => {
                let looked = self.checks.iter().filter(|check| check.fact.outcome.is_verdict());
                let judged = self.judgement.and_then(|one| one.body.assessed_on);
                Cell::date_if(looked.map(|check| day(check.at)).chain(judged).max())
            }
            ResultField::Tools => {
                let who = self.judgement.map(|one| tester(subject, &one.body)).unwrap_or_default();
                Cell::text(distinct(self.tools().chain([who.as_str()])).join(", "))
            }
            ResultField::Details => {
                let notes = self.judgement.and_then(|one| one.body.notes.as_deref()).unwrap_or_default();
                let lines = self.seen().into_iter().chain(notes.lines().map(str::to_owned));
                Cell::text(lines.collect::<Vec<_>>().join("\n"))
            }
        }
    }

    /// The tools that looked.
    pub(super) fn tools(&self) -> impl Iterator<Item = &str> {
        self.checks.iter().map(|check| check.tool.as_str())
    }

    /// Whether a rule that names it is open, whatever people say.
    pub(super) fn fails(&self) -> bool {
        self.checks.iter().any(|check| check.fact.outcome == Outcome::Fail)
    }

    fn status(&self) -> &'static str {
        let judged = self.judgement.and_then(|one| one.body.result);
        match (self.by_tools(), judged) {
            ("open", _) | (_, Some(AssessmentResult::OtherThanSatisfied)) => "open",
            ("met", _) | (_, Some(AssessmentResult::Satisfied)) => "met",
            (_, Some(AssessmentResult::NotApplicable)) => "not-applicable",
            (by_tools, None) => by_tools,
        }
    }

    fn by_tools(&self) -> &'static str {
        let any =
            |wanted: &dyn Fn(Outcome) -> bool| self.checks.iter().any(|check| wanted(check.fact.outcome));
        let says = |outcome| !matches!(outcome, Outcome::NotSelected | Outcome::Informational);
        if self.fails() {
            "open"
        } else if any(&|outcome| matches!(outcome, Outcome::Error | Outcome::Unknown | Outcome::NotChecked)) {
            ""
        } else if any(&|outcome| matches!(outcome, Outcome::Pass | Outcome::Fixed)) {
            "met"
        } else if any(&says) {
            "not-applicable"
        } else {
            ""
        }
    }

    /// What tools saw, a line for each rule and host, what is open first.
    pub(super) fn seen(&self) -> Vec<String> {
        let line = |check: &&Checked| {
            let fact = &check.fact;
            let said = fact.detail.as_deref().filter(|_| fact.outcome == Outcome::Fail);
            let said = said.map(|text| format!(" - {}", first_line(text))).unwrap_or_default();
            format!("{}: {} ({}) {}{said}", outcome_word(fact.outcome), fact.rule, fact.target, fact.title)
        };
        let open = self.checks.iter().filter(|check| check.fact.outcome == Outcome::Fail);
        let others = self.checks.iter().filter(|check| check.fact.outcome != Outcome::Fail);
        open.chain(others).map(line).collect()
    }
}

/// Who judged: the person on record, else who is named.
fn tester(subject: &Subject<'_>, judgement: &Assessment) -> String {
    let person = judgement.assessor.as_ref().and_then(|id| subject.snapshot.programme.person(id));
    let named = judgement.tested_by.clone().unwrap_or_default();
    person.map_or(named, |person| person.body.name.clone())
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(200).collect()
}

/// An outcome as people read it.
pub(super) fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "met",
        Outcome::Fixed => "fixed",
        Outcome::Fail => "open",
        Outcome::Error => "error",
        Outcome::Unknown => "unknown",
        Outcome::NotApplicable => "not applicable",
        Outcome::NotChecked => "not reviewed",
        Outcome::NotSelected => "not selected",
        Outcome::Informational => "informational",
    }
}
