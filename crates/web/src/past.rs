//! Lists shown as of a day that has passed: the day the address names, and the control that chooses it.

use crate::error::PageError;
use crate::list::ListAddress;
use crate::look::day::Day;
use crate::server::App;
use crate::words::Words;
use jiff::Timestamp;
use jiff::civil::Date;
use warrant_model::time::{day, end_of, from_micros, micros};

/// The parameter's name.
const AS_OF: &str = "as_of";

/// The day a list is shown as of; `None`: now.
pub(crate) fn as_of(app: &App, address: &ListAddress) -> Result<Option<Date>, PageError> {
    let wanted = address.get(AS_OF);
    if wanted.is_empty() {
        return Ok(None);
    }
    let date: Date =
        wanted.parse().map_err(|_| PageError::Refused(Words::of("error-no-day").with("day", wanted)))?;
    Ok(Some(date).filter(|date| *date < day(app.service.now())))
}

/// The last instant of a day.
pub(crate) fn last_instant(date: Date) -> Timestamp {
    from_micros(micros(end_of(date)).saturating_sub(1))
}

/// The address of something as of the day that a list is shown as of.
pub(crate) fn href(address: &str, as_of: Option<Date>) -> String {
    as_of.map_or_else(|| address.to_owned(), |date| format!("{address}?{AS_OF}={date}"))
}

/// The control of a list of a kind's records.
pub(crate) async fn control(
    app: &App,
    address: &ListAddress,
    kind: &str,
    as_of: Option<Date>,
) -> Result<Day, PageError> {
    let today = day(app.service.now());
    let since = app.service.first_of(kind).await?.map_or(today, day);
    Ok(Day { action: address.path.clone(), as_of, since, today })
}
