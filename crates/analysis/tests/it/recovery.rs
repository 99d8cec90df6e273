//! Recovery: what would be lost, and what shows that it would come back.

use crate::build::{at, backup, id, record, sound};
use std::sync::Arc;
use warrant_analysis::{Policy, Saved, posture, recovery};
use warrant_model::fact::BackupAct;
use warrant_model::kinds::Component;
use warrant_model::snapshot::SystemSnapshot;

fn checks(snapshot: &SystemSnapshot) -> Vec<String> {
    let posture = posture(snapshot, &Policy::embedded());
    let backups = posture.deficiencies.into_iter().filter(|one| one.check.starts_with("backup-"));
    backups.map(|one| one.check).collect()
}

/// The one component that asks for backups.
fn historian(snapshot: &SystemSnapshot) -> warrant_analysis::Recovery<'_> {
    recovery(snapshot, &Policy::embedded()).into_iter().find(|one| one.saved != Saved::NotAsked).unwrap()
}

#[test]
fn what_is_in_time_read_back_and_restored_says_until_when() {
    let snapshot = sound();
    let one = historian(&snapshot);
    assert_eq!(one.saved, Saved::Within);
    assert_eq!(one.backup.unwrap().fact.at, at("2026-11-23T02:00:00Z"));
    assert_eq!(one.check.unwrap().fact.act, BackupAct::DataCheck);
    assert!(one.checked_until.unwrap() > snapshot.as_of && one.restored_until.unwrap() > snapshot.as_of);
    assert!(one.failed.is_none() && checks(&snapshot).is_empty());
}

#[test]
fn the_page_and_the_checks_agree_whatever_is_missing() {
    for hours in [None, Some(1), Some(9), Some(10), Some(11), Some(24 * 400)] {
        for keep in 0..16 {
            let mut snapshot = sound();
            snapshot.components[0].body.backup_rpo_hours = hours;
            let acts =
                [BackupAct::Snapshot, BackupAct::DataCheck, BackupAct::StructureCheck, BackupAct::Restore];
            backup(&mut snapshot, BackupAct::StructureCheck, "2026-11-22");
            Arc::make_mut(&mut snapshot.backups).retain(|event| {
                acts.iter().position(|act| *act == event.fact.act).is_some_and(|nth| keep & (1 << nth) != 0)
            });
            let one = recovery(&snapshot, &Policy::embedded()).remove(0);
            let found = checks(&snapshot);
            let has = |check: &str| found.iter().any(|one| one == check);
            assert_eq!(one.saved == Saved::NotAsked, hours.is_none());
            assert_eq!(one.saved == Saved::Never, has("backup-missing"), "{hours:?} {keep}");
            assert_eq!(one.saved == Saved::TooOld, has("backup-too-old"), "{hours:?} {keep}");
            let kept = matches!(one.saved, Saved::Within | Saved::TooOld);
            assert_eq!(kept && one.restore.is_none(), has("backup-never-restored"), "{hours:?} {keep}");
            // A new repository has time until its first check; this one has had it.
            assert_eq!(kept && one.checked_until.is_none(), has("backup-not-verified"), "{hours:?} {keep}");
        }
    }
}

#[test]
fn a_failure_is_told_until_a_later_backup_succeeds() {
    let mut snapshot = sound();
    backup(&mut snapshot, BackupAct::Snapshot, "2026-11-23T08:00:00Z");
    Arc::make_mut(&mut snapshot.backups).last_mut().unwrap().fact.succeeded = false;
    let one = historian(&snapshot);
    assert_eq!(one.failed.unwrap().fact.at, at("2026-11-23T08:00:00Z"));
    // It counts for nothing else.
    assert_eq!(one.backup.unwrap().fact.at, at("2026-11-23T02:00:00Z"));
    backup(&mut snapshot, BackupAct::Snapshot, "2026-11-23T09:00:00Z");
    assert!(historian(&snapshot).failed.is_none());
}

#[test]
fn those_that_stand_worst_come_first_and_the_order_of_rows_does_not_matter() {
    let mut snapshot = sound();
    let part =
        |name: &str, hours| Component { name: name.into(), backup_rpo_hours: hours, ..Component::default() };
    snapshot.components.push(record("component", 2, part("Archive", None)));
    snapshot.components.push(record("component", 3, part("Pumps", Some(4))));
    let names = |snapshot: &SystemSnapshot| -> Vec<String> {
        recovery(snapshot, &Policy::embedded()).iter().map(|one| one.component.body.name.clone()).collect()
    };
    assert_eq!(names(&snapshot), ["Pumps", "Historian", "Archive"]);
    snapshot.components.reverse();
    Arc::make_mut(&mut snapshot.backups).reverse();
    assert_eq!(names(&snapshot), ["Pumps", "Historian", "Archive"]);
    assert_eq!(historian(&snapshot).component.id, id("component", 3));
}
