//! NIST publishes documents in several formats: the twins must be one document to us.

use crate::corpus::{self, parse, read};
use std::path::{Path, PathBuf};
use warrant_oscal::Format;

/// Pairs of the same document: XML, and JSON or YAML.
fn pairs(oscal: &Path) -> Vec<(PathBuf, PathBuf)> {
    let mut found = Vec::new();
    for folder in ["oscal-examples", "nist-800-53/v1.0.0"] {
        for xml in
            corpus::files(&oscal.join(folder)).into_iter().filter(|path| corpus::format(path) == Format::Xml)
        {
            for ending in ["json", "yaml"] {
                let text = xml.to_string_lossy().replace("/xml/", &format!("/{ending}/"));
                let twin = PathBuf::from(text).with_extension(ending);
                if twin.is_file() {
                    found.push((xml.clone(), twin));
                }
            }
        }
    }
    found
}

/// Where NIST's own files differ: the end of the file name, part of the line that differs, and why.
const DIFFERENCES: [(&str, &str, &str); 4] = [
    (
        "ssp-example.json",
        "<ul><li>Requires all components synchronize",
        "the XML has paragraphs in its list items; the Markdown has no blank lines that would say so",
    ),
    ("ssp-example.yaml", "<ul><li>Requires all components synchronize", "the same as in JSON"),
    (
        "NIST_SP-800-53_rev5_catalog.json",
        "Revision 5: * Security and Privacy Controls",
        "the emphasis begins with a space, which the Markdown keeps, so that it reads as an asterisk",
    ),
    ("NIST_SP-800-53_rev5_catalog.json", "Revision 5: * Security and Privacy Controls", "a second resource"),
];

#[test]
fn twins_are_one_document() {
    let Some(oscal) = corpus::oscal() else { return };
    let pairs = pairs(&oscal);
    let mut differing = Vec::new();
    for (xml, other) in &pairs {
        // Both by way of Markdown to XML, so that white space in markup is laid out alike.
        let through = read(xml).write(Format::Json).unwrap();
        let left = parse(through.as_bytes(), Format::Json, "xml as json").write(Format::Xml).unwrap();
        let right = read(other).write(Format::Xml).unwrap();
        for (a, b) in left.lines().zip(right.lines()).filter(|(a, b)| a != b) {
            differing.push((other.display().to_string(), a.trim().to_owned(), b.trim().to_owned()));
        }
        assert_eq!(left.lines().count(), right.lines().count(), "{}", other.display());
    }
    let known = |file: &str, line: &str| {
        DIFFERENCES.iter().any(|(ending, part, _)| file.ends_with(ending) && line.contains(part))
    };
    let unknown: Vec<_> = differing.iter().filter(|(file, _, line)| !known(file, line)).collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
    println!("{} pairs of twins are equal, {} lines differ for known reasons", pairs.len(), differing.len());
    assert!(pairs.len() >= 23, "{}", pairs.len());
}
