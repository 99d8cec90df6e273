//! Readers that are written down, not programmed: a TOML file says how a JSON, XML, table, text or HTML report
//! is recognised, where its records are and from which of their fields a fact takes what. `docs/readers.md`
//! explains the language; `content/readers/` holds the mappings that come with the program.

pub mod condition;
pub mod definition;
mod document;
pub mod expression;
mod facts;
pub mod filter;
mod outline;
pub mod path;
pub mod pattern;
pub mod rules;
pub mod scope;
pub mod words;

use crate::bounded::Bounded;
use crate::targets::Targets;
use crate::tree::{NodeId, Notation, Tree};
use crate::{Confidence, Example, Input, ReadError, Reader, Reading, Sink, Sniff, Tool, archive, text};
use definition::{Definition, Format, Recognise, Sure};
use facts::Facts;
use outline::Outline;
use rules::Selection;
use scope::Scope;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use thiserror::Error;

/// What is wrong with a mapping file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}: {message}")]
pub struct MappingError {
    /// The file's name as given.
    pub file: String,
    /// Line, column and what is wrong.
    pub message: String,
}

/// A reader made from a mapping file.
#[derive(Debug)]
pub struct Mapping {
    file: String,
    text: &'static str,
    outline: Outline,
    id: &'static str,
    title: &'static str,
    source: &'static str,
    yields: &'static str,
    supported: &'static str,
    whole: OnceLock<Result<Whole, MappingError>>,
}

/// All of a mapping.
#[derive(Debug)]
struct Whole {
    definition: Definition,
    example: Example,
}

impl Mapping {
    /// Reads a mapping and all that is in it; `file` is named in errors. A mapping lives as long as the program does,
    /// as readers that are programmed do: load it once.
    ///
    /// # Errors
    /// [`MappingError`] with file, line and what to change.
    pub fn parse(file: &str, toml: &str) -> Result<Self, MappingError> {
        let whole = Whole::parse(file, toml)?;
        let mapping = Self::outlined(file, kept(toml))?;
        Ok(Self { whole: OnceLock::from(Ok(whole)), ..mapping })
    }

    /// Reads a mapping in outline, and the rest of it when it is first needed: for mappings that are known to be
    /// without fault.
    ///
    /// # Errors
    /// [`MappingError`] when even the outline cannot be read.
    pub fn outlined(file: &str, toml: &'static str) -> Result<Self, MappingError> {
        let outline: Outline = toml::from_str(toml).map_err(|error| MappingError::of(file, &error))?;
        Ok(Self {
            file: file.to_owned(),
            text: toml,
            id: kept(&outline.id),
            title: kept(&outline.title),
            source: kept(outline.source.as_deref().unwrap_or(file)),
            yields: kept(&outline.yields()),
            supported: kept(&outline.versions()),
            outline,
            whole: OnceLock::new(),
        })
    }

    fn whole(&self) -> Result<&Whole, &MappingError> {
        self.whole.get_or_init(|| Whole::parse(&self.file, self.text)).as_ref()
    }

    /// How many problems its example is to give.
    ///
    /// # Errors
    /// What is wrong with the mapping.
    pub fn example_problems(&self) -> Result<usize, MappingError> {
        self.whole().map(|whole| whole.definition.example.problems).map_err(Clone::clone)
    }

    fn reading(
        &self,
        definition: &Definition,
        tree: &Tree<'_>,
        input: &Input<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Reading, ReadError> {
        // Nothing at all is no report without findings: it would close them.
        if tree.len() == 1 && matches!(tree.notation, Notation::Json | Notation::Xml) {
            return Err(ReadError::Empty { format: self.title, expected: "document" });
        }
        let scope = Scope::new(tree, &definition.join);
        if let Some(supported) = &definition.supported
            && let Some(version) = supported.version.first(&scope, NodeId::ROOT)
            && !supported.versions.contains(&version)
        {
            let version = text::line(&version, 40);
            return Err(ReadError::Version { format: self.title, version, supported: self.supported });
        }
        let mut sink = Bounded::new(sink, input.limits);
        let mut facts = Facts {
            definition,
            scope: &scope,
            key: input.limits.secrets,
            targets: Targets::default(),
            secrets: Vec::new(),
        };
        facts.emit(&mut sink)?;
        let mut targets = facts.targets;
        // A file that found nothing still says what was looked at.
        if targets.is_empty() {
            let looked_at = definition.target.texts(&scope, NodeId::ROOT);
            looked_at.iter().for_each(|target| targets.add(&text::line(target, 500)));
        }
        if targets.is_empty() {
            if definition.names_targets() {
                return Err(ReadError::Empty { format: self.title, expected: "records" });
            }
            targets.add("source");
        }
        let first = |from: &expression::Expression| from.first(&scope, NodeId::ROOT);
        let name = first(&definition.tool).map(|name| text::slug(&name)).filter(|name| !name.is_empty());
        let observed = definition.observed.candidates(&scope, NodeId::ROOT);
        Ok(Reading {
            tool: Tool {
                name: name.unwrap_or_else(|| definition.id.clone()),
                version: first(&definition.version).map(|version| text::line(&version, 100)),
            },
            observed_at: observed.iter().filter_map(|at| words::instant(at)).max(),
            targets: targets.into_names(),
            release: first(&definition.release).map(|release| text::line(&release, 200)),
        })
    }
}

impl Reader for Mapping {
    fn id(&self) -> &'static str {
        self.id
    }

    fn title(&self) -> &'static str {
        self.title
    }

    fn source(&self) -> &'static str {
        self.source
    }

    fn yields(&self) -> &'static str {
        self.yields
    }

    fn example(&self) -> Example {
        self.whole().map_or(Example { bytes: &[], facts: 0 }, |whole| whole.example)
    }

    fn recognise(&self, sniff: &Sniff<'_>) -> Confidence {
        let Some(outline) = sniff.outline(self.outline.format) else { return Confidence::No };
        let none = BTreeMap::new();
        let scope = Scope::new(outline, &none);
        let fits = |way: &&Recognise| way.fits(&scope, sniff);
        let ways = self.outline.recognise.iter().filter(fits);
        ways.map(|way| way.sure.confidence()).max().unwrap_or(Confidence::No)
    }

    fn read(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Reading, ReadError> {
        let whole = self.whole();
        let whole = whole.map_err(|fault| ReadError::Malformed { line: 0, message: fault.to_string() })?;
        document::with_tree(input, &whole.definition, |tree| {
            self.reading(&whole.definition, tree, input, sink)
        })
    }
}

impl Whole {
    fn parse(file: &str, toml: &str) -> Result<Self, MappingError> {
        let definition: Definition = toml::from_str(toml).map_err(|error| MappingError::of(file, &error))?;
        definition.check().map_err(|message| MappingError { file: file.to_owned(), message })?;
        let example = match definition.example.files.is_empty() {
            true => definition.example.input.trim_start_matches('\n').as_bytes().to_vec(),
            false => {
                archive::pack(&definition.example.files).map_err(|error| MappingError::of(file, &error))?
            }
        };
        let facts = definition.example.facts;
        Ok(Self { definition, example: Example { bytes: Box::leak(example.into_boxed_slice()), facts } })
    }
}

impl MappingError {
    fn of(file: &str, error: &dyn std::fmt::Display) -> Self {
        Self { file: file.to_owned(), message: error.to_string().trim_end().to_owned() }
    }
}

impl Recognise {
    fn fits(&self, scope: &Scope<'_>, sniff: &Sniff<'_>) -> bool {
        let tree = scope.tree;
        let root =
            || tree.children(NodeId::ROOT).next().map(|id| tree.key(id).to_owned()).unwrap_or_default();
        let there = |row: &[String]| {
            self.header.iter().all(|name| row.iter().any(|cell| cell.trim().eq_ignore_ascii_case(name)))
        };
        (self.root.is_empty() || self.root.contains(&root()))
            && (self.header.is_empty() || sniff.rows().any(there))
            && (self.member.is_empty() || {
                let names = sniff.members();
                self.member.iter().all(|pattern| names.iter().any(|name| pattern.is_match(name)))
            })
            && (self.text.is_empty() || {
                let head = sniff.head_text();
                self.text.iter().all(|pattern| pattern.is_match(head))
            })
            && self.all.all(scope, NodeId::ROOT)
            && (self.any.is_empty() || self.any.any(scope, NodeId::ROOT))
            && !self.none.any(scope, NodeId::ROOT)
    }
}

impl Sure {
    fn confidence(self) -> Confidence {
        match self {
            Self::Maybe => Confidence::Maybe,
            Self::Likely => Confidence::Likely,
            Self::Certain => Confidence::Certain,
        }
    }
}

impl Definition {
    fn check(&self) -> Result<(), String> {
        let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        if self.id.is_empty() || !self.id.bytes().all(is_plain) {
            return Err(format!("id `{}`: use lower-case letters, digits and dashes", self.id));
        }
        if self.title.trim().is_empty() || self.title.contains('\n') {
            return Err("title: say in one line what people call the format".to_owned());
        }
        let nothing = |way: &Recognise| {
            way.all.is_empty()
                && way.any.is_empty()
                && way.root.is_empty()
                && way.header.is_empty()
                && way.text.is_empty()
                && way.member.is_empty()
        };
        if self.recognise.is_empty() || self.recognise.iter().any(nothing) {
            return Err(
                "recognise: say what is particular to the format (all, any, root, header or text)".to_owned()
            );
        }
        if self.rules().next().is_none() {
            return Err(
                "there is no [[weakness]], [[check]], [[component]], [[asset]] or [[service]]".to_owned()
            );
        }
        if self.format == Format::Text && self.pattern.is_empty() {
            return Err("a text format needs at least one [[pattern]]".to_owned());
        }
        let used = self.rules().flat_map(|rule| {
            let own = rule.expressions().into_iter().flat_map(|expression| expression.joins());
            own.chain(rule.when().joins()).chain(rule.skip().joins())
        });
        match used.into_iter().find(|name| !self.join.contains_key(*name)) {
            Some(name) => Err(format!("`${name}` is used, but there is no [join.{name}]")),
            None => Ok(()),
        }
    }

    fn rules(&self) -> impl Iterator<Item = &dyn Selection> {
        let weakness = self.weakness.iter().map(|rule| rule as &dyn Selection);
        let check = self.check.iter().map(|rule| rule as &dyn Selection);
        let component = self.component.iter().map(|rule| rule as &dyn Selection);
        let asset = self.asset.iter().map(|rule| rule as &dyn Selection);
        let service = self.service.iter().map(|rule| rule as &dyn Selection);
        weakness.chain(check).chain(component).chain(asset).chain(service)
    }

    /// Whether targets are named in records: then a file without records says nothing about any.
    fn names_targets(&self) -> bool {
        !self.target.is_absent()
            || !self.asset.is_empty()
            || self.weakness.iter().any(|rule| !rule.target.is_absent())
            || self.check.iter().any(|rule| !rule.target.is_absent())
    }
}

/// A text for the rest of the program's life.
fn kept(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

#[cfg(test)]
mod tests;
