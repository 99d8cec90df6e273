//! Differences: what a field was and what it became.

use crate::words::say;
use maud::{Markup, html};

/// One field's change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The field's label.
    pub field: String,
    /// What it was; `None` when it was not set.
    pub before: Option<String>,
    /// What it became; `None` when it was taken away.
    pub after: Option<String>,
}

/// The changes as a table of before and after.
pub fn diff(changes: &[Change]) -> Markup {
    html! {
        div.scroll {
            table.diff {
                thead { tr { th scope="col" { (say("column-field")) } th scope="col" { (say("column-before")) } th scope="col" { (say("column-after")) } } }
                tbody {
                    @for change in changes {
                        tr {
                            th scope="row" { (change.field) }
                            td.before { (side(change.before.as_deref(), Side::Before)) }
                            td.after { (side(change.after.as_deref(), Side::After)) }
                        }
                    }
                }
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

fn side(value: Option<&str>, side: Side) -> Markup {
    html! {
        @match (value, side) {
            (None, _) => span.muted { (say("not-set")) },
            (Some(text), Side::Before) => del { (text) },
            (Some(text), Side::After) => ins { (text) },
        }
    }
}
