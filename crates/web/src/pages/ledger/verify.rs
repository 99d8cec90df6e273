//! Verification: every row, leaf, tile and file against the ledger.

use super::entries::number;
use crate::error::Answer;
use crate::look::Link;
use crate::look::badge::{self, Progress};
use crate::look::facts::{Fact, facts};
use crate::look::figure::cut;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::page::Page;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use axum::extract::State;
use maud::{Markup, html};
use warrant_service::query::Verification;

/// The most problems shown; the command line prints all.
const MOST: usize = 500;

/// Verifies and shows what was found. Nothing is kept of it: whoever asks again gets the answer of then.
pub(super) async fn verify(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    drop(posted);
    let found = app.service.verify_ledger(&who.actor).await?;
    let crumbs = [Link::new("Record", "/record"), Link::new("Ledger", "/record/ledger")];
    let again = html! {
        form method="post" action="/record/ledger/verify" {
            input type="hidden" name="_csrf" value=(who.csrf);
            button { "Verify" }
        }
    };
    let main = html! {
        (shell::heading(&crumbs, "Verification", lead(&found), again))
        (facts(&[
            Fact::markup("Result", result(&found)),
            Fact::text("Leaves", number(found.leaves)),
            Fact::text("Rows compared", number(found.rows)),
            Fact::text("Files hashed again", number(found.files)),
            Fact::markup("Root of the tree", html! { code { (found.root) } }),
            Fact::text("Made at", crate::look::when::minute(app.service.now()) + " UTC"),
        ]))
        @if !found.problems.is_empty() { (problems(&found)) }
    };
    Page::new("Verification", Place::Record, "/record/ledger").with(&app, &who, main).await
}

fn result(found: &Verification) -> Markup {
    if found.problems.is_empty() {
        return badge::state("Intact", Progress::Done);
    }
    badge::state(&format!("{} problems", number(found.problems.len() as u64)), Progress::Failed)
}

fn lead(found: &Verification) -> Markup {
    let (leaves, rows, files) = (number(found.leaves), number(found.rows), number(found.files));
    html! {
        @if found.problems.is_empty() {
            strong { "Intact: " (leaves) " leaves, " (rows) " rows, " (files) " files" }
            ". Every row holds what its leaf says, every file hashes to its name, every posture is what its evidence gives."
        } @else {
            strong { "Not intact: " (number(found.problems.len() as u64)) " problems" }
            " among " (leaves) " leaves, " (rows) " rows and " (files) " files, each named below. Rows and files are put right from a backup; a deficiency is derived, and computing it anew puts it right."
        }
    }
}

fn problems(found: &Verification) -> Markup {
    let left = found.problems.len().saturating_sub(MOST);
    let body = html! {
        ol { @for problem in found.problems.iter().take(MOST) { li { (cut(problem, 600)) } } }
        @if left > 0 { p.muted { (number(left as u64)) " more; " code { "warrant ledger verify" } " prints all of them." } }
    };
    section("Problems", html! {}, body)
}
