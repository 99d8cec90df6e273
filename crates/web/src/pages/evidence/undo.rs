//! Undoing the import of a file.

use crate::error::Answer;
use crate::list::{ListAddress, encoded};
use crate::look::Link;
use crate::look::dialog::{Confirm, confirm};
use crate::look::empty::{Empty, empty};
use crate::look::figure::thousands;
use crate::look::shell::{self, Place};
use crate::page::Page;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use axum::extract::{Path, State};
use maud::{Markup, html};
use warrant_model::scope::Role;

/// The question before it, for whoever may import: which file, for which system.
pub(in crate::pages) fn ask(who: &Who, (hash, file): (&str, &str), (system, name): (&str, &str)) -> Markup {
    if who.actor.highest < Some(Role::Engineer) {
        return html! {};
    }
    let of = if name.is_empty() { "the organisation" } else { name };
    confirm(&Confirm {
        id: format!("undo-{}-{system}", &hash[..hash.len().min(12)]),
        verb: "Undo the import".to_owned(),
        question: format!("Undo the import of {file} for {of}?"),
        consequence: "What it opened, closed and changed will be as if it had never come in. If something rests on it, that is named and nothing is undone. The ledger keeps both acts; the file can be imported again.".to_owned(),
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
    let count = |count: usize| thousands(i64::try_from(count).unwrap_or(i64::MAX));
    let lead = html! {
        strong { "The import of " (done.file) " is undone" } ": "
        (count(done.forgotten)) @if done.forgotten == 1 { " finding" } @else { " findings" } " that only it spoke of are gone, "
        (count(done.restored)) @if done.restored == 1 { " is" } @else { " are" } " in the state they were in before it."
    };
    let main = html! {
        (shell::heading(&[Link::new("Evidence", "/evidence")], "Import undone", lead, html! {}))
        (empty(&Empty::of("import-undone").first("/import").second("/evidence")))
    };
    Page::new("Import undone", Place::Record, "/evidence").with(&app, &who, main).await
}
