//! What one deficiency is: weaknesses told once, lesser things gathered, and which plans count for them.

use crate::build::*;
use crate::checks::{complete, exploited, of_check, opened, plan};
use warrant_analysis::{Policy, posture};
use warrant_model::Severity;
use warrant_model::finding::Finding;
use warrant_model::kinds::PoamItem;
use warrant_model::posture::Deficiency;

#[test]
fn a_plan_names_what_it_ends_as_tools_do() {
    let planned = |finding: Finding, name: &str| {
        let mut snapshot = sound();
        findings(&mut snapshot, vec![finding]);
        plan(&mut snapshot, PoamItem { findings: vec![name.into()], ..complete() });
        let found = posture(&snapshot, &Policy::embedded()).deficiencies;
        let of_finding =
            |d: &&Deficiency| d.check == "vulnerability-open" || d.check == "benchmark-rule-failed";
        found.iter().find(of_finding).unwrap().poam_item.is_some()
    };
    let mut plugin = weakness("a");
    plugin.rule = "900138".into();
    plugin.vulnerabilities = vec!["CVE-2021-44228".into(), "CVE-2021-45046".into()];
    for name in ["900138", " cve-2021-45046 ", "A"] {
        assert!(planned(plugin.clone(), name), "{name}");
    }
    for name in ["90013", "CVE-2021-4504", "hist1.example", ""] {
        assert!(!planned(plugin.clone(), name), "{name}");
    }
    let mut failed = rule("b", "cm-6");
    failed.rule = "SV-910511".into();
    for name in ["sv-910511", "SV-910511r7_rule", "rhel9"] {
        assert!(planned(failed.clone(), name), "{name}");
    }
}

#[test]
fn what_is_gathered_is_planned_when_all_of_it_is() {
    let mut snapshot = sound();
    let numbered = |number: u32| {
        let mut failed = rule(&format!("{number}"), "cm-6");
        failed.rule = format!("V-{number}");
        failed
    };
    findings(&mut snapshot, vec![numbered(1), numbered(2)]);
    plan(&mut snapshot, PoamItem { findings: vec!["V-1".into()], ..complete() });
    assert_eq!(of_check(&snapshot, "benchmark-rule-failed").remove(0).poam_item, None);
    let other = PoamItem { title: "Another".into(), findings: vec!["V-2".into()], ..complete() };
    snapshot.poam_items.push(record("poam", 2, other));
    let planned = of_check(&snapshot, "benchmark-rule-failed").remove(0);
    assert_eq!(planned.poam_item, Some(id("poam", 1).0));
}

#[test]
fn a_closed_plan_is_held_against_what_tools_still_name() {
    let closed = |name: &str| PoamItem { state: "closed".into(), findings: vec![name.into()], ..complete() };
    let mut snapshot = sound();
    findings(&mut snapshot, vec![weakness("a")]);
    plan(&mut snapshot, closed("cve-2026-0001"));
    let found = of_check(&snapshot, "poam-closed-but-still-found");
    assert_eq!(found.len(), 1);
    // Planned again: the new item tells of it.
    let again = PoamItem { title: "Again".into(), findings: vec!["CVE-2026-0001".into()], ..complete() };
    snapshot.poam_items.push(record("poam", 2, again));
    assert!(of_check(&snapshot, "poam-closed-but-still-found").is_empty());
    let mut other = sound();
    findings(&mut other, vec![weakness("a")]);
    plan(&mut other, closed("CVE-2026-0002"));
    assert!(of_check(&other, "poam-closed-but-still-found").is_empty());
}

#[test]
fn a_group_of_weaknesses_is_told_once() {
    let told = |rows: Vec<Finding>| {
        let mut snapshot = sound();
        findings(&mut snapshot, rows);
        let found = posture(&snapshot, &Policy::embedded()).deficiencies;
        found.into_iter().filter(|d| d.check.starts_with("vulnerability-")).collect::<Vec<_>>()
    };
    let late = Finding { exploit: Some(true), ..opened("2026-10-01") };
    let fresh = Finding { id: "b".into(), target: "web1".into(), ..weakness("b") };
    let found = told(vec![late, fresh.clone()]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].check, "vulnerability-past-sla");
    assert_eq!(found[0].title, "openssl on hist1.example and web1 \u{2014} was due 2026-10-15");
    assert!(found[0].why.contains("a public exploit is known; 1 of 2 past the date"), "{}", found[0].why);
    let found = told(vec![exploited(Some(true)), fresh]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].check, "vulnerability-known-exploited");
    assert!(found[0].title.ends_with("exploit public, due 2026-12-04"), "{}", found[0].title);
    assert_eq!(found[0].grounds.len(), 2);
}

#[test]
fn lesser_weaknesses_are_gathered_until_they_are_late() {
    let mut snapshot = sound();
    let rows = (0..30).map(|number| {
        let mut finding = weakness(&format!("{number:02}"));
        finding.subject = format!("package{number} 1.0");
        finding.severity = if number < 10 { Severity::Low } else { Severity::Medium };
        if number == 29 {
            finding.state_since = at("2026-08-01");
        }
        finding
    });
    findings(&mut snapshot, rows.collect());
    let open = of_check(&snapshot, "vulnerability-open");
    assert_eq!(open.len(), 1);
    assert!(open[0].title.starts_with("29 lesser weaknesses on hist1.example"), "{}", open[0].title);
    assert!(
        open[0].why.starts_with("19 of medium and 10 of low severity in 29 open findings"),
        "{}",
        open[0].why
    );
    assert_eq!(open[0].grounds.len(), 29, "each can be followed to its evidence");
    let late = of_check(&snapshot, "vulnerability-past-sla");
    assert_eq!(late.len(), 1);
    assert_eq!(late[0].title, "package29 on hist1.example \u{2014} was due 2026-10-30");
}

#[test]
fn every_failed_rule_of_a_benchmark_stays_in_sight() {
    let mut snapshot = sound();
    let rows = (0..60).map(|number| {
        let mut failed = rule(&format!("{number:02}"), "cm-6");
        failed.rule = format!("V-{number:02}");
        failed.title = format!("Rule {number:02} holds.");
        failed.severity = if number < 12 { Severity::High } else { Severity::Medium };
        failed
    });
    findings(&mut snapshot, rows.collect());
    let found = of_check(&snapshot, "benchmark-rule-failed");
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].title, "RHEL9: 12 high rules failed on hist1.example");
    assert_eq!(found[1].title, "RHEL9: 48 lesser rules failed on hist1.example");
    let says: Vec<_> = found.iter().flat_map(|d| &d.grounds).map(|ground| ground.says.as_str()).collect();
    for number in 0..60 {
        let rule = format!("Rule {number:02} holds");
        assert!(says.iter().any(|says| says.contains(&rule)), "{rule} is hidden");
    }
}

#[test]
fn an_artefact_is_one_package_with_or_without_its_group() {
    let mut snapshot = sound();
    let with = |key: &str, subject: &str| Finding { subject: subject.into(), ..weakness(key) };
    let rows = vec![with("a", "org.example.io:codec 2.14.1"), with("b", "codec 2.14.1")];
    findings(&mut snapshot, rows);
    assert_eq!(of_check(&snapshot, "vulnerability-open").len(), 1);
}
