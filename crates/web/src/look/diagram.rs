//! The boundary and data-flow diagram: components as shapes, trust zones as boxes around them, flows as arrows
//! that say their protocol, and what is unprotected said in words.
//!
//! The layout is layered (dagre, pinned) and depends on nothing but the input and its order. Invariant: every
//! coordinate is finite, and a diagram too large to read is a list instead of a drawing.

mod draw;
mod layout;

use super::link::safe;
use crate::look::empty::none;
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_model::kinds::ComponentType;

/// The most components drawn; beyond it the diagram is a list.
pub const NODES_LIMIT: usize = 120;
/// The most flows drawn.
pub const FLOWS_LIMIT: usize = 240;

/// What is drawn.
#[derive(Clone, Debug, Default)]
pub struct Diagram {
    /// What it shows: `Boundary of Customer Portal`.
    pub title: String,
    /// Components and outside parties.
    pub nodes: Vec<Node>,
    /// Flows between them.
    pub flows: Vec<Flow>,
}

/// A component or an outside party.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// Identifier that flows refer to.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What it is, which gives its shape.
    pub component_type: ComponentType,
    /// What it is called, where it is no component: a system.
    pub sort: Option<String>,
    /// The trust zone it stands in; outside actors stand in none.
    pub zone: Option<String>,
    /// A second line: product and version.
    pub note: String,
    /// Its page.
    pub href: String,
}

/// A flow. A flow whose ends are not among the nodes is listed, not drawn.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    /// Where it comes from: a node's id.
    pub from: String,
    /// Where it goes: a node's id.
    pub to: String,
    /// Protocol.
    pub label: String,
    /// What moves, for the tooltip.
    pub information: String,
    /// What is said about its protection.
    pub concern: Concern,
    /// Its page.
    pub href: String,
}

/// What is to be said about a flow's protection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Concern {
    /// It is protected, or carries nothing that needs it.
    #[default]
    Nothing,
    /// Nobody has said whether it is protected.
    Unknown,
    /// It carries sensitive information unprotected.
    Unprotected,
}

impl Concern {
    fn class(self) -> &'static str {
        match self {
            Self::Nothing => "flow",
            Self::Unknown => "flow unknown",
            Self::Unprotected => "flow unprotected",
        }
    }

    fn word(self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Unknown => say("diagram-unknown"),
            Self::Unprotected => say("diagram-unprotected"),
        }
    }
}

/// The diagram, with the list of flows behind it.
pub fn diagram(view: &Diagram) -> Markup {
    let drawable = view.nodes.len() <= NODES_LIMIT && view.flows.len() <= FLOWS_LIMIT;
    html! {
        figure.diagram {
            figcaption { (view.title) }
            @if view.nodes.is_empty() {
                (none("diagram-none"))
            } @else if drawable {
                div.scroll tabindex="0" role="region" aria-label=(view.title) { (draw::drawing(view, &layout::place(view))) }
                (legend(view))
            } @else {
                p.muted { (Words::of("diagram-too-many").with("components", view.nodes.len()).with("flows", view.flows.len())) }
            }
            @if !view.flows.is_empty() { (flows(view)) }
        }
    }
}

/// What relies on what, without a list behind it: the page that shows it has the table. A drawing that is too large is left
/// out, and the page says so.
pub fn dependencies(view: &Diagram) -> Markup {
    html! {
        @if view.nodes.len() <= NODES_LIMIT && view.flows.len() <= FLOWS_LIMIT {
            figure.diagram {
                figcaption { (view.title) }
                div.scroll tabindex="0" role="region" aria-label=(view.title) { (draw::drawing(view, &layout::place(view))) }
            }
        } @else {
            p.muted { (Words::of("dependencies-too-many").with("systems", view.nodes.len()).with("links", view.flows.len())) }
        }
    }
}

fn legend(view: &Diagram) -> Markup {
    let any = |concern| view.flows.iter().any(|flow| flow.concern == concern);
    html! {
        ul.legend {
            @for concern in [Concern::Nothing, Concern::Unknown, Concern::Unprotected].into_iter().filter(|c| any(*c)) {
                li {
                    svg viewBox="0 0 28 8" width="28" height="8" aria-hidden="true" { path class=(concern.class()) d="M0 4h28" {} }
                    @match concern {
                        Concern::Nothing => (say("diagram-protected")),
                        Concern::Unknown => (say("diagram-unknown")),
                        Concern::Unprotected => (say("diagram-sensitive")),
                    }
                }
            }
        }
    }
}

fn flows(view: &Diagram) -> Markup {
    let name = |id: &str| {
        view.nodes.iter().find(|node| node.id == id).map_or(id.to_owned(), |node| node.title.clone())
    };
    html! {
        details.behind {
            summary { (say("diagram-flows")) }
            div.scroll {
                table {
                    thead { tr { @for heading in ["column-from", "column-to", "column-protocol", "column-information", "column-protection"] { th scope="col" { (say(heading)) } } } }
                    tbody {
                        @for flow in &view.flows {
                            tr {
                                td { (name(&flow.from)) }
                                td { (name(&flow.to)) }
                                td { a href=(safe(&flow.href)) { @if flow.label.is_empty() { (say("diagram-not-named")) } @else { (flow.label) } } }
                                td { (flow.information) }
                                td { @if flow.concern == Concern::Nothing { (say("diagram-nothing")) } @else { (flow.concern.word()) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
