//! Two people changed the same record: what the other wrote beside what this one wrote.

use crate::language;
use crate::look::empty::none;
use crate::look::panel::section;
use crate::look::when;
use crate::words::say;
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
    let who = html! { (theirs.updated_by) " · " (theirs.version) " · " (when::when(at, now)) };
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| say("conflict-not-set"));
    section(
        &say("conflict-meanwhile"),
        who,
        html! {
            p lang=[language::of_chosen()] { (say("conflict-what-now")) }
            @if changes.is_empty() { (none("conflict-same")) }
            @else {
                div.scroll { table.diff {
                    thead lang=[language::of_chosen()] { tr { th scope="col" { (say("conflict-field")) } th scope="col" { (say("conflict-theirs")) } th scope="col" { (say("conflict-mine")) } } }
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
