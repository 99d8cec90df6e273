//! Writing of JSON: two spaces of indentation, values as they were written if they came in JSON.

use crate::data_type::{DataType, JsonKind};
use crate::error::WriteError;
use crate::schema::Shape;
use crate::tree::{Document, Format, Kind, NodeId};

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
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0..=0x1f => {
                out.push_str(&text[from..at]);
                out.push_str(&format!("\\u{byte:04x}"));
                from = at + 1;
                continue;
            }
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(escape);
        from = at + 1;
    }
    out.push_str(&text[from..]);
    out.push('"');
}

struct Writer<'a> {
    document: &'a Document,
    out: String,
}

impl Writer<'_> {
    fn line(&mut self, depth: usize) {
        self.out.push('\n');
        for _ in 0..depth {
            self.out.push_str("  ");
        }
    }

    /// An assembly or a field with flags. Siblings of one member that stand together make one array.
    fn object(&mut self, id: NodeId, depth: usize) -> Result<(), WriteError> {
        let document = self.document;
        let mut children = document.children(id).peekable();
        if children.peek().is_none() {
            self.out.push_str("{}");
            return Ok(());
        }
        self.out.push('{');
        let mut first = true;
        while let Some(child) = children.next() {
            if !std::mem::take(&mut first) {
                self.out.push(',');
            }
            self.line(depth + 1);
            let node = &document.nodes[child];
            match node.kind {
                Kind::Unknown => self.unknown(child)?,
                Kind::Flag => {
                    self.out.push_str(&format!("\"{}\": ", node.name));
                    let data_type = document.schema.attributes[node.definition as usize].data_type;
                    self.scalar(child, data_type)?;
                }
                Kind::Value => {
                    let definition = document.definition(id);
                    self.out.push_str(&format!("\"{}\": ", definition.value_key.unwrap_or_default()));
                    self.scalar(child, definition.field.unwrap_or(DataType::String))?;
                }
                Kind::Assembly | Kind::Field => {
                    let Some(member) = document.member(child) else { continue };
                    let twin = |other: &NodeId| {
                        let other = &document.nodes[*other];
                        other.kind == node.kind && other.slot == node.slot
                    };
                    let more = children.peek().is_some_and(twin);
                    self.out.push_str(&format!("\"{}\": ", member.json));
                    if member.shape != Shape::Array && !more {
                        self.value(child, depth + 1)?;
                        continue;
                    }
                    self.out.push('[');
                    self.line(depth + 2);
                    self.value(child, depth + 2)?;
                    while let Some(next) = children.next_if(twin) {
                        self.out.push(',');
                        self.line(depth + 2);
                        self.value(next, depth + 2)?;
                    }
                    self.line(depth + 1);
                    self.out.push(']');
                }
            }
        }
        self.line(depth);
        self.out.push('}');
        Ok(())
    }

    fn value(&mut self, id: NodeId, depth: usize) -> Result<(), WriteError> {
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
