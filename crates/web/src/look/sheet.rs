//! The sheet of keys, the palette that finds anything, and the dialogue that asks before a destructive act.

use super::icons::{Icon, icon};
use maud::{Markup, html};

/// A key and what it does.
pub const KEYS: &[(&str, &str)] = &[
    ("j", "Next row"),
    ("k", "Previous row"),
    ("Enter", "Open the row"),
    ("x", "Select the row; with Shift, the range"),
    ("c", "Change the row's first cell in place; Tab goes on to the next"),
    ("u", "Take back what was just done"),
    ("a", "Assign"),
    ("p", "Plan"),
    ("e", "Except"),
    ("s", "Judge a control satisfied; o: other than satisfied"),
    ("i", "Say it is implemented; h: in part; l: planned"),
    ("n", "Next not assessed"),
    ("/", "Filter the list"),
    ("Ctrl K", "Find a record, page or action"),
    ("Esc", "Close the panel or dialogue"),
    ("?", "This sheet"),
];

/// The sheet of keys as a dialogue, closed.
pub fn sheet() -> Markup {
    html! {
        dialog #keys aria-labelledby="keys-title" {
            header {
                h2 #keys-title { "Keys" }
                form method="dialog" { button.icon-button title="Close" { (icon(Icon::Cross)) span.sr { "Close" } } }
            }
            dl.keys {
                @for (key, meaning) in KEYS {
                    div { dt { @for part in key.split(' ') { kbd { (part) } } } dd { (meaning) } }
                }
            }
        }
    }
}

/// The palette: a search dialogue, closed. Its form is an ordinary search form that swaps its answers in
/// while one types; an answer is a list of links inside an element `palette-results`.
pub fn palette(action: &str) -> Markup {
    html! {
        dialog #palette.palette aria-label="Find" {
            form action=(super::link::safe(action)) role="search" aria-label="Records, pages and actions" data-swap="#palette-results" data-live {
                (icon(Icon::Search))
                input type="search" name="q" placeholder="Find a record, page or action" autocomplete="off" aria-label="Find" aria-controls="palette-results";
                kbd { "Esc" }
            }
            // What the script knows without asking: pages visited lately, and what can be done on this one.
            div #palette-known hidden {
                section hidden data-known="recent" { h2 { "Recent" } }
                section hidden data-known="here" { h2 { "On this page" } }
            }
            div #palette-results {}
        }
    }
}
