//! Accounts, roles, one-time links; the marking.

use super::{At, Shown};
use crate::error::{self, Answer, PageError};
use crate::language;
use crate::list::ListAddress;
use crate::look::badge::{self, Progress};
use crate::look::dialog::{Confirm, confirm};
use crate::look::empty::none;
use crate::look::icons::{Icon, icon};
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::shell::Flash;
use crate::look::when;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, roles, say};
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use maud::{Markup, html};
use warrant_model::kind::FieldProblem;
use warrant_model::scope::Role;
use warrant_model::time::from_micros;
use warrant_service::ServiceError;
use warrant_service::accounts::{AccountView, Enabled};

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/admin", get(page))
        .route("/admin/accounts", post(add))
        .route("/admin/role", post(role))
        .route("/admin/enabled", post(enabled))
        .route("/admin/link", post(link))
        .route("/admin/marking", post(marking))
}

/// What is told above the list.
#[derive(Default)]
struct Told {
    /// A one-time link just made: for whom, and its token. It is shown once and stored nowhere.
    link: Option<(String, String)>,
    problems: Vec<FieldProblem>,
}

async fn page(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    show(&app, &who, address.get("q"), Told::default()).await
}

async fn show(app: &App, who: &Who, wanted: &str, told: Told) -> Answer {
    let accounts = app.service.list_accounts(&who.actor).await?;
    let mut units = app.service.choices(&who.actor, "unit", None).await?;
    units.sort_by(|a, b| a.1.cmp(&b.1));
    let officers = accounts.iter().filter(|view| is_officer(view)).count();
    let disabled = accounts.iter().filter(|view| view.account.disabled).count();
    let count = Words::of("admin-accounts").with("count", accounts.len());
    let lead = match disabled {
        0 => Words::of("admin-lead"),
        disabled => Words::of("admin-lead-disabled").with("disabled", disabled),
    };
    let lead = lead
        .with("officers", Words::of("admin-officers").with("count", officers).said())
        .around("accounts", html! { strong { (count) } });
    let lead = html! { (lead) @if officers == 1 { " " (say("admin-one-officer")) } };
    let fits = |view: &&AccountView| {
        let text = format!("{} {}", view.account.email, view.account.name).to_lowercase();
        wanted.to_lowercase().split_whitespace().all(|word| text.contains(word))
    };
    let shown: Vec<_> = accounts.iter().filter(fits).collect();
    let main = html! {
        @if let Some((email, token)) = &told.link { (new_link(email, token)) }
        div.toolbar { form.filter action="/admin" {
            (icon(Icon::Filter))
            input type="search" name="q" value=(wanted) placeholder=(say("table-filter")) aria-label=(say("admin-filter")) data-filter;
            button.small.no-script { (say("table-filter")) }
        } }
        div.scroll { table.rows {
            thead { tr { th scope="col" { (say("admin-account")) } th scope="col" { (say("column-state")) } th scope="col" { (say("admin-roles")) } th scope="col" { (say("column-since")) } th scope="col" { (say("admin-change")) } } }
            tbody { @for view in &shown { (account(app, who, view, &units)) } }
        } }
        @if shown.is_empty() { (none("accounts-none-fit")) }
        (section(&say("admin-add"), html! {}, add_form(who, &units, &told.problems)))
        (section(&say("admin-marking"), html! {}, marking_form(who, app.service.marking().await?.as_deref())))
    };
    let problem = (!told.problems.is_empty()).then(|| {
        let text = told.problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>().join("; ");
        Flash::problem(error::Told::because("nothing-changed", text))
    });
    super::show(app, who, Shown { at: At::People, lead, actions: html! {}, problem, main }).await
}

/// The marking of every page and document; a system may have one of its own.
fn marking_form(who: &Who, marking: Option<&str>) -> Markup {
    html! {
        form.form method="post" action="/admin/marking" {
            input type="hidden" name="_csrf" value=(who.csrf);
            div.field {
                label for="marking" { (say("admin-marking-label")) }
                input #marking type="text" name="marking" maxlength="80" value=(marking.unwrap_or_default()) placeholder="TLP:AMBER" autocomplete="off";
                p.help { (say("admin-marking-help")) }
            }
            div.buttons.wide { button { (say("admin-set-marking")) } }
        }
    }
}

async fn marking(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    match app.service.set_marking(&who.actor, posted.one("marking")).await {
        Ok(()) => Ok(Redirect::to("/admin").into_response()),
        Err(ServiceError::Invalid(problems)) => {
            show(&app, &who, "", Told { problems, ..Told::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}

fn is_officer(view: &AccountView) -> bool {
    !view.account.disabled
        && view.grants.iter().any(|grant| grant.unit.is_empty() && grant.role == Role::Officer)
}

fn new_link(email: &str, token: &str) -> Markup {
    html! {
        div.problems role="status" {
            p { (Words::of("admin-link").around("for", html! { strong { (Words::of("admin-link-for").with("email", email)) } })) }
            p { code { "/sign-in/" (token) } }
            p.muted { (say("admin-link-address")) }
        }
    }
}

fn account(app: &App, who: &Who, view: &AccountView, units: &[(String, String)]) -> Markup {
    let account = &view.account;
    let own = account.id == who.actor.account;
    let unit = |id: &str| match id {
        "" => say("admin-everywhere"),
        id => units
            .iter()
            .find(|(known, _)| known == id)
            .map_or_else(|| id.to_owned(), |(_, name)| name.clone()),
    };
    let since = from_micros(account.created_at);
    html! {
        tr {
            th scope="row" { (account.email) @if !account.name.is_empty() { br; span.muted { (account.name) } } }
            td {
                @if account.disabled { (badge::state(&say("admin-disabled"), Progress::Aside)) }
                @else { (badge::state(&say("admin-may-sign-in"), Progress::Done)) }
                @if account.password_hash.is_none() { br; span.muted { (say("admin-no-password")) } }
            }
            td {
                @for grant in &view.grants {
                    form.buttons method="post" action="/admin/role" {
                        (hidden(who, &account.email))
                        input type="hidden" name="unit" value=(grant.unit);
                        input type="hidden" name="role" value="";
                        span { (roles::said(grant.role)) " " span.muted { (unit(&grant.unit)) } }
                        @if !(own && grant.unit.is_empty()) { button.small.plain title=(Words::of("admin-take-away-role").with("role", roles::said(grant.role)).with("unit", unit(&grant.unit)).said()) { (say("admin-take-away")) } }
                    }
                }
                @if view.grants.is_empty() { span.muted { (say("none")) } }
            }
            td { (when::when(since, app.service.now())) }
            td {
                details {
                    summary.button.small { (say("admin-change-more")) }
                    form.form method="post" action="/admin/role" {
                        (hidden(who, &account.email))
                        (role_and_unit(&account.id, units))
                        div.buttons.wide { button.small { (say("admin-give")) } }
                    }
                    form.buttons method="post" action="/admin/link" { (hidden(who, &account.email)) button.small { (say("admin-new-link")) } }
                    @if !own { (enable(who, view)) }
                }
            }
        }
    }
}

fn enable(who: &Who, view: &AccountView) -> Markup {
    let email = &view.account.email;
    html! {
        @if view.account.disabled {
            form.buttons method="post" action="/admin/enabled" {
                (hidden(who, email)) input type="hidden" name="enabled" value="yes";
                button.small { (say("admin-enable")) }
            }
        } @else {
            (confirm(&Confirm {
                id: format!("disable-{}", view.account.id),
                verb: say("admin-disable"),
                question: Words::of("admin-disable-question").with("email", email).said(),
                consequence: say("admin-disable-follows"),
                action: format!("/admin/enabled?email={}", crate::list::encoded(email)),
                csrf: who.csrf.clone(),
            }))
        }
    }
}

fn hidden(who: &Who, email: &str) -> Markup {
    html! {
        input type="hidden" name="_csrf" value=(who.csrf);
        input type="hidden" name="email" value=(email);
    }
}

fn role_and_unit(id: &str, units: &[(String, String)]) -> Markup {
    let (role_id, unit_id) = (format!("role-{id}"), format!("unit-{id}"));
    html! {
        div.field {
            label for=(role_id) { (say("admin-role")) }
            select #(role_id) name="role" required {
                @for role in Role::ALL { option value=(role.word()) { (roles::said(role)) } }
            }
        }
        div.field {
            label for=(unit_id) { (say("admin-in")) }
            select #(unit_id) name="unit" {
                option value="" { (say("account-whole")) }
                @for (id, name) in units { option value=(id) { (name) } }
            }
        }
    }
}

fn add_form(who: &Who, units: &[(String, String)], problems: &[FieldProblem]) -> Markup {
    html! {
        form.form #add method="post" action=(safe("/admin/accounts")) {
            input type="hidden" name="_csrf" value=(who.csrf);
            div.field {
                label for="new-email" { (say("account-email")) }
                input #new-email type="email" name="email" required autocomplete="off";
                @for problem in problems.iter().filter(|problem| problem.field == "email") { p.field-problem lang=[language::of_english()] { (problem.message) } }
            }
            div.field { label for="new-name" { (say("account-name")) } input #new-name type="text" name="name" autocomplete="off"; }
            (role_and_unit("new", units))
            p.help.wide { (say("admin-roles-help")) }
            div.buttons.wide { button.primary { (say("admin-add-button")) } }
        }
    }
}

fn role_of(posted: &Posted) -> Option<Role> {
    Role::from_word(posted.one("role"))
}

async fn add(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    let role = role_of(&posted).ok_or_else(|| ServiceError::field("role", "choose a role"))?;
    let (email, unit) = (posted.one("email"), posted.one("unit"));
    match app.service.create_account(&who.actor, email, posted.one("name"), None, (role, unit)).await {
        Ok(account) => {
            let token = app.service.one_time_link(&who.actor, &account.email).await?;
            let told = Told { link: Some((account.email, token)), ..Told::default() };
            show(&app, &who, "", told).await
        }
        Err(error) => refused(&app, &who, error).await,
    }
}

async fn role(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    let done =
        app.service.set_role(&who.actor, posted.one("email"), posted.one("unit"), role_of(&posted)).await;
    match done {
        Ok(()) => Ok(Redirect::to("/admin").into_response()),
        Err(error) => refused(&app, &who, error).await,
    }
}

async fn enabled(State(app): State<App>, who: Who, address: ListAddress, posted: Posted) -> Answer {
    let email = address.some("email").unwrap_or_else(|| posted.one("email").to_owned());
    let wanted = if posted.one("enabled") == "yes" { Enabled::Yes } else { Enabled::No };
    match app.service.set_disabled(&who.actor, &email, wanted).await {
        Ok(()) => Ok(Redirect::to("/admin").into_response()),
        Err(error) => refused(&app, &who, error).await,
    }
}

/// The answer to the post shows the link; it is in no address and no log, and gone when the page is left.
async fn link(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    let email = posted.one("email").to_owned();
    match app.service.one_time_link(&who.actor, &email).await {
        Ok(token) => show(&app, &who, "", Told { link: Some((email, token)), ..Told::default() }).await,
        Err(error) => refused(&app, &who, error).await,
    }
}

async fn refused(app: &App, who: &Who, error: ServiceError) -> Answer {
    let problems = match error {
        ServiceError::Invalid(problems) => problems,
        ServiceError::Refused(message) => vec![FieldProblem::new("", message)],
        error => return Err(PageError::Service(error)),
    };
    show(app, who, "", Told { problems, ..Told::default() }).await
}
