//! Plans and exceptions: which POA&M item plans a deficiency, and which exception covers it.
//!
//! A POA&M workbook names a weakness as its tool does: by plugin, rule or CVE. Such a name counts like a finding's
//! id, whatever its letter case, for every open finding of the item's own system.

use crate::context::Context;
use crate::draft::{Draft, PlannedBy};
use std::collections::HashMap;
use warrant_model::RecordId;
use warrant_model::kind::Record;
use warrant_model::kinds::{Exception, PoamItem};
use warrant_model::posture::ExceptedUntil;
use warrant_model::snapshot::Findings;

/// Open POA&M items and exceptions in force.
pub(crate) struct Plans<'a> {
    findings: &'a Findings,
    by_deficiency: HashMap<String, &'a RecordId>,
    by_name: HashMap<String, &'a RecordId>,
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

/// The names by which a POA&M item says what it plans to end, in the form in which [`names_of`] gives those of a
/// finding.
pub(crate) fn named(item: &PoamItem) -> impl Iterator<Item = String> {
    item.findings.iter().map(|name| normal(name)).filter(|name| !name.is_empty())
}

/// The names a finding answers to: its id, its rule or plugin, and its vulnerabilities; and those of the same weakness
/// as other tools tell of it, or where it was before it moved.
pub(crate) fn names_of(findings: &Findings, row: usize) -> impl Iterator<Item = String> {
    let own = move |row: usize| {
        let own = [findings.text(findings.id[row]), findings.text(findings.rule[row])];
        own.into_iter().chain(findings.text(findings.vulnerabilities[row]).split(','))
    };
    let others = findings.known_as(row).flat_map(own);
    own(row).chain(others).map(normal).filter(|name| !name.is_empty())
}

/// Lower case, without blanks around it and without a STIG rule's revision: `SV-230221r858734_rule` is `sv-230221`.
fn normal(name: &str) -> String {
    let name = name.trim().to_ascii_lowercase();
    let bare = name.strip_suffix("_rule").and_then(|rule| rule.rsplit_once('r'));
    match bare {
        Some((rule, revision)) if !rule.is_empty() && is_number(revision) => rule.to_owned(),
        _ => name,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl<'a> Plans<'a> {
    pub(crate) fn of(ctx: &Context<'a>) -> Self {
        let mut by_deficiency: HashMap<String, &RecordId> = HashMap::new();
        let mut by_name: HashMap<String, &RecordId> = HashMap::new();
        // Of several items for one thing, the one whose id comes first.
        let keep_first = |map: &mut HashMap<String, &'a RecordId>, key: String, id: &'a RecordId| {
            let held = map.entry(key).or_insert(id);
            *held = (*held).min(id);
        };
        for item in ctx.snapshot.poam_items.iter().filter(|item| is_open(&item.body)) {
            for deficiency in &item.body.deficiencies {
                keep_first(&mut by_deficiency, normal(deficiency), &item.id);
            }
            for name in named(&item.body) {
                keep_first(&mut by_name, name, &item.id);
            }
        }
        let mut exceptions: Vec<_> =
            ctx.snapshot.exceptions.iter().filter(|exception| in_force(&exception.body, ctx)).collect();
        // The one that lasts longest speaks first.
        exceptions.sort_by(|left, right| {
            right.body.expires.cmp(&left.body.expires).then_with(|| left.id.cmp(&right.id))
        });
        Self { findings: &ctx.snapshot.findings, by_deficiency, by_name, exceptions }
    }

    /// The open item that plans a deficiency: one that names it, else by the names of its findings. What has one
    /// remedy is planned by an item for any of its findings, what was gathered only when each has an item.
    pub(crate) fn item(&self, deficiency: &str, draft: &Draft) -> Option<&'a RecordId> {
        if let Some(item) = self.by_deficiency.get(deficiency) {
            return Some(item);
        }
        if self.by_name.is_empty() {
            return None;
        }
        let mut of_rows = draft.findings.iter().map(|row| self.item_of_finding(*row));
        match draft.planned {
            PlannedBy::Any => of_rows.flatten().min(),
            PlannedBy::All => of_rows.try_fold(None, |first: Option<&RecordId>, item| {
                let item = item?;
                Some(Some(first.map_or(item, |first| first.min(item))))
            })?,
        }
    }

    /// The open item that plans a group of findings with one remedy: one that names a deficiency they make, else the
    /// first that names any of them.
    pub(crate) fn item_of_group(&self, deficiencies: &[String], rows: &[usize]) -> Option<&'a RecordId> {
        let named = deficiencies.iter().filter_map(|id| self.by_deficiency.get(id).copied());
        let of_rows = || rows.iter().filter_map(|row| self.item_of_finding(*row)).min();
        named.min().or_else(of_rows)
    }

    /// The item that names a finding, or the benchmark it comes from.
    fn item_of_finding(&self, row: usize) -> Option<&'a RecordId> {
        let benchmark = normal(self.findings.text(self.findings.benchmark[row]));
        let names = names_of(self.findings, row).chain([benchmark]);
        names.filter_map(|name| self.by_name.get(&name).copied()).min()
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

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn names_compare_as_practitioners_write_them() {
        assert_eq!(normal(" CVE-2021-44228 "), "cve-2021-44228");
        assert_eq!(normal("SV-230221r858734_rule"), "sv-230221");
        assert_eq!(normal("no_password_for_rule"), "no_password_for_rule");
        assert_eq!(normal("r1_rule"), "r1_rule");
        assert_eq!(normal(""), "");
    }
}
