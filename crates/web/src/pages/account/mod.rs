//! One's own account: name, password, sessions, tokens for programs.

pub(in crate::pages) mod tokens;

use crate::error::Answer;
use crate::language;
use crate::list::ListAddress;
use crate::look::empty::none;
use crate::look::facts::{Fact, facts};
use crate::look::panel::section;
use crate::look::shell::{self, Flash, Place};
use crate::page::Page;
use crate::pages::sources::record_href;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, roles::said, say};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use maud::{Markup, html};
use warrant_model::kind::FieldProblem;
use warrant_service::ServiceError;
use warrant_service::accounts::SHORTEST_PASSWORD;
use warrant_service::tokens::MadeToken;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/account", get(page))
        .route("/account/name", post(name))
        .route("/account/password", post(password))
        .route("/account/sign-out", post(sign_out))
        .route("/account/tokens", post(make_token))
        .route("/account/tokens/end", post(end_token))
}

/// What is told besides what is always there.
#[derive(Default)]
struct Told {
    /// What is wrong with the name or the password.
    problems: Vec<FieldProblem>,
    /// A token just made, which is shown once.
    made: Option<MadeToken>,
    /// What is wrong with a token that was asked for.
    wrong_token: Vec<FieldProblem>,
}

async fn page(State(app): State<App>, who: Who) -> Answer {
    show(&app, &who, Told::default()).await
}

async fn show(app: &App, who: &Who, told: Told) -> Answer {
    let Told { problems, made, wrong_token } = told;
    let problems = problems.as_slice();
    let grants = app.service.own_grants(&who.actor).await?;
    let units: Vec<String> = grants.iter().map(|grant| grant.unit.clone()).collect();
    let titles = app.service.titles_of(&who.actor, &units).await?;
    let has_password = app.service.has_password(&who.actor).await?;
    let roles = html! {
        @for grant in &grants {
            p {
                (Words::of("account-role-in").with("role", said(grant.role)).around("unit", html! {
                    @if grant.unit.is_empty() { (say("account-whole")) }
                    @else { a href=(record_href("unit", &grant.unit)) { (titles.get(&grant.unit).map_or(grant.unit.as_str(), String::as_str)) } }
                }))
            }
        }
        @if grants.is_empty() { (none("account-no-role")) }
    };
    let lead =
        html! { (Words::of("account-signed-in").around("email", html! { strong { (who.actor.email) } })) };
    let main = html! {
        (shell::heading(&[], say("account-title"), lead, html! {}))
        (facts(&[Fact::text(say("account-email"), &who.actor.email), Fact::markup(say("account-roles"), roles)]))
        (section(&say("account-name"), html! {}, name_form(who, problems)))
        (section(&say("account-password"), html! {}, password_form(who, has_password, problems)))
        (tokens::own(app, who, made.as_ref(), &wrong_token).await?)
        (section(&say("account-sessions"), html! {}, html! {
            p { (say("account-session-ends")) }
            form method="post" action="/account/sign-out" {
                input type="hidden" name="_csrf" value=(who.csrf);
                div.buttons { button.danger { (say("account-sign-out")) } }
            }
        }))
    };
    let title = say("account-title");
    let mut page = Page::new(&title, Place::Today, "/account").in_the_chosen_language();
    if !problems.is_empty() || !wrong_token.is_empty() {
        page.status = StatusCode::UNPROCESSABLE_ENTITY;
        page.flashes.push(Flash::problem("nothing-changed-below"));
    }
    page.with(app, who, main).await
}

fn input(
    name: &str,
    label: &'static str,
    kind: &str,
    value: &str,
    complete: &str,
    problems: &[FieldProblem],
) -> Markup {
    let mine: Vec<_> = problems.iter().filter(|problem| problem.field == name).collect();
    html! {
        div.field.invalid[!mine.is_empty()] {
            label for=(name) { (say(label)) }
            input #(name) type=(kind) name=(name) value=(value) autocomplete=(complete) required aria-invalid=[(!mine.is_empty()).then_some("true")];
            @for problem in mine { p.field-problem lang=[language::of_english()] { (problem.message) } }
        }
    }
}

fn name_form(who: &Who, problems: &[FieldProblem]) -> Markup {
    html! {
        form.form method="post" action="/account/name" {
            input type="hidden" name="_csrf" value=(who.csrf);
            (input("name", "account-name", "text", &who.actor.name, "name", problems))
            div.buttons.wide { button { (say("account-save-name")) } }
        }
    }
}

fn password_form(who: &Who, has_password: bool, problems: &[FieldProblem]) -> Markup {
    html! {
        form.form method="post" action="/account/password" {
            input type="hidden" name="_csrf" value=(who.csrf);
            @if has_password { (input("present", "account-present", "password", "", "current-password", problems)) }
            (input("password", "account-new", "password", "", "new-password", problems))
            (input("again", "account-again", "password", "", "new-password", problems))
            p.help.wide { (Words::of("account-password-help").with("count", SHORTEST_PASSWORD)) }
            div.buttons.wide { button { (say(if has_password { "account-change-password" } else { "account-set-password" })) } }
        }
    }
}

async fn name(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    match app.service.set_own_name(&who.actor, posted.one("name")).await {
        Ok(()) => Ok(Redirect::to("/account").into_response()),
        Err(ServiceError::Invalid(problems)) => show(&app, &who, Told { problems, ..Told::default() }).await,
        Err(error) => Err(error.into()),
    }
}

/// The answer to the post shows the token; it is in no address and no log, and gone when the page is left.
async fn make_token(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    let made = match tokens::asked(&posted) {
        Ok(wanted) => app.service.make_token(&who.actor, &who.actor.email, &wanted).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(made) => show(&app, &who, Told { made: Some(made), ..Told::default() }).await,
        Err(ServiceError::Invalid(wrong_token)) => {
            show(&app, &who, Told { wrong_token, ..Told::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn end_token(State(app): State<App>, who: Who, address: ListAddress, posted: Posted) -> Answer {
    drop(posted);
    app.service.end_token(&who.actor, address.get("id")).await?;
    Ok(Redirect::to("/account#tokens").into_response())
}

async fn password(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    let wanted = posted.one("password");
    if wanted != posted.one("again") {
        let problems = vec![FieldProblem::new("again", "the two are not the same")];
        return show(&app, &who, Told { problems, ..Told::default() }).await;
    }
    match app.service.change_own_password(&who.actor, posted.one("present"), wanted).await {
        Ok(()) => Ok(Redirect::to("/sign-in").into_response()),
        Err(ServiceError::Invalid(problems)) => show(&app, &who, Told { problems, ..Told::default() }).await,
        Err(error) => Err(error.into()),
    }
}

async fn sign_out(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    drop(posted);
    app.service.sign_out_everywhere(&who.actor).await?;
    Ok(Redirect::to("/sign-in").into_response())
}
