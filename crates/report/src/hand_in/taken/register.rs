//! Rows that are records: what was changed in a cell changes that field of that record, what has no record yet becomes
//! one, and what no field can take is named.

use super::entries::{Entry, entries};
use super::matching::{Is, Known, Names, matched};
use super::sight::{RowField, Sight};
use super::{NotTaken, TakenBack, TakenEdit, TakenField};
use crate::hand_in::HandInError;
use crate::hand_in::kept::Kept;
use crate::hand_in::layout::{Layout, Rows};
use crate::hand_in::subject::Subject;
use crate::hand_in::workbook::filling;
use crate::hand_in::written::fields;
use crate::template::{ReadRow, ReadSheet, read};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use warrant_model::kind::{Kind, Record};

/// Why a changed cell changes nothing.
pub(super) enum Untaken {
    /// It is left as it is, and named with the reason.
    Left(String),
    /// It can not be right; with the remedy.
    Wrong(String),
}

/// What becomes of a changed cell.
pub(super) type Taking = Result<(), Untaken>;

/// A changed cell.
pub(super) struct Told<'t> {
    /// What was written into it.
    pub(super) was: &'t str,
    /// What it says.
    pub(super) says: &'t str,
    /// Our own words for what it says, when the template has words of its own.
    pub(super) ours: Vec<&'t str>,
}

/// A row by fields.
pub(super) struct Line<'l, F> {
    fields: &'l [Option<F>],
    cells: &'l [String],
}

impl<F: RowField> Line<'_, F> {
    /// What it says in the column of a field; nothing when there is no such column.
    pub(super) fn says(&self, field: F) -> &str {
        let at = self.fields.iter().position(|one| *one == Some(field));
        at.and_then(|at| self.cells.get(at)).map(String::as_str).unwrap_or_default()
    }

    /// Whether the layout has a column for a field.
    pub(super) fn has(&self, field: F) -> bool {
        self.fields.contains(&Some(field))
    }
}

/// Records of one kind as rows.
pub(super) trait Register<'a> {
    /// What its columns take.
    type Field: RowField + 'static;
    /// The kind.
    type Body: Kind + Clone + Default + PartialEq + Serialize + 'a;
    /// The column of ids.
    const ID: Option<Self::Field>;
    /// Columns by which a row without id is recognised, the most certain first.
    const NAMES: &'static [Self::Field];
    /// Whether the first of them tells records apart.
    const UNIQUE: bool;
    /// The column with what a row is about, by which rows of a layout without any of these are recognised.
    const ABOUT: Option<Self::Field>;
    /// Columns that are looked at last, since they depend on others.
    const LAST: &'static [Self::Field];

    /// All its records.
    fn records(&self) -> &'a [Record<Self::Body>];
    /// A record to begin with.
    fn blank(&self) -> Self::Body;
    /// Changes a field of a record; `before` is the record as it is, if there is one.
    fn take(
        &self,
        draft: &mut Self::Body,
        field: Self::Field,
        told: &Told<'_>,
        line: &Line<'_, Self::Field>,
        before: Option<&Record<Self::Body>>,
    ) -> Taking;
    /// Brings a record to the sheet that its row stands on.
    fn place(&self, draft: &mut Self::Body, on: Rows, before: Option<&Record<Self::Body>>) -> Taking;
    /// What a new record lacks, by column.
    fn complete(&self, draft: &mut Self::Body, line: &Line<'_, Self::Field>) -> Vec<(Self::Field, String)>;
}

/// A row of the workbook.
struct Row<'r> {
    sheet: usize,
    read: &'r ReadRow,
    cells: Vec<String>,
}

/// Reads a filled workbook of records.
pub(super) fn take<'a, R: Register<'a>>(
    register: &R,
    layout: &Layout,
    (subject, kept): (&Subject<'a>, Option<&Kept>),
    workbook: &[u8],
) -> Result<TakenBack, HandInError> {
    let fields = fields::<R::Field>(layout)?;
    let fillings: Vec<_> = layout.sheets.iter().map(|sheet| filling(layout, sheet, Vec::new())).collect();
    let sheets = read(workbook, &fillings)?;
    let entries = entries(register.records(), layout, subject, kept)?;
    let mut work = Work {
        register,
        layout,
        fields: &fields,
        sheets: &sheets,
        taken: TakenBack { kind: R::Body::SPEC.name, ..TakenBack::default() },
        left: BTreeMap::new(),
        problems: Vec::new(),
    };
    let rows = work.rows();
    work.take(&rows, &entries);
    work.done()
}

struct Work<'w, R, F> {
    register: &'w R,
    layout: &'w Layout,
    fields: &'w [Option<F>],
    sheets: &'w [ReadSheet],
    taken: TakenBack,
    /// Rows whose cells are left as they are: by sheet, column and reason.
    left: BTreeMap<(usize, usize, String), Vec<u32>>,
    problems: Vec<(usize, u32, String)>,
}

impl<'w, 'a, R: Register<'a>> Work<'w, R, R::Field> {
    fn sight(&self, sheet: usize) -> Sight<'w, R::Field> {
        Sight { layout: self.layout, fields: self.fields, sheet: &self.sheets[sheet] }
    }

    fn wrong(&mut self, row: &Row<'_>, column: Option<usize>, message: &str) {
        let told = self.sight(row.sheet).at(row.read.number, column, message);
        self.problems.push((row.sheet, row.read.number, told));
    }

    fn column(&self, field: R::Field) -> Option<usize> {
        self.fields.iter().position(|one| *one == Some(field))
    }

    /// Rows that say anything in a column that Warrant writes.
    fn rows(&mut self) -> Vec<Row<'w>> {
        let mut found = Vec::new();
        for (nth, sheet) in self.sheets.iter().enumerate() {
            let sight = self.sight(nth);
            for read in &sheet.rows {
                let mut row = Row { sheet: nth, read, cells: Vec::with_capacity(read.cells.len()) };
                let mut says = false;
                let mut problems = Vec::new();
                for at in 0..self.fields.len() {
                    let cell = sight.kept(read, at);
                    says |= self.fields[at].is_some()
                        && !read.formulas.contains(&at)
                        && cell.as_ref().map_or(true, |text| !text.is_empty());
                    let told = |message| problems.push((at, message));
                    row.cells.push(cell.map_err(told).unwrap_or_default());
                }
                if says {
                    problems.iter().for_each(|(at, message)| self.wrong(&row, Some(*at), message));
                    found.push(row);
                } else {
                    self.taken.blank += 1;
                }
            }
        }
        found
    }

    fn take(&mut self, rows: &[Row<'_>], entries: &[Entry<'a, R::Body>]) {
        let columns: Vec<usize> = (0..self.fields.len()).filter(|at| self.fields[*at].is_some()).collect();
        let names: Vec<usize> = R::NAMES.iter().filter_map(|field| self.column(*field)).collect();
        let id = R::ID.and_then(|field| self.column(field));
        let known: Vec<Known<'_>> =
            entries.iter().map(|one| Known { id: &one.id, then: &one.then, now: &one.now }).collect();
        let cells: Vec<Vec<String>> = rows.iter().map(|row| row.cells.clone()).collect();
        let unnamed = id.is_none() && names.is_empty();
        let about = R::ABOUT.filter(|_| unnamed).and_then(|field| self.column(field));
        let named = Names { id, keys: &names, unique: R::UNIQUE, about, columns: &columns };
        let is = matched(&cells, &known, &named);
        let title = R::Body::SPEC.title;
        for (row, is) in rows.iter().zip(&is) {
            match is {
                Is::Known(nth) => self.known_row(row, &entries[*nth]),
                Is::New => self.new_row(row),
                Is::UnknownId => {
                    let id = id.map(|at| row.cells[at].clone()).unwrap_or_default();
                    let message = format!(
                        "no {title} of this system that could stand here has the id `{id}`; correct it, or empty the cell \
                         to make a new one"
                    );
                    self.wrong(row, R::ID.and_then(|field| self.column(field)), &message);
                }
                Is::Twice(other) => {
                    let first = self.sight(rows[*other].sheet).place(rows[*other].read.number, None);
                    let at = id.or_else(|| names.first().copied());
                    let message = format!("{first} is the same {title}; leave one of them");
                    self.wrong(row, at, &message);
                }
                Is::Either(one, other) => {
                    let (one, other) = (&entries[*one].id, &entries[*other].id);
                    let message = format!(
                        "the row may be {one} or {other}, which read alike; change the one that is meant in Warrant"
                    );
                    self.wrong(row, None, &message);
                }
            }
        }
        let seen: HashSet<usize> =
            is.iter().filter_map(|is| if let Is::Known(nth) = is { Some(*nth) } else { None }).collect();
        let lacking = |(nth, entry): &(usize, &Entry<'_, R::Body>)| {
            !seen.contains(nth) && entry.now_on.is_some() && entry.record.is_some()
        };
        self.taken.absent = entries.iter().enumerate().filter(lacking).count();
    }

    /// The columns in the order in which they are looked at.
    fn in_order(&self) -> Vec<usize> {
        let last = |at: &usize| self.fields[*at].is_some_and(|field| R::LAST.contains(&field));
        let (late, early): (Vec<usize>, Vec<usize>) = (0..self.fields.len()).partition(last);
        early.into_iter().chain(late).collect()
    }

    fn told<'t>(&'t self, at: usize, was: &'t str, says: &'t str) -> Told<'t> {
        let words = &self.layout.columns[at].words;
        let ours = words.iter().filter(|(_, theirs)| *theirs == says).map(|(ours, _)| ours.as_str());
        Told { was, says, ours: ours.collect() }
    }

    /// What becomes of a changed cell; whether it was taken.
    fn cell(
        &mut self,
        draft: &mut R::Body,
        row: &Row<'_>,
        (at, was): (usize, &str),
        before: Option<&Record<R::Body>>,
    ) -> bool {
        let says = row.cells[at].as_str();
        let taking = match self.fields[at] {
            None => Err(Untaken::Left("Warrant keeps no such thing".to_owned())),
            Some(field) => {
                let line = Line { fields: self.fields, cells: &row.cells };
                self.register.take(draft, field, &self.told(at, was, says), &line, before)
            }
        };
        self.outcome(row, Some(at), taking)
    }

    fn outcome(&mut self, row: &Row<'_>, at: Option<usize>, taking: Taking) -> bool {
        match taking {
            Ok(()) => return true,
            Err(Untaken::Left(why)) => {
                let at = at.unwrap_or(usize::MAX);
                self.left.entry((row.sheet, at, why)).or_default().push(row.read.number);
            }
            Err(Untaken::Wrong(message)) => self.wrong(row, at, &message),
        }
        false
    }

    fn known_row(&mut self, row: &Row<'_>, entry: &Entry<'a, R::Body>) {
        let is_id = |at: usize| self.fields[at].is_some() && self.fields[at] == R::ID;
        let mut changed: Vec<usize> = self.in_order();
        changed.retain(|at| {
            let says = &row.cells[*at];
            !is_id(*at) && *says != entry.then[*at] && *says != entry.now[*at]
        });
        self.computed(row, &mut changed);
        let on = self.layout.sheets[row.sheet].rows;
        let moved = entry.then_on.is_some_and(|then| then != row.sheet) && entry.now_on != Some(row.sheet);
        if changed.is_empty() && !moved {
            self.taken.same += 1;
            return;
        }
        let Some(record) = entry.record.filter(|_| entry.now_on.is_some()) else {
            let message = format!(
                "{} was removed or called off since the workbook was exported; delete the row, or bring the {} back first",
                entry.id,
                R::Body::SPEC.title
            );
            self.wrong(row, None, &message);
            return;
        };
        let mut draft = record.body.clone();
        let mut edit = TakenEdit::of(&self.sheets[row.sheet], row.read.number);
        for at in changed {
            let (then, now) = (entry.then[at].as_str(), entry.now[at].as_str());
            let before = draft.clone();
            if !self.cell(&mut draft, row, (at, then), Some(record)) || draft == before {
                continue;
            }
            if then != now {
                let now = if now.is_empty() { "empty".to_owned() } else { format!("`{}`", brief(now)) };
                let message = format!(
                    "it was changed in Warrant since the export as well, and is {now} now; write that to leave it, or \
                     export anew and change it there"
                );
                self.wrong(row, Some(at), &message);
            }
            edit.fields.push(self.field(at, now, &row.cells[at]));
        }
        if moved {
            let taking = self.register.place(&mut draft, on, Some(record));
            self.outcome(row, None, taking);
        }
        self.settle(edit, Some(record), &draft);
    }

    fn new_row(&mut self, row: &Row<'_>) {
        let mut draft = self.register.blank();
        let mut edit = TakenEdit::of(&self.sheets[row.sheet], row.read.number);
        let mut filled = self.in_order();
        filled.retain(|at| !row.cells[*at].is_empty());
        self.computed(row, &mut filled);
        for at in filled {
            let says = &row.cells[at];
            if self.cell(&mut draft, row, (at, ""), None) {
                edit.fields.push(self.field(at, "", says));
            }
        }
        let taking = self.register.place(&mut draft, self.layout.sheets[row.sheet].rows, None);
        self.outcome(row, None, taking);
        let line = Line { fields: self.fields, cells: &row.cells };
        let lacks = self.register.complete(&mut draft, &line);
        for (field, message) in lacks {
            let at = self.column(field);
            self.wrong(row, at, &message);
        }
        self.settle(edit, None, &draft);
    }

    /// Sets aside what a formula computes: the template's own, or a person's, who is told.
    fn computed(&mut self, row: &Row<'_>, columns: &mut Vec<usize>) {
        let why = "a formula computes it; write what it shows as text to have it taken";
        let (computed, others) = columns.iter().partition(|at| row.read.formulas.contains(at));
        *columns = others;
        let ours: Vec<usize> = computed;
        for at in ours.into_iter().filter(|at| self.fields[*at].is_some()) {
            self.left.entry((row.sheet, at, why.to_owned())).or_default().push(row.read.number);
        }
    }

    fn field(&self, at: usize, was: &str, becomes: &str) -> TakenField {
        let column = self.layout.columns[at].header.clone();
        TakenField { column, was: was.to_owned(), becomes: becomes.to_owned() }
    }

    /// Takes an edit if it changes anything.
    fn settle(&mut self, mut edit: TakenEdit, record: Option<&Record<R::Body>>, draft: &R::Body) {
        let value = |body: &R::Body| serde_json::to_value(body).unwrap_or_default();
        let body = value(draft);
        let before = record.map(|record| value(&record.body));
        if before.as_ref() == Some(&body) {
            self.taken.same += 1;
            return;
        }
        let text = |body: &Value, field: &str| body[field].as_str().unwrap_or_default().to_owned();
        if let Some(workflow) = R::Body::SPEC.workflow {
            let was = before.as_ref().map(|body| text(body, workflow.field)).unwrap_or_default();
            let becomes = text(&body, workflow.field);
            let titled = |name: &str| {
                let state = workflow.states.iter().find(|state| state.name == name);
                state.map_or(String::new(), |state| state.title.to_owned())
            };
            if was != becomes {
                let (was, becomes) = (titled(&was), titled(&becomes));
                edit.fields.push(TakenField { column: "State".to_owned(), was, becomes });
            }
        }
        edit.title = text(&body, R::Body::SPEC.title_field);
        edit.record = record.map(|record| (record.id.clone(), record.version));
        edit.body = body;
        self.taken.edits.push(edit);
    }

    fn done(mut self) -> Result<TakenBack, HandInError> {
        if !self.problems.is_empty() {
            self.problems.sort();
            let told = self.problems.into_iter().map(|(.., told)| told).collect();
            return Err(super::refused(told));
        }
        for ((sheet, at, why), mut rows) in self.left {
            rows.sort_unstable();
            rows.dedup();
            let column = self.layout.columns.get(at).map(|column| column.header.clone()).unwrap_or_default();
            self.taken.not_taken.push(NotTaken { sheet: self.sheets[sheet].name.clone(), column, rows, why });
        }
        self.taken.sheets = self.sheets.iter().map(|sheet| sheet.name.clone()).collect();
        Ok(self.taken)
    }
}

/// The beginning of a text on one line.
fn brief(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = line.chars().take(60).collect();
    if cut.len() < line.len() { cut + " …" } else { cut }
}
