//! What ends or falls due within a month: leave, exceptions, agreements, plans.

use super::{MONTH, Overview};
use crate::error::PageError;
use crate::look::empty::none;
use crate::look::link::safe;
use crate::look::when;
use crate::pages::sources::record_href;
use crate::pages::systems::{Leave, Standing};
use crate::past;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use warrant_model::time::{day, plus_days};
use warrant_service::query::RecordQuery;

/// Something that ends or falls due.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Expiring {
    pub(super) on: Date,
    pub(super) what: &'static str,
    pub(super) title: String,
    pub(super) href: String,
    pub(super) system: String,
}

/// Records looked at: kind, state (empty: any), the field with the day, what it is called.
const LOOKED_AT: [(&str, &str, &str, &str); 5] = [
    ("exception", "approved", "expires", "expiring-exception"),
    ("interconnection", "", "agreement_expires", "expiring-agreement"),
    ("poam_item", "planned", "due", "expiring-plan"),
    ("poam_item", "ongoing", "due", "expiring-plan"),
    ("poam_item", "validating", "due", "expiring-plan"),
];

/// The most records of one kind and state that are looked at.
const MOST: i64 = 5_000;

/// Rows shown.
const SHOWN: usize = 9;

/// Everything that ends within the month, soonest first.
pub(super) async fn load(
    app: &App,
    who: &Who,
    systems: &[Standing],
    (now, as_of): (Timestamp, Option<Date>),
) -> Result<Vec<Expiring>, PageError> {
    let (today, last) = (day(now), day(plus_days(now, MONTH)));
    let name = |id: &str| systems.iter().find(|s| s.row.id == id).map_or("", |s| s.name()).to_owned();
    let mut found: Vec<_> = systems.iter().filter_map(|system| leave(system, last, as_of)).collect();
    for (kind, state, field, what) in LOOKED_AT {
        let query = RecordQuery {
            kind: kind.to_owned(),
            state: Some(state.to_owned()).filter(|state| !state.is_empty()),
            limit: MOST,
            ..RecordQuery::default()
        };
        let listed = match as_of {
            None => app.service.list_records(&who.actor, &query).await?,
            Some(_) => app.service.list_records_at(&who.actor, &query, now).await?,
        };
        for row in listed.rows {
            let on = row.body[field].as_str().and_then(|text| text.parse::<Date>().ok());
            let Some(on) = on.filter(|on| *on >= today && *on <= last) else { continue };
            let href = past::href(&record_href(kind, &row.id), as_of);
            let system = name(&row.system);
            found.push(Expiring { on, what, title: row.title, href, system });
        }
    }
    found.sort();
    Ok(found)
}

fn leave(system: &Standing, last: Date, as_of: Option<Date>) -> Option<Expiring> {
    let (Leave::EndsSoon(on, _) | Leave::Given(on, _)) = system.leave else { return None };
    (on <= last).then(|| Expiring {
        on,
        what: "expiring-leave",
        title: system.name().to_owned(),
        href: past::href(&record_href("system", &system.row.id), as_of),
        system: system.name().to_owned(),
    })
}

/// The list.
pub(super) fn list(view: &Overview) -> Markup {
    let Overview { expiring, now, as_of, .. } = view;
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
                                td.fit { (say(one.what)) }
                                th scope="row" { a href=(safe(&one.href)) { (one.title) } }
                                td.fit { (one.system) }
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
