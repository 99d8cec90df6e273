//! What advisories say of a bill, kept and read again.

use super::bill::Parts;
use serde::{Deserialize, Serialize};
use warrant_advisory::database::Database;
use warrant_advisory::judge::{Context, Judgement, Question};
use warrant_advisory::releases::Release;
use warrant_advisory::upgrade::{Step, smallest_safe};
use warrant_store::StoreError;

/// A verdict on a bill, made without a limit of age: what time does to it is added when it is read.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Kept<'d> {
    /// One judgement for each part, in order.
    #[serde(borrow)]
    pub(crate) judgements: Vec<Judgement<'d>>,
    /// The smallest safe steps.
    pub(crate) steps: Vec<Step>,
}

impl<'d> Kept<'d> {
    /// Judges a bill.
    pub(crate) fn of(database: &'d Database, parts: &Parts, now: jiff::Timestamp) -> Self {
        let release = Release {
            label: String::new(),
            components: parts.components.clone(),
            context: Context { product: parts.product.clone() },
        };
        let judged = database.judge_release(&release, Question { now, max_age_days: None });
        let steps = smallest_safe(database, &judged);
        Self { judgements: judged.judgements, steps }
    }

    /// The part of it that hits: parts of the bill that something applies to, with their steps.
    pub(crate) fn hits(&self) -> Self {
        let hit = self.judgements.iter().filter(|judgement| !judgement.affected.is_empty());
        let judgements = hit.map(|judgement| Judgement {
            answer: judgement.answer,
            package: judgement.package.clone(),
            version: judgement.version.clone(),
            affected: judgement.affected.clone(),
            cleared: Vec::new(),
            notices: Vec::new(),
            not_assessed: Vec::new(),
            considered: judgement.considered,
        });
        Self { judgements: judgements.collect(), steps: self.steps.clone() }
    }

    /// Reads what was kept.
    pub(crate) fn read(bytes: &'d [u8]) -> Result<Self, StoreError> {
        rmp_serde::from_slice(bytes)
            .map_err(|error| StoreError::Damaged(format!("verdict on a release: {error}")))
    }

    /// As it is kept.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, StoreError> {
        rmp_serde::to_vec_named(self)
            .map_err(|error| StoreError::Damaged(format!("verdict on a release: {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use warrant_advisory::feed::Feed;
    use warrant_advisory::formats::{Limits, read};
    use warrant_advisory::judge::{Answer, Component};

    #[test]
    fn verdicts_come_back_as_they_were_made() {
        let mut feed = Feed::default();
        let osv = br#"{"id": "GHSA-1", "aliases": ["CVE-2026-1"], "modified": "2026-10-01T00:00:00Z", "summary": "Say \"no\"",
            "affected": [{"package": {"ecosystem": "npm", "name": "lib"},
            "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.4.2"}]}]}]}"#;
        assert!(read("osv.json", osv, Limits::default(), &mut feed));
        let database = Database::new(feed);
        let purls = [
            "pkg:npm/lib@1.0.0",
            "pkg:npm/lib@2.0.0",
            "pkg:npm/lib",
            "pkg:pypi/lib@1",
            "lib",
            "pkg:deb/debian/x@1",
        ];
        let part = |purl: &&str| Component {
            purl: Some((*purl).into()),
            name: "lib".into(),
            ..Component::default()
        };
        let parts = Parts { product: Vec::new(), components: purls.iter().map(part).collect() };
        let kept = Kept::of(&database, &parts, "2026-11-01T00:00:00Z".parse().unwrap());
        let answers: Vec<Answer> = kept.judgements.iter().map(|judgement| judgement.answer).collect();
        assert_eq!(&answers[..3], [Answer::Affected, Answer::NotAffected, Answer::NotAssessed]);
        let bytes = kept.bytes().unwrap();
        let again = Kept::read(&bytes).unwrap();
        assert_eq!((&again.judgements, &again.steps), (&kept.judgements, &kept.steps));
        assert!(Kept::read(&bytes[..bytes.len() / 2]).is_err());
    }
}
