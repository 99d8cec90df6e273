//! Building an index, from an OSCAL catalogue or fact by fact.

use super::{
    Baseline, Baselines, ControlFacts, ControlNo, Family, Index, ParameterFacts, StatementFacts, StatementNo,
};
use crate::oscal::{Catalog, Control, Group, Part, SUCCESSION, label_below, linked_controls, plain_label};
use std::collections::HashMap;

/// Why an index can not be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IndexError {
    /// Two controls have the same identifier.
    #[error("control {id:?} is there twice; identifiers must be unique")]
    DuplicateControl {
        /// The identifier.
        id: String,
    },
    /// Numbers of 16 bits are not enough.
    #[error("the catalogue has more than 65,535 {what}")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
    },
    /// A baseline names a control that the index does not have.
    #[error("baseline control {id:?} is not in the index")]
    UnknownControl {
        /// The identifier.
        id: String,
    },
}

/// Labels of parameters up to this many characters are facts worth keeping; longer ones are prose.
const LONGEST_LABEL: usize = 80;

impl Index {
    /// Builds an index of any OSCAL catalogue. Statement parts and parameters without identifier are left
    /// out, since nothing can refer to them.
    ///
    /// # Errors
    /// [`IndexError`] when identifiers repeat or there are more than 65,535 of a kind.
    pub fn from_catalog(catalog: &Catalog) -> Result<Index, IndexError> {
        let mut builder = Builder::default();
        for control in &catalog.controls {
            builder.control(control, None, None)?;
        }
        for group in &catalog.groups {
            builder.group(group)?;
        }
        builder.finish()
    }

    /// Declares the members of a baseline by identifier, replacing an earlier declaration.
    ///
    /// # Errors
    /// [`IndexError::UnknownControl`] when an identifier is not in the index.
    pub fn set_baseline<'a>(
        &mut self,
        baseline: Baseline,
        ids: impl Iterator<Item = &'a str>,
    ) -> Result<(), IndexError> {
        let mut members = Vec::new();
        for id in ids {
            let no = self.by_id(id).ok_or_else(|| IndexError::UnknownControl { id: id.to_owned() })?;
            members.push(no);
        }
        members.sort_unstable();
        members.dedup();
        for control in &mut self.controls {
            control.baselines = Baselines(control.baselines.0 & !baseline.bit());
        }
        for no in &members {
            let flags = &mut self.controls[usize::from(no.0)].baselines;
            *flags = Baselines(flags.0 | baseline.bit());
        }
        self.baselines[baseline as usize] = members;
        Ok(())
    }
}

/// An index in the making; other controls are names until all are known.
#[derive(Default)]
pub(super) struct Builder {
    index: Index,
    names: Vec<Names>,
}

/// Other controls that a control refers to, by identifier.
pub(super) struct Names {
    pub(super) related: Vec<String>,
    pub(super) replaced_by: Vec<String>,
}

impl Builder {
    fn group(&mut self, group: &Group) -> Result<(), IndexError> {
        if !group.controls.is_empty() {
            let family = self.family(group.id.as_deref().unwrap_or_default(), &group.title)?;
            for control in &group.controls {
                self.control(control, Some(family), None)?;
            }
        }
        group.groups.iter().try_for_each(|g| self.group(g))
    }

    fn control(
        &mut self,
        control: &Control,
        family: Option<u16>,
        parent: Option<ControlNo>,
    ) -> Result<(), IndexError> {
        let label = plain_label(&control.props).unwrap_or(&control.id);
        let withdrawn =
            control.props.iter().any(|p| p.name == "status" && p.value.eq_ignore_ascii_case("withdrawn"));
        let linked = |relations: &[&str]| {
            linked_controls(&control.links, relations).into_iter().map(str::to_owned).collect()
        };
        let names = Names { related: linked(&["related"]), replaced_by: linked(&SUCCESSION) };
        let no = self.add_control(&control.id, label, &control.title, family, parent, withdrawn, names)?;
        for part in control.parts.iter().filter(|p| p.name == "statement") {
            self.statement(part, "")?;
        }
        for param in &control.params {
            let label = param.label.as_deref().filter(|l| l.chars().count() <= LONGEST_LABEL);
            self.add_parameter(&param.id, label.unwrap_or_default())?;
        }
        control.controls.iter().try_for_each(|c| self.control(c, family, Some(no)))
    }

    fn statement(&mut self, part: &Part, before: &str) -> Result<(), IndexError> {
        let own = plain_label(&part.props).unwrap_or_default();
        let full = label_below(before, own);
        if let Some(id) = &part.id {
            self.add_statement(id, &full)?;
        }
        let inner = part.parts.iter().filter(|p| p.name == "item" || p.name == "statement");
        for part in inner {
            self.statement(part, &full)?;
        }
        Ok(())
    }

    pub(super) fn family(&mut self, id: &str, title: &str) -> Result<u16, IndexError> {
        let no = number(self.index.families.len(), "groups")?;
        self.index.families.push(Family { id: id.to_owned(), title: title.to_owned() });
        Ok(no)
    }

    #[expect(clippy::too_many_arguments, reason = "one argument per column of the facts")]
    pub(super) fn add_control(
        &mut self,
        id: &str,
        label: &str,
        title: &str,
        family: Option<u16>,
        parent: Option<ControlNo>,
        withdrawn: bool,
        names: Names,
    ) -> Result<ControlNo, IndexError> {
        let no = ControlNo(number(self.index.controls.len(), "controls")?);
        if self.index.by_id.insert(id.to_owned(), no).is_some() {
            return Err(IndexError::DuplicateControl { id: id.to_owned() });
        }
        self.index.by_label.entry(label.to_owned()).or_insert(no);
        let statements = number(self.index.statements.len(), "statements")?;
        let parameters = number(self.index.parameters.len(), "parameters")?;
        self.index.controls.push(ControlFacts {
            id: id.to_owned(),
            label: label.to_owned(),
            title: title.to_owned(),
            family,
            parent,
            withdrawn,
            baselines: Baselines::default(),
            related: Vec::new(),
            replaced_by: Vec::new(),
            statements: statements..statements,
            parameters: parameters..parameters,
        });
        self.names.push(names);
        Ok(no)
    }

    /// Adds a statement to the control added last.
    pub(super) fn add_statement(&mut self, id: &str, label: &str) -> Result<(), IndexError> {
        let no = number(self.index.statements.len(), "statements")?;
        let Some((control, last)) = self.last() else { return Ok(()) };
        last.statements.end = no + 1;
        self.index.statement_by_id.entry(id.to_owned()).or_insert(StatementNo(no));
        self.index.statements.push(StatementFacts { id: id.to_owned(), label: label.to_owned(), control });
        Ok(())
    }

    /// Adds a parameter to the control added last.
    pub(super) fn add_parameter(&mut self, id: &str, label: &str) -> Result<(), IndexError> {
        let no = number(self.index.parameters.len(), "parameters")?;
        let Some((control, last)) = self.last() else { return Ok(()) };
        last.parameters.end = no + 1;
        self.index.parameter_by_id.entry(id.to_owned()).or_insert(no);
        self.index.parameters.push(ParameterFacts { id: id.to_owned(), label: label.to_owned(), control });
        Ok(())
    }

    fn last(&mut self) -> Option<(ControlNo, &mut ControlFacts)> {
        let no = u16::try_from(self.index.controls.len().checked_sub(1)?).ok()?;
        Some((ControlNo(no), self.index.controls.last_mut()?))
    }

    /// The control with an identifier, among those added so far.
    pub(super) fn known(&self, id: &str) -> Option<ControlNo> {
        self.index.by_id(id)
    }

    pub(super) fn finish(self) -> Result<Index, IndexError> {
        let Builder { mut index, names } = self;
        let by_id: &HashMap<String, ControlNo> = &index.by_id;
        // A link may name the last piece of an identifier: `03.01.12` for `SP_800_171_03.01.12`.
        let mut by_end: HashMap<&str, Option<ControlNo>> = HashMap::new();
        for (id, no) in by_id {
            if let Some((_, end)) = id.rsplit_once('_') {
                by_end.entry(end).and_modify(|known| *known = None).or_insert(Some(*no));
            }
        }
        let find =
            |id: &String| by_id.get(id).copied().or_else(|| by_end.get(id.as_str()).copied().flatten());
        let known = |ids: &[String]| ids.iter().filter_map(find).collect();
        for (control, names) in index.controls.iter_mut().zip(names) {
            control.related = known(&names.related);
            control.replaced_by = known(&names.replaced_by);
        }
        Ok(index)
    }
}

/// A number below 65,535, so that the end of a range fits too.
fn number(count: usize, what: &'static str) -> Result<u16, IndexError> {
    u16::try_from(count).ok().filter(|n| *n < u16::MAX).ok_or(IndexError::TooMany { what })
}
