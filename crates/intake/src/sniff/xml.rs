//! Finds the root element of an XML document that may be cut off.

use super::Shape;

/// The root element; `None` when the text, which starts with `<`, is not XML after all or is cut off before
/// the root.
pub(super) fn root(text: &[u8]) -> Option<Shape<'_>> {
    let tag = after_prolog(text)?;
    let end = tag.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))?;
    let (name, attributes) = tag.split_at(end);
    let first = *name.first()?;
    if !(first.is_ascii_alphabetic() || first == b'_' || first >= 0x80) {
        return None;
    }
    let (prefix, local) = match name.iter().position(|byte| *byte == b':') {
        Some(colon) => (&name[..colon], &name[colon + 1..]),
        None => (&[][..], name),
    };
    let namespace = namespace(attributes, prefix).unwrap_or_default();
    Some(Shape::Xml { root: String::from_utf8_lossy(local), namespace: String::from_utf8_lossy(namespace) })
}

/// Skips declaration, processing instructions, comments and document type; gives what follows the `<` of the
/// first element.
fn after_prolog(mut text: &[u8]) -> Option<&[u8]> {
    loop {
        text = text.trim_ascii_start().strip_prefix(b"<")?;
        text = match text.first()? {
            b'?' => after(text, b"?>")?,
            b'!' if text.starts_with(b"!--") => after(&text[3..], b"-->")?,
            b'!' => after_declaration(text)?,
            _ => return Some(text),
        };
    }
}

fn after<'a>(text: &'a [u8], end: &[u8]) -> Option<&'a [u8]> {
    let at = text.windows(end.len()).position(|window| window == end)?;
    Some(&text[at + end.len()..])
}

/// Skips `<!DOCTYPE … [ … ]>`; brackets inside quotes do not count.
fn after_declaration(text: &[u8]) -> Option<&[u8]> {
    let mut quote = None;
    let mut brackets = 0_u32;
    for (at, byte) in text.iter().enumerate() {
        match (quote, byte) {
            (Some(open), byte) => quote = (open != *byte).then_some(open),
            (None, b'"' | b'\'') => quote = Some(*byte),
            (None, b'[') => brackets += 1,
            (None, b']') => brackets = brackets.saturating_sub(1),
            (None, b'>') if brackets == 0 => return Some(&text[at + 1..]),
            (None, _) => {}
        }
    }
    None
}

/// The value of `xmlns` or `xmlns:prefix` among the attributes of a start tag.
fn namespace<'a>(mut text: &'a [u8], prefix: &[u8]) -> Option<&'a [u8]> {
    loop {
        text = text.trim_ascii_start();
        let equals = text.iter().position(|byte| matches!(byte, b'=' | b'>'))?;
        if text[equals] == b'>' {
            return None;
        }
        let name = text[..equals].trim_ascii_end();
        let value = text[equals + 1..].trim_ascii_start();
        let (quote, value) = value.split_first()?;
        if !matches!(quote, b'"' | b'\'') {
            return None;
        }
        let end = value.iter().position(|byte| byte == quote)?;
        let wanted = match name.strip_prefix(b"xmlns") {
            Some(b"") => prefix.is_empty(),
            Some([b':', bound @ ..]) => bound == prefix,
            _ => false,
        };
        if wanted {
            return Some(&value[..end]);
        }
        text = &value[end + 1..];
    }
}
