//! Stored postures: what lists, roll-ups and the queue read. Derived, and rebuilt at will.

use crate::ORG;
use crate::briefs::{self, Brief, Marks};
use crate::db::{Reader, Row, Tx};
use crate::error::StoreError;
use crate::sight::Sight;
use crate::sql::{Sql, Value, contains_pattern, sql};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};
use warrant_model::level::Severity;
use warrant_model::posture::{Deficiency, Posture};
use warrant_model::time::{day, micros};

/// Stores the posture of a system (or, for the empty id, of the programme): its summary, today's point of its
/// trend, and of its deficiencies only what differs from what is stored.
pub async fn put(tx: &mut Tx, posture: &Posture) -> Result<(), StoreError> {
    let summary = to_json(&posture.summary())?;
    let rank = posture.deficiencies.iter().find(|d| d.excepted.is_none()).map_or(0.0, |d| d.rank.score);
    let upsert = "INSERT INTO posture (org, system_id, valid_until, rank_score, summary) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (org, system_id) DO UPDATE SET valid_until = excluded.valid_until, rank_score = excluded.rank_score, summary = excluded.summary";
    let values = [
        ORG.into(),
        (&posture.system).into(),
        micros(posture.valid_until).into(),
        f64::from(rank).into(),
        (&summary).into(),
    ];
    tx.execute(&sql(upsert, values)).await?;
    let upsert = "INSERT INTO posture_day (org, system_id, day, summary) VALUES ($1, $2, $3, $4)
         ON CONFLICT (org, system_id, day) DO UPDATE SET summary = excluded.summary";
    let today = micros(warrant_model::time::start_of(day(posture.as_of)));
    tx.execute(&sql(upsert, [ORG.into(), (&posture.system).into(), today.into(), summary.into()])).await?;
    put_deficiencies(tx, posture).await
}

async fn put_deficiencies(tx: &mut Tx, posture: &Posture) -> Result<(), StoreError> {
    let mut marks = Marks::default();
    let mut before = match briefs::of_system(tx, &posture.system).await? {
        Some(briefs) => Before::Marks(briefs.into_iter().map(|brief| (brief.id, brief.mark)).collect()),
        // Forgotten, or of an older store: what is really there counts.
        None => Before::Bodies(stored(tx, &posture.system).await?),
    };
    let (mut changed, mut briefs) = (Vec::new(), Vec::with_capacity(posture.deficiencies.len()));
    for deficiency in &posture.deficiencies {
        let brief = Brief::of(deficiency, &mut marks)?;
        if let Some(body) = before.changed(deficiency, brief.mark)? {
            changed.push(deficiency_values(&posture.system, deficiency, body));
        }
        briefs.push(brief);
    }
    let gone = before.left();
    for chunk in gone.chunks(500) {
        let mut statement = Sql::new("DELETE FROM deficiency WHERE org = ");
        statement.bind(ORG).push(" AND id IN (").bind_list(chunk).push(")");
        tx.execute(&statement).await?;
    }
    let head = "INSERT INTO deficiency (org, id, system_id, check_id, severity, title, search, since, due, owner, planned, excepted, rank_score, body) VALUES";
    let tail = "ON CONFLICT (org, id) DO UPDATE SET severity = excluded.severity, title = excluded.title, search = excluded.search, since = excluded.since, due = excluded.due, owner = excluded.owner, planned = excluded.planned, excepted = excluded.excepted, rank_score = excluded.rank_score, body = excluded.body";
    tx.insert_rows(head, changed, tail).await?;
    briefs::put(tx, &posture.system, Some(briefs)).await
}

/// The stored deficiencies of a system, by id, of those not yet met again.
enum Before {
    /// Their marks.
    Marks(BTreeMap<String, u64>),
    /// Their bodies.
    Bodies(BTreeMap<String, String>),
}

impl Before {
    /// The body to store when it is not what is stored.
    fn changed(&mut self, deficiency: &Deficiency, mark: u64) -> Result<Option<String>, StoreError> {
        match self {
            Self::Marks(marks) => {
                let same = marks.remove(&deficiency.id) == Some(mark);
                (!same).then(|| to_json(deficiency)).transpose()
            }
            Self::Bodies(bodies) => {
                let body = to_json(deficiency)?;
                Ok((bodies.remove(&deficiency.id).as_ref() != Some(&body)).then_some(body))
            }
        }
    }

    /// What was not met again.
    fn left(self) -> Vec<String> {
        match self {
            Self::Marks(marks) => marks.into_keys().collect(),
            Self::Bodies(bodies) => bodies.into_keys().collect(),
        }
    }
}

/// What the words of a filter are looked for in, in small letters.
pub fn search_text(deficiency: &Deficiency) -> String {
    let said =
        [deficiency.title.as_str(), &deficiency.why, &deficiency.check, &deficiency.controls.join(" ")];
    said.join(" ").to_lowercase()
}

fn deficiency_values(system: &str, deficiency: &Deficiency, body: String) -> Vec<Value> {
    vec![
        ORG.into(),
        (&deficiency.id).into(),
        system.into(),
        (&deficiency.check).into(),
        i64::from(deficiency.severity.rank()).into(),
        (&deficiency.title).into(),
        search_text(deficiency).into(),
        micros(deficiency.since).into(),
        deficiency.due.map(|due| micros(warrant_model::time::start_of(due))).into(),
        deficiency.owner.clone().unwrap_or_default().into(),
        deficiency.poam_item.is_some().into(),
        deficiency.excepted.is_some().into(),
        f64::from(deficiency.rank.score).into(),
        body.into(),
    ]
}

fn to_json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Damaged(error.to_string()))
}

/// Removes what is stored of a system that is gone.
pub async fn remove(tx: &mut Tx, system: &str) -> Result<(), StoreError> {
    for table in ["DELETE FROM posture", "DELETE FROM deficiency"] {
        let mut statement = Sql::default();
        statement.push(table).push(" WHERE org = ").bind(ORG).push(" AND system_id = ").bind(system);
        tx.execute(&statement).await?;
    }
    briefs::put(tx, system, None).await
}

/// When the first posture will be overtaken by time, microseconds; `None`: none ever will.
pub async fn next_expiry(reader: &mut (impl Reader + Send)) -> Result<Option<i64>, StoreError> {
    let query = "SELECT MIN(valid_until) FROM posture WHERE org = $1 AND valid_until < $2";
    let row = reader.first(&sql(query, [ORG.into(), micros(Timestamp::MAX).into()])).await?;
    row.map_or(Ok(None), |row| row.opt_int(0))
}

/// Systems whose stored posture no longer holds at an instant (the empty id is the programme).
pub async fn expired(reader: &mut (impl Reader + Send), at: Timestamp) -> Result<Vec<String>, StoreError> {
    let query = "SELECT system_id FROM posture WHERE org = $1 AND valid_until <= $2";
    let rows = reader.rows(&sql(query, [ORG.into(), micros(at).into()])).await?;
    let mut systems = rows.iter().map(|row| row.text(0)).collect::<Result<Vec<_>, _>>()?;
    systems.sort_unstable();
    Ok(systems)
}

/// Whether a posture is stored that no longer holds.
pub async fn has_expired(
    reader: &mut (impl Reader + Send),
    system: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let query = "SELECT 1 FROM posture WHERE org = $1 AND system_id = $2 AND valid_until <= $3";
    let row = reader.first(&sql(query, [ORG.into(), system.into(), micros(at).into()])).await?;
    Ok(row.is_some())
}

/// What to list of the queue.
#[derive(Clone, Debug, Default)]
pub struct DeficiencyQuery {
    /// Words that must occur.
    pub text: String,
    /// Only of this system.
    pub system: Option<String>,
    /// Only by this check.
    pub check: Option<String>,
    /// Only of this severity.
    pub severity: Option<Severity>,
    /// Only those that fall to this person.
    pub owner: Option<String>,
    /// Only planned (`true`) or unplanned (`false`) ones.
    pub planned: Option<bool>,
    /// Whether excepted ones are left out, shown alone, or shown too.
    pub excepted: Option<bool>,
    /// Only those due on this day or before.
    pub due_by: Option<Date>,
    /// How many at most.
    pub limit: i64,
    /// How many to skip.
    pub offset: i64,
}

fn conditions(statement: &mut Sql, query: &DeficiencyQuery, sight: &Sight) {
    statement.push(" WHERE d.org = ").bind(ORG);
    if let Some(excepted) = query.excepted {
        statement.push(" AND d.excepted = ").bind(excepted);
    }
    if let Some(system) = &query.system {
        statement.push(" AND d.system_id = ").bind(system);
    }
    if let Some(check) = &query.check {
        statement.push(" AND d.check_id = ").bind(check);
    }
    if let Some(severity) = query.severity {
        statement.push(" AND d.severity = ").bind(i64::from(severity.rank()));
    }
    if let Some(owner) = &query.owner {
        statement.push(" AND d.owner = ").bind(owner);
    }
    if let Some(planned) = query.planned {
        statement.push(" AND d.planned = ").bind(planned);
    }
    if let Some(due) = query.due_by {
        statement.push(" AND d.due <= ").bind(micros(warrant_model::time::start_of(due)));
    }
    for word in query.text.split_whitespace() {
        statement.push(" AND d.search LIKE ").bind(contains_pattern(word)).push(" ESCAPE '!'");
    }
    sight.and_system(statement, "d.system_id");
}

/// A deficiency and the system it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct DeficiencyRow {
    /// The system, or empty for the programme.
    pub system: String,
    /// The deficiency.
    pub deficiency: Deficiency,
}

fn read(row: &Row) -> Result<DeficiencyRow, StoreError> {
    Ok(DeficiencyRow { system: row.text(0)?, deficiency: row.json(1)? })
}

/// The queue: highest rank first.
pub async fn list(
    reader: &mut (impl Reader + Send),
    query: &DeficiencyQuery,
    sight: &Sight,
) -> Result<Vec<DeficiencyRow>, StoreError> {
    let mut statement = Sql::new("SELECT d.system_id, d.body FROM deficiency d");
    conditions(&mut statement, query, sight);
    statement.push(" ORDER BY d.rank_score DESC, d.id LIMIT ").bind(query.limit);
    statement.push(" OFFSET ").bind(query.offset);
    reader.rows(&statement).await?.iter().map(read).collect()
}

/// Ids of the deficiencies whose text holds these words, as far as `sight` reaches.
pub async fn matching(
    reader: &mut (impl Reader + Send),
    text: &str,
    sight: &Sight,
) -> Result<HashSet<String>, StoreError> {
    let query = DeficiencyQuery { text: text.to_owned(), ..DeficiencyQuery::default() };
    let mut statement = Sql::new("SELECT d.id FROM deficiency d");
    conditions(&mut statement, &query, sight);
    reader.rows(&statement).await?.iter().map(|row| row.text(0)).collect()
}

/// The deficiencies of these ids, in this order, as far as `sight` reaches.
pub async fn get_many(
    reader: &mut (impl Reader + Send),
    ids: &[String],
    sight: &Sight,
) -> Result<Vec<DeficiencyRow>, StoreError> {
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let mut statement = Sql::new("SELECT d.system_id, d.body FROM deficiency d WHERE d.org = ");
        statement.bind(ORG).push(" AND d.id IN (").bind_list(chunk).push(")");
        sight.and_system(&mut statement, "d.system_id");
        for row in reader.rows(&statement).await? {
            let row = read(&row)?;
            found.insert(row.deficiency.id.clone(), row);
        }
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// One deficiency, if `sight` reaches it.
pub async fn get(
    reader: &mut (impl Reader + Send),
    id: &str,
    sight: &Sight,
) -> Result<Option<DeficiencyRow>, StoreError> {
    let mut statement = Sql::new("SELECT d.system_id, d.body FROM deficiency d WHERE d.org = ");
    statement.bind(ORG).push(" AND d.id = ").bind(id);
    sight.and_system(&mut statement, "d.system_id");
    reader.first(&statement).await?.as_ref().map(read).transpose()
}

/// Every stored deficiency of a system, by id: for comparing with a rebuild.
pub async fn stored(
    reader: &mut (impl Reader + Send),
    system: &str,
) -> Result<BTreeMap<String, String>, StoreError> {
    let query = "SELECT id, body FROM deficiency WHERE org = $1 AND system_id = $2";
    let rows = reader.rows(&sql(query, [ORG.into(), system.into()])).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}
