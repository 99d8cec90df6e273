//! One weakness stays one: when lines are added above it, when its file gets another name, when two tools tell of it.

use crate::stores::{Fixture, on_both};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use warrant_analysis::testimony::Says;
use warrant_model::finding::FindingState;
use warrant_service::import::{ImportFile, ImportOutcome, Mode, Progress};
use warrant_service::query::FindingQuery;
use warrant_service::{Actor, Service};

on_both!(
    code_that_moves_keeps_its_age_and_its_plan,
    what_the_same_data_reaches_is_the_same_however_far_it_moves,
    moves_do_not_depend_on_the_order_of_files,
    two_tools_on_one_weakness_are_two_witnesses,
    the_plan_holds_when_the_other_tool_stands_for_it
);

async fn import(service: &Service, system: &str, (name, report): (&str, &Value)) -> ImportOutcome {
    let file = ImportFile { name: name.to_owned(), bytes: report.to_string().into_bytes().into() };
    let progress = Arc::new(Progress::default());
    service.import(&Actor::program(), file, Some(system), Mode::Commit, progress).await.unwrap()
}

/// A static analysis of `shop` on a day of November, with a weakness of a rule at each file and line.
pub(crate) fn analysis(day: u32, places: &[(&str, &str, u32)]) -> Value {
    let results: Vec<_> = places
        .iter()
        .map(|(rule, file, line)| {
            json!({
                "ruleId": rule, "level": "error", "message": {"text": format!("{rule} here")},
                "locations": [{"physicalLocation": {
                    "artifactLocation": {"uri": file}, "region": {"startLine": line}}}],
            })
        })
        .collect();
    json!({
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "Lookout"}},
            "invocations": [{"executionSuccessful": true, "endTimeUtc": format!("2026-11-{day:02}T06:00:00Z")}],
            "versionControlProvenance": [{"repositoryUri": "https://git.example.org/shop"}],
            "results": results,
        }],
    })
}

/// Everything that is known of a system's findings but their keys.
pub(crate) async fn told(service: &Service, system: &str) -> Vec<String> {
    let snapshot = service.snapshot(&Actor::program(), system, None).await.unwrap();
    let table = &snapshot.findings;
    let place = |row: usize| {
        format!(
            "{} {} {}",
            table.text(table.tool[row]),
            table.text(table.rule[row]),
            table.text(table.subject[row])
        )
    };
    let mut told: Vec<_> = (0..table.len())
        .map(|row| {
            let to = table.row_of(table.text(table.moved_to[row])).map(place);
            let (first, since, last) = (table.first_seen[row], table.state_since[row], table.last_seen[row]);
            format!(
                "{} {:?} to {to:?} {first} {since} {last} {}",
                place(row),
                table.state[row],
                table.is_second(row)
            )
        })
        .collect();
    told.sort();
    told
}

async fn open_page(fixture: &Fixture, system: &str) -> warrant_service::findings::FindingPage {
    let query = FindingQuery {
        system: Some(system.to_owned()),
        state: Some(FindingState::Open),
        limit: 100,
        ..FindingQuery::default()
    };
    fixture.service.list_findings(&Actor::program(), &query).await.unwrap()
}

async fn code_that_moves_keeps_its_age_and_its_plan(fixture: Fixture) {
    let service = &fixture.service;
    fixture.set_clock("2026-11-01T10:00:00Z");
    let system = fixture.system("Shop").await.id;
    fixture.set_clock("2026-11-23T10:00:00Z");
    let first = analysis(2, &[("sqli", "src/a.py", 10), ("xss", "src/a.py", 30)]);
    assert_eq!(import(service, &system, ("1.sarif", &first)).await.opened, 2);
    let planned = open_page(&fixture, &system).await.rows.into_iter().find(|f| f.rule == "sqli").unwrap();
    fixture
        .make("poam_item", json!({"system": system, "title": "Bind parameters", "findings": [planned.id]}))
        .await;

    let second = analysis(9, &[("sqli", "src/a.py", 14), ("xss", "src/a.py", 34), ("xss", "src/b.py", 7)]);
    let outcome = import(service, &system, ("2.sarif", &second)).await;
    assert_eq!((outcome.moved, outcome.opened, outcome.closed, outcome.still_open), (2, 1, 0, 2));
    let page = open_page(&fixture, &system).await;
    assert_eq!((page.rows.len(), page.total), (3, 3));
    let now = page.rows.into_iter().find(|f| f.rule == "sqli").unwrap();
    assert_eq!((now.subject.as_str(), now.first_seen), ("src/a.py:14", planned.first_seen));
    assert_eq!(now.state_since, planned.state_since);
    let detail = service.finding(&Actor::program(), &now.id).await.unwrap();
    assert_eq!(detail.moved_from.iter().map(|f| f.id.as_str()).collect::<Vec<_>>(), [planned.id.as_str()]);

    // The plan named the finding where it was; it holds where it is.
    let posture = service.posture(&Actor::program(), &system, None).await.unwrap();
    let planned_now = posture.deficiencies.iter().filter(|d| d.title.contains("sqli"));
    let planned_now: Vec<_> = planned_now.map(|d| d.poam_item.is_some()).collect();
    assert_eq!(planned_now, [true], "{:#?}", posture.deficiencies);

    // A week ago it was at its old place, and as old as it is.
    let then = "2026-11-05T00:00:00Z".parse().unwrap();
    let past = service.snapshot(&Actor::program(), &system, Some(then)).await.unwrap();
    let open: Vec<_> =
        past.findings.open().map(|row| past.findings.text(past.findings.subject[row]).to_owned()).collect();
    assert_eq!(
        open.into_iter().collect::<BTreeSet<_>>(),
        ["src/a.py:10", "src/a.py:30"].map(str::to_owned).into()
    );
    let later = "2026-11-10T00:00:00Z".parse().unwrap();
    let past = service.snapshot(&Actor::program(), &system, Some(later)).await.unwrap();
    let row = past.findings.row_of(&now.id).unwrap();
    assert_eq!(past.findings.state_since[row], warrant_model::time::micros(planned.state_since));
    assert_eq!(service.verify_ledger(&Actor::program()).await.unwrap().problems, Vec::<String>::new());
}

/// Numbers that look random and are the same every time.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// The same with the way that data takes to each: what its steps say.
fn flowing(day: u32, places: &[(&str, &str, u32)], steps: &[&str]) -> Value {
    let mut report = analysis(day, places);
    for result in report["runs"][0]["results"].as_array_mut().unwrap() {
        let step = |text: &&str| json!({"location": {"message": {"text": text}}});
        let steps: Vec<_> = steps.iter().map(step).collect();
        result["codeFlows"] = json!([{"threadFlows": [{"locations": steps}]}]);
    }
    report
}

async fn what_the_same_data_reaches_is_the_same_however_far_it_moves(fixture: Fixture) {
    fixture.system("Shop").await;
    let import = async |name, report: Value| import(&fixture.service, "Shop", (name, &report)).await;
    let counts = |done: &ImportOutcome| (done.opened, done.still_open, done.closed, done.moved);
    // A tool that learns to tell of flows: what was known by its line is the same.
    import("plain.sarif", analysis(1, &[("sqli", "a.py", 10)])).await;
    let first = import("first.sarif", flowing(2, &[("sqli", "a.py", 10)], &["q : str", "run(q)"])).await;
    assert_eq!(counts(&first), (0, 1, 0, 1));
    // Farther than any line is followed.
    let far = import("far.sarif", flowing(3, &[("sqli", "a.py", 900)], &["q : str", "run(q)"])).await;
    assert_eq!(counts(&far), (0, 1, 0, 0));
    // Another way to the same line is found by its line.
    let other = import("other.sarif", flowing(4, &[("sqli", "a.py", 901)], &["p : str", "run(p)"])).await;
    assert_eq!(counts(&other), (0, 1, 0, 1));
    // Another way elsewhere is another weakness.
    let new = import("new.sarif", flowing(5, &[("sqli", "a.py", 300)], &["f : str", "run(f)"])).await;
    assert_eq!(counts(&new), (1, 0, 1, 0));
    // Two that data reaches the same way are two.
    let two = flowing(6, &[("sqli", "a.py", 300), ("sqli", "a.py", 500)], &["f : str", "run(f)"]);
    assert_eq!(counts(&import("two.sarif", two).await), (1, 1, 0, 0));
}

async fn moves_do_not_depend_on_the_order_of_files(fixture: Fixture) {
    let service = &fixture.service;
    let rules = ["sqli", "xss", "path"];
    for seed in 0..6 {
        let mut dice = Dice(seed);
        let mut places: Vec<(&str, String, u32)> = Vec::new();
        let mut reports = Vec::new();
        for day in 1..=6 {
            for place in &mut places {
                // Lines are added above it, or its file gets another name.
                place.2 += dice.below(3) as u32 * 20;
                if dice.below(8) == 0 {
                    place.1 = format!("lib/{}", place.1.rsplit('/').next().unwrap_or_default());
                }
            }
            places.retain(|_| dice.below(6) != 0);
            for _ in 0..dice.below(4) {
                let (rule, file) = (rules[dice.below(3) as usize], format!("src/f{}.py", dice.below(2)));
                places.push((rule, file, 1 + dice.below(60) as u32));
            }
            let shown: Vec<_> =
                places.iter().map(|(rule, file, line)| (*rule, file.as_str(), *line)).collect();
            reports.push((format!("{seed}-{day}.sarif"), analysis(day, &shown)));
        }
        let straight = fixture.system(&format!("Straight {seed}")).await.id;
        for (name, report) in &reports {
            import(service, &straight, (name, report)).await;
        }
        let expected = told(service, &straight).await;
        for turn in 0..2 {
            let turned = fixture.system(&format!("Turned {seed} {turn}")).await.id;
            let mut rest: Vec<_> = reports.iter().collect();
            while !rest.is_empty() {
                let (name, report) = rest.remove(dice.below(rest.len() as u64) as usize);
                import(service, &turned, (name, report)).await;
            }
            assert_eq!(told(service, &turned).await, expected, "seed {seed}");
        }
    }
    assert_eq!(service.verify_ledger(&Actor::program()).await.unwrap().problems, Vec::<String>::new());
}

pub(crate) fn trivy(day: u32, ids: &[&str]) -> Value {
    let found: Vec<_> = ids
        .iter()
        .map(|id| {
            json!({"VulnerabilityID": id, "PkgName": "openssl", "InstalledVersion": "3.0.1", "FixedVersion": "3.0.9",
                   "Severity": "HIGH", "Title": format!("{id} of openssl")})
        })
        .collect();
    json!({
        "SchemaVersion": 2, "CreatedAt": format!("2026-11-{day:02}T06:00:00Z"),
        "ArtifactName": "shop:1", "ArtifactType": "container_image",
        "Results": [{"Target": "shop:1 (debian 12)", "Class": "os-pkgs", "Type": "debian", "Vulnerabilities": found}],
    })
}

pub(crate) fn grype(day: u32, ids: &[&str]) -> Value {
    let found: Vec<_> = ids
        .iter()
        .map(|id| {
            json!({
                "vulnerability": {"id": id, "severity": "Critical", "fix": {"versions": ["3.0.9"], "state": "fixed"},
                                  "dataSource": "https://security-tracker.example.org", "namespace": "debian:distro:debian:12"},
                "relatedVulnerabilities": [], "matchDetails": [],
                "artifact": {"name": "openssl", "version": "3.0.1", "type": "deb", "locations": [], "purl": "pkg:deb/debian/openssl@3.0.1"},
            })
        })
        .collect();
    json!({
        "matches": found,
        "source": {"type": "image", "target": {"userInput": "shop:1", "imageID": "sha256:00", "tags": ["shop:1"]}},
        "distro": {"name": "debian", "version": "12"},
        "descriptor": {"name": "grype", "version": "0.90.0", "timestamp": format!("2026-11-{day:02}T07:00:00Z")},
    })
}

async fn two_tools_on_one_weakness_are_two_witnesses(fixture: Fixture) {
    let service = &fixture.service;
    let (one, two) = (fixture.system("One").await.id, fixture.system("Two").await.id);
    let reports = [
        ("t1.json", trivy(2, &["CVE-2025-1", "CVE-2025-2"])),
        ("g1.json", grype(3, &["CVE-2025-2", "CVE-2025-3"])),
        ("g2.json", grype(9, &["CVE-2025-3"])),
    ];
    for (name, report) in &reports[..2] {
        import(service, &one, (name, report)).await;
    }
    let page = open_page(&fixture, &one).await;
    let mut listed: Vec<_> = page.rows.iter().map(|f| (f.rule.as_str(), f.tool.as_str())).collect();
    listed.sort_unstable();
    let trivy = page.rows.iter().find(|f| f.rule == "CVE-2025-1").unwrap().tool.clone();
    let grype = page.rows.iter().find(|f| f.rule == "CVE-2025-3").unwrap().tool.clone();
    // The worse of two judgements stands for the weakness.
    assert_eq!(listed, [("CVE-2025-1", trivy.as_str()), ("CVE-2025-2", &grype), ("CVE-2025-3", &grype)]);
    assert_eq!(page.total, 3);
    let both = page.rows.iter().find(|f| f.rule == "CVE-2025-2").unwrap();
    assert_eq!(page.also[&both.id], [trivy.clone()].into());
    assert_eq!(page.also.len(), 1);
    let detail = service.finding(&Actor::program(), &both.id).await.unwrap();
    assert_eq!(detail.witnesses.tools.len(), 2);
    assert_eq!(detail.witnesses.verdict, None, "they agree");
    let alone = page.rows.iter().find(|f| f.rule == "CVE-2025-3").unwrap();
    let detail = service.finding(&Actor::program(), &alone.id).await.unwrap();
    assert!(detail.witnesses.tools.iter().any(|one| one.tool == trivy && one.says == Says::NeverHere));
    let snapshot = service.snapshot(&Actor::program(), &one, None).await.unwrap();
    assert_eq!((snapshot.findings.open().count(), snapshot.findings.len()), (3, 4));

    // Grype no longer sees it, later than Trivy looked: Trivy's finding stands for it, and the two are weighed.
    import(service, &one, (reports[2].0, &reports[2].1)).await;
    let page = open_page(&fixture, &one).await;
    let both = page.rows.iter().find(|f| f.rule == "CVE-2025-2").unwrap();
    assert_eq!(both.tool, trivy);
    let detail = service.finding(&Actor::program(), &both.id).await.unwrap();
    assert_eq!(detail.witnesses.verdict.unwrap().likely, Some(grype));

    for (name, report) in reports.iter().rev() {
        import(service, &two, (name, report)).await;
    }
    assert_eq!(told(service, &two).await, told(service, &one).await, "whatever the order");
    assert_eq!(service.verify_ledger(&Actor::program()).await.unwrap().problems, Vec::<String>::new());
}

async fn the_plan_holds_when_the_other_tool_stands_for_it(fixture: Fixture) {
    let service = &fixture.service;
    let system = fixture.system("Shop").await.id;
    import(service, &system, ("t.json", &trivy(2, &["CVE-2025-1"]))).await;
    let named = open_page(&fixture, &system).await.rows.remove(0);
    fixture.make("poam_item", json!({"system": system, "title": "Update", "findings": [named.id]})).await;
    import(service, &system, ("g.json", &grype(3, &["CVE-2025-1"]))).await;
    let page = open_page(&fixture, &system).await;
    assert_eq!(page.rows.len(), 1);
    assert_ne!(page.rows[0].id, named.id);
    let posture = service.posture(&Actor::program(), &system, None).await.unwrap();
    let planned = posture.deficiencies.iter().filter(|d| d.check.starts_with("vulnerability-"));
    let planned: Vec<_> = planned.map(|d| d.poam_item.is_some()).collect();
    assert_eq!(planned, [true], "{:#?}", posture.deficiencies);
}
