//! The sentence: by when to act on a weakness and why, from the answers and the clock.

use super::answers::{AutomatableBy, ExploitationBy};
use super::clocks::{Clock, Due};
use super::ssvc::exploitation_word;
use super::{Judge, Priority};
use crate::policy::{Policy, Row};
use serde::Serialize;
use warrant_model::Severity;
use warrant_model::kinds::{Criticality, Exposure};
use warrant_model::priority::Exploitation;

/// One question of the decision as it was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// What is asked, in SSVC's words.
    pub question: &'static str,
    /// The answer, in SSVC's words.
    pub answer: &'static str,
    /// What says so, as part of a sentence.
    pub says: String,
    /// Where that comes from.
    pub from: &'static str,
    /// Whether it is known; what is not takes the cautious answer.
    pub known: bool,
}

/// What set a day, as part of a sentence: `the 15 days for critical weaknesses`.
pub fn day_is_set_by(clock: Clock, severity: Severity, policy: &Policy) -> String {
    match clock {
        Clock::Listed => "the due date of the list of exploited vulnerabilities (KEV)".to_owned(),
        Clock::Row(row, days) => {
            let days = if days == 1 { "the day".to_owned() } else { format!("the {days} days") };
            match row {
                Row::General => format!("{days} for {severity} weaknesses"),
                Row::Exploited => format!("{days} for {severity} weaknesses that have an exploit"),
                Row::Internet => format!("{days} for {severity} weaknesses reached from the internet"),
                Row::Rule(nth) => {
                    let name = policy.remediation.rule.get(nth).map_or("", |rule| rule.name.as_str());
                    format!("{days} for {name}")
                }
            }
        }
        Clock::Vdr(_, impact, hours) => {
            let time = match hours {
                24 => "day".to_owned(),
                hours if hours % 24 == 0 => format!("{} days", hours / 24),
                hours => format!("{hours} hours"),
            };
            format!("FedRAMP's {time} for a potential impact of {}", impact.word())
        }
    }
}

impl Judge<'_> {
    /// By when to act and why, in one sentence. `late`: the day is over.
    pub fn sentence(&self, priority: &Priority, severity: Severity, late: Late) -> String {
        let Due { day, clock } = priority.due;
        let act = match late {
            Late::No => "Act by",
            Late::Yes => "It was to be gone by",
        };
        let reasons: Vec<_> =
            self.reasons(priority, severity).into_iter().map(|reason| reason.says).collect();
        let (last, first) =
            reasons.split_last().map_or(("", &[][..]), |(last, first)| (last.as_str(), first));
        format!(
            "{act} {day}, {}; {}: {}, and {last}.",
            day_is_set_by(clock, severity, self.policy),
            priority.decision.title().to_lowercase(),
            first.join(", "),
        )
    }

    /// The four answers, in SSVC's order.
    pub fn reasons(&self, priority: &Priority, severity: Severity) -> Vec<Reason> {
        let answers = &priority.answers;
        let (says, from, known) = exploitation(answers.exploitation(), self.policy.urgency.likely);
        let exploitation = Reason {
            question: "Exploitation",
            answer: exploitation_word(answers.exploitation().answer()),
            says,
            from,
            known,
        };
        let (says, from, known) = exposure(self.setting.exposure);
        let exposure = Reason {
            question: "System exposure",
            answer: answers.exposure.word(),
            says: says.to_owned(),
            from,
            known,
        };
        let (says, from, known) = automatable(answers.automatable);
        let automatable = Reason {
            question: "Automatable",
            answer: if answers.automatable.answer() { "yes" } else { "no" },
            says: says.to_owned(),
            from,
            known,
        };
        let limit = if answers.limited {
            format!(", of which a {severity} weakness alone puts no more than a part at stake")
        } else {
            String::new()
        };
        let impact = Reason {
            question: "Human impact",
            answer: answers.impact.word(),
            says: format!("{}{limit}", self.lost()),
            from: "the system's record and its information types",
            known: self.setting.criticality.is_some() && self.setting.level.is_some(),
        };
        vec![exploitation, exposure, automatable, impact]
    }

    fn lost(&self) -> String {
        let name = &self.setting.name;
        let criticality = match self.setting.criticality {
            Some(Criticality::Essential) => format!("{name} is essential to the mission"),
            Some(Criticality::Important) => format!("{name} is important to the mission"),
            Some(Criticality::Supporting) => format!("{name} supports the mission"),
            None => format!("what the mission loses without {name} is not stated and taken as all of it"),
        };
        match self.setting.level {
            Some(level) => format!("{criticality} at {level} impact"),
            None => format!("{criticality}, its impact not categorised and taken as high"),
        }
    }
}

/// Whether the day is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Late {
    /// It is still to come.
    No,
    /// It is over.
    Yes,
}

const COORDINATOR: &str = "a coordinator's SSVC";
const TOOL: &str = "the tool's report";
const NOBODY: &str = "nobody says";

fn exploitation(by: ExploitationBy, likely: f32) -> (String, &'static str, bool) {
    let list = "the list of exploited vulnerabilities (KEV)";
    match by {
        ExploitationBy::Listed { since, ransomware } => {
            let by = if ransomware { ", used by ransomware" } else { "" };
            let since = since.map_or_else(String::new, |day| format!(" since {day}"));
            (format!("exploited in the wild (KEV{since}{by})"), list, true)
        }
        ExploitationBy::Coordinator(answer) => {
            let says = match answer {
                Exploitation::Active => "exploited in the wild (as a coordinator judged)",
                Exploitation::Poc => "an exploit is public (as a coordinator judged)",
                Exploitation::None => "no exploit is known (as a coordinator judged)",
            };
            (says.to_owned(), COORDINATOR, true)
        }
        ExploitationBy::Tool(Exploitation::None) => ("the tool knows of no exploit".to_owned(), TOOL, true),
        ExploitationBy::Tool(_) => ("a public exploit is known".to_owned(), TOOL, true),
        ExploitationBy::Predicted => {
            let says = format!("exploitation is likely (EPSS of {:.0} % or more)", likely * 100.0);
            (says, "EPSS", true)
        }
        ExploitationBy::NotListed => ("not listed as exploited".to_owned(), list, true),
        ExploitationBy::NotKnown => {
            ("whether there is an exploit is not known, so one is assumed".to_owned(), NOBODY, false)
        }
    }
}

fn exposure(exposure: Option<Exposure>) -> (&'static str, &'static str, bool) {
    let record = "the system's record";
    match exposure {
        Some(Exposure::Internet) => ("reached from the internet", record, true),
        Some(Exposure::Partner) => ("reached by partners", record, true),
        Some(Exposure::Internal) => ("reached from inside only", record, true),
        Some(Exposure::Isolated) => ("reached from no other network", record, true),
        None => ("who can reach it is not stated, so the internet is assumed", NOBODY, false),
    }
}

fn automatable(by: AutomatableBy) -> (&'static str, &'static str, bool) {
    match by {
        AutomatableBy::Coordinator(true) => ("attacks can be automated", COORDINATOR, true),
        AutomatableBy::Coordinator(false) => ("attacks cannot be automated", COORDINATOR, true),
        AutomatableBy::Vector(true) => ("attacks can be automated", "derived from the CVSS vector", true),
        AutomatableBy::Vector(false) => ("attacks cannot be automated", "derived from the CVSS vector", true),
        AutomatableBy::NotKnown => {
            ("whether attacks can be automated is not known, so it is assumed", NOBODY, false)
        }
    }
}
