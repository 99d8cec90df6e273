//! Unique keys, indexes, and references into indexes.

use super::matches::Patterns;
use super::{push, targets};
use crate::metapath::{Context, Item, atom};
use crate::schema::{Check, KeyField, Rule};
use crate::tree::{Document, NodeId};
use crate::validate::Findings;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow::Break;

/// A key: its first part and the others, of which most keys have none. A part that is not there is `None`; a key of
/// which no part is there is no key.
type Key<'a> = (Option<&'a str>, Vec<Option<&'a str>>);

/// Indexes of a document and the references that are checked when all of it has been seen.
#[derive(Default)]
pub(super) struct Keys<'a> {
    indexes: HashMap<&'static str, HashSet<Key<'a>>>,
    /// Indexes that lack what a document behind `doc()` would add.
    partial: HashSet<&'static str>,
    references: Vec<(NodeId, &'static Rule)>,
}

/// What a check of keys works with.
pub(super) struct Scene<'a, 's> {
    pub(super) context: &'s Context<'a>,
    pub(super) document: &'a Document,
    pub(super) patterns: &'s mut Patterns,
    pub(super) findings: &'s mut Findings,
}

/// A rule on the node that has it, with the targets it found.
#[derive(Clone, Copy)]
pub(super) struct Met<'a, 's> {
    pub(super) owner: NodeId,
    pub(super) rule: &'static Rule,
    pub(super) found: &'s [Item<'a>],
}

impl<'a> Keys<'a> {
    pub(super) fn index(
        &mut self,
        scene: &mut Scene<'a, '_>,
        met: Met<'a, '_>,
        name: &'static str,
        fields: &'static [KeyField],
    ) {
        let others = met.found.iter().any(|item| is_foreign(item, scene.document));
        if met.rule.target_text.contains("doc(") && !others {
            self.partial.insert(name);
        }
        let seen = scene.distinct(met, fields);
        self.indexes.entry(name).or_default().extend(seen);
    }

    /// Keeps a reference until all indexes are whole.
    pub(super) fn later(&mut self, id: NodeId, rule: &'static Rule) {
        self.references.push((id, rule));
    }

    pub(super) fn references(&mut self, scene: &mut Scene<'a, '_>) {
        let (context, document) = (scene.context, scene.document);
        for (id, rule) in std::mem::take(&mut self.references) {
            let Check::HasKey { name, keys: fields } = &rule.check else { continue };
            // A document of a model that does not define the index has nothing to compare with.
            let Some(index) = self.indexes.get(name) else { continue };
            if self.partial.contains(name) && leans_on_others(document) {
                continue;
            }
            for item in targets(context, &rule.target, Item::Node(document, id)) {
                let (Some(key), Item::Node(_, target)) = (key(context, fields, item, scene.patterns), item)
                else {
                    continue;
                };
                if !index.contains(&key) {
                    let message = format!(
                        "{} refers to {}, which is not there",
                        document.nodes[target].name,
                        spoken(&key)
                    );
                    let remedy = format!("mend the reference, or add what it names (index {name})");
                    push(scene.findings, rule, target, message, remedy);
                }
            }
        }
    }
}

fn is_foreign(item: &Item<'_>, document: &Document) -> bool {
    matches!(item, Item::Node(of, _) if !std::ptr::eq(*of, document))
}

/// Whether a plan names another plan whose content is not at hand.
fn leans_on_others(document: &Document) -> bool {
    document.nodes.iter().any(|node| node.name == "leveraged-authorization")
}

impl<'a> Scene<'a, '_> {
    /// The keys of the targets; a key that stands twice is a problem.
    pub(super) fn distinct(&mut self, met: Met<'a, '_>, fields: &'static [KeyField]) -> HashSet<Key<'a>> {
        let mut seen: HashMap<Key<'a>, Item<'a>> = HashMap::with_capacity(met.found.len());
        for item in met.found {
            let Some(key) = key(self.context, fields, *item, self.patterns) else { continue };
            match seen.entry(key) {
                Entry::Vacant(free) => {
                    free.insert(*item);
                }
                Entry::Occupied(taken) => {
                    let Item::Node(of, target) = *item else { continue };
                    let first = match taken.get() {
                        Item::Node(of, first) => of.line(of.nodes[*first].at),
                        _ => 0,
                    };
                    let name = of.nodes[target].name;
                    let target = if std::ptr::eq(of, self.document) { target } else { met.owner };
                    let message = format!("{name} has the same key {} as line {first}", spoken(taken.key()));
                    let parts = fields.iter().map(|field| field.text).collect::<Vec<_>>().join(", ");
                    let remedy = format!("make {parts} differ, or remove one of the two");
                    push(self.findings, met.rule, target, message, remedy);
                }
            }
        }
        seen.into_keys().collect()
    }
}

fn key<'a>(
    context: &Context<'a>,
    fields: &'static [KeyField],
    item: Item<'a>,
    patterns: &mut Patterns,
) -> Option<Key<'a>> {
    let mut parts = fields.iter().map(|field| {
        let mut text = None;
        context.each(&field.target, item, &mut |part| {
            text = atom(&part);
            Break(())
        });
        match (field.pattern, text) {
            (Some(pattern), Some(whole)) => {
                let captures = patterns.whole(pattern).and_then(|regex| regex.captures(whole));
                captures.and_then(|captures| captures.get(1)).map(|group| group.as_str())
            }
            (_, text) => text,
        }
    });
    let key: Key<'a> = (parts.next().flatten(), parts.collect());
    (key.0.is_some() || key.1.iter().any(Option::is_some)).then_some(key)
}

fn spoken(key: &Key<'_>) -> String {
    let parts = std::iter::once(&key.0).chain(&key.1);
    let words = parts.map(|part| part.map_or_else(|| "nothing".to_owned(), |part| format!("`{part}`")));
    let text = words.collect::<Vec<_>>().join(" + ");
    text.chars().take(200).collect()
}
