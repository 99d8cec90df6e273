//! A crosswalk: which requirements of one framework are what to which of another, and how tables of it are
//! read.

use super::Relation;
use std::collections::BTreeMap;

/// Mappings from one framework to another, many to many.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Crosswalk {
    mappings: BTreeMap<String, BTreeMap<String, Relation>>,
}

/// Why a table was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// A line does not have three columns.
    #[error("line {line}: not `source<TAB>relation<TAB>target target …`")]
    Form {
        /// Line, from 1.
        line: usize,
    },
    /// A relation is not one of the five.
    #[error(
        "line {line}: {name:?} is no relation; use one of {}",
        Relation::ALL.map(Relation::name).join(", ")
    )]
    Relation {
        /// Line, from 1.
        line: usize,
        /// What stands there.
        name: String,
    },
    /// Two statements about one pair can not both be true.
    #[error("line {line}: {source_id} and {target} are said to have something and nothing in common")]
    Contradiction {
        /// Line, from 1.
        line: usize,
        /// The source.
        source_id: String,
        /// The target.
        target: String,
    },
}

impl Crosswalk {
    /// Reads a table: source, relation and targets (separated by spaces) per line; lines with `#` are
    /// comments.
    ///
    /// # Errors
    /// [`TableError`] with the line at fault.
    pub fn from_table(text: &str) -> Result<Crosswalk, TableError> {
        let mut crosswalk = Crosswalk::default();
        for (position, text) in text.lines().enumerate() {
            let line = position + 1;
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let columns: Vec<&str> = text.split('\t').collect();
            let [source, relation, targets] = columns.as_slice() else {
                return Err(TableError::Form { line });
            };
            let relation = Relation::named(relation)
                .ok_or_else(|| TableError::Relation { line, name: (*relation).to_owned() })?;
            for target in targets.split(' ').filter(|t| !t.is_empty()) {
                crosswalk.state(source, relation, target).map_err(|()| TableError::Contradiction {
                    line,
                    source_id: (*source).to_owned(),
                    target: target.to_owned(),
                })?;
            }
        }
        Ok(crosswalk)
    }

    /// Adds a statement; `Err` when it contradicts what is known.
    pub(super) fn state(&mut self, source: &str, relation: Relation, target: &str) -> Result<(), ()> {
        let targets = self.mappings.entry(source.to_owned()).or_default();
        let known = match targets.get(target) {
            Some(known) => known.and(relation).ok_or(())?,
            None => relation,
        };
        targets.insert(target.to_owned(), known);
        Ok(())
    }

    /// What a requirement is to others.
    pub fn of(&self, source: &str) -> impl Iterator<Item = (&str, Relation)> {
        self.mappings.get(source).into_iter().flatten().map(|(target, relation)| (target.as_str(), *relation))
    }

    /// All mappings, by source and target.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Relation, &str)> {
        self.mappings.iter().flat_map(|(source, targets)| {
            targets.iter().map(|(target, relation)| (source.as_str(), *relation, target.as_str()))
        })
    }

    /// Number of mapped pairs.
    pub fn len(&self) -> usize {
        self.mappings.values().map(BTreeMap::len).sum()
    }

    /// Whether nothing is mapped.
    pub fn is_empty(&self) -> bool {
        self.mappings.is_empty()
    }

    /// The same seen from the other side.
    pub fn inverse(&self) -> Crosswalk {
        let mut inverse = Crosswalk::default();
        for (source, relation, target) in self.iter() {
            inverse
                .mappings
                .entry(target.to_owned())
                .or_default()
                .insert(source.to_owned(), relation.inverse());
        }
        inverse
    }

    /// What follows from this and a crosswalk that goes on from its targets. Pairs of which nothing follows
    /// are left out. Where different ways say different things of one pair, both hold; should they contradict
    /// each other, one of the tables is wrong, and nothing is said of the pair.
    pub fn then(&self, next: &Crosswalk) -> Crosswalk {
        let mut result = Crosswalk::default();
        for (source, targets) in &self.mappings {
            let mut found: BTreeMap<String, Option<Relation>> = BTreeMap::new();
            for (middle, first) in targets {
                for (target, second) in next.of(middle) {
                    let Some(relation) = first.then(second) else { continue };
                    found
                        .entry(target.to_owned())
                        .and_modify(|known| *known = known.and_then(|known| known.and(relation)))
                        .or_insert(Some(relation));
                }
            }
            let found: BTreeMap<String, Relation> =
                found.into_iter().filter_map(|(target, relation)| Some((target, relation?))).collect();
            if !found.is_empty() {
                result.mappings.insert(source.clone(), found);
            }
        }
        result
    }

    /// Says of the whole what is known of a part: what maps to `cm-6_smt.b` maps to `cm-6` too, as far as
    /// that follows.
    pub(super) fn lifted(mut self) -> Crosswalk {
        let mut more: Vec<(String, Relation, String)> = Vec::new();
        for (source, relation, target) in self.iter() {
            if let Some((control, _)) = target.split_once("_smt")
                && let Some(relation) = relation.then(Relation::SubsetOf)
            {
                more.push((source.to_owned(), relation, control.to_owned()));
            }
        }
        for (source, relation, target) in more {
            // What follows from true statements does not contradict them; a wrong table says nothing more.
            let _ = self.state(&source, relation, &target);
        }
        self
    }
}

impl<'a> FromIterator<(&'a str, Relation, &'a str)> for Crosswalk {
    /// Of statements that contradict each other the first stays.
    fn from_iter<I: IntoIterator<Item = (&'a str, Relation, &'a str)>>(statements: I) -> Self {
        let mut crosswalk = Crosswalk::default();
        for (source, relation, target) in statements {
            let _ = crosswalk.state(source, relation, target);
        }
        crosswalk
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tables_are_read_with_their_faults() {
        let read = Crosswalk::from_table("# c\na\tsubset-of\tx y\n\na\tsuperset-of\tx\n").unwrap();
        assert_eq!(read.of("a").collect::<Vec<_>>(), [("x", Relation::EqualTo), ("y", Relation::SubsetOf)]);
        assert_eq!(read.len(), 2);
        for (text, message) in [
            ("a\tsubset-of", "line 1: not `source"),
            ("#\na\tabout\tx", "line 2: \"about\" is no relation; use one of equal-to, subset-of"),
            ("a\tequal-to\tx\na\tno-relationship\tx", "line 2: a and x are said to have"),
        ] {
            let error = Crosswalk::from_table(text).unwrap_err().to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }

    /// Requirements as small sets, and the strongest true statements about some of the pairs.
    fn true_statements(from: &[u8], to: &[u8], told: &[bool]) -> Vec<(String, Relation, String)> {
        let mut statements = Vec::new();
        for (i, a) in from.iter().enumerate() {
            for (j, b) in to.iter().enumerate() {
                let relation = match (a & b == *a, a & b == *b, a & b != 0) {
                    (true, true, _) => Relation::EqualTo,
                    (true, false, _) => Relation::SubsetOf,
                    (false, true, _) => Relation::SupersetOf,
                    (.., true) => Relation::IntersectsWith,
                    _ => Relation::NoRelationship,
                };
                if told[(i * to.len() + j) % told.len()] {
                    statements.push((i.to_string(), relation, j.to_string()));
                }
            }
        }
        statements
    }

    proptest! {
        /// From true tables nothing false follows, whatever is told and left out.
        #[test]
        fn chains_of_true_tables_say_nothing_false(
            sets in prop::collection::vec(prop::collection::vec(1u8..16, 1..5), 3),
            told in prop::collection::vec(any::<bool>(), 7),
        ) {
            let table = |a: usize, b: usize| {
                let statements = true_statements(&sets[a], &sets[b], &told);
                statements.iter().map(|(a, r, b)| (a.as_str(), *r, b.as_str())).collect::<Crosswalk>()
            };
            let all = true_statements(&sets[0], &sets[2], &[true]);
            for (source, relation, target) in table(0, 1).then(&table(1, 2)).iter() {
                let (_, truth, _) = all.iter().find(|(a, _, b)| a == source && b == target).unwrap();
                prop_assert_eq!(truth.and(relation), Some(*truth));
            }
            let one = table(0, 1);
            prop_assert_eq!(one.inverse().inverse(), one.clone());
            let same: Crosswalk = one.iter().map(|(_, _, b)| (b, Relation::EqualTo, b)).collect();
            prop_assert_eq!(one.then(&same), one);
        }
    }
}
