//! Which rows one answer sends: a page of them, those that follow the rows a grid holds, or those that changed.

use crate::list::ListAddress;
use crate::look::pager::Pager;
use std::collections::BTreeSet;

/// The rows asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sent<'a> {
    /// A page, or what follows a row.
    Window,
    /// These, whatever they are filtered by: a row that was judged stays in sight where one works.
    Only(&'a BTreeSet<String>),
}

/// The rows to send of those in order, `id` told apart, and where they stand among those that fit.
pub(super) fn window<T>(
    ordered: Vec<T>,
    id: impl Fn(&T) -> &str,
    fits: impl Fn(&T) -> bool,
    sent: Sent<'_>,
    address: &ListAddress,
) -> (Vec<T>, Pager) {
    if let Sent::Only(wanted) = sent {
        return (ordered.into_iter().filter(|row| wanted.contains(id(row))).collect(), Pager::default());
    }
    let total = ordered.iter().filter(|row| fits(row)).count();
    // After a row that is gone the list begins anew; the script knows the rows it holds.
    let after = ordered.iter().position(|row| id(row) == address.get("after")).map_or(0, |at| at + 1);
    let skip = if after > 0 { 0 } else { usize::try_from(address.offset()).unwrap_or(usize::MAX) };
    let mut following = ordered.into_iter().skip(after).filter(fits).skip(skip);
    let rows: Vec<T> = following.by_ref().take(address.rows() as usize).collect();
    let left = following.count() as u64;
    let mut pager = address.pager(rows.len(), total as i64, i64::MAX);
    pager.rest = rows.last().and_then(|last| address.rest("after", id(last), left));
    (rows, pager)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the script asks: a page, then what follows the last row held, until nothing is left.
    fn fetched(ordered: &[String], fits: impl Fn(&&String) -> bool + Copy, rows: usize) -> Vec<String> {
        let mut held: Vec<String> = Vec::new();
        let mut address = ListAddress::bare("/x");
        for _ in 0..=ordered.len() {
            let (sent, pager) =
                window(ordered.iter().collect(), |row: &&String| row.as_str(), fits, Sent::Window, &address);
            held.extend(sent.into_iter().cloned());
            let Some(rest) = pager.rest else { break };
            assert!(rest.href.contains("after="));
            address = address.set("after", held.last().unwrap()).set("rows", &rows.to_string());
        }
        held
    }

    #[test]
    fn every_row_that_fits_is_fetched_once_and_in_order() {
        for (count, every, rows) in
            [(0, 1, 1), (1, 1, 7), (40, 1, 3), (41, 1, 40), (1_189, 1, 80), (1_189, 3, 399)]
        {
            let ordered: Vec<String> = (0..count).map(|n| n.to_string()).collect();
            let fits = |row: &&String| row.parse::<usize>().unwrap().is_multiple_of(every);
            let expected: Vec<String> = ordered.iter().filter(|row| fits(row)).cloned().collect();
            assert_eq!(fetched(&ordered, fits, rows), expected);
        }
    }

    #[test]
    fn rows_that_no_longer_fit_do_not_hide_those_that_follow() {
        let ordered: Vec<String> = (0..100).map(|n| n.to_string()).collect();
        let address = ListAddress::bare("/x").set("after", "39").set("rows", "5");
        // The first forty were judged and fit the filter no more, the fortieth included.
        let fits = |row: &&String| row.parse::<usize>().unwrap() >= 40;
        let (rows, pager) =
            window(ordered.iter().collect(), |row: &&String| row.as_str(), fits, Sent::Window, &address);
        assert_eq!(rows, ["40", "41", "42", "43", "44"]);
        assert_eq!(pager.rest.unwrap().left, 55);
        let only = BTreeSet::from(["3".to_owned()]);
        let (rows, _) =
            window(ordered.iter().collect(), |row: &&String| row.as_str(), fits, Sent::Only(&only), &address);
        assert_eq!(rows, ["3"]);
    }
}
