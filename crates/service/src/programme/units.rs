//! Units as a tree, each with the figures of everything below it.

use crate::{Actor, Service, ServiceError};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use warrant_model::posture::{PostureSummary, SeverityCounts};
use warrant_store::records::{self, RecordQuery, RecordRow};

/// A unit with the figures of its systems and of those of the units below it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnitRow {
    /// The unit; empty for systems of no unit.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How deep in the tree, from 0.
    pub depth: usize,
    /// Who leads it: a person's record.
    pub head: Option<String>,
    /// Systems in it and below.
    pub systems: usize,
    /// People in it and below.
    pub people: usize,
    /// Deficiencies in force by severity.
    pub deficiencies: SeverityCounts,
    /// The system with the worst deficiency: its id, the deficiency's id and title.
    pub worst: Option<(String, String, String)>,
}

const MOST: i64 = 100_000;

impl Service {
    /// Units in the order of the tree, as far as the actor may see them.
    pub async fn unit_tree(&self, actor: &Actor) -> Result<Vec<UnitRow>, ServiceError> {
        let units = self.all_of(actor, "unit").await?;
        let systems = self.all_of(actor, "system").await?;
        let people = self.all_of(actor, "person").await?;
        // Worst first, so that the first of a unit is its worst.
        let summaries = self.summaries(actor).await?;
        let mut below: BTreeMap<&str, Vec<&RecordRow>> = BTreeMap::new();
        let known: BTreeSet<&str> = units.iter().map(|unit| unit.id.as_str()).collect();
        for unit in &units {
            let parent = text(unit, "parent");
            below.entry(if known.contains(parent) { parent } else { "" }).or_default().push(unit);
        }
        let tree = Tree { below, systems: &systems, people: &people, summaries: &summaries, known };
        let mut rows = Vec::new();
        tree.add("", 0, &mut rows, &mut BTreeSet::new());
        let stray = tree.stray();
        rows.extend((stray.systems > 0).then_some(stray));
        Ok(rows)
    }

    async fn all_of(&self, actor: &Actor, kind: &str) -> Result<Vec<RecordRow>, ServiceError> {
        let query = RecordQuery { kind: kind.to_owned(), limit: MOST, ..RecordQuery::default() };
        Ok(records::list(&mut self.store().db(), &query, &actor.sees()).await?)
    }
}

fn text<'r>(row: &'r RecordRow, field: &str) -> &'r str {
    row.body[field].as_str().unwrap_or_default()
}

struct Tree<'a> {
    below: BTreeMap<&'a str, Vec<&'a RecordRow>>,
    systems: &'a [RecordRow],
    people: &'a [RecordRow],
    summaries: &'a [Arc<PostureSummary>],
    known: BTreeSet<&'a str>,
}

impl<'a> Tree<'a> {
    fn add(&self, parent: &str, depth: usize, rows: &mut Vec<UnitRow>, seen: &mut BTreeSet<&'a str>) {
        for unit in self.below.get(parent).into_iter().flatten() {
            if !seen.insert(&unit.id) {
                continue;
            }
            let mut within = BTreeSet::new();
            self.collect(&unit.id, &mut within);
            let head = Some(text(unit, "head")).filter(|head| !head.is_empty()).map(str::to_owned);
            let row =
                UnitRow { id: unit.id.clone(), name: unit.title.clone(), depth, head, ..UnitRow::default() };
            rows.push(self.summed(row, |unit| within.contains(unit)));
            self.add(&unit.id, depth + 1, rows, seen);
        }
    }

    fn collect(&self, unit: &str, within: &mut BTreeSet<String>) {
        if within.insert(unit.to_owned()) {
            for child in self.below.get(unit).into_iter().flatten() {
                self.collect(&child.id, within);
            }
        }
    }

    /// Systems and people of no unit.
    fn stray(&self) -> UnitRow {
        let row = UnitRow { name: "No unit".to_owned(), ..UnitRow::default() };
        self.summed(row, |unit| !self.known.contains(unit))
    }

    fn summed(&self, mut row: UnitRow, within: impl Fn(&str) -> bool) -> UnitRow {
        let own: BTreeSet<&str> = self
            .systems
            .iter()
            .filter(|system| within(text(system, "unit")))
            .map(|row| row.id.as_str())
            .collect();
        row.systems = own.len();
        row.people = self
            .people
            .iter()
            .filter(|person| text(person, "left").is_empty() && within(text(person, "unit")))
            .count();
        for summary in self.summaries.iter().filter(|summary| own.contains(summary.system.as_str())) {
            let (sum, counts) = (&mut row.deficiencies, &summary.deficiencies);
            sum.critical += counts.critical;
            sum.high += counts.high;
            sum.medium += counts.medium;
            sum.low += counts.low;
            sum.none += counts.none;
            if row.worst.is_none() {
                let worst = summary.worst.clone();
                row.worst = worst.map(|(id, title)| (summary.system.clone(), id, title));
            }
        }
        row
    }
}
