//! Asking once before a destructive act.

use super::link::safe;
use crate::words::say;
use maud::{Markup, html};

/// A destructive act and its consequence.
#[derive(Clone, Debug, Default)]
pub struct Confirm {
    /// An id unique on the page.
    pub id: String,
    /// The verb on the buttons: `Withdraw`.
    pub verb: String,
    /// What is asked: `Withdraw the authorisation of Customer Portal?`
    pub question: String,
    /// What follows, and whether it can be undone.
    pub consequence: String,
    /// Where the form posts to.
    pub action: String,
    /// The request token.
    pub csrf: String,
}

/// A button that opens the dialogue. Without scripts the dialogue stands open as a plain block below a
/// disclosure, so that the question is asked all the same.
pub fn confirm(view: &Confirm) -> Markup {
    let heading = format!("{}-title", view.id);
    html! {
        details.confirm data-confirm=(view.id) {
            summary.button.danger { (view.verb) "…" }
            div.confirm-body #(view.id) role="group" aria-labelledby=(heading) {
                h2 #(heading) { (view.question) }
                p { (view.consequence) }
                form.buttons method="post" action=(safe(&view.action)) {
                    input type="hidden" name="_csrf" value=(view.csrf);
                    button.danger { (view.verb) }
                    button type="button" data-close="dialog" .script-only { (say("button-keep")) }
                }
            }
        }
    }
}
