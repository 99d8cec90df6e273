//! Paging: which rows are shown, of how many, and the way to the others.

use super::figure::thousands;
use super::link::safe;
use crate::words::{Words, say};
use maud::{Markup, html};

/// The place in a list.
#[derive(Clone, Debug, Default)]
pub struct Pager {
    /// Number of the first row shown, counted from 1.
    pub first: u64,
    /// Number of the last row shown.
    pub last: u64,
    /// How many rows there are in all; `None` when they were not counted.
    pub total: Option<u64>,
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
    /// The rows that come as one scrolls; pages are then for those without scripts.
    pub rest: Option<Rest>,
}

/// Rows of the list that were not sent yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rest {
    /// Where they are.
    pub href: String,
    /// How many there are.
    pub left: u64,
}

/// The pager; its links swap the element `target` (an id without `#`).
pub fn pager(view: &Pager, target: &str) -> Markup {
    let number = |n: u64| thousands(i64::try_from(n).unwrap_or(i64::MAX));
    let swap = format!("#{target}");
    html! {
        nav.pager aria-label=(say("table-pages")) {
            span.muted {
                @if view.last >= view.first && view.last > 0 {
                    (number(view.first)) "–" span data-held { (number(view.last)) }
                    @if let Some(total) = view.total { " " (Words::of("table-of").with("total", total)) }
                } @else { (say("table-no-rows")) }
            }
            @if let Some(href) = &view.previous {
                a.button.small rel="prev" href=(safe(href)) data-swap=(swap) data-push { (say("button-previous")) }
            }
            @if let Some(href) = &view.next {
                a.button.small.no-script[view.rest.is_some()] rel="next" href=(safe(href)) data-swap=(swap) data-push { (say("button-next")) }
            }
        }
    }
}
