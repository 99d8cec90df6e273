//! Verdicts given in the grid: on the selected rows, or by a key on the current one; the page stays.

use super::super::frame::Frame;
use super::window::Sent;
use super::{grid, lead};
use crate::error::{Answer, PageError};
use crate::list::{ListAddress, encoded};
use crate::look::shell::lead_patch;
use crate::look::table::{Bulk, Then, Verb, patch};
use crate::pages::undo::undo_form;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use std::collections::BTreeSet;
use warrant_model::kind::FieldProblem;
use warrant_service::ServiceError;
use warrant_service::judge::{Judged, Verdict};

/// The bar for several rows, whose keys also act on the current one.
pub(super) fn bulk(frame: &Frame, who: &Who, address: &ListAddress) -> Bulk {
    let verb = |verdict: Verdict, word: &'static str, key| Verb::new(verdict.word(), say(word)).on(key);
    Bulk {
        action: address.at(&format!("/systems/{}/controls/judge", encoded(&frame.id))),
        csrf: who.csrf.clone(),
        verbs: vec![
            verb(Verdict::Satisfied, "status-satisfied", 's'),
            verb(Verdict::OtherThanSatisfied, "status-other-than-satisfied", 'o'),
            verb(Verdict::Implemented, "verdict-implemented", 'i'),
            verb(Verdict::Partial, "verdict-in-part", 'h'),
            verb(Verdict::Planned, "verdict-planned", 'l'),
        ],
        then: Then::Stays,
    }
}

/// Gives the verdict and answers with what changed, or leads back to the grid where there is no script.
pub(in super::super) async fn judge(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    headers: HeaderMap,
    mut address: ListAddress,
    posted: Posted,
) -> Answer {
    let rows = posted.all("row");
    let unknown = || {
        let problem = FieldProblem::new("verb", say("verdict-choose"));
        PageError::Service(ServiceError::Invalid(vec![problem]))
    };
    let verdict = Verdict::from_word(posted.one("verb")).ok_or_else(unknown)?;
    let judged = app.service.judge(&who.actor, &id, &rows, verdict).await;
    address.path = format!("/systems/{}/controls", encoded(&id));
    let back = address.with("", "");
    if headers.get("x-fragment").is_none() {
        judged?;
        return Ok(Redirect::to(&back).into_response());
    }
    let said = match judged {
        Ok(judged) => said(&who, verdict, judged, &back),
        Err(ServiceError::Invalid(problems)) => {
            let told: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
            html! { p.flash.problem role="alert" { span { (told.join("; ")) } } }
        }
        Err(error) => return Err(error.into()),
    };
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let all = app.service.controls_of(&frame.snapshot);
    let changed: BTreeSet<String> = rows.into_iter().collect();
    let mut view = grid(&frame, &who, &all, &address, Sent::Only(&changed));
    view.said = Some(said);
    Ok(html! { (lead_patch(lead(&frame, &all))) (patch(&view)) }.into_response())
}

fn said(who: &Who, verdict: Verdict, judged: Judged, back: &str) -> Markup {
    let what = match verdict {
        Verdict::Satisfied => "verdict-did-satisfied",
        Verdict::OtherThanSatisfied => "verdict-did-other",
        Verdict::Implemented => "verdict-did-implemented",
        Verdict::Partial => "verdict-did-in-part",
        Verdict::Planned => "verdict-did-planned",
    };
    let text = Words::of(what).with("count", judged.controls).said();
    match judged.leaf {
        Some(leaf) => undo_form(&text, leaf, &who.csrf, back),
        None => html! { p.flash { span { (Words::of("verdict-as-before").with("what", text)) } } },
    }
}
