//! Drafts: what a check says is wrong, before ownership, plans, exceptions and rank are added.
//!
//! Must not know of any particular check.

use crate::policy::Exploit;
use jiff::Timestamp;
use jiff::civil::Date;
use warrant_model::posture::{Change, CorrectiveAction, Ground, Source};
use warrant_model::priority::Decision;
use warrant_model::{Objective, RecordId, Severity};

/// The most grounds kept with one deficiency; its sentence gives the full count.
pub(crate) const GROUNDS_LIMIT: usize = 20;

/// The most grounds kept with a deficiency that gathers many things, one for each: more than any benchmark has rules.
pub(crate) const GATHERED_LIMIT: usize = 1000;

/// A deficiency as a check states it.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) key: String,
    pub(crate) subject: Source,
    pub(crate) severity: Severity,
    pub(crate) since: Timestamp,
    pub(crate) title: String,
    pub(crate) why: String,
    pub(crate) due: Option<Date>,
    pub(crate) controls: Vec<String>,
    pub(crate) objectives: Vec<Objective>,
    pub(crate) grounds: Vec<Ground>,
    pub(crate) actions: Vec<CorrectiveAction>,
    pub(crate) owner: Option<RecordId>,
    pub(crate) findings: Vec<usize>,
    pub(crate) poam_item: Option<RecordId>,
    pub(crate) exploit: Exploit,
    /// How fast it is decided to act, of weaknesses.
    pub(crate) decision: Option<Decision>,
    pub(crate) scored: Scored,
    /// The highest CVSS base score among its findings, 0 to 10.
    pub(crate) cvss: Option<f32>,
    /// How many things it is about: targets, controls, duties.
    pub(crate) extent: usize,
    pub(crate) planned: PlannedBy,
}

/// Which plans count for a deficiency made of several findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlannedBy {
    /// One for any of them: they have one remedy.
    Any,
    /// One for each of them: they were gathered for being alike only.
    All,
}

/// Whether a deficiency counts in the scorecard beside the controls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scored {
    /// It does.
    Counts,
    /// Control status says the same already.
    AlreadyInControls,
}

impl Draft {
    /// A deficiency of a record, whose identity it takes.
    pub(crate) fn of_record(kind: &str, id: &RecordId, severity: Severity, since: Timestamp) -> Self {
        let subject = Source::Record { kind: kind.to_owned(), id: id.as_str().to_owned() };
        Self::about(id.as_str(), subject, severity, since)
    }

    /// A deficiency of anything, with the key that identifies it among those of its check and system.
    pub(crate) fn about(key: &str, subject: Source, severity: Severity, since: Timestamp) -> Self {
        Self {
            key: key.to_owned(),
            subject,
            severity,
            since,
            title: String::new(),
            why: String::new(),
            due: None,
            controls: Vec::new(),
            objectives: Vec::new(),
            grounds: Vec::new(),
            actions: Vec::new(),
            owner: None,
            findings: Vec::new(),
            poam_item: None,
            exploit: Exploit::Unknown,
            decision: None,
            scored: Scored::Counts,
            cvss: None,
            extent: 1,
            planned: PlannedBy::Any,
        }
    }

    /// With a key of its own: one of several of its check about the same subject.
    pub(crate) fn keyed(mut self, key: &str) -> Self {
        key.clone_into(&mut self.key);
        self
    }

    /// One line: what is wrong, where.
    pub(crate) fn title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// One sentence with the figures.
    pub(crate) fn why(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }

    /// The day it must be dealt with.
    pub(crate) fn due(mut self, due: Option<Date>) -> Self {
        self.due = due;
        self
    }

    /// Controls it touches.
    pub(crate) fn controls<S: Into<String>>(mut self, controls: impl IntoIterator<Item = S>) -> Self {
        self.controls.extend(controls.into_iter().map(Into::into));
        self
    }

    /// Objectives it pulls down.
    pub(crate) fn objectives(mut self, objectives: &[Objective]) -> Self {
        self.objectives.extend_from_slice(objectives);
        self
    }

    /// Places where it can be seen, the first [`GROUNDS_LIMIT`] of them.
    pub(crate) fn grounds(mut self, grounds: impl IntoIterator<Item = Ground>) -> Self {
        let left = GROUNDS_LIMIT.saturating_sub(self.grounds.len());
        self.grounds.extend(grounds.into_iter().take(left));
        self
    }

    /// Places where each of what was gathered can be seen, the first [`GATHERED_LIMIT`] of them.
    pub(crate) fn grounds_of_each(mut self, grounds: impl IntoIterator<Item = Ground>) -> Self {
        self.grounds.extend(grounds.into_iter().take(GATHERED_LIMIT));
        self
    }

    /// What would end it; the first given is the best.
    pub(crate) fn action(mut self, action: CorrectiveAction) -> Self {
        self.actions.push(action);
        self
    }

    /// All that would end it; the first given is the best.
    pub(crate) fn actions(mut self, actions: impl IntoIterator<Item = CorrectiveAction>) -> Self {
        self.actions.extend(actions);
        self
    }

    /// How bad it is.
    pub(crate) fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Who it falls to.
    pub(crate) fn owner(mut self, owner: Option<RecordId>) -> Self {
        self.owner = owner;
        self
    }

    /// Findings it is made of, by row.
    pub(crate) fn findings(mut self, rows: &[usize]) -> Self {
        self.findings.extend_from_slice(rows);
        self
    }

    /// The plan it is about.
    pub(crate) fn poam_item(mut self, item: &RecordId) -> Self {
        self.poam_item = Some(item.clone());
        self
    }

    /// What is known of exploits.
    pub(crate) fn exploit(mut self, exploit: Exploit) -> Self {
        self.exploit = exploit;
        self
    }

    /// How fast it is decided to act.
    pub(crate) fn decision(mut self, decision: Option<Decision>) -> Self {
        self.decision = decision;
        self
    }

    /// The highest CVSS base score, 0 to 10.
    pub(crate) fn cvss(mut self, score: Option<f32>) -> Self {
        self.cvss = score;
        self
    }

    /// How many things it is about.
    pub(crate) fn extent(mut self, number: usize) -> Self {
        self.extent = number;
        self
    }

    /// It counts as planned only when each of its findings has a plan.
    pub(crate) fn planned_by_all(mut self) -> Self {
        self.planned = PlannedBy::All;
        self
    }

    /// Control status says the same already.
    pub(crate) fn already_in_controls(mut self) -> Self {
        self.scored = Scored::AlreadyInControls;
        self
    }
}

/// Editing fields of a record.
pub(crate) fn edit(title: impl Into<String>, kind: &str, id: &RecordId, fields: &[&str]) -> CorrectiveAction {
    let fields = fields.iter().map(|field| (*field).to_owned()).collect();
    let change = Change::Edit { kind: kind.to_owned(), id: id.as_str().to_owned(), fields };
    CorrectiveAction { title: title.into(), change, hours: None }
}

/// Creating a record.
pub(crate) fn create(title: impl Into<String>, kind: &str, with: &[(&str, &str)]) -> CorrectiveAction {
    let with = with.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect();
    let change = Change::Create { kind: kind.to_owned(), with };
    CorrectiveAction { title: title.into(), change, hours: None }
}

/// Bringing in evidence.
pub(crate) fn import(title: impl Into<String>, what: impl Into<String>) -> CorrectiveAction {
    CorrectiveAction { title: title.into(), change: Change::Import { what: what.into() }, hours: None }
}

/// Working on the system itself.
pub(crate) fn remediate(title: impl Into<String>, target: impl Into<String>) -> CorrectiveAction {
    CorrectiveAction { title: title.into(), change: Change::Remediate { target: target.into() }, hours: None }
}

/// An estimate of person-hours, low to high.
pub(crate) fn taking(mut action: CorrectiveAction, low: f32, high: f32) -> CorrectiveAction {
    action.hours = Some((low, high));
    action
}

/// A ground in a record.
pub(crate) fn record_ground(says: impl Into<String>, at: Timestamp, kind: &str, id: &RecordId) -> Ground {
    let source = Source::Record { kind: kind.to_owned(), id: id.as_str().to_owned() };
    Ground { says: says.into(), at, source }
}

/// Names in a line: the first three and how many more.
pub(crate) fn listed<S: AsRef<str>>(names: &[S]) -> String {
    let shown: Vec<_> = names.iter().take(3).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(shown.len()) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// `1 host`, `3 hosts`.
pub(crate) fn count_of(number: usize, one: &str, several: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {several}") }
}
