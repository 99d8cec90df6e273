//! A small tree of XML elements for trusted metaschema files, with their file entities expanded.

use super::GenerateError;
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

/// The most file entities of one module, and the most times they are used.
const ENTITIES: usize = 64;

/// An element without its namespace.
#[derive(Debug, Default, Clone)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Element>,
    /// Its own text, that of inner elements left out.
    pub(super) text: String,
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The trimmed text of a child.
    pub(super) fn word(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.trim())
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }
}

/// Reads a module. Entities may only be files (`SYSTEM`) that hold elements and no entities of their own.
pub(super) fn parse(
    file: &str,
    text: &str,
    load: &dyn Fn(&str) -> Option<String>,
) -> Result<Element, GenerateError> {
    let malformed = |message: String| GenerateError::Malformed { file: file.to_owned(), message };
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut entities: Vec<(String, Vec<Element>)> = Vec::new();
    let mut used = 0;
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        match reader.read_event().map_err(|error| malformed(error.to_string()))? {
            Event::Start(start) | Event::Empty(start) => {
                open.push(element(&start).map_err(malformed)?);
            }
            Event::End(_) => {
                let done = open.pop().unwrap_or_default();
                let parent = open.last_mut().ok_or_else(|| malformed("an element ends twice".to_owned()))?;
                parent.children.push(done);
            }
            Event::Text(part) => push(&mut open, &part.xml10_content()),
            Event::CData(part) => push(&mut open, &part.xml10_content()),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().map_err(|error| malformed(error.to_string()))?;
                let known = entities.iter().find(|(name, _)| name.as_str() == &*reference);
                if let Some(character) = character {
                    push(&mut open, &character.to_string());
                } else if let Some(text) = resolve_xml_entity(&reference) {
                    push(&mut open, text);
                } else if let Some((_, elements)) = known {
                    used += 1;
                    if used > ENTITIES {
                        return Err(malformed("entities are used too often".to_owned()));
                    }
                    if let Some(last) = open.last_mut() {
                        last.children.extend(elements.iter().cloned());
                    }
                } else {
                    return Err(malformed(format!("the entity {} is not declared", &*reference)));
                }
            }
            Event::DocType(declaration) => {
                for (name, path) in declared(&declaration).map_err(malformed)? {
                    let path = path.trim_start_matches("./").to_owned();
                    let text = load(&path).ok_or_else(|| GenerateError::Missing { file: path.clone() })?;
                    if text.contains("<!DOCTYPE") {
                        return Err(malformed(format!("{path} has a document type of its own")));
                    }
                    let wrapped = format!("<entity>{text}</entity>");
                    let root = parse(&path, &wrapped, &|_| None)?;
                    entities.push((name, root.children));
                    if entities.len() > ENTITIES {
                        return Err(malformed("there are too many entities".to_owned()));
                    }
                }
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    let mut top = open.pop().filter(|_| open.is_empty()).unwrap_or_default();
    top.children.pop().ok_or_else(|| malformed("there is no root element".to_owned()))
}

fn push(open: &mut [Element], text: &str) {
    if let Some(last) = open.last_mut() {
        last.text.push_str(text);
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut made = Element { name: start.local_name().into_inner().to_owned(), ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map_err(|error| error.to_string())?;
        made.attributes.push((attribute.key.into_inner().to_owned(), value.into_owned()));
    }
    Ok(made)
}

/// The file entities that a document type declares. Anything else in it is refused.
fn declared(doctype: &str) -> Result<Vec<(String, String)>, String> {
    let Some((_, inside)) = doctype.split_once('[') else { return Ok(Vec::new()) };
    let inside = inside.rsplit_once(']').map_or(inside, |(inside, _)| inside);
    let mut found = Vec::new();
    for declaration in inside.split('>').map(str::trim).filter(|text| !text.is_empty()) {
        let words: Vec<&str> = declaration.split_whitespace().collect();
        let ["<!ENTITY", name, "SYSTEM", path] = words.as_slice() else {
            return Err(format!("only file entities are read, not `{declaration}`"));
        };
        found.push(((*name).to_owned(), path.trim_matches(['"', '\'']).to_owned()));
    }
    Ok(found)
}
