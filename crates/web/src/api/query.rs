//! Parameters of the address.

use super::error::ApiError;
use crate::list::ListAddress;
use crate::server::App;
use jiff::Timestamp;
use warrant_model::time::{end_of, parse};
use warrant_service::Actor;

/// The most rows of one answer.
pub(super) const MOST: i64 = 500;
/// Rows of an answer that does not say how many.
const USUAL: i64 = 50;

/// `limit` (1 to 500) and `offset`.
pub(super) fn page(address: &ListAddress) -> Result<(i64, i64), ApiError> {
    let limit = number(address, "limit", USUAL)?;
    if !(1..=MOST).contains(&limit) {
        return Err(ApiError::parameter("limit", format!("`limit` is from 1 to {MOST}")));
    }
    let offset = number(address, "offset", 0)?;
    if !(0..=100_000_000).contains(&offset) {
        return Err(ApiError::parameter("offset", "`offset` is from 0 to 100,000,000"));
    }
    Ok((limit, offset))
}

/// A whole number.
pub(super) fn number(address: &ListAddress, name: &str, otherwise: i64) -> Result<i64, ApiError> {
    let Some(text) = address.some(name) else { return Ok(otherwise) };
    text.parse().map_err(|_| ApiError::parameter(name, format!("`{text}` is no whole number")))
}

/// Yes or no.
pub(super) fn yes_no(address: &ListAddress, name: &str) -> Result<Option<bool>, ApiError> {
    match address.get(name) {
        "" => Ok(None),
        "true" | "yes" | "1" => Ok(Some(true)),
        "false" | "no" | "0" => Ok(Some(false)),
        other => Err(ApiError::parameter(name, format!("`{other}` is neither `true` nor `false`"))),
    }
}

/// An instant (RFC 3339), or a day, which means its end.
pub(super) fn instant(address: &ListAddress, name: &str) -> Result<Option<Timestamp>, ApiError> {
    let Some(text) = address.some(name) else { return Ok(None) };
    if let Ok(day) = text.parse::<jiff::civil::Date>()
        && text.len() == 10
    {
        return Ok(Some(end_of(day)));
    }
    let found = parse(&text);
    found.map(Some).ok_or_else(|| {
        ApiError::parameter(
            name,
            format!("`{text}` is no day (2026-11-23) and no instant (2026-11-23T10:00:00Z)"),
        )
    })
}

/// The id of the system named by id or title.
pub(super) async fn system(
    app: &App,
    actor: &Actor,
    address: &ListAddress,
) -> Result<Option<String>, ApiError> {
    match address.some("system") {
        Some(system) => Ok(Some(app.service.system_row(actor, &system).await?.id)),
        None => Ok(None),
    }
}

/// One of a set of words.
pub(super) fn word<T>(
    address: &ListAddress,
    name: &str,
    known: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, ApiError> {
    let Some(text) = address.some(name) else { return Ok(None) };
    known(&text)
        .map(Some)
        .ok_or_else(|| ApiError::parameter(name, format!("`{text}` is not one of its words")))
}
