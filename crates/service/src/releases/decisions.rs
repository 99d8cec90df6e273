//! What people recorded that releases are judged by: which is in use, and approved decisions on vulnerabilities.

use super::posture::Product;
use crate::{Service, ServiceError};
use std::sync::Arc;
use warrant_advisory::decision::{Decision, Kind};
use warrant_advisory::ecosystem::{self, Package};
use warrant_advisory::purl::Purl;
use warrant_model::kind::parse_body;
use warrant_model::kinds::VulnerabilityDecision;
use warrant_model::time::{end_of, from_micros, micros};
use warrant_store::Sight;
use warrant_store::records::{self, RecordQuery, RecordRow};

/// What records of a system say that its releases are judged by.
#[derive(Default)]
pub(crate) struct Said {
    /// Components that name the version of their product.
    pub(super) products: Vec<Product>,
    /// Records of the decisions, in the same order.
    pub(crate) records: Vec<String>,
    /// Approved decisions, oldest first.
    pub(crate) decisions: Vec<Decision>,
}

impl Service {
    /// What a system's records say, from memory as long as they carry the same mark.
    pub(crate) async fn said(&self, system: &str, mark: i64) -> Result<Arc<Said>, ServiceError> {
        if let Some((kept, said)) = self.shelves().said(system)
            && kept == mark
        {
            return Ok(said);
        }
        let mut said = Said::default();
        for row in self.records_of_kind("component", system).await? {
            let hostnames = row.body["hostnames"].as_array().into_iter().flatten();
            let names = hostnames.filter_map(|name| name.as_str()).chain([row.title.as_str()]);
            said.products.extend(Product::of(&row.id, names, row.body["product_version"].as_str()));
        }
        let mut rows = self.records_of_kind("vulnerability_decision", system).await?;
        rows.retain(|row| row.state == "approved");
        rows.sort_by(|a, b| (a.updated_at, &a.id).cmp(&(b.updated_at, &b.id)));
        for row in rows {
            let Some(decision) = parse_body(&row.body).and_then(decision) else { continue };
            said.records.push(row.id);
            said.decisions.push(decision);
        }
        let said = Arc::new(said);
        self.shelves().keep_said(system, (mark, said.clone()));
        Ok(said)
    }

    async fn records_of_kind(&self, kind: &str, system: &str) -> Result<Vec<RecordRow>, ServiceError> {
        let (kind, system) = (kind.to_owned(), Some(system.to_owned()));
        let query = RecordQuery { kind, system, limit: 100_000, ..RecordQuery::default() };
        Ok(records::list(&mut self.store().db(), &query, &Sight::Everything).await?)
    }
}

/// A record as it is judged by. `None`: it names no package that advisories could name.
pub(super) fn decision(body: VulnerabilityDecision) -> Option<Decision> {
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
