//! Weaknesses of a table of findings, as far as their priority depends on them.

use super::{Judge, Setting, Weakness, is_listable};
use crate::categorisation::Categorisation;
use crate::policy::Policy;
use jiff::Timestamp;
use std::collections::HashMap;
use warrant_model::finding::{FindingSort, FindingState};
use warrant_model::priority::{Decision, Signal, Signals};
use warrant_model::snapshot::{Findings, SystemSnapshot};
use warrant_model::strings::Symbol;
use warrant_model::time::from_micros;

/// Reads weaknesses of a table. What is signalled of the same ids is looked up once.
pub(crate) struct Rows<'a> {
    findings: &'a Findings,
    signals: &'a Signals,
    met: HashMap<Symbol, (Signal, bool)>,
}

impl<'a> Rows<'a> {
    pub(crate) fn of(snapshot: &'a SystemSnapshot) -> Self {
        Self { findings: &snapshot.findings, signals: &snapshot.signals, met: HashMap::new() }
    }

    /// A row as a weakness that is open since a microsecond; `None`: it is none.
    pub(crate) fn weakness(&mut self, row: usize, open_since: i64) -> Option<Weakness> {
        let Self { findings, signals, met } = self;
        if findings.sort[row] != FindingSort::Weakness {
            return None;
        }
        let ids = findings.vulnerabilities[row];
        let (signal, listable) = *met.entry(ids).or_insert_with(|| {
            let ids = || findings.text(ids).split(',');
            (signals.of(ids()), ids().any(is_listable))
        });
        let told = |said: u8| said.checked_sub(1).map(|yes| yes != 0);
        Some(Weakness {
            severity: findings.severity[row],
            exploit: told(findings.exploit[row]),
            automatable: told(findings.automatable[row]),
            signal,
            listable,
            open_since: from_micros(open_since),
        })
    }
}

/// The decision about every open weakness of a snapshot, second witnesses too, by row, at an instant that `passed` knows.
pub fn decisions(
    snapshot: &SystemSnapshot,
    policy: &Policy,
    passed: impl Fn(Timestamp) -> bool,
) -> Vec<(usize, Decision)> {
    let setting = Setting::of(&snapshot.system.body, &Categorisation::of(snapshot));
    let judge = Judge { setting: &setting, policy, signals: &snapshot.signals };
    let findings = &snapshot.findings;
    let open = findings.in_state(FindingState::Open).filter(|row| !findings.suppressed[*row]);
    let mut rows = Rows::of(snapshot);
    open.filter_map(|row| {
        let weakness = rows.weakness(row, findings.state_since[row])?;
        Some((row, judge.priority(&weakness, &passed)?.decision))
    })
    .collect()
}
