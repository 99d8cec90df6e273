//! Rank: explained by its factors, higher for what is worse, and bounded.

use crate::build::*;
use crate::properties::random;
use proptest::prelude::*;
use warrant_analysis::{Policy, posture};
use warrant_model::Severity;
use warrant_model::kinds::{Criticality, Exposure};
use warrant_model::posture::{Deficiency, Rank};
use warrant_model::priority::{Exploitation, Signal};
use warrant_model::snapshot::SystemSnapshot;

fn open_weakness(edit: impl FnOnce(&mut SystemSnapshot)) -> Deficiency {
    let mut snapshot = sound();
    findings(&mut snapshot, vec![weakness("a")]);
    edit(&mut snapshot);
    let found = posture(&snapshot, &Policy::embedded()).deficiencies;
    found.into_iter().find(|d| d.check.starts_with("vulnerability-")).unwrap()
}

fn attacked() -> Signal {
    Signal { exploitation: Some(Exploitation::Active), ..Signal::default() }
}

fn score(edit: impl FnOnce(&mut SystemSnapshot)) -> f32 {
    open_weakness(edit).rank.score
}

#[test]
fn every_factor_moves_the_score_the_right_way() {
    let usual = score(|_| {});
    assert!(score(|s| s.system.body.exposure = Some(Exposure::Internet)) > usual);
    assert!(score(|s| s.system.body.exposure = Some(Exposure::Isolated)) < usual);
    assert!(score(|s| s.system.body.criticality = Some(Criticality::Essential)) > usual);
    assert!(score(|s| s.system.body.integrity_adjusted = Some(warrant_model::Impact::High)) > usual);
    assert!(score(|s| s.as_of = at("2027-01-15")) > usual);
    let with = |edit: fn(&mut warrant_model::finding::Finding)| {
        score(move |snapshot| {
            let mut finding = weakness("a");
            edit(&mut finding);
            findings(snapshot, vec![finding]);
        })
    };
    assert!(with(|finding| finding.severity = Severity::Critical) > usual);
    assert!(with(|finding| finding.exploit = Some(true)) > usual);
    assert!(with(|finding| finding.exploit = Some(false)) < usual);
    assert!(with(|finding| finding.automatable = Some(false)) <= usual);
    assert!(score(|s| signal(s, "CVE-2026-0001", attacked())) > usual);
    assert!(with(|finding| finding.cvss_score = Some(8.8)) > usual);
    assert!(with(|finding| finding.cvss_score = None) < usual);
    let on_two = |snapshot: &mut SystemSnapshot| {
        let mut other = weakness("b");
        other.target = "web1".into();
        findings(snapshot, vec![weakness("a"), other]);
    };
    assert!(score(on_two) > usual);
}

#[test]
fn the_worst_imaginable_scores_a_thousand() {
    let worst = open_weakness(|snapshot| {
        snapshot.system.body.exposure = Some(Exposure::Internet);
        snapshot.system.body.criticality = Some(Criticality::Essential);
        snapshot.information_types[0].body.integrity = Some(warrant_model::Impact::High);
        let mut finding = weakness("a");
        finding.severity = Severity::Critical;
        finding.exploit = Some(true);
        signal(
            snapshot,
            "CVE-2026-0001",
            Signal { listed: Some(listed("2026-01-01", "2026-01-22")), ..Signal::default() },
        );
        finding.state_since = at("2026-01-01");
        finding.cvss_score = Some(10.0);
        let on = |number: u32| {
            let target = format!("host{number}");
            warrant_model::finding::Finding { id: format!("{number}"), target, ..finding.clone() }
        };
        findings(snapshot, (0..20).map(on).collect());
    });
    assert_eq!(worst.rank.score, 1000.0, "{:?}", worst.rank.factors);
}

#[test]
fn time_moves_the_score_in_steps() {
    let mut snapshot = sound();
    let mut slow = weakness("a");
    slow.severity = Severity::Low;
    findings(&mut snapshot, vec![slow]);
    let time = |when: &str| {
        let mut later = snapshot.clone();
        later.as_of = at(when);
        let found = posture(&later, &Policy::embedded()).deficiencies;
        let open = found.into_iter().find(|d| d.check.starts_with("vulnerability-")).unwrap();
        open.rank.factors[5].0.clone()
    };
    // Low weaknesses have 180 days: opened on 20 November, due on 19 May.
    assert_eq!(time("2026-11-24"), "recent");
    assert_eq!(time("2027-02-17"), "recent");
    assert_eq!(time("2027-02-18"), "of long standing");
    assert_eq!(time("2027-05-06"), "due soon");
    assert_eq!(time("2027-05-19"), "due soon");
    assert_eq!(time("2027-05-20"), "overdue");
    assert_eq!(time("2027-06-18"), "overdue");
    assert_eq!(time("2027-06-19"), "overdue by a month");
    assert_eq!(time("2027-08-18"), "overdue by a quarter");
}

#[test]
fn neither_score_nor_extent_outranks_severity() {
    let many = score(|snapshot| {
        let on = |number: u32| warrant_model::finding::Finding {
            severity: Severity::Medium,
            cvss_score: Some(6.9),
            target: format!("host{number}"),
            ..weakness(&format!("{number:02}"))
        };
        findings(snapshot, (0..50).map(on).collect());
    });
    let one = score(|snapshot| {
        findings(snapshot, vec![warrant_model::finding::Finding { cvss_score: Some(7.0), ..weakness("a") }]);
    });
    assert!(one > many, "{one} on one host, {many} on fifty");
}

fn product(rank: &Rank) -> f64 {
    rank.factors.iter().map(|(_, factor)| f64::from(*factor)).product()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn scores_are_the_product_of_their_factors_and_sorted(seed in any::<u64>()) {
        let found = posture(&random(seed), &Policy::embedded()).deficiencies;
        for deficiency in &found {
            let rank = &deficiency.rank;
            prop_assert!((f64::from(rank.score) - product(rank)).abs() <= 0.051);
            prop_assert!((0.0..=1000.0).contains(&rank.score));
        }
        prop_assert!(found.windows(2).all(|pair| pair[0].rank.score >= pair[1].rank.score));
        let ids: std::collections::BTreeSet<_> = found.iter().map(|deficiency| &deficiency.id).collect();
        prop_assert_eq!(ids.len(), found.len(), "an id is not unique");
    }
}
