//! Judging: the right answers, and no clean one where something was missing.

use crate::{corpus, formats::folder};
use warrant_advisory::advisory::{Advisory, Statement, Status};
use warrant_advisory::database::{Database, Scratch};
use warrant_advisory::feed::Feed;
use warrant_advisory::formats::{Limits, read};
use warrant_advisory::judge::{Answer, Component, Context, Judgement, NotAssessed, Question};

const OSV: &str = r#"{
  "id": "GHSA-aaaa", "aliases": ["CVE-2026-1"], "modified": "2026-10-01T00:00:00Z", "summary": "Bad in lib",
  "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
  "affected": [{"package": {"ecosystem": "npm", "name": "lib"},
    "ranges": [{"type": "SEMVER", "events": [{"introduced": "1.0.0"}, {"fixed": "1.4.2"}, {"introduced": "2.0.0"},
      {"last_affected": "2.3.0"}]}]}]}"#;

pub(crate) fn feed(texts: &[&str]) -> Feed {
    let mut feed = Feed::default();
    for text in texts {
        assert!(read("test.json", text.as_bytes(), Limits::default(), &mut feed), "not recognised: {text}");
    }
    assert_eq!(feed.problems, []);
    feed
}

pub(crate) fn component(purl: &str) -> Component {
    Component { purl: Some(purl.into()), name: purl.into(), ..Component::default() }
}

pub(crate) fn at(time: &str) -> Question {
    Question { now: time.parse().unwrap(), max_age_days: Some(90) }
}

fn ask<'d>(database: &'d Database, purl: &str) -> Judgement<'d> {
    database.judge(&component(purl), at("2026-11-01T00:00:00Z"), &Context::default())
}

#[test]
fn the_three_answers() {
    let database = Database::new(feed(&[OSV]));
    let hit = ask(&database, "pkg:npm/lib@1.2.0");
    assert_eq!(
        (hit.answer, hit.affected[0].id, &hit.affected[0].fixed),
        (Answer::Affected, "CVE-2026-1", &vec!["1.4.2"])
    );
    assert_eq!(hit.affected[0].score, Some(9.8));
    assert_eq!(ask(&database, "pkg:npm/lib@2.3.0").answer, Answer::Affected);
    for version in ["0.9.0", "1.4.2", "1.9.9", "2.3.1"] {
        let clean = ask(&database, &format!("pkg:npm/lib@{version}"));
        assert_eq!(clean.answer, Answer::NotAffected, "{version}");
        assert!(clean.because().contains("outside of all 1 advisories"), "{}", clean.because());
    }
    assert_eq!(ask(&database, "pkg:npm/other@1.0.0").because(), "no advisory names the package");
    for (purl, why) in [
        ("pkg:npm/lib", "it has no version"),
        ("pkg:npm/lib@latest", "`latest` is no npm version"),
        ("pkg:npm/other@latest", "`latest` is no npm version"),
        ("pkg:pypi/lib@1.2.0", "no advisories for the ecosystem PyPI are loaded"),
        ("pkg:deb/debian/lib@1", "does not say of which release of Debian"),
        ("lib", "cannot be read"),
    ] {
        let open = ask(&database, purl);
        assert_eq!(open.answer, Answer::NotAssessed, "{purl}");
        assert!(open.because().contains(why), "{purl}: {}", open.because());
    }
}

#[test]
fn a_version_beside_the_package_url_counts() {
    let database = Database::new(feed(&[OSV]));
    let component = Component { version: Some("1.2.0".into()), ..component("pkg:npm/lib") };
    let judged = database.judge(&component, at("2026-11-01T00:00:00Z"), &Context::default());
    assert_eq!(judged.answer, Answer::Affected);
}

#[test]
fn withdrawn_advisories_do_not_count() {
    let withdrawn = OSV.replace("\"summary\"", "\"withdrawn\": \"2026-10-02T00:00:00Z\", \"summary\"");
    let database = Database::new(feed(&[&withdrawn]));
    assert_eq!(ask(&database, "pkg:npm/lib@1.2.0").answer, Answer::NotAffected);
    assert_eq!(database.sources()["GHSA"].withdrawn, 1);
}

#[test]
fn an_old_feed_clears_nothing_but_still_accuses() {
    let database = Database::new(feed(&[OSV]));
    let late = at("2027-06-01T00:00:00Z");
    let ask = |purl| database.judge(&component(purl), late, &Context::default());
    assert_eq!(ask("pkg:npm/lib@1.2.0").answer, Answer::Affected);
    let stale = ask("pkg:npm/lib@5.0.0");
    assert_eq!(stale.answer, Answer::NotAssessed);
    assert!(stale.because().contains("over 90 days ago"), "{}", stale.because());
}

#[test]
fn a_range_that_cannot_be_read_is_not_a_clean_one() {
    let odd = OSV.replace("2.0.0", "two");
    let mut feed = Feed::default();
    read("odd.json", odd.as_bytes(), Limits::default(), &mut feed);
    assert_eq!(feed.problem_count, 1);
    assert_eq!(feed.problems[0].place, "/affected/0/ranges/0");
    let database = Database::new(feed);
    let judged = ask(&database, "pkg:npm/lib@9.0.0");
    assert!(
        matches!(&judged.not_assessed[..], [NotAssessed::Unreadable { vulnerability }] if vulnerability == "CVE-2026-1")
    );
}

#[test]
fn two_sources_of_one_vulnerability_are_one_hit() {
    let other = OSV.replace("GHSA-aaaa", "NSWG-7");
    let database = Database::new(feed(&[OSV, &other]));
    let hit = ask(&database, "pkg:npm/lib@1.2.0");
    assert_eq!(hit.affected.len(), 1);
    assert_eq!(hit.affected[0].advisories, ["GHSA-aaaa", "NSWG-7"]);
}

#[test]
fn kev_epss_and_ssvc_join_by_alias() {
    let kev = r#"{"catalogVersion": "1", "dateReleased": "2026-10-01T00:00:00Z", "vulnerabilities": [
        {"cveID": "CVE-2026-1", "dateAdded": "2026-10-01", "dueDate": "2026-10-15"}]}"#;
    let cve = r#"{"dataType": "CVE_RECORD", "cveMetadata": {"cveId": "CVE-2026-1", "state": "PUBLISHED"},
        "containers": {"cna": {"affected": []}, "adp": [{"metrics": [{"other": {"type": "ssvc", "content":
        {"options": [{"Exploitation": "active"}, {"Automatable": "yes"}, {"Technical Impact": "Total"}]}}}]}]}}"#;
    let epss = "#model_version:v2025.03.14,score_date:2026-10-01T00:00:00+0000\ncve,epss,percentile\nCVE-2026-1,0.93,0.99\n";
    let database = Database::new(feed(&[OSV, kev, cve, epss]));
    let hit = ask(&database, "pkg:npm/lib@1.2.0");
    assert!(hit.affected[0].exploited);
    assert_eq!(hit.affected[0].probability, Some(0.93));
    let ssvc = database.ssvc(database.group("GHSA-aaaa").unwrap()).unwrap();
    assert_eq!((ssvc.exploitation.as_str(), ssvc.technical_impact.as_str()), ("active", "total"));
}

#[test]
fn a_cve_record_judges_by_its_package() {
    let cve = r#"{"dataType": "CVE_RECORD", "cveMetadata": {"cveId": "CVE-2026-9", "state": "PUBLISHED",
        "dateUpdated": "2026-10-01T00:00:00"}, "containers": {"cna": {"affected": [{"packageName": "Lib_x",
        "collectionURL": "https://pypi.org", "defaultStatus": "unaffected", "versions": [
        {"version": "1.0", "lessThan": "1.5", "status": "affected", "versionType": "python",
         "changes": [{"at": "1.4.3", "status": "unaffected"}]}]}]}}}"#;
    let database = Database::new(feed(&[cve]));
    assert_eq!(ask(&database, "pkg:pypi/lib-x@1.4.2").answer, Answer::Affected);
    // CVE records do not cover PyPI: outside of this one's range nothing is known.
    for purl in ["pkg:pypi/lib-x@1.4.3", "pkg:pypi/lib-x@0.9", "pkg:pypi/other@1.0"] {
        assert_eq!(ask(&database, purl).answer, Answer::NotAssessed, "{purl}");
    }
    let osv = OSV.replace("npm", "PyPI");
    let database = Database::new(feed(&[cve, &osv]));
    assert_eq!(ask(&database, "pkg:pypi/lib-x@1.4.3").answer, Answer::NotAffected);
    assert_eq!(ask(&database, "pkg:pypi/lib-x@1.4.2").answer, Answer::Affected);
}

#[test]
fn a_statement_clears_its_own_product_only() {
    let vex = r#"{"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://example.org/vex-1", "author": "us",
        "timestamp": "2026-10-20T00:00:00Z", "statements": [{"vulnerability": {"name": "CVE-2026-1"},
        "products": [{"@id": "pkg:generic/portal@2.0", "subcomponents": [{"@id": "pkg:npm/lib@1.2.0"}]}],
        "status": "not_affected", "justification": "vulnerable_code_not_in_execute_path"}]}"#;
    let database = Database::new(feed(&[OSV, vex]));
    let within = |product: &str, purl: &str| {
        let context = Context { product: vec![product.to_owned()] };
        database.judge(&component(purl), at("2026-11-01T00:00:00Z"), &context)
    };
    let cleared = within("pkg:generic/portal@2.0", "pkg:npm/lib@1.2.0");
    assert_eq!(cleared.answer, Answer::NotAffected);
    assert_eq!(cleared.cleared[0].justification, Some("vulnerable_code_not_in_execute_path"));
    assert!(cleared.because().contains("vex-1"), "{}", cleared.because());
    assert_eq!(within("pkg:generic/portal@2.1", "pkg:npm/lib@1.2.0").answer, Answer::Affected);
    assert_eq!(within("pkg:generic/portal@2.0", "pkg:npm/lib@1.3.0").answer, Answer::Affected);
    assert_eq!(ask(&database, "pkg:npm/lib@1.2.0").answer, Answer::Affected);
}

#[test]
fn the_newest_statement_wins() {
    let say = |status, time: &str| Statement {
        vulnerabilities: vec!["CVE-2026-1".into()],
        products: vec!["pkg:npm/lib".into()],
        status,
        at: Some(time.parse().unwrap()),
        ..Statement::default()
    };
    let mut feed = feed(&[OSV]);
    feed.statements.push(say(Status::Affected, "2026-10-21T00:00:00Z"));
    feed.statements.push(say(Status::NotAffected, "2026-10-20T00:00:00Z"));
    assert_eq!(ask(&Database::new(feed), "pkg:npm/lib@1.2.0").answer, Answer::Affected);
}

/// Real data of three ecosystems, and every version that its advisories name.
fn real() -> Option<(Feed, Vec<Component>)> {
    let mut feed = folder("advisories/pypa")?;
    for name in ["advisories/rustsec", "advisories/golang-osv"] {
        let more = folder(name)?;
        feed.advisories.extend(more.advisories);
    }
    let mut components = Vec::new();
    for affected in feed.advisories.iter().flat_map(|advisory| &advisory.affected) {
        let kind = warrant_advisory::ecosystem::purl_kind(&affected.ecosystem);
        let Some(kind) = kind else { continue };
        let bounds = affected.spans.iter().flat_map(|span| span.from.iter().chain(&span.to));
        let versions = bounds.map(|limit| &limit.version).chain(&affected.versions).chain(&affected.fixed);
        for version in versions.take(6) {
            components.push(component(&format!(
                "pkg:{kind}/{}@{}",
                affected.name,
                version.replace('+', "%2B")
            )));
        }
    }
    components.sort();
    components.dedup();
    Some((feed, components))
}

#[test]
fn without_version_feed_or_ecosystem_nothing_is_clean() {
    let Some((feed, components)) = real() else { return };
    let now = "2026-09-01T00:00:00Z";
    let any_age = Question { max_age_days: None, ..at(now) };
    let database = Database::new(feed.clone());
    let none = Database::default();
    let judge = |database: &Database, component: &Component, question| {
        database.judge(component, question, &Context::default()).answer
    };
    let mut clean = 0;
    for whole in &components {
        clean += usize::from(judge(&database, whole, any_age) == Answer::NotAffected);
        let purl = whole.purl.as_deref().unwrap();
        let without_version = component(purl.rsplit_once('@').unwrap().0);
        assert_eq!(judge(&database, &without_version, any_age), Answer::NotAssessed, "{purl}");
        assert_eq!(judge(&none, whole, any_age), Answer::NotAssessed, "{purl}");
        let without_ecosystem = Component { purl: None, ..whole.clone() };
        assert_eq!(judge(&database, &without_ecosystem, any_age), Answer::NotAssessed, "{purl}");
        let elsewhere = component(&purl.replacen("pkg:", "pkg:x", 1));
        assert_eq!(judge(&database, &elsewhere, any_age), Answer::NotAssessed, "{purl}");
        assert_ne!(judge(&database, whole, at("2040-01-01T00:00:00Z")), Answer::NotAffected, "{purl}");
        // What was judged once and aged says what is judged anew.
        for now in [now, "2026-11-30T00:00:00Z", "2040-01-01T00:00:00Z"] {
            for part in [whole, &without_version, &without_ecosystem, &elsewhere] {
                let mut kept = database.judge(part, any_age, &Context::default());
                kept.age(database.ecosystems(), at(now));
                assert_eq!(kept, database.judge(part, at(now), &Context::default()), "{purl} at {now}");
            }
        }
    }
    // Take one ecosystem's feed away: the others answer as before, that one not at all.
    let mut cut = feed;
    let is_python =
        |advisory: &Advisory| advisory.affected.iter().any(|affected| affected.ecosystem == "PyPI");
    cut.advisories.retain(|advisory| !is_python(advisory));
    let cut = Database::new(cut);
    for whole in &components {
        let purl = whole.purl.as_deref().unwrap();
        match purl.starts_with("pkg:pypi/") {
            true => assert_eq!(judge(&cut, whole, any_age), Answer::NotAssessed, "{purl}"),
            false => assert_eq!(judge(&cut, whole, any_age), judge(&database, whole, any_age), "{purl}"),
        }
    }
    println!("{} components, {clean} of them clean before the mutations", components.len());
    assert!(clean > 1000);
}

#[test]
fn every_listed_version_is_affected_and_every_fix_is_not() {
    let Some((feed, _)) = real() else { return };
    let database = Database::new(feed.clone());
    let mut scratch = Scratch::default();
    let (mut listed, mut fixes, mut missed, mut wrong) = (0, 0, Vec::new(), Vec::new());
    for advisory in feed.advisories.iter().filter(|advisory| advisory.withdrawn.is_none()) {
        let group = database.group(&advisory.id).unwrap().id.clone();
        for affected in &advisory.affected {
            let package = database.find(&affected.ecosystem, &affected.name).unwrap();
            let mut ask = |version: &str| {
                let mut found = false;
                database
                    .rules_at(package, version, &mut scratch, |other| found |= other.id == group)
                    .map(|_| found)
            };
            for version in &affected.versions {
                listed += 1;
                if ask(version) == Some(false) {
                    missed.push(format!("{} {version}", advisory.id));
                }
            }
            // Another advisory of the group may still hold what this one calls fixed.
            let alone = database.group(&advisory.id).unwrap().ids.iter();
            let alone = alone.filter(|id| feed.advisories.iter().any(|other| other.id == **id)).count() == 1;
            for version in affected.fixed.iter().filter(|_| alone && affected.versions.is_empty()) {
                fixes += 1;
                if ask(version) == Some(true) && advisory.affected.len() == 1 {
                    wrong.push(format!("{} {version}", advisory.id));
                }
            }
        }
    }
    println!("{listed} listed versions, {fixes} fixes");
    assert!(missed.is_empty(), "{missed:?}");
    assert!(wrong.is_empty(), "still affected at the fix: {wrong:?}");
}

#[test]
fn the_corpus_is_there_or_said_to_be_missing() {
    let there = corpus::folder("advisories").is_some();
    assert_eq!(there, real().is_some());
}
