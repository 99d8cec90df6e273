//! The sheet of keys, the palette that finds anything, and the dialogue that asks before a destructive act.

use super::icons::{Icon, icon};
use crate::words::say;
use maud::{Markup, html};

/// A key and the words on what it does.
pub const KEYS: &[(&str, &str)] = &[
    ("j", "keys-j"),
    ("k", "keys-k"),
    ("Enter", "keys-enter"),
    ("x", "keys-x"),
    ("c", "keys-c"),
    ("u", "keys-u"),
    ("a", "keys-a"),
    ("p", "keys-p"),
    ("e", "keys-e"),
    ("s", "keys-s"),
    ("i", "keys-i"),
    ("n", "keys-n"),
    ("/", "keys-slash"),
    ("Ctrl K", "keys-palette"),
    ("Esc", "keys-esc"),
    ("?", "keys-sheet"),
];

/// The sheet of keys as a dialogue, closed.
pub fn sheet() -> Markup {
    html! {
        dialog #keys aria-labelledby="keys-title" {
            header {
                h2 #keys-title { (say("keys-title")) }
                form method="dialog" { button.icon-button title=(say("close")) { (icon(Icon::Cross)) span.sr { (say("close")) } } }
            }
            dl.keys {
                @for (key, meaning) in KEYS {
                    div { dt { @for part in key.split(' ') { kbd { (part) } } } dd { (say(meaning)) } }
                }
            }
        }
    }
}

/// The palette: a search dialogue, closed. Its form is an ordinary search form that swaps its answers in
/// while one types; an answer is a list of links inside an element `palette-results`.
pub fn palette(action: &str) -> Markup {
    html! {
        dialog #palette.palette aria-label=(say("palette-find")) {
            form action=(super::link::safe(action)) role="search" aria-label=(say("palette-what")) data-swap="#palette-results" data-live {
                (icon(Icon::Search))
                input type="search" name="q" placeholder=(say("palette-find-what")) autocomplete="off" aria-label=(say("palette-find")) aria-controls="palette-results";
                kbd { "Esc" }
            }
            // What the script knows without asking: pages visited lately, and what can be done on this one.
            div #palette-known hidden {
                section hidden data-known="recent" { h2 { (say("palette-recent")) } }
                section hidden data-known="here" { h2 { (say("palette-here")) } }
            }
            div #palette-results {}
        }
    }
}
