//! A file that came in after a newer one: what it says is folded in at its own time.
//!
//! Every look at the targets concerned is gone through in the order of time, one file at a time, so that memory is
//! bounded by the findings and not by their history.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use warrant_analysis::mapping::{controls_for_check, controls_for_weakness};
use warrant_model::fact::Fact;
use warrant_model::finding::{Finding, FindingSort};
use warrant_model::lifecycle::{Event, Look, Origin, Sighting, sighting_of_check, sighting_of_weakness};
use warrant_model::moves::{self, Step};
use warrant_store::evidence::{self, LookRow};
use warrant_store::facts::{self, StoredFact};
use warrant_store::{StoreError, Tx};

/// How a stored fact describes its finding; `None` when it is no sighting of one.
fn sighting_of(origin: Origin<'_>, stored: StoredFact) -> Option<Sighting> {
    match &stored.fact {
        Fact::Weakness(fact) => {
            let controls = controls_for_weakness(fact, origin.tool);
            Some(sighting_of_weakness(origin, stored.finding, fact, controls, stored.place))
        }
        Fact::Check(fact) => {
            Some(sighting_of_check(origin, stored.finding, fact, controls_for_check(fact), stored.place))
        }
        _ => None,
    }
}

/// Findings of which something newer is known, and what is described of each.
pub(crate) type Late<'a> = BTreeMap<&'a String, &'a Finding>;

/// What is left of a finding after every look: the finding, if it was ever there, and all its events.
pub(crate) type Replayed = (Option<Finding>, Vec<Event>);

/// Facts read at a time.
const CHUNK: i64 = 4_096;

/// A file that is coming in: where from, its look, and what it says of findings.
#[derive(Clone, Copy)]
pub(crate) struct Coming<'a> {
    pub(crate) origin: Origin<'a>,
    pub(crate) look: &'a Look,
    pub(crate) sightings: &'a BTreeMap<String, Sighting>,
}

/// Folds every look anew, the one coming in among them.
pub(crate) async fn replay(
    tx: &mut Tx,
    system: &str,
    coming: Option<Coming<'_>>,
    late: &Late<'_>,
) -> Result<BTreeMap<String, Replayed>, StoreError> {
    let targets: BTreeSet<&str> = late.values().map(|finding| finding.target.as_str()).collect();
    let targets: Vec<_> = targets.into_iter().collect();
    // Files in the order of time, each with the targets it looked at.
    let mut files: BTreeMap<(jiff::Timestamp, String), (String, BTreeSet<String>)> = BTreeMap::new();
    for LookRow { target, tool, look } in evidence::looks_at(tx, system, &targets).await? {
        files.entry((look.at, look.evidence.0)).or_insert((tool, BTreeSet::new())).1.insert(target);
    }
    if let Some(Coming { origin, look, .. }) = coming {
        let looked = targets.iter().map(|target| (*target).to_owned()).collect();
        files.insert((look.at, look.evidence.0.clone()), (origin.tool.to_owned(), looked));
    }
    // Weaknesses are known by their tool too, so that no other tool's file says anything of them.
    let tools: BTreeSet<&str> = late.values().map(|finding| finding.tool.as_str()).collect();
    let any_tool = late.values().any(|finding| finding.sort == FindingSort::Check);
    files.retain(|_, (tool, _)| any_tool || tools.contains(tool.as_str()));
    let mut replayed: BTreeMap<String, Replayed> = BTreeMap::new();
    for ((at, hash), (tool, looked)) in files {
        let then = Look { at, evidence: warrant_model::hash::ContentHash(hash) };
        let incoming = coming.filter(|coming| then == *coming.look);
        let stored = if incoming.is_some() {
            HashMap::new()
        } else {
            seen_in(tx, Origin { system, tool: &tool, evidence: &then.evidence, at }, late).await?
        };
        let mut steps = Vec::new();
        for (id, described) in late {
            let sighting = match incoming {
                Some(coming) => coming.sightings.get(*id),
                None => stored.get(*id),
            };
            let concerned = match described.sort {
                // Whoever does not check a rule says nothing about it.
                FindingSort::Check => sighting.is_some(),
                FindingSort::Weakness => tool == described.tool && looked.contains(&described.target),
            };
            if concerned {
                let before = replayed.get(*id).and_then(|(finding, _)| finding.as_ref());
                steps.extend(Step::of(before, &then, sighting));
            }
        }
        moves::follow(&mut steps);
        let after: Vec<_> = steps.into_iter().map(|step| (step.finding, step.event)).collect();
        for (finding, event) in after {
            let (kept, events) = replayed.entry(finding.id.clone()).or_default();
            *kept = Some(finding);
            events.extend(event);
        }
    }
    Ok(replayed)
}

/// What one file says of the findings.
async fn seen_in(
    tx: &mut Tx,
    origin: Origin<'_>,
    late: &Late<'_>,
) -> Result<HashMap<String, Sighting>, StoreError> {
    let mut seen = HashMap::new();
    let mut from = 0;
    loop {
        let read = facts::of_file(tx, origin.evidence, origin.system, from, CHUNK).await?;
        let more = read.len() as i64 == CHUNK;
        from += CHUNK;
        for stored in read.into_iter().filter(|stored| late.contains_key(&stored.finding)) {
            let id = stored.finding.clone();
            seen.extend(sighting_of(origin, stored).map(|sighting| (id, sighting)));
        }
        if !more {
            return Ok(seen);
        }
    }
}
