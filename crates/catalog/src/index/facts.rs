//! The written form of an index: tab-separated lines, one fact each, in the order of the catalogue.
//!
//! `F id title` opens a family; `C id label title flags related replaced-by` a control, with flags `e` (once per level it is
//! nested below another control), `w` (withdrawn) and `l m h p` (baselines); `S id label` a statement and `P id label` a
//! parameter of the last control. Statement and parameter identifiers that start with the control's identifier
//! have it replaced by `*`. Lines with `#` are comments.

use super::build::{Builder, IndexError, Names};
use super::{Baseline, ControlFacts, ControlNo, Index};
use std::fmt::Write as _;

/// Why facts can not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactsError {
    /// A line does not have the form its first letter asks for.
    #[error("line {line}: not a fact of the form `{form}`")]
    Form {
        /// Line, from 1.
        line: usize,
        /// The expected columns.
        form: &'static str,
    },
    /// The facts contradict each other.
    #[error("line {line}: {reason}")]
    Contradiction {
        /// Line, from 1; the line after the last for the file as a whole.
        line: usize,
        /// What is wrong.
        reason: IndexError,
    },
}

const LETTERS: [(char, Baseline); 4] =
    [('l', Baseline::Low), ('m', Baseline::Moderate), ('h', Baseline::High), ('p', Baseline::Privacy)];

pub(super) fn write(index: &Index) -> String {
    let mut out = String::new();
    let mut family = None;
    for (position, control) in index.controls.iter().enumerate() {
        if control.family != family {
            family = control.family;
            let facts = family.and_then(|f| index.families.get(usize::from(f)));
            let (id, title) = facts.map_or(("", ""), |f| (f.id.as_str(), f.title.as_str()));
            line(&mut out, &["F", id, title]);
        }
        let ids = |list: &[ControlNo]| -> String {
            let ids = list.iter().filter_map(|no| index.control(*no)).map(|c| c.id.as_str());
            ids.collect::<Vec<_>>().join(" ")
        };
        let (related, replaced_by) = (ids(&control.related), ids(&control.replaced_by));
        let facts =
            [&control.id, &control.label, &control.title, &flags(index, control), &related, &replaced_by];
        line(&mut out, &["C", facts[0], facts[1], facts[2], facts[3], facts[4], facts[5]]);
        let no = ControlNo(u16::try_from(position).unwrap_or(u16::MAX));
        for statement in &index.statements[index.statements(no)] {
            line(&mut out, &["S", &shorten(&statement.id, &control.id), &statement.label]);
        }
        for parameter in index.parameters(no) {
            line(&mut out, &["P", &shorten(&parameter.id, &control.id), &parameter.label]);
        }
    }
    out
}

fn line(out: &mut String, columns: &[&str]) {
    let clean: Vec<String> =
        columns.iter().map(|c| c.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let _ = writeln!(out, "{}", clean.join("\t").trim_end_matches('\t'));
}

fn flags(index: &Index, control: &ControlFacts) -> String {
    let mut flags = String::new();
    let mut above = control.parent;
    while let Some(parent) = above.and_then(|no| index.control(no)) {
        flags.push('e');
        above = parent.parent;
    }
    if control.withdrawn {
        flags.push('w');
    }
    flags.extend(LETTERS.iter().filter(|(_, b)| control.baselines.contains(*b)).map(|(letter, _)| *letter));
    flags
}

fn shorten(id: &str, control: &str) -> String {
    id.strip_prefix(control).map_or_else(|| id.to_owned(), |rest| format!("*{rest}"))
}

pub(super) fn read(text: &str) -> Result<Index, FactsError> {
    let mut builder = Builder::default();
    let mut family = None;
    let mut control = "";
    let mut above: Vec<&str> = Vec::new();
    let mut baselines: [Vec<&str>; 4] = Default::default();
    let mut count = 0;
    for (position, text) in text.lines().enumerate() {
        count = position + 1;
        let at = |reason| FactsError::Contradiction { line: position + 1, reason };
        let form = |form| FactsError::Form { line: position + 1, form };
        if text.starts_with('#') || text.is_empty() {
            continue;
        }
        let mut columns = text.split('\t');
        let kind = columns.next().unwrap_or_default();
        let mut column = || columns.next().unwrap_or_default();
        match kind {
            "F" => {
                let (id, title) = (column(), column());
                family = if id.is_empty() && title.is_empty() {
                    None
                } else {
                    Some(builder.family(id, title).map_err(at)?)
                };
            }
            "C" => {
                let (id, label, title, flags) = (column(), column(), column(), column());
                let mut names = || column().split(' ').filter(|r| !r.is_empty()).map(str::to_owned).collect();
                let names = Names { related: names(), replaced_by: names() };
                if id.is_empty() {
                    return Err(form("C id label title flags related replaced-by"));
                }
                control = id;
                let depth = flags.chars().filter(|f| *f == 'e').count();
                above.truncate(depth);
                let parent = above.last().and_then(|id| builder.known(id));
                above.push(id);
                builder
                    .add_control(id, label, title, family, parent, flags.contains('w'), names)
                    .map_err(at)?;
                for (letter, baseline) in LETTERS {
                    if flags.contains(letter) {
                        baselines[baseline as usize].push(id);
                    }
                }
            }
            "S" => builder.add_statement(&lengthen(column(), control), column()).map_err(at)?,
            "P" => builder.add_parameter(&lengthen(column(), control), column()).map_err(at)?,
            _ => return Err(form("F | C | S | P …")),
        }
    }
    let whole = |reason| FactsError::Contradiction { line: count + 1, reason };
    let mut index = builder.finish().map_err(whole)?;
    for baseline in Baseline::ALL {
        index.set_baseline(baseline, baselines[baseline as usize].iter().copied()).map_err(whole)?;
    }
    Ok(index)
}

fn lengthen(id: &str, control: &str) -> String {
    id.strip_prefix('*').map_or_else(|| id.to_owned(), |rest| format!("{control}{rest}"))
}
