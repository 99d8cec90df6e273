//! Findings into the POA&M: the form of an item filled in from one of them, or from several of one system.

use super::{detail, list};
use crate::error::Answer;
use crate::list::{ListAddress, encoded};
use crate::look::shell::Flash;
use crate::look::table::{Bulk, Then, Verb};
use crate::pages::records::next;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use std::collections::BTreeSet;
use warrant_model::finding::Finding;
use warrant_service::priority::PriorityView;

/// The most findings of one item: they travel in the form's address.
const MOST: usize = 60;

/// The bar for several findings.
pub(super) fn bar(who: &Who) -> Bulk {
    Bulk {
        action: "/findings/plan".to_owned(),
        csrf: who.csrf.clone(),
        verbs: vec![Verb::new("plan", say("findings-plan-as-one")).on('p')],
        then: Then::Leaves,
    }
}

/// The way to the form for one finding of a list. What it is filled in with is looked up on the way, so that a row need not carry it.
pub(super) fn way(finding: &str, list: &str) -> String {
    format!("/findings/{}/plan?list={}", encoded(finding), encoded(list))
}

/// The form of a POA&M item for these findings, leading back to `next`; `None` when they belong to several systems.
/// `first_due` is the priority of the one that must be gone first: its day, when it is still to come, is the item's.
pub(super) fn href(findings: &[&Finding], first_due: Option<&PriorityView>, next: &str) -> Option<String> {
    let first = findings.first()?;
    if findings.iter().any(|finding| finding.system != first.system) {
        return None;
    }
    let worst = findings.iter().map(|finding| finding.severity).max()?;
    let controls: BTreeSet<&String> = findings.iter().flat_map(|finding| &finding.controls).collect();
    let title = match findings.len() {
        1 => first.title.clone(),
        more => Words::of("finding-and-more").with("finding", &first.title).with("count", more - 1).said(),
    };
    let mut href = format!(
        "/records/poam_item/new?system={}&title={}&severity={}",
        encoded(&first.system),
        encoded(&title),
        worst.word()
    );
    href.extend(findings.iter().map(|finding| format!("&findings={}", encoded(&finding.id))));
    href.extend(controls.into_iter().map(|control| format!("&controls={}", encoded(control))));
    if let Some(priority) = first_due.filter(|priority| !priority.late) {
        href.push_str(&format!("&due={}", priority.due));
    }
    if findings.len() > 1 {
        let each: Vec<_> = findings.iter().map(|f| detail::on_target(f)).collect();
        href.extend(["&description=", &encoded(&each.join("\n"))]);
    }
    href.extend(["&next=", &encoded(next)]);
    Some(href)
}

/// Sends to the form for one finding.
pub(super) async fn one(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    form(&app, &who, &headers, &[id], address.get("list")).await
}

/// Sends to the form for the chosen findings.
pub(super) async fn plan(State(app): State<App>, who: Who, headers: HeaderMap, posted: Posted) -> Answer {
    form(&app, &who, &headers, &posted.all("row"), posted.one("list")).await
}

async fn form(app: &App, who: &Who, headers: &HeaderMap, rows: &[String], list: &str) -> Answer {
    let back = next::local(list).unwrap_or("/findings");
    let mut details = Vec::new();
    for id in rows.iter().take(MOST) {
        details.push(app.service.finding(&who.actor, id).await?);
    }
    let chosen: Vec<&Finding> = details.iter().map(|detail| &detail.finding).collect();
    let first = details.iter().filter_map(|detail| detail.priority.as_ref()).min_by_key(|one| one.due);
    if let Some(href) = href(&chosen, first, back) {
        return Ok(Redirect::to(&href).into_response());
    }
    let flash = Flash::problem(if chosen.is_empty() { "select-rows-first" } else { "select-of-one-system" });
    list::show(app, who, headers, &ListAddress::parse(back), Some(flash)).await
}
