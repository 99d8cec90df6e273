//! One file: provenance, problems, what it changed, its facts, and its lines. Its bytes leave only as an
//! attachment; what is shown is escaped text.

use super::{facts, list, provenance, undo};
use crate::error::Answer;
use crate::file;
use crate::list::{ListAddress, PAGE, encoded};
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::source::{Excerpt, source};
use crate::look::{Link, when};
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{Path, State};
use maud::{Markup, html};
use warrant_model::scope::Role;
use warrant_model::time::from_micros;
use warrant_service::ServiceError;
use warrant_service::evidence::{Content, Excerpt as Lines};
use warrant_service::query::EvidenceRow;

/// Lines shown on each side of the one asked for.
const AROUND: u32 = 25;

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(hash): Path<String>,
    address: ListAddress,
) -> Answer {
    let rows = app.service.evidence(&who.actor, &hash).await?;
    let names = app.service.system_names(&who.actor).await?;
    let wanted = address.get("system");
    let file = rows.iter().find(|row| row.system == wanted).or(rows.first());
    let file = file.ok_or_else(|| ServiceError::NotFound { what: "evidence", name: hash.clone() })?;
    let now = app.service.now();
    let found = app.service.facts(&who.actor, file, address.offset(), PAGE).await?;
    let (changes, counts) = app.service.changes_by_evidence(&who.actor, &hash, 100).await?;
    let line = address.get("line").parse::<u32>().ok();
    let lines = app.service.excerpt(&who.actor, &hash, line.unwrap_or(AROUND + 1), AROUND).await?;
    let observed = from_micros(file.observed_at);
    let said = match file.problems.len() {
        0 => Words::of("file-lead"),
        count => {
            let problems = Words::of("import-problems").with("count", count).said();
            Words::of("file-lead-problems").with("problems", problems)
        }
    };
    let facts = Words::of("file-facts").with("count", file.facts);
    let said = said
        .with("tool", &file.tool)
        .with("age", when::age(observed, now))
        .with("system", list::system(&file.system, &names))
        .around("facts", html! { strong { (facts) } })
        .around("day", when::time(observed));
    let lead = html! {
        (said)
    };
    let download = html! { a.button href=(format!("/evidence/{}/file", encoded(&hash))) download { (say("button-download")) } };
    let source = section(
        &say("file-lines"),
        html! { (Words::of("file-in-all").with("count", i64::from(lines.total))) },
        shown(file, &lines, line, &address),
    );
    let main = html! {
        (shell::heading(&[Link::new(say("evidence-title"), "/evidence")], &file.name, lead, download))
        // Whoever followed a figure to its line sees the line first.
        @if line.is_some() { (source) }
        (section(&say("file-provenance"), html! {}, provenance::provenance(&rows, file, app.service.formats().title(&file.format), &names, now)))
        (provenance::problems(file))
        (provenance::changes(&changes, &counts))
        (section(&say("evidence-facts"), html! {}, facts::facts(&address, file, &found)))
        @if line.is_none() { (source) }
        @if who.actor.highest >= Some(Role::Engineer) {
            (section(&say("file-undo"), html! {}, html! {
                @for row in &rows {
                    @let name = if row.system.is_empty() { "" } else { names.get(&row.system).map_or("", String::as_str) };
                    div.buttons { (undo::ask(&who, (&hash, &file.name), (&row.system, name))) @if rows.len() > 1 { span.muted { (name) } } }
                }
            }))
        }
    };
    Page::new(&file.name, Place::Record, "/evidence").in_the_chosen_language().with(&app, &who, main).await
}

/// The bytes, as an attachment.
pub(super) async fn download(State(app): State<App>, who: Who, Path(hash): Path<String>) -> Answer {
    let rows = app.service.evidence(&who.actor, &hash).await?;
    let name = rows.first().map_or("evidence", |row| row.name.as_str());
    Ok(file::opaque(name, app.service.evidence_bytes(&who.actor, &hash).await?))
}

/// The window of lines, with the ways to the windows around it.
fn shown(file: &EvidenceRow, lines: &Lines, line: Option<u32>, address: &ListAddress) -> Markup {
    if lines.content == Content::Binary {
        return html! { p.muted { (say("file-binary")) } };
    }
    if lines.lines.is_empty() {
        return html! { p.muted { (say("file-empty")) } };
    }
    let last = lines.first.saturating_add(lines.lines.len() as u32).saturating_sub(1);
    let at = |line: u32| format!("/evidence/{}?line={line}#L{line}", encoded(file.hash.as_str()));
    let earlier = lines.first.saturating_sub(AROUND + 1).max(1);
    let later = last.saturating_add(AROUND + 1).min(lines.total);
    let highlight = line.map(|line| line.clamp(1, lines.total));
    let excerpt = Excerpt {
        name: file.name.clone(),
        first: u64::from(lines.first),
        lines: lines.lines.clone(),
        highlight: highlight.map(u64::from),
        href: None,
    };
    html! {
        @if !address.get("at").is_empty() { p.muted { (Words::of("file-at").around("place", html! { code { (address.get("at")) } })) } }
        (source(&excerpt))
        div.buttons {
            @if lines.first > 1 { a.button.small href=(at(earlier)) { (say("file-earlier")) } }
            @if last < lines.total { a.button.small href=(at(later)) { (say("file-later")) } }
            form.buttons action=(format!("/evidence/{}", encoded(file.hash.as_str()))) {
                input type="number" name="line" min="1" max=(lines.total) value=[highlight] aria-label=(say("column-line")) required placeholder=(say("column-line"));
                button.small { (say("file-go")) }
            }
        }
    }
}
