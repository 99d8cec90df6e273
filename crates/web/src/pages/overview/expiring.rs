//! What ends or falls due within a month: leave, exceptions, agreements, plans.

use super::Overview;
use crate::look::empty::none;
use crate::look::link::safe;
use crate::look::when;
use crate::pages::sources::record_href;
use crate::past;
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_model::time::day;
use warrant_service::ending::{Ending, Ends};

/// Rows shown.
const SHOWN: usize = 9;

/// What it is called.
fn what(ends: Ends) -> &'static str {
    match ends {
        Ends::Agreement => "expiring-agreement",
        Ends::Exception => "expiring-exception",
        Ends::Leave => "expiring-leave",
        Ends::Plan => "expiring-plan",
    }
}

/// The list.
pub(super) fn list(view: &Overview) -> Markup {
    let Overview { expiring, now, as_of, .. } = view;
    let href = |one: &Ending| past::href(&record_href(&one.kind, &one.id), *as_of);
    // Leave is of the system itself.
    let system = |one: &Ending| {
        let id = if one.ends == Ends::Leave { &one.id } else { &one.system };
        view.systems.iter().find(|s| s.row.id == *id).map_or("", |s| s.name()).to_owned()
    };
    html! {
        @if expiring.is_empty() { (none("expiring-none")) }
        @else {
            div.scroll {
                table {
                    thead { tr { th scope="col" { (say("column-day")) } th scope="col" { (say("column-what")) } th scope="col" { (say("column-which")) } th scope="col" { (say("column-system")) } } }
                    tbody {
                        @for one in expiring.iter().take(SHOWN) {
                            tr {
                                td.fit { time datetime=(one.on) { (one.on) } " " span.muted { (when::distance(one.on, day(*now))) } }
                                td.fit { (say(what(one.ends))) }
                                th scope="row" { a href=(safe(&href(one))) { (one.title) } }
                                td.fit { (system(one)) }
                            }
                        }
                    }
                }
            }
            @if expiring.len() > SHOWN { p.muted {
                @let link = |path: &str, name: &'static str| html! { a href=(past::href(path, *as_of)) { (say(name)) } };
                (Words::of("expiring-more")
                    .with("count", expiring.len() - SHOWN)
                    .around("plans", link("/poam", "expiring-plans"))
                    .around("exceptions", link("/records/exception", "expiring-exceptions"))
                    .around("systems", link("/systems", "expiring-systems")))
            } }
        }
    }
}
