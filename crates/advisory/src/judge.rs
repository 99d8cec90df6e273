//! Three answers, never two: *affected*, *not affected because …*, *not assessed because …*.

mod age;
mod answer;
mod sources;
mod vex;

use crate::advisory::Advisory;
use crate::database::{Database, Group, Match, PackageId, Rule, Scratch, Table};
use crate::ecosystem::{self, Package};
use crate::purl::Purl;
use crate::version::Confidence;
use warrant_model::Severity;

pub use answer::{Answer, Cleared, Component, Hit, Judgement, NotAssessed, Question};
pub use sources::Sources;
pub use vex::Context;

/// What a component is, as far as its package URL or ecosystem tells.
///
/// # Errors
/// [`NotAssessed`] for what is missing.
pub fn identify(component: &Component) -> Result<(Package, Option<String>), NotAssessed> {
    let given = component.version.as_deref().map(str::trim).filter(|version| !version.is_empty());
    let Some(text) = &component.purl else {
        let ecosystem = component.ecosystem.as_deref().filter(|ecosystem| !ecosystem.is_empty());
        let ecosystem = ecosystem.ok_or(NotAssessed::NoPurl)?;
        return Ok((ecosystem::package(ecosystem, &component.name), given.map(str::to_owned)));
    };
    let purl: Purl = text.parse().map_err(|error: crate::purl::PurlError| {
        let message = error.to_string();
        NotAssessed::BadPurl { message }
    })?;
    let package = ecosystem::package_of(&purl).map_err(|reason| NotAssessed::NoPackage { reason })?;
    // A package URL without version does not hide the component's own.
    let version = ecosystem::version_of(&purl).or_else(|| given.map(str::to_owned));
    Ok((package, version))
}

impl Database {
    /// Judges a component by itself.
    pub fn judge(&self, component: &Component, question: Question, context: &Context) -> Judgement<'_> {
        self.judge_among(component, question, context, &Sources::default())
    }

    /// Judges a component of a bill that says this of source packages.
    pub fn judge_among(
        &self,
        component: &Component,
        question: Question,
        context: &Context,
        sources: &Sources,
    ) -> Judgement<'_> {
        let mut judgement = Judgement {
            answer: Answer::NotAssessed,
            package: None,
            version: None,
            affected: Vec::new(),
            cleared: Vec::new(),
            notices: Vec::new(),
            not_assessed: Vec::new(),
            considered: 0,
        };
        match identify(component) {
            Ok((package, version)) => {
                self.judge_package(&package, version.as_deref(), question, &mut judgement);
                judgement.not_assessed.extend(self.without_source(component, &package, sources));
                self.apply_statements(component, version.as_deref(), context, &mut judgement);
                (judgement.package, judgement.version) = (Some(package), version);
            }
            Err(why) => judgement.not_assessed.push(why),
        }
        judgement.affected.sort_by(|a, b| {
            let rank = |hit: &Hit<'_>| {
                (
                    hit.exploited,
                    hit.severity.map(Severity::rank),
                    hit.score.map(|score| (score * 10.0) as u32),
                )
            };
            rank(b).cmp(&rank(a)).then_with(|| a.id.cmp(b.id))
        });
        judgement.notices.sort_by(|a, b| a.id.cmp(b.id));
        judgement.answer = match (judgement.affected.is_empty(), judgement.not_assessed.is_empty()) {
            (false, _) => Answer::Affected,
            (true, false) => Answer::NotAssessed,
            (true, true) => Answer::NotAffected,
        };
        judgement
    }

    fn judge_package<'d>(
        &'d self,
        package: &Package,
        version: Option<&str>,
        question: Question,
        judgement: &mut Judgement<'d>,
    ) {
        let ecosystem = package.ecosystem.clone();
        match self.coverage(&ecosystem) {
            // What single records say of the package is still looked at below: it may accuse, not clear.
            None => judgement.not_assessed.push(NotAssessed::NoData { ecosystem: ecosystem.clone() }),
            Some(coverage) => judgement.not_assessed.extend(age::stale(coverage, &ecosystem, question)),
        }
        let Some(version) = version else {
            judgement.not_assessed.push(NotAssessed::NoVersion);
            return;
        };
        let Some(id) = self.find(&ecosystem, &package.name) else {
            // Nothing names the package, but a text that is no version was not looked at either.
            let scheme = ecosystem::scheme_of(&ecosystem);
            if scheme.key(version).is_err() {
                let (version, scheme) = (version.to_owned(), scheme.id().to_owned());
                judgement.not_assessed.push(NotAssessed::Unparsable { version, scheme });
            }
            return;
        };
        let mut scratch = Scratch::default();
        let mut found: Vec<(u32, &Table, &Rule)> = Vec::new();
        for table in self.tables(id) {
            judgement.considered += table.rules.len();
            let (hits, readable): (Vec<u32>, bool) = match table.look_up(version, &mut scratch) {
                Match::Read(hits) => (hits.collect(), true),
                Match::Unparsable => (Vec::new(), false),
            };
            let odd =
                (0u32..).zip(&table.rules).filter(|(_, rule)| rule.odd.iter().any(|odd| odd == version));
            let by_text: Vec<u32> =
                odd.map(|(number, _)| number).filter(|number| !hits.contains(number)).collect();
            for number in hits.iter().chain(&by_text) {
                let rule = &table.rules[*number as usize];
                found.push((self.group_of[rule.advisory as usize], table, rule));
            }
            if !readable && by_text.len() < table.rules.len() {
                let (version, scheme) = (version.to_owned(), table.scheme().id().to_owned());
                judgement.not_assessed.push(NotAssessed::Unparsable { version, scheme });
            }
            let ranged = table.rules.iter().any(|rule| !rule.spans.is_empty());
            if table.scheme().confidence() == Confidence::Low && ranged && hits.is_empty() {
                let ecosystem = ecosystem.clone();
                judgement.not_assessed.push(NotAssessed::UnknownOrder { ecosystem });
            }
            for (number, rule) in table.rules.iter().enumerate().filter(|(_, rule)| rule.unreadable) {
                if !hits.contains(&(number as u32)) {
                    let vulnerability = self.group_of(rule.advisory).id.clone();
                    judgement.not_assessed.push(NotAssessed::Unreadable { vulnerability });
                }
            }
        }
        found.sort_by_key(|(group, _, rule)| (*group, rule.advisory));
        for same in found.chunk_by(|a, b| a.0 == b.0) {
            let hit = self.hit(&self.groups[same[0].0 as usize], version, same);
            match hit.informational {
                Some(_) => judgement.notices.push(hit),
                None => judgement.affected.push(hit),
            }
        }
    }

    fn hit<'d>(&'d self, group: &'d Group, version: &str, rules: &[(u32, &'d Table, &'d Rule)]) -> Hit<'d> {
        let advisories = || rules.iter().map(|(_, _, rule)| &self.advisories[rule.advisory as usize]);
        let mut fixed: Vec<&str> = Vec::new();
        for (_, table, rule) in rules {
            let Ok(key) = table.scheme().key(version) else { continue };
            let later = rule.fixed.iter().filter(|(fix, _)| {
                table.scheme().order(fix, &key).is_gt() && !self.is_still_affected(table, rule, fix)
            });
            fixed.extend(
                later.map(|(_, text)| text.as_str()).filter(|text| !fixed.contains(text)).collect::<Vec<_>>(),
            );
        }
        if let Some((_, table, _)) = rules.first() {
            fixed.sort_by(|a, b| table.scheme().compare(a, b).unwrap_or(std::cmp::Ordering::Equal));
        }
        let (severity, score) = self.severity(group);
        let symbols =
            advisories().flat_map(|advisory| &advisory.affected).flat_map(|affected| &affected.symbols);
        let mut symbols: Vec<&str> = symbols.map(String::as_str).collect();
        symbols.sort_unstable();
        symbols.dedup();
        let summaries = advisories().map(|advisory| advisory.summary.as_str());
        // It is a notice only if every source calls it one.
        let informational: Option<Vec<&str>> =
            advisories().map(|advisory| advisory.informational.as_deref()).collect();
        Hit {
            id: &group.id,
            ids: group.ids.iter().map(String::as_str).collect(),
            summary: summaries.into_iter().find(|text| !text.is_empty()).unwrap_or_default(),
            severity,
            score,
            advisories: advisories().map(|advisory| advisory.id.as_str()).collect(),
            fixed,
            exploited: self.exploited(group).is_some(),
            probability: self.prediction(group).map(|prediction| prediction.probability),
            published: advisories().filter_map(|advisory| advisory.published).min(),
            symbols,
            informational: informational.and_then(|words| words.first().copied()),
            low_confidence: rules.iter().any(|(_, table, _)| table.scheme().confidence() == Confidence::Low),
        }
    }

    fn is_still_affected(&self, table: &Table, rule: &Rule, key: &[u8]) -> bool {
        table.at(key).any(|number| table.rules[number as usize].advisory == rule.advisory)
    }

    /// The severity of a vulnerability: the highest base score of the newest CVSS version that any of its advisories
    /// gives, else the worst word. `None` when no source says.
    pub fn severity(&self, group: &Group) -> (Option<Severity>, Option<f64>) {
        let advisories = group.advisories.iter().map(|at| &self.advisories[*at as usize]);
        let vectors = advisories.clone().flat_map(|advisory: &Advisory| &advisory.vectors);
        let scored = vectors.filter_map(|text| {
            let vector = crate::cvss::Vector::parse(text).ok()?;
            Some((vector.version(), vector.scores().base))
        });
        let best = scored.max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        if let Some((_, score)) = best {
            return (Some(Severity::from_cvss(score as f32)), Some(score));
        }
        let words = advisories.filter_map(|advisory| Severity::from_word(advisory.severity.as_deref()?));
        (words.max_by_key(|severity| severity.rank()), None)
    }

    /// The fastest question: the rules of a package that hold for a version, without words. `None` when the version
    /// cannot be read in one of its tables.
    pub fn rules_at<'d>(
        &'d self,
        package: PackageId,
        version: &str,
        scratch: &mut Scratch,
        mut each: impl FnMut(&'d Group),
    ) -> Option<usize> {
        let mut count = 0;
        for table in self.tables(package) {
            let Match::Read(hits) = table.look_up(version, scratch) else { return None };
            for number in hits {
                count += 1;
                each(self.group_of(table.rules[number as usize].advisory));
            }
        }
        Some(count)
    }
}
