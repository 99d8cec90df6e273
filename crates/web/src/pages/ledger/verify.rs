//! Verification: every row, leaf, tile and file against the ledger.

use super::entries::number;
use crate::error::Answer;
use crate::language;
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
use crate::words::{Words, say};
use axum::extract::State;
use maud::{Markup, html};
use warrant_service::query::Verification;

/// The most problems shown; the command line prints all.
const MOST: usize = 500;

/// Verifies and shows what was found. Nothing is kept of it: whoever asks again gets the answer of then.
pub(super) async fn verify(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    drop(posted);
    let found = app.service.verify_ledger(&who.actor).await?;
    let crumbs =
        [Link::new(say("record-title"), "/record"), Link::new(say("ledger-title"), "/record/ledger")];
    let again = html! {
        form method="post" action="/record/ledger/verify" {
            input type="hidden" name="_csrf" value=(who.csrf);
            button { (say("ledger-verify")) }
        }
    };
    let main = html! {
        (shell::heading(&crumbs, say("verify-title"), lead(&found), again))
        (facts(&[
            Fact::markup(say("verify-result"), result(&found)),
            Fact::text(say("verify-leaves"), number(found.leaves)),
            Fact::text(say("verify-rows"), number(found.rows)),
            Fact::text(say("verify-files"), number(found.files)),
            Fact::markup(say("verify-root"), html! { code { (found.root) } }),
            Fact::text(say("verify-made"), crate::look::when::minute(app.service.now()) + " UTC"),
        ]))
        @if !found.problems.is_empty() { (problems(&found)) }
    };
    Page::new(&say("verify-title"), Place::Record, "/record/ledger")
        .in_the_chosen_language()
        .with(&app, &who, main)
        .await
}

fn result(found: &Verification) -> Markup {
    if found.problems.is_empty() {
        return badge::state(&say("verify-intact"), Progress::Done);
    }
    badge::state(&Words::of("verify-problems").with("count", found.problems.len()).said(), Progress::Failed)
}

fn lead(found: &Verification) -> Markup {
    let of = |name| {
        Words::of(name).with("leaves", found.leaves).with("rows", found.rows).with("files", found.files)
    };
    if found.problems.is_empty() {
        let intact = html! { strong { (of("verify-intact-of")) } };
        return html! { (Words::of("verify-lead").around("intact", intact)) };
    }
    let broken = Words::of("verify-broken-of").with("count", found.problems.len());
    html! { (of("verify-lead-broken").around("broken", html! { strong { (broken) } })) }
}

fn problems(found: &Verification) -> Markup {
    let left = found.problems.len().saturating_sub(MOST);
    let body = html! {
        ol { @for problem in found.problems.iter().take(MOST) { li lang=[language::of_english()] { (cut(problem, 600)) } } }
        @if left > 0 { p.muted { (Words::of("verify-more").with("count", left).around("command", html! { code { "warrant ledger verify" } })) } }
    };
    section(&say("evidence-problems"), html! {}, body)
}
