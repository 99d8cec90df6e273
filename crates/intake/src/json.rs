//! Reading JSON record by record, with the line of each, within bounds.
//!
//! A document is parsed once into a struct whose big arrays stay raw; [`Document::each`] then walks such an
//! array and hands out one typed record at a time. A record that does not fit its type is a problem noted with
//! its place; only text that is not JSON at all ends the reading.

use crate::lines::Lines;
use crate::reader::{Limits, Sink};
use crate::{ReadError, text};
use serde::de::{Deserialize, Deserializer, Error as _, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use warrant_model::fact::Place;

/// A JSON text and the means to say where something in it stands.
#[derive(Debug)]
pub struct Document<'a> {
    text: &'a str,
    lines: Lines,
    limits: Limits,
}

impl<'a> Document<'a> {
    /// Prepares a text, which [`crate::text::of`] gives, for reading.
    pub fn of(text: &'a str, limits: Limits) -> Self {
        Self { text, lines: Lines::of(text.as_bytes()), limits }
    }

    /// Parses the whole text.
    ///
    /// # Errors
    /// [`ReadError::Malformed`] with the line.
    pub fn parse<T: Deserialize<'a>>(&self) -> Result<T, ReadError> {
        serde_json::from_str(self.text).map_err(|error| malformed(&error, 1))
    }

    /// Parses a part of the text that was left raw.
    ///
    /// # Errors
    /// [`ReadError::Malformed`] with the line in the whole text.
    pub fn part<T: Deserialize<'a>>(&self, raw: &'a RawValue) -> Result<T, ReadError> {
        serde_json::from_str(raw.get()).map_err(|error| malformed(&error, self.line(raw)))
    }

    /// Whether the text is an array.
    pub fn is_array(&self) -> bool {
        self.text.trim_start().starts_with('[')
    }

    /// The 1-based line on which a raw part starts.
    pub fn line(&self, raw: &RawValue) -> u32 {
        self.lines.of_part(raw.get())
    }

    /// The place of a raw part.
    pub fn place(&self, raw: &RawValue, pointer: impl Into<String>) -> Place {
        Place::new(self.line(raw), pointer)
    }

    /// Hands each element of an array to `take`, with its place below `pointer`. No array (absent, `null`)
    /// has no elements; something else in its place, or an element that does not fit `T`, is a problem.
    ///
    /// # Errors
    /// What `take` returns, and [`ReadError::Limit`] for a text value above the limit.
    pub fn each<T: Deserialize<'a>>(
        &self,
        array: Option<&'a RawValue>,
        pointer: &str,
        sink: &mut dyn Sink,
        mut take: impl FnMut(Place, T, &mut dyn Sink) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let Some(array) = array else { return Ok(()) };
        if !array.get().starts_with('[') {
            sink.problem(self.place(array, pointer), "expected an array; it is left out".to_owned());
            return Ok(());
        }
        let mut index = 0_usize;
        let mut stopped = None;
        let walked =
            serde_json::Deserializer::from_str(array.get()).deserialize_seq(Walk(|raw: &'a RawValue| {
                let place = self.place(raw, format!("{pointer}/{index}"));
                index += 1;
                let done = self.record(raw, place, sink, &mut take);
                done.map_err(|error| stopped = Some(error)).is_ok()
            }));
        match (stopped, walked) {
            (Some(error), _) => Err(error),
            (None, Err(error)) => Err(malformed(&error, self.line(array))),
            (None, Ok(())) => Ok(()),
        }
    }

    fn record<T: Deserialize<'a>>(
        &self,
        raw: &'a RawValue,
        place: Place,
        sink: &mut dyn Sink,
        take: &mut impl FnMut(Place, T, &mut dyn Sink) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let limit = self.limits.text;
        if raw.get().len() > limit && longest_string(raw.get()) > limit {
            return Err(ReadError::Limit { what: "text length", limit: limit as u64, line: place.line });
        }
        match serde_json::from_str(raw.get()) {
            Ok(record) => take(place, record, sink)?,
            Err(error) => {
                let line = place.line.saturating_add(line_of(&error) - 1);
                sink.problem(Place::new(line, place.pointer), format!("{}; it is left out", words(&error)));
            }
        }
        let end = raw.get().as_ptr() as usize + raw.get().len();
        sink.progress(end.saturating_sub(self.text.as_ptr() as usize) as u64);
        Ok(())
    }
}

/// Walks an array without gathering it; the closure says whether to go on.
struct Walk<F>(F);

impl<'de, F: FnMut(&'de RawValue) -> bool> Visitor<'de> for Walk<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        while let Some(raw) = seq.next_element::<&'de RawValue>()? {
            if !(self.0)(raw) {
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

/// The length in bytes of the longest string literal, escapes counted as written.
fn longest_string(json: &str) -> usize {
    let (mut longest, mut length, mut inside, mut escaped) = (0, 0, false, false);
    for byte in json.bytes() {
        match (inside, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => {
                inside = !inside;
                length = 0;
                continue;
            }
            _ => {}
        }
        if inside {
            length += 1;
            longest = longest.max(length);
        }
    }
    longest
}

fn malformed(error: &serde_json::Error, first_line: u32) -> ReadError {
    let line = first_line.max(1).saturating_add(line_of(error) - 1);
    ReadError::Malformed { line, message: words(error) }
}

/// The 1-based line of an error within the text that was parsed.
fn line_of(error: &serde_json::Error) -> u32 {
    u32::try_from(error.line()).unwrap_or(u32::MAX).max(1)
}

/// What is wrong, without any of the file's own values: they may be secrets.
fn words(error: &serde_json::Error) -> String {
    use serde_json::error::Category;
    let full = error.to_string();
    let said = full.rsplit_once(" at line ").map_or(full.as_str(), |(said, _)| said);
    match error.classify() {
        Category::Eof => {
            "the text ends in the middle of a value; the file is cut off, export it again".to_owned()
        }
        Category::Data => match said.rsplit_once("expected ") {
            Some((_, expected)) => {
                format!("a value has the wrong type: expected {}", text::line(expected, 100))
            }
            None => text::line(said, 100),
        },
        Category::Syntax | Category::Io => format!("not well-formed JSON: {}", text::line(said, 100)),
    }
}

/// Field attributes for files that are loose with types: `#[serde(default, deserialize_with = "…")]`.
pub mod lenient {
    use super::*;
    use serde_json::Value;

    /// A string, number or boolean as text; `null`, empty text and anything else is `None`.
    ///
    /// # Errors
    /// Only when the JSON itself is broken.
    pub fn string<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
        Ok(word(Value::deserialize(from)?))
    }

    /// A text that must be there.
    ///
    /// # Errors
    /// When it is not text.
    pub fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
        String::deserialize(from).map(without_nul)
    }

    /// One text or an array of texts; what is not text is left out.
    ///
    /// # Errors
    /// Only when the JSON itself is broken.
    pub fn strings<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
        Ok(match Value::deserialize(from)? {
            Value::Array(items) => items.into_iter().filter_map(word).collect(),
            other => word(other).into_iter().collect(),
        })
    }

    /// A finite number, or text that is one.
    ///
    /// # Errors
    /// Only when the JSON itself is broken.
    pub fn number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
        let value = word(Value::deserialize(from)?);
        Ok(value.and_then(|word| word.trim().parse().ok()).filter(|number: &f64| number.is_finite()))
    }

    /// An array, one item in place of an array, or `null`; items that do not fit are left out.
    ///
    /// # Errors
    /// Only when the JSON itself is broken.
    pub fn list<'de, D: Deserializer<'de>, T: for<'a> Deserialize<'a>>(from: D) -> Result<Vec<T>, D::Error> {
        Ok(match Value::deserialize(from)? {
            Value::Array(items) => items.into_iter().filter_map(|item| T::deserialize(item).ok()).collect(),
            other => T::deserialize(other).into_iter().collect(),
        })
    }

    /// A value, or the default when it is `null` or does not fit.
    ///
    /// # Errors
    /// Only when the JSON itself is broken.
    pub fn fitting<'de, D: Deserializer<'de>, T: Default + for<'a> Deserialize<'a>>(
        from: D,
    ) -> Result<T, D::Error> {
        Ok(T::deserialize(Value::deserialize(from)?).unwrap_or_default())
    }

    /// Databases do not take a NUL in a text.
    fn without_nul(text: String) -> String {
        if text.contains('\0') { text.replace('\0', "") } else { text }
    }

    fn word(value: Value) -> Option<String> {
        match value {
            Value::String(text) => Some(without_nul(text)),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
        .filter(|word| !word.trim().is_empty())
    }
}

#[cfg(test)]
mod tests;
