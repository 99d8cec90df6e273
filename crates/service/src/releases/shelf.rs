//! Bills sorted into releases, and read with their verdicts.

use super::bill::Parts;
use super::verdict::Kept;
use std::collections::{BTreeMap, HashMap};
use warrant_advisory::database::{Coverage, Database};
use warrant_advisory::judge::{Context, Question};
use warrant_advisory::releases::{Judged, Release};
use warrant_advisory::sequence::{Mark, order, scheme_for};
use warrant_advisory::upgrade::Step;
use warrant_model::hash::key_of;
use warrant_model::time::from_micros;
use warrant_store::StoreError;
use warrant_store::releases::{ReleaseRow, VerdictBytes};

/// The releases of a component of a system, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Shelf {
    pub(crate) system: String,
    pub(crate) component: String,
    pub(crate) releases: Vec<Bills>,
}

/// What a release is known by.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bills {
    pub(crate) version: String,
    /// The newest bill of each subject.
    pub(crate) bills: Vec<ReleaseRow>,
    /// How many older ones there are.
    pub(crate) superseded: usize,
}

impl Bills {
    /// When the newest bill was made, microseconds.
    pub(crate) fn at(&self) -> i64 {
        self.bills.iter().map(|bill| bill.observed_at).max().unwrap_or_default()
    }
}

impl Shelf {
    /// Hashes of all bills that speak for a release.
    pub(crate) fn hashes(&self) -> Vec<&str> {
        self.releases.iter().flat_map(|release| &release.bills).map(|bill| bill.hash.as_str()).collect()
    }

    /// The mark of what is judged from the shelf and these texts: another when any of them is.
    pub(crate) fn mark(&self, others: &[&str]) -> String {
        let mut all: Vec<String> = others.iter().map(|text| (*text).to_owned()).collect();
        for release in &self.releases {
            all.push(format!("{} {}", release.superseded, release.version));
            for bill in &release.bills {
                // The rest follows from the bill.
                all.push(format!("{} {} {}", bill.hash, bill.observed_at, bill.target));
            }
        }
        key_of(&all.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

/// Sorts bills: by system, component and version, of each subject the newest.
pub(crate) fn shelve(rows: Vec<ReleaseRow>) -> Vec<Shelf> {
    let mut shelves: BTreeMap<(String, String), BTreeMap<String, Vec<ReleaseRow>>> = BTreeMap::new();
    for row in rows {
        let shelf = shelves.entry((row.system.clone(), row.component.clone())).or_default();
        shelf.entry(row.version.clone()).or_default().push(row);
    }
    shelves.into_iter().map(|((system, component), versions)| shelf(system, component, versions)).collect()
}

fn shelf(system: String, component: String, versions: BTreeMap<String, Vec<ReleaseRow>>) -> Shelf {
    let purl = versions.values().flatten().find_map(|row| row.purl.clone());
    let mut releases: Vec<Bills> = Vec::with_capacity(versions.len());
    for (version, rows) in versions {
        let all = rows.len();
        let mut newest: BTreeMap<String, ReleaseRow> = BTreeMap::new();
        for row in rows {
            let rank = |row: &ReleaseRow| (row.observed_at, row.hash.0.clone());
            let known = newest.get(&row.target);
            if known.is_none_or(|known| rank(known) < rank(&row)) {
                newest.insert(row.target.clone(), row);
            }
        }
        let bills: Vec<ReleaseRow> = newest.into_values().collect();
        releases.push(Bills { version, superseded: all - bills.len(), bills });
    }
    let words: Vec<&str> = releases.iter().map(|release| release.version.as_str()).collect();
    let scheme = scheme_for(purl.as_deref(), &words);
    let mark = |bills: &Bills| (bills.version.clone(), from_micros(bills.at()));
    releases.sort_by(|a, b| {
        let ((a, a_at), (b, b_at)) = (mark(a), mark(b));
        order(scheme, Mark { version: &a, at: a_at }, Mark { version: &b, at: b_at })
    });
    Shelf { system, component, releases }
}

/// Releases with what was kept of them, to be judged from.
pub(crate) struct Material {
    releases: Vec<Release>,
    /// Of each release, each bill's number of parts and kept verdict.
    bills: Vec<Vec<(usize, Option<Vec<u8>>)>>,
    /// Without advisories everything is *not assessed*.
    nothing: Database,
}

impl Material {
    /// Takes what the store keeps of a shelf's bills.
    pub(crate) fn of(
        shelf: &Shelf,
        mut parts: HashMap<String, Parts>,
        mut verdicts: HashMap<String, VerdictBytes>,
    ) -> Self {
        let (mut releases, mut bills) = (Vec::new(), Vec::new());
        for release in &shelf.releases {
            let mut whole = Release {
                label: release.version.clone(),
                components: Vec::new(),
                context: Context::default(),
            };
            let mut kept = Vec::new();
            for bill in &release.bills {
                let mut part = parts.remove(bill.hash.as_str()).unwrap_or_default();
                let verdict = verdicts.remove(bill.hash.as_str()).map(|verdict| verdict.bytes);
                kept.push((part.components.len(), verdict));
                whole.components.append(&mut part.components);
                whole.context.product.append(&mut part.product);
            }
            releases.push(whole);
            bills.push(kept);
        }
        Self { releases, bills, nothing: Database::default() }
    }

    /// Every release judged as of the time of the question, with the smallest safe steps.
    pub(crate) fn judged(
        &self,
        coverage: &BTreeMap<String, Coverage>,
        question: Question,
    ) -> Result<Vec<(Judged<'_, '_>, Vec<Step>)>, StoreError> {
        let mut all = Vec::with_capacity(self.releases.len());
        for (release, bills) in self.releases.iter().zip(&self.bills) {
            let (mut judgements, mut steps) = (Vec::with_capacity(release.components.len()), Vec::new());
            for (parts, verdict) in bills {
                let from = judgements.len();
                let kept = verdict.as_deref().map(Kept::read).transpose()?;
                match kept.filter(|kept| kept.judgements.len() == *parts) {
                    Some(mut kept) => {
                        judgements.append(&mut kept.judgements);
                        steps.append(&mut kept.steps);
                    }
                    None => judgements.extend(
                        release.components[from..from + parts]
                            .iter()
                            .map(|part| self.nothing.judge(part, question, &release.context)),
                    ),
                }
            }
            let mut judged = Judged { release, judgements };
            judged.age(coverage, question);
            steps.sort_by(|a: &Step, b| a.package.cmp(&b.package).then_with(|| a.from.cmp(&b.from)));
            steps.dedup();
            all.push((judged, steps));
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use warrant_model::hash::ContentHash;

    fn row(version: &str, target: &str, at: i64) -> ReleaseRow {
        ReleaseRow {
            system: "sys_1".into(),
            hash: ContentHash::of(format!("{version}{target}{at}").as_bytes()),
            component: "portal".into(),
            version: version.into(),
            target: target.into(),
            purl: None,
            observed_at: at,
            parts: 1,
        }
    }

    #[test]
    fn a_newer_bill_replaces_an_older_one_of_the_same_subject_only() {
        let rows = vec![
            row("2.10.0", "web", 9),
            row("2.9.0", "web", 1),
            row("2.9.0", "web", 3),
            row("2.9.0", "batch", 2),
        ];
        let shelves = shelve(rows);
        let [shelf] = shelves.as_slice() else { panic!("{shelves:?}") };
        let versions: Vec<&str> = shelf.releases.iter().map(|release| release.version.as_str()).collect();
        assert_eq!(versions, ["2.9.0", "2.10.0"]);
        let first = &shelf.releases[0];
        assert_eq!((first.bills.len(), first.superseded, first.at()), (2, 1, 3));
    }
}
