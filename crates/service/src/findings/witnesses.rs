//! What the tools that looked at a target say of one weakness there.

use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use warrant_analysis::testimony::{Says, Testimony, Verdict, weigh};
use warrant_model::finding::{Finding, FindingSort, FindingState};
use warrant_model::witnesses::SharedKey;
use warrant_store::{Store, StoreError, evidence, findings};

/// The tools that say something of a weakness, and who is likely right where they differ.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Witnesses {
    /// One of each tool, in the order of their names; empty when one tool alone looked.
    pub tools: Vec<Witness>,
    /// `None`: they do not contradict each other.
    pub verdict: Option<Verdict>,
}

/// What one tool says.
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    /// The tool.
    pub tool: String,
    /// Its newest look at the target.
    pub looked: Timestamp,
    /// What it says.
    pub says: Says,
    /// Its own finding of the weakness.
    pub finding: Option<Finding>,
}

/// Findings of other tools about the package or file of a weakness; more are not compared.
const MOST: i64 = 500;

/// Asks every tool that looked at a finding's target for weaknesses of its sort.
pub(super) async fn of(store: &Store, finding: &Finding) -> Result<Witnesses, StoreError> {
    let listed = matches!(finding.state, FindingState::Open | FindingState::Closed);
    let key = SharedKey::of(finding).filter(|_| listed && finding.sort == FindingSort::Weakness);
    let Some(key) = key else { return Ok(Witnesses::default()) };
    let own = Witness {
        tool: finding.tool.clone(),
        looked: finding.last_seen,
        says: says(finding),
        finding: Some(finding.clone()),
    };
    let mut db = store.db();
    let mut by_tool: BTreeMap<String, Witness> = BTreeMap::from([(finding.tool.clone(), own)]);
    let at = (finding.tool.as_str(), finding.target.as_str());
    for look in evidence::looks_of_others(&mut db, &finding.system, at).await? {
        let at = (look.tool.as_str(), look.name.as_str());
        let place = key.place().rsplit_once(':').map_or(key.place(), |(file, _)| file);
        let near = findings::told_by(&mut db, &finding.system, at, place, MOST).await?;
        let same = near.iter().filter(|other| SharedKey::of(other).as_ref() == Some(&key));
        let same = same.min_by_key(|other| (other.state != FindingState::Open, other.first_seen));
        let says = match same {
            Some(same) => says(same),
            None if !near.is_empty() => Says::NeverHere,
            // A tool that reports nothing of the kind there does not look for such.
            None if findings::told_by(&mut db, &finding.system, at, "", 1).await?.is_empty() => continue,
            None => Says::Blind,
        };
        let witness =
            Witness { tool: look.tool.clone(), looked: look.last_seen, says, finding: same.cloned() };
        by_tool.entry(look.tool).or_insert(witness);
    }
    if by_tool.len() < 2 {
        return Ok(Witnesses::default());
    }
    let tools: Vec<Witness> = by_tool.into_values().collect();
    let testimonies: Vec<_> = tools.iter().map(testimony).collect();
    let verdict = weigh(&testimonies);
    Ok(Witnesses { tools, verdict })
}

fn says(finding: &Finding) -> Says {
    match finding.state {
        FindingState::Open => Says::There(finding.first_seen),
        _ => Says::Gone(finding.state_since),
    }
}

fn testimony(witness: &Witness) -> Testimony<'_> {
    let package = witness.finding.as_ref().filter(|finding| !finding.vulnerabilities.is_empty());
    let version =
        package.and_then(|finding| finding.subject.rsplit_once(' ')).map_or("", |(_, version)| version);
    Testimony { tool: &witness.tool, looked: witness.looked, says: witness.says, version }
}

/// What second witnesses tell, by the id of the finding that stands for the weakness.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Their tools.
    pub(super) tools: BTreeMap<String, BTreeSet<String>>,
    /// Since when the first of them has it open.
    pub(super) since: BTreeMap<String, Timestamp>,
}

/// What second witnesses tell of the weaknesses in `rows`.
pub(super) fn also(rows: &[Finding], seconds: Vec<Finding>) -> Told {
    let mut by_key: HashMap<(&str, SharedKey), Vec<&Finding>> = HashMap::new();
    for row in rows {
        by_key.extend(SharedKey::of(row).map(|key| ((row.system.as_str(), key), Vec::new())));
    }
    for second in &seconds {
        let Some(key) = SharedKey::of(second) else { continue };
        if let Some(told) = by_key.get_mut(&(second.system.as_str(), key)) {
            told.push(second);
        }
    }
    let mut told = Told::default();
    for row in rows {
        let Some(key) = SharedKey::of(row) else { continue };
        let others = by_key.get(&(row.system.as_str(), key)).map_or(&[][..], Vec::as_slice);
        let others = others.iter().filter(|other| other.tool != row.tool);
        let tools: BTreeSet<_> = others.clone().map(|other| other.tool.clone()).collect();
        if !tools.is_empty() {
            told.tools.insert(row.id.clone(), tools);
        }
        let open = others.filter(|other| other.state == FindingState::Open);
        if let Some(since) = open.map(|other| other.state_since).min() {
            told.since.insert(row.id.clone(), since);
        }
    }
    told
}

/// Since when the first of the tools has the weakness open.
pub(super) fn open_since(finding: &Finding, witnesses: &Witnesses) -> Timestamp {
    let others = witnesses.tools.iter().filter_map(|witness| witness.finding.as_ref());
    let open = others.filter(|other| other.state == FindingState::Open).map(|other| other.state_since);
    open.min().map_or(finding.state_since, |since| since.min(finding.state_since))
}
