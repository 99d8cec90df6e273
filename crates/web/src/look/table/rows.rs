//! The rows, their actions, and the bar for several rows.

use super::head::{headings, width_class};
use super::{Action, Chosen, Column, Row, Table, Then, Width};
use crate::look::figure::cut;
use crate::look::link::safe;
use crate::look::panel::PANEL_ID;
use crate::words::{Words, say};
use maud::{Markup, PreEscaped, html};

/// The most characters of a row's title that its checkbox and its verbs repeat for those who listen.
const HEARD: usize = 24;

pub(super) fn grid(view: &Table) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(view.caption) {
            table.rows {
                caption.sr { (view.caption) }
                (headings(view))
                (bodies(view))
            }
        }
    }
}

/// The height of a row in pixels until the script knows better.
const ROW: u64 = 31;

/// The rows, and the room of those that come as one scrolls.
pub(super) fn bodies(view: &Table) -> Markup {
    html! {
        tbody { @for row in &view.rows { (self::row(view, row)) } }
        @if let Some(rest) = &view.pager.rest {
            tbody.rest.script-only data-more=(safe(&rest.href)) data-left=(rest.left) {
                tr { td colspan=(view.columns.len() + 2) {
                    button.small.plain type="button" data-more-rows { (Words::of("table-more-rows").with("count", rest.left)) }
                    svg width="1" height=(rest.left.saturating_mul(ROW).min(MOST_HIGH)) aria-hidden="true" {}
                } }
            }
        }
    }
}

/// The greatest height in pixels that is kept for rows to come.
const MOST_HIGH: u64 = 4_000_000;

pub(super) fn row(view: &Table, row: &Row) -> Markup {
    let acting = view.rows.iter().any(|row| !row.actions.is_empty());
    html! {
        tr data-row=(row.id) aria-selected=[(row.chosen == Chosen::Yes).then_some("true")] {
            @if view.bulk.is_some() {
                td.check {
                    input type="checkbox" name="row" form=(bulk_id(view)) value=(row.id) checked[row.chosen == Chosen::Yes] aria-label=(Words::of("table-select").with("name", cut(&row.title, HEARD)));
                }
            }
            (cells(view, row))
            @if acting { td.actions { div { @for action in &row.actions { (action_link(action, row)) } } } }
        }
    }
}

pub(super) fn bulk_bar(view: &Table) -> Markup {
    html! {
        @if let Some(bulk) = view.bulk.as_ref().filter(|_| !view.rows.is_empty()) {
            @let swap = (bulk.then == Then::Stays).then(|| format!("#{}", view.id));
            form.bulk #(bulk_id(view)) method="post" action=(safe(&bulk.action)) data-bulk data-swap=[swap] aria-label=(say("table-selected")) data-one=(say("table-selected-one")) data-many=(say("table-selected-many")) {
                input type="hidden" name="_csrf" value=(bulk.csrf);
                span.bulk-count { (say("table-selected")) }
                @if let Some(whole) = &view.whole {
                    input type="hidden" name="list" value=(whole.list);
                    @if whole.count > view.rows.len() as u64 {
                        label { input type="checkbox" name="all" value="yes"; " " (Words::of("table-all-that-fit").with("count", whole.count)) }
                    }
                }
                @for verb in &bulk.verbs {
                    button.small name="verb" value=(verb.value) data-key=[verb.key] {
                        (verb.word) @if let Some(key) = verb.key { " " kbd { (key) } }
                    }
                }
                button.small.plain type="button" data-select-none .script-only { (say("table-clear")) }
            }
        }
    }
}

fn bulk_id(view: &Table) -> String {
    format!("{}-bulk", view.id)
}

/// The first cell that fills carries the link, if the row opens anywhere, and its cell is the row's heading; when no column fills, the
/// first one does.
fn cells(view: &Table, row: &Row) -> Markup {
    let main = view.columns.iter().position(|column| column.width == Width::Fill).unwrap_or(0);
    html! {
        @for (index, (column, cell)) in view.columns.iter().zip(&row.cells).enumerate() {
            @if index == main {
                th scope="row" class=(width_class(column.width)) {
                    @if row.href.is_empty() { (cell) }
                    @else { a.row-link href=(safe(&row.href)) data-swap=(format!("#{PANEL_ID}")) { (unlinked(cell)) } }
                }
            } @else {
                @let edit = row.edits.get(index).and_then(Option::as_ref).map(|href| safe(href));
                td class=(width_class(column.width)) data-l=[label(column, cell)] data-edit=[edit] { (day_whole(cell)) }
            }
        }
    }
}

/// A cell that begins with a day, which stays on one line however narrow the column gets.
fn day_whole(cell: &Markup) -> Markup {
    let day = cell.0.get(..10).filter(|day| day.parse::<jiff::civil::Date>().is_ok());
    html! {
        @match day {
            Some(day) => { span.whole { (day) } (PreEscaped(cell.0.get(10..).unwrap_or_default())) }
            None => (cell),
        }
    }
}

/// A cell without links of its own: it stands in one, and links do not nest. Attributes hold no `>`: it is
/// escaped there.
fn unlinked(cell: &Markup) -> Markup {
    let mut text = String::with_capacity(cell.0.len());
    let mut rest = cell.0.as_str();
    while let Some(at) = rest.find("<a ").into_iter().chain(rest.find("</a>")).min() {
        text.push_str(&rest[..at]);
        rest = rest[at..].split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    PreEscaped(text)
}

/// What a narrow window, where rows are cards without headings, says before a figure or a day.
fn label<'c>(column: &'c Column, cell: &Markup) -> Option<&'c str> {
    let bare = column.width == Width::Figures || cell.0.contains("<time") || is_day(&cell.0);
    (bare && !column.title.is_empty()).then_some(column.title.as_str())
}

/// Whether a cell begins with a day such as `2026-11-23`.
fn is_day(text: &str) -> bool {
    let text = if text.starts_with('<') { text.split_once('>').map_or("", |(_, rest)| rest) } else { text };
    let bytes = text.as_bytes();
    bytes.len() >= 10 && bytes[4] == b'-' && bytes[7] == b'-' && bytes[..4].iter().all(u8::is_ascii_digit)
}

fn action_link(action: &Action, row: &Row) -> Markup {
    html! {
        a.button.small href=(safe(&action.href)) data-swap=(format!("#{PANEL_ID}")) data-key=[action.key] {
            (action.verb) span.sr { ": " (cut(&row.title, HEARD)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_taken_out_and_their_words_stay() {
        let cell =
            html! { a href="/x?a=1>2" title="<a b>" { "AC-2" } ", " b { a href="/y" { "AC-3" } } " <a " };
        assert_eq!(unlinked(&cell).0, "AC-2, <b>AC-3</b> &lt;a ");
        assert_eq!(unlinked(&html! { "plain" }).0, "plain");
    }

    #[test]
    fn days_and_figures_say_what_they_are_where_there_are_no_headings() {
        let column = |width| Column { title: "Due".to_owned(), width, ..Column::default() };
        let fit = column(Width::Fit);
        assert_eq!(label(&fit, &html! { span { "2026-11-23 late" } }), Some("Due"));
        assert_eq!(label(&fit, &html! { time { "yesterday" } }), Some("Due"));
        assert_eq!(label(&fit, &html! { "2026 words" }), None);
        assert_eq!(label(&column(Width::Figures), &html! { "7" }), Some("Due"));
    }
}
