//! Recovery: what of each component would be lost if it went now, and what shows that it would come back.
//!
//! One answer for the checks on backups and for the pages (SP 800-34r1 §3.2.1, §3.5; SP 800-53r5 CP-9, CP-9(1)).

use crate::context::hosts;
use crate::horizon::Horizon;
use crate::policy::Policy;
use jiff::Timestamp;
use std::collections::HashMap;
use warrant_model::RecordId;
use warrant_model::fact::{BackupAct, BackupFact};
use warrant_model::kind::Record;
use warrant_model::kinds::Component;
use warrant_model::snapshot::{Sourced, SystemSnapshot};
use warrant_model::time::{from_micros, micros, plus_days};

/// An event of a backup tool, with the place it was read from.
pub type BackupEvent = Sourced<BackupFact>;

/// What is known of a component's recovery at the snapshot's instant.
#[derive(Clone, Debug)]
pub struct Recovery<'a> {
    /// The component.
    pub component: &'a Record<Component>,
    /// Whether what is saved keeps to what may be lost.
    pub saved: Saved,
    /// The newest successful backup.
    pub backup: Option<&'a BackupEvent>,
    /// The newest failed attempt at a backup, when no later one succeeded.
    pub failed: Option<&'a BackupEvent>,
    /// The newest check that read the data back, or of the structure alone when none did.
    pub check: Option<&'a BackupEvent>,
    /// Until when that check speaks for the backup; `None`: the data was never read back.
    pub checked_until: Option<Timestamp>,
    /// The newest successful restore.
    pub restore: Option<&'a BackupEvent>,
    /// Until when that restore speaks for the backup.
    pub restored_until: Option<Timestamp>,
}

/// Whether what is saved of a component keeps to the hours that may be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// The newest backup is no older than that.
    Within,
    /// It is older.
    TooOld,
    /// No backup is on record.
    Never,
    /// Nobody said how much may be lost: no backup is asked for.
    NotAsked,
}

/// Every component of the system, those that stand worst first, then by name.
pub fn recovery<'a>(snapshot: &'a SystemSnapshot, policy: &Policy) -> Vec<Recovery<'a>> {
    let horizon = Horizon::new(snapshot.as_of);
    let events = by_component(snapshot, &hosts(snapshot));
    let fresh = &policy.freshness;
    let speaks =
        |event: Option<&BackupEvent>, days: u32| event.map(|event| plus_days(event.fact.at, i64::from(days)));
    let mut all: Vec<_> = snapshot
        .components
        .iter()
        .map(|component| {
            let events = events.get(&component.id).map_or(&[][..], Vec::as_slice);
            let backup = newest(events, BackupAct::Snapshot);
            let failed =
                latest(events, |event| event.fact.act == BackupAct::Snapshot && !event.fact.succeeded);
            let read_back = newest(events, BackupAct::DataCheck);
            let restore = newest(events, BackupAct::Restore);
            let saved = match (component.body.backup_rpo_hours, backup) {
                (None, _) => Saved::NotAsked,
                (Some(_), None) => Saved::Never,
                (Some(hours), Some(backup)) if horizon.passed(lost_after(backup, hours)) => Saved::TooOld,
                (Some(_), Some(_)) => Saved::Within,
            };
            Recovery {
                component,
                saved,
                backup,
                failed: failed.filter(|one| backup.is_none_or(|backup| backup.fact.at < one.fact.at)),
                check: read_back.or_else(|| newest(events, BackupAct::StructureCheck)),
                checked_until: speaks(read_back, fresh.backup_check_days),
                restore,
                restored_until: speaks(restore, fresh.restore_test_days),
            }
        })
        .collect();
    let worst = |saved| match saved {
        Saved::Never => 0,
        Saved::TooOld => 1,
        Saved::Within => 2,
        Saved::NotAsked => 3,
    };
    all.sort_by(|a, b| {
        let name = |one: &Recovery<'a>| (one.component.body.name.as_str(), one.component.id.as_str());
        worst(a.saved).cmp(&worst(b.saved)).then_with(|| name(a).cmp(&name(b)))
    });
    all
}

/// The instant from which more would be lost than may be.
pub(crate) fn lost_after(backup: &BackupEvent, hours: u32) -> Timestamp {
    from_micros(micros(backup.fact.at).saturating_add(i64::from(hours).saturating_mul(HOUR)))
}

const HOUR: i64 = 3_600_000_000;

/// Events by the component that answers to the host they name.
pub(crate) fn by_component<'a>(
    snapshot: &'a SystemSnapshot,
    hosts: &HashMap<String, &'a Record<Component>>,
) -> HashMap<&'a RecordId, Vec<&'a BackupEvent>> {
    let mut events: HashMap<_, Vec<_>> = HashMap::new();
    for event in snapshot.backups.iter() {
        if let Some(component) = hosts.get(&crate::context::host_key(&event.fact.host)) {
            events.entry(&component.id).or_default().push(event);
        }
    }
    events
}

/// The newest successful event of a sort.
pub(crate) fn newest<'a>(events: &[&'a BackupEvent], act: BackupAct) -> Option<&'a BackupEvent> {
    latest(events, |event| event.fact.succeeded && event.fact.act == act)
}

/// The oldest successful event of a sort.
pub(crate) fn oldest<'a>(events: &[&'a BackupEvent], act: BackupAct) -> Option<&'a BackupEvent> {
    let fits = |event: &&&BackupEvent| event.fact.succeeded && event.fact.act == act;
    events.iter().filter(fits).copied().min_by_key(|event| order(event))
}

fn latest<'a>(events: &[&'a BackupEvent], fits: impl Fn(&BackupEvent) -> bool) -> Option<&'a BackupEvent> {
    events.iter().filter(|event| fits(event)).copied().max_by_key(|event| order(event))
}

/// One order of events whatever the order of rows.
fn order(event: &BackupEvent) -> (Timestamp, &str, u32, &str, &str) {
    let place = &event.place;
    (event.fact.at, event.evidence.as_str(), place.line, &place.pointer, &event.fact.detail)
}
