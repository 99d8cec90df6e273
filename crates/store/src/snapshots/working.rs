//! What evidence says of a system while files are folded into it: as it was, and what each file changed.
//!
//! A file is judged by what is held here, not by reading rows: those before it in the same transaction count, and
//! nothing is read of a system that is not new.

use super::side::{EvidenceSide, SystemFacts, current, kept_side};
use super::{AsOf, evidence_side};
use crate::db::Reader;
use crate::error::StoreError;
use jiff::Timestamp;
use std::collections::{BTreeMap, HashSet};
use std::ops::Deref;
use std::sync::Arc;
use warrant_model::fact::{BackupFact, ComponentFact, Fact, Place, ServiceFact, SettingFact};
use warrant_model::finding::Finding;
use warrant_model::snapshot::{EvidenceMeta, Sourced, Target};
use warrant_model::time::{from_micros, micros};

/// See the module.
#[derive(Debug)]
pub struct Working {
    system: String,
    before: EvidenceSide,
    /// Findings as the files left them, by id.
    changed: BTreeMap<String, Changed>,
    /// The newest look by target and tool.
    targets: BTreeMap<String, BTreeMap<String, Target>>,
    files: Vec<EvidenceMeta>,
    facts: Facts,
}

/// One of the findings that a file changed.
#[derive(Clone, Debug)]
struct Changed {
    all: Arc<Vec<Finding>>,
    at: usize,
}

impl Deref for Changed {
    type Target = Finding;

    fn deref(&self) -> &Finding {
        &self.all[self.at]
    }
}

/// Facts of new files, of the sorts that snapshots hold.
#[derive(Debug, Default)]
struct Facts {
    backups: Vec<Sourced<BackupFact>>,
    software: Vec<Sourced<ComponentFact>>,
    settings: Vec<Sourced<SettingFact>>,
    services: Vec<Sourced<ServiceFact>>,
}

/// A file that was folded in.
#[derive(Debug)]
pub struct NewFile<'a> {
    /// The file.
    pub meta: EvidenceMeta,
    /// What it looked at.
    pub targets: &'a [String],
    /// What it says.
    pub facts: &'a [(Place, Fact)],
    /// The findings it changed, as they are stored now.
    pub findings: &'a Arc<Vec<Finding>>,
}

impl Working {
    /// Begins with what evidence says of a system now: `known` when it is held in memory, else what is kept or, for
    /// want of it, what the rows say.
    pub async fn begin(
        reader: &mut (impl Reader + Send),
        system: &str,
        known: Option<EvidenceSide>,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let before = match known {
            Some(side) => side,
            None => match kept_side(reader, system).await? {
                Some(side) => side,
                None => evidence_side(reader, system, AsOf::Now(now)).await?,
            },
        };
        let mut targets: BTreeMap<String, BTreeMap<String, Target>> = BTreeMap::new();
        for target in before.targets.iter() {
            targets.entry(target.name.clone()).or_default().insert(target.tool.clone(), target.clone());
        }
        Ok(Self {
            system: system.to_owned(),
            before,
            changed: BTreeMap::new(),
            targets,
            files: Vec::new(),
            facts: Facts::default(),
        })
    }

    /// Whether nothing was known of the system's findings before the files.
    pub fn begins_without_findings(&self) -> bool {
        self.before.findings.is_empty()
    }

    /// When a tool last looked at a target.
    pub fn looked(&self, tool: &str, target: &str) -> Option<Timestamp> {
        self.targets.get(target)?.get(tool).map(|target| target.last_seen)
    }

    /// Findings that a look of a tool at some targets can change: its own there, and those of these ids.
    pub fn concerned<'i>(
        &self,
        tool: &str,
        targets: &[String],
        ids: impl Iterator<Item = &'i String>,
    ) -> BTreeMap<String, Finding> {
        let findings = &self.before.findings;
        let mut found = BTreeMap::new();
        if let Some(tool) = findings.strings.find(tool) {
            let there: HashSet<_> =
                targets.iter().filter_map(|target| findings.strings.find(target)).collect();
            let rows = (0..findings.len()).filter(|row| findings.tool[*row] == tool);
            for row in rows.filter(|row| there.contains(&findings.target[*row])) {
                if !self.changed.contains_key(findings.text(findings.id[row])) {
                    let finding = findings.finding(row, &self.system);
                    found.insert(finding.id.clone(), finding);
                }
            }
        }
        if !self.changed.is_empty() {
            let there: HashSet<&str> = targets.iter().map(String::as_str).collect();
            let own = self.changed.iter().filter(|(_, finding)| finding.tool == tool);
            let own = own.filter(|(_, finding)| there.contains(finding.target.as_str()));
            found.extend(own.map(|(id, finding)| (id.clone(), Finding::clone(finding))));
        }
        for id in ids {
            if !found.contains_key(id)
                && let Some(finding) = self.finding(id)
            {
                found.insert(id.clone(), finding);
            }
        }
        found
    }

    fn finding(&self, id: &str) -> Option<Finding> {
        let findings = &self.before.findings;
        let held = || findings.row_of(id).map(|row| findings.finding(row, &self.system));
        self.changed.get(id).map(|finding| Finding::clone(finding)).or_else(held)
    }

    /// Whether a finding is stored as a second witness.
    pub fn is_second(&self, id: &str) -> bool {
        let findings = &self.before.findings;
        let held = || findings.row_of(id).is_some_and(|row| findings.is_second(row));
        self.changed.get(id).map_or_else(held, |finding| finding.second)
    }

    /// Takes in what a file changed.
    pub fn take(&mut self, file: NewFile<'_>) {
        let NewFile { meta, targets, facts, findings } = file;
        let at = from_micros(micros(meta.observed_at));
        for name in targets {
            let by_tool = self.targets.entry(name.clone()).or_default();
            let newest = by_tool.get(&meta.tool).map(|known| (known.last_seen, &known.evidence.0));
            if newest.is_none_or(|newest| newest < (at, &meta.hash.0)) {
                let (tool, evidence) = (meta.tool.clone(), meta.hash.clone());
                let target = Target { name: name.clone(), tool, last_seen: at, evidence };
                by_tool.insert(meta.tool.clone(), target);
            }
        }
        for (place, fact) in facts {
            macro_rules! keep {
                ($facts:ident, $fact:expr) => {
                    self.facts.$facts.push(Sourced {
                        fact: $fact.clone(),
                        evidence: meta.hash.clone(),
                        place: place.clone(),
                        at,
                    })
                };
            }
            match fact {
                Fact::Backup(fact) => keep!(backups, fact),
                Fact::Component(fact) => keep!(software, fact),
                Fact::Setting(fact) => keep!(settings, fact),
                Fact::Service(fact) => keep!(services, fact),
                Fact::Asset(_) | Fact::Check(_) | Fact::Training(_) | Fact::Weakness(_) => {}
            }
        }
        let changed =
            |(at, finding): (usize, &Finding)| (finding.id.clone(), Changed { all: findings.clone(), at });
        self.changed.extend(findings.iter().enumerate().map(changed));
        self.files.push(EvidenceMeta {
            received_at: from_micros(micros(meta.received_at)),
            observed_at: at,
            ..meta
        });
    }

    /// What evidence says now, and the findings that are stored as second witnesses and are none, or the other way
    /// round, as they are to be stored.
    pub fn end(self) -> (EvidenceSide, Vec<Finding>) {
        let Self { system, before, changed, targets, files, facts } = self;
        let mut evidence = before.evidence;
        if !files.is_empty() {
            let mut all = Arc::unwrap_or_clone(evidence);
            all.extend(files);
            all.sort_by(|a, b| (a.observed_at, &a.hash.0).cmp(&(b.observed_at, &b.hash.0)));
            evidence = Arc::new(all);
        }
        let targets: Vec<_> = targets.into_values().flat_map(BTreeMap::into_values).collect();
        let mut backups = Arc::unwrap_or_clone(before.facts.backups);
        backups.extend(facts.backups);
        in_order(&mut backups);
        let now = current(&targets);
        macro_rules! newest {
            ($sort:ident) => {
                newest(before.facts.$sort, facts.$sort, |sourced| {
                    now.contains(&(sourced.evidence.as_str(), sourced.fact.target.as_str()))
                })
            };
        }
        let facts = SystemFacts {
            backups: Arc::new(backups),
            software: newest!(software),
            settings: newest!(settings),
            services: newest!(services),
        };
        let (findings, seconds) = if changed.is_empty() {
            (before.findings, Vec::new())
        } else {
            let after = before.findings.with(changed.values().map(|finding| &**finding));
            let stored = |id: &str| {
                let held = || before.findings.row_of(id).is_some_and(|row| before.findings.is_second(row));
                changed.get(id).map_or_else(held, |finding| finding.second)
            };
            let rows =
                (0..after.len()).filter(|row| stored(after.text(after.id[*row])) != after.is_second(*row));
            let seconds = rows.map(|row| after.finding(row, &system)).collect();
            (Arc::new(after), seconds)
        };
        drop(now);
        (EvidenceSide { findings, evidence, targets: Arc::new(targets), facts }, seconds)
    }
}

/// What is left of facts when new ones came and some targets were looked at anew.
fn newest<T: Clone>(
    before: Arc<Vec<Sourced<T>>>,
    new: Vec<Sourced<T>>,
    of: impl Fn(&Sourced<T>) -> bool,
) -> Arc<Vec<Sourced<T>>> {
    if new.is_empty() && before.iter().all(&of) {
        return before;
    }
    let mut all = Arc::unwrap_or_clone(before);
    all.extend(new);
    all.retain(of);
    in_order(&mut all);
    Arc::new(all)
}

/// In the order in which files were observed; within a file as they are.
pub(super) fn in_order<T>(facts: &mut [Sourced<T>]) {
    facts.sort_by(|a, b| (a.at, &a.evidence.0).cmp(&(b.at, &b.evidence.0)));
}
