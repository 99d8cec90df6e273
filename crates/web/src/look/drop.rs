//! The place to drop files on: an ordinary upload form that also takes drops and shows progress.

use super::icons::{Icon, icon};
use super::link::safe;
use crate::words::say;
use maud::{Markup, html};

/// An upload form.
#[derive(Clone, Debug, Default)]
pub struct Drop {
    /// The form's id; the answer carries the same id or another named by `target`.
    pub id: String,
    /// Where it posts to (multipart).
    pub action: String,
    /// The request token.
    pub csrf: String,
    /// The field's name.
    pub name: String,
    /// What is accepted, in words: `Nessus, SARIF, CycloneDX, CSV … up to 2 GB`.
    pub accepts: String,
    /// Further hidden fields.
    pub hidden: Vec<(String, String)>,
    /// Inputs above the files, sent before them.
    pub fields: Markup,
    /// The id of the element that the answer replaces.
    pub target: String,
}

/// The upload form.
pub fn drop(view: &Drop) -> Markup {
    let input = format!("{}-files", view.id);
    html! {
        form #(view.id) .drop method="post" enctype="multipart/form-data" action=(safe(&view.action)) data-drop data-swap=(format!("#{}", view.target)) {
            input type="hidden" name="_csrf" value=(view.csrf);
            @for (name, value) in &view.hidden { input type="hidden" name=(name) value=(value); }
            (view.fields)
            label for=(input) { (icon(Icon::Upload)) span { strong { (say("drop-choose")) } span.script-only { " " (say("drop-or")) } } }
            input #(input) type="file" name=(view.name) multiple required;
            p.muted { (view.accepts) }
            progress max="100" value="0" hidden aria-label=(say("drop-upload")) {}
            button.primary { (say("button-import")) }
        }
    }
}
