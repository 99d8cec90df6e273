//! How weaknesses stand against the days policy gives: worked out once, asked by every check on them.

use crate::context::Context;
use crate::groups::{Group, exploit_of};
use crate::policy::Exploit;
use jiff::civil::Date;
use warrant_model::Severity;
use warrant_model::finding::FindingState;
use warrant_model::snapshot::Findings;
use warrant_model::time::{day, from_micros, plus_days};

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
}

/// How every group of weaknesses stands that has a finding which counts.
pub(crate) fn standings<'a>(ctx: &Context<'a>) -> Vec<Standing<'a>> {
    ctx.groups().weaknesses.iter().filter_map(|group| standing(ctx, group)).collect()
}

fn standing<'a>(ctx: &Context<'a>, group: &Group<'a>) -> Option<Standing<'a>> {
    let findings = &ctx.snapshot.findings;
    let counts = |row: &usize| {
        findings.severity[*row] >= Severity::Low || exploit_of(findings, *row) == Exploit::Known
    };
    let group = Group { common: group.common, rows: group.rows.iter().copied().filter(counts).collect() };
    let days: Vec<_> = group.rows.iter().map(|row| by(ctx, *row)).collect();
    let due = days.iter().copied().min()?;
    let late = days.into_iter().filter(|day| ctx.over(*day)).count();
    let exploited = group.exploit(findings) == Exploit::Known;
    let stage = match (late, exploited) {
        (1.., _) => Stage::Late,
        (0, true) => Stage::Exploited,
        (0, false) => Stage::Waiting,
    };
    let least = if exploited { Severity::High } else { Severity::None };
    let severity = group.severity(findings).max(least);
    Some(Standing { stage, group, severity, due, late })
}

/// Since when the weakness is open: the first of the tools that tell of it counts.
fn open_since(findings: &Findings, row: usize) -> i64 {
    let open = findings.known_as(row).filter(|other| findings.state[*other] == FindingState::Open);
    open.chain([row]).map(|row| findings.state_since[row]).min().unwrap_or_default()
}

/// The day by which policy wants a finding gone: counted from when it opened.
pub(crate) fn by(ctx: &Context<'_>, row: usize) -> Date {
    let findings = &ctx.snapshot.findings;
    let exploit = exploit_of(findings, row);
    let exposure = ctx.system().exposure;
    let days = ctx.policy.remediation.days_for(findings.severity[row], exploit, exposure);
    day(plus_days(from_micros(open_since(findings, row)), i64::from(days)))
}
