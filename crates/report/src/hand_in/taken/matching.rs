//! Which row is which record: by its id, by being as it was written, by a name, or by what it says.

use std::collections::{BTreeMap, BTreeSet};

/// What is known of how a row is to be recognised.
pub(super) struct Names<'n> {
    /// The column that holds the id of the record, if the layout has one.
    pub(super) id: Option<usize>,
    /// Columns by which a row without id is recognised, the most certain first.
    pub(super) keys: &'n [usize],
    /// Whether the first of these names tells records apart, so that no two rows may have it.
    pub(super) unique: bool,
    /// The column with what a row is about, when rows have nothing that names them and are recognised by what they say.
    pub(super) about: Option<usize>,
    /// Columns that take part when rows are compared.
    pub(super) columns: &'n [usize],
}

/// A row that may be recognised: its id (for the column of ids) and its cells as they were written and would be now.
pub(super) struct Known<'k> {
    pub(super) id: &'k str,
    pub(super) then: &'k [String],
    pub(super) now: &'k [String],
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Is {
    /// The record with this number.
    Known(usize),
    /// None that is known.
    New,
    /// It has an id that is none of ours.
    UnknownId,
    /// Another row, with this number, is that record already.
    Twice(usize),
    /// It may be either of these.
    Either(usize, usize),
}

/// What each row is.
pub(super) fn matched(rows: &[Vec<String>], known: &[Known<'_>], names: &Names<'_>) -> Vec<Is> {
    let mut matching = Matching { rows, known, is: vec![None; rows.len()], by: vec![None; known.len()] };
    match names.id {
        Some(column) => matching.by_id(column),
        None => matching.as_written(names.columns),
    }
    for column in names.keys {
        matching.by_key(*column);
    }
    if let Some(about) = names.about {
        matching.by_content(about, names.columns);
    }
    if let Some(column) = names.keys.first().filter(|_| names.unique) {
        matching.once(*column);
    }
    matching.is.into_iter().map(|is| is.unwrap_or(Is::New)).collect()
}

struct Matching<'m> {
    rows: &'m [Vec<String>],
    known: &'m [Known<'m>],
    is: Vec<Option<Is>>,
    by: Vec<Option<usize>>,
}

impl Matching<'_> {
    fn set(&mut self, row: usize, known: usize) {
        self.is[row] = Some(Is::Known(known));
        self.by[known] = Some(row);
    }

    fn by_id(&mut self, column: usize) {
        let by_id: BTreeMap<&str, usize> =
            self.known.iter().enumerate().map(|(at, known)| (known.id, at)).collect();
        for row in 0..self.rows.len() {
            let id = self.rows[row][column].trim();
            match by_id.get(id) {
                _ if id.is_empty() => {}
                None => self.is[row] = Some(Is::UnknownId),
                Some(known) => match self.by[*known] {
                    Some(first) => self.is[row] = Some(Is::Twice(first)),
                    None => self.set(row, *known),
                },
            }
        }
    }

    /// Rows that nobody touched.
    fn as_written(&mut self, columns: &[usize]) {
        for now in [false, true] {
            let mut free: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
            for (at, known) in self.known.iter().enumerate().rev().filter(|(at, _)| self.by[*at].is_none()) {
                let cells = if now { known.now } else { known.then };
                let cells = columns.iter().map(|column| cells[*column].as_str()).collect();
                free.entry(cells).or_default().push(at);
            }
            for row in 0..self.rows.len() {
                let cells: Vec<&str> =
                    columns.iter().map(|column| self.rows[row][*column].as_str()).collect();
                if self.is[row].is_none()
                    && let Some(known) = free.get_mut(&cells).and_then(Vec::pop)
                {
                    self.set(row, known);
                }
            }
        }
    }

    /// Rows by a name: of several records with one name the first that no row is yet.
    fn by_key(&mut self, column: usize) {
        let folded = |text: &str| text.trim().to_lowercase();
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, known) in self.known.iter().enumerate() {
            let names: BTreeSet<String> = [known.then, known.now].map(|cells| folded(&cells[column])).into();
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                by_name.entry(name).or_default().push(at);
            }
        }
        for row in 0..self.rows.len() {
            if self.is[row].is_some() {
                continue;
            }
            let Some(named) = by_name.get(&folded(&self.rows[row][column])) else { continue };
            if let Some(free) = named.iter().find(|known| self.by[**known].is_none()) {
                self.set(row, *free);
            }
        }
    }

    /// Rows that are none of the records, and have the name of another row.
    fn once(&mut self, column: usize) {
        let mut first: BTreeMap<String, usize> = BTreeMap::new();
        for row in 0..self.rows.len() {
            let name = self.rows[row][column].trim().to_lowercase();
            if name.is_empty() {
                continue;
            }
            match first.get(&name) {
                Some(other) if self.is[row].is_none() => self.is[row] = Some(Is::Twice(*other)),
                Some(_) => {}
                None => drop(first.insert(name, row)),
            }
        }
    }

    /// Rows by what they say: the record that agrees in most cells, if it agrees in what it is about or in all cells but
    /// one.
    fn by_content(&mut self, about: usize, columns: &[usize]) {
        let rows: Vec<usize> = (0..self.rows.len()).filter(|row| self.is[*row].is_none()).collect();
        let free: Vec<usize> = (0..self.known.len()).filter(|known| self.by[*known].is_none()).collect();
        let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
        for row in &rows {
            for known in &free {
                let known_row = &self.known[*known];
                let agrees = |cells: &[String]| score(&self.rows[*row], cells, about, columns);
                let score = agrees(known_row.then).max(agrees(known_row.now));
                if score > 0 {
                    pairs.push((score, *row, *known));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (nth, (score, row, known)) in pairs.iter().enumerate() {
            if self.is[*row].is_some() || self.by[*known].is_some() {
                continue;
            }
            let rival = pairs[nth + 1..]
                .iter()
                .take_while(|other| other.0 == *score)
                .find(|other| other.1 == *row && self.by[other.2].is_none());
            match rival {
                Some((_, _, other)) => self.is[*row] = Some(Is::Either(*known, *other)),
                None => self.set(*row, *known),
            }
        }
    }
}

/// Cells that a record must hold to be known by all but one of them.
const TELLING: usize = 4;

/// In how many cells a row agrees with what is known; 0 when it is too few to be the same.
fn score(row: &[String], known: &[String], about: usize, columns: &[usize]) -> usize {
    let held: Vec<usize> = columns.iter().copied().filter(|column| !known[*column].is_empty()).collect();
    let agree = held.iter().filter(|column| row[**column] == known[**column]).count();
    let says_it = !known[about].is_empty() && row[about] == known[about];
    if says_it || (held.len() >= TELLING && agree + 1 >= held.len()) { agree } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn rows_without_names_are_known_by_what_they_say() {
        let then = [
            row(&["Ports are open on the gateway", "AC-4", "2027-01-31", "High"]),
            row(&["Nobody reads the log", "AU-6", "2027-01-31", "High"]),
            row(&["Nobody reads the log", "AU-6", "2027-01-31", "Low"]),
        ];
        let known: Vec<_> = then.iter().map(|cells| Known { id: "", then: cells, now: cells }).collect();
        let names = Names { id: None, keys: &[], unique: false, about: Some(0), columns: &[0, 1, 2, 3] };
        let rows = [
            row(&["Nobody reads the log", "AU-6", "2027-01-31", "Low"]),
            row(&["Ports are open on the gateways", "AC-4", "2027-01-31", "High"]),
            row(&["Nobody reads the log", "AU-6", "2027-02-28", "High"]),
            row(&["Something else", "AC-4", "2027-05-31", "High"]),
        ];
        assert_eq!(matched(&rows, &known, &names), [Is::Known(2), Is::Known(0), Is::Known(1), Is::New]);
        // What is about something else and differs in more is new, though its record has no row.
        let rows = [row(&["Doors are open", "AC-4", "2027-01-31", "Low"])];
        assert_eq!(matched(&rows, &known, &names), [Is::New]);
        // What may be either is not guessed.
        let rows = [row(&["Nobody reads the log", "AU-6", "2027-01-31", "Moderate"])];
        assert_eq!(matched(&rows, &known, &names), [Is::Either(1, 2)]);
    }

    #[test]
    fn ids_lead_to_their_record_once() {
        let then = [row(&["a", "One"]), row(&["b", "Two"])];
        let known: Vec<_> =
            then.iter().map(|cells| Known { id: &cells[0], then: cells, now: cells }).collect();
        let names = Names { id: Some(0), keys: &[1], unique: false, about: None, columns: &[0, 1] };
        let rows =
            [row(&["b", "x"]), row(&["c", "One"]), row(&["b", "Two"]), row(&["", "one"]), row(&["", "one"])];
        let is = [Is::Known(1), Is::UnknownId, Is::Twice(0), Is::Known(0), Is::New];
        assert_eq!(matched(&rows, &known, &names), is);
    }
}
