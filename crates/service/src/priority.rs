//! How fast to act on findings: decided when their system or the advisories change, and told with reasons when asked.

use crate::{Service, ServiceError};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use warrant_analysis::categorisation::Categorisation;
use warrant_analysis::policy::LEAST_LIKELY;
use warrant_analysis::priority::{Judge, Late, Reason, Setting, Weakness, day_is_set_by, decisions};
use warrant_model::finding::Finding;
use warrant_model::hash::ContentHash;
use warrant_model::priority::{Decision, Signal, Signals};
use warrant_model::snapshot::SystemSnapshot;
use warrant_model::time::end_of;
use warrant_store::evidence::{self, Side};
use warrant_store::{Reader, Tx, decisions as stored, feeds, findings, snapshots, taken_from};

/// By when to act on a finding and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PriorityView {
    /// How fast.
    pub decision: Decision,
    /// The last day.
    pub due: Date,
    /// What set that day.
    pub set_by: String,
    /// Whether the day is over.
    pub late: bool,
    /// All of it in one sentence.
    pub sentence: String,
    /// The questions of the decision, as they were answered.
    pub answers: Vec<Reason>,
}

/// A system as far as the priority of its findings depends on it.
#[derive(Clone, Debug)]
pub(crate) struct Situation {
    pub(crate) setting: Setting,
    pub(crate) categorisation: Categorisation,
}

/// What the advisories in force signal, kept between requests by the bundle's hash.
#[derive(Default)]
pub(crate) struct KeptSignals(Mutex<Option<(ContentHash, Arc<Signals>)>>);

impl KeptSignals {
    fn of(&self, hash: &ContentHash) -> Option<Arc<Signals>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().filter(|(known, _)| known == hash).map(|(_, signals)| signals.clone())
    }

    fn keep(&self, hash: ContentHash, signals: Arc<Signals>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((hash, signals));
    }
}

impl Service {
    /// What the advisories in force signal about vulnerabilities.
    pub(crate) async fn signals(
        &self,
        reader: &mut (impl Reader + Send),
    ) -> Result<Arc<Signals>, ServiceError> {
        let Some(row) = feeds::newest(reader).await? else { return Ok(Arc::default()) };
        if let Some(known) = self.kept_signals().of(&row.hash) {
            return Ok(known);
        }
        let signals = match stored::signals(reader, &row.hash).await? {
            Some(signals) => signals,
            // Advisories of an older store, in force before signals were kept.
            None => match self.advisories_in_memory().await? {
                Some(memory) => memory.database.signals(LEAST_LIKELY),
                None => Signals::default(),
            },
        };
        let signals = Arc::new(signals);
        self.kept_signals().keep(row.hash, signals.clone());
        Ok(signals)
    }

    /// Systems of these ids, by id, as far as the priority of their findings depends on them.
    pub(crate) async fn situations(
        &self,
        reader: &mut (impl Reader + Send),
        systems: &BTreeSet<&str>,
    ) -> Result<HashMap<String, Situation>, ServiceError> {
        let found = snapshots::categorised(reader, systems).await?;
        let situation = |(system, types): (warrant_model::kind::Record<_>, Vec<_>)| {
            let categorisation = Categorisation::of_records(&system.body, &types);
            let setting = Setting::of(&system.body, &categorisation);
            (system.id.0, Situation { setting, categorisation })
        };
        Ok(found.into_iter().map(situation).collect())
    }

    /// Makes the decisions about a system's findings anew when what they were made by has changed.
    pub(crate) async fn decide(
        &self,
        tx: &mut Tx,
        system: &str,
        snapshot: &SystemSnapshot,
    ) -> Result<(), ServiceError> {
        let setting = Setting::of(&snapshot.system.body, &Categorisation::of(snapshot));
        let judge = Judge { setting: &setting, policy: self.policy(), signals: &snapshot.signals };
        let basis = judge.basis();
        if stored::basis(tx, system).await?.as_ref() == Some(&basis) {
            return Ok(());
        }
        let of = &snapshot.findings;
        let decided = decisions(snapshot, self.policy(), |_| true);
        let decided: BTreeMap<_, _> =
            decided.into_iter().map(|(row, decision)| (of.text(of.id[row]), decision)).collect();
        stored::put(tx, system, decided).await?;
        findings::recount(tx, system).await?;
        Ok(stored::note(tx, system, &basis).await?)
    }

    /// Follows a change of signals: the systems whose findings they are about are decided and judged anew by the next
    /// [`Service::renew_expired`].
    pub(crate) async fn signals_changed(
        &self,
        tx: &mut Tx,
        before: &Signals,
        after: &Signals,
    ) -> Result<(), ServiceError> {
        let systems = if before.lists_exploited == after.lists_exploited {
            let likely = self.policy().urgency.likely;
            stored::systems_naming(tx, &changed(before, after, likely)).await?
        } else {
            // Absence from the list says something now, or no longer does.
            snapshots::system_ids(tx).await?.into_iter().collect()
        };
        for system in &systems {
            evidence::tick(tx, system, Side::Records).await?;
            stored::forget(tx, system).await?;
        }
        let systems: Vec<String> = systems.into_iter().collect();
        Ok(taken_from::expire(tx, &systems, self.now()).await?)
    }

    /// By when it was to be acted on findings of a past snapshot, by id, as advisories tell now.
    pub fn priorities_then(
        &self,
        snapshot: &SystemSnapshot,
        rows: &[Finding],
    ) -> BTreeMap<String, PriorityView> {
        let setting = Setting::of(&snapshot.system.body, &Categorisation::of(snapshot));
        let judge = Judge { setting: &setting, policy: self.policy(), signals: &snapshot.signals };
        let view = |row: &Finding| Some((row.id.clone(), view(&judge, row, None, snapshot.as_of)?));
        rows.iter().filter_map(view).collect()
    }

    /// The decisions about a snapshot's open weaknesses, by row.
    pub fn decisions_then(&self, snapshot: &SystemSnapshot) -> BTreeMap<usize, Decision> {
        let passed = |instant| instant <= snapshot.as_of;
        decisions(snapshot, self.policy(), passed).into_iter().collect()
    }

    /// By when to act on findings and why, by id. `since` knows of findings of other tools that are open longer.
    pub(crate) async fn priorities(
        &self,
        reader: &mut (impl Reader + Send),
        rows: &[Finding],
        since: &BTreeMap<String, Timestamp>,
    ) -> Result<BTreeMap<String, PriorityView>, ServiceError> {
        let systems: BTreeSet<&str> = rows.iter().map(|row| row.system.as_str()).collect();
        let situations = self.situations(reader, &systems).await?;
        let (signals, now) = (self.signals(reader).await?, self.now());
        let view = |row: &Finding| {
            let setting = &situations.get(&row.system)?.setting;
            let judge = Judge { setting, policy: self.policy(), signals: &signals };
            Some((row.id.clone(), view(&judge, row, since.get(&row.id).copied(), now)?))
        };
        Ok(rows.iter().filter_map(view).collect())
    }
}

fn view(judge: &Judge<'_>, row: &Finding, since: Option<Timestamp>, now: Timestamp) -> Option<PriorityView> {
    let weakness = Weakness::of(row, judge.signals)?;
    let open_since = since.map_or(weakness.open_since, |since| since.min(weakness.open_since));
    let priority = judge.priority(&Weakness { open_since, ..weakness }, |instant| instant <= now)?;
    let late = if end_of(priority.due.day) <= now { Late::Yes } else { Late::No };
    Some(PriorityView {
        decision: priority.decision,
        due: priority.due.day,
        set_by: day_is_set_by(priority.due.clock, row.severity, judge.policy),
        late: late == Late::Yes,
        sentence: judge.sentence(&priority, row.severity, late),
        answers: judge.reasons(&priority, row.severity),
    })
}

/// Ids of which two sets of signals tell different things that matter to a decision.
fn changed<'s>(before: &'s Signals, after: &'s Signals, likely: f32) -> BTreeSet<&'s str> {
    let matters = |signals: &Signals, id: &str| {
        let signal = signals.by_id.get(id).copied().unwrap_or_default();
        let Signal { listed, exploitation, automatable, probability } = signal;
        (listed, exploitation, automatable, probability.is_some_and(|probability| probability >= likely))
    };
    let ids = before.by_id.keys().chain(after.by_id.keys()).map(AsRef::as_ref);
    ids.filter(|id| matters(before, id) != matters(after, id)).collect()
}
