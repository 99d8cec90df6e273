//! News: what others wrote that concerns the actor, since they last said they had seen it. Told from the ledger's order:
//! everything carries the number of its leaf, and what is counted once is counted again only when the ledger has grown.

use crate::{Actor, Service, ServiceError};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use warrant_model::time::{micros, plus_days};
pub use warrant_store::news::CameIn;
use warrant_store::news::{self, Concern};
use warrant_store::records::{self, RecentChange, RecordQuery};

/// The setting that keeps the first leaf not seen.
const SEEN: &str = "news seen before";
/// Whoever never said so has seen what is older than this many days.
const DAYS: i64 = 7;
/// The most of each sort that are told.
pub const MOST: i64 = 200;
/// The fields of a system that make it somebody's.
const RESPONSIBLE: [&str; 3] = ["owner", "security_officer", "authorizing_official"];

/// What is new.
#[derive(Clone, Debug, Default)]
pub struct News {
    /// Records that name the actor or belong to their systems, newest first.
    pub records: Vec<RecentChange>,
    /// Files that came in for their systems, newest first.
    pub evidence: Vec<CameIn>,
    /// The ledger's size when this was told: everything before it is seen once the actor says so.
    pub until: i64,
}

/// Counts by account, each with the ledger's size and the first leaf it was made of.
#[derive(Debug, Default)]
pub(crate) struct Counted(Mutex<HashMap<String, (u64, usize)>>);

impl Counted {
    fn forget(&self, account: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(account);
    }
}

impl Service {
    /// What is new for the actor, `limit` of each sort at most.
    pub async fn news(&self, actor: &Actor, limit: i64) -> Result<News, ServiceError> {
        let until = self.ledger_size().await? as i64;
        let Some(person) = self.own_person(actor).await? else {
            return Ok(News { until, ..News::default() });
        };
        let mut db = self.store().db();
        let from = match self.setting(actor, SEEN).await?.and_then(|seen| seen.parse().ok()) {
            Some(seen) => seen,
            None => {
                let week_ago = micros(plus_days(self.now(), -DAYS));
                news::first_leaf_since(&mut db, week_ago).await?.unwrap_or(until)
            }
        };
        let systems = self.systems_of(actor, &person).await?;
        let concern = Concern { from, not_by: &actor.email, person: &person, systems: &systems };
        let sight = actor.sees();
        let records = news::records(&mut db, concern, sight.whole(), limit).await?;
        let evidence = news::evidence(&mut db, concern, sight.whole(), limit).await?;
        Ok(News { records, evidence, until })
    }

    /// How many that are, counted up to [`MOST`] of each sort.
    pub async fn count_news(&self, actor: &Actor) -> Result<usize, ServiceError> {
        let size = self.ledger_size().await?;
        {
            let counted = self.counted().0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, count)) = counted.get(&actor.account).filter(|(at, _)| *at == size) {
                return Ok(*count);
            }
        }
        let news = self.news(actor, MOST).await?;
        let count = news.records.len() + news.evidence.len();
        let mut counted = self.counted().0.lock().unwrap_or_else(PoisonError::into_inner);
        counted.insert(actor.account.clone(), (size, count));
        Ok(count)
    }

    /// Everything before this size of the ledger has been seen.
    pub async fn saw_news(&self, actor: &Actor, until: i64) -> Result<(), ServiceError> {
        let until = until.clamp(0, self.ledger_size().await? as i64);
        self.set_setting(actor, SEEN, &until.to_string()).await?;
        self.counted().forget(&actor.account);
        Ok(())
    }

    /// The record of the person who acts, found by e-mail address.
    async fn own_person(&self, actor: &Actor) -> Result<Option<String>, ServiceError> {
        let query = RecordQuery {
            kind: "person".to_owned(),
            fields: vec![("email".to_owned(), actor.email.to_lowercase())],
            limit: 1,
            ..RecordQuery::default()
        };
        let found = records::list(&mut self.store().db(), &query, actor.sees().whole()).await?;
        Ok(found.into_iter().next().map(|row| row.id))
    }

    /// The systems somebody answers for.
    async fn systems_of(&self, actor: &Actor, person: &str) -> Result<Vec<String>, ServiceError> {
        let query = RecordQuery {
            kind: "system".to_owned(),
            text: person.to_lowercase(),
            limit: 500,
            ..RecordQuery::default()
        };
        let found = records::list(&mut self.store().db(), &query, actor.sees().whole()).await?;
        let theirs =
            found.into_iter().filter(|row| RESPONSIBLE.iter().any(|field| row.body[*field] == person));
        Ok(theirs.map(|row| row.id).collect())
    }
}
