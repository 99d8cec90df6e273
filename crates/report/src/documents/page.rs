//! The frame of every document: marking, title, style, print layout.

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// What stands around a document's content.
pub(super) struct Frame<'a> {
    /// Title of the document.
    pub title: &'a str,
    /// Whose document it is.
    pub organisation: &'a str,
    /// Classification or TLP marking; shown on top and bottom of every page.
    pub marking: Option<&'a str>,
    /// The line under the title: as of when, from what.
    pub subtitle: Markup,
    /// How it is laid out: a class of the style sheet, or nothing.
    pub class: &'static str,
}

/// The whole file.
pub(super) fn document(frame: &Frame<'_>, content: Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (frame.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                // Browsers repeat the head and foot of a table, and nothing else, on every printed page.
                table.pages role="presentation" {
                    @if let Some(marking) = frame.marking {
                        thead { tr { td.marking { (marking) } } }
                        tfoot { tr { td.marking { (marking) } } }
                    }
                    tbody { tr { td {
                        main class=[Some(frame.class).filter(|class| !class.is_empty())] {
                            header {
                                p.organisation { (frame.organisation) }
                                h1 { (frame.title) }
                                p.subtitle { (frame.subtitle) }
                            }
                            (content)
                        }
                    } } }
                }
            }
        }
    };
    page.into_string()
}

const STYLE: &str = include_str!("page.css");
