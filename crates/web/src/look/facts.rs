//! Facts: what is known about a thing, as terms and descriptions.

use crate::words::say;
use maud::{Markup, html};

/// A term and its description.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The term: `Owner`.
    pub term: String,
    /// What is known; `None` is shown as a dash with the word `not set`.
    pub description: Option<Markup>,
}

impl Fact {
    /// A fact in plain text.
    pub fn text(term: impl Into<String>, description: impl AsRef<str>) -> Self {
        let description = description.as_ref();
        Self { term: term.into(), description: Some(html! { (description) }) }
    }

    /// A fact with markup.
    pub fn markup(term: impl Into<String>, description: Markup) -> Self {
        Self { term: term.into(), description: Some(description) }
    }

    /// A fact nobody has given.
    pub fn missing(term: impl Into<String>) -> Self {
        Self { term: term.into(), description: None }
    }
}

/// The facts as a definition list.
pub fn facts(facts: &[Fact]) -> Markup {
    html! {
        dl.facts {
            @for fact in facts {
                div {
                    dt { (fact.term) }
                    dd {
                        @if let Some(description) = &fact.description { (description) }
                        @else { span.muted { (say("not-set")) } }
                    }
                }
            }
        }
    }
}

/// A large figure with its caption, for the top of a page.
#[derive(Clone, Debug, Default)]
pub struct Figure {
    /// The figure with its unit: `€ 1.2 M`.
    pub value: String,
    /// What it is.
    pub caption: String,
    /// What it was, or where it comes from.
    pub note: String,
    /// The evidence or list behind it.
    pub href: Option<String>,
}

/// A row of large figures.
pub fn figures(figures: &[Figure]) -> Markup {
    html! {
        ul.figures {
            @for figure in figures {
                li {
                    span.caption { (figure.caption) }
                    @if let Some(href) = &figure.href {
                        a.value href=(super::link::safe(href)) { (figure.value) }
                    } @else { span.value { (figure.value) } }
                    @if !figure.note.is_empty() { span.note { (figure.note) } }
                }
            }
        }
    }
}
