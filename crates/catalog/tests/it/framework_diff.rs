//! Real pairs of revisions, with pinned counts and samples that were read by hand.

use crate::corpus;
use crate::xml;
use std::path::Path;
use warrant_catalog::diff::{
    CatalogDiff, Change, ControlChangeKind, Judgement, StatementChange, diff, migrate,
};
use warrant_catalog::oscal::Catalog;

fn json(corpus: &Path, file: &str) -> Catalog {
    Catalog::from_json(&std::fs::read(corpus.join(file)).unwrap()).unwrap()
}

fn counts(diff: &CatalogDiff) -> [usize; 6] {
    Change::ALL.map(|change| diff.count(change))
}

/// The statement of a diff, by its new identifier or, where it is withdrawn, its old one.
fn change<'a>(diff: &'a CatalogDiff, id: &str) -> &'a StatementChange {
    let is = |s: &&StatementChange| s.new.as_ref().or(s.old.as_ref()).is_some_and(|r| r.id == id);
    diff.statements.iter().find(is).unwrap()
}

/// From release 5.0.1 to 5.1.1+u4 of SP 800-53 no statement of HIGH is reworded, but parameters are described
/// more shortly, and a few differ: AC-7b's first choice lost an article.
#[test]
fn high_of_two_releases() {
    let Some(corpus) = corpus::oscal() else { return };
    let file = "NIST_SP-800-53_rev5_HIGH-baseline-resolved-profile_catalog-min.json";
    let old = json(&corpus, &format!("nist-800-53/v1.0.0/{file}"));
    let new = json(&corpus, &format!("nist-800-53/r5.1.1u4/{file}"));
    let found = diff(&old, &new);
    assert_eq!(counts(&found), [1046, 0, 62, 0, 0, 0]);
    // Every parameter was renamed from ac-2.2_prm_1 to ac-02.02_odp.01; that alone is no change.
    assert_eq!(change(&found, "ac-1_smt.b").change, Change::Unchanged);
    assert_eq!(change(&found, "ac-1_smt.a.1.b").new.as_ref().unwrap().label, "AC-1a.1.(b)");
    let sample = change(&found, "ac-5_smt.a");
    assert_eq!(sample.change, Change::ParameterChanged);
    assert_eq!(sample.parameters[0].from, "duties of individuals requiring separation");
    assert_eq!(sample.parameters[0].to, "duties of individuals");
    let judgements: Vec<Judgement> = found
        .statements
        .iter()
        .filter_map(|s| s.old.as_ref())
        .map(|old| Judgement {
            statement: old.id.clone(),
            state: "satisfied".into(),
            rationale: "seen".into(),
            date: "2025-01-01".into(),
        })
        .collect();
    let migration = migrate(&judgements, &found);
    assert_eq!((migration.carried.len(), migration.reassess.len()), (1046, 62));
    // Backwards, what was there comes back.
    assert_eq!(counts(&diff(&new, &old)), [1046, 0, 62, 0, 0, 0]);
}

/// PRIVACY gained six enhancements with their base controls (NIST's file of 2021 lacks them), and PM-31b was
/// reworded to name monitoring and assessment in the parameters.
#[test]
fn privacy_of_two_releases() {
    let Some(corpus) = corpus::oscal() else { return };
    let file = "NIST_SP-800-53_rev5_PRIVACY-baseline-resolved-profile_catalog-min.json";
    let old = json(&corpus, &format!("nist-800-53/v1.0.0/{file}"));
    let new = json(&corpus, &format!("nist-800-53/r5.1.1u4/{file}"));
    let found = diff(&old, &new);
    assert_eq!(counts(&found), [445, 1, 7, 0, 26, 0]);
    let reworded = change(&found, "pm-31_smt.b");
    assert_eq!(reworded.change, Change::Reworded);
    assert!((0.77..0.79).contains(&reworded.similarity));
    assert_eq!(reworded.parameters.len(), 2);
    let added = found.controls.iter().filter(|c| c.kind == ControlChangeKind::New);
    assert_eq!(added.map(|c| c.id.as_str()).collect::<Vec<_>>().len(), 12);
    assert_eq!(change(&found, "au-3_smt.a").change, Change::New);
}

/// From HIGH to MODERATE of one release nothing is reworded; 83 controls go.
#[test]
fn a_smaller_baseline_only_withdraws() {
    let Some(corpus) = corpus::oscal() else { return };
    let read = |level: &str| {
        let file = format!("NIST_SP-800-53_rev5_{level}-baseline-resolved-profile_catalog-min.json");
        json(&corpus, &format!("nist-800-53/r5.1.1u4/{file}"))
    };
    let found = diff(&read("HIGH"), &read("MODERATE"));
    let [unchanged, reworded, parameters, moved, new, withdrawn] = counts(&found);
    assert_eq!([reworded, parameters, moved, new], [0; 4]);
    // Nine headings without words are in HIGH only.
    assert_eq!(unchanged + withdrawn, 1108 - 9);
    let gone = found.controls.iter().filter(|c| c.kind == ControlChangeKind::Gone).count();
    assert_eq!(gone, 83);
}

/// NIST rearranged the OSCAL form of SP 800-171 r3 between May 2025 (a control inside each requirement) and
/// May 2026 (the statement in the requirement itself): the words stayed, so every judgement does.
#[test]
fn a_rearranged_catalogue_keeps_every_judgement() {
    let Some(corpus) = corpus::oscal() else { return };
    let file = corpus.join("nist-800-171r3/NIST_SP800-171_rev3_catalog_2025-05.xml");
    let old = xml::to_json(&std::fs::read_to_string(file).unwrap()).unwrap();
    let old = Catalog::from_json(old.to_string().as_bytes()).unwrap();
    let new = json(&corpus, "nist-800-171r3/NIST_SP800-171_rev3_catalog_2026-05.json");
    let found = diff(&old, &new);
    let [unchanged, reworded, parameters, moved, new, withdrawn] = counts(&found);
    let label = &change(&found, "SR-03.01.01.c.01").new.as_ref().unwrap().label;
    assert_eq!(label, "SR-03.01.01.c.01");
    assert_eq!([reworded, parameters, new, withdrawn], [0; 4]);
    assert_eq!((unchanged, moved), (68, 281));
    assert!(found.statements.iter().all(StatementChange::means_the_same));
}

/// The complete catalogue against the draft with assessment objectives; and the time it takes in a test
/// build.
#[test]
fn the_complete_catalogue_is_compared_whole() {
    let Some(corpus) = corpus::oscal() else { return };
    let old = json(&corpus, "nist-800-53/v1.0.0/NIST_SP-800-53_rev5_catalog.json");
    let new = json(&corpus, "nist-800-53/draft-53A/NIST_SP-800-53_rev5-800-53A-draft_catalog-min.json");
    let started = std::time::Instant::now();
    let found = diff(&old, &new);
    println!("{:?} in {:?}", counts(&found), started.elapsed());
    assert!(!found.moves_cut_short);
    assert_eq!(found.controls.len(), 1189);
    assert_eq!(counts(&found), [1988, 0, 127, 0, 0, 0]);
}
