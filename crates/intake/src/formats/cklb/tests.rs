use super::*;
use crate::formats::testing;

#[test]
fn the_example_holds() {
    testing::example_holds(&Cklb);
    testing::key_order_is_free(&Cklb);
}

#[test]
fn the_example_says_what_it_says() {
    let (reading, gathered) = testing::read(&Cklb, Cklb.example().bytes).unwrap();
    assert_eq!(reading.targets, ["web01"]);
    let (_, Fact::Asset(asset)) = &gathered.facts[0] else { panic!() };
    assert_eq!(asset.aliases, ["web01.example.org", "192.0.2.10"]);
    let (place, Fact::Check(open)) = &gathered.facts[1] else { panic!() };
    assert_eq!(*place, Place::new(18, "/stigs/0/rules/0"));
    assert_eq!((open.rule.as_str(), open.benchmark.as_str()), ("SV-900001", "Example_Server_STIG"));
    assert_eq!((open.outcome, open.severity), (Outcome::Fail, Severity::Medium));
    assert_eq!(open.controls, ["CCI-000770", "CCI-000366"]);
    assert!(open.detail.as_deref().is_some_and(|detail| detail.ends_with("network only.")));
    let (_, Fact::Check(unseen)) = &gathered.facts[3] else { panic!() };
    assert_eq!(unseen.outcome, Outcome::NotChecked);
}

#[test]
fn odd_rules_are_problems_and_no_rules_are_nothing() {
    let text =
        br#"{"cklb_version": "1.0", "target_data": {"host_name": "h", "web_db_site": "shop"}, "stigs": [
        {"rules": [{"rule_id": "SV-1r1_rule", "status": "perhaps"}, {"status": "open"},
                   {"group_id": "V-2", "status": "Not Applicable"}]}]}"#;
    let (reading, gathered) = testing::read(&Cklb, text).unwrap();
    assert_eq!(reading.targets, ["h"]);
    assert!(matches!(&gathered.facts[1].1, Fact::Check(check) if check.benchmark == "STIG [shop]"));
    assert_eq!((gathered.facts.len(), gathered.problems.len()), (2, 2));
    let nothing = testing::read(&Cklb, br#"{"cklb_version": "1.0", "stigs": []}"#);
    assert!(matches!(nothing, Err(ReadError::Empty { .. })));
    let later = testing::read(&Cklb, br#"{"cklb_version": "2.0", "stigs": []}"#);
    assert!(matches!(later, Err(ReadError::Version { .. })));
}
