//! Taking a filled workbook back: what people wrote into it becomes judgements or changes of records, all or none.

use crate::bulk::Worked;
use crate::hand_in::{Compared, NotTaken, TakenBack, TakenEdit, TakenField, TakenResult};
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
    /// The sheets it was read from.
    pub sheets: Vec<String>,
    /// What it was compared with.
    pub compared: Compared,
    /// The kind of record that its rows are.
    pub kind: String,
    /// Rows that say what Warrant wrote or says.
    pub same: usize,
    /// Rows that say nothing.
    pub blank: usize,
    /// Records that it has no row for: they stay as they are.
    pub absent: usize,
    /// What rows of results say otherwise, in their order.
    pub judged: Vec<TakenLine>,
    /// What rows of records say otherwise, in their order.
    pub edited: Vec<EditedLine>,
    /// What was changed and is not taken.
    pub not_taken: Vec<NotTaken>,
    /// The ledger entry, by which it can be undone; `None` when nothing was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leaf: Option<i64>,
}

/// A record that a row makes or changes.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct EditedLine {
    /// The sheet.
    pub sheet: String,
    /// The row, from 1.
    pub row: u32,
    /// The record; `None` for a new one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordId>,
    /// Its title.
    pub title: String,
    /// What changes, by column.
    pub fields: Vec<TakenField>,
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
    /// How many judgements and records become this.
    pub fn count(&self, becomes: Becomes) -> usize {
        let judged = self.judged.iter().filter(|line| line.becomes == becomes).count();
        let edited = match becomes {
            Becomes::New => self.edited.iter().filter(|line| line.record.is_none()).count(),
            Becomes::Changed => self.edited.iter().filter(|line| line.record.is_some()).count(),
            Becomes::Known => 0,
        };
        judged + edited
    }

    /// How many records are written.
    pub fn writes(&self) -> usize {
        self.count(Becomes::New) + self.count(Becomes::Changed)
    }
}

/// A change with the row that asks for it.
struct Asked {
    sheet: String,
    row: u32,
    change: Change,
}

impl Service {
    /// Takes a filled workbook of a format back into a system: what rows say otherwise than Warrant wrote there becomes
    /// judgements (of results) or changes of records (POA&M items, components). Unless all can be taken, none is.
    ///
    /// # Errors
    /// [`ServiceError::HandIn`] when the workbook is refused, with the place of each problem; what the records' own rules
    /// refuse as [`ServiceError::Invalid`] or [`ServiceError::Denied`].
    pub async fn take_back(
        &self,
        actor: &Actor,
        (system, format): (&str, &str),
        (name, bytes): (&str, Vec<u8>),
        mode: Mode,
    ) -> Result<TakenOutcome, ServiceError> {
        let system = self.system_row(actor, system).await?.id;
        let (taken, snapshot, compared) = self.read_back(actor, &system, format, bytes).await?;
        let TakenBack { kind, sheets, same, blank, absent, judged, edits, not_taken } = taken;
        let mut outcome = TakenOutcome {
            sheets,
            compared,
            kind: kind.to_owned(),
            same,
            blank,
            absent,
            not_taken,
            ..TakenOutcome::default()
        };
        let mut changes = Vec::new();
        for one in &judged {
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
                let sheet = outcome.sheets.first().cloned().unwrap_or_default();
                changes.extend(change.map(|change| Asked { sheet, row: one.row, change }));
            }
        }
        for edit in edits {
            outcome.edited.push(EditedLine::of(&edit));
            changes.push(Asked { sheet: edit.sheet.clone(), row: edit.row, change: changed(edit) });
        }
        if !changes.is_empty() {
            let act = self.act(actor, &format!("take-back:{format}"));
            let (places, changes): (Vec<(String, u32)>, Vec<Change>) =
                changes.into_iter().map(|asked| ((asked.sheet, asked.row), asked.change)).unzip();
            let worded = |at: usize, problems: Vec<FieldProblem>| placed(name, places.get(at), problems);
            let kind = self.kind(kind)?;
            let worked = Worked::default();
            match mode {
                Mode::Commit => {
                    let done = self.change_counting(actor, &act, kind, changes, &worded, &worked).await?;
                    outcome.leaf = Some(done.leaf);
                }
                Mode::DryRun => self.would_change(actor, &act, kind, &changes, &worded).await?,
            }
        }
        Ok(outcome)
    }
}

impl EditedLine {
    fn of(edit: &TakenEdit) -> Self {
        Self {
            sheet: edit.sheet.clone(),
            row: edit.row,
            record: edit.record.as_ref().map(|(id, _)| id.clone()),
            title: edit.title.clone(),
            fields: edit.fields.clone(),
        }
    }
}

fn changed(edit: TakenEdit) -> Change {
    match edit.record {
        Some((id, version)) => Change::Update { id: id.0, version, body: edit.body },
        None => Change::Create { id: None, body: edit.body },
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

/// Problems with the row that they are of.
fn placed(name: &str, place: Option<&(String, u32)>, problems: Vec<FieldProblem>) -> Vec<FieldProblem> {
    let place = place.map(|(sheet, row)| format!(", sheet \"{sheet}\" row {row}")).unwrap_or_default();
    let at = |problem: FieldProblem| {
        let field = if problem.field.is_empty() { String::new() } else { format!(", {}", problem.field) };
        FieldProblem::new("", format!("{name}{place}{field}: {}", problem.message))
    };
    problems.into_iter().map(at).collect()
}
