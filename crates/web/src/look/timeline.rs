//! Timelines: who did what, when.

use maud::{Markup, html};

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Event {
    /// The instant as shown: `2026-11-23 09:14`.
    pub when: String,
    /// The instant as a machine reads it (RFC 3339).
    pub datetime: String,
    /// Its age: `3 days ago`; may be empty.
    pub age: String,
    /// Who or what did it.
    pub actor: String,
    /// What was done.
    pub what: Markup,
    /// Further content, such as a diff.
    pub detail: Option<Markup>,
}

/// The events in the order given, newest first by custom.
pub fn timeline(events: &[Event]) -> Markup {
    html! {
        ol.timeline {
            @for event in events {
                li {
                    p {
                        strong { (event.actor) } " " (event.what)
                        span.muted.when {
                            time datetime=(event.datetime) { (event.when) }
                            @if !event.age.is_empty() { " · " (event.age) }
                        }
                    }
                    @if let Some(detail) = &event.detail { div.detail { (detail) } }
                }
            }
        }
    }
}
