//! What the checks on backups share: which components need one, and their newest and oldest events.

use crate::Context;
use crate::recovery::{self, BackupEvent};
use warrant_model::fact::BackupAct;
use warrant_model::kind::Record;
use warrant_model::kinds::Component;
use warrant_model::posture::{Ground, Source};

/// Components with a recovery point objective, with its hours. A system not in operation holds no data to lose.
pub(super) fn needing<'a>(ctx: &Context<'a>) -> impl Iterator<Item = (&'a Record<Component>, u32)> {
    let operational = ctx.operational();
    let components = ctx.snapshot.components.iter().filter(move |_| operational);
    components.filter_map(|component| Some((component, component.body.backup_rpo_hours?)))
}

/// The newest successful event of a sort for a component.
pub(super) fn newest<'a>(
    ctx: &Context<'a>,
    component: &Record<Component>,
    act: BackupAct,
) -> Option<&'a BackupEvent> {
    recovery::newest(ctx.backups_of(&component.id), act)
}

/// The oldest successful event of a sort for a component.
pub(super) fn oldest<'a>(
    ctx: &Context<'a>,
    component: &Record<Component>,
    act: BackupAct,
) -> Option<&'a BackupEvent> {
    recovery::oldest(ctx.backups_of(&component.id), act)
}

/// A ground in a backup event.
pub(super) fn ground(backup: &BackupEvent) -> Ground {
    let act = match backup.fact.act {
        BackupAct::Snapshot => "backup",
        BackupAct::StructureCheck => "structure check",
        BackupAct::DataCheck => "data check",
        BackupAct::Restore => "restore",
    };
    let source = Source::Evidence { evidence: backup.evidence.clone(), place: backup.place.clone() };
    Ground {
        says: format!("{act} of {}: {}", backup.fact.host, backup.fact.detail),
        at: backup.fact.at,
        source,
    }
}
