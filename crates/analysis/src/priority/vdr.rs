//! FedRAMP's clock of vulnerability detection and response (VDR-TFR-PVR): how long a vulnerability may stay.
//!
//! A table and its lookup. Must not know how impact, reach and likelihood were estimated.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The class of a FedRAMP certification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VdrClass {
    /// Class A.
    A,
    /// Class B.
    B,
    /// Class C.
    C,
    /// Class D.
    D,
}

/// The potential impact on agencies that use the service (VER-EVA-EPA).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgencyImpact {
    /// Minimal effects.
    N1,
    /// Narrow effects.
    N2,
    /// A disruptive effect on one agency.
    N3,
    /// A debilitating effect on one agency, or a disruptive one on several.
    N4,
    /// A debilitating effect on several agencies.
    N5,
}

impl AgencyImpact {
    /// The rating as it is written.
    pub fn word(self) -> &'static str {
        ["N1", "N2", "N3", "N4", "N5"][self as usize]
    }
}

/// Who can use the vulnerability, in the words of the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likelihood {
    /// Reachable from the internet and likely exploitable.
    Reachable,
    /// Likely exploitable, not reachable from the internet.
    Likely,
    /// Not likely exploitable.
    Unlikely,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    #[expect(dead_code, reason = "read by people")]
    source: String,
    class: BTreeMap<VdrClass, Rows>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    n2: [f64; 3],
    n3: [f64; 3],
    n4: [f64; 3],
    n5: [f64; 3],
}

static TABLE: LazyLock<BTreeMap<VdrClass, Rows>> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the table is part of the program and a test reads it")]
    let text: Text = toml::from_str(include_str!("../../../../content/vdr.toml"))
        .expect("content/vdr.toml has a table for each class");
    text.class
});

/// Hours that may pass. `None`: the rule sets none.
pub fn hours(class: VdrClass, impact: AgencyImpact, likelihood: Likelihood) -> Option<u32> {
    let rows = TABLE.get(&class)?;
    let row = match impact {
        AgencyImpact::N1 => return None,
        AgencyImpact::N2 => &rows.n2,
        AgencyImpact::N3 => &rows.n3,
        AgencyImpact::N4 => &rows.n4,
        AgencyImpact::N5 => &rows.n5,
    };
    Some((row[likelihood as usize] * 24.0).round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASSES: [(&str, VdrClass); 4] =
        [("a", VdrClass::A), ("b", VdrClass::B), ("c", VdrClass::C), ("d", VdrClass::D)];
    const IMPACTS: [AgencyImpact; 5] =
        [AgencyImpact::N1, AgencyImpact::N2, AgencyImpact::N3, AgencyImpact::N4, AgencyImpact::N5];
    const LIKELIHOODS: [(&str, Likelihood); 3] = [
        ("irv_lev", Likelihood::Reachable),
        ("nirv_lev", Likelihood::Likely),
        ("nlev", Likelihood::Unlikely),
    ];

    #[test]
    fn every_figure_is_that_of_the_consolidated_rules() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/corpus/oscal/fedramp-cr26/fedramp-consolidated-rules.json"
        );
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("skipped: the corpus is not there");
            return;
        };
        let rules: serde_json::Value = serde_json::from_str(&text).unwrap();
        let rule = &rules["FRR"]["VDR"]["data"]["all"]["TFR"]["VDR-TFR-PVR"]["varies_by_class"];
        let mut met = 0;
        for (word, class) in CLASSES {
            for impact in IMPACTS {
                for (name, likelihood) in LIKELIHOODS {
                    let row = &rule[word]["pain_timeframes"][&impact.word()[1..]][name];
                    let unit = if row["timeframe_type"] == "hours" { 1 } else { 24 };
                    let expected = row["timeframe_num"].as_u64().map(|number| number as u32 * unit);
                    assert_eq!(hours(class, impact, likelihood), expected, "{word} {impact:?} {name}");
                    met += usize::from(expected.is_some());
                }
            }
        }
        assert_eq!(met, 48);
    }

    #[test]
    fn what_is_worse_never_has_longer() {
        for (_, class) in CLASSES {
            for pair in IMPACTS.windows(2) {
                for (_, likelihood) in LIKELIHOODS {
                    let of = |impact| hours(class, impact, likelihood).unwrap_or(u32::MAX);
                    assert!(of(pair[1]) <= of(pair[0]));
                }
            }
            for impact in IMPACTS {
                let of = |likelihood| hours(class, impact, likelihood).unwrap_or(u32::MAX);
                assert!(of(Likelihood::Reachable) <= of(Likelihood::Likely));
                assert!(of(Likelihood::Likely) <= of(Likelihood::Unlikely));
            }
        }
    }
}
