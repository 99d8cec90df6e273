//! Whether what is known decides that a year stays within what is tolerated, and what to find out first.

use super::RiskScope;
use crate::{Actor, Service, ServiceError};
use std::collections::BTreeMap;
use warrant_risk::{Control, Efficacy, Pert, Settings, Tolerated, Unsure, tolerated};

/// A tolerance line beside what is known.
#[derive(Clone, Debug, serde::Serialize)]
pub struct KnownView {
    /// Currency of every amount.
    pub currency: String,
    /// Each point of the line.
    pub points: Vec<Tolerated>,
    /// So many scenarios are in force that it is answered only when it is asked alone.
    pub left_out: bool,
    /// Titles of scenarios, by id.
    pub titles: BTreeMap<String, String>,
}

impl KnownView {
    /// What could be found out, in words.
    pub fn said(&self, what: &Unsure) -> String {
        match what {
            Unsure::Rate(id) => {
                format!("how often “{}” is tried", self.titles.get(id).map_or(id.as_str(), String::as_str))
            }
            Unsure::Efficacy(control) => format!("what {} stops", control.to_uppercase()),
        }
    }
}

/// With more scenarios in force it takes longer than a page may; asked alone it is answered all the same.
pub const MOST_BESIDE_OTHERS: usize = 100;

impl Service {
    /// Each point of a scope's tolerance line under what is not known: rates with a range, and how much each kind of
    /// control stops.
    pub async fn risk_known(&self, actor: &Actor, scope: &RiskScope) -> Result<KnownView, ServiceError> {
        let found = self.scenarios(actor, scope).await?;
        let input = self.engine_input(actor, &found.everywhere()).await?;
        self.known_of(actor, scope, input).await
    }

    /// The same beside other figures: without points when it would keep these waiting.
    pub(super) async fn known_beside(
        &self,
        actor: &Actor,
        scope: &RiskScope,
        input: (&[warrant_risk::Scenario], &[Control]),
    ) -> Result<KnownView, ServiceError> {
        if input.0.len() > MOST_BESIDE_OTHERS {
            let (currency, titles) = (self.priors().currency.clone(), BTreeMap::new());
            return Ok(KnownView { currency, points: Vec::new(), left_out: true, titles });
        }
        self.known_of(actor, scope, (input.0.to_vec(), input.1.to_vec())).await
    }

    async fn known_of(
        &self,
        actor: &Actor,
        scope: &RiskScope,
        (scenarios, controls): (Vec<warrant_risk::Scenario>, Vec<Control>),
    ) -> Result<KnownView, ServiceError> {
        let tolerance = self.tolerance_of(actor, scope).await?;
        let titles = scenarios.iter().map(|one| (one.id.clone(), one.title.clone())).collect();
        let currency = self.priors().currency.clone();
        if scenarios.is_empty() || tolerance.is_empty() {
            return Ok(KnownView { currency, points: Vec::new(), left_out: false, titles });
        }
        let efficacies = self.efficacies(&controls);
        let settings = Settings { controls, tolerance, ..self.risk_settings() };
        let key = serde_json::to_string(&(&scenarios, &settings.controls, &settings.tolerance));
        let key = key.map_err(|error| ServiceError::Refused(error.to_string()))?;
        let key = warrant_model::hash::key_of(&["known", &currency, &key]);
        let make = move || tolerated(&scenarios, &settings, &efficacies);
        let points = self.reports().known.made(key, make).await?;
        Ok(KnownView { currency, points: (*points).clone(), left_out: false, titles })
    }

    /// The priors of the controls that stand, by control, the same in every system.
    fn efficacies(&self, controls: &[Control]) -> Vec<Efficacy> {
        let mut by_name: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for control in controls {
            by_name.entry(&control.title).or_default().push(control.id.clone());
        }
        let efficacy = |(name, controls): (&str, Vec<String>)| {
            let range = self.priors().efficacy_of(name).1;
            let range = Pert::new(range.low, range.likely, range.high);
            // A prior without width is known.
            (range.low < range.high).then(|| Efficacy { name: name.to_owned(), controls, range })
        };
        by_name.into_iter().filter_map(efficacy).collect()
    }
}
