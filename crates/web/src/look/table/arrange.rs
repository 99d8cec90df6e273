//! How somebody likes a table: which columns in what order, and the views saved under a name.

use super::Chosen;
use crate::look::Link;
use crate::look::badge::count;
use crate::look::empty::none;
use crate::look::icons::{Icon, icon};
use crate::look::link::safe;
use crate::look::panel::PANEL_ID;
use crate::words::{Words, say};
use maud::{Markup, html};

/// What the toolbar offers to arrange a table by.
#[derive(Clone, Debug, Default)]
pub struct Arrangement {
    /// The request token.
    pub csrf: String,
    /// The path under which columns and views are kept.
    pub page: String,
    /// The address of the list as it is shown, columns included.
    pub here: String,
    /// Where the form is that saves it as a view.
    pub save: String,
    /// Columns, those shown first and in their order.
    pub columns: Vec<Offer>,
    /// Views saved for this page.
    pub views: Vec<View>,
    /// Exports of every column.
    pub whole: Vec<Link>,
}

/// A column that can be shown.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    /// Its name in addresses.
    pub key: String,
    /// Its heading.
    pub title: String,
    /// Whether it is shown.
    pub shown: Chosen,
}

/// A saved view.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// What it is called.
    pub name: String,
    /// Its address.
    pub href: String,
    /// Whose it is and whom it is shared with.
    pub about: String,
    /// Whether it is what is shown.
    pub here: Chosen,
    /// Where a form forgets it, for whoever may.
    pub forget: Option<String>,
}

pub(super) fn arrange(view: &Arrangement) -> Markup {
    html! {
        div.arrange {
            (views(view))
            @if !view.columns.is_empty() { (columns(view)) }
        }
    }
}

fn views(view: &Arrangement) -> Markup {
    let here = view.views.iter().find(|saved| saved.here == Chosen::Yes);
    html! {
        details.menu.views-menu {
            summary { (here.map_or_else(|| say("table-views"), |saved| saved.name.clone())) @if here.is_none() && !view.views.is_empty() { (count(view.views.len() as u64)) } (icon(Icon::ChevronDown)) }
            div.menu-body {
                @if view.views.is_empty() { (none("views-none")) }
                @for saved in &view.views {
                    div.saved {
                        a href=(safe(&saved.href)) aria-current=[(saved.here == Chosen::Yes).then_some("true")] { (saved.name) small { (saved.about) } }
                        @if let Some(action) = &saved.forget {
                            form method="post" action=(safe(action)) {
                                input type="hidden" name="_csrf" value=(view.csrf);
                                input type="hidden" name="here" value=(view.here);
                                button.icon-button title=(say("table-forget-this")) { (icon(Icon::Cross)) span.sr { (Words::of("table-forget").with("name", &saved.name)) } }
                            }
                        }
                    }
                }
                @if here.is_some() { a href=(safe(&view.page)) { (say("table-as-it-comes")) } }
                a.save href=(safe(&view.save)) data-swap=(format!("#{PANEL_ID}")) { (say("table-save-view")) }
            }
        }
    }
}

fn columns(view: &Arrangement) -> Markup {
    html! {
        details.menu.columns-menu {
            summary { (say("table-columns")) (icon(Icon::ChevronDown)) }
            form.menu-body method="post" action="/grid/columns" {
                input type="hidden" name="_csrf" value=(view.csrf);
                input type="hidden" name="page" value=(view.page);
                input type="hidden" name="here" value=(view.here);
                div.buttons { button.small.primary { (say("table-show-these")) } button.small name="verb" value="reset" { (say("table-as-at-first")) } }
                ol { @for offer in &view.columns { (self::offer(offer)) } }
                @if !view.whole.is_empty() {
                    p.whole-export { (say("table-every-column")) " " @for link in &view.whole { a href=(safe(&link.href)) download { (link.title) } " " } }
                }
            }
        }
    }
}

fn offer(offer: &Offer) -> Markup {
    let shown = offer.shown == Chosen::Yes;
    html! {
        li {
            label { input type="checkbox" name="column" value=(offer.key) checked[shown]; (offer.title) }
            button name="up" value=(offer.key) data-move="up" aria-label=(Words::of("table-column-up").with("column", &offer.title)) { "↑" }
            button name="down" value=(offer.key) data-move="down" aria-label=(Words::of("table-column-down").with("column", &offer.title)) { "↓" }
        }
    }
}
