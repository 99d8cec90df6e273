//! Words as they stand on a page.

use crate::language;
use maud::{Markup, html};

/// What is in English whatever the page speaks, such as what a check, a tool or the catalogue says, marked as that so
/// that it is read out right.
pub fn english(text: &str) -> Markup {
    english_markup(html! { (text) })
}

/// The same of markup.
pub fn english_markup(text: Markup) -> Markup {
    html! {
        @match language::of_english() {
            Some(tag) => span lang=(tag) { (text) },
            None => (text),
        }
    }
}

/// With a capital first letter.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
