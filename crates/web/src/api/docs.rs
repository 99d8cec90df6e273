//! The API for people: every endpoint with what it takes and gives.

use super::openapi::type_name;
use super::routes::{Gives, Parameter, ROUTES, Route, Sends};
use crate::error::Answer;
use crate::look::badge;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use axum::extract::State;
use maud::{Markup, html};

/// The page.
pub(super) async fn page(State(app): State<App>, who: Who) -> Answer {
    let kinds: Vec<_> = app.service.registry().kinds().collect();
    let lead = html! {
        strong { (ROUTES.len()) " endpoints" } " below " code { "/api/v1" } " say and do in JSON what the pages do, with the same roles. "
        a href="/api/v1/openapi.json" { "OpenAPI 3.1 document" } "."
    };
    let main = html! {
        (shell::heading(&[], "API", lead, html! {}))
        (section("Signing in", html! {}, html! {
            p { "A program sends " code { "Authorization: Bearer …" } " with a token that somebody made for it under " a href="/account#tokens" { "Account" } ": it may do what they may, or less. A browser's cookie works as well; writing with it needs the session's request token in " code { "X-CSRF" } "." }
            p { "Changing or removing a record needs the version that was read: " code { "If-Match: \"3\"" } " or " code { "?version=3" } ". A newer version answers 409." }
            p { "An error is " code { "{\"code\", \"message\", \"remedy\", \"problems\": [{\"field\", \"message\"}]}" } " with the status that fits the code." }
        }))
        (section("Endpoints", html! {}, html! {
            div.scroll { table.rows {
                thead { tr { th scope="col" { "Method" } th scope="col" { "Path" } th scope="col" { "What it does" } th scope="col" { "Takes" } th scope="col" { "Gives" } } }
                tbody { @for route in ROUTES { (endpoint(route)) } }
            } }
        }))
        (section("Kinds", html! { (kinds.len()) }, html! {
            div.scroll { table.rows {
                thead { tr { th scope="col" { code { "{kind}" } } th scope="col" { "Schema" } th scope="col" { "What it says" } th scope="col" { "Fields" } } }
                tbody {
                    @for kind in kinds {
                        tr {
                            th scope="row" { a href=(format!("/records/{}", kind.spec.name)) { (kind.spec.name) } }
                            td { code { (type_name(kind.spec.name)) } }
                            td { (kind.spec.about) }
                            td { span.muted { (kind.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ")) } }
                        }
                    }
                }
            } }
        }))
    };
    Page::new("API", Place::Record, "/api/v1/docs").with(&app, &who, main).await
}

fn endpoint(route: &Route) -> Markup {
    let takes = match route.sends {
        Sends::Nothing => "",
        Sends::Record => "the record's body",
        Sends::Fields => "fields of the record",
        Sends::Step => "to, fields",
        Sends::File => "the file's bytes",
    };
    let gives = match route.gives {
        Gives::Record => "the record",
        Gives::Created => "the new record (201)",
        Gives::Records => "a page of records",
        Gives::Page => "a page",
        Gives::List => "a list",
        Gives::Object => "an object",
        Gives::Nothing => "nothing (204)",
    };
    html! {
        tr {
            td { (badge::tag(&route.method.to_uppercase())) }
            th scope="row" { code { (route.path) } }
            td { (route.summary) }
            td {
                (takes)
                @for (at, Parameter(name, _, about)) in route.query.iter().enumerate() {
                    @if at > 0 || !takes.is_empty() { ", " }
                    code title=(about) { (name) }
                }
            }
            td { (gives) }
        }
    }
}
