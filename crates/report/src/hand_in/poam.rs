//! POA&M items as rows: what each field of a layout takes from an item, its findings and its exceptions.

use super::subject::{Planned, Subject, control_shown, distinct, exceptions_of};
use crate::table::Cell;
use jiff::civil::Date;
use serde::Deserialize;
use warrant_model::finding::FindingSort;
use warrant_model::kind::Record;
use warrant_model::kinds::{Exception, Milestone, PoamItem};
use warrant_model::level::Severity;
use warrant_model::time::{day, from_micros};

/// What a column of POA&M rows can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PoamField {
    /// The item's id.
    Id,
    /// Its controls.
    Controls,
    /// The first of its controls.
    Control,
    /// The weakness in one line.
    Weakness,
    /// The weakness in words.
    Description,
    /// Tools that see it.
    Detectors,
    /// What those tools call it.
    SourceIdentifiers,
    /// Hosts and artefacts it is on.
    Targets,
    /// Who answers for it.
    Owner,
    /// The unit that answers for it.
    Office,
    /// Hours and cost.
    Resources,
    /// What tools advise.
    Remedies,
    /// The day it was found.
    Detected,
    /// The day it will be done.
    Due,
    /// Steps with their days.
    Milestones,
    /// What was planned otherwise at first.
    MilestoneChanges,
    /// The day the item changed last.
    Changed,
    /// Severity at first.
    OriginalSeverity,
    /// Severity now, when it is another than at first.
    AdjustedSeverity,
    /// `no` when the severity is the first one; `yes` otherwise.
    RiskAdjusted,
    /// Severity now.
    Severity,
    /// Why it is lived with.
    Deviation,
    /// What is done instead.
    Mitigations,
    /// What shows that it is done.
    Validation,
    /// What happened since.
    Comments,
    /// CVE ids.
    Vulnerabilities,
    /// `open`, `closed` or `accepted`.
    Status,
}

/// An item with what belongs to it.
pub(super) struct PoamView<'a> {
    subject: &'a Subject<'a>,
    record: &'a Record<PoamItem>,
    original: Option<&'a PoamItem>,
    findings: Vec<usize>,
    exceptions: Vec<&'a Exception>,
    day_pattern: &'a str,
}

impl<'a> PoamView<'a> {
    pub(super) fn of(
        subject: &'a Subject<'a>,
        planned: &Planned<'_>,
        record: &'a Record<PoamItem>,
        day_pattern: &'a str,
    ) -> Self {
        Self {
            subject,
            record,
            original: subject.originals.get(&record.id),
            findings: planned.rows(record, subject.posture),
            exceptions: exceptions_of(subject, &record.body),
            day_pattern,
        }
    }

    /// How many controls it bears on.
    pub(super) fn controls(&self) -> Vec<String> {
        let mut shown: Vec<_> = self.record.body.controls.iter().map(|id| control_shown(id)).collect();
        let mut seen = std::collections::BTreeSet::new();
        shown.retain(|control| seen.insert(control.clone()));
        shown
    }

    /// A field as a cell, severities and states as our own words.
    pub(super) fn cell(&self, field: PoamField) -> Cell {
        let item = &self.record.body;
        let table = &self.subject.snapshot.findings;
        let texts = |rows: &dyn Fn(usize) -> &'a str| distinct(self.findings.iter().map(|row| rows(*row)));
        match field {
            PoamField::Id => Cell::text(self.record.id.as_str()),
            PoamField::Controls => Cell::text(self.controls().join(", ")),
            PoamField::Control => Cell::text(self.controls().into_iter().next().unwrap_or_default()),
            PoamField::Weakness => Cell::text(&item.title),
            PoamField::Description => Cell::text(item.description.as_ref().unwrap_or(&item.title)),
            PoamField::Detectors => Cell::text(texts(&|row| table.text(table.tool[row])).join(", ")),
            PoamField::SourceIdentifiers => Cell::text(self.names().join(", ")),
            PoamField::Targets => Cell::text(texts(&|row| table.text(table.target[row])).join("\n")),
            PoamField::Owner => {
                let owner = item.owner.as_ref().map(|id| (self.subject.title_of)("person", id.as_str()));
                Cell::text(owner.unwrap_or_default())
            }
            PoamField::Office => {
                let unit = self.subject.snapshot.system.body.unit.as_ref();
                Cell::text(unit.map(|id| (self.subject.title_of)("unit", id.as_str())).unwrap_or_default())
            }
            PoamField::Resources => Cell::text(resources(item)),
            PoamField::Remedies => Cell::text(texts(&|row| table.text(table.remedy[row])).join("\n")),
            PoamField::Detected => {
                let seen = self.findings.iter().map(|row| table.first_seen[*row]).min();
                Cell::date_if(item.identified.or(seen.map(|at| day(from_micros(at)))))
            }
            PoamField::Due => Cell::date_if(item.due),
            PoamField::Milestones => Cell::text(self.milestones()),
            PoamField::MilestoneChanges => Cell::text(self.changes()),
            PoamField::Changed => Cell::Date(day(self.record.updated_at)),
            PoamField::OriginalSeverity => word(self.first_severity()),
            PoamField::AdjustedSeverity => {
                word(item.severity.filter(|now| self.first_severity().is_some_and(|first| first != *now)))
            }
            PoamField::RiskAdjusted => match (self.original, item.severity) {
                (Some(first), Some(now)) if first.severity == Some(now) => Cell::text("no"),
                (Some(_), Some(_)) => Cell::text("yes"),
                _ => Cell::Empty,
            },
            PoamField::Severity => word(item.severity),
            PoamField::Deviation => Cell::text(self.of_exceptions(|one| Some(&one.justification))),
            PoamField::Mitigations => Cell::text(self.of_exceptions(|one| one.compensating.as_deref())),
            PoamField::Validation => Cell::text_if(item.validation.as_deref()),
            PoamField::Comments => Cell::text_if(item.comments.as_deref()),
            PoamField::Vulnerabilities => Cell::text(self.cves().join(", ")),
            PoamField::Status => Cell::text(match item.state.as_str() {
                "closed" => "closed",
                _ if self.all_accepted() => "accepted",
                _ => "open",
            }),
        }
    }

    fn first_severity(&self) -> Option<Severity> {
        self.original.and_then(|first| first.severity).or(self.record.body.severity)
    }

    /// Rules, plugins and vulnerabilities of its findings; of benchmark rules the rule's id.
    fn names(&self) -> Vec<&str> {
        let table = &self.subject.snapshot.findings;
        let names = self.findings.iter().flat_map(|row| {
            let vulnerabilities = match table.sort[*row] {
                FindingSort::Weakness => table.text(table.vulnerabilities[*row]),
                FindingSort::Check => "",
            };
            std::iter::once(table.text(table.rule[*row])).chain(vulnerabilities.split(','))
        });
        distinct(names)
    }

    fn cves(&self) -> Vec<&str> {
        let table = &self.subject.snapshot.findings;
        let all = self.findings.iter().flat_map(|row| table.text(table.vulnerabilities[*row]).split(','));
        let named = self.record.body.findings.iter().map(String::as_str);
        distinct(all.chain(named).filter(|id| id.starts_with("CVE-")))
    }

    fn all_accepted(&self) -> bool {
        let covered = |id: &String| self.exceptions.iter().any(|one| one.deficiency.as_ref() == Some(id));
        let deficiencies = &self.record.body.deficiencies;
        !deficiencies.is_empty() && deficiencies.iter().all(covered)
    }

    fn of_exceptions<'e>(&'e self, text: impl Fn(&'e Exception) -> Option<&'e str>) -> String {
        distinct(self.exceptions.iter().filter_map(|one| text(one))).join("\n")
    }

    fn shown(&self, date: Date) -> String {
        date.strftime(self.day_pattern).to_string()
    }

    fn milestones(&self) -> String {
        let line = |(nth, milestone): (usize, &Milestone)| {
            format!("{}. {}", nth + 1, milestone_line(milestone, self.day_pattern))
        };
        self.record.body.milestones.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
    }

    /// What was planned otherwise when the item was first written.
    fn changes(&self) -> String {
        let Some(first) = self.original else { return String::new() };
        let now = &self.record.body;
        let shown = |date: Option<Date>| date.map_or("no day".to_owned(), |date| self.shown(date));
        let mut lines = Vec::new();
        if first.due != now.due && first.due.is_some() {
            lines.push(format!("Scheduled completion moved from {} to {}", shown(first.due), shown(now.due)));
        }
        for old in &first.milestones {
            match now.milestones.iter().find(|new| new.title == old.title) {
                None => lines.push(format!("Milestone dropped: {}", old.title)),
                Some(new) if new.due != old.due => {
                    let (old_day, new_day) = (shown(old.due), shown(new.due));
                    lines.push(format!("Milestone moved from {old_day} to {new_day}: {}", old.title));
                }
                Some(_) => {}
            }
        }
        let is_new = |new: &&Milestone| first.milestones.iter().all(|old| old.title != new.title);
        let added = now.milestones.iter().filter(is_new).filter(|_| !first.milestones.is_empty());
        lines.extend(added.map(|new| format!("Milestone added: {}", new.title)));
        lines.join("\n")
    }
}

/// A milestone as a line, without its number.
pub(super) fn milestone_line(milestone: &Milestone, day_pattern: &str) -> String {
    let shown = |day: Date| day.strftime(day_pattern);
    let due = milestone.due.map(|due| format!(", {}", shown(due))).unwrap_or_default();
    let done = milestone.done.map(|done| format!(" (done {})", shown(done))).unwrap_or_default();
    format!("{}{due}{done}", milestone.title)
}

fn word(severity: Option<Severity>) -> Cell {
    Cell::text(severity.map(|severity| severity.word()).unwrap_or_default())
}

fn resources(item: &PoamItem) -> String {
    let hours = item.hours.map(|hours| format!("{hours} person-hours"));
    let cost = item.cost.map(|cost| format!("cost {cost:.2}"));
    [hours, cost].into_iter().flatten().collect::<Vec<_>>().join("; ")
}
