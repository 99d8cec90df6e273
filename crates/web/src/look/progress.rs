//! Progress of long work: a bar that follows the server's events and is replaced by the result.

use super::figure::percent;
use super::link::safe;
use crate::words::{named, say};
use maud::{Markup, html};

/// Work under way.
#[derive(Clone, Debug, Default)]
pub struct Work {
    /// The element's id; the result, which carries the same id, takes its place.
    pub id: String,
    /// What is being done.
    pub title: String,
    /// What is being done just now: `Reading 14 of 32 files`.
    pub note: String,
    /// Share done, 0 to 1; `None` when it cannot be said.
    pub share: Option<f64>,
    /// Address of the stream of events: `progress` with JSON `{"share": 0.5, "note": "…"}`, then `done` with the
    /// address of the result; empty when there is none to follow.
    pub events: String,
    /// Address to follow without scripts, and from elsewhere later.
    pub href: String,
    /// What the result takes the place of.
    pub replaces: Replaces,
    /// Address that a form posts to in order to stop it, and the request token.
    pub cancel: Option<(String, String)>,
}

/// What a result takes the place of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Replaces {
    /// The block, by an element of the same id.
    #[default]
    Block,
    /// The page.
    Page,
}

/// The work as a block.
pub fn work(view: &Work) -> Markup {
    html! {
        div #(view.id) .work data-events=[(!view.events.is_empty()).then(|| safe(&view.events))] data-result=(safe(&view.href)) data-whole=[(view.replaces == Replaces::Page).then_some("")] role="status" {
            p { strong { (view.title) } " " span.muted data-role="note" { (view.note) } }
            @match view.share.filter(|share| share.is_finite()) {
                Some(share) => {
                    progress max="100" value=(format!("{:.0}", share.clamp(0.0, 1.0) * 100.0)) aria-label=(view.title) { (percent(share)) }
                }
                None => progress max="100" aria-label=(view.title) {}
            }
            div.buttons {
                a.button.small href=(safe(&view.href)) { (say("button-refresh")) }
                @if let Some((action, token)) = &view.cancel {
                    form method="post" action=(safe(action)) {
                        input type="hidden" name="_csrf" value=(token);
                        button.small { (say("button-stop")) }
                    }
                }
            }
        }
    }
}

/// A share of one as a thin bar with its figure.
pub fn meter(share: f64, label: &str) -> Markup {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    html! {
        span.meter {
            svg viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label=(named(label, &percent(share))) {
                title { (named(label, &percent(share))) }
                rect.track width="100" height="6" {}
                rect.value width=(super::figure::coordinate(share * 100.0)) height="6" {}
            }
            span { (percent(share)) }
        }
    }
}
