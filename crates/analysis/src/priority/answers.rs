//! The answers to SSVC's questions, each with where it comes from. What is not known takes the cautious answer.

use super::ssvc::{HumanImpact, SystemExposure, decide};
use super::{Judge, Weakness};
use jiff::civil::Date;
use warrant_model::priority::{Decision, Exploitation};

/// How far the weakness is used, and who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExploitationBy {
    /// It is on the list of exploited vulnerabilities since a day.
    Listed {
        /// Since when, where the list says it.
        since: Option<Date>,
        /// Whether ransomware uses it.
        ransomware: bool,
    },
    /// A coordinator judged it.
    Coordinator(Exploitation),
    /// The tool knows of a public exploit, or that there is none.
    Tool(Exploitation),
    /// The prediction of exploitation is high.
    Predicted,
    /// It is not on the list of exploited vulnerabilities, and nobody tells of an exploit.
    NotListed,
    /// Nobody says anything.
    NotKnown,
}

impl ExploitationBy {
    /// SSVC's answer; not known is taken as a public proof of concept.
    pub fn answer(self) -> Exploitation {
        match self {
            Self::Listed { .. } => Exploitation::Active,
            Self::Coordinator(answer) | Self::Tool(answer) => answer,
            Self::Predicted | Self::NotKnown => Exploitation::Poc,
            Self::NotListed => Exploitation::None,
        }
    }

    /// Whether attackers use it.
    pub fn is_active(self) -> bool {
        self.answer() == Exploitation::Active
    }
}

/// Whether attacks can be automated, and who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AutomatableBy {
    /// A coordinator judged it.
    Coordinator(bool),
    /// The tool's CVSS vector tells.
    Vector(bool),
    /// Nobody says anything.
    NotKnown,
}

impl AutomatableBy {
    /// SSVC's answer; not known is taken as yes.
    pub fn answer(self) -> bool {
        match self {
            Self::Coordinator(answer) | Self::Vector(answer) => answer,
            Self::NotKnown => true,
        }
    }
}

/// The four answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answers {
    by: ExploitationBy,
    /// Whether attacks can be automated.
    pub automatable: AutomatableBy,
    /// How far attackers can reach the system.
    pub exposure: SystemExposure,
    /// What the mission loses.
    pub impact: HumanImpact,
    /// Whether the system loses more than a weakness of this severity can bring about.
    pub limited: bool,
}

impl Answers {
    /// How far the weakness is used.
    pub fn exploitation(&self) -> ExploitationBy {
        self.by
    }

    /// The decision that follows.
    pub fn decide(&self) -> Decision {
        decide(self.by.answer(), self.exposure, self.automatable.answer(), self.impact)
    }
}

impl Judge<'_> {
    /// The answers about a weakness.
    pub(super) fn answers(&self, weakness: &Weakness) -> Answers {
        let urgency = &self.policy.urgency;
        let lost = urgency.impact.of(self.setting.criticality, self.setting.level);
        let most = urgency.most_impact.of(weakness.severity);
        Answers {
            by: self.exploitation(weakness),
            automatable: match (weakness.signal.automatable, weakness.automatable) {
                (Some(judged), _) => AutomatableBy::Coordinator(judged),
                (None, Some(derived)) => AutomatableBy::Vector(derived),
                (None, None) => AutomatableBy::NotKnown,
            },
            exposure: urgency.exposure.of(self.setting.exposure),
            impact: lost.min(most),
            limited: most < lost,
        }
    }

    /// The worst that anybody says counts.
    fn exploitation(&self, weakness: &Weakness) -> ExploitationBy {
        let signal = &weakness.signal;
        let likely = signal.probability.is_some_and(|probability| probability >= self.policy.urgency.likely);
        match (signal.listed, signal.exploitation, weakness.exploit) {
            (Some(listed), ..) => {
                ExploitationBy::Listed { since: listed.since, ransomware: listed.ransomware }
            }
            (_, Some(Exploitation::Active), _) => ExploitationBy::Coordinator(Exploitation::Active),
            (_, Some(Exploitation::Poc), _) => ExploitationBy::Coordinator(Exploitation::Poc),
            (_, _, Some(true)) => ExploitationBy::Tool(Exploitation::Poc),
            _ if likely => ExploitationBy::Predicted,
            (_, Some(Exploitation::None), _) => ExploitationBy::Coordinator(Exploitation::None),
            (_, _, Some(false)) => ExploitationBy::Tool(Exploitation::None),
            _ if self.signals.lists_exploited && weakness.listable => ExploitationBy::NotListed,
            _ => ExploitationBy::NotKnown,
        }
    }
}
