//! Structuring merged controls: flat, as in the sources, or as the profile declares.

use super::error::{ResolveError, Warning};
use super::fetch::Session;
use super::merge::Selection;
use super::select::{Origin, Selector};
use crate::oscal::{Catalog, Control, Custom, CustomGroup, Group, InsertControls, Param, keeps_always};
use std::collections::HashMap;

/// A list without groups and without nesting (requirement *req-merge-flat-list*); loose parameters of groups
/// become loose parameters of the catalogue.
pub(super) fn flat(selections: Vec<Selection>) -> Catalog {
    let mut result = Catalog::default();
    for selection in selections {
        result.params.extend(selection.catalog.params);
        flatten_controls(selection.catalog.controls, &mut result.controls);
        flatten_groups(selection.catalog.groups, &mut result);
    }
    result
}

fn flatten_groups(groups: Vec<Group>, result: &mut Catalog) {
    for group in groups {
        result.params.extend(group.params);
        flatten_groups(group.groups, result);
        flatten_controls(group.controls, &mut result.controls);
    }
}

fn flatten_controls(controls: Vec<Control>, flat: &mut Vec<Control>) {
    for mut control in controls {
        let children = std::mem::take(&mut control.controls);
        flat.push(control);
        flatten_controls(children, flat);
    }
}

/// The groups of the sources. Groups with the same identifier and title become one, and so do two selections
/// of one group without identifier; groups that merely have the same title do not (requirement *req-id-id*).
pub(super) fn as_is(selections: Vec<Selection>) -> Catalog {
    let mut result = Catalog::default();
    let mut places = HashMap::new();
    for selection in selections {
        result.params.extend(selection.catalog.params);
        result.controls.extend(selection.catalog.controls);
        let mut union = Union { source: &selection.source, places: &mut places };
        union.add(&mut result.groups, selection.catalog.groups, selection.origins, "");
    }
    drop_empty(&mut result.groups);
    result
}

/// Groups whose controls were all discarded as repetitions go too.
fn drop_empty(groups: &mut Vec<Group>) {
    groups.retain_mut(|group| {
        drop_empty(&mut group.groups);
        !(group.groups.is_empty() && group.controls.is_empty()) || keeps_always(&group.props)
    });
}

/// Adds groups of one source to those of the sources before.
struct Union<'a> {
    source: &'a str,
    /// Where a group stands in the list of its owner, by identifier or by source and place there.
    places: &'a mut HashMap<String, usize>,
}

impl Union<'_> {
    fn add(&mut self, list: &mut Vec<Group>, groups: Vec<Group>, origins: Vec<Origin>, path: &str) {
        for (mut group, origin) in groups.into_iter().zip(origins) {
            let path = format!("{path}/{}", origin.position);
            let key = match &group.id {
                Some(id) => format!("#{id}"),
                None => format!("{}{path}", self.source),
            };
            let inner = std::mem::take(&mut group.groups);
            let at = match self.places.get(&key).copied().filter(|at| *at < list.len()) {
                Some(at) if list[at].id == group.id && list[at].title == group.title => {
                    list[at].controls.extend(group.controls);
                    at
                }
                _ => {
                    self.places.insert(key, list.len());
                    list.push(group);
                    list.len() - 1
                }
            };
            self.add(&mut list[at].groups, inner, origin.groups, &path);
        }
    }
}

/// The structure that the profile declares. Parameters of the controls to choose from are added to `spare`.
pub(super) fn custom(
    session: &mut Session<'_>,
    custom: &Custom,
    selections: Vec<Selection>,
    location: &str,
    spare: &mut Vec<Param>,
) -> Result<Catalog, ResolveError> {
    let mut builder =
        Builder { session, location, params: Vec::new(), pool: Vec::new(), groups: HashMap::new() };
    for selection in selections {
        builder.params.extend(selection.catalog.params);
        builder.pool.extend(selection.catalog.controls);
        builder.collect(selection.catalog.groups);
    }
    let controls = builder.insert(&custom.insert_controls)?;
    let groups = custom.groups.iter().map(|g| builder.group(g)).collect::<Result<_, _>>()?;
    let mut pool = Vec::new();
    flatten_controls(builder.pool, &mut pool);
    spare.extend(pool.into_iter().flat_map(|c| c.params));
    Ok(Catalog { params: builder.params, controls, groups, ..Catalog::default() })
}

struct Builder<'a, 'b> {
    session: &'a mut Session<'b>,
    location: &'a str,
    params: Vec<Param>,
    pool: Vec<Control>,
    /// Imported groups by identifier, without their controls.
    groups: HashMap<String, Group>,
}

impl Builder<'_, '_> {
    fn collect(&mut self, groups: Vec<Group>) {
        for mut group in groups {
            self.collect(std::mem::take(&mut group.groups));
            self.pool.append(&mut group.controls);
            if let Some(id) = &group.id {
                self.groups.entry(id.clone()).or_insert(group);
            } else {
                self.params.append(&mut group.params);
            }
        }
    }

    /// A declared group; contents of an imported group with the same identifier come first
    /// (requirement *req-custom-group-contents*).
    fn group(&mut self, declared: &CustomGroup) -> Result<Group, ResolveError> {
        let mut group = declared.id.as_ref().and_then(|id| self.groups.get(id)).cloned().unwrap_or_default();
        group.id.clone_from(&declared.id);
        if declared.class.is_some() {
            group.class.clone_from(&declared.class);
        }
        if !declared.title.is_empty() {
            group.title.clone_from(&declared.title);
        }
        group.params.extend(declared.params.iter().cloned());
        group.props.extend(declared.props.iter().cloned());
        group.links.extend(declared.links.iter().cloned());
        group.parts.extend(declared.parts.iter().cloned());
        group.rest.extend(declared.rest.clone());
        group.controls = self.insert(&declared.insert_controls)?;
        group.groups = declared.groups.iter().map(|g| self.group(g)).collect::<Result<_, _>>()?;
        Ok(group)
    }

    fn insert(&mut self, insertions: &[InsertControls]) -> Result<Vec<Control>, ResolveError> {
        let mut controls = Vec::new();
        for insertion in insertions {
            let selector = Selector::of_insertion(insertion);
            let pool = count(&self.pool);
            self.session
                .count_comparisons(pool.saturating_mul(selector.pattern_length() + 1), self.location)?;
            let mut selected = selector.controls(&self.pool);
            self.session.count_controls(count(&selected), self.location)?;
            match insertion.order.as_deref() {
                None | Some("keep") => {}
                Some("ascending") => selected.sort_by(|a, b| a.id.cmp(&b.id)),
                Some("descending") => selected.sort_by(|a, b| b.id.cmp(&a.id)),
                Some(other) => {
                    return Err(ResolveError::UnknownKeyword {
                        location: self.location.to_owned(),
                        field: "insert-controls.order",
                        value: other.to_owned(),
                        allowed: &["keep", "ascending", "descending"],
                    });
                }
            }
            if selected.is_empty() {
                self.session.warn(Warning::EmptyInsertion { location: self.location.to_owned() });
            }
            controls.append(&mut selected);
        }
        Ok(controls)
    }
}

fn count(controls: &[Control]) -> usize {
    controls.iter().map(|c| 1 + count(&c.controls)).sum()
}
