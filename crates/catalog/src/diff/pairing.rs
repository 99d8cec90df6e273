//! Which statement of the new revision is which of the old one.
//!
//! First within each control (same identifier or label), by words and by identifier. Then along the
//! `moved-to` and `incorporated-into` links that the new revision gives for withdrawn controls. Then by a
//! common identifier in different controls. At last by words alone over all that is left: equal words, or a
//! similarity of at least [`MOVED`] that is the best for both sides.

use super::statements::{Outline, Statement};
use super::text::{at_most, similarity, sorted};
use std::collections::HashMap;

/// Least similarity of words for a statement without link or common identifier to count as moved.
pub const MOVED: f64 = 0.75;
/// Least similarity for two statements with one identifier to be paired before better ones are looked for
/// elsewhere.
const KEPT: f64 = 0.5;
/// Shorter statements are not looked for in other controls: short list items are alike everywhere.
const FEWEST_WORDS: usize = 6;
/// Words that are compared between controls before the search for moves is cut short.
const MOST_WORK: usize = 100_000_000;

/// Whether a pair stands where it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    Stayed,
    Moved,
}

/// The old statement of a pair, by position.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    pub(super) old: usize,
    pub(super) how: How,
}

/// All pairs, by position of the new statement.
pub(super) struct Pairing {
    pub(super) by_new: Vec<Option<Pair>>,
    pub(super) cut_short: bool,
}

/// Pairs the statements of two revisions.
pub(super) fn pair(before: &Outline, after: &Outline) -> Pairing {
    let mut state = State {
        before,
        after,
        old: vec![Side::Free; before.statements.len()],
        new: vec![None; after.statements.len()],
    };
    for (old, new) in controls(before, after) {
        state.within(before.controls[old].statements.clone(), after.controls[new].statements.clone());
    }
    state.along_links();
    state.by_identifier_anywhere();
    state.by_equal_words();
    let cut_short = state.by_similar_words();
    state.by_identifier();
    state.by_items();
    Pairing { by_new: state.new, cut_short }
}

/// Controls that are the same: by identifier, else by label, else by the identifier of a statement, where
/// that is unambiguous. In the order of the old revision.
pub(super) fn controls(before: &Outline, after: &Outline) -> Vec<(usize, usize)> {
    let mut of_old: Vec<Option<usize>> = vec![None; before.controls.len()];
    let mut taken = vec![false; after.controls.len()];
    for (old, control) in before.controls.iter().enumerate() {
        let first = before.position(&control.id) == Some(old);
        if let Some(new) = after.position(&control.id).filter(|_| first) {
            (of_old[old], taken[new]) = (Some(new), true);
        }
    }
    let labels = |outline: &Outline, at: usize| vec![outline.controls[at].label.clone()];
    let statements = |outline: &Outline, at: usize| {
        let own = &outline.statements[outline.controls[at].statements.clone()];
        own.iter().map(|s| s.id.clone()).collect::<Vec<_>>()
    };
    for names in [&labels as &dyn Fn(&Outline, usize) -> Vec<String>, &statements] {
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for new in (0..taken.len()).filter(|new| !taken[*new]) {
            for name in names(after, new) {
                by_name.entry(name).or_default().push(new);
            }
        }
        for old in (0..of_old.len()).filter(|old| of_old[*old].is_none()).collect::<Vec<_>>() {
            let found =
                names(before, old).into_iter().find_map(|name| match by_name.get(&name)?.as_slice() {
                    [new] if !taken[*new] => Some(*new),
                    _ => None,
                });
            if let Some(new) = found {
                (of_old[old], taken[new]) = (Some(new), true);
            }
        }
    }
    of_old.into_iter().enumerate().filter_map(|(old, new)| Some((old, new?))).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Free,
    Paired,
}

struct State<'a> {
    before: &'a Outline,
    after: &'a Outline,
    old: Vec<Side>,
    new: Vec<Option<Pair>>,
}

impl State<'_> {
    fn put(&mut self, old: usize, new: usize, how: How) {
        if self.old[old] == Side::Free && self.new[new].is_none() {
            self.old[old] = Side::Paired;
            self.new[new] = Some(Pair { old, how });
        }
    }

    fn free_old(&self, range: std::ops::Range<usize>) -> Vec<usize> {
        range.filter(|at| self.old[*at] == Side::Free).collect()
    }

    fn free_new(&self, range: std::ops::Range<usize>) -> Vec<usize> {
        range.filter(|at| self.new[*at].is_none()).collect()
    }

    fn texts(&self, old: usize, new: usize) -> (&Statement, &Statement) {
        (&self.before.statements[old], &self.after.statements[new])
    }

    /// Pairs of one control: the same place and words; the same words elsewhere in it; the same place with
    /// similar words; similar words elsewhere in it.
    fn within(&mut self, old: std::ops::Range<usize>, new: std::ops::Range<usize>) {
        let (olds, news) = (self.free_old(old.clone()), self.free_new(new.clone()));
        let places = places(self.after, &news);
        let place =
            |s: &Statement| places.get(s.id.as_str()).or_else(|| places.get(s.label.as_str())).copied();
        let mut same_place: Vec<(usize, usize)> = Vec::new();
        for &at in &olds {
            if let Some(new) = place(&self.before.statements[at]) {
                same_place.push((at, new));
                let (a, b) = self.texts(at, new);
                if a.text.same(&b.text) {
                    self.put(at, new, How::Stayed);
                }
            }
        }
        self.equal(&self.free_old(old.clone()), &self.free_new(new.clone()), 3);
        for (at, new) in same_place {
            let (a, b) = self.texts(at, new);
            if self.old[at] == Side::Free && self.new[new].is_none() && similarity(&a.text, &b.text) >= KEPT {
                self.put(at, new, How::Stayed);
            }
        }
        let (olds, news) = (self.free_old(old), self.free_new(new));
        if olds.len().saturating_mul(news.len()) <= MOST_PAIRS_IN_CONTROL {
            self.similar(&olds, &news);
        }
    }

    /// Pairs statements with the same words where both sides have them once.
    fn equal(&mut self, olds: &[usize], news: &[usize], fewest_words: usize) {
        let mut by_words: HashMap<&str, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for &at in olds {
            let text = &self.before.statements[at].text;
            if text.words.len() >= fewest_words {
                by_words.entry(text.key()).or_default().0.push(at);
            }
        }
        for &at in news {
            if let Some((_, new)) = by_words.get_mut(self.after.statements[at].text.key()) {
                new.push(at);
            }
        }
        let mut found: Vec<(usize, usize)> = by_words
            .into_values()
            .filter_map(|(old, new)| match (&old[..], &new[..]) {
                ([old], [new]) => Some((*old, *new)),
                _ => None,
            })
            .collect();
        found.sort_unstable();
        for (old, new) in found {
            self.put(old, new, How::Moved);
        }
    }

    /// Pairs the most similar first, down to [`MOVED`].
    fn similar(&mut self, olds: &[usize], news: &[usize]) {
        let mut scored: Vec<(f64, usize, usize)> = Vec::new();
        for &old in olds {
            for &new in news {
                let (a, b) = self.texts(old, new);
                if a.text.words.is_empty() || b.text.words.is_empty() {
                    continue;
                }
                let score = similarity(&a.text, &b.text);
                if score >= MOVED {
                    scored.push((score, old, new));
                }
            }
        }
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        for (_, old, new) in scored {
            self.put(old, new, How::Moved);
        }
    }

    /// Statements of withdrawn controls go to the controls that the new revision names. A control that moved
    /// as a whole takes the first statement along whatever its words are.
    fn along_links(&mut self) {
        for (position, control) in self.before.controls.iter().enumerate() {
            let Some(now) = self.after.control(&control.id).filter(|c| c.withdrawn) else { continue };
            let own = self.before.controls[position].statements.clone();
            for (target, moved) in
                now.moved_to.iter().map(|t| (t, true)).chain(now.incorporated_into.iter().map(|t| (t, false)))
            {
                let Some(target) = self.after.control(target) else { continue };
                let (olds, news) = (self.free_old(own.clone()), self.free_new(target.statements.clone()));
                self.equal(&olds, &news, 1);
                let (olds, news) = (self.free_old(own.clone()), self.free_new(target.statements.clone()));
                if olds.len().saturating_mul(news.len()) <= MOST_PAIRS_IN_CONTROL {
                    self.similar(&olds, &news);
                }
                if moved && self.new[target.statements.clone()].iter().all(Option::is_none) {
                    let first = self.free_old(own.clone()).first().copied();
                    if let (Some(old), Some(new)) = (first, target.statements.clone().next()) {
                        self.put(old, new, How::Moved);
                    }
                }
            }
        }
    }

    /// The same identifier in another control, with similar words: the catalogue was rearranged.
    fn by_identifier_anywhere(&mut self) {
        let news = self.free_new(0..self.new.len());
        let mut by_id: HashMap<&str, usize> = HashMap::new();
        for at in news {
            by_id.entry(self.after.statements[at].id.as_str()).or_insert(at);
        }
        for old in self.free_old(0..self.old.len()) {
            let Some(&new) = by_id.get(self.before.statements[old].id.as_str()) else { continue };
            let (a, b) = self.texts(old, new);
            if similarity(&a.text, &b.text) >= KEPT {
                self.put(old, new, How::Moved);
            }
        }
    }

    fn by_equal_words(&mut self) {
        let olds = self.free_old(0..self.old.len());
        let news = self.free_new(0..self.new.len());
        self.equal(&olds, &news, FEWEST_WORDS);
    }

    /// Pairs what is the best match for both sides. Returns whether there was too much to compare everything.
    fn by_similar_words(&mut self) -> bool {
        let long = |s: &Statement| s.text.words.len() >= FEWEST_WORDS;
        let mut olds = self.free_old(0..self.old.len());
        olds.retain(|at| long(&self.before.statements[*at]));
        let mut news = self.free_new(0..self.new.len());
        news.retain(|at| long(&self.after.statements[*at]));
        let words_old: Vec<Vec<&str>> =
            olds.iter().map(|at| sorted(&self.before.statements[*at].text)).collect();
        let words_new: Vec<Vec<&str>> =
            news.iter().map(|at| sorted(&self.after.statements[*at].text)).collect();
        let mut best_old: Vec<Option<(f64, usize)>> = vec![None; olds.len()];
        let mut best_new: Vec<Option<(f64, usize)>> = vec![None; news.len()];
        let mut work = 0usize;
        let mut cut_short = false;
        'all: for (i, a) in words_old.iter().enumerate() {
            for (j, b) in words_new.iter().enumerate() {
                work = work.saturating_add(a.len() + b.len());
                if work > MOST_WORK {
                    cut_short = true;
                    break 'all;
                }
                if at_most(a, b) < MOVED {
                    continue;
                }
                work = work.saturating_add(a.len().saturating_mul(b.len()));
                let (x, y) = self.texts(olds[i], news[j]);
                let score = similarity(&x.text, &y.text);
                if score >= MOVED {
                    let better = |best: &Option<(f64, usize)>| best.is_none_or(|(known, _)| score > known);
                    if better(&best_old[i]) {
                        best_old[i] = Some((score, j));
                    }
                    if better(&best_new[j]) {
                        best_new[j] = Some((score, i));
                    }
                }
            }
        }
        for (i, best) in best_old.iter().enumerate() {
            if let Some((_, j)) = best
                && best_new[*j].is_some_and(|(_, back)| back == i)
            {
                self.put(olds[i], news[*j], How::Moved);
            }
        }
        cut_short
    }

    /// A heading without words goes where its items went.
    fn by_items(&mut self) {
        let mut heading_of: HashMap<usize, usize> = HashMap::new();
        for (new, pair) in self.new.iter().enumerate() {
            let Some(pair) = pair else { continue };
            let (old, new) = self.texts(pair.old, new);
            if let (Some(old), Some(new)) = (old.parent, new.parent) {
                heading_of.entry(old).or_insert(new);
            }
        }
        let mut found: Vec<(usize, usize)> = heading_of.into_iter().collect();
        found.sort_unstable();
        for (old, new) in found {
            let (a, b) = self.texts(old, new);
            if a.text.words.is_empty() && b.text.words.is_empty() {
                self.put(old, new, How::Moved);
            }
        }
    }

    /// What is left and has the same identifier in the same control was rewritten.
    fn by_identifier(&mut self) {
        for (old, new) in controls(self.before, self.after) {
            let olds = self.free_old(self.before.controls[old].statements.clone());
            let news = self.free_new(self.after.controls[new].statements.clone());
            let places = places(self.after, &news);
            let pairs: Vec<(usize, usize)> = olds
                .into_iter()
                .filter_map(|at| Some((at, *places.get(self.before.statements[at].id.as_str())?)))
                .collect();
            for (old, new) in pairs {
                self.put(old, new, How::Stayed);
            }
        }
    }
}

/// Statements compared with each other within one control or along one link.
const MOST_PAIRS_IN_CONTROL: usize = 10_000;

/// Statements by identifier and by label.
fn places<'a>(outline: &'a Outline, statements: &[usize]) -> HashMap<&'a str, usize> {
    let mut places = HashMap::new();
    for &at in statements {
        places.entry(outline.statements[at].label.as_str()).or_insert(at);
    }
    for &at in statements {
        places.insert(outline.statements[at].id.as_str(), at);
    }
    places
}
