//! Two people changed the same record: what the other wrote beside what this one wrote.

use crate::look::panel::section;
use crate::look::when;
use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::Value;
use warrant_model::registry::KindEntry;
use warrant_model::time::from_micros;
use warrant_service::query::RecordRow;

/// Both versions of every field in which they differ.
pub(super) fn both(kind: &KindEntry, theirs: &RecordRow, mine: &Value, now: Timestamp) -> Markup {
    let changes = super::history::between(kind, &theirs.body, mine);
    let at = from_micros(theirs.updated_at);
    let who = html! { "version " (theirs.version) " by " (theirs.updated_by) ", " (when::when(at, now)) };
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "not set".to_owned());
    section(
        "Somebody else changed it meanwhile",
        who,
        html! {
            p { "Nothing was saved. The form below holds what you wrote; saving it now takes the place of the newer version." }
            @if changes.is_empty() { p { "Both say the same." } }
            @else {
                div.scroll { table.diff {
                    thead { tr { th scope="col" { "Field" } th scope="col" { "In the record now" } th scope="col" { "What you wrote" } } }
                    tbody {
                        @for change in &changes {
                            tr { th scope="row" { (change.field) } td { (text(&change.before)) } td { (text(&change.after)) } }
                        }
                    }
                } }
            }
        },
    )
}
