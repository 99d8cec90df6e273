//! The executive one-pager: five sentences and four pictures on one printed page.
//!
//! For whoever leads the organisation or a unit, before a meeting (SP 800-37r2 task M-5). It says what `/overview` says.

use super::block::{Block, Blocks, Table};
use super::drawings::{HALF, Line, SEVERITIES, lines, scorecards, stacked};
use super::facts::{Cover, OverviewFacts, StandingFacts};
use super::families::{STATES, in_states};
use super::figures::{counted, share, thousands};
use super::kind::{Content, DocumentKind, Write};
use super::printed::Layout;
use super::sources::Sources;
use super::words::{Cite, Words};
use jiff::civil::Date;
use std::collections::BTreeMap;
use warrant_model::level::Severity;
use warrant_model::posture::ControlCounts;
use warrant_model::time::day;

/// The document.
pub(super) const KIND: DocumentKind = DocumentKind {
    id: "executive-summary",
    title: "Executive one-pager",
    about: "Five sentences and four pictures on one page: leave to operate, what is wrong, what presses most, what is known of the controls, and what is planned.",
    source: "SP 800-37r2 task M-5",
    write: Write::Overview(write),
};

/// The most rows of a picture and of the list of what ends.
const MOST: usize = 8;
const MOST_ENDING: usize = 5;

/// What the sentences and pictures rest on.
struct Cites {
    records: Cite,
    postures: Cite,
    queue: Cite,
    trend: Cite,
}

fn write(facts: &OverviewFacts, _: &Cover) -> Content {
    let mut sources = Sources::new();
    let systems = counted(facts.systems.len(), "system", "systems");
    let cites = Cites {
        records: sources.computed("Leave to operate", &format!("the records of {systems}"), facts.as_of),
        queue: sources.computed(
            "Deficiencies",
            &format!("the postures of {systems} and of the programme, exceptions and plans"),
            facts.as_of,
        ),
        postures: sources.computed(
            "Scorecards and control status",
            &format!("the postures of {systems}: evidence and records of each"),
            facts.as_of,
        ),
        trend: sources.computed("Trend", "the postures kept of each day", facts.as_of),
    };
    let mut blocks = Blocks::default();
    sentences(&mut blocks, facts, &cites);
    let picture = |title: &str, cite: &Cite, (drawing, table): (maud::Markup, Table)| {
        let mut column = Blocks::default();
        column.chapter(title);
        match table.rows.is_empty() {
            true => column.text("There is nothing to show yet."),
            false => column.pictured(drawing, table),
        }
        column.quiet(Words::from("Shown from").cite(cite.clone()));
        column.0
    };
    blocks.0.push(Block::Beside(vec![
        picture("Scorecards, the worst first", &cites.postures, scored(facts)),
        picture("What is known of the controls", &cites.postures, known(facts)),
        picture("What is wrong, by unit", &cites.queue, wrong(facts)),
        picture("Deficiencies over half a year", &cites.trend, trend(facts)),
    ]));
    ending(&mut blocks, facts, &mut sources);
    Content::new(Layout::OnePage, blocks, sources)
}

fn sentences(blocks: &mut Blocks, facts: &OverviewFacts, cites: &Cites) {
    blocks.lead(leave(facts).cite(cites.records.clone()).and("."));
    let severe: u32 = facts
        .systems
        .iter()
        .map(|one| &one.deficiencies)
        .chain([&facts.programme])
        .map(|one| one.critical + one.high)
        .sum();
    let total = facts.queue.total;
    let ago = facts.trend.iter().rev().find(|(on, _)| days(*on, day(facts.as_of)) >= facts.days);
    let change = match ago.map(|(_, [deficiencies, ..])| total - i64::from(*deficiencies)) {
        None => String::new(),
        Some(0) => format!("; {} days ago there were as many", facts.days),
        Some(more) if more > 0 => format!("; {} more than {} days ago", thousands(more as u64), facts.days),
        Some(fewer) => format!("; {} fewer than {} days ago", thousands(fewer.unsigned_abs()), facts.days),
    };
    let said = format!(
        "{} in force, {} of them critical or high{change}",
        counted(total.max(0) as usize, "deficiency is", "deficiencies are"),
        if severe == 0 { "none".to_owned() } else { thousands(u64::from(severe)) }
    );
    let mut points = vec![Words::from(said).cite(cites.queue.clone()).and(".")];
    if let Some((title, severity, since)) = &facts.queue.worst {
        let title = title.trim_end_matches('.');
        points.push(
            Words::from(format!("What presses most ({severity}): {title}, since {}", day(*since)))
                .cite(cites.queue.clone())
                .and("."),
        );
    }
    points.push(controls(facts, cites));
    let plans = match facts.queue.unplanned {
        Some(unplanned) => format!(
            "{} planned, {} excepted, {} past their day",
            counted((total - unplanned).max(0) as usize, "deficiency is", "deficiencies are"),
            thousands(facts.queue.excepted.unsigned_abs()),
            thousands(facts.queue.overdue.unsigned_abs())
        ),
        None => format!(
            "{} covered by an exception; {} past their day",
            counted(facts.queue.excepted.max(0) as usize, "deficiency was", "deficiencies were"),
            counted(facts.queue.overdue.max(0) as usize, "plan was", "plans were")
        ),
    };
    points.push(Words::from(plans).cite(cites.queue.clone()).and("."));
    for point in points {
        blocks.text(point);
    }
}

fn days(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

/// How many systems may operate, and which must be authorised next.
fn leave(facts: &OverviewFacts) -> Words {
    let today = day(facts.as_of);
    let given = |one: &&StandingFacts| match one.expires {
        Some(end) => end >= today,
        None => one.authorized_on.is_some(),
    };
    let lapsed = facts.systems.iter().filter(|one| one.expires.is_some_and(|end| end < today)).count();
    let never = facts
        .systems
        .iter()
        .filter(|one| one.operational && one.expires.is_none() && one.authorized_on.is_none());
    let never = never.count();
    let next = facts
        .systems
        .iter()
        .filter_map(|one| Some((one.expires.filter(|end| *end >= today)?, &one.name)))
        .min();
    let said = format!(
        "{} of {} may operate; the leave of {} has ended, and {} in operation never had one",
        facts.systems.iter().filter(given).count(),
        counted(facts.systems.len(), "system", "systems"),
        none_or(lapsed),
        none_or(never)
    );
    match next {
        None => said.into(),
        Some((end, name)) => format!("{said}. The next to end is that of {name}, on {end}").into(),
    }
}

fn none_or(number: usize) -> String {
    if number == 0 { "none".to_owned() } else { thousands(number as u64) }
}

/// Controls of all systems together.
fn together(facts: &OverviewFacts) -> ControlCounts {
    facts.systems.iter().fold(ControlCounts::default(), |sum, one| ControlCounts {
        satisfied: sum.satisfied + one.controls.satisfied,
        other_than_satisfied: sum.other_than_satisfied + one.controls.other_than_satisfied,
        stale: sum.stale + one.controls.stale,
        not_assessed: sum.not_assessed + one.controls.not_assessed,
        not_applicable: sum.not_applicable + one.controls.not_applicable,
    })
}

fn controls(facts: &OverviewFacts, cites: &Cites) -> Words {
    let counts = together(facts);
    let all = counts.applicable();
    if all == 0 {
        return Words::from("No system has a baseline in force, so that nothing is known of its controls")
            .cite(cites.postures.clone())
            .and(".");
    }
    let newest = facts.systems.iter().filter_map(|one| one.evidence_at).max();
    let newest = newest.map_or_else(
        || "no evidence has come in".to_owned(),
        |at| format!("the newest evidence is of {}", day(at)),
    );
    Words::from(format!(
        "{} of {} controls are satisfied on fresh evidence, {} were not assessed and {} have grown stale; {newest}",
        share(counts.satisfied, all),
        thousands(u64::from(all)),
        share(counts.not_assessed, all),
        thousands(u64::from(counts.stale))
    ))
    .cite(cites.postures.clone())
    .and(".")
}

fn scored(facts: &OverviewFacts) -> (maud::Markup, Table) {
    let mut table = Table::new(&["System", "Conf.", "Integr.", "Avail."]);
    let mut drawn = Vec::new();
    for one in facts.systems.iter().take(MOST) {
        let cell = |(_, score, _): &(_, Option<f32>, f32)| {
            score.map_or_else(|| "n/a".to_owned(), |score| format!("{score:.0}"))
        };
        let mut row = vec![Words::from(one.name.as_str())];
        row.extend(one.scorecard.iter().map(|scored| Words::from(cell(scored))));
        table.rows.push(row);
        drawn.push((one.name.clone(), one.scorecard.map(|(_, score, assessed)| (score, assessed))));
    }
    (scorecards("Scorecards of the systems", HALF, &drawn), table)
}

fn known(facts: &OverviewFacts) -> (maud::Markup, Table) {
    let mut table = Table::new(&["System", "Met", "Not met", "Stale", "Unknown"]);
    let mut bars = Vec::new();
    for one in facts.systems.iter().filter(|one| one.controls.applicable() > 0).take(MOST) {
        let values = in_states(&one.controls);
        let mut row = vec![Words::from(one.name.as_str())];
        row.extend(values.iter().map(|value| Words::from(value.to_string())));
        table.rows.push(row);
        bars.push((one.name.clone(), values));
    }
    (stacked("Controls by system and state", HALF, &STATES, &bars), table)
}

fn wrong(facts: &OverviewFacts) -> (maud::Markup, Table) {
    let mut units: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for (unit, counts) in facts.systems.iter().map(|one| (one.unit.as_str(), &one.deficiencies)) {
        let unit = if unit.is_empty() { "no unit" } else { unit };
        add(units.entry(unit).or_insert_with(|| vec![0; 5]), counts);
    }
    if facts.programme.total() > 0 {
        add(units.entry("the programme itself").or_insert_with(|| vec![0; 5]), &facts.programme);
    }
    let mut bars: Vec<_> = units.into_iter().map(|(unit, counts)| (unit.to_owned(), counts)).collect();
    bars.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.iter().sum::<u64>()));
    bars.truncate(MOST);
    let mut table = Table::new(&["Unit", "Critical", "High", "Medium", "Low", "Info"]);
    for (unit, counts) in &bars {
        let mut row = vec![Words::from(unit.as_str())];
        row.extend(counts.iter().map(|count| Words::from(count.to_string())));
        table.rows.push(row);
    }
    (stacked("Deficiencies by unit and severity", HALF, &SEVERITIES, &bars), table)
}

fn add(sums: &mut [u64], counts: &warrant_model::posture::SeverityCounts) {
    for (sum, severity) in sums.iter_mut().zip(Severity::DESCENDING) {
        *sum += u64::from(counts.of(severity));
    }
}

fn trend(facts: &OverviewFacts) -> (maud::Markup, Table) {
    let today = day(facts.as_of);
    let at: Vec<_> = facts.trend.iter().map(|(on, _)| (-(days(*on, today) as f64), on.to_string())).collect();
    let of = |nth: usize| facts.trend.iter().map(|(_, values)| f64::from(values[nth])).collect();
    let drawn = [
        Line { title: "deficiencies", colour: "#1a1d21", values: of(0) },
        Line { title: "critical or high", colour: "#b8401d", values: of(1) },
    ];
    let mut table = Table::new(&["Day", "In force", "Critical or high", "Controls met"]);
    let every = facts.trend.len().div_ceil(MOST).max(1);
    // The newest day is always among them.
    for (on, values) in facts.trend.iter().rev().step_by(every) {
        let mut row = vec![Words::from(on.to_string())];
        row.extend(values.iter().map(|value| Words::from(value.to_string())));
        table.rows.push(row);
    }
    (lines("Deficiencies over time", HALF, &at, &drawn), table)
}

fn ending(blocks: &mut Blocks, facts: &OverviewFacts, sources: &mut Sources<'_>) {
    if facts.expiring.is_empty() {
        blocks.text(format!("Nothing on record ends or falls due within {} days.", facts.days));
        return;
    }
    let points = facts.expiring.iter().take(MOST_ENDING).map(|one| {
        let cite = sources.record_at(&one.record.0, &one.record.1, &one.title, one.version);
        let system = if one.system.is_empty() || one.system == one.title {
            String::new()
        } else {
            format!(" ({})", one.system)
        };
        Words::from(format!("{} {}: {}{system}", one.on, one.what, one.title)).cite(cite)
    });
    let points: Vec<_> = points.collect();
    let mut words = Words::default().strong(format!("Within {} days: ", facts.days));
    let left = facts.expiring.len() - points.len();
    for (nth, point) in points.into_iter().enumerate() {
        words = if nth > 0 { words.and("; ").then(point) } else { words.then(point) };
    }
    if left > 0 {
        words = words.and(format!("; {} more", thousands(left as u64)));
    }
    blocks.text(words.and("."));
}
