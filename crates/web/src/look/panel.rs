//! The side panel: one row's content beside the list it belongs to.

use super::icons::{Icon, icon};
use super::link::safe;
use super::shell::Spoken;
use crate::words::say;
use maud::{Markup, html};

/// The id of the element panels are swapped into; the shell provides it.
pub const PANEL_ID: &str = "panel";

/// What a panel shows.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Heading.
    pub title: String,
    /// A line above the heading: the kind and the identifier.
    pub over: String,
    /// The address of the full page with the same content.
    pub href: String,
    /// Which language all of it is in.
    pub spoken: Spoken,
    /// Content.
    pub body: Markup,
    /// Buttons at the foot; may be empty.
    pub actions: Markup,
}

/// The panel, to be sent as a fragment or inside a page.
pub fn panel(view: &Panel) -> Markup {
    html! {
        aside #(PANEL_ID) .panel aria-labelledby="panel-title" {
            header {
                p.over lang=[view.spoken.lang()] { (view.over) }
                a.icon-button href=(safe(&view.href)) title=(say("panel-open")) { (icon(Icon::Open)) span.sr { (say("panel-open")) } }
                button.icon-button type="button" data-close="panel" title=(format!("{} (Esc)", say("close"))) { (icon(Icon::Cross)) span.sr { (say("close")) } }
            }
            div.panel-body lang=[view.spoken.lang()] {
                h2 #panel-title tabindex="-1" { (view.title) }
                (view.body)
            }
            footer lang=[view.spoken.lang()] { (view.actions) }
        }
    }
}

/// The empty place a panel goes to.
pub fn panel_slot() -> Markup {
    html! { aside #(PANEL_ID) .panel hidden {} }
}

/// A titled section of a page, with an optional line at the right.
pub fn section(title: &str, aside: Markup, body: Markup) -> Markup {
    html! {
        section.section {
            header { h2 { (title) } div.aside { (aside) } }
            (body)
        }
    }
}
