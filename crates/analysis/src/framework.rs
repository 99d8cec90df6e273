//! The framework as engines need it: controls and statements by dense number, baselines, objectives.
//!
//! Controls, statements and baselines of `warrant-catalog` are read here alone; everything else asks it. Statements are the innermost lettered
//! parts only, so that a control's status is made of parts that do not contain one another.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;
use warrant_catalog::index::{Baseline, Index, Reference};
use warrant_model::Impact;

/// A control as it is handed in.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Control id, e.g. `ac-2.1`.
    pub id: String,
    /// Label that people read, e.g. `AC-2(1)`.
    pub label: String,
    /// Title.
    pub title: String,
    /// Statement ids in document order, e.g. `ac-2_smt.a`; empty when it has no lettered parts.
    pub statements: Vec<String>,
    /// Whether the low, moderate and high baseline hold it.
    pub baselines: [bool; 3],
    /// What it weighs for confidentiality, integrity and availability.
    pub weights: [f64; 3],
}

/// A control with its place among the statements.
#[derive(Clone, Debug)]
pub struct Control {
    /// Control id.
    pub id: String,
    /// Label that people read, e.g. `AC-2(1)`.
    pub label: String,
    /// Title.
    pub title: String,
    /// Its statements, by number.
    pub statements: Range<usize>,
    baselines: [bool; 3],
    /// What it weighs for confidentiality, integrity and availability.
    pub weights: [f64; 3],
}

impl Control {
    /// The family's identifier: `ac`.
    pub fn family(&self) -> &str {
        self.id.split('-').next().unwrap_or_default()
    }

    /// Whether the baseline of an impact level holds it.
    pub fn in_baseline(&self, baseline: Impact) -> bool {
        match baseline {
            Impact::NotApplicable => false,
            Impact::Low => self.baselines[0],
            Impact::Moderate => self.baselines[1],
            Impact::High => self.baselines[2],
        }
    }
}

/// What a control or statement id bears on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearing {
    /// The control, by number.
    pub control: usize,
    /// The statements, by number.
    pub statements: Range<usize>,
    /// Whether the id names the control as a whole.
    pub names: Named,
}

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A control as a whole.
    Control,
    /// One or more of its statements.
    Statement,
}

/// Controls in catalogue order, and ids to numbers.
#[derive(Debug, Default)]
pub struct Framework {
    controls: Vec<Control>,
    statements: Vec<String>,
    by_id: HashMap<String, Bearing>,
}

/// The longest id that is looked at, in bytes; the longest of SP 800-53r5 has 16.
const LONGEST: usize = 64;

static EMBEDDED: LazyLock<Framework> = LazyLock::new(|| Framework::of_index(Index::embedded()));

/// The id in catalogue form of a control or statement written in any usual way: `AC-2 (1)`, `ac-2.1`, `AC-2d.1`.
/// `None`: not the shape of one.
pub fn normal_id(text: &str) -> Option<String> {
    let reference = Reference::parse(text)?;
    Some(if reference.items.is_empty() { reference.control } else { reference.statement_id() })
}

impl Framework {
    /// NIST SP 800-53 revision 5 with the baselines of SP 800-53B.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// The controls of an index that are not withdrawn.
    pub fn of_index(index: &Index) -> Self {
        let entries = index.controls().iter().filter(|control| !control.withdrawn).map(|control| {
            let shares = warrant_catalog::objectives::objectives(&control.id);
            let statements = index.by_id(&control.id).map_or(0..0, |number| index.statements(number));
            let statements = index.all_statements().get(statements).unwrap_or_default();
            let in_baseline = |baseline| control.baselines.contains(baseline);
            Entry {
                id: control.id.clone(),
                label: control.label.clone(),
                title: control.title.clone(),
                statements: statements.iter().map(|statement| statement.id.clone()).collect(),
                baselines: [Baseline::Low, Baseline::Moderate, Baseline::High].map(in_baseline),
                weights: [shares.confidentiality, shares.integrity, shares.availability],
            }
        });
        Self::of(entries)
    }

    /// Numbers the controls in the order given. A second control of the same id is left out.
    pub fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut framework = Self::default();
        entries.into_iter().for_each(|entry| framework.add(entry));
        framework
    }

    /// Every control, in catalogue order.
    pub fn controls(&self) -> &[Control] {
        &self.controls
    }

    /// Statement ids, by number; a control without lettered parts has its own id here.
    pub fn statements(&self) -> &[String] {
        &self.statements
    }

    /// The number of the control that a statement belongs to.
    pub(crate) fn control_of(&self, statement: usize) -> usize {
        self.controls.partition_point(|control| control.statements.end <= statement)
    }

    /// The control of an id in catalogue form.
    pub fn control(&self, id: &str) -> Option<&Control> {
        let bearing = self.by_id.get(id)?;
        (bearing.names == Named::Control).then(|| &self.controls[bearing.control])
    }

    /// What a control or statement id bears on: an inner part that the framework does not split counts as the part
    /// around it, an outer part as all parts inside. `None`: the framework has no such control.
    pub fn bearing(&self, id: &str) -> Option<Bearing> {
        let id = id.trim();
        if let Some(bearing) = self.by_id.get(id) {
            return Some(bearing.clone());
        }
        if id.len() > LONGEST {
            return None;
        }
        let lower = normal_id(id).unwrap_or_else(|| id.to_ascii_lowercase());
        let mut part = lower.as_str();
        loop {
            if let Some(bearing) = self.by_id.get(part) {
                return Some(bearing.clone());
            }
            let (control, letters) = part.split_once("_smt")?;
            part = match letters.rsplit_once('.') {
                Some((outer, _)) => &part[..control.len() + "_smt".len() + outer.len()],
                None => control,
            };
        }
    }

    fn add(&mut self, entry: Entry) {
        if self.by_id.contains_key(&entry.id) {
            return;
        }
        let control = self.controls.len();
        let first = self.statements.len();
        let lettered = innermost(&entry.statements).filter(|id| id.contains("_smt."));
        let inner: Vec<_> = lettered.cloned().collect();
        if inner.is_empty() {
            self.statements.push(entry.id.clone());
        }
        self.statements.extend(inner);
        let statements = first..self.statements.len();
        for number in statements.clone() {
            self.name_parts(control, number);
        }
        let whole = Bearing { control, statements: statements.clone(), names: Named::Control };
        self.by_id.insert(format!("{}_smt", entry.id), whole.clone());
        self.by_id.insert(entry.id.clone(), whole);
        let Entry { id, label, title, baselines, weights, .. } = entry;
        self.controls.push(Control { id, label, title, statements, baselines, weights });
    }

    /// Names a statement and every part around it, `ac-1_smt.a` around `ac-1_smt.a.1`.
    fn name_parts(&mut self, control: usize, number: usize) {
        let mut part = self.statements[number].clone();
        while part.contains("_smt.") {
            let alone = Bearing { control, statements: number..number + 1, names: Named::Statement };
            let bearing = self.by_id.entry(part.clone()).or_insert(alone);
            bearing.statements.end = number + 1;
            let Some((outer, _)) = part.rsplit_once('.') else { break };
            part = outer.to_owned();
        }
    }
}

fn innermost(statements: &[String]) -> impl Iterator<Item = &String> {
    let inside = |inner: &String, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.') || rest.starts_with("_smt."))
    };
    statements.iter().filter(move |outer| !statements.iter().any(|inner| inside(inner, outer)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Framework {
        let statements = ["ac-1_smt.a", "ac-1_smt.a.1", "ac-1_smt.a.2", "ac-1_smt.b"].map(str::to_owned);
        Framework::of([
            Entry { id: "ac-1".into(), statements: statements.into(), ..Entry::default() },
            Entry { id: "ac-2.1".into(), ..Entry::default() },
        ])
    }

    #[test]
    fn outer_parts_bear_on_what_is_inside_them() {
        let framework = small();
        assert_eq!(framework.statements(), ["ac-1_smt.a.1", "ac-1_smt.a.2", "ac-1_smt.b", "ac-2.1"]);
        let statements = |id| framework.bearing(id).map(|bearing| bearing.statements);
        assert_eq!(statements("ac-1_smt.a"), Some(0..2));
        assert_eq!(statements("ac-1_smt.a.2"), Some(1..2));
        assert_eq!(statements("ac-1"), Some(0..3));
        assert_eq!(statements("AC-1"), Some(0..3));
    }

    #[test]
    fn unknown_inner_parts_count_as_the_part_around_them() {
        let framework = small();
        let bearing = |id| framework.bearing(id).map(|b| (b.statements, b.names));
        assert_eq!(bearing("ac-1_smt.b.4.2"), Some((2..3, Named::Statement)));
        assert_eq!(bearing("ac-1_smt.z"), Some((0..3, Named::Control)));
        assert_eq!(bearing("ac-2.1_smt"), Some((3..4, Named::Control)));
        assert_eq!(bearing("zz-1_smt.a"), None);
        assert_eq!(bearing(""), None);
        assert_eq!(bearing(&format!("ac-1_smt{}", ".a".repeat(30_000))), None);
    }

    #[test]
    fn the_embedded_framework_is_nist_800_53() {
        let framework = Framework::embedded();
        let members = |impact| framework.controls().iter().filter(|c| c.in_baseline(impact)).count();
        assert_eq!([Impact::Low, Impact::Moderate, Impact::High].map(members), [149, 287, 370]);
        assert_eq!(framework.bearing("AC-2 (1)").map(|b| b.statements.len()), Some(1));
        let split = framework.control("ac-2").unwrap().statements.len();
        assert!(split > 10, "ac-2 has {split} statements");
        assert_eq!(framework.bearing("AC-2d.1"), framework.bearing("ac-2_smt.d.1"));
    }
}
