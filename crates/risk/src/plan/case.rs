//! Cases of the search: for each action the years in which it may still start, and what follows from deciding some.

use super::problem::Problem;

/// A case: sets of actions that start within these years, and whose worst years begin within these amounts.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// For each action.
    pub(crate) windows: Vec<Window>,
    /// For each year of the plan: the worst years begin at the first amount or above, and below the second. Without
    /// end when the expected loss is lessened.
    pub(crate) borders: Vec<(f64, f64)>,
}

/// A decision on the way to a case.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Decision {
    /// About an action.
    Start(usize, Cut),
    /// The worst years of a year begin below this amount,
    Below(usize, f64),
    /// or not.
    From(usize, f64),
}

impl Case {
    pub(crate) fn decide(&mut self, decision: Decision) {
        match decision {
            Decision::Start(action, cut) => self.windows[action] = self.windows[action].cut(cut),
            Decision::Below(year, amount) => self.borders[year].1 = self.borders[year].1.min(amount),
            Decision::From(year, amount) => self.borders[year].0 = self.borders[year].0.max(amount),
        }
    }
}

/// Years in which an action may start.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Window {
    /// From this year, counted from 0,
    pub(crate) first: usize,
    /// to the one before this. No year is left when it is not above `first`: the action is out.
    pub(crate) end: usize,
    pub(crate) duty: Duty,
}

/// Whether an action may be left undone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Duty {
    May,
    Must,
}

impl Window {
    pub(crate) const OUT: Self = Self { first: 0, end: 0, duty: Duty::May };

    pub(crate) fn is_out(self) -> bool {
        self.first >= self.end
    }

    pub(crate) fn must(self) -> bool {
        self.duty == Duty::Must
    }

    /// The year in which the action starts, when that is settled.
    pub(crate) fn start(self) -> Option<usize> {
        (self.must() && self.end == self.first + 1).then_some(self.first)
    }

    pub(crate) fn is_settled(self) -> bool {
        self.is_out() || self.start().is_some()
    }

    pub(crate) fn holds(self, year: usize) -> bool {
        self.first <= year && year < self.end
    }

    /// The action starts in this year.
    pub(crate) fn only(year: usize) -> Self {
        Self { first: year, end: year + 1, duty: Duty::Must }
    }

    /// Decided so.
    pub(crate) fn cut(self, cut: Cut) -> Self {
        match cut {
            Cut::By(year) => Self { end: self.end.min(year + 1), duty: Duty::Must, ..self },
            Cut::After(year) => Self { first: self.first.max(year + 1), ..self },
        }
    }
}

/// A decision about an action.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cut {
    /// It starts in this year or before.
    By(usize),
    /// It starts later or never.
    After(usize),
}

impl Problem {
    /// Draws what follows: prerequisites, exclusions, and what no longer fits. `false` when the case is impossible.
    pub(crate) fn follow(&self, case: &mut [Window]) -> bool {
        loop {
            let before = case.to_vec();
            self.follow_ties(case);
            let Some(spent) = self.spent_for_sure(case) else { return false };
            for (action, window) in case.iter_mut().enumerate() {
                if window.is_settled() {
                    continue;
                }
                let fits = |year: usize| {
                    (0..self.kinds).all(|kind| {
                        let at = kind * self.years + year;
                        Self::keeps(spent[at] + self.amounts[action][kind], self.limits[at])
                    })
                };
                while !window.is_out() && !fits(window.first) {
                    window.first += 1;
                }
                while !window.is_out() && !fits(window.end - 1) {
                    window.end -= 1;
                }
            }
            if case.iter().any(|window| window.must() && window.is_out()) {
                return false;
            }
            if *case == *before {
                return true;
            }
        }
    }

    fn follow_ties(&self, case: &mut [Window]) {
        for (one, other) in &self.needs {
            let (mut a, mut b) = (case[*one], case[*other]);
            if a.is_out() {
                continue;
            }
            if b.is_out() {
                a.end = a.first;
            } else {
                a.first = a.first.max(b.first);
                if a.must() {
                    b.duty = Duty::Must;
                    b.end = b.end.min(a.end);
                }
            }
            (case[*one], case[*other]) = (a, b);
        }
        for (one, other) in &self.apart {
            for (taken, barred) in [(*one, *other), (*other, *one)] {
                if case[taken].must() && !case[barred].is_out() {
                    case[barred].end = case[barred].first;
                }
            }
        }
    }

    /// What settled actions take of each resource; `None` when a limit is broken, in a year or over all.
    fn spent_for_sure(&self, case: &[Window]) -> Option<Vec<f64>> {
        let mut spent = vec![0.0; self.limits.len()];
        let mut over_all = vec![0.0; self.kinds];
        for (amounts, window) in self.amounts.iter().zip(case) {
            if !window.must() {
                continue;
            }
            for (kind, amount) in amounts.iter().enumerate() {
                over_all[kind] += amount;
                if let Some(year) = window.start() {
                    spent[kind * self.years + year] += amount;
                }
            }
        }
        let kept = spent.iter().zip(&self.limits).all(|(spent, limit)| Self::keeps(*spent, *limit));
        let whole = over_all.iter().zip(self.limits.chunks(self.years));
        let kept = kept && whole.into_iter().all(|(spent, years)| Self::keeps(*spent, years.iter().sum()));
        kept.then_some(spent)
    }

    /// The case in which only obligations are settled; `None` when they cannot all be kept.
    pub(crate) fn root(&self) -> Option<Vec<Window>> {
        let mut case = self.windows.clone();
        self.follow(&mut case).then_some(case)
    }
}
