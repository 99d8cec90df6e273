//! The funding request as HTML and as DOCX.

use std::io::{Cursor, Read};
use warrant_report::documents::funding_request::{
    CurvePoint, FundingRequest, RequestedLine, RoleHours, YearFigures,
};

fn year(times: f64) -> YearFigures {
    let point = |loss: f64, p: f64| CurvePoint { loss, probability: (p, p * 0.99, p * 1.01) };
    YearFigures {
        expected: 100_000.0 * times,
        bad: (600_000.0 * times, 599_000.0 * times, 601_000.0 * times),
        beyond: (900_000.0 * times, 899_000.0 * times, 901_000.0 * times),
        curve: vec![
            point(10_000.0, 0.5 * times),
            point(100_000.0, 0.2 * times),
            point(1_000_000.0, 0.01 * times),
        ],
    }
}

fn request(title: &str) -> FundingRequest {
    let line = RequestedLine {
        title: title.to_owned(),
        unit: "Digital".to_owned(),
        reason: "It is old.".to_owned(),
        amount: 12_500.0,
        forecast: (8_000.0, 11_000.0, 15_000.0),
        actions: vec!["Update the database".to_owned()],
        spares: 40_000.0,
    };
    FundingRequest {
        organisation: "Northwater".to_owned(),
        marking: Some("TLP:AMBER".to_owned()),
        of: "Digital".to_owned(),
        period: "2027".to_owned(),
        today: "2026-11-23".parse().ok(),
        currency: "EUR".to_owned(),
        lines: vec![line],
        now: year(1.0),
        then: year(0.6),
        roles: vec![RoleHours { role: "Systems Administration".to_owned(), needed: 300.0, available: 100.0 }],
        sources: vec!["Losses: scenarios.".to_owned()],
    }
}

/// A part of a DOCX file.
fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn both_formats_say_the_same() {
    let request = request("Database");
    let (html, docx) = (request.html(), request.docx().unwrap());
    let document = part(&docx, "word/document.xml");
    for said in [
        "12,500 EUR are asked for, 2027",
        "expected to cost 60,000 EUR instead of 100,000: 40,000 less",
        "11,000 (8,000 – 15,000)",
        "It is old. It pays for: Update the database.",
        "540,000 (539,400 – 540,600)",
        "Systems Administration",
    ] {
        assert!(html.contains(said), "{said} in the HTML");
        assert!(document.contains(said), "{said} in the DOCX");
    }
    assert!(html.contains("<polyline"), "both curves are drawn");
    let right = "<w:pStyle w:val=\"TableText\"/><w:jc w:val=\"right\"/>";
    assert!(document.contains(right) && document.contains("<w:pStyle w:val=\"TableText\"/></w:pPr>"));
    assert!(part(&docx, "word/header1.xml").contains("TLP:AMBER"));
    assert!(part(&docx, "word/footer1.xml").contains("TLP:AMBER") && html.contains("TLP:AMBER"));
    assert_eq!(docx, request.docx().unwrap(), "the same facts give the same bytes");
}

#[test]
fn hostile_text_stays_text() {
    let title = "<script>alert(1)</script> & \u{1}\u{ffff}\"]]>";
    let request = request(title);
    assert!(!request.html().contains("<script"), "{}", request.html());
    let docx = request.docx().unwrap();
    let names = [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/document.xml",
        "word/styles.xml",
        "word/header1.xml",
        "word/footer1.xml",
        "word/_rels/document.xml.rels",
    ];
    for name in names {
        let text = part(&docx, name);
        let mut reader = quick_xml::Reader::from_str(&text);
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(quick_xml::events::Event::Start(tag)) => {
                    assert!(!format!("{:?}", tag.name()).contains("script"), "{name}")
                }
                Ok(_) => {}
                Err(error) => panic!("{name}: {error}"),
            }
        }
        assert!(!text.contains('\u{1}') && !text.contains('\u{ffff}'), "{name}");
    }
}

#[test]
fn nothing_priced_is_said_so() {
    let mut request = request("Tablets");
    request.lines[0].spares = 0.0;
    request.now.curve.clear();
    request.then.curve.clear();
    let html = request.html();
    assert!(html.contains("nothing that is priced") && !html.contains("<polyline") && !html.contains("NaN"));
}
