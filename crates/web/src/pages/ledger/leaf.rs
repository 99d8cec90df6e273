//! One leaf: what it says, the rows it vouches for, its proof, and how to check it without this server.

use super::entries::{subject_href, with_token};
use crate::error::{Answer, PageError};
use crate::file;
use crate::look::facts::{Fact, facts};
use crate::look::figure::cut;
use crate::look::icons::{Icon, icon};
use crate::look::panel::section;
use crate::look::when;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{Path, State};
use jiff::Timestamp;
use maud::{Markup, html};
use warrant_model::time::from_micros;
use warrant_service::ServiceError;
use warrant_service::ledger::{ChangeProof, LedgerState};
use warrant_service::query::Entry;

/// A leaf on the ledger's page.
pub(super) async fn shown(app: &App, who: &Who, index: u64, now: Timestamp) -> Result<Markup, PageError> {
    let proof = app.service.prove_index(&who.actor, index).await?;
    let damaged =
        |error: serde_json::Error| ServiceError::Refused(format!("leaf {index} is no change: {error}"));
    let entry: Entry = serde_json::from_str(&proof.entry).map_err(damaged)?;
    let (recorded, effective) = (from_micros(entry.recorded_at), from_micros(entry.effective_at));
    let about = html! {
        @match subject_href(app.service.registry(), &entry.subject) {
            Some(href) => a href=(href) { (entry.subject) },
            None => (entry.subject),
        }
    };
    let mut list = vec![
        Fact::text(say("ledger-who"), with_token(&entry)),
        Fact::text(say("ledger-did"), &entry.action),
        Fact::markup(say("leaf-about"), about),
        Fact::markup(
            say("provenance-recorded"),
            html! { (when::minute(recorded)) " UTC " span.muted { (when::age(recorded, now)) } },
        ),
    ];
    if effective != recorded {
        list.push(Fact::markup(say("leaf-took-effect"), when::when(effective, now)));
    }
    let body = html! {
        (facts(&list))
        (rows(&entry))
        (text(&say("leaf-entry"), &proof.entry, &format!("/record/ledger/{index}/entry")))
        (text(&say("leaf-proof"), &proof.proof, &format!("/record/ledger/{index}/proof")))
    };
    let aside = html! { (say("leaf-aside")) };
    Ok(section(&Words::of("leaf-section").with("number", index).said(), aside, body))
}

fn rows(entry: &Entry) -> Markup {
    html! {
        @if let Some(manifest) = &entry.manifest {
            p { (Words::of("leaf-manifest").around("hash", html! { code { (manifest) } })) }
        } @else if !entry.rows.is_empty() {
            details open[entry.rows.len() <= 8] { summary { (Words::of("leaf-rows").with("count", entry.rows.len())) } div.scroll {
                table {
                    thead { tr { th scope="col" { (say("leaf-row")) } th scope="col" { (say("leaf-key")) } th scope="col" { (say("leaf-hash")) } } }
                    tbody {
                        @for row in &entry.rows {
                            tr {
                                td.fit { (row.table.name().replace('_', " ")) }
                                td { (cut(&row.key, 120)) }
                                td.fit { @if row.hash.is_empty() { span.muted { (say("leaf-gone")) } } @else { code title=(row.hash) { (cut(&row.hash, 24)) } } }
                            }
                        }
                    }
                }
            } }
        }
    }
}

/// A text to be copied or kept.
fn text(title: &str, text: &str, href: &str) -> Markup {
    html! {
        figure.source {
            figcaption {
                (title)
                @if !href.is_empty() { a href=(href) download { (say("button-download")) } }
                button.icon-button.script-only type="button" data-copy=(text) title=(say("button-copy")) { (icon(Icon::Copy)) span.sr { (Words::of("leaf-copy").with("what", title)) } }
            }
            ol { @for line in text.lines() { li { code { (line) } } } }
        }
    }
}

/// The checkpoint, the key, and how to check a copy elsewhere.
pub(super) fn offline(state: &LedgerState) -> Markup {
    let body = html! {
        p { (say("leaf-keep")) }
        (text(&say("leaf-check"), "warrant ledger check --key '<key>' leaf-7.proof leaf-7.json", ""))
        @if state.checkpoint.is_empty() { p.muted { (say("leaf-no-checkpoint")) } }
        @else { (text(&say("leaf-checkpoint"), &state.checkpoint, "/record/ledger/checkpoint")) }
        (text(&say("leaf-key"), &state.verifier, ""))
        p.muted { (say("leaf-formats")) }
    };
    section(&say("leaf-yourself"), html! {}, body)
}

/// The leaf's content as a file.
pub(super) async fn entry(State(app): State<App>, who: Who, Path(leaf): Path<u64>) -> Answer {
    let ChangeProof { entry, .. } = app.service.prove_index(&who.actor, leaf).await?;
    Ok(file::opaque(&format!("leaf-{leaf}.json"), entry.into_bytes()))
}

/// The proof as a file.
pub(super) async fn proof(State(app): State<App>, who: Who, Path(leaf): Path<u64>) -> Answer {
    let ChangeProof { proof, .. } = app.service.prove_index(&who.actor, leaf).await?;
    Ok(file::opaque(&format!("leaf-{leaf}.proof"), proof.into_bytes()))
}

/// The newest checkpoint as a file.
pub(super) async fn checkpoint(State(app): State<App>, who: Who) -> Answer {
    drop(who);
    let state = app.service.ledger_state().await?;
    Ok(file::opaque("checkpoint.txt", state.checkpoint.into_bytes()))
}
