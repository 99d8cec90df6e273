//! How the controls of a system are implemented: one requirement for each control of its tailored baseline.

use super::catalogue::{Part, has_parameter, part};
use super::components::{component, provider};
use super::identity::uuid;
use super::metadata::RESPONSIBLE;
use super::shape::{property, prose};
use super::view::View;
use crate::hand_in::subject::CustomerPart;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::RecordId;
use warrant_model::kinds::{ControlResponsibility, Implementation, ImplementationStatus, TailoringAction};

/// All requirements, by control, and what could not be told.
#[derive(Default)]
pub(super) struct Requirements {
    by_control: BTreeMap<String, Requirement>,
    /// Control ids, in the order of the catalogue.
    order: Vec<String>,
    /// What was said of controls that the baseline or the catalogue does not have.
    pub(super) outside: BTreeSet<String>,
    /// Parameters that the catalogue does not have.
    pub(super) unknown_parameters: BTreeSet<String>,
}

#[derive(Default)]
struct Requirement {
    /// What components do for the control as a whole.
    whole: BTreeMap<String, By>,
    /// What they do for its statements.
    statements: BTreeMap<String, BTreeMap<String, By>>,
    parameters: BTreeMap<String, String>,
    remarks: Vec<String>,
}

/// What one component does.
#[derive(Default)]
struct By {
    said: Vec<String>,
    state: Option<&'static str>,
    why: Vec<String>,
    origination: BTreeSet<&'static str>,
    inherited: BTreeMap<String, String>,
    /// What is left to this system by the provider of each part it shares, and how it does that.
    satisfied: BTreeMap<String, String>,
    /// What the system offers and what it leaves to customers, in its own words.
    offered: Option<(String, String)>,
    /// Names of the systems that take it from this one, and of those that do a part themselves.
    exported: [BTreeSet<String>; 2],
    responsible: BTreeSet<String>,
}

impl Requirements {
    /// What records say, for the controls of the system's tailored baseline.
    pub(super) fn of(view: &View<'_>) -> Self {
        let mut all = Self::default();
        for control in view.subject.controls {
            all.order.push(control.control.clone());
            all.by_control.insert(control.control.clone(), Requirement::default());
        }
        for record in &view.snapshot().implementations {
            all.add(view, &record.body);
        }
        for provided in view.subject.provided {
            let Some(by) = all.by(&provided.control, view.this_system()) else { continue };
            by.exported[usize::from(provided.part == CustomerPart::Some)].insert(provided.customer.clone());
        }
        for record in &view.snapshot().common_controls {
            let offer = &record.body;
            let Some(by) = all.by(&offer.control, view.this_system()) else { continue };
            let words = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
            let provided = match offer.responsibility {
                ControlResponsibility::Customer => String::new(),
                _ => words(&offer.provided),
            };
            by.offered = Some((provided, words(&offer.customer_duty)));
        }
        for record in &view.snapshot().tailorings {
            let body = &record.body;
            match body.action {
                TailoringAction::Add => {}
                // A control that is removed is not in the profile, so the plan has nothing to say of it.
                TailoringAction::Remove if part(&body.control).is_none_or(|p| p.statement.is_none()) => {}
                TailoringAction::Compensate => {
                    let Some(by) = all.by(&body.control, view.this_system()) else { continue };
                    by.state = Some("alternative");
                    by.why.push(format!(
                        "{} Compensated by {}.",
                        body.rationale,
                        body.compensated_by.join(", ")
                    ));
                }
                TailoringAction::NotApplicable | TailoringAction::Remove => {
                    let Some(by) = all.by(&body.control, view.this_system()) else { continue };
                    by.state = Some("not-applicable");
                    by.why.push(body.rationale.clone());
                }
                TailoringAction::Parameter => {
                    let (Some(parameter), Some(value)) = (&body.parameter, &body.value) else { continue };
                    all.set(&body.control, parameter, value, &body.rationale);
                }
            }
        }
        all
    }

    /// Parameters that are set, with their values.
    pub(super) fn parameters(&self) -> BTreeMap<&str, &str> {
        let all = self.by_control.values().flat_map(|one| &one.parameters);
        all.map(|(id, value)| (id.as_str(), value.as_str())).collect()
    }

    /// Whether the plan has something to say about a statement by itself.
    pub(super) fn has_statement(&self, control: &str, statement: &str) -> bool {
        self.by_control.get(control).is_some_and(|one| one.statements.contains_key(statement))
    }

    /// The requirements as OSCAL has them.
    pub(super) fn written(&self, view: &View<'_>) -> Vec<Value> {
        let named = self.order.iter().filter_map(|id| Some((id, self.by_control.get(id)?)));
        named.map(|(id, one)| one.written(view, id)).collect()
    }

    /// What a component does for a part; `None` when the baseline does not have the control.
    fn by(&mut self, text: &str, component: String) -> Option<&mut By> {
        let found = part(text).and_then(|Part { control, statement }| {
            let requirement = self.by_control.get_mut(&control)?;
            Some(match statement {
                Some(statement) => requirement.statements.entry(statement).or_default(),
                None => &mut requirement.whole,
            })
        });
        if found.is_none() {
            self.outside.insert(text.to_owned());
        }
        found.map(|by| by.entry(component).or_default())
    }

    fn add(&mut self, view: &View<'_>, said: &Implementation) {
        let own = said.component.as_ref().map_or_else(|| view.this_system(), component);
        let responsible = view.party(said.responsible.as_ref());
        let description = said.description.as_deref().unwrap_or_default().trim();
        let provided = said.provider.as_ref().filter(|id| view.subject.providers.contains_key(*id));
        let is_provided =
            matches!(said.status, ImplementationStatus::Inherited | ImplementationStatus::Shared);
        if let (true, Some(id)) = (is_provided, provided) {
            let text = provided_text(view, said, id);
            let Some(by) = self.by(&said.control, provider(view, id)) else { return };
            by.state = Some("implemented");
            by.origination.insert("inherited");
            by.inherited.insert(provided_of(id, &said.control), text.clone());
            by.said.push(text);
            if said.status == ImplementationStatus::Inherited {
                by.said.push(description.to_owned());
                by.responsible.extend(responsible);
                return;
            }
        }
        let shares = provided.filter(|_| said.status == ImplementationStatus::Shared);
        let Some(by) = self.by(&said.control, own) else { return };
        if let Some(id) = shares {
            by.satisfied.insert(responsibility_of(id, &said.control), description.to_owned());
        }
        by.said.push(description.to_owned());
        by.responsible.extend(responsible);
        by.state = Some(match said.status {
            ImplementationStatus::Implemented => "implemented",
            ImplementationStatus::Inherited | ImplementationStatus::Shared => "implemented",
            ImplementationStatus::Partial => "partial",
            ImplementationStatus::Planned => "planned",
            ImplementationStatus::Alternative => "alternative",
        });
        match said.status {
            ImplementationStatus::Inherited => by.origination.insert("inherited"),
            ImplementationStatus::Shared if provided.is_none() => {
                by.origination.insert("inherited");
                by.origination.insert("system-specific")
            }
            _ => by.origination.insert("system-specific"),
        };
    }

    fn set(&mut self, control: &str, parameter: &str, value: &str, rationale: &str) {
        let (parameter, value) = (parameter.trim(), warrant_oscal::plain::value(value));
        let named = part(control).map(|part| part.control);
        let Some(requirement) = named.and_then(|id| self.by_control.get_mut(&id)) else {
            self.outside.insert(control.to_owned());
            return;
        };
        requirement.remarks.push(format!("{parameter}: {value}. {rationale}"));
        if has_parameter(parameter) {
            requirement.parameters.insert(parameter.to_owned(), value);
        } else {
            self.unknown_parameters.insert(parameter.to_owned());
        }
    }
}

/// The identifier of a control or statement that a system provides: the same in its plan and in its customers'.
fn provided_of(provider: &RecordId, control: &str) -> String {
    let part = part(control);
    let name = part.as_ref().map_or(control, |part| part.statement.as_deref().unwrap_or(&part.control));
    uuid("provided", &[provider.as_str(), name])
}

/// The identifier of what a system leaves to its customers: the same in its plan and in theirs.
fn responsibility_of(provider: &RecordId, control: &str) -> String {
    uuid("responsibility", &[provider.as_str(), &provided_of(provider, control)])
}

/// What the other system does, in words.
fn provided_text(view: &View<'_>, said: &Implementation, id: &RecordId) -> String {
    let name = (view.subject.title_of)("system", id.as_str());
    let component = said.component.as_ref().map(|id| (view.subject.title_of)("component", id.as_str()));
    let whom = component.filter(|name| !name.is_empty()).map(|name| format!(" for {name}"));
    let how = if said.status == ImplementationStatus::Shared { "Shared with" } else { "Inherited from" };
    format!("{how} {name}{}.", whom.unwrap_or_default())
}

impl Requirement {
    fn written(&self, view: &View<'_>, control: &str) -> Value {
        let parameters =
            self.parameters.iter().map(|(id, value)| json!({ "param-id": id, "values": [value] }));
        let statements = self.statements.iter().map(|(id, by)| {
            json!({
                "statement-id": id,
                "uuid": statement(view, id),
                "by-components": written(view, control, id, by),
            })
        });
        let unstated = By { said: vec![UNSTATED.to_owned()], ..By::default() };
        let nothing: BTreeMap<String, By> = [(view.this_system(), unstated)].into();
        let is_silent = self.whole.is_empty() && self.statements.is_empty();
        let whole = if is_silent { &nothing } else { &self.whole };
        json!({
            "uuid": view.own("requirement", control),
            "control-id": control,
            "set-parameters": parameters.collect::<Vec<_>>(),
            "statements": statements.collect::<Vec<_>>(),
            "by-components": written(view, control, "", whole),
            "remarks": prose(&self.remarks.join("\n")),
        })
    }
}

/// The identifier of what the plan says of a statement.
pub(super) fn statement(view: &View<'_>, id: &str) -> String {
    view.own("statement", id)
}

/// What is written where a description is required and there is none.
const UNSTATED: &str = "How this is implemented is not stated.";

fn written(view: &View<'_>, control: &str, statement: &str, all: &BTreeMap<String, By>) -> Vec<Value> {
    let one = |(component, by): (&String, &By)| {
        let name = format!("{control} {statement} {component}");
        let inherited = by.inherited.iter().map(|(provided, text)| {
            json!({
                "uuid": view.own("inherited", &format!("{name} {provided}")),
                "provided-uuid": provided,
                "description": prose(text),
            })
        });
        let satisfied = by.satisfied.iter().map(|(responsibility, text)| {
            json!({
                "uuid": view.own("satisfied", &format!("{name} {responsibility}")),
                "responsibility-uuid": responsibility,
                "description": super::shape::prose_or(Some(text), UNSTATED),
            })
        });
        let part = if statement.is_empty() { control } else { statement };
        let state = by.state.map(|state| json!({ "state": state, "remarks": prose(&by.why.join("\n")) }));
        let roles =
            json!({ "role-id": RESPONSIBLE, "party-uuids": by.responsible.iter().collect::<Vec<_>>() });
        json!({
            "component-uuid": component,
            "uuid": view.own("by-component", &name),
            "description": super::shape::prose_or(Some(&by.said.join("\n")), UNSTATED),
            "props": by.origination.iter().map(|word| property("control-origination", word)).collect::<Vec<_>>(),
            "implementation-status": state,
            "export": exported(view, part, by),
            "inherited": inherited.collect::<Vec<_>>(),
            "satisfied": satisfied.collect::<Vec<_>>(),
            "responsible-roles": [if by.responsible.is_empty() { Value::Null } else { roles }],
        })
    };
    all.iter().map(one).collect()
}

/// What other systems take from this one, and what is left to them.
fn exported(view: &View<'_>, part: &str, by: &By) -> Value {
    let [whole, shared] = &by.exported;
    let (offered, duty) = by.offered.clone().unwrap_or_default();
    if whole.is_empty() && shared.is_empty() && by.offered.is_none() {
        return Value::Null;
    }
    let names = |names: &BTreeSet<String>| names.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    let all: BTreeSet<String> = whole.union(shared).cloned().collect();
    let system = &view.snapshot().system.id;
    let provided = provided_of(system, part);
    let mut told = vec![offered];
    told.extend((!all.is_empty()).then(|| format!("Provided to {}.", names(&all))));
    let mut left = vec![duty];
    left.extend((!shared.is_empty()).then(|| format!("{} each do a part themselves.", names(shared))));
    let said = |lines: Vec<String>| lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>();
    let (told, left) = (said(told), said(left));
    let responsibility = (!left.is_empty()).then(|| {
        json!({
            "uuid": responsibility_of(system, part),
            "provided-uuid": (!told.is_empty()).then_some(&provided),
            "description": prose(&left.join("\n")),
        })
    });
    let gives =
        (!told.is_empty()).then(|| json!({ "uuid": provided, "description": prose(&told.join("\n")) }));
    json!({
        "provided": [gives],
        "responsibilities": [responsibility],
    })
}
