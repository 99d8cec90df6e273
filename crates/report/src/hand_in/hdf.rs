//! Heimdall Data Format: results of checks and reports of weaknesses as profiles, controls and results.
//!
//! A profile is a benchmark or, for weaknesses, a tool; a control is a rule; a result is the rule on one target.

use super::format::{Document, Made, Options, Sort};
use super::results::outcome_word;
use super::subject::{Checked, Subject, control_shown, distinct};
use super::{HandIn, HandInError};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use warrant_model::fact::Outcome;
use warrant_model::finding::{FindingSort, FindingState};
use warrant_model::level::Severity;
use warrant_model::time::from_micros;

pub(super) const HDF: Document = Document {
    id: "hdf",
    title: "Heimdall Data Format (HDF JSON)",
    about: "results of checks and reports of weaknesses, for Heimdall and the SAF tools",
    source: "MITRE Heimdall Data Format, execution JSON",
    sort: Sort::Document,
    ending: "json",
    make,
};

/// A rule with its results.
struct Control {
    title: String,
    severity: Severity,
    remedy: Option<String>,
    ccis: Vec<String>,
    controls: Vec<String>,
    vulnerabilities: Vec<String>,
    results: Vec<Value>,
    applies: bool,
}

type Profiles = BTreeMap<(String, String), BTreeMap<String, Control>>;

fn make(subject: &Subject<'_>, options: &Options<'_>) -> Made {
    let mut profiles = Profiles::new();
    let wanted = |target: &str| options.target.is_none_or(|only| only.trim().eq_ignore_ascii_case(target));
    for check in subject.checks.iter().filter(|check| wanted(&check.fact.target)) {
        add_check(&mut profiles, subject, check);
    }
    add_weaknesses(&mut profiles, subject, &wanted);
    if profiles.is_empty() {
        return Err(HandInError::Nothing("check results or reported weaknesses"));
    }
    let profiles: Vec<Value> =
        profiles.iter().map(|((name, title), controls)| profile(name, title, controls)).collect();
    let document = json!({
        "platform": { "name": "Warrant", "release": env!("CARGO_PKG_VERSION"), "target_id": subject.snapshot.system.body.name },
        "version": env!("CARGO_PKG_VERSION"),
        "statistics": {},
        "profiles": profiles,
    });
    let bytes = serde_json::to_vec_pretty(&document)?;
    Ok(HandIn {
        files: vec![(String::new(), bytes)],
        left_empty: vec!["how long each check ran".into(), "source code of the checks".into()],
        ..HandIn::default()
    })
}

fn add_check(profiles: &mut Profiles, subject: &Subject<'_>, check: &Checked) {
    let fact = &check.fact;
    if matches!(fact.outcome, Outcome::NotSelected | Outcome::Informational) {
        return;
    }
    let profile = profiles.entry((fact.benchmark.clone(), fact.benchmark.clone())).or_default();
    let ccis: Vec<String> = fact.controls.iter().filter(|id| id.starts_with("CCI-")).cloned().collect();
    let from_ccis = ccis.iter().flat_map(|cci| (subject.controls_of_cci)(cci));
    let named = fact.controls.iter().filter(|id| !id.starts_with("CCI-")).cloned();
    let controls: Vec<_> = from_ccis.chain(named).map(|id| control_shown(&id)).collect();
    let control = profile.entry(fact.rule.clone()).or_insert_with(|| Control {
        title: fact.title.clone(),
        severity: fact.severity,
        remedy: fact.remedy.clone(),
        ccis,
        controls,
        vulnerabilities: Vec::new(),
        results: Vec::new(),
        applies: false,
    });
    control.applies |= fact.outcome != Outcome::NotApplicable;
    let status = match fact.outcome {
        Outcome::Pass | Outcome::Fixed => "passed",
        Outcome::Fail => "failed",
        Outcome::Error => "error",
        _ => "skipped",
    };
    let said = fact.detail.clone().unwrap_or_else(|| outcome_word(fact.outcome).to_owned());
    control.results.push(result(status, &fact.target, "", &said, check.at));
}

fn add_weaknesses(profiles: &mut Profiles, subject: &Subject<'_>, wanted: &dyn Fn(&str) -> bool) {
    let table = &subject.snapshot.findings;
    // Results are told tool by tool here, so that several may tell of one weakness.
    let told = |row: &usize| table.state[*row] != FindingState::Moved;
    for row in (0..table.len()).filter(|row| table.sort[*row] == FindingSort::Weakness).filter(told) {
        let target = table.text(table.target[row]);
        if !wanted(target) {
            continue;
        }
        let tool = table.text(table.tool[row]);
        let profile =
            profiles.entry((tool.to_owned(), format!("Weaknesses reported by {tool}"))).or_default();
        let vulnerabilities = table.text(table.vulnerabilities[row]).split(',').filter(|id| !id.is_empty());
        let remedy = table.text(table.remedy[row]);
        let control = profile.entry(table.text(table.rule[row]).to_owned()).or_insert_with(|| Control {
            title: table.text(table.title[row]).to_owned(),
            severity: table.severity[row],
            remedy: (!remedy.is_empty()).then(|| remedy.to_owned()),
            ccis: Vec::new(),
            controls: table.controls_of(row).map(control_shown).collect(),
            vulnerabilities: vulnerabilities.map(str::to_owned).collect(),
            results: Vec::new(),
            applies: true,
        });
        control.severity = control.severity.max(table.severity[row]);
        let (status, said) = match table.state[row] {
            FindingState::Open if table.suppressed[row] => ("skipped", "suppressed by the tool or its user"),
            FindingState::Open => ("failed", "reported by the newest look at this target"),
            FindingState::Closed | FindingState::Moved => {
                ("passed", "no longer reported by the newest look at this target")
            }
            FindingState::Met => ("passed", "met"),
            FindingState::NotChecked => ("skipped", "not checked"),
            FindingState::NotApplicable => ("skipped", "not applicable"),
        };
        let at = from_micros(table.last_seen[row]);
        control.results.push(result(status, target, table.text(table.subject[row]), said, at));
    }
}

fn result(status: &str, target: &str, subject: &str, said: &str, at: Timestamp) -> Value {
    let place = if subject.is_empty() { target.to_owned() } else { format!("{target}: {subject}") };
    let mut result = json!({ "status": status, "code_desc": place, "start_time": at.to_string() });
    let key = if status == "skipped" { "skip_message" } else { "message" };
    result[key] = Value::from(said);
    result
}

fn profile(name: &str, title: &str, controls: &BTreeMap<String, Control>) -> Value {
    let controls: Vec<Value> = controls.iter().map(|(id, one)| control(id, one)).collect();
    let hash = Sha256::digest(Value::from(controls.clone()).to_string().as_bytes());
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    json!({
        "name": name,
        "version": "",
        "title": title,
        "supports": [],
        "attributes": [],
        "groups": [],
        "sha256": hash,
        "status": "loaded",
        "controls": controls,
    })
}

fn control(id: &str, control: &Control) -> Value {
    let mut tags = Map::new();
    let list = |items: &[String]| -> Value { distinct(items.iter().map(String::as_str)).into() };
    tags.insert("severity".into(), control.severity.word().into());
    tags.insert("nist".into(), list(&control.controls));
    if !control.ccis.is_empty() {
        tags.insert("cci".into(), list(&control.ccis));
    }
    if !control.vulnerabilities.is_empty() {
        tags.insert("cve".into(), list(&control.vulnerabilities));
    }
    let fix = control.remedy.iter().map(|remedy| json!({ "label": "fix", "data": remedy }));
    json!({
        "id": id,
        "title": control.title,
        "desc": control.title,
        "descriptions": fix.collect::<Vec<_>>(),
        // A rule that applies to no target has no impact; that is how the format says it.
        "impact": if control.applies { impact(control.severity) } else { 0.0 },
        "refs": [],
        "tags": tags,
        "source_location": {},
        "code": "",
        "results": control.results,
    })
}

/// The format's impact of a severity: the middle of its band.
fn impact(severity: Severity) -> f64 {
    match severity {
        Severity::Critical => 0.9,
        Severity::High => 0.7,
        Severity::Medium => 0.5,
        Severity::Low => 0.3,
        Severity::None => 0.0,
    }
}
