//! Findings that bear on one another: where one was before, and what other tools say of its target.

use super::{COLUMNS, moved_to, read, second};
use crate::ORG;
use crate::db::Reader;
use crate::error::StoreError;
use crate::sql::{Sql, contains_pattern};
use std::collections::BTreeSet;
use warrant_model::finding::{Finding, FindingState};

/// The findings that moved to this one.
pub async fn moved_here(
    reader: &mut (impl Reader + Send),
    finding: &Finding,
) -> Result<Vec<Finding>, StoreError> {
    let mut statement = Sql::default();
    statement.push("SELECT ").push(COLUMNS).push(" FROM finding f WHERE f.org = ").bind(ORG);
    statement.push(" AND f.system_id = ").bind(&finding.system).push(" AND f.state = ");
    statement.bind(moved_to(&finding.id)).push(" ORDER BY f.last_seen DESC, f.id LIMIT 100");
    reader.rows(&statement).await?.iter().map(read).collect()
}

/// Weaknesses that a tool reports of a target, those in whose subject a text occurs. At most so many.
pub async fn told_by(
    reader: &mut (impl Reader + Send),
    system: &str,
    (tool, target): (&str, &str),
    text: &str,
    most: i64,
) -> Result<Vec<Finding>, StoreError> {
    let mut statement = Sql::default();
    statement.push("SELECT ").push(COLUMNS).push(" FROM finding f WHERE f.org = ").bind(ORG);
    statement.push(" AND f.system_id = ").bind(system).push(" AND f.tool = ").bind(tool);
    statement.push(" AND f.target = ").bind(target).push(" AND f.sort = 'weakness'");
    statement.push(" AND (f.vulnerabilities <> '' OR f.cwes <> '')");
    if !text.is_empty() {
        statement.push(" AND LOWER(f.subject) LIKE ").bind(contains_pattern(text)).push(" ESCAPE '!'");
    }
    statement.push(" ORDER BY f.id LIMIT ").bind(most);
    reader.rows(&statement).await?.iter().map(read).collect()
}

/// Second witnesses on the targets of some findings.
pub async fn seconds(reader: &mut (impl Reader + Send), of: &[Finding]) -> Result<Vec<Finding>, StoreError> {
    let systems: BTreeSet<&str> = of.iter().map(|finding| finding.system.as_str()).collect();
    let targets: BTreeSet<&str> = of.iter().map(|finding| finding.target.as_str()).collect();
    if of.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = Sql::default();
    statement.push("SELECT ").push(COLUMNS).push(" FROM finding f WHERE f.org = ").bind(ORG);
    statement.push(" AND f.system_id IN (").bind_list(systems).push(") AND f.state IN (");
    statement.bind_list(FindingState::LISTED.map(second)).push(") AND f.target IN (");
    statement.bind_list(targets).push(") LIMIT 5000");
    reader.rows(&statement).await?.iter().map(read).collect()
}
