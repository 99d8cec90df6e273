//! A component's releases judged: everything that pages, commands and programs are told of them.

use super::contents::Contents;
use super::shelf::{Material, Shelf};
use super::view::{
    ClearedView, Decided, Found, HitView, LifeView, Line, ReleaseFile, ReleaseView, Unassessed,
};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use warrant_advisory::database::Coverage;
use warrant_advisory::decision::{Decision, Standing, ruling};
use warrant_advisory::judge::{Answer, Hit, Judgement, Question};
use warrant_advisory::releases::{Judged, compare, lives};
use warrant_advisory::ship::{Policy, Reason, verdict};
use warrant_advisory::upgrade::Step;
use warrant_model::time::from_micros;
use warrant_store::StoreError;

/// What releases are judged by.
pub(crate) struct By<'a> {
    pub(crate) coverage: &'a BTreeMap<String, Coverage>,
    pub(crate) question: Question,
    pub(crate) policy: &'a Policy,
    /// Ids of records, in the order of the decisions.
    pub(crate) records: &'a [String],
    pub(crate) decisions: &'a [Decision],
}

/// The most components named for one reason.
const SUCH_AS: usize = 5;

/// Judges a shelf, and says what it holds. Names and what is in use are filled in by whoever knows them.
pub(crate) fn line(shelf: &Shelf, material: &Material, by: &By<'_>) -> Result<(Line, Contents), StoreError> {
    let judged = material.judged(by.coverage, by.question)?;
    let mut releases = Vec::with_capacity(judged.len());
    for (at, (release, steps)) in judged.iter().enumerate() {
        let delta = at.checked_sub(1).map(|before| compare(&judged[before].0, release));
        let mut view = view(shelf, at, release, steps, by);
        if let Some(delta) = delta {
            view.brought = delta.introduced.into_iter().map(|change| change.key).collect();
            view.removed = delta.fixed.into_iter().map(|change| change.key).collect();
        }
        releases.push(view);
    }
    let judged: Vec<Judged<'_, '_>> = judged.into_iter().map(|(judged, _)| judged).collect();
    let made = |version: &str| {
        let release = shelf.releases.iter().find(|release| release.version == version);
        from_micros(release.map_or(0, super::shelf::Bills::at))
    };
    let lives = lives(&judged).into_iter().map(|life| LifeView {
        package: life.key.package,
        hit: HitView::of(&life.hit),
        since: made(&life.introduced),
        introduced: life.introduced,
        perhaps_since: life.perhaps_since,
        fixed_in: life.fixed,
        reintroduced: life.reintroduced,
        standings: life.standings,
    });
    let line = Line {
        system: shelf.system.clone(),
        system_name: String::new(),
        component: shelf.component.clone(),
        lives: lives.collect(),
        releases,
    };
    Ok((line, Contents::of(&judged)))
}

fn view(shelf: &Shelf, at: usize, judged: &Judged<'_, '_>, steps: &[Step], by: &By<'_>) -> ReleaseView {
    let bills = &shelf.releases[at];
    let files = bills.bills.iter().map(|bill| ReleaseFile {
        evidence: bill.hash.0.clone(),
        target: bill.target.clone(),
        at: from_micros(bill.observed_at),
    });
    let mut view = ReleaseView {
        version: bills.version.clone(),
        at: from_micros(bills.at()),
        files: files.collect(),
        superseded: bills.superseded,
        components: judged.judgements.len(),
        affected: judged.count(Answer::Affected),
        not_affected: judged.count(Answer::NotAffected),
        not_assessed: judged.count(Answer::NotAssessed),
        unassessed: unassessed(judged),
        found: Vec::new(),
        notices: Vec::new(),
        cleared: Vec::new(),
        steps: steps.to_vec(),
        ship: verdict(judged, by.policy, by.decisions, by.question),
        brought: Vec::new(),
        removed: Vec::new(),
        in_use: Vec::new(),
        current: false,
    };
    for judgement in &judged.judgements {
        let Some(package) = &judgement.package else { continue };
        let version = judgement.version.clone().unwrap_or_default();
        let found = |hit: &Hit<'_>, decision| Found {
            package: package.clone(),
            version: version.clone(),
            hit: HitView::of(hit),
            decision,
        };
        view.found.extend(judgement.affected.iter().map(|hit| found(hit, decided(judgement, hit, by))));
        view.notices.extend(judgement.notices.iter().map(|hit| found(hit, None)));
        let cleared = judgement.cleared.iter();
        view.cleared.extend(cleared.map(|cleared| ClearedView::of(cleared, package, &version)));
    }
    view.found.sort_by(|a, b| {
        let key = |found: &Found| (Reverse(found.is_open()), Reverse(found.hit.rank()));
        let name = |found: &Found| (found.hit.id.clone(), found.package.clone(), found.version.clone());
        key(a).cmp(&key(b)).then_with(|| name(a).cmp(&name(b)))
    });
    view.found.dedup();
    let place = |reason: &Reason| {
        let id = reason.id.as_deref();
        view.found.iter().position(|found| Some(found.hit.id.as_str()) == id).unwrap_or(usize::MAX)
    };
    view.ship.reasons.sort_by_key(place);
    view.notices.dedup();
    view
}

/// The decision on a hit.
fn decided(judgement: &Judgement<'_>, hit: &Hit<'_>, by: &By<'_>) -> Option<Decided> {
    let (at, standing) = ruling(by.decisions, judgement, hit, by.question.now)?;
    let decision = &by.decisions[at];
    let (holds, because) = match standing {
        Standing::Holds => (true, format!("until {}", decision.expires.strftime("%F"))),
        Standing::Reopened(why) => (false, why),
    };
    let record = by.records.get(at).cloned().unwrap_or_default();
    Some(Decided { record, holds, because, reason: decision.reason.clone() })
}

/// Why components could not be assessed, the commonest reason first.
pub(super) fn unassessed(judged: &Judged<'_, '_>) -> Vec<Unassessed> {
    let mut reasons: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (component, judgement) in judged.iter() {
        for why in &judgement.not_assessed {
            reasons.entry(why.to_string()).or_default().push(&component.name);
        }
    }
    let mut found: Vec<Unassessed> = reasons
        .into_iter()
        .map(|(because, names)| Unassessed {
            because,
            components: names.len(),
            such_as: names.into_iter().take(SUCH_AS).map(str::to_owned).collect(),
        })
        .collect();
    found.sort_by_key(|reason| Reverse(reason.components));
    found
}
