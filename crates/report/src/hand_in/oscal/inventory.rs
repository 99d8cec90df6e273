//! The inventory: hosts, images and devices that tools look at, each once, by whatever name.

use super::super::assets::assets;
use super::super::subject::{Subject, distinct};
use super::identity::uuid;
use super::shape::{own, property, prose};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::IpAddr;
use warrant_model::fact::AssetFact;
use warrant_model::kind::Record;
use warrant_model::kinds::{Component, ComponentType};

/// Something that tools look at.
pub(super) struct Item<'a> {
    pub(super) uuid: String,
    /// The name it is first known by.
    name: &'a str,
    names: Vec<&'a str>,
    components: Vec<&'a Record<Component>>,
    scanned: Scanned,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scanned {
    Yes,
    No,
}

/// All of them.
pub(super) struct Inventory<'a> {
    pub(super) items: Vec<Item<'a>>,
    by_name: HashMap<String, usize>,
}

impl<'a> Inventory<'a> {
    /// Components that have host names, and what tools looked at besides.
    pub(super) fn of(subject: &Subject<'a>) -> Self {
        let mut inventory = Self { items: Vec::new(), by_name: HashMap::new() };
        let mut nameless: HashMap<String, &'a Record<Component>> = HashMap::new();
        for record in assets(subject) {
            if record.body.hostnames.is_empty() {
                nameless.entry(key(&record.body.name)).or_insert(record);
            } else {
                inventory.add(record);
            }
        }
        let snapshot = subject.snapshot;
        let findings = &snapshot.findings;
        let of_findings = findings.target.iter().map(|target| findings.text(*target));
        let seen = snapshot.targets.iter().map(|target| target.name.as_str()).chain(of_findings);
        for name in seen.filter(|name| !name.trim().is_empty()) {
            if !inventory.by_name.contains_key(&key(name)) {
                match nameless.get(&key(name)) {
                    Some(record) => inventory.add(record),
                    None => {
                        let uuid = uuid("inventory", &[snapshot.system.id.as_str(), &key(name)]);
                        inventory.push(Item {
                            uuid,
                            name,
                            names: vec![name],
                            components: Vec::new(),
                            scanned: Scanned::No,
                        });
                    }
                }
            }
            if let Some(at) = inventory.by_name.get(&key(name)) {
                inventory.items[*at].scanned = Scanned::Yes;
            }
        }
        inventory
    }

    /// The item that a tool calls by a name.
    pub(super) fn find(&self, name: &str) -> Option<&Item<'a>> {
        self.items.get(*self.by_name.get(&key(name))?)
    }

    /// Adds a component, or joins it to the item that has one of its host names: software on its host.
    fn add(&mut self, record: &'a Record<Component>) {
        let hostnames = record.body.hostnames.iter().map(String::as_str);
        let names = distinct(hostnames.chain([record.body.name.as_str()]));
        if let Some(at) = names.iter().find_map(|name| self.by_name.get(&key(name)).copied()) {
            self.items[at].components.push(record);
            for name in names {
                if let Entry::Vacant(free) = self.by_name.entry(key(name)) {
                    free.insert(at);
                    self.items[at].names.push(name);
                }
            }
            return;
        }
        let uuid = uuid("inventory", &[record.id.as_str()]);
        let name = record.body.hostnames.first().map_or(record.body.name.as_str(), String::as_str);
        self.push(Item { uuid, name, names, components: vec![record], scanned: Scanned::No });
    }

    fn push(&mut self, item: Item<'a>) {
        let at = self.items.len();
        for name in &item.names {
            self.by_name.entry(key(name)).or_insert(at);
        }
        self.items.push(item);
    }

    /// The inventory as OSCAL has it.
    pub(super) fn written(&self, assets: &[AssetFact]) -> Vec<Value> {
        let mut facts: HashMap<String, &AssetFact> = HashMap::new();
        for fact in assets {
            facts.entry(key(&fact.name)).or_insert(fact);
        }
        self.items.iter().map(|item| item.written(&facts)).collect()
    }
}

impl<'a> Item<'a> {
    /// The component that the others of this item run on: the first with one of its names.
    pub(super) fn carrier(&self) -> Option<&'a Record<Component>> {
        let is_host = |record: &&&Record<Component>| {
            matches!(record.body.component_type, ComponentType::Host | ComponentType::Device)
        };
        self.components.iter().find(is_host).or(self.components.first()).copied()
    }

    fn written(&self, facts: &HashMap<String, &AssetFact>) -> Value {
        let facts: Vec<&AssetFact> =
            self.names.iter().filter_map(|name| facts.get(&key(name)).copied()).collect();
        let aliases = facts.iter().flat_map(|fact| &fact.aliases).map(String::as_str);
        let mut props = vec![property("asset-id", self.name)];
        props.extend(distinct(self.names.iter().copied().chain(aliases)).into_iter().map(name_property));
        props.push(property("is-scanned", if self.scanned == Scanned::Yes { "yes" } else { "no" }));
        if let Some(platform) = facts.iter().find_map(|fact| fact.platform.as_deref()) {
            props.push(property("os-name", platform));
        }
        if let Some(can) = facts.iter().filter_map(|fact| fact.authenticated).max() {
            props.push(property("allows-authenticated-scan", if can { "yes" } else { "no" }));
        }
        let components = self
            .components
            .iter()
            .map(|one| json!({ "component-uuid": uuid("component", &[one.id.as_str()]) }));
        let label = self.components.first().map_or(self.name, |record| record.body.name.as_str());
        json!({
            "uuid": self.uuid,
            "description": prose(label),
            "props": props,
            "implemented-components": components.collect::<Vec<_>>(),
        })
    }
}

/// A name as a property: an address, a full host name, or another name.
fn name_property(name: &str) -> Value {
    let is_host_name = name.contains('.')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
        && name.chars().any(|c| c.is_ascii_alphabetic());
    match name.trim().parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => property("ipv4-address", &address.to_string()),
        Ok(IpAddr::V6(address)) => property("ipv6-address", &address.to_string()),
        Err(_) if is_host_name => property("fqdn", name),
        Err(_) => own("also-known-as", name),
    }
}

/// Names compare without letter case and blanks around them.
fn key(name: &str) -> String {
    name.trim().to_lowercase()
}
