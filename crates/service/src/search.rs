//! Search over records, findings, evidence and deficiencies, as far as the actor may see.

use crate::{Actor, Service, ServiceError};
use warrant_store::evidence::EvidenceQuery;
use warrant_store::findings::FindingQuery;
use warrant_store::postures::DeficiencyQuery;
use warrant_store::records::{self, RecordQuery};

/// Something found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Hit {
    /// What it is: a kind's title, `Finding`, `Evidence`, `Deficiency`.
    pub what: String,
    /// `record`, `finding`, `evidence` or `deficiency`.
    pub sort: &'static str,
    /// Kind name for records, empty otherwise.
    pub kind: String,
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: String,
    /// One more line: the system, the target.
    pub detail: String,
}

impl Service {
    /// Up to `limit` hits of each sort for words that must all occur.
    pub async fn search(&self, actor: &Actor, text: &str, limit: i64) -> Result<Vec<Hit>, ServiceError> {
        let text = text.trim().to_owned();
        if text.is_empty() {
            return Ok(Vec::new());
        }
        let (mut db, sees) = (self.store().db(), actor.sees());
        let systems = self.system_names(actor).await?;
        let name = |id: &str| systems.get(id).cloned().unwrap_or_default();
        let query = RecordQuery { text: text.clone(), limit, ..RecordQuery::default() };
        let mut hits: Vec<_> = records::list(&mut db, &query, &sees)
            .await?
            .into_iter()
            .map(|row| Hit {
                what: self.registry().kind(&row.kind).map_or("", |kind| kind.spec.title).to_owned(),
                sort: "record",
                detail: name(&row.system),
                kind: row.kind,
                id: row.id,
                title: row.title,
            })
            .collect();
        hits.sort_by_key(|hit| hit.kind != "system");
        let query = DeficiencyQuery { text: text.clone(), limit, ..DeficiencyQuery::default() };
        let found = warrant_store::postures::list(&mut db, &query, &sees).await?;
        hits.extend(found.into_iter().map(|row| Hit {
            what: "Deficiency".to_owned(),
            sort: "deficiency",
            kind: String::new(),
            detail: name(&row.system),
            id: row.deficiency.id,
            title: row.deficiency.title,
        }));
        let query = FindingQuery { text: text.clone(), descending: true, limit, ..FindingQuery::default() };
        let query = warrant_store::findings::search(&mut db, &query).await?;
        let found = warrant_store::findings::list(&mut db, &query, &sees).await?;
        hits.extend(found.into_iter().map(|finding| Hit {
            what: "Finding".to_owned(),
            sort: "finding",
            kind: String::new(),
            detail: format!("{} · {}", name(&finding.system), finding.target),
            id: finding.id,
            title: finding.title,
        }));
        let query = EvidenceQuery { text, limit, ..EvidenceQuery::default() };
        let found = warrant_store::evidence::list(&mut db, &query, &sees).await?;
        hits.extend(found.into_iter().map(|row| Hit {
            what: "Evidence".to_owned(),
            sort: "evidence",
            kind: String::new(),
            detail: name(&row.system),
            id: row.hash.0,
            title: row.name,
        }));
        Ok(hits)
    }
}
