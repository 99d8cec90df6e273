//! OSCAL XML catalogues and profiles as their JSON form, as far as NIST's resolution suite needs it.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Map, Value};

/// An element with its attributes and content.
struct Node {
    name: String,
    attributes: Vec<(String, String)>,
    content: Vec<Content>,
}

enum Content {
    Element(Node),
    Text(String),
}

/// Converts a document; a document type declaration is refused, since entities could reach outside.
pub(crate) fn to_json(text: &str) -> Result<Value, String> {
    let mut reader = Reader::from_str(text);
    let mut stack: Vec<Node> = Vec::new();
    loop {
        let done = match reader.read_event().map_err(|e| e.to_string())? {
            Event::Start(e) => {
                stack.push(open(&e));
                None
            }
            Event::Empty(e) => Some(open(&e)),
            Event::End(_) => stack.pop(),
            Event::Text(t) => {
                if let Some(top) = stack.last_mut() {
                    top.content
                        .push(Content::Text(String::from_utf8_lossy(t.into_inner().as_bytes()).into_owned()));
                }
                None
            }
            Event::DocType(_) => return Err("document type declarations are refused".into()),
            Event::Eof => return Err("no document".into()),
            _ => None,
        };
        if let Some(node) = done {
            match stack.last_mut() {
                Some(parent) => parent.content.push(Content::Element(node)),
                None => {
                    let mut root = Map::new();
                    root.insert(node.name.clone(), object(&node));
                    return Ok(Value::Object(root));
                }
            }
        }
    }
}

fn open(element: &BytesStart<'_>) -> Node {
    let attribute = |a: quick_xml::events::attributes::Attribute<'_>| {
        (a.key.local_name().as_ref().to_owned(), a.value.as_ref().to_owned())
    };
    Node {
        name: element.local_name().as_ref().to_owned(),
        attributes: element.attributes().filter_map(Result::ok).map(attribute).collect(),
        content: Vec::new(),
    }
}

const LISTS: [(&str, &str); 25] = [
    ("param", "params"),
    ("control", "controls"),
    ("group", "groups"),
    ("prop", "props"),
    ("link", "links"),
    ("part", "parts"),
    ("import", "imports"),
    ("include-controls", "include-controls"),
    ("exclude-controls", "exclude-controls"),
    ("insert-controls", "insert-controls"),
    ("with-id", "with-ids"),
    ("matching", "matching"),
    ("alter", "alters"),
    ("add", "adds"),
    ("remove", "removes"),
    ("set-parameter", "set-parameters"),
    ("resource", "resources"),
    ("rlink", "rlinks"),
    ("constraint", "constraints"),
    ("guideline", "guidelines"),
    ("value", "values"),
    ("choice", "choice"),
    ("document-id", "document-ids"),
    ("role", "roles"),
    ("party", "parties"),
];
const TEXTS: [&str; 14] = [
    "title",
    "label",
    "usage",
    "last-modified",
    "version",
    "oscal-version",
    "text",
    "with-id",
    "value",
    "choice",
    "description",
    "as-is",
    "remarks",
    "published",
];
const MARKUP: [&str; 6] = ["p", "ul", "ol", "table", "pre", "h1"];

fn object(node: &Node) -> Value {
    if TEXTS.contains(&node.name.as_str()) {
        return match words(&text(node)).as_str() {
            "true" if node.name == "as-is" => Value::Bool(true),
            "false" if node.name == "as-is" => Value::Bool(false),
            words => words.into(),
        };
    }
    let mut fields: Map<String, Value> = node
        .attributes
        .iter()
        .filter(|(k, _)| !["schemaLocation", "xmlns", "xsi", "opr"].contains(&k.as_str()))
        .map(|(k, v)| (k.clone(), v.clone().into()))
        .collect();
    let mut prose = String::new();
    for child in &node.content {
        let Content::Element(child) = child else { continue };
        if MARKUP.contains(&child.name.as_str()) {
            prose.push_str(&text(child));
            prose.push(' ');
            continue;
        }
        match LISTS.iter().find(|(one, _)| *one == child.name) {
            Some((_, many)) => {
                let list = fields.entry(*many).or_insert_with(|| Value::Array(Vec::new()));
                list.as_array_mut().unwrap().push(object(child));
            }
            None => {
                fields.insert(child.name.clone(), object(child));
            }
        }
    }
    if !prose.is_empty() {
        fields.insert("prose".into(), words(&prose).into());
    }
    Value::Object(fields)
}

/// Text with insertions and links in their Markdown form.
fn text(node: &Node) -> String {
    let attribute =
        |name: &str| node.attributes.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v.as_str());
    if node.name == "insert" {
        return format!("{{{{ insert: {}, {} }}}}", attribute("type"), attribute("id-ref"));
    }
    let inner: String = node
        .content
        .iter()
        .map(|c| match c {
            Content::Element(e) => text(e),
            Content::Text(t) => t.clone(),
        })
        .collect();
    if node.name == "a" { format!("[{inner}]({})", attribute("href")) } else { inner }
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
