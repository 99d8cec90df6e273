//! Undoing the import of a file.

use crate::error::Answer;
use crate::list::{ListAddress, encoded};
use crate::look::Link;
use crate::look::dialog::{Confirm, confirm};
use crate::look::empty::{Empty, empty};
use crate::look::shell::{self, Place};
use crate::page::Page;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{Path, State};
use maud::{Markup, html};
use warrant_model::scope::Role;

/// The question before it, for whoever may import: which file, for which system.
pub(in crate::pages) fn ask(who: &Who, (hash, file): (&str, &str), (system, name): (&str, &str)) -> Markup {
    if who.actor.highest < Some(Role::Engineer) {
        return html! {};
    }
    let of = if name.is_empty() { say("the-organisation") } else { name.to_owned() };
    confirm(&Confirm {
        id: format!("undo-{}-{system}", &hash[..hash.len().min(12)]),
        verb: say("undo-import"),
        question: Words::of("undo-import-question").with("file", file).with("system", of).said(),
        consequence: say("undo-import-follows"),
        action: format!("/evidence/{}/undo?system={}", encoded(hash), encoded(system)),
        csrf: who.csrf.clone(),
    })
}

/// Undoes it and says what that did.
pub(super) async fn undo(
    State(app): State<App>,
    who: Who,
    Path(hash): Path<String>,
    address: ListAddress,
    posted: Posted,
) -> Answer {
    drop(posted);
    let done = app.service.withdraw_import(&who.actor, &hash, address.get("system")).await?;
    let undone = Words::of("undone-of").with("file", &done.file);
    let lead = Words::of("undone-lead")
        .with("forgotten", Words::of("undone-forgotten").with("count", done.forgotten).said())
        .with("restored", Words::of("undone-restored").with("count", done.restored).said())
        .around("undone", html! { strong { (undone) } });
    let main = html! {
        (shell::heading(&[Link::new(say("evidence-title"), "/evidence")], say("undone-title"), html! { (lead) }, html! {}))
        (empty(&Empty::of("import-undone").first("/import").second("/evidence")))
    };
    Page::new(&say("undone-title"), Place::Record, "/evidence")
        .in_the_chosen_language()
        .with(&app, &who, main)
        .await
}
