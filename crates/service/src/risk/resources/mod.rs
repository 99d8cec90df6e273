//! Money, people and time: budget lines beside what is spent, hours needed beside hours there are, and what the money buys.

mod forecast;
mod money;
mod people;
mod request;
mod worth;

pub use forecast::Forecast;
pub use money::{LineView, Overrun};
pub use people::RoleView;
pub use request::FundingAsk;

use crate::{Actor, Service, ServiceError};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::kind::Record;
use warrant_model::kinds::{BudgetLine, Contract, Person, PoamItem, Spending, Staffing, Task};
use warrant_model::time::day;
use warrant_report::{Cell, Column, ColumnKind, Table};
use warrant_store::records::RecordQuery;
use warrant_store::units;

/// What is asked of budget and staffing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResourcesAsk {
    /// A unit with all below it, by its id; everything when not given.
    pub unit: Option<String>,
    /// The calendar year; this one when not given.
    pub year: Option<i64>,
}

/// A contract and how long it still runs.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ContractView {
    /// Record id.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// The other side.
    pub supplier: String,
    /// Unit name.
    pub unit_name: String,
    /// What a year costs.
    pub yearly: f64,
    /// The last day.
    pub ends: Option<Date>,
    /// The last day on which it can be renewed or given up.
    pub notice_by: Option<Date>,
    /// Promised and paid under it from the lines of the year.
    pub spent: f64,
}

/// What a group's budget lines cost, and what the work they pay for spares.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Benefit {
    /// The initiative, policy or system.
    pub name: String,
    /// Budget lines.
    pub lines: usize,
    /// Asked for or granted.
    pub amount: f64,
    /// Paid and promised.
    pub spent: f64,
    /// What it will cost in the end, lows and highs summed.
    pub forecast: Forecast,
    /// POA&M items that the lines pay for.
    pub actions: usize,
    /// What a year costs less with all of these items done.
    pub spares: f64,
}

/// By what lines are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grouping {
    /// By initiative.
    Initiative,
    /// By policy.
    Policy,
    /// By system.
    System,
}

/// Budget and staffing of a year.
#[derive(Clone, Debug, serde::Serialize)]
pub struct ResourcesView {
    /// Currency of every amount.
    pub currency: String,
    /// The calendar year.
    pub year: i64,
    /// Today.
    pub today: Date,
    /// Budget lines, the largest first.
    pub lines: Vec<LineView>,
    /// Work roles, the one that lacks most hours first.
    pub roles: Vec<RoleView>,
    /// Contracts, the one that ends first first.
    pub contracts: Vec<ContractView>,
    /// Expected loss of a year as things stand.
    pub ale: f64,
    /// What the money buys, by initiative, by policy and by system.
    pub benefits: Vec<(Grouping, Vec<Benefit>)>,
}

/// Records of one kind, at most.
const MOST: i64 = 20_000;

/// Records that budget and staffing are made of.
pub(super) struct Books {
    pub(super) lines: Vec<LineView>,
    spending: Vec<Record<Spending>>,
    contracts: Vec<Record<Contract>>,
    pub(super) roles: Vec<RoleView>,
    names: BTreeMap<String, String>,
    year: i64,
    today: Date,
}

impl Service {
    /// Budget lines, spending, contracts and staffing of a year, and what the money buys.
    pub async fn resources(&self, actor: &Actor, ask: &ResourcesAsk) -> Result<ResourcesView, ServiceError> {
        let books = self.books(actor, ask).await?;
        let year = self.year(actor).await?;
        let systems = self.system_names(actor).await?;
        let mut benefits = Vec::new();
        for grouping in [Grouping::Initiative, Grouping::Policy, Grouping::System] {
            let mut groups: BTreeMap<String, Vec<&LineView>> = BTreeMap::new();
            for line in books.lines.iter().filter(|line| line.state != "refused") {
                let name = match grouping {
                    Grouping::Initiative => line.initiative.clone(),
                    Grouping::Policy => line.policy.clone(),
                    Grouping::System => line.system.as_ref().and_then(|id| systems.get(id).cloned()),
                };
                if let Some(name) = name {
                    groups.entry(name).or_default().push(line);
                }
            }
            let mut told = Vec::new();
            for (name, lines) in groups {
                let items: BTreeSet<&str> =
                    lines.iter().flat_map(|line| &line.actions).map(String::as_str).collect();
                let sum = |of: fn(&LineView) -> f64| lines.iter().map(|line| of(line)).sum::<f64>();
                told.push(Benefit {
                    name,
                    lines: lines.len(),
                    amount: sum(|line| line.amount),
                    spent: sum(|line| line.paid + line.promised),
                    forecast: Forecast {
                        low: sum(|line| line.forecast.low),
                        likely: sum(|line| line.forecast.likely),
                        high: sum(|line| line.forecast.high),
                    },
                    actions: items.len(),
                    spares: self.spared(actor, &year, &items).await?,
                });
            }
            told.sort_by(|a, b| b.spares.total_cmp(&a.spares).then_with(|| b.amount.total_cmp(&a.amount)));
            benefits.push((grouping, told));
        }
        Ok(ResourcesView {
            currency: self.priors().currency.clone(),
            year: books.year,
            today: books.today,
            contracts: contracts(&books),
            lines: books.lines,
            roles: books.roles,
            ale: year.ale,
            benefits,
        })
    }

    /// What the actor may see of the records.
    pub(super) async fn books(&self, actor: &Actor, ask: &ResourcesAsk) -> Result<Books, ServiceError> {
        let today = day(self.now());
        let year = ask.year.unwrap_or_else(|| i64::from(today.year()));
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
        let mut spending: Vec<Record<Spending>> = self.bodies(actor, all()).await?;
        spending.retain(|one| lines.iter().any(|line| line.id == one.body.line));
        let mut contracts: Vec<Record<Contract>> = self.bodies(actor, all()).await?;
        contracts.retain(|one| inside(one.body.unit.as_str()));
        let mut posts: Vec<Record<Staffing>> = self.bodies(actor, all()).await?;
        posts.retain(|one| inside(one.body.unit.as_str()));
        let mut items: Vec<Record<PoamItem>> = self.bodies(actor, all()).await?;
        let mut tasks: Vec<Record<Task>> = self.bodies(actor, all()).await?;
        if within.is_some() {
            let of_systems = self.units_of_systems(actor).await?;
            let own = |system: &str| of_systems.get(system).is_some_and(|unit| inside(unit));
            items.retain(|item| own(item.body.system.as_str()));
            tasks.retain(|task| task.body.system.as_ref().is_some_and(|system| own(system.as_str())));
        }
        let persons: Vec<Record<Person>> = self.bodies(actor, all()).await?;
        let ids: BTreeSet<String> = lines
            .iter()
            .map(|line| &line.body.unit)
            .chain(contracts.iter().map(|contract| &contract.body.unit))
            .map(|id| id.as_str().to_owned())
            .collect();
        let names = self.titles_of(actor, &ids.into_iter().collect::<Vec<_>>()).await?;
        let work = people::work(&items, &tasks, &persons);
        Ok(Books {
            lines: money::lines(&lines, &spending, &names, year, today),
            roles: people::by_role(&work, &posts, &persons, today),
            spending,
            contracts,
            names,
            year,
            today,
        })
    }

    /// Budget lines as a table.
    pub fn budget_table(&self, currency: &str, lines: &[&LineView]) -> Table {
        let heading = self.heading("budget lines");
        let money = |title: &str| Column::new(format!("{title} ({currency})"), ColumnKind::Money);
        let text = |title: &str| Column::new(title, ColumnKind::Text);
        let row = |line: &&LineView| {
            vec![
                Cell::text(&line.title),
                Cell::text(&line.unit_name),
                Cell::text(&line.state),
                Cell::text(line.initiative.as_deref().unwrap_or_default()),
                Cell::text(line.policy.as_deref().unwrap_or_default()),
                Cell::number_if(Some(line.amount)),
                Cell::number_if(Some(line.paid)),
                Cell::number_if(Some(line.promised)),
                Cell::number_if(Some(line.free())),
                Cell::number_if(Some(line.forecast.low)),
                Cell::number_if(Some(line.forecast.likely)),
                Cell::number_if(Some(line.forecast.high)),
            ]
        };
        Table {
            title: "Budget lines".to_owned(),
            columns: vec![
                text("what it pays for"),
                text("unit"),
                text("state"),
                text("initiative"),
                text("policy"),
                money("amount"),
                money("paid"),
                money("promised"),
                money("free"),
                money("forecast, low"),
                money("forecast, likely"),
                money("forecast, high"),
            ],
            rows: lines.iter().map(row).collect(),
            marking: heading.marking,
            source: heading.source,
        }
    }
}

/// Contracts with what was spent under them, the one that ends first first.
fn contracts(books: &Books) -> Vec<ContractView> {
    let view = |contract: &Record<Contract>| {
        let body = &contract.body;
        let notice = body.ends.zip(body.notice_days);
        let of_year =
            |one: &&Record<Spending>| books.lines.iter().any(|line| line.id == one.body.line.as_str());
        let under = books.spending.iter().filter(|one| one.body.contract.as_ref() == Some(&contract.id));
        // A payment that settles a commitment is in the commitment already.
        let whole = under.filter(of_year).filter(|one| one.body.settles.is_none());
        ContractView {
            id: contract.id.as_str().to_owned(),
            title: body.title.clone(),
            supplier: body.supplier.clone(),
            unit_name: books.names.get(body.unit.as_str()).cloned().unwrap_or_default(),
            yearly: body.yearly.unwrap_or_default(),
            ends: body.ends,
            notice_by: notice.and_then(|(ends, days)| ends.checked_sub(jiff::Span::new().days(days)).ok()),
            spent: whole.filter_map(|one| one.body.amount).sum(),
        }
    };
    let mut told: Vec<_> = books.contracts.iter().map(view).collect();
    told.retain(|contract| contract.ends.is_none_or(|ends| ends >= books.today));
    told.sort_by(|a, b| {
        a.ends.unwrap_or(Date::MAX).cmp(&b.ends.unwrap_or(Date::MAX)).then_with(|| a.id.cmp(&b.id))
    });
    told
}
