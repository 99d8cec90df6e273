//! Backups: whole, consistent while others write, checked, put back into either engine with the same postures.

use crate::stores::{Fixture, on_both};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use warrant_model::scope::Role;
use warrant_service::backups::{BackupOrder, KeyFile, Progress, WithKey, check, restore};
use warrant_service::{Actor, Clock, Service, ServiceError, ServiceOptions, StoreOptions};

on_both!(
    a_backup_comes_back_as_it_was,
    a_backup_while_others_write_is_consistent,
    onto_an_earlier_one_only_what_is_new_is_written,
    whatever_is_altered_is_named,
    refusals_leave_nothing_behind
);

async fn filled(fixture: &Fixture) {
    fixture.system("Portal").await;
    fixture.import("Portal", "to-import/portal-nessus-2026-11-22.nessus").await.unwrap();
    fixture.make("person", json!({"name": "Ana", "email": "ana@example.org"})).await;
}

fn order(target: PathBuf, onto: Option<PathBuf>, key: WithKey) -> BackupOrder {
    BackupOrder { target, onto, key }
}

async fn made(fixture: &Fixture, wanted: &BackupOrder) -> warrant_service::backups::BackupRow {
    let progress = Arc::new(Progress::default());
    fixture.service.make_backup(&Actor::program(), wanted, &progress).await.unwrap()
}

async fn problems(target: &Path) -> Vec<String> {
    check(target, &Arc::default()).await.unwrap().problems
}

async fn open(fixture: &Fixture, options: StoreOptions) -> Service {
    let clock = Clock::at(fixture.service.now());
    Service::open(ServiceOptions { clock, ..ServiceOptions::standard(options) }).await.unwrap()
}

/// What is wrong, as text that two stores can be compared by.
async fn standing(service: &Service) -> String {
    let summaries = service.summaries(&Actor::program()).await.unwrap();
    summaries.iter().map(|summary| serde_json::to_string(&**summary).unwrap()).collect()
}

async fn put_back(fixture: &Fixture, backup: &Path, to: &StoreOptions, key: &KeyFile) {
    restore(backup, to, key, &Arc::default()).await.unwrap();
    let restored = open(fixture, to.clone()).await;
    let found = restored.verify_ledger(&Actor::program()).await.unwrap();
    assert_eq!(found.problems, Vec::<String>::new());
    assert!(found.leaves >= 3 && found.files == 1 && found.rows > 40, "{found:?}");
    assert_eq!(standing(&restored).await, standing(&fixture.service).await);
    // It goes on from there.
    restored.create(&Actor::program(), "system", json!({"name": "Next", "phase": "planned"})).await.unwrap();
    let found = restored.verify_ledger(&Actor::program()).await.unwrap();
    assert_eq!(found.problems, Vec::<String>::new());
    restored.close().await.unwrap();
}

async fn a_backup_comes_back_as_it_was(fixture: Fixture) {
    filled(&fixture).await;
    let folder = tempfile::tempdir().unwrap();
    let own = fixture.data().join("ship.toml");
    std::fs::write(
        &own,
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/ship.toml")).unwrap(),
    )
    .unwrap();
    let target = folder.path().join("whole");
    let row = made(&fixture, &order(target.clone(), None, WithKey::Yes)).await;
    assert_eq!((row.onto.as_str(), row.bytes, row.verified_at), ("", row.new_bytes, None));
    let checked = check(&target, &Arc::default()).await.unwrap();
    assert_eq!(checked.problems, Vec::<String>::new());
    assert_eq!((checked.manifest.id.as_str(), checked.manifest.with_key), (row.id.as_str(), true));
    assert!(target.join("ship.toml").is_file());
    put_back(&fixture, &target, &StoreOptions::folder(folder.path().join("anew")), &KeyFile::InBackup).await;
    // Without the key in it, and into the other engine.
    let bare = folder.path().join("bare");
    made(&fixture, &order(bare.clone(), None, WithKey::No)).await;
    assert!(!bare.join("ledger.key").exists());
    let key = KeyFile::At(fixture.data().join("ledger.key"));
    let mut options = StoreOptions::folder(folder.path().join("other"));
    if let Ok(address) = std::env::var("WARRANT_TEST_POSTGRES") {
        options.address = address;
        options.schema = Some(format!("test_{}", uuid::Uuid::now_v7().simple()));
    }
    put_back(&fixture, &bare, &options, &key).await;
    let listed = fixture.service.list_backups(&Actor::program()).await.unwrap();
    assert_eq!(listed.len(), 2);
    assert!(fixture.service.note_backup_check(&Actor::program(), &checked).await.unwrap());
    let listed = fixture.service.list_backups(&Actor::program()).await.unwrap();
    assert!(listed.iter().any(|row| row.verified_at.is_some() && row.problems == 0));
    assert_eq!(
        fixture.service.verify_ledger(&Actor::program()).await.unwrap().problems,
        Vec::<String>::new()
    );
}

async fn a_backup_while_others_write_is_consistent(fixture: Fixture) {
    filled(&fixture).await;
    let folder = tempfile::tempdir().unwrap();
    let house = tokio::spawn({
        let service = fixture.service.clone();
        async move { service.keep_house().await }
    });
    let writing = tokio::spawn({
        let service = fixture.service.clone();
        async move {
            for nth in 0.. {
                let body = json!({"name": format!("Person {nth}"), "email": format!("p{nth}@example.org")});
                service.create(&Actor::program(), "person", body).await.unwrap();
                tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            }
        }
    });
    for nth in 0.. {
        // More than a tile of entries is written between the first and the last.
        if nth > 3 && fixture.service.ledger_size().await.unwrap() > 300 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(150)).await;
        let target = folder.path().join(format!("while-{nth}"));
        made(&fixture, &order(target.clone(), None, WithKey::Yes)).await;
        assert_eq!(problems(&target).await, Vec::<String>::new(), "backup {nth}");
        let to = StoreOptions::folder(folder.path().join(format!("store-{nth}")));
        restore(&target, &to, &KeyFile::InBackup, &Arc::default()).await.unwrap();
        let restored = open(&fixture, to).await;
        for name in ["One", "Two"] {
            restored
                .create(&Actor::program(), "system", json!({"name": name, "phase": "planned"}))
                .await
                .unwrap();
        }
        let found = restored.verify_ledger(&Actor::program()).await.unwrap();
        assert_eq!(found.problems, Vec::<String>::new(), "store {nth}");
        restored.close().await.unwrap();
    }
    writing.abort();
    house.abort();
}

async fn onto_an_earlier_one_only_what_is_new_is_written(fixture: Fixture) {
    filled(&fixture).await;
    // Enough entries for a full tile.
    for nth in 0..300 {
        fixture
            .make("person", json!({"name": format!("P {nth}"), "email": format!("p{nth}@example.org")}))
            .await;
    }
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("1"), folder.path().join("2"));
    made(&fixture, &order(first.clone(), None, WithKey::No)).await;
    let newest = async || fixture.service.newest_backup_in(&Actor::program(), folder.path()).await.unwrap();
    assert_eq!(newest().await, Some(first.clone()));
    fixture.set_clock("2026-11-24T10:00:00Z");
    fixture.import("Portal", "evidence/portal-nessus-1.nessus").await.unwrap();
    fixture.system("Late").await;
    let row = made(&fixture, &order(second.clone(), Some(first.clone()), WithKey::No)).await;
    assert!(row.new_bytes < row.bytes && !row.onto.is_empty(), "{row:?}");
    assert_eq!(newest().await, Some(second.clone()));
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&second).unwrap().permissions());
    assert_eq!(mode & 0o077, 0, "only its owner reads it");
    assert!(first.join("ledger/tile/0/000").is_file(), "a full tile");
    assert_eq!(problems(&second).await, Vec::<String>::new());
    // The earlier one may go; the later one is whole without it.
    std::fs::remove_dir_all(&first).unwrap();
    assert_eq!(problems(&second).await, Vec::<String>::new());
    // None is made onto one that was found damaged.
    std::fs::remove_file(second.join("ledger/tile/0/000")).unwrap();
    let checked = check(&second, &Arc::default()).await.unwrap();
    assert!(fixture.service.note_backup_check(&Actor::program(), &checked).await.unwrap());
    assert_eq!(newest().await, None);
}

async fn whatever_is_altered_is_named(fixture: Fixture) {
    filled(&fixture).await;
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("b");
    made(&fixture, &order(target.clone(), None, WithKey::No)).await;
    let list = std::fs::read_to_string(target.join("files.sha256")).unwrap();
    let names: Vec<_> = list.lines().map(|line| line.split_once("  ").unwrap().1.to_owned()).collect();
    assert!(names.iter().any(|name| name.starts_with("blobs/")) && names.contains(&"warrant.db".to_owned()));
    for name in &names {
        let path = target.join(name);
        let whole = std::fs::read(&path).unwrap();
        let mut other = whole.clone();
        let at = other.len() / 2;
        other[at] ^= 1;
        std::fs::write(&path, &other).unwrap();
        assert_eq!(problems(&target).await, [format!("{name}: the file was altered")]);
        let place = StoreOptions::folder(folder.path().join("to"));
        let refused = restore(&target, &place, &key(&fixture), &Arc::default()).await;
        assert!(refused.unwrap_err().to_string().contains(name.as_str()));
        std::fs::remove_file(&path).unwrap();
        assert_eq!(problems(&target).await, [format!("{name}: the file is gone")]);
        std::fs::write(&path, &whole).unwrap();
    }
    std::fs::write(target.join("more"), b"x").unwrap();
    assert_eq!(problems(&target).await, ["more: the file was added"]);
    std::fs::remove_file(target.join("more")).unwrap();
    // A list that was made to fit.
    std::fs::write(target.join("files.sha256"), list.replace("warrant.db", "warrant.dc")).unwrap();
    assert!(check(&target, &Arc::default()).await.unwrap_err().to_string().contains("files.sha256"));
    std::fs::write(target.join("files.sha256"), &list).unwrap();
    assert_eq!(problems(&target).await, Vec::<String>::new());
    assert!(!folder.path().join("to").exists());
}

fn key(fixture: &Fixture) -> KeyFile {
    KeyFile::At(fixture.data().join("ledger.key"))
}

async fn refusals_leave_nothing_behind(fixture: Fixture) {
    filled(&fixture).await;
    let service = &fixture.service;
    let folder = tempfile::tempdir().unwrap();
    let (target, to) = (folder.path().join("b"), folder.path().join("to"));
    let wanted = order(target.clone(), None, WithKey::No);
    let email = "eng@example.org";
    service.create_account(&Actor::program(), email, "", None, (Role::Engineer, "")).await.unwrap();
    let engineer = service.actor(email).await.unwrap();
    let denied = service.make_backup(&engineer, &wanted, &Arc::default()).await;
    assert!(matches!(denied, Err(ServiceError::Denied(_))));
    assert!(matches!(service.list_backups(&engineer).await, Err(ServiceError::Denied(_))));
    let stopped = Arc::new(Progress::default());
    stopped.cancel();
    assert!(
        service
            .make_backup(&Actor::program(), &wanted, &stopped)
            .await
            .unwrap_err()
            .to_string()
            .contains("stopped")
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "an unfinished backup was left");
    made(&fixture, &wanted).await;
    let refused = async |options: &StoreOptions, key: &KeyFile| {
        restore(&target, options, key, &Arc::default()).await.unwrap_err().to_string()
    };
    let place = StoreOptions::folder(&to);
    let again = service.make_backup(&Actor::program(), &wanted, &Arc::default()).await;
    assert!(again.unwrap_err().to_string().contains("not empty"));
    assert!(refused(&place, &KeyFile::InBackup).await.contains("without the key"));
    let other = folder.path().join("other-store");
    let stranger = open(&fixture, StoreOptions::folder(&other)).await;
    let wrong = KeyFile::At(other.join("ledger.key"));
    assert!(refused(&place, &wrong).await.contains("not the one"));
    assert!(!to.exists());
    assert!(refused(&StoreOptions::folder(&other), &key(&fixture)).await.contains("not empty"));
    let foreign =
        BackupOrder { target: folder.path().join("c"), onto: Some(target.clone()), key: WithKey::No };
    let foreign = stranger.make_backup(&Actor::program(), &foreign, &Arc::default()).await;
    assert!(foreign.unwrap_err().to_string().contains("another store"));
    assert!(check(&other, &Arc::default()).await.unwrap_err().to_string().contains("no backup"));
    stranger.close().await.unwrap();
}
