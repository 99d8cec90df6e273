//! An excerpt of a source: numbered lines around the place a fact came from.

use super::figure::cut;
use crate::words::{Words, say};
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
    let numbered: Vec<(u64, &str)> =
        (view.first..).zip(view.lines.iter().take(LINES_LIMIT).map(String::as_str)).collect();
    html! {
        figure.source {
            figcaption {
                @if let Some(href) = &view.href { a href=(super::link::safe(href)) { (view.name) } } @else { (view.name) }
                @if let Some(line) = view.highlight { span.muted { (Words::of("source-line").with("line", line.to_string())) } }
                button.icon-button type="button" data-copy title=(say("button-copy")) .script-only {
                    (super::icons::icon(super::icons::Icon::Copy)) span.sr { (say("button-copy")) }
                }
            }
            ol { (blocks(&numbered, view)) }
            @if left > 0 { p.muted { (Words::of("source-more").with("count", left)) } }
        }
    }
}

/// How deep parts are folded; what is nested deeper stands flat inside the last of them.
const DEPTH: usize = 24;

/// Lines with what belongs to each folded below it: a line of JSON, XML or YAML owns the lines that follow it
/// with more indentation. All of it is open at first, so that nothing is hidden unless somebody folds it.
fn blocks(lines: &[(u64, &str)], view: &Excerpt) -> Markup {
    fold(lines, view, 0)
}

fn fold(lines: &[(u64, &str)], view: &Excerpt, depth: usize) -> Markup {
    let mut parts = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let head = indentation(lines[at].1);
        let owned = lines[at + 1..].iter().take_while(|(_, line)| is_owned(line, head)).count();
        let children = &lines[at + 1..at + 1 + owned];
        let folds =
            depth < DEPTH && head.is_some() && children.iter().any(|(_, line)| !line.trim().is_empty());
        parts.push(if folds {
            html! { li.fold { details open { summary.marked[is_marked(lines[at].0, view)] id=[anchor(lines[at].0, view)] { (line(lines[at], view)) } ol { (fold(children, view, depth + 1)) } } } }
        } else {
            html! {
                li.marked[is_marked(lines[at].0, view)] id=[anchor(lines[at].0, view)] { (line(lines[at], view)) }
                @for other in children { li.marked[is_marked(other.0, view)] id=[anchor(other.0, view)] { (line(*other, view)) } }
            }
        });
        at += 1 + owned;
    }
    html! { @for part in &parts { (part) } }
}

/// Spaces and tabs before the text; a line without text has none.
fn indentation(line: &str) -> Option<usize> {
    (!line.trim().is_empty()).then(|| line.len() - line.trim_start().len())
}

/// Whether a line stands inside one with so much indentation.
fn is_owned(line: &str, head: Option<usize>) -> bool {
    head.is_some_and(|head| indentation(line).is_none_or(|own| own > head))
}

fn is_marked(number: u64, view: &Excerpt) -> bool {
    view.highlight == Some(number)
}

/// On the file's own page (which does not link to itself) the line that is marked can be addressed.
fn anchor(number: u64, view: &Excerpt) -> Option<String> {
    (is_marked(number, view) && view.href.is_none()).then(|| format!("L{number}"))
}

fn line((number, text): (u64, &str), view: &Excerpt) -> Markup {
    let marked = is_marked(number, view);
    html! {
        span.line-number data-line=(number) {}
        code { (cut(text, LINE_LIMIT)) }
        @if marked { span.sr { " (" (say("source-this")) ")" } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str) -> String {
        let lines = text.lines().map(str::to_owned).collect();
        source(&Excerpt { first: 7, lines, highlight: Some(9), ..Excerpt::default() }).into_string()
    }

    #[test]
    fn a_line_folds_what_is_indented_below_it() {
        let html = drawn("{\n  \"a\": {\n    \"b\": 1\n  },\n  \"c\": 2\n}");
        assert_eq!(html.matches("<details open>").count(), 2);
        assert_eq!(html.matches("<code>").count(), 6, "every line stands once");
        assert!(html.contains("<li class=\"marked\" id=\"L9\"><span class=\"line-number\" data-line=\"9\">"));
    }

    #[test]
    fn every_line_stands_once_in_its_order_whatever_the_indentation() {
        let deep: String = (0..60).map(|depth| format!("{}x{depth}\n", " ".repeat(depth))).collect();
        for text in ["a\n\n  b\n\n c\nd", "  a\nb\n\t c", "", "\n\n", &deep] {
            let html = drawn(text);
            let numbers: Vec<u64> = html
                .split("data-line=\"")
                .skip(1)
                .filter_map(|rest| rest.split('"').next()?.parse().ok())
                .collect();
            let expected: Vec<u64> = (7..7 + text.lines().count() as u64).collect();
            assert_eq!(numbers, expected, "{text:?}");
        }
    }
}
