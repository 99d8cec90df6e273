//! Risk in money: what can go wrong in a year, what it costs, and how sure that is.
//!
//! Scenarios say how often something happens and what one event costs. [`simulate`] computes the distribution of a
//! year's loss exactly, with a bracket on every figure, and lets an independent simulation confirm it. Nothing here
//! reads files, clocks or chance of its own: the same scenarios give the same bits.
//!
//! What the sameness of bits relies on: Rust's doubles follow IEEE 754 and are not contracted; sums over threads are
//! taken in an order that does not depend on their number; e^x, ln x and their like come from the `libm` crate or from
//! polynomials of our own, never from the platform.

mod baseline;
#[cfg(test)]
mod bits;
mod bracket;
mod calibration;
mod control;
mod decide;
mod error;
mod expected;
mod exposure;
mod file;
mod frequency;
mod lattice;
mod memory;
mod monte_carlo;
mod numeric;
mod plan;
mod report;
mod scenario;
mod settings;
mod severity;
mod simulate;
mod year;

pub use baseline::Baseline;
pub use bracket::Bracket;
pub use calibration::{
    Calibrated, Calibration, Chances, Coverage, Estimate, Estimator, Intervals, Outcome, Said, calibrate,
};
pub use control::{Bearing, Control, ControlWorth, Detector, Measured, Reliability, Step, Worth, worth};
pub use decide::{
    Choice, Decision, Efficacy, Measurement, Question, Telling, Tolerated, Unsure, decide, tolerated,
};
pub use error::RiskError;
pub use expected::{expected_loss, expected_losses};
pub use file::RiskFile;
pub use frequency::{
    Contest, Factor, Frequency, MeanVariance, Susceptibility, UncertainRate, susceptibility,
};
pub use memory::Memory;
pub use plan::{
    Action, Alternative, Breach, Compared, Hours, Limits, Objective, Plan, PlanYear, Planning, Prevents,
    Proof, Range, Start, Tangent, compare, frontier, gordon_loeb_limit, gordon_loeb_spending, plan,
    return_on_investment, verify,
};
pub use report::{
    Exceedance, Figures, Level, Report, ScenarioFigures, SecondOpinion, SimulatedLevel, ToleranceAnswer,
    Verdict,
};
pub use scenario::{Effect, Loss, LossForm, Scenario};
pub use settings::{Detail, Settings, Tolerance};
pub use severity::{Interval, MeanSd, Pareto, ParetoTail, Pert, Severity};
pub use simulate::{simulate, simulate_keeping};
