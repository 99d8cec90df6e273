//! Which controls an import, or an insertion point of a custom structure, selects.

use super::pattern::Pattern;
use crate::oscal::keeps_always;
use crate::oscal::{Catalog, Control, Group, Import, InsertControls, Rest, SelectControls};
use std::collections::{BTreeSet, HashMap};

/// A compiled selection.
pub(super) struct Selector<'a> {
    all: bool,
    include: Calls<'a>,
    exclude: Calls<'a>,
    parents: Parents,
}

/// Where a selected group stood among its siblings in the source, which tells groups without identifier
/// apart.
pub(super) struct Origin {
    /// Position in the list of groups, from 0.
    pub(super) position: usize,
    /// The same for the groups inside, in their order.
    pub(super) groups: Vec<Origin>,
}

/// Whether a selected enhancement brings its base control along.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parents {
    Bring,
    Leave,
}

/// What a list of calls says about one identifier.
#[derive(Default)]
struct Calls<'a> {
    ids: HashMap<&'a str, Call>,
    patterns: Vec<(Pattern, Call)>,
}

#[derive(Clone, Copy, Default)]
struct Call {
    called: bool,
    with_children: bool,
}

impl Call {
    fn or(self, other: Call) -> Call {
        Call { called: self.called || other.called, with_children: self.with_children || other.with_children }
    }
}

impl<'a> Calls<'a> {
    fn new(list: impl Iterator<Item = &'a SelectControls>) -> Self {
        let mut calls = Calls::default();
        for select in list {
            let call =
                Call { called: true, with_children: select.with_child_controls.as_deref() == Some("yes") };
            for id in &select.with_ids {
                let known = calls.ids.entry(id).or_default();
                *known = known.or(call);
            }
            for pattern in select.matching.iter().filter_map(|m| m.pattern.as_deref()) {
                calls.patterns.push((Pattern::new(pattern), call));
            }
        }
        calls
    }

    fn of(&self, id: &str) -> Call {
        let by_id = self.ids.get(id).copied().unwrap_or_default();
        self.patterns.iter().filter(|(p, _)| p.matches(id)).fold(by_id, |call, (_, other)| call.or(*other))
    }
}

impl<'a> Selector<'a> {
    /// The selection of an import. A selected enhancement brings its base control, unless that is excluded.
    pub(super) fn of_import(import: &'a Import) -> Self {
        Selector::new(
            import.include_all.as_ref(),
            &import.include_controls,
            &import.exclude_controls,
            Parents::Bring,
        )
    }

    /// The selection of an insertion point: only what is named.
    pub(super) fn of_insertion(insert: &'a InsertControls) -> Self {
        Selector::new(
            insert.include_all.as_ref(),
            &insert.include_controls,
            &insert.exclude_controls,
            Parents::Leave,
        )
    }

    fn new(
        all: Option<&'a Rest>,
        include: &'a Option<Vec<SelectControls>>,
        exclude: &'a [SelectControls],
        parents: Parents,
    ) -> Self {
        Selector {
            all: all.is_some(),
            include: Calls::new(include.iter().flatten()),
            exclude: Calls::new(exclude.iter()),
            parents,
        }
    }

    /// Identifiers called by name, sorted.
    pub(super) fn named(&self) -> BTreeSet<&'a str> {
        self.include.ids.keys().copied().collect()
    }

    /// Total length of the patterns, which bounds the work per identifier.
    pub(super) fn pattern_length(&self) -> usize {
        let calls = [&self.include, &self.exclude];
        calls.iter().flat_map(|c| &c.patterns).map(|(p, _)| p.len()).sum()
    }

    /// Takes the selected controls with their groups out of a catalogue, and tells where these groups stood;
    /// what is not selected stays. Unselected parents are left out, and their selected children take their
    /// place.
    pub(super) fn take(&self, catalog: &mut Catalog) -> (Catalog, Vec<Origin>) {
        let (groups, origins) = self.take_groups(&mut catalog.groups);
        let selected = Catalog {
            params: catalog.params.clone(),
            controls: self.take_controls(&mut catalog.controls),
            groups,
            ..Catalog::default()
        };
        (selected, origins)
    }

    /// Copies of the selected ones of a list of controls.
    pub(super) fn controls(&self, list: &[Control]) -> Vec<Control> {
        self.take_controls(&mut list.to_vec())
    }

    fn take_groups(&self, list: &mut [Group]) -> (Vec<Group>, Vec<Origin>) {
        let numbered = list.iter_mut().enumerate();
        numbered.filter_map(|(position, group)| self.take_group(group, position)).unzip()
    }

    fn take_group(&self, group: &mut Group, position: usize) -> Option<(Group, Origin)> {
        let (groups, origins) = self.take_groups(&mut group.groups);
        let controls = self.take_controls(&mut group.controls);
        if groups.is_empty() && controls.is_empty() && !keeps_always(&group.props) {
            return None;
        }
        let selected = Group {
            id: group.id.clone(),
            class: group.class.clone(),
            title: group.title.clone(),
            params: group.params.clone(),
            props: group.props.clone(),
            links: group.links.clone(),
            parts: group.parts.clone(),
            groups,
            controls,
            rest: group.rest.clone(),
        };
        Some((selected, Origin { position, groups: origins }))
    }

    fn take_controls(&self, list: &mut Vec<Control>) -> Vec<Control> {
        let mut selected = Vec::new();
        let mut left = Vec::new();
        for control in std::mem::take(list) {
            self.take_control(control, Inherited::default(), &mut selected, &mut left);
        }
        *list = left;
        selected
    }

    /// Puts a control and its descendants where they belong.
    fn take_control(
        &self,
        mut control: Control,
        inherited: Inherited,
        selected: &mut Vec<Control>,
        left: &mut Vec<Control>,
    ) {
        let include = self.include.of(&control.id);
        let exclude = self.exclude.of(&control.id);
        let below = Inherited {
            included: inherited.included || include.with_children,
            excluded: inherited.excluded || exclude.with_children,
        };
        let (mut children, mut others) = (Vec::new(), Vec::new());
        for child in std::mem::take(&mut control.controls) {
            self.take_control(child, below, &mut children, &mut others);
        }
        let called = self.all || include.called || inherited.included;
        let excluded = exclude.called || inherited.excluded;
        let brought = !children.is_empty() && self.parents == Parents::Bring;
        if excluded || !(called || brought) {
            selected.append(&mut children);
            control.controls = others;
            left.push(control);
        } else {
            control.controls = children;
            selected.push(control);
            left.append(&mut others);
        }
    }
}

#[derive(Clone, Copy, Default)]
struct Inherited {
    included: bool,
    excluded: bool,
}
