//! One finding: what, where, what to do, its history and every sighting. The same content as page and panel.

use super::{history, plan, priority, shown, witnesses};
use crate::error::Answer;
use crate::list::encoded;
use crate::look::badge;
use crate::look::facts::{Fact, facts};
use crate::look::panel::{Panel, panel, section};
use crate::look::shell::{self, Place, Spoken};
use crate::look::words::english;
use crate::look::{Link, when};
use crate::page::{Page, wants_panel};
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
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
        @if plans.is_empty() { a.button.primary href=(plan::href(&[finding], detail.priority.as_ref(), &format!("/findings/{}", finding.id)).unwrap_or_default()) { (say("button-plan")) } }
        @if finding.state == FindingState::Open { a.button href=(super::super::risk::what_if_href(&finding.id)) title=(say("finding-in-money-title")) { (say("finding-in-money")) } }
        a.button href=(note_href(finding)) { (say("button-note")) }
    };
    if wants_panel(&headers) {
        let body = html! {
            p { (lead(finding, &name, now)) }
            (known(finding, &name, &plans))
            @if let Some(told) = &detail.priority { h3 { (say("priority")) } (priority::told(told)) }
            (witnesses::witnesses(&detail))
            (witnesses::moved_from(&detail))
            h3 { (say("section-history")) }
            (history::events(&detail, now))
        };
        let (title, href) = (finding.title.clone(), format!("/findings/{}", encoded(&finding.id)));
        return Ok(panel(&Panel { spoken: Spoken::Chosen, title, over: over(finding), href, body, actions })
            .into_response());
    }
    let notes_on = naming(&app, &who, finding, ("note", "about")).await?;
    let crumbs = [
        Link::new(say("places-findings"), "/findings"),
        Link::new(name.clone(), format!("/systems/{}/findings", encoded(&finding.system))),
    ];
    let main = html! {
        (shell::heading(&crumbs, english(&finding.title), lead(finding, &name, now), actions))
        (known(finding, &name, &plans))
        (priority::priority(&detail))
        (priority::scores(detail.scores.as_ref()))
        (disagreements(&detail))
        (witnesses::witnesses(&detail))
        (witnesses::moved_from(&detail))
        (notes(&notes_on, now))
        (section(&say("section-history"), html! { (say("newest-first")) }, history::events(&detail, now)))
        (section(&say("finding-sightings"), html! { (detail.sightings.len()) }, history::sightings(&detail, now)))
    };
    Page::new(&finding.title, Place::Systems, "/findings")
        .in_the_chosen_language()
        .with(&app, &who, main)
        .await
}

fn note_href(finding: &Finding) -> String {
    let next = encoded(&format!("/findings/{}", finding.id));
    let about = on_target(finding);
    let (system, title, id) = (encoded(&finding.system), encoded(&about), encoded(&finding.id));
    format!("/records/note/new?system={system}&title={title}&about={id}&next={next}")
}

fn over(finding: &Finding) -> String {
    let sort = match finding.sort {
        FindingSort::Weakness => say("finding-weakness"),
        FindingSort::Check => say("finding-rule"),
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
            format!("{} ({})", row.title, kinds::stage_word("poam_item", &row.state).to_lowercase()),
            format!("/records/poam_item/{}", encoded(&row.id)),
        )
    };
    Ok(rows.into_iter().map(link).collect())
}

fn notes(rows: &[RecordRow], now: Timestamp) -> Markup {
    html! {
        @if !rows.is_empty() {
            (section(&say("section-notes"), html! {}, html! {
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

/// `Outdated OpenSSL on web-1`.
pub(super) fn on_target(finding: &Finding) -> String {
    Words::of("finding-on").with("finding", &finding.title).with("target", &finding.target).said()
}

fn lead(finding: &Finding, name: &str, now: Timestamp) -> Markup {
    let day = || when::time(finding.state_since);
    let dated = |words: &'static str| {
        let age = when::age(finding.state_since, now);
        html! { (Words::of(words).with("age", age).around("day", day())) }
    };
    let state = match finding.state {
        FindingState::Open => dated("finding-open-since"),
        FindingState::Closed => dated("finding-closed-on"),
        FindingState::Met => dated("finding-met-since"),
        FindingState::NotChecked => html! { (say("finding-could-not-tell")) },
        FindingState::NotApplicable => html! { (say("finding-does-not-apply")) },
        FindingState::Moved => match &finding.moved_to {
            Some(to) => html! {
                (Words::of("finding-moved-to").around("day", day()).link(&format!("/findings/{}", encoded(to))))
            },
            None => dated("finding-moved-on"),
        },
    };
    let system = html! { a href=(format!("/systems/{}", encoded(&finding.system))) { (name) } };
    let seen = history::line_href(&finding.evidence, &finding.place);
    let sentence = Words::of("finding-lead")
        .with("target", &finding.target)
        .with("tool", &finding.tool)
        .with("reopened", finding.reopened)
        .around("state", html! { strong { (state) } })
        .around("system", system)
        .around("day", html! { a href=(seen) { (when::time(finding.last_seen)) } });
    html! { (sentence) }
}

fn known(finding: &Finding, name: &str, plans: &[Link]) -> Markup {
    let mut list = vec![
        Fact::markup(say("column-severity"), severity(finding)),
        Fact::markup(say("column-state"), shown::state(finding.state)),
        Fact::markup(
            say("column-system"),
            html! { a href=(format!("/systems/{}", encoded(&finding.system))) { (name) } },
        ),
        Fact::markup(say("column-target"), html! { a href=(target_href(finding)) { (finding.target) } }),
    ];
    let texts = [
        ("column-subject", &finding.subject),
        ("column-benchmark", &finding.benchmark),
        ("column-rule", &finding.rule),
    ];
    list.extend(
        texts
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(term, text)| Fact::text(say(term), text)),
    );
    if !finding.vulnerabilities.is_empty() {
        list.push(Fact::text(say("finding-ids"), finding.vulnerabilities.join(", ")));
    }
    if !finding.cwes.is_empty() {
        let cwes: Vec<_> = finding.cwes.iter().map(|cwe| format!("CWE-{cwe}")).collect();
        list.push(Fact::text(say("finding-weakness-types"), cwes.join(", ")));
    }
    list.push(match finding.controls.is_empty() {
        false => {
            Fact::markup(say("column-controls"), shown::controls(&finding.system, &finding.controls, 12))
        }
        true => Fact::text(say("column-controls"), say("finding-no-controls")),
    });
    match &finding.remedy {
        Some(remedy) => list.push(Fact::markup(say("finding-remedy"), english(remedy))),
        None => list.push(Fact::missing(say("finding-remedy"))),
    }
    if let Some(version) = &finding.fixed_version {
        list.push(Fact::text(say("finding-fixed-in"), version));
    }
    if finding.suppressed {
        list.push(Fact::text(say("finding-suppressed"), say("finding-suppressed-why")));
    }
    if !plans.is_empty() {
        let plans =
            html! { @for (nth, plan) in plans.iter().enumerate() { @if nth > 0 { br; } (plan.anchor()) } };
        list.push(Fact::markup(say("finding-planned-by"), plans));
    }
    facts(&list)
}

fn severity(finding: &Finding) -> Markup {
    html! {
        (badge::severity(finding.severity))
        @if let Some(score) = finding.cvss_score { " " span.muted { "CVSS " (format!("{score:.1}")) } }
        @if finding.exploit == Some(true) { " " (badge::tag(&say("finding-exploit-known"))) }
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
        p { (say("finding-disagree-text")) }
        ul {
            @for verdict in &verdicts {
                li {
                    (Words::of("finding-says")
                        .with("verdict", &verdict.word)
                        .around("tool", html! { strong { (verdict.tool) } })
                        .around("day", html! { a href=(verdict.href) { (when::time(verdict.at)) } }))
                }
            }
        }
    };
    section(&say("finding-disagree"), html! {}, list)
}
