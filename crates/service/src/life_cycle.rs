//! Life cycles: which step a change of state is, whether it is allowed, and who may take it.

use crate::ServiceError;
use serde_json::Value;
use warrant_model::kind::{FieldProblem, Transition};
use warrant_model::registry::KindEntry;
use warrant_model::scope::Role;
use warrant_store::records::RecordRow;

/// The role the step from the current state asks for, if the kind allows it and its fields are filled in.
pub(crate) fn step_role(
    kind: &KindEntry,
    current: Option<&RecordRow>,
    body: &Value,
) -> Result<Role, ServiceError> {
    let Some(workflow) = kind.spec.workflow else { return Ok(Role::Reader) };
    let to = kind.state_of(body).unwrap_or_default();
    let Some(from) = current.map(|row| row.state.as_str()) else {
        // A new record may start in any state its fields allow: programmes are brought in as they stand.
        if workflow.states.first().is_some_and(|state| state.name == to) {
            return Ok(Role::Reader);
        }
        let reached: Vec<_> = workflow.transitions.iter().filter(|t| t.to == to).collect();
        let met =
            reached.iter().filter(|step| missing(step.requires, body).is_empty()).map(|step| step.role).min();
        return met.ok_or_else(|| ServiceError::Invalid(requirements(&reached, body, to)));
    };
    if from == to {
        return Ok(Role::Reader);
    }
    let Some(step) = workflow.transition(from, to) else {
        let allowed: Vec<_> = workflow.transitions.iter().filter(|t| t.from == from).map(|t| t.to).collect();
        let message = format!("cannot go from `{from}` to `{to}`; possible: {}", allowed.join(", "));
        return Err(ServiceError::field(workflow.field, message));
    };
    let missing = missing(step.requires, body);
    if missing.is_empty() {
        return Ok(step.role);
    }
    let needed = |field: &&str| FieldProblem::new(*field, format!("needed to `{}`", step.verb));
    Err(ServiceError::Invalid(missing.iter().map(needed).collect()))
}

fn missing<'f>(fields: &'f [&'f str], body: &Value) -> Vec<&'f str> {
    let empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    fields.iter().copied().filter(|field| empty(&body[*field])).collect()
}

fn requirements(steps: &[&Transition], body: &Value, to: &str) -> Vec<FieldProblem> {
    let fewest = steps.iter().map(|step| missing(step.requires, body)).min_by_key(Vec::len);
    let needed = |field: &str| FieldProblem::new(field, format!("needed to start in the state `{to}`"));
    fewest.unwrap_or_default().into_iter().map(needed).collect()
}
