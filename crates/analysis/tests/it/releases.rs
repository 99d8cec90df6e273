//! Releases in use that advisories hit: what is told once, what stands alone, what is decided.

use crate::build::*;
use crate::checks::of_check;
use std::sync::Arc;
use warrant_model::Severity;
use warrant_model::posture::{Change, Deficiency, Source};
use warrant_model::priority::Signal;
use warrant_model::snapshot::{HitPackage, SystemSnapshot, Upgrade};

fn told(packages: Vec<HitPackage>, edit: impl FnOnce(&mut SystemSnapshot)) -> Vec<Deficiency> {
    let mut snapshot = sound();
    release(&mut snapshot, "portal", packages);
    edit(&mut snapshot);
    of_check(&snapshot, "release-affected")
}

fn one(severity: Option<Severity>) -> Vec<HitPackage> {
    vec![hit_package("org.example:codec", vec![hit("CVE-2026-7001", severity, "2026-11-20")])]
}

#[test]
fn a_serious_hit_names_the_package_the_release_the_day_and_the_step() {
    let mut packages = one(Some(Severity::High));
    packages[0].upgrade = Some(Upgrade::To("1.2.9".into()));
    let found = told(packages, |_| {});
    let [deficiency] = found.as_slice() else { panic!("{found:?}") };
    let due = deficiency.due.unwrap();
    assert_eq!(deficiency.title, format!("codec 1.2.0 in portal 4.1 \u{2014} due {due}"));
    assert!(deficiency.why.contains("CVE-2026-7001") && deficiency.why.contains("7.5"), "{}", deficiency.why);
    assert_eq!((deficiency.severity, deficiency.since), (Severity::High, at("2026-11-20")));
    let remedy = &deficiency.actions[0];
    assert_eq!(remedy.title, "Upgrade codec from 1.2.0 to 1.2.9");
    assert!(matches!(&remedy.change, Change::Remediate { target } if target == "portal 4.1"));
    let decide = deficiency.actions.iter().find_map(|action| match &action.change {
        Change::Create { kind, with } if kind == "vulnerability_decision" => Some(with),
        _ => None,
    });
    let named = decide.unwrap().iter().find(|(field, _)| *field == "package").unwrap();
    assert_eq!(named.1, "Maven org.example:codec");
    assert!(deficiency.controls.contains(&"ra-5".to_owned()), "{:?}", deficiency.controls);
}

#[test]
fn what_a_tool_tells_of_is_not_told_twice() {
    let tool = |id: &str, subject: &str| {
        let mut finding = weakness("a");
        finding.vulnerabilities = vec![id.to_owned()];
        finding.subject = subject.to_owned();
        finding
    };
    let with = |finding| told(one(Some(Severity::High)), |s| findings(s, vec![finding])).len();
    assert_eq!(with(tool("CVE-2026-7001", "codec 1.2.0")), 0);
    assert_eq!(with(tool("GHSA-CVE-2026-7001", "org.example:codec 1.2.0")), 0, "another of its ids");
    assert_eq!(with(tool("CVE-2026-7002", "codec 1.2.0")), 1, "another vulnerability");
    assert_eq!(with(tool("CVE-2026-7001", "reader 1.2.0")), 1, "another package");
    let mut suppressed = tool("CVE-2026-7001", "codec 1.2.0");
    suppressed.suppressed = true;
    assert_eq!(with(suppressed), 0, "somebody decided about it");
}

#[test]
fn the_lesser_ones_of_a_release_are_one_and_none_of_them_is_lost() {
    let packages = ["a", "b", "c"].map(|name| {
        let id = format!("CVE-2026-70{name}");
        let lesser = hit(&id, Some(Severity::Medium), "2026-11-20");
        hit_package(&format!("org.example:{name}"), vec![lesser])
    });
    let found = told(packages.to_vec(), |_| {});
    let [deficiency] = found.as_slice() else { panic!("{found:?}") };
    assert!(deficiency.title.starts_with("3 lesser packages hit in portal 4.1"), "{}", deficiency.title);
    assert_eq!((deficiency.severity, deficiency.grounds.len()), (Severity::Medium, 3));
}

#[test]
fn exploited_is_serious_and_unrated_is_said_to_be() {
    let rated = |severity| told(one(severity), |_| {});
    assert_eq!(rated(Some(Severity::Low))[0].severity, Severity::Low);
    let unrated = rated(None);
    assert_eq!(unrated[0].severity, Severity::Medium);
    assert!(unrated[0].why.contains("1 rated by nobody"), "{}", unrated[0].why);
    let exploited = told(one(Some(Severity::Low)), |s| {
        let listed = Signal { listed: Some(listed("2026-11-20", "2026-12-11")), ..Signal::default() };
        signal(s, "CVE-2026-7001", listed);
    });
    assert_eq!(exploited[0].severity, Severity::High);
    assert!(exploited[0].title.contains("exploited in the wild"), "{}", exploited[0].title);
}

#[test]
fn it_stays_the_same_deficiency_when_the_release_changes() {
    let before = told(one(Some(Severity::High)), |_| {});
    let after = told(one(Some(Severity::High)), |s| {
        let releases = Arc::make_mut(&mut s.releases);
        releases[0].version = "4.2".into();
        releases[0].hit[0].version = "1.2.1".into();
    });
    assert_eq!(before[0].id, after[0].id, "a plan for it goes on");
}

#[test]
fn it_is_about_the_component_that_a_record_names_and_falls_to_its_owner() {
    let found = told(one(Some(Severity::High)), |s| {
        s.components[0].body.owner = Some(id("person", 2));
        Arc::make_mut(&mut s.releases)[0].records = vec![id("component", 1)];
    });
    assert!(matches!(&found[0].subject, Source::Record { kind, .. } if kind == "component"));
    assert_eq!(found[0].owner.as_deref(), Some(id("person", 2).as_str()));
}

#[test]
fn a_package_in_two_versions_and_a_component_in_two_releases_are_told_apart() {
    let both = || {
        let mut packages = [one(Some(Severity::High)), one(Some(Severity::High))].concat();
        packages[1].version = "2.0.0".into();
        let lesser =
            |name: &str| hit_package(name, vec![hit("CVE-2026-7009", Some(Severity::Low), "2026-11-20")]);
        packages.extend([lesser("org.example:a"), lesser("org.example:b")]);
        packages
    };
    let found = told(both(), |s| release(s, "portal", both()));
    let ids: std::collections::BTreeSet<_> = found.iter().map(|one| &one.id).collect();
    assert_eq!((found.len(), ids.len()), (6, 6), "{found:?}");
}
