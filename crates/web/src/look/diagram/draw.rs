//! The drawing of a layout.

use super::layout::{Area, LABEL_LINE, Placed, Route, label_width};
use super::{Concern, Diagram, Flow, Node};
use crate::look::figure::{coordinate as c, cut};
use crate::look::icons::Icon;
use crate::look::link::safe;
use crate::words::{Words, named, say};
use maud::{Markup, html};
use warrant_model::kinds::ComponentType;

/// The most characters of a component's name drawn.
pub(super) const NAME_LIMIT: usize = 26;
/// From this width on, in pixels, a drawing is fitted to the page rather than drawn at its own size.
const WIDE: f64 = 1_100.0;
/// The most characters of a flow's label drawn.
pub(super) const LABEL_LIMIT: usize = 22;

pub(super) fn drawing(view: &Diagram, placed: &Placed) -> Markup {
    let size = format!("0 0 {} {}", c(placed.width), c(placed.height));
    html! {
        svg.boundary.wide[placed.width > WIDE] viewBox=(size) width=(c(placed.width)) height=(c(placed.height)) role="group" aria-label=(view.title) {
            @for (name, area) in &placed.zones { (zone(name, area)) }
            @for (flow, route) in view.flows.iter().zip(&placed.flows) {
                @if let Some(route) = route { (arrow(flow, route, view)) }
            }
            @for (name, area) in &placed.zones { (zone_name(name, area)) }
            @for (node, area) in view.nodes.iter().zip(&placed.nodes) { (component(node, area)) }
            @for (flow, route) in view.flows.iter().zip(&placed.flows) {
                @if let Some(route) = route { (label(flow, route)) }
            }
        }
    }
}

fn zone(name: &str, area: &Area) -> Markup {
    let (left, top) = (area.x - area.width / 2.0, area.y - area.height / 2.0);
    html! {
        g.zone {
            title { (Words::of("diagram-zone").with("name", name)) }
            rect x=(c(left)) y=(c(top)) width=(c(area.width)) height=(c(area.height)) rx="8" {}
        }
    }
}

/// The zone's name, above the flows that cross it.
fn zone_name(name: &str, area: &Area) -> Markup {
    let (left, top) = (area.x - area.width / 2.0, area.y - area.height / 2.0);
    let room = ((area.width - 24.0) / 7.0).max(4.0) as usize;
    html! { text.zone-name x=(c(left + 12.0)) y=(c(top + 18.0)) { (cut(name, room)) } }
}

fn component(node: &Node, area: &Area) -> Markup {
    let (w, h) = (area.width, area.height);
    let (left, top) = (area.x - w / 2.0, area.y - h / 2.0);
    let rim = if node.component_type == ComponentType::DataStore { 3.0 } else { 0.0 };
    let middle = rim + if node.note.is_empty() { h / 2.0 + 4.5 } else { h / 2.0 - 3.0 };
    html! {
        a href=(safe(&node.href)) {
            g class=(format!("node {}", class(node.component_type))) transform=(format!("translate({} {})", c(left), c(top))) {
                title { (named(&node.sort.clone().unwrap_or_else(|| word(node.component_type)), &node.title)) @if !node.note.is_empty() { ", " (node.note) } }
                (outline(node.component_type, w, h))
                g.node-icon transform=(format!("translate(12 {})", c(rim + h / 2.0 - 8.0))) { path d=(icon(node.component_type).path()) {} }
                text.node-name x="36" y=(c(middle)) { (cut(&node.title, NAME_LIMIT)) }
                @if !node.note.is_empty() { text.node-note x="36" y=(c(middle + 15.0)) { (cut(&node.note, NAME_LIMIT)) } }
            }
        }
    }
}

/// The outline that says what a component is, even in black and white.
fn outline(component_type: ComponentType, w: f64, h: f64) -> Markup {
    match component_type {
        ComponentType::DataStore => html! {
            path.outline d=(format!("M0 5C0 -1.5 {0} -1.5 {0} 5V{1}C{0} {2} 0 {2} 0 {1}Z", c(w), c(h - 5.0), c(h + 1.5))) {}
            path.outline.open d=(format!("M0 5C0 10 {0} 10 {0} 5", c(w))) {}
        },
        ComponentType::ExternalActor => html! { rect.outline width=(c(w)) height=(c(h)) rx=(c(h / 2.0)) {} },
        ComponentType::Service => html! {
            path.outline d=(format!("M12 0H{}L{} {}L{} {}H12L0 {}Z", c(w - 12.0), c(w), c(h / 2.0), c(w - 12.0), c(h), c(h / 2.0))) {}
        },
        ComponentType::Network => {
            html! { rect.outline width=(c(w)) height=(c(h)) rx="2" stroke-dasharray="5 3" {} }
        }
        ComponentType::Device => html! { rect.outline width=(c(w)) height=(c(h)) rx="12" {} },
        ComponentType::Host => html! {
            rect.outline width=(c(w)) height=(c(h)) rx="2" {}
            path.outline.open d=(format!("M4 0V{}", c(h))) {}
        },
        ComponentType::Software => html! { rect.outline width=(c(w)) height=(c(h)) rx="6" {} },
    }
}

fn arrow(flow: &Flow, route: &Route, view: &Diagram) -> Markup {
    let name = |id: &str| view.nodes.iter().find(|node| node.id == id).map_or("", |node| node.title.as_str());
    html! {
        a href=(safe(&flow.href)) {
            g class=(flow.concern.class()) {
                title {
                    (name(&flow.from)) " → " (name(&flow.to))
                    @if !flow.label.is_empty() { ", " (flow.label) }
                    @if !flow.information.is_empty() { ": " (flow.information) }
                    @if flow.concern != Concern::Nothing { " (" (flow.concern.word()) ")" }
                }
                path.hit d=(curve(&route.points)) {}
                path.arrow d=(curve(&route.points)) {}
                (head(&route.points))
            }
        }
    }
}

/// The arrow's head, drawn rather than referred to, so that several diagrams may stand on one page.
fn head(points: &[(f64, f64)]) -> Markup {
    let Some((tip, before)) = points.last().zip(points.iter().rev().nth(1)) else { return html! {} };
    let (dx, dy) = (tip.0 - before.0, tip.1 - before.1);
    let length = dx.hypot(dy).max(0.001);
    let (ux, uy) = (dx / length, dy / length);
    let corner = |side: f64| (tip.0 - ux * 8.0 - uy * 4.0 * side, tip.1 - uy * 8.0 + ux * 4.0 * side);
    let (a, b) = (corner(1.0), corner(-1.0));
    html! { path.head d=(format!("M{} {}L{} {}L{} {}Z", c(tip.0), c(tip.1), c(a.0), c(a.1), c(b.0), c(b.1))) {} }
}

/// A smooth line: through the middles between the route's points, bent at the points themselves.
fn curve(points: &[(f64, f64)]) -> String {
    let Some(first) = points.first() else { return String::new() };
    let mut path = format!("M{} {}", c(first.0), c(first.1));
    for (index, pair) in points.windows(2).enumerate().skip(1) {
        let (bend, next) = (pair[0], pair[1]);
        let last = index + 2 == points.len();
        let end = if last { next } else { ((bend.0 + next.0) / 2.0, (bend.1 + next.1) / 2.0) };
        path.push_str(&format!("Q{} {} {} {}", c(bend.0), c(bend.1), c(end.0), c(end.1)));
    }
    if points.len() == 2 {
        path.push_str(&format!("L{} {}", c(points[1].0), c(points[1].1)));
    }
    path
}

fn label(flow: &Flow, route: &Route) -> Markup {
    let (x, y) = route.label;
    let word = flow.concern.word();
    let lines: Vec<String> = [cut(&flow.label, LABEL_LIMIT), word.to_owned()]
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect();
    if lines.is_empty() {
        return html! {};
    }
    let height = lines.len() as f64 * LABEL_LINE + 2.0;
    let width = label_width(lines.iter().map(|line| line.chars().count()).max().unwrap_or_default());
    let top = y - lines.len() as f64 * LABEL_LINE / 2.0 + 11.0;
    html! {
        g class=(format!("flow-label {}", flow.concern.class())) aria-hidden="true" {
            rect x=(c(x - width / 2.0)) y=(c(y - height / 2.0)) width=(c(width)) height=(c(height)) rx="4" {}
            @for (index, line) in lines.iter().enumerate() {
                text x=(c(x)) y=(c(top + index as f64 * LABEL_LINE)) text-anchor="middle" { (line) }
            }
        }
    }
}

fn class(component_type: ComponentType) -> &'static str {
    match component_type {
        ComponentType::ExternalActor => "outside",
        ComponentType::Service => "service",
        _ => "inside",
    }
}

fn icon(component_type: ComponentType) -> Icon {
    match component_type {
        ComponentType::Software => Icon::Software,
        ComponentType::Host => Icon::Host,
        ComponentType::Device => Icon::Device,
        ComponentType::Network => Icon::Network,
        ComponentType::DataStore => Icon::Database,
        ComponentType::Service => Icon::Cloud,
        ComponentType::ExternalActor => Icon::Person,
    }
}

fn word(component_type: ComponentType) -> String {
    say(match component_type {
        ComponentType::Software => "component-software",
        ComponentType::Host => "component-host",
        ComponentType::Device => "component-device",
        ComponentType::Network => "component-network",
        ComponentType::DataStore => "component-data-store",
        ComponentType::Service => "component-service",
        ComponentType::ExternalActor => "component-outside",
    })
}
