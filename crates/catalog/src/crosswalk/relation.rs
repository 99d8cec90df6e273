//! What one requirement's content is to another's, and what follows from two such statements.
//!
//! Source: NIST IR 8477 §4.3 (set theory relationship mapping); OSCAL mapping model 1.2, `relationship`. Each
//! word is read as a statement about two non-empty sets that stays true when more becomes known: `subset-of`
//! includes equality, `intersects-with` includes all three others. Nothing stronger than the statements is
//! ever concluded.

use serde::{Deserialize, Serialize};

/// What the first of two requirements is to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Both ask for the same.
    EqualTo,
    /// All that the first asks for, the second asks for too.
    SubsetOf,
    /// All that the second asks for, the first asks for too.
    SupersetOf,
    /// They have something in common.
    IntersectsWith,
    /// They have nothing in common.
    NoRelationship,
}

use Relation::{EqualTo, IntersectsWith, NoRelationship, SubsetOf, SupersetOf};

impl Relation {
    /// All relations, the strongest first.
    pub const ALL: [Relation; 5] = [EqualTo, SubsetOf, SupersetOf, IntersectsWith, NoRelationship];

    /// The name in tables and documents.
    pub fn name(self) -> &'static str {
        match self {
            EqualTo => "equal-to",
            SubsetOf => "subset-of",
            SupersetOf => "superset-of",
            IntersectsWith => "intersects-with",
            NoRelationship => "no-relationship",
        }
    }

    /// The relation with a name.
    pub fn named(name: &str) -> Option<Relation> {
        Relation::ALL.into_iter().find(|r| r.name() == name)
    }

    /// What the second is to the first.
    pub fn inverse(self) -> Relation {
        match self {
            SubsetOf => SupersetOf,
            SupersetOf => SubsetOf,
            other => other,
        }
    }

    /// What A is to C, when A is this to B and B is `next` to C; `None` when nothing follows.
    pub fn then(self, next: Relation) -> Option<Relation> {
        match (self, next) {
            (EqualTo, other) | (other, EqualTo) => Some(other),
            (SubsetOf, SubsetOf) => Some(SubsetOf),
            (SupersetOf, SupersetOf) => Some(SupersetOf),
            // What A has of B, C has too; or B lies whole in both.
            (SupersetOf | IntersectsWith, SubsetOf) | (SupersetOf, IntersectsWith) => Some(IntersectsWith),
            // A lies in what has nothing of C; or C lies in what has nothing of A.
            (SubsetOf, NoRelationship) | (NoRelationship, SupersetOf) => Some(NoRelationship),
            _ => None,
        }
    }

    /// What holds when both statements are true of one pair; `None` when they contradict each other.
    pub fn and(self, other: Relation) -> Option<Relation> {
        match (self, other) {
            (a, b) if a == b => Some(a),
            (NoRelationship, _) | (_, NoRelationship) => None,
            (SubsetOf, SupersetOf) | (SupersetOf, SubsetOf) => Some(EqualTo),
            (a, b) => Some(a.min(b)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition: non-empty sets as bit masks.
    fn holds(relation: Relation, a: u8, b: u8) -> bool {
        match relation {
            EqualTo => a == b,
            SubsetOf => a & b == a,
            SupersetOf => a & b == b,
            IntersectsWith => a & b != 0,
            NoRelationship => a & b == 0,
        }
    }

    const SETS: std::ops::Range<u8> = 1..32;

    #[test]
    fn conclusions_hold_for_all_sets_and_are_the_strongest_that_do() {
        for first in Relation::ALL {
            for second in Relation::ALL {
                // Relations that hold between A and C whenever the two statements hold, over all small sets.
                let mut always = Relation::ALL.to_vec();
                for a in SETS {
                    for b in SETS.filter(|b| holds(first, a, *b)) {
                        for c in SETS.filter(|c| holds(second, b, *c)) {
                            always.retain(|r| holds(*r, a, c));
                        }
                    }
                }
                assert_eq!(first.then(second), always.first().copied(), "{first:?} {second:?}");
            }
        }
    }

    #[test]
    fn two_statements_of_one_pair_combine_to_what_both_say() {
        for first in Relation::ALL {
            for second in Relation::ALL {
                let both = |a, b| holds(first, a, b) && holds(second, a, b);
                let pairs = SETS.flat_map(|a| SETS.map(move |b| (a, b)));
                match first.and(second) {
                    Some(and) => pairs
                        .for_each(|(a, b)| assert_eq!(both(a, b), holds(and, a, b), "{first:?} {second:?}")),
                    None => assert!(!pairs.into_iter().any(|(a, b)| both(a, b)), "{first:?} {second:?}"),
                }
            }
        }
    }

    #[test]
    fn inverses_and_names_come_back() {
        for relation in Relation::ALL {
            for (a, b) in SETS.flat_map(|a| SETS.map(move |b| (a, b))) {
                assert_eq!(holds(relation, a, b), holds(relation.inverse(), b, a));
            }
            assert_eq!(Relation::named(relation.name()), Some(relation));
        }
    }
}
