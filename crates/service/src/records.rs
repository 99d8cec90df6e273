//! Records of every kind: create, change, step through a life cycle, remove, list.

use crate::bulk::Worked;
use crate::life_cycle::step_role;
use crate::permission::{Deed, least_role};
use crate::{Actor, Service, ServiceError};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use warrant_catalog::index::{Index, normalize_control_id};
use warrant_model::field::{Field, FieldType};
use warrant_model::id::RecordId;
use warrant_model::kind::{FieldProblem, KindScope};
use warrant_model::registry::KindEntry;
use warrant_model::scope::Role;
use warrant_model::time::from_micros;
use warrant_store::evidence::Side;
use warrant_store::records::{self, Act, NewVersion, RecordQuery, RecordRow, VersionRow, scope_of};
use warrant_store::{StoreError, Tx, evidence, postures, reach};

/// A page of records.
#[derive(Clone, Debug, Default)]
pub struct RecordPage {
    /// The rows.
    pub rows: Vec<RecordRow>,
    /// How many fit the query in all, counted up to [`COUNT_LIMIT`].
    pub total: i64,
    /// How many in each workflow state, leaving the state filter aside.
    pub states: Vec<(String, i64)>,
}

/// Counting stops here; a page then says "10,000+".
pub const COUNT_LIMIT: i64 = 10_001;

/// A change asked for.
#[derive(Clone, Debug)]
pub enum Change {
    /// A new record.
    Create {
        /// The identifier, when other changes of the same act link to it; `None` makes one.
        id: Option<String>,
        /// The body.
        body: Value,
    },
    /// A new body for a record.
    Update {
        /// The record.
        id: String,
        /// The version it was read at.
        version: i64,
        /// The body.
        body: Value,
    },
    /// The record goes.
    Delete {
        /// The record.
        id: String,
        /// The version it was read at.
        version: i64,
    },
}

impl Change {
    fn new_id(&self) -> Option<&str> {
        match self {
            Self::Create { id, .. } => id.as_deref(),
            _ => None,
        }
    }
}

/// How the problems of the n-th change are worded.
type Worded<'a> = dyn Fn(usize, Vec<FieldProblem>) -> Vec<FieldProblem> + Sync + 'a;

/// What was written: the records, and the ledger entry.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) ids: Vec<String>,
    pub(crate) leaf: i64,
}

/// A change that has been checked.
#[derive(Debug)]
pub(crate) struct Checked<'k> {
    pub(crate) version: NewVersion<'k>,
    /// Systems whose posture it touches (the empty id is the programme).
    pub(crate) touches: BTreeSet<String>,
}

impl Service {
    /// The kind of a name.
    pub fn kind(&self, name: &str) -> Result<&KindEntry, ServiceError> {
        let kind = self.registry().kind(name);
        kind.ok_or_else(|| ServiceError::NotFound { what: "kind of record", name: name.to_owned() })
    }

    /// A page of records the actor may see.
    pub async fn list_records(&self, actor: &Actor, query: &RecordQuery) -> Result<RecordPage, ServiceError> {
        let kind = self.kind(&query.kind)?;
        let (mut db, sees) = (self.store().db(), actor.sees());
        let rows = records::list(&mut db, query, &sees).await?;
        let total = records::count(&mut db, query, &sees, COUNT_LIMIT).await?;
        let states = match kind.spec.workflow {
            Some(_) => records::count_states(&mut db, query, &sees).await?,
            None => Vec::new(),
        };
        Ok(RecordPage { rows, total, states })
    }

    /// One record.
    pub async fn record(&self, actor: &Actor, id: &str) -> Result<RecordRow, ServiceError> {
        self.visible(actor, id).await
    }

    /// The versions of a record, newest first. A removed record's history stays readable to officers.
    pub async fn history(&self, actor: &Actor, id: &str) -> Result<Vec<VersionRow>, ServiceError> {
        if actor.everywhere < Some(Role::Officer) {
            self.visible(actor, id).await?;
        }
        Ok(records::versions(&mut self.store().db(), id).await?)
    }

    /// Creates a record and returns it.
    pub async fn create(&self, actor: &Actor, kind: &str, body: Value) -> Result<RecordRow, ServiceError> {
        let act = self.act(actor, "create");
        let ids = self.change(actor, &act, kind, vec![Change::Create { id: None, body }]).await?;
        self.visible(&Actor::program(), ids.first().map_or("", |id| id)).await
    }

    /// Replaces a record's body and returns the record.
    pub async fn update(
        &self,
        actor: &Actor,
        id: &str,
        version: i64,
        body: Value,
    ) -> Result<RecordRow, ServiceError> {
        let row = self.visible(actor, id).await?;
        let act = self.act(actor, "update");
        self.change(actor, &act, &row.kind, vec![Change::Update { id: id.to_owned(), version, body }])
            .await?;
        self.visible(&Actor::program(), id).await
    }

    /// Changes some fields of a record, leaving the others as they are. `Value::Null` empties a field.
    pub async fn patch(
        &self,
        actor: &Actor,
        id: &str,
        version: Option<i64>,
        fields: &[(String, Value)],
    ) -> Result<RecordRow, ServiceError> {
        let row = self.visible(actor, id).await?;
        let body = patched(row.body, fields);
        self.update(actor, id, version.unwrap_or(row.version), body).await
    }

    /// Takes a record into another state of its life cycle, filling in fields on the way.
    pub async fn transition(
        &self,
        actor: &Actor,
        id: &str,
        to: &str,
        fields: &[(String, Value)],
    ) -> Result<RecordRow, ServiceError> {
        let row = self.visible(actor, id).await?;
        let kind = self.kind(&row.kind)?;
        let Some(workflow) = kind.spec.workflow else {
            return Err(ServiceError::Refused(format!("a {} has no states", kind.spec.title)));
        };
        let mut body = patched(row.body, fields);
        body[workflow.field] = Value::from(to);
        let act = self.act(actor, &format!("state:{to}"));
        let change = Change::Update { id: id.to_owned(), version: row.version, body };
        self.change(actor, &act, &row.kind, vec![change]).await?;
        self.visible(&Actor::program(), id).await
    }

    /// Removes a record. Its history stays.
    pub async fn delete(&self, actor: &Actor, id: &str, version: i64) -> Result<(), ServiceError> {
        let row = self.visible(actor, id).await?;
        let act = self.act(actor, "delete");
        self.change(actor, &act, &row.kind, vec![Change::Delete { id: id.to_owned(), version }]).await?;
        Ok(())
    }

    /// The one write path of records: checks every change, writes all or none, with one ledger entry, and
    /// brings every posture they touch up to date in the same transaction. Returns the ids.
    pub async fn change(
        &self,
        actor: &Actor,
        act: &Act,
        kind: &str,
        changes: Vec<Change>,
    ) -> Result<Vec<String>, ServiceError> {
        let kind = self.kind(kind)?;
        let worded = |_: usize, problems| problems;
        Ok(self.change_counting(actor, act, kind, changes, &worded, &Worked::default()).await?.ids)
    }

    /// [`Service::change`], with problems of the n-th change worded by the caller, telling how far it has come and which
    /// ledger entry it left.
    pub(crate) async fn change_counting(
        &self,
        actor: &Actor,
        act: &Act,
        kind: &KindEntry,
        changes: Vec<Change>,
        worded: &Worded<'_>,
        worked: &Worked,
    ) -> Result<Done, ServiceError> {
        let mut attempt = 0;
        loop {
            worked.begin(changes.len());
            match self.change_once(actor, act, kind, &changes, (worded, worked)).await {
                Err(ServiceError::Store(error)) if error.is_transient() && attempt < 5 => attempt += 1,
                done => return done,
            }
        }
    }

    /// What [`Service::change`] would say of changes, without making them.
    ///
    /// # Errors
    /// As [`Service::change`].
    pub(crate) async fn would_change(
        &self,
        actor: &Actor,
        act: &Act,
        kind: &KindEntry,
        changes: &[Change],
        worded: &Worded<'_>,
    ) -> Result<(), ServiceError> {
        let mut write = self.store().begin().await?;
        self.check_all(&mut write.tx, actor, act, kind, changes, (worded, &Worked::default())).await?;
        Ok(())
    }

    /// Checks changes, telling how far it has come.
    async fn check_all<'k>(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        act: &Act,
        kind: &'k KindEntry,
        changes: &[Change],
        (worded, worked): (&Worded<'_>, &Worked),
    ) -> Result<Vec<Checked<'k>>, ServiceError> {
        let made: BTreeSet<&str> = changes.iter().filter_map(Change::new_id).collect();
        let mut checked = Vec::with_capacity(changes.len());
        let mut problems = Vec::new();
        for (nth, change) in changes.iter().enumerate() {
            match self.check(tx, actor, act, kind, change, &made).await {
                Ok(change) => checked.push(change),
                Err(ServiceError::Invalid(found)) => problems.extend(worded(nth, found)),
                Err(error) => return Err(error),
            }
            worked.step();
        }
        if !problems.is_empty() {
            problems.truncate(50);
            return Err(ServiceError::Invalid(problems));
        }
        Ok(checked)
    }

    async fn change_once(
        &self,
        actor: &Actor,
        act: &Act,
        kind: &KindEntry,
        changes: &[Change],
        (worded, worked): (&Worded<'_>, &Worked),
    ) -> Result<Done, ServiceError> {
        let mut write = self.store().begin().await?;
        let checked = self.check_all(&mut write.tx, actor, act, kind, changes, (worded, worked)).await?;
        let versions: Vec<_> = checked.iter().map(|checked| checked.version.clone()).collect();
        let ids: Vec<_> = versions.iter().map(|version| version.id.clone()).collect();
        let subject = match ids.as_slice() {
            [one] => one.clone(),
            many => format!("{} {}", many.len(), kind.spec.plural),
        };
        let leaf = write
            .put_records_telling(self.store().blobs(), act, &subject, &versions, &|| worked.step())
            .await?;
        let mut touched: BTreeSet<String> = BTreeSet::new();
        for checked in checked {
            touched.extend(checked.touches);
        }
        self.follow(&mut write.tx, kind, &ids, touched).await?;
        write.commit().await?;
        self.wrote();
        Ok(Done { ids, leaf })
    }

    /// Brings what depends on records up to date inside their transaction.
    pub(crate) async fn follow(
        &self,
        tx: &mut Tx,
        kind: &KindEntry,
        ids: &[String],
        mut touched: BTreeSet<String>,
    ) -> Result<(), ServiceError> {
        let shared =
            matches!(kind.spec.scope, KindScope::Organisation | KindScope::IsUnit(_) | KindScope::Unit(_));
        if shared {
            touched.insert(String::new());
            touched.extend(reach::referring_systems(tx, ids).await?);
            touched.extend(reach::systems_under(tx, kind.spec.name, ids).await?);
        }
        if kind.spec.name == "system" {
            evidence::tick(tx, "", Side::Records).await?;
        }
        for system in &touched {
            evidence::tick(tx, system, Side::Records).await?;
        }
        for system in &touched {
            self.renew(tx, system).await?;
        }
        if postures::has_expired(tx, "", self.now()).await? {
            self.renew(tx, "").await?;
        }
        Ok(())
    }

    async fn check<'k>(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        act: &Act,
        kind: &'k KindEntry,
        change: &Change,
        made: &BTreeSet<&str>,
    ) -> Result<Checked<'k>, ServiceError> {
        let (id, expected, body) = match change {
            Change::Create { id, body } => (id.clone().unwrap_or_else(|| new_id(kind)), None, Some(body)),
            Change::Update { id, version, body } => (id.clone(), Some(*version), Some(body)),
            Change::Delete { id, version } => (id.clone(), Some(*version), None),
        };
        let current = match expected {
            None => None,
            Some(version) => {
                let row = records::get(tx, &id, &actor.sees()).await?;
                let row = row.filter(|row| row.kind == kind.spec.name);
                let row = row.ok_or_else(|| ServiceError::NotFound { what: "record", name: id.clone() })?;
                if row.version != version {
                    let current = row.version;
                    return Err(StoreError::Conflict { id, current, expected: version }.into());
                }
                if act.effective_at < row.updated_at {
                    let newest = from_micros(row.updated_at);
                    let message =
                        format!("{id} already changed at {newest}; history cannot be written before that");
                    return Err(ServiceError::Refused(message));
                }
                Some(row)
            }
        };
        // Whoever created a record may take it back as long as nobody has touched it.
        let own = |row: &RecordRow| row.version == 1 && row.updated_by == actor.email;
        let removes = body.is_none() && !current.as_ref().is_some_and(own);
        let role = least_role(if removes { Deed::Delete } else { Deed::Edit(kind) });
        let mut touches = BTreeSet::new();
        if let Some(row) = &current {
            crate::permission::require(tx, actor, role, (&row.system, &row.unit)).await?;
            touches.insert(row.system.clone());
        }
        let normal = match body {
            None => current.as_ref().map_or(Value::Null, |row| row.body.clone()),
            Some(body) => {
                let normal = kind.check(body).map_err(ServiceError::Invalid)?;
                let normal = self.check_references(tx, actor, kind, normal, made).await?;
                let (system, unit) = scope_of(kind, &id, &normal);
                let unit = if current.is_none() { parent_unit(kind, &normal).unwrap_or(unit) } else { unit };
                let scope = match kind.spec.scope {
                    KindScope::IsSystem(_) => ("", unit.as_str()),
                    _ => (system.as_str(), unit.as_str()),
                };
                let role = role.max(step_role(kind, current.as_ref(), &normal)?);
                crate::permission::require(tx, actor, role, scope).await?;
                crate::risk::separation::separate(tx, actor, kind, current.as_ref(), &normal).await?;
                touches.insert(system);
                normal
            }
        };
        if current.as_ref().is_some_and(|row| body.is_some() && row.body == normal) {
            touches.clear();
        }
        let version = NewVersion {
            kind,
            id,
            body: normal,
            deleted: body.is_none(),
            follows: current.as_ref().map_or(0, |row| row.version),
            created_at: current.as_ref().map_or(act.effective_at, |row| row.created_at),
        };
        Ok(Checked { version, touches })
    }

    /// Checks that links lead to records the actor may see, of the right kind and, for parts of a system, of
    /// the same system; and that control ids exist. Returns the body with control ids in catalogue form.
    async fn check_references(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        kind: &KindEntry,
        mut body: Value,
        made: &BTreeSet<&str>,
    ) -> Result<Value, ServiceError> {
        let mut problems = Vec::new();
        let (own_system, _) = scope_of(kind, "", &body);
        for field in &kind.fields {
            match &field.value {
                FieldType::Link(target, _) => {
                    let ids = texts(&body[&field.name]);
                    let found = records::get_many(tx, &ids, &actor.sees()).await?;
                    let own = |id: &&String| target == kind.spec.name && made.contains(id.as_str());
                    for id in ids.iter().filter(|id| !own(id)) {
                        problems.extend(link_problem(self, field, target, &own_system, id, &found));
                    }
                }
                FieldType::Control(_) => {
                    let given = body.get_mut(&field.name);
                    problems.extend(given.and_then(|given| normalise_controls(field, given).err()));
                }
                _ => {}
            }
        }
        if problems.is_empty() { Ok(body) } else { Err(ServiceError::Invalid(problems)) }
    }

    /// Ids and titles to choose from for a link field.
    pub async fn choices(
        &self,
        actor: &Actor,
        kind: &str,
        system: Option<&str>,
    ) -> Result<Vec<(String, String)>, ServiceError> {
        let entry = self.kind(kind)?;
        let system = system.filter(|_| matches!(entry.spec.scope, KindScope::System(_)));
        if kind == "person" {
            let query = RecordQuery { kind: kind.to_owned(), limit: 2_000, ..RecordQuery::default() };
            let people = records::list(&mut self.store().db(), &query, &actor.sees()).await?;
            let named = |row: RecordRow| (row.id, shown_title(&row.kind, row.title, &row.body));
            return Ok(people.into_iter().map(named).collect());
        }
        Ok(records::titles(&mut self.store().db(), kind, system, &actor.sees(), 2_000).await?)
    }

    /// Titles of records by id, people by their names, as far as the actor may see them.
    pub async fn titles_of(
        &self,
        actor: &Actor,
        ids: &[String],
    ) -> Result<BTreeMap<String, String>, ServiceError> {
        let found = records::get_many(&mut self.store().db(), ids, &actor.sees()).await?;
        Ok(found.into_iter().map(|row| (row.id, shown_title(&row.kind, row.title, &row.body))).collect())
    }

    /// Titles of the records that bodies link to, by id.
    pub async fn link_titles(
        &self,
        actor: &Actor,
        rows: &[RecordRow],
    ) -> Result<BTreeMap<String, String>, ServiceError> {
        let mut ids = BTreeSet::new();
        for row in rows {
            let Some(kind) = self.registry().kind(&row.kind) else { continue };
            for field in kind.fields.iter().filter(|f| matches!(f.value, FieldType::Link(..))) {
                ids.extend(texts(&row.body[&field.name]));
            }
        }
        let ids: Vec<_> = ids.into_iter().collect();
        let found = records::get_many(&mut self.store().db(), &ids, &actor.sees()).await?;
        Ok(found.into_iter().map(|row| (row.id, shown_title(&row.kind, row.title, &row.body))).collect())
    }
}

/// People are known by name, everything else by its title.
fn shown_title(kind: &str, title: String, body: &Value) -> String {
    match body["name"].as_str() {
        Some(name) if kind == "person" && !name.is_empty() => name.to_owned(),
        _ => title,
    }
}

fn parent_unit(kind: &KindEntry, body: &Value) -> Option<String> {
    let KindScope::IsUnit(parent) = kind.spec.scope else { return None };
    Some(body[parent].as_str().unwrap_or_default().to_owned())
}

fn link_problem(
    service: &Service,
    field: &Field,
    target: &str,
    own_system: &str,
    id: &str,
    found: &[RecordRow],
) -> Option<FieldProblem> {
    let Some(row) = found.iter().find(|row| row.id == id && row.kind == target) else {
        let what = service.registry().kind(target).map_or(target, |kind| kind.spec.title);
        return Some(FieldProblem::new(&field.name, format!("there is no {what} `{id}`")));
    };
    let part_of_system =
        service.registry().kind(target).is_some_and(|kind| matches!(kind.spec.scope, KindScope::System(_)));
    if part_of_system && !own_system.is_empty() && row.system != own_system {
        return Some(FieldProblem::new(&field.name, format!("`{}` belongs to another system", row.title)));
    }
    None
}

fn normalise_controls(field: &Field, value: &mut Value) -> Result<(), FieldProblem> {
    let normal = |text: &str| {
        let index = Index::embedded();
        let id = text.trim().to_lowercase();
        let known = index.by_id(&id).is_some() || index.statement_by_id(&id).is_some();
        let id =
            if known { Some(id) } else { normalize_control_id(text).filter(|id| index.by_id(id).is_some()) };
        id.ok_or_else(|| FieldProblem::new(&field.name, format!("`{text}` is no control of the catalogue")))
    };
    match value {
        Value::String(text) if !text.is_empty() => *text = normal(text)?,
        Value::Array(items) => {
            for item in items {
                if let Value::String(text) = item {
                    *text = normal(text)?;
                }
            }
        }
        _ => {}
    }
    Ok(())
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if !text.is_empty() => vec![text.clone()],
        Value::Array(items) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

pub(crate) fn patched(mut body: Value, fields: &[(String, Value)]) -> Value {
    if let Some(object) = body.as_object_mut() {
        for (name, value) in fields {
            match value {
                Value::Null => drop(object.remove(name)),
                value => drop(object.insert(name.clone(), value.clone())),
            }
        }
    }
    body
}

pub(crate) fn new_id(kind: &KindEntry) -> String {
    RecordId::new(kind.spec.prefix, uuid::Uuid::now_v7()).0
}
