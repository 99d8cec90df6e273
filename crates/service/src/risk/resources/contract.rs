//! Contracts: how long they run, by when notice must be given, and what was spent under them.

use super::books::Books;
use jiff::civil::Date;
use std::collections::BTreeMap;
use warrant_model::kind::Record;
use warrant_model::kinds::Contract;

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
    /// Promised and paid under it from the lines told.
    pub spent: f64,
}

/// Contracts that still run, with what was spent under them, the one that ends first first.
pub(super) fn contracts(books: &Books) -> Vec<ContractView> {
    let mut spent: BTreeMap<&str, f64> = BTreeMap::new();
    for one in &books.spending {
        // A payment that settles a commitment is in the commitment already.
        if let (Some(contract), None) = (&one.body.contract, &one.body.settles) {
            *spent.entry(contract.as_str()).or_default() += one.body.amount.unwrap_or_default();
        }
    }
    let view = |contract: &Record<Contract>| {
        let body = &contract.body;
        let notice = body.ends.zip(body.notice_days);
        ContractView {
            id: contract.id.as_str().to_owned(),
            title: body.title.clone(),
            supplier: body.supplier.clone(),
            unit_name: books.names.get(body.unit.as_str()).cloned().unwrap_or_default(),
            yearly: body.yearly.unwrap_or_default(),
            ends: body.ends,
            notice_by: notice.and_then(|(ends, days)| ends.checked_sub(jiff::Span::new().days(days)).ok()),
            spent: spent.get(contract.id.as_str()).copied().unwrap_or_default(),
        }
    };
    let runs = |one: &&Record<Contract>| one.body.ends.is_none_or(|ends| ends >= books.today);
    let mut told: Vec<_> = books.contracts.iter().filter(runs).map(view).collect();
    told.sort_by(|a, b| {
        a.ends.unwrap_or(Date::MAX).cmp(&b.ends.unwrap_or(Date::MAX)).then_with(|| a.id.cmp(&b.id))
    });
    told
}
