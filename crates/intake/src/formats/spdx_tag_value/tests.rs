use super::SpdxTagValue;
use crate::formats::testing::{corpus, example_holds, facts, read};
use crate::{ReadError, Reader};
use warrant_model::fact::Fact;

#[test]
fn the_example_holds() {
    example_holds(&SpdxTagValue);
}

#[test]
fn the_described_package_is_the_release_and_silence_is_no_value() {
    let (reading, gathered) = read(&SpdxTagValue, SpdxTagValue.example().bytes).unwrap();
    assert_eq!((reading.targets[0].as_str(), reading.release.as_deref()), ("gateway", Some("gateway 1.8.0")));
    assert_eq!((reading.tool.name.as_str(), reading.tool.version.as_deref()), ("bill-maker", Some("3.1.0")));
    assert_eq!(reading.observed_at.unwrap().to_string(), "2026-02-01T08:00:00Z");
    let Fact::Component(gateway) = &gathered.facts[1].1 else { panic!("{:?}", gathered.facts) };
    assert_eq!((gateway.supplier.as_deref(), gateway.licenses.len()), (Some("Example Ltd"), 0));
    let (place, Fact::Component(zip)) = &gathered.facts[2] else { panic!("{:?}", gathered.facts) };
    assert_eq!((place.line, zip.name.as_str(), zip.supplier.as_deref()), (20, "libzip", Some("A. Author")));
    assert_eq!(
        (zip.purl.as_deref(), zip.licenses.as_slice()),
        (Some("pkg:generic/libzip@1.3.1"), &["Zlib".to_owned()][..])
    );
    assert!(zip.cpe.is_some() && zip.sha256.as_deref().unwrap().starts_with("a74f"));
}

#[test]
fn damage_and_other_versions_are_named() {
    let cases: [(&[u8], u32); 3] = [
        (b"SPDXVersion: SPDX-2.3\nPackageName: a\nPackageComment: <text>never\n", 3),
        (b"SPDXVersion: SPDX-2.3\n\nnonsense\n", 3),
        (b"PackageName: a\n", 1),
    ];
    for (bytes, expected) in cases {
        assert!(
            matches!(read(&SpdxTagValue, bytes), Err(ReadError::Malformed { line, .. }) if line == expected)
        );
    }
    assert!(matches!(read(&SpdxTagValue, b"SPDXVersion: SPDX-1.2\n"), Err(ReadError::Version { .. })));
    assert!(matches!(read(&SpdxTagValue, b"SPDXVersion: SPDX-2.3\n"), Err(ReadError::Empty { .. })));
}

#[test]
fn the_order_of_a_packages_tags_does_not_matter() {
    let of = |tags: [&str; 3]| {
        let text = format!("SPDXVersion: SPDX-2.2\nPackageName: a\n{}", tags.concat());
        facts(&SpdxTagValue, text.as_bytes())
    };
    let [a, b, c] = ["PackageVersion: 1\n", "PackageLicenseDeclared: MIT\n", "SPDXID: SPDXRef-a\n"];
    assert_eq!(of([a, b, c]), of([c, b, a]));
}

#[test]
fn published_examples_are_read() {
    let (mut count, mut told) = (0, 0);
    for (path, bytes) in corpus("spdx", &["spdx"]) {
        assert_eq!(crate::recognise(&bytes).map(|reader| reader.id()), Ok("spdx-tag-value"), "{path}");
        let (_, gathered) = read(&SpdxTagValue, &bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(gathered.problems, [], "{path}");
        (count, told) = (count + 1, told + gathered.facts.len());
    }
    eprintln!("{count} files, {told} facts");
}
