//! The constraints of the metaschema.

mod allowed;
mod keys;
mod matches;

use super::Findings;
use crate::metapath::{Context, Expression, Item};
use crate::problem::Finding;
use crate::schema::{Check, Rule};
use crate::tree::{Document, Kind, NodeId};
use allowed::Allowed;
use keys::{Keys, Met, Scene};
use matches::Patterns;
use std::ops::ControlFlow::Continue;

pub(super) fn check<'a>(
    document: &'a Document,
    documents: &'a (dyn Fn(&Document, &str) -> Option<&'a Document> + 'a),
    findings: &mut Findings,
) {
    let context = Context { documents };
    let mut allowed = Allowed::new(document);
    let mut keys = Keys::default();
    let mut patterns = Patterns::default();
    for (id, node) in document.nodes.iter().enumerate() {
        let rules = match node.kind {
            Kind::Assembly | Kind::Field => &document.schema.definitions[node.definition as usize].rules,
            Kind::Flag => &document.schema.attributes[node.definition as usize].rules,
            Kind::Value | Kind::Misfit | Kind::Unknown => continue,
        };
        for rule in &document.schema.rules[rules.clone()] {
            let here = Item::Node(document, id);
            match &rule.check {
                Check::Allowed { values, closed } => context.each(&rule.target, here, &mut |item| {
                    if let Item::Node(of, target) = item
                        && std::ptr::eq(of, document)
                    {
                        allowed.meet(target, rule, values, *closed);
                    }
                    Continue(())
                }),
                Check::MatchesType(_) | Check::MatchesPattern(_) => {
                    context.each(&rule.target, here, &mut |item| {
                        if let Item::Node(of, target) = item
                            && std::ptr::eq(of, document)
                        {
                            patterns.check(document, target, rule, findings);
                        }
                        Continue(())
                    });
                }
                Check::Index { keys: fields, .. } | Check::Unique { keys: fields } => {
                    let found = targets(&context, &rule.target, here);
                    let mut scene = Scene { context: &context, document, patterns: &mut patterns, findings };
                    let met = Met { owner: id, rule, found: &found };
                    match &rule.check {
                        Check::Index { name, .. } => keys.index(&mut scene, met, name, fields),
                        _ => drop(scene.distinct(met, fields)),
                    }
                }
                Check::HasKey { .. } => keys.later(id, rule),
                Check::Cardinality { min, max } => {
                    let count =
                        u32::try_from(targets(&context, &rule.target, here).len()).unwrap_or(u32::MAX);
                    cardinality(document, id, rule, (*min, *max), count, findings);
                }
                Check::Expect { test, text } => {
                    for target in targets(&context, &rule.target, here) {
                        if !context.holds(test, target)
                            && let Item::Node(of, target) = target
                            && std::ptr::eq(of, document)
                        {
                            let message = format!("{} does not meet `{text}`", document.nodes[target].name);
                            push(findings, rule, target, message, expectation(text));
                        }
                    }
                }
            }
        }
        if findings.is_full() {
            return;
        }
    }
    let mut scene = Scene { context: &context, document, patterns: &mut patterns, findings };
    keys.references(&mut scene);
    allowed.settle(findings);
}

/// The targets of a rule, each once, in their order.
fn targets<'a>(context: &Context<'a>, expression: &'a Expression, here: Item<'a>) -> Vec<Item<'a>> {
    let mut found: Vec<Item<'a>> = Vec::new();
    let mut in_order = true;
    let mut last: Option<(*const Document, NodeId)> = None;
    context.each(expression, here, &mut |item| {
        if let Item::Node(of, id) = item {
            let this = (std::ptr::from_ref(of), id);
            in_order &= last.is_none_or(|last| last.0 == this.0 && last.1 < id);
            last = Some(this);
            found.push(item);
        }
        Continue(())
    });
    if !in_order {
        let mut seen = std::collections::HashSet::new();
        found.retain(|item| match item {
            Item::Node(of, id) => seen.insert((std::ptr::from_ref::<Document>(of) as usize, *id)),
            _ => true,
        });
    }
    found
}

pub(super) fn push(
    findings: &mut Findings,
    rule: &'static Rule,
    node: NodeId,
    message: String,
    remedy: String,
) {
    findings.push(Finding { node, level: rule.level, rule: rule.id, message, remedy });
}

fn cardinality(
    document: &Document,
    id: NodeId,
    rule: &'static Rule,
    (min, max): (u32, Option<u32>),
    count: u32,
    findings: &mut Findings,
) {
    let name = document.nodes[id].name;
    let target = rule.target_text;
    if count < min {
        let message = format!("{name} has {count} of `{target}`, and needs at least {min}");
        push(findings, rule, id, message, "add what is missing".to_owned());
    } else if max.is_some_and(|max| count > max) {
        let most = max.unwrap_or_default();
        let message = format!("{name} has {count} of `{target}`, and may have at most {most}");
        push(findings, rule, id, message, "remove what is too much".to_owned());
    }
}

/// What to do when an expression does not hold: for the plain ones in words, else by the expression.
fn expectation(text: &str) -> String {
    if let Some(inner) = text.strip_prefix("not(exists(").and_then(|rest| rest.strip_suffix("))")) {
        return format!("remove {inner}");
    }
    let inner = text.strip_prefix("exists(").and_then(|rest| rest.strip_suffix(')')).unwrap_or(text);
    let is_name = inner.chars().all(|c| c.is_alphanumeric() || matches!(c, '@' | '-'));
    if is_name { format!("add {inner}") } else { format!("change it so that `{text}` holds") }
}
