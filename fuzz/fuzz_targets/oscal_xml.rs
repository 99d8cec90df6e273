//! OSCAL in XML: read, validated, written as it came, read again, and converted.

#![no_main]

use libfuzzer_sys::fuzz_target;
use warrant_oscal::validate::validate;
use warrant_oscal::{Document, Format, Limits};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { nodes: 100_000, problems: 1_000, ..Limits::default() };
    let Ok(document) = Document::read(bytes, Format::Xml, &limits) else { return };
    let problems = validate(&document);
    if let Ok(written) = document.write(Format::Xml) {
        let again = Document::read(written.as_bytes(), Format::Xml, &limits).expect("what is written can be read");
        if problems.is_empty() {
            assert_eq!(again.write(Format::Xml).as_ref(), Ok(&written), "written and read again");
        }
    }
    for other in [Format::Json, Format::Yaml] {
        if let Ok(converted) = document.write(other) {
            Document::read(converted.as_bytes(), other, &limits).expect("what is converted can be read");
        }
    }
});
