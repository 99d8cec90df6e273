//! SARIF 2.1.0 (OASIS), for pipelines and code hosts.

use super::{Report, word};
use crate::problem::{CROSS_RULES, STRUCTURE_RULES};
use crate::schema::Schema;
use serde_json::{Value, json};

/// A log with one run. Files that could not be read are notifications of the invocation.
pub fn sarif(reports: &[Report], tool_version: &str) -> Value {
    let mut ids: Vec<&str> =
        reports.iter().flat_map(|report| &report.problems).map(|problem| problem.rule.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    let rules: Vec<Value> =
        ids.iter().map(|id| json!({"id": id, "shortDescription": {"text": about(id)}})).collect();
    let mut results = Vec::new();
    let mut notifications = Vec::new();
    for report in reports {
        let artifact = json!({"uri": uri(&report.file)});
        if let Some(reason) = &report.unreadable {
            notifications.push(json!({
                "level": "error",
                "message": {"text": reason},
                "locations": [{"physicalLocation": {"artifactLocation": artifact}}],
            }));
            continue;
        }
        for problem in &report.problems {
            results.push(json!({
                "ruleId": problem.rule,
                "ruleIndex": ids.binary_search(&problem.rule.as_str()).unwrap_or_default(),
                "level": word(problem.level),
                "message": {"text": format!("{}. Remedy: {}.", problem.message, problem.remedy)},
                "locations": [{
                    "physicalLocation": {
                        "artifactLocation": artifact,
                        "region": {"startLine": problem.line},
                    },
                    "logicalLocations": [{"fullyQualifiedName": problem.place}],
                }],
            }));
        }
    }
    json!({
        "version": "2.1.0",
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "runs": [{
            "tool": {"driver": {"name": "warrant", "semanticVersion": tool_version, "rules": rules}},
            "invocations": [{
                "executionSuccessful": notifications.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    })
}

/// What a rule is about.
fn about(id: &str) -> String {
    let ours = STRUCTURE_RULES.iter().chain(&CROSS_RULES).find(|(known, _)| *known == id);
    if let Some((_, text)) = ours {
        return (*text).to_owned();
    }
    let schema = Schema::oscal();
    match schema.rules.iter().find(|rule| rule.id == id) {
        Some(rule) => format!(
            "OSCAL {} constraint of kind {} on {}",
            schema.version,
            rule.check.kind(),
            rule.target_text
        ),
        None => "A remark of the validator".to_owned(),
    }
}

/// A file name as a relative or absolute URI reference.
fn uri(file: &str) -> String {
    let mut out = String::new();
    if file.starts_with('/') {
        out.push_str("file://");
    }
    for byte in file.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
