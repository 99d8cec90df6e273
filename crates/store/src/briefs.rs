//! Postures in brief: of each system what lists, counts and roll-ups need, packed into one row.
//!
//! Counting the queue in SQL costs a pass over every deficiency of the organisation for each figure of a page.
//! The briefs are small enough to be kept in memory, and `seq` tells a reader which of them changed since it last
//! looked, whichever process wrote them.

use crate::ORG;
use crate::db::{Reader, Row, Tx};
use crate::error::StoreError;
use crate::packed::{pack, unpack};
use crate::sight::{Scope, Sight};
use crate::sql::{Sql, Value, sql};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use warrant_model::level::Severity;
use warrant_model::posture::{Deficiency, PostureSummary};
use warrant_model::time::{micros, start_of};

/// A deficiency in brief.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    /// Its id.
    pub id: String,
    /// The check that found it.
    pub check: String,
    /// How bad.
    pub severity: Severity,
    /// First microsecond of the day on which it is due.
    pub due: Option<i64>,
    /// Who it falls to, or empty.
    pub owner: String,
    /// Whether a POA&M item plans it.
    pub planned: bool,
    /// Whether an exception covers it.
    pub excepted: bool,
    /// Its rank.
    pub rank: f32,
    /// What it hashes to: tells whether it changed.
    pub(crate) mark: u64,
}

/// As packed: id, check, severity, due, owner, planned, excepted, rank, mark.
#[derive(Serialize, Deserialize)]
struct Packed(String, String, u8, Option<i64>, String, bool, bool, f32, u64);

impl Brief {
    /// Of a deficiency.
    pub(crate) fn of(deficiency: &Deficiency, marks: &mut Marks) -> Result<Self, StoreError> {
        Ok(Self { mark: marks.of(deficiency)?, ..Self::uncounted(deficiency) })
    }

    /// Of a deficiency that is not kept, such as one of a day that has passed: it has no mark.
    pub fn uncounted(deficiency: &Deficiency) -> Self {
        Self {
            id: deficiency.id.clone(),
            check: deficiency.check.clone(),
            severity: deficiency.severity,
            due: deficiency.due.map(|due| micros(start_of(due))),
            owner: deficiency.owner.clone().unwrap_or_default(),
            planned: deficiency.poam_item.is_some(),
            excepted: deficiency.excepted.is_some(),
            rank: deficiency.rank.score,
            mark: 0,
        }
    }
}

/// Makes what tells deficiencies apart: the first 64 bits of the blake3 hash of their MessagePack, which is written
/// several times faster than the JSON that is stored of the few that changed.
#[derive(Debug, Default)]
pub(crate) struct Marks(Vec<u8>);

impl Marks {
    /// The mark of a deficiency.
    pub(crate) fn of(&mut self, deficiency: &Deficiency) -> Result<u64, StoreError> {
        self.0.clear();
        rmp_serde::encode::write(&mut self.0, deficiency)
            .map_err(|error| StoreError::Damaged(format!("deficiency {}: {error}", deficiency.id)))?;
        let hash = blake3::hash(&self.0);
        Ok(u64::from_le_bytes(hash.as_bytes().first_chunk().copied().unwrap_or_default()))
    }
}

impl From<Packed> for Brief {
    fn from(packed: Packed) -> Self {
        let Packed(id, check, severity, due, owner, planned, excepted, rank, mark) = packed;
        let severity = Severity::from_rank(severity);
        Self { id, check, severity, due, owner, planned, excepted, rank, mark }
    }
}

impl From<Brief> for Packed {
    fn from(brief: Brief) -> Self {
        let Brief { id, check, severity, due, owner, planned, excepted, rank, mark } = brief;
        Self(id, check, severity.rank(), due, owner, planned, excepted, rank, mark)
    }
}

/// A system's posture in brief.
#[derive(Clone, Debug)]
pub struct SystemBrief {
    /// The system; empty for the programme.
    pub system: String,
    /// The number of the posture put that wrote it.
    pub seq: i64,
    /// What it says; `None` when the system was removed.
    pub standing: Option<Standing>,
}

/// What a brief says of a system.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Its name; empty for the programme.
    pub title: String,
    /// The unit it lies in, as permission sees it.
    pub unit: String,
    /// The rank of its worst deficiency in force.
    pub rank: f64,
    /// Its posture's summary.
    pub summary: PostureSummary,
    /// Its deficiencies, highest rank first.
    pub deficiencies: Vec<Brief>,
}

/// Stores a system's deficiencies in brief; no deficiencies at all is `None` for a system that is gone.
pub(crate) async fn put(tx: &mut Tx, system: &str, briefs: Option<Vec<Brief>>) -> Result<(), StoreError> {
    let next = "INSERT INTO posture_head (org, seq) VALUES ($1, 1)
         ON CONFLICT (org) DO UPDATE SET seq = posture_head.seq + 1 RETURNING seq";
    let seq = tx.first(&sql(next, [ORG.into()])).await?.map_or(Ok(0), |row| row.int(0))?;
    let body = briefs.map_or(Ok(Vec::new()), packed)?;
    let upsert = "INSERT INTO posture_brief (org, system_id, seq, body) VALUES ($1, $2, $3, $4)
         ON CONFLICT (org, system_id) DO UPDATE SET seq = excluded.seq, body = excluded.body";
    tx.execute(&sql(upsert, [ORG.into(), system.into(), seq.into(), body.into()])).await?;
    Ok(())
}

/// The stored briefs of one system; `None` when there are none.
pub(crate) async fn of_system(tx: &mut Tx, system: &str) -> Result<Option<Vec<Brief>>, StoreError> {
    let query = "SELECT body FROM posture_brief WHERE org = $1 AND system_id = $2";
    let row = tx.first(&sql(query, [ORG.into(), system.into()])).await?;
    let body = row.map(|row| row.bytes(0)).transpose()?.filter(|body| !body.is_empty());
    body.map(|body| unpacked(&body, system)).transpose()
}

/// Forgets what is known of a system's stored deficiencies, so that the next posture writes all of them anew.
pub async fn forget(tx: &mut Tx, system: &str) -> Result<(), StoreError> {
    let delete = "DELETE FROM posture_brief WHERE org = $1 AND system_id = $2";
    tx.execute(&sql(delete, [ORG.into(), system.into()])).await?;
    Ok(())
}

/// What was put after `seq`, oldest first.
pub async fn since(reader: &mut (impl Reader + Send), seq: i64) -> Result<Vec<SystemBrief>, StoreError> {
    let query = "SELECT b.system_id, b.seq, b.body, p.rank_score, p.summary, r.title, u.unit_id
         FROM posture_brief b
         LEFT JOIN posture p ON p.org = b.org AND p.system_id = b.system_id
         LEFT JOIN record r ON r.org = b.org AND r.id = b.system_id
         LEFT JOIN system_unit u ON u.org = b.org AND u.system_id = b.system_id
         WHERE b.org = $1 AND b.seq > $2 ORDER BY b.seq";
    reader.rows(&sql(query, [ORG.into(), seq.into()])).await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<SystemBrief, StoreError> {
    let (system, seq, body) = (row.text(0)?, row.int(1)?, row.bytes(2)?);
    if body.is_empty() {
        return Ok(SystemBrief { system, seq, standing: None });
    }
    let deficiencies = unpacked(&body, &system)?;
    let standing = Standing {
        title: row.opt_text(5)?.unwrap_or_default(),
        unit: row.opt_text(6)?.unwrap_or_else(|| crate::records::NO_UNIT.to_owned()),
        rank: row.opt_real(3)?.unwrap_or_default(),
        summary: row.json(4)?,
        deficiencies,
    };
    Ok(SystemBrief { system, seq, standing: Some(standing) })
}

/// The units in which `sight` reaches what lies there; `None` when it reaches everything.
pub async fn reach(
    reader: &mut (impl Reader + Send),
    sight: &Sight,
) -> Result<Option<HashSet<String>>, StoreError> {
    let (account, role, unit) = match sight {
        Sight::Everything => return Ok(None),
        Sight::Nothing => return Ok(Some(HashSet::new())),
        Sight::Account { account, role, unit } => (account, role, unit),
        Sight::Within { scope, sight } => {
            let whole = Box::pin(reach(reader, sight)).await?;
            let Scope::Unit(unit) = scope else { return Ok(whole) };
            let within = below(reader, unit).await?;
            return Ok(Some(match whole {
                None => within,
                Some(whole) => within.intersection(&whole).cloned().collect(),
            }));
        }
    };
    let query = "SELECT DISTINCT uc.descendant FROM unit_closure uc
         JOIN role_grant rg ON rg.org = uc.org AND rg.unit_id = uc.ancestor
         WHERE uc.org = $1 AND rg.account_id = $2 AND rg.role >= $3";
    let values: [Value; 3] = [ORG.into(), account.into(), (*role as i64).into()];
    let rows = reader.rows(&sql(query, values)).await?;
    let held = rows.iter().map(|row| row.text(0)).collect::<Result<HashSet<_>, _>>()?;
    if unit.is_empty() {
        return Ok(Some(held));
    }
    let within = below(reader, unit).await?;
    Ok(Some(held.into_iter().filter(|held| within.contains(held)).collect()))
}

/// A unit and those below it.
async fn below(reader: &mut (impl Reader + Send), unit: &str) -> Result<HashSet<String>, StoreError> {
    let query = "SELECT descendant FROM unit_closure WHERE org = $1 AND ancestor = $2";
    let rows = reader.rows(&sql(query, [ORG.into(), unit.into()])).await?;
    rows.iter().map(|row| row.text(0)).collect()
}

/// A point of a system's trend: the day (its first microsecond) and the summary of that day.
pub type Point = (String, i64, PostureSummary);

/// The points of trends: a point per day on which something changed, oldest first. `systems` narrows to these.
pub async fn points(
    reader: &mut (impl Reader + Send),
    systems: Option<&[String]>,
) -> Result<Vec<Point>, StoreError> {
    let mut statement = Sql::new("SELECT system_id, day, summary FROM posture_day WHERE org = ");
    statement.bind(ORG);
    if let Some(systems) = systems {
        statement.push(" AND system_id IN (").bind_list(systems).push(")");
    }
    statement.push(" ORDER BY system_id, day");
    let rows = reader.rows(&statement).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.int(1)?, row.json(2)?))).collect()
}

fn packed(briefs: Vec<Brief>) -> Result<Vec<u8>, StoreError> {
    let rows: Vec<Packed> = briefs.into_iter().map(Packed::from).collect();
    pack(&rows).map_err(|error| StoreError::Damaged(format!("packing a posture: {error}")))
}

fn unpacked(body: &[u8], system: &str) -> Result<Vec<Brief>, StoreError> {
    let rows: Result<Vec<Packed>, _> = unpack(body);
    let rows =
        rows.map_err(|error| StoreError::Damaged(format!("posture in brief of system `{system}`: {error}")))?;
    Ok(rows.into_iter().map(Brief::from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn briefs_come_back_as_they_were_packed() {
        let brief = Brief {
            id: "def_1".into(),
            check: "vulnerability-open".into(),
            severity: Severity::High,
            due: Some(1_764_288_000_000_000),
            owner: "per_1".into(),
            planned: true,
            excepted: false,
            rank: 512.25,
            mark: u64::MAX - 1,
        };
        let briefs = vec![brief.clone(), Brief { due: None, owner: String::new(), ..brief }];
        assert_eq!(unpacked(&packed(briefs.clone()).unwrap(), "").unwrap(), briefs);
        assert!(
            !packed(Vec::new()).unwrap().is_empty(),
            "a system without deficiencies is not a removed one"
        );
        assert!(unpacked(b"damaged", "sys_1").unwrap_err().to_string().contains("sys_1"));
    }
}
