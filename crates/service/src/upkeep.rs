//! What a server does by itself, as it remembers it: the ledger's tiles, postures that time has overtaken, releases.

use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use std::sync::{Mutex, PoisonError};
use warrant_model::time::from_micros;
use warrant_store::postures;

/// What was done since the server started.
#[derive(Debug, Default)]
pub(crate) struct Upkeep(Mutex<Done>);

#[derive(Clone, Debug, Default)]
struct Done {
    integrated: Option<Timestamp>,
    looked: Option<Timestamp>,
    renewed: Option<(Timestamp, usize)>,
    judged: Option<Timestamp>,
    problem: Option<(Timestamp, String)>,
}

/// A part of the upkeep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Changes went into the ledger's tiles.
    Integrated,
    /// So many postures that time had overtaken were computed anew.
    Renewed(usize),
    /// Releases were judged.
    Judged,
}

impl Upkeep {
    pub(crate) fn did(&self, part: Part, at: Timestamp) {
        let mut done = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match part {
            Part::Integrated => done.integrated = Some(at),
            Part::Renewed(0) => done.looked = Some(at),
            Part::Renewed(count) => {
                done.looked = Some(at);
                done.renewed = Some((at, count));
            }
            Part::Judged => done.judged = Some(at),
        }
    }

    pub(crate) fn failed(&self, at: Timestamp, error: &impl std::fmt::Display) {
        let mut done = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        done.problem = Some((at, error.to_string()));
    }
}

/// The upkeep as administrators see it.
#[derive(Clone, Debug, Default)]
pub struct UpkeepView {
    /// Changes recorded.
    pub changes: u64,
    /// Of these, under a signed checkpoint.
    pub published: u64,
    /// When the ledger's tiles were last brought up to date.
    pub integrated: Option<Timestamp>,
    /// When postures were last looked through for those that time has overtaken.
    pub looked: Option<Timestamp>,
    /// When some were last computed anew for that reason, and how many.
    pub renewed: Option<(Timestamp, usize)>,
    /// When the next one will have to be; `None`: there is none.
    pub next: Option<Timestamp>,
    /// When releases were last judged.
    pub judged: Option<Timestamp>,
    /// What went wrong last, and when.
    pub problem: Option<(Timestamp, String)>,
}

impl Service {
    /// What the server does by itself.
    pub async fn upkeep(&self, actor: &Actor) -> Result<UpkeepView, ServiceError> {
        self.may_administer(actor)?;
        let ledger = self.ledger_state().await?;
        let next = postures::next_expiry(&mut self.store().db()).await?;
        let done = self.kept_upkeep().0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Ok(UpkeepView {
            changes: ledger.size,
            published: ledger.published,
            integrated: done.integrated,
            looked: done.looked,
            renewed: done.renewed,
            next: next.map(from_micros),
            judged: done.judged,
            problem: done.problem,
        })
    }
}
