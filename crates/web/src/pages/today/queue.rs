//! The queue as a table.

use super::query::PROGRAMME;
use crate::error::PageError;
use crate::grid::{self, Offered};
use crate::language::of_english;
use crate::list::ListAddress;
use crate::look::badge::{self, Progress};
use crate::look::empty::Empty;
use crate::look::figure::{cut, plain, thousands};
use crate::look::link::safe;
use crate::look::table::{Action, Bulk, Chip, Column, ColumnFilter, Facet, Row, Table, Then, Verb, Width};
use crate::look::words::english;
use crate::look::{Link, when};
use crate::pages::deficiency::{self, Deed};
use crate::pages::sources::{check_title, record_href};
use crate::past;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::level::Severity;
use warrant_model::scope::Role;
use warrant_model::time::day;
use warrant_service::query::DeficiencyRow;
use warrant_service::queue::{QueueFigures, QueuePage};

/// The columns' names, and the titles of the export's columns that hold what each shows.
pub(super) const COLUMNS: [(&str, &[&str]); 7] = [
    ("severity", &["Severity"]),
    ("what", &["Deficiency", "Why"]),
    ("where", &["System", "Owner"]),
    ("due", &["Due", "Excepted until", "POA&M item"]),
    ("rank", &["Rank"]),
    ("since", &["Since"]),
    ("controls", &["Controls"]),
];
/// How many of them are shown at first.
const SHOWN: usize = 5;

/// The element that filters and pages swap.
pub(super) const ID: &str = "queue";

type Names = BTreeMap<String, String>;

/// The most systems to choose from in the filter, those with the most deficiencies: longer lists are no choice.
const MOST_SYSTEMS: usize = 40;

/// What the rows need to know.
struct Shown<'a> {
    names: &'a Names,
    people: &'a Names,
    today: Date,
    writes: bool,
    as_of: Option<Date>,
}

/// The table of what was found; of a day that has passed it can be read, and nothing can be done there.
pub(super) async fn load(
    app: &App,
    who: &Who,
    list: &ListAddress,
    found: &QueuePage,
    (figures, mine): (&QueueFigures, i64),
    as_of: Option<Date>,
) -> Result<Table, PageError> {
    let names = app.service.system_names(&who.actor).await?;
    let owners: BTreeSet<_> = found.rows.iter().filter_map(|row| row.deficiency.owner.clone()).collect();
    let people = app.service.titles_of(&who.actor, &owners.into_iter().collect::<Vec<_>>()).await?;
    let shown = Shown {
        names: &names,
        people: &people,
        today: as_of.unwrap_or_else(|| day(app.service.now())),
        writes: as_of.is_none() && who.actor.highest >= Some(Role::Engineer),
        as_of,
    };
    let verbs = vec![Verb::new("assign", say("queue-assign")), Verb::new("plan", say("queue-plan"))];
    let bulk = Bulk { action: "/queue/bulk".to_owned(), csrf: who.csrf.clone(), verbs, then: Then::Leaves };
    let view = Table {
        id: ID.to_owned(),
        caption: say("queue-caption"),
        action: "/".to_owned(),
        keep: list.keep(&["q", "page", "system", "check"]),
        filter: Some(("q".to_owned(), list.get("q").to_owned())),
        facets: facets(list, found, figures, mine),
        columns: columns(list, found, &names),
        rows: found.rows.iter().map(|row| self::row(row, &shown)).collect(),
        bulk: shown.writes.then_some(bulk),
        exports: list.exports("/queue"),
        pager: list.pager(found.rows.len(), found.total, i64::MAX),
        empty: nothing(figures, as_of),
        ..Table::default()
    };
    let offered = Offered::new("/", &COLUMNS.map(|(key, _)| key), SHOWN);
    grid::arrange(app, who, list, &offered, view).await
}

fn facets(list: &ListAddress, found: &QueuePage, figures: &QueueFigures, mine: i64) -> Vec<Facet> {
    let chip = |name: &str, value: &str, title: String, shape: Option<Markup>, count: i64| {
        let (chosen, href) = list.toggle(name, value);
        Chip { title, shape, count: count.max(0) as u64, href, chosen }
    };
    let severity = |(severity, count): &(Severity, i64)| {
        let shape = Some(badge::severity_shape(*severity));
        chip("severity", severity.word(), badge::severity_word(*severity), shape, *count)
    };
    let severities = found.severities.iter().map(severity).collect();
    let mut whose = vec![
        chip("due", "overdue", say("queue-overdue"), None, figures.overdue),
        chip("due", "week", say("queue-week"), None, figures.overdue + figures.due_soon),
        chip("plan", "unplanned", say("queue-unplanned"), None, figures.unplanned),
        chip("plan", "planned", say("queue-planned"), None, figures.total - figures.unplanned),
        chip("excepted", "only", say("queue-excepted"), None, figures.excepted),
    ];
    if mine > 0 || list.get("mine") == "yes" {
        whose.insert(0, chip("mine", "yes", say("queue-mine"), None, mine));
    }
    let facets = [
        Facet { title: say("column-severity"), chips: severities },
        Facet { title: say("button-show"), chips: whose },
    ];
    facets.into_iter().filter(|facet| !facet.chips.is_empty()).collect()
}

fn columns(list: &ListAddress, found: &QueuePage, names: &Names) -> Vec<Column> {
    let column = |title: &str, width| Column { title: title.to_owned(), width, ..Column::default() };
    let filtered = |title: &str, width, name: &str, choices: Vec<(String, String)>| Column {
        title: title.to_owned(),
        width,
        filter: (!choices.is_empty()).then(|| ColumnFilter {
            name: name.to_owned(),
            value: list.get(name).to_owned(),
            choices,
        }),
        ..Column::default()
    };
    let counted = |word: String, count: i64| format!("{word} ({})", thousands(count));
    let checks = found.checks.iter().map(|(id, count)| (id.clone(), counted(check_title(id), *count)));
    let chosen = |id: &str| list.get("system") == id;
    let many = found.systems.iter().enumerate().filter(|(at, (id, _))| *at < MOST_SYSTEMS || chosen(id));
    let systems = many.map(|(_, (id, count))| match id.as_str() {
        "" => (PROGRAMME.to_owned(), counted(say("place-programme"), *count)),
        id => (id.to_owned(), counted(names.get(id).cloned().unwrap_or_default(), *count)),
    });
    vec![
        column(&say("column-severity"), Width::Fit),
        filtered(&say("queue-what"), Width::Fill, "check", checks.collect()),
        filtered(&say("queue-where"), Width::Fit, "system", systems.collect()),
        column(&say("column-due"), Width::Fit),
        column(&say("column-rank"), Width::Figures),
        column(&say("column-since"), Width::Fit),
        column(&say("column-controls"), Width::Fit),
    ]
}

/// Letters of the reason in a row: its own page has all of it.
const MOST_OF_WHY: usize = 120;

fn row(row: &DeficiencyRow, shown: &Shown<'_>) -> Row {
    let deficiency = &row.deficiency;
    let system = shown.names.get(&row.system).filter(|_| !row.system.is_empty());
    let place = system
        .map(|name| Link::new(name, past::href(&record_href("system", &row.system), shown.as_of)).anchor());
    let owner = deficiency.owner.as_ref().and_then(|id| shown.people.get(id));
    Row {
        id: deficiency.id.clone(),
        title: deficiency.title.clone(),
        href: deficiency::href_then(&deficiency.id, &row.system, shown.as_of),
        cells: vec![
            badge::severity(deficiency.severity),
            html! {
                (english(&deficiency.title))
                br; span.muted.why lang=[of_english()] { (cut(&deficiency.why, MOST_OF_WHY)) }
            },
            html! {
                @if let Some(place) = place { (place) } @else { span.muted { (say("place-programme")) } }
                br; span.muted { @if let Some(name) = owner { (name) } @else { (say("nobody")) } }
            },
            due(row, shown.today),
            html! { (plain(f64::from(deficiency.rank.score.round()))) },
            when::time(deficiency.since),
            html! { (cut(&deficiency.controls.join(", ").to_uppercase(), 24)) },
        ],
        actions: if shown.writes { actions(row) } else { Vec::new() },
        ..Row::default()
    }
}

fn due(row: &DeficiencyRow, today: Date) -> Markup {
    let deficiency = &row.deficiency;
    html! {
        @if let Some(excepted) = &deficiency.excepted {
            (badge::state(&Words::of("upcoming-until").with("day", excepted.until).said(), Progress::Aside))
        } @else if let Some(due) = deficiency.due {
            time { (due) } br; span.muted { (when::distance(due, today)) }
        } @else { span.muted { (say("queue-no-day")) } }
        @if let Some(item) = &deficiency.poam_item {
            " · " a href=(safe(&record_href("poam_item", item))) { (say("plan-planned")) }
        }
    }
}

fn actions(row: &DeficiencyRow) -> Vec<Action> {
    let id = &row.deficiency.id;
    let action =
        |verb: &'static str, key, deed: Deed| Action { verb: say(verb), href: deed.href(id), key: Some(key) };
    let mut actions = vec![action("button-assign", 'a', Deed::Assign)];
    if !row.system.is_empty() {
        actions.extend([action("button-plan", 'p', Deed::Plan), action("queue-except", 'e', Deed::Except)]);
    }
    actions
}

fn nothing(figures: &QueueFigures, as_of: Option<Date>) -> Empty {
    if figures.total > 0 || as_of.is_some() {
        let bare = ListAddress::parse(&past::href("/", as_of));
        return Empty::of("queue-none-fit").first(bare.with("", "")).second(bare.with("excepted", "too"));
    }
    Empty::of("queue-none").first("/import").second("/systems/new")
}
