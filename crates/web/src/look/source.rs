//! An excerpt of a source: numbered lines around the place a fact came from.

use super::figure::cut;
use maud::{Markup, html};

/// The longest line shown, in characters; the rest is cut with an ellipsis.
pub const LINE_LIMIT: usize = 2_000;
/// The most lines shown.
pub const LINES_LIMIT: usize = 400;

/// An excerpt.
#[derive(Clone, Debug, Default)]
pub struct Excerpt {
    /// The file's name.
    pub name: String,
    /// The number of the first line given, counted from 1.
    pub first: u64,
    /// The lines without their ends.
    pub lines: Vec<String>,
    /// The number of the line the fact came from.
    pub highlight: Option<u64>,
    /// The address of the whole file.
    pub href: Option<String>,
}

/// The excerpt with line numbers; long lines wrap, very long ones are cut.
pub fn source(view: &Excerpt) -> Markup {
    let left = view.lines.len().saturating_sub(LINES_LIMIT);
    html! {
        figure.source {
            figcaption {
                @if let Some(href) = &view.href { a href=(super::link::safe(href)) { (view.name) } } @else { (view.name) }
                @if let Some(line) = view.highlight { span.muted { "line " (line) } }
                button.icon-button type="button" data-copy title="Copy" .script-only {
                    (super::icons::icon(super::icons::Icon::Copy)) span.sr { "Copy" }
                }
            }
            ol {
                @for (number, line) in (view.first..).zip(view.lines.iter().take(LINES_LIMIT)) {
                    @let marked = view.highlight == Some(number);
                    // On the file's own page (which does not link to itself) the line can be addressed.
                    li.marked[marked] id=[(marked && view.href.is_none()).then(|| format!("L{number}"))] {
                        span.line-number data-line=(number) {}
                        code { (cut(line, LINE_LIMIT)) }
                        @if marked { span.sr { " (this line)" } }
                    }
                }
            }
            @if left > 0 { p.muted { (left) " more lines" } }
        }
    }
}
