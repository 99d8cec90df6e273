//! Allowed values. Several lists may speak about one value: it is right when any of them holds it, and wrong when
//! none does and one of them is closed (Metaschema specification, allowed-values).

use super::push;
use crate::problem::Finding;
use crate::schema::{Level, Rule};
use crate::tree::{Document, NodeId};
use crate::validate::Findings;
use std::collections::BTreeMap;

type Values = [(&'static str, Option<&'static str>)];

pub(super) struct Allowed<'a> {
    document: &'a Document,
    /// For each node, whether a list holds its value.
    held: Vec<bool>,
    /// Nodes whose value a closed list does not hold.
    refused: Vec<(NodeId, &'static Rule)>,
    /// Deprecated values by rule and value: told once, where they stand first.
    deprecated: BTreeMap<(&'static str, &'static str), Deprecated>,
}

struct Deprecated {
    first: NodeId,
    version: &'static str,
    remedy: String,
    count: usize,
}

impl<'a> Allowed<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            held: vec![false; document.nodes.len()],
            refused: Vec::new(),
            deprecated: BTreeMap::new(),
        }
    }

    pub(super) fn meet(&mut self, target: NodeId, rule: &'static Rule, values: &Values, closed: bool) {
        let text = self.document.text(target);
        match values.iter().find(|(value, _)| *value == text) {
            Some((_, None)) => self.held[target] = true,
            Some((value, Some(version))) => {
                self.held[target] = true;
                let known = self.deprecated.entry((rule.id, value)).or_insert_with(|| Deprecated {
                    first: target,
                    version,
                    remedy: instead(values),
                    count: 0,
                });
                known.count += 1;
            }
            None if closed => self.refused.push((target, rule)),
            None => {}
        }
    }

    pub(super) fn settle(self, findings: &mut Findings) {
        let mut refused = self.refused;
        refused.retain(|(target, _)| !self.held[*target]);
        refused.sort_by_key(|(target, _)| *target);
        for group in refused.chunk_by(|a, b| a.0 == b.0) {
            let Some((target, rule)) = group.first() else { continue };
            let text: String = self.document.text(*target).chars().take(60).collect();
            let mut names: Vec<&str> = Vec::new();
            for (_, rule) in group {
                if let crate::schema::Check::Allowed { values, .. } = &rule.check {
                    names.extend(values.iter().filter(|(_, old)| old.is_none()).map(|(value, _)| *value));
                }
            }
            names.sort_unstable();
            names.dedup();
            let name = self.document.nodes[*target].name;
            let message = format!("`{name}` has the value {text:?}, which is not one of those allowed");
            push(findings, rule, *target, message, format!("use {}", listed(&names)));
        }
        for ((rule, value), found) in self.deprecated {
            let often = match found.count {
                1 => String::new(),
                count => format!("; it stands {count} times, here first"),
            };
            let message =
                format!("the value `{value}` has been deprecated since OSCAL {}{often}", found.version);
            findings.push(Finding {
                node: found.first,
                level: Level::Note,
                rule,
                message,
                remedy: found.remedy,
            });
        }
    }
}

fn instead(values: &Values) -> String {
    let names: Vec<&str> = values.iter().filter(|(_, old)| old.is_none()).map(|(value, _)| *value).collect();
    if names.is_empty() {
        "leave it out or use a value of your own namespace".to_owned()
    } else {
        format!("use {}", listed(&names))
    }
}

/// Up to twelve names.
fn listed(names: &[&str]) -> String {
    let shown = names.iter().take(12).copied().collect::<Vec<_>>().join(", ");
    match names.len() {
        0 | 1 => shown,
        2..=12 => format!("one of {shown}"),
        more => format!("one of {shown} and {} more", more - 12),
    }
}
