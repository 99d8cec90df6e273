//! Administration: a page for each of its subjects under common tabs, for officers of the whole organisation.

mod backups;
mod catalogues;
mod jobs;
mod people;
mod tokens;

use crate::error::Answer;
use crate::look::shell::{self, Flash, Here, Place, Tab};
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use crate::words::say;
use axum::Router;
use axum::http::StatusCode;
use maud::{Markup, html};

/// The routes of these pages.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .merge(people::routes())
        .merge(tokens::routes())
        .merge(jobs::routes())
        .merge(catalogues::routes())
        .merge(backups::routes())
}

/// A page of administration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    People,
    Tokens,
    Jobs,
    Catalogues,
    Backups,
}

impl At {
    const ALL: [Self; 5] = [Self::People, Self::Tokens, Self::Jobs, Self::Catalogues, Self::Backups];

    fn title(self) -> String {
        say(match self {
            Self::People => "admin-tab-people",
            Self::Tokens => "admin-tab-tokens",
            Self::Jobs => "admin-tab-jobs",
            Self::Catalogues => "admin-tab-catalogues",
            Self::Backups => "admin-tab-backups",
        })
    }

    fn href(self) -> &'static str {
        match self {
            Self::People => "/admin",
            Self::Tokens => "/admin/tokens",
            Self::Jobs => "/admin/jobs",
            Self::Catalogues => "/admin/catalogues",
            Self::Backups => backups::HREF,
        }
    }
}

/// What a page of administration shows.
struct Shown {
    at: At,
    lead: Markup,
    actions: Markup,
    /// What went wrong, above the page.
    problem: Option<Flash>,
    main: Markup,
}

/// The page under its tabs. Units are records like others and have their own list.
async fn show(app: &App, who: &Who, shown: Shown) -> Answer {
    app.service.may_administer(&who.actor)?;
    let Shown { at, lead, actions, problem, main } = shown;
    let tab = |of: At| Tab {
        title: of.title(),
        href: of.href().to_owned(),
        count: None,
        here: if of == at { Here::Yes } else { Here::No },
    };
    let units = Tab { title: say("places-units"), href: "/records/unit".to_owned(), ..Tab::default() };
    let tabs: Vec<Tab> = At::ALL.into_iter().map(tab).chain([units]).collect();
    let main = html! {
        (shell::heading(&[], say("admin-title"), lead, actions))
        (shell::tabs(&say("admin-title"), &tabs))
        (main)
    };
    let title = match at {
        At::People => say("admin-title"),
        at => format!("{} · {}", at.title(), say("admin-title")),
    };
    let mut page = Page::new(&title, Place::Record, at.href()).in_the_chosen_language();
    if let Some(problem) = problem {
        page.status = StatusCode::UNPROCESSABLE_ENTITY;
        page.flashes.push(problem);
    }
    page.with(app, who, main).await
}
