//! A document as one self-contained HTML file.

use super::block::{Block, Level, Table};
use super::page::{Frame, document};
use super::printed::{ABOUT_SOURCES, Heading, Layout, Printed, SOURCE_COLUMNS};
use super::words::{Piece, Words};
use maud::{Markup, html};

/// The file. The same document gives the same bytes.
pub(super) fn written(of: &Printed) -> String {
    let class = match of.layout {
        Layout::Book => "book",
        Layout::Brief => "",
        Layout::OnePage => "one",
    };
    let frame = Frame {
        title: &of.title,
        organisation: &of.organisation,
        marking: of.marking.as_deref(),
        subtitle: html! { (of.subtitle) },
        class,
    };
    let headings = of.headings();
    let mut next = headings.iter();
    let content = html! {
        @if !of.particulars.is_empty() {
            dl { @for (name, what) in &of.particulars { dt { (name) } dd { (what) } } }
        }
        @if of.layout == Layout::Book { (contents(&headings)) }
        @for one in &of.blocks { (block(one, &mut next)) }
        @if !of.sources.is_empty() { (sources(of, next.next())) }
    };
    document(&frame, content)
}

fn contents(headings: &[Heading]) -> Markup {
    html! {
        nav aria-label="Contents" {
            p.contents { "Contents" }
            @for heading in headings.iter().filter(|heading| heading.level < Level::Thing) {
                p.part[heading.level == Level::Part] { a href={ "#" (heading.anchor) } { (heading.text) } }
            }
        }
    }
}

fn sources(of: &Printed, heading: Option<&Heading>) -> Markup {
    html! {
        @if let Some(heading) = heading { h2 id=(heading.anchor) { (heading.text) } }
        p.quiet { (ABOUT_SOURCES) }
        div.scroll { table.sources {
            thead { tr { @for title in SOURCE_COLUMNS { th scope="col" { (title) } } } }
            tbody {
                @for (nth, origin) in of.sources.iter().enumerate() {
                    tr id={ "s" (nth + 1) } {
                        th scope="row" { (nth + 1) }
                        td { (origin.title) } td { (origin.by) } td { (origin.at) } td { code { (origin.proof) } }
                    }
                }
            }
        } }
    }
}

fn block(block: &Block, headings: &mut dyn Iterator<Item = &Heading>) -> Markup {
    html! {
        @match block {
            Block::Lead(text) => p.answer { (words(text)) },
            Block::Heading(..) => @if let Some(heading) = headings.next() {
                @match heading.level {
                    Level::Chapter => h2 id=(heading.anchor) { (heading.text) },
                    Level::Part => h3.part id=(heading.anchor) { (heading.text) },
                    Level::Thing => h4 id=(heading.anchor) { (heading.text) },
                }
            },
            Block::Text(text) => p { (words(text)) },
            Block::Quiet(text) => p.quiet { (words(text)) },
            Block::List(points) => ul { @for point in points { li { (words(point)) } } },
            Block::Facts(facts) => dl { @for (name, what) in facts { dt { (name) } dd { (words(what)) } } },
            Block::Table(rows) => (table(rows)),
            Block::Drawing(drawing) | Block::Pictured(drawing, _) => div.drawing { (drawing) },
            Block::Beside(columns) => div.beside {
                @for column in columns { div { @for one in column { (self::block(one, headings)) } } }
            },
        }
    }
}

fn table(table: &Table) -> Markup {
    let figures = table.figures();
    let right = |nth: usize| figures.get(nth).copied().unwrap_or_default();
    html! {
        div.scroll { table {
            thead { tr { @for (nth, heading) in table.headings.iter().enumerate() {
                th.number[right(nth)] scope="col" { (heading) }
            } } }
            tbody { @for row in &table.rows { tr { @for (nth, cell) in row.iter().enumerate() {
                @if nth == 0 { th scope="row" { (words(cell)) } } @else { td.number[right(nth)] { (words(cell)) } }
            } } } }
        } }
    }
}

/// Running text; a line that its writer ended ends here too.
fn words(words: &Words) -> Markup {
    let lines =
        |text: &str| html! { @for (nth, line) in text.lines().enumerate() { @if nth > 0 { br; } (line) } };
    html! {
        @for piece in &words.0 {
            @match piece {
                Piece::Plain(text) => (lines(text)),
                Piece::Strong(text) => strong { (lines(text)) },
                Piece::Cite(cite) => a.ref href={ "#s" (cite.number) } { (cite.shown()) },
            }
        }
    }
}
