//! Forms as they are posted: names and values, the request token checked.

use crate::error::{Fault, PageError};
use crate::server::App;
use crate::session::Who;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};
use warrant_model::field::{Field, FieldType};
use warrant_model::kind::FieldProblem;

/// A posted form whose token is that of the session. As an argument of a handler it refuses any other.
#[derive(Clone, Debug, Default)]
pub struct Posted {
    fields: Vec<(String, String)>,
}

impl FromRequest<App> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let who = Who::from_request_parts(&mut parts, app).await?;
        let request = Request::from_parts(parts, body);
        let body = String::from_request(request, app).await.map_err(IntoResponse::into_response)?;
        let posted = Self::parse(&body);
        posted.checked(&who).map_err(IntoResponse::into_response)
    }
}

impl Posted {
    /// Reads `application/x-www-form-urlencoded` text.
    pub fn parse(body: &str) -> Self {
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        };
        Self { fields: body.split('&').filter(|part| !part.is_empty()).map(pair).collect() }
    }

    /// Refuses when the token is not that of the session.
    pub fn checked(self, who: &Who) -> Result<Self, PageError> {
        if constant_time_equal(self.one("_csrf").as_bytes(), who.csrf.as_bytes()) {
            return Ok(self);
        }
        Err(Fault::Stale.into())
    }

    /// The first value of a name; empty when there is none.
    pub fn one(&self, name: &str) -> &str {
        self.fields.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value)
    }

    /// Every value of a name.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.fields.iter().filter(|(given, _)| given == name).map(|(_, value)| value.clone()).collect()
    }

    /// Whether a name was sent at all.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(given, _)| given == name)
    }

    /// The version the form was made from.
    pub fn version(&self) -> Option<i64> {
        self.one("_version").parse().ok()
    }

    /// The body of a record as the form says it, with what could not be understood. Names follow the contract
    /// of `look::form`: repeated names for several values, `rows.0.field` for rows.
    pub fn body(&self, fields: &[Field]) -> (Value, Vec<FieldProblem>) {
        let mut problems = Vec::new();
        (Value::Object(self.object("", fields, &mut problems)), problems)
    }

    fn object(&self, prefix: &str, fields: &[Field], problems: &mut Vec<FieldProblem>) -> Map<String, Value> {
        let mut object = Map::new();
        for field in fields {
            let name = format!("{prefix}{}", field.name);
            let value = match &field.value {
                FieldType::Rows(inner) => self.rows(&name, inner, problems),
                FieldType::Bool => match self.one(&name) {
                    "true" | "yes" => Some(Value::Bool(true)),
                    "false" | "no" => Some(Value::Bool(false)),
                    _ => None,
                },
                several if is_several(several) => {
                    let values: Vec<_> =
                        self.all(&name).into_iter().filter(|v| !v.trim().is_empty()).collect();
                    let mut text = values.join(";");
                    // Within rows several controls are one line of text.
                    if matches!(several, FieldType::Control(_)) {
                        text = text
                            .split([',', ';', ' '])
                            .filter(|id| !id.is_empty())
                            .collect::<Vec<_>>()
                            .join(";");
                    }
                    self.parsed(field, &name, &text, problems)
                }
                _ => self.parsed(field, &name, self.one(&name).trim(), problems),
            };
            if let Some(value) = value {
                object.insert(field.name.clone(), value);
            }
        }
        object
    }

    /// The numbers by which the rows of a field were sent, in order.
    pub fn row_numbers(&self, name: &str) -> Vec<u32> {
        let numbers = self.fields.iter().filter_map(|(given, _)| {
            given.strip_prefix(name)?.strip_prefix('.')?.split('.').next()?.parse::<u32>().ok()
        });
        let mut numbers: Vec<_> = numbers.collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.truncate(500);
        numbers
    }

    /// Those of them that say something: they are the rows of [`Posted::body`], in this order.
    pub fn rows_told(&self, name: &str, fields: &[Field]) -> Vec<u32> {
        let told =
            |number: &u32| !self.object(&format!("{name}.{number}."), fields, &mut Vec::new()).is_empty();
        self.row_numbers(name).into_iter().filter(told).collect()
    }

    fn rows(&self, name: &str, fields: &[Field], problems: &mut Vec<FieldProblem>) -> Option<Value> {
        let mut rows = Vec::new();
        for number in self.row_numbers(name) {
            let row = self.object(&format!("{name}.{number}."), fields, problems);
            if !row.is_empty() {
                rows.push(Value::Object(row));
            }
        }
        (!rows.is_empty()).then_some(Value::Array(rows))
    }

    fn parsed(
        &self,
        field: &Field,
        name: &str,
        text: &str,
        problems: &mut Vec<FieldProblem>,
    ) -> Option<Value> {
        match warrant_report::value_of(field, text) {
            Ok(value) => value,
            Err(message) => {
                problems.push(FieldProblem::new(name, message));
                None
            }
        }
    }
}

fn is_several(value: &FieldType) -> bool {
    use warrant_model::field::Many::Several;
    matches!(
        value,
        FieldType::Choices(_) | FieldType::List | FieldType::Link(_, Several) | FieldType::Control(Several)
    )
}

/// Whether two tokens are the same, in a time that does not tell where they differ; an empty one never is.
pub(crate) fn constant_time_equal(a: &[u8], b: &[u8]) -> bool {
    !b.is_empty() && a.len() == b.len() && a.iter().zip(b).fold(0, |diff, (a, b)| diff | (a ^ b)) == 0
}

/// Percent- and plus-decoding; bytes that are no UTF-8 become the replacement character.
pub(crate) fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let hex = |b: Option<&u8>| b.and_then(|b| (*b as char).to_digit(16));
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'+' => plain.push(b' '),
            b'%' => match (hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
                (Some(high), Some(low)) => {
                    plain.push((high * 16 + low) as u8);
                    at += 2;
                }
                _ => plain.push(b'%'),
            },
            byte => plain.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use warrant_model::Registry;

    #[test]
    fn forms_become_bodies() {
        let registry = Registry::standard();
        let kind = registry.kind("poam_item").unwrap();
        let posted = Posted::parse(
            "title=Patch+%26+test&system=system_x&controls=ac-2,+ra-5&controls=si-2&controls=&due=2026-12-01&milestones.0.title=Order&milestones.0.due=2026-11-30&milestones.7.title=&cost=1200.50",
        );
        let (body, problems) = posted.body(&kind.fields);
        assert_eq!(problems, []);
        assert_eq!(body["title"], "Patch & test");
        assert_eq!(body["controls"], serde_json::json!(["ac-2", "ra-5", "si-2"]));
        assert_eq!(body["milestones"], serde_json::json!([{"title": "Order", "due": "2026-11-30"}]));
        assert_eq!(body["cost"], 1200.5);
        let (_, problems) = Posted::parse("due=tomorrow").body(&kind.fields);
        assert_eq!(problems[0].field, "due");
    }

    #[test]
    fn tokens_must_be_the_sessions() {
        assert!(constant_time_equal(b"abc", b"abc"));
        assert!(!constant_time_equal(b"", b""));
        assert!(!constant_time_equal(b"abd", b"abc"));
    }
}
