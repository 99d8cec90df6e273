//! The merge phase: controls with equal identifiers are combined, then the result is structured.

use super::error::{ResolveError, Warning};
use super::fetch::Session;
use super::select::Origin;
use super::structure;
use crate::oscal::{Catalog, Control, Group, Merge, Param, Part};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The controls selected by one import, with the location they come from and the places of their groups
/// there.
pub(super) struct Selection {
    pub(super) source: String,
    pub(super) catalog: Catalog,
    pub(super) origins: Vec<Origin>,
}

/// What a merge gives.
pub(super) struct Merged {
    pub(super) catalog: Catalog,
    /// Parameters of controls that were discarded or placed nowhere; statements that stay may still insert
    /// them.
    pub(super) spare: Vec<Param>,
}

/// Merges all selections of a profile. A loose parameter that comes with each of several imports of one
/// catalogue stays once; with `use-first` so does every loose parameter with an identifier that is taken.
pub(super) fn merge(
    session: &mut Session<'_>,
    merge: Option<&Merge>,
    mut selections: Vec<Selection>,
    location: &str,
) -> Result<Merged, ResolveError> {
    let empty = Merge::default();
    let merge = merge.unwrap_or(&empty);
    let flat = merge.flat.as_ref().is_some_and(|v| *v != serde_json::Value::Bool(false));
    let as_is = merge.as_is == Some(true);
    if usize::from(flat) + usize::from(as_is) + usize::from(merge.custom.is_some()) > 1 {
        return Err(ResolveError::TwoStructures { location: location.to_owned() });
    }
    let mut spare = combine(session, merge, &mut selections, location)?;
    let use_first = merge.combine.as_ref().is_some_and(|c| c.method.as_deref() == Some("use-first"));
    let mut catalog = match &merge.custom {
        Some(custom) => structure::custom(session, custom, selections, location, &mut spare)?,
        None if as_is => structure::as_is(selections),
        None => structure::flat(selections),
    };
    let mut first: BTreeMap<String, Param> = BTreeMap::new();
    catalog.params.retain(|param| match first.get(&param.id) {
        Some(known) => !use_first && known != param,
        None => {
            first.insert(param.id.clone(), param.clone());
            true
        }
    });
    Ok(Merged { catalog, spare })
}

/// Treats controls with equal identifiers, in order of import. Without directive all are kept
/// (requirement *req-merge-none*). Gives the parameters of what is discarded.
fn combine(
    session: &mut Session<'_>,
    merge: &Merge,
    selections: &mut [Selection],
    location: &str,
) -> Result<Vec<Param>, ResolveError> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for selection in selections.iter() {
        selection.catalog.for_each_control(&mut |c| *counts.entry(c.id.clone()).or_default() += 1);
    }
    let repeated: BTreeSet<String> = counts.into_iter().filter(|(_, n)| *n > 1).map(|(id, _)| id).collect();
    let method = merge.combine.as_ref().and_then(|c| c.method.as_deref()).unwrap_or("keep");
    let unite = match method {
        "keep" => {
            for id in repeated {
                session.warn(Warning::DuplicateControl { id });
            }
            return Ok(Vec::new());
        }
        "use-first" => Unite::ChildrenOnly,
        "merge" => {
            session.warn(Warning::DeprecatedMerge { location: location.to_owned() });
            Unite::Everything
        }
        other => {
            return Err(ResolveError::UnknownKeyword {
                location: location.to_owned(),
                field: "merge.combine.method",
                value: other.to_owned(),
                allowed: &["use-first", "keep", "merge"],
            });
        }
    };
    if repeated.is_empty() {
        return Ok(Vec::new());
    }
    let mut pass = Deduplicate { repeated, seen: BTreeSet::new(), later: BTreeMap::new() };
    for selection in selections.iter_mut() {
        pass.controls(&mut selection.catalog.controls);
        pass.groups(&mut selection.catalog.groups);
    }
    // A discarded repetition may hold enhancements that appear nowhere else: they move to the control that
    // stays. Parents are visited before children, so what moves is itself visited afterwards.
    let mut later = pass.later;
    let mut spare = Vec::new();
    for selection in selections.iter_mut() {
        let catalog = &mut selection.catalog;
        let shallow = attach(&mut catalog.controls, &mut later, unite, &mut spare, DEEPEST_NESTING)
            && attach_in_groups(&mut catalog.groups, &mut later, unite, &mut spare);
        if !shallow {
            return Err(ResolveError::LimitReached {
                location: location.to_owned(),
                what: "levels of controls inside controls",
                limit: DEEPEST_NESTING,
            });
        }
    }
    Ok(spare)
}

/// Each level of controls takes two levels of a JSON document, which may have 128.
const DEEPEST_NESTING: usize = 60;

type Repetitions = BTreeMap<String, Vec<Control>>;

/// Moves what repetitions hold to the controls that stay; `false` when that nests too deep.
fn attach(
    controls: &mut [Control],
    later: &mut Repetitions,
    unite: Unite,
    spare: &mut Vec<Param>,
    levels: usize,
) -> bool {
    controls.iter_mut().all(|control| {
        for duplicate in later.remove(&control.id).into_iter().flatten() {
            unite_controls(control, duplicate, unite, spare);
        }
        control.controls.is_empty()
            || (levels > 1 && attach(&mut control.controls, later, unite, spare, levels - 1))
    })
}

fn attach_in_groups(
    groups: &mut [Group],
    later: &mut Repetitions,
    unite: Unite,
    spare: &mut Vec<Param>,
) -> bool {
    groups.iter_mut().all(|group| {
        attach_in_groups(&mut group.groups, later, unite, spare)
            && attach(&mut group.controls, later, unite, spare, DEEPEST_NESTING)
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unite {
    ChildrenOnly,
    Everything,
}

/// Takes repeated controls out of their lists, keeping the first of each.
struct Deduplicate {
    repeated: BTreeSet<String>,
    seen: BTreeSet<String>,
    later: Repetitions,
}

impl Deduplicate {
    fn groups(&mut self, groups: &mut [Group]) {
        for group in groups {
            self.groups(&mut group.groups);
            self.controls(&mut group.controls);
        }
    }

    fn controls(&mut self, controls: &mut Vec<Control>) {
        for mut control in std::mem::take(controls) {
            let first = !self.repeated.contains(&control.id) || self.seen.insert(control.id.clone());
            self.controls(&mut control.controls);
            if first {
                controls.push(control);
            } else {
                self.later.entry(control.id.clone()).or_default().push(control);
            }
        }
    }
}

fn unite_controls(kept: &mut Control, other: Control, unite: Unite, spare: &mut Vec<Param>) {
    if unite == Unite::Everything {
        append_distinct(&mut kept.params, other.params, |p| p.id.clone());
        append_distinct(&mut kept.props, other.props, content);
        append_distinct(&mut kept.links, other.links, content);
        append_distinct(&mut kept.parts, other.parts, |p: &Part| p.id.clone().unwrap_or_else(|| content(p)));
    } else {
        spare.extend(other.params);
    }
    kept.controls.extend(other.controls);
}

fn content<T: Serialize>(item: &T) -> String {
    serde_json::to_string(item).unwrap_or_default()
}

fn append_distinct<T>(list: &mut Vec<T>, items: Vec<T>, key: impl Fn(&T) -> String) {
    let mut known: BTreeSet<String> = list.iter().map(&key).collect();
    list.extend(items.into_iter().filter(|item| known.insert(key(item))));
}

/// Calls `visit` for every control, parents before children.
pub(super) fn for_each_control_mut(catalog: &mut Catalog, visit: &mut dyn FnMut(&mut Control)) {
    fn controls(list: &mut [Control], visit: &mut dyn FnMut(&mut Control)) {
        for control in list {
            visit(control);
            controls(&mut control.controls, visit);
        }
    }
    fn groups(list: &mut [Group], visit: &mut dyn FnMut(&mut Control)) {
        for group in list {
            groups(&mut group.groups, visit);
            controls(&mut group.controls, visit);
        }
    }
    controls(&mut catalog.controls, visit);
    groups(&mut catalog.groups, visit);
}
