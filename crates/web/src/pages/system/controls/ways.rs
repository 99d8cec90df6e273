//! The views of a system's controls, which lead to each other.

use super::super::frame::Frame;
use crate::look::Link;
use crate::look::table::Chosen;
use crate::words::say;

/// A view of the controls with a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Way {
    /// The grid, by controls.
    Controls,
    /// The grid, by statements.
    Statements,
    /// From requirement to evidence.
    Trace,
    /// What is decided about the baseline.
    Tailoring,
    /// Its organisation-defined parameters.
    Parameters,
    /// What is taken from and offered to others.
    Inheritance,
}

impl Way {
    pub(in super::super) const ALL: [Self; 6] =
        [Self::Controls, Self::Statements, Self::Trace, Self::Tailoring, Self::Parameters, Self::Inheritance];

    fn link(self, frame: &Frame) -> Link {
        match self {
            Self::Controls => Link::new(say("places-controls"), frame.href("/controls", &[])),
            Self::Statements => {
                Link::new(say("way-statements"), frame.href("/controls", &[("view", "statements")]))
            }
            Self::Tailoring => Link::new(say("way-tailoring"), frame.href("/controls/tailoring", &[])),
            Self::Parameters => Link::new(say("way-parameters"), frame.href("/controls/parameters", &[])),
            Self::Inheritance => Link::new(say("way-inheritance"), frame.href("/controls/inheritance", &[])),
            Self::Trace => Link::new(say("way-trace"), frame.href("/controls/trace", &[])),
        }
    }
}

/// All views, and which is the present one.
pub(in super::super) fn ways(frame: &Frame, here: Way) -> Vec<(Link, Chosen)> {
    let chosen = |way| if way == here { Chosen::Yes } else { Chosen::No };
    Way::ALL.into_iter().map(|way| (way.link(frame), chosen(way))).collect()
}
