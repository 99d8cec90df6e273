//! A page around its content: the shell filled in for whoever is signed in.

use crate::error::PageError;
use crate::guides;
use crate::list::encoded;
use crate::look::Link;
use crate::look::day::Day;
use crate::look::panel::PANEL_ID;
use crate::look::shell::{self, Account, Flash, Here, Place, Shell, Spoken, Tab};
use crate::look::when;
use crate::pages::help;
use crate::scope::{PARAMETER, is_list, word};
use crate::server::App;
use crate::session::{Looking, Who};
use crate::words::{Words, roles, say};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::Markup;
use warrant_model::scope::Role;
use warrant_service::{Scope, ServiceError};

/// A page in the making.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// The window's title.
    pub title: &'a str,
    /// The place it belongs to.
    pub place: Place,
    /// Its own address, to mark it in the rail.
    pub here: &'a str,
    /// Messages above the content.
    pub flashes: Vec<Flash>,
    /// The day it is shown as of, where it can be chosen.
    pub day: Option<Day>,
    /// Whether its content is in the language of the person, or in English as all that the engine names is.
    pub spoken: Spoken,
    /// Where its guide is looked up; empty: by `here`.
    pub guide: String,
    /// The status of the answer.
    pub status: StatusCode,
}

impl<'a> Page<'a> {
    /// An ordinary page.
    pub fn new(title: &'a str, place: Place, here: &'a str) -> Self {
        Self {
            title,
            place,
            here,
            flashes: Vec::new(),
            day: None,
            spoken: Spoken::English,
            guide: String::new(),
            status: StatusCode::OK,
        }
    }

    /// The page whose content is in the language of the person, as the shell is.
    pub fn in_the_chosen_language(self) -> Self {
        Self { spoken: Spoken::Chosen, ..self }
    }

    /// The page with the guide of this address.
    pub fn guided_by(self, address: &str) -> Self {
        Self { guide: address.to_owned(), ..self }
    }

    /// The page with its content, in the shell.
    pub async fn with(self, app: &App, who: &Who, main: Markup) -> Result<Response, PageError> {
        let organisation = app.service.organisation_name().await?;
        let size = app.service.ledger_size().await?;
        let role = who.actor.highest.map_or_else(|| say("role-none"), roles::said);
        let guide = guides::of(if self.guide.is_empty() { self.here } else { &self.guide });
        let mut links = vec![Link::new(say("shell-account"), "/account")];
        if who.actor.everywhere >= Some(Role::Officer) {
            links.push(Link::new(say("shell-admin"), "/admin"));
        }
        let position =
            Words::of("shell-position").with("size", i64::try_from(size).unwrap_or(i64::MAX)).said();
        let printed = [
            format!("{organisation} · {}", shown(who)),
            format!("{} · {} UTC · {position}", who.path, when::minute(app.service.now())),
        ];
        let shell = Shell {
            title: self.title.to_owned(),
            spoken: self.spoken,
            organisation,
            place: Some(self.place),
            links: tabs_of(self.place, self.here),
            scope: Some(scope(who)),
            news: app.service.count_news(&who.actor).await?,
            query: String::new(),
            account: Some(Account {
                name: if who.actor.name.is_empty() {
                    who.actor.email.clone()
                } else {
                    who.actor.name.clone()
                },
                about: format!("{} · {role}", who.actor.email),
                links,
                csrf: who.csrf.clone(),
            }),
            marking: marking(app, who).await?,
            day: self.day,
            guide: guide.map(help::href),
            flashes: self.flashes,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            position,
            printed,
        };
        Ok((self.status, shell::page(&shell, main)).into_response())
    }
}

/// The switch that narrows lists, which leads back to this one, or to the systems from a page that is no list.
fn scope(who: &Who) -> Markup {
    let list = if is_list(&who.path) { who.path.as_str() } else { "/systems" };
    let choose = format!("/scope?here={}", encoded(list));
    let lift = |_: &Looking| format!("{list}?{PARAMETER}={}", encoded(&word(&Scope::Organisation)));
    shell::scope_switch(&shown(who), &choose, who.scope.as_ref().map(lift).as_deref())
}

/// What lists are narrowed to.
fn shown(who: &Who) -> String {
    who.scope.as_ref().map_or_else(|| say("scope-whole"), |looking| looking.title.clone())
}

/// What stands above and below: a system's own marking on its pages, the organisation's on all others.
async fn marking(app: &App, who: &Who) -> Result<Option<String>, PageError> {
    let system = who.path.strip_prefix("/systems/").and_then(|rest| rest.split('/').next());
    if let Some(system) = system {
        match app.service.marking_of(&who.actor, &crate::posted::decoded(system)).await {
            Err(ServiceError::NotFound { .. }) => {}
            found => return Ok(found?),
        }
    }
    Ok(app.service.marking().await?)
}

/// Whether the script asks for the side panel alone.
pub(crate) fn wants_panel(headers: &HeaderMap) -> bool {
    headers.get("x-fragment").is_some_and(|id| id.as_bytes() == PANEL_ID.as_bytes())
}

/// The links below a place.
fn tabs_of(place: Place, here: &str) -> Vec<Tab> {
    let links: &[(&'static str, &str)] = match place {
        Place::Today => &[("places-queue", "/"), ("places-overview", "/overview")],
        Place::Systems => &[
            ("places-all-systems", "/systems"),
            ("places-findings", "/findings"),
            ("places-controls", "/controls"),
            ("places-poa-m", "/poam"),
        ],
        Place::Programme => &[
            ("places-risk", "/risk"),
            ("places-portfolio", "/risk/portfolio"),
            ("places-budget-and-staffing", "/budget"),
            ("places-units", "/records/unit"),
            ("places-people", "/records/person"),
            ("places-stakeholders", "/records/stakeholder"),
            ("places-tasks", "/records/task"),
            ("places-exceptions", "/records/exception"),
            ("places-training", "/programme/training"),
        ],
        Place::Watch => &[
            ("places-sources", "/watch"),
            ("places-advisories", "/watch/advisories"),
            ("places-releases", "/watch/releases"),
        ],
        Place::Record => &[
            ("places-import", "/import"),
            ("places-evidence", "/evidence"),
            ("places-ledger", "/record/ledger"),
            ("places-kinds", "/records"),
            ("places-checks", "/checks"),
        ],
    };
    let tab = |(name, href): &(&'static str, &str)| Tab {
        title: say(name),
        href: (*href).to_owned(),
        count: None,
        here: if *href == here { Here::Yes } else { Here::No },
    };
    links.iter().map(tab).collect()
}
