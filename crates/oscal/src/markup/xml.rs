//! Markup as elements.

use super::{Align, Block, Cell, DEPTH, Head, Inline, Ordered, Style, tidy};
use crate::xml::escape;
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

const BLOCKS: [&str; 12] =
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "table", "blockquote"];

/// Whether an element is a block of markup.
pub(crate) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// An element or a text.
enum Part {
    Text(String),
    Element(Element),
}

struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    parts: Vec<Part>,
}

impl Element {
    fn attribute(&self, name: &str) -> String {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// The pieces of a line of XML.
///
/// # Errors
/// What stands there that is no markup of a line, in words.
pub(crate) fn inline_of_xml(text: &str) -> Result<Vec<Inline>, String> {
    Ok(tidy(inlines(&parts(text)?)?))
}

/// The blocks of a piece of XML.
///
/// # Errors
/// What stands there that is no markup, in words.
pub(crate) fn blocks_of_xml(text: &str) -> Result<Vec<Block>, String> {
    blocks(&parts(text)?, Around::Blocks)
}

fn parts(text: &str) -> Result<Vec<Part>, String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut open: Vec<Element> = Vec::new();
    let mut top: Vec<Part> = Vec::new();
    loop {
        let event = reader.read_event().map_err(|error| format!("the markup is not well-formed: {error}"))?;
        let text = match event {
            Event::Start(start) | Event::Empty(start) => {
                if open.len() >= 2 * DEPTH {
                    return Err("the markup nests too deep".to_owned());
                }
                open.push(element(&start)?);
                continue;
            }
            Event::End(_) => {
                let Some(done) = open.pop() else {
                    return Err("an element ends that never began".to_owned());
                };
                push(&mut open, &mut top, Part::Element(done));
                continue;
            }
            Event::Text(text) => text.xml10_content().into_owned(),
            Event::CData(text) => text.xml10_content().into_owned(),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().map_err(|error| error.to_string())?;
                match (character, resolve_xml_entity(&reference)) {
                    (Some(character), _) => character.to_string(),
                    (None, Some(text)) => text.to_owned(),
                    (None, None) => return Err("the markup uses an entity; write its text out".to_owned()),
                }
            }
            Event::Eof => break,
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => continue,
        };
        push(&mut open, &mut top, Part::Text(text));
    }
    if open.is_empty() { Ok(top) } else { Err("an element of the markup does not end".to_owned()) }
}

fn push(open: &mut [Element], top: &mut Vec<Part>, part: Part) {
    match open.last_mut() {
        Some(last) => last.parts.push(part),
        None => top.push(part),
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes().take(32) {
        let attribute = attribute.map_err(|error| format!("the markup is not well-formed: {error}"))?;
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
        let value = value.map_err(|error| format!("the markup is not well-formed: {error}"))?;
        attributes.push((attribute.key.local_name().into_inner().to_owned(), value.into_owned()));
    }
    let name = start.local_name().into_inner().to_owned();
    Ok(Element { name, attributes, parts: Vec::new() })
}

fn inlines(parts: &[Part]) -> Result<Vec<Inline>, String> {
    let mut out = Vec::new();
    for part in parts {
        let element = match part {
            Part::Text(text) => {
                out.push(Inline::Text(text.clone()));
                continue;
            }
            Part::Element(element) => element,
        };
        let style = match element.name.as_str() {
            "em" | "i" => Style::Emphasis,
            "strong" | "b" => Style::Strong,
            "sub" => Style::Subscript,
            "sup" => Style::Superscript,
            "q" => Style::Quote,
            "code" => {
                let mut text = String::new();
                flatten(&element.parts, &mut text);
                out.push(Inline::Code(text));
                continue;
            }
            "br" => {
                out.push(Inline::Break);
                continue;
            }
            "a" => {
                let (href, title) = (element.attribute("href"), element.attribute("title"));
                out.push(Inline::Link { href, title, content: inlines(&element.parts)? });
                continue;
            }
            "img" => {
                let (src, alt) = (element.attribute("src"), element.attribute("alt"));
                out.push(Inline::Image { src, alt, title: element.attribute("title") });
                continue;
            }
            "insert" => {
                let (kind, id) = (element.attribute("type"), element.attribute("id-ref"));
                out.push(Inline::Insert { kind, id });
                continue;
            }
            other => return Err(format!("<{other}> is no markup of a line")),
        };
        out.push(Inline::Styled(style, inlines(&element.parts)?));
    }
    Ok(out)
}

fn flatten(parts: &[Part], out: &mut String) {
    for part in parts {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Element(element) => flatten(&element.parts, out),
        }
    }
}

/// What surrounds blocks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    /// Only blocks may stand here.
    Blocks,
    /// A list item or cell, where lines may stand by themselves.
    Item,
}

fn blocks(parts: &[Part], around: Around) -> Result<Vec<Block>, String> {
    let mut out = Vec::new();
    let mut line: Vec<&Part> = Vec::new();
    let end_line = |line: &mut Vec<&Part>, out: &mut Vec<Block>| -> Result<(), String> {
        let mut pieces = Vec::new();
        for part in line.drain(..) {
            pieces.extend(inlines(std::slice::from_ref(part))?);
        }
        let pieces = tidy(pieces);
        if !pieces.is_empty() {
            out.push(if around == Around::Item && out.is_empty() {
                Block::Plain(pieces)
            } else {
                Block::Paragraph(pieces)
            });
        }
        Ok(())
    };
    for part in parts {
        match part {
            Part::Element(element) if is_block(&element.name) => {
                end_line(&mut line, &mut out)?;
                if let Some(block) = block(element)? {
                    out.push(block);
                }
            }
            other => line.push(other),
        }
    }
    end_line(&mut line, &mut out)?;
    Ok(out)
}

fn block(element: &Element) -> Result<Option<Block>, String> {
    let text = || inlines(&element.parts).map(tidy);
    Ok(Some(match element.name.as_str() {
        "p" => {
            let pieces = text()?;
            if pieces.is_empty() {
                return Ok(None);
            }
            Block::Paragraph(pieces)
        }
        "pre" => {
            let mut text = String::new();
            flatten(&element.parts, &mut text);
            Block::Pre(text)
        }
        "blockquote" => Block::Quote(blocks(&element.parts, Around::Blocks)?),
        "ul" => Block::List { ordered: Ordered::No, items: items(element)? },
        "ol" => Block::List { ordered: Ordered::Yes, items: items(element)? },
        "table" => Block::Table(rows(element)?),
        heading => {
            let level = heading[1..].parse().unwrap_or(6);
            Block::Heading(level, text()?)
        }
    }))
}

/// Child elements; text between them may only be white space.
fn elements(element: &Element) -> Result<Vec<&Element>, String> {
    let mut out = Vec::new();
    for part in &element.parts {
        match part {
            Part::Element(inner) => out.push(inner),
            Part::Text(text) if text.trim().is_empty() => {}
            Part::Text(_) => return Err(format!("<{}> holds text of its own", element.name)),
        }
    }
    Ok(out)
}

fn items(list: &Element) -> Result<Vec<Vec<Block>>, String> {
    let mut out = Vec::new();
    for item in elements(list)? {
        if item.name != "li" {
            return Err(format!("<{}> stands in a list", item.name));
        }
        out.push(blocks(&item.parts, Around::Item)?);
    }
    Ok(out)
}

fn rows(table: &Element) -> Result<Vec<Vec<Cell>>, String> {
    let mut out = Vec::new();
    for row in elements(table)? {
        if row.name != "tr" {
            return Err(format!("<{}> stands in a table", row.name));
        }
        let mut cells = Vec::new();
        for cell in elements(row)? {
            let head = match cell.name.as_str() {
                "th" => Head::Yes,
                "td" => Head::No,
                other => return Err(format!("<{other}> stands in a row of a table")),
            };
            let align = match cell.attribute("align").as_str() {
                "left" => Align::Left,
                "center" => Align::Center,
                "right" => Align::Right,
                _ => Align::None,
            };
            cells.push(Cell { head, align, content: tidy(inlines(&cell.parts)?) });
        }
        out.push(cells);
    }
    Ok(out)
}

/// Writes a line.
pub(crate) fn inline_to_xml(pieces: &[Inline], out: &mut String) {
    for piece in pieces {
        match piece {
            Inline::Text(text) => escape(text, out),
            Inline::Break => out.push_str("<br/>"),
            Inline::Code(text) => {
                out.push_str("<code>");
                escape(text, out);
                out.push_str("</code>");
            }
            Inline::Styled(style, content) => {
                let name = match style {
                    Style::Emphasis => "em",
                    Style::Strong => "strong",
                    Style::Subscript => "sub",
                    Style::Superscript => "sup",
                    Style::Quote => "q",
                };
                out.push_str(&format!("<{name}>"));
                inline_to_xml(content, out);
                out.push_str(&format!("</{name}>"));
            }
            Inline::Link { href, title, content } => {
                out.push_str("<a");
                attributes(&[("href", href), ("title", title)], out);
                out.push('>');
                inline_to_xml(content, out);
                out.push_str("</a>");
            }
            Inline::Image { src, alt, title } => {
                out.push_str("<img");
                attributes(&[("src", src), ("alt", alt), ("title", title)], out);
                out.push_str("/>");
            }
            Inline::Insert { kind, id } => {
                out.push_str("<insert");
                attributes(&[("type", kind), ("id-ref", id)], out);
                out.push_str("/>");
            }
        }
    }
}

fn attributes(pairs: &[(&str, &str)], out: &mut String) {
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        out.push_str(&format!(" {name}=\""));
        escape(value, out);
        out.push('"');
    }
}

/// Writes a block.
pub(crate) fn block_to_xml(block: &Block, out: &mut String) {
    match block {
        Block::Plain(text) => inline_to_xml(text, out),
        Block::Paragraph(text) => {
            out.push_str("<p>");
            inline_to_xml(text, out);
            out.push_str("</p>");
        }
        Block::Heading(level, text) => {
            out.push_str(&format!("<h{level}>"));
            inline_to_xml(text, out);
            out.push_str(&format!("</h{level}>"));
        }
        Block::Pre(text) => {
            out.push_str("<pre>");
            escape(text, out);
            out.push_str("</pre>");
        }
        Block::Quote(inner) => {
            out.push_str("<blockquote>");
            inner.iter().for_each(|block| block_to_xml(block, out));
            out.push_str("</blockquote>");
        }
        Block::List { ordered, items } => {
            let name = if *ordered == Ordered::Yes { "ol" } else { "ul" };
            out.push_str(&format!("<{name}>"));
            for item in items {
                out.push_str("<li>");
                item.iter().for_each(|block| block_to_xml(block, out));
                out.push_str("</li>");
            }
            out.push_str(&format!("</{name}>"));
        }
        Block::Table(rows) => {
            out.push_str("<table>");
            for row in rows {
                out.push_str("<tr>");
                for cell in row {
                    let name = if cell.head == Head::Yes { "th" } else { "td" };
                    let align = match cell.align {
                        Align::None => "",
                        Align::Left => "left",
                        Align::Center => "center",
                        Align::Right => "right",
                    };
                    out.push_str(&format!("<{name}"));
                    attributes(&[("align", align)], out);
                    out.push('>');
                    inline_to_xml(&cell.content, out);
                    out.push_str(&format!("</{name}>"));
                }
                out.push_str("</tr>");
            }
            out.push_str("</table>");
        }
    }
}
