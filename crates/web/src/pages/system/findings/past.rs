//! Findings as they stood on a day, told from the system's snapshot.

use super::super::frame::Frame;
use super::Found;
use crate::server::App;
use std::collections::BTreeMap;
use warrant_model::finding::{Finding, FindingState};
use warrant_model::priority::Decision;
use warrant_model::snapshot::Findings;
use warrant_service::findings::FindingCount;
use warrant_service::query::{FindingOrder, FindingQuery};

/// The page of findings that a query asks for.
pub(super) fn found(app: &App, frame: &Frame, query: &FindingQuery) -> Found {
    let decided = app.service.decisions_then(&frame.snapshot);
    let findings = &frame.snapshot.findings;
    let mut counts = BTreeMap::new();
    let mut rows = Vec::new();
    let listed = |row: &usize| findings.state[*row] != FindingState::Moved && !findings.is_second(*row);
    for row in (0..findings.len()).filter(listed).filter(|row| fits(findings, *row, query)) {
        let (state, severity) = (findings.state[row], findings.severity[row]);
        let tool = findings.text(findings.tool[row]);
        let decision = decided.get(&row).copied();
        *counts.entry((state, severity, tool.to_owned(), decision)).or_insert(0_i64) += 1;
        let chosen = query.state.is_none_or(|wanted| wanted == state)
            && query.severity.is_none_or(|wanted| wanted == severity)
            && query.tool.as_deref().is_none_or(|wanted| wanted == tool)
            && query.decision.is_none_or(|wanted| Some(wanted) == decision);
        if chosen {
            rows.push(row);
        }
    }
    sort(findings, &decided, &mut rows, query);
    let (skip, take) = (query.offset.max(0) as usize, query.limit.max(0) as usize);
    let total = rows.len() as i64;
    let shown = rows.into_iter().skip(skip).take(take);
    let rows: Vec<Finding> = shown.map(|row| findings.finding(row, &frame.id)).collect();
    Found {
        more: false,
        also: BTreeMap::new(),
        priorities: app.service.priorities_then(&frame.snapshot, &rows),
        total,
        rows,
        breakdown: counts
            .into_iter()
            .map(|((state, severity, tool, decision), count)| FindingCount {
                state,
                severity,
                tool,
                decision,
                count,
            })
            .collect(),
    }
}

/// Whether a row fits everything but state, severity, tool and decision, which are counted.
fn fits(findings: &Findings, row: usize, query: &FindingQuery) -> bool {
    let text = |symbol| findings.text(symbol);
    let target = query.target.as_deref().is_none_or(|wanted| wanted == text(findings.target[row]));
    let bears = |control: &str| {
        findings.controls_of(row).any(|id| {
            id.strip_prefix(control).is_some_and(|rest| rest.is_empty() || rest.starts_with("_smt"))
        })
    };
    let words = || {
        let columns = [&findings.title, &findings.target, &findings.rule, &findings.vulnerabilities];
        let all = columns.map(|column| text(column[row]).to_lowercase()).join(" ");
        query.text.split_whitespace().all(|word| all.contains(word))
    };
    target && query.control.as_deref().is_none_or(bears) && (query.text.is_empty() || words())
}

fn sort(findings: &Findings, decided: &BTreeMap<usize, Decision>, rows: &mut [usize], query: &FindingQuery) {
    match query.order {
        FindingOrder::Severity => rows.sort_by_key(|row| (findings.severity[*row], findings.last_seen[*row])),
        FindingOrder::Decision => {
            rows.sort_by_key(|row| (decided.get(row), findings.severity[*row], findings.last_seen[*row]))
        }
        FindingOrder::Title => rows.sort_by_key(|row| findings.text(findings.title[*row])),
        FindingOrder::Target => rows.sort_by_key(|row| findings.text(findings.target[*row])),
        FindingOrder::FirstSeen => rows.sort_by_key(|row| findings.first_seen[*row]),
        FindingOrder::LastSeen => rows.sort_by_key(|row| findings.last_seen[*row]),
    }
    if query.descending {
        rows.reverse();
    }
}
