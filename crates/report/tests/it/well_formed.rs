//! Whether a document holds together: HTML that closes what it opens, DOCX parts that are XML, references that lead somewhere.

use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

/// Every part of a DOCX file.
pub(crate) fn parts(docx: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut parts = BTreeMap::new();
    for nth in 0..archive.len() {
        let mut part = archive.by_index(nth).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        parts.insert(part.name().unwrap().to_string(), text);
    }
    parts
}

/// Every element of a part with its attributes; the part is read to its end.
pub(crate) fn elements(part: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut reader = Reader::from_str(part);
    reader.config_mut().check_end_names = true;
    let (mut found, mut open) = (Vec::new(), 0_i64);
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{error} in {part:.300}"));
        let element = match &event {
            Event::Eof => break,
            Event::Start(element) => {
                open += 1;
                element
            }
            Event::Empty(element) => element,
            Event::End(_) => {
                open -= 1;
                continue;
            }
            _ => continue,
        };
        let name = element.name().as_ref().to_string();
        let attributes = element.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let key = attribute.key.as_ref().to_string();
            (key, attribute.value.to_string())
        });
        found.push((name, attributes.collect()));
    }
    assert_eq!(open, 0, "every element is closed");
    found
}

/// Values of an attribute, as written.
pub(crate) fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let opening = format!(" {attribute}=\"");
    html.split(opening.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Elements that HTML writes without an end.
const VOID: [&str; 3] = ["meta", "br", "!DOCTYPE"];

/// Every element of the HTML is closed in order.
pub(crate) fn well_formed(html: &str) {
    // Style sheets hold no element.
    let (head, rest) = html.split_once("<style>").unwrap();
    let body = rest.split_once("</style>").unwrap().1;
    let mut open: Vec<&str> = Vec::new();
    for tag in [head, body].into_iter().flat_map(|part| part.split('<').skip(1)) {
        let tag = tag.split('>').next().unwrap();
        let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap();
        match tag.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed), "{tag}"),
            None if VOID.contains(&name) || tag.ends_with('/') => {}
            None => open.push(name),
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

/// References lead to sources, sources are referred to, contents lead to headings.
pub(crate) fn html_holds_together(id: &str, html: &str) {
    let ids = values(html, "id");
    let anchors: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(anchors.len(), ids.len(), "{id}: an anchor stands twice");
    let to: BTreeSet<&str> =
        values(html, "href").into_iter().map(|href| href.strip_prefix('#').unwrap()).collect();
    assert!(to.is_subset(&anchors), "{id}: {:?} lead nowhere", to.difference(&anchors));
    let sources: BTreeSet<&str> = anchors.iter().copied().filter(|one| one.starts_with('s')).collect();
    assert!(
        sources.len() > 1 && sources.is_subset(&to),
        "{id}: {:?} are not referred to",
        sources.difference(&to)
    );
}

pub(crate) fn docx_holds_together(id: &str, document: &str) {
    let all = elements(document);
    let of = |element: &str, attribute: &str| -> Vec<String> {
        let named = all.iter().filter(|(name, _)| name == element);
        named.filter_map(|(_, attributes)| attributes.get(attribute).cloned()).collect()
    };
    let marks = of("w:bookmarkStart", "w:name");
    let anchors: BTreeSet<String> = marks.iter().cloned().collect();
    let ids: BTreeSet<String> = of("w:bookmarkStart", "w:id").into_iter().collect();
    assert_eq!((anchors.len(), ids.len()), (marks.len(), marks.len()), "{id}: a bookmark stands twice");
    let to: BTreeSet<String> = of("w:hyperlink", "w:anchor").into_iter().collect();
    assert!(to.is_subset(&anchors), "{id}: {:?} lead nowhere", to.difference(&anchors));
    let sources: BTreeSet<String> = anchors.into_iter().filter(|one| one.starts_with('s')).collect();
    assert!(
        sources.len() > 1 && sources.is_subset(&to),
        "{id}: {:?} are not referred to",
        sources.difference(&to)
    );
    // Word refuses a cell that does not end with a paragraph.
    let cells = document.matches("<w:tc>").count();
    assert_eq!(
        document.matches("</w:p></w:tc>").count(),
        cells,
        "{id}: a cell without a paragraph at its end"
    );
}
