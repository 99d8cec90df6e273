//! Decisions on vulnerabilities that people recorded and an officer approved.

use crate::{Actor, Service, ServiceError};
use std::collections::HashMap;
use warrant_advisory::decision::{Decision, Kind};
use warrant_advisory::ecosystem::{self, Package};
use warrant_advisory::purl::Purl;
use warrant_model::kind::parse_body;
use warrant_model::kinds::VulnerabilityDecision;
use warrant_model::time::{end_of, from_micros, micros};
use warrant_store::records::{self, RecordQuery};

/// Decisions of each system with the ids of their records, in the same order.
pub(crate) type Decisions = HashMap<String, (Vec<String>, Vec<Decision>)>;

impl Service {
    /// Approved decisions, by system, oldest first.
    pub(crate) async fn vulnerability_decisions(&self, actor: &Actor) -> Result<Decisions, ServiceError> {
        let kind = "vulnerability_decision".to_owned();
        let query = RecordQuery { kind, limit: 100_000, ..RecordQuery::default() };
        let mut rows = records::list(&mut self.store().db(), &query, &actor.sees()).await?;
        rows.retain(|row| row.state == "approved");
        rows.sort_by(|a, b| (a.updated_at, &a.id).cmp(&(b.updated_at, &b.id)));
        let mut found = Decisions::new();
        for row in rows {
            let Some(decision) = parse_body(&row.body).and_then(decision) else { continue };
            let (records, decisions) = found.entry(row.system).or_default();
            records.push(row.id);
            decisions.push(decision);
        }
        Ok(found)
    }
}

/// A record as it is judged by. `None`: it names no package that advisories could name.
fn decision(body: VulnerabilityDecision) -> Option<Decision> {
    // Approving asks for a last day.
    let last = micros(end_of(body.expires?)) - 1;
    Some(Decision {
        package: package(&body.package)?,
        vulnerability: body.vulnerability.trim().to_owned(),
        version: body.version.trim().to_owned(),
        kind: match body.ruling.justification() {
            Some(word) => Kind::NotAffected(word.to_owned()),
            None => Kind::Accepted,
        },
        expires: from_micros(last),
        severity: body.severity,
        exploited: body.exploited.unwrap_or_default(),
        reason: body.reason,
    })
}

/// A package as people name it: a package URL, or ecosystem and name.
fn package(text: &str) -> Option<Package> {
    let text = text.trim();
    match text.parse::<Purl>() {
        Ok(purl) => ecosystem::package_of(&purl).ok(),
        Err(_) => {
            let (ecosystem, name) = text.rsplit_once(' ')?;
            Some(ecosystem::package(ecosystem, name))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::package;

    #[test]
    fn packages_are_named_by_their_url_or_by_ecosystem_and_name() {
        let named =
            |text: &str| package(text).map(|package| format!("{}|{}", package.ecosystem, package.name));
        assert_eq!(named("pkg:maven/org.example/codec").as_deref(), Some("Maven|org.example:codec"));
        assert_eq!(named("Maven org.example:codec").as_deref(), Some("Maven|org.example:codec"));
        assert_eq!(named("Rocky Linux:9 curl").as_deref(), Some("Rocky Linux:9|curl"));
        assert_eq!(named("codec"), None);
    }
}
