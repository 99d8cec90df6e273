//! What went wrong, as a page and as a line.

use crate::error::Told;
use crate::language;
use crate::words::say;
use maud::{Markup, html};

/// What happened, what the engine says of it, what to do, and the way back to work.
pub fn failure(told: &Told) -> Markup {
    html! {
        div.empty.failure {
            h1.empty-title { (told.words) }
            @if !told.detail.is_empty() { p lang=[language::of_english()] { (told.detail) } }
            @if let Some(text) = told.words.part("text") { p { (text) } }
            p.buttons { a.button.primary href="/" { (say("error-to-queue")) } }
        }
    }
}

/// The same within a sentence: what happened, and what the engine says of it.
pub fn said(told: &Told) -> Markup {
    html! {
        span lang=[language::of_chosen()] { (told.words) @if !told.detail.is_empty() { (say("colon")) } }
        @if !told.detail.is_empty() { span lang=[language::of_english()] { (told.detail) } }
    }
}
