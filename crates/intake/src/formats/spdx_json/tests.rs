use super::*;
use crate::formats::testing;

#[test]
fn the_example_holds() {
    testing::example_holds(&SpdxJson);
    testing::key_order_is_free(&SpdxJson);
}

#[test]
fn the_described_package_is_the_release_and_silence_is_no_value() {
    let (reading, gathered) = testing::read(&SpdxJson, SpdxJson.example().bytes).unwrap();
    assert_eq!(reading.targets, ["gateway"]);
    assert_eq!(reading.release.as_deref(), Some("gateway 1.8.0"));
    assert_eq!(reading.tool, Tool { name: "bill-maker".to_owned(), version: Some("3.1.0".to_owned()) });

    let (_, Fact::Component(gateway)) = &gathered.facts[1] else { panic!("{:?}", gathered.facts[1]) };
    assert!(gateway.licenses.is_empty());
    assert_eq!(gateway.supplier.as_deref(), Some("Example Ltd"));
    let (place, Fact::Component(zip)) = &gathered.facts[2] else { panic!("{:?}", gathered.facts[2]) };
    assert_eq!(*place, Place::new(22, "/packages/1"));
    assert_eq!(zip.supplier.as_deref(), Some("A. Author"));
    assert_eq!(zip.licenses, ["Zlib"]);
    assert_eq!(zip.cpe.as_deref(), Some("cpe:2.3:a:example:libzip:1.3.1:*:*:*:*:*:*:*"));
    assert!(zip.sha256.is_some() && zip.purl.is_some());
}

#[test]
fn later_versions_are_refused_by_name_and_a_document_without_packages_is_empty() {
    let later = br#"{"spdxVersion": "SPDX-9.0", "name": "x", "packages": []}"#;
    assert_eq!(SpdxJson.recognise(&Sniff::of(later)), Confidence::Certain);
    let refused = testing::read(&SpdxJson, later).unwrap_err();
    assert!(matches!(refused, ReadError::Version { .. }), "{refused}");
    let nothing = testing::read(&SpdxJson, br#"{"spdxVersion": "SPDX-2.3", "name": "x", "packages": []}"#);
    assert!(matches!(nothing, Err(ReadError::Empty { .. })));
}

#[test]
fn published_examples_are_read() {
    let mut read = 0;
    for (path, bytes) in testing::corpus("spdx", &["json"]) {
        if SpdxJson.recognise(&Sniff::of(&bytes)) != Confidence::Certain {
            continue;
        }
        match testing::read(&SpdxJson, &bytes) {
            Ok((_, gathered)) => {
                assert_eq!(gathered.problems, [], "{path}");
                read += 1;
            }
            Err(ReadError::Version { version, .. }) => assert!(version.starts_with('3'), "{path}"),
            Err(error) => println!("{path}: {error}"),
        }
    }
    println!("SPDX JSON: {read} files read");
}
