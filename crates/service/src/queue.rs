//! The queue: every deficiency the actor may see, ranked; and what can be done about one.

mod past;

pub(crate) use past::PastPostures;
pub use past::QueueThen;

use crate::roll::View;
use crate::{Actor, Service, ServiceError};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use warrant_model::level::Severity;
use warrant_model::time::{day, micros, plus_days, start_of};
use warrant_store::briefs::Brief;
use warrant_store::postures::{self, DeficiencyQuery, DeficiencyRow};

/// A page of the queue.
#[derive(Clone, Debug, Default)]
pub struct QueuePage {
    /// The rows, highest rank first.
    pub rows: Vec<DeficiencyRow>,
    /// How many fit in all.
    pub total: i64,
    /// How many of each severity, worst first, the severity filter left aside.
    pub severities: Vec<(Severity, i64)>,
    /// How many of each check, the check filter left aside.
    pub checks: Vec<(String, i64)>,
    /// How many of each system, the system filter left aside; the programme's are under the empty id.
    pub systems: Vec<(String, i64)>,
}

/// The queue in a few figures; what an exception covers is not among them.
#[derive(Clone, Debug, Default)]
pub struct QueueFigures {
    /// Deficiencies in force.
    pub total: i64,
    /// Systems they are of (the programme counts as none).
    pub systems: usize,
    /// The highest ranked.
    pub worst: Option<DeficiencyRow>,
    /// Those whose day has passed.
    pub overdue: i64,
    /// Those that fall due from today to this many days ahead.
    pub due_soon: i64,
    /// Those no POA&M item plans.
    pub unplanned: i64,
    /// Those that an exception covers, on top of `total`.
    pub excepted: i64,
}

/// A place in the queue: highest rank first, then by id.
#[derive(PartialEq)]
struct Ranked<'v>(f32, &'v str);

impl Eq for Ranked<'_> {}

impl Ord for Ranked<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        other.0.total_cmp(&self.0).then_with(|| self.1.cmp(other.1))
    }
}

impl PartialOrd for Ranked<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// What a query asks of a brief.
struct Wanted<'q> {
    query: &'q DeficiencyQuery,
    matching: Option<&'q HashSet<String>>,
    due_by: Option<i64>,
}

impl<'q> Wanted<'q> {
    fn new(query: &'q DeficiencyQuery, matching: Option<&'q HashSet<String>>) -> Self {
        let due_by = query.due_by.map(|due| micros(start_of(due)));
        Self { query, matching, due_by }
    }

    fn system(&self, id: &str) -> bool {
        self.query.system.as_ref().is_none_or(|system| system == id)
    }

    fn check(&self, brief: &Brief) -> bool {
        self.query.check.as_ref().is_none_or(|check| *check == brief.check)
    }

    fn severity(&self, brief: &Brief) -> bool {
        self.query.severity.is_none_or(|severity| severity == brief.severity)
    }

    /// Everything that is no facet.
    fn rest(&self, brief: &Brief) -> bool {
        let query = self.query;
        query.excepted.is_none_or(|excepted| excepted == brief.excepted)
            && query.planned.is_none_or(|planned| planned == brief.planned)
            && query.owner.as_ref().is_none_or(|owner| *owner == brief.owner)
            && self.due_by.is_none_or(|by| brief.due.is_some_and(|due| due <= by))
            && self.matching.is_none_or(|ids| ids.contains(&brief.id))
    }

    fn fits(&self, system: &str, brief: &Brief) -> bool {
        self.system(system) && self.check(brief) && self.severity(brief) && self.rest(brief)
    }
}

/// A page before its rows are read.
#[derive(Default)]
struct Counted {
    ids: Vec<String>,
    page: QueuePage,
}

/// Systems with their deficiencies.
fn on_view<'v>(view: &'v View<'_>) -> impl Iterator<Item = (&'v str, &'v [Brief])> {
    view.systems().map(|(system, entry)| (system.as_str(), entry.deficiencies.as_slice()))
}

fn counted<'v>(all: impl Iterator<Item = (&'v str, &'v [Brief])>, wanted: &Wanted<'_>) -> Counted {
    let first = wanted.query.offset.max(0) as usize;
    let most = first.saturating_add(wanted.query.limit.max(0) as usize);
    let (mut best, mut total) = (BTreeSet::new(), 0);
    let mut severities: BTreeMap<Reverse<Severity>, i64> = BTreeMap::new();
    let mut checks: BTreeMap<&str, i64> = BTreeMap::new();
    let mut systems: Vec<(String, i64)> = Vec::new();
    for (system, deficiencies) in all {
        let (here, mut of_system) = (wanted.system(system), 0);
        for brief in deficiencies.iter().filter(|brief| wanted.rest(brief)) {
            let (check, severity) = (wanted.check(brief), wanted.severity(brief));
            if check && severity {
                of_system += 1;
            }
            if here && severity {
                *checks.entry(&brief.check).or_default() += 1;
            }
            if here && check {
                *severities.entry(Reverse(brief.severity)).or_default() += 1;
            }
            if here && check && severity {
                total += 1;
                let ranked = Ranked(brief.rank, &brief.id);
                if best.len() < most {
                    best.insert(ranked);
                } else if best.last().is_some_and(|last| ranked < *last) {
                    best.insert(ranked);
                    best.pop_last();
                }
            }
        }
        if of_system > 0 {
            systems.push((system.to_owned(), of_system));
        }
    }
    let most_first = |counts: &mut Vec<(String, i64)>| {
        counts.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
    };
    let mut checks: Vec<_> = checks.into_iter().map(|(check, count)| (check.to_owned(), count)).collect();
    most_first(&mut checks);
    most_first(&mut systems);
    let severities = severities.into_iter().map(|(severity, count)| (severity.0, count)).collect();
    let ids = best.into_iter().skip(first).map(|ranked| ranked.1.to_owned()).collect();
    Counted { ids, page: QueuePage { rows: Vec::new(), total, severities, checks, systems } }
}

impl Service {
    /// A page of the queue.
    pub async fn queue(&self, actor: &Actor, query: &DeficiencyQuery) -> Result<QueuePage, ServiceError> {
        let (mut db, sees) = (self.store().db(), actor.sees());
        let matching = match query.text.trim() {
            "" => None,
            text => Some(postures::matching(&mut db, text, &sees).await?),
        };
        let wanted = Wanted::new(query, matching.as_ref());
        let Counted { ids, page } = self.on_roll(actor, |view| counted(on_view(view), &wanted)).await?;
        Ok(QueuePage { rows: postures::get_many(&mut db, &ids, &sees).await?, ..page })
    }

    /// How many deficiencies fit a query; its words are left aside.
    pub async fn count_queue(&self, actor: &Actor, query: &DeficiencyQuery) -> Result<i64, ServiceError> {
        let wanted = Wanted::new(query, None);
        let count = |view: &View<'_>| {
            let of = |(id, entry): (&String, &crate::roll::Entry)| {
                entry.deficiencies.iter().filter(|brief| wanted.fits(id, brief)).count()
            };
            view.systems().map(of).sum::<usize>() as i64
        };
        self.on_roll(actor, count).await
    }

    /// The whole queue in a few figures; `days` is how far ahead "soon" reaches.
    pub async fn queue_figures(&self, actor: &Actor, days: i64) -> Result<QueueFigures, ServiceError> {
        let now = self.now();
        let starts = |days| micros(start_of(day(plus_days(now, days))));
        let (today, soon) = (starts(0), starts(days));
        let (mut figures, worst) = self.on_roll(actor, |view| in_figures(on_view(view), today, soon)).await?;
        let worst: Vec<_> = worst.into_iter().collect();
        figures.worst = postures::get_many(&mut self.store().db(), &worst, &actor.sees()).await?.pop();
        Ok(figures)
    }

    /// One deficiency.
    pub async fn deficiency(&self, actor: &Actor, id: &str) -> Result<DeficiencyRow, ServiceError> {
        let row = postures::get(&mut self.store().db(), id, &actor.sees()).await?;
        row.ok_or_else(|| ServiceError::NotFound { what: "deficiency", name: id.to_owned() })
    }
}

fn in_figures<'v>(
    all: impl Iterator<Item = (&'v str, &'v [Brief])>,
    today: i64,
    soon: i64,
) -> (QueueFigures, Option<String>) {
    let mut figures = QueueFigures::default();
    let mut worst: Option<Ranked<'_>> = None;
    for (system, deficiencies) in all {
        let before = figures.total;
        for brief in deficiencies {
            if brief.excepted {
                figures.excepted += 1;
                continue;
            }
            figures.total += 1;
            figures.unplanned += i64::from(!brief.planned);
            match brief.due {
                Some(due) if due < today => figures.overdue += 1,
                Some(due) if due <= soon => figures.due_soon += 1,
                _ => {}
            }
            let ranked = Ranked(brief.rank, &brief.id);
            if worst.as_ref().is_none_or(|worst| ranked < *worst) {
                worst = Some(ranked);
            }
        }
        figures.systems += usize::from(!system.is_empty() && figures.total > before);
    }
    let worst = worst.map(|ranked| ranked.1.to_owned());
    (figures, worst)
}
