//! Cases of a proof: the years in which each action may start, and what follows from deciding some.

use super::Checker;
use crate::plan::Action;

/// Years in which an action may start: from, and the one after the last.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Span {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) must: bool,
}

impl Span {
    pub(super) fn empty(self) -> bool {
        self.from >= self.to
    }
}

impl Checker<'_> {
    /// What must be true in a case beyond what was decided. `None` when it contradicts itself.
    pub(super) fn settled(&self, case: &[Span]) -> Option<Vec<Span>> {
        let mut now = case.to_vec();
        loop {
            let before = now.clone();
            for (one, other) in &self.needs {
                if now[*other].empty() {
                    now[*one].to = now[*one].from.min(now[*one].to);
                } else if !now[*one].empty() {
                    now[*one].from = now[*one].from.max(now[*other].from);
                    if now[*one].must {
                        now[*other].must = true;
                        now[*other].to = now[*other].to.min(now[*one].to);
                    }
                }
            }
            for (one, other) in self.apart.iter().flat_map(|(a, b)| [(a, b), (b, a)]) {
                if now[*one].must {
                    now[*other].to = now[*other].from.min(now[*other].to);
                }
            }
            for (kind, limits) in self.limits.iter().enumerate() {
                let need = |at: usize| self.amounts[at][kind];
                let bound_to = |span: &Span| span.must && span.to == span.from + 1;
                let all: f64 = (0..now.len()).filter(|at| now[*at].must).map(need).sum();
                if !within(all, limits.iter().sum()) {
                    return None;
                }
                for (year, limit) in limits.iter().enumerate() {
                    let here = |at: &usize| bound_to(&now[*at]) && now[*at].from == year;
                    let spent: f64 = (0..now.len()).filter(here).map(need).sum();
                    if !within(spent, *limit) {
                        return None;
                    }
                    for (at, span) in now.iter_mut().enumerate() {
                        if bound_to(span) || within(spent + need(at), *limit) {
                            continue;
                        }
                        // Only the ends of a span can be cut off.
                        if span.from == year {
                            span.from += 1;
                        } else if span.to == year + 1 {
                            span.to -= 1;
                        }
                    }
                }
            }
            if now.iter().any(|span| span.must && span.empty()) {
                return None;
            }
            if now == before {
                return Some(now);
            }
        }
    }
}

/// Years in which an action may start, from the file.
pub(super) fn span(action: &Action, years: usize) -> Span {
    let from = action.earliest.map_or(0, |year| year.max(1) as usize - 1).min(years);
    let latest = action.latest.map_or(years, |year| year as usize);
    let due = action.latest.is_none() || latest <= years;
    Span { from, to: latest.min(years), must: action.obligation && due }
}

fn within(spent: f64, limit: f64) -> bool {
    spent <= limit * (1.0 + 1e-12)
}
