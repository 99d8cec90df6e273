//! One spelling for every JSON value, so that equal changes have equal leaves. Rules (after RFC 8785):
//!
//! - no whitespace; UTF-8; `null`, `true`, `false`;
//! - object members sorted by name, names compared as sequences of UTF-16 code units;
//! - strings as they are (no Unicode normalization), with `\b \t \n \f \r \" \\` and `\u00xx` (lower case) for
//!   other control characters below U+0020, nothing else escaped;
//! - integers of 64 bits, signed or unsigned, in decimal. RFC 8785 allows ±2^53 only; we keep every digit;
//! - other numbers as ECMAScript prints a double: the shortest digits that read back equal, a whole number
//!   below 10^21 without point or exponent (`1.0` is `1`, `-0.0` is `0`);
//! - refused: numbers that are not finite or not 64-bit, objects and arrays nested deeper than [`MAX_DEPTH`],
//!   and, in [`read`], names that occur twice in an object.

mod finite;

use std::fmt;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::hash::Hash;

/// Deepest nesting of arrays and objects.
pub const MAX_DEPTH: usize = 100;

/// Why a value has no canonical form.
#[derive(Debug, thiserror::Error)]
pub enum CanonicalError {
    /// The text is not JSON, names a member twice or has a number out of range.
    #[error("not canonicalizable JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A number that no finite double or 64-bit integer holds.
    #[error("the number {0} is neither a finite double nor a 64-bit integer")]
    Number(String),
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("nested deeper than {MAX_DEPTH} levels")]
    Depth,
}

/// The canonical bytes of a value.
///
/// # Errors
/// [`CanonicalError::Number`], [`CanonicalError::Depth`].
pub fn to_bytes(value: &Value) -> Result<Vec<u8>, CanonicalError> {
    let mut text = String::new();
    write_value(value, 0, &mut text)?;
    Ok(text.into_bytes())
}

/// The canonical bytes of a record. Unlike `serde_json`, which writes NaN and the infinities as `null`, refuses
/// them wherever they stand.
///
/// # Errors
/// [`CanonicalError::Number`], [`CanonicalError::Depth`]; [`CanonicalError::Json`] for what JSON cannot say, such
/// as map keys that are no strings.
pub fn record_to_bytes<T: Serialize + ?Sized>(record: &T) -> Result<Vec<u8>, CanonicalError> {
    let value = serde_json::to_value(record)?;
    record.serialize(finite::Finite).map_err(|refused| CanonicalError::Number(refused.0))?;
    to_bytes(&value)
}

/// SHA-256 of the canonical bytes (without the leaf prefix; an entry's leaf is
/// [`leaf_hash`](crate::leaf_hash) of the bytes).
///
/// # Errors
/// As [`to_bytes`].
pub fn digest(value: &Value) -> Result<Hash, CanonicalError> {
    Ok(Hash::sha256(&to_bytes(value)?))
}

/// A finite number as JSON. Use it for every computed float: `serde_json` itself turns NaN into `null`.
///
/// # Errors
/// [`CanonicalError::Number`].
pub fn number(value: f64) -> Result<Value, CanonicalError> {
    Number::from_f64(value).map(Value::Number).ok_or_else(|| CanonicalError::Number(value.to_string()))
}

/// Reads JSON, refusing members that occur twice in an object.
///
/// # Errors
/// [`CanonicalError::Json`] with line and column.
pub fn read(bytes: &[u8]) -> Result<Value, CanonicalError> {
    Ok(serde_json::from_slice::<Strict>(bytes)?.0)
}

/// Whether the bytes are the canonical form of the value they spell.
#[must_use]
pub fn is_canonical(bytes: &[u8]) -> bool {
    read(bytes).and_then(|value| to_bytes(&value)).is_ok_and(|canonical| canonical == bytes)
}

fn write_value(value: &Value, depth: usize, text: &mut String) -> Result<(), CanonicalError> {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Number(number) => write_number(number, text)?,
        Value::String(string) => write_string(string, text),
        Value::Array(_) | Value::Object(_) if depth == MAX_DEPTH => return Err(CanonicalError::Depth),
        Value::Array(items) => {
            text.push('[');
            for (n, item) in items.iter().enumerate() {
                if n > 0 {
                    text.push(',');
                }
                write_value(item, depth + 1, text)?;
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
            sorted.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
            text.push('{');
            for (n, (name, member)) in sorted.into_iter().enumerate() {
                if n > 0 {
                    text.push(',');
                }
                write_string(name, text);
                text.push(':');
                write_value(member, depth + 1, text)?;
            }
            text.push('}');
        }
    }
    Ok(())
}

fn write_string(string: &str, text: &mut String) {
    text.push('"');
    for c in string.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\u{c}' => text.push_str("\\f"),
            '\r' => text.push_str("\\r"),
            c if c < ' ' => text.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => text.push(c),
        }
    }
    text.push('"');
}

fn write_number(number: &Number, text: &mut String) -> Result<(), CanonicalError> {
    if let Some(integer) = number.as_i64() {
        text.push_str(&integer.to_string());
    } else if let Some(integer) = number.as_u64() {
        text.push_str(&integer.to_string());
    } else {
        let float = number.as_f64().filter(|float| float.is_finite());
        write_float(float.ok_or_else(|| CanonicalError::Number(number.to_string()))?, text);
    }
    Ok(())
}

/// Number::toString of ECMAScript (ECMA-262 section 6.1.6.1.20), as RFC 8785 section 3.2.2.3 asks.
fn write_float(float: f64, text: &mut String) {
    if float == 0.0 {
        text.push('0');
        return;
    }
    if float < 0.0 {
        text.push('-');
    }
    let scientific = format!("{:e}", float.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits = mantissa.replace('.', "");
    // The decimal point stands after `point` digits.
    let point = exponent.parse::<i32>().unwrap_or(0) + 1;
    let count = digits.len() as i32;
    if (count..=21).contains(&point) {
        text.push_str(&digits);
        text.push_str(&"0".repeat((point - count) as usize));
    } else if (1..=21).contains(&point) {
        let (whole, fraction) = digits.split_at(point as usize);
        text.push_str(&format!("{whole}.{fraction}"));
    } else if (-5..=0).contains(&point) {
        text.push_str(&format!("0.{}{digits}", "0".repeat(point.unsigned_abs() as usize)));
    } else {
        let (first, rest) = digits.split_at(1);
        let fraction = if rest.is_empty() { String::new() } else { format!(".{rest}") };
        text.push_str(&format!("{first}{fraction}e{:+}", point - 1));
    }
}

/// A value without doubled names.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Strict, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        number(value).map_err(E::custom)
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((name, Strict(member))) = members.next_entry::<String, Strict>()? {
            if object.contains_key(&name) {
                let fault = format!("member {name:?} occurs twice in an object");
                return Err(serde::de::Error::custom(fault));
            }
            object.insert(name, member);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests;
