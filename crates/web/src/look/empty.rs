//! Empty places: what belongs here and the ways to fill it.

use super::Link;
use super::link::safe;
use maud::{Markup, html};

/// An empty place.
#[derive(Clone, Debug, Default)]
pub struct Empty {
    /// `No findings yet`, or `Nothing matches these filters`.
    pub title: String,
    /// One sentence: what belongs here.
    pub text: String,
    /// The first way to fill it, drawn as the main button.
    pub first: Option<Link>,
    /// The other way.
    pub second: Option<Link>,
}

/// The empty place as a block.
pub fn empty(view: &Empty) -> Markup {
    html! {
        div.empty {
            p.empty-title { (view.title) }
            @if !view.text.is_empty() { p { (view.text) } }
            @if view.first.is_some() || view.second.is_some() {
                p.buttons {
                    @if let Some(link) = &view.first { a.button.primary href=(safe(&link.href)) { (link.title) } }
                    @if let Some(link) = &view.second { a.button href=(safe(&link.href)) { (link.title) } }
                }
            }
        }
    }
}
