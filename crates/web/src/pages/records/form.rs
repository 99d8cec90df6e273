//! What a record's form offers to choose from.

use super::named;
use crate::error::PageError;
use crate::look::form::{Choice, Choices};
use crate::server::App;
use crate::session::Who;
use serde_json::Value;
use std::collections::BTreeSet;
use warrant_catalog::index::Index;
use warrant_model::field::{Field, FieldType};

/// Records, controls and computed things that these fields may name, what `body` names already among them; parts of
/// systems only of `system`, when it is known.
pub(in crate::pages) async fn choices_for(
    app: &App,
    who: &Who,
    fields: &[Field],
    body: &Value,
    system: Option<&str>,
) -> Result<Choices, PageError> {
    let system = system.filter(|system| !system.is_empty());
    let mut choices = Choices::new();
    for target in targets(fields) {
        let found = app.service.choices(&who.actor, &target, system).await?;
        let mut found: Vec<_> = found.into_iter().map(|(value, title)| Choice { value, title }).collect();
        found.sort_by_cached_key(|choice| choice.title.to_lowercase());
        choices.insert(target, found);
    }
    if let Some(system) = system.filter(|_| names_controls(fields)) {
        choices.insert("control".to_owned(), controls(app, who, system).await?);
    }
    named::offer(app, who, fields, body, system, &mut choices).await?;
    Ok(choices)
}

fn targets(fields: &[Field]) -> BTreeSet<String> {
    let mut kinds = BTreeSet::new();
    for field in fields {
        match &field.value {
            FieldType::Link(kind, _) => drop(kinds.insert(kind.clone())),
            FieldType::Rows(inner) => kinds.extend(targets(inner)),
            _ => {}
        }
    }
    kinds
}

fn names_controls(fields: &[Field]) -> bool {
    fields.iter().any(|field| matches!(field.value, FieldType::Control(_)))
}

/// The controls of a system's baseline.
async fn controls(app: &App, who: &Who, system: &str) -> Result<Vec<Choice>, PageError> {
    let index = Index::embedded();
    let statuses = app.service.controls(&who.actor, system, None).await?;
    let choice = |id: String| {
        let title = index
            .by_id(&id)
            .and_then(|no| index.control(no))
            .map(|control| control.title.to_string())
            .unwrap_or_default();
        Choice { value: id, title }
    };
    Ok(statuses.into_iter().map(|status| choice(status.control)).collect())
}
