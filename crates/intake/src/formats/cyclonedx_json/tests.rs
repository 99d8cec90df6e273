use super::*;
use crate::Tool;
use crate::formats::testing;
use warrant_model::fact::{Fact, Subject};
use warrant_model::level::Severity;

#[test]
fn the_example_says_what_it_says() {
    let (reading, gathered) = testing::read(&CycloneDxJson, CycloneDxJson.example().bytes).unwrap();
    assert_eq!(reading.targets, ["customer-portal"]);
    assert_eq!(reading.release.as_deref(), Some("customer-portal 2.4.1"));
    assert_eq!(reading.tool, Tool { name: "bill-maker".to_owned(), version: Some("3.1.0".to_owned()) });
    assert_eq!(reading.observed_at, text::instant("2025-03-04T09:30:00Z"));

    let (place, Fact::Component(parser)) = &gathered.facts[2] else { panic!("{:?}", gathered.facts[2]) };
    assert_eq!(*place, Place::new(22, "/components/0/components/0"));
    assert_eq!(parser.name, "tiny-parser");
    assert!(parser.sha256.as_deref().is_some_and(|digest| digest.starts_with("9f86d0")));

    let (_, Fact::Weakness(loops)) = &gathered.facts[4] else { panic!("{:?}", gathered.facts[4]) };
    assert!(
        matches!(&loops.subject, Subject::Package { name, version, .. } if name == "tiny-parser" && version == "1.0.9")
    );
    assert_eq!(loops.severity, Severity::High);
    assert_eq!(loops.cvss_vector.as_deref(), Some("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"));
    assert_eq!(loops.vulnerabilities, ["CVE-2025-1111", "GHSA-aaaa-bbbb-cccc"]);
    assert_eq!(loops.cwes, [400]);
    assert_eq!(loops.fixed_version.as_deref(), Some("1.1.0"));
    assert_eq!(loops.title, "A crafted document makes the parser loop");
    assert!(!loops.suppressed);

    let (_, Fact::Weakness(unreached)) = &gathered.facts[5] else { panic!("{:?}", gathered.facts[5]) };
    assert!(unreached.suppressed);
}

#[test]
fn a_later_version_is_named() {
    let refused =
        testing::read(&CycloneDxJson, br#"{"bomFormat": "CycloneDX", "specVersion": "1.9"}"#).unwrap_err();
    assert!(matches!(&refused, ReadError::Version { version, .. } if version == "1.9"));
}

#[test]
fn a_bill_of_nothing_is_empty_and_one_with_a_subject_is_not() {
    let nothing = testing::read(
        &CycloneDxJson,
        br#"{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": []}"#,
    );
    assert!(matches!(nothing, Err(ReadError::Empty { .. })));
    let subject = br#"{"bomFormat": "CycloneDX", "specVersion": "1.5",
        "metadata": {"component": {"type": "container", "name": "registry.example/app"}}}"#;
    let (reading, gathered) = testing::read(&CycloneDxJson, subject).unwrap();
    assert_eq!(reading.targets, ["registry.example/app"]);
    assert_eq!(gathered.facts.len(), 2);
}

#[test]
fn nesting_is_bounded() {
    let open = r#"{"name": "x", "components": ["#;
    let deep = format!(
        r#"{{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{}{}]}}"#,
        open.repeat(200),
        "]}".repeat(200)
    );
    let refused = testing::read(&CycloneDxJson, deep.as_bytes()).unwrap_err();
    assert!(matches!(refused, ReadError::Limit { what: "nesting depth", .. }), "{refused}");
}

#[test]
fn the_example_holds() {
    testing::example_holds(&CycloneDxJson);
    testing::key_order_is_free(&CycloneDxJson);
}

/// The published test files: every valid one is read, except those that hold nothing this reader looks for; an
/// invalid one may be read or refused.
#[test]
fn the_specification_tests_are_read() {
    let (mut read, mut empty, mut invalid) = (0, 0, 0);
    for (path, bytes) in testing::corpus("cyclonedx/spec-tests", &["json"]) {
        let outcome = testing::read(&CycloneDxJson, &bytes);
        if path.contains("invalid") {
            invalid += 1;
            continue;
        }
        match outcome {
            Ok((reading, gathered)) => {
                assert_eq!(gathered.problems, [], "{path}");
                assert!(!gathered.facts.is_empty() && !reading.targets.is_empty(), "{path}");
                read += 1;
            }
            Err(ReadError::Empty { .. }) => {
                let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
                for key in ["/components/0", "/services/0", "/vulnerabilities/0", "/metadata/component"] {
                    assert!(value.pointer(key).is_none(), "{path} was taken for empty");
                }
                empty += 1;
            }
            Err(error) => panic!("{path}: {error}"),
        }
    }
    println!("CycloneDX JSON: {read} valid files read, {empty} without content, {invalid} invalid tried");
}

#[test]
fn a_marker_behind_many_components_is_still_found() {
    let item = r#"{"type": "library", "name": "x"}"#;
    let list = vec![item; 4000].join(",");
    let text = format!(r#"{{"components": [{list}], "bomFormat": "CycloneDX", "specVersion": "1.5"}}"#);
    assert_eq!(CycloneDxJson.recognise(&Sniff::of(text.as_bytes())), Confidence::Maybe);
    let (_, gathered) = testing::read(&CycloneDxJson, text.as_bytes()).unwrap();
    assert_eq!(gathered.facts.len(), 4000);
}
