//! Findings as they stood at an instant: what each row's events say of it, for a system or for whatever a query narrows a
//! list over all systems to.
//!
//! Events hold what changes: the state, and where it was seen. Severity, title and remedy are as the tool last told them.

use super::find::{Bounds, FindingQuery, Search, Way, search_within};
use super::{COLUMNS, read, read_event};
use crate::ORG;
use crate::db::Reader;
use crate::error::StoreError;
use crate::sight::Sight;
use crate::sql::Sql;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use warrant_model::fact::Place;
use warrant_model::finding::{Finding, FindingSort, FindingState};
use warrant_model::lifecycle::Event;
use warrant_model::snapshot::Findings;
use warrant_model::time::{from_micros, micros};
use warrant_model::witnesses::SharedKey;

/// A system's findings with what their events, oldest first, say of them. Those without an event were not there yet.
/// Findings come and go in the order of their ids.
pub(crate) fn as_they_stood(findings: impl IntoIterator<Item = Finding>, events: Vec<Event>) -> Vec<Finding> {
    let (since, reopened) = (open_since(&events), reopened(&events));
    let mut last: HashMap<String, Event> =
        events.into_iter().map(|event| (event.finding.clone(), event)).collect();
    let stood = |mut finding: Finding| {
        let event = last.remove(&finding.id)?;
        finding.state = event.state;
        finding.state_since = match event.state {
            FindingState::Open => since.get(&finding.id).copied().unwrap_or(event.at),
            _ => event.at,
        };
        finding.reopened = reopened.get(&finding.id).copied().unwrap_or_default().min(finding.reopened);
        finding.evidence = event.evidence;
        finding.place = event.place;
        Some(finding)
    };
    findings.into_iter().filter_map(stood).collect()
}

/// How often each finding came back, by its events in the order of time.
fn reopened(events: &[Event]) -> HashMap<String, u32> {
    let (mut closed, mut reopened) = (BTreeSet::new(), HashMap::new());
    for event in events {
        match event.state {
            FindingState::Closed => {
                closed.insert(event.finding.as_str());
            }
            FindingState::Open if closed.remove(event.finding.as_str()) => {
                *reopened.entry(event.finding.clone()).or_default() += 1;
            }
            _ => {}
        }
    }
    reopened
}

/// Since when each finding is open, by its events in the order of time. What moved goes on where it went: the event of
/// either names the same place in the same file.
fn open_since(events: &[Event]) -> HashMap<String, Timestamp> {
    let mut since: HashMap<String, Timestamp> = HashMap::new();
    for look in events.chunk_by(|a, b| (a.at, &a.evidence) == (b.at, &b.evidence)) {
        let moved: HashMap<&Place, Timestamp> = look
            .iter()
            .filter(|event| event.state == FindingState::Moved)
            .filter_map(|event| Some((&event.place, *since.get(&event.finding)?)))
            .collect();
        let opened = look.iter().filter(|event| event.state == FindingState::Open);
        let opened: Vec<_> = opened
            .map(|event| (event.finding.clone(), moved.get(&event.place).copied().unwrap_or(event.at)))
            .collect();
        since.extend(opened);
    }
    since
}

/// Every finding that fits a query as it stood at an instant, as far as `sight` reaches, in no order: the query's limits
/// on state, severity and decision are left aside, and so is that on the tool unless nothing else narrows as much. What
/// another finding stood for is not there. `None`: more than `most` rows would have to be gone through.
///
/// Their last sight is as it is known now: see [`last_seen_then`].
pub async fn then(
    reader: &mut (impl Reader + Send),
    query: &FindingQuery,
    sight: &Sight,
    at: Timestamp,
    most: i64,
) -> Result<Option<Vec<Finding>>, StoreError> {
    let Some((search, way)) = led(reader, query, sight, most).await? else { return Ok(None) };
    let mut statement = Sql::default();
    statement.push("SELECT ").push(COLUMNS).push(" FROM finding f");
    search.conditions_on_any_state(&mut statement, sight, way);
    statement.push(" AND f.first_seen <= ").bind(micros(at)).push(" LIMIT ").bind(most + 1);
    let mut rows = BTreeMap::new();
    for row in reader.rows(&statement).await? {
        let finding = read(&row)?;
        rows.insert(finding.id.clone(), finding);
    }
    if rows.len() as i64 > most {
        return Ok(None);
    }
    let asked: BTreeSet<String> = rows.keys().cloned().collect();
    if !witnesses(reader, &mut rows, most).await? {
        return Ok(None);
    }
    let events = events_until(reader, rows.keys(), at).await?;
    let mut systems: BTreeMap<String, Findings> = BTreeMap::new();
    for finding in as_they_stood(rows.into_values(), events) {
        systems.entry(finding.system.clone()).or_default().push(&finding);
    }
    let mut found = Vec::new();
    for (system, mut findings) in systems {
        findings.settle();
        let stands = |row: &usize| findings.state[*row] != FindingState::Moved && !findings.is_second(*row);
        let rows = (0..findings.len()).filter(stands).map(|row| findings.finding(row, &system));
        found.extend(rows.filter(|finding| asked.contains(&finding.id)));
    }
    Ok(Some(found))
}

/// The query as it is looked into, and the way that leads to no more than `most` rows.
async fn led(
    reader: &mut (impl Reader + Send),
    query: &FindingQuery,
    sight: &Sight,
    most: i64,
) -> Result<Option<(Search, Way)>, StoreError> {
    let bounds = Bounds { most, ..Bounds::default() };
    let relaxed = FindingQuery { state: None, severity: None, decision: None, ..query.clone() };
    let search = search_within(reader, &FindingQuery { tool: None, ..relaxed.clone() }, bounds).await?;
    if let Some(way) = search.narrow_way() {
        return Ok(Some((search, way)));
    }
    if relaxed.tool.is_some() {
        let by_tool = search_within(reader, &relaxed, bounds).await?;
        if let Some(way) = by_tool.narrow_way() {
            return Ok(Some((by_tool, way)));
        }
    }
    let mut count = Sql::new("SELECT COUNT(*) FROM (SELECT 1 FROM finding f WHERE f.org = ").with("", ORG);
    sight.and_system(&mut count, "f.system_id");
    count.push(" LIMIT ").bind(most + 1).push(") AS counted");
    let all = reader.first(&count).await?.map_or(Ok(0), |row| row.int(0))?;
    Ok((all <= most).then_some((search, Way::Standing)))
}

/// Adds what other tools tell of the same targets, so that who stood for a weakness can be told. Whether that was no more
/// than `most`.
async fn witnesses(
    reader: &mut (impl Reader + Send),
    rows: &mut BTreeMap<String, Finding>,
    most: i64,
) -> Result<bool, StoreError> {
    let mut targets: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut keys = BTreeSet::new();
    for finding in rows.values().filter(|finding| finding.sort == FindingSort::Weakness) {
        if let Some(key) = SharedKey::of(finding) {
            targets.entry(&finding.target).or_default().insert(&finding.system);
            keys.insert((finding.system.clone(), key));
        }
    }
    let mut left = most;
    let mut added = Vec::new();
    for chunk in targets.into_iter().collect::<Vec<_>>().chunks(100) {
        let mut statement = Sql::default();
        statement.push("SELECT ").push(COLUMNS).push(" FROM finding f WHERE f.org = ").bind(ORG);
        statement.push(" AND f.target IN (").bind_list(chunk.iter().map(|(target, _)| *target));
        let systems: BTreeSet<&str> = chunk.iter().flat_map(|(_, systems)| systems.iter().copied()).collect();
        if systems.len() <= 400 {
            statement.push(") AND f.system_id IN (").bind_list(systems);
        }
        statement.push(") AND f.sort = 'weakness' AND (f.vulnerabilities <> '' OR f.cwes <> '') LIMIT ");
        statement.bind(left + 1);
        let found = reader.rows(&statement).await?;
        left -= found.len() as i64;
        if left < 0 {
            return Ok(false);
        }
        for row in &found {
            let finding = read(row)?;
            let key = SharedKey::of(&finding).map(|key| (finding.system.clone(), key));
            if key.is_some_and(|key| keys.contains(&key)) {
                added.push(finding);
            }
        }
    }
    rows.extend(added.into_iter().map(|finding| (finding.id.clone(), finding)));
    Ok(true)
}

/// The events of findings up to an instant, oldest first.
async fn events_until(
    reader: &mut (impl Reader + Send),
    ids: impl Iterator<Item = &String>,
    at: Timestamp,
) -> Result<Vec<Event>, StoreError> {
    let ids: Vec<&str> = ids.map(String::as_str).collect();
    let mut events = Vec::new();
    for chunk in ids.chunks(500) {
        let mut statement =
            Sql::new("SELECT finding_id, at, state, hash, line, pointer FROM finding_event WHERE org = ");
        statement.bind(ORG).push(" AND finding_id IN (").bind_list(chunk.iter().copied());
        statement.push(") AND at <= ").bind(micros(at));
        for row in reader.rows(&statement).await? {
            events.push(read_event(&row)?);
        }
    }
    events.sort_by(|a: &Event, b| (a.at, &a.evidence, &a.finding).cmp(&(b.at, &b.evidence, &b.finding)));
    Ok(events)
}

/// Sets when findings, as they stood at an instant, had last been seen then: no later than the newest look of their tool
/// at their target, and for what was closed the look that closed it.
pub async fn last_seen_then(
    reader: &mut (impl Reader + Send),
    findings: &mut [Finding],
    at: Timestamp,
) -> Result<(), StoreError> {
    for chunk in findings.chunks_mut(20) {
        let of = |text: fn(&Finding) -> &str| chunk.iter().map(text).collect::<BTreeSet<&str>>();
        let mut statement = Sql::new("SELECT system_id, tool, target, observed_at FROM look WHERE org = ");
        statement.bind(ORG).push(" AND system_id IN (").bind_list(of(|one| &one.system));
        statement.push(") AND tool IN (").bind_list(of(|one| &one.tool));
        statement.push(") AND target IN (").bind_list(of(|one| &one.target));
        statement.push(") AND observed_at <= ").bind(micros(at));
        let mut looks: HashMap<(String, String, String), Vec<Timestamp>> = HashMap::new();
        for row in reader.rows(&statement).await? {
            let key = (row.text(0)?, row.text(1)?, row.text(2)?);
            looks.entry(key).or_default().push(from_micros(row.int(3)?));
        }
        for finding in chunk {
            let key = (finding.system.clone(), finding.tool.clone(), finding.target.clone());
            let newest = looks.get(&key).and_then(|looks| looks.iter().max());
            finding.last_seen = match finding.state {
                // As lists of the present have it: the look that closed it.
                FindingState::Closed => finding.state_since,
                _ => newest.map_or(finding.first_seen, |looked| finding.last_seen.min(*looked)),
            };
        }
    }
    Ok(())
}
