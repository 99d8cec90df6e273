//! One finding: what, where, what to do, its history and every sighting. The same content as page and panel.

use super::{history, plan, priority, shown, witnesses};
use crate::error::Answer;
use crate::list::encoded;
use crate::look::badge;
use crate::look::facts::{Fact, facts};
use crate::look::panel::{Panel, panel, section};
use crate::look::shell::{self, Place, Spoken};
use crate::look::{Link, when};
use crate::page::{Page, wants_panel};
use crate::server::App;
use crate::session::Who;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use jiff::Timestamp;
use maud::{Markup, html};
use warrant_model::finding::{Finding, FindingSort, FindingState};
use warrant_model::time::from_micros;
use warrant_service::ServiceError;
use warrant_service::findings::FindingDetail;
use warrant_service::query::{RecordQuery, RecordRow};

/// The page, or the panel when the script asks for it.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Answer {
    let detail = app.service.finding(&who.actor, &id).await?;
    let finding = &detail.finding;
    let names = app.service.system_names(&who.actor).await?;
    let name = names.get(&finding.system).cloned().unwrap_or_else(|| finding.system.clone());
    let plans = plans(&app, &who, finding).await?;
    let now = app.service.now();
    let actions = html! {
        @if plans.is_empty() { a.button.primary href=(plan::href(&[finding], detail.priority.as_ref(), &format!("/findings/{}", finding.id)).unwrap_or_default()) { "Plan" } }
        @if finding.state == FindingState::Open { a.button href=(super::super::risk::what_if_href(&finding.id)) title="What a year would cost less if it were closed" { "In money" } }
        a.button href=(note_href(finding)) { "Note" }
    };
    if wants_panel(&headers) {
        let body = html! {
            p { (lead(finding, &name, now)) }
            (known(finding, &name, &plans))
            @if let Some(told) = &detail.priority { h3 { "Priority" } (priority::told(told)) }
            (witnesses::witnesses(&detail))
            (witnesses::moved_from(&detail))
            h3 { "History" }
            (history::events(&detail, now))
        };
        let (title, href) = (finding.title.clone(), format!("/findings/{}", encoded(&finding.id)));
        return Ok(panel(&Panel {
            spoken: Spoken::English,
            title,
            over: over(finding),
            href,
            body,
            actions,
        })
        .into_response());
    }
    let notes_on = naming(&app, &who, finding, ("note", "about")).await?;
    let crumbs = [
        Link::new("Findings", "/findings"),
        Link::new(name.clone(), format!("/systems/{}/findings", encoded(&finding.system))),
    ];
    let main = html! {
        (shell::heading(&crumbs, &finding.title, lead(finding, &name, now), actions))
        (known(finding, &name, &plans))
        (priority::priority(&detail))
        (priority::scores(detail.scores.as_ref()))
        (disagreements(&detail))
        (witnesses::witnesses(&detail))
        (witnesses::moved_from(&detail))
        (notes(&notes_on, now))
        (section("History", html! { "newest first" }, history::events(&detail, now)))
        (section("Sightings", html! { (detail.sightings.len()) }, history::sightings(&detail, now)))
    };
    Page::new(&finding.title, Place::Systems, "/findings").with(&app, &who, main).await
}

fn note_href(finding: &Finding) -> String {
    let next = encoded(&format!("/findings/{}", finding.id));
    let about = format!("{} on {}", finding.title, finding.target);
    let (system, title, id) = (encoded(&finding.system), encoded(&about), encoded(&finding.id));
    format!("/records/note/new?system={system}&title={title}&about={id}&next={next}")
}

fn over(finding: &Finding) -> String {
    let sort = match finding.sort {
        FindingSort::Weakness => "Weakness",
        FindingSort::Check => "Benchmark rule",
    };
    format!("{sort} · {} {}", finding.tool, finding.rule)
}

/// Records of a kind that name the finding in a field.
async fn naming(
    app: &App,
    who: &Who,
    finding: &Finding,
    (kind, field): (&str, &str),
) -> Result<Vec<RecordRow>, ServiceError> {
    let fields = vec![(field.to_owned(), finding.id.to_lowercase())];
    let query = RecordQuery { kind: kind.to_owned(), fields, limit: 50, ..RecordQuery::default() };
    Ok(app.service.list_records(&who.actor, &query).await?.rows)
}

/// POA&M items that plan its end.
async fn plans(app: &App, who: &Who, finding: &Finding) -> Result<Vec<Link>, ServiceError> {
    let rows = naming(app, who, finding, ("poam_item", "findings")).await?;
    let link = |row: RecordRow| {
        Link::new(
            format!("{} ({})", row.title, row.state),
            format!("/records/poam_item/{}", encoded(&row.id)),
        )
    };
    Ok(rows.into_iter().map(link).collect())
}

fn notes(rows: &[RecordRow], now: Timestamp) -> Markup {
    html! {
        @if !rows.is_empty() {
            (section("Notes", html! {}, html! {
                ul {
                    @for row in rows {
                        li {
                            a href=(format!("/records/note/{}", encoded(&row.id))) { (row.title) } " "
                            span.muted { (row.updated_by) ", " (when::when(from_micros(row.updated_at), now)) }
                            @if let Some(text) = row.body["text"].as_str() { p { (text) } }
                        }
                    }
                }
            }))
        }
    }
}

fn lead(finding: &Finding, name: &str, now: Timestamp) -> Markup {
    let since = when::age(finding.state_since, now);
    html! {
        strong {
            @match finding.state {
                FindingState::Open => { "Open since " (when::time(finding.state_since)) " (" (since) ")" }
                FindingState::Closed => { "Closed on " (when::time(finding.state_since)) " (" (since) ")" }
                FindingState::Met => { "Met since " (when::time(finding.state_since)) }
                FindingState::NotChecked => "Not checked: the tool could not tell",
                FindingState::NotApplicable => "Not applicable to this target",
                FindingState::Moved => {
                    "Moved on " (when::time(finding.state_since)) ": "
                    @if let Some(to) = &finding.moved_to { a href=(format!("/findings/{}", encoded(to))) { "where it is now" } }
                }
            }
        }
        " on " (finding.target) " of " a href=(format!("/systems/{}", encoded(&finding.system))) { (name) }
        @if finding.reopened > 0 { "; it came back " @if finding.reopened == 1 { "once" } @else { (finding.reopened) " times" } " after it had been closed" }
        "; last confirmed by " (finding.tool) " on "
        a href=(history::line_href(&finding.evidence, &finding.place)) { (when::time(finding.last_seen)) } "."
    }
}

fn known(finding: &Finding, name: &str, plans: &[Link]) -> Markup {
    let mut list = vec![
        Fact::markup("Severity", severity(finding)),
        Fact::markup("State", shown::state(finding.state)),
        Fact::markup(
            "System",
            html! { a href=(format!("/systems/{}", encoded(&finding.system))) { (name) } },
        ),
        Fact::markup("Target", html! { a href=(target_href(finding)) { (finding.target) } }),
    ];
    let texts = [("Subject", &finding.subject), ("Benchmark", &finding.benchmark), ("Rule", &finding.rule)];
    list.extend(
        texts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(term, text)| Fact::text(term, text)),
    );
    if !finding.vulnerabilities.is_empty() {
        list.push(Fact::text("Ids", finding.vulnerabilities.join(", ")));
    }
    if !finding.cwes.is_empty() {
        let cwes: Vec<_> = finding.cwes.iter().map(|cwe| format!("CWE-{cwe}")).collect();
        list.push(Fact::text("Weakness types", cwes.join(", ")));
    }
    list.push(match finding.controls.is_empty() {
        false => Fact::markup("Controls", shown::controls(&finding.system, &finding.controls, 12)),
        true => Fact::text("Controls", "none: nothing maps this rule to a control"),
    });
    match &finding.remedy {
        Some(remedy) => list.push(Fact::text("Remedy", remedy)),
        None => list.push(Fact::missing("Remedy")),
    }
    if let Some(version) = &finding.fixed_version {
        list.push(Fact::text("Fixed in", version));
    }
    if finding.suppressed {
        list.push(Fact::text(
            "Suppressed",
            "by the tool or its user; it stays open until a look no longer shows it",
        ));
    }
    if !plans.is_empty() {
        let plans =
            html! { @for (nth, plan) in plans.iter().enumerate() { @if nth > 0 { br; } (plan.anchor()) } };
        list.push(Fact::markup("Planned by", plans));
    }
    facts(&list)
}

fn severity(finding: &Finding) -> Markup {
    html! {
        (badge::severity(finding.severity))
        @if let Some(score) = finding.cvss_score { " " span.muted { "CVSS " (format!("{score:.1}")) } }
        @if finding.exploit == Some(true) { " " (badge::tag("exploit known")) }
    }
}

fn target_href(finding: &Finding) -> String {
    format!("/findings?system={}&target={}", encoded(&finding.system), encoded(&finding.target))
}

/// What different tools said of the same rule last, when they do not agree.
fn disagreements(detail: &FindingDetail) -> Markup {
    let verdicts = history::newest_verdicts(detail);
    let words: std::collections::BTreeSet<_> = verdicts.iter().map(|verdict| verdict.word.as_str()).collect();
    if words.len() < 2 {
        return html! {};
    }
    let list = html! {
        p { "The newest look decides the state. Look at both and correct the tool that is wrong." }
        ul {
            @for verdict in &verdicts {
                li { strong { (verdict.tool) } " says " (verdict.word) " on " a href=(verdict.href) { (when::time(verdict.at)) } }
            }
        }
    };
    section("The tools do not agree", html! {}, list)
}
