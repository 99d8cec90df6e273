//! Files imported together leave what they leave one after the other, and one that fails takes none with it.

use crate::identity::{Dice, analysis, grype, told, trivy};
use crate::stores::{Fixture, on_both};
use serde_json::json;
use std::sync::Arc;
use warrant_model::scope::Role;
use warrant_service::import::{Belongs, ImportFile, ImportOutcome, Mode, Named};
use warrant_service::{Actor, Service, ServiceError};

on_both!(together_is_as_one_after_the_other, what_may_not_be_imported_keeps_nothing_else_back);

fn named(name: &str, bytes: &[u8]) -> Named {
    (ImportFile { name: name.to_owned(), bytes: bytes.to_vec().into() }, Arc::default())
}

async fn many(
    service: &Service,
    system: &str,
    files: Vec<Named>,
) -> Vec<Result<ImportOutcome, ServiceError>> {
    let belongs = Belongs { system: Some(system), release: None };
    service.import_many(&Actor::program(), files, belongs, Mode::Commit).await
}

/// What can be compared of two imports of one file into two systems.
fn counts(done: &Result<ImportOutcome, ServiceError>) -> Option<(usize, usize, usize, usize, usize, bool)> {
    let done = done.as_ref().ok()?;
    Some((done.opened, done.still_open, done.closed, done.reopened, done.moved, done.already_known))
}

/// Reports of three tools on six days, one of them broken, one of them twice, in no order.
fn reports(seed: u64) -> Vec<(String, Vec<u8>)> {
    let mut dice = Dice(seed + 100);
    let ids = ["CVE-2025-1", "CVE-2025-2", "CVE-2025-3"];
    let mut reports = Vec::new();
    for day in 1..=6 {
        let lines: Vec<_> = (0..dice.below(4)).map(|_| 1 + dice.below(90) as u32).collect();
        let places: Vec<_> = lines.iter().map(|line| ("sqli", "src/a.py", *line)).collect();
        reports.push((format!("{day}.sarif"), analysis(day, &places)));
        let some: Vec<_> = ids.into_iter().filter(|_| dice.below(2) == 0).collect();
        reports.push((format!("{day}-trivy.json"), trivy(day, &some)));
        let some: Vec<_> = ids.into_iter().filter(|_| dice.below(2) == 0).collect();
        reports.push((format!("{day}-grype.json"), grype(day, &some)));
    }
    let mut reports: Vec<_> =
        reports.into_iter().map(|(name, report)| (name, report.to_string().into_bytes())).collect();
    reports.push(("broken.sarif".to_owned(), b"{\"version\": \"2.1.0\", \"runs\": [".to_vec()));
    reports.push(reports[0].clone());
    for at in (1..reports.len()).rev() {
        reports.swap(at, dice.below(at as u64 + 1) as usize);
    }
    reports
}

async fn together_is_as_one_after_the_other(fixture: Fixture) {
    let service = &fixture.service;
    for seed in 0..4 {
        let reports = reports(seed);
        let alone = fixture.system(&format!("Alone {seed}")).await.id;
        let together = fixture.system(&format!("Together {seed}")).await.id;
        let mut expected = Vec::new();
        for (name, bytes) in &reports {
            expected.extend(many(service, &alone, vec![named(name, bytes)]).await);
        }
        let (mut outcomes, mut dice, mut rest) = (Vec::new(), Dice(seed), reports.as_slice());
        while !rest.is_empty() {
            let (some, others) = rest.split_at((1 + dice.below(7) as usize).min(rest.len()));
            rest = others;
            let files = some.iter().map(|(name, bytes)| named(name, bytes)).collect();
            outcomes.extend(many(service, &together, files).await);
        }
        assert_eq!(
            outcomes.iter().map(counts).collect::<Vec<_>>(),
            expected.iter().map(counts).collect::<Vec<_>>()
        );
        assert_eq!(outcomes.iter().filter(|done| done.is_err()).count(), 1);
        assert_eq!(told(service, &together).await, told(service, &alone).await, "seed {seed}");
        // Without what is held in memory.
        assert_eq!(told(&fixture.reopen().await, &together).await, told(service, &alone).await);
    }
    let verified = service.verify_ledger(&Actor::program()).await.unwrap();
    assert_eq!(verified.problems, Vec::<String>::new());
}

async fn what_may_not_be_imported_keeps_nothing_else_back(fixture: Fixture) {
    let service = &fixture.service;
    let unit = |name: &'static str| fixture.make("unit", json!({"name": name}));
    let (left, right) = (unit("Left").await.id, unit("Right").await.id);
    let mut systems = Vec::new();
    for (name, unit, host) in [("North", &left, "shop:1"), ("South", &right, "mall:1")] {
        let system = fixture.make("system", json!({"name": name, "unit": unit})).await.id;
        fixture.make("component", json!({"system": system, "name": host, "hostnames": [host]})).await;
        systems.push(system);
    }
    let email = "eng@example.org";
    service.create_account(&Actor::program(), email, "", None, (Role::Engineer, &left)).await.unwrap();
    service.set_role(&Actor::program(), email, &right, Some(Role::Reader)).await.unwrap();
    let engineer = service.actor(email).await.unwrap();

    let own = trivy(2, &["CVE-2025-1"]);
    let mut foreign = trivy(2, &["CVE-2025-1", "CVE-2025-2"]);
    foreign["ArtifactName"] = json!("mall:1");
    foreign["Results"][0]["Target"] = json!("mall:1 (debian 12)");
    let file = |name, report: &serde_json::Value| named(name, report.to_string().as_bytes());
    let files = vec![file("1.json", &foreign), file("2.json", &own), file("3.json", &foreign)];
    let done = service.import_many(&engineer, files, Belongs::default(), Mode::Commit).await;
    assert!(matches!(done[0], Err(ServiceError::Denied(_))), "{:?}", done[0]);
    assert!(matches!(done[2], Err(ServiceError::Denied(_))), "{:?}", done[2]);
    let accepted = done[1].as_ref().unwrap();
    assert_eq!((accepted.system.as_str(), accepted.opened), (systems[0].as_str(), 1));
    assert_eq!(told(service, &systems[1]).await, Vec::<String>::new());
    assert_eq!(told(service, &systems[0]).await.len(), 1);
    let verified = service.verify_ledger(&Actor::program()).await.unwrap();
    assert_eq!(verified.problems, Vec::<String>::new());
}
