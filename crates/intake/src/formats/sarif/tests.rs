use super::*;
use crate::formats::testing;

fn read(text: &str) -> Result<(Reading, crate::reader::Gathered), ReadError> {
    testing::read(&Sarif, text.as_bytes())
}

fn weakness(fact: &Fact) -> &WeaknessFact {
    let Fact::Weakness(weakness) = fact else { panic!("{fact:?}") };
    weakness
}

#[test]
fn the_example_holds() {
    testing::example_holds(&Sarif);
    testing::key_order_is_free(&Sarif);
}

#[test]
fn the_example_says_what_it_says() {
    let (reading, gathered) = testing::read(&Sarif, Sarif.example().bytes).unwrap();
    assert_eq!(reading.targets, ["git.example.org/team/portal"]);
    assert_eq!(reading.tool, Tool { name: "example-lint".to_owned(), version: Some("4.2.0".to_owned()) });
    assert_eq!(reading.observed_at, text::instant("2025-05-06T07:08:09Z"));

    let shell = weakness(&gathered.facts[0].1);
    assert_eq!(gathered.facts[0].0, Place::new(32, "/runs/0/results/0"));
    assert_eq!((shell.rule.as_str(), shell.severity), ("EX100", Severity::Critical));
    assert_eq!(shell.title, "Command built from user input");
    assert_eq!(shell.detail.as_deref(), Some("'name' reaches a shell."));
    assert_eq!(shell.cwes, [78]);
    let place = Subject::Code {
        file: "src/shell.py".to_owned(),
        line: 41,
        fingerprint: Some("39fa2ee980eb94b0:1".to_owned()),
    };
    assert_eq!(shell.subject, place);
    assert!(!shell.suppressed && weakness(&gathered.facts[1].1).suppressed);

    let tls = weakness(&gathered.facts[2].1);
    assert_eq!((tls.rule.as_str(), tls.severity, &tls.cwes[..]), ("HOUSE7", Severity::Low, &[326][..]));
    assert_eq!(tls.subject, Subject::Resource { id: "portal.listener".to_owned() });
    let Fact::Check(check) = &gathered.facts[3].1 else { panic!("{:?}", gathered.facts[3]) };
    assert_eq!((check.rule.as_str(), check.outcome), ("HOUSE7", Outcome::Pass));
}

#[test]
fn a_clean_run_names_its_target_and_a_failed_one_does_not() {
    let log = |run: &str| {
        format!(r#"{{"version": "2.1.0", "runs": [{{"tool": {{"driver": {{"name": "x"}}}}{run}}}]}}"#)
    };
    assert_eq!(read(&log(r#", "results": []"#)).unwrap().0.targets, ["source"]);
    assert!(matches!(read(&log("")), Err(ReadError::Empty { .. })));
    let failed =
        r#", "invocations": [{"executionSuccessful": false}], "results": [{"message": {"text": "m"}}]"#;
    let (reading, gathered) = read(&log(failed)).unwrap();
    assert!(reading.targets.is_empty());
    assert_eq!((gathered.facts.len(), gathered.problems.len()), (1, 1));
    assert!(matches!(read(r#"{"version": "2.1.0", "runs": []}"#), Err(ReadError::Empty { .. })));
    assert!(matches!(read(r#"{"version": "1.0.0", "runs": []}"#), Err(ReadError::Version { .. })));
}

#[test]
fn secrets_stay_in_the_evidence() {
    let text = r#"{"version": "2.1.0", "runs": [
        {"tool": {"driver": {"name": "Gitleaks"}}, "results": [{"ruleId": "aws-key",
          "message": {"text": "found geheim"}, "locations": [{"physicalLocation": {"artifactLocation":
          {"uri": "a.env"}, "region": {"startLine": 2, "snippet": {"text": "geheim"}}}}]}]},
        {"tool": {"driver": {"name": "Lint", "rules": [{"id": "S1", "properties": {"tags": ["CWE-798"]}}]}},
         "results": [{"ruleId": "S1", "message": {"text": "password = geheim"}}]}]}"#;
    let (reading, gathered) = read(text).unwrap();
    assert_eq!(reading.tool.name, "gitleaks+lint");
    assert_eq!(gathered.facts.len(), 2);
    assert!(!format!("{gathered:?}").contains("geheim"));
    let first = weakness(&gathered.facts[0].1);
    assert_eq!((first.severity, &first.cwes[..]), (Severity::High, &[798][..]));
}

#[test]
fn suppressions_under_review_do_not_count_and_placeholders_are_no_fingerprints() {
    let text = r#"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": [
        {"ruleId": "r", "message": {"text": "m"}, "suppressions": [{"kind": "external", "status": "accepted"},
         {"kind": "external", "status": "underReview"}], "fingerprints": {"v1": "requires login"},
         "partialFingerprints": {"commitSha": "9aeb8f9a0c"},
         "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a"}}}]}]}]}"#;
    let (_, gathered) = read(text).unwrap();
    let weakness = weakness(&gathered.facts[0].1);
    assert!(!weakness.suppressed);
    assert_eq!(weakness.subject, Subject::Code { file: "a".to_owned(), line: 0, fingerprint: None });
}

#[test]
fn a_flow_stands_in_for_a_fingerprint_that_the_tool_does_not_give() {
    let result = |line: u32, source: &str, prints: &str| {
        let text = format!(
            r#"{{"version": "2.1.0", "runs": [{{"tool": {{"driver": {{"name": "x"}}}}, "results": [
            {{"ruleId": "r", "message": {{"text": "m"}}, {prints} "locations": [{{"physicalLocation":
              {{"artifactLocation": {{"uri": "a"}}, "region": {{"startLine": {line}}}}}}}],
              "codeFlows": [{{"threadFlows": [{{"locations": [
                {{"location": {{"message": {{"text": "{source}"}}}}}},
                {{"location": {{"physicalLocation": {{"region": {{"startLine": {line}, "snippet": {{"text": "run(q)"}}}}}}}}}}
              ]}}]}}]}}]}}]}}"#
        );
        let (_, gathered) = read(&text).unwrap();
        let Subject::Code { fingerprint, .. } = weakness(&gathered.facts[0].1).subject.clone() else {
            panic!()
        };
        fingerprint
    };
    let here = result(12, "q : String", "");
    assert!(here.as_ref().is_some_and(|print| print.starts_with("flow:")), "{here:?}");
    assert_eq!(result(900, "q : String", ""), here);
    assert_ne!(result(12, "p : String", ""), here);
    let own = r#""fingerprints": {"v1": "9aeb8f9a0c11"},"#;
    assert_eq!(result(12, "q : String", own).as_deref(), Some("9aeb8f9a0c11"));
}

#[test]
fn corpus_files_are_read() {
    let (mut read_files, mut facts) = (0, 0);
    for (path, bytes) in testing::corpus("scans", &["json", "sarif"]) {
        if Sarif.recognise(&Sniff::of(&bytes)) < Confidence::Likely {
            continue;
        }
        match testing::read(&Sarif, &bytes) {
            Ok((_, gathered)) => {
                assert!(gathered.problems.is_empty(), "{path}: {:?}", gathered.problems);
                read_files += 1;
                facts += gathered.facts.len();
            }
            Err(ReadError::Empty { .. }) => println!("{path}: empty"),
            Err(error) => panic!("{path}: {error}"),
        }
    }
    println!("SARIF: {read_files} files read, {facts} facts");
}
