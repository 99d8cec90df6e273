//! The address of a list: its filters, order and page, read and written.

use crate::look::Link;
use crate::look::pager::{Pager, Rest};
use crate::look::table::{Chosen, Column, Sorted, Width};
use crate::posted::decoded;
use crate::scope;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::convert::Infallible;
use warrant_service::Scope;

/// Rows of one page.
pub(crate) const PAGE: i64 = 40;

/// The most rows of one answer to a grid that grows as one scrolls.
const MOST_ROWS: i64 = 400;

/// Parameters that say which rows of a list are meant, and not which list.
const PLACE: [&str; 4] = ["page", "from", "after", "rows"];

/// Whether the script asks for rows that follow those it holds.
pub(crate) fn wants_more(headers: &HeaderMap) -> bool {
    headers.get("x-fragment").is_some_and(|id| id.as_bytes().ends_with(b"-more"))
}

/// A list's address: path and parameters. Every filter is in it, so that it is a permanent link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ListAddress {
    pub(crate) path: String,
    pairs: Vec<(String, String)>,
    /// The ledger entry of what was done just now; no link keeps it.
    pub(crate) done: Option<i64>,
}

impl<S: Sync> FromRequestParts<S> for ListAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let mut list = Self::new(parts.uri.path(), parts.uri.query().unwrap_or_default());
        // A list's links say what it is narrowed to, so that they show others the same.
        let scope = scope::asked(&parts.uri, &parts.headers);
        if scope != Scope::Organisation && scope::is_list(&list.path) && list.get(scope::PARAMETER).is_empty()
        {
            list.pairs.push((scope::PARAMETER.to_owned(), scope::word(&scope)));
        }
        Ok(list)
    }
}

impl ListAddress {
    fn new(path: &str, query: &str) -> Self {
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        };
        let pairs = query.split('&').filter(|part| !part.is_empty()).map(pair).filter(|(_, v)| !v.is_empty());
        let (done, pairs): (Vec<_>, Vec<_>) = pairs.partition(|(name, _)| name == "did");
        let done = done.first().and_then(|(_, leaf)| leaf.parse().ok());
        Self { path: path.to_owned(), pairs, done }
    }

    /// A list's address as a link says it.
    pub(crate) fn parse(href: &str) -> Self {
        let (path, query) = href.split_once('?').unwrap_or((href, ""));
        Self::new(path, query)
    }

    /// Its query, without `?` and without the page.
    pub(crate) fn query(&self) -> String {
        let whole = self.with("", "");
        whole.split_once('?').map_or(String::new(), |(_, query)| query.to_owned())
    }

    /// A list without any filter.
    pub(crate) fn bare(path: impl Into<String>) -> Self {
        Self { path: path.into(), ..Self::default() }
    }

    /// The value of a parameter; empty when it is not set.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value)
    }

    /// The value of a parameter, if it is set.
    pub(crate) fn some(&self, name: &str) -> Option<String> {
        Some(self.get(name)).filter(|value| !value.is_empty()).map(str::to_owned)
    }

    /// Parameters other than these, to be kept by a form.
    pub(crate) fn keep(&self, without: &[&str]) -> Vec<(String, String)> {
        self.pairs.iter().filter(|(name, _)| !without.contains(&name.as_str())).cloned().collect()
    }

    /// The same address with one parameter set.
    #[cfg(test)]
    pub(crate) fn set(&self, name: &str, value: &str) -> Self {
        let mut set = self.without(name);
        set.pairs.push((name.to_owned(), value.to_owned()));
        set
    }

    /// The same list without one of its filters.
    pub(crate) fn without(&self, name: &str) -> Self {
        Self { path: self.path.clone(), pairs: self.keep(&[name]), done: self.done }
    }

    /// The address with a parameter set (empty: taken away), on the first page.
    pub(crate) fn with(&self, name: &str, value: &str) -> String {
        let mut pairs = self.keep(&PLACE);
        pairs.retain(|(given, _)| given != name);
        if !value.is_empty() {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        written(&self.path, &pairs)
    }

    /// The address of the same list below another path, such as its export.
    pub(crate) fn at(&self, path: &str) -> String {
        written(path, &self.keep(&PLACE))
    }

    /// The page, from 0.
    pub(crate) fn page(&self) -> i64 {
        self.get("page").parse::<i64>().map_or(0, |page| (page - 1).clamp(0, 1_000_000))
    }

    /// How many rows to skip.
    pub(crate) fn offset(&self) -> i64 {
        self.get("from").parse::<i64>().map_or(self.page() * PAGE, |from| from.clamp(0, 1_000_000_000))
    }

    /// How many rows to send: a page of them, or what a grid that grows asks for.
    pub(crate) fn rows(&self) -> i64 {
        self.get("rows").parse::<i64>().map_or(PAGE, |rows| rows.clamp(1, MOST_ROWS))
    }

    /// The `left` rows that follow those sent, which a grid fetches as one scrolls: they are told by where to go on
    /// (`after` a row, `from` a number).
    pub(crate) fn rest(&self, name: &str, value: &str, left: u64) -> Option<Rest> {
        (left > 0).then(|| Rest { href: self.with(name, value), left })
    }

    /// The pager for a list that showed `shown` rows of `total` (counted up to `most`, exclusive).
    pub(crate) fn pager(&self, shown: usize, total: i64, most: i64) -> Pager {
        let page = self.page();
        let at = |page: i64| {
            let mut pairs = self.keep(&PLACE);
            pairs.push(("page".to_owned(), (page + 1).to_string()));
            written(&self.path, &pairs)
        };
        let last = self.offset() + shown as i64;
        Pager {
            first: if shown == 0 { 0 } else { self.offset() as u64 + 1 },
            last: last as u64,
            total: (total < most).then_some(total as u64),
            previous: (page > 0).then(|| at(page - 1)),
            next: (last < total).then(|| at(page + 1)),
            rest: None,
        }
    }

    /// The pager of a list that goes on with the rows from a number on as one scrolls, or page by page.
    pub(crate) fn growing(&self, shown: usize, total: i64, most: i64) -> Pager {
        let pager = self.pager(shown, total, most);
        let last = pager.last;
        let left = total.min(most - 1).unsigned_abs().saturating_sub(last);
        Pager { rest: self.rest("from", &last.to_string(), left), ..pager }
    }

    /// The rows of this page, of all of them, and the way to the others.
    pub(crate) fn page_of<T>(&self, all: Vec<T>) -> (Vec<T>, Pager) {
        let total = all.len() as i64;
        let skip = usize::try_from(self.offset()).unwrap_or(usize::MAX);
        let rows: Vec<T> = all.into_iter().skip(skip).take(PAGE as usize).collect();
        let pager = self.pager(rows.len(), total, i64::MAX);
        (rows, pager)
    }

    /// Whether every word of the text filter occurs in a text, whatever its case.
    pub(crate) fn found_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.get("q").split_whitespace().all(|word| text.contains(&word.to_lowercase()))
    }

    /// How a column is sorted now, and the address that sorts by it (again: the other way round).
    pub(crate) fn sort(&self, column: &str) -> (Sorted, String) {
        match self.get("sort") {
            now if now == column => (Sorted::Ascending, self.with("sort", &format!("-{column}"))),
            now if now.strip_prefix('-') == Some(column) => (Sorted::Descending, self.with("sort", column)),
            _ => (Sorted::No, self.with("sort", column)),
        }
    }

    /// A column that sorts the list by `by`.
    pub(crate) fn column(&self, title: &str, width: Width, by: &str) -> Column {
        let (sorted, sort) = self.sort(by);
        Column { sort: Some(sort), sorted, ..Column::plain(title, width) }
    }

    /// The column sorted by and whether descending.
    pub(crate) fn sorted(&self) -> (&str, bool) {
        let sort = self.get("sort");
        sort.strip_prefix('-').map_or((sort, false), |column| (column, true))
    }

    /// Whether a filter has this value, and the address that sets it, or takes it away when it has.
    pub(crate) fn toggle(&self, name: &str, value: &str) -> (Chosen, String) {
        if self.get(name) == value {
            (Chosen::Yes, self.with(name, ""))
        } else {
            (Chosen::No, self.with(name, value))
        }
    }

    /// CSV and XLSX of exactly this list.
    pub(crate) fn exports(&self, base: &str) -> Vec<Link> {
        vec![
            Link::new("CSV", self.at(&format!("{base}.csv"))),
            Link::new("XLSX", self.at(&format!("{base}.xlsx"))),
        ]
    }
}

fn written(path: &str, pairs: &[(String, String)]) -> String {
    let pairs: Vec<_> =
        pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// Percent-encoding of a query component or path segment (RFC 3986 §2.3 kept as it is).
pub(crate) fn encoded(text: &str) -> String {
    let keep = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~');
    let byte = |b: u8| if keep(b) { (b as char).to_string() } else { format!("%{b:02X}") };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(path: &str, pairs: &[(&str, &str)]) -> ListAddress {
        let pairs = pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        ListAddress { path: path.to_owned(), pairs, done: None }
    }

    #[test]
    fn filters_keep_each_other_and_go_back_to_the_first_page() {
        let list = address("/findings", &[("q", "a b"), ("page", "3"), ("state", "open")]);
        assert_eq!(list.with("state", "closed"), "/findings?q=a%20b&state=closed");
        assert_eq!(list.toggle("state", "open"), (Chosen::Yes, "/findings?q=a%20b".to_owned()));
        assert_eq!(list.offset(), 2 * PAGE);
        assert_eq!(list.exports("/findings")[0].href, "/findings.csv?q=a%20b&state=open");
    }

    #[test]
    fn what_was_done_is_said_once() {
        let list = ListAddress::parse("/records/task?state=open&did=17");
        assert_eq!((list.done, list.with("", "")), (Some(17), "/records/task?state=open".to_owned()));
        assert_eq!(list.query(), "state=open");
    }

    #[test]
    fn rows_that_follow_are_those_of_the_same_list() {
        let list = address("/x", &[("q", "a"), ("page", "3"), ("after", "ac-2"), ("rows", "90")]);
        let rest = list.rest("after", "ac-9", 7).unwrap();
        assert_eq!((rest.href.as_str(), rest.left), ("/x?q=a&after=ac-9", 7));
        assert_eq!(list.rest("from", "80", 0), None);
        assert_eq!((list.rows(), address("/x", &[("rows", "9999999")]).rows()), (90, MOST_ROWS));
        assert_eq!(address("/x", &[("from", "80"), ("page", "9")]).offset(), 80);
        assert_eq!(list.with("state", "open"), "/x?q=a&state=open");
    }

    #[test]
    fn sorting_again_turns_round() {
        let list = address("/x", &[("sort", "title")]);
        assert_eq!(list.sort("title"), (Sorted::Ascending, "/x?sort=-title".to_owned()));
        assert_eq!(address("/x", &[("sort", "-title")]).sorted(), ("title", true));
    }

    #[test]
    fn the_pager_knows_its_ends() {
        let list = address("/x", &[]);
        let pager = list.pager(50, 120, 10_001);
        assert_eq!((pager.first, pager.last, pager.total), (1, 50, Some(120)));
        assert_eq!(pager.next.as_deref(), Some("/x?page=2"));
        assert_eq!(pager.previous, None);
        assert_eq!(list.pager(50, 10_001, 10_001).total, None);
    }
}
