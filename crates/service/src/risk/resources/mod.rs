//! Money, people and time: budget lines beside what is spent, hours needed beside hours there are, and what the money buys.

mod benefit;
mod books;
mod contract;
mod forecast;
mod money;
mod people;
mod request;
mod table;
mod worth;

pub use benefit::{Benefit, Grouping};
pub use contract::ContractView;
pub use forecast::Forecast;
pub use money::{LineView, Overrun};
pub use people::RoleView;

use crate::{Actor, Service, ServiceError};
use jiff::civil::Date;

/// What is asked of budget and staffing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResourcesAsk {
    /// A unit with all below it, by its id; everything when not given.
    pub unit: Option<String>,
    /// Budget lines whose period holds this day are told; today when not given.
    pub on: Option<Date>,
}

/// A period for which there are budget lines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Period {
    /// Its first day; `None`: since ever.
    pub starts: Option<Date>,
    /// Its last day; `None`: until further notice.
    pub ends: Option<Date>,
    /// Budget lines.
    pub lines: usize,
    /// Those that are asked for and not granted yet.
    pub requested: usize,
}

impl Period {
    /// `2026` for a calendar year, else its first and last day.
    pub fn title(&self) -> String {
        match (self.starts, self.ends) {
            (Some(from), Some(to)) if from == from.first_of_year() && to == from.last_of_year() => {
                from.year().to_string()
            }
            (Some(from), Some(to)) => format!("{from} to {to}"),
            (Some(from), None) => format!("from {from}"),
            (None, Some(to)) => format!("until {to}"),
            (None, None) => "no period told".to_owned(),
        }
    }
}

/// Budget and staffing of a period.
#[derive(Clone, Debug, serde::Serialize)]
pub struct ResourcesView {
    /// Currency of every amount.
    pub currency: String,
    /// The day whose budget lines are told.
    pub on: Date,
    /// Today.
    pub today: Date,
    /// All periods with budget lines, the earliest first.
    pub periods: Vec<Period>,
    /// Budget lines, the largest first.
    pub lines: Vec<LineView>,
    /// Work roles, the one that lacks most hours first.
    pub roles: Vec<RoleView>,
    /// Contracts that still run, the one that ends first first.
    pub contracts: Vec<ContractView>,
    /// Expected loss of a year as things stand, over all scenarios in force that the actor may see.
    pub ale: f64,
    /// What the money buys, by initiative, by policy and by system.
    pub benefits: Vec<Benefit>,
}

impl Service {
    /// Budget lines, spending, contracts and staffing on a day, and what the money buys.
    pub async fn resources(&self, actor: &Actor, ask: &ResourcesAsk) -> Result<ResourcesView, ServiceError> {
        let books = self.books(actor, ask).await?;
        let year = self.year(actor).await?;
        Ok(ResourcesView {
            currency: self.priors().currency.clone(),
            on: books.on,
            today: books.today,
            benefits: self.benefits(actor, &books.lines, &year).await?,
            contracts: contract::contracts(&books),
            periods: books.periods,
            lines: books.lines,
            roles: books.roles,
            ale: year.ale,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_year_is_told_by_its_number() {
        let period = |from: &str, to: &str| {
            Period { starts: from.parse().ok(), ends: to.parse().ok(), lines: 0, requested: 0 }.title()
        };
        assert_eq!(period("2026-01-01", "2026-12-31"), "2026");
        assert_eq!(period("2026-04-01", "2027-03-31"), "2026-04-01 to 2027-03-31");
        assert_eq!(period("2026-01-01", ""), "from 2026-01-01");
    }
}
