//! Priority: the decisions about weaknesses, and what advisories signal about vulnerabilities beyond ranges.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How fast a weakness is to be acted on (SSVC, deployer decision 1.0.0), the least urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// Nothing is done about it at present.
    Defer,
    /// With the next regular maintenance.
    Scheduled,
    /// Sooner than the next regular maintenance.
    OutOfCycle,
    /// At once, with whatever it takes.
    Immediate,
}

impl Decision {
    /// From the most urgent to the least.
    pub const DESCENDING: [Self; 4] = [Self::Immediate, Self::OutOfCycle, Self::Scheduled, Self::Defer];

    /// The word in addresses, files and policy.
    pub fn word(self) -> &'static str {
        match self {
            Self::Defer => "defer",
            Self::Scheduled => "scheduled",
            Self::OutOfCycle => "out-of-cycle",
            Self::Immediate => "immediate",
        }
    }

    /// The decision of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::DESCENDING.into_iter().find(|decision| decision.word() == word)
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Defer => "Defer",
            Self::Scheduled => "Scheduled",
            Self::OutOfCycle => "Out of cycle",
            Self::Immediate => "Immediate",
        }
    }

    /// 1 (defer) to 4 (immediate), as stored; 0 stands for no decision.
    pub fn rank(self) -> u8 {
        self as u8 + 1
    }

    /// The decision of a stored rank.
    pub fn from_rank(rank: u8) -> Option<Self> {
        Self::DESCENDING.into_iter().find(|decision| decision.rank() == rank)
    }
}

/// How far a vulnerability is used (SSVC, exploitation 1.1.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Exploitation {
    /// Neither attacks nor public proof of concept.
    None,
    /// A proof of concept is public, or the way to exploit it is well known.
    Poc,
    /// Attackers use it.
    Active,
}

/// That a vulnerability is on the list of those known to be exploited (KEV).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Listed {
    /// The day by which the list wants it gone.
    pub due: Option<Date>,
    /// The day it was put there, where the list says it.
    pub since: Option<Date>,
    /// Whether ransomware is known to use it.
    pub ransomware: bool,
}

/// What advisories signal about one vulnerability. Nothing said is nothing known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    /// It is on the list of those known to be exploited.
    pub listed: Option<Listed>,
    /// How far it is used, as a coordinator judged.
    pub exploitation: Option<Exploitation>,
    /// Whether attacks can be automated, as a coordinator judged.
    pub automatable: Option<bool>,
    /// Probability of exploitation within 30 days (EPSS), 0 to 1.
    pub probability: Option<f32>,
}

impl Signal {
    /// What two ids of one weakness signal together: the worse of each.
    pub fn and(self, other: Self) -> Self {
        Self {
            listed: match (self.listed, other.listed) {
                (Some(one), Some(two)) => Some(earlier(one, two)),
                (one, two) => one.or(two),
            },
            exploitation: self.exploitation.max(other.exploitation),
            automatable: self.automatable.max(other.automatable),
            probability: match (self.probability, other.probability) {
                (Some(one), Some(two)) => Some(one.max(two)),
                (one, two) => one.or(two),
            },
        }
    }
}

/// The entry that asks for more haste; one without a day for it comes last.
fn earlier(one: Listed, two: Listed) -> Listed {
    let haste = |listed: &Listed| (listed.due.is_none(), listed.due, listed.since, !listed.ransomware);
    if haste(&two) < haste(&one) { two } else { one }
}

/// What the advisories in force signal, by vulnerability id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Signals {
    /// Whether a list of exploited vulnerabilities is among them, so that absence from it says something.
    pub lists_exploited: bool,
    /// Signals by id; ids of which nothing is said are left out.
    pub by_id: BTreeMap<Box<str>, Signal>,
}

impl Signals {
    /// What is signalled about a weakness with these ids.
    pub fn of<'i>(&self, ids: impl IntoIterator<Item = &'i str>) -> Signal {
        let known = ids.into_iter().filter_map(|id| self.by_id.get(id));
        known.fold(Signal::default(), |signal, more| signal.and(*more))
    }
}

/// Whether attacks on a weakness can be automated, as its CVSS vector tells: over the network, without special
/// conditions, privileges or anybody's help. `None`: the vector does not say, or is none.
pub fn automatable(vector: &str) -> Option<bool> {
    let metrics = || vector.trim_matches(['(', ')']).trim_start_matches("CVSS2#").split('/');
    let of = |name: &str| {
        metrics()
            .filter_map(|metric| metric.split_once(':'))
            .find(|(known, _)| *known == name)
            .map(|(_, v)| v)
    };
    let (reach, effort) = (of("AV")? == "N", of("AC")? == "L");
    if let Some(authentication) = of("Au") {
        return Some(reach && effort && authentication == "N");
    }
    let requirements = of("AT").is_none_or(|present| present == "N");
    Some(reach && effort && requirements && of("PR")? == "N" && of("UI")? == "N")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_ranks_come_back() {
        for decision in Decision::DESCENDING {
            assert_eq!(Decision::from_word(decision.word()), Some(decision));
            assert_eq!(Decision::from_rank(decision.rank()), Some(decision));
        }
        assert_eq!(Decision::from_rank(0), None);
        assert!(Decision::DESCENDING.is_sorted_by(|one, two| one > two));
    }

    #[test]
    fn a_vector_tells_whether_attacks_can_be_automated() {
        for (vector, expected) in [
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", Some(true)),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", Some(false)),
            ("CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H", Some(false)),
            ("CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", Some(false)),
            ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", Some(true)),
            ("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", Some(false)),
            ("CVSS2#AV:N/AC:L/Au:N/C:P/I:P/A:P", Some(true)),
            ("(AV:N/AC:L/Au:S/C:P/I:P/A:P)", Some(false)),
            ("CVSS:3.1/AV:N/AC:L/PR:N", None),
            ("high", None),
        ] {
            assert_eq!(automatable(vector), expected, "{vector}");
        }
    }

    #[test]
    fn of_several_ids_the_worse_counts() {
        let listed =
            |due: &str| Listed { due: due.parse().ok(), since: "2026-11-01".parse().ok(), ransomware: false };
        let one =
            Signal { automatable: Some(false), listed: Some(listed("2026-12-01")), ..Signal::default() };
        let two = Signal { automatable: Some(true), listed: Some(listed("2026-11-20")), ..Signal::default() };
        let none = Signal { listed: Some(listed("")), probability: Some(0.2), ..Signal::default() };
        let signals = Signals {
            lists_exploited: true,
            by_id: [("a".into(), one), ("b".into(), two), ("c".into(), none)].into(),
        };
        let of = signals.of(["c", "a", "b", "unheard"]);
        assert_eq!(of.listed, Some(listed("2026-11-20")));
        assert_eq!((of.automatable, of.probability), (Some(true), Some(0.2)));
        assert_eq!(signals.of(["b", "a", "c"]), of);
    }
}
