//! Components as assets: what each field of an inventory takes from a component and from the looks at it.

use super::subject::{Subject, distinct};
use crate::table::Cell;
use serde::Deserialize;
use std::net::IpAddr;
use warrant_model::fact::AssetFact;
use warrant_model::finding::FindingSort;
use warrant_model::kind::Record;
use warrant_model::kinds::{Component, ComponentType};

/// What a column of asset rows can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum AssetField {
    /// The name scans use, else the first host name, else the component's name.
    Identifier,
    /// Addresses among its names.
    Addresses,
    /// Its other host names.
    Names,
    /// `yes` or `no` when a scan says whether it could log in.
    Authenticated,
    /// Benchmarks it was checked against.
    Benchmarks,
    /// Operating system, as reported.
    Platform,
    /// What kind of thing it is.
    Sort,
    /// `yes` when a tool has looked at it.
    Scanned,
    /// Who makes it, for software.
    SoftwareVendor,
    /// Name and version, for software.
    Software,
    /// Its name on diagrams.
    Label,
    /// Who looks after it.
    Owner,
    /// The last day its maker mends it.
    EndOfSupport,
}

/// Components that are assets: parties outside the boundary are none.
pub(super) fn assets<'a>(subject: &Subject<'a>) -> Vec<&'a Record<Component>> {
    let inside = |record: &&Record<Component>| record.body.component_type != ComponentType::ExternalActor;
    subject.snapshot.components.iter().filter(inside).collect()
}

/// Targets that tools have looked at and that no component is.
pub(super) fn without_component<'a>(subject: &Subject<'a>) -> Vec<&'a str> {
    let known = |name: &str| assets(subject).iter().any(|record| is_called(record, name));
    let targets = subject.snapshot.targets.iter().map(|target| target.name.as_str());
    distinct(targets.filter(|name| !known(name)))
}

fn is_called(record: &Record<Component>, name: &str) -> bool {
    let names = record.body.hostnames.iter().chain([&record.body.name]);
    names.into_iter().any(|known| known.trim().eq_ignore_ascii_case(name.trim()))
}

/// A field of a component as a cell.
pub(super) fn cell(subject: &Subject<'_>, record: &Record<Component>, field: AssetField) -> Cell {
    let component = &record.body;
    let seen = || subject.snapshot.targets.iter().filter(|target| is_called(record, &target.name));
    let fact = || subject.assets.iter().filter(|fact| is_called(record, &fact.name));
    let names = || {
        let own = component.hostnames.iter().map(String::as_str);
        distinct(own.chain(fact().flat_map(|fact| fact.aliases.iter().map(String::as_str))))
    };
    let is_software = component.component_type == ComponentType::Software;
    match field {
        AssetField::Identifier => {
            let scanned = seen().map(|target| target.name.as_str()).next();
            let named = scanned.or(component.hostnames.first().map(String::as_str));
            Cell::text(named.unwrap_or(&component.name))
        }
        AssetField::Addresses => Cell::text(of_sort(names(), Address::Yes).join("; ")),
        AssetField::Names => Cell::text(of_sort(names(), Address::No).join("; ")),
        AssetField::Authenticated => match fact().filter_map(|fact| fact.authenticated).max() {
            Some(yes) => Cell::text(if yes { "yes" } else { "no" }),
            None => Cell::Empty,
        },
        AssetField::Benchmarks => {
            let table = &subject.snapshot.findings;
            let checked = (0..table.len()).filter(|row| {
                table.sort[*row] == FindingSort::Check && is_called(record, table.text(table.target[*row]))
            });
            Cell::text(distinct(checked.map(|row| table.text(table.benchmark[row]))).join("; "))
        }
        AssetField::Platform => Cell::text(platform(subject, record, fact())),
        AssetField::Sort => Cell::text(sort_shown(component.component_type)),
        AssetField::Scanned => Cell::text(if seen().next().is_some() { "yes" } else { "no" }),
        AssetField::SoftwareVendor if is_software => Cell::text_if(component.vendor.as_deref()),
        AssetField::Software if is_software => {
            let version = component.product_version.as_deref().unwrap_or_default();
            Cell::text(format!("{} {version}", component.name).trim_end())
        }
        AssetField::SoftwareVendor | AssetField::Software => Cell::Empty,
        AssetField::Label => Cell::text(&component.name),
        AssetField::Owner => {
            let owner = component.owner.as_ref().map(|id| (subject.title_of)("person", id.as_str()));
            Cell::text(owner.unwrap_or_default())
        }
        AssetField::EndOfSupport => Cell::date_if(component.end_of_support),
    }
}

/// What kind of thing a component is, as an inventory says it.
pub(super) fn sort_shown(sort: ComponentType) -> &'static str {
    match sort {
        ComponentType::Software => "Software",
        ComponentType::Host => "Server",
        ComponentType::Device => "Device",
        ComponentType::Network => "Network",
        ComponentType::DataStore => "Data store",
        ComponentType::Service => "Service",
        ComponentType::ExternalActor => "",
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Address {
    Yes,
    No,
}

fn of_sort(names: Vec<&str>, address: Address) -> Vec<&str> {
    let is_address = |name: &str| name.trim().parse::<IpAddr>().is_ok();
    names.into_iter().filter(|name| is_address(name) == (address == Address::Yes)).collect()
}

/// What a scan says the platform is, else the operating system its bill of materials names.
fn platform<'a>(
    subject: &Subject<'_>,
    record: &Record<Component>,
    mut facts: impl Iterator<Item = &'a AssetFact>,
) -> String {
    if let Some(platform) = facts.find_map(|fact| fact.platform.as_deref()) {
        return platform.to_owned();
    }
    let system =
        subject.snapshot.software.iter().map(|sourced| &sourced.fact).find(|fact| {
            fact.class.as_deref() == Some("operating-system") && is_called(record, &fact.target)
        });
    system
        .map(|fact| format!("{} {}", fact.name, fact.version.as_deref().unwrap_or_default()))
        .unwrap_or_default()
}
