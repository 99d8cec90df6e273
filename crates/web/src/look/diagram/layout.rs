//! Where everything lies.

use super::{Concern, Diagram, Flow, Node};
use dagre::graph::{Graph, GraphOptions};
use dagre::layout::types::LabelPos;
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, RankDir, layout};
use std::collections::BTreeMap;
use warrant_model::kinds::ComponentType;

/// A rectangle by its centre and size.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A flow's route and the centre of its label.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Route {
    pub(super) points: Vec<(f64, f64)>,
    pub(super) label: (f64, f64),
}

/// The whole layout, in pixels; nodes and flows in the order of the diagram's.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Placed {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) zones: Vec<(String, Area)>,
    pub(super) nodes: Vec<Area>,
    pub(super) flows: Vec<Option<Route>>,
}

/// Room kept free around everything.
const MARGIN: f64 = 16.0;
/// Room for a zone's name.
const ZONE_TITLE: f64 = 14.0;
/// Height of a component.
const NODE_HEIGHT: f64 = 48.0;
/// Height of a line of a flow's label.
pub(super) const LABEL_LINE: f64 = 15.0;

pub(super) fn place(view: &Diagram) -> Placed {
    let zones = zones(view);
    let index_of: BTreeMap<&str, usize> =
        view.nodes.iter().enumerate().rev().map(|(index, node)| (node.id.as_str(), index)).collect();
    let mut graph: Graph<NodeLabel, EdgeLabel> =
        Graph::with_options(GraphOptions { directed: true, multigraph: true, compound: true });
    for zone in 0..zones.len() {
        graph.set_node(format!("zone{zone}"), Some(NodeLabel::default()));
    }
    for (index, node) in view.nodes.iter().enumerate() {
        let label = NodeLabel { width: node_width(node), height: NODE_HEIGHT, ..NodeLabel::default() };
        graph.set_node(format!("node{index}"), Some(label));
        if let Some(zone) = zone_of(node).and_then(|name| zones.iter().position(|zone| *zone == name)) {
            graph.set_parent(&format!("node{index}"), Some(&format!("zone{zone}")));
        }
    }
    let mut ends = Vec::with_capacity(view.flows.len());
    for (index, flow) in view.flows.iter().enumerate() {
        let pair = index_of.get(flow.from.as_str()).zip(index_of.get(flow.to.as_str()));
        ends.push(pair.map(|(from, to)| (format!("node{from}"), format!("node{to}"))));
        let Some((from, to)) = ends.last().and_then(Option::as_ref) else { continue };
        let (width, height) = label_size(flow);
        let label = EdgeLabel { width, height, labelpos: LabelPos::Center, ..EdgeLabel::default() };
        graph.set_edge(from.as_str(), to.as_str(), Some(label), Some(&format!("flow{index}")));
    }
    let options = LayoutOptions {
        rankdir: RankDir::LR,
        nodesep: 40.0,
        edgesep: 18.0,
        ranksep: 28.0,
        marginx: MARGIN,
        marginy: MARGIN,
        ..LayoutOptions::default()
    };
    layout(&mut graph, Some(options));
    let area = |name: &str| {
        let label = graph.node(name);
        let get = |value: Option<f64>| value.filter(|value| value.is_finite()).unwrap_or_default();
        Area {
            x: get(label.and_then(|l| l.x)),
            y: get(label.and_then(|l| l.y)),
            width: get(label.map(|l| l.width)),
            height: get(label.map(|l| l.height)),
        }
    };
    let nodes: Vec<Area> = (0..view.nodes.len()).map(|index| area(&format!("node{index}"))).collect();
    let flows: Vec<Option<Route>> = ends
        .iter()
        .enumerate()
        .map(|(index, ends)| {
            let (from, to) = ends.as_ref()?;
            let edge = graph.edge(from, to, Some(&format!("flow{index}")))?;
            let points: Vec<(f64, f64)> = edge
                .points
                .iter()
                .filter(|p| p.x.is_finite() && p.y.is_finite())
                .map(|p| (p.x, p.y))
                .collect();
            let middle = points.get(points.len() / 2).copied()?;
            Some(Route { label: edge.x.zip(edge.y).unwrap_or(middle), points })
        })
        .collect();
    let zones =
        zones.iter().enumerate().map(|(i, name)| ((*name).to_owned(), titled(area(&format!("zone{i}")))));
    let zones = zones.collect();
    framed(Placed { zones, nodes, flows, ..Placed::default() })
}

/// The zones named by components inside, in the order they appear.
fn zones(view: &Diagram) -> Vec<&str> {
    let mut zones: Vec<&str> = Vec::new();
    for name in view.nodes.iter().filter_map(zone_of) {
        if !zones.contains(&name) {
            zones.push(name);
        }
    }
    zones
}

fn zone_of(node: &Node) -> Option<&str> {
    let inside = node.component_type != ComponentType::ExternalActor;
    node.zone.as_deref().filter(|zone| inside && !zone.trim().is_empty())
}

fn node_width(node: &Node) -> f64 {
    let characters =
        node.title.chars().count().max(node.note.chars().count()).clamp(8, super::draw::NAME_LIMIT);
    (characters as f64 * 8.0 + 54.0).round()
}

/// How wide a flow's label of so many characters is.
pub(super) fn label_width(characters: usize) -> f64 {
    characters as f64 * 6.6 + 8.0
}

/// Room for the label: its text, and a second line when something is to be said about protection.
fn label_size(flow: &Flow) -> (f64, f64) {
    let words = flow.concern.word();
    let characters = flow.label.chars().count().min(super::draw::LABEL_LIMIT).max(words.len());
    let lines = usize::from(!flow.label.is_empty()) + usize::from(flow.concern != Concern::Nothing);
    (label_width(characters), lines as f64 * LABEL_LINE + 4.0)
}

/// The zone's box with room for its name at the top.
fn titled(area: Area) -> Area {
    Area { y: area.y - ZONE_TITLE / 2.0, height: area.height + ZONE_TITLE, ..area }
}

/// Moves everything so that it starts at the margin, and measures the whole.
fn framed(mut placed: Placed) -> Placed {
    let boxes = placed.zones.iter().map(|(_, area)| area).chain(&placed.nodes);
    let corners = boxes.flat_map(|a| {
        [(a.x - a.width / 2.0, a.y - a.height / 2.0), (a.x + a.width / 2.0, a.y + a.height / 2.0)]
    });
    let points: Vec<(f64, f64)> =
        corners.chain(placed.flows.iter().flatten().flat_map(|route| route.points.iter().copied())).collect();
    let least = points.iter().fold((f64::MAX, f64::MAX), |least, p| (least.0.min(p.0), least.1.min(p.1)));
    let most = points.iter().fold((f64::MIN, f64::MIN), |most, p| (most.0.max(p.0), most.1.max(p.1)));
    let (dx, dy) = (MARGIN - least.0, MARGIN - least.1);
    for area in placed.zones.iter_mut().map(|(_, area)| area).chain(&mut placed.nodes) {
        area.x += dx;
        area.y += dy;
    }
    for route in placed.flows.iter_mut().flatten() {
        for point in route.points.iter_mut().chain(std::iter::once(&mut route.label)) {
            point.0 += dx;
            point.1 += dy;
        }
    }
    placed.width = most.0 - least.0 + 2.0 * MARGIN;
    placed.height = most.1 - least.1 + 2.0 * MARGIN;
    placed
}
