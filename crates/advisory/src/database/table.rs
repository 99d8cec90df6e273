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
    /// How many ends there are.
    ends: usize,
    /// Where each end begins in `keys`, and one more for the last's end; then where each slot's rules begin in the
    /// last part, and one more; then the rules by slot. One piece of memory, since a look-up in a large database waits
    /// for memory most of its time.
    words: Box<[u32]>,
    /// All ends, one behind the other.
    keys: Box<[u8]>,
    /// Slots of rules that hold so many of them that they are not written out: from, to, rule.
    wide: Vec<(u32, u32, u32)>,
}

/// The most entries of `hits` in one table. Beyond, a rule is kept as its stretches of slots: a hostile feed could
/// otherwise make a table as large as the square of the feed.
const WRITTEN_OUT: usize = 4 << 20;

/// The rules that hold for a version, by number.
#[derive(Clone, Debug)]
pub struct Hits<'t> {
    written: &'t [u32],
    wide: &'t [(u32, u32, u32)],
    slot: u32,
}

impl Iterator for Hits<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if let Some((first, rest)) = self.written.split_first() {
            self.written = rest;
            return Some(*first);
        }
        while let Some(((from, to, rule), rest)) = self.wide.split_first() {
            self.wide = rest;
            if (*from..*to).contains(&self.slot) {
                return Some(*rule);
            }
        }
        None
    }
}

/// A buffer that look-ups use, so that they allocate nothing.
#[derive(Debug, Default)]
pub struct Scratch {
    key: Vec<u8>,
}

/// What a table says of a version.
#[derive(Clone, Debug)]
pub enum Match<'t> {
    /// The version was read, and these rules hold for it, by number.
    Read(Hits<'t>),
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
        let place = |key: &[u8]| ends.partition_point(|end| scheme.order(end, key) == Ordering::Less);
        let slots_of = |span: &KeySpan| {
            let from =
                span.from.as_ref().map_or(0, |from| 2 * place(&from.key) + 2 - usize::from(from.inclusive));
            let to =
                span.to.as_ref().map_or(slot_count, |to| 2 * place(&to.key) + 1 + usize::from(to.inclusive));
            (from, to.max(from))
        };
        let mut of_slot: Vec<Vec<u32>> = vec![Vec::new(); slot_count];
        let (mut written, mut wide) = (0, Vec::new());
        for (number, rule) in rules.iter().enumerate() {
            let spans = union(rule.spans.iter().map(slots_of).collect());
            let spans = without(spans, &union(rule.except.iter().map(slots_of).collect()));
            let single = rule.versions.iter().map(|key| 2 * place(key) + 1).map(|slot| (slot, slot + 1));
            let spans = union(spans.into_iter().chain(single).collect());
            let size: usize = spans.iter().map(|(from, to)| to - from).sum();
            if written + size > WRITTEN_OUT {
                wide.extend(spans.into_iter().map(|(from, to)| (from as u32, to as u32, number as u32)));
                continue;
            }
            written += size;
            spans
                .into_iter()
                .flat_map(|(from, to)| from..to)
                .for_each(|slot| of_slot[slot].push(number as u32));
        }
        let mut keys = Vec::with_capacity(ends.iter().map(|end| end.len()).sum());
        let mut words = Vec::with_capacity(ends.len() + 1 + slot_count + 1 + written);
        words.push(0);
        for end in &ends {
            keys.extend_from_slice(end);
            words.push(keys.len() as u32);
        }
        let mut count = 0;
        words.push(count);
        for of in &of_slot {
            count += of.len() as u32;
            words.push(count);
        }
        words.extend(of_slot.into_iter().flatten());
        let ends = ends.len();
        Self { scheme, rules, ends, words: words.into(), keys: keys.into(), wide }
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
    pub fn at(&self, key: &[u8]) -> Hits<'_> {
        self.rules_of(self.slot(key))
    }

    /// The rules that hold right behind a key, up to the next version anything changes at.
    pub fn behind(&self, key: &[u8]) -> Hits<'_> {
        let slot = self.slot(key);
        self.rules_of(slot + slot % 2)
    }

    fn slot(&self, key: &[u8]) -> usize {
        let (mut low, mut high) = (0, self.ends);
        while low < high {
            let middle = (low + high) / 2;
            let end = &self.keys[self.words[middle] as usize..self.words[middle + 1] as usize];
            match self.scheme.order(end, key) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return 2 * middle + 1,
            }
        }
        2 * low
    }

    fn rules_of(&self, slot: usize) -> Hits<'_> {
        let slots = &self.words[self.ends + 1..];
        let hits = &slots[2 * self.ends + 2..];
        let written = &hits[slots[slot] as usize..slots[slot + 1] as usize];
        Hits { written, wide: &self.wide, slot: slot as u32 }
    }
}

/// Stretches in order, those that touch joined.
fn union(mut spans: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    spans.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::with_capacity(spans.len());
    for (from, to) in spans.into_iter().filter(|(from, to)| from < to) {
        match joined.last_mut() {
            Some(last) if last.1 >= from => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// What is left of stretches in order without others in order.
fn without(spans: Vec<(usize, usize)>, others: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut left = Vec::with_capacity(spans.len());
    let mut next = 0;
    for (mut from, to) in spans {
        while others.get(next).is_some_and(|other| other.1 <= from) {
            next += 1;
        }
        for other in others[next..].iter().take_while(|other| other.0 < to) {
            if from < other.0 {
                left.push((from, other.0));
            }
            from = from.max(other.1);
        }
        if from < to {
            left.push((from, to));
        }
    }
    left
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
        for version in
            ["0.1.0", "0.5.0", "1.0.0-rc1", "1.0.0", "1.1.0", "1.2.0", "1.5.0", "2.0.0", "3.0.0", "4.0.0"]
        {
            let key = SEMVER.key(version).unwrap();
            let plain: Vec<u32> = (0u32..)
                .zip(rules())
                .filter(|(_, rule)| {
                    let holds = |spans: &[KeySpan]| spans.iter().any(|span| span.contains(SEMVER, &key));
                    (holds(&rule.spans) && !holds(&rule.except)) || rule.versions.contains(&key)
                })
                .map(|(number, _)| number)
                .collect();
            let Match::Read(hits) = table.look_up(version, &mut scratch) else { panic!("{version}") };
            assert_eq!(hits.collect::<Vec<_>>(), plain, "{version}");
        }
        assert!(matches!(table.look_up("no version", &mut scratch), Match::Unparsable));
    }

    #[test]
    fn a_feed_made_to_grow_a_table_does_not() {
        let rules: Vec<Rule> = (0..20_000)
            .map(|number| Rule {
                advisory: number,
                ..rule(&[(None, Some(Limit::at(format!("{number}.0.0"))))], &[], &[])
            })
            .collect();
        let table = Table::new(SEMVER, rules);
        assert!(table.words.len() <= WRITTEN_OUT + 3 * (20_000 + 1), "{}", table.words.len());
        assert_eq!(
            table.at(&SEMVER.key("19990.5.0").unwrap()).collect::<Vec<_>>(),
            (19_991..20_000).collect::<Vec<_>>()
        );
        assert_eq!(table.at(&SEMVER.key("0.0.0").unwrap()).count(), 20_000);
    }
}
