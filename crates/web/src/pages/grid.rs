//! Arranging lists: the columns somebody wants, and views saved under a name.

use crate::error::{Answer, PageError};
use crate::grid::{COLUMNS, setting};
use crate::list::{ListAddress, encoded};
use crate::look::link::safe;
use crate::look::panel::{PANEL_ID, Panel, panel};
use crate::look::shell::{self, Place, Spoken};
use crate::page::{Page, wants_panel};
use crate::pages::records::next;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use maud::{Markup, html};
use warrant_model::scope::Role;
use warrant_service::ServiceError;
use warrant_service::views::Shared;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/grid/columns", post(columns))
        .route("/grid/views", post(save))
        .route("/grid/views/new", get(new))
        .route("/grid/views/{id}/forget", post(forget))
}

/// The list a form was sent from.
fn list_of(posted: &Posted) -> Result<ListAddress, PageError> {
    let here = next::local(posted.one("here"));
    let here = here.ok_or_else(|| ServiceError::field("here", "the list was not named"))?;
    Ok(ListAddress::parse(here))
}

/// Keeps the chosen columns, and leads back to the list with them.
async fn columns(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    let list = list_of(&posted)?;
    let page = posted.one("page");
    let chosen = match posted.one("verb") {
        "reset" => Vec::new(),
        _ => moved(posted.all("column"), posted.one("up"), posted.one("down")),
    };
    let word = chosen.join(",");
    app.service.set_setting(&who.actor, &setting(page), &word).await?;
    Ok(Redirect::to(&list.with(COLUMNS, &word)).into_response())
}

/// The columns with one of them a place further up or down.
fn moved(mut columns: Vec<String>, up: &str, down: &str) -> Vec<String> {
    let at = |key: &str| columns.iter().position(|column| column == key);
    let pair = match (at(up), at(down)) {
        (Some(at), _) if at > 0 => Some((at - 1, at)),
        (_, Some(at)) if at + 1 < columns.len() => Some((at, at + 1)),
        _ => None,
    };
    if let Some((a, b)) = pair {
        columns.swap(a, b);
    }
    columns
}

/// The form that saves a view.
async fn new(State(app): State<App>, who: Who, headers: HeaderMap, address: ListAddress) -> Answer {
    let here = next::local(address.get("here"));
    let here = here.ok_or_else(|| ServiceError::field("here", "the list was not named"))?;
    let mut sharing = vec![(String::new(), say("view-nobody"))];
    if who.actor.everywhere >= Some(Role::Engineer) {
        sharing.push((Shared::Organisation.word().to_owned(), say("view-everybody")));
    }
    if who.actor.highest >= Some(Role::Engineer) {
        let units = app.service.choices(&who.actor, "unit", None).await?;
        sharing.extend(
            units.into_iter().map(|(id, title)| (id, Words::of("view-unit").with("unit", title).said())),
        );
    }
    let body = form(&who, here, &sharing);
    let own = format!("/grid/views/new?here={}", encoded(here));
    if wants_panel(&headers) {
        let view = Panel {
            spoken: Spoken::Chosen,
            title: say("view-title"),
            over: say("view-over"),
            href: own,
            body,
            actions: html! {},
        };
        let mut answer = panel(&view).into_response();
        answer.headers_mut().insert("x-fragment", HeaderValue::from_static(PANEL_ID));
        return Ok(answer);
    }
    let lead = html! { (say("view-lead")) };
    let main = html! { (shell::heading(&[], say("view-title"), lead, html! {})) (body) };
    Page::new(&say("view-title"), Place::Today, "").in_the_chosen_language().with(&app, &who, main).await
}

fn form(who: &Who, here: &str, sharing: &[(String, String)]) -> Markup {
    html! {
        form.form method="post" action="/grid/views" {
            input type="hidden" name="_csrf" value=(who.csrf);
            input type="hidden" name="here" value=(here);
            div.field {
                label for="view-name" { (say("view-name")) span.required { " " (say("required")) } }
                input #view-name type="text" name="name" maxlength="80" required autocomplete="off";
                p.help { (say("view-replaced")) }
            }
            div.field {
                label for="view-shared" { (say("view-shared")) }
                select #view-shared name="shared" { @for (value, word) in sharing { option value=(value) { (word) } } }
                p.help { (say("view-sees")) }
            }
            div.buttons.wide { button.primary { (say("button-save")) } a.button href=(safe(here)) { (say("button-cancel")) } }
        }
    }
}

async fn save(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    let list = list_of(&posted)?;
    let shared = Shared::from_word(posted.one("shared"));
    let address = (list.path.as_str(), list.query());
    app.service.save_view(&who.actor, posted.one("name"), (address.0, &address.1), &shared).await?;
    Ok(Redirect::to(&list.with("", "")).into_response())
}

async fn forget(State(app): State<App>, who: Who, Path(id): Path<String>, posted: Posted) -> Answer {
    let list = list_of(&posted)?;
    app.service.forget_view(&who.actor, &id).await?;
    Ok(Redirect::to(&list.with("", "")).into_response())
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn columns_move_by_one_and_stop_at_the_ends() {
        let columns = || ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!(moved(columns(), "b", ""), ["b", "a", "c"]);
        assert_eq!(moved(columns(), "a", ""), ["a", "b", "c"]);
        assert_eq!(moved(columns(), "", "b"), ["a", "c", "b"]);
        assert_eq!(moved(columns(), "", "c"), ["a", "b", "c"]);
        assert_eq!(moved(columns(), "zz", "zz"), ["a", "b", "c"]);
    }
}
