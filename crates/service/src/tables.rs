//! Records as tables: import from CSV, XLSX or ODS; export; the POA&M workbook.

mod of_baseline;
pub(crate) use of_baseline::{decision_row, parameter_row, taken_row};
mod shape;

pub use shape::{Shape, TableFormat};

use crate::bulk::Worked;
use crate::import::Mode;
use crate::queue::QueueThen;
use crate::records::Change;
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};
use warrant_intake::Limits;
use warrant_intake::table::{Row, Sheet, Table, read_table};
use warrant_model::field::{Field, FieldType, label_of};
use warrant_model::kind::{FieldProblem, KindScope, Record};
use warrant_model::kinds::{PoamItem, System};
use warrant_model::registry::KindEntry;
use warrant_model::time::from_micros;
use warrant_report::table::{Cell, Column as ReportColumn, ColumnKind};
use warrant_report::tables::{
    Heading, PoamRow, PriorityCells, deficiencies_table, findings_table, poam_table, records_table,
    systems_table,
};
use warrant_report::{to_csv, to_json, to_xlsx_book, value_of};
use warrant_store::findings::FindingQuery;
use warrant_store::postures::DeficiencyQuery;
use warrant_store::records::{self, RecordQuery, RecordRow};

/// What a table import did or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct TableOutcome {
    /// Rows that became new records.
    pub created: usize,
    /// Rows that changed a record.
    pub updated: usize,
    /// Rows that say what is already there.
    pub unchanged: usize,
    /// The ledger entry, by which it can be undone; `None` when nothing was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leaf: Option<i64>,
}

/// The most records of one export.
pub const EXPORT_LIMIT: i64 = 1_000_000;

impl Service {
    /// Imports records of a kind from a table: all rows or none. A row with the identity of an existing
    /// record changes that record; a column that is absent leaves its field alone; an empty cell empties it.
    pub async fn import_table(
        &self,
        actor: &Actor,
        kind: &str,
        (name, bytes): (&str, &[u8]),
        mode: Mode,
    ) -> Result<TableOutcome, ServiceError> {
        let kind = self.kind(kind)?;
        let limits = Limits::default();
        let unread = |source| ServiceError::File { file: name.to_owned(), source };
        let table = read_table(bytes, Sheet::First, &limits).map_err(unread)?;
        let columns = columns_of(kind, &table, name)?;
        let mut rows = Rows::load(self, actor, kind).await?;
        let mut problems = Vec::new();
        let mut outcome = TableOutcome::default();
        let mut changes = Vec::new();
        for row in &table.rows {
            match rows.change(self, actor, kind, &columns, row).await? {
                Ok(Some(change)) => {
                    let made = if matches!(change, Change::Create { .. }) {
                        &mut outcome.created
                    } else {
                        &mut outcome.updated
                    };
                    *made += 1;
                    changes.push((row.line, change));
                }
                Ok(None) => outcome.unchanged += 1,
                Err(found) => problems.extend(at_line(name, row.line, found)),
            }
        }
        if !problems.is_empty() {
            problems.truncate(50);
            return Err(ServiceError::Invalid(problems));
        }
        if mode == Mode::Commit && !changes.is_empty() {
            let act = self.act(actor, "import-table");
            let (lines, changes): (Vec<_>, Vec<_>) = changes.into_iter().unzip();
            let worded = |at: usize, found| at_line(name, lines.get(at).copied().unwrap_or_default(), found);
            let done = self.change_counting(actor, &act, kind, changes, &worded, &Worked::default()).await?;
            outcome.leaf = Some(done.leaf);
        }
        Ok(outcome)
    }

    /// Exports the records of a query as a table that can be imported again.
    pub async fn export_records(
        &self,
        actor: &Actor,
        query: &RecordQuery,
        shape: impl Into<Shape> + Send,
    ) -> Result<Vec<u8>, ServiceError> {
        let kind = self.kind(&query.kind)?;
        let query = RecordQuery { limit: EXPORT_LIMIT, offset: 0, ..query.clone() };
        let rows = records::list(&mut self.store().db(), &query, &actor.sees()).await?;
        let titles = self.import_titles(actor, &rows).await?;
        let title_of = |_: &str, id: &str| titles.get(id).cloned().unwrap_or_else(|| id.to_owned());
        let cells = rows.iter().map(|row| (row.id.as_str(), &row.body));
        let mut table = records_table(kind, cells, &title_of, self.heading(&kind.spec.plural.to_lowercase()));
        let shape = shape.into();
        // An import leaves this column aside, so it is there for those who ask for it alone.
        if shape.columns.iter().any(|title| title == "updated") && kind.field("updated").is_none() {
            table.columns.push(ReportColumn::new("updated", ColumnKind::Date));
            for (cells, row) in table.rows.iter_mut().zip(&rows) {
                cells.push(Cell::Time(from_micros(row.updated_at)));
            }
        }
        self.written(&table, shape)
    }

    /// Exports POA&M items as practitioners hand them in.
    pub async fn export_poam(
        &self,
        actor: &Actor,
        query: &RecordQuery,
        shape: impl Into<Shape> + Send,
    ) -> Result<Vec<u8>, ServiceError> {
        let query =
            RecordQuery { kind: "poam_item".to_owned(), limit: EXPORT_LIMIT, offset: 0, ..query.clone() };
        let rows = records::list(&mut self.store().db(), &query, &actor.sees()).await?;
        self.export_poam_items(actor, &rows, shape).await
    }

    /// The same for items that were listed before.
    pub async fn export_poam_items(
        &self,
        actor: &Actor,
        rows: &[RecordRow],
        shape: impl Into<Shape> + Send,
    ) -> Result<Vec<u8>, ServiceError> {
        let mut db = self.store().db();
        let titles = self.link_titles(actor, rows).await?;
        let title_of = |_: &str, id: &str| titles.get(id).cloned().unwrap_or_else(|| id.to_owned());
        let mut items = Vec::new();
        for row in rows {
            let versions = records::versions(&mut db, &row.id).await?;
            let original = versions.last().and_then(|first| warrant_model::kind::parse_body(&first.body));
            items.push((typed::<PoamItem>(row)?, original));
        }
        let rows: Vec<_> =
            items.iter().map(|(item, original)| PoamRow { item, original: original.as_ref() }).collect();
        self.written(&poam_table(&rows, &title_of, self.heading("POA&M items")), shape)
    }

    /// Exports the queue, as it stood at an instant if one is named.
    pub async fn export_queue(
        &self,
        actor: &Actor,
        query: &DeficiencyQuery,
        at: Option<Timestamp>,
        shape: impl Into<Shape> + Send,
    ) -> Result<Vec<u8>, ServiceError> {
        let query = DeficiencyQuery { limit: EXPORT_LIMIT, offset: 0, ..query.clone() };
        let rows = match at {
            None => warrant_store::postures::list(&mut self.store().db(), &query, &actor.sees()).await?,
            Some(at) => match self.queue_at(actor, &query, 0, at).await? {
                QueueThen::Told(told) => told.1.rows,
                QueueThen::Narrow(_, systems) => {
                    let told =
                        format!("the queue of {systems} systems on a past day is too much: choose a system");
                    return Err(ServiceError::Refused(told));
                }
            },
        };
        let titles = self.people_and_systems(actor).await?;
        let title_of = |_: &str, id: &str| titles.get(id).cloned().unwrap_or_else(|| id.to_owned());
        let rows = rows.iter().map(|row| (row.system.as_str(), &row.deficiency));
        self.written(&deficiencies_table(rows, &title_of, self.heading("deficiencies")), shape)
    }

    /// Exports these systems with their postures, in this order, as far as the actor may see them.
    pub async fn export_systems(
        &self,
        actor: &Actor,
        ids: &[String],
        shape: impl Into<Shape> + Send,
    ) -> Result<Vec<u8>, ServiceError> {
        let found = records::get_many(&mut self.store().db(), ids, &actor.sees()).await?;
        let mut found: HashMap<_, _> = found.into_iter().map(|row| (row.id.clone(), row)).collect();
        let rows: Vec<_> = ids.iter().filter_map(|id| found.remove(id)).collect();
        let titles = self.link_titles(actor, &rows).await?;
        let title_of = |_: &str, id: &str| titles.get(id).cloned().unwrap_or_else(|| id.to_owned());
        let systems = rows.iter().filter(|row| row.kind == "system");
        let systems = systems.map(typed::<System>).collect::<Result<Vec<_>, _>>()?;
        let summaries = self.summaries(actor).await?;
        let summaries: HashMap<_, _> = summaries.iter().map(|s| (s.system.as_str(), s.as_ref())).collect();
        let rows = systems.iter().map(|system| (system, summaries.get(system.id.as_str()).copied()));
        self.written(&systems_table(rows, &title_of, self.heading("systems")), shape)
    }

    /// Exports findings.
    pub async fn export_findings(
        &self,
        actor: &Actor,
        query: &FindingQuery,
        shape: impl Into<Shape> + Send,
    ) -> Result<Vec<u8>, ServiceError> {
        let query = FindingQuery { limit: EXPORT_LIMIT, offset: 0, ..query.clone() };
        let search = warrant_store::findings::search(&mut self.store().db(), &query).await?;
        let rows = warrant_store::findings::list(&mut self.store().db(), &search, &actor.sees()).await?;
        let titles = self.system_names(actor).await?;
        let title_of = |_: &str, id: &str| titles.get(id).cloned().unwrap_or_else(|| id.to_owned());
        let since = crate::findings::open_longer(&mut self.store().db(), &rows).await?;
        let priorities = self.priorities(&mut self.store().db(), &rows, &since).await?;
        let rows = rows.iter().map(|row| {
            let told = priorities.get(&row.id);
            (
                row,
                told.map(|told| PriorityCells {
                    decision: told.decision,
                    due: told.due,
                    why: &told.sentence,
                }),
            )
        });
        self.written(&findings_table(rows, &title_of, self.heading("findings")), shape)
    }

    /// Any table in a format.
    pub fn written(
        &self,
        table: &warrant_report::Table,
        shape: impl Into<Shape>,
    ) -> Result<Vec<u8>, ServiceError> {
        let Shape { format, columns } = shape.into();
        let narrowed = (!columns.is_empty()).then(|| table.clone().only(&columns));
        let table = narrowed.as_ref().unwrap_or(table);
        let failed = |error: warrant_report::ReportError| ServiceError::Refused(error.to_string());
        match format {
            TableFormat::Csv => Ok(to_csv(table)),
            TableFormat::Json => serde_json::to_vec_pretty(&to_json(table))
                .map_err(|error| ServiceError::Refused(error.to_string())),
            TableFormat::Xlsx => to_xlsx_book(std::slice::from_ref(table), self.now()).map_err(failed),
        }
    }

    /// What is written around a table made now.
    pub fn heading(&self, what: &str) -> Heading {
        Heading {
            marking: self.kept_marking().get(),
            source: format!("Warrant, {what} as of {:.0}", self.now()),
        }
    }

    /// Titles that an import would find the linked records by.
    async fn import_titles(
        &self,
        actor: &Actor,
        rows: &[RecordRow],
    ) -> Result<BTreeMap<String, String>, ServiceError> {
        let mut titles = self.link_titles(actor, rows).await?;
        let people = records::titles(&mut self.store().db(), "person", None, &actor.sees(), 100_000).await?;
        titles.extend(people);
        Ok(titles)
    }

    async fn people_and_systems(&self, actor: &Actor) -> Result<BTreeMap<String, String>, ServiceError> {
        let query = RecordQuery { kind: "person".to_owned(), limit: 100_000, ..RecordQuery::default() };
        let people = records::list(&mut self.store().db(), &query, &actor.sees()).await?;
        let mut titles = self.system_names(actor).await?;
        titles.extend(people.into_iter().map(|row| {
            let name = row.body["name"].as_str().map(str::to_owned);
            (row.id, name.unwrap_or(row.title))
        }));
        Ok(titles)
    }
}

/// A row as its kind.
pub(crate) fn typed<K: warrant_model::Kind>(row: &RecordRow) -> Result<Record<K>, ServiceError> {
    let body = warrant_model::kind::parse_body(&row.body);
    let body = body.ok_or_else(|| warrant_store::StoreError::Damaged(format!("record {}", row.id)))?;
    let (created_at, updated_at) = (from_micros(row.created_at), from_micros(row.updated_at));
    Ok(Record { id: row.id.as_str().into(), version: row.version, created_at, updated_at, body })
}

fn at_line(name: &str, line: u32, problems: Vec<FieldProblem>) -> Vec<FieldProblem> {
    let placed = |problem: FieldProblem| {
        let column = if problem.field.is_empty() { String::new() } else { format!(", {}", problem.field) };
        FieldProblem::new("", format!("{name} line {line}{column}: {}", problem.message))
    };
    problems.into_iter().map(placed).collect()
}

/// What a column of a table stands for.
enum Column<'k> {
    /// The record's identifier.
    Id,
    /// A field.
    Field(&'k Field),
    /// Written by exports for people; ignored.
    Ignored,
}

fn columns_of<'k>(kind: &'k KindEntry, table: &Table, name: &str) -> Result<Vec<Column<'k>>, ServiceError> {
    let simple = |text: &str| text.trim().to_lowercase().replace([' ', '-'], "_");
    let mut problems = Vec::new();
    let mut columns = Vec::with_capacity(table.headers.len());
    for header in &table.headers {
        let wanted = simple(header);
        let field = kind.fields.iter().find(|f| f.name == wanted || simple(&label_of(&f.name)) == wanted);
        columns.push(match (field, wanted.as_str()) {
            (Some(field), _) => Column::Field(field),
            (None, "id") => Column::Id,
            (None, "" | "version" | "updated" | "updated_at" | "created_at") => Column::Ignored,
            (None, _) => {
                let known: Vec<_> = kind.fields.iter().map(|field| field.name.as_str()).collect();
                let message = format!(
                    "{name}: a {} has no field `{header}`; it has {}",
                    kind.spec.title,
                    known.join(", ")
                );
                problems.push(FieldProblem::new("", message));
                Column::Ignored
            }
        });
    }
    let fields = columns.iter().filter(|column| matches!(column, Column::Field(_))).count();
    if fields == 0 && problems.is_empty() {
        problems
            .push(FieldProblem::new("", format!("{name}: no column is a field of a {}", kind.spec.title)));
    }
    if problems.is_empty() { Ok(columns) } else { Err(ServiceError::Invalid(problems)) }
}

/// Existing records and the rows read so far, by identity.
struct Rows {
    by_id: HashMap<String, RecordRow>,
    by_identity: HashMap<String, String>,
    new: HashMap<String, String>,
    links: HashMap<(String, String, String), Vec<String>>,
}

type RowChange = Result<Option<Change>, Vec<FieldProblem>>;

impl Rows {
    async fn load(service: &Service, actor: &Actor, kind: &KindEntry) -> Result<Self, ServiceError> {
        let query =
            RecordQuery { kind: kind.spec.name.to_owned(), limit: EXPORT_LIMIT, ..RecordQuery::default() };
        let existing = records::list(&mut service.store().db(), &query, &actor.sees()).await?;
        let by_identity = existing.iter().map(|row| (identity(kind, &row.body), row.id.clone())).collect();
        let by_id = existing.into_iter().map(|row| (row.id.clone(), row)).collect();
        Ok(Self { by_id, by_identity, new: HashMap::new(), links: HashMap::new() })
    }

    async fn change(
        &mut self,
        service: &Service,
        actor: &Actor,
        kind: &KindEntry,
        columns: &[Column<'_>],
        row: &Row,
    ) -> Result<RowChange, ServiceError> {
        let mut given: Map<String, Value> = Map::new();
        let mut emptied = Vec::new();
        let mut id = None;
        let mut problems = Vec::new();
        for (column, cell) in columns.iter().zip(&row.cells) {
            match column {
                Column::Ignored => {}
                Column::Id if cell.is_empty() => {}
                Column::Id => id = Some(cell.clone()),
                Column::Field(field) => match value_of(field, cell) {
                    Ok(Some(value)) => drop(given.insert(field.name.clone(), value)),
                    Ok(None) => emptied.push(field.name.as_str()),
                    Err(message) => problems.push(FieldProblem::new(&field.name, message)),
                },
            }
        }
        let mut system = String::new();
        for field in kind.fields.iter().filter(|f| matches!(f.value, FieldType::Link(..))) {
            if let Some(value) = given.get_mut(&field.name) {
                problems.extend(self.resolve(service, actor, kind, field, &system, value).await?);
                if matches!(kind.spec.scope, KindScope::System(name) | KindScope::SystemOrOrganisation(name) if name == field.name)
                {
                    system = value.as_str().unwrap_or_default().to_owned();
                }
            }
        }
        if !problems.is_empty() {
            return Ok(Err(problems));
        }
        let key = identity(kind, &Value::Object(given.clone()));
        let id = id.or_else(|| self.by_identity.get(&key).cloned());
        let Some(id) = id else {
            let new_id = crate::records::new_id(kind);
            if self.new.insert(key, new_id.clone()).is_some() {
                let message =
                    format!("the table has two rows with the same {}", kind.spec.identity.join(", "));
                return Ok(Err(vec![FieldProblem::new(kind.spec.title_field, message)]));
            }
            return Ok(Ok(Some(Change::Create { id: Some(new_id), body: Value::Object(given) })));
        };
        let Some(existing) = self.by_id.get(&id) else {
            return Ok(Err(vec![FieldProblem::new("id", format!("there is no {} `{id}`", kind.spec.title))]));
        };
        let mut body = existing.body.clone();
        if let Some(object) = body.as_object_mut() {
            emptied.iter().for_each(|name| drop(object.remove(*name)));
            object.extend(given);
        }
        match kind.check(&body) {
            Ok(normal) if normal == existing.body => Ok(Ok(None)),
            Ok(_) => Ok(Ok(Some(Change::Update { id, version: existing.version, body }))),
            Err(problems) => Ok(Err(problems)),
        }
    }

    /// Replaces titles by identifiers.
    async fn resolve(
        &mut self,
        service: &Service,
        actor: &Actor,
        kind: &KindEntry,
        field: &Field,
        system: &str,
        value: &mut Value,
    ) -> Result<Vec<FieldProblem>, ServiceError> {
        let FieldType::Link(target, _) = &field.value else { return Ok(Vec::new()) };
        let mut problems = Vec::new();
        let items: Vec<&mut Value> = match value {
            Value::Array(items) => items.iter_mut().collect(),
            one => vec![one],
        };
        for item in items {
            let Some(text) = item.as_str().map(str::to_owned) else { continue };
            if target == kind.spec.name
                && let Some(id) = self.new.get(&title_identity(kind, &text))
            {
                *item = Value::from(id.clone());
                continue;
            }
            match self.found(service, actor, target, system, &text).await?.as_slice() {
                [id] => *item = Value::from(id.clone()),
                [] => problems.push(FieldProblem::new(&field.name, format!("there is no {target} `{text}`"))),
                _ => {
                    let message =
                        format!("several records of kind {target} are called `{text}`; give the id");
                    problems.push(FieldProblem::new(&field.name, message));
                }
            }
        }
        Ok(problems)
    }

    async fn found(
        &mut self,
        service: &Service,
        actor: &Actor,
        target: &str,
        system: &str,
        text: &str,
    ) -> Result<Vec<String>, ServiceError> {
        let key = (target.to_owned(), system.to_owned(), text.to_owned());
        if let Some(known) = self.links.get(&key) {
            return Ok(known.clone());
        }
        let (mut db, sees) = (service.store().db(), actor.sees());
        let entry = service.kind(target)?;
        let within =
            (matches!(entry.spec.scope, KindScope::System(_)) && !system.is_empty()).then_some(system);
        let mut ids = match records::get(&mut db, text, &sees).await? {
            Some(row) => vec![row],
            None => records::find_by_title(&mut db, target, text, within, &sees).await?,
        };
        if ids.is_empty() && target == "person" {
            let fields = vec![("name".to_owned(), text.to_lowercase())];
            let query = RecordQuery { kind: "person".to_owned(), fields, limit: 3, ..RecordQuery::default() };
            ids = records::list(&mut db, &query, &sees).await?;
        }
        let ids: Vec<_> = ids.into_iter().map(|row| row.id).collect();
        self.links.insert(key, ids.clone());
        Ok(ids)
    }
}

/// What tells records of a kind apart within their scope.
fn identity(kind: &KindEntry, body: &Value) -> String {
    let scope = match kind.spec.scope {
        KindScope::System(field) | KindScope::SystemOrOrganisation(field) => {
            body[field].as_str().unwrap_or_default()
        }
        _ => "",
    };
    let mut parts = vec![scope.to_owned()];
    for field in kind.spec.identity {
        let text = body[*field].as_str().unwrap_or_default().trim();
        parts.push(text.to_lowercase());
    }
    parts.join("\u{1f}")
}

fn title_identity(kind: &KindEntry, title: &str) -> String {
    let mut body = Map::new();
    body.insert(kind.spec.title_field.to_owned(), Value::from(title));
    identity(kind, &Value::Object(body))
}

/// A field's value as people read it in one line.
pub fn cell_text(field: &Field, value: &Value) -> String {
    warrant_report::cell_of(field, value)
}

impl Service {
    /// Records of a kind with this title.
    pub async fn records_titled(
        &self,
        actor: &Actor,
        kind: &str,
        title: &str,
    ) -> Result<Vec<RecordRow>, ServiceError> {
        Ok(records::find_by_title(&mut self.store().db(), kind, title, None, &actor.sees()).await?)
    }

    /// Makes a record (`id` none) or changes fields of one, each given as a person writes it in a table's
    /// cell: links by title, lists by `;`, nothing to empty a field.
    pub async fn set_fields(
        &self,
        actor: &Actor,
        kind: &str,
        id: Option<&str>,
        given: &[(String, String)],
    ) -> Result<RecordRow, ServiceError> {
        let entry = self.kind(kind)?;
        let existing = match id {
            Some(id) => Some(self.record(actor, id).await?),
            None => None,
        };
        let system = existing.as_ref().map(|row| row.system.clone()).unwrap_or_default();
        let mut rows = Rows {
            by_id: HashMap::new(),
            by_identity: HashMap::new(),
            new: HashMap::new(),
            links: HashMap::new(),
        };
        let mut fields = Vec::new();
        let mut problems = Vec::new();
        for (name, text) in given {
            let Some(field) = entry.field(name) else {
                problems.push(FieldProblem::new(name, format!("a {} has no such field", entry.spec.title)));
                continue;
            };
            match value_of(field, text) {
                Ok(Some(mut value)) => {
                    problems.extend(rows.resolve(self, actor, entry, field, &system, &mut value).await?);
                    fields.push((name.clone(), value));
                }
                Ok(None) => fields.push((name.clone(), Value::Null)),
                Err(message) => problems.push(FieldProblem::new(name, message)),
            }
        }
        if !problems.is_empty() {
            return Err(ServiceError::Invalid(problems));
        }
        match existing {
            Some(row) => self.patch(actor, &row.id, Some(row.version), &fields).await,
            None => {
                let body = fields.into_iter().filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>();
                self.create(actor, kind, Value::Object(body)).await
            }
        }
    }
}
