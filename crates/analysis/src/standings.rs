//! How weaknesses stand against the days policy gives: worked out once, asked by every check on them.

use crate::context::Context;
use crate::groups::Group;
use crate::policy::Exploit;
use crate::priority::{Late, Priority};
use jiff::civil::Date;
use std::cmp::Reverse;
use warrant_model::Severity;
use warrant_model::finding::FindingState;
use warrant_model::snapshot::Findings;
use warrant_model::time::from_micros;

/// Which of the checks on weaknesses tells of a group; never more than one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// One of its findings is past its date.
    Late,
    /// None is, and a public exploit is known for one.
    Exploited,
    /// Neither.
    Waiting,
}

/// How a group of weaknesses stands.
pub(crate) struct Standing<'a> {
    pub(crate) stage: Stage,
    /// The findings that count: all but the informational ones no exploit is known for.
    pub(crate) group: Group<'a>,
    /// The worst of its findings; at least high when a public exploit is known.
    pub(crate) severity: Severity,
    /// The day by which the first of them must be gone.
    pub(crate) due: Date,
    /// How many are past their date.
    pub(crate) late: usize,
    /// What is known of exploits, at worst.
    pub(crate) exploit: Exploit,
    /// The one that must be gone first.
    first: usize,
}

impl Standing<'_> {
    /// By when to act on the first of its findings and why, in one sentence.
    pub(crate) fn sentence(&self, ctx: &Context<'_>) -> String {
        let late = if ctx.over(self.due) { Late::Yes } else { Late::No };
        let severity = ctx.snapshot.findings.severity[self.first];
        ctx.priority(self.first)
            .map_or_else(String::new, |priority| ctx.judge().sentence(priority, severity, late))
    }
}

/// How every group of weaknesses stands that has a finding which counts.
pub(crate) fn standings<'a>(ctx: &Context<'a>) -> Vec<Standing<'a>> {
    ctx.groups().weaknesses.iter().filter_map(|group| standing(ctx, group)).collect()
}

fn standing<'a>(ctx: &Context<'a>, group: &Group<'a>) -> Option<Standing<'a>> {
    let findings = &ctx.snapshot.findings;
    let counting = |row: &usize| Some((*row, *ctx.priority(*row)?));
    let counting: Vec<(usize, Priority)> = group.rows.iter().filter_map(counting).collect();
    // Of several that are due on one day the most urgent speaks for them.
    let haste = |(row, priority): &&(usize, Priority)| {
        (priority.due.day, Reverse((priority.decision, findings.severity[*row])))
    };
    let (first, priority) = counting.iter().min_by_key(haste)?;
    let late = counting.iter().filter(|(_, priority)| ctx.over(priority.due.day)).count();
    let exploit = counting.iter().map(|(_, priority)| priority.exploit).max()?;
    let exploited = exploit >= Exploit::Known;
    let stage = match (late, exploited) {
        (1.., _) => Stage::Late,
        (0, true) => Stage::Exploited,
        (0, false) => Stage::Waiting,
    };
    let group = Group { common: group.common, rows: counting.iter().map(|(row, _)| *row).collect() };
    let least = if exploited { Severity::High } else { Severity::None };
    let severity = group.severity(findings).max(least);
    Some(Standing { stage, group, severity, due: priority.due.day, late, exploit, first: *first })
}

/// Since when the weakness is open, in microseconds: the first of the tools that tell of it counts.
pub(crate) fn open_since(findings: &Findings, row: usize) -> i64 {
    let open = findings.known_as(row).filter(|other| findings.state[*other] == FindingState::Open);
    open.chain([row]).map(|row| findings.state_since[row]).min().unwrap_or_default()
}

/// The day by which policy wants a finding gone: counted from when it opened.
pub(crate) fn by(ctx: &Context<'_>, row: usize) -> Date {
    let findings = &ctx.snapshot.findings;
    let opened = || from_micros(open_since(findings, row));
    let priority = ctx.priority(row).map(|priority| priority.due);
    priority.unwrap_or_else(|| ctx.judge().rule_due(findings.severity[row], opened())).day
}

/// What is known of exploits of a group, at worst.
pub(crate) fn exploit_of(ctx: &Context<'_>, group: &Group<'_>) -> Exploit {
    let known = group.rows.iter().filter_map(|row| ctx.priority(*row)).map(|priority| priority.exploit);
    known.max().unwrap_or_else(|| group.exploit(&ctx.snapshot.findings))
}
