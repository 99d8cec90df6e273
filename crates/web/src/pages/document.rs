//! Documents on demand as files, and the links to them.

use crate::error::Answer;
use crate::file;
use crate::look::link::safe;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_service::documents::{About, DocumentAsk, DocumentKind, Syntax};

/// A document as an attachment.
pub(super) async fn made(app: &App, who: &Who, ask: &DocumentAsk) -> Answer {
    let made = app.service.document(&who.actor, ask).await?;
    Ok(match ask.syntax {
        Syntax::Html => file::document(&made.name, made.bytes),
        Syntax::Docx => file::word(&made.name, made.bytes),
    })
}

/// What a page asks for of the present.
pub(super) fn now(kind: &str, about: About, syntax: Syntax) -> DocumentAsk {
    DocumentAsk { kind: kind.to_owned(), about, as_of: None, syntax }
}

/// Links to both formats of a document; `href` gives the address of a format by its ending.
pub(super) fn links(kind: &DocumentKind, href: impl Fn(&str) -> String) -> Markup {
    let link = |syntax: Syntax, format: &str, words: &'static str| {
        let name = Words::of(words).with("document", kind.title).said();
        html! { a.button href=(safe(&href(syntax.ending()))) download aria-label=(name) title=(name) { (format) } }
    };
    html! {
        (link(Syntax::Html, "HTML", "document-as-html"))
        (link(Syntax::Docx, "DOCX", "document-as-docx"))
    }
}

/// The same where a page is about more than its document.
pub(super) fn control(kind: &DocumentKind, href: impl Fn(&str) -> String) -> Markup {
    html! { span.muted { (say("document-of-page")) } (links(kind, href)) }
}
