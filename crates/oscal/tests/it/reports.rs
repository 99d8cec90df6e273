//! Reports: text, JSON and SARIF.

use crate::corpus::parse;
use crate::mutations::CATALOG;
use warrant_oscal::Format;
use warrant_oscal::report::{Report, json, sarif, text};
use warrant_oscal::validate::validate;

fn reports() -> Vec<Report> {
    let spoilt = CATALOG.replacen("\"id\": \"kt-2\"", "\"id\": \"kt-1\"", 1);
    let report = |file: &str, source: &str| Report {
        file: file.to_owned(),
        model: "catalog",
        unreadable: None,
        problems: validate(&parse(source.as_bytes(), Format::Json, file)),
    };
    let unreadable = Report {
        file: "/tmp/c.json".to_owned(),
        model: "",
        unreadable: Some("line 1: it is cut off".to_owned()),
        problems: Vec::new(),
    };
    vec![report("a.json", CATALOG), report("b c.json", &spoilt), unreadable]
}

#[test]
fn text_names_file_line_rule_place_and_remedy() {
    let text = text(&reports());
    assert!(text.contains("a.json: valid catalog (0 errors, 0 warnings, 0 notes)"), "{text}");
    assert!(text.contains("b c.json: invalid catalog"), "{text}");
    assert!(text.contains("error[oscal-catalog-controls] /catalog/groups/0/controls/1: "), "{text}");
    assert!(text.contains("    remedy: make @id differ"), "{text}");
    assert!(text.contains("/tmp/c.json: cannot be read: line 1: it is cut off"), "{text}");
}

#[test]
fn json_has_one_object_for_each_file() {
    let value = json(&reports());
    assert_eq!(value[0]["valid"], true);
    assert_eq!(value[1]["valid"], false);
    let levels: Vec<_> =
        value[1]["problems"].as_array().unwrap().iter().map(|problem| &problem["level"]).collect();
    assert!(levels.contains(&&"error".into()), "{levels:?}");
    assert_eq!(value[2]["unreadable"], "line 1: it is cut off");
}

#[test]
fn sarif_says_what_its_readers_need() {
    let log = sarif(&reports(), "1.2.3");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "warrant");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let notification = &run["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(
        notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "file:///tmp/c.json"
    );
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(rules[index]["shortDescription"]["text"].as_str().unwrap().contains("OSCAL"));
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "b%20c.json");
        assert!(place["region"]["startLine"].as_u64().unwrap() > 1);
        assert!(result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].is_string());
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
    }
}
