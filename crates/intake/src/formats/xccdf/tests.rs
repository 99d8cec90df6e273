use super::Xccdf;
use crate::ReadError;
use crate::formats::testing::{corpus, example_holds, facts, read};
use warrant_model::Severity;
use warrant_model::fact::{CheckFact, Fact, Outcome};

const EXAMPLE: &str = include_str!("../examples/xccdf.xml");

fn checks(text: &str) -> Vec<CheckFact> {
    let all = facts(&Xccdf, text.as_bytes()).into_iter();
    all.filter_map(|fact| if let Fact::Check(check) = fact { Some(check) } else { None }).collect()
}

#[test]
fn the_example_holds() {
    example_holds(&Xccdf);
}

#[test]
fn results_are_joined_with_their_rules() {
    let all = checks(EXAMPLE);
    let first = &all[0];
    assert_eq!((first.target.as_str(), first.benchmark.as_str()), ("app01.example.org", "Example_Linux_9"));
    assert_eq!((first.rule.as_str(), first.outcome), ("no_empty_passwords", Outcome::Fail));
    assert_eq!(first.controls, ["IA-5(1)", "CCI-000366"]);
    assert_eq!(first.severity, Severity::High);
    assert_eq!(first.remedy.as_deref(), Some("Remove nullok from the PAM configuration."));
    assert_eq!(first.detail.as_deref(), Some("CCE-90000-1\nnullok found in system-auth"));
    assert_eq!((all[1].rule.as_str(), all[1].outcome), ("SV-900020", Outcome::Pass));
    assert_eq!((all[2].severity, all[2].outcome), (Severity::Low, Outcome::NotChecked));
    assert_eq!((all[3].severity, all[3].outcome), (Severity::Medium, Outcome::NotApplicable));
}

#[test]
fn the_scan_and_its_target_are_described() {
    let (reading, gathered) = read(&Xccdf, EXAMPLE.as_bytes()).unwrap();
    assert_eq!(reading.targets, ["app01.example.org"]);
    assert_eq!(reading.tool.name, "openscap");
    assert_eq!(reading.tool.version.as_deref(), Some("1.3.10"));
    assert_eq!(reading.observed_at.unwrap().to_string(), "2026-03-01T09:05:00Z");
    let Fact::Asset(asset) = &gathered.facts[0].1 else { panic!("{:?}", gathered.facts[0]) };
    assert_eq!(asset.aliases, ["192.0.2.20", "app01"], "loopback is no name");
    assert_eq!(asset.authenticated, Some(true));
}

/// The example with its test result and its rules in a report collection, results first.
fn report_collection() -> String {
    let body = EXAMPLE.split_once("?>").unwrap().1;
    let (start, result) = body.split_once("<TestResult").unwrap();
    let (result, _) = result.split_once("</TestResult>").unwrap();
    format!(
        "<arf:asset-report-collection xmlns:arf='http://scap.nist.gov/schema/asset-reporting-format/1.1'>\
         <arf:reports><arf:report><arf:content>\
         <TestResult xmlns='http://checklists.nist.gov/xccdf/1.2' {result}</TestResult>\
         </arf:content></arf:report></arf:reports><arf:report-requests><arf:report-request><arf:content>\
         {start}</Benchmark></arf:content></arf:report-request></arf:report-requests>\
         </arf:asset-report-collection>"
    )
}

#[test]
fn a_report_collection_gives_the_same_checks_wherever_the_rules_stand() {
    let collection = report_collection();
    assert_eq!(checks(&collection), checks(EXAMPLE));
    assert_eq!(crate::recognise(collection.as_bytes()).unwrap().id(), "xccdf");
}

#[test]
fn a_result_alone_is_read_without_titles() {
    let (_, result) = EXAMPLE.split_once("<TestResult").unwrap();
    let (result, _) = result.split_once("</Benchmark>").unwrap();
    let alone = format!("<TestResult xmlns='http://checklists.nist.gov/xccdf/1.1' {result}");
    let all = checks(&alone);
    assert_eq!(all.len(), 4);
    assert_eq!((all[0].title.as_str(), all[0].severity), ("no_empty_passwords", Severity::High));
}

#[test]
fn a_benchmark_without_results_is_empty_and_one_with_none_evaluated_is_not() {
    let (start, _) = EXAMPLE.split_once("<TestResult").unwrap();
    let none = format!("{start}</Benchmark>");
    assert!(matches!(read(&Xccdf, none.as_bytes()), Err(ReadError::Empty { .. })));
    let bare = format!("{start}<TestResult><target>h</target></TestResult></Benchmark>");
    let (reading, gathered) = read(&Xccdf, bare.as_bytes()).unwrap();
    assert_eq!((reading.targets, gathered.facts.len()), (vec!["h".to_owned()], 1));
}

#[test]
fn what_cannot_be_used_is_a_problem_with_its_line() {
    let odd = "<TestResult xmlns='http://checklists.nist.gov/xccdf/1.2'><target>h</target>\n\
        <rule-result><result>pass</result></rule-result>\n\
        <rule-result idref='r'><result>maybe</result></rule-result></TestResult>";
    let (_, gathered) = read(&Xccdf, odd.as_bytes()).unwrap();
    assert_eq!(gathered.problems.iter().map(|(place, _)| place.line).collect::<Vec<_>>(), [2, 3]);
    let nameless = "<TestResult><rule-result idref='r'><result>pass</result></rule-result></TestResult>";
    let (_, gathered) = read(&Xccdf, nameless.as_bytes()).unwrap();
    assert_eq!((gathered.facts.len(), gathered.problems.len()), (0, 1));
}

#[test]
fn the_corpus_is_read() {
    for (name, bytes) in corpus("scans/openscap", &["xml"]) {
        let (reading, gathered) = read(&Xccdf, &bytes).unwrap();
        assert_eq!(gathered.problems, [], "{name}");
        assert_eq!((reading.targets[0].as_str(), reading.tool.name.as_str()), ("sample.system", "openscap"));
        eprintln!("{name}: {} facts", gathered.facts.len());
    }
}
