//! Hours that open actions are planned to take, by work role, and hours that posts have. Pure functions of records.

use jiff::civil::Date;
use std::collections::BTreeMap;
use warrant_model::RecordId;
use warrant_model::kind::Record;
use warrant_model::kinds::{Person, PoamItem, Staffing, Task};
use warrant_model::snapshot::{PlannedHours, SystemSnapshot};

/// Days of a year, over which the hours of a post are spread evenly.
const YEAR: f64 = 365.0;

/// Names of the work roles of the NICE Framework, by id.
pub fn work_roles() -> BTreeMap<&'static str, &'static str> {
    let lines = include_str!("../../../content/work-roles.tsv").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).collect()
}

/// Work that is to be done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Work<'a> {
    /// NICE work role id; empty when neither the work nor an owner tells one.
    pub role: &'a str,
    /// How long it takes; `None` when nobody said.
    pub hours: Option<f64>,
    /// The day by which it is to be done.
    pub due: Option<Date>,
}

/// What open POA&M items and tasks ask for. A role that is not told is the first of whoever does it.
pub fn open_work<'a>(
    items: &'a [Record<PoamItem>],
    tasks: &'a [Record<Task>],
    people: &'a [Record<Person>],
) -> Vec<Work<'a>> {
    let first: BTreeMap<&str, &str> = people
        .iter()
        .filter_map(|person| Some((person.id.as_str(), person.body.work_roles.first()?.as_str())))
        .collect();
    let of =
        |person: Option<&RecordId>| person.and_then(|id| first.get(id.as_str())).copied().unwrap_or_default();
    let told = |hours: Option<f64>| hours.filter(|hours| hours.is_finite() && *hours >= 0.0);
    let open =
        items.iter().filter(|item| matches!(item.body.state.as_str(), "draft" | "planned" | "ongoing"));
    let planned = open.map(|item| Work {
        role: item.body.work_role.as_deref().unwrap_or_else(|| of(item.body.owner.as_ref())),
        hours: told(item.body.hours),
        due: item.body.due,
    });
    let open = tasks.iter().filter(|task| matches!(task.body.state.as_str(), "open" | "doing"));
    let tasks = open.map(|task| Work {
        role: of(task.body.assignee.as_ref()),
        hours: told(task.body.hours),
        due: task.body.due,
    });
    planned.chain(tasks).collect()
}

/// Hours that a post has from one day to another, both counted.
pub fn hours_of_post(post: &Staffing, from: Date, until: Date) -> f64 {
    let from = post.from.unwrap_or(Date::MIN).max(from);
    let until = post.until.unwrap_or(Date::MAX).min(until);
    let between = from.until(until).map_or(-1, |span| span.get_days());
    post.hours_a_year.unwrap_or_default() * f64::from((between + 1).max(0)) / YEAR
}

/// Hours of a system's open POA&M items and tasks, by role and due day.
pub fn planned_hours(snapshot: &SystemSnapshot) -> Vec<PlannedHours> {
    let work = open_work(&snapshot.poam_items, &snapshot.tasks, &snapshot.programme.persons);
    summed(&snapshot.system.id, &work)
}

/// Work summed by role and due day.
pub(crate) fn summed(system: &RecordId, work: &[Work<'_>]) -> Vec<PlannedHours> {
    let mut sums: BTreeMap<(&str, Option<Date>), PlannedHours> = BTreeMap::new();
    for one in work {
        let sum = sums.entry((one.role, one.due)).or_insert_with(|| PlannedHours {
            system: system.clone(),
            role: one.role.to_owned(),
            due: one.due,
            hundredths: 0,
            told: 0,
            untold: 0,
        });
        match one.hours {
            Some(hours) => {
                sum.hundredths += (hours * 100.0).round() as i64;
                sum.told += 1;
            }
            None => sum.untold += 1,
        }
    }
    sums.into_values().collect()
}
