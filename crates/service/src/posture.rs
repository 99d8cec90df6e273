//! Snapshots in memory, postures that keep in step with every write, comparisons.

use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use warrant_analysis::{Delta, compare, controls, planned_hours, posture, programme_posture};
use warrant_model::posture::{ControlStatus, Posture};
use warrant_model::snapshot::{Programme, SystemSnapshot};
use warrant_model::time::{day, plus_days};
use warrant_store::snapshots::{self, AsOf, EvidenceSide, side_of};
use warrant_store::taken_from::{self, Changed};
use warrant_store::{Reader, Tx, briefs, decisions, evidence, finding_words, planned, postures};

/// Snapshots kept between requests, each with the counters of the state it was made from. A counter in the
/// database that has moved on (another process wrote) makes it be loaded anew.
#[derive(Default)]
pub(crate) struct Snapshots {
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    systems: HashMap<String, Kept>,
    programme: Option<((i64, i64), Arc<Programme>)>,
    /// The same as it was at instants that were asked for, with the marks that hold as long as no history is added.
    past: Vec<(Timestamp, (i64, i64), Arc<Programme>)>,
    used: u64,
}

struct Kept {
    clock: (i64, i64),
    programme: (i64, i64),
    /// The system by itself.
    own: Arc<SystemSnapshot>,
    /// The same with how what it takes stands at its providers, once somebody asked.
    whole: Option<Arc<SystemSnapshot>>,
    used: u64,
}

/// Days ahead of which planned work is looked at: a quarter, as the check that needs it looks.
const PLANNED_AHEAD: i64 = 92;

/// Past instants whose programme is kept: a page over all systems asks for one or two.
const MOST_PAST: usize = 4;

/// The most findings kept in memory, over all systems: some 100 bytes each.
const MOST_FINDINGS: usize = 400_000;

impl Kept {
    fn weight(&self) -> usize {
        self.own.findings.len() + 200
    }
}

impl Snapshots {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn keep(&mut self, system: &str, kept: Kept) {
        self.systems.insert(system.to_owned(), kept);
        let mut total: usize = self.systems.values().map(Kept::weight).sum();
        while total > MOST_FINDINGS && self.systems.len() > 1 {
            let oldest = self.systems.iter().min_by_key(|(_, kept)| kept.used).map(|(id, _)| id.clone());
            let Some(gone) = oldest.and_then(|id| self.systems.remove(&id)) else { return };
            total -= gone.weight();
        }
    }
}

impl Service {
    /// Loads a system, with the overlays that hold for it and what the advisories in force signal.
    pub(crate) async fn loaded(
        &self,
        reader: &mut (impl Reader + Send),
        system: &str,
        at: AsOf,
        programme: Arc<Programme>,
        evidence: Option<EvidenceSide>,
    ) -> Result<Option<SystemSnapshot>, ServiceError> {
        let mut snapshot = snapshots::system(reader, system, at, programme, evidence).await?;
        if let Some(snapshot) = &mut snapshot {
            warrant_analysis::overlays::apply(snapshot);
            snapshot.signals = self.signals(reader).await?;
            snapshot.releases = self.releases_in_use(reader, snapshot, at).await?;
        }
        Ok(snapshot)
    }

    /// What all systems share, as it is now.
    pub(crate) async fn programme_now(
        &self,
        reader: &mut (impl Reader + Send),
    ) -> Result<(Arc<Programme>, (i64, i64)), ServiceError> {
        let clock = evidence::clock(reader, "").await?;
        if let Some((kept, programme)) = &self.snapshots().held().programme
            && *kept == clock
        {
            return Ok((programme.clone(), clock));
        }
        let programme = Arc::new(snapshots::programme(reader, AsOf::Now(self.now())).await?);
        self.snapshots().held().programme = Some((clock, programme.clone()));
        Ok((programme, clock))
    }

    /// What all systems shared at an instant.
    pub(crate) async fn programme_at(
        &self,
        reader: &mut (impl Reader + Send),
        at: Timestamp,
    ) -> Result<Arc<Programme>, ServiceError> {
        // A system's name is in its own history and ticks the programme too.
        let clock = evidence::clock(reader, "").await?;
        let kept = {
            let held = self.snapshots().held();
            let fits = |(of, marks, _): &&(Timestamp, (i64, i64), _)| *of == at && *marks == clock;
            held.past.iter().find(fits).map(|(_, _, programme)| programme.clone())
        };
        if let Some(kept) = kept {
            return Ok(kept);
        }
        let programme = Arc::new(snapshots::programme(reader, AsOf::Past(at)).await?);
        let mut held = self.snapshots().held();
        held.past.retain(|(of, _, _)| *of != at);
        if held.past.len() >= MOST_PAST {
            held.past.remove(0);
        }
        held.past.push((at, clock, programme.clone()));
        Ok(programme)
    }

    /// One system as it is now, with how what it takes stands at its providers. Inside a write transaction it sees what
    /// the transaction wrote.
    pub(crate) async fn system_now(
        &self,
        reader: &mut (impl Reader + Send),
        system: &str,
    ) -> Result<Option<Arc<SystemSnapshot>>, ServiceError> {
        self.system_with(reader, system, None).await
    }

    /// What evidence says of a system, when a snapshot in memory has it.
    pub(crate) async fn side_in_memory(
        &self,
        reader: &mut (impl Reader + Send),
        system: &str,
    ) -> Result<Option<EvidenceSide>, ServiceError> {
        let (_, mark) = evidence::clock(reader, system).await?;
        let held = self.snapshots().held();
        let kept = held.systems.get(system).filter(|kept| kept.clock.1 == mark);
        Ok(kept.map(|kept| side_of(&kept.own)))
    }

    /// The same as [`Service::system_now`], by what evidence is known to say.
    async fn system_with(
        &self,
        reader: &mut (impl Reader + Send),
        system: &str,
        side: Option<EvidenceSide>,
    ) -> Result<Option<Arc<SystemSnapshot>>, ServiceError> {
        let Some(own) = self.own_with(reader, system, side).await? else { return Ok(None) };
        if crate::inherited::providers(&own).is_empty() {
            return Ok(Some(own));
        }
        let now = own.as_of;
        {
            let mut held = self.snapshots().held();
            let kept = held.systems.get_mut(system).filter(|kept| Arc::ptr_eq(&kept.own, &own));
            let whole = kept.and_then(|kept| kept.whole.as_mut());
            // A provider that changes gives its customers new marks; only time may pass unnoticed.
            if let Some(whole) = whole.filter(|whole| now < whole.inherited.until) {
                if whole.as_of != now {
                    *whole = Arc::new(SystemSnapshot { as_of: now, ..(**whole).clone() });
                }
                return Ok(Some(whole.clone()));
            }
        }
        let inherited = self.inherited(reader, &own, AsOf::Now(now)).await?;
        let whole = Arc::new(SystemSnapshot { inherited, ..(*own).clone() });
        if let Some(kept) = self.snapshots().held().systems.get_mut(system)
            && Arc::ptr_eq(&kept.own, &own)
        {
            kept.whole = Some(whole.clone());
        }
        Ok(Some(whole))
    }

    /// One system as it is now, by itself.
    pub(crate) async fn own_now(
        &self,
        reader: &mut (impl Reader + Send),
        system: &str,
    ) -> Result<Option<Arc<SystemSnapshot>>, ServiceError> {
        self.own_with(reader, system, None).await
    }

    async fn own_with(
        &self,
        reader: &mut (impl Reader + Send),
        system: &str,
        side: Option<EvidenceSide>,
    ) -> Result<Option<Arc<SystemSnapshot>>, ServiceError> {
        let (programme, programme_clock) = self.programme_now(reader).await?;
        let clock = evidence::clock(reader, system).await?;
        let now = self.now();
        let earlier = {
            let mut held = self.snapshots().held();
            held.used += 1;
            let used = held.used;
            match held.systems.get_mut(system) {
                Some(kept) if kept.clock == clock && kept.programme == programme_clock => {
                    kept.used = used;
                    if kept.own.as_of != now {
                        kept.own = Arc::new(SystemSnapshot { as_of: now, ..(*kept.own).clone() });
                    }
                    return Ok(Some(kept.own.clone()));
                }
                Some(kept) if kept.clock.1 == clock.1 => Some(side_of(&kept.own)),
                _ => None,
            }
        };
        let side = side.or(earlier);
        let loaded = self.loaded(reader, system, AsOf::Now(now), programme, side).await?;
        let mut held = self.snapshots().held();
        let Some(loaded) = loaded else {
            held.systems.remove(system);
            return Ok(None);
        };
        let snapshot = Arc::new(loaded);
        let used = held.used;
        let kept = Kept { clock, programme: programme_clock, own: snapshot.clone(), whole: None, used };
        held.keep(system, kept);
        Ok(Some(snapshot))
    }

    /// Computes the posture of a system anew and stores what changed, inside the transaction that changed it.
    pub(crate) async fn renew(&self, tx: &mut Tx, system: &str) -> Result<(), ServiceError> {
        self.renew_by(tx, system, None).await
    }

    /// The same after a change of evidence, by what it is known to say now.
    pub(crate) async fn renew_with(
        &self,
        tx: &mut Tx,
        system: &str,
        side: EvidenceSide,
    ) -> Result<(), ServiceError> {
        self.renew_by(tx, system, Some(side)).await
    }

    async fn renew_by(
        &self,
        tx: &mut Tx,
        system: &str,
        side: Option<EvidenceSide>,
    ) -> Result<(), ServiceError> {
        if self.postponed().takes(system) {
            return Ok(());
        }
        if system.is_empty() {
            let posture = self.programme_posture(tx).await?;
            return Ok(postures::put(tx, &posture).await?);
        }
        let snapshot = self.system_with(tx, system, side).await?;
        match &snapshot {
            Some(snapshot) => {
                self.decide(tx, system, snapshot).await?;
                postures::put(tx, &posture(snapshot, self.policy())).await?;
            }
            None => postures::remove(tx, system).await?,
        }
        let planned = snapshot.as_deref().map(planned_hours).unwrap_or_default();
        if planned::set(tx, system, &planned).await? == Changed::Yes {
            // Of many systems that change at once the programme is computed anew once.
            taken_from::expire(tx, &[String::new()], self.now()).await?;
        }
        self.pass_on(tx, system, snapshot.as_deref()).await
    }

    /// The programme's posture now, by what is planned in systems too.
    pub(crate) async fn programme_posture(
        &self,
        reader: &mut (impl Reader + Send),
    ) -> Result<Posture, ServiceError> {
        let (programme, _) = self.programme_now(reader).await?;
        let last = day(plus_days(self.now(), PLANNED_AHEAD));
        let planned = planned::until(reader, last).await?;
        let programme = Programme { planned, ..(*programme).clone() };
        Ok(programme_posture(&programme, self.now(), self.policy()))
    }

    /// Renews every posture that time alone has overtaken.
    pub async fn renew_expired(&self) -> Result<usize, ServiceError> {
        let expired = postures::expired(&mut self.store().db(), self.now()).await?;
        for systems in expired.chunks(50) {
            let mut write = self.store().begin().await?;
            for system in systems {
                self.renew(&mut write.tx, system).await?;
            }
            write.commit().await?;
        }
        Ok(expired.len())
    }

    /// What postures are computed with: the program's version, its checks, the policy.
    pub(crate) fn fingerprint(&self) -> String {
        let checks = warrant_analysis::checks::CHECKS.iter().map(|check| check.about.id);
        let checks: Vec<_> = checks.collect();
        let policy = format!("{:?}", self.policy());
        warrant_model::hash::key_of(&[env!("CARGO_PKG_VERSION"), &checks.join(" "), &policy])
    }

    /// After an upgrade or a change of policy, stored postures are computed anew before anybody sees them.
    pub(crate) async fn is_outdated(&self) -> Result<bool, ServiceError> {
        let fingerprint = self.fingerprint();
        Ok(self.store().computed_with().await?.is_some_and(|before| before != fingerprint))
    }

    /// Computes everything anew and notes what it was computed with.
    pub(crate) async fn rebuild_outdated(&self) -> Result<(), ServiceError> {
        let fingerprint = self.fingerprint();
        self.rebuild().await?;
        let mut write = self.store().begin().await?;
        finding_words::fill(&mut write.tx).await?;
        write.set_computed_with(&fingerprint).await?;
        Ok(write.commit().await?)
    }

    /// Computes every posture and every release anew from what is stored, whatever was stored of them before. Returns
    /// how many systems there are.
    pub async fn rebuild(&self) -> Result<usize, ServiceError> {
        let systems = snapshots::system_ids(&mut self.store().db()).await?;
        // First, since postures tell of them.
        self.rebuild_releases().await?;
        let mut write = self.store().begin().await?;
        briefs::forget(&mut write.tx, "").await?;
        write.commit().await?;
        for chunk in systems.chunks(50) {
            let mut write = self.store().begin().await?;
            for system in chunk {
                briefs::forget(&mut write.tx, system).await?;
                decisions::forget(&mut write.tx, system).await?;
                self.renew(&mut write.tx, system).await?;
            }
            write.commit().await?;
        }
        // Last, since it sums up what is planned in systems.
        let mut write = self.store().begin().await?;
        self.renew(&mut write.tx, "").await?;
        write.commit().await?;
        Ok(systems.len())
    }

    /// A system's snapshot now or at a past instant, if the actor may see it.
    pub async fn snapshot(
        &self,
        actor: &Actor,
        system: &str,
        as_of: Option<Timestamp>,
    ) -> Result<Arc<SystemSnapshot>, ServiceError> {
        let row = self.system_row(actor, system).await?;
        let absent = || ServiceError::NotFound { what: "system at that time", name: row.title.clone() };
        let mut db = self.store().db();
        match as_of {
            None => self.system_now(&mut db, &row.id).await?.ok_or_else(absent),
            Some(at) => {
                let programme = self.programme_at(&mut db, at).await?;
                let found = self.loaded_anew(&mut db, &row.id, AsOf::Past(at), programme).await?;
                found.map(Arc::new).ok_or_else(absent)
            }
        }
    }

    /// A system's posture now or at a past instant.
    pub async fn posture(
        &self,
        actor: &Actor,
        system: &str,
        as_of: Option<Timestamp>,
    ) -> Result<Posture, ServiceError> {
        let snapshot = self.snapshot(actor, system, as_of).await?;
        Ok(posture(&snapshot, self.policy()))
    }

    /// A system's controls with status and grounds.
    pub async fn controls(
        &self,
        actor: &Actor,
        system: &str,
        as_of: Option<Timestamp>,
    ) -> Result<Vec<ControlStatus>, ServiceError> {
        let snapshot = self.snapshot(actor, system, as_of).await?;
        Ok(controls(&snapshot, self.policy()))
    }

    /// What changed in a system between two instants (`to` defaults to now).
    pub async fn compare(
        &self,
        actor: &Actor,
        system: &str,
        from: Timestamp,
        to: Option<Timestamp>,
    ) -> Result<Delta, ServiceError> {
        let before = self.posture(actor, system, Some(from)).await?;
        let after = self.posture(actor, system, to).await?;
        Ok(compare(&before, &after))
    }
}
