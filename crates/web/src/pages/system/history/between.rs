//! What is different between two versions of a record.

use super::Titles;
use crate::look::diff::Change;
use crate::look::figure::cut;
use crate::words::kinds;
use serde_json::Value;
use warrant_model::field::{Field, FieldType};
use warrant_model::registry::KindEntry;
use warrant_service::cell_text;

/// The longest value shown, in characters.
const LONGEST: usize = 240;

/// Fields that are not the same, in the kind's order.
pub(super) fn what_changed(kind: &KindEntry, before: &Value, after: &Value, titles: &Titles) -> Vec<Change> {
    let differs = |field: &&Field| before[&field.name] != after[&field.name];
    let change = |field: &Field| Change {
        field: kinds::label(kind.spec.name, field).into_owned(),
        before: shown(field, &before[&field.name], titles),
        after: shown(field, &after[&field.name], titles),
    };
    kind.fields.iter().filter(differs).map(change).collect()
}

fn shown(field: &Field, value: &Value, titles: &Titles) -> Option<String> {
    let name = |id: &str| titles.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let text = match (&field.value, value) {
        (FieldType::Link(..), Value::String(id)) => name(id),
        (FieldType::Link(..), Value::Array(ids)) => {
            ids.iter().filter_map(Value::as_str).map(name).collect::<Vec<_>>().join(", ")
        }
        _ => cell_text(field, value),
    };
    (!text.is_empty()).then(|| cut(&text, LONGEST))
}

/// Every text of a body that may be the id of a linked record.
pub(super) fn ids_in(body: &Value, ids: &mut Vec<String>) {
    let id = |value: &Value| {
        value
            .as_str()
            .filter(|text| text.contains('_') && text.len() < 80 && !text.contains(' '))
            .map(str::to_owned)
    };
    for value in body.as_object().into_iter().flat_map(|object| object.values()) {
        match value {
            Value::Array(items) => ids.extend(items.iter().filter_map(id)),
            value => ids.extend(id(value)),
        }
    }
}
