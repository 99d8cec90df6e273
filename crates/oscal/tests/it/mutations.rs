//! A small valid document of our own, and what happens when it is spoilt in one place: each kind of constraint and
//! of structure is broken once, in JSON and in XML, and told with its rule, place and line.

use crate::corpus::parse;
use warrant_oscal::schema::Level;
use warrant_oscal::validate::validate;
use warrant_oscal::{Document, Format, Problem};

pub(crate) const CATALOG: &str = r##"{
  "catalog": {
    "uuid": "6f2f3f8e-7d0a-4c0b-9e7e-0b5d6f1a2c3d",
    "metadata": {
      "title": "Rules of a tea kitchen",
      "last-modified": "2026-11-23T00:00:00Z",
      "version": "1",
      "oscal-version": "1.2.2",
      "roles": [{"id": "keeper", "title": "Keeper of the kettle"}],
      "parties": [
        {"uuid": "0d3c5a1e-2b4f-4a6d-8c9e-1f2e3d4c5b6a", "type": "organization", "name": "Tea Ltd",
         "email-addresses": ["tea@example.org"], "telephone-numbers": [{"number": "5550100"}]}
      ],
      "responsible-parties": [
        {"role-id": "keeper", "party-uuids": ["0d3c5a1e-2b4f-4a6d-8c9e-1f2e3d4c5b6a"]}
      ]
    },
    "groups": [
      {
        "id": "kt",
        "title": "Kitchen",
        "controls": [
          {
            "id": "kt-1",
            "title": "Clean the *kettle*",
            "params": [{"id": "kt-1_prm_1", "label": "days"}],
            "props": [{"name": "label", "value": "KT-1"}],
            "links": [{"href": "#kt-2", "rel": "related"}],
            "parts": [
              {"id": "kt-1_smt", "name": "statement", "prose": "Clean it every {{ insert: param, kt-1_prm_1 }}."}
            ]
          },
          {"id": "kt-2", "title": "Count the cups",
           "parts": [{"id": "kt-2_smt", "name": "statement", "prose": "Count."}]}
        ]
      }
    ],
    "back-matter": {
      "resources": [
        {"uuid": "11111111-2222-4333-8444-555555555555", "title": "Manual",
         "rlinks": [{"href": "https://example.org/manual.pdf",
                     "hashes": [{"algorithm": "SHA-256",
                                 "value": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}]}]}
      ]
    }
  }
}
"##;

fn problems(json: &str) -> Vec<Problem> {
    validate(&parse(json.as_bytes(), Format::Json, "ours"))
}

/// The document with one stretch replaced, which must be there.
fn spoilt(from: &str, to: &str) -> String {
    assert!(CATALOG.contains(from), "{from}");
    CATALOG.replacen(from, to, 1)
}

/// The line of the first character that was changed.
fn first_difference(text: &str) -> u32 {
    let same = text.bytes().zip(CATALOG.bytes()).take_while(|(a, b)| a == b).count();
    u32::try_from(text[..same].matches('\n').count() + 1).unwrap()
}

#[test]
fn the_document_is_valid_in_every_format() {
    assert_eq!(problems(CATALOG), []);
    let document = parse(CATALOG.as_bytes(), Format::Json, "ours");
    for format in [Format::Xml, Format::Yaml] {
        let text = document.write(format).unwrap();
        assert_eq!(validate(&parse(text.as_bytes(), format, "ours")), [], "{text}");
    }
}

#[test]
fn each_spoilt_place_is_told_with_rule_place_and_line() {
    let cases: &[(&str, &str, &str, &str)] = &[
        // Structure.
        ("\"title\": \"Kitchen\",", "", "missing-member", "/catalog/groups/0"),
        ("\"title\": \"Kitchen\"", "\"titel\": \"Kitchen\"", "unknown-member", "/catalog/groups/0/titel"),
        ("\"title\": \"Kitchen\"", "\"title\": 7", "wrong-kind", "/catalog/groups/0/title"),
        ("\"title\": \"Kitchen\"", "\"title\": null", "wrong-kind", "/catalog/groups/0/title"),
        ("\"title\": \"Kitchen\"", "\"title\": \"\"", "data-type", "/catalog/groups/0/title"),
        (
            "\"title\": \"Kitchen\",",
            "\"title\": \"K\", \"title\": \"L\",",
            "duplicate-key",
            "/catalog/groups/0/title",
        ),
        (
            "\"title\": \"Kitchen\",",
            "\"title\": \"K\", \"props\": [],",
            "empty-array",
            "/catalog/groups/0/props",
        ),
        (
            "\"title\": \"Kitchen\",",
            "\"title\": \"K\", \"props\": {},",
            "wrong-kind",
            "/catalog/groups/0/props",
        ),
        ("\"id\": \"kt\"", "\"id\": \"k t\"", "data-type", "/catalog/groups/0/id"),
        ("2026-11-23T00:00:00Z", "2026-11-23", "data-type", "/catalog/metadata/last-modified"),
        ("6f2f3f8e-7d0a-4c0b", "6f2f3f8e-7d0a-1c0b", "data-type", "/catalog/uuid"),
        (
            "\"label\": \"days\"",
            "\"values\": [\"1\"], \"select\": {\"choice\": [\"a\"]}",
            "choice",
            "/catalog/groups/0/controls/0/params/0",
        ),
        // Constraints: the nine kinds of damage that other tools let pass are among these.
        ("\"id\": \"kt-2\"", "\"id\": \"kt-1\"", "oscal-catalog-controls", "/catalog/groups/0/controls/1"),
        (
            "\"id\": \"kt-2_smt\"",
            "\"id\": \"kt-1_smt\"",
            "oscal-catalog-parts",
            "/catalog/groups/0/controls/1/parts/0",
        ),
        (
            "\"name\": \"statement\", \"prose\": \"Count.\"",
            "\"name\": \"sttement\", \"prose\": \"Count.\"",
            "oscal-control-part-name",
            "/catalog/groups/0/controls/1/parts/0/name",
        ),
        (
            "{\"name\": \"label\", \"value\": \"KT-1\"}",
            "{\"name\": \"status\", \"value\": \"gone\"}",
            "oscal-control-prop-status-value",
            "/catalog/groups/0/controls/0/props/0/value",
        ),
        (
            "\"role-id\": \"keeper\"",
            "\"role-id\": \"cook\"",
            "oscal-metadata-responsible-party-index-metadata-role-id",
            "/catalog/metadata/responsible-parties/0",
        ),
        (
            "[\"0d3c5a1e-2b4f-4a6d-8c9e-1f2e3d4c5b6a\"]",
            "[\"0d3c5a1e-2b4f-4a6d-8c9e-1f2e3d4c5b6b\"]",
            "oscal-index-metadata-party-uuid",
            "/catalog/metadata/responsible-parties/0/party-uuids/0",
        ),
        (
            "{\"href\": \"#kt-2\", \"rel\": \"related\"}",
            "{\"href\": \"#11111111-2222-4333-8444-555555555556\", \"rel\": \"reference\"}",
            "oscal-metadata-link-reference-index-back-matter-resource",
            "/catalog/groups/0/controls/0/links/0",
        ),
        (
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "e3b0c442",
            "oscal-check-hash-length-SHA2-3-256",
            "/catalog/back-matter/resources/0/rlinks/0/hashes/0",
        ),
        (
            "\"type\": \"organization\"",
            "\"type\": \"company\"",
            "oscal-metadata-party-type-values",
            "/catalog/metadata/parties/0/type",
        ),
    ];
    for (from, to, rule, place) in cases {
        let text = spoilt(from, to);
        let found = problems(&text);
        let errors: Vec<&Problem> = found.iter().filter(|problem| problem.level == Level::Error).collect();
        let told = errors.iter().find(|problem| problem.place == *place && problem.rule == *rule);
        let told = told.unwrap_or_else(|| panic!("{to}: {rule} is not told about {place}: {found:#?}"));
        assert!(!told.message.is_empty() && !told.remedy.is_empty(), "{told:?}");
        let line = first_difference(&text);
        assert!(told.line.abs_diff(line) <= 2, "{to}: line {} is told, not {line}", told.line);
    }
}

#[test]
fn a_broken_reference_between_controls_is_a_warning() {
    let found = problems(&spoilt("#kt-2", "#kt-9"));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        (found[0].level, found[0].rule.as_str()),
        (Level::Warning, "oscal-catalog-groups-controls-parts")
    );
}

#[test]
fn a_control_without_statement_must_be_withdrawn() {
    let bare = spoilt(
        "\"parts\": [{\"id\": \"kt-2_smt\", \"name\": \"statement\", \"prose\": \"Count.\"}]",
        "\"class\": \"c\"",
    );
    let found = problems(&bare);
    assert!(
        found
            .iter()
            .any(|problem| problem.rule == "oscal-catalog-control-require-statement-when-not-withdrawn")
    );
    let withdrawn =
        bare.replace("\"class\": \"c\"", "\"props\": [{\"name\": \"status\", \"value\": \"withdrawn\"}]");
    assert_eq!(problems(&withdrawn), []);
}

#[test]
fn xml_is_told_by_xpath_and_keeps_its_order() {
    let document = parse(CATALOG.as_bytes(), Format::Json, "ours");
    let xml = document.write(Format::Xml).unwrap();
    let found = |text: &str| validate(&parse(text.as_bytes(), Format::Xml, "ours"));
    for (from, to, rule, place) in [
        ("id=\"kt-2\"", "id=\"kt-1\"", "oscal-catalog-controls", "/catalog/group/control[2]"),
        ("<title>Count the cups</title>", "<titel/>", "unknown-member", "/catalog/group/control[2]/titel"),
        ("id=\"kt-2\"", "id=\"kt-2\" colour=\"red\"", "unknown-member", "/catalog/group/control[2]/colour"),
        ("<em>kettle</em>", "<blink>kettle</blink>", "markup", "/catalog/group/control[1]/title"),
        (
            "<version>1</version>",
            "<version>1<b>2</b></version>",
            "unknown-member",
            "/catalog/metadata/version/b",
        ),
    ] {
        let text = xml.replacen(from, to, 1);
        assert_ne!(text, xml, "{from}");
        let problems = found(&text);
        let told = problems.iter().any(|problem| problem.place == place && problem.rule == rule);
        assert!(told, "{to}: {problems:#?}");
    }
    let back = xml.find("<back-matter").unwrap();
    let end = xml.find("</back-matter>").unwrap() + "</back-matter>".len();
    let moved = format!("{}{}", &xml[..back], &xml[end..]).replacen(
        "<group",
        &format!("{}<group", &xml[back..end]),
        1,
    );
    let problems = found(&moved);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert_eq!((problems[0].rule.as_str(), problems[0].place.as_str()), ("order", "/catalog/group"));
}

/// Nothing that is read panics when it is validated or written, however it is spoilt.
#[test]
fn cut_and_flipped_documents_do_not_panic() {
    let document = parse(CATALOG.as_bytes(), Format::Json, "ours");
    for format in [Format::Json, Format::Xml, Format::Yaml] {
        let text = document.write(format).unwrap();
        let bytes = text.as_bytes();
        for at in (0..bytes.len()).step_by(7) {
            for replacement in [b'"', b'<', b'{', b'[', b' ', b':', b'&', 0] {
                let mut spoilt = bytes.to_vec();
                spoilt[at] = replacement;
                exercise(&spoilt, format);
            }
            exercise(&bytes[..at], format);
        }
    }
}

fn exercise(bytes: &[u8], format: Format) {
    let Ok(document) = Document::read(bytes, format, &warrant_oscal::Limits::default()) else { return };
    let _ = validate(&document);
    for to in [Format::Json, Format::Xml, Format::Yaml] {
        let _ = document.write(to);
    }
}
