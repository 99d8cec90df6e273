//! The affected versions of one package, in one scheme, as a table.
//!
//! All ends of all stretches are put in order. Between and at them the answer does not change, so `n` distinct versions
//! part the line of versions into `2n + 1` slots, and a look-up is one search among sorted keys.

use crate::range::KeySpan;
use crate::version::Scheme;
use std::cmp::Ordering;

/// Rules of one advisory for one package, before they are put into a table.
#[derive(Debug)]
pub struct Rule {
    /// The advisory, by number.
    pub advisory: u32,
    /// Affected stretches.
    pub spans: Vec<KeySpan>,
    /// Single affected versions.
    pub versions: Vec<Box<[u8]>>,
    /// Single affected versions that the scheme cannot read: compared as text.
    pub odd: Vec<String>,
    /// Stretches that are not affected after all.
    pub except: Vec<KeySpan>,
    /// Whether a part of the advisory could not be read.
    pub unreadable: bool,
    /// Versions with the fix, ascending, with their keys.
    pub fixed: Vec<(Box<[u8]>, String)>,
}

/// See the module.
#[derive(Debug)]
pub struct Table {
    scheme: Scheme,
    /// The rules, in order of advisory.
    pub(crate) rules: Vec<Rule>,
    /// All ends, one behind the other.
    keys: Vec<u8>,
    /// Where each end begins; one more for the last's end.
    starts: Vec<u32>,
    /// Where each slot's rules begin in `hits`; one more for the last's end.
    slots: Vec<u32>,
    /// Rules by slot.
    hits: Vec<u32>,
}

/// A buffer that look-ups use, so that they allocate nothing.
#[derive(Debug, Default)]
pub struct Scratch {
    key: Vec<u8>,
}

/// What a table says of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match<'t> {
    /// The version is one of these rules', by number; none when the list is empty.
    Read(&'t [u32]),
    /// The text is no version of the scheme.
    Unparsable,
}

impl Table {
    /// The table of some rules.
    pub fn new(scheme: Scheme, rules: Vec<Rule>) -> Self {
        let mut ends: Vec<&[u8]> = Vec::new();
        for rule in &rules {
            let spans = rule.spans.iter().chain(&rule.except);
            let limits = spans.flat_map(|span| span.from.iter().chain(&span.to));
            ends.extend(limits.map(|limit| &*limit.key));
            ends.extend(rule.versions.iter().map(|key| &**key));
        }
        ends.sort_by(|a, b| scheme.order(a, b));
        ends.dedup_by(|a, b| scheme.order(a, b) == Ordering::Equal);
        let slot_count = 2 * ends.len() + 1;
        let mut of_slot: Vec<Vec<u32>> = vec![Vec::new(); slot_count];
        let place = |key: &[u8]| ends.partition_point(|end| scheme.order(end, key) == Ordering::Less);
        let slots_of = |span: &KeySpan| {
            let from = span.from.as_ref().map_or(0, |from| {
                2 * place(&from.key) + if from.inclusive { 1 } else { 2 }
            });
            let to = span.to.as_ref().map_or(slot_count, |to| 2 * place(&to.key) + if to.inclusive { 2 } else { 1 });
            from..to.max(from)
        };
        let mut inside = vec![false; slot_count];
        for (number, rule) in rules.iter().enumerate() {
            inside.fill(false);
            for span in &rule.spans {
                inside[slots_of(span)].fill(true);
            }
            for span in &rule.except {
                inside[slots_of(span)].fill(false);
            }
            for key in &rule.versions {
                inside[2 * place(key) + 1] = true;
            }
            let affected = inside.iter().enumerate().filter(|(_, inside)| **inside);
            affected.for_each(|(slot, _)| of_slot[slot].push(number as u32));
        }
        let (mut keys, mut starts) = (Vec::new(), vec![0]);
        for end in ends {
            keys.extend_from_slice(end);
            starts.push(keys.len() as u32);
        }
        let (mut hits, mut slots) = (Vec::new(), vec![0]);
        for of in of_slot {
            hits.extend(of);
            slots.push(hits.len() as u32);
        }
        Self { scheme, rules, keys, starts, slots, hits }
    }

    /// The scheme of the versions.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The rules a version falls under.
    pub fn look_up(&self, version: &str, scratch: &mut Scratch) -> Match<'_> {
        match self.scheme.key_into(version, &mut scratch.key) {
            Ok(()) => Match::Read(self.at(&scratch.key)),
            Err(_) => Match::Unparsable,
        }
    }

    /// The rules a key falls under.
    pub fn at(&self, key: &[u8]) -> &[u32] {
        let (mut low, mut high) = (0, self.starts.len() - 1);
        let mut slot = None;
        while low < high {
            let middle = (low + high) / 2;
            match self.scheme.order(self.end(middle), key) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => {
                    slot = Some(2 * middle + 1);
                    break;
                }
            }
        }
        let slot = slot.unwrap_or(2 * low);
        &self.hits[self.slots[slot] as usize..self.slots[slot + 1] as usize]
    }

    fn end(&self, at: usize) -> &[u8] {
        &self.keys[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::range::{Limit, Span};
    use crate::schemes::SEMVER;

    fn rule(spans: &[(Option<Limit>, Option<Limit>)], versions: &[&str], except: &[&str]) -> Rule {
        let compile = |(from, to): &(Option<Limit>, Option<Limit>)| {
            Span { from: from.clone(), to: to.clone() }.compile(SEMVER).unwrap()
        };
        Rule {
            advisory: 0,
            spans: spans.iter().map(compile).collect(),
            versions: versions.iter().map(|version| SEMVER.key(version).unwrap()).collect(),
            odd: Vec::new(),
            except: except.iter().map(|version| Span::only(version).compile(SEMVER).unwrap()).collect(),
            unreadable: false,
            fixed: Vec::new(),
        }
    }

    #[test]
    fn a_look_up_is_what_asking_every_rule_gives() {
        let at = |version| Some(Limit::at(version));
        let short = |version| Some(Limit::short_of(version));
        let rules = || {
            vec![
                rule(&[(None, short("1.2.0"))], &[], &["1.0.0"]),
                rule(&[(short("1.0.0"), at("1.2.0")), (at("2.0.0"), None)], &["0.5.0"], &[]),
                rule(&[], &["1.0.0", "3.0.0"], &[]),
            ]
        };
        let table = Table::new(SEMVER, rules());
        let mut scratch = Scratch::default();
        for version in ["0.1.0", "0.5.0", "1.0.0-rc1", "1.0.0", "1.1.0", "1.2.0", "1.5.0", "2.0.0", "3.0.0", "4.0.0"] {
            let key = SEMVER.key(version).unwrap();
            let plain: Vec<u32> = (0u32..)
                .zip(rules())
                .filter(|(_, rule)| {
                    let holds = |spans: &[KeySpan]| spans.iter().any(|span| span.contains(SEMVER, &key));
                    (holds(&rule.spans) && !holds(&rule.except)) || rule.versions.contains(&key)
                })
                .map(|(number, _)| number)
                .collect();
            assert_eq!(table.look_up(version, &mut scratch), Match::Read(&plain), "{version}");
        }
        assert_eq!(table.look_up("no version", &mut scratch), Match::Unparsable);
    }
}
