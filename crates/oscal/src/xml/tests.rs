//! Hostile and damaged XML.

use crate::error::{Limits, ReadError};
use crate::tree::{Document, Format};

fn read(text: &str) -> Result<Document, ReadError> {
    Document::read(text.as_bytes(), Format::Xml, &Limits::default())
}

const OPEN: &str = "<catalog xmlns=\"http://csrc.nist.gov/ns/oscal/1.0\" uuid=\"a\">";

#[test]
fn document_types_and_entities_are_refused() {
    let bomb = "<!DOCTYPE l [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>\n<catalog>&b;</catalog>";
    assert_eq!(read(bomb).unwrap_err(), ReadError::Entity { line: 1 });
    let outside = "<!DOCTYPE l [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><catalog/>";
    assert_eq!(read(outside).unwrap_err(), ReadError::Entity { line: 1 });
    for inside in
        ["\n<metadata><title>&a;</title></metadata>", "\n<metadata><version>&a;</version></metadata>"]
    {
        let text = format!("{OPEN}{inside}</catalog>");
        assert_eq!(read(&text).unwrap_err(), ReadError::Entity { line: 2 }, "{inside}");
    }
    let attribute = OPEN.replace("\"a\"", "\"&a;\"");
    assert_eq!(read(&format!("{attribute}</catalog>")).unwrap_err(), ReadError::Entity { line: 1 });
}

#[test]
fn limits_are_kept() {
    for inside in ["<group>", "<group><part><p><em>", "<metadata><title><em>", "<x>"] {
        let deep = format!("{OPEN}{}", inside.repeat(10_000));
        assert!(matches!(read(&deep), Err(ReadError::Limit { what: "nesting depth", .. })), "{inside}");
    }
    let tight = Limits { text: 1_000, ..Limits::default() };
    for inside in ["<metadata><title>", "<metadata><version>", "<metadata><title><em>x</em>"] {
        let long = format!("{OPEN}{inside}{}", "x".repeat(2_000));
        let refused = Document::read(long.as_bytes(), Format::Xml, &tight);
        assert!(matches!(refused, Err(ReadError::Limit { what: "length of a value", .. })), "{inside}");
    }
    let attributes: String = (0..100).map(|at| format!(" a{at}=\"\"")).collect();
    let many = format!("{OPEN}<group{attributes}/></catalog>");
    assert!(matches!(read(&many), Err(ReadError::Limit { what: "number of attributes", .. })));
}

#[test]
fn white_space_that_means_nothing_is_left_behind() {
    let text = format!(
        "{OPEN}<metadata><title>\n a\n  b </title><last-modified>\n2026-11-23T00:00:00Z\n</last-modified>\
         <version> 1</version></metadata><back-matter><resource uuid=\"b\"><base64>\nQUJD\n QUJD\n</base64>\
         </resource></back-matter></catalog>"
    );
    let document = read(&text).unwrap();
    let problems = crate::validate::validate(&document);
    let wrong: Vec<&str> = problems
        .iter()
        .filter(|problem| problem.rule == "data-type")
        .map(|problem| problem.place.as_str())
        .collect();
    // A string may not begin with a space, and neither uuid is one.
    assert_eq!(wrong, ["/catalog/@uuid", "/catalog/metadata/version", "/catalog/back-matter/resource/@uuid"]);
    let json = document.write(Format::Json).unwrap();
    for value in ["\"a b\"", "\"2026-11-23T00:00:00Z\"", "\" 1\"", "\"QUJDQUJD\""] {
        assert!(json.contains(value), "{value}: {json}");
    }
}

#[test]
fn damaged_xml_is_refused() {
    for text in ["", "x", "<catalog>", "<a></b>", "<catalog/><catalog/>"] {
        assert!(read(text).is_err(), "{text}");
    }
    assert!(matches!(read("<nessus/>"), Err(ReadError::Model { line: 1, .. })));
    // The right name in no namespace is another language.
    assert!(matches!(read("<catalog/>"), Err(ReadError::Model { .. })));
    assert!(read(&format!("{OPEN}<metadata></catalog>")).is_err());
}

#[test]
fn comments_stay_and_prefixes_do_not_matter() {
    let text = format!(
        "<?xml version=\"1.0\"?>\n<!-- a -->\n{OPEN}<!-- b --><metadata><!-- c --><title>x</title><!-- d --></metadata></catalog>\n<!-- e -->\n"
    );
    let document = read(&text).unwrap();
    let written = document.write(Format::Xml).unwrap();
    let order: String = written.chars().filter(|c| "abcde".contains(*c)).collect();
    let before: String = text.chars().filter(|c| "abcde".contains(*c)).collect();
    assert_eq!(order, before);
    let prefixed =
        text.replace("<", "<o:").replace("<o:?", "<?").replace("<o:!", "<!").replace("<o:/", "</o:");
    let prefixed = prefixed.replace("xmlns=", "xmlns:o=");
    let plain = document.write(Format::Json).unwrap();
    assert_eq!(read(&prefixed).unwrap().write(Format::Json).unwrap(), plain);
}
