//! A statement and its values, built once for both engines.
//!
//! Text is pushed only from constants and from names out of fixed lists; everything that comes from people is
//! bound. Placeholders are `$1`, `$2`, …, which SQLite and PostgreSQL both accept.

/// A value bound to a statement. `None` is a typed NULL.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// BIGINT.
    Int(Option<i64>),
    /// DOUBLE PRECISION.
    Real(Option<f64>),
    /// TEXT.
    Text(Option<String>),
    /// BYTEA.
    Bytes(Vec<u8>),
    /// NULL in a BYTEA column.
    NoBytes,
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Int(Some(i64::from(value)))
    }
}

impl From<usize> for Value {
    fn from(value: usize) -> Self {
        Self::Int(i64::try_from(value).ok())
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Int(Some(i64::from(value)))
    }
}

impl From<Option<f64>> for Value {
    fn from(value: Option<f64>) -> Self {
        Self::Real(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Real(Some(value))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(Some(storable(value)))
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        if value.contains('\0') { Self::from(value.as_str()) } else { Self::Text(Some(value)) }
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::from(value.as_str())
    }
}

impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        value.map_or(Self::Text(None), Self::from)
    }
}

impl From<Option<&str>> for Value {
    fn from(value: Option<&str>) -> Self {
        value.map_or(Self::Text(None), Self::from)
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

/// PostgreSQL cannot store the NUL character in text; both engines store its visible sign instead, so that
/// they give the same answers.
fn storable(text: &str) -> String {
    if text.contains('\0') { text.replace('\0', "\u{2400}") } else { text.to_owned() }
}

/// A statement in the making.
#[derive(Clone, Debug, Default)]
pub struct Sql {
    /// The text.
    pub text: String,
    /// The values, in order of their placeholders.
    pub values: Vec<Value>,
}

impl Sql {
    /// A statement starting with constant text.
    pub fn new(text: &'static str) -> Self {
        let mut sql = Self::default();
        sql.push(text);
        sql
    }

    /// Adds constant text.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds a placeholder with its value.
    pub fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        self.text.push('$');
        self.text.push_str(&self.values.len().to_string());
        self
    }

    /// Adds constant text, then a value.
    pub fn with(mut self, text: &'static str, value: impl Into<Value>) -> Self {
        self.push(text).bind(value);
        self
    }

    /// Adds constant text at the end.
    pub fn then(mut self, text: &'static str) -> Self {
        self.push(text);
        self
    }

    /// Adds values separated by commas.
    pub fn bind_list<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) -> &mut Self {
        for (nth, value) in values.into_iter().enumerate() {
            if nth > 0 {
                self.push(", ");
            }
            self.bind(value);
        }
        self
    }
}

/// Before a column: no index is to be chosen for it. A plus on SQLite, nothing on PostgreSQL, which knows better.
pub const NOT_BY: &str = "/*+*/";

/// What tells rows of findings apart, and breaks the ties that an order leaves: any fixed order will do, and SQLite's
/// own row number is in every index.
pub const FINDING_TIE: &str = "/*tie*/f.id";

/// A statement of constant text whose placeholders `$1…` take these values.
pub fn sql<const N: usize>(text: &'static str, values: [Value; N]) -> Sql {
    Sql { text: text.to_owned(), values: values.into() }
}

/// Text for a `LIKE` pattern (with `ESCAPE '!'`) that matches anywhere, in lower case.
pub fn contains_pattern(text: &str) -> String {
    let escaped = text.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{escaped}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_count_up_with_their_values() {
        let mut statement = Sql::new("SELECT 1 WHERE a = ").with("", 5_i64).then(" AND b IN (");
        statement.bind_list(["x", "y"]).push(")");
        assert_eq!(statement.text, "SELECT 1 WHERE a = $1 AND b IN ($2, $3)");
        assert_eq!(statement.values.len(), 3);
    }

    #[test]
    fn patterns_match_their_text_only() {
        assert_eq!(contains_pattern("50%_Off!"), "%50!%!_off!!%");
    }
}
