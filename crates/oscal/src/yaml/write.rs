//! Writing of YAML: block style, two spaces of indentation, values as they were written if they came in YAML.

use super::{is_printable, plain};
use crate::data_type::{DataType, JsonKind};
use crate::error::WriteError;
use crate::json::quote;
use crate::properties::Property;
use crate::tree::{Document, Format, Kind, NodeId};
use crate::write::indent;

pub(crate) fn write(document: &Document) -> Result<String, WriteError> {
    let mut writer = Writer { document, out: String::with_capacity(document.source.len()) };
    if document.format == Format::Yaml {
        // What stands before the root: comments and the mark where the document begins.
        // The root stands at the margin, whatever stood before it on its line.
        let head = document.slice((0, document.head)).trim_end_matches([' ', '\t']);
        writer.out.push_str(head);
        if !head.is_empty() && !head.ends_with(['\n', '\r', '\u{feff}']) {
            writer.out.push('\n');
        }
        for span in &document.beside {
            writer.out.push_str(document.slice(*span).trim_end());
            writer.out.push('\n');
        }
    }
    writer.out.push_str(document.model());
    writer.out.push(':');
    if document.children(0).next().is_none() {
        writer.out.push_str(" {}\n");
        return Ok(writer.out);
    }
    writer.line(1);
    writer.object(0, 1)?;
    writer.out.push('\n');
    Ok(writer.out)
}

struct Writer<'a> {
    document: &'a Document,
    out: String,
}

impl Writer<'_> {
    fn line(&mut self, depth: usize) {
        indent(depth, &mut self.out);
    }

    /// The properties of an assembly or of a field with flags; the first stands where the writer is.
    fn object(&mut self, id: NodeId, depth: usize) -> Result<(), WriteError> {
        for (at, property) in self.document.properties(id).into_iter().enumerate() {
            if at > 0 {
                self.line(depth);
            }
            match property {
                Property::Scalar(name, child, data_type) => {
                    self.key(name);
                    self.scalar(child, data_type, depth)?;
                }
                Property::One(name, child) => {
                    self.key(name);
                    self.value(child, depth)?;
                }
                Property::Many(name, group) => {
                    self.key(name);
                    for item in group {
                        self.item(item, depth + 1)?;
                    }
                }
                Property::Unknown(child) if !has_value_mark(self.raw(child)) => {
                    // An explicit key (`? key`), or one without a value in braces: neither can stand as it is.
                    return Err(self.document.unknown_error(child, "YAML"));
                }
                Property::Unknown(child) => self.unknown(child)?,
            }
        }
        Ok(())
    }

    fn key(&mut self, name: &str) {
        self.out.push_str(name);
        self.out.push(':');
    }

    fn item(&mut self, id: NodeId, depth: usize) -> Result<(), WriteError> {
        self.line(depth);
        self.out.push('-');
        if self.is_object(id) && self.document.children(id).next().is_some() {
            self.out.push(' ');
            return self.object(id, depth + 1);
        }
        self.value(id, depth)
    }

    fn is_object(&self, id: NodeId) -> bool {
        if self.document.nodes[id].kind == Kind::Misfit {
            return false;
        }
        let definition = self.document.definition(id);
        definition.field.is_none() || definition.value_key.is_some()
    }

    /// A value after a key or a dash.
    fn value(&mut self, id: NodeId, depth: usize) -> Result<(), WriteError> {
        if self.document.nodes[id].kind == Kind::Misfit {
            // A mapping or sequence in block style cannot stand on the line of its key.
            if is_block_collection(self.raw(id)) {
                self.line(depth + 1);
            } else {
                self.out.push(' ');
            }
            return self.unknown(id);
        }
        if !self.is_object(id) {
            let field = self.document.definition(id).field;
            return self.scalar(id, field.unwrap_or(DataType::String), depth);
        }
        if self.document.children(id).next().is_none() {
            self.out.push_str(" {}");
            return Ok(());
        }
        self.line(depth + 1);
        self.object(id, depth + 1)
    }

    fn scalar(&mut self, id: NodeId, data_type: DataType, depth: usize) -> Result<(), WriteError> {
        self.out.push(' ');
        let document = self.document;
        if document.format == Format::Yaml {
            self.copy(document.slice(document.nodes[id].raw), document.own_text(id), depth + 1);
            return Ok(());
        }
        let text = document.json_text(id, data_type)?;
        if data_type.json() != JsonKind::String || is_plain(&text) {
            self.out.push_str(&text);
        } else if is_block(&text) {
            self.block(&text, depth + 1);
        } else {
            self.quoted(&text);
        }
        Ok(())
    }

    /// A value as it was written, its further lines indented anew.
    fn copy(&mut self, raw: &str, text: &str, depth: usize) {
        let raw = raw.trim_end();
        // A line of a plain value that begins with tabs and `#` would begin a comment where it is indented anew.
        let is_plain = !raw.starts_with(['"', '\'', '{', '[', '|', '>']);
        if is_plain && raw.split(['\n', '\r']).skip(1).any(|line| line.trim_start().starts_with('#')) {
            return self.quoted(text);
        }
        // A line that a carriage return alone begins would keep its indentation.
        if raw.split('\r').skip(1).any(|rest| !rest.starts_with('\n')) {
            return self.quoted(text);
        }
        let mut lines = raw.split('\n');
        let head = lines.next().unwrap_or_default();
        if raw.starts_with(['|', '>']) {
            let lines: Vec<&str> = lines.collect();
            let indent =
                lines.iter().find(|line| !line.trim().is_empty()).map_or(0, |line| indentation(line));
            // An indicator of indentation, or lines kept at the end, would not survive; the text itself does.
            if head.contains(|c: char| c.is_ascii_digit() || c == '+') || indent == 0 {
                return self.quoted(text);
            }
            self.out.push_str(head.trim_end());
            for line in lines {
                let body = line.get(indent..).unwrap_or_default();
                if body.is_empty() {
                    self.out.push('\n');
                } else {
                    self.line(depth);
                    self.out.push_str(body);
                }
            }
            return;
        }
        if head.is_empty() {
            return self.quoted(text);
        }
        self.out.push_str(head.trim_end());
        for line in lines {
            if line.trim().is_empty() {
                self.out.push('\n');
            } else {
                self.line(depth);
                self.out.push_str(line.trim());
            }
        }
    }

    fn block(&mut self, text: &str, depth: usize) {
        let body = text.strip_suffix('\n');
        self.out.push_str(if body.is_some() { "|" } else { "|-" });
        for line in body.unwrap_or(text).split('\n') {
            if line.is_empty() {
                self.out.push('\n');
            } else {
                self.line(depth);
                self.out.push_str(line);
            }
        }
    }

    fn quoted(&mut self, text: &str) {
        let mut quoted = String::new();
        quote(text, &mut quoted);
        for c in quoted.chars() {
            if !is_printable(c) || matches!(c, '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{2028}' | '\u{2029}') {
                self.out.push_str(&format!("\\u{:04x}", u32::from(c)));
            } else {
                self.out.push(c);
            }
        }
    }

    fn raw(&self, id: NodeId) -> &str {
        self.document.slice(self.document.nodes[id].raw).trim_end()
    }

    /// What the model does not know can stay where it is in its own format, on one line.
    fn unknown(&mut self, id: NodeId) -> Result<(), WriteError> {
        let raw = self.raw(id);
        if self.document.format != Format::Yaml || raw.contains(['\n', '\r']) {
            return Err(self.document.unknown_error(id, "YAML"));
        }
        let raw = raw.to_owned();
        self.out.push_str(&raw);
        Ok(())
    }
}

/// Whether a property as it is written has its `:` behind the key, with white space or nothing behind that.
fn has_value_mark(raw: &str) -> bool {
    let quoted = |mark: char| {
        let mut escaped = false;
        let end = raw.char_indices().skip(1).find(|(_, c)| {
            let ends = *c == mark && !escaped;
            escaped = *c == '\\' && mark == '"' && !escaped;
            ends
        });
        end.and_then(|(at, _)| raw.get(at + 1..)).map(|rest| rest.trim_start_matches([' ', '\t']))
    };
    let ends_key = |rest: &str| {
        rest.strip_prefix(':').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    };
    match raw.chars().next() {
        Some(mark @ ('"' | '\'')) => quoted(mark).is_some_and(ends_key),
        _ => raw.match_indices(':').any(|(at, _)| raw.get(at..).is_some_and(ends_key)),
    }
}

/// Whether a value as it is written is a mapping or sequence in block style.
fn is_block_collection(raw: &str) -> bool {
    let sequence = raw == "-" || raw.starts_with("- ") || raw.starts_with("? ");
    sequence || (!raw.starts_with(['{', '[', '|', '>']) && has_value_mark(raw))
}

/// Whether a text can stand without quotes and is still a string.
fn is_plain(text: &str) -> bool {
    let safe = |c: char| {
        c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '/' | '(' | ')' | '+' | ':' | ',' | ';')
    };
    let first = text.chars().next().is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '/' | '('));
    first
        && text.chars().all(safe)
        && !text.contains(": ")
        && !text.ends_with([':', ' '])
        && plain(text) == Some(JsonKind::String)
        && !matches!(text, "yes" | "no" | "on" | "off" | "y" | "n" | "Yes" | "No" | "On" | "Off" | "Y" | "N")
}

/// Whether a text of several lines can stand as a literal block and come back as it was.
fn is_block(text: &str) -> bool {
    let other =
        |c: char| c.is_control() || !is_printable(c) || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}');
    let plain = |c: char| c == '\n' || !other(c);
    let body = text.strip_suffix('\n').unwrap_or(text);
    text.contains('\n')
        && text.chars().all(plain)
        && !text.starts_with([' ', '\n', '#'])
        && !body.ends_with(['\n', ' '])
        && !text.lines().any(|line| line.is_empty() != line.trim().is_empty())
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
