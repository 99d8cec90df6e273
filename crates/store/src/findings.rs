//! Findings and their events.

mod breakdown;
mod brought;
mod counts;
mod find;
mod kin;
mod past;

pub use breakdown::{Breakdown, FindingCount, breakdown};
pub use brought::{ShownChange, changed_by};
pub use counts::{miscounted, recount};
pub use find::{Bounds, FindingOrder, FindingQuery, Search, list, search, search_within};
pub use kin::{moved_here, seconds, told_by};
pub(crate) use past::as_they_stood;
pub use past::{last_seen_then, then};

use crate::ORG;
use crate::changes::{RowHash, Table, hash_values};
use crate::db::{Reader, Row, Tx};
use crate::error::StoreError;
use crate::finding_controls::{self, Sets};
use crate::finding_words::Words;
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
        finding_controls::text(finding).into(),
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
    let (mut words, mut sets) = (Words::default(), Sets::default());
    let make = move |findings: &[Finding]| {
        let (mut rows, mut hashes) = (Vec::with_capacity(findings.len()), Vec::with_capacity(findings.len()));
        for finding in findings {
            let mut row = values(finding);
            let (table, key) = (Table::Finding, finding.id.clone());
            hashes.push(RowHash { table, key, hash: hash_values(&row) });
            // Derived from the others, so the ledger does not vouch for them.
            sets.take(finding);
            row.push(words.take(finding).into());
            row.push(finding.automatable.map(i64::from).into());
            row.push(i64::from(finding.decision.map_or(0, Decision::rank)).into());
            rows.push(row);
        }
        let rows = Rows { head: INSERT, tail: OVERWRITE, values: rows };
        Made { rows: vec![words.rows(), sets.rows(), rows], hashes }
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

/// Removes the events of findings (before they are written anew) and returns the rows that are gone.
pub async fn remove_events(tx: &mut Tx, findings: &[String]) -> Result<Vec<RowHash>, StoreError> {
    let mut gone = Vec::new();
    for chunk in findings.chunks(500) {
        let mut statement = Sql::new("SELECT finding_id, at, hash FROM finding_event WHERE org = ");
        statement.bind(ORG).push(" AND finding_id IN (").bind_list(chunk).push(")");
        statement.push(" ORDER BY finding_id, at, hash");
        for row in tx.rows(&statement).await? {
            let key = format!("{}/{}/{}", row.text(0)?, row.int(1)?, row.text(2)?);
            gone.push(RowHash { table: Table::FindingEvent, key, hash: String::new() });
        }
        let mut delete = Sql::new("DELETE FROM finding_event WHERE org = ");
        delete.bind(ORG).push(" AND finding_id IN (").bind_list(chunk).push(")");
        tx.execute(&delete).await?;
    }
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
