//! Where a file belongs: to the system that has components with the names of its targets.

use super::reading::ReadFile;
use crate::placing::{Proposal, likely};
use crate::{Actor, Service, ServiceError};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use warrant_model::fact::Fact;
use warrant_store::records::{self, RecordQuery};

/// The hosts of the systems somebody may see, read once for many files.
#[derive(Debug)]
pub(super) struct Hosts {
    /// System and host name.
    known: Vec<(String, String)>,
    /// Positions in `known`, by host name in small letters.
    by_name: HashMap<String, Vec<usize>>,
    titles: BTreeMap<String, String>,
}

impl Service {
    /// Reads what files are placed by.
    pub(super) async fn hosts(&self, actor: &Actor) -> Result<Hosts, ServiceError> {
        let query = RecordQuery { kind: "component".to_owned(), limit: 100_000, ..RecordQuery::default() };
        let (mut known, mut by_name) = (Vec::new(), HashMap::<String, Vec<usize>>::new());
        for row in records::list(&mut self.store().db(), &query, &actor.sees()).await? {
            let hosts = row.body["hostnames"].as_array().into_iter().flatten();
            for host in hosts.filter_map(|name| name.as_str()) {
                by_name.entry(host.to_lowercase()).or_default().push(known.len());
                known.push((row.system.clone(), host.to_owned()));
            }
        }
        Ok(Hosts { known, by_name, titles: self.system_names(actor).await? })
    }
}

/// Whether a file is about people alone, and so belongs to the organisation.
pub(super) fn is_about_people(read: &ReadFile) -> bool {
    read.facts.iter().all(|(_, fact)| matches!(fact, Fact::Training(_)))
}

impl Hosts {
    /// The system a file belongs to, and why.
    pub(super) fn place(&self, file: &str, read: &ReadFile) -> Result<(String, String), ServiceError> {
        let mut names: BTreeSet<String> =
            read.reading.targets.iter().map(|name| name.to_lowercase()).collect();
        for (_, fact) in &read.facts {
            if let Fact::Asset(asset) = fact {
                names.extend(asset.aliases.iter().map(|alias| alias.to_lowercase()));
            }
        }
        let mut hits: BTreeMap<&str, usize> = BTreeMap::new();
        for at in names.iter().filter_map(|name| self.by_name.get(name)).flatten() {
            *hits.entry(&self.known[*at].0).or_default() += 1;
        }
        let mut ranked: Vec<_> = hits.into_iter().collect();
        ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let because = |system: &str, count: usize| {
            format!("{count} of its targets are components of {}", self.name(system))
        };
        let unplaced = |message: String, proposals: Vec<Proposal>| ServiceError::Unplaced {
            file: file.to_owned(),
            message,
            proposals,
            targets: names.iter().cloned().collect(),
        };
        match ranked.as_slice() {
            [(system, count)] => Ok(((*system).to_owned(), because(system, *count))),
            [(system, count), (_, next), ..] if *count > 2 * next => {
                Ok(((*system).to_owned(), because(system, *count)))
            }
            [] => {
                let proposal =
                    |(system, why): (String, String)| Proposal { name: self.name(&system), system, why };
                let message = format!(
                    "none of its targets ({}) is a component of a system you may see",
                    first_few(&names)
                );
                Err(unplaced(message, likely(&names, &self.known).into_iter().map(proposal).collect()))
            }
            several => {
                let systems: Vec<_> = several.iter().map(|(id, _)| self.name(id)).collect();
                let proposal = |(system, count): &(&str, usize)| Proposal {
                    system: (*system).to_owned(),
                    name: self.name(system),
                    why: format!("{count} of its targets are components of it"),
                };
                let message = format!("its targets belong to {}", systems.join(", "));
                Err(unplaced(message, several.iter().map(proposal).collect()))
            }
        }
    }

    fn name(&self, system: &str) -> String {
        self.titles.get(system).cloned().unwrap_or_default()
    }
}

fn first_few(names: &BTreeSet<String>) -> String {
    let shown: Vec<_> = names.iter().take(5).map(String::as_str).collect();
    let more = names.len().saturating_sub(shown.len());
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}
