//! The modify phase: parameter settings, then alterations.

use super::alter;
use super::error::{ResolveError, Warning};
use super::fetch::Session;
use super::merge::for_each_control_mut;
use crate::oscal::{Catalog, Group, Modify, Param, Prop, SetParameter};
use std::collections::{BTreeSet, HashMap};

/// Applies the modifications of one profile.
pub(super) fn modify(
    session: &mut Session<'_>,
    modify: &Modify,
    catalog: &mut Catalog,
    location: &str,
) -> Result<(), ResolveError> {
    // Contents are added before parameters are set, so that added parameters can be set too.
    alter::alter(session, &modify.alters, catalog, location)?;
    set_parameters(session, &modify.set_parameters, catalog, location)
}

fn set_parameters(
    session: &mut Session<'_>,
    list: &[SetParameter],
    catalog: &mut Catalog,
    location: &str,
) -> Result<(), ResolveError> {
    if list.is_empty() {
        return Ok(());
    }
    let mut settings: HashMap<&str, Vec<&SetParameter>> = HashMap::new();
    for set in list {
        settings.entry(&set.param_id).or_default().push(set);
    }
    let mut used: BTreeSet<String> = BTreeSet::new();
    let allowed = session.comparisons_left();
    let mut steps = 0;
    let mut apply = |params: &mut Vec<Param>| {
        for param in params {
            for set in settings.get(param.id.as_str()).into_iter().flatten() {
                steps += 1 + param.props.len() * set.props.len() + param.links.len() * set.links.len();
                if steps > allowed {
                    return;
                }
                set_parameter(param, set);
                used.insert(param.id.clone());
            }
        }
    };
    apply(&mut catalog.params);
    for_each_group_mut(&mut catalog.groups, &mut |group| apply(&mut group.params));
    for_each_control_mut(catalog, &mut |control| apply(&mut control.params));
    session.count_comparisons(steps, location)?;
    for set in list.iter().filter(|s| !used.contains(&s.param_id)) {
        session.warn(Warning::UnknownParameter { location: location.to_owned(), id: set.param_id.clone() });
    }
    Ok(())
}

/// Single fields replace, lists grow (requirements *req-modify-set-param-objects1* to *3*). A value replaces a
/// choice and the other way round, since a parameter has one or the other.
fn set_parameter(param: &mut Param, set: &SetParameter) {
    replace(&mut param.class, &set.class);
    replace(&mut param.depends_on, &set.depends_on);
    replace(&mut param.label, &set.label);
    replace(&mut param.usage, &set.usage);
    param.props.retain(|old| !set.props.iter().any(|new| same_prop(old, new)));
    param.props.extend(set.props.iter().cloned());
    param.links.retain(|old| !set.links.contains(old));
    param.links.extend(set.links.iter().cloned());
    param.constraints.extend(set.constraints.iter().cloned());
    param.guidelines.extend(set.guidelines.iter().cloned());
    if !set.values.is_empty() {
        param.values.clone_from(&set.values);
        param.select = None;
    }
    if set.select.is_some() {
        param.select.clone_from(&set.select);
        param.values.clear();
    }
}

fn replace(old: &mut Option<String>, new: &Option<String>) {
    if new.is_some() {
        old.clone_from(new);
    }
}

fn same_prop(old: &Prop, new: &Prop) -> bool {
    old == new || (old.uuid.is_some() && old.uuid == new.uuid)
}

fn for_each_group_mut(groups: &mut [Group], visit: &mut dyn FnMut(&mut Group)) {
    for group in groups {
        visit(group);
        for_each_group_mut(&mut group.groups, visit);
    }
}
