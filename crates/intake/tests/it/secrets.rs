//! Secrets that scanners found do not get into facts.

use crate::corpus;
use warrant_intake::{Limits, recognise};
use warrant_model::fact::{Fact, Subject};

const REPORT: &str = r#"[{"Description": "AWS", "StartLine": 2, "Match": "key = AKIAIOSFODNN7EXAMPLE;",
  "Secret": "AKIAIOSFODNN7EXAMPLE", "File": "conf/AKIAIOSFODNN7EXAMPLE.tf", "Commit": "74d5", "RuleID": "aws"}]"#;

fn weakness(limits: Limits) -> (String, Option<String>) {
    let reader = recognise(REPORT.as_bytes()).unwrap();
    let (gathered, reading) = corpus::read_within(reader, REPORT.as_bytes(), limits);
    assert!(reading.is_ok());
    let Fact::Weakness(weakness) = &gathered.facts[0].1 else { panic!("{:?}", gathered.facts) };
    let Subject::Code { fingerprint, .. } = &weakness.subject else { panic!("{weakness:?}") };
    (serde_json::to_string(weakness).unwrap(), fingerprint.clone())
}

#[test]
fn a_secret_is_told_by_its_length_only_and_hashed_only_under_a_key() {
    let (text, fingerprint) = weakness(Limits::default());
    assert!(!text.contains("AKIAIOSFODNN7EXAMPLE"), "{text}");
    assert!(text.contains("AKIA… (20 characters)"), "{text}");
    assert_eq!(fingerprint, None);
    let (text, one) = weakness(Limits { secrets: Some([1; 32]), ..Limits::default() });
    assert!(!text.contains("AKIAIOSFODNN7EXAMPLE"), "{text}");
    let (_, again) = weakness(Limits { secrets: Some([1; 32]), ..Limits::default() });
    let (_, other) = weakness(Limits { secrets: Some([2; 32]), ..Limits::default() });
    assert!(one.as_deref().is_some_and(|one| one.starts_with("secret:")) && one == again && one != other);
}

/// Files of secret scanners with secrets that stand in them in the clear.
#[test]
fn no_secret_of_the_corpus_gets_through() {
    let known = [
        ("gitleaks", "AKIAIOSFODNN7EXAMPLE"),
        ("trufflehog/", "AKIAYVP4CIPPERUVIFXG"),
        ("trufflehog3", "964a1afa20dd4a3723002560124dd96f2a9e853f7ef5b"),
        ("whispers", "hardcoded0"),
        ("gitlab_secret_detection", "AKIAIOSFODNN7EXAMPLE"),
        ("hydra", "bill_is_broken"),
    ];
    for (name, bytes) in corpus::files("scans") {
        let Ok(reader) = recognise(&bytes) else { continue };
        for (_, secret) in known.iter().filter(|(folder, _)| name.starts_with(folder)) {
            let (gathered, _) = corpus::read(reader, &bytes);
            for (_, fact) in &gathered.facts {
                let text = serde_json::to_string(fact).unwrap();
                // The user name may be the beginning of the password; only the whole secret counts.
                assert!(!text.contains(secret) || text.contains(&format!("{secret}@")), "{name}: {text}");
            }
        }
    }
}
