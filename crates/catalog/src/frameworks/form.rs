//! A framework's facts in the form of an OSCAL catalogue.

use super::{Framework, Holds};
use crate::index::{ControlFacts, ControlNo, Index};
use crate::oscal::{Catalog, Control, Group, Link, Metadata, Param, Part, Prop};
use crate::resolve::OSCAL_VERSION;

pub(super) fn catalog(framework: &Framework) -> Catalog {
    let index = framework.index();
    let selected = Selected::of(framework, index);
    let mut groups: Vec<Group> = Vec::new();
    let mut open: Option<u16> = None;
    let mut catalog = Catalog { metadata: metadata(framework), ..Catalog::default() };
    for (position, facts) in index.controls().iter().enumerate() {
        let no = ControlNo(u16::try_from(position).unwrap_or(u16::MAX));
        // A control whose base control is not selected takes its place.
        if !selected.has(no) || facts.parent.is_some_and(|parent| selected.has_above(index, parent)) {
            continue;
        }
        let control = control(index, no, facts, &selected);
        match facts.family {
            None => catalog.controls.push(control),
            Some(family) => {
                if open != Some(family) {
                    open = Some(family);
                    let (id, title) =
                        index.family(no).map_or(("", ""), |f| (f.id.as_str(), f.title.as_str()));
                    let id = (!id.is_empty()).then(|| id.to_owned());
                    groups.push(Group { id, title: title.to_owned(), ..Group::default() });
                }
                if let Some(group) = groups.last_mut() {
                    group.controls.push(control);
                }
            }
        }
    }
    catalog.groups = groups;
    catalog
}

/// Which controls of the index are wanted.
struct Selected(Option<Vec<ControlNo>>);

impl Selected {
    fn of(framework: &Framework, index: &Index) -> Self {
        Selected(framework.baseline.map(|baseline| index.baseline(baseline).to_vec()))
    }

    fn has(&self, no: ControlNo) -> bool {
        self.0.as_ref().is_none_or(|list| list.binary_search(&no).is_ok())
    }

    fn has_above(&self, index: &Index, no: ControlNo) -> bool {
        let mut above = Some(no);
        while let Some(no) = above {
            if self.has(no) {
                return true;
            }
            above = index.control(no).and_then(|c| c.parent);
        }
        false
    }
}

fn metadata(framework: &Framework) -> Metadata {
    let remarks = match framework.holds {
        Holds::Titles => "Identifiers and titles only.",
        Holds::Identifiers => "Identifiers only; the words are copyright of the publisher.",
    };
    let title = match framework.id.split_once('/') {
        Some((_, baseline)) => format!("{}, {} baseline", framework.title, baseline),
        None => framework.title.to_owned(),
    };
    let mut metadata = Metadata {
        title,
        version: framework.version.to_owned(),
        oscal_version: OSCAL_VERSION.to_owned(),
        ..Metadata::default()
    };
    metadata.rest.insert("remarks".to_owned(), remarks.into());
    metadata
}

fn control(index: &Index, no: ControlNo, facts: &ControlFacts, selected: &Selected) -> Control {
    let title = if facts.title.is_empty() { &facts.label } else { &facts.title };
    let mut props = vec![Prop::new("label", facts.label.clone())];
    if facts.withdrawn {
        props.push(Prop::new("status", "withdrawn"));
    }
    let linked = |list: &[ControlNo], relation: &'static str| {
        let ids = list.iter().filter_map(|no| index.control(*no)).map(|c| format!("#{}", c.id));
        ids.map(|href| Link::new(href, relation)).collect::<Vec<_>>()
    };
    let mut links = linked(&facts.replaced_by, "incorporated-into");
    links.extend(linked(&facts.related, "related"));
    let params = index.parameters(no).iter().map(|p| Param {
        id: p.id.clone(),
        label: (!p.label.is_empty()).then(|| p.label.clone()),
        ..Param::default()
    });
    let position = usize::from(no.0);
    let inner = index.controls().iter().enumerate().skip(position + 1);
    let inner = inner.take_while(|(_, c)| c.parent.is_some_and(|p| usize::from(p.0) >= position));
    let inner = inner.filter(|(_, c)| c.parent == Some(no)).filter_map(|(at, facts)| {
        let no = ControlNo(u16::try_from(at).ok()?);
        selected.has(no).then(|| control(index, no, facts, selected))
    });
    Control {
        id: facts.id.clone(),
        title: title.clone(),
        params: params.collect(),
        props,
        links,
        parts: statement(index, no),
        controls: inner.collect(),
        ..Control::default()
    }
}

/// The statement with its items side by side; their labels are whole paths.
fn statement(index: &Index, no: ControlNo) -> Vec<Part> {
    let mut items = index.all_statements()[index.statements(no)].iter().map(|s| Part {
        id: Some(s.id.clone()),
        name: "item".to_owned(),
        props: if s.label.is_empty() { Vec::new() } else { vec![Prop::new("label", s.label.clone())] },
        ..Part::default()
    });
    match items.next() {
        None => Vec::new(),
        Some(whole) => vec![Part { name: "statement".to_owned(), parts: items.collect(), ..whole }],
    }
}
