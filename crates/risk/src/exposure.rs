//! Scenarios after checking: what both engines work on.

use crate::error::{Place, RiskError};
use crate::frequency::{Factor, Law, Susceptibility, susceptibility};
use crate::scenario::Scenario;
use crate::severity::Magnitude;
use std::collections::BTreeSet;

/// Most scenarios in one computation.
const MOST_SCENARIOS: usize = 100_000;

/// A checked scenario.
#[derive(Clone, Debug)]
pub(crate) struct Exposure {
    pub(crate) id: String,
    /// Loss events in a year.
    pub(crate) law: Law,
    /// Attempts in a year, of which some become loss events.
    pub(crate) attempts: f64,
    pub(crate) factor: Option<Factor>,
    pub(crate) forms: Vec<Form>,
}

/// A form of loss with the chance that an event brings it.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) probability: f64,
    pub(crate) magnitude: Magnitude,
}

impl Exposure {
    pub(crate) fn new(scenario: &Scenario, currency: &str) -> Result<Self, RiskError> {
        let place = Place::new(format!("scenario `{}`", scenario.id));
        if let Some(other) = scenario.currency.as_deref().filter(|other| *other != currency) {
            return place.field("currency").refuse(
                format!("{other} in a file of {currency}"),
                format!("convert the amounts to {currency}; Warrant knows no exchange rates"),
            );
        }
        let share = match &scenario.susceptibility {
            Some(chance) => share(chance, &place.field("susceptibility"))?,
            None => 1.0,
        };
        let law = Law::new(&scenario.frequency, share, &place.field("frequency"))?;
        let attempts = if share > 0.0 { law.mean() / share } else { 0.0 };
        let factor = match &scenario.factor {
            Some(factor) if factor.loading.is_nan() || factor.loading.abs() > 0.99 => {
                return place
                    .field("factor.loading")
                    .refuse(format!("{} is out of range", factor.loading), "give -0.99 to 0.99");
            }
            Some(factor) if factor.name.trim().is_empty() => {
                return place.field("factor.name").refuse("is empty", "name what the scenarios share");
            }
            other => other.clone().filter(|factor| factor.loading != 0.0),
        };
        if scenario.loss.is_empty() {
            return place.field("loss").refuse("is empty", "say what an event costs: `loss.total` at least");
        }
        let mut forms = Vec::new();
        for (form, loss) in &scenario.loss {
            let name = serde_json::to_value(form).unwrap_or_default();
            let place = place.field(&format!("loss.{}", name.as_str().unwrap_or("total")));
            forms.push(Form {
                probability: place.field("probability").probability(loss.probability)?,
                magnitude: Magnitude::new(&loss.amount, loss.tail, loss.at_most, &place)?,
            });
        }
        Ok(Self { id: scenario.id.clone(), law, attempts, factor, forms })
    }

    /// All scenarios, with names that tell them apart.
    pub(crate) fn all(scenarios: &[Scenario], currency: &str) -> Result<Vec<Self>, RiskError> {
        let place = Place::new("scenario");
        if scenarios.is_empty() {
            return place.refuse("there is none", "add at least one `[[scenario]]`");
        }
        if scenarios.len() > MOST_SCENARIOS {
            return place.refuse(format!("{} of them", scenarios.len()), format!("{MOST_SCENARIOS} at most"));
        }
        let mut seen = BTreeSet::new();
        for (at, scenario) in scenarios.iter().enumerate() {
            let place = Place::new(format!("scenario {}: id", at + 1));
            if scenario.id.trim().is_empty() {
                return place.refuse("is empty", "give each scenario a short name");
            }
            if !seen.insert(&scenario.id) {
                return place.refuse(format!("`{}` is there twice", scenario.id), "rename one of them");
            }
        }
        scenarios.iter().map(|scenario| Self::new(scenario, currency)).collect()
    }

    /// The same when each loss event happens only with this probability.
    pub(crate) fn thinned(&self, share: f64) -> Self {
        Self { law: self.law.thinned(share), ..self.clone() }
    }

    /// Mean of what one event costs.
    pub(crate) fn event_mean(&self) -> f64 {
        self.forms.iter().map(|form| form.probability * form.magnitude.moment(1)).sum()
    }

    /// Variance of what one event costs.
    pub(crate) fn event_variance(&self) -> f64 {
        let each = self.forms.iter().map(|form| {
            let mean = form.probability * form.magnitude.moment(1);
            form.probability * form.magnitude.moment(2) - mean * mean
        });
        each.sum::<f64>().max(0.0)
    }

    /// The probability that an event costs nothing.
    pub(crate) fn event_free(&self) -> f64 {
        self.forms.iter().map(|form| 1.0 - form.probability * (1.0 - form.magnitude.at_zero())).product()
    }

    /// Expected loss of a year.
    pub(crate) fn mean(&self) -> f64 {
        self.law.mean() * self.event_mean()
    }

    /// Expected number of forms in a year that cost more than `amount`: about the chance of one such.
    pub(crate) fn above(&self, amount: f64) -> f64 {
        let share = self.forms.iter().map(|form| form.probability * form.magnitude.survival(amount));
        self.law.mean() * share.sum::<f64>()
    }
}

/// The chance that an attempt becomes a loss.
pub(crate) fn share(chance: &Susceptibility, place: &Place) -> Result<f64, RiskError> {
    match chance {
        Susceptibility::Probability(p) => place.field("probability").probability(*p),
        Susceptibility::Contest(contest) => {
            let place = place.field("contest");
            contest.capability.check(&place.field("capability"))?;
            contest.resistance.check(&place.field("resistance"))?;
            susceptibility(contest.capability, contest.resistance)
        }
    }
}
