//! Risk in money.

mod bracket;
mod error;
mod exposure;
mod frequency;
mod lattice;
mod monte_carlo;
mod numeric;
mod report;
mod scenario;
mod settings;
mod severity;
mod simulate;
mod year;

pub use bracket::Bracket;
pub use error::RiskError;
pub use frequency::{
    Contest, Factor, Frequency, MeanVariance, Susceptibility, UncertainRate, susceptibility,
};
pub use report::{
    Exceedance, Figures, Level, Report, ScenarioFigures, SecondOpinion, SimulatedLevel, ToleranceAnswer, Verdict,
};
pub use scenario::{Effect, Loss, LossForm, Scenario};
pub use settings::{Detail, Settings, Tolerance};
pub use severity::{Interval, MeanSd, Pareto, ParetoTail, Pert, Severity};
pub use simulate::simulate;
