//! What if: the year's loss with some scenarios changed, without starting anew.

use crate::control::{Control, controlled};
use crate::error::{Place, RiskError};
use crate::exposure::Exposure;
use crate::report::Figures;
use crate::scenario::Scenario;
use crate::settings::Settings;
use crate::simulate::{figures, year};
use crate::year::{Distribution, Year};
use std::collections::BTreeMap;

/// Scenarios as they are, ready for questions about what would change.
///
/// ```
/// use warrant_risk::{Baseline, Frequency, Interval, Scenario, Settings, Severity};
///
/// let amount = || Severity::Lognormal(Interval { low: 1e5, high: 2e6 });
/// let scenario = |id: &str, rate| Scenario::new(id, Frequency::Poisson(rate), amount());
/// let baseline = Baseline::new(&[scenario("a", 0.5), scenario("b", 0.2)], &Settings::default())?;
/// let better = baseline.with(&[scenario("a", 0.1)])?;
/// assert!(better.ale < baseline.figures().ale);
/// # Ok::<(), warrant_risk::RiskError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Baseline {
    currency: String,
    levels: Vec<f64>,
    controls: Vec<Control>,
    points: usize,
    exposures: Vec<Exposure>,
    /// Where each id stands.
    places: BTreeMap<String, usize>,
    year: Year,
    figures: Figures,
}

impl Baseline {
    /// Computes the total as it is.
    ///
    /// # Errors
    /// When a field means nothing or the lattice is too coarse for a level.
    pub fn new(scenarios: &[Scenario], settings: &Settings) -> Result<Self, RiskError> {
        settings.check()?;
        let scenarios = controlled(scenarios, &settings.controls)?;
        let exposures = Exposure::all(&scenarios, &settings.currency)?;
        let (year, found) = year(&exposures.iter().collect::<Vec<_>>(), settings.points);
        Ok(Self {
            currency: settings.currency.clone(),
            levels: settings.levels.clone(),
            controls: settings.controls.clone(),
            points: settings.points,
            figures: figures(&found, &settings.levels, "all scenarios")?,
            places: exposures.iter().enumerate().map(|(at, e)| (e.id.clone(), at)).collect(),
            exposures,
            year,
        })
    }

    /// The total as it is.
    pub fn figures(&self) -> &Figures {
        &self.figures
    }

    /// The total if these scenarios were as given; each takes the place of the one with its id.
    ///
    /// # Errors
    /// When an id is not there, a field means nothing or the lattice is too coarse for a level.
    pub fn with(&self, changed: &[Scenario]) -> Result<Figures, RiskError> {
        let mut exposures: Vec<&Exposure> = self.exposures.iter().collect();
        let mut after = Vec::new();
        let changed = controlled(changed, &self.controls)?;
        for scenario in changed.iter() {
            let Some(at) = self.places.get(&scenario.id) else {
                return Place::new(format!("scenario `{}`", scenario.id))
                    .refuse("is not among those that stand", "change a scenario that is there");
            };
            after.push((*at, Exposure::new(scenario, &self.currency)?));
        }
        for (at, exposure) in &after {
            exposures[*at] = exposure;
        }
        let found = match self.changed(&after, &exposures) {
            Some(found) => found,
            None => year(&exposures, self.points).1,
        };
        figures(&found, &self.levels, "all scenarios")
    }

    /// The distribution on the lattice that is there, when it suits and the changed scenarios allow.
    fn changed(&self, after: &[(usize, Exposure)], all: &[&Exposure]) -> Option<Distribution> {
        let mut year: Option<Year> = None;
        for (at, exposure) in after {
            let from = year.as_ref().unwrap_or(&self.year);
            year = Some(from.replaced(&self.exposures[*at], exposure, all)?);
        }
        let found = year.as_ref().unwrap_or(&self.year).distribution();
        found.reaches().then_some(found)
    }
}
