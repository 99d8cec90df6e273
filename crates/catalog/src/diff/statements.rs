//! What a comparison looks at: controls, their statements, and what the parameters of a statement stand for.

use super::StatementRef;
use super::text::{PARAMETER, Text};
use crate::oscal::{Catalog, Control, Group, Param, Part, label_below, linked_controls, plain_label};
use std::collections::HashMap;

/// A catalogue as lists of controls and statements.
pub(super) struct Outline {
    pub(super) controls: Vec<Outlined>,
    pub(super) statements: Vec<Statement>,
    by_id: HashMap<String, usize>,
}

/// A control.
pub(super) struct Outlined {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) title: String,
    pub(super) withdrawn: bool,
    pub(super) moved_to: Vec<String>,
    pub(super) incorporated_into: Vec<String>,
    /// Positions of its statements.
    pub(super) statements: std::ops::Range<usize>,
}

impl Outlined {
    /// Controls that took over what this one asked for.
    pub(super) fn successors(&self) -> Vec<String> {
        self.moved_to.iter().chain(&self.incorporated_into).cloned().collect()
    }
}

/// A statement.
pub(super) struct Statement {
    pub(super) id: String,
    /// Position of its control.
    pub(super) control: usize,
    /// Position of the statement it is an item of.
    pub(super) parent: Option<usize>,
    /// Full label, e.g. `AC-2d.1.`.
    pub(super) label: String,
    pub(super) text: Text,
    pub(super) parameters: Vec<Parameter>,
}

impl Statement {
    /// Whether it has no words and only stands over items.
    pub(super) fn is_heading(&self) -> bool {
        self.text.shown.is_empty()
    }
}

/// A parameter where a statement inserts it.
pub(super) struct Parameter {
    pub(super) id: String,
    /// What it stands for: value, choices or label, and constraints.
    pub(super) meaning: String,
}

impl Outline {
    pub(super) fn of(catalog: &Catalog) -> Outline {
        let mut meanings = Meanings::of(catalog);
        let mut outline = Outline { controls: Vec::new(), statements: Vec::new(), by_id: HashMap::new() };
        catalog.for_each_control(&mut |control| outline.add(control, &mut meanings));
        outline.complete_targets();
        outline
    }

    /// A link may name the last piece of an identifier: `03.01.12` for `SP_800_171_03.01.12`.
    fn complete_targets(&mut self) {
        let mut by_end: HashMap<String, Option<String>> = HashMap::new();
        for id in self.by_id.keys() {
            if let Some((_, end)) = id.rsplit_once('_') {
                by_end.entry(end.to_owned()).and_modify(|known| *known = None).or_insert(Some(id.clone()));
            }
        }
        let by_id = &self.by_id;
        for control in &mut self.controls {
            for target in control.moved_to.iter_mut().chain(&mut control.incorporated_into) {
                let whole = by_end.get(target.as_str()).and_then(Option::as_ref);
                if let Some(whole) = whole.filter(|_| !by_id.contains_key(target.as_str())) {
                    target.clone_from(whole);
                }
            }
        }
    }

    pub(super) fn control(&self, id: &str) -> Option<&Outlined> {
        self.by_id.get(id).map(|at| &self.controls[*at])
    }

    pub(super) fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub(super) fn reference(&self, statement: &Statement) -> StatementRef {
        let control = &self.controls[statement.control];
        StatementRef {
            id: statement.id.clone(),
            control: control.id.clone(),
            label: statement.label.clone(),
            text: statement.text.shown.clone(),
        }
    }

    fn add(&mut self, control: &Control, meanings: &mut Meanings<'_>) {
        let position = self.controls.len();
        let start = self.statements.len();
        let withdrawn =
            control.props.iter().any(|p| p.name == "status" && p.value.eq_ignore_ascii_case("withdrawn"));
        let label = plain_label(&control.props).unwrap_or(&control.id);
        for part in control.parts.iter().filter(|p| p.name == "statement") {
            self.add_part(position, None, part, label, meanings);
        }
        if self.statements.len() == start && !withdrawn && control.controls.is_empty() {
            let (text, inserted) = Text::of_title(&control.title);
            let parameters = meanings.parameters(inserted);
            let (id, label) = (control.id.clone(), label.to_owned());
            self.statements.push(Statement { id, control: position, parent: None, label, text, parameters });
        }
        self.by_id.entry(control.id.clone()).or_insert(position);
        let targets = |relations: &[&str]| -> Vec<String> {
            linked_controls(&control.links, relations).into_iter().map(str::to_owned).collect()
        };
        self.controls.push(Outlined {
            id: control.id.clone(),
            label: label.to_owned(),
            title: control.title.clone(),
            withdrawn,
            moved_to: targets(&["moved-to"]),
            incorporated_into: targets(&["incorporated-into", "addressed-by"]),
            statements: start..self.statements.len(),
        });
    }

    fn add_part(
        &mut self,
        control: usize,
        parent: Option<usize>,
        part: &Part,
        before: &str,
        meanings: &mut Meanings<'_>,
    ) {
        let own = plain_label(&part.props).unwrap_or_default();
        let label = label_below(before, own);
        let place = self.statements.len();
        let id = part.id.clone().unwrap_or_else(|| format!("statement without identifier {place}"));
        let (text, inserted) = Text::of(part.prose.as_deref().unwrap_or_default());
        let parameters = meanings.parameters(inserted);
        self.statements.push(Statement { id, control, parent, label: label.clone(), text, parameters });
        for part in part.parts.iter().filter(|p| p.name == "item" || p.name == "statement") {
            self.add_part(control, Some(place), part, &label, meanings);
        }
    }
}

fn collect_params<'a>(catalog: &'a Catalog, params: &mut HashMap<&'a str, &'a Param>) {
    fn groups<'a>(list: &'a [Group], params: &mut HashMap<&'a str, &'a Param>) {
        for group in list {
            params.extend(group.params.iter().map(|p| (p.id.as_str(), p)));
            groups(&group.groups, params);
        }
    }
    params.extend(catalog.params.iter().map(|p| (p.id.as_str(), p)));
    groups(&catalog.groups, params);
    catalog.for_each_control(&mut |control| {
        params.extend(control.params.iter().map(|p| (p.id.as_str(), p)));
    });
}

/// Choices may insert parameters again; so deep at most.
const DEEPEST: usize = 4;

/// Longest meaning that is kept, in bytes; longer ones are compared by their beginning.
const LONGEST_MEANING: usize = 2_000;

/// What parameters stand for. Each is worked out once per depth, so that choices inside choices cost no more
/// than the document is long.
pub(super) struct Meanings<'a> {
    params: HashMap<&'a str, &'a Param>,
    known: HashMap<(&'a str, usize), String>,
}

impl<'a> Meanings<'a> {
    fn of(catalog: &'a Catalog) -> Self {
        let mut params = HashMap::new();
        collect_params(catalog, &mut params);
        Meanings { params, known: HashMap::new() }
    }

    fn parameters(&mut self, inserted: Vec<String>) -> Vec<Parameter> {
        inserted
            .into_iter()
            .map(|id| {
                let meaning = self.meaning(&id, DEEPEST);
                Parameter { id, meaning }
            })
            .collect()
    }

    /// What a parameter stands for, in lower case. The words *organization-defined* are left out: revisions
    /// add and drop them without changing what is meant (SP 800-53 release 5.1.1 against 5.0.1).
    fn meaning(&mut self, id: &str, levels: usize) -> String {
        let Some((&id, &param)) = self.params.get_key_value(id) else { return format!("unknown {id}") };
        if let Some(known) = self.known.get(&(id, levels)) {
            return known.clone();
        }
        let mut out = match (&param.values[..], &param.select) {
            ([], Some(select)) => {
                let how_many = select.how_many.as_deref().unwrap_or("one");
                format!("choose {how_many} of: {}", self.listed(&select.choice, levels))
            }
            ([], None) => {
                let label = param.label.as_deref().filter(|l| !l.trim().is_empty());
                self.plain(label.or(param.usage.as_deref()).unwrap_or_default(), levels)
            }
            (values, _) => format!("= {}", self.listed(values, levels)),
        };
        for rule in param.constraints.iter().filter_map(|c| c.description.as_deref()) {
            if out.len() < LONGEST_MEANING {
                out.push_str(" where ");
                out.push_str(&self.plain(rule, levels));
            }
        }
        out.truncate(out.floor_char_boundary(LONGEST_MEANING));
        self.known.insert((id, levels), out.clone());
        out
    }

    fn listed(&mut self, texts: &[String], levels: usize) -> String {
        let mut out = String::new();
        for text in texts {
            if out.len() >= LONGEST_MEANING {
                break;
            }
            if !out.is_empty() {
                out.push_str("; ");
            }
            out.push_str(&self.plain(text, levels));
        }
        out
    }

    fn plain(&mut self, text: &str, levels: usize) -> String {
        let (text, inserted) = Text::of(text);
        let lower = text.key().to_lowercase().replace("organization-defined", "");
        let mut out = String::new();
        let mut pieces = lower.split(PARAMETER);
        out.push_str(pieces.next().unwrap_or_default());
        for (piece, inner) in pieces.zip(&inserted) {
            if out.len() < LONGEST_MEANING {
                let inner = if levels == 0 { String::new() } else { self.meaning(inner, levels - 1) };
                out.push_str(&format!("<{inner}>{piece}"));
            }
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
