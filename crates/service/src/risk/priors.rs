//! What money figures rest on besides scenarios and evidence: `content/risk.toml`, or a store's own.

use crate::ServiceError;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use warrant_model::level::Severity;
use warrant_risk::Tolerance;

/// A store's own file.
const OWN: &str = "risk.toml";

/// What comes with the program.
const OURS: &str = include_str!("../../../../content/risk.toml");

/// Judgements with their source and the day on which they are looked at again.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Priors {
    /// Currency of every amount (ISO 4217).
    pub currency: String,
    /// What the organisation bears.
    #[serde(default)]
    pub tolerance: Vec<Tolerance>,
    /// Shares of attempts stopped or noticed, by word.
    pub efficacy: BTreeMap<String, Range>,
    /// How much of an unassessed control counts as in place.
    pub in_place: InPlace,
    /// How much of a control's work on a target an open finding takes away.
    pub impairment: Impairment,
    /// What a control counts with that is not listed.
    pub unlisted: Unlisted,
    /// What work costs.
    #[serde(default = "our_work")]
    pub work: Work,
    /// Where grades of impact begin.
    #[serde(default = "our_impact")]
    pub impact: ImpactScale,
    /// Where the words below come from.
    pub priors: Origin,
    /// The word of each control.
    pub control: BTreeMap<String, String>,
}

/// A share that is not known exactly.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// At least.
    pub low: f64,
    /// Most likely.
    pub likely: f64,
    /// At most.
    pub high: f64,
}

impl Range {
    /// The mean of the PERT distribution: (low + 4 likely + high) / 6.
    pub fn mean(self) -> f64 {
        (self.low + 4.0 * self.likely + self.high) / 6.0
    }
}

/// Shares for what nobody has assessed lately.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InPlace {
    /// Said to be in place.
    pub claimed: f64,
    /// Said to be partly in place.
    pub partly_claimed: f64,
    /// Found satisfied, too long ago.
    pub stale: f64,
    /// Not met as far as findings go: what they take away is counted by each of them.
    pub measured: f64,
}

/// Shares taken away, by severity.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Impairment {
    critical: f64,
    high: f64,
    medium: f64,
    low: f64,
    none: f64,
}

impl Impairment {
    /// The share of a severity.
    pub fn of(&self, severity: Severity) -> f64 {
        match severity {
            Severity::Critical => self.critical,
            Severity::High => self.high,
            Severity::Medium => self.medium,
            Severity::Low => self.low,
            Severity::None => self.none,
        }
    }
}

/// What work costs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Work {
    /// An hour of a person's work, in the currency above.
    pub hour: f64,
}

/// Where grades of impact begin.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImpactScale {
    /// Costs of one loss at which low, moderate, high and very high begin.
    pub bounds: [f64; 4],
}

fn our_impact() -> ImpactScale {
    let ours = toml::from_str::<Priors>(OURS);
    ours.map_or(ImpactScale { bounds: [0.0; 4] }, |ours| ours.impact)
}

/// A store's own file may be older than this table; ours then stands in for it.
fn our_work() -> Work {
    let ours = toml::from_str::<Priors>(OURS);
    ours.map_or(Work { hour: 0.0 }, |ours| ours.work)
}

/// What controls that are not listed count with.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unlisted {
    /// The word.
    pub efficacy: String,
}

/// Where judgements come from.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Who says so.
    pub source: String,
    /// The day on which they are looked at again.
    pub review_by: jiff::civil::Date,
}

impl Priors {
    /// Reads the store's own file, or takes the one that comes with the program.
    pub(crate) fn load(data: &Path) -> Result<Self, ServiceError> {
        let path = data.join(OWN);
        match std::fs::read_to_string(&path) {
            Ok(text) => Self::parse(&path.display().to_string(), &text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Self::parse("content/risk.toml", OURS)
            }
            Err(error) => Err(ServiceError::Refused(format!("{}: {error}", path.display()))),
        }
    }

    fn parse(name: &str, text: &str) -> Result<Self, ServiceError> {
        let refused =
            |what: String| ServiceError::Refused(format!("{name}: {what}; mend it or take it away"));
        let priors: Self = toml::from_str(text).map_err(|error| refused(error.to_string()))?;
        let share = |share: f64| (0.0..=1.0).contains(&share);
        for (word, range) in &priors.efficacy {
            if ![range.low, range.likely, range.high].into_iter().all(share)
                || range.low > range.likely
                || range.likely > range.high
            {
                return Err(refused(format!("efficacy.{word}: give rising shares from 0 to 1")));
            }
        }
        let words = priors.control.iter().chain([(&priors.unlisted.efficacy, &priors.unlisted.efficacy)]);
        for (control, word) in words {
            if !priors.efficacy.contains_key(word) {
                return Err(refused(format!("control.{control}: `{word}` is no word of `efficacy`")));
            }
        }
        let Impairment { critical, high, medium, low, none } = priors.impairment;
        let InPlace { claimed, partly_claimed, stale, measured } = priors.in_place;
        if ![critical, high, medium, low, none, claimed, partly_claimed, stale, measured]
            .into_iter()
            .all(share)
        {
            return Err(refused("impairment and in_place: give shares from 0 to 1".to_owned()));
        }
        let bounds = priors.impact.bounds;
        if !bounds.iter().all(|bound| bound.is_finite() && *bound > 0.0) || !bounds.is_sorted() {
            return Err(refused("impact.bounds: give four rising amounts above 0".to_owned()));
        }
        if !(0.0..=1e6).contains(&priors.work.hour) {
            return Err(refused("work.hour: give what an hour costs, 0 to 1,000,000".to_owned()));
        }
        Ok(priors)
    }

    /// What a control stops where it is in place and works: the word and its range.
    pub fn efficacy_of(&self, control: &str) -> (&str, Range) {
        let word = self.control.get(control).unwrap_or(&self.unlisted.efficacy);
        let nothing = Range { low: 0.0, likely: 0.0, high: 0.0 };
        (word, self.efficacy.get(word).copied().unwrap_or(nothing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_is_sound_and_names_controls_that_exist() {
        let priors = Priors::load(Path::new("/nowhere")).unwrap();
        for control in priors.control.keys() {
            assert!(warrant_catalog::index::Index::embedded().by_id(control).is_some(), "{control}");
        }
        assert!(priors.efficacy_of("si-2").1.mean() > priors.efficacy_of("pm-1").1.mean());
    }

    #[test]
    fn a_file_from_before_work_had_a_price_is_still_read() {
        let (start, rest) = OURS.split_once("[work]").unwrap();
        let (_, end) = rest.split_once("[priors]").unwrap();
        let older = Priors::parse("risk.toml", &format!("{start}[priors]{end}")).unwrap();
        let ours = Priors::parse("ours", OURS).unwrap();
        assert_eq!((older.work, older.impact), (ours.work, ours.impact));
    }

    #[test]
    fn nonsense_is_refused_with_its_place() {
        let ours = OURS;
        let said = |from: &str, to: &str| {
            let text = ours.replacen(from, to, 1);
            assert_ne!(text, ours);
            Priors::parse("risk.toml", &text).unwrap_err().to_string()
        };
        assert!(said("low = 0.05", "low = 0.9").contains("efficacy.minimal"));
        assert!(said("critical = 0.50", "critical = 1.5").contains("impairment"));
        assert!(said("ac-2 = \"partial\"", "ac-2 = \"perfect\"").contains("control.ac-2"));
        assert!(said("bounds = [10_000, ", "bounds = [0, ").contains("impact.bounds"));
        assert!(said("hour = 80", "hour = -1").contains("work.hour"));
        assert!(said("currency = \"EUR\"", "money = 1").contains("risk.toml"));
    }
}
