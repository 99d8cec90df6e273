//! Our texts about controls against NIST's: a run of nine words in common would be copying.

use crate::corpus;
use serde_json::Value;
use std::collections::HashSet;
use warrant_catalog::index::Index;
use warrant_catalog::summary::summary;

const RUN: usize = 9;

/// Words of a text in lower case, without punctuation.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// Adds the runs of every text inside a document.
fn gather(value: &Value, runs: &mut HashSet<String>) {
    match value {
        Value::String(text) => runs.extend(words(text).windows(RUN).map(|run| run.join(" "))),
        Value::Array(items) => items.iter().for_each(|item| gather(item, runs)),
        Value::Object(fields) => fields.values().for_each(|field| gather(field, runs)),
        _ => {}
    }
}

#[test]
fn no_summary_copies_the_publication() {
    let Some(corpus) = corpus::oscal() else { return };
    let mut runs = HashSet::new();
    for file in [
        "v1.0.0/NIST_SP-800-53_rev5_catalog.json",
        "r5.1.1u4/NIST_SP-800-53_rev5_HIGH-baseline-resolved-profile_catalog-min.json",
        "draft-53A/NIST_SP-800-53_rev5-800-53A-draft_catalog-min.json",
    ] {
        let bytes = std::fs::read(corpus.join("nist-800-53").join(file)).unwrap();
        gather(&serde_json::from_slice(&bytes).unwrap(), &mut runs);
    }
    assert!(runs.len() > 50_000, "only {} runs read", runs.len());
    let mut copied = Vec::new();
    for control in Index::embedded().controls() {
        let Some(ours) = summary(&control.id) else { continue };
        for sentence in ours.assess.iter().chain([&ours.summary]) {
            for run in words(sentence).windows(RUN).map(|run| run.join(" ")) {
                if runs.contains(&run) {
                    copied.push(format!("{}: {run}", control.id));
                }
            }
        }
    }
    assert_eq!(copied, Vec::<String>::new());
}
