//! The records that budget and staffing are made of, as far as the actor may see them.

use super::{LineView, Period, ResourcesAsk, RoleView, money, people};
use crate::{Actor, Service, ServiceError};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::kind::Record;
use warrant_model::kinds::{BudgetLine, Contract, Person, PoamItem, Spending, Staffing, Task};
use warrant_model::time::day;
use warrant_store::records::RecordQuery;
use warrant_store::units;

/// Records of one kind, at most.
pub(super) const MOST: i64 = 20_000;

/// Records that budget and staffing are made of, put together.
pub(super) struct Books {
    pub(super) lines: Vec<LineView>,
    pub(super) periods: Vec<Period>,
    /// Spending from the lines.
    pub(super) spending: Vec<Record<Spending>>,
    pub(super) contracts: Vec<Record<Contract>>,
    pub(super) roles: Vec<RoleView>,
    /// Names of units, by id.
    pub(super) names: BTreeMap<String, String>,
    pub(super) on: Date,
    pub(super) today: Date,
}

impl Service {
    /// What the actor may see of the records.
    pub(super) async fn books(&self, actor: &Actor, ask: &ResourcesAsk) -> Result<Books, ServiceError> {
        let today = day(self.now());
        let on = ask.on.unwrap_or(today);
        let within = match &ask.unit {
            None => None,
            Some(unit) => {
                self.visible(actor, unit).await?;
                Some(units::below(&mut self.store().db(), unit).await?)
            }
        };
        let all = || RecordQuery { limit: MOST, ..RecordQuery::default() };
        let inside = |unit: &str| within.as_ref().is_none_or(|within| within.contains(unit));
        let mut lines: Vec<Record<BudgetLine>> = self.bodies(actor, all()).await?;
        lines.retain(|line| inside(line.body.unit.as_str()));
        let periods = periods(&lines);
        lines.retain(|line| money::holds(&line.body, on));
        let ours: BTreeSet<&str> = lines.iter().map(|line| line.id.as_str()).collect();
        let mut spending: Vec<Record<Spending>> = self.bodies(actor, all()).await?;
        spending.retain(|one| ours.contains(one.body.line.as_str()));
        let mut contracts: Vec<Record<Contract>> = self.bodies(actor, all()).await?;
        contracts.retain(|one| inside(one.body.unit.as_str()));
        let mut posts: Vec<Record<Staffing>> = self.bodies(actor, all()).await?;
        posts.retain(|one| inside(one.body.unit.as_str()));
        // Work that is done asks for no hours.
        let mut items: Vec<Record<PoamItem>> = Vec::new();
        for state in ["draft", "planned", "ongoing"] {
            let open = RecordQuery { state: Some(state.to_owned()), ..all() };
            items.extend(self.bodies(actor, open).await?);
        }
        let mut tasks: Vec<Record<Task>> = Vec::new();
        for state in ["open", "doing"] {
            let open = RecordQuery { state: Some(state.to_owned()), ..all() };
            tasks.extend(self.bodies(actor, open).await?);
        }
        let persons: Vec<Record<Person>> = self.bodies(actor, all()).await?;
        if within.is_some() {
            let systems = self.units_of_systems(actor).await?;
            let people: BTreeMap<&str, &str> = persons
                .iter()
                .filter_map(|one| Some((one.id.as_str(), one.body.unit.as_ref()?.as_str())))
                .collect();
            let own = |system: &str| systems.get(system).is_some_and(|unit| inside(unit));
            items.retain(|item| own(item.body.system.as_str()));
            // A task that belongs to no system is the work of its assignee's unit.
            tasks.retain(|task| match (&task.body.system, &task.body.assignee) {
                (Some(system), _) => own(system.as_str()),
                (None, Some(person)) => people.get(person.as_str()).is_some_and(|unit| inside(unit)),
                (None, None) => false,
            });
        }
        let units = lines.iter().map(|line| &line.body.unit);
        let ids: BTreeSet<String> = units
            .chain(contracts.iter().map(|one| &one.body.unit))
            .map(|id| id.as_str().to_owned())
            .collect();
        let names = self.titles_of(actor, &ids.into_iter().collect::<Vec<_>>()).await?;
        let work = warrant_analysis::open_work(&items, &tasks, &persons);
        Ok(Books {
            lines: money::lines(&lines, &spending, &names, today),
            periods,
            roles: people::by_role(&work, &posts, &persons, today),
            spending,
            contracts,
            names,
            on,
            today,
        })
    }
}

/// Periods of lines, the earliest first.
fn periods(lines: &[Record<BudgetLine>]) -> Vec<Period> {
    let mut counts: BTreeMap<(Option<Date>, Option<Date>), (usize, usize)> = BTreeMap::new();
    for line in lines {
        let (all, requested) = counts.entry((line.body.starts, line.body.ends)).or_default();
        *all += 1;
        *requested += usize::from(line.body.state == "requested");
    }
    let period = |((starts, ends), (lines, requested))| Period { starts, ends, lines, requested };
    counts.into_iter().map(period).collect()
}
