//! From what was read to what can be asked.

use super::{Database, Entry, Rule, Source, Table, groups};
use crate::advisory::Affected;
use crate::feed::{Feed, source_of};
use crate::schemes;
use crate::version::Scheme;
use foldhash::{HashMap, HashMapExt};
use jiff::Timestamp;
use std::collections::BTreeMap;

impl Database {
    /// The database of everything that was read. Withdrawn advisories are counted and do not count.
    pub fn new(feed: Feed) -> Self {
        let mut advisories = feed.advisories;
        // The same advisory from two files is one: the newer. Order does not depend on that of the files.
        advisories.sort_by(|a, b| a.id.cmp(&b.id).then(b.modified.cmp(&a.modified)));
        advisories.dedup_by(|a, b| a.id == b.id);
        let (groups, group_of) = groups::group(&advisories);
        let mut ids = HashMap::with_capacity(groups.len() * 2);
        for (at, group) in groups.iter().enumerate() {
            ids.extend(group.ids.iter().map(|id| (id.clone(), at as u32)));
        }
        let mut database = Self {
            groups,
            group_of,
            ids,
            exploited: feed.exploited.into_iter().map(|entry| (entry.cve.clone(), entry)).collect(),
            predictions: feed.predictions.into_iter().map(|entry| (entry.cve.clone(), entry)).collect(),
            problems: feed.problems,
            ..Self::default()
        };
        for entry in feed.ssvc {
            let known = database.ssvc.entry(entry.cve.clone()).or_default();
            if known.cve.is_empty() || known.at <= entry.at {
                *known = entry;
            }
        }
        let mut rules: BTreeMap<(&str, &str), BTreeMap<&str, Vec<Rule>>> = BTreeMap::new();
        for (number, advisory) in advisories.iter().enumerate() {
            let at = advisory.modified.or(advisory.published);
            let source = database.sources.entry(source_of(&advisory.id).to_owned()).or_default();
            source.count(at);
            source.withdrawn += usize::from(advisory.withdrawn.is_some());
            for affected in &advisory.affected {
                // A withdrawn advisory still shows that its source looks after the ecosystem.
                if covers(source_of(&advisory.id)) {
                    let coverage = database.coverage.entry(affected.ecosystem.clone()).or_default();
                    coverage.advisories += 1;
                    coverage.newest = coverage.newest.max(at);
                    add(&mut coverage.sources, source_of(&advisory.id));
                }
                add(&mut source.ecosystems, &affected.ecosystem);
                if advisory.withdrawn.is_none() {
                    let package = rules.entry((&affected.ecosystem, &affected.name)).or_default();
                    let scheme = Scheme::named(&affected.scheme).unwrap_or(schemes::GENERIC);
                    package.entry(scheme.id()).or_default().push(compile(scheme, number as u32, affected));
                }
            }
        }
        for ((ecosystem, name), by_scheme) in rules {
            let number = database.packages.len() as u32;
            database.names.entry(ecosystem.to_owned()).or_default().insert(name.into(), number);
            let tables = by_scheme
                .into_iter()
                .map(|(scheme, rules)| Table::new(Scheme::named(scheme).unwrap_or(schemes::GENERIC), rules));
            database.packages.push(Entry { tables: tables.collect() });
        }
        for (name, at) in feed.lists {
            let entries = match name.as_str() {
                "KEV" => database.exploited.len(),
                "EPSS" => database.predictions.len(),
                _ => 0,
            };
            let source = Source { entries, newest: Some(at), oldest: Some(at), ..Source::default() };
            database.sources.insert(name, source);
        }
        database.advisories = advisories;
        database.take_statements(feed.statements);
        database
    }

    fn take_statements(&mut self, mut statements: Vec<crate::advisory::Statement>) {
        statements.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.document.cmp(&b.document)));
        for (at, statement) in statements.iter().enumerate() {
            for id in &statement.vulnerabilities {
                if let Some(group) = self.ids.get(id) {
                    let said = self.said.entry(*group).or_default();
                    if said.last() != Some(&(at as u32)) {
                        said.push(at as u32);
                    }
                }
            }
        }
        if !statements.is_empty() {
            let source = self.sources.entry("VEX".to_owned()).or_default();
            statements.iter().for_each(|statement| source.count(statement.at));
        }
        self.statements = statements;
    }
}

impl Source {
    fn count(&mut self, at: Option<Timestamp>) {
        self.entries += 1;
        self.newest = self.newest.max(at);
        self.oldest = match (self.oldest, at) {
            (Some(oldest), Some(at)) => Some(oldest.min(at)),
            (oldest, at) => oldest.or(at),
        };
    }
}

/// Whether a source sets out to cover the ecosystems it names. CVE records name a package here and there, and lists of
/// malicious packages know no vulnerabilities: neither makes the packages they do not name clean.
fn covers(source: &str) -> bool {
    !matches!(source, "CVE" | "MAL")
}

fn add(list: &mut Vec<String>, item: &str) {
    if let Err(place) = list.binary_search_by(|known| known.as_str().cmp(item)) {
        list.insert(place, item.to_owned());
    }
}

fn compile(scheme: Scheme, advisory: u32, affected: &Affected) -> Rule {
    let mut rule = Rule {
        advisory,
        spans: Vec::new(),
        versions: Vec::new(),
        odd: Vec::new(),
        except: Vec::new(),
        unreadable: !affected.unreadable.is_empty(),
        fixed: Vec::new(),
    };
    for (from, into) in [(&affected.spans, &mut rule.spans), (&affected.except, &mut rule.except)] {
        for span in from {
            match span.compile(scheme) {
                Ok(span) => into.push(span),
                Err(_) => rule.unreadable = true,
            }
        }
    }
    for version in &affected.versions {
        match scheme.key(version) {
            Ok(key) => rule.versions.push(key),
            Err(_) => rule.odd.push(version.clone()),
        }
    }
    let fixed =
        affected.fixed.iter().filter_map(|version| Some((scheme.key(version).ok()?, version.clone())));
    rule.fixed = fixed.collect();
    rule.fixed.sort_by(|(a, _), (b, _)| scheme.order(a, b));
    rule.fixed.dedup();
    rule
}
