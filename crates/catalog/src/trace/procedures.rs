//! Test procedures that a catalogue carries: assessment objectives and methods (SP 800-53A, SP 800-171A).

use crate::oscal::{Catalog, Control, Link, Part, plain_label};
use serde::Serialize;
use std::collections::BTreeSet;

/// A way of assessing (SP 800-53A §2.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Documents, mechanisms and activities are looked at.
    Examine,
    /// People are asked.
    Interview,
    /// Mechanisms are exercised.
    Test,
}

/// What kind of procedure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProcedureKind {
    /// A determination that must be made: the innermost objectives.
    Objective,
    /// A method that is applied to the control as a whole.
    Method(Method),
}

/// One procedure of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Procedure {
    /// Identifier; the label where the part has none.
    pub id: String,
    /// Label for people, e.g. `AC-01a.[01]`.
    pub label: String,
    /// The statement it tests, or the control.
    pub requirement: String,
    /// Its kind.
    pub kind: ProcedureKind,
}

/// All procedures of a catalogue, in its order. Objectives that only hold other objectives are left out:
/// their parts are what is determined. A procedure whose link leads nowhere, as many in NIST's SP 800-171 r3
/// do, tests the only statement of its control, or the control.
pub fn procedures(catalog: &Catalog) -> Vec<Procedure> {
    let mut found = Vec::new();
    catalog.for_each_control(&mut |control| {
        let targets = Targets::of(control);
        for part in &control.parts {
            add(&targets, part, None, &mut found);
        }
    });
    found
}

/// What procedures of a control can test.
struct Targets<'a> {
    known: BTreeSet<&'a str>,
    otherwise: &'a str,
}

impl<'a> Targets<'a> {
    fn of(control: &'a Control) -> Self {
        fn collect<'a>(parts: &'a [Part], known: &mut BTreeSet<&'a str>) {
            for part in parts.iter().filter(|p| p.name == "statement" || p.name == "item") {
                known.extend(part.id.as_deref());
                collect(&part.parts, known);
            }
        }
        let mut known = BTreeSet::new();
        collect(&control.parts, &mut known);
        let otherwise = match known.first() {
            Some(only) if known.len() == 1 => only,
            _ => control.id.as_str(),
        };
        known.insert(&control.id);
        Targets { known, otherwise }
    }

    /// The statement that links say a part assesses.
    fn tested(&self, links: &'a [Link]) -> Option<&'a str> {
        let link = links.iter().find(|l| l.rel.as_deref() == Some("assessment-for"))?;
        let id = link.href.strip_prefix('#')?;
        Some(if self.known.contains(id) { id } else { self.otherwise })
    }
}

fn add<'a>(targets: &Targets<'a>, part: &'a Part, above: Option<&'a str>, found: &mut Vec<Procedure>) {
    let objective = matches!(part.name.as_str(), "assessment-objective" | "objective");
    let requirement = targets.tested(&part.links).or(above);
    if objective {
        let inner: Vec<&Part> = part.parts.iter().filter(|p| p.name == part.name).collect();
        for inner in &inner {
            add(targets, inner, requirement, found);
        }
        if inner.is_empty() {
            found.push(procedure(targets, part, requirement, ProcedureKind::Objective));
        }
    } else if matches!(part.name.as_str(), "assessment-method" | "assessment") {
        let named = part.props.iter().find(|p| p.name == "method").map(|p| p.value.to_ascii_uppercase());
        let method = match named.as_deref() {
            Some("EXAMINE") => Method::Examine,
            Some("INTERVIEW") => Method::Interview,
            Some("TEST") => Method::Test,
            _ => return,
        };
        found.push(procedure(targets, part, requirement, ProcedureKind::Method(method)));
    }
}

fn procedure(
    targets: &Targets<'_>,
    part: &Part,
    requirement: Option<&str>,
    kind: ProcedureKind,
) -> Procedure {
    let label = plain_label(&part.props).unwrap_or_default();
    Procedure {
        id: part.id.clone().unwrap_or_else(|| label.to_owned()),
        label: label.to_owned(),
        requirement: requirement.unwrap_or(targets.otherwise).to_owned(),
        kind,
    }
}
