//! Plans and exceptions: which POA&M item plans a deficiency, and which exception covers it.

use crate::context::Context;
use std::collections::HashMap;
use warrant_model::RecordId;
use warrant_model::kind::Record;
use warrant_model::kinds::{Exception, PoamItem};
use warrant_model::posture::ExceptedUntil;
use warrant_model::snapshot::Findings;

/// Open POA&M items and exceptions in force.
pub(crate) struct Plans<'a> {
    findings: &'a Findings,
    by_deficiency: HashMap<&'a str, &'a RecordId>,
    by_finding: HashMap<&'a str, &'a RecordId>,
    exceptions: Vec<&'a Record<Exception>>,
}

/// Whether a POA&M item still asks for work.
pub(crate) fn is_open(item: &PoamItem) -> bool {
    !matches!(item.state.as_str(), "closed" | "cancelled")
}

/// Whether an exception was approved and is not over. One without a last day is not in force.
pub(crate) fn in_force(exception: &Exception, ctx: &Context<'_>) -> bool {
    exception.state == "approved" && exception.expires.is_some_and(|last| !ctx.over(last))
}

impl<'a> Plans<'a> {
    pub(crate) fn of(ctx: &Context<'a>) -> Self {
        let mut by_deficiency: HashMap<&str, &RecordId> = HashMap::new();
        let mut by_finding: HashMap<&str, &RecordId> = HashMap::new();
        // Of several items for one thing, the one whose id comes first.
        let keep_first = |map: &mut HashMap<&'a str, &'a RecordId>, key: &'a str, id: &'a RecordId| {
            let held = map.entry(key).or_insert(id);
            *held = (*held).min(id);
        };
        for item in ctx.snapshot.poam_items.iter().filter(|item| is_open(&item.body)) {
            for deficiency in &item.body.deficiencies {
                keep_first(&mut by_deficiency, deficiency, &item.id);
            }
            for finding in &item.body.findings {
                keep_first(&mut by_finding, finding, &item.id);
            }
        }
        let mut exceptions: Vec<_> =
            ctx.snapshot.exceptions.iter().filter(|exception| in_force(&exception.body, ctx)).collect();
        // The one that lasts longest speaks first.
        exceptions.sort_by(|left, right| {
            right.body.expires.cmp(&left.body.expires).then_with(|| left.id.cmp(&right.id))
        });
        Self { findings: &ctx.snapshot.findings, by_deficiency, by_finding, exceptions }
    }

    /// The open item that names a deficiency, or one of its findings.
    pub(crate) fn item(&self, deficiency: &str, rows: &[usize]) -> Option<&'a RecordId> {
        let named = self.by_deficiency.get(deficiency).copied();
        named.or_else(|| {
            let ids = rows.iter().map(|row| self.findings.text(self.findings.id[*row]));
            ids.filter_map(|id| self.by_finding.get(id).copied()).min()
        })
    }

    /// The exception that covers a deficiency.
    pub(crate) fn exception(&self, check: &str, deficiency: &str) -> Option<ExceptedUntil> {
        let covers = |exception: &&&Record<Exception>| match &exception.body.deficiency {
            Some(named) if !named.is_empty() => named == deficiency,
            _ => exception.body.check.as_deref() == Some(check),
        };
        let covering = self.exceptions.iter().find(covers)?;
        let until = covering.body.expires?;
        Some(ExceptedUntil { exception: covering.id.as_str().to_owned(), until })
    }
}
