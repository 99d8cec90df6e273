use super::CycloneDxXml;
use crate::formats::testing::{corpus, example_holds, facts, read};
use crate::{ReadError, Sniff};
use warrant_model::Severity;
use warrant_model::fact::{ComponentFact, Fact, WeaknessFact};

const EXAMPLE: &str = include_str!("../examples/cyclonedx-xml.xml");

fn components(facts: &[Fact]) -> Vec<&ComponentFact> {
    facts.iter().filter_map(|fact| if let Fact::Component(part) = fact { Some(part) } else { None }).collect()
}

fn weaknesses(facts: &[Fact]) -> Vec<&WeaknessFact> {
    facts
        .iter()
        .filter_map(|fact| if let Fact::Weakness(found) = fact { Some(found) } else { None })
        .collect()
}

#[test]
fn the_example_holds() {
    example_holds(&CycloneDxXml);
}

#[test]
fn components_services_and_the_subject_are_told() {
    let (reading, _) = read(&CycloneDxXml, EXAMPLE.as_bytes()).unwrap();
    assert_eq!((reading.targets[0].as_str(), reading.release.as_deref()), ("portal", Some("portal 2.4.1")));
    assert_eq!((reading.tool.name.as_str(), reading.tool.version.as_deref()), ("bill-maker", Some("2.0")));
    assert_eq!(reading.observed_at.unwrap().to_string(), "2026-02-01T08:00:00Z");
    let all = facts(&CycloneDxXml, EXAMPLE.as_bytes());
    let parts = components(&all);
    assert_eq!(
        parts.iter().map(|part| part.name.as_str()).collect::<Vec<_>>(),
        ["portal", "parser", "lexer", "sign-in"]
    );
    assert_eq!(parts[1].purl.as_deref(), Some("pkg:maven/org.example/parser@1.2.0"));
    assert_eq!(
        (parts[1].supplier.as_deref(), &parts[1].licenses[..]),
        (Some("Example Ltd"), &["Apache-2.0".to_owned()][..])
    );
    assert!(parts[1].sha256.as_deref().unwrap().starts_with("a74f7336"));
    assert_eq!(
        (parts[3].class.as_deref(), parts[3].supplier.as_deref()),
        (Some("service"), Some("Example Ltd"))
    );
}

#[test]
fn a_vulnerability_is_a_weakness_of_the_component_it_affects() {
    let all = facts(&CycloneDxXml, EXAMPLE.as_bytes());
    let found = weaknesses(&all);
    assert_eq!(found[0].vulnerabilities, ["CVE-2026-0020", "GHSA-aaaa-bbbb-cccc"]);
    assert_eq!((found[0].severity, found[0].cwes.as_slice()), (Severity::Critical, &[502][..]));
    assert_eq!(found[0].cvss_vector.as_deref(), Some("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"));
    assert_eq!(found[0].subject.title(), "org.example/parser 1.2.0");
    assert_eq!((found[0].fixed_version.as_deref(), found[0].exploit), (Some("1.2.1"), Some(true)));
}

#[test]
fn the_order_of_the_parts_does_not_matter() {
    let (head, rest) = EXAMPLE.split_once("  <metadata>").unwrap();
    let (metadata, rest) = rest.split_once("</metadata>").unwrap();
    let (components, rest) = rest.split_once("<services>").unwrap();
    let (services, vulnerabilities) = rest.split_once("</services>").unwrap();
    let vulnerabilities = vulnerabilities.replace("</bom>", "");
    let turned = format!(
        "{head}{vulnerabilities}{components}<services>{services}</services><metadata>{metadata}</metadata></bom>"
    );
    assert_eq!(facts(&CycloneDxXml, turned.as_bytes()), facts(&CycloneDxXml, EXAMPLE.as_bytes()));
}

#[test]
fn the_extension_before_1_4_is_read() {
    let old = "<bom xmlns='http://cyclonedx.org/schema/bom/1.1' xmlns:v='http://cyclonedx.org/schema/ext/vulnerability/1.0'>\
        <components><component type='library'><name>a</name><version>1</version>\
        <v:vulnerabilities><v:vulnerability><v:id>CVE-2026-1</v:id><v:ratings><v:rating><v:score><v:base>9.1</v:base>\
        <v:impact>2</v:impact></v:score><v:method>CVSSv3</v:method></v:rating></v:ratings><v:recommendations>\
        <v:recommendation>Upgrade</v:recommendation></v:recommendations></v:vulnerability></v:vulnerabilities></component>\
        <component type='library' bom-ref='b'><name>b</name><version>2</version></component></components>\
        <v:vulnerabilities><v:vulnerability ref='b'><v:id>CVE-2026-2</v:id></v:vulnerability></v:vulnerabilities></bom>";
    let all = facts(&CycloneDxXml, old.as_bytes());
    let found = weaknesses(&all);
    assert_eq!((found[0].subject.title().as_str(), found[0].severity), ("a 1", Severity::Critical));
    assert_eq!(found[0].remedy.as_deref(), Some("Upgrade"));
    assert_eq!((found[1].subject.title().as_str(), found[1].rule.as_str()), ("b 2", "CVE-2026-2"));
    assert_eq!((found.len(), components(&all).len()), (2, 2));
}

#[test]
fn other_versions_and_roots_are_refused_and_nothing_is_empty() {
    let later = b"<bom xmlns='http://cyclonedx.org/schema/bom/2.0'/>";
    assert!(matches!(read(&CycloneDxXml, later), Err(ReadError::Version { .. })));
    assert!(matches!(read(&CycloneDxXml, b"<bom/>"), Err(ReadError::Malformed { line: 1, .. })));
    let nothing = b"<bom xmlns='http://cyclonedx.org/schema/bom/1.6'><components/></bom>";
    assert!(matches!(read(&CycloneDxXml, nothing), Err(ReadError::Empty { .. })));
}

/// Valid files are read or are empty; invalid ones must not panic.
#[test]
fn the_specifications_own_files_are_read() {
    let (mut count, mut told, mut empty) = (0, 0, 0);
    for (path, bytes) in corpus("cyclonedx", &["xml"]) {
        let name = path.rsplit('/').next().unwrap().to_owned();
        let result = read(&CycloneDxXml, &bytes);
        if name.starts_with("invalid") || name.starts_with("informal") {
            continue;
        }
        assert_eq!(crate::recognise(&bytes).map(|reader| reader.id()), Ok("cyclonedx-xml"), "{path}");
        match result {
            Ok((_, gathered)) => {
                assert_eq!(gathered.problems, [], "{path}");
                (count, told) = (count + 1, told + gathered.facts.len());
            }
            Err(ReadError::Empty { .. }) => empty += 1,
            Err(error) => panic!("{path}: {error}"),
        }
        let _ = Sniff::of(&bytes);
    }
    eprintln!("{count} files, {told} facts, {empty} empty");
}
