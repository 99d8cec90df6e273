use super::*;
use crate::formats::testing;

#[test]
fn the_example_holds() {
    testing::example_holds(&Grype);
    testing::key_order_is_free(&Grype);
}

#[test]
fn the_example_says_what_it_says() {
    let (reading, gathered) = testing::read(&Grype, Grype.example().bytes).unwrap();
    assert_eq!(reading.targets, ["registry.example.org/portal:2.4.1"]);
    assert_eq!(reading.observed_at, text::instant("2025-04-02T06:00:00.5Z"));
    let [asset, first, ignored] = &gathered.facts[..] else { panic!() };
    assert!(matches!(&asset.1, Fact::Asset(asset) if asset.platform.as_deref() == Some("debian 12")));
    let Fact::Weakness(first) = &first.1 else { panic!("{first:?}") };
    assert_eq!(first.vulnerabilities, ["GHSA-zzzz-yyyy-xxxx", "CVE-2025-4444"]);
    assert_eq!((first.severity, first.cvss_score), (Severity::High, Some(8.1)));
    assert_eq!(first.fixed_version.as_deref(), Some("2.11.3"));
    assert_eq!(first.title, "A template can run code");
    let Fact::Weakness(ignored) = &ignored.1 else { panic!("{ignored:?}") };
    assert_eq!((ignored.suppressed, ignored.severity), (true, Severity::Low));
    assert!(matches!(&ignored.subject, Subject::Package { location, .. } if location.is_empty()));
}

#[test]
fn a_clean_folder_is_a_target_and_old_ratings_are_understood() {
    let clean = br#"{"matches": [], "source": {"type": "directory", "target": "/srv/app"}}"#;
    let (reading, gathered) = testing::read(&Grype, clean).unwrap();
    assert_eq!((reading.targets, gathered.facts.len()), (vec!["/srv/app".to_owned()], 0));
    let old = br#"{"source": {"target": "d"}, "matches": [{"vulnerability": {"id": "CVE-2018-1", "severity": "Unknown",
        "cvssV2": {"baseScore": 5, "vector": "AV:N/AC:L/Au:N/C:N/I:N/A:P"}}, "artifact": {"name": "p"}}]}"#;
    let (_, gathered) = testing::read(&Grype, old).unwrap();
    let [(_, Fact::Weakness(weakness))] = &gathered.facts[..] else { panic!() };
    assert_eq!((weakness.cvss_score, weakness.severity), (Some(5.0), Severity::None));
    assert!(matches!(testing::read(&Grype, br#"{"matches": []}"#), Err(ReadError::Empty { .. })));
}

#[test]
fn corpus_files_are_read() {
    let (mut files, mut facts) = (0, 0);
    for (path, bytes) in testing::corpus("scans/anchore_grype", &["json"]) {
        assert!(Grype.recognise(&Sniff::of(&bytes)) >= Confidence::Likely, "{path}");
        let (_, gathered) = testing::read(&Grype, &bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(
            gathered.problems.is_empty() && !gathered.facts.is_empty(),
            "{path}: {:?}",
            gathered.problems
        );
        files += 1;
        facts += gathered.facts.len();
    }
    println!("Grype: {files} files read, {facts} facts");
}
