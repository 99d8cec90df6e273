//! What time alone does to a judgement: advisories that have become too old do not clear any more.

use super::{Answer, Judgement, NotAssessed, Question};
use crate::database::Coverage;
use std::collections::BTreeMap;

/// Why an ecosystem's advisories do not clear any more, if they are too old.
pub(super) fn stale(coverage: &Coverage, ecosystem: &str, question: Question) -> Option<NotAssessed> {
    let limit = question.max_age_days?;
    let oldest = question.now.as_second() - i64::from(limit) * 86_400;
    let newest = coverage.newest;
    let old = newest.is_none_or(|newest| newest.as_second() < oldest);
    old.then(|| NotAssessed::Stale { ecosystem: ecosystem.to_owned(), newest, limit })
}

impl Judgement<'_> {
    /// Ages a judgement that was made without a limit of age, so that it says what asking now would say. `coverage` is
    /// that of the database which judged.
    pub fn age(&mut self, coverage: &BTreeMap<String, Coverage>, question: Question) {
        let Some(package) = &self.package else { return };
        let Some(known) = coverage.get(&package.ecosystem) else { return };
        let Some(stale) = stale(known, &package.ecosystem, question) else { return };
        self.not_assessed.insert(0, stale);
        if self.answer == Answer::NotAffected {
            self.answer = Answer::NotAssessed;
        }
    }
}
