//! Writing of JSON: two spaces of indentation, values as they were written if they came in JSON.

use crate::data_type::{DataType, JsonKind};
use crate::error::WriteError;
use crate::properties::Property;
use crate::tree::{Document, Format, Kind, NodeId};
use crate::write::{escaped, indent};
use std::borrow::Cow;

pub(crate) fn write(document: &Document) -> Result<String, WriteError> {
    let mut writer = Writer { document, out: String::with_capacity(document.source.len()) };
    writer.out.push_str("{\n");
    for span in &document.beside {
        if document.format == Format::Json {
            let text = document.slice(*span);
            writer.out.push_str(&format!("  {text},\n"));
        }
    }
    writer.out.push_str(&format!("  \"{}\": ", document.model()));
    writer.object(0, 1)?;
    writer.out.push_str("\n}\n");
    Ok(writer.out)
}

/// A string in double quotes with the fewest escapes.
pub(crate) fn quote(text: &str, out: &mut String) {
    out.push('"');
    escaped(text, out, |byte| {
        Some(Cow::Borrowed(match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0..=0x1f => return Some(Cow::Owned(format!("\\u{byte:04x}"))),
            _ => return None,
        }))
    });
    out.push('"');
}

struct Writer<'a> {
    document: &'a Document,
    out: String,
}

impl Writer<'_> {
    fn line(&mut self, depth: usize) {
        indent(depth, &mut self.out);
    }

    /// An assembly or a field with flags.
    fn object(&mut self, id: NodeId, depth: usize) -> Result<(), WriteError> {
        let properties = self.document.properties(id);
        if properties.is_empty() {
            self.out.push_str("{}");
            return Ok(());
        }
        self.out.push('{');
        for (at, property) in properties.into_iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            self.line(depth + 1);
            match property {
                Property::Scalar(name, child, data_type) => {
                    self.key(name);
                    self.scalar(child, data_type)?;
                }
                Property::One(name, child) => {
                    self.key(name);
                    self.value(child, depth + 1)?;
                }
                Property::Many(name, group) => {
                    self.key(name);
                    self.array(&group, depth + 1)?;
                }
                Property::Unknown(child) => self.unknown(child)?,
            }
        }
        self.line(depth);
        self.out.push('}');
        Ok(())
    }

    fn key(&mut self, name: &str) {
        self.out.push('"');
        self.out.push_str(name);
        self.out.push_str("\": ");
    }

    fn array(&mut self, items: &[NodeId], depth: usize) -> Result<(), WriteError> {
        self.out.push('[');
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            self.line(depth + 1);
            self.value(*item, depth + 1)?;
        }
        self.line(depth);
        self.out.push(']');
        Ok(())
    }

    fn value(&mut self, id: NodeId, depth: usize) -> Result<(), WriteError> {
        if self.document.nodes[id].kind == Kind::Misfit {
            return self.unknown(id);
        }
        let definition = self.document.definition(id);
        match definition.field {
            Some(data_type) if definition.value_key.is_none() => self.scalar(id, data_type),
            _ => self.object(id, depth),
        }
    }

    fn scalar(&mut self, id: NodeId, data_type: DataType) -> Result<(), WriteError> {
        if self.document.format == Format::Json {
            self.out.push_str(self.document.slice(self.document.nodes[id].raw));
            return Ok(());
        }
        let text = self.document.json_text(id, data_type)?;
        match data_type.json() {
            JsonKind::String => quote(&text, &mut self.out),
            JsonKind::Boolean => self.out.push_str(&text),
            JsonKind::Number => self.out.push_str(&text),
        }
        Ok(())
    }

    /// What the model does not know can stay where it is in its own format only.
    fn unknown(&mut self, id: NodeId) -> Result<(), WriteError> {
        if self.document.format != Format::Json {
            return Err(self.document.unknown_error(id, "JSON"));
        }
        self.out.push_str(self.document.slice(self.document.nodes[id].raw));
        Ok(())
    }
}
