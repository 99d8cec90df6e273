//! What is told of releases: owned, so that it can leave the place where it was judged.

use jiff::Timestamp;
use serde::Serialize;
use warrant_advisory::ecosystem::Package;
use warrant_advisory::judge::{Cleared, Hit};
use warrant_advisory::releases::{Key, Standing};
use warrant_advisory::ship::ShipVerdict;
use warrant_advisory::upgrade::Step;
use warrant_model::level::Severity;

/// A vulnerability that applies.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HitView {
    /// Its id.
    pub id: String,
    /// All its ids.
    pub ids: Vec<String>,
    /// One sentence.
    pub summary: String,
    /// How bad it is; `None`: no source says.
    pub severity: Option<Severity>,
    /// The best base score given.
    pub score: Option<f64>,
    /// The advisories that say so.
    pub advisories: Vec<String>,
    /// Versions with a fix, ascending.
    pub fixed: Vec<String>,
    /// Whether it is known to be exploited.
    pub exploited: bool,
    /// Probability of exploitation within 30 days.
    pub probability: Option<f32>,
    /// Functions that are vulnerable, when the advisories name them.
    pub symbols: Vec<String>,
    /// What it is when it is no vulnerability.
    pub informational: Option<String>,
    /// Whether the order of versions is only assumed.
    pub low_confidence: bool,
}

impl HitView {
    pub(super) fn of(hit: &Hit<'_>) -> Self {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Self {
            id: hit.id.to_owned(),
            ids: owned(&hit.ids),
            summary: hit.summary.to_owned(),
            severity: hit.severity,
            score: hit.score,
            advisories: owned(&hit.advisories),
            fixed: owned(&hit.fixed),
            exploited: hit.exploited,
            probability: hit.probability,
            symbols: owned(&hit.symbols),
            informational: hit.informational.map(str::to_owned),
            low_confidence: hit.low_confidence,
        }
    }

    /// Worst highest: exploited, severity, score. What nobody rates stands right below what is rated high.
    pub(super) fn rank(&self) -> (bool, u8, i64) {
        let severity = self.severity.map_or(Severity::High.rank() * 2 - 1, |severity| severity.rank() * 2);
        (self.exploited, severity, self.score.map_or(0, |score| (score * 10.0) as i64))
    }
}

/// A vulnerability in a part of a release.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    /// The package.
    pub package: Package,
    /// Its version.
    pub version: String,
    /// What it is.
    #[serde(flatten)]
    pub hit: HitView,
    /// The decision about it, whether or not it still holds.
    pub decision: Option<Decided>,
}

/// A decision about a vulnerability.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decided {
    /// The record.
    pub record: String,
    /// Whether it holds for this release.
    pub holds: bool,
    /// Until when, or why it does not hold any more.
    pub because: String,
    /// Why it was decided.
    pub reason: String,
}

impl Found {
    /// Whether nothing sets it aside.
    pub fn is_open(&self) -> bool {
        !self.decision.as_ref().is_some_and(|decision| decision.holds)
    }
}

/// A vulnerability that a statement says does not apply.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClearedView {
    /// Its id.
    pub id: String,
    /// The package.
    pub package: Package,
    /// Its version.
    pub version: String,
    /// `fixed` or `not affected`.
    pub status: String,
    /// Justification or explanation.
    pub because: String,
    /// The document that says so.
    pub document: String,
}

impl ClearedView {
    pub(super) fn of(cleared: &Cleared<'_>, package: &Package, version: &str) -> Self {
        let fixed = cleared.status == warrant_advisory::advisory::Status::Fixed;
        Self {
            id: cleared.id.to_owned(),
            package: package.clone(),
            version: version.to_owned(),
            status: if fixed { "fixed" } else { "not affected" }.to_owned(),
            because: cleared.justification.unwrap_or(cleared.explanation).to_owned(),
            document: cleared.document.to_owned(),
        }
    }
}

/// Why some components could not be assessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unassessed {
    /// Why.
    pub because: String,
    /// How many there are.
    pub components: usize,
    /// The first of them.
    pub such_as: Vec<String>,
}

/// A file that a release is known by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReleaseFile {
    /// Evidence hash.
    pub evidence: String,
    /// What it calls its subject.
    pub target: String,
    /// When it was made.
    pub at: Timestamp,
}

/// One release, judged.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReleaseView {
    /// Its version.
    pub version: String,
    /// When its newest bill was made.
    pub at: Timestamp,
    /// The bills that speak for it: the newest of each subject.
    pub files: Vec<ReleaseFile>,
    /// Older bills of the same subjects.
    pub superseded: usize,
    /// Parts in all.
    pub components: usize,
    /// Parts that something applies to.
    pub affected: usize,
    /// Parts that nothing applies to.
    pub not_affected: usize,
    /// Parts that could not be assessed and that nothing is known to apply to.
    pub not_assessed: usize,
    /// Why some were not or not wholly assessed.
    pub unassessed: Vec<Unassessed>,
    /// What applies, worst first.
    pub found: Vec<Found>,
    /// What applies and is no vulnerability.
    pub notices: Vec<Found>,
    /// What statements say does not apply.
    pub cleared: Vec<ClearedView>,
    /// The smallest safe steps.
    pub steps: Vec<Step>,
    /// Safe to ship, or why not.
    pub ship: ShipVerdict,
    /// What the release before did not have.
    pub brought: Vec<Key>,
    /// What the release before had and this one is known to be without.
    pub removed: Vec<Key>,
    /// Records of components that say they are of this release.
    pub in_use: Vec<String>,
    /// Whether it is in use or, where no record says so, the newest.
    pub current: bool,
}

/// A vulnerability of a package over the releases of a component.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LifeView {
    /// The package.
    pub package: Package,
    /// What it is.
    #[serde(flatten)]
    pub hit: HitView,
    /// The first release that has it.
    pub introduced: String,
    /// When that was made.
    pub since: Timestamp,
    /// Releases before of which nothing can be told.
    pub perhaps_since: Vec<String>,
    /// The first release after the last affected one that is known to be without it.
    pub fixed_in: Option<String>,
    /// Releases that brought it back.
    pub reintroduced: Vec<String>,
    /// How each release stands, in order.
    pub standings: Vec<Standing>,
}

/// The releases of a component, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Line {
    /// System id.
    pub system: String,
    /// System name.
    pub system_name: String,
    /// The component.
    pub component: String,
    /// Its releases, in the order of versions, then of time.
    pub releases: Vec<ReleaseView>,
    /// The lives of all vulnerabilities over them, worst and longest open first.
    pub lives: Vec<LifeView>,
}

impl Line {
    /// The release of a version.
    pub fn release(&self, version: &str) -> Option<&ReleaseView> {
        self.releases.iter().find(|release| release.version == version)
    }

    /// The releases in use, or the newest.
    pub fn current(&self) -> impl Iterator<Item = &ReleaseView> {
        self.releases.iter().filter(|release| release.current)
    }
}
