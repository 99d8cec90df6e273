//! Findings as a table.

use super::{Heading, TitleOf, columns, joined};
use crate::table::{Cell, ColumnKind, Table};
use jiff::civil::Date;
use warrant_model::finding::{Finding, FindingState};
use warrant_model::priority::Decision;

/// By when to act on a finding and why.
#[derive(Clone, Copy, Debug)]
pub struct PriorityCells<'a> {
    /// How fast.
    pub decision: Decision,
    /// The last day.
    pub due: Date,
    /// The sentence.
    pub why: &'a str,
}

/// Findings in the order given, each with the evidence and line of the newest look. What is no open weakness has no
/// priority.
pub fn findings_table<'a>(
    rows: impl IntoIterator<Item = (&'a Finding, Option<PriorityCells<'a>>)>,
    title_of: &TitleOf<'_>,
    heading: Heading,
) -> Table {
    use ColumnKind::{Link, Number, Text};
    Table {
        title: "Findings".into(),
        columns: columns(&[
            ("Severity", Text),
            ("Priority", Text),
            ("Due", ColumnKind::Date),
            ("Why", Text),
            ("State", Text),
            ("Title", Text),
            ("System", Link),
            ("Target", Text),
            ("Subject", Text),
            ("Rule", Text),
            ("Vulnerabilities", Text),
            ("Weakness types", Text),
            ("CVSS score", Number),
            ("Exploit known", Text),
            ("Controls", Text),
            ("Remedy", Text),
            ("Fixed version", Text),
            ("Tool", Text),
            ("Benchmark", Text),
            ("Suppressed", Text),
            ("First seen", ColumnKind::Date),
            ("Last seen", ColumnKind::Date),
            ("State since", ColumnKind::Date),
            ("Times reopened", Number),
            ("Evidence", Text),
            ("Line", Number),
            ("Place", Text),
            ("Finding id", Text),
        ]),
        rows: rows.into_iter().map(|(finding, priority)| cells(finding, priority, title_of)).collect(),
        marking: heading.marking,
        source: heading.source,
    }
}

fn cells(finding: &Finding, priority: Option<PriorityCells<'_>>, title_of: &TitleOf<'_>) -> Vec<Cell> {
    let cwes: Vec<_> = finding.cwes.iter().map(|number| format!("CWE-{number}")).collect();
    let score = finding.cvss_score.map(|score| (f64::from(score) * 10.0).round() / 10.0);
    let line = if finding.place.line > 0 { Cell::Integer(finding.place.line.into()) } else { Cell::Empty };
    vec![
        Cell::text(finding.severity.word()),
        Cell::text_if(priority.map(|priority| priority.decision.word())),
        priority.map_or(Cell::Empty, |priority| Cell::Date(priority.due)),
        Cell::text_if(priority.map(|priority| priority.why)),
        Cell::text(state_title(finding.state)),
        Cell::text(&finding.title),
        Cell::text(title_of("system", &finding.system)),
        Cell::text(&finding.target),
        Cell::text(&finding.subject),
        Cell::text(&finding.rule),
        joined(&finding.vulnerabilities),
        joined(&cwes),
        Cell::number_if(score),
        finding.exploit.map_or(Cell::Empty, Cell::Bool),
        joined(&finding.controls),
        Cell::text_if(finding.remedy.as_deref()),
        Cell::text_if(finding.fixed_version.as_deref()),
        Cell::text(&finding.tool),
        Cell::text(&finding.benchmark),
        Cell::Bool(finding.suppressed),
        Cell::Time(finding.first_seen),
        Cell::Time(finding.last_seen),
        Cell::Time(finding.state_since),
        Cell::Integer(finding.reopened.into()),
        Cell::text(finding.evidence.as_str()),
        line,
        Cell::text(&finding.place.pointer),
        Cell::text(&finding.id),
    ]
}

fn state_title(state: FindingState) -> &'static str {
    match state {
        FindingState::Open => "open",
        FindingState::Closed => "closed",
        FindingState::Met => "met",
        FindingState::NotChecked => "not checked",
        FindingState::NotApplicable => "not applicable",
        FindingState::Moved => "moved",
    }
}
