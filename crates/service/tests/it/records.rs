//! Records: versions, conflicts, life cycles, links.

use crate::stores::{Fixture, on_both};
use serde_json::{Value, json};
use warrant_service::query::RecordQuery;
use warrant_service::{Actor, ServiceError};
use warrant_store::StoreError;

on_both!(
    versions_follow_each_other,
    life_cycles_are_kept,
    links_are_checked,
    lists_filter_sort_and_count,
    search_finds
);

async fn versions_follow_each_other(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let made = fixture.system("Historian").await;
    assert_eq!((made.version, made.title.as_str()), (1, "Historian"));
    fixture.set_clock("2026-11-23T11:00:00Z");
    let mut body = made.body.clone();
    body["description"] = json!("keeps process values");
    let changed = service.update(&actor, &made.id, 1, body.clone()).await.unwrap();
    assert_eq!((changed.version, changed.created_at), (2, made.created_at));
    assert!(changed.updated_at > made.updated_at);
    let lost = service.update(&actor, &made.id, 1, body).await.unwrap_err();
    assert!(
        matches!(lost, ServiceError::Store(StoreError::Conflict { current: 2, expected: 1, .. })),
        "{lost}"
    );
    service.delete(&actor, &made.id, 2).await.unwrap();
    assert!(matches!(service.record(&actor, &made.id).await, Err(ServiceError::NotFound { .. })));
    let history = service.history(&actor, &made.id).await.unwrap();
    let told: Vec<_> = history.iter().map(|v| (v.version, v.action.as_str(), v.deleted)).collect();
    assert_eq!(told, [(3, "delete", true), (2, "update", false), (1, "create", false)]);
    assert!(service.verify_ledger(&actor).await.unwrap().problems.is_empty());
}

async fn life_cycles_are_kept(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let system = fixture.system("Portal").await;
    let owner = fixture.make("person", json!({"name": "Ana", "email": "ana@example.org"})).await;
    let item = fixture.make("poam_item", json!({"title": "Patch", "system": system.id})).await;
    assert_eq!(item.state, "draft");
    let bare = service.transition(&actor, &item.id, "planned", &[]).await.unwrap_err();
    let ServiceError::Invalid(problems) = bare else { panic!("{bare}") };
    assert_eq!(problems.iter().map(|p| p.field.as_str()).collect::<Vec<_>>(), ["owner", "due"]);
    let fields = [("owner".to_owned(), json!(owner.id)), ("due".to_owned(), json!("2026-12-20"))];
    let planned = service.transition(&actor, &item.id, "planned", &fields).await.unwrap();
    assert_eq!(planned.state, "planned");
    let jump = service.transition(&actor, &item.id, "closed", &[]).await.unwrap_err();
    assert!(jump.to_string().contains("ongoing, validating, cancelled"), "{jump}");
}

async fn links_are_checked(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let (one, two) = (fixture.system("One").await, fixture.system("Two").await);
    let foreign = fixture.make("component", json!({"system": two.id, "name": "db"})).await;
    let flow = json!({"system": one.id, "name": "f", "source": foreign.id});
    let error = service.create(&actor, "data_flow", flow).await.unwrap_err();
    assert!(error.to_string().contains("belongs to another system"), "{error}");
    let nowhere = json!({"system": "system_00000000000000000000000000000000", "name": "c"});
    assert!(service.create(&actor, "component", nowhere).await.is_err());
    let control = json!({"system": one.id, "control": "AC-2 (1)", "status": "implemented"});
    let row = service.create(&actor, "implementation", control).await.unwrap();
    assert_eq!(row.body["control"], "ac-2.1");
    let unknown = json!({"system": one.id, "control": "zz-99", "status": "implemented"});
    assert!(service.create(&actor, "implementation", unknown).await.is_err());
    let smuggled = json!({"system": one.id, "name": "c", "org": 2});
    assert!(service.create(&actor, "component", smuggled).await.is_err());
}

async fn lists_filter_sort_and_count(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let system = fixture.system("Lake").await;
    for nth in 0..12 {
        let state = if nth < 5 { "open" } else { "done" };
        let body = json!({"title": format!("Task {nth:02} 50%_off"), "state": state, "system": system.id});
        fixture.make("task", body).await;
    }
    let query =
        RecordQuery { kind: "task".into(), text: "50%_off".into(), limit: 5, ..RecordQuery::default() };
    let page = service.list_records(&actor, &query).await.unwrap();
    assert_eq!((page.rows.len(), page.total), (5, 12));
    assert_eq!(page.states, [("done".to_owned(), 7), ("open".to_owned(), 5)]);
    let query = RecordQuery { state: Some("open".into()), descending: true, ..query };
    let page = service.list_records(&actor, &query).await.unwrap();
    assert_eq!(page.rows.first().unwrap().title, "Task 04 50%_off");
    let none = RecordQuery { text: "50x".into(), ..query };
    assert_eq!(service.list_records(&actor, &none).await.unwrap().total, 0);
}

async fn search_finds(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    fixture.system("Billing Gateway").await;
    let hits = service.search(&actor, "gateway billing", 5).await.unwrap();
    assert_eq!(hits.first().map(|hit| hit.title.as_str()), Some("Billing Gateway"));
    assert!(service.search(&actor, "  ", 5).await.unwrap().is_empty());
    assert_eq!(
        fixture.make("note", json!({"title": "n\u{0}ul", "text": "x"})).await.body["title"],
        Value::from("n\u{0}ul")
    );
}
