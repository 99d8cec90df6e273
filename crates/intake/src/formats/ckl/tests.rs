use super::Ckl;
use crate::ReadError;
use crate::formats::testing::{example_holds, facts, read};
use warrant_model::Severity;
use warrant_model::fact::{CheckFact, Fact, Outcome};

const EXAMPLE: &str = include_str!("../examples/ckl.ckl");

fn checks(text: &str) -> Vec<CheckFact> {
    let all = facts(&Ckl, text.as_bytes()).into_iter();
    all.filter_map(|fact| if let Fact::Check(check) = fact { Some(check) } else { None }).collect()
}

#[test]
fn the_example_holds() {
    example_holds(&Ckl);
}

#[test]
fn a_rule_carries_the_reviewers_words_and_override() {
    let all = checks(EXAMPLE);
    let open = &all[0];
    assert_eq!((open.target.as_str(), open.benchmark.as_str()), ("DB01", "Example_Linux_9_STIG"));
    assert_eq!(
        (open.rule.as_str(), open.outcome, open.severity),
        ("SV-900030", Outcome::Fail, Severity::High)
    );
    assert_eq!(open.controls, ["CCI-000167", "CCI-000366"]);
    assert_eq!(open.detail.as_deref(), Some("Retention is 90 days.\nChange planned."));
    assert_eq!(open.remedy.as_deref(), Some("Set the retention to 365 days."));
    assert_eq!(
        (all[1].rule.as_str(), all[1].outcome, all[1].severity),
        ("V-900031", Outcome::Pass, Severity::Low)
    );
    assert_eq!((all[2].outcome, all[2].severity), (Outcome::NotChecked, Severity::Medium));
    assert_eq!(
        (all[3].benchmark.as_str(), all[3].outcome),
        ("Example_Database_STIG", Outcome::NotApplicable)
    );
}

#[test]
fn the_asset_may_stand_last_and_its_instance_keeps_results_apart() {
    let (start, rest) = EXAMPLE.split_once("<ASSET>").unwrap();
    let (asset, rest) = rest.split_once("</ASSET>").unwrap();
    let moved =
        format!("{start}{}", rest.replace("</CHECKLIST>", &format!("<ASSET>{asset}</ASSET></CHECKLIST>")));
    assert_eq!(checks(&moved), checks(EXAMPLE));
    let instance = EXAMPLE.replace("<WEB_DB_SITE/>", "<WEB_DB_SITE>orders</WEB_DB_SITE>");
    assert_eq!(checks(&instance)[3].benchmark, "Example_Database_STIG [orders]");
}

#[test]
fn a_checklist_without_host_or_rules_is_refused_with_the_remedy() {
    let nameless = "<CHECKLIST>\n<ASSET><HOST_NAME/></ASSET><STIGS/></CHECKLIST>";
    assert!(matches!(read(&Ckl, nameless.as_bytes()), Err(ReadError::Malformed { line: 2, .. })));
    let bare = "<CHECKLIST><ASSET><HOST_NAME>h</HOST_NAME></ASSET><STIGS/></CHECKLIST>";
    assert!(matches!(read(&Ckl, bare.as_bytes()), Err(ReadError::Empty { .. })));
}

#[test]
fn an_unknown_status_is_a_problem() {
    let (_, gathered) = read(&Ckl, EXAMPLE.replace(">Open<", ">Maybe<").as_bytes()).unwrap();
    assert_eq!((gathered.facts.len(), gathered.problems.len()), (4, 1));
    assert_eq!(gathered.problems[0].0.line, 15);
}
