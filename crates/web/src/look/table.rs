//! Tables: the grid to work in. Columns that sort, rows that open, counts that filter, and a bar for many
//! rows at once. Everything is links and forms; the script only makes them faster.

mod arrange;
mod head;
mod rows;

pub use arrange::{Arrangement, Offer, View};

use super::Link;
use super::empty::{Empty, empty};
use super::pager::{Pager, pager};
use maud::{Markup, html};

/// A table with what surrounds it.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The id of the whole, which filters, sorting and paging swap.
    pub id: String,
    /// What the rows are, for those who listen.
    pub caption: String,
    /// The address of the list itself; the filter form goes there.
    pub action: String,
    /// Query parameters that the filter form must keep (scope, sort order, view).
    pub keep: Vec<(String, String)>,
    /// The text filter's parameter name and its present value.
    pub filter: Option<(String, String)>,
    /// Counts that are filters.
    pub facets: Vec<Facet>,
    /// Other ways to look at the same, always in the same order, and which is the present one.
    pub views: Vec<(Link, Chosen)>,
    /// What stands at the left of the rows: a tree of what they belong to.
    pub tree: Option<Markup>,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows of this page.
    pub rows: Vec<Row>,
    /// What can be done with several rows; rows can be selected only when there is some of it.
    pub bulk: Option<Bulk>,
    /// Every row that fits, for what is done with several rows, when it may be done with all of them.
    pub whole: Option<Whole>,
    /// Exports: `CSV`, `XLSX`.
    pub exports: Vec<Link>,
    /// Where we are; a table that is shown whole leaves it at its default.
    pub pager: Pager,
    /// Shown in place of the rows when there are none.
    pub empty: Empty,
    /// What was just done here, with the way back.
    pub said: Option<Markup>,
    /// Columns that can be chosen and views that can be saved, where that is offered.
    pub arrangement: Option<Arrangement>,
}

/// Counts of one property, each a link that filters by it.
#[derive(Clone, Debug, Default)]
pub struct Facet {
    /// The property: `State`.
    pub title: String,
    /// Its values.
    pub chips: Vec<Chip>,
}

/// A value with its count.
#[derive(Clone, Debug, Default)]
pub struct Chip {
    /// The value.
    pub title: String,
    /// The shape that goes with it, such as a severity's.
    pub shape: Option<Markup>,
    /// How many.
    pub count: u64,
    /// Where the click goes: sets the filter, or takes it away when it is set.
    pub href: String,
    /// Whether the filter is set.
    pub chosen: Chosen,
}

/// Whether a filter is set or a row selected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chosen {
    /// It is not.
    #[default]
    No,
    /// It is.
    Yes,
}

/// A column.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Heading.
    pub title: String,
    /// How it takes its width.
    pub width: Width,
    /// The address that sorts by it, when it can be sorted by.
    pub sort: Option<String>,
    /// How the rows are sorted by it now.
    pub sorted: Sorted,
    /// A filter of its own below the heading.
    pub filter: Option<ColumnFilter>,
}

impl Column {
    /// A column that cannot be sorted by.
    pub fn plain(title: &str, width: Width) -> Self {
        Self { title: title.to_owned(), width, ..Self::default() }
    }
}

/// How a column takes its width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// As wide as its content, which stays on one line.
    #[default]
    Fit,
    /// What is left; the content wraps or is cut after one line.
    Fill,
    /// Figures: as wide as they are, aligned to the right.
    Figures,
}

/// How the rows are sorted by a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sorted {
    /// Not by it.
    #[default]
    No,
    /// Lowest first.
    Ascending,
    /// Highest first.
    Descending,
}

/// A filter below a heading.
#[derive(Clone, Debug)]
pub struct ColumnFilter {
    /// Parameter name.
    pub name: String,
    /// Present value.
    pub value: String,
    /// The choices (value and word); empty means free text.
    pub choices: Vec<(String, String)>,
}

/// A row.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The value its checkbox sends.
    pub id: String,
    /// The name read out with its checkbox.
    pub title: String,
    /// Where it opens; empty when it opens nowhere.
    pub href: String,
    /// Cells, one per column. The link to `href` is put around the first cell of width `Fill`.
    pub cells: Vec<Markup>,
    /// Where the form of a cell is that can be changed in place, one per column; may be left empty.
    pub edits: Vec<Option<String>>,
    /// What can be done with it.
    pub actions: Vec<Action>,
    /// Whether it is selected.
    pub chosen: Chosen,
}

/// A thing to do with one row; opens a form in the side panel, or as a page without scripts.
#[derive(Clone, Debug, Default)]
pub struct Action {
    /// The verb.
    pub verb: String,
    /// Where its form is.
    pub href: String,
    /// The key that triggers it on the current row.
    pub key: Option<char>,
}

/// What can be done with several rows.
#[derive(Clone, Debug, Default)]
pub struct Bulk {
    /// Where the form posts to; checked rows are sent as repeated `row`.
    pub action: String,
    /// The request token.
    pub csrf: String,
    /// Verbs.
    pub verbs: Vec<Verb>,
    /// What happens to the page.
    pub then: Then,
}

/// Every row that fits the filters, also those on other pages.
#[derive(Clone, Debug, Default)]
pub struct Whole {
    /// How many.
    pub count: u64,
    /// The list's address; the bar sends it as `list`, with `all` when every row is meant.
    pub list: String,
}

/// Something to do with the selected rows; its key does it to the current row when none is selected.
#[derive(Clone, Debug, Default)]
pub struct Verb {
    /// The value sent as `verb`.
    pub value: String,
    /// The word on the button.
    pub word: String,
    /// The key.
    pub key: Option<char>,
}

impl Verb {
    /// A verb without a key.
    pub fn new(value: impl Into<String>, word: impl Into<String>) -> Self {
        Self { value: value.into(), word: word.into(), key: None }
    }

    /// The same with a key.
    pub fn on(self, key: char) -> Self {
        Self { key: Some(key), ..self }
    }
}

/// What the page does after rows were acted on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Then {
    /// Another page follows: a form, a preview.
    #[default]
    Leaves,
    /// The list stays where it is; [`patch`] brings the rows that changed.
    Stays,
}

/// What changed in a table that stays on the page: its message, its counts and the rows of the view, which are those
/// that changed.
pub fn patch(view: &Table) -> Markup {
    html! {
        div {
            (said(view))
            (head::toolbar(view))
            @if let Some(tree) = &view.tree { (tree) }
            table { tbody { @for row in &view.rows { (rows::row(view, row)) } } }
        }
    }
}

/// The rows that follow those a grid holds, and what stands for those after them.
pub fn more(view: &Table) -> Markup {
    html! { table { (rows::bodies(view)) } }
}

/// The message about what was just done; empty, it is the place one comes to.
fn said(view: &Table) -> Markup {
    html! {
        div #(format!("{}-said", view.id)) .said role="status" data-patch { @if let Some(said) = &view.said { (said) } }
    }
}

/// The table with its filters, bars and pager.
pub fn table(view: &Table) -> Markup {
    // A filter below a heading must stay within reach when it leaves no row.
    let filtered = view.columns.iter().any(|column| column.filter.is_some());
    html! {
        div #(view.id) .grid.with-tree[view.tree.is_some()] data-grid {
            (said(view))
            (head::toolbar(view))
            @if let Some(tree) = &view.tree { (tree) }
            @if !view.rows.is_empty() || filtered { (rows::grid(view)) }
            @if view.rows.is_empty() { (empty(&view.empty)) }
            @else if view.pager.last > 0 { div.grid-foot { (pager(&view.pager, &view.id)) } }
            (rows::bulk_bar(view))
        }
    }
}
