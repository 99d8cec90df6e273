//! What is decided about a system's baseline, its parameters and what it takes from others, as files.

use super::TableFormat;
use crate::{Service, ServiceError};
use std::collections::BTreeMap;
use warrant_analysis::inheritance::Taken;
use warrant_analysis::tailored::{Decided, Parameter, layer_says};
use warrant_catalog::index::Index;
use warrant_model::snapshot::SystemSnapshot;
use warrant_model::time::day;
use warrant_report::tables::{
    DecisionRow, ParameterRow, TakenRow, inheritance_table, parameters_table, tailoring_table,
};

/// Who last changed each record, by its id.
type By = BTreeMap<String, String>;

fn label(id: &str) -> String {
    Index::embedded().label_of(id)
}

fn by<'a>(by: &'a By, record: &str) -> &'a str {
    by.get(record).map_or("", String::as_str)
}

/// A decision as tables and documents tell it.
pub(crate) fn decision_row(snapshot: &SystemSnapshot, one: &Decided, written_by: &By) -> DecisionRow {
    let body = &one.decision.body;
    let approver = body.approver.as_ref().and_then(|id| snapshot.programme.person(id));
    DecisionRow {
        control: label(&body.control),
        action: one.says(),
        compensated_by: body.compensated_by.iter().map(|id| label(id)).collect(),
        layer: layer_says(&one.layer).to_owned(),
        effect: one.effect.says().to_owned(),
        rationale: body.rationale.clone(),
        approver: approver.map(|person| person.body.name.clone()).unwrap_or_default(),
        by: by(written_by, one.decision.id.as_str()).to_owned(),
        at: Some(one.decision.updated_at),
    }
}

/// A parameter as tables and documents tell it.
pub(crate) fn parameter_row(one: &Parameter, written_by: &By) -> ParameterRow {
    let set = one.set.as_ref();
    ParameterRow {
        id: one.id.clone(),
        control: label(&one.control),
        label: one.label.clone(),
        value: set.map(|set| set.value.clone()).unwrap_or_default(),
        layer: set.map(|set| layer_says(&set.layer).to_owned()).unwrap_or_default(),
        by: set.map(|set| by(written_by, set.record.as_str()).to_owned()).unwrap_or_default(),
        at: set.map(|set| set.at),
    }
}

/// What is taken from another system as tables and documents tell it.
pub(crate) fn taken_row(one: &Taken) -> TakenRow {
    let offer = one.offer.as_ref();
    TakenRow {
        control: label(&one.control),
        how: one.how().to_owned(),
        path: one.from(),
        responsibility: one.responsibility().to_owned(),
        provided: offer.and_then(|offer| offer.provided.clone()).unwrap_or_default(),
        duty: offer.and_then(|offer| offer.customer_duty.clone()).unwrap_or_default(),
        ours: one.ours.clone(),
        failing: one.failing().map(|step| step.name.clone()).unwrap_or_default(),
        status: one.own_status.as_ref().map(|status| status.title().to_owned()).unwrap_or_default(),
        holes: one.holes.clone(),
    }
}

impl Service {
    /// Decisions about a system's baseline, one row each, in the order given.
    pub fn tailoring_file(
        &self,
        snapshot: &SystemSnapshot,
        decisions: &[&Decided],
        written_by: &By,
        format: TableFormat,
    ) -> Result<Vec<u8>, ServiceError> {
        let row = |one: &&Decided| decision_row(snapshot, one, written_by);
        let heading = self.heading(&about("tailoring", snapshot));
        self.written(&tailoring_table(decisions.iter().map(row).collect(), heading), format)
    }

    /// Organisation-defined parameters of a system, one row each, in the order given.
    pub fn parameters_file(
        &self,
        snapshot: &SystemSnapshot,
        parameters: &[&Parameter],
        written_by: &By,
        format: TableFormat,
    ) -> Result<Vec<u8>, ServiceError> {
        let row = |one: &&Parameter| parameter_row(one, written_by);
        let heading = self.heading(&about("parameters", snapshot));
        self.written(&parameters_table(parameters.iter().map(row).collect(), heading), format)
    }

    /// What a system takes from others, one row each, in the order given.
    pub fn inheritance_file(
        &self,
        snapshot: &SystemSnapshot,
        taken: &[&Taken],
        format: TableFormat,
    ) -> Result<Vec<u8>, ServiceError> {
        let row = |one: &&Taken| taken_row(one);
        let heading = self.heading(&about("inheritance", snapshot));
        self.written(&inheritance_table(taken.iter().map(row).collect(), heading), format)
    }
}

fn about(what: &str, snapshot: &SystemSnapshot) -> String {
    format!("{what} of {} on {}", snapshot.system.body.name, day(snapshot.as_of))
}
