//! What if: the year's loss with some scenarios changed, without starting anew.

use crate::control::{Control, controlled};
use crate::error::{Place, RiskError};
use crate::exposure::Exposure;
use crate::report::Figures;
use crate::scenario::Scenario;
use crate::settings::Settings;
use crate::simulate::{figures, year};
use crate::year::{Distribution, Swap, Year};
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
        let (year, found) = year(&exposures.iter().collect::<Vec<_>>(), settings.points, None);
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

    /// The total if these scenarios were as given; each takes the place of the one with its id, the last if several.
    ///
    /// # Errors
    /// When an id is not there, a field means nothing or the lattice is too coarse for a level.
    pub fn with(&self, changed: &[Scenario]) -> Result<Figures, RiskError> {
        let mut after = BTreeMap::new();
        let changed = controlled(changed, &self.controls)?;
        for scenario in changed.iter() {
            let Some(at) = self.places.get(&scenario.id) else {
                return Place::new(format!("scenario `{}`", scenario.id))
                    .refuse("is not among those that stand", "change a scenario that is there");
            };
            after.insert(*at, Exposure::new(scenario, &self.currency)?);
        }
        let mut exposures: Vec<&Exposure> = self.exposures.iter().collect();
        for (at, exposure) in &after {
            exposures[*at] = exposure;
        }
        let swaps: Vec<Swap<'_>> =
            after.iter().map(|(at, after)| Swap { at: *at, before: &self.exposures[*at], after }).collect();
        // The lattice that is there, unless the changed losses reach beyond it.
        let found = self.year.changed(&swaps, &exposures).filter(Distribution::reaches);
        let found = found.unwrap_or_else(|| year(&exposures, self.points, None).1);
        figures(&found, &self.levels, "all scenarios")
    }
}
