//! The grid: a list whose columns a person chooses and orders, kept for them and for the page, and said by the address
//! too; views saved under a name; exports of exactly what is seen.

use crate::error::PageError;
use crate::list::{ListAddress, encoded};
use crate::look::Link;
use crate::look::table::{Arrangement, Chosen, Offer, Table, View};
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use warrant_service::tables::{Shape, TableFormat};
use warrant_service::views::{SavedView, Shared};

/// The parameter that says which columns are shown, in order.
pub(crate) const COLUMNS: &str = "cols";

/// What a list offers.
#[derive(Clone, Debug)]
pub(crate) struct Offered {
    /// The path under which columns and views are kept.
    pub(crate) page: String,
    /// The names of the table's columns, in their order.
    pub(crate) keys: Vec<String>,
    /// Those shown at first, in order.
    pub(crate) first: Vec<String>,
}

impl Offered {
    /// A list whose first `shown` columns are shown at first.
    pub(crate) fn new(page: &str, keys: &[&str], shown: usize) -> Self {
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        Self { page: page.to_owned(), first: keys.iter().take(shown).cloned().collect(), keys }
    }

    /// The columns a word such as `title,due` asks for; those shown at first when it names none.
    fn chosen(&self, word: &str) -> Vec<String> {
        let mut chosen: Vec<String> = Vec::new();
        for key in word.split(',').map(str::trim) {
            if self.keys.iter().any(|known| known == key) && !chosen.iter().any(|have| have == key) {
                chosen.push(key.to_owned());
            }
        }
        if chosen.is_empty() { self.first.clone() } else { chosen }
    }
}

/// The name of the setting that keeps a page's columns.
pub(crate) fn setting(page: &str) -> String {
    format!("columns {page}")
}

/// The table with the columns that were chosen, and with what it takes to choose others.
pub(crate) async fn arrange(
    app: &App,
    who: &Who,
    address: &ListAddress,
    offered: &Offered,
    table: Table,
) -> Result<Table, PageError> {
    let word = match address.some(COLUMNS) {
        Some(word) => word,
        None => app.service.setting(&who.actor, &setting(&offered.page)).await?.unwrap_or_default(),
    };
    let views = app.service.views(&who.actor, Some(&offered.page)).await?;
    let chosen = offered.chosen(&word);
    let mut table = with_columns(table, offered, &chosen);
    if table.said.is_none() {
        table.said = crate::pages::undo::done(app, who, address).await?;
    }
    let shown = if chosen == offered.first { String::new() } else { chosen.join(",") };
    let mut here = ListAddress::parse(&address.with(COLUMNS, &shown));
    here.path.clone_from(&offered.page);
    let (own, bare) = (chosen.join(","), address.without(COLUMNS));
    let whole = table.exports.iter().map(|link| Link::new(&link.title, bare.at(path(&link.href))));
    let whole = whole.collect();
    let seen = ListAddress::parse(&bare.with(COLUMNS, &own));
    for link in &mut table.exports {
        link.href = seen.at(path(&link.href));
    }
    let own = here.with("", "");
    table.arrangement = Some(Arrangement {
        csrf: who.csrf.clone(),
        page: offered.page.clone(),
        views: views.into_iter().map(|view| self::view(view, &here)).collect(),
        save: format!("/grid/views/new?here={}", encoded(&own)),
        here: own,
        columns: offers(&table, offered, &chosen),
        whole,
    });
    // The headings were only kept to name what can be offered.
    table.columns.truncate(chosen.len());
    Ok(table)
}

fn path(href: &str) -> &str {
    href.split_once('?').map_or(href, |(path, _)| path)
}

/// The table with the chosen columns first; the headings of the others stand behind them.
fn with_columns(mut table: Table, offered: &Offered, chosen: &[String]) -> Table {
    let at = |key: &String| offered.keys.iter().position(|known| known == key);
    let order: Vec<usize> = chosen.iter().filter_map(at).collect();
    let rest = (0..offered.keys.len()).filter(|at| !order.contains(at));
    let headings = order.iter().copied().chain(rest);
    table.columns = headings.filter_map(|at| table.columns.get(at).cloned()).collect();
    for row in &mut table.rows {
        row.cells = order.iter().filter_map(|at| row.cells.get(*at).cloned()).collect();
        row.edits = order.iter().map(|at| row.edits.get(*at).cloned().flatten()).collect();
    }
    table
}

fn offers(table: &Table, offered: &Offered, chosen: &[String]) -> Vec<Offer> {
    let rest = offered.keys.iter().filter(|key| !chosen.contains(key));
    let keys = chosen.iter().chain(rest).enumerate();
    keys.map(|(at, key)| Offer {
        key: key.clone(),
        title: table.columns.get(at).map(|column| column.title.clone()).unwrap_or_default(),
        shown: if at < chosen.len() { Chosen::Yes } else { Chosen::No },
    })
    .collect()
}

fn view(saved: SavedView, here: &ListAddress) -> View {
    let whom = match saved.shared {
        Shared::Nobody => say("saved-view-own"),
        Shared::Organisation if saved.own => say("saved-view-everybody"),
        Shared::Unit(_) if saved.own => say("saved-view-unit"),
        Shared::Organisation | Shared::Unit(_) => Words::of("by-whom").with("who", &saved.owner).said(),
    };
    View {
        here: if saved.query == here.query() { Chosen::Yes } else { Chosen::No },
        href: saved.href(),
        about: whom,
        forget: saved.own.then(|| format!("/grid/views/{}/forget", encoded(&saved.id))),
        name: saved.name,
    }
}

/// The shape of an export: what the address shows, in columns named by the titles that `titles` gives for each key;
/// every column when the address names none.
pub(crate) fn shape(format: TableFormat, address: &ListAddress, titles: &[(&str, &[&str])]) -> Shape {
    let of = |key: &str| titles.iter().find(|(known, _)| *known == key).map_or(&[][..], |(_, titles)| titles);
    let columns = address.get(COLUMNS).split(',').flat_map(of).map(|title| (*title).to_owned());
    Shape { format, columns: columns.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_and_repeated_columns_are_left_out() {
        let offered = Offered::new("/x", &["a", "b", "c"], 2);
        assert_eq!(offered.chosen("c,zz,a,c"), ["c", "a"]);
        assert_eq!(offered.chosen("zz"), ["a", "b"]);
        assert_eq!(offered.chosen(""), ["a", "b"]);
    }

    #[test]
    fn an_export_has_the_columns_of_the_address() {
        let titles: [(&str, &[&str]); 2] = [("a", &["A", "A too"]), ("b", &["B"])];
        let shape_of = |href: &str| shape(TableFormat::Csv, &ListAddress::parse(href), &titles).columns;
        assert_eq!(shape_of("/x.csv?cols=b,a,zz"), ["B", "A", "A too"]);
        assert!(shape_of("/x.csv").is_empty());
    }
}
