//! Alternatives side by side, and hours that are planned beside hours there are, as records and scans tell them.

use crate::stores::{Fixture, on_both};
use serde_json::{Value, json};
use std::sync::Arc;
use warrant_model::posture::Deficiency;
use warrant_service::import::{ImportFile, Mode, Progress};
use warrant_service::query::DeficiencyQuery;
use warrant_service::risk::{AlternativesAsk, Choice, SetOf};
use warrant_service::{Actor, ServiceError};

on_both!(sets_of_work_stand_side_by_side, a_role_that_lacks_hours_is_told_and_follows_what_is_planned);

async fn id_of(fixture: &Fixture, kind: &str, body: Value) -> String {
    fixture.make(kind, body).await.id
}

/// A system with a scenario in force and six weaknesses on three targets.
async fn portal(fixture: &Fixture) -> String {
    let (service, actor) = (&fixture.service, Actor::program());
    let system = fixture.system("Portal").await.id;
    let body = json!({"system": system, "name": "Accounts", "confidentiality": "moderate", "integrity": "moderate", "availability": "moderate"});
    fixture.make("information_type", body).await;
    for control in ["si-2", "ra-5"] {
        let body = json!({"system": system, "control": control, "status": "implemented"});
        fixture.make("implementation", body).await;
    }
    let scenario = |state: &str| {
        json!({
            "system": system, "title": "Portal is broken into", "state": state, "basis": "a test",
            "tries": 4.0, "tries_low": 0.5, "tries_high": 9.0,
            "steps": [{"technique": "T1190", "stopped_by": ["si-2", "ra-5"]}],
            "losses": [{"form": "response", "low": 1_000.0, "high": 9_000.0}],
        })
    };
    let row = service.create(&actor, "scenario", scenario("draft")).await.unwrap();
    service.update(&actor, &row.id, row.version, scenario("in-force")).await.unwrap();
    for target in 0..3 {
        let weakness = |nth: usize| {
            let severity = ["MEDIUM", "CRITICAL"][nth];
            json!({
                "VulnerabilityID": format!("CVE-2026-{:05}", 10 * target + nth), "PkgName": format!("package-{target}-{nth}"),
                "InstalledVersion": "1.0.0", "FixedVersion": "1.0.1", "Title": format!("weakness {nth} of {target}"),
                "Severity": severity,
            })
        };
        let name = format!("portal-{target}:1");
        let report = json!({
            "SchemaVersion": 2, "CreatedAt": "2026-11-20T08:00:00Z", "ArtifactName": name, "ArtifactType": "container_image",
            "Results": [{"Target": name, "Class": "os-pkgs", "Type": "debian", "Vulnerabilities": [weakness(0), weakness(1)]}],
        });
        let file =
            ImportFile { name: format!("scan-{target}.json"), bytes: report.to_string().into_bytes().into() };
        let progress = Arc::new(Progress::default());
        service.import(&actor, file, Some("Portal"), Mode::Commit, progress).await.unwrap();
    }
    system
}

async fn sets_of_work_stand_side_by_side(fixture: Fixture) {
    fixture.set_clock("2026-11-23T10:00:00Z");
    let (service, actor) = (&fixture.service, Actor::program());
    let system = portal(&fixture).await;
    let kim = json!({"name": "Kim", "email": "kim@example.org", "work_roles": ["IO-WRL-005"]});
    let kim = id_of(&fixture, "person", kim).await;
    let item = |title: &str, finding: &str, more: Value| {
        let mut body = json!({"system": system, "title": title, "state": "planned", "owner": kim, "due": "2027-02-01", "findings": [finding]});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let hours =
        id_of(&fixture, "poam_item", item("Update it", "CVE-2026-00001", json!({"hours": 6.0}))).await;
    let money = item("Buy it", "CVE-2026-00011", json!({"cost": 90_000.0, "work_role": "PD-WRL-007"}));
    let money = id_of(&fixture, "poam_item", money).await;
    let unit = id_of(&fixture, "unit", json!({"name": "Digital"})).await;
    let line = json!({
        "unit": unit, "title": "Fixes", "state": "granted", "amount": 9_000.0, "initiative": "Cleaner portal",
        "starts": "2026-01-01", "ends": "2026-12-31", "actions": [hours],
    });
    fixture.make("budget_line", line).await;

    let named = |name: &str, ids: &[&str]| SetOf::Named {
        name: name.to_owned(),
        ids: ids.iter().map(|id| (*id).to_owned()).collect(),
    };
    let sets = vec![
        SetOf::Initiative("Cleaner portal".to_owned()),
        SetOf::Budget(700.0),
        named("Dear", &[&money, "poam_gone"]),
    ];
    let ask = |sets: Vec<SetOf>| AlternativesAsk { sets, ..AlternativesAsk::default() };
    let view = service.alternatives(&actor, &ask(sets)).await.unwrap();
    let now = view.now.as_ref().unwrap();
    assert_eq!((view.initiatives.as_slice(), view.candidates), (&["Cleaner portal".to_owned()][..], 6));
    let [initiative, best, dear] = view.alternatives.as_slice() else { panic!("{view:?}") };

    // What it costs and who does it are those of its plan.
    assert_eq!((initiative.chosen.len(), initiative.chosen[0].id.as_str()), (1, hours.as_str()));
    assert_eq!(initiative.hours.iter().collect::<Vec<_>>(), [(&"IO-WRL-005".to_owned(), &6.0)]);
    assert_eq!(view.roles["IO-WRL-005"], "Systems Administration");
    assert_eq!((initiative.cost.low, initiative.cost.high), (480.0, 480.0));
    assert_eq!((dear.cost.estimate, dear.without_hours, dear.hours.len()), (90_000.0, 1, 0));
    assert_eq!(dear.gone, ["poam_gone"]);
    // Unplanned work has a range and no role.
    assert!(best.cost.estimate <= 700.0 && best.cost.low < best.cost.high, "{:?}", best.cost);
    assert!(best.hours.contains_key(""), "{:?}", best.hours);

    // A year with it done is what closing the same findings gives.
    for one in &view.alternatives {
        let ids: Vec<String> = one.chosen.iter().flat_map(|work| work.findings.clone()).collect();
        let what_if = service.what_if_closed(&actor, &ids).await.unwrap();
        let then = what_if.shifts[0].then.total.ale;
        assert!((one.year.total.ale - then).abs() <= 1e-9 * then, "{} of {then}", one.year.total.ale);
        assert!(one.year.total.ale < now.total.ale);
        assert_eq!((one.met + one.unmet.len(), one.findings_left), (view.obligations, 6 - ids.len()));
        assert_eq!(one.left.values().sum::<usize>(), 6 - one.chosen.len());
        assert!((one.dearest[0].ale - one.year.total.ale).abs() < 1e-9 * then, "{:?}", one.dearest);
    }
    assert!(initiative.unmet.iter().any(|duty| duty.id == money && !duty.late), "{:?}", initiative.unmet);

    // Each beside nothing, then two by two; ninety thousand for one finding is worse for certain, the rest is not.
    let told: Vec<_> = view.pairs.iter().map(|pair| (pair.first, pair.second)).collect();
    assert_eq!(told, [(0, None), (1, None), (2, None), (0, Some(1)), (0, Some(2)), (1, Some(2))]);
    assert_eq!(view.pairs[2].decision.answer, Choice::Second);
    assert_eq!(view.pairs[4].decision.answer, Choice::First);
    for pair in &view.pairs {
        let by = pair.decision.difference;
        let open = pair.decision.answer == Choice::DoesNotDecide;
        assert_eq!(open, by.low <= 0.0 && by.high >= 0.0, "{pair:?}");
        assert_eq!(pair.decision.measure_first.is_some(), open && pair.decision.measure_first.is_some());
    }
    let table = service.alternatives_table(&view);
    assert_eq!((table.rows.len(), table.rows[0].len()), (4, table.columns.len()));
    assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));

    // Nonsense is refused by name.
    let refused = service.alternatives(&actor, &ask(vec![SetOf::Initiative("Nothing".to_owned())])).await;
    assert!(matches!(refused, Err(ServiceError::NotFound { .. })), "{refused:?}");
    let refused = service.alternatives(&actor, &ask(vec![SetOf::Budget(1.0); 6])).await;
    assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
}

async fn shortages(fixture: &Fixture) -> Vec<Deficiency> {
    let query = DeficiencyQuery { limit: 100, ..DeficiencyQuery::default() };
    let found = fixture.service.queue(&Actor::program(), &query).await.unwrap();
    let found = found.rows.into_iter().map(|row| row.deficiency);
    found.filter(|one| one.check == "staffing-hours-short").collect()
}

async fn a_role_that_lacks_hours_is_told_and_follows_what_is_planned(fixture: Fixture) {
    fixture.set_clock("2026-11-23T10:00:00Z");
    let (service, actor) = (&fixture.service, Actor::program());
    let system = fixture.system("Portal").await.id;
    let unit = id_of(&fixture, "unit", json!({"name": "Digital"})).await;
    let kim = json!({"name": "Kim", "email": "kim@example.org", "unit": unit, "work_roles": ["IO-WRL-005"]});
    let kim = id_of(&fixture, "person", kim).await;
    let post = json!({"unit": unit, "title": "Engineer", "work_role": "IO-WRL-005", "person": kim, "hours_a_year": 365.0});
    fixture.make("staffing", post).await;
    let item = json!({"system": system, "title": "Update it", "state": "planned", "owner": kim, "due": "2027-01-10"});
    let item = fixture.make("poam_item", item).await;
    let told = shortages(&fixture).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].why.contains("Not assessed because 1 open action"), "{}", told[0].why);
    let row = service.patch(&actor, &item.id, None, &[("hours".to_owned(), json!(100.0))]).await.unwrap();
    let told = shortages(&fixture).await;
    assert!(told[0].title.contains("lacks 9 hours"), "91 hours of 91 days: {}", told[0].title);
    let patched = [("hours".to_owned(), json!(40.0))];
    service.patch(&actor, &row.id, None, &patched).await.unwrap();
    assert!(shortages(&fixture).await.is_empty());
    // Kept in step is what is computed from nothing.
    service.patch(&actor, &row.id, None, &[("hours".to_owned(), json!(400.0))]).await.unwrap();
    let kept = shortages(&fixture).await;
    service.rebuild().await.unwrap();
    assert_eq!(kept, shortages(&fixture).await);
    assert!(service.verify_ledger(&actor).await.unwrap().problems.is_empty());
}
