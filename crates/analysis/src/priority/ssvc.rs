//! The deployer's decision of SSVC (CERT/CC, version 1.0.0): how fast to act, from four answers.
//!
//! A table and its lookup. Must not know where answers come from.

use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use warrant_model::priority::{Decision, Exploitation};

/// How far attackers can reach the system (SSVC, system exposure 1.0.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SystemExposure {
    /// Hardly: isolated, or not on a network.
    Small,
    /// Networked, with access restricted.
    Controlled,
    /// From the internet or another network whose users nobody can hold to account.
    Open,
}

impl SystemExposure {
    const ALL: [Self; 3] = [Self::Small, Self::Controlled, Self::Open];

    /// SSVC's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Controlled => "controlled",
            Self::Open => "open",
        }
    }
}

/// What people and the mission lose (SSVC, human impact 2.0.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HumanImpact {
    /// Work is degraded at most.
    Low,
    /// An essential function fails for a time.
    Medium,
    /// Essential functions fail, or people come to harm.
    High,
    /// The mission fails.
    VeryHigh,
}

impl HumanImpact {
    const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::VeryHigh];

    /// SSVC's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::VeryHigh => "very high",
        }
    }
}

/// SSVC's word.
pub fn exploitation_word(exploitation: Exploitation) -> &'static str {
    match exploitation {
        Exploitation::None => "none",
        Exploitation::Poc => "public PoC",
        Exploitation::Active => "active",
    }
}

const EXPLOITATIONS: [Exploitation; 3] = [Exploitation::None, Exploitation::Poc, Exploitation::Active];

const TEXT: &str = include_str!("../../../../content/ssvc/deployer-1.0.0.tsv");

/// By exploitation, exposure, automatable and human impact.
type Table = [[[[Decision; 4]; 2]; 3]; 3];

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the table is part of the program and a test reads it")]
    table(TEXT).expect("content/ssvc/deployer-1.0.0.tsv names a decision for each of the 72 cases")
});

fn table(text: &str) -> Option<Table> {
    let mut found: [[[[Option<Decision>; 4]; 2]; 3]; 3] = Default::default();
    for line in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let mut words = line.split('\t');
        let exploitation = match words.next()? {
            "none" => Exploitation::None,
            "poc" => Exploitation::Poc,
            "active" => Exploitation::Active,
            _ => return None,
        };
        let exposure = words.next()?;
        let exposure = SystemExposure::ALL.into_iter().find(|known| known.word() == exposure)?;
        let automatable = match words.next()? {
            "no" => 0,
            "yes" => 1,
            _ => return None,
        };
        for cell in &mut found[exploitation as usize][exposure as usize][automatable] {
            *cell = Some(Decision::from_word(words.next()?)?);
        }
    }
    let mut table: Table = [[[[Decision::Immediate; 4]; 2]; 3]; 3];
    for exploitation in EXPLOITATIONS {
        for exposure in SystemExposure::ALL {
            for automatable in 0..2 {
                for impact in HumanImpact::ALL {
                    let (e, x, i) = (exploitation as usize, exposure as usize, impact as usize);
                    table[e][x][automatable][i] = found[e][x][automatable][i]?;
                }
            }
        }
    }
    Some(table)
}

/// The decision that the table has for four answers.
pub fn decide(
    exploitation: Exploitation,
    exposure: SystemExposure,
    automatable: bool,
    impact: HumanImpact,
) -> Decision {
    TABLE[exploitation as usize][exposure as usize][usize::from(automatable)][impact as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published table row by row, as first letters: exploitation outermost, human impact innermost.
    const PUBLISHED: &str =
        "ddss dsss dsss ssss dsss ssso dsss ssss dsss ssso ssso ssoo ssoo sooo ssoo oooo sooi ooii";

    #[test]
    fn every_row_is_the_published_one() {
        let mut letters = PUBLISHED.chars().filter(|letter| *letter != ' ');
        let mut rows = 0;
        for exploitation in EXPLOITATIONS {
            for exposure in SystemExposure::ALL {
                for automatable in [false, true] {
                    for impact in HumanImpact::ALL {
                        let decision = decide(exploitation, exposure, automatable, impact);
                        let row = (exploitation, exposure, automatable, impact);
                        assert_eq!(decision.word().chars().next(), letters.next(), "{row:?}");
                        rows += 1;
                    }
                }
            }
        }
        assert_eq!((rows, letters.next()), (72, None));
    }

    #[test]
    fn a_worse_answer_never_makes_it_less_urgent() {
        for exploitation in EXPLOITATIONS {
            for exposure in SystemExposure::ALL {
                for automatable in [false, true] {
                    for impact in HumanImpact::ALL {
                        let decision = decide(exploitation, exposure, automatable, impact);
                        for worse in EXPLOITATIONS.into_iter().filter(|other| *other > exploitation) {
                            assert!(decide(worse, exposure, automatable, impact) >= decision);
                        }
                        for worse in SystemExposure::ALL.into_iter().filter(|other| *other > exposure) {
                            assert!(decide(exploitation, worse, automatable, impact) >= decision);
                        }
                        for worse in HumanImpact::ALL.into_iter().filter(|other| *other > impact) {
                            assert!(decide(exploitation, exposure, automatable, worse) >= decision);
                        }
                        assert!(decide(exploitation, exposure, true, impact) >= decision);
                    }
                }
            }
        }
    }

    #[test]
    fn a_table_with_a_gap_is_none() {
        let short: Vec<&str> = TEXT.lines().take(10).collect();
        assert_eq!(table(&short.join("\n")), None);
        assert_eq!(table(&TEXT.replace("immediate", "soon")), None);
    }
}
