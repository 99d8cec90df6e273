//! Findings and their events.

mod brought;
mod kin;

pub use brought::{ShownChange, changed_by};
pub use kin::{moved_here, seconds, told_by};

use crate::ORG;
use crate::changes::{RowHash, Table, hash_values};
use crate::db::{Reader, Row, Tx};
use crate::error::StoreError;
use crate::finding_words::{self, Found, Words};
use crate::pipeline::{self, Made, Rows};
use crate::sight::Sight;
use crate::sql::{Sql, Value, sql};
use std::collections::BTreeSet;
use std::sync::Arc;
use warrant_model::fact::Place;
use warrant_model::finding::{Finding, FindingSort, FindingState};
use warrant_model::hash::ContentHash;
use warrant_model::level::Severity;
use warrant_model::lifecycle::Event;
use warrant_model::priority::Decision;
use warrant_model::snapshot::Findings;
use warrant_model::time::{from_micros, micros};

/// Columns of a finding, for statements that read whole findings (table alias `f`).
pub const COLUMNS: &str = "f.id, f.system_id, f.sort, f.tool, f.target, f.rule, f.benchmark, f.title, f.subject, f.severity, f.state, f.suppressed, f.vulnerabilities, f.cwes, f.controls, f.cvss_score, f.exploit, f.remedy, f.fixed_version, f.first_seen, f.last_seen, f.state_since, f.reopened, f.hash, f.line, f.pointer, f.automatable, f.decision";

/// Reads a row of [`COLUMNS`].
pub fn read(row: &Row) -> Result<Finding, StoreError> {
    let words =
        |text: String, by: char| text.split(by).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let known = |what: &str| StoreError::Damaged(format!("finding with unknown {what}"));
    let standing = row.text(10)?;
    let (state, moved_to, second) = read_standing(&standing).ok_or_else(|| known("state"))?;
    Ok(Finding {
        id: row.text(0)?,
        system: row.text(1)?,
        sort: FindingSort::from_word(&row.text(2)?).ok_or_else(|| known("sort"))?,
        tool: row.text(3)?,
        target: row.text(4)?,
        rule: row.text(5)?,
        benchmark: row.text(6)?,
        title: row.text(7)?,
        subject: row.text(8)?,
        severity: Severity::from_rank(row.int(9)? as u8),
        state,
        suppressed: row.int(11)? != 0,
        vulnerabilities: words(row.text(12)?, ','),
        cwes: row.text(13)?.split(',').filter_map(|n| n.parse().ok()).collect(),
        controls: words(row.text(14)?, ' '),
        cvss_score: row.opt_real(15)?.map(|score| score as f32),
        exploit: row.opt_int(16)?.map(|known| known != 0),
        remedy: row.opt_text(17)?,
        fixed_version: row.opt_text(18)?,
        first_seen: from_micros(row.int(19)?),
        last_seen: from_micros(row.int(20)?),
        state_since: from_micros(row.int(21)?),
        reopened: row.int(22)? as u32,
        evidence: ContentHash(row.text(23)?),
        place: Place::new(row.int(24)? as u32, row.text(25)?),
        moved_to,
        second,
        automatable: row.opt_int(26)?.map(|can| can != 0),
        decision: Decision::from_rank(row.int(27)? as u8),
    })
}

/// What stands in the column `state`: the state's word alone for what lists and counts tell of; for the others what
/// keeps them out of every list by state.
fn standing(finding: &Finding) -> String {
    match &finding.moved_to {
        Some(to) if finding.state == FindingState::Moved => format!("{}{to}", moved_to("")),
        _ if finding.second => second(finding.state),
        _ => finding.state.word().to_owned(),
    }
}

fn second(state: FindingState) -> String {
    format!("second:{}", state.word())
}

fn moved_to(id: &str) -> String {
    format!("{}:{id}", FindingState::Moved.word())
}

fn read_standing(text: &str) -> Option<(FindingState, Option<String>, bool)> {
    match text.split_once(':') {
        Some(("second", word)) => Some((FindingState::from_word(word)?, None, true)),
        Some((word, to)) => Some((FindingState::from_word(word)?, Some(to.to_owned()), false)),
        None => Some((FindingState::from_word(text)?, None, false)),
    }
}

fn values(finding: &Finding) -> Vec<Value> {
    let cwes: Vec<_> = finding.cwes.iter().map(u32::to_string).collect();
    vec![
        ORG.into(),
        (&finding.id).into(),
        (&finding.system).into(),
        finding.sort.word().into(),
        (&finding.tool).into(),
        (&finding.target).into(),
        (&finding.rule).into(),
        (&finding.benchmark).into(),
        (&finding.title).into(),
        (&finding.subject).into(),
        i64::from(finding.severity.rank()).into(),
        standing(finding).into(),
        finding.suppressed.into(),
        finding.vulnerabilities.join(",").into(),
        cwes.join(",").into(),
        finding.controls.join(" ").into(),
        finding.cvss_score.map(f64::from).into(),
        finding.exploit.map(i64::from).into(),
        finding.remedy.clone().into(),
        finding.fixed_version.clone().into(),
        micros(finding.first_seen).into(),
        micros(finding.last_seen).into(),
        micros(finding.state_since).into(),
        finding.reopened.into(),
        finding.evidence.as_str().into(),
        finding.place.line.into(),
        (&finding.place.pointer).into(),
    ]
}

/// The condition on `state` that holds for what lists and counts tell of.
const LISTED: &str = "IN ('open', 'closed', 'met', 'not_checked', 'not_applicable')";

const INSERT: &str = "INSERT INTO finding (org, id, system_id, sort, tool, target, rule, benchmark, title, subject, severity, state, suppressed, vulnerabilities, cwes, controls, cvss_score, exploit, remedy, fixed_version, first_seen, last_seen, state_since, reopened, hash, line, pointer, words, automatable, decision) VALUES";

const OVERWRITE: &str = "ON CONFLICT (org, id) DO UPDATE SET title = excluded.title, tool = excluded.tool, subject = excluded.subject, severity = excluded.severity, state = excluded.state, suppressed = excluded.suppressed, vulnerabilities = excluded.vulnerabilities, cwes = excluded.cwes, controls = excluded.controls, cvss_score = excluded.cvss_score, exploit = excluded.exploit, remedy = excluded.remedy, fixed_version = excluded.fixed_version, first_seen = excluded.first_seen, last_seen = excluded.last_seen, state_since = excluded.state_since, reopened = excluded.reopened, hash = excluded.hash, line = excluded.line, pointer = excluded.pointer, words = excluded.words, automatable = excluded.automatable, decision = excluded.decision";

/// Writes findings as they are now and returns their row hashes.
pub async fn put(tx: &mut Tx, findings: &Arc<Vec<Finding>>) -> Result<Vec<RowHash>, StoreError> {
    let mut words = Words::default();
    let make = move |findings: &[Finding]| {
        let (mut rows, mut hashes) = (Vec::with_capacity(findings.len()), Vec::with_capacity(findings.len()));
        for finding in findings {
            let mut row = values(finding);
            let (table, key) = (Table::Finding, finding.id.clone());
            hashes.push(RowHash { table, key, hash: hash_values(&row) });
            // Derived from the others, so the ledger does not vouch for them.
            row.push(words.take(finding).into());
            row.push(finding.automatable.map(i64::from).into());
            row.push(i64::from(finding.decision.map_or(0, Decision::rank)).into());
            rows.push(row);
        }
        let rows = Rows { head: INSERT, tail: OVERWRITE, values: rows };
        Made { rows: vec![words.rows(), rows], hashes }
    };
    pipeline::write(tx, findings, make).await
}

/// Writes which findings stand for a weakness and which are second witnesses, where it is not what is stored; returns
/// the hashes of the rows that changed.
pub async fn agree(tx: &mut Tx, system: &str, now: &Findings) -> Result<Vec<RowHash>, StoreError> {
    let mut statement = Sql::new("SELECT id FROM finding WHERE org = ").with("", ORG);
    statement.push(" AND system_id = ").bind(system).push(" AND state IN (");
    statement.bind_list(FindingState::LISTED.map(|state| format!("second:{}", state.word()))).push(")");
    let stored = tx.rows(&statement).await?;
    let stored = stored.iter().map(|row| row.text(0)).collect::<Result<BTreeSet<_>, _>>()?;
    let second = (0..now.len()).filter(|row| now.is_second(*row)).map(|row| now.text(now.id[row]).to_owned());
    let second: BTreeSet<_> = second.collect();
    let changed: Vec<_> = stored.symmetric_difference(&second).cloned().collect();
    let mut findings = by_ids(tx, &changed).await?;
    findings.iter_mut().for_each(|finding| finding.second = second.contains(&finding.id));
    put(tx, &Arc::new(findings)).await
}

/// The values of an event's row.
pub fn event_values(system: &str, event: &Event) -> Vec<Value> {
    vec![
        ORG.into(),
        system.into(),
        (&event.finding).into(),
        micros(event.at).into(),
        event.state.word().into(),
        event.evidence.as_str().into(),
        event.place.line.into(),
        (&event.place.pointer).into(),
    ]
}

/// The key of an event's row in the ledger.
pub fn event_key(event: &Event) -> String {
    format!("{}/{}/{}", event.finding, micros(event.at), event.evidence)
}

/// Writes events and returns their row hashes.
pub async fn put_events(
    tx: &mut Tx,
    system: &str,
    events: &Arc<Vec<Event>>,
) -> Result<Vec<RowHash>, StoreError> {
    let system = system.to_owned();
    let make = move |events: &[Event]| {
        let values: Vec<_> = events.iter().map(|event| event_values(&system, event)).collect();
        let hashed = events.iter().zip(&values);
        let row = |(event, row): (&Event, &Vec<Value>)| RowHash {
            table: Table::FindingEvent,
            key: event_key(event),
            hash: hash_values(row),
        };
        let hashes = hashed.map(row).collect();
        let head =
            "INSERT INTO finding_event (org, system_id, finding_id, at, state, hash, line, pointer) VALUES";
        let tail = "ON CONFLICT (org, finding_id, at, hash) DO UPDATE SET state = excluded.state, line = excluded.line, pointer = excluded.pointer";
        Made { rows: vec![Rows { head, tail, values }], hashes }
    };
    pipeline::write(tx, events, make).await
}

/// Removes the events of a finding (before they are written anew) and returns the rows that are gone.
pub async fn remove_events(tx: &mut Tx, finding: &str) -> Result<Vec<RowHash>, StoreError> {
    let query = "SELECT at, hash FROM finding_event WHERE org = $1 AND finding_id = $2";
    let rows = tx.rows(&sql(query, [ORG.into(), finding.into()])).await?;
    let gone = |row: &Row| -> Result<RowHash, StoreError> {
        let key = format!("{finding}/{}/{}", row.int(0)?, row.text(1)?);
        Ok(RowHash { table: Table::FindingEvent, key, hash: String::new() })
    };
    let gone = rows.iter().map(gone).collect::<Result<_, _>>()?;
    let delete = "DELETE FROM finding_event WHERE org = $1 AND finding_id = $2";
    tx.execute(&sql(delete, [ORG.into(), finding.into()])).await?;
    Ok(gone)
}

/// Findings of a tool on targets of a system: what the next look of that tool can open or close.
pub async fn on_targets(
    reader: &mut (impl Reader + Send),
    system: &str,
    tool: &str,
    targets: &[String],
) -> Result<Vec<Finding>, StoreError> {
    let mut found = Vec::new();
    for chunk in targets.chunks(500) {
        let mut statement = Sql::default();
        statement.push("SELECT ").push(COLUMNS).push(" FROM finding f WHERE f.org = ").bind(ORG);
        statement.push(" AND f.system_id = ").bind(system).push(" AND f.tool = ").bind(tool);
        statement.push(" AND f.target IN (").bind_list(chunk).push(")");
        for row in reader.rows(&statement).await? {
            found.push(read(&row)?);
        }
    }
    Ok(found)
}

/// Findings of these ids.
pub async fn by_ids(reader: &mut (impl Reader + Send), ids: &[String]) -> Result<Vec<Finding>, StoreError> {
    let mut found = Vec::new();
    for chunk in ids.chunks(500) {
        let mut statement = Sql::default();
        statement.push("SELECT ").push(COLUMNS).push(" FROM finding f WHERE f.org = ").bind(ORG);
        statement.push(" AND f.id IN (").bind_list(chunk).push(")");
        for row in reader.rows(&statement).await? {
            found.push(read(&row)?);
        }
    }
    Ok(found)
}

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct FindingQuery {
    /// Words that must occur in title, target, rule or vulnerability ids.
    pub text: String,
    /// Only of this system.
    pub system: Option<String>,
    /// Only in this state.
    pub state: Option<FindingState>,
    /// Only of this severity.
    pub severity: Option<Severity>,
    /// Only those of which this is decided.
    pub decision: Option<Decision>,
    /// Only of this target.
    pub target: Option<String>,
    /// Only by this tool.
    pub tool: Option<String>,
    /// Only those that bear on this control or one of its statements.
    pub control: Option<String>,
    /// Order.
    pub order: FindingOrder,
    /// Descending.
    pub descending: bool,
    /// How many at most.
    pub limit: i64,
    /// How many to skip.
    pub offset: i64,
}

/// Columns findings can be ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FindingOrder {
    /// By severity, then newest.
    #[default]
    Severity,
    /// By how fast to act, then by severity, then newest.
    Decision,
    /// By title.
    Title,
    /// By target.
    Target,
    /// By first sight.
    FirstSeen,
    /// By last sight.
    LastSeen,
}

/// Which index answers the query.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// One that begins with state and severity, or with the system.
    Standing,
    /// One that leads to the few rows whose words or target are named.
    Words,
    /// One in the order of the list, since rows that fit come thick and fast.
    Order,
}

impl By {
    fn of(query: &FindingQuery, words: &[Found]) -> Self {
        if query.target.is_some() || words.iter().any(Found::is_narrow) {
            Self::Words
        } else if query.system.is_none()
            && matches!(query.order, FindingOrder::Title | FindingOrder::Target | FindingOrder::FirstSeen)
        {
            Self::Order
        } else {
            Self::Standing
        }
    }
}

fn conditions(statement: &mut Sql, query: &FindingQuery, words: &[Found], sight: &Sight, by: By) {
    // SQLite leaves a column behind a plus to no index.
    let plain = if by == By::Standing { "" } else { crate::sql::NOT_BY };
    statement.push(" WHERE f.org = ").bind(ORG);
    if let Some(system) = &query.system {
        statement.push(" AND f.system_id = ").bind(system);
    }
    statement.push(" AND ").push(plain).push("f.state ");
    match query.state {
        Some(state) => statement.push("= ").bind(state.word()),
        None => statement.push(LISTED),
    };
    if let Some(severity) = query.severity {
        statement.push(" AND ").push(plain).push("f.severity = ").bind(i64::from(severity.rank()));
    }
    if let Some(decision) = query.decision {
        statement.push(" AND ").push(plain).push("f.decision = ").bind(i64::from(decision.rank()));
    }
    if let Some(target) = &query.target {
        statement.push(" AND f.target = ").bind(target);
    }
    if let Some(tool) = &query.tool {
        statement.push(" AND f.tool = ").bind(tool);
    }
    if let Some(control) = &query.control {
        statement.push(" AND (' ' || f.controls || ' ' LIKE ").bind(format!("% {control} %"));
        statement.push(" OR ' ' || f.controls LIKE ").bind(format!("% {}!_smt%", control.replace('_', "!_")));
        statement.push(" ESCAPE '!')");
    }
    words.iter().for_each(|word| word.narrow(statement));
    sight.and_system(statement, "f.system_id");
}

/// A query whose words were looked up.
#[derive(Clone, Debug)]
pub struct Search {
    query: FindingQuery,
    words: Vec<Found>,
}

/// Looks up the words of a query, once for everything that is asked of it.
pub async fn search(reader: &mut (impl Reader + Send), query: &FindingQuery) -> Result<Search, StoreError> {
    let words = finding_words::look_up(reader, &query.text).await?;
    Ok(Search { query: query.clone(), words })
}

/// Findings that fit a query, as far as `sight` reaches.
pub async fn list(
    reader: &mut (impl Reader + Send),
    search: &Search,
    sight: &Sight,
) -> Result<Vec<Finding>, StoreError> {
    let Search { query, words } = search;
    let by = By::of(query, words);
    // What a search finds is put in order by an index alone, which knows rows but not their ids.
    let tie = if by == By::Words { crate::sql::FINDING_TIE } else { "f.id" };
    let columns: &[&str] = match query.order {
        FindingOrder::Severity => &["f.severity", "f.last_seen", tie],
        FindingOrder::Decision => &["f.decision", "f.severity", "f.last_seen", tie],
        FindingOrder::Title => &["t.text", crate::sql::FINDING_TIE],
        FindingOrder::Target => &["f.target", tie],
        FindingOrder::FirstSeen => &["f.first_seen", "f.state", "f.severity", crate::sql::FINDING_TIE],
        FindingOrder::LastSeen => &["f.last_seen", tie],
    };
    let by_index = query.order == FindingOrder::Severity && query.state.is_some();
    let ends_in_sight =
        matches!(query.order, FindingOrder::Severity | FindingOrder::Decision | FindingOrder::LastSeen);
    if ends_in_sight && !by_index && by == By::Standing && query.system.is_none() {
        return merged(reader, search, sight, columns).await;
    }
    let mut statement = Sql::default();
    let texts = match (query.order, by) {
        // The texts in their order lead to the findings.
        (FindingOrder::Title, By::Order) => " FROM finding_text t CROSS JOIN finding f",
        (FindingOrder::Title, _) => " FROM finding f, finding_text t",
        _ => " FROM finding f",
    };
    let direction = if query.descending { " DESC" } else { "" };
    let order = |statement: &mut Sql| {
        for (nth, column) in columns.iter().enumerate() {
            statement.push(if nth == 0 { " ORDER BY " } else { ", " }).push(column).push(direction);
        }
    };
    // Whole rows are read of those on the page alone.
    let ids_first = by == By::Words && query.order != FindingOrder::Title;
    statement.push("SELECT ").push(COLUMNS);
    if ids_first {
        statement.push(" FROM finding f WHERE f.org = ").bind(ORG).push(" AND ").push(tie);
        statement.push(" IN (SELECT ").push(tie);
    }
    statement.push(texts);
    conditions(&mut statement, query, words, sight, by);
    if query.order == FindingOrder::Title {
        statement.push(" AND t.org = f.org AND t.target = '' AND f.words = t.words");
    }
    order(&mut statement);
    statement.push(" LIMIT ").bind(query.limit).push(" OFFSET ").bind(query.offset);
    if ids_first {
        statement.push(")");
        order(&mut statement);
    }
    reader.rows(&statement).await?.iter().map(read).collect()
}

/// Findings in the order of some columns, the last of which is the last sight before the id: merged from the lists of
/// every state and severity, which an index holds in that order.
async fn merged(
    reader: &mut (impl Reader + Send),
    Search { query, words }: &Search,
    sight: &Sight,
    columns: &[&str],
) -> Result<Vec<Finding>, StoreError> {
    let direction = if query.descending { " DESC" } else { "" };
    let order = |statement: &mut Sql, alias: &str| {
        for (nth, column) in columns.iter().enumerate() {
            let column = column.trim_start_matches("f.");
            statement.push(if nth == 0 { " ORDER BY " } else { ", " });
            statement.push(alias).push(column).push(direction);
        }
    };
    let mut statement = Sql::default();
    statement.push("SELECT ").push(COLUMNS).push(" FROM finding f WHERE f.org = ").bind(ORG);
    statement.push(" AND f.id IN (SELECT id FROM (");
    for (nth, (one, rank)) in stretches(query).into_iter().enumerate() {
        statement.push(if nth == 0 { "" } else { " UNION ALL " });
        statement.push("SELECT * FROM (SELECT f.decision, f.severity, f.last_seen, f.id FROM finding f");
        conditions(&mut statement, &one, words, sight, By::Standing);
        if let Some(rank) = rank {
            statement.push(" AND f.decision = ").bind(rank);
        }
        order(&mut statement, "f.");
        statement.push(" LIMIT ").bind(query.limit.saturating_add(query.offset));
        statement.push(&format!(") AS one_{nth}"));
    }
    statement.push(") AS merged");
    order(&mut statement, "");
    statement.push(" LIMIT ").bind(query.limit).push(" OFFSET ").bind(query.offset).push(")");
    order(&mut statement, "f.");
    reader.rows(&statement).await?.iter().map(read).collect()
}

/// A query in stretches that an index holds in the order of the list: one for every state and severity and, in the
/// order of decisions, for every decision, whose rank goes with it. Decided is what is open alone.
fn stretches(query: &FindingQuery) -> Vec<(FindingQuery, Option<i64>)> {
    let ranks: Vec<Option<i64>> = match (query.order, query.decision) {
        (FindingOrder::Decision, None) => (0..=4).map(Some).collect(),
        _ => vec![None],
    };
    let mut stretches = Vec::new();
    for rank in ranks {
        for state in FindingState::LISTED.into_iter().filter(|state| query.state.is_none_or(|s| s == *state))
        {
            if state != FindingState::Open && rank.is_some_and(|rank| rank > 0) {
                continue;
            }
            for severity in
                Severity::DESCENDING.into_iter().filter(|s| query.severity.is_none_or(|w| w == *s))
            {
                let one = FindingQuery { state: Some(state), severity: Some(severity), ..query.clone() };
                stretches.push((one, rank));
            }
        }
    }
    stretches
}

/// Findings of one state, severity, tool and decision, and how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingCount {
    /// Their state.
    pub state: FindingState,
    /// Their severity.
    pub severity: Severity,
    /// The tool that reports them.
    pub tool: String,
    /// What is decided about them.
    pub decision: Option<Decision>,
    /// How many.
    pub count: i64,
}

/// How many findings of a query are in each state, of each severity, of each tool and decided how, in one pass. The
/// query's own limits on these four are left aside.
pub async fn breakdown(
    reader: &mut (impl Reader + Send),
    Search { query, words }: &Search,
    sight: &Sight,
) -> Result<Vec<FindingCount>, StoreError> {
    let query = FindingQuery { state: None, severity: None, tool: None, decision: None, ..query.clone() };
    let counted_before = query.text.is_empty() && query.target.is_none() && query.control.is_none();
    let mut statement = if counted_before {
        Sql::new(
            "SELECT f.state, f.severity, f.tool, f.decision, CAST(SUM(f.findings) AS BIGINT) FROM finding_count f",
        )
    } else {
        Sql::new("SELECT f.state, f.severity, f.tool, f.decision, COUNT(*) FROM finding f")
    };
    conditions(&mut statement, &query, words, sight, By::Standing);
    let plain = if By::of(&query, words) == By::Words { crate::sql::NOT_BY } else { "" };
    statement.push(" GROUP BY ");
    for (nth, column) in ["f.state", "f.severity", "f.tool", "f.decision"].into_iter().enumerate() {
        statement.push(if nth == 0 { "" } else { ", " }).push(plain).push(column);
    }
    statement.push(" ORDER BY f.tool");
    let unknown = || StoreError::Damaged("finding with unknown state".to_owned());
    let rows = reader.rows(&statement).await?;
    rows.iter()
        .map(|row| {
            let state = FindingState::from_word(&row.text(0)?).ok_or_else(unknown)?;
            Ok(FindingCount {
                state,
                severity: Severity::from_rank(row.int(1)? as u8),
                tool: row.text(2)?,
                decision: Decision::from_rank(row.int(3)? as u8),
                count: row.int(4)?,
            })
        })
        .collect()
}

/// Counts a system's findings anew, in the transaction that changed them.
pub async fn recount(tx: &mut Tx, system: &str) -> Result<(), StoreError> {
    let delete = "DELETE FROM finding_count WHERE org = $1 AND system_id = $2";
    tx.execute(&sql(delete, [ORG.into(), system.into()])).await?;
    let mut insert = Sql::new(
        "INSERT INTO finding_count (org, system_id, state, severity, tool, decision, findings)
         SELECT org, system_id, state, severity, tool, decision, COUNT(*) FROM finding WHERE org = ",
    );
    insert.bind(ORG).push(" AND system_id = ").bind(system).push(" AND state ").push(LISTED);
    insert.push(" GROUP BY org, system_id, state, severity, tool, decision");
    tx.execute(&insert).await?;
    Ok(())
}

/// Systems whose counted findings are not those there are.
pub async fn miscounted(reader: &mut (impl Reader + Send)) -> Result<Vec<String>, StoreError> {
    let mut query = Sql::new(
        "SELECT system_id FROM (
           SELECT system_id, state, severity, tool, decision, COUNT(*) AS found, 0 AS counted FROM finding WHERE org = ",
    );
    query.bind(ORG).push(" AND state ").push(LISTED).push(
        " GROUP BY system_id, state, severity, tool, decision
           UNION ALL SELECT system_id, state, severity, tool, decision, 0, findings FROM finding_count WHERE org = ",
    );
    query.bind(ORG).push(
        ") AS both_sides
         GROUP BY system_id, state, severity, tool, decision HAVING SUM(found) <> SUM(counted) ORDER BY system_id",
    );
    let rows = reader.rows(&query).await?;
    rows.iter().map(|row| row.text(0)).collect()
}

/// One finding, if `sight` reaches it.
pub async fn get(
    reader: &mut (impl Reader + Send),
    id: &str,
    sight: &Sight,
) -> Result<Option<Finding>, StoreError> {
    let mut statement = Sql::default();
    statement.push("SELECT ").push(COLUMNS).push(" FROM finding f WHERE f.org = ").bind(ORG);
    statement.push(" AND f.id = ").bind(id);
    sight.and_system(&mut statement, "f.system_id");
    reader.first(&statement).await?.as_ref().map(read).transpose()
}

/// The events of a finding, oldest first.
pub async fn events(reader: &mut (impl Reader + Send), id: &str) -> Result<Vec<Event>, StoreError> {
    let query = "SELECT finding_id, at, state, hash, line, pointer FROM finding_event WHERE org = $1 AND finding_id = $2 ORDER BY at, hash";
    let rows = reader.rows(&sql(query, [ORG.into(), id.into()])).await?;
    rows.iter().map(read_event).collect()
}

/// Reads `finding_id, at, state, hash, line, pointer`.
pub fn read_event(row: &Row) -> Result<Event, StoreError> {
    let unknown = || StoreError::Damaged("event with unknown state".to_owned());
    Ok(Event {
        finding: row.text(0)?,
        at: from_micros(row.int(1)?),
        state: FindingState::from_word(&row.text(2)?).ok_or_else(unknown)?,
        evidence: ContentHash(row.text(3)?),
        place: Place::new(row.int(4)? as u32, row.text(5)?),
    })
}
