//! The list of POA&M items.

use super::{chart, facets::facets};
use crate::error::{Answer, PageError};
use crate::file;
use crate::grid::{self, Offered};
use crate::list::{ListAddress, PAGE, encoded};
use crate::look::badge::{self, Progress};
use crate::look::empty::Empty;
use crate::look::figure::{cut, plain};
use crate::look::progress::meter;
use crate::look::shell::{self, Place};
use crate::look::table::{Column, Row, Table, Whole, Width, table};
use crate::look::when;
use crate::page::Page;
use crate::pages::records::{bulk, cell};
use crate::past::{self, last_instant};
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use axum::extract::State;
use jiff::civil::Date;
use maud::{Markup, html};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use warrant_model::kinds::PoamItem;
use warrant_model::registry::KindEntry;
use warrant_model::scope::Role;
use warrant_model::time::{day, from_micros};
use warrant_service::query::{RecordQuery, RecordRow};
use warrant_service::tables::TableFormat;

/// The columns' names, and the titles of the export's columns that hold what each shows.
const COLUMNS: [(&str, &[&str]); 12] = [
    ("severity", &["Severity"]),
    ("item", &["Weakness"]),
    ("system", &["System"]),
    ("state", &["State"]),
    ("owner", &["Responsible"]),
    ("due", &["Scheduled completion"]),
    ("milestones", &["Milestones done"]),
    ("identified", &["Identified on"]),
    ("controls", &["Security controls"]),
    ("cost", &["Cost"]),
    ("hours", &["Hours"]),
    ("changed", &["Last changed"]),
];
/// How many of them are shown at first.
const SHOWN: usize = 7;

/// The most items a page takes into account.
const MOST: i64 = 20_000;

/// An item with its row.
pub(super) struct Item {
    pub(super) row: RecordRow,
    pub(super) body: PoamItem,
}

impl Item {
    pub(super) fn is_open(&self, kind: &KindEntry) -> bool {
        !chart::has_ended(kind, &self.row.state)
    }

    pub(super) fn is_overdue(&self, kind: &KindEntry, today: Date) -> bool {
        self.is_open(kind) && self.body.due.is_some_and(|due| due < today)
    }
}

/// The page.
pub(super) async fn page(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    let kind = app.service.kind("poam_item")?;
    let as_of = past::as_of(&app, &address)?;
    let today = as_of.unwrap_or(day(app.service.now()));
    let query = query(&app, &who, &address).await?;
    let all = items_at(&app, &who, &query, as_of).await?;
    let shown = chosen(&all, kind, &address, today);
    let total = shown.len();
    let from = usize::try_from(address.offset()).unwrap_or(usize::MAX).min(total);
    let shown: Vec<&Item> = shown.into_iter().skip(from).take(PAGE as usize).collect();
    let steps = app.service.state_steps(&who.actor, kind.spec.name, query.system.as_deref()).await?;
    let view = view(&app, &who, &address, (&all, &shown), total).await?;
    let new = html! {
        @if as_of.is_none() { a.button href="/poam/board" { (say("board")) } a.button.primary href="/records/poam_item/new?next=/poam" { (say("button-plan")) } }
    };
    let main = html! {
        (shell::heading(&[], say("places-poa-m"), lead(&address, kind, &all, today), new))
        div.stack-gap {
            @if !all.is_empty() && as_of.is_none() { (chart::chart(kind, &steps, all.iter().map(|item| &item.row), today)) }
            (table(&view))
        }
    };
    let title = say("places-poa-m");
    let mut page = Page::new(&title, Place::Systems, "/poam").in_the_chosen_language();
    page.day = Some(past::control(&app, &address, "poam_item", as_of).await?);
    page.with(&app, &who, main).await
}

/// The table of the items shown, `total` of all that fit.
async fn view(
    app: &App,
    who: &Who,
    address: &ListAddress,
    (all, shown): (&[Item], &[&Item]),
    total: usize,
) -> Result<Table, PageError> {
    let kind = app.service.kind("poam_item")?;
    let as_of = past::as_of(app, address)?;
    let today = as_of.unwrap_or(day(app.service.now()));
    let of_page: Vec<RecordRow> = shown.iter().map(|item| item.row.clone()).collect();
    let titles = app.service.link_titles(&who.actor, &of_page).await?;
    let writes = as_of.is_none() && who.actor.highest >= Some(Role::Engineer);
    let edits = if writes { InPlace::Changed } else { InPlace::Read };
    let of_list = OfList { kind, titles: &titles, today, as_of, edits };
    let view = Table {
        id: "poam".to_owned(),
        caption: say("poam-items"),
        action: "/poam".to_owned(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: facets(address, kind, all, today),
        columns: columns(address),
        rows: shown.iter().map(|item| row(item, &of_list)).collect(),
        bulk: writes.then(|| bulk::bar(who, kind)),
        whole: writes.then(|| Whole { count: total as u64, list: address.with("", "") }),
        exports: address.exports("/poam"),
        pager: address.pager(shown.len(), total as i64, MOST),
        empty: nothing(address, all),
        ..Table::default()
    };
    let offered = Offered::new("/poam", &COLUMNS.map(|(key, _)| key), SHOWN);
    grid::arrange(app, who, address, &offered, view).await
}

/// The table as the address asks for it, of which only this item's row is drawn.
pub(in crate::pages) async fn with_row(
    app: &App,
    who: &Who,
    address: &ListAddress,
    row: RecordRow,
) -> Result<Table, PageError> {
    let kind = app.service.kind("poam_item")?;
    let all = items(app, who, &query(app, who, address).await?).await?;
    let total = chosen(&all, kind, address, day(app.service.now())).len();
    let body = warrant_model::kind::parse_body(&row.body);
    let item = body.map(|body| Item { row, body });
    let shown: Vec<&Item> = item.iter().collect();
    view(app, who, address, (&all, &shown), total).await
}

/// The records of every item the address asks for.
pub(in crate::pages) async fn rows(
    app: &App,
    who: &Who,
    address: &ListAddress,
) -> Result<Vec<RecordRow>, PageError> {
    let kind = app.service.kind("poam_item")?;
    let as_of = past::as_of(app, address)?;
    let all = items_at(app, who, &query(app, who, address).await?, as_of).await?;
    let rows = chosen(&all, kind, address, as_of.unwrap_or(day(app.service.now())));
    Ok(rows.into_iter().map(|item| item.row.clone()).collect())
}

/// The list as comma-separated values.
pub(super) async fn csv(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Csv).await
}

/// The list as a workbook.
pub(super) async fn xlsx(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Xlsx).await
}

async fn export(app: &App, who: &Who, address: &ListAddress, format: TableFormat) -> Answer {
    let rows = rows(app, who, address).await?;
    let shape = grid::shape(format, address, &COLUMNS);
    Ok(file::table("poam", format, app.service.export_poam_items(&who.actor, &rows, shape).await?))
}

/// What the store filters by. State and severity are told from the items, so that every chip can be counted.
pub(super) async fn query(app: &App, who: &Who, address: &ListAddress) -> Result<RecordQuery, PageError> {
    let owner = address.some("owner").map(|owner| ("owner".to_owned(), owner.to_lowercase()));
    let system = match address.some("system") {
        Some(system) => Some(app.service.system_row(&who.actor, &system).await?.id),
        None => None,
    };
    Ok(RecordQuery {
        kind: "poam_item".to_owned(),
        text: address.get("q").to_lowercase(),
        system,
        fields: owner.into_iter().collect(),
        limit: MOST,
        ..RecordQuery::default()
    })
}

pub(super) async fn items(app: &App, who: &Who, query: &RecordQuery) -> Result<Vec<Item>, PageError> {
    let rows = app.service.list_records(&who.actor, query).await?.rows;
    let item = |row: RecordRow| warrant_model::kind::parse_body(&row.body).map(|body| Item { row, body });
    Ok(rows.into_iter().filter_map(item).collect())
}

/// The same as of a day that has passed.
async fn items_at(
    app: &App,
    who: &Who,
    query: &RecordQuery,
    as_of: Option<Date>,
) -> Result<Vec<Item>, PageError> {
    let Some(date) = as_of else { return items(app, who, query).await };
    let rows = app.service.list_records_at(&who.actor, query, last_instant(date)).await?.rows;
    let item = |row: RecordRow| warrant_model::kind::parse_body(&row.body).map(|body| Item { row, body });
    Ok(rows.into_iter().filter_map(item).collect())
}

/// The items the address asks for, in its order.
fn chosen<'a>(all: &'a [Item], kind: &KindEntry, address: &ListAddress, today: Date) -> Vec<&'a Item> {
    let severity = address.get("severity");
    let severe =
        |item: &&Item| severity.is_empty() || item.body.severity.is_some_and(|s| s.word() == severity);
    let mut items: Vec<&Item> =
        all.iter().filter(|item| fits(item, kind, address, today)).filter(severe).collect();
    sort(&mut items, address);
    items
}

/// Whether the state asked for is the item's.
pub(super) fn fits(item: &Item, kind: &KindEntry, address: &ListAddress, today: Date) -> bool {
    match address.get("state") {
        "all" => true,
        "" | "open" => item.is_open(kind),
        "overdue" => item.is_overdue(kind, today),
        state => item.row.state == state,
    }
}

fn sort(items: &mut [&Item], address: &ListAddress) {
    let late = Date::MAX;
    let (column, descending) = address.sorted();
    match column {
        "title" => items.sort_by_cached_key(|item| item.body.title.to_lowercase()),
        "severity" => items.sort_by_key(|item| item.body.severity),
        "state" => items.sort_by_key(|item| item.row.state.clone()),
        // Without a wish, what is due first comes first, and of that the worst.
        _ => items.sort_by_key(|item| (item.body.due.unwrap_or(late), Reverse(item.body.severity))),
    }
    if descending {
        items.reverse();
    }
}

fn lead(address: &ListAddress, kind: &KindEntry, all: &[Item], today: Date) -> Markup {
    let open = all.iter().filter(|item| item.is_open(kind)).count();
    let overdue = all.iter().filter(|item| item.is_overdue(kind, today)).count();
    let next = all
        .iter()
        .filter(|item| item.is_open(kind))
        .filter_map(|item| item.body.due)
        .filter(|due| *due >= today)
        .min();
    let without = all.iter().filter(|item| item.is_open(kind) && item.body.owner.is_none()).count();
    let link = |state: &str, name: &'static str, count: usize| {
        let words = Words::of(name).with("count", count);
        html! { a href=(address.with("state", state)) { (words) } }
    };
    let figures =
        html! { strong { (link("", "poam-open", open)) ", " (link("overdue", "poam-overdue", overdue)) } };
    let words = Words::of(if next.is_some() { "poam-lead-next" } else { "poam-lead-all" });
    let next = next.map_or_else(String::new, |next| format!("{next} ({})", when::distance(next, today)));
    html! { (words.with("next", next).with("without", without).around("figures", figures)) }
}

fn columns(address: &ListAddress) -> Vec<Column> {
    let column = |title: &str, width, sort: Option<&str>| {
        let (sorted, href) = sort.map(|sort| address.sort(sort)).unzip();
        Column {
            title: title.to_owned(),
            width,
            sort: href,
            sorted: sorted.unwrap_or_default(),
            filter: None,
        }
    };
    vec![
        column(&say("column-severity"), Width::Fit, Some("severity")),
        column(&say("column-item"), Width::Fill, Some("title")),
        column(&say("column-system"), Width::Fit, None),
        column(&say("column-state"), Width::Fit, Some("state")),
        column(&say("column-owner"), Width::Fit, None),
        column(&say("column-due"), Width::Fit, Some("due")),
        column(&say("column-milestones"), Width::Fit, None),
        column(&say("column-identified"), Width::Fit, None),
        column(&say("column-controls"), Width::Fit, None),
        column(&say("column-cost"), Width::Figures, None),
        column(&say("column-hours"), Width::Figures, None),
        column(&say("column-changed"), Width::Fit, None),
    ]
}

/// The fields that the columns show, where they can be changed in place.
const FIELDS: [Option<&str>; 12] = [
    Some("severity"),
    None,
    None,
    None,
    Some("owner"),
    Some("due"),
    None,
    Some("identified"),
    None,
    Some("cost"),
    Some("hours"),
    None,
];

/// What can be done to cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum InPlace {
    Changed,
    Read,
}

/// What every row of a list shares.
struct OfList<'a> {
    kind: &'a KindEntry,
    titles: &'a BTreeMap<String, String>,
    today: Date,
    /// The day the list is shown as of; `None`: now.
    as_of: Option<Date>,
    edits: InPlace,
}

fn row(item: &Item, list: &OfList<'_>) -> Row {
    let OfList { kind, titles, today, as_of, edits } = *list;
    let edit = |name: Option<&str>| {
        let field =
            kind.field(name?).filter(|field| edits == InPlace::Changed && cell::is_editable(kind, field));
        field.map(|field| cell::href(kind, &item.row.id, field))
    };
    let body = &item.body;
    let system = body.system.as_str();
    let name = |id: &str| titles.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let done = body.milestones.iter().filter(|milestone| milestone.done.is_some()).count();
    let steps = body.milestones.len();
    Row {
        id: item.row.id.clone(),
        title: body.title.clone(),
        href: past::href(&format!("/records/poam_item/{}", encoded(&item.row.id)), as_of),
        cells: vec![
            html! { @match body.severity { Some(severity) => (badge::severity(severity)), None => span.muted { (say("not-set")) } } },
            html! { (body.title) },
            html! { a href=(past::href(&format!("/systems/{}/poam", encoded(system)), as_of)) { (cut(&name(system), 20)) } },
            state(kind, &item.row.state),
            html! { @match &body.owner { Some(owner) => (name(owner.as_str())), None => span.muted { (say("nobody")) } } },
            html! {
                @match body.due {
                    Some(due) if item.is_overdue(kind, today) => { (due) " " (badge::state(&say("poam-late"), Progress::Failed)) },
                    Some(due) => { (due) " " span.muted { (when::distance(due, today)) } },
                    None => span.muted { (say("no-date")) },
                }
            },
            html! {
                @if steps == 0 { span.muted { (say("none")) } }
                @else { (meter(done as f64 / steps as f64, &Words::of("poam-milestones").with("done", done).with("all", steps).said())) }
            },
            html! { @match body.identified { Some(day) => (day), None => span.muted { (say("not-set")) } } },
            html! { (cut(&body.controls.join(", ").to_uppercase(), 24)) },
            html! { @match body.cost { Some(cost) => (plain(cost)), None => span.muted { "–" } } },
            html! { @match body.hours { Some(hours) => (plain(hours)), None => span.muted { "–" } } },
            when::time(from_micros(item.row.updated_at)),
        ],
        edits: FIELDS.map(edit).to_vec(),
        ..Row::default()
    }
}

/// A state as a badge with its title.
fn state(kind: &KindEntry, name: &str) -> Markup {
    let progress = match name {
        "draft" => Progress::Unknown,
        "planned" => Progress::Open,
        "ongoing" | "validating" => Progress::Underway,
        "closed" => Progress::Done,
        _ => Progress::Aside,
    };
    badge::state(&kinds::stage_named(&kind.spec, name), progress)
}

fn nothing(address: &ListAddress, all: &[Item]) -> Empty {
    let narrowed = ["q", "system", "owner"].iter().any(|name| !address.get(name).is_empty());
    if narrowed || !all.is_empty() {
        return Empty::of("poam-none-fit").first("/poam").second("/poam?state=all");
    }
    Empty::of("poam-none").first("/").second("/import?kind=poam_item#tables")
}
