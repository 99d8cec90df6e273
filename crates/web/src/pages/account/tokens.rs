//! Tokens for programs that act for oneself: made here, shown once, ended here.

use crate::language;
use crate::list::encoded;
use crate::look::badge::{self, Progress};
use crate::look::dialog::{Confirm, confirm};
use crate::look::empty::none;
use crate::look::panel::section;
use crate::look::when;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, roles::said, say};
use jiff::Timestamp;
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_model::kind::FieldProblem;
use warrant_model::scope::Role;
use warrant_model::time::{day, from_micros, plus_days};
use warrant_service::ServiceError;
use warrant_service::tokens::{MOST_DAYS, MadeToken, NewToken, TokenState, TokenView, Tokens, USUAL_DAYS};

/// The section of one's own tokens with the form for another one.
pub(super) async fn own(
    app: &App,
    who: &Who,
    made: Option<&MadeToken>,
    problems: &[FieldProblem],
) -> Result<Markup, ServiceError> {
    let tokens = app.service.list_tokens(&who.actor, Tokens::Own).await?;
    let units = unit_names(app, who, &tokens).await?;
    let now = app.service.now();
    Ok(section(
        &say("token-title"),
        html! {},
        html! {
            div #tokens {
                p { (Words::of("token-about").around("address", html! { a href="/api/v1/docs" { "/api/v1" } }).around("header", html! { code { "Authorization: Bearer …" } })) }
                @if let Some(made) = made { (new_token(made)) }
                @if tokens.is_empty() { (none("token-none-own")) }
                @else {
                    div.scroll { table.rows {
                        thead { tr {
                            th scope="col" { (say("account-name")) } th scope="col" { (say("token-may")) }
                            th scope="col" { (say("column-state")) } th scope="col" { (say("token-last-day")) }
                            th scope="col" { (say("token-last-used")) } th scope="col" { (say("token-end")) }
                        } }
                        tbody { @for token in &tokens {
                            tr {
                                th scope="row" { (token.row.name) }
                                td { (may(token, &units)) }
                                td { (state(token)) }
                                td { (last_day(token, now)) }
                                td { (last_used(token, now)) }
                                td { (end(token, "/account/tokens/end", who)) }
                            }
                        } }
                    } }
                }
            }
            (form(app, who, problems).await?)
        },
    ))
}

/// A token that was just made: shown once and stored nowhere.
fn new_token(made: &MadeToken) -> Markup {
    html! {
        div.problems role="status" {
            p { (Words::of("token-made").around("name", html! { strong { (made.row.name) } })) }
            p { code { (made.text) } }
        }
    }
}

async fn form(app: &App, who: &Who, problems: &[FieldProblem]) -> Result<Markup, ServiceError> {
    let mut units = app.service.choices(&who.actor, "unit", None).await?;
    units.sort_by(|a, b| a.1.cmp(&b.1));
    let today = day(app.service.now());
    let after = |days| day(plus_days(app.service.now(), days));
    let wrong = |name: &str| {
        let mine: Vec<_> = problems.iter().filter(|problem| problem.field == name).collect();
        html! { @for problem in mine { p.field-problem lang=[language::of_english()] { (problem.message) } } }
    };
    let roles = Role::ALL.into_iter().filter(|role| who.actor.highest >= Some(*role));
    Ok(html! {
        details open[!problems.is_empty()] {
            summary { (say("token-new")) }
            form.form method="post" action="/account/tokens" {
                input type="hidden" name="_csrf" value=(who.csrf);
                div.field {
                    label for="token-name" { (say("account-name")) }
                    input #token-name type="text" name="name" required maxlength="80" autocomplete="off" placeholder=(say("token-name-example"));
                    (wrong("name"))
                }
                div.field {
                    label for="token-role" { (say("token-may")) }
                    select #token-role name="role" {
                        @for role in roles { option value=(role.word()) { (Words::of("token-as-role").with("role", said(role))) } }
                        option value="" { (say("token-as-owner")) }
                    }
                    (wrong("role"))
                }
                div.field {
                    label for="token-unit" { (say("admin-in")) }
                    select #token-unit name="unit" {
                        option value="" { (say("token-everywhere")) }
                        @for (id, name) in units { option value=(id) { (name) } }
                    }
                    (wrong("unit"))
                }
                div.field {
                    label for="token-day" { (say("token-last-day")) }
                    input #token-day type="date" name="last_day" required value=(after(USUAL_DAYS)) min=(today) max=(after(MOST_DAYS));
                    (wrong("last_day"))
                }
                p.help.wide { (say("token-help")) }
                div.buttons.wide { button { (say("token-make")) } }
            }
        }
    })
}

/// What a form asks for, or what is wrong with it.
pub(super) fn asked(posted: &crate::posted::Posted) -> Result<NewToken, ServiceError> {
    let day = posted.one("last_day").trim();
    let last_day = match day {
        "" => None,
        day => {
            let wrong = |_| ServiceError::field("last_day", format!("`{day}` is no day; write 2026-10-23"));
            Some(day.parse().map_err(wrong)?)
        }
    };
    let role = match posted.one("role") {
        "" => None,
        word => {
            let role = Role::from_word(word);
            Some(role.ok_or_else(|| ServiceError::field("role", format!("`{word}` is no role")))?)
        }
    };
    Ok(NewToken { name: posted.one("name").to_owned(), role, unit: posted.one("unit").to_owned(), last_day })
}

/// The names of the units that tokens are narrowed to.
pub(in crate::pages) async fn unit_names(
    app: &App,
    who: &Who,
    tokens: &[TokenView],
) -> Result<BTreeMap<String, String>, ServiceError> {
    let ids = tokens.iter().map(|token| token.row.unit.clone()).filter(|unit| !unit.is_empty());
    app.service.titles_of(&who.actor, &ids.collect::<Vec<_>>()).await
}

/// What a token may do, and where.
pub(in crate::pages) fn may(token: &TokenView, units: &BTreeMap<String, String>) -> Markup {
    let (role, unit) = (token.row.role.map(said), &token.row.unit);
    let unit = units.get(unit).unwrap_or(unit);
    let words = match (role, unit.as_str()) {
        (None, "") => Words::of("token-as-owner"),
        (Some(role), "") => Words::of("token-as-role").with("role", role),
        (None, unit) => Words::of("token-as-owner-in").with("unit", unit),
        (Some(role), unit) => Words::of("token-as-role-in").with("role", role).with("unit", unit),
    };
    html! { (words) }
}

/// The words of a state.
pub(in crate::pages) fn state_word(state: TokenState) -> &'static str {
    match state {
        TokenState::Works => "token-works",
        TokenState::Expired => "token-expired",
        TokenState::Ended => "token-ended",
    }
}

/// Whether it works, and who ended it.
pub(in crate::pages) fn state(token: &TokenView) -> Markup {
    let progress = if token.state == TokenState::Works { Progress::Done } else { Progress::Aside };
    html! {
        (badge::state(&say(state_word(token.state)), progress))
        @if token.state == TokenState::Ended { br; span.muted { (Words::of("token-ended-by").with("who", &token.row.ended_by)) } }
    }
}

/// The last day it works.
pub(in crate::pages) fn last_day(token: &TokenView, now: Timestamp) -> Markup {
    html! { span.whole { (token.last_day) } " " span.muted { (when::distance(token.last_day, day(now))) } }
}

/// When it was last used.
pub(in crate::pages) fn last_used(token: &TokenView, now: Timestamp) -> Markup {
    match token.row.last_used {
        Some(used) => when::when(from_micros(used), now),
        None => html! { span.muted { (say("never")) } },
    }
}

/// The button that ends it, which asks once.
pub(in crate::pages) fn end(token: &TokenView, action: &str, who: &Who) -> Markup {
    if token.state == TokenState::Ended {
        return html! {};
    }
    confirm(&Confirm {
        id: format!("end-{}", token.row.id),
        verb: say("token-end"),
        question: Words::of("token-end-question").with("name", &token.row.name).said(),
        consequence: say("token-end-follows"),
        action: format!("{action}?id={}", encoded(&token.row.id)),
        csrf: who.csrf.clone(),
    })
}
