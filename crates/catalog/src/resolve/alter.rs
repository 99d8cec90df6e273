//! Alterations of controls: removals, then additions, of all alterations that name the control.
//!
//! Removals come first over all of them, so that nothing added by a profile is removed by the same profile.
//! A removal reaches everything inside the control, its enhancements included
//! (*Modifying controls inside controls*).

use super::error::{ResolveError, Warning};
use super::fetch::Session;
use super::merge::for_each_control_mut;
use crate::oscal::OSCAL_NS;
use crate::oscal::{Add, Alter, Catalog, Control, Link, Param, Part, Prop, Remove};
use std::collections::{BTreeSet, HashMap};

/// Applies all alterations of one profile.
pub(super) fn alter(
    session: &mut Session<'_>,
    alters: &[Alter],
    catalog: &mut Catalog,
    location: &str,
) -> Result<(), ResolveError> {
    if alters.is_empty() {
        return Ok(());
    }
    let mut by_control: HashMap<&str, Vec<&Alter>> = HashMap::new();
    for alter in alters {
        by_control.entry(&alter.control_id).or_default().push(alter);
    }
    let mut budget = Budget { allowed: session.comparisons_left(), steps: 0 };
    let mut found: BTreeSet<String> = BTreeSet::new();
    for_each_control_mut(catalog, &mut |control| {
        for alter in by_control.get(control.id.as_str()).into_iter().flatten() {
            found.insert(control.id.clone());
            for remove in alter.removes.iter().filter(|r| has_criterion(r)) {
                if budget.allows(control) {
                    remove_from(control, remove);
                }
            }
        }
    });
    let mut missed = Vec::new();
    for_each_control_mut(catalog, &mut |control| {
        for add in by_control.get(control.id.as_str()).into_iter().flatten().flat_map(|a| &a.adds) {
            if budget.allows(control) && !add_to(control, add) {
                missed.push((control.id.clone(), add.by_id.clone().unwrap_or_default()));
            }
        }
    });
    session.count_comparisons(budget.steps, location)?;
    let own =
        |alter: &&Alter| alter.adds.iter().any(|a| a.by_id.as_deref() == Some(alter.control_id.as_str()));
    let naming_own = alters.iter().filter(own).count();
    if naming_own > 0 {
        session.warn(Warning::AddNamesItsControl { location: location.to_owned(), count: naming_own });
    }
    for (control, id) in missed {
        session.warn(Warning::AddWithoutTarget { location: location.to_owned(), control, id });
    }
    for alter in alters.iter().filter(|a| !found.contains(&a.control_id)) {
        session.warn(Warning::AlterWithoutControl {
            location: location.to_owned(),
            id: alter.control_id.clone(),
        });
    }
    Ok(())
}

/// Work allowed for looking through controls; each removal or addition looks through the whole control.
struct Budget {
    allowed: usize,
    steps: usize,
}

impl Budget {
    fn allows(&mut self, control: &Control) -> bool {
        if self.steps <= self.allowed {
            self.steps = self.steps.saturating_add(size(control));
        }
        self.steps <= self.allowed
    }
}

/// Number of objects in a control.
fn size(control: &Control) -> usize {
    fn parts(list: &[Part]) -> usize {
        list.iter().map(|p| 1 + p.props.len() + p.links.len() + parts(&p.parts)).sum()
    }
    let params: usize = control.params.iter().map(|p| 1 + p.props.len() + p.links.len()).sum();
    let own = 1 + control.props.len() + control.links.len() + params + parts(&control.parts);
    own + control.controls.iter().map(size).sum::<usize>()
}

fn has_criterion(r: &Remove) -> bool {
    [&r.by_name, &r.by_class, &r.by_id, &r.by_item_name, &r.by_ns].iter().any(|c| c.is_some())
}

/// What the criteria of a removal look at.
#[derive(Default)]
struct Item<'a> {
    kind: &'static str,
    id: Option<&'a str>,
    name: Option<&'a str>,
    class: Option<&'a str>,
    ns: Option<&'a str>,
    /// Whether the kind of object can have a namespace at all.
    has_ns: Option<()>,
}

fn matches(remove: &Remove, item: &Item<'_>) -> bool {
    let same = |criterion: &Option<String>, value: Option<&str>| {
        criterion.as_deref().is_none_or(|wanted| value == Some(wanted))
    };
    let ns = match remove.by_ns.as_deref() {
        None => true,
        Some(OSCAL_NS) => item.has_ns.is_some() && item.ns.is_none_or(|ns| ns == OSCAL_NS),
        Some(wanted) => item.ns == Some(wanted),
    };
    ns && same(&remove.by_item_name, Some(item.kind))
        && same(&remove.by_id, item.id)
        && same(&remove.by_name, item.name)
        && same(&remove.by_class, item.class)
}

fn prop_matches(remove: &Remove, p: &Prop) -> bool {
    let item = Item {
        kind: "prop",
        name: Some(&p.name),
        class: p.class.as_deref(),
        ns: p.ns.as_deref(),
        has_ns: Some(()),
        id: None,
    };
    matches(remove, &item)
}

fn link_matches(remove: &Remove, _: &Link) -> bool {
    matches(remove, &Item { kind: "link", ..Item::default() })
}

fn remove_from(control: &mut Control, remove: &Remove) {
    control.props.retain(|p| !prop_matches(remove, p));
    control.links.retain(|l| !link_matches(remove, l));
    control.params.retain_mut(|p| {
        p.props.retain(|prop| !prop_matches(remove, prop));
        p.links.retain(|l| !link_matches(remove, l));
        let item = Item { kind: "param", id: Some(&p.id), class: p.class.as_deref(), ..Item::default() };
        !matches(remove, &item)
    });
    remove_from_parts(&mut control.parts, remove);
    control.controls.retain_mut(|c| {
        remove_from(c, remove);
        let item = Item { kind: "control", id: Some(&c.id), class: c.class.as_deref(), ..Item::default() };
        !matches(remove, &item)
    });
}

fn remove_from_parts(parts: &mut Vec<Part>, remove: &Remove) {
    parts.retain_mut(|part| {
        let item = Item {
            kind: "part",
            id: part.id.as_deref(),
            name: Some(&part.name),
            class: part.class.as_deref(),
            ns: part.ns.as_deref(),
            has_ns: Some(()),
        };
        if matches(remove, &item) {
            return false;
        }
        part.props.retain(|p| !prop_matches(remove, p));
        part.links.retain(|l| !link_matches(remove, l));
        remove_from_parts(&mut part.parts, remove);
        true
    });
}

/// Where added objects go in a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    End,
    Index(usize),
}

fn put<T: Clone>(list: &mut Vec<T>, items: &[T], at: At) {
    let index = match at {
        At::Start => 0,
        At::End => list.len(),
        At::Index(i) => i.min(list.len()),
    };
    list.splice(index..index, items.iter().cloned());
}

fn inside(add: &Add) -> At {
    match add.position.as_deref() {
        Some("starting" | "before") => At::Start,
        _ => At::End,
    }
}

fn is_sibling(add: &Add) -> bool {
    matches!(add.position.as_deref(), Some("before" | "after"))
}

fn beside(add: &Add, index: usize) -> At {
    At::Index(if add.position.as_deref() == Some("before") { index } else { index + 1 })
}

/// Adds to the control or to the object inside it; `false` when that object is not there.
///
/// An addition whose `by-id` is the control's own identifier goes to the control. The specification calls it
/// inoperative (*req-modify-alter-add-explicit-id*), but FedRAMP's published profiles hold hundreds of them
/// and would lose their content; a warning says so.
fn add_to(control: &mut Control, add: &Add) -> bool {
    let Some(id) = add.by_id.as_deref().filter(|id| *id != control.id) else {
        add_inside_control(control, add);
        return true;
    };
    if let Some(index) = control.params.iter().position(|p| p.id == id) {
        add_at_param(control, add, index);
        return true;
    }
    if is_sibling(add) && control.parts.iter().any(|p| p.id.as_deref() == Some(id)) {
        put(&mut control.props, &add.props, inside(add));
        put(&mut control.links, &add.links, inside(add));
        put(&mut control.params, &add.params, inside(add));
    }
    add_in_parts(&mut control.parts, add, id)
        || control.controls.iter_mut().any(|c| {
            if c.id == id {
                add_inside_control(c, add);
                return true;
            }
            add_to(c, add)
        })
}

fn add_inside_control(control: &mut Control, add: &Add) {
    let at = inside(add);
    if let Some(title) = &add.title {
        control.title.clone_from(title);
    }
    put(&mut control.params, &add.params, at);
    put(&mut control.props, &add.props, at);
    put(&mut control.links, &add.links, at);
    put(&mut control.parts, &add.parts, at);
}

fn add_at_param(control: &mut Control, add: &Add, index: usize) {
    let at = inside(add);
    if is_sibling(add) {
        put(&mut control.params, &add.params, beside(add, index));
        put(&mut control.props, &add.props, at);
        put(&mut control.links, &add.links, at);
        put(&mut control.parts, &add.parts, at);
        return;
    }
    let param: &mut Param = &mut control.params[index];
    put(&mut param.props, &add.props, at);
    put(&mut param.links, &add.links, at);
}

/// Adds at the part with the identifier, wherever it is nested; objects that can not stand between parts go
/// to the part around it.
fn add_in_parts(parts: &mut Vec<Part>, add: &Add, id: &str) -> bool {
    if let Some(index) = parts.iter().position(|p| p.id.as_deref() == Some(id)) {
        if is_sibling(add) {
            put(parts, &add.parts, beside(add, index));
        } else {
            let (part, at) = (&mut parts[index], inside(add));
            if add.title.is_some() {
                part.title.clone_from(&add.title);
            }
            put(&mut part.props, &add.props, at);
            put(&mut part.links, &add.links, at);
            put(&mut part.parts, &add.parts, at);
        }
        return true;
    }
    parts.iter_mut().any(|part| {
        let here = part.parts.iter().any(|p| p.id.as_deref() == Some(id));
        if here && is_sibling(add) {
            put(&mut part.props, &add.props, inside(add));
            put(&mut part.links, &add.links, inside(add));
        }
        add_in_parts(&mut part.parts, add, id)
    })
}
