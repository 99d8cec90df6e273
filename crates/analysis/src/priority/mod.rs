//! Priority: how fast to act on a weakness, by when, and why, in one sentence.
//!
//! The decision is SSVC's ([`ssvc`]); its answers come from the system's record, the tools and the advisories in force
//! ([`answers`]). The day is the earliest of the clocks that run ([`clocks`]). Must not know where findings are kept.

mod answers;
mod clocks;
mod rows;
mod sentence;
mod ssvc;
mod vdr;

pub use answers::{Answers, AutomatableBy, ExploitationBy};
pub use clocks::{Clock, Due};
pub(crate) use rows::Rows;
pub use rows::decisions;
pub use sentence::{Late, Reason, day_is_set_by};
pub use ssvc::{HumanImpact, SystemExposure, decide, exploitation_word};
pub use vdr::{AgencyImpact, Likelihood, VdrClass, hours};

use crate::categorisation::Categorisation;
use crate::policy::{Exploit, Policy};
use jiff::Timestamp;
use warrant_model::finding::{Finding, FindingSort, FindingState};
use warrant_model::kinds::{Criticality, Exposure, System};
use warrant_model::priority::{Decision, Signal, Signals};
use warrant_model::time::start_of;
use warrant_model::{Impact, Severity};

/// What of a system a priority depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The system's name.
    pub name: String,
    /// Who can reach it; `None`: not stated.
    pub exposure: Option<Exposure>,
    /// What the mission loses without it; `None`: not stated.
    pub criticality: Option<Criticality>,
    /// The highest level it is categorised at; `None`: not categorised.
    pub level: Option<Impact>,
}

impl Setting {
    /// Of a system with its categorisation.
    pub fn of(system: &System, categorisation: &Categorisation) -> Self {
        Self {
            name: system.name.clone(),
            exposure: system.exposure,
            criticality: system.criticality,
            level: categorisation.baseline(),
        }
    }
}

/// What of a weakness a priority depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weakness {
    /// How bad the tool says it is.
    pub severity: Severity,
    /// Whether the tool knows of a public exploit.
    pub exploit: Option<bool>,
    /// Whether attacks can be automated, by its CVSS vector.
    pub automatable: Option<bool>,
    /// What the advisories in force signal about its ids.
    pub signal: Signal,
    /// Whether one of its ids is one that the list of exploited vulnerabilities could name.
    pub listable: bool,
    /// Since when it is open.
    pub open_since: Timestamp,
}

impl Weakness {
    /// Of an open finding; `None`: nothing is decided about it, since it is no weakness, not open or suppressed.
    pub fn of(finding: &Finding, signals: &Signals) -> Option<Self> {
        let open = finding.state == FindingState::Open && !finding.suppressed;
        (open && finding.sort == FindingSort::Weakness).then(|| Self {
            severity: finding.severity,
            exploit: finding.exploit,
            automatable: finding.automatable,
            signal: signals.of(finding.vulnerabilities.iter().map(String::as_str)),
            listable: finding.vulnerabilities.iter().any(|id| is_listable(id)),
            open_since: finding.state_since,
        })
    }
}

/// Whether the list of exploited vulnerabilities could name an id: it names CVE ids alone.
pub fn is_listable(id: &str) -> bool {
    id.starts_with("CVE-")
}

/// How fast to act on a weakness, by when, and what says so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Priority {
    /// The decision.
    pub decision: Decision,
    /// The answers that made it.
    pub answers: Answers,
    /// What is known of exploits, for days and rank.
    pub exploit: Exploit,
    /// The day by which it must be gone, and the clock that set it.
    pub due: Due,
}

/// Judges weaknesses of one system.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'a> {
    /// The system.
    pub setting: &'a Setting,
    /// The organisation's policy.
    pub policy: &'a Policy,
    /// What the advisories in force signal.
    pub signals: &'a Signals,
}

impl Judge<'_> {
    /// The priority of a weakness at an instant that `passed` knows. `None`: it is informational and no exploit is
    /// known, so that nobody need act.
    pub fn priority(&self, weakness: &Weakness, passed: impl Fn(Timestamp) -> bool) -> Option<Priority> {
        let signal = self.in_force(weakness.signal, passed);
        let weakness = &Weakness { signal, ..*weakness };
        let answers = self.answers(weakness);
        let exploit = exploit(weakness, answers.exploitation());
        if weakness.severity < Severity::Low && exploit < Exploit::Known {
            return None;
        }
        let decision = answers.decide();
        let due = self.due(weakness, exploit, (decision, &answers));
        Some(Priority { decision, answers, exploit, due })
    }

    /// What decisions about a system's weaknesses depend on beside the weaknesses and the advisories: as long as it
    /// stays, they stand.
    pub fn basis(&self) -> String {
        let Setting { exposure, criticality, level, .. } = self.setting;
        format!("{exposure:?} {criticality:?} {level:?} {:?}", self.policy.urgency)
    }

    /// How fast to act on a finding, as it is stored beside it: what the list names counts from when it is loaded.
    pub fn decision(&self, finding: &Finding) -> Option<Decision> {
        let weakness = Weakness::of(finding, self.signals)?;
        Some(self.priority(&weakness, |_| true)?.decision)
    }

    /// An entry of the list counts from its day on.
    fn in_force(&self, signal: Signal, passed: impl Fn(Timestamp) -> bool) -> Signal {
        Signal {
            listed: signal.listed.filter(|listed| listed.since.is_none_or(|day| passed(start_of(day)))),
            ..signal
        }
    }
}

/// What is known of exploits: the tool's word, or that attackers use it.
fn exploit(weakness: &Weakness, exploitation: ExploitationBy) -> Exploit {
    if exploitation.is_active() {
        return Exploit::Active;
    }
    match weakness.exploit {
        Some(true) => Exploit::Known,
        Some(false) => Exploit::None,
        None => Exploit::Unknown,
    }
}
