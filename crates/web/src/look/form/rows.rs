//! Rows of further fields: one group per row, a blank one for more, and a template for the script.

use super::{Context, input};
use crate::look::icons::{Icon, icon};
use crate::words::{kinds, say};
use maud::{Markup, html};
use serde_json::Value;
use warrant_model::field::Field;

/// The rows of `name`. The template's names carry `__0__` (`__1__` for rows within rows) where the row's
/// number goes.
pub(super) fn rows(
    (of, fields): (&Field, &[Field]),
    name: &str,
    id: &str,
    value: &Value,
    context: &Context<'_>,
) -> Markup {
    let present = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let hole = format!("__{}__", context.depth);
    html! {
        div.row-group data-repeat data-hole=(hole) data-next=(present.len() + 1) {
            div.row-items data-items {
                @for (index, row) in present.iter().enumerate() { (one(fields, of, name, &index.to_string(), row, context)) }
                (one(fields, of, name, &present.len().to_string(), &Value::Null, context))
            }
            template { (one(fields, of, name, &hole, &Value::Null, context)) }
            button.small.script-only type="button" data-add id=(format!("{id}-add")) { (icon(Icon::Add)) (say("button-add-row")) }
        }
    }
}

fn one(fields: &[Field], of: &Field, name: &str, index: &str, row: &Value, context: &Context<'_>) -> Markup {
    let inner = Context {
        form: context.form,
        kind: kinds::within(&context.kind, &of.name),
        prefix: format!("{name}.{index}."),
        depth: context.depth + 1,
        problems: context.problems,
        choices: context.choices,
    };
    let place = format!("{name}.{index}");
    html! {
        div.repeat-item.row-item {
            @for field in fields { (input::field(field, &row[&field.name], &inner)) }
            button.icon-button.script-only type="button" data-remove title=(say("button-remove-row")) { (icon(Icon::Cross)) span.sr { (say("button-remove-row")) } }
            p.field-problem #(context.id(&place)) data-patch { @for problem in context.problems_of(&place) { span { (problem) } } }
        }
    }
}
