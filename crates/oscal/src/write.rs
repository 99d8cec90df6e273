//! Writing of documents, and values on their way from one format into another.

use crate::data_type::DataType;
use crate::error::WriteError;
use crate::tree::{Document, Format, NodeId};
use crate::{json, markup, xml, yaml};
use std::borrow::Cow;

impl Document {
    /// Writes the document.
    ///
    /// In the format it came in, every value, name, comment of XML and their order stay to the letter; only white
    /// space between them is laid out anew. In another format values stay to the letter, save white space in
    /// markup where it means nothing; comments are left out, and XML puts elements into the order of the model.
    ///
    /// # Errors
    /// [`WriteError`] when the other format cannot hold something that the model does not know.
    pub fn write(&self, format: Format) -> Result<String, WriteError> {
        match format {
            Format::Json => json::write(self),
            Format::Xml => xml::write(self),
            Format::Yaml => yaml::write(self),
        }
    }

    pub(crate) fn write_error(&self, id: NodeId, message: impl Into<String>) -> WriteError {
        WriteError { place: self.place(id), line: self.line(self.nodes[id].at), message: message.into() }
    }

    pub(crate) fn unknown_error(&self, id: NodeId, format: &str) -> WriteError {
        let name = self.own_text(id);
        self.write_error(id, format!("`{name}` is not part of the model and cannot be written as {format}"))
    }

    /// The value of a node as JSON and YAML hold it: markup as Markdown.
    pub(crate) fn json_text(&self, id: NodeId, data_type: DataType) -> Result<Cow<'_, str>, WriteError> {
        let text = self.own_text(id);
        if self.format != Format::Xml {
            return Ok(Cow::Borrowed(text));
        }
        match data_type {
            DataType::MarkupLine => match markup::inline_of_xml(text) {
                Ok(inline) => Ok(Cow::Owned(markup::inline_to_markdown(&inline))),
                Err(message) => Err(self.write_error(id, message)),
            },
            DataType::MarkupMultiline => match markup::blocks_of_xml(text) {
                Ok(blocks) => Ok(Cow::Owned(markup::blocks_to_markdown(&blocks))),
                Err(message) => Err(self.write_error(id, message)),
            },
            DataType::Boolean => match text.trim() {
                "true" | "1" => Ok(Cow::Borrowed("true")),
                "false" | "0" => Ok(Cow::Borrowed("false")),
                _ => Err(self.write_error(id, "the value is neither true nor false")),
            },
            _ if data_type.json() == crate::data_type::JsonKind::Number => {
                let number = json_number(text.trim());
                number.map(Cow::Owned).ok_or_else(|| self.write_error(id, "the value is no number"))
            }
            _ => Ok(data_type.collapse(text)),
        }
    }
}

/// A new line, indented.
pub(crate) fn indent(depth: usize, out: &mut String) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

/// A text in which some bytes, none of them part of a longer character, are written otherwise.
pub(crate) fn escaped(text: &str, out: &mut String, escape: impl Fn(u8) -> Option<Cow<'static, str>>) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(instead) = escape(byte) {
            out.push_str(&text[from..at]);
            out.push_str(&instead);
            from = at + 1;
        }
    }
    out.push_str(&text[from..]);
}

/// A decimal of XML Schema as a number of JSON: no `+`, digits on both sides of the point.
fn json_number(text: &str) -> Option<String> {
    if !DataType::Decimal.accepts(text) {
        return None;
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
}
