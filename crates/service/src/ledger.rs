//! The ledger as people use it: verify, prove, look at.

use crate::{Actor, Service, ServiceError};
use warrant_analysis::posture;
use warrant_ledger::LogReader;
use warrant_model::posture::Posture;
use warrant_model::scope::Role;
use warrant_model::time::from_micros;
use warrant_store::changes::Entry;
use warrant_store::verify::Verification;
use warrant_store::{StoreError, postures, records, snapshots};

/// The state of the ledger.
#[derive(Clone, Debug, serde::Serialize)]
pub struct LedgerState {
    /// Changes recorded.
    pub size: u64,
    /// Of these, under a signed checkpoint.
    pub published: u64,
    /// The checkpoint's text (C2SP signed note), empty while there is none.
    pub checkpoint: String,
    /// The key to verify it with (C2SP vkey).
    pub verifier: String,
}

/// A proof that a change is in the ledger.
#[derive(Clone, Debug, serde::Serialize)]
pub struct ChangeProof {
    /// Index of the leaf.
    pub index: u64,
    /// The leaf's content: the canonical change.
    pub entry: String,
    /// The proof (C2SP tlog-proof).
    pub proof: String,
    /// The key to verify it with (C2SP vkey).
    pub verifier: String,
}

fn failed(error: impl std::fmt::Display) -> ServiceError {
    StoreError::Ledger(error.to_string()).into()
}

impl Service {
    /// Verifies every row, leaf, tile, evidence byte, stored posture and release.
    pub async fn verify_ledger(&self, actor: &Actor) -> Result<Verification, ServiceError> {
        require_whole(actor, Role::Reader)?;
        self.renew_expired().await?;
        let mut found = self.store().verify().await?;
        found.problems.extend(self.check_postures().await?);
        found.problems.extend(self.check_releases().await?);
        Ok(found)
    }

    /// Compares every stored deficiency with one computed anew.
    async fn check_postures(&self) -> Result<Vec<String>, ServiceError> {
        let mut problems = Vec::new();
        let mut db = self.store().db();
        let (programme, _) = self.programme_now(&mut db).await?;
        let shared = self.programme_posture(&mut db).await?;
        problems.extend(self.check_posture(&shared, "the programme").await?);
        for id in snapshots::system_ids(&mut db).await? {
            let at = snapshots::AsOf::Now(self.now());
            let Some(snapshot) = self.loaded_anew(&mut db, &id, at, programme.clone()).await? else {
                continue;
            };
            let kept = snapshots::kept_side(&mut db, &id).await?;
            if kept.is_some_and(|kept| kept != snapshots::side_of(&snapshot)) {
                let name = &snapshot.system.body.name;
                problems.push(format!("evidence of {name}: what is kept of it is not what its rows tell"));
            }
            let computed = posture(&snapshot, self.policy());
            problems.extend(self.check_posture(&computed, &snapshot.system.body.name).await?);
        }
        Ok(problems)
    }

    async fn check_posture(&self, computed: &Posture, name: &str) -> Result<Vec<String>, ServiceError> {
        let mut stored = postures::stored(&mut self.store().db(), &computed.system).await?;
        let mut problems = Vec::new();
        for deficiency in &computed.deficiencies {
            let fresh = serde_json::to_string(deficiency).map_err(failed)?;
            if stored.remove(&deficiency.id).is_none_or(|body| body != fresh) {
                problems
                    .push(format!("deficiency {} of {name}: stored otherwise than computed", deficiency.id));
            }
        }
        let extra =
            stored.into_keys().map(|id| format!("deficiency {id} of {name}: stored but not computed"));
        problems.extend(extra);
        Ok(problems)
    }

    /// The ledger's size, checkpoint and key.
    pub async fn ledger_state(&self) -> Result<LedgerState, ServiceError> {
        let reader = self.store().ledger()?;
        Ok(LedgerState {
            size: self.store().ledger_size().await?,
            published: reader.as_ref().map_or(0, |reader| reader.size()),
            checkpoint: reader.map(|reader| reader.checkpoint().note().to_text()).unwrap_or_default(),
            verifier: self.store().verifier()?.to_string(),
        })
    }

    /// Proves the newest change of a record (or evidence, by hash) the actor may see.
    pub async fn prove(&self, actor: &Actor, id: &str) -> Result<ChangeProof, ServiceError> {
        let leaf = match self.visible(actor, id).await {
            Ok(_) => records::versions(&mut self.store().db(), id).await?.first().map(|version| version.leaf),
            Err(_) => self.evidence(actor, id).await?.first().map(|row| row.leaf),
        };
        let index = leaf.ok_or_else(|| ServiceError::NotFound { what: "change", name: id.to_owned() })?;
        self.prove_leaf(index.unsigned_abs()).await
    }

    /// Proves the change of an index: any for those who see everything, else one about a record or file the
    /// actor may see.
    pub async fn prove_index(&self, actor: &Actor, index: u64) -> Result<ChangeProof, ServiceError> {
        let size = self.store().ledger_size().await?;
        if index >= size {
            return Err(ServiceError::NotFound { what: "ledger leaf", name: index.to_string() });
        }
        let proof = self.prove_leaf(index).await?;
        if require_whole(actor, Role::Reader).is_ok() {
            return Ok(proof);
        }
        let entry: Entry = serde_json::from_str(&proof.entry).map_err(failed)?;
        let hash = entry.subject.split('/').next().unwrap_or_default();
        let seen =
            self.visible(actor, &entry.subject).await.is_ok() || self.evidence(actor, hash).await.is_ok();
        if seen { Ok(proof) } else { require_whole(actor, Role::Reader).map(|()| proof) }
    }

    async fn prove_leaf(&self, index: u64) -> Result<ChangeProof, ServiceError> {
        self.store().integrate().await?;
        let reader = self.store().ledger()?;
        let reader = reader.ok_or_else(|| ServiceError::Refused("nothing was recorded yet".to_owned()))?;
        let entry = reader.entry(index).map_err(failed)?;
        let proof = reader.prove(index).map_err(failed)?;
        let verifier = self.store().verifier()?;
        proof.verify(&entry, &verifier).map_err(failed)?;
        Ok(ChangeProof {
            index,
            entry: String::from_utf8_lossy(&entry).into_owned(),
            proof: proof.to_text(),
            verifier: verifier.to_string(),
        })
    }

    /// Changes in the ledger that fit, newest first. For those who see everything: the ledger names what it records.
    pub async fn ledger_entries(
        &self,
        actor: &Actor,
        query: LedgerQuery,
    ) -> Result<LedgerPage, ServiceError> {
        require_whole(actor, Role::Reader)?;
        self.store().integrate().await?;
        let Some(reader) = self.store().ledger()? else { return Ok(LedgerPage::default()) };
        let work = tokio::task::spawn_blocking(move || look_back(&reader, &query));
        work.await.map_err(failed)?
    }
}

/// Which changes to list.
#[derive(Clone, Debug, Default)]
pub struct LedgerQuery {
    /// Only those below this index.
    pub before: Option<u64>,
    /// How many at most.
    pub limit: u64,
    /// What the name of who did it holds.
    pub who: String,
    /// What the word for what was done holds.
    pub action: String,
    /// What the instant begins with, as it is written: `2026-11`, `2026-11-29 20`.
    pub on: String,
    /// Words that all occur in who, what was done or what it is about.
    pub text: String,
}

/// Changes that fit.
#[derive(Clone, Debug, Default)]
pub struct LedgerPage {
    /// With their indexes, newest first.
    pub entries: Vec<(u64, Entry)>,
    /// Where those that follow begin to be looked for; `None`: there are none.
    pub next: Option<u64>,
    /// Whether the look ended before there were enough, since it had gone through so many.
    pub cut_short: bool,
}

/// Changes gone through for one answer.
const MOST_LOOKED: u64 = 20_000;

/// Changes read together.
const TOGETHER: u64 = 256;

/// What an entry is found by.
#[derive(serde::Deserialize)]
struct Heading {
    recorded_at: i64,
    actor: String,
    action: String,
    subject: String,
}

impl LedgerQuery {
    /// Whether every change fits.
    pub fn is_open(&self) -> bool {
        [&self.who, &self.action, &self.on, &self.text].iter().all(|part| part.trim().is_empty())
    }

    fn fits(&self, heading: &Heading) -> bool {
        let holds = |text: &str, part: &str| text.to_lowercase().contains(&part.trim().to_lowercase());
        let on = || from_micros(heading.recorded_at).strftime("%Y-%m-%d %H:%M").to_string();
        let all = || format!("{} {} {}", heading.actor, heading.action, heading.subject).to_lowercase();
        holds(&heading.actor, &self.who)
            && holds(&heading.action, &self.action)
            && (self.on.trim().is_empty() || on().starts_with(self.on.trim()))
            && (self.text.trim().is_empty() || {
                let all = all();
                self.text.split_whitespace().all(|word| all.contains(&word.to_lowercase()))
            })
    }
}

/// Goes back from the newest change, some hundred at a time, until enough fit or too many were looked at.
fn look_back(reader: &LogReader, query: &LedgerQuery) -> Result<LedgerPage, ServiceError> {
    let newest = query.before.unwrap_or_else(|| reader.size()).min(reader.size());
    let (mut end, mut found) = (newest, Vec::new());
    while end > 0 {
        let left = query.limit.saturating_sub(found.len() as u64);
        if left == 0 {
            return Ok(LedgerPage { entries: found, next: Some(end), cut_short: false });
        }
        if newest - end >= MOST_LOOKED {
            return Ok(LedgerPage { entries: found, next: Some(end), cut_short: true });
        }
        // All fit when nothing is looked for: no more are read than are wanted.
        let start = end.saturating_sub(if query.is_open() { left.min(TOGETHER) } else { TOGETHER });
        let mut fitting = Vec::new();
        for entry in reader.entries(start..end).map_err(failed)? {
            let (index, bytes) = entry.map_err(failed)?;
            if query.is_open() || query.fits(&serde_json::from_slice(&bytes).map_err(failed)?) {
                fitting.push((index, bytes));
            }
        }
        end = start;
        for (index, bytes) in fitting.into_iter().rev() {
            if found.len() as u64 == query.limit {
                end = index + 1;
                break;
            }
            found.push((index, serde_json::from_slice::<Entry>(&bytes).map_err(failed)?));
        }
    }
    Ok(LedgerPage { entries: found, next: None, cut_short: false })
}

/// Refuses unless the role holds for the whole organisation.
fn require_whole(actor: &Actor, role: Role) -> Result<(), ServiceError> {
    if actor.everywhere >= Some(role) {
        return Ok(());
    }
    let message =
        format!("{} needs a role for the whole organisation: the ledger names everything", actor.email);
    Err(ServiceError::Denied(message))
}

impl Service {
    /// How many changes were recorded.
    pub async fn ledger_size(&self) -> Result<u64, ServiceError> {
        Ok(self.store().ledger_size().await?)
    }
}
