//! What money buys: budget lines by initiative, policy and system, beside what the work they pay for spares.

use super::worth::Year;
use super::{Forecast, LineView};
use crate::{Actor, Service, ServiceError};
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::kind::Record;
use warrant_model::kinds::BudgetLine;
use warrant_store::records::RecordQuery;

/// By what lines are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grouping {
    /// By initiative.
    Initiative,
    /// By policy.
    Policy,
    /// By system.
    System,
}

impl Grouping {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Initiative, Self::Policy, Self::System];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Initiative => "initiative",
            Self::Policy => "policy",
            Self::System => "system",
        }
    }
}

/// What a group's budget lines cost, and what the work they pay for spares.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Benefit {
    /// By what the lines are grouped.
    pub by: Grouping,
    /// The initiative, policy or system.
    pub name: String,
    /// Budget lines, refused ones left aside.
    pub lines: usize,
    /// Asked for or granted.
    pub amount: f64,
    /// Paid and promised.
    pub spent: f64,
    /// What it will cost in the end, lines being independent of each other.
    pub forecast: Forecast,
    /// POA&M items that the lines pay for.
    pub actions: usize,
    /// What a year costs less with all of these items done.
    pub spares: f64,
}

impl Service {
    /// POA&M items that the budget lines of each initiative name, lines refused or closed left aside; those that name none are
    /// left out.
    pub(in crate::risk) async fn initiatives(
        &self,
        actor: &Actor,
    ) -> Result<BTreeMap<String, BTreeSet<String>>, ServiceError> {
        let query = RecordQuery { limit: super::books::MOST, ..RecordQuery::default() };
        let lines: Vec<Record<BudgetLine>> = self.bodies(actor, query).await?;
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for line in lines.iter().filter(|line| !matches!(line.body.state.as_str(), "refused" | "closed")) {
            if let Some(initiative) = line.body.initiative.as_ref().filter(|_| !line.body.actions.is_empty())
            {
                let items = line.body.actions.iter().map(|id| id.as_str().to_owned());
                found.entry(initiative.clone()).or_default().extend(items);
            }
        }
        Ok(found)
    }

    /// Lines grouped in every way, within each what spares most first.
    pub(super) async fn benefits(
        &self,
        actor: &Actor,
        lines: &[LineView],
        year: &Year,
    ) -> Result<Vec<Benefit>, ServiceError> {
        let systems = self.system_names(actor).await?;
        let mut groups: BTreeMap<(Grouping, String), Vec<&LineView>> = BTreeMap::new();
        for line in lines.iter().filter(|line| line.state != "refused") {
            let names = [
                line.initiative.clone(),
                line.policy.clone(),
                line.system.as_ref().and_then(|id| systems.get(id).cloned()),
            ];
            for (by, name) in Grouping::ALL.into_iter().zip(names) {
                if let Some(name) = name {
                    groups.entry((by, name)).or_default().push(line);
                }
            }
        }
        let mut told = Vec::new();
        for ((by, name), lines) in groups {
            let items: BTreeSet<&str> =
                lines.iter().flat_map(|line| &line.actions).map(String::as_str).collect();
            let sum = |of: fn(&LineView) -> f64| lines.iter().map(|line| of(line)).sum::<f64>();
            told.push(Benefit {
                by,
                name,
                lines: lines.len(),
                amount: sum(|line| line.amount),
                spent: sum(|line| line.paid + line.promised),
                forecast: Forecast::sum(lines.iter().map(|line| line.forecast)),
                actions: items.len(),
                spares: self.spared(actor, year, &items).await?,
            });
        }
        told.sort_by(|a, b| {
            let by_worth = b.spares.total_cmp(&a.spares).then_with(|| b.amount.total_cmp(&a.amount));
            a.by.cmp(&b.by).then(by_worth)
        });
        Ok(told)
    }
}
