//! Records: current rows, their versions, lists.

mod written;

pub(crate) use written::RECENT_COLUMNS;
pub use written::{RecentChange, Written, act_of_leaf, of_leaf, recent};

use crate::changes::{self, Entry, RowHash, Table, hash_values};
use crate::db::{Reader, Row, Tx};
use crate::error::StoreError;
use crate::sight::Sight;
use crate::sql::{Sql, Value as Bound, contains_pattern, sql};
use crate::store::Write;
use crate::{ORG, blobs::Blobs, units};
use serde_json::Value;
use warrant_model::kind::KindScope;
use warrant_model::registry::KindEntry;

/// The unit of systems that have none: nobody's role reaches it but one for the whole organisation.
pub const NO_UNIT: &str = "-";

/// A record as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordRow {
    /// Identifier.
    pub id: String,
    /// Kind name.
    pub kind: String,
    /// Version, from 1.
    pub version: i64,
    /// Title.
    pub title: String,
    /// Workflow state, or empty.
    pub state: String,
    /// Unit, `""` for the organisation, [`NO_UNIT`] for none.
    pub unit: String,
    /// System, or empty.
    pub system: String,
    /// The body.
    pub body: Value,
    /// When version 1 took effect, microseconds.
    pub created_at: i64,
    /// When this version took effect, microseconds.
    pub updated_at: i64,
    /// Who wrote this version.
    pub updated_by: String,
}

const COLUMNS: &str = "r.id, r.kind, r.version, r.title, r.state, r.unit_id, r.system_id, r.body, r.created_at, r.updated_at, r.updated_by";

impl RecordRow {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.text(0)?,
            kind: row.text(1)?,
            version: row.int(2)?,
            title: row.text(3)?,
            state: row.text(4)?,
            unit: row.text(5)?,
            system: row.text(6)?,
            body: row.json(7)?,
            created_at: row.int(8)?,
            updated_at: row.int(9)?,
            updated_by: row.text(10)?,
        })
    }
}

/// A version of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionRow {
    /// Version, from 1.
    pub version: i64,
    /// When it took effect, microseconds.
    pub effective_at: i64,
    /// When it was recorded, microseconds.
    pub recorded_at: i64,
    /// Who wrote it.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// Whether this version deletes the record.
    pub deleted: bool,
    /// Index of its ledger leaf.
    pub leaf: i64,
    /// The body.
    pub body: Value,
}

/// A version to be written.
#[derive(Clone, Debug)]
pub struct NewVersion<'k> {
    /// The kind.
    pub kind: &'k KindEntry,
    /// Identifier.
    pub id: String,
    /// Checked body.
    pub body: Value,
    /// Whether it deletes the record.
    pub deleted: bool,
    /// The version it follows; 0 for a new record.
    pub follows: i64,
    /// Effect of version 1 (equal to the effect of this one for a new record), microseconds.
    pub created_at: i64,
}

/// Who writes, what and when: the same for every row of one change.
#[derive(Clone, Debug)]
pub struct Act {
    /// An account's e-mail, or `warrant`.
    pub actor: String,
    /// The name of the token through which a program acts for them.
    pub token: Option<String>,
    /// `create`, `update`, …
    pub action: String,
    /// When it takes effect, microseconds.
    pub effective_at: i64,
    /// When it is recorded, microseconds.
    pub recorded_at: i64,
}

impl Act {
    /// The ledger entry of this act, without rows.
    pub fn entry(&self, subject: impl Into<String>, rows: Vec<RowHash>) -> Entry {
        Entry {
            recorded_at: self.recorded_at,
            effective_at: self.effective_at,
            actor: self.actor.clone(),
            token: self.token.clone(),
            action: self.action.clone(),
            subject: subject.into(),
            rows,
            manifest: None,
        }
    }
}

/// Whose a body is: its system and unit ids.
pub fn scope_of(kind: &KindEntry, id: &str, body: &Value) -> (String, String) {
    let field = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let or_none = |unit: String| if unit.is_empty() { NO_UNIT.to_owned() } else { unit };
    match kind.spec.scope {
        KindScope::Organisation => (String::new(), String::new()),
        KindScope::System(name) | KindScope::SystemOrOrganisation(name) => (field(name), String::new()),
        KindScope::Unit(name) => (String::new(), or_none(field(name))),
        KindScope::IsSystem(name) => (id.to_owned(), or_none(field(name))),
        KindScope::IsUnit(_) => (String::new(), id.to_owned()),
    }
}

/// Everything a text search looks through: `|field=value|` in lower case.
pub fn search_text(body: &Value) -> String {
    let mut text = String::from("|");
    for (name, value) in body.as_object().into_iter().flatten() {
        let mut add = |value: &Value| {
            let plain = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            text.extend([name.as_str(), "=", &plain.to_lowercase(), "|"]);
        };
        match value {
            Value::Array(items) => items.iter().for_each(add),
            other => add(other),
        }
    }
    text
}

impl Write<'_> {
    /// Writes versions of records under one ledger entry. Refuses a version that does not follow the current
    /// one.
    pub async fn put_records(
        &mut self,
        blobs: &Blobs,
        act: &Act,
        subject: &str,
        versions: &[NewVersion<'_>],
    ) -> Result<i64, StoreError> {
        self.put_records_telling(blobs, act, subject, versions, &|| ()).await
    }

    /// The same, calling `told` after each version.
    pub async fn put_records_telling(
        &mut self,
        blobs: &Blobs,
        act: &Act,
        subject: &str,
        versions: &[NewVersion<'_>],
        told: &(dyn Fn() + Sync),
    ) -> Result<i64, StoreError> {
        let leaf = changes::next_index(&mut self.tx).await?;
        let mut hashes = Vec::with_capacity(versions.len());
        for new in versions {
            hashes.push(put_version(&mut self.tx, act, leaf, new).await?);
            told();
        }
        let mut entry = act.entry(subject, hashes);
        changes::settle_rows(blobs, &mut entry)?;
        changes::record(&mut self.tx, leaf, &entry).await?;
        Ok(leaf)
    }
}

async fn put_version(tx: &mut Tx, act: &Act, leaf: i64, new: &NewVersion<'_>) -> Result<RowHash, StoreError> {
    let query = "SELECT version FROM record WHERE org = $1 AND id = $2";
    let current = tx.first(&sql(query, [ORG.into(), (&new.id).into()])).await?;
    let current = match current {
        Some(row) => row.int(0)?,
        None => newest_version(tx, &new.id).await?,
    };
    if current != new.follows {
        return Err(StoreError::Conflict { id: new.id.clone(), current, expected: new.follows });
    }
    let spec = &new.kind.spec;
    let (system, unit) = scope_of(new.kind, &new.id, &new.body);
    let body = new.body.to_string();
    let version = current + 1;
    let insert = "INSERT INTO record_version (org, id, version, kind, unit_id, system_id, effective_at, recorded_at, actor, action, deleted, leaf, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    let values: Vec<Bound> = vec![
        ORG.into(),
        (&new.id).into(),
        version.into(),
        spec.name.into(),
        (&unit).into(),
        (&system).into(),
        act.effective_at.into(),
        act.recorded_at.into(),
        (&act.actor).into(),
        (&act.action).into(),
        new.deleted.into(),
        leaf.into(),
        (&body).into(),
    ];
    let hash = hash_values(&values);
    tx.execute(&Sql { text: insert.to_owned(), values }).await?;
    if new.deleted {
        let delete = "DELETE FROM record WHERE org = $1 AND id = $2";
        tx.execute(&sql(delete, [ORG.into(), (&new.id).into()])).await?;
    } else {
        put_current(tx, act, new, version, (system.as_str(), unit.as_str()), &body).await?;
    }
    units::follow(tx, new, &unit).await?;
    let key = format!("{}/{version}", new.id);
    Ok(RowHash { table: Table::RecordVersion, key, hash })
}

async fn newest_version(tx: &mut Tx, id: &str) -> Result<i64, StoreError> {
    let query = "SELECT COALESCE(MAX(version), 0) FROM record_version WHERE org = $1 AND id = $2";
    let row = tx.first(&sql(query, [ORG.into(), id.into()])).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

async fn put_current(
    tx: &mut Tx,
    act: &Act,
    new: &NewVersion<'_>,
    version: i64,
    (system, unit): (&str, &str),
    body: &str,
) -> Result<(), StoreError> {
    let upsert = "INSERT INTO record (org, id, kind, version, title, state, unit_id, system_id, body, search, created_at, updated_at, updated_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         ON CONFLICT (org, id) DO UPDATE SET version = excluded.version, title = excluded.title, state = excluded.state, unit_id = excluded.unit_id, system_id = excluded.system_id, body = excluded.body, search = excluded.search, updated_at = excluded.updated_at, updated_by = excluded.updated_by";
    let values: [Bound; 13] = [
        ORG.into(),
        (&new.id).into(),
        new.kind.spec.name.into(),
        version.into(),
        new.kind.title_of(&new.body).into(),
        new.kind.state_of(&new.body).unwrap_or_default().into(),
        unit.into(),
        system.into(),
        body.into(),
        search_text(&new.body).into(),
        new.created_at.into(),
        act.effective_at.into(),
        (&act.actor).into(),
    ];
    tx.execute(&sql(upsert, values)).await?;
    Ok(())
}

/// When a record took a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateStep {
    /// The record.
    pub id: String,
    /// When it took effect, microseconds.
    pub at: i64,
    /// The value of the state field; `None` once the record was removed.
    pub state: Option<String>,
}

/// Every version of a system's records of a kind (or of all systems' that `sight` reaches) as the state it
/// left the record in, oldest first.
pub async fn state_steps(
    reader: &mut (impl Reader + Send),
    kind: &KindEntry,
    system: Option<&str>,
    sight: &Sight,
) -> Result<Vec<StateStep>, StoreError> {
    let mut statement =
        Sql::new("SELECT v.id, v.effective_at, v.deleted, v.body FROM record_version v WHERE v.org = ");
    statement.bind(ORG).push(" AND v.kind = ").bind(kind.spec.name);
    if let Some(system) = system {
        statement.push(" AND v.system_id = ").bind(system);
    }
    sight.and_system(&mut statement, "v.system_id");
    statement.push(" ORDER BY v.effective_at, v.id, v.version");
    let step = |row: &Row| -> Result<StateStep, StoreError> {
        let body: Value = row.json(3)?;
        let state = (row.int(2)? == 0).then(|| kind.state_of(&body).unwrap_or_default().to_owned());
        Ok(StateStep { id: row.text(0)?, at: row.int(1)?, state })
    };
    reader.rows(&statement).await?.iter().map(step).collect()
}

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct RecordQuery {
    /// Kind name; empty for every kind.
    pub kind: String,
    /// Words that must occur, each anywhere.
    pub text: String,
    /// Only of this system.
    pub system: Option<String>,
    /// Only in this workflow state.
    pub state: Option<String>,
    /// Only with these field values.
    pub fields: Vec<(String, String)>,
    /// Order.
    pub order: RecordOrder,
    /// Descending.
    pub descending: bool,
    /// How many at most.
    pub limit: i64,
    /// How many to skip.
    pub offset: i64,
}

/// Columns records can be ordered by inside the database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RecordOrder {
    /// By title.
    #[default]
    Title,
    /// By workflow state.
    State,
    /// By last change.
    Updated,
}

impl RecordOrder {
    fn column(self) -> &'static str {
        match self {
            Self::Title => "r.title",
            Self::State => "r.state",
            Self::Updated => "r.updated_at",
        }
    }
}

fn conditions(statement: &mut Sql, query: &RecordQuery, sight: &Sight) {
    statement.push(" WHERE r.org = ").bind(ORG);
    if !query.kind.is_empty() {
        statement.push(" AND r.kind = ").bind(&query.kind);
    }
    if let Some(system) = &query.system {
        statement.push(" AND r.system_id = ").bind(system);
    }
    if let Some(state) = &query.state {
        statement.push(" AND r.state = ").bind(state);
    }
    for word in query.text.split_whitespace() {
        statement.push(" AND r.search LIKE ").bind(contains_pattern(word)).push(" ESCAPE '!'");
    }
    for (field, value) in &query.fields {
        let pattern = contains_pattern(&format!("|{field}={value}|"));
        statement.push(" AND r.search LIKE ").bind(pattern).push(" ESCAPE '!'");
    }
    sight.and_record(statement);
}

/// Records that fit a query, as far as `sight` reaches.
pub async fn list(
    reader: &mut (impl Reader + Send),
    query: &RecordQuery,
    sight: &Sight,
) -> Result<Vec<RecordRow>, StoreError> {
    let mut statement = Sql::default();
    statement.push("SELECT ").push(COLUMNS).push(" FROM record r");
    conditions(&mut statement, query, sight);
    statement.push(" ORDER BY ").push(query.order.column());
    statement.push(if query.descending { " DESC, r.id DESC" } else { ", r.id" });
    statement.push(" LIMIT ").bind(query.limit).push(" OFFSET ").bind(query.offset);
    reader.rows(&statement).await?.iter().map(RecordRow::read).collect()
}

/// What tells a version of a record from others, without its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordHead {
    /// Identifier.
    pub id: String,
    /// Version, from 1.
    pub version: i64,
}

/// The versions of records that fit a query, as far as `sight` reaches, in the order of [`list`].
pub async fn heads(
    reader: &mut (impl Reader + Send),
    query: &RecordQuery,
    sight: &Sight,
) -> Result<Vec<RecordHead>, StoreError> {
    let mut statement = Sql::new("SELECT r.id, r.version FROM record r");
    conditions(&mut statement, query, sight);
    statement.push(" ORDER BY ").push(query.order.column());
    statement.push(if query.descending { " DESC, r.id DESC" } else { ", r.id" });
    statement.push(" LIMIT ").bind(query.limit).push(" OFFSET ").bind(query.offset);
    let head = |row: &Row| Ok(RecordHead { id: row.text(0)?, version: row.int(1)? });
    reader.rows(&statement).await?.iter().map(head).collect()
}

/// How many records fit a query, counted up to `most`.
pub async fn count(
    reader: &mut (impl Reader + Send),
    query: &RecordQuery,
    sight: &Sight,
    most: i64,
) -> Result<i64, StoreError> {
    let mut statement = Sql::new("SELECT COUNT(*) FROM (SELECT 1 AS one FROM record r");
    conditions(&mut statement, query, sight);
    statement.push(" LIMIT ").bind(most).push(") AS counted");
    reader.first(&statement).await?.map_or(Ok(0), |row| row.int(0))
}

/// How many records of a query there are in each state.
pub async fn count_states(
    reader: &mut (impl Reader + Send),
    query: &RecordQuery,
    sight: &Sight,
) -> Result<Vec<(String, i64)>, StoreError> {
    let mut statement = Sql::new("SELECT r.state, COUNT(*) FROM record r");
    let stateless = RecordQuery { state: None, ..query.clone() };
    conditions(&mut statement, &stateless, sight);
    statement.push(" GROUP BY r.state ORDER BY r.state");
    reader.rows(&statement).await?.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect()
}

/// How many records of each kind `sight` reaches.
pub async fn count_kinds(
    reader: &mut (impl Reader + Send),
    sight: &Sight,
) -> Result<Vec<(String, i64)>, StoreError> {
    let mut statement = Sql::new("SELECT r.kind, COUNT(*) FROM record r");
    conditions(&mut statement, &RecordQuery::default(), sight);
    statement.push(" GROUP BY r.kind ORDER BY r.kind");
    reader.rows(&statement).await?.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect()
}

/// One record, if `sight` reaches it.
pub async fn get(
    reader: &mut (impl Reader + Send),
    id: &str,
    sight: &Sight,
) -> Result<Option<RecordRow>, StoreError> {
    let mut statement = Sql::default();
    statement.push("SELECT ").push(COLUMNS).push(" FROM record r WHERE r.org = ").bind(ORG);
    statement.push(" AND r.id = ").bind(id);
    sight.and_record(&mut statement);
    reader.first(&statement).await?.as_ref().map(RecordRow::read).transpose()
}

/// Records of these ids, if `sight` reaches them.
pub async fn get_many(
    reader: &mut (impl Reader + Send),
    ids: &[String],
    sight: &Sight,
) -> Result<Vec<RecordRow>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let mut statement = Sql::default();
        statement.push("SELECT ").push(COLUMNS).push(" FROM record r WHERE r.org = ").bind(ORG);
        statement.push(" AND r.id IN (").bind_list(chunk).push(")");
        sight.and_record(&mut statement);
        for row in reader.rows(&statement).await? {
            found.push(RecordRow::read(&row)?);
        }
    }
    Ok(found)
}

/// Ids and titles of a kind: for choosing a link.
pub async fn titles(
    reader: &mut (impl Reader + Send),
    kind: &str,
    system: Option<&str>,
    sight: &Sight,
    limit: i64,
) -> Result<Vec<(String, String)>, StoreError> {
    let query =
        RecordQuery { kind: kind.to_owned(), system: system.map(str::to_owned), ..Default::default() };
    let mut statement = Sql::new("SELECT r.id, r.title FROM record r");
    conditions(&mut statement, &query, sight);
    statement.push(" ORDER BY r.title, r.id LIMIT ").bind(limit);
    reader.rows(&statement).await?.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// The history of a record, newest first. The caller has checked that it may be seen.
pub async fn versions(reader: &mut (impl Reader + Send), id: &str) -> Result<Vec<VersionRow>, StoreError> {
    let query = "SELECT version, effective_at, recorded_at, actor, action, deleted, leaf, body FROM record_version WHERE org = $1 AND id = $2 ORDER BY version DESC";
    let rows = reader.rows(&sql(query, [ORG.into(), id.into()])).await?;
    rows.iter()
        .map(|row| {
            Ok(VersionRow {
                version: row.int(0)?,
                effective_at: row.int(1)?,
                recorded_at: row.int(2)?,
                actor: row.text(3)?,
                action: row.text(4)?,
                deleted: row.int(5)? != 0,
                leaf: row.int(6)?,
                body: row.json(7)?,
            })
        })
        .collect()
}

/// The record of a kind and title within a system (or the organisation), for imports that name records by title.
pub async fn find_by_title(
    reader: &mut (impl Reader + Send),
    kind: &str,
    title: &str,
    system: Option<&str>,
    sight: &Sight,
) -> Result<Vec<RecordRow>, StoreError> {
    let mut statement = Sql::default();
    statement.push("SELECT ").push(COLUMNS).push(" FROM record r WHERE r.org = ").bind(ORG);
    statement.push(" AND r.kind = ").bind(kind).push(" AND r.title = ").bind(title);
    if let Some(system) = system {
        statement.push(" AND r.system_id = ").bind(system);
    }
    sight.and_record(&mut statement);
    statement.push(" ORDER BY r.id LIMIT 3");
    reader.rows(&statement).await?.iter().map(RecordRow::read).collect()
}
