//! FedRAMP's JSON documents of the Consolidated Rules for 2026 (schemas of 2026-06-24), as far as Warrant has the facts.
//!
//! Every document names the provider's certification package overview, whose address must be given. Judgements that
//! the rules ask of people (potential agency impact, reachability, likelihood of exploitation, overdue status) are left
//! out: the schemas make them optional, and a guess would be worse than a gap.

mod decisions;

use super::format::{Document, Made, Options, Sort};
use super::subject::{Subject, accepted};
use super::{HandIn, HandInError};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use warrant_model::finding::FindingState;
use warrant_model::kind::Record;
use warrant_model::kinds::Exception;
use warrant_model::time::from_micros;

pub(super) use decisions::DECISIONS;

pub(super) const DETAIL: Document = Document {
    id: "fedramp-vulnerabilities",
    title: "FedRAMP vulnerability detail report (JSON)",
    about: "weaknesses and failed checks that are open, or were closed in the period, and are not accepted",
    source: "FedRAMP Consolidated Rules 2026, VER-RPT-VDT, schema of 2026-06-24",
    sort: Sort::Package,
    ending: "json",
    make: detail,
};

pub(super) const ACCEPTED: Document = Document {
    id: "fedramp-accepted",
    title: "FedRAMP accepted vulnerability info (JSON)",
    about: "weaknesses and failed checks under an exception in force, with its justification",
    source: "FedRAMP Consolidated Rules 2026, VER-RPT-AVI, schema of 2026-06-24",
    sort: Sort::Package,
    ending: "json",
    make: accepted_info,
};

pub(super) const HISTORY: Document = Document {
    id: "fedramp-history",
    title: "FedRAMP historical evaluation and reporting activity (JSON)",
    about: "everything open and accepted, and all that was closed, since the first scan",
    source: "FedRAMP Consolidated Rules 2026, VER-TFR-MRH, schema of 2026-06-24",
    sort: Sort::Package,
    ending: "json",
    make: history,
};

fn detail(subject: &Subject<'_>, options: &Options<'_>) -> Made {
    let (package, from) = (package(options)?, period_start(subject, options));
    let accepted = accepted(subject);
    let active = active(subject, &accepted, from);
    let document = json!({
        "certificationPackageOverviewUri": package,
        "reportPeriod": period(subject, from),
        "vulnerabilities": active,
    });
    made(&document, notes(subject, options, accepted.len()))
}

fn accepted_info(subject: &Subject<'_>, options: &Options<'_>) -> Made {
    let (package, from) = (package(options)?, period_start(subject, options));
    let accepted = accepted(subject);
    let document = json!({
        "certificationPackageOverviewUri": package,
        "reportPeriod": period(subject, from),
        "acceptedVulnerabilities": accepted_list(subject, &accepted),
    });
    made(&document, period_note(options).into_iter().collect())
}

fn history(subject: &Subject<'_>, options: &Options<'_>) -> Made {
    let package = package(options)?;
    let accepted = accepted(subject);
    let document = json!({
        "certificationPackageOverviewUri": package,
        "generatedAt": subject.snapshot.as_of.to_string(),
        "activeVulnerabilities": active(subject, &accepted, Timestamp::MIN),
        "acceptedVulnerabilities": accepted_list(subject, &accepted),
    });
    made(&document, suppressed_note(subject).into_iter().collect())
}

fn made(document: &Value, notes: Vec<String>) -> Made {
    let left_empty = [
        "potentialAgencyImpact, currentRating and projectedNextReduction: ratings N1 to N5 are the provider's judgement",
        "evaluationCompletedAt: Warrant does not record when an evaluation ended",
        "isInternetReachable and isLikelyExploitable: judgements on each vulnerability (VER-EVA-EIR, VER-EVA-ELX)",
        "overdueStatus: it follows from the ratings (VER-TFR-MAV)",
    ];
    Ok(HandIn {
        files: vec![(String::new(), serde_json::to_vec_pretty(document)?)],
        left_empty: left_empty.map(str::to_owned).to_vec(),
        notes,
        ..HandIn::default()
    })
}

/// The address of the certification package overview.
fn package<'o>(options: &Options<'o>) -> Result<&'o str, HandInError> {
    let what = "the address of your certification package overview (--package URI)";
    let needs = HandInError::Needs { format: "a FedRAMP document", what };
    let given = options.package.map(str::trim).ok_or(needs)?;
    let (scheme, rest) = given.split_once(':').unwrap_or(("", ""));
    let plain = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        && !rest.is_empty()
        && given.chars().all(|c| c.is_ascii_graphic() && !"<>\"{}|\\^`".contains(c));
    let what = "a full URI as --package, such as https://trust.example.org/package.json";
    if plain { Ok(given) } else { Err(HandInError::Needs { format: "a FedRAMP document", what }) }
}

/// When the period begins: as asked for, else a month before the instant of the report.
fn period_start(subject: &Subject<'_>, options: &Options<'_>) -> Timestamp {
    let as_of = subject.snapshot.as_of;
    let month = jiff::SignedDuration::from_hours(24 * 30);
    options.from.unwrap_or_else(|| as_of.checked_sub(month).unwrap_or(as_of)).min(as_of)
}

fn period(subject: &Subject<'_>, from: Timestamp) -> Value {
    json!({ "from": from.to_string(), "to": subject.snapshot.as_of.to_string() })
}

type Accepted<'a> = HashMap<usize, &'a Record<Exception>>;

/// Findings with activity since `from`: open ones, and those that were closed since.
fn active(subject: &Subject<'_>, accepted: &Accepted<'_>, from: Timestamp) -> Vec<Value> {
    let table = &subject.snapshot.findings;
    let reported = |row: &usize| match table.state[*row] {
        FindingState::Open => !table.suppressed[*row] && !accepted.contains_key(row),
        FindingState::Closed => from_micros(table.state_since[*row]) >= from,
        _ => false,
    };
    let rows = (0..table.len()).filter(|row| !table.is_second(*row));
    rows.filter(reported).map(|row| vulnerability(subject, row)).collect()
}

fn accepted_list(subject: &Subject<'_>, accepted: &Accepted<'_>) -> Vec<Value> {
    let mut rows: Vec<_> = accepted.iter().collect();
    rows.sort_by_key(|(row, _)| **row);
    let one = |(row, exception): (&usize, &&Record<Exception>)| {
        json!({
            "vulnerabilityDetail": vulnerability(subject, *row),
            "acceptanceRationale": exception.body.justification,
        })
    };
    rows.into_iter().map(one).collect()
}

/// One finding, as the rules call a vulnerability.
fn vulnerability(subject: &Subject<'_>, row: usize) -> Value {
    let table = &subject.snapshot.findings;
    let text = |symbol| table.text(symbol);
    let (target, about) = (text(table.target[row]), text(table.subject[row]));
    let place = if about.is_empty() { target.to_owned() } else { format!("{target}, {about}") };
    let mut one = Map::new();
    one.insert("providerTrackingId".into(), text(table.id[row]).into());
    one.insert(
        "detection".into(),
        json!({
            "detectedAt": from_micros(table.first_seen[row]).to_string(),
            "detectionSource": text(table.tool[row]),
        }),
    );
    let description = format!("{} ({}) on {place}", text(table.title[row]), text(table.rule[row]));
    one.insert("vulnerabilityDescription".into(), description.into());
    let facts = supplementary(subject, row);
    if !facts.is_empty() {
        one.insert("supplementaryRiskInformation".into(), facts.into());
    }
    if table.state[row] == FindingState::Closed {
        one.insert("finalDisposition".into(), "Fully Mitigated".into());
    }
    Value::Object(one)
}

fn supplementary(subject: &Subject<'_>, row: usize) -> String {
    let table = &subject.snapshot.findings;
    let vulnerabilities = table.text(table.vulnerabilities[row]).replace(',', ", ");
    let mut facts = vec![format!("tool severity {}", table.severity[row].word())];
    if !vulnerabilities.is_empty() {
        facts.push(vulnerabilities);
    }
    if table.cvss_score[row].is_finite() {
        facts.push(format!("CVSS base score {:.1}", table.cvss_score[row]));
    }
    match table.exploit[row] {
        2 => facts.push("a public exploit is known to the tool".to_owned()),
        1 => facts.push("no public exploit is known to the tool".to_owned()),
        _ => {}
    }
    let fixed = table.text(table.fixed_version[row]);
    if !fixed.is_empty() {
        facts.push(format!("fixed in {fixed}"));
    }
    facts.join("; ")
}

fn notes(subject: &Subject<'_>, options: &Options<'_>, accepted: usize) -> Vec<String> {
    let accepted = (accepted > 0)
        .then(|| format!("{accepted} accepted vulnerabilities are left out: they go into fedramp-accepted"));
    [period_note(options), accepted, suppressed_note(subject)].into_iter().flatten().collect()
}

fn period_note(options: &Options<'_>) -> Option<String> {
    let note = "the period begins 30 days back; --from names the end of your previous report";
    options.from.is_none().then(|| note.to_owned())
}

fn suppressed_note(subject: &Subject<'_>) -> Option<String> {
    let table = &subject.snapshot.findings;
    let suppressed = table.in_state(FindingState::Open).filter(|row| table.suppressed[*row]).count();
    (suppressed > 0).then(|| {
        format!("{suppressed} findings that a tool or its user suppressed are left out; look at them")
    })
}
