//! The plan of action and milestones as a document: late items first, then by day; each with everything OMB M-02-01 asks
//! for; then what is wrong and has no plan.
//!
//! For the authorizing official and whoever oversees the plan. The workbooks of FedRAMP and eMASS are hand-ins; this is for
//! people to read and sign.

use super::block::{Blocks, Table};
use super::facts::{Cover, SystemFacts};
use super::figures::{clipped, counted, day_or, money, thousands};
use super::kind::{Content, DocumentKind, Write};
use super::printed::Layout;
use super::sources::{Sources, made_from};
use super::words::Words;
use crate::tables::state_title;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use warrant_catalog::index::Index;
use warrant_model::kind::{Ended, Kind, Record};
use warrant_model::kinds::PoamItem;
use warrant_model::posture::Deficiency;
use warrant_model::time::day;

/// The document.
pub(super) const KIND: DocumentKind = DocumentKind {
    id: "plan-of-action",
    title: "Plan of action and milestones",
    about: "Every item by state with owner, money, hours, days and their slips, milestones and source, late ones first; then deficiencies that no plan covers.",
    source: "OMB M-02-01; SP 800-37r2 task A-6",
    write: Write::System(write),
};

/// The most items told in full.
const MOST_ITEMS: usize = 500;
/// The most milestones of one item.
const MOST_MILESTONES: usize = 40;
/// The most deficiencies without a plan.
const MOST_UNPLANNED: usize = 100;

fn write(facts: &SystemFacts<'_>, _: &Cover) -> Content {
    let mut sources = Sources::of(facts.snapshot);
    let today = day(facts.snapshot.as_of);
    let mut open: Vec<_> = facts.snapshot.poam_items.iter().filter(|item| is_open(item)).collect();
    open.sort_by(|a, b| {
        (a.body.due.is_none(), a.body.due, &a.id).cmp(&(b.body.due.is_none(), b.body.due, &b.id))
    });
    let (late, rest): (Vec<_>, Vec<_>) = open.iter().copied().partition(|item| is_late(item, today));
    let mut blocks = Blocks::default();
    lead(&mut blocks, facts, &mut sources, (open.len(), late.len()));
    states(&mut blocks, facts, &mut sources, today);
    let items = Items { facts, deficiencies: by_item(facts), today };
    items.chapter(&mut blocks, &mut sources, ("Late items", "No open item is late."), &late, MOST_ITEMS);
    let left = MOST_ITEMS.saturating_sub(late.len());
    items.chapter(
        &mut blocks,
        &mut sources,
        ("Other open items", "There is no other open item."),
        &rest,
        left,
    );
    ended(&mut blocks, facts, &mut sources);
    unplanned(&mut blocks, facts, &mut sources);
    let system = &facts.snapshot.system.body;
    Content::new(Layout::Book, blocks, sources)
        .telling("Owner", facts.person(system.owner.as_ref()))
        .telling("Security officer", facts.person(system.security_officer.as_ref()))
}

fn is_open(record: &Record<PoamItem>) -> bool {
    let workflow = PoamItem::SPEC.workflow;
    let state = workflow.as_ref().and_then(|workflow| workflow.state(&record.body.state));
    state.is_none_or(|state| state.ended == Ended::Open)
}

fn past(due: Option<Date>, today: Date) -> bool {
    due.is_some_and(|due| due < today)
}

/// Whether its day, or that of a step not yet done, has passed.
fn is_late(record: &Record<PoamItem>, today: Date) -> bool {
    let step = |step: &warrant_model::kinds::Milestone| step.done.is_none() && past(step.due, today);
    past(record.body.due, today) || record.body.milestones.iter().any(step)
}

/// Deficiencies that each item plans.
fn by_item<'f>(facts: &SystemFacts<'f>) -> HashMap<&'f str, Vec<&'f Deficiency>> {
    let mut found: HashMap<&str, Vec<&Deficiency>> = HashMap::new();
    for deficiency in &facts.posture.deficiencies {
        if let Some(item) = &deficiency.poam_item {
            found.entry(item.as_str()).or_default().push(deficiency);
        }
    }
    found
}

fn no_plan<'f>(facts: &SystemFacts<'f>) -> Vec<&'f Deficiency> {
    let all = facts.posture.deficiencies.iter();
    all.filter(|one| one.poam_item.is_none() && one.excepted.is_none()).collect()
}

fn lead(
    blocks: &mut Blocks,
    facts: &SystemFacts<'_>,
    sources: &mut Sources<'_>,
    (open, late): (usize, usize),
) {
    let without = no_plan(facts).len();
    let computed =
        sources.computed("Plans and deficiencies", &made_from(facts.snapshot), facts.posture.as_of);
    let said = match facts.snapshot.poam_items.is_empty() {
        true => "No item is planned".to_owned(),
        false => format!(
            "{} open, {} late",
            counted(open, "item is", "items are"),
            match late {
                0 => "none of them".to_owned(),
                late => format!("{late} of them"),
            }
        ),
    };
    let without = match without {
        0 => "; every deficiency in force has a plan".to_owned(),
        count => {
            format!("; {} no plan", counted(count, "deficiency in force has", "deficiencies in force have"))
        }
    };
    blocks.lead(Words::from(said + &without).cite(computed).and("."));
}

/// Items, money and hours by state.
fn states(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>, today: Date) {
    if facts.snapshot.poam_items.is_empty() {
        return;
    }
    let computed =
        sources.computed("Plans and deficiencies", &made_from(facts.snapshot), facts.posture.as_of);
    let cost = format!("Cost ({})", facts.currency);
    blocks.chapter("Items by state");
    let mut table = Table::new(&["State", "Items", "Late", &cost, "Hours", "Without cost", "Without owner"]);
    let order: Vec<&str> =
        PoamItem::SPEC.workflow.map_or(Vec::new(), |one| one.states.iter().map(|s| s.name).collect());
    let mut by_state: BTreeMap<(usize, &str), Vec<&Record<PoamItem>>> = BTreeMap::new();
    for item in &facts.snapshot.poam_items {
        let place = order.iter().position(|state| *state == item.body.state).unwrap_or(usize::MAX);
        by_state.entry((place, item.body.state.as_str())).or_default().push(item);
    }
    for ((_, state), items) in by_state {
        let count =
            |what: &dyn Fn(&&&Record<PoamItem>) -> bool| items.iter().filter(what).count().to_string();
        table.rows.push(vec![
            Words::from(state_title(&PoamItem::SPEC, state)).cite(computed.clone()),
            items.len().to_string().into(),
            count(&|item| is_open(item) && is_late(item, today)).into(),
            money(items.iter().filter_map(|item| item.body.cost).sum()).into(),
            money(items.iter().filter_map(|item| item.body.hours).sum()).into(),
            count(&|item| item.body.cost.is_none()).into(),
            count(&|item| item.body.owner.is_none()).into(),
        ]);
    }
    blocks.table(table);
    blocks.quiet("Sums are of the items that state a figure; those that state none are counted beside them.");
}

struct Items<'f> {
    facts: &'f SystemFacts<'f>,
    deficiencies: HashMap<&'f str, Vec<&'f Deficiency>>,
    today: Date,
}

impl Items<'_> {
    fn chapter(
        &self,
        blocks: &mut Blocks,
        sources: &mut Sources<'_>,
        (title, none): (&str, &str),
        items: &[&Record<PoamItem>],
        most: usize,
    ) {
        blocks.chapter(title);
        if items.is_empty() {
            blocks.text(none);
        }
        items.iter().take(most).for_each(|item| self.item(blocks, sources, item));
        blocks.rest(
            items.len().saturating_sub(most),
            "items",
            "the system's POA&M page and its export have them",
        );
    }

    fn item(&self, blocks: &mut Blocks, sources: &mut Sources<'_>, record: &Record<PoamItem>) {
        let item = &record.body;
        let original = self.facts.originals.get(&record.id);
        let index = Index::embedded();
        let controls: Vec<_> = item.controls.iter().map(|id| index.label_of(id)).collect();
        let late = |due: Option<Date>| match due {
            Some(due) if due < self.today => {
                format!(
                    " – late by {}",
                    counted((self.today - due).get_days().unsigned_abs() as usize, "day", "days")
                )
            }
            _ => String::new(),
        };
        let slipped = |now: Option<Date>, then: Option<Date>| match (now, then) {
            (Some(now), Some(then)) if now != then => format!(" (first {then})"),
            _ => String::new(),
        };
        let due = format!(
            "{}{}{}",
            day_or(item.due, "no day"),
            slipped(item.due, original.and_then(|first| first.due)),
            late(item.due)
        );
        let money = item
            .cost
            .map_or("no cost stated".to_owned(), |cost| format!("{} {}", money(cost), self.facts.currency));
        let hours = item.hours.map_or("no hours stated".to_owned(), |hours| format!("{hours} person-hours"));
        blocks.thing(item.title.as_str());
        let mut facts = vec![
            ("Item", Words::from(record.id.as_str()).cite(sources.record(record))),
            (
                "Weakness",
                clipped(item.description.as_deref().unwrap_or("not described further"), 1_500).into(),
            ),
            ("Severity", item.severity.map_or("not rated".to_owned(), |one| one.to_string()).into()),
            ("Controls", if controls.is_empty() { "none named".into() } else { controls.join(", ").into() }),
            ("Point of contact", self.facts.person(item.owner.as_ref()).into()),
            ("Resources", format!("{money}, {hours}").into()),
            ("Scheduled completion", due.into()),
            ("Source", self.source(record, sources)),
            ("Status", state_title(&PoamItem::SPEC, &item.state).into()),
        ];
        if let Some(comments) = item.comments.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            facts.push(("Since", clipped(comments, 1_500).into()));
        }
        blocks.facts(facts);
        let mut steps = Table::new(&["Milestone", "Due", "First planned for", "Done"]);
        for (nth, step) in item.milestones.iter().take(MOST_MILESTONES).enumerate() {
            // The same step is one of the same name, else the one in its place.
            let first = original.and_then(|first| {
                let named = first.milestones.iter().find(|one| one.title == step.title);
                named.or_else(|| first.milestones.get(nth))
            });
            let open = step.done.is_none();
            steps.rows.push(vec![
                step.title.as_str().into(),
                format!(
                    "{}{}",
                    day_or(step.due, "no day"),
                    if open { late(step.due) } else { String::new() }
                )
                .into(),
                first.map_or("added later".to_owned(), |first| day_or(first.due, "no day")).into(),
                day_or(step.done, "not yet").into(),
            ]);
        }
        match steps.rows.is_empty() {
            true => blocks.text("No milestone is planned."),
            false => blocks.table(steps),
        }
        blocks.rest(item.milestones.len().saturating_sub(MOST_MILESTONES), "milestones", "the item has them");
    }

    /// What the item plans to end.
    fn source(&self, record: &Record<PoamItem>, sources: &mut Sources<'_>) -> Words {
        let planned = self.deficiencies.get(record.id.as_str()).map_or(&[][..], Vec::as_slice);
        let mut words = Words::default();
        for (nth, deficiency) in planned.iter().take(4).enumerate() {
            words = words.and(if nth > 0 { "; " } else { "" }).and(deficiency.title.trim_end_matches('.'));
            if let Some(ground) = deficiency.grounds.first() {
                words = words.cite(sources.place(&ground.source));
            }
        }
        if planned.len() > 4 {
            words = words.and(format!("; {} more", planned.len() - 4));
        }
        match (planned.is_empty(), record.body.findings.is_empty()) {
            (false, _) => words,
            (true, false) => {
                let named: Vec<_> = record.body.findings.iter().take(8).map(String::as_str).collect();
                format!("findings {}", named.join(", ")).into()
            }
            (true, true) => "no deficiency that is in force".into(),
        }
    }
}

/// Items that are closed or cancelled.
fn ended(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    let ended: Vec<_> = facts.snapshot.poam_items.iter().filter(|item| !is_open(item)).collect();
    blocks.chapter("Items that ended");
    if ended.is_empty() {
        blocks.text("No item has been closed or cancelled.");
        return;
    }
    let mut table = Table::new(&["Item", "State", "Point of contact", "Scheduled completion", "Shown by"]);
    for record in ended.iter().take(MOST_ITEMS) {
        let item = &record.body;
        table.rows.push(vec![
            Words::from(item.title.as_str()).cite(sources.record(record)),
            state_title(&PoamItem::SPEC, &item.state).into(),
            facts.person(item.owner.as_ref()).into(),
            day_or(item.due, "no day").into(),
            clipped(item.validation.as_deref().unwrap_or("nothing recorded"), 200).into(),
        ]);
    }
    blocks.table(table);
    blocks.rest(ended.len().saturating_sub(MOST_ITEMS), "items", "the system's POA&M page has them");
}

fn unplanned(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    let all = no_plan(facts);
    blocks.chapter("Deficiencies without a plan");
    if all.is_empty() {
        blocks.text("Every deficiency in force has a plan.");
        return;
    }
    let mut table = Table::new(&["Deficiency", "Severity", "Since", "To be dealt with by", "Falls to"]);
    for deficiency in all.iter().take(MOST_UNPLANNED) {
        let mut what = Words::from(deficiency.title.as_str());
        if let Some(ground) = deficiency.grounds.first() {
            what = what.cite(sources.place(&ground.source));
        }
        let owner = deficiency.owner.as_ref().map(|id| warrant_model::RecordId(id.clone()));
        table.rows.push(vec![
            what,
            deficiency.severity.to_string().into(),
            day(deficiency.since).to_string().into(),
            day_or(deficiency.due, "no day").into(),
            facts.person(owner.as_ref()).into(),
        ]);
    }
    blocks.table(table);
    let left = all.len().saturating_sub(MOST_UNPLANNED);
    if left > 0 {
        let computed =
            sources.computed("Plans and deficiencies", &made_from(facts.snapshot), facts.posture.as_of);
        let said = format!("{} further deficiencies without a plan rank below these", thousands(left as u64));
        blocks.text(Words::from(said).cite(computed).and("; the queue of the system has them."));
    }
}
