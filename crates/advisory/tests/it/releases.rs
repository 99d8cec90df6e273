//! Releases over time, upgrades, decisions and the verdict.

use crate::judge::{at, component, feed};
use warrant_advisory::database::Database;
use warrant_advisory::decision::{Decision, Kind, Standing as Holding};
use warrant_advisory::ecosystem::package;
use warrant_advisory::judge::{Component, Context, Question};
use warrant_advisory::releases::{Judged, Release, Standing, compare, lives};
use warrant_advisory::ship::{Policy, Verdict, verdict};
use warrant_advisory::upgrade::{Step, Target, smallest_safe};
use warrant_model::Severity;

const NOW: &str = "2026-11-01T00:00:00Z";

fn osv(id: &str, name: &str, events: &str) -> String {
    format!(
        r#"{{"id": "{id}", "modified": "2026-10-01T00:00:00Z", "summary": "Bad",
        "severity": [{{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"}}],
        "affected": [{{"package": {{"ecosystem": "npm", "name": "{name}"}},
        "ranges": [{{"type": "SEMVER", "events": [{events}]}}]}}]}}"#
    )
}

fn database(advisories: &[(&str, &str, &str)]) -> Database {
    let texts: Vec<String> = advisories.iter().map(|(id, name, events)| osv(id, name, events)).collect();
    Database::new(feed(&texts.iter().map(String::as_str).collect::<Vec<_>>()))
}

fn release(label: &str, components: &[&str]) -> Release {
    let components: Vec<Component> =
        components.iter().map(|text| component(&format!("pkg:npm/{text}"))).collect();
    Release { label: label.into(), components, context: Context::default() }
}

fn judged<'r, 'd>(database: &'d Database, releases: &'r [Release]) -> Vec<Judged<'r, 'd>> {
    releases.iter().map(|release| database.judge_release(release, at(NOW))).collect()
}

const FIXED_IN_142: &str = r#"{"introduced": "1.0.0"}, {"fixed": "1.4.2"}"#;

#[test]
fn the_release_that_introduced_and_the_one_that_fixed_are_named() {
    let database = database(&[("GHSA-1", "lib", FIXED_IN_142)]);
    let releases = [
        release("1", &["lib@0.9.0"]),
        release("2", &["lib@1.0.0"]),
        release("3", &["lib@1.4.1"]),
        release("4", &["lib@1.4.2"]),
        release("5", &["lib@1.3.0"]),
        release("6", &["other@1.0.0"]),
    ];
    let lives = lives(&judged(&database, &releases));
    assert_eq!(lives.len(), 1);
    let life = &lives[0];
    assert_eq!((life.introduced.as_str(), life.fixed.as_deref()), ("2", Some("6")));
    assert_eq!(life.reintroduced, ["5"]);
    assert!(life.perhaps_since.is_empty());
    assert_eq!(life.standings[5], Standing::Absent);
}

#[test]
fn what_could_not_be_told_is_neither_clean_nor_fixed() {
    let database = database(&[("GHSA-1", "lib", FIXED_IN_142)]);
    let releases = [release("1", &["lib"]), release("2", &["lib@1.0.0"]), release("3", &["lib@odd"])];
    let judged = judged(&database, &releases);
    let lives = lives(&judged);
    assert_eq!((lives[0].introduced.as_str(), lives[0].fixed.as_deref()), ("2", None));
    assert_eq!(lives[0].perhaps_since, ["1"]);
    let delta = compare(&judged[1], &judged[2]);
    assert_eq!((delta.fixed.len(), delta.unknown.len(), delta.not_assessed.len()), (0, 1, 1));
}

#[test]
fn a_component_that_lost_its_package_url_is_not_taken_for_removed() {
    let database = database(&[("GHSA-1", "@scope/lib", FIXED_IN_142)]);
    let nameless = Component { name: "Lib".into(), version: Some("1.0.0".into()), ..Component::default() };
    let releases = [
        release("1", &["%40scope/lib@1.0.0"]),
        Release { components: vec![nameless], ..release("2", &[]) },
        release("3", &["other@1.0.0"]),
    ];
    let judged = judged(&database, &releases);
    let lives = lives(&judged);
    let because = |standing: &Standing| match standing {
        Standing::NotAssessed { because } => because.clone(),
        other => format!("{other:?}"),
    };
    assert_eq!(because(&lives[0].standings[1]), "`Lib` may be it: it has no package URL");
    assert_eq!(lives[0].fixed.as_deref(), Some("3"));
    assert_eq!(compare(&judged[0], &judged[1]).unknown.len(), 1);
}

#[test]
fn an_advisory_that_lands_later_tells_of_earlier_releases() {
    let releases = [release("1", &["lib@1.0.0"]), release("2", &["lib@2.0.0"])];
    let before = database(&[("GHSA-0", "other", FIXED_IN_142)]);
    assert!(lives(&judged(&before, &releases)).is_empty());
    let after = database(&[("GHSA-0", "other", FIXED_IN_142), ("GHSA-1", "lib", FIXED_IN_142)]);
    let lives = lives(&judged(&after, &releases));
    assert_eq!((lives[0].introduced.as_str(), lives[0].fixed.as_deref()), ("1", Some("2")));
}

#[test]
fn a_comparison_tells_what_the_next_release_brings() {
    let database = database(&[
        ("GHSA-1", "a", FIXED_IN_142),
        ("GHSA-2", "b", FIXED_IN_142),
        ("GHSA-3", "c", FIXED_IN_142),
    ]);
    let releases =
        [release("1", &["a@1.0.0", "b@0.1.0", "c@1.1.0"]), release("2", &["a@1.4.2", "b@1.0.0", "c@1.2.0"])];
    let judged = judged(&database, &releases);
    let delta = compare(&judged[0], &judged[1]);
    let ids = |changes: &[warrant_advisory::releases::Change<'_>]| {
        changes.iter().map(|change| change.key.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&delta.fixed), ["GHSA-1"]);
    assert_eq!(ids(&delta.introduced), ["GHSA-2"]);
    assert_eq!(ids(&delta.still_open), ["GHSA-3"]);
    assert_eq!(delta.packages.len(), 3);
}

fn steps(database: &Database, components: &[&str]) -> Vec<Step> {
    let release = release("1", components);
    smallest_safe(database, &database.judge_release(&release, at(NOW)))
}

#[test]
fn the_smallest_safe_version_is_free_of_everything() {
    let database = database(&[
        ("GHSA-1", "lib", r#"{"introduced": "1.0.0"}, {"fixed": "1.4.2"}"#),
        (
            "GHSA-2",
            "lib",
            r#"{"introduced": "1.4.0"}, {"fixed": "1.5.0"}, {"introduced": "2.0.0"}, {"fixed": "2.1.0"}"#,
        ),
        ("GHSA-3", "dead", r#"{"introduced": "0"}"#),
        ("GHSA-4", "quiet", r#"{"introduced": "0"}, {"last_affected": "3.1.0"}"#),
        ("GHSA-5", "half", r#"{"introduced": "0"}, {"fixed": "1.1.0"}"#),
        ("GHSA-6", "half", r#"{"introduced": "1.1.0"}"#),
    ]);
    let steps = steps(&database, &["lib@1.2.0", "dead@1.0.0", "quiet@3.0.0", "half@1.0.0", "fine@1.0.0"]);
    let to: Vec<_> = steps.iter().map(|step| (step.package.name.as_str(), &step.to)).collect();
    assert_eq!(
        to,
        [
            ("dead", &Target::None),
            ("half", &Target::Version("1.1.0".into())),
            ("lib", &Target::Version("1.5.0".into())),
            ("quiet", &Target::After("3.1.0".into())),
        ]
    );
    assert_eq!(steps[1].leaves, ["GHSA-6"], "the fix brings another in, and that is said");
    assert_eq!(steps[2].removes, ["GHSA-1"]);
}

fn accepted(version: &str, kind: Kind) -> Decision {
    Decision {
        vulnerability: "GHSA-1".into(),
        package: package("npm", "lib"),
        version: version.into(),
        kind,
        expires: "2027-01-01T00:00:00Z".parse().unwrap(),
        severity: Some(Severity::High),
        exploited: false,
        reason: "not reachable".into(),
    }
}

#[test]
fn a_release_is_held_back_with_reasons_and_decisions_carry_while_they_hold() {
    let database = database(&[("GHSA-1", "lib", FIXED_IN_142)]);
    let code = || Kind::NotAffected("vulnerable_code_not_in_execute_path".into());
    let ask = |components: &[&str], decisions: &[Decision], question: Question| {
        let release = release("7", components);
        verdict(&database.judge_release(&release, question), &Policy::default(), decisions, question)
    };
    let held = ask(&["lib@1.2.0"], &[], at(NOW));
    assert_eq!((held.verdict, held.reasons[0].because.as_str()), (Verdict::Hold, "its severity is high"));
    let same = ask(&["lib@1.2.0"], &[accepted("1.2.0", code())], at(NOW));
    assert_eq!((same.verdict, same.decided.len()), (Verdict::Ship, 1));
    let newer = ask(&["lib@1.3.0"], &[accepted("1.2.0", code())], at(NOW));
    assert_eq!(newer.verdict, Verdict::Hold);
    assert!(
        newer.reasons[0]
            .because
            .contains("reopened: `vulnerable_code_not_in_execute_path` was said of 1.2.0")
    );
    let accepted_risk = ask(&["lib@1.3.0"], &[accepted("1.2.0", Kind::Accepted)], at(NOW));
    assert_eq!(accepted_risk.verdict, Verdict::Ship);
    let any_age = Question { max_age_days: None, ..at("2027-02-01T00:00:00Z") };
    let expired = ask(&["lib@1.2.0"], &[accepted("1.2.0", Kind::Accepted)], any_age);
    assert!(expired.reasons[0].because.contains("expired"), "{expired:?}");
    let elsewhere = Decision { package: package("npm", "other"), ..accepted("1.2.0", Kind::Accepted) };
    assert_eq!(ask(&["lib@1.2.0"], &[elsewhere], at(NOW)).verdict, Verdict::Hold);
    assert_eq!(ask(&["lib"], &[], at(NOW)).verdict, Verdict::Hold, "not assessed is not safe");
    assert_eq!(ask(&[], &[], at(NOW)).verdict, Verdict::Hold, "nothing listed is not safe");
    assert_eq!(ask(&["lib@1.4.2"], &[], at(NOW)).verdict, Verdict::Ship);
}

#[test]
fn an_acceptance_ends_when_the_vulnerability_gets_worse() {
    let database = database(&[("GHSA-1", "lib", FIXED_IN_142)]);
    let now = NOW.parse().unwrap();
    let releases = [release("1", &["lib@1.2.0"])];
    let hits = judged(&database, &releases);
    let hit = &hits[0].judgements[0].affected[0];
    let milder = Decision { severity: Some(Severity::Medium), ..accepted("1.2.0", Kind::Accepted) };
    assert!(
        matches!(milder.standing(hit, Some("1.2.0"), now), Holding::Reopened(why) if why.contains("severity"))
    );
    let kev = r#"{"catalogVersion": "1", "dateReleased": "2026-10-01T00:00:00Z", "vulnerabilities": [
        {"cveID": "GHSA-1", "dateAdded": "2026-10-01", "dueDate": "2026-10-15"}]}"#;
    let exploited = Database::new(feed(&[&osv("GHSA-1", "lib", FIXED_IN_142), kev]));
    let hits = judged(&exploited, &releases);
    let hit = &hits[0].judgements[0].affected[0];
    let decision = accepted("1.2.0", Kind::Accepted);
    assert!(
        matches!(decision.standing(hit, Some("1.2.0"), now), Holding::Reopened(why) if why.contains("exploited"))
    );
}

#[test]
fn a_policy_is_data() {
    let policy = Policy::parse("severity = \"critical\"\nexploited = \"ship\"\nnot_assessed = 3\n").unwrap();
    assert_eq!(
        (policy.severity, policy.exploited, policy.not_assessed),
        (Severity::Critical, Verdict::Ship, 3)
    );
    assert!(Policy::parse("severty = \"high\"").unwrap_err().contains("severty"));
    assert!(Policy::parse("probability = 7.0").is_err());
}
