//! Judging controls: an assessor's verdict on one or many controls of a system, as one act of the ledger.

use crate::records::Change;
use crate::{Actor, Service, ServiceError};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::kind::FieldProblem;
use warrant_model::snapshot::SystemSnapshot;
use warrant_model::time::day;

/// What is said of a control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Assessed: met (SP 800-53A §3.3).
    Satisfied,
    /// Assessed: not met, or not fully.
    OtherThanSatisfied,
    /// Implementation: in place (OSCAL implementation-status).
    Implemented,
    /// Implementation: in place in part.
    Partial,
    /// Implementation: to come.
    Planned,
}

impl Verdict {
    /// Every verdict, assessments first.
    pub const ALL: [Self; 5] =
        [Self::Satisfied, Self::OtherThanSatisfied, Self::Implemented, Self::Partial, Self::Planned];

    /// The word in forms and records.
    pub fn word(self) -> &'static str {
        match self {
            Self::Satisfied => "satisfied",
            Self::OtherThanSatisfied => "other-than-satisfied",
            Self::Implemented => "implemented",
            Self::Partial => "partial",
            Self::Planned => "planned",
        }
    }

    /// The verdict of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == word)
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Satisfied | Self::OtherThanSatisfied => "assessment",
            Self::Implemented | Self::Partial | Self::Planned => "implementation",
        }
    }

    fn field(self) -> &'static str {
        if self.kind() == "assessment" { "result" } else { "status" }
    }
}

/// What a verdict did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Controls judged.
    pub controls: usize,
    /// The ledger entry of the act, by which it can be undone; `None` when everything was said before.
    pub leaf: Option<i64>,
}

/// The most controls of one verdict: more than any baseline has statements.
const MOST: usize = 5_000;

impl Service {
    /// Gives a verdict on controls or statements of a system's baseline: all or none. An assessment of today by
    /// examination is said anew where there is one; so is the implementation of the system as a whole.
    pub async fn judge(
        &self,
        actor: &Actor,
        system: &str,
        controls: &[String],
        verdict: Verdict,
    ) -> Result<Judged, ServiceError> {
        let system = self.system_row(actor, system).await?.id;
        let controls: BTreeSet<&str> = controls.iter().map(String::as_str).collect();
        let snapshot = self.snapshot(actor, &system, None).await?;
        self.in_baseline(&snapshot, &controls)?;
        let assessor = self.person_of(&snapshot, actor);
        let before = said_before(&snapshot, verdict, day(self.now()));
        let said = |control: &str| -> Option<Change> {
            let mut body = match before.get(control) {
                Some((_, _, body)) => body.clone(),
                None => json!({ "system": system, "control": control }),
            };
            body[verdict.field()] = Value::from(verdict.word());
            if verdict.kind() == "assessment" {
                body["method"] = Value::from("examine");
                body["assessed_on"] = Value::from(day(self.now()).to_string());
                if let Some(assessor) = &assessor {
                    body["assessor"] = Value::from(assessor.as_str());
                }
            }
            match before.get(control) {
                Some((.., old)) if *old == body => None,
                Some((id, version, _)) => Some(Change::Update { id: id.clone(), version: *version, body }),
                None => Some(Change::Create { id: None, body }),
            }
        };
        let changes: Vec<_> = controls.iter().filter_map(|control| said(control)).collect();
        if changes.is_empty() {
            return Ok(Judged { controls: controls.len(), leaf: None });
        }
        let act = self.act(actor, &format!("judge:{}", verdict.word()));
        let ids = self.change(actor, &act, verdict.kind(), changes).await?;
        let newest = self.history(&Actor::program(), ids.first().map_or("", |id| id)).await?;
        Ok(Judged { controls: controls.len(), leaf: newest.first().map(|version| version.leaf) })
    }

    fn in_baseline(&self, snapshot: &SystemSnapshot, controls: &BTreeSet<&str>) -> Result<(), ServiceError> {
        let problem = |message: String| Err(ServiceError::Invalid(vec![FieldProblem::new("row", message)]));
        if controls.is_empty() {
            return problem("select the controls it concerns first".to_owned());
        }
        if controls.len() > MOST {
            return problem(format!("{} controls at once; at most {MOST}", controls.len()));
        }
        let baseline = self.controls_of(snapshot);
        let known: BTreeSet<&str> = baseline
            .iter()
            .flat_map(|control| {
                let statements = control.statements.iter().map(|statement| statement.statement.as_str());
                statements.chain([control.control.as_str()])
            })
            .collect();
        match controls.iter().find(|control| !known.contains(*control)) {
            Some(unknown) => problem(format!("`{unknown}` is not in this system's baseline")),
            None => Ok(()),
        }
    }

    /// The record of the person who acts, found by e-mail address.
    fn person_of(&self, snapshot: &SystemSnapshot, actor: &Actor) -> Option<String> {
        let persons = &snapshot.programme.persons;
        let found = persons.iter().find(|person| person.body.email.eq_ignore_ascii_case(&actor.email));
        found.map(|person| person.id.0.clone())
    }
}

/// What a verdict would say anew: the record's id, version and body by control.
type Before = BTreeMap<String, (String, i64, Value)>;

fn said_before(snapshot: &SystemSnapshot, verdict: Verdict, today: jiff::civil::Date) -> Before {
    use warrant_model::kinds::AssessmentMethod;
    let body = |body: serde_json::Result<Value>| body.unwrap_or_default();
    if verdict.kind() == "assessment" {
        let todays = snapshot.assessments.iter().filter(|record| {
            let body = &record.body;
            body.assessed_on == Some(today) && body.method == AssessmentMethod::Examine && body.cci.is_none()
        });
        let told = |record: &warrant_model::kind::Record<warrant_model::kinds::Assessment>| {
            let body = body(serde_json::to_value(&record.body));
            (record.body.control.clone(), (record.id.0.clone(), record.version, body))
        };
        return todays.map(told).collect();
    }
    let whole = snapshot.implementations.iter().filter(|record| record.body.component.is_none());
    let told = |record: &warrant_model::kind::Record<warrant_model::kinds::Implementation>| {
        let body = body(serde_json::to_value(&record.body));
        (record.body.control.clone(), (record.id.0.clone(), record.version, body))
    };
    whole.map(told).collect()
}
