//! Releases and advisories in the store: three answers, never two, now and after every change.

use crate::stores::{Fixture, on_both};
use serde_json::{Value, json};
use std::sync::Arc;
use warrant_advisory::bundle::pack;
use warrant_advisory::feed::Feed;
use warrant_advisory::formats::{Limits, read};
use warrant_service::import::{Belongs, ImportFile, ImportOutcome, Mode, Progress};
use warrant_service::query::DeficiencyQuery;
use warrant_service::releases::{Line, LoadOutcome, Releases, Standing, Target, Verdict};
use warrant_service::{Actor, Service, ServiceError};

on_both!(
    bills_are_releases_in_the_order_of_versions,
    a_bill_that_says_no_version_is_named_by_whoever_brings_it,
    advisories_judge_releases_that_were_there_before,
    what_is_missing_is_never_clean,
    old_advisories_do_not_clear,
    decisions_carry_while_they_hold,
    what_hits_a_release_in_use_is_a_deficiency,
    who_is_hit_and_what_is_between_two_releases,
    loading_asks_for_an_officer_and_others_see_nothing,
    releases_are_made_anew_from_evidence_and_damage_is_named,
    a_store_of_an_older_program_gets_its_releases,
    it_does_not_matter_whether_bills_or_advisories_come_first,
    a_bundle_that_is_damaged_or_not_signed_changes_nothing,
);

/// A CycloneDX bill of `portal`; a part is a package URL or a bare name.
fn bill(version: Option<&str>, made: &str, parts: &[&str]) -> Value {
    let part = |part: &&str| match part.strip_prefix("pkg:") {
        Some(rest) => {
            let name = rest.rsplit('/').next().unwrap().split(['@', '?']).next().unwrap();
            json!({"type": "library", "name": name, "purl": part})
        }
        None => json!({"type": "library", "name": part, "version": "1.0.0"}),
    };
    let mut subject = json!({"type": "application", "name": "portal"});
    if let Some(version) = version {
        subject["version"] = json!(version);
    }
    json!({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"timestamp": made, "component": subject},
        "components": parts.iter().map(part).collect::<Vec<_>>(),
    })
}

async fn bring(
    fixture: &Fixture,
    bill: &Value,
    release: Option<&str>,
) -> Result<ImportOutcome, ServiceError> {
    let file = ImportFile { name: "bill.json".into(), bytes: bill.to_string().into_bytes().into() };
    let belongs = Belongs { system: Some("Portal"), release };
    let progress = Arc::new(Progress::default());
    fixture.service.import_as(&Actor::program(), file, belongs, Mode::Commit, progress).await
}

fn osv(id: &str, ecosystem: &str, name: &str, events: Value) -> Value {
    json!({
        "id": id, "modified": "2026-11-20T00:00:00Z", "summary": format!("Bad in {name}"),
        "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"}],
        "affected": [{"package": {"ecosystem": ecosystem, "name": name},
            "ranges": [{"type": if ecosystem == "npm" { "SEMVER" } else { "ECOSYSTEM" }, "events": events}]}],
    })
}

fn lib() -> Value {
    osv("NWSA-1", "npm", "lib", json!([{"introduced": "1.0.0"}, {"fixed": "1.4.2"}]))
}

fn bundle(advisories: &[Value]) -> ImportFile {
    let mut feed = Feed::default();
    for advisory in advisories {
        assert!(read("feed.json", advisory.to_string().as_bytes(), Limits::default(), &mut feed));
    }
    assert_eq!(feed.problems, []);
    let bytes = pack(&feed, "2026-11-21T00:00:00Z".parse().unwrap(), None).unwrap();
    ImportFile { name: "feed.wadv".into(), bytes: bytes.into() }
}

async fn load(fixture: &Fixture, advisories: &[Value]) -> LoadOutcome {
    fixture.service.load_advisories(&Actor::program(), bundle(advisories), Vec::new()).await.unwrap()
}

async fn releases(service: &Service) -> Releases {
    service.releases(&Actor::program(), None).await.unwrap()
}

async fn line(fixture: &Fixture) -> Line {
    let Releases { mut lines, .. } = releases(&fixture.service).await;
    assert_eq!(lines.len(), 1, "{lines:?}");
    Arc::unwrap_or_clone(lines.pop().unwrap())
}

async fn sound(fixture: &Fixture) {
    let verified = fixture.service.verify_ledger(&Actor::program()).await.unwrap();
    assert_eq!(verified.problems, Vec::<String>::new());
}

async fn bills_are_releases_in_the_order_of_versions(fixture: Fixture) {
    fixture.system("Portal").await;
    for (version, made) in [("2.10.0", "2026-11-03"), ("2.9.0", "2026-11-01"), ("2.9.1", "2026-11-09")] {
        let made = format!("{made}T08:00:00Z");
        let outcome =
            bring(&fixture, &bill(Some(version), &made, &["pkg:npm/lib@1.0.0"]), None).await.unwrap();
        assert_eq!(outcome.release, Some(format!("portal {version}")));
    }
    let mut component =
        json!({"name": "Portal server", "component_type": "software", "hostnames": ["PORTAL"]});
    component["system"] = json!("Portal");
    component["product_version"] = json!("2.9.1");
    let shown = |line: &Line| {
        let shown = line.releases.iter().map(|release| (release.version.clone(), release.current));
        shown.collect::<Vec<_>>()
    };
    let of = |versions: [(&str, bool); 3]| versions.map(|(version, current)| (version.to_owned(), current));
    // No record says what is in use, so the newest stands for it.
    assert_eq!(shown(&line(&fixture).await), of([("2.9.0", false), ("2.9.1", false), ("2.10.0", true)]));
    let system = fixture.service.system_row(&Actor::program(), "Portal").await.unwrap();
    component["system"] = json!(system.id);
    fixture.make("component", component).await;
    assert_eq!(shown(&line(&fixture).await), of([("2.9.0", false), ("2.9.1", true), ("2.10.0", false)]));
    // A newer bill of the same release takes the place of the older.
    let again = bill(Some("2.9.0"), "2026-11-02T08:00:00Z", &["pkg:npm/lib@1.0.0", "pkg:npm/more@1.0.0"]);
    bring(&fixture, &again, None).await.unwrap();
    let first = &line(&fixture).await.releases[0];
    assert_eq!((first.components, first.superseded, first.files.len()), (2, 1, 1));
    sound(&fixture).await;
}

async fn a_bill_that_says_no_version_is_named_by_whoever_brings_it(fixture: Fixture) {
    fixture.system("Portal").await;
    let silent = bill(None, "2026-11-01T08:00:00Z", &["pkg:npm/lib@1.0.0"]);
    assert_eq!(bring(&fixture, &silent, None).await.unwrap().release, None);
    assert_eq!(releases(&fixture.service).await.lines, []);
    let refused = bring(&fixture, &silent, Some("2.9.0")).await.unwrap_err();
    assert!(refused.to_string().contains("as a bill of no release"), "{refused}");
    let other = bill(None, "2026-11-02T08:00:00Z", &["pkg:npm/lib@1.0.0"]);
    assert_eq!(
        bring(&fixture, &other, Some("2.9.0")).await.unwrap().release.as_deref(),
        Some("portal 2.9.0")
    );
    let more = bill(Some("7"), "2026-11-03T08:00:00Z", &["pkg:npm/lib@1.0.0"]);
    bring(&fixture, &more, Some("portal 2.10.0")).await.unwrap();
    let again = bring(&fixture, &more, Some("portal 2.10.0")).await.unwrap();
    assert!(again.already_known);
    let line = line(&fixture).await;
    assert_eq!(line.component, "portal");
    assert_eq!(
        line.releases.iter().map(|release| &*release.version).collect::<Vec<_>>(),
        ["2.9.0", "2.10.0"]
    );
    sound(&fixture).await;
}

/// Three releases: without the package, with it affected, with it mended.
async fn three(fixture: &Fixture) {
    fixture.system("Portal").await;
    for (version, made, part) in [
        ("1.0.0", "2026-10-01T08:00:00Z", "pkg:npm/lib@0.9.0"),
        ("1.1.0", "2026-10-11T08:00:00Z", "pkg:npm/lib@1.2.0"),
        ("1.2.0", "2026-10-21T08:00:00Z", "pkg:npm/lib@1.4.2"),
    ] {
        bring(fixture, &bill(Some(version), made, &[part, "pkg:npm/other@1.0.0"]), None).await.unwrap();
    }
}

async fn advisories_judge_releases_that_were_there_before(fixture: Fixture) {
    three(&fixture).await;
    let before = line(&fixture).await;
    for release in &before.releases {
        assert_eq!((release.not_assessed, release.not_affected, release.affected), (2, 0, 0));
        assert_eq!(release.ship.verdict, Verdict::Hold);
        assert!(release.unassessed[0].because.contains("no advisories for the ecosystem npm"), "{release:?}");
    }
    let other = osv("NWSA-0", "npm", "unused", json!([{"introduced": "0"}]));
    let outcome = load(&fixture, std::slice::from_ref(&other)).await;
    assert_eq!((outcome.releases, outcome.appeared), (3, 0));
    assert!(line(&fixture).await.releases.iter().all(|release| release.ship.verdict == Verdict::Ship));
    let outcome = load(&fixture, &[other.clone(), lib()]).await;
    assert_eq!((outcome.appeared, outcome.disappeared, outcome.already_in_force), (1, 0, false));
    assert!(load(&fixture, &[other, lib()]).await.already_in_force);
    let now = line(&fixture).await;
    let [life] = now.lives.as_slice() else { panic!("{:?}", now.lives) };
    assert_eq!((life.introduced.as_str(), life.fixed_in.as_deref()), ("1.1.0", Some("1.2.0")));
    assert_eq!(life.since.to_string(), "2026-10-11T08:00:00Z");
    let verdicts: Vec<Verdict> = now.releases.iter().map(|release| release.ship.verdict).collect();
    assert_eq!(verdicts, [Verdict::Ship, Verdict::Hold, Verdict::Ship]);
    assert_eq!(now.releases[1].steps[0].to, Target::Version("1.4.2".into()));
    assert_eq!((now.releases[1].brought.len(), now.releases[2].removed.len()), (1, 1));
    // What comes in later is judged at once, in another process too.
    let late = bill(Some("1.3.0"), "2026-11-01T08:00:00Z", &["pkg:npm/lib@1.3.9"]);
    bring(&fixture, &late, None).await.unwrap();
    let Releases { feed, lines } = releases(&fixture.reopen().await).await;
    assert_eq!(lines[0].lives[0].reintroduced, ["1.3.0"]);
    assert_eq!(feed.unwrap().newest.unwrap().to_string(), "2026-11-20T00:00:00Z");
    sound(&fixture).await;
}

/// Takes version, package URL, ecosystem, distribution's release or the advisories away: nothing that was clean stays so.
async fn what_is_missing_is_never_clean(fixture: Fixture) {
    fixture.system("Portal").await;
    let python = osv("NWSA-2", "PyPI", "lib", json!([{"introduced": "0"}, {"fixed": "1.0"}]));
    let debian = osv("NWSA-3", "Debian:12", "lib", json!([{"introduced": "0"}, {"fixed": "1.0-1"}]));
    load(&fixture, &[lib(), python, debian]).await;
    let whole = ["pkg:npm/lib@1.4.2", "pkg:pypi/lib@1.1", "pkg:deb/debian/lib@1.1-1?distro=debian-12"];
    let cut = [
        "pkg:npm/lib",
        "pkg:npm/lib@odd",
        "pkg:xnpm/lib@1.4.2",
        "lib",
        "npm/lib@1.4.2",
        "pkg:pypi/lib",
        "pkg:gem/lib@1.1",
        "pkg:deb/debian/lib@1.1-1",
        "pkg:deb/debian/lib@1.1-1?distro=debian-11",
        "pkg:deb/debian/lib?distro=debian-12",
    ];
    for (nth, part) in whole.iter().chain(&cut).enumerate() {
        let made = format!("2026-11-01T08:00:{nth:02}Z");
        bring(&fixture, &bill(Some(&format!("{nth}")), &made, &[part]), None).await.unwrap();
    }
    let check = |line: &Line| {
        for (release, part) in line.releases.iter().zip(whole.iter().chain(&cut)) {
            let clean = whole.contains(part);
            assert_eq!(release.not_affected, usize::from(clean), "{part}: {release:?}");
            assert_eq!(release.not_assessed, usize::from(!clean), "{part}");
            assert_eq!(release.ship.verdict, if clean { Verdict::Ship } else { Verdict::Hold }, "{part}");
        }
    };
    check(&line(&fixture).await);
    // The feed of one ecosystem is gone: what it cleared is open again, the others stay.
    load(&fixture, &[lib()]).await;
    let cleared: Vec<usize> =
        line(&fixture).await.releases.iter().take(3).map(|one| one.not_affected).collect();
    assert_eq!(cleared, [1, 0, 0]);
    let who = fixture.service.who_is_hit(&Actor::program(), "NWSA-1").await.unwrap();
    let standing = |nth: usize| who.lines[0].releases[nth].3.clone();
    assert!(matches!(standing(0), Standing::NotAffected { .. }));
    for nth in [3, 4, 6] {
        assert!(matches!(standing(nth), Standing::NotAssessed { .. }), "{nth}: {:?}", standing(nth));
    }
}

async fn old_advisories_do_not_clear(fixture: Fixture) {
    three(&fixture).await;
    load(&fixture, &[lib()]).await;
    let fresh = line(&fixture).await;
    assert_eq!(fresh.releases[2].ship.verdict, Verdict::Ship);
    fixture.set_clock("2026-12-24T10:00:00Z");
    let old = line(&fixture).await;
    assert_eq!((old.releases[2].not_assessed, old.releases[2].not_affected), (2, 0));
    assert!(old.releases[2].unassessed[0].because.contains("over 14 days ago"), "{old:?}");
    // They still accuse.
    assert_eq!((old.releases[1].affected, old.releases[1].ship.verdict), (1, Verdict::Hold));
    let feed = fixture.service.advisory_feed().await.unwrap().unwrap();
    assert_eq!(feed.stale, ["npm"]);
    sound(&fixture).await;
}

async fn decisions_carry_while_they_hold(fixture: Fixture) {
    three(&fixture).await;
    load(&fixture, &[lib()]).await;
    let system = fixture.service.system_row(&Actor::program(), "Portal").await.unwrap().id;
    let approver = fixture.make("person", json!({"name": "Ines", "email": "ines@example.org"})).await.id;
    let decision = json!({
        "system": system, "vulnerability": "NWSA-1", "package": "pkg:npm/lib", "version": "1.2.0",
        "ruling": "vulnerable-code-not-in-execute-path", "reason": "Never called.", "state": "requested",
        "expires": "2026-12-31", "approver": approver,
    });
    let made = fixture.make("vulnerability_decision", decision).await;
    let held = line(&fixture).await;
    assert_eq!(held.releases[1].ship.verdict, Verdict::Hold, "a request decides nothing");
    fixture.service.transition(&Actor::program(), &made.id, "approved", &[]).await.unwrap();
    let decided = line(&fixture).await;
    assert_eq!(
        (decided.releases[1].ship.verdict, decided.releases[1].ship.decided.len()),
        (Verdict::Ship, 1)
    );
    assert!(!decided.releases[1].found[0].is_open());
    // A judgement about code was made of one version.
    let next = bill(Some("1.3.0"), "2026-11-01T08:00:00Z", &["pkg:npm/lib@1.3.0"]);
    bring(&fixture, &next, None).await.unwrap();
    let reopened = line(&fixture).await;
    let found = &reopened.releases[3].found[0];
    assert!(
        found.is_open() && found.decision.as_ref().unwrap().because.contains("was said of 1.2.0"),
        "{found:?}"
    );
    assert_eq!(reopened.releases[3].ship.verdict, Verdict::Hold);
    // It holds to the end of its last day.
    fixture.set_clock("2026-12-31T23:59:00Z");
    assert!(!line(&fixture).await.releases[1].found[0].is_open());
    fixture.set_clock("2027-01-01T00:01:00Z");
    let expired = line(&fixture).await;
    let found = &expired.releases[1].found[0];
    assert!(found.decision.as_ref().unwrap().because.contains("expired 2026-12-31"), "{found:?}");
}

/// Titles of what the system's posture tells of releases, now or at an instant. What is stored tells the same.
async fn affected(fixture: &Fixture, as_of: Option<&str>) -> Vec<String> {
    let at = as_of.map(|at| at.parse().unwrap());
    let posture = fixture.service.posture(&Actor::program(), "Portal", at).await.unwrap();
    let told = posture.deficiencies.into_iter().filter(|one| one.check == "release-affected");
    let told: Vec<String> = told.map(|one| one.title).collect();
    if as_of.is_none() {
        let query = DeficiencyQuery {
            check: Some("release-affected".into()),
            limit: 50,
            ..DeficiencyQuery::default()
        };
        let queue = fixture.service.queue(&Actor::program(), &query).await.unwrap();
        let mut stored: Vec<String> = queue.rows.into_iter().map(|row| row.deficiency.title).collect();
        let mut told = told.clone();
        stored.sort();
        told.sort();
        assert_eq!(stored, told, "what is stored");
    }
    told
}

async fn what_hits_a_release_in_use_is_a_deficiency(fixture: Fixture) {
    three(&fixture).await;
    assert_eq!(affected(&fixture, None).await, Vec::<String>::new());
    load(&fixture, &[lib()]).await;
    assert_eq!(affected(&fixture, None).await, Vec::<String>::new(), "the newest is mended");
    // A day later a record says what runs, and that one is hit.
    fixture.set_clock("2026-11-24T12:00:00Z");
    let system = fixture.service.system_row(&Actor::program(), "Portal").await.unwrap().id;
    let server = json!({"name": "portal", "component_type": "software", "system": system,
        "product_version": "1.1.0"});
    let server = fixture.make("component", server).await.id;
    let told = affected(&fixture, None).await;
    let [title] = told.as_slice() else { panic!("{told:?}") };
    assert!(title.starts_with("lib 1.2.0 in portal 1.1.0"), "{title}");
    sound(&fixture).await;
    // Before the record the newest stood for what is in use.
    assert_eq!(affected(&fixture, Some("2026-11-24T00:00:00Z")).await, Vec::<String>::new());
    assert_eq!(affected(&fixture, Some("2026-11-24T12:00:00Z")).await.len(), 1);
    // An approved decision holds until its last day is over; nobody has to write anything for it to end.
    let approver = fixture.make("person", json!({"name": "Ines", "email": "ines@example.org"})).await.id;
    let decision = json!({
        "system": system, "vulnerability": "NWSA-1", "package": "pkg:npm/lib", "version": "1.2.0",
        "ruling": "accepted", "reason": "Behind a proxy.", "state": "requested",
        "expires": "2026-12-31", "approver": approver, "severity": "critical",
    });
    let made = fixture.make("vulnerability_decision", decision).await;
    assert_eq!(affected(&fixture, None).await.len(), 1, "a request decides nothing");
    fixture.service.transition(&Actor::program(), &made.id, "approved", &[]).await.unwrap();
    assert_eq!(affected(&fixture, None).await, Vec::<String>::new());
    fixture.set_clock("2027-01-01T00:01:00Z");
    fixture.service.renew_expired().await.unwrap();
    assert_eq!(affected(&fixture, None).await.len(), 1);
    // Advisories that tell otherwise, and an upgrade.
    load(&fixture, &[osv("NWSA-1", "npm", "lib", json!([{"introduced": "1.3.0"}]))]).await;
    assert_eq!(affected(&fixture, None).await, Vec::<String>::new());
    load(&fixture, &[lib(), osv("NWSA-2", "npm", "other", json!([{"introduced": "0"}]))]).await;
    assert_eq!(affected(&fixture, None).await.len(), 2);
    let patch = [("product_version".into(), json!("1.2.0"))];
    fixture.service.patch(&Actor::program(), &server, None, &patch).await.unwrap();
    let told = affected(&fixture, None).await;
    assert!(told.len() == 1 && told[0].starts_with("other 1.0.0 in portal 1.2.0"), "{told:?}");
    sound(&fixture).await;
    // Stored postures say the same as those made anew.
    fixture.service.rebuild().await.unwrap();
    assert_eq!(affected(&fixture, None).await, told);
}

async fn who_is_hit_and_what_is_between_two_releases(fixture: Fixture) {
    three(&fixture).await;
    let service = &fixture.service;
    let who = service.who_is_hit(&Actor::program(), "NWSA-1").await.unwrap();
    assert!(who.feed.is_none() && who.advisory.is_none(), "without advisories nobody is said to be clean");
    load(&fixture, &[lib()]).await;
    let unknown = service.who_is_hit(&Actor::program(), "NWSA-9").await.unwrap();
    assert!(unknown.feed.is_some() && unknown.advisory.is_none());
    let who = service.who_is_hit(&Actor::program(), " nwsa-1").await.unwrap();
    let hit = &who.lines[0];
    assert_eq!(hit.hit().count(), 0, "the newest is mended");
    assert_eq!(hit.since.as_ref().unwrap().0, "1.1.0");
    assert_eq!((hit.fixed_in.as_deref(), hit.releases.len()), (Some("1.2.0"), 3));
    let back = bill(Some("1.3.0"), "2026-11-01T08:00:00Z", &["pkg:npm/lib@1.3.0"]);
    bring(&fixture, &back, None).await.unwrap();
    let who = service.who_is_hit(&Actor::program(), "NWSA-1").await.unwrap();
    assert_eq!(who.lines[0].hit().collect::<Vec<_>>(), ["1.3.0"]);
    assert_eq!(who.lines[0].step.as_ref().unwrap().to, Target::Version("1.4.2".into()));
    let hitting = service.advisories_hitting(&Actor::program()).await.unwrap();
    assert_eq!((hitting.rows.len(), hitting.rows[0].open(), hitting.releases), (1, 1, 1));
    assert_eq!(hitting.rows[0].places[0].introduced, "1.1.0");
    let at = ("Portal", "portal");
    let (_, delta) = service.compare_releases(&Actor::program(), at, ("1.2.0", "1.3.0")).await.unwrap();
    assert_eq!((delta.introduced.len(), delta.fixed.len()), (1, 0));
    let changed: Vec<&str> = delta.packages.iter().map(|change| &*change.package).collect();
    assert_eq!(changed, ["npm lib", "npm other"]);
    let absent = service.compare_releases(&Actor::program(), at, ("1.2.0", "9")).await.unwrap_err();
    assert!(matches!(absent, ServiceError::NotFound { what: "release", .. }));
}

async fn loading_asks_for_an_officer_and_others_see_nothing(fixture: Fixture) {
    use warrant_model::scope::Role;
    let units = ["North", "South"].map(|name| json!({"name": name}));
    let [north, south] = units;
    let (north, south) = (fixture.make("unit", north).await.id, fixture.make("unit", south).await.id);
    fixture.make("system", json!({"name": "Portal", "phase": "planned", "unit": north})).await;
    bring(&fixture, &bill(Some("1"), "2026-11-01T08:00:00Z", &["pkg:npm/lib@1.2.0"]), None).await.unwrap();
    let mut actors = Vec::new();
    for (email, role, unit) in [
        ("officer@example.org", Role::Officer, north.as_str()),
        ("engineer@example.org", Role::Engineer, ""),
        ("south@example.org", Role::Officer, south.as_str()),
    ] {
        let service = &fixture.service;
        service.create_account(&Actor::program(), email, "Somebody", None, (role, unit)).await.unwrap();
        actors.push(service.actor(email).await.unwrap());
    }
    let service = &fixture.service;
    for actor in &actors {
        let denied = service.load_advisories(actor, bundle(&[lib()]), Vec::new()).await.unwrap_err();
        assert!(matches!(denied, ServiceError::Denied(_)), "{denied}");
    }
    load(&fixture, &[lib()]).await;
    assert_eq!(service.releases(&actors[0], None).await.unwrap().lines.len(), 1);
    assert_eq!(service.releases(&actors[2], None).await.unwrap().lines, []);
    assert_eq!(service.who_is_hit(&actors[2], "NWSA-1").await.unwrap().lines, []);
    assert_eq!(service.advisories_hitting(&actors[2]).await.unwrap().rows.len(), 0);
    let hidden = service.releases_of(&actors[2], "Portal", "portal").await.unwrap_err();
    assert!(matches!(hidden, ServiceError::NotFound { .. }));
}

async fn releases_are_made_anew_from_evidence_and_damage_is_named(fixture: Fixture) {
    three(&fixture).await;
    load(&fixture, &[lib()]).await;
    let before = releases(&fixture.service).await;
    fixture.service.rebuild().await.unwrap();
    assert_eq!(releases(&fixture.reopen().await).await, before);
    sound(&fixture).await;
    let mut write = fixture.service.store().begin().await.unwrap();
    for damage in [
        "UPDATE component_release SET version = '9.9.9' WHERE version = '1.1.0'",
        "DELETE FROM release_verdict WHERE hash = (SELECT MIN(hash) FROM component_release)",
        "UPDATE advisory_feed SET name = 'other'",
    ] {
        write.tx.execute(&warrant_store::Sql::new(damage)).await.unwrap();
    }
    write.commit().await.unwrap();
    let verified = fixture.service.verify_ledger(&Actor::program()).await.unwrap();
    let named = |part: &str| verified.problems.iter().filter(|problem| problem.contains(part)).count();
    assert_eq!(named("stored otherwise than its bill says"), 1, "{:?}", verified.problems);
    assert_eq!(named("judged otherwise than the advisories in force say"), 1, "{:?}", verified.problems);
    assert_eq!(named("the row was altered outside Warrant"), 1, "{:?}", verified.problems);
    fixture.service.rebuild().await.unwrap();
    assert_eq!(releases(&fixture.reopen().await).await.lines, before.lines);
}

async fn a_store_of_an_older_program_gets_its_releases(fixture: Fixture) {
    three(&fixture).await;
    load(&fixture, &[lib()]).await;
    let before = releases(&fixture.service).await;
    let mut write = fixture.service.store().begin().await.unwrap();
    for older in [
        "DELETE FROM component_release",
        "DELETE FROM release_verdict",
        "UPDATE organisation SET computed_with = ''",
    ] {
        write.tx.execute(&warrant_store::Sql::new(older)).await.unwrap();
    }
    write.commit().await.unwrap();
    assert_eq!(releases(&fixture.service).await.lines, []);
    assert_eq!(releases(&fixture.reopen().await).await, before);
}

async fn it_does_not_matter_whether_bills_or_advisories_come_first(fixture: Fixture) {
    three(&fixture).await;
    load(&fixture, &[lib()]).await;
    let first = line(&fixture).await;
    let id = fixture.service.system_row(&Actor::program(), "Portal").await.unwrap().id;
    fixture.service.patch(&Actor::program(), &id, None, &[("name".into(), json!("Earlier"))]).await.unwrap();
    // The same bills for another system, after the advisories and in another order.
    fixture.system("Portal").await;
    for (version, made, part) in [
        ("1.2.0", "2026-10-21T08:00:00Z", "pkg:npm/lib@1.4.2"),
        ("1.0.0", "2026-10-01T08:00:00Z", "pkg:npm/lib@0.9.0"),
        ("1.1.0", "2026-10-11T08:00:00Z", "pkg:npm/lib@1.2.0"),
    ] {
        bring(&fixture, &bill(Some(version), made, &[part, "pkg:npm/other@1.0.0"]), None).await.unwrap();
    }
    let lines = releases(&fixture.service).await.lines;
    let second = lines.iter().find(|line| line.system != id).unwrap();
    assert_eq!((&second.releases, &second.lives), (&first.releases, &first.lives));
}

async fn a_bundle_that_is_damaged_or_not_signed_changes_nothing(fixture: Fixture) {
    three(&fixture).await;
    load(&fixture, &[lib()]).await;
    let before = (releases(&fixture.service).await, fixture.service.ledger_size().await.unwrap());
    let other = bundle(&[osv("NWSA-5", "npm", "other", json!([{"introduced": "0"}]))]);
    let cut = ImportFile { bytes: other.bytes[..other.bytes.len() - 5].into(), ..other.clone() };
    let text = ImportFile { name: "feed.wadv".into(), bytes: b"no bundle".as_slice().into() };
    let key = warrant_ledger::SigningKey::generate("somebody").unwrap();
    let trusted = vec![key.verifier().clone()];
    for (file, trusted, why) in [
        (cut, Vec::new(), "bytes"),
        (text, Vec::new(), "no advisory bundle"),
        (other, trusted, "no trusted key signed"),
    ] {
        let refused = fixture.service.load_advisories(&Actor::program(), file, trusted).await.unwrap_err();
        assert!(refused.to_string().contains(why) && refused.to_string().contains("feed.wadv"), "{refused}");
    }
    let nonsense = ImportFile { name: "notes.txt".into(), bytes: b"nothing".as_slice().into() };
    let refused =
        fixture.service.load_advisory_files(&Actor::program(), "x", vec![nonsense]).await.unwrap_err();
    assert!(refused.to_string().contains("notes.txt: of no known advisory format"), "{refused}");
    let after = (releases(&fixture.service).await, fixture.service.ledger_size().await.unwrap());
    assert_eq!(after, before);
}
