//! One's own account: name, password, sessions.

use crate::error::Answer;
use crate::look::empty::none;
use crate::look::facts::{Fact, facts};
use crate::look::panel::section;
use crate::look::shell::{self, Flash, Place};
use crate::page::Page;
use crate::pages::sources::record_href;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use maud::{Markup, html};
use warrant_model::kind::FieldProblem;
use warrant_service::ServiceError;
use warrant_service::accounts::SHORTEST_PASSWORD;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/account", get(page))
        .route("/account/name", post(name))
        .route("/account/password", post(password))
        .route("/account/sign-out", post(sign_out))
}

async fn page(State(app): State<App>, who: Who) -> Answer {
    show(&app, &who, &[]).await
}

async fn show(app: &App, who: &Who, problems: &[FieldProblem]) -> Answer {
    let grants = app.service.own_grants(&who.actor).await?;
    let units: Vec<String> = grants.iter().map(|grant| grant.unit.clone()).collect();
    let titles = app.service.titles_of(&who.actor, &units).await?;
    let has_password = app.service.has_password(&who.actor).await?;
    let roles = html! {
        @for grant in &grants {
            p {
                (grant.role.word()) " in "
                @if grant.unit.is_empty() { "the whole organisation" }
                @else { a href=(record_href("unit", &grant.unit)) { (titles.get(&grant.unit).map_or(grant.unit.as_str(), String::as_str)) } }
            }
        }
        @if grants.is_empty() { (none("account-no-role")) }
    };
    let lead = html! { "Signed in as " strong { (who.actor.email) } "." };
    let main = html! {
        (shell::heading(&[], "My account", lead, html! {}))
        (facts(&[Fact::text("E-mail", &who.actor.email), Fact::markup("Roles", roles)]))
        (section("Name", html! {}, name_form(who, problems)))
        (section("Password", html! {}, password_form(who, has_password, problems)))
        (section("Sessions", html! {}, html! {
            p { "A session ends after twelve hours without use and after seven days in any case." }
            form method="post" action="/account/sign-out" {
                input type="hidden" name="_csrf" value=(who.csrf);
                div.buttons { button.danger { "Sign out everywhere" } }
            }
        }))
    };
    let mut page = Page::new("My account", Place::Today, "/account");
    if !problems.is_empty() {
        page.status = StatusCode::UNPROCESSABLE_ENTITY;
        page.flashes.push(Flash::problem("nothing-changed-below"));
    }
    page.with(app, who, main).await
}

fn input(
    name: &str,
    label: &str,
    kind: &str,
    value: &str,
    complete: &str,
    problems: &[FieldProblem],
) -> Markup {
    let mine: Vec<_> = problems.iter().filter(|problem| problem.field == name).collect();
    html! {
        div.field.invalid[!mine.is_empty()] {
            label for=(name) { (label) }
            input #(name) type=(kind) name=(name) value=(value) autocomplete=(complete) required aria-invalid=[(!mine.is_empty()).then_some("true")];
            @for problem in mine { p.field-problem { (problem.message) } }
        }
    }
}

fn name_form(who: &Who, problems: &[FieldProblem]) -> Markup {
    html! {
        form.form method="post" action="/account/name" {
            input type="hidden" name="_csrf" value=(who.csrf);
            (input("name", "Name", "text", &who.actor.name, "name", problems))
            div.buttons.wide { button { "Save the name" } }
        }
    }
}

fn password_form(who: &Who, has_password: bool, problems: &[FieldProblem]) -> Markup {
    html! {
        form.form method="post" action="/account/password" {
            input type="hidden" name="_csrf" value=(who.csrf);
            @if has_password { (input("present", "Present password", "password", "", "current-password", problems)) }
            (input("password", "New password", "password", "", "new-password", problems))
            (input("again", "Once more", "password", "", "new-password", problems))
            p.help.wide { "At least " (SHORTEST_PASSWORD) " characters; a sentence is easy to keep. Every session of this account ends, this one too." }
            div.buttons.wide { button { @if has_password { "Change the password" } @else { "Set a password" } } }
        }
    }
}

async fn name(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    match app.service.set_own_name(&who.actor, posted.one("name")).await {
        Ok(()) => Ok(Redirect::to("/account").into_response()),
        Err(ServiceError::Invalid(problems)) => show(&app, &who, &problems).await,
        Err(error) => Err(error.into()),
    }
}

async fn password(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    let wanted = posted.one("password");
    if wanted != posted.one("again") {
        let problems = [FieldProblem::new("again", "the two are not the same")];
        return show(&app, &who, &problems).await;
    }
    match app.service.change_own_password(&who.actor, posted.one("present"), wanted).await {
        Ok(()) => Ok(Redirect::to("/sign-in").into_response()),
        Err(ServiceError::Invalid(problems)) => show(&app, &who, &problems).await,
        Err(error) => Err(error.into()),
    }
}

async fn sign_out(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    drop(posted);
    app.service.sign_out_everywhere(&who.actor).await?;
    Ok(Redirect::to("/sign-in").into_response())
}
