//! Open actions of a work role ask for more hours in the coming quarter than its posts have, or it cannot be told.

use super::{ProgrammeCheck, ProgrammeContext};
use crate::checks::About;
use crate::draft::{Draft, count_of, create, edit, record_ground};
use crate::planned::{hours_of_post, open_work, summed, work_roles};
use crate::posture::Out;
use crate::title::fit;
use jiff::civil::Date;
use std::collections::BTreeMap;
use warrant_model::kind::Record;
use warrant_model::kinds::Staffing;
use warrant_model::posture::Ground;
use warrant_model::snapshot::PlannedHours;
use warrant_model::time::start_of;
use warrant_model::{RecordId, Severity};

pub(super) const CHECK: ProgrammeCheck = ProgrammeCheck {
    about: About {
        id: "staffing-hours-short",
        title: "Hours of a work role short in the coming quarter",
        why: "Work that nobody has time for is not done by its day, however well it is planned; and hours that nobody estimated cannot be called enough.",
        source: "SP 800-53r5 PM-3, PM-13; SP 800-181r1 (NICE Framework); SP 800-37r2 task P-2",
        false_positives: "Others do the work, such as a supplier: give it no work role of yours, or give the supplier's hours a post.",
    },
    run,
};

/// Days of a quarter, today among them.
const QUARTER: i64 = 91;

/// Fewer hours than this are rounding.
const HALF: f64 = 0.5;

/// A work role in the coming quarter.
#[derive(Default)]
struct Role<'a> {
    /// Work due by its end, late work among it.
    due: Vec<&'a PlannedHours>,
    posts: Vec<&'a Record<Staffing>>,
    available: f64,
}

impl Role<'_> {
    fn needed(&self) -> f64 {
        self.due.iter().map(|one| one.hundredths).sum::<i64>() as f64 / 100.0
    }

    fn told(&self) -> usize {
        self.due.iter().map(|one| one.told).sum()
    }

    fn untold(&self) -> usize {
        self.due.iter().map(|one| one.untold).sum()
    }

    /// Systems whose work it is with hundredths of hours, actions that state some and actions that state none; the most
    /// hours first.
    fn systems(&self) -> Vec<(&RecordId, (i64, usize, usize))> {
        let mut systems: BTreeMap<&RecordId, (i64, usize, usize)> = BTreeMap::new();
        for one in self.due.iter().filter(|one| !one.system.as_str().is_empty()) {
            let sum = systems.entry(&one.system).or_default();
            *sum = (sum.0 + one.hundredths, sum.1 + one.told, sum.2 + one.untold);
        }
        let mut systems: Vec<_> = systems.into_iter().collect();
        systems.sort_by(|a, b| b.1.0.cmp(&a.1.0).then_with(|| a.0.cmp(b.0)));
        systems
    }

    /// The first day by which work takes more hours than posts have until then.
    fn short_from(&self, today: Date) -> Option<Date> {
        let mut days: BTreeMap<Date, i64> = BTreeMap::new();
        for one in &self.due {
            *days.entry(one.due.unwrap_or(today).max(today)).or_default() += one.hundredths;
        }
        let mut sum = 0;
        let here =
            |day: Date| self.posts.iter().map(|post| hours_of_post(&post.body, today, day)).sum::<f64>();
        days.into_iter()
            .find(|(day, hundredths)| {
                sum += hundredths;
                sum as f64 / 100.0 > here(*day) + HALF
            })
            .map(|(day, _)| day)
    }
}

fn run(ctx: &ProgrammeContext<'_>, out: &mut Out) {
    let programme = ctx.programme;
    let own = summed(&RecordId::default(), &open_work(&[], &programme.tasks, &programme.persons));
    let planned: Vec<&PlannedHours> = programme.planned.iter().chain(&own).collect();
    if planned.is_empty() {
        return;
    }
    let today = ctx.today();
    let end = today.checked_add(jiff::Span::new().days(QUARTER - 1)).unwrap_or(Date::MAX);
    let mut roles: BTreeMap<&str, Role<'_>> = BTreeMap::new();
    for one in planned {
        // What names no day may be done when there is time.
        if one.due.is_some_and(|due| due <= end) {
            roles.entry(&one.role).or_default().due.push(one);
        }
    }
    if programme.staffing.is_empty() {
        let all = Role { due: roles.into_values().flat_map(|role| role.due).collect(), ..Role::default() };
        if all.needed() >= HALF {
            out.add(no_posts(ctx, &all, (today, end)));
        }
        return;
    }
    for post in &programme.staffing {
        if ctx.present(post.body.person.as_ref()).is_some()
            && let Some(role) = roles.get_mut(post.body.work_role.as_str())
        {
            role.available += hours_of_post(&post.body, today, end);
            role.posts.push(post);
        }
    }
    let names = work_roles();
    for (id, role) in &roles {
        let name = names.get(id).copied().unwrap_or(id);
        let (needed, untold) = (role.needed(), role.untold());
        if id.is_empty() {
            if needed >= HALF || untold > 0 {
                out.add(without_role(ctx, role, (today, end)));
            }
        } else if needed > role.available + HALF {
            out.add(short(ctx, (id, name), role, (today, end)));
        } else if untold > 0 {
            out.add(untold_hours(ctx, (id, name), role, (today, end)));
        }
    }
}

/// Hours as people read them.
fn hours(hours: f64) -> String {
    if hours.fract().abs() < 0.05 { format!("{hours:.0}") } else { format!("{hours:.1}") }
}

/// A draft about a role: its first post, else the system with most of its work, else any post or task.
fn draft(
    ctx: &ProgrammeContext<'_>,
    (id, role): (&str, &Role<'_>),
    severity: Severity,
    today: Date,
) -> Draft {
    let programme = ctx.programme;
    let post = programme.staffing.iter().filter(|post| post.body.work_role == id).map(|post| &post.id).min();
    let system = role.systems().first().map(|(system, _)| (*system).clone());
    let (kind, record) = match (post, system) {
        (Some(post), _) => ("staffing", Some(post.clone())),
        (None, Some(system)) => ("system", Some(system)),
        (None, None) => ("task", programme.tasks.iter().map(|task| &task.id).min().cloned()),
    };
    let record = record.unwrap_or_default();
    Draft::of_record(kind, &record, severity, start_of(today)).keyed(id).controls(["pm-3", "pm-13"])
}

fn short(
    ctx: &ProgrammeContext<'_>,
    (id, name): (&str, &str),
    role: &Role<'_>,
    (today, end): (Date, Date),
) -> Draft {
    let (needed, available) = (role.needed(), role.available);
    let severity = if needed > 2.0 * available { Severity::High } else { Severity::Medium };
    let from = role.short_from(today);
    let mut why = format!(
        "{} due by {end} take {} hours; {} {} {} until then.",
        count_of(role.told(), "open action", "open actions"),
        hours(needed),
        count_of(role.posts.len(), "filled post", "filled posts"),
        if role.posts.len() == 1 { "has" } else { "have" },
        hours(available)
    );
    if let Some(from) = from {
        why.push_str(&format!(" They run short from {from} on."));
    }
    if role.untold() > 0 {
        why.push_str(&format!(" {} more state no hours.", role.untold()));
    }
    let vacant = ctx
        .programme
        .staffing
        .iter()
        .find(|post| post.body.work_role == id && ctx.present(post.body.person.as_ref()).is_none());
    let fill = match vacant {
        Some(post) => edit("Fill the vacant post, or move work to later", "staffing", &post.id, &["person"]),
        None => create("Give the role more hours, or move work to later", "staffing", &[("work_role", id)]),
    };
    draft(ctx, (id, role), severity, today)
        .title(fit("", name, &format!(" lacks {} hours in the coming quarter", hours(needed - available))))
        .why(why)
        .due(from)
        .grounds(role.posts.iter().map(|post| {
            let says = format!(
                "{}: {} hours until {end}",
                post.body.title,
                hours(hours_of_post(&post.body, today, end))
            );
            record_ground(says, post.updated_at, "staffing", &post.id)
        }))
        .grounds(grounds(role, today))
        .action(fill)
}

/// Systems whose work it is, the most hours first.
fn grounds(role: &Role<'_>, today: Date) -> Vec<Ground> {
    let ground = |(system, (hundredths, told, untold)): (&RecordId, (i64, usize, usize))| {
        let mut says = format!(
            "{} of the role take {} hours",
            count_of(told, "open action", "open actions"),
            hours(hundredths as f64 / 100.0)
        );
        if untold > 0 {
            says.push_str(&format!(", {untold} more state none"));
        }
        record_ground(says, start_of(today), "system", system)
    };
    role.systems().into_iter().map(ground).collect()
}

fn untold_hours(
    ctx: &ProgrammeContext<'_>,
    (id, name): (&str, &str),
    role: &Role<'_>,
    (today, end): (Date, Date),
) -> Draft {
    let untold = role.untold();
    draft(ctx, (id, role), Severity::Low, today)
        .title(fit("Whether hours of ", name, " suffice is not assessed"))
        .why(format!(
            "Not assessed because {} due by {end} {} no hours; {}.",
            count_of(untold, "open action", "open actions"),
            if untold == 1 { "states" } else { "state" },
            match role.told() {
                0 => format!("there are {}", hours(role.available)),
                told => format!(
                    "{} {} {} of the {} there are",
                    count_of(told, "other", "others"),
                    if told == 1 { "takes" } else { "take" },
                    hours(role.needed()),
                    hours(role.available)
                ),
            }
        ))
        .grounds(grounds(role, today))
        .action(crate::draft::import("Say how many hours each takes", "POA&M items and tasks with hours"))
}

fn without_role(ctx: &ProgrammeContext<'_>, role: &Role<'_>, (today, end): (Date, Date)) -> Draft {
    let count = role.told() + role.untold();
    draft(ctx, ("", role), Severity::Low, today)
        .keyed("role-not-told")
        .title(format!("Hours of {} are not assessed", count_of(count, "open action", "open actions")))
        .why(format!(
            "Not assessed because {} due by {end} {} no work role, nor has an owner one; those that state hours take {}.",
            if count == 1 { "the one" } else { "those" },
            if count == 1 { "names" } else { "name" },
            hours(role.needed())
        ))
        .grounds(grounds(role, today))
        .action(crate::draft::import("Name work roles, or those of the owners", "POA&M items or people with work roles"))
}

fn no_posts(ctx: &ProgrammeContext<'_>, all: &Role<'_>, (today, end): (Date, Date)) -> Draft {
    draft(ctx, ("", all), Severity::Low, today)
        .keyed("no-posts")
        .title("Whether hours suffice for planned work is not assessed")
        .why(format!(
            "Not assessed because no post says how many hours there are; open actions due by {end} take {}.",
            hours(all.needed())
        ))
        .grounds(grounds(all, today))
        .action(create("Say who has how many hours for corrective work", "staffing", &[]))
}
