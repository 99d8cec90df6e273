//! Findings as they stood at an instant that has passed: a list that can be read and taken along, and nothing done there.

use super::FindingPage;
use crate::tables::{EXPORT_LIMIT, Shape};
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::finding::{Finding, FindingState};
use warrant_model::posture::SeverityCounts;
use warrant_model::priority::Decision;
use warrant_model::snapshot::SystemSnapshot;
use warrant_report::tables::{Heading, PriorityCells, findings_table};
use warrant_store::findings::{self, FindingCount, FindingOrder, FindingQuery};

/// The most findings that are gone through for a list over all systems.
pub const MOST_THEN: i64 = 20_000;

/// A list over all systems as it stood.
#[derive(Clone, Debug)]
pub enum FindingsThen {
    /// All that the query asks for.
    Told(FindingPage),
    /// More than [`MOST_THEN`] findings would have to be gone through: the query is to be narrowed. What the postures
    /// kept of that day counted as open goes with it, and of how many systems.
    Narrow(SeverityCounts, usize),
}

/// A finding as it stood, with what was decided where that can be told.
type Decided = (Finding, Option<Decision>);

impl Service {
    /// What [`Service::list_findings`] would have answered at an instant. Decisions are told of one system alone, since
    /// each is made by its system's record of that day: a query over all systems leaves them aside. Who may see what is
    /// decided by roles as they are.
    pub async fn list_findings_at(
        &self,
        actor: &Actor,
        query: &FindingQuery,
        at: Timestamp,
    ) -> Result<FindingsThen, ServiceError> {
        self.list_findings_within(actor, query, at, MOST_THEN).await
    }

    /// The same with another bound, which changes what is gone through and not what is found.
    pub async fn list_findings_within(
        &self,
        actor: &Actor,
        query: &FindingQuery,
        at: Timestamp,
        most: i64,
    ) -> Result<FindingsThen, ServiceError> {
        if let Some(system) = &query.system {
            let snapshot = match self.snapshot(actor, system, Some(at)).await {
                Ok(snapshot) => snapshot,
                Err(ServiceError::NotFound { .. }) => return Ok(FindingsThen::Told(FindingPage::default())),
                Err(error) => return Err(error),
            };
            return Ok(FindingsThen::Told(self.findings_of(&snapshot, query).await?));
        }
        let (mut db, sees) = (self.store().db(), actor.sees());
        let query = over_all(query);
        let Some(found) = findings::then(&mut db, &query, &sees, at, most).await? else {
            let mut open = SeverityCounts::default();
            let summaries = self.summaries_at(actor, at).await?;
            let systems: Vec<_> = summaries.iter().filter(|(system, _)| !system.is_empty()).collect();
            for counted in systems.iter().map(|(_, summary)| &summary.open_findings) {
                open.critical += counted.critical;
                open.high += counted.high;
                open.medium += counted.medium;
                open.low += counted.low;
                open.none += counted.none;
            }
            return Ok(FindingsThen::Narrow(open, systems.len()));
        };
        let mut page = page_of(found.into_iter().map(|finding| (finding, None)).collect(), &query);
        findings::last_seen_then(&mut db, &mut page.rows, at).await?;
        Ok(FindingsThen::Told(page))
    }

    /// The findings of a snapshot of a past instant that a query asks for.
    pub async fn findings_of(
        &self,
        snapshot: &SystemSnapshot,
        query: &FindingQuery,
    ) -> Result<FindingPage, ServiceError> {
        let decided = self.decisions_then(snapshot);
        let (table, system) = (&snapshot.findings, snapshot.system.id.as_str());
        let listed = |row: &usize| table.state[*row] != FindingState::Moved && !table.is_second(*row);
        let all = (0..table.len()).filter(listed);
        let all = all.map(|row| (table.finding(row, system), decided.get(&row).copied()));
        let mut page = page_of(all.filter(|(finding, _)| fits(finding, query)).collect(), query);
        findings::last_seen_then(&mut self.store().db(), &mut page.rows, snapshot.as_of).await?;
        let tools = |finding: &Finding| {
            let row = table.row_of(&finding.id)?;
            let others = table.known_as(row).map(|other| table.text(table.tool[other]).to_owned());
            let others: BTreeSet<String> = others.filter(|tool| *tool != finding.tool).collect();
            (!others.is_empty()).then(|| (finding.id.clone(), others))
        };
        let also = page.rows.iter().filter_map(tools).collect();
        Ok(FindingPage { also, priorities: self.priorities_then(snapshot, &page.rows), ..page })
    }

    /// Exports findings as they stood at an instant.
    pub async fn export_findings_at(
        &self,
        actor: &Actor,
        query: &FindingQuery,
        at: Timestamp,
        shape: impl Into<Shape> + Send,
    ) -> Result<Vec<u8>, ServiceError> {
        let query = FindingQuery { limit: EXPORT_LIMIT, offset: 0, ..query.clone() };
        let FindingsThen::Told(page) = self.list_findings_at(actor, &query, at).await? else {
            return Err(ServiceError::Refused(format!(
                "more than {MOST_THEN} findings would have to be gone through for that day: narrow the list to a system, a target, a tool or a control first"
            )));
        };
        let titles = self.system_names(actor).await?;
        let title_of = |_: &str, id: &str| titles.get(id).cloned().unwrap_or_else(|| id.to_owned());
        let rows = page.rows.iter().map(|row| {
            let told = page.priorities.get(&row.id);
            (
                row,
                told.map(|told| PriorityCells {
                    decision: told.decision,
                    due: told.due,
                    why: &told.sentence,
                }),
            )
        });
        let heading =
            Heading { source: format!("Warrant, findings as of {at:.0}"), ..self.heading("findings") };
        self.written(&findings_table(rows, &title_of, heading), shape)
    }
}

/// A query over all systems without what is not known of a past day: what was decided, and the order of last sight, which
/// is told of the page alone.
fn over_all(query: &FindingQuery) -> FindingQuery {
    let order = match query.order {
        FindingOrder::Decision | FindingOrder::LastSeen => FindingOrder::Severity,
        known => known,
    };
    FindingQuery { order, decision: None, ..query.clone() }
}

/// The page of what fits everything but state, severity, tool and decision, which are counted.
fn page_of(all: Vec<Decided>, query: &FindingQuery) -> FindingPage {
    let mut counts = BTreeMap::new();
    for (finding, decision) in &all {
        let apart = (finding.state, finding.severity, finding.tool.clone(), *decision);
        *counts.entry(apart).or_insert(0_i64) += 1;
    }
    let chosen = |(finding, decision): &Decided| {
        query.state.is_none_or(|wanted| wanted == finding.state)
            && query.severity.is_none_or(|wanted| wanted == finding.severity)
            && query.tool.as_deref().is_none_or(|wanted| wanted == finding.tool)
            && query.decision.is_none_or(|wanted| Some(wanted) == *decision)
    };
    let mut rows: Vec<Decided> = all.into_iter().filter(chosen).collect();
    sort(&mut rows, query);
    let (skip, take) = (query.offset.max(0) as usize, query.limit.max(0) as usize);
    let total = rows.len() as i64;
    let told =
        |((state, severity, tool, decision), count)| FindingCount { state, severity, tool, decision, count };
    FindingPage {
        rows: rows.into_iter().skip(skip).take(take).map(|(finding, _)| finding).collect(),
        total,
        breakdown: counts.into_iter().map(told).collect(),
        ..FindingPage::default()
    }
}

/// Whether a finding fits everything but state, severity, tool and decision, which are counted.
fn fits(finding: &Finding, query: &FindingQuery) -> bool {
    let target = query.target.as_deref().is_none_or(|wanted| wanted == finding.target);
    let bears = |control: &str| {
        finding.controls.iter().any(|id| {
            id.strip_prefix(control).is_some_and(|rest| rest.is_empty() || rest.starts_with("_smt"))
        })
    };
    let words = || {
        let ids = finding.vulnerabilities.join(",");
        let all = [&finding.title, &finding.target, &finding.rule, &finding.subject, &ids];
        let all = all.map(|text| text.to_lowercase()).join(" ");
        query.text.split_whitespace().all(|word| all.contains(word))
    };
    target && query.control.as_deref().is_none_or(bears) && (query.text.is_empty() || words())
}

fn sort(rows: &mut [Decided], query: &FindingQuery) {
    match query.order {
        FindingOrder::Severity => rows.sort_by(|(a, _), (b, _)| {
            (a.severity, a.state_since, &a.id).cmp(&(b.severity, b.state_since, &b.id))
        }),
        FindingOrder::Decision => rows.sort_by(|(a, of_a), (b, of_b)| {
            (of_a, a.severity, a.state_since, &a.id).cmp(&(of_b, b.severity, b.state_since, &b.id))
        }),
        FindingOrder::Title => rows.sort_by(|(a, _), (b, _)| (&a.title, &a.id).cmp(&(&b.title, &b.id))),
        FindingOrder::Target => rows.sort_by(|(a, _), (b, _)| (&a.target, &a.id).cmp(&(&b.target, &b.id))),
        FindingOrder::FirstSeen => {
            rows.sort_by(|(a, _), (b, _)| (a.first_seen, &a.id).cmp(&(b.first_seen, &b.id)));
        }
        FindingOrder::LastSeen => {
            rows.sort_by(|(a, _), (b, _)| (a.last_seen, &a.id).cmp(&(b.last_seen, &b.id)))
        }
    }
    if query.descending {
        rows.reverse();
    }
}
