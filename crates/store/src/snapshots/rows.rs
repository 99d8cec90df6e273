//! Reading what evidence says of a system row by row, as it is now or was at an instant.

use super::side::{EvidenceSide, SystemFacts, current};
use super::working::in_order;
use super::{AsOf, until};
use crate::ORG;
use crate::db::Reader;
use crate::error::StoreError;
use crate::facts::{self, FactOfFile, FactQuery};
use crate::findings;
use crate::sql::{Sql, sql};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;
use warrant_model::fact::Fact;
use warrant_model::hash::ContentHash;
use warrant_model::snapshot::{EvidenceMeta, Findings, Sourced, Target};
use warrant_model::time::{from_micros, micros};

/// Loads the part of a system that comes from evidence, row by row.
pub async fn evidence_side(
    reader: &mut (impl Reader + Send),
    system: &str,
    at: AsOf,
) -> Result<EvidenceSide, StoreError> {
    let evidence = evidence_meta(reader, system, at).await?;
    let targets = targets(reader, system, at).await?;
    let findings = match at {
        AsOf::Now(_) => findings_now(reader, system).await?,
        AsOf::Past(past) => findings_past(reader, system, past, &targets).await?,
    };
    let facts = system_facts(reader, system, at, &targets).await?;
    Ok(EvidenceSide {
        findings: Arc::new(findings),
        evidence: Arc::new(evidence),
        targets: Arc::new(targets),
        facts,
    })
}

/// Keeps the facts that `pick` knows.
pub(super) fn picked<T>(facts: Vec<Sourced<Fact>>, pick: impl Fn(Fact) -> Option<T>) -> Vec<Sourced<T>> {
    let keep =
        |Sourced { fact, evidence, place, at }| pick(fact).map(|fact| Sourced { fact, evidence, place, at });
    facts.into_iter().filter_map(keep).collect()
}

pub(super) async fn sourced(
    reader: &mut (impl Reader + Send),
    system: &str,
    sorts: &[&str],
    at: AsOf,
) -> Result<Vec<Sourced<Fact>>, StoreError> {
    let query = FactQuery { system, sorts, files: None, until: until(at) };
    let found = facts::of_system(reader, query).await?;
    Ok(found.into_iter().map(sourced_of).collect())
}

fn sourced_of(FactOfFile { evidence, observed_at, stored, .. }: FactOfFile) -> Sourced<Fact> {
    Sourced { fact: stored.fact, evidence, place: stored.place, at: from_micros(observed_at) }
}

async fn evidence_meta(
    reader: &mut (impl Reader + Send),
    system: &str,
    at: AsOf,
) -> Result<Vec<EvidenceMeta>, StoreError> {
    let until = until(at);
    let query = "SELECT hash, name, format, tool, observed_at, received_at FROM evidence WHERE org = $1 AND system_id = $2 AND observed_at <= $3 ORDER BY observed_at, hash";
    let rows = reader.rows(&sql(query, [ORG.into(), system.into(), until.into()])).await?;
    rows.iter()
        .map(|row| {
            Ok(EvidenceMeta {
                hash: ContentHash(row.text(0)?),
                name: row.text(1)?,
                format: row.text(2)?,
                tool: row.text(3)?,
                observed_at: from_micros(row.int(4)?),
                received_at: from_micros(row.int(5)?),
            })
        })
        .collect()
}

/// The newest look of each tool at each target.
async fn targets(
    reader: &mut (impl Reader + Send),
    system: &str,
    at: AsOf,
) -> Result<Vec<Target>, StoreError> {
    let until = until(at);
    let query = "SELECT target, tool, observed_at, hash FROM look WHERE org = $1 AND system_id = $2 AND observed_at <= $3 ORDER BY observed_at, hash";
    let rows = reader.rows(&sql(query, [ORG.into(), system.into(), until.into()])).await?;
    let mut newest: BTreeMap<(String, String), Target> = BTreeMap::new();
    for row in &rows {
        let target = Target {
            name: row.text(0)?,
            tool: row.text(1)?,
            last_seen: from_micros(row.int(2)?),
            evidence: ContentHash(row.text(3)?),
        };
        newest.insert((target.name.clone(), target.tool.clone()), target);
    }
    Ok(newest.into_values().collect())
}

async fn findings_now(reader: &mut (impl Reader + Send), system: &str) -> Result<Findings, StoreError> {
    let mut statement = Sql::default();
    statement.push("SELECT ").push(findings::COLUMNS).push(" FROM finding f WHERE f.org = ").bind(ORG);
    statement.push(" AND f.system_id = ").bind(system).push(" ORDER BY f.id");
    let mut columns = Findings::default();
    for row in reader.rows(&statement).await? {
        columns.push(&findings::read(&row)?);
    }
    columns.settle();
    Ok(columns)
}

async fn findings_past(
    reader: &mut (impl Reader + Send),
    system: &str,
    at: Timestamp,
    targets: &[Target],
) -> Result<Findings, StoreError> {
    let query = "SELECT finding_id, at, state, hash, line, pointer FROM finding_event WHERE org = $1 AND system_id = $2 AND at <= $3 ORDER BY at, hash";
    let rows = reader.rows(&sql(query, [ORG.into(), system.into(), micros(at).into()])).await?;
    let events = rows.iter().map(findings::read_event).collect::<Result<Vec<_>, _>>()?;
    let mut statement = Sql::default();
    statement.push("SELECT ").push(findings::COLUMNS).push(" FROM finding f WHERE f.org = ").bind(ORG);
    statement.push(" AND f.system_id = ").bind(system).push(" ORDER BY f.id");
    let newest: BTreeMap<_, _> =
        targets.iter().map(|t| ((t.tool.as_str(), t.name.as_str()), t.last_seen)).collect();
    let rows = reader.rows(&statement).await?;
    let rows = rows.iter().map(findings::read).collect::<Result<Vec<_>, _>>()?;
    let mut columns = Findings::default();
    for mut finding in findings::as_they_stood(rows, events) {
        let looked = newest.get(&(finding.tool.as_str(), finding.target.as_str()));
        finding.last_seen = looked.map_or(finding.state_since, |at| finding.last_seen.min(*at));
        columns.push(&finding);
    }
    columns.settle();
    Ok(columns)
}

/// Backups are all kept; of software, settings and services only what the newest look at a target says.
async fn system_facts(
    reader: &mut (impl Reader + Send),
    system: &str,
    at: AsOf,
    targets: &[Target],
) -> Result<SystemFacts, StoreError> {
    let backups = picked(sourced(reader, system, &["backup"], at).await?, |fact| match fact {
        Fact::Backup(fact) => Some(fact),
        _ => None,
    });
    let mut newest: Vec<_> = targets.iter().map(|target| target.evidence.as_str()).collect();
    newest.sort_unstable();
    newest.dedup();
    let mut kept = SystemFacts { backups: Arc::new(backups), ..SystemFacts::default() };
    let (mut software, mut settings, mut services) = (Vec::new(), Vec::new(), Vec::new());
    let current = current(targets);
    for files in newest.chunks(200) {
        let sorts = &["component", "service", "setting"];
        let query = FactQuery { system, sorts, files: Some(files), until: until(at) };
        for found in facts::of_system(reader, query).await? {
            // A file of a system is one tool's.
            if !current.contains(&(found.evidence.as_str(), found.stored.fact.target())) {
                continue;
            }
            let Sourced { fact, evidence, place, at } = sourced_of(found);
            match fact {
                Fact::Component(fact) => software.push(Sourced { fact, evidence, place, at }),
                Fact::Setting(fact) => settings.push(Sourced { fact, evidence, place, at }),
                Fact::Service(fact) => services.push(Sourced { fact, evidence, place, at }),
                _ => {}
            }
        }
    }
    in_order(&mut software);
    in_order(&mut settings);
    in_order(&mut services);
    kept.software = Arc::new(software);
    kept.settings = Arc::new(settings);
    kept.services = Arc::new(services);
    Ok(kept)
}
