//! The diagram: components in their zones, flows between them, parties outside.

use super::super::frame::Frame;
use super::super::shown::Titles;
use crate::list::encoded;
use crate::look::diagram::{Concern, Diagram, Flow, Node, diagram};
use crate::words::Words;
use maud::Markup;
use warrant_model::id::RecordId;
use warrant_model::kind::Record;
use warrant_model::kinds::{Component, ComponentType, DataFlow, Interconnection, Protection};

/// The diagram of components, flows and outside parties.
pub(super) fn drawing(frame: &Frame) -> Markup {
    let record = |kind: &str, id: &RecordId| format!("/records/{kind}/{}", encoded(id.as_str()));
    let snapshot = &frame.snapshot;
    let component = |part: &Record<Component>| Node {
        id: part.id.0.clone(),
        title: part.body.name.clone(),
        component_type: part.body.component_type,
        zone: part.body.zone.clone().filter(|_| part.body.component_type != ComponentType::ExternalActor),
        note: product(part.body.vendor.as_deref(), part.body.product_version.as_deref()),
        href: record("component", &part.id),
        sort: None,
    };
    // A party that is drawn as a component already is not drawn twice.
    let drawn = |name: &str| snapshot.components.iter().any(|part| part.body.name.eq_ignore_ascii_case(name));
    let party = |link: &Record<Interconnection>| Node {
        id: link.id.0.clone(),
        title: link.body.remote_party.clone(),
        component_type: ComponentType::ExternalActor,
        zone: None,
        note: link.body.name.clone(),
        href: record("interconnection", &link.id),
        sort: None,
    };
    let parties = snapshot.interconnections.iter().filter(|link| !drawn(&link.body.remote_party)).map(party);
    let end = |id: &Option<RecordId>| id.as_ref().map(|id| id.0.clone()).unwrap_or_default();
    let flow = |flow: &Record<DataFlow>| Flow {
        from: end(&flow.body.source),
        to: end(&flow.body.destination),
        label: flow.body.protocol.clone().unwrap_or_default(),
        information: carried(frame, &flow.body.information_types),
        concern: concern(frame, &flow.body),
        href: record("data_flow", &flow.id),
    };
    diagram(&Diagram {
        title: Words::of("boundary-of").with("system", &frame.name).said(),
        nodes: snapshot.components.iter().map(component).chain(parties).collect(),
        flows: snapshot.data_flows.iter().map(flow).collect(),
    })
}

/// What is to be said of a flow, in the words of the check `flow-unprotected`: only sensitive information asks
/// for encryption.
pub(super) fn concern(frame: &Frame, flow: &DataFlow) -> Concern {
    let types = &frame.snapshot.information_types;
    let sensitive = flow
        .information_types
        .iter()
        .any(|id| types.iter().any(|kind| kind.id == *id && kind.body.is_sensitive()));
    match flow.encrypted {
        Protection::No if sensitive => Concern::Unprotected,
        Protection::Unknown if sensitive => Concern::Unknown,
        _ => Concern::Nothing,
    }
}

/// Names of components and information types by id.
pub(super) fn names(frame: &Frame) -> Titles {
    let snapshot = &frame.snapshot;
    let components = snapshot.components.iter().map(|part| (part.id.0.clone(), part.body.name.clone()));
    components
        .chain(snapshot.information_types.iter().map(|kind| (kind.id.0.clone(), kind.body.name.clone())))
        .collect()
}

/// What moves, in names.
pub(super) fn carried(frame: &Frame, ids: &[RecordId]) -> String {
    let names = names(frame);
    ids.iter()
        .map(|id| names.get(id.as_str()).cloned().unwrap_or_else(|| id.0.clone()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Maker and product in one line; a product that names its maker already does not say it twice.
fn product(vendor: Option<&str>, product: Option<&str>) -> String {
    match (vendor, product) {
        (Some(vendor), Some(product)) if !product.to_lowercase().starts_with(&vendor.to_lowercase()) => {
            format!("{vendor} {product}")
        }
        (vendor, product) => product.or(vendor).unwrap_or_default().to_owned(),
    }
}
