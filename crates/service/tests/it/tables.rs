//! Records as tables: out and in again.

use crate::stores::{Fixture, on_both};
use serde_json::json;
use warrant_service::import::Mode;
use warrant_service::query::RecordQuery;
use warrant_service::tables::TableFormat;
use warrant_service::{Actor, ServiceError};

on_both!(exports_import_back_unchanged, one_bad_row_stops_the_table, rows_may_link_to_each_other);

async fn exports_import_back_unchanged(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let system = fixture.system("Portal").await;
    let owner =
        fixture.make("person", json!({"name": "=cmd|' /C calc'!A0", "email": "ana@example.org"})).await;
    let body = json!({"title": "+1 @SUM(A1)", "system": system.id, "owner": owner.id, "due": "2026-12-01",
        "controls": ["ac-2", "si-2"], "cost": 1200.5, "state": "planned",
        "milestones": [{"title": "Order; the | part", "due": "2026-11-30"}, {"title": "Fit"}]});
    fixture.make("poam_item", body).await;
    for kind in ["person", "system", "poam_item"] {
        for format in [TableFormat::Csv, TableFormat::Xlsx] {
            let query = RecordQuery { kind: kind.into(), ..RecordQuery::default() };
            let bytes = service.export_records(&actor, &query, format).await.unwrap();
            let name = format!("{kind}.{}", format.ending());
            let outcome = service.import_table(&actor, kind, (&name, &bytes), Mode::Commit).await.unwrap();
            assert_eq!((outcome.created, outcome.updated), (0, 0), "{name}");
            assert_eq!(outcome.unchanged, 1, "{name}");
        }
    }
    let query = RecordQuery { kind: "poam_item".into(), ..RecordQuery::default() };
    let workbook = service.export_poam(&actor, &query, TableFormat::Xlsx).await.unwrap();
    assert!(workbook.starts_with(b"PK"));
}

async fn one_bad_row_stops_the_table(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let table = "name,phase,owner\nGood,planned,\nBad,sleeping,\nWorse,planned,nobody@example.org\n";
    let error = service.import_table(&actor, "system", ("systems.csv", table.as_bytes()), Mode::Commit).await;
    let ServiceError::Invalid(problems) = error.unwrap_err() else { panic!() };
    let said: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert!(said.iter().any(|m| m.starts_with("systems.csv line 4, owner:")), "{said:?}");
    assert!(service.system_names(&actor).await.unwrap().is_empty());
    let table = "name,colour\nGood,red\n";
    let error =
        service.import_table(&actor, "system", ("s.csv", table.as_bytes()), Mode::Commit).await.unwrap_err();
    assert!(error.to_string().contains("no field `colour`"), "{error}");
}

async fn rows_may_link_to_each_other(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let table = "name;parent\nTop;\nLeft;Top\nBelow;Left\n";
    let outcome =
        service.import_table(&actor, "unit", ("u.csv", table.as_bytes()), Mode::Commit).await.unwrap();
    assert_eq!(outcome.created, 3);
    let again =
        service.import_table(&actor, "unit", ("u.csv", table.as_bytes()), Mode::Commit).await.unwrap();
    assert_eq!((again.created, again.unchanged), (0, 3));
    let twice = "name\nSame\nSame\n";
    let error =
        service.import_table(&actor, "unit", ("t.csv", twice.as_bytes()), Mode::Commit).await.unwrap_err();
    assert!(error.to_string().contains("line 3"), "{error}");
}
