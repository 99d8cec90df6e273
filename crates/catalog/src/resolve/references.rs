//! Who refers to whom in a result: pruning what nobody refers to, and bringing along parameters that are
//! needed.

use crate::oscal::{Catalog, Control, Group, Link, Modify, Param, Part, Prop, Resource, Rest, keeps_always};
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};

/// Removes loose parameters and resources that neither the result, whose references are `found`, nor the
/// modifications of the profile refer to (requirements *req-prune*, *req-prune-keep*, *req-prune-ref*,
/// *req-prune-modify*).
pub(super) fn prune(catalog: &mut Catalog, mut found: References, modify: Option<&Modify>) {
    if let Some(modify) = modify {
        found.modifications(modify);
    }
    prune_params(&mut catalog.params, &found);
    prune_group_params(&mut catalog.groups, &found);
    let Some(back_matter) = catalog.back_matter.as_mut() else { return };
    let kept = needed_resources(&back_matter.resources, found.fragments);
    let mut kept = kept.into_iter();
    back_matter.resources.retain(|_| kept.next().unwrap_or(false));
    if back_matter.resources.is_empty() {
        catalog.back_matter = None;
    }
}

/// Which resources stay: those marked so, those referred to, and those that a staying resource refers to.
fn needed_resources(resources: &[Resource], fragments: HashSet<String>) -> Vec<bool> {
    let places: BTreeMap<&str, usize> =
        resources.iter().enumerate().map(|(i, r)| (r.uuid.as_str(), i)).collect();
    let mut kept = vec![false; resources.len()];
    let mut open: Vec<usize> = (0..resources.len())
        .filter(|i| fragments.contains(&resources[*i].uuid) || keeps_always(&resources[*i].props))
        .collect();
    while let Some(place) = open.pop() {
        if std::mem::replace(&mut kept[place], true) {
            continue;
        }
        let resource = &resources[place];
        let mut inner = References::default();
        inner.texts(resource.title.iter().chain(&resource.description));
        inner.rest(&resource.rest);
        inner.props(&resource.props);
        open.extend(inner.fragments.iter().filter_map(|id| places.get(id.as_str())));
    }
    kept
}

fn prune_params(params: &mut Vec<Param>, found: &References) {
    params.retain(|p| found.names(&p.id) || keeps_always(&p.props));
}

fn prune_group_params(groups: &mut [Group], found: &References) {
    for group in groups {
        prune_params(&mut group.params, found);
        prune_group_params(&mut group.groups, found);
    }
}

/// Adds parameters that the result refers to but that stayed behind in a control or group of a source, or
/// with a control that the merge left out. Gives what the
/// result refers to.
pub(super) fn adopt_params<'a>(
    catalog: &mut Catalog,
    sources: impl Iterator<Item = &'a Catalog>,
    spare: &'a [Param],
) -> References {
    let mut found = References::of(catalog);
    let mut missing = found.params.clone();
    let mut have = |list: &[Param]| {
        list.iter().for_each(|p| {
            missing.remove(&p.id);
        })
    };
    have(&catalog.params);
    for_each_group(&catalog.groups, &mut |g| have(&g.params));
    catalog.for_each_control(&mut |c| have(&c.params));
    if missing.is_empty() {
        return found;
    }
    let mut available: BTreeMap<&str, &Param> = BTreeMap::new();
    for source in sources {
        let mut offer = |list: &'a [Param]| {
            for param in list.iter().filter(|p| missing.contains(&p.id)) {
                available.entry(&param.id).or_insert(param);
            }
        };
        for_each_group(&source.groups, &mut |g| offer(&g.params));
        source.for_each_control(&mut |c| offer(&c.params));
    }
    for param in spare.iter().filter(|p| missing.contains(&p.id)) {
        available.entry(&param.id).or_insert(param);
    }
    let adopted: Vec<Param> = available.into_values().cloned().collect();
    found.parameters(&adopted);
    catalog.params.extend(adopted);
    found
}

fn for_each_group<'a>(groups: &'a [Group], visit: &mut dyn FnMut(&'a Group)) {
    for group in groups {
        visit(group);
        for_each_group(&group.groups, visit);
    }
}

/// Identifiers that texts and links refer to.
#[derive(Default)]
pub(super) struct References {
    /// Parameters named by `{{ insert: param, id }}`.
    params: HashSet<String>,
    /// Whatever follows a `#` in a text or link.
    fragments: HashSet<String>,
}

impl References {
    fn of(catalog: &Catalog) -> Self {
        let mut found = References::default();
        found.links(&catalog.metadata.links);
        found.rest(&catalog.metadata.rest);
        found.rest(&catalog.rest);
        found.parameters(&catalog.params);
        for_each_group(&catalog.groups, &mut |group| found.group(group));
        catalog.for_each_control(&mut |control| found.control(control));
        found
    }

    fn names(&self, param: &str) -> bool {
        self.params.contains(param) || self.fragments.contains(param)
    }

    fn modifications(&mut self, modify: &Modify) {
        for set in &modify.set_parameters {
            self.params.insert(set.param_id.clone());
        }
        for add in modify.alters.iter().flat_map(|a| &a.adds) {
            self.parameters(&add.params);
            self.props(&add.props);
            self.links(&add.links);
            self.parts(&add.parts);
        }
    }

    fn group(&mut self, group: &Group) {
        self.text(&group.title);
        self.parameters(&group.params);
        self.props(&group.props);
        self.links(&group.links);
        self.parts(&group.parts);
        self.rest(&group.rest);
    }

    fn control(&mut self, control: &Control) {
        self.text(&control.title);
        self.parameters(&control.params);
        self.props(&control.props);
        self.links(&control.links);
        self.parts(&control.parts);
        self.rest(&control.rest);
    }

    fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            self.texts(part.title.iter().chain(&part.prose));
            self.props(&part.props);
            self.links(&part.links);
            self.parts(&part.parts);
            self.rest(&part.rest);
        }
    }

    fn parameters(&mut self, params: &[Param]) {
        for param in params {
            self.texts(param.label.iter().chain(&param.usage).chain(&param.values));
            self.texts(param.select.iter().flat_map(|s| &s.choice));
            self.texts(param.constraints.iter().filter_map(|c| c.description.as_ref()));
            self.texts(param.guidelines.iter().map(|g| &g.prose));
            self.props(&param.props);
            self.links(&param.links);
            self.rest(&param.rest);
        }
    }

    fn props(&mut self, props: &[Prop]) {
        self.texts(props.iter().filter_map(|p| p.remarks.as_ref()));
    }

    fn links(&mut self, links: &[Link]) {
        for link in links {
            self.text(&link.href);
            self.texts(&link.text);
        }
    }

    fn rest(&mut self, rest: &Rest) {
        rest.values().for_each(|v| self.value(v));
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.text(text),
            Value::Array(items) => items.iter().for_each(|v| self.value(v)),
            Value::Object(fields) => self.rest(fields),
            _ => {}
        }
    }

    fn texts<'a>(&mut self, texts: impl IntoIterator<Item = &'a String>) {
        texts.into_iter().for_each(|t| self.text(t));
    }

    fn text(&mut self, text: &str) {
        // Most texts have neither sign; looking for one byte is much faster than looking for two.
        if text.as_bytes().contains(&b'#') {
            for (at, _) in text.match_indices('#') {
                note(&mut self.fragments, token(&text[at + 1..]));
            }
        }
        if text.as_bytes().contains(&b'{') {
            self.insertions(text);
        }
    }

    fn insertions(&mut self, text: &str) {
        for (at, opening) in text.match_indices("{{") {
            let rest = &text.as_bytes()[at + opening.len()..];
            let window = &rest[..rest.len().min(LONGEST_INSERTION)];
            let Some(end) = window.windows(2).position(|w| w == b"}}") else { continue };
            let inner = text[at + opening.len()..at + opening.len() + end].trim();
            let Some(insert) = inner.strip_prefix("insert:") else { continue };
            if let Some((kind, id)) = insert.split_once(',')
                && kind.trim() == "param"
            {
                note(&mut self.params, id.trim());
            }
        }
    }
}

fn note(found: &mut HashSet<String>, id: &str) {
    if !id.is_empty() && !found.contains(id) {
        found.insert(id.to_owned());
    }
}

/// Longest parameter insertion that is looked at, in bytes; bounds the work on texts full of braces.
const LONGEST_INSERTION: usize = 512;

/// The identifier that a text starts with.
fn token(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c))).unwrap_or(text.len());
    text[..end].trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_in_text() {
        let mut found = References::default();
        found.text("see [this](#0a-b) and {{ insert: param, ac-1_prm_1 }}, {{insert: param,x}} # not");
        assert_eq!(found.fragments, HashSet::from(["0a-b".to_owned()]));
        assert_eq!(found.params, HashSet::from(["ac-1_prm_1".to_owned(), "x".to_owned()]));
    }
}
