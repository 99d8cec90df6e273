//! Findings as they stood on a day, told from the system's snapshot.

use super::super::frame::Frame;
use super::Found;
use std::collections::BTreeMap;
use warrant_model::fact::Place;
use warrant_model::finding::{Finding, FindingState};
use warrant_model::hash::ContentHash;
use warrant_model::snapshot::Findings;
use warrant_model::time::from_micros;
use warrant_service::query::{FindingOrder, FindingQuery};

/// The page of findings that a query asks for.
pub(super) fn found(frame: &Frame, query: &FindingQuery) -> Found {
    let findings = &frame.snapshot.findings;
    let mut counts = BTreeMap::new();
    let mut rows = Vec::new();
    let listed = |row: &usize| findings.state[*row] != FindingState::Moved && !findings.is_second(*row);
    for row in (0..findings.len()).filter(listed).filter(|row| fits(findings, *row, query)) {
        let (state, severity) = (findings.state[row], findings.severity[row]);
        let tool = findings.text(findings.tool[row]);
        *counts.entry((state, severity, tool.to_owned())).or_insert(0_i64) += 1;
        let chosen = query.state.is_none_or(|wanted| wanted == state)
            && query.severity.is_none_or(|wanted| wanted == severity)
            && query.tool.as_deref().is_none_or(|wanted| wanted == tool);
        if chosen {
            rows.push(row);
        }
    }
    sort(findings, &mut rows, query);
    let (skip, take) = (query.offset.max(0) as usize, query.limit.max(0) as usize);
    Found {
        also: BTreeMap::new(),
        total: rows.len() as i64,
        rows: rows.into_iter().skip(skip).take(take).map(|row| finding(frame, row)).collect(),
        breakdown: counts
            .into_iter()
            .map(|((state, severity, tool), count)| (state, severity, tool, count))
            .collect(),
    }
}

/// Whether a row fits everything but state, severity and tool, which are counted.
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

fn sort(findings: &Findings, rows: &mut [usize], query: &FindingQuery) {
    match query.order {
        FindingOrder::Severity => rows.sort_by_key(|row| (findings.severity[*row], findings.last_seen[*row])),
        FindingOrder::Title => rows.sort_by_key(|row| findings.text(findings.title[*row])),
        FindingOrder::Target => rows.sort_by_key(|row| findings.text(findings.target[*row])),
        FindingOrder::FirstSeen => rows.sort_by_key(|row| findings.first_seen[*row]),
        FindingOrder::LastSeen => rows.sort_by_key(|row| findings.last_seen[*row]),
    }
    if query.descending {
        rows.reverse();
    }
}

fn finding(frame: &Frame, row: usize) -> Finding {
    let findings = &frame.snapshot.findings;
    let text = |symbol| findings.text(symbol).to_owned();
    let filled = |symbol| Some(text(symbol)).filter(|text| !text.is_empty());
    Finding {
        id: text(findings.id[row]),
        system: frame.id.clone(),
        sort: findings.sort[row],
        tool: text(findings.tool[row]),
        target: text(findings.target[row]),
        rule: text(findings.rule[row]),
        benchmark: text(findings.benchmark[row]),
        title: text(findings.title[row]),
        subject: text(findings.subject[row]),
        severity: findings.severity[row],
        state: findings.state[row],
        suppressed: findings.suppressed[row],
        vulnerabilities: text(findings.vulnerabilities[row])
            .split(',')
            .filter(|id| !id.is_empty())
            .map(str::to_owned)
            .collect(),
        cwes: Vec::new(),
        controls: findings.controls_of(row).map(str::to_owned).collect(),
        cvss_score: Some(findings.cvss_score[row]).filter(|score| score.is_finite()),
        exploit: match findings.exploit[row] {
            0 => None,
            known => Some(known == 2),
        },
        remedy: filled(findings.remedy[row]),
        fixed_version: filled(findings.fixed_version[row]),
        first_seen: from_micros(findings.first_seen[row]),
        last_seen: from_micros(findings.last_seen[row]),
        state_since: from_micros(findings.state_since[row]),
        reopened: 0,
        evidence: ContentHash(text(findings.evidence[row])),
        place: Place::new(findings.line[row], findings.text(findings.pointer[row])),
        moved_to: None,
        second: findings.is_second(row),
    }
}
