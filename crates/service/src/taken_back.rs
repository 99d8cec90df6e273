//! Taking a filled test-result workbook back: what people wrote into it becomes their judgements, all or none.

use crate::bulk::Worked;
use crate::hand_in::{TakenBack, TakenResult};
use crate::import::Mode;
use crate::records::Change;
use crate::{Actor, Service, ServiceError};
use jiff::civil::Date;
use serde_json::{Value, json};
use warrant_model::RecordId;
use warrant_model::kind::{FieldProblem, Record};
use warrant_model::kinds::{Assessment, AssessmentResult, Person};
use warrant_model::snapshot::SystemSnapshot;

/// What taking a workbook back did or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct TakenOutcome {
    /// The sheet it was read from.
    pub sheet: String,
    /// Rows that say what Warrant says.
    pub same: usize,
    /// Rows without a result.
    pub blank: usize,
    /// What the other rows say, in their order.
    pub judged: Vec<TakenLine>,
    /// The ledger entry, by which it can be undone; `None` when nothing was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leaf: Option<i64>,
}

/// A judgement that a row gives.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct TakenLine {
    /// The row of the sheet, from 1.
    pub row: u32,
    /// The CCI.
    pub cci: String,
    /// The control or statement it stands for.
    pub control: String,
    /// What came out.
    pub result: AssessmentResult,
    /// The day.
    pub assessed_on: Date,
    /// Who tested.
    pub tested_by: String,
    /// What becomes of it.
    pub becomes: Becomes,
    /// Whether a rule that names the CCI is open: the posture goes by it until it is mended or excepted.
    pub against_open_rule: bool,
}

/// What becomes of a judgement that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Becomes {
    /// A new record.
    New,
    /// A change of the record about the same CCI and day.
    Changed,
    /// Nothing: it was recorded before.
    Known,
}

impl TakenOutcome {
    /// How many judgements become this.
    pub fn count(&self, becomes: Becomes) -> usize {
        self.judged.iter().filter(|line| line.becomes == becomes).count()
    }
}

impl Service {
    /// Takes a filled workbook of a format back into a system: rows that say something else than Warrant would write
    /// there now become judgements. Unless all of them can be taken, none is.
    ///
    /// # Errors
    /// [`ServiceError::HandIn`] when the workbook is refused, with the place of each problem.
    pub async fn take_back(
        &self,
        actor: &Actor,
        (system, format): (&str, &str),
        (name, bytes): (&str, Vec<u8>),
        mode: Mode,
    ) -> Result<TakenOutcome, ServiceError> {
        let system = self.system_row(actor, system).await?.id;
        let (taken, snapshot) = self.read_back(actor, &system, format, bytes).await?;
        let mut outcome = TakenOutcome {
            sheet: taken.sheet.clone(),
            same: taken.same,
            blank: taken.blank,
            ..TakenOutcome::default()
        };
        let mut changes = Vec::new();
        for one in &taken.judged {
            for control in targets(&one.cci) {
                let (becomes, change) = becomes(&snapshot, one, control);
                outcome.judged.push(TakenLine {
                    row: one.row,
                    cci: one.cci.clone(),
                    control: control.to_owned(),
                    result: one.result,
                    assessed_on: one.assessed_on,
                    tested_by: one.tested_by.clone(),
                    becomes,
                    against_open_rule: one.is_open && one.result != AssessmentResult::OtherThanSatisfied,
                });
                changes.extend(change.map(|change| (one.row, change)));
            }
        }
        if mode == Mode::Commit && !changes.is_empty() {
            let act = self.act(actor, &format!("take-back:{format}"));
            let (rows, changes): (Vec<u32>, Vec<Change>) = changes.into_iter().unzip();
            let worded =
                |at: usize, problems: Vec<FieldProblem>| placed(&taken, name, rows.get(at), problems);
            let kind = self.kind("assessment")?;
            let done = self.change_counting(actor, &act, kind, changes, &worded, &Worked::default()).await?;
            outcome.leaf = Some(done.leaf);
        }
        Ok(outcome)
    }
}

/// The controls and statements that a CCI stands for, each once.
fn targets(cci: &str) -> Vec<&'static str> {
    let mut ids: Vec<_> = warrant_catalog::cci::cci(cci).iter().map(|target| target.id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// What becomes of a judgement: the record about the same CCI, control and day says it anew, whatever its method.
fn becomes(snapshot: &SystemSnapshot, one: &TakenResult, control: &str) -> (Becomes, Option<Change>) {
    let about = |record: &&Record<Assessment>| {
        let body = &record.body;
        body.cci.as_deref() == Some(&one.cci)
            && body.control == control
            && body.assessed_on == Some(one.assessed_on)
    };
    let before =
        snapshot.assessments.iter().filter(about).max_by_key(|record| (record.updated_at, &record.id));
    let old = before.map(|record| serde_json::to_value(&record.body).unwrap_or_default());
    let blank = json!({
        "system": snapshot.system.id, "control": control, "cci": one.cci, "method": "test",
        "assessed_on": one.assessed_on.to_string(),
    });
    let mut body = old.clone().unwrap_or(blank);
    let person = person(&snapshot.programme.persons, &one.tested_by);
    let named = person.is_none() && !one.tested_by.is_empty();
    let fields = [
        ("result", serde_json::to_value(one.result).ok()),
        ("assessor", person.map(|id| Value::from(id.as_str()))),
        ("tested_by", named.then(|| Value::from(one.tested_by.as_str()))),
        ("notes", (!one.notes.is_empty()).then(|| Value::from(one.notes.as_str()))),
    ];
    if let Some(object) = body.as_object_mut() {
        for (name, value) in fields {
            match value {
                Some(value) => drop(object.insert(name.to_owned(), value)),
                None => drop(object.remove(name)),
            }
        }
    }
    match before {
        Some(_) if old.as_ref() == Some(&body) => (Becomes::Known, None),
        Some(record) => {
            let change = Change::Update { id: record.id.0.clone(), version: record.version, body };
            (Becomes::Changed, Some(change))
        }
        None => (Becomes::New, Some(Change::Create { id: None, body })),
    }
}

/// The only person on record of a name or e-mail address.
fn person<'p>(persons: &'p [Record<Person>], named: &str) -> Option<&'p RecordId> {
    let named = named.trim().to_lowercase();
    let is = |person: &&Record<Person>| {
        [&person.body.name, &person.body.email].iter().any(|one| one.trim().to_lowercase() == named)
    };
    let mut found = persons.iter().filter(is);
    match (found.next(), found.next()) {
        (Some(only), None) if !named.is_empty() => Some(&only.id),
        _ => None,
    }
}

fn placed(
    taken: &TakenBack,
    name: &str,
    row: Option<&u32>,
    problems: Vec<FieldProblem>,
) -> Vec<FieldProblem> {
    let row = row.copied().unwrap_or_default();
    let at = |problem: FieldProblem| {
        let message =
            format!("{name}, sheet \"{}\" row {row}, {}: {}", taken.sheet, problem.field, problem.message);
        FieldProblem::new("", message)
    };
    problems.into_iter().map(at).collect()
}
