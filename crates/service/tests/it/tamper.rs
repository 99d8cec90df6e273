//! Whatever is altered with a plain database client or editor is found and named.

use crate::stores::{Engine, Fixture, on_both, open};
use serde_json::json;
use std::path::{Path, PathBuf};
use warrant_model::Registry;
use warrant_service::Actor;
use warrant_store::{Reader, Sql};

on_both!(altered_rows_are_named);

async fn filled(fixture: &Fixture) -> String {
    fixture.system("Portal").await;
    fixture.make("person", json!({"name": "Ana", "email": "ana@example.org"})).await;
    fixture.import("Portal", "to-import/portal-nessus-2026-11-22.nessus").await.unwrap().evidence
}

async fn problems(fixture: &Fixture) -> Vec<String> {
    fixture.service.verify_ledger(&Actor::program()).await.unwrap().problems
}

/// Runs a statement behind Warrant's back.
async fn behind(fixture: &Fixture, statement: &'static str) {
    let mut write = fixture.service.store().begin().await.unwrap();
    assert!(write.tx.execute(&Sql::new(statement)).await.unwrap() > 0, "{statement}");
    write.commit().await.unwrap();
}

async fn altered_rows_are_named(fixture: Fixture) {
    filled(&fixture).await;
    assert_eq!(problems(&fixture).await, Vec::<String>::new());
    let key = |sql: &'static str| {
        let service = &fixture.service;
        async move {
            let row = service.store().db().first(&Sql::new(sql)).await.unwrap().unwrap();
            row.text(0).unwrap()
        }
    };
    let cases: [(&str, &str, &str, &str); 7] = [
        (
            "UPDATE finding SET severity = 0 WHERE id = (SELECT MIN(id) FROM finding WHERE severity > 1)",
            "SELECT MIN(id) FROM finding WHERE severity > 1",
            "finding",
            "altered",
        ),
        (
            "UPDATE fact_page SET sorts = sorts || ' ' WHERE first = 0",
            "SELECT '/0' FROM organisation",
            "fact_page",
            "altered",
        ),
        ("DELETE FROM fact_finder", "SELECT hash FROM evidence", "fact_finder", "gone"),
        ("UPDATE evidence SET name = 'other.nessus'", "SELECT hash FROM evidence", "evidence", "altered"),
        (
            "UPDATE record SET body = REPLACE(body, 'Ana', 'Eve') WHERE kind = 'person'",
            "SELECT id FROM record WHERE kind = 'person'",
            "record",
            "differs from its newest",
        ),
        (
            "DELETE FROM record_version WHERE kind = 'person'",
            "SELECT id FROM record_version WHERE kind = 'person'",
            "record_version",
            "gone",
        ),
        ("DELETE FROM look", "SELECT 'nessus' FROM organisation", "look", "gone"),
    ];
    for (statement, which, table, word) in cases {
        let named = key(which).await;
        behind(&fixture, statement).await;
        let found = problems(&fixture).await;
        let hit = found.iter().any(|p| p.starts_with(table) && p.contains(&named) && p.contains(word));
        assert!(hit, "{statement}: {named} not named in {found:?}");
    }
    behind(
        &fixture,
        "INSERT INTO role_grant (org, account_id, unit_id, role) VALUES (1, 'account_x', '', 2)",
    )
    .await;
    let found = problems(&fixture).await;
    assert!(
        found.iter().any(|p| p.starts_with("role_grant account_x/") && p.contains("added outside")),
        "{found:?}"
    );
    behind(&fixture, "UPDATE deficiency SET body = REPLACE(body, 'severity', 'severity ') WHERE id = (SELECT MIN(id) FROM deficiency)").await;
    let found = problems(&fixture).await;
    assert!(found.iter().any(|p| p.starts_with("deficiency ")), "{found:?}");
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn altered_files_are_named() {
    let fixture = open(Engine::Sqlite, Registry::standard()).await.unwrap();
    let evidence = filled(&fixture).await;
    assert_eq!(problems(&fixture).await, Vec::<String>::new());
    let store = fixture.service.store();
    let blob = store.blobs().path(&warrant_model::hash::ContentHash(evidence.clone())).unwrap();
    let mut files = files_below(store.ledger_folder());
    files.retain(|path| !path.to_string_lossy().contains("lock"));
    files.push(blob.clone());
    for path in files {
        let kept = std::fs::read(&path).unwrap();
        let mut altered = kept.clone();
        let middle = altered.len() / 2;
        altered[middle] ^= 0x20;
        std::fs::write(&path, &altered).unwrap();
        let found = problems(&fixture).await;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let named = if path == blob { evidence.clone() } else { name };
        assert!(found.iter().any(|p| p.contains(&named)), "{}: {found:?}", path.display());
        std::fs::remove_file(&path).unwrap();
        assert!(!problems(&fixture).await.is_empty(), "{} removed", path.display());
        std::fs::write(&path, &kept).unwrap();
    }
    assert_eq!(problems(&fixture).await, Vec::<String>::new());
}
