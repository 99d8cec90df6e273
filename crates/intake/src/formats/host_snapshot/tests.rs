use super::*;
use crate::formats::testing;
use warrant_model::fact::{CheckFact, Outcome};

fn check(text: &str, rule: &str) -> CheckFact {
    let (_, gathered) = testing::read(&HostSnapshot, text.as_bytes()).unwrap();
    let mut checks = gathered.facts.into_iter().filter_map(|(_, fact)| match fact {
        Fact::Check(check) if check.rule.ends_with(rule) => Some(check),
        _ => None,
    });
    checks.next().unwrap()
}

#[test]
fn the_example_holds() {
    testing::example_holds(&HostSnapshot);
    testing::key_order_is_free(&HostSnapshot);
}

#[test]
fn the_example_says_what_it_says() {
    let (reading, gathered) = testing::read(&HostSnapshot, HostSnapshot.example().bytes).unwrap();
    assert_eq!(reading.targets, ["web01.example.org"]);
    let count = |name: &str| gathered.facts.iter().filter(|(_, fact)| fact.name() == name).count();
    assert_eq!((count("setting"), count("service"), count("component")), (3, 2, 2));
    assert_eq!(count("check"), rules::built_in().unwrap().len());
    let purl = gathered.facts.iter().find_map(|(_, fact)| match fact {
        Fact::Component(component) => component.purl.as_deref(),
        _ => None,
    });
    assert_eq!(purl, Some("pkg:deb/debian/libexample%2B%2B@1:2.0-3?arch=amd64&upstream=example"));
    let root = gathered.facts.iter().find(|(_, fact)| matches!(fact, Fact::Check(_))).unwrap();
    assert_eq!(root.0, Place::new(10, "/sshd/permitrootlogin"));
}

#[test]
fn what_was_not_collected_is_not_checked_and_defaults_count() {
    let text = r#"{"warrant": "host-snapshot", "version": 1, "host": "h",
        "sshd": {"PermitRootLogin": "no", "logingracetime": 0, "ciphers": ["aes256-ctr", "3des-cbc"]}}"#;
    assert_eq!(check(text, "permit-root-login").outcome, Outcome::Pass);
    let grace = check(text, "login-grace-time");
    assert_eq!(grace.outcome, Outcome::Fail);
    assert_eq!(grace.detail.as_deref(), Some("logingracetime is \"0\"; wanted: at least 1, at most 60"));
    assert_eq!(check(text, "sshd-ciphers").outcome, Outcome::Fail);
    let by_default = check(text, "password-authentication");
    assert_eq!(by_default.outcome, Outcome::Fail);
    assert!(by_default.detail.unwrap().contains("by default"));
    assert_eq!(check(text, "host-key-algorithms").detail.unwrap(), "hostkeyalgorithms was not collected");
    let kernel = check(text, "address-randomisation");
    assert_eq!(kernel.outcome, Outcome::NotChecked);
    assert_eq!(kernel.detail.unwrap(), "the snapshot holds no sysctl settings");
}

#[test]
fn version_host_and_content_are_needed() {
    let read = |text: &str| testing::read(&HostSnapshot, text.as_bytes());
    assert!(matches!(read(r#"{"version": 3, "host": "h"}"#), Err(ReadError::Version { .. })));
    assert!(matches!(read(r#"{"version": 1, "sshd": {}}"#), Err(ReadError::Malformed { .. })));
    assert!(matches!(read(r#"{"version": 1, "host": "h"}"#), Err(ReadError::Empty { .. })));
    let odd = read(
        r#"{"version": 1, "host": "h", "sysctl": {"a": {"b": 1}, "c/d": 1}, "listeners": [{"port": 70000}]}"#,
    );
    assert_eq!(odd.unwrap().1.problems.len(), 2);
}
