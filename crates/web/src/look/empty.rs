//! Empty places: what belongs here and the ways to fill it. What they say is a message of `content/words`, so that an
//! empty place cannot be made in one language alone.

use super::link::safe;
use crate::language;
use crate::words::{Put, Words};
use maud::{Markup, html};

/// An empty place, made of one message: its words are the title (`No findings yet`), its part `text` the sentence
/// below (what belongs here), its parts `first` and `second` the words on the ways to fill it.
#[derive(Clone, Debug)]
pub struct Empty {
    words: Words,
    first: Option<String>,
    second: Option<String>,
}

impl Default for Empty {
    /// A place of which nothing more is known than that it is empty.
    fn default() -> Self {
        Self::of("nothing-here")
    }
}

impl Empty {
    /// The empty place of this message.
    pub fn of(name: &'static str) -> Self {
        Self { words: Words::of(name), first: None, second: None }
    }

    /// The same with a text or number in the place of this name.
    pub fn with(self, name: &'static str, put: impl Into<Put>) -> Self {
        Self { words: self.words.with(name, put), ..self }
    }

    /// Where the first way to fill it leads, drawn as the main button.
    pub fn first(self, href: impl Into<String>) -> Self {
        Self { first: Some(href.into()), ..self }
    }

    /// Where the other way leads.
    pub fn second(self, href: impl Into<String>) -> Self {
        Self { second: Some(href.into()), ..self }
    }

    /// The first way, where it can be gone.
    pub fn first_if(self, href: Option<String>) -> Self {
        Self { first: href, ..self }
    }

    /// The other way, where it can be gone.
    pub fn second_if(self, href: Option<String>) -> Self {
        Self { second: href, ..self }
    }
}

/// The empty place as a block.
pub fn empty(view: &Empty) -> Markup {
    let way = |href: &Option<String>, part: &str| href.clone().zip(view.words.part(part));
    let (first, second) = (way(&view.first, "first"), way(&view.second, "second"));
    html! {
        div.empty lang=[language::of_chosen()] {
            p.empty-title { (view.words) }
            @if let Some(text) = view.words.part("text") { p { (text) } }
            @if first.is_some() || second.is_some() {
                p.buttons {
                    @if let Some((href, word)) = &first { a.button.primary href=(safe(href)) { (word) } }
                    @if let Some((href, word)) = &second { a.button href=(safe(href)) { (word) } }
                }
            }
        }
    }
}

/// An empty part of a page in one line.
pub fn none(words: impl Into<Words>) -> Markup {
    html! { p.muted lang=[language::of_chosen()] { (words.into()) } }
}

/// The same with a way to fill it, whose words are the message's part `first`.
pub fn none_but(words: impl Into<Words>, href: &str) -> Markup {
    let words = words.into();
    html! {
        p.muted lang=[language::of_chosen()] {
            (words) @if let Some(word) = words.part("first") { " " a href=(safe(href)) { (word) } }
        }
    }
}
