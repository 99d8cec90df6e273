//! What of the queue is asked for, as the address says it.

use super::WEEK;
use crate::error::PageError;
use crate::list::{ListAddress, PAGE};
use crate::pages::myself;
use crate::server::App;
use crate::session::Who;
use jiff::Timestamp;
use warrant_model::level::Severity;
use warrant_model::time::{day, plus_days};
use warrant_service::query::DeficiencyQuery;

/// The word for the programme in the place of a system's id.
pub(super) const PROGRAMME: &str = "programme";

/// An owner that no deficiency has.
const NOBODY: &str = "-";

/// Reads the filters of an address. `me` is the person who asks, if there is a record of them.
pub(super) fn read(list: &ListAddress, me: Option<&str>, now: Timestamp) -> DeficiencyQuery {
    let system = list.some("system");
    DeficiencyQuery {
        text: list.get("q").to_owned(),
        system: system.map(|id| if id == PROGRAMME { String::new() } else { id }),
        check: list.some("check"),
        severity: Severity::from_word(list.get("severity")),
        owner: (list.get("mine") == "yes").then(|| me.unwrap_or(NOBODY).to_owned()),
        planned: match list.get("plan") {
            "planned" => Some(true),
            "unplanned" => Some(false),
            _ => None,
        },
        excepted: match list.get("excepted") {
            "only" => Some(true),
            "too" => None,
            _ => Some(false),
        },
        due_by: match list.get("due") {
            "overdue" => Some(day(plus_days(now, -1))),
            "week" => Some(day(plus_days(now, WEEK))),
            _ => None,
        },
        limit: PAGE,
        offset: list.offset(),
    }
}

/// The record of the person who asks, found by e-mail address.
pub(super) async fn me(app: &App, who: &Who) -> Result<Option<String>, PageError> {
    Ok(myself::record(app, who).await?.map(|row| row.id))
}

/// How many deficiencies fall to the person who asks.
pub(super) async fn mine(app: &App, who: &Who, me: Option<&str>) -> Result<i64, PageError> {
    if me.is_none() {
        return Ok(0);
    }
    Ok(app.service.count_queue(&who.actor, &own(me)).await?)
}

/// What falls to the person who asks.
pub(super) fn own(me: Option<&str>) -> DeficiencyQuery {
    let owner = Some(me.unwrap_or(NOBODY).to_owned());
    DeficiencyQuery { owner, excepted: Some(false), ..Default::default() }
}
