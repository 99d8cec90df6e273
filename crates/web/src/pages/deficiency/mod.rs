//! One deficiency: what is wrong, where it can be seen, why it ranks where it does, what would end it.

mod actions;
mod detail;
mod grounds;
mod known;
mod notes;
mod prefill;
mod rank;

pub(super) use prefill::Prefill;

use crate::error::{Answer, PageError, Told};
use crate::list::{ListAddress, encoded};
use crate::look::panel::{Panel, panel, section};
use crate::look::shell::{self, Flash, Place, Spoken};
use crate::look::words::english;
use crate::look::{Link, badge, when};
use crate::page::{Page, wants_panel};
use crate::pages::records::next;
use crate::past;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use detail::{Detail, Shown};
use jiff::civil::Date;
use maud::{Markup, html};
use warrant_service::ServiceError;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/deficiencies/{id}", get(page))
        .route("/deficiencies/{id}/notes", post(add_note))
        .route("/deficiencies/{id}/{deed}", get(form))
}

/// The address of a deficiency.
pub(super) fn href(id: &str) -> String {
    format!("/deficiencies/{}", encoded(id))
}

/// The address of a deficiency as it stood on a day: what has ended since is found by its system.
pub(super) fn href_then(id: &str, system: &str, as_of: Option<Date>) -> String {
    match as_of {
        None => href(id),
        Some(date) => format!("{}?system={}&as_of={date}", href(id), encoded(system)),
    }
}

/// What can be done about any deficiency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// Give somebody a task.
    Assign,
    /// Plan it in the POA&M.
    Plan,
    /// Live with it until a day.
    Except,
}

/// The queue without any filter.
const QUEUE: &str = "/";

/// Where a request came from, as an address of this site. Rows need not repeat the list they stand in.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let referer = headers.get(header::REFERER)?.to_str().ok()?;
    let (_, rest) = referer.split_once("://")?;
    let path = rest.find('/').and_then(|at| rest.get(at..))?;
    next::local(path).map(str::to_owned)
}

impl Deed {
    fn word(self) -> &'static str {
        match self {
            Self::Assign => "assign",
            Self::Plan => "plan",
            Self::Except => "except",
        }
    }

    /// The short address of its form, which leads back to where it was opened.
    pub(super) fn href(self, id: &str) -> String {
        format!("{}/{}", href(id), self.word())
    }
}

/// Sends to the form, filled in.
async fn form(
    State(app): State<App>,
    who: Who,
    Path((id, deed)): Path<(String, String)>,
    headers: HeaderMap,
    list: ListAddress,
) -> Answer {
    let row = app.service.deficiency(&who.actor, &id).await?;
    let back = list.some("next").or_else(|| came_from(&headers)).unwrap_or_else(|| QUEUE.to_owned());
    let prefill = Prefill::new(&row, &back, warrant_model::time::day(app.service.now()));
    let form = [Deed::Assign, Deed::Plan, Deed::Except].into_iter().find(|known| known.word() == deed);
    let form = form.and_then(|deed| match deed {
        Deed::Assign => Some(prefill.assign()),
        Deed::Plan => prefill.plan(),
        Deed::Except => prefill.except(),
    });
    let absent =
        || PageError::Service(ServiceError::NotFound { what: "form for this deficiency", name: deed });
    form.map(|form| Redirect::to(&form).into_response()).ok_or_else(absent)
}

async fn page(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Path(id): Path<String>,
    list: ListAddress,
) -> Answer {
    let shown = if wants_panel(&headers) { Shown::Panel } else { Shown::Page };
    let detail = match past::as_of(&app, &list)? {
        None => Detail::load(&app, &who, &id, shown).await?,
        Some(date) => Detail::then(&app, &who, (&id, list.some("system")), date, shown).await?,
    };
    match shown {
        Shown::Panel => Ok(panel_answer(&detail, &who)),
        Shown::Page => page_answer(&app, &who, &detail, None).await,
    }
}

fn panel_answer(detail: &Detail, who: &Who) -> Response {
    let deficiency = &detail.row.deficiency;
    let view = Panel {
        spoken: Spoken::Chosen,
        title: deficiency.title.clone(),
        over: format!("{} · {}", say("deficiency"), detail.where_it_is()),
        href: href_then(&deficiency.id, &detail.row.system, detail.as_of),
        body: html! {
            p { (badge::severity(deficiency.severity)) " " (english(&deficiency.why)) }
            (known::known(detail))
            (section(&say("deficiency-end"), html! {}, actions::actions(detail)))
            (section(&say("deficiency-grounds"), grounds::count(deficiency), grounds::grounds(detail)))
            (section(&say("deficiency-rank"), rank::score(&deficiency.rank), rank::rank(&deficiency.rank)))
            (section(&say("deficiency-controls"), html! {}, known::controls(detail)))
            (section(&say("deficiency-notes"), html! {}, notes::notes(detail, who, None)))
        },
        actions: actions::buttons(detail),
    };
    let mut answer = panel(&view).into_response();
    answer.headers_mut().insert("x-fragment", HeaderValue::from_static(crate::look::panel::PANEL_ID));
    answer
}

/// The page; `problem` is what was wrong with a note.
async fn page_answer(app: &App, who: &Who, detail: &Detail, problem: Option<&str>) -> Answer {
    let deficiency = &detail.row.deficiency;
    let main = html! {
        (shell::heading(&over(detail), english(&deficiency.title), lead(detail), actions::buttons(detail)))
        (known::known(detail))
        div.columns {
            div {
                (section(&say("deficiency-grounds"), grounds::count(deficiency), grounds::grounds(detail)))
                (section(&say("deficiency-notes"), html! {}, notes::notes(detail, who, problem)))
            }
            div {
                (section(&say("deficiency-end"), html! {}, actions::actions(detail)))
                (section(&say("deficiency-rank"), rank::score(&deficiency.rank), rank::rank(&deficiency.rank)))
                (section(&say("deficiency-controls"), html! {}, known::controls(detail)))
            }
        }
    };
    let mut page = Page::new(&deficiency.title, Place::Today, "/").in_the_chosen_language();
    let own = ListAddress::bare(href(&deficiency.id));
    page.day = Some(past::control(app, &own, "system", detail.as_of).await?);
    if let Some(problem) = problem {
        page.status = StatusCode::UNPROCESSABLE_ENTITY;
        page.flashes.push(Flash::problem(Told::because("note-not-kept", problem)));
    }
    page.with(app, who, main).await
}

fn over(detail: &Detail) -> Vec<Link> {
    let mut over = vec![Link::new(say("place-today"), past::href("/", detail.as_of))];
    if !detail.row.system.is_empty() {
        let system = super::sources::record_href("system", &detail.row.system);
        over.push(Link::new(detail.where_it_is(), past::href(&system, detail.as_of)));
    }
    over
}

fn lead(detail: &Detail) -> Markup {
    let deficiency = &detail.row.deficiency;
    html! {
        (Words::of("deficiency-since")
            .with("age", when::age(deficiency.since, detail.now))
            .around("severity", badge::severity(deficiency.severity))
            .around("day", when::time(deficiency.since)))
        " " (english(&deficiency.why))
    }
}

async fn add_note(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Answer {
    let row = app.service.deficiency(&who.actor, &id).await?;
    match notes::create(&app, &who, &row, &posted).await {
        Ok(()) => Ok(Redirect::to(&href(&id)).into_response()),
        Err(PageError::Service(ServiceError::Invalid(problems))) => {
            let shown = if wants_panel(&headers) { Shown::Panel } else { Shown::Page };
            let detail = Detail::load(&app, &who, &id, shown).await?;
            let problem = problems.first().map_or("the note cannot be kept", |problem| &problem.message);
            page_answer(&app, &who, &detail, Some(problem)).await
        }
        Err(error) => Err(error),
    }
}
