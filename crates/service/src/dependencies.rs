//! Which systems rely on which: for controls they take, and for information they are sent.

use crate::{Actor, Service, ServiceError};
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::kind::parse_body;
use warrant_model::kinds::{Direction, Interconnection};
use warrant_report::{Cell, Column, ColumnKind, Table};
use warrant_store::records::{self, RecordQuery};
use warrant_store::taken_from;

/// The most interconnections looked through.
const MOST: i64 = 100_000;

/// What one system relies on another for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reliance {
    /// It takes controls from it.
    pub controls: bool,
    /// Names of the interconnections by which it is sent information.
    pub links: BTreeSet<String>,
}

/// Which systems rely on which, as far as the actor may see both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dependencies {
    /// Names of systems by id, of all that may be seen.
    pub names: BTreeMap<String, String>,
    /// For what the first relies on the second.
    pub pairs: BTreeMap<(String, String), Reliance>,
    on: BTreeMap<String, BTreeSet<String>>,
    by: BTreeMap<String, BTreeSet<String>>,
}

impl Dependencies {
    fn new(names: BTreeMap<String, String>) -> Self {
        Self { names, ..Self::default() }
    }

    /// Notes that one relies on the other; nothing when one of them may not be seen, or both are the same.
    fn note(&mut self, who: &str, on: &str, link: Option<&str>) {
        if who == on || !self.names.contains_key(who) || !self.names.contains_key(on) {
            return;
        }
        let found = self.pairs.entry((who.to_owned(), on.to_owned())).or_default();
        match link {
            None => found.controls = true,
            Some(link) => found.links.extend([link.to_owned()]),
        }
        self.on.entry(who.to_owned()).or_default().insert(on.to_owned());
        self.by.entry(on.to_owned()).or_default().insert(who.to_owned());
    }

    /// The systems that one relies on itself.
    pub fn on(&self, system: &str) -> impl Iterator<Item = &str> {
        self.on.get(system).into_iter().flatten().map(String::as_str)
    }

    /// The systems that rely on one themselves.
    pub fn by(&self, system: &str) -> impl Iterator<Item = &str> {
        self.by.get(system).into_iter().flatten().map(String::as_str)
    }

    /// How many systems rely on one, directly or through others.
    pub fn carried(&self, system: &str) -> usize {
        let mut seen: BTreeSet<&str> = BTreeSet::from([system]);
        let mut waiting = vec![system];
        while let Some(next) = waiting.pop() {
            waiting.extend(self.by(next).filter(|one| seen.insert(one)));
        }
        seen.len() - 1
    }
}

impl Service {
    /// Which systems rely on which.
    pub async fn dependencies(&self, actor: &Actor) -> Result<Dependencies, ServiceError> {
        let mut found = Dependencies::new(self.system_names(actor).await?);
        let mut db = self.store().db();
        for (system, provider) in taken_from::all(&mut db).await? {
            found.note(&system, &provider, None);
        }
        let query = RecordQuery { kind: "interconnection".to_owned(), limit: MOST, ..RecordQuery::default() };
        for row in records::list(&mut db, &query, &actor.sees()).await? {
            let Some(body) = parse_body::<Interconnection>(&row.body) else { continue };
            let Some(remote) = &body.remote_system else { continue };
            let (ours, theirs) = (body.system.as_str(), remote.as_str());
            // Who receives relies on who sends.
            if body.direction != Direction::Outgoing {
                found.note(ours, theirs, Some(&body.name));
            }
            if body.direction != Direction::Incoming {
                found.note(theirs, ours, Some(&body.name));
            }
        }
        Ok(found)
    }

    /// The same as a table, one row for each pair.
    pub fn dependencies_table(&self, found: &Dependencies) -> Table {
        let heading = self.heading("dependencies of systems");
        let text = |title: &str| Column::new(title, ColumnKind::Text);
        let name = |id: &str| Cell::text(found.names.get(id).map_or(id, String::as_str));
        let row = |((who, on), why): (&(String, String), &Reliance)| {
            let links: Vec<_> = why.links.iter().map(String::as_str).collect();
            vec![
                name(who),
                name(on),
                Cell::text(if why.controls { "yes" } else { "no" }),
                Cell::text(links.join(", ")),
            ]
        };
        Table {
            title: "Dependencies".to_owned(),
            columns: vec![
                text("system"),
                text("relies on"),
                text("for controls"),
                text("for information by"),
            ],
            rows: found.pairs.iter().map(row).collect(),
            marking: heading.marking,
            source: heading.source,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pairs: &[(&str, &str)]) -> Dependencies {
        let names = ["a", "b", "c", "d"].map(|id| (id.to_owned(), id.to_uppercase()));
        let mut found = Dependencies::new(names.into());
        pairs.iter().for_each(|(who, on)| found.note(who, on, None));
        found
    }

    #[test]
    fn what_is_carried_counts_each_system_once_and_a_circle_ends() {
        let all = found(&[("a", "b"), ("b", "c"), ("d", "c"), ("a", "c"), ("c", "a")]);
        assert_eq!(["a", "b", "c", "d"].map(|id| all.carried(id)), [3, 3, 3, 0]);
        let line = found(&[("a", "b"), ("b", "c")]);
        assert_eq!(["a", "b", "c", "d"].map(|id| line.carried(id)), [0, 1, 2, 0]);
    }

    #[test]
    fn what_may_not_be_seen_and_a_system_itself_are_left_out() {
        let all = found(&[("a", "a"), ("a", "zzz"), ("zzz", "a"), ("a", "b")]);
        assert_eq!(all.pairs.len(), 1);
        assert_eq!(all.on("a").collect::<Vec<_>>(), ["b"]);
    }
}
