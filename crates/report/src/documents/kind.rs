//! The documents there are, and what each is written from.

use super::block::Blocks;
use super::facts::{Cover, OverviewFacts, RiskFacts, Seen, SystemFacts};
use super::printed::{Layout, Printed};
use super::sources::{Sources, minute};
use super::{
    assessment_report, docx, html, one_page, plan_of_action, risk_brief, security_plan, traceability,
};
use std::fmt::{Debug, Formatter};

/// A kind of document.
#[derive(Clone, Copy, Debug)]
pub struct DocumentKind {
    /// Stable name, in addresses and commands.
    pub id: &'static str,
    /// Title.
    pub title: &'static str,
    /// What it holds and whom it is for, in a sentence.
    pub about: &'static str,
    /// The standard or guidance it follows.
    pub source: &'static str,
    /// What writes it.
    pub write: Write,
}

/// What writes a document, by the facts that it reads.
#[derive(Clone, Copy)]
pub enum Write {
    /// From a system's own facts.
    System(fn(&SystemFacts<'_>, &Cover) -> Content),
    /// From what a year may cost a system, a unit or the organisation.
    Risk(fn(&RiskFacts, &Cover) -> Content),
    /// From how the systems of the organisation or a unit stand.
    Overview(fn(&OverviewFacts, &Cover) -> Content),
}

impl Debug for Write {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::System(_) => "System",
            Self::Risk(_) => "Risk",
            Self::Overview(_) => "Overview",
        })
    }
}

/// Every document, in the order in which they are listed.
pub const DOCUMENTS: &[&DocumentKind] = &[
    &security_plan::KIND,
    &assessment_report::KIND,
    &plan_of_action::KIND,
    &traceability::KIND,
    &risk_brief::KIND,
    &one_page::KIND,
];

/// The document of a name.
pub fn document_kind(id: &str) -> Option<&'static DocumentKind> {
    DOCUMENTS.iter().copied().find(|kind| kind.id == id)
}

impl DocumentKind {
    /// Whether it is about one system.
    pub fn is_of_a_system(&self) -> bool {
        matches!(self.write, Write::System(_) | Write::Risk(_))
    }

    /// Whether it is about the organisation or a unit.
    pub fn is_of_the_organisation(&self) -> bool {
        matches!(self.write, Write::Overview(_) | Write::Risk(_))
    }
}

/// What a document says and rests on.
pub struct Content {
    layout: Layout,
    blocks: Blocks,
    sources: Vec<super::sources::Origin>,
    particulars: Vec<(String, String)>,
}

impl Debug for Content {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Content").field("layout", &self.layout).finish_non_exhaustive()
    }
}

impl Content {
    pub(super) fn new(layout: Layout, blocks: Blocks, sources: Sources<'_>) -> Self {
        Self { layout, blocks, sources: sources.listed(), particulars: Vec::new() }
    }

    /// With a line of the title page.
    pub(super) fn telling(mut self, name: &str, what: impl Into<String>) -> Self {
        self.particulars.push((name.to_owned(), what.into()));
        self
    }
}

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// One self-contained HTML file.
    Html,
    /// A DOCX file.
    Docx,
}

impl Syntax {
    /// The syntax of a file's ending.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "html" | "htm" => Some(Self::Html),
            "docx" => Some(Self::Docx),
            _ => None,
        }
    }

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Docx => "docx",
        }
    }
}

/// A document, ready to be written.
pub struct Document(Printed);

impl Debug for Document {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Document").field(&self.0.title).finish()
    }
}

impl Document {
    /// A kind's content under its cover.
    pub fn new(kind: &DocumentKind, cover: &Cover, mut content: Content) -> Self {
        if cover.seen == Seen::Part {
            let said = format!("It tells of {} as far as {} may see it.", cover.subject, cover.made_by);
            content.blocks.quiet(said);
        }
        let mut particulars = Vec::new();
        let mut subtitle = format!("As of {} UTC", minute(cover.as_of));
        if content.layout == Layout::Book {
            particulars.push(("Standard".to_owned(), kind.source.to_owned()));
            particulars.extend(content.particulars);
            particulars.push(("Made by".to_owned(), made_with(&cover.made_by)));
        } else {
            subtitle.push_str(&format!("; made by {}", made_with(&cover.made_by)));
        }
        Self(Printed {
            title: format!("{}: {}", cover.subject, kind.title.to_lowercase()),
            organisation: cover.organisation.clone(),
            subtitle,
            marking: cover.marking.clone(),
            made_by: cover.made_by.clone(),
            particulars,
            layout: content.layout,
            blocks: content.blocks.0,
            sources: content.sources,
        })
    }

    /// The file. The same facts give the same bytes.
    ///
    /// # Errors
    /// When a DOCX file cannot be packed.
    pub fn written(&self, syntax: Syntax) -> Result<Vec<u8>, zip::result::ZipError> {
        match syntax {
            Syntax::Html => Ok(html::written(&self.0).into_bytes()),
            Syntax::Docx => docx::packed(&self.0),
        }
    }
}

/// Who made it and with what; the program makes what it is told to at its own machine.
fn made_with(made_by: &str) -> String {
    if made_by == "Warrant" { made_by.to_owned() } else { format!("{made_by}, with Warrant") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_document_is_whole_and_its_own() {
        let mut ids = BTreeSet::new();
        for kind in DOCUMENTS {
            assert!(ids.insert(kind.id), "{} stands twice", kind.id);
            assert!(kind.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", kind.id);
            assert!(!kind.title.is_empty() && kind.about.ends_with('.') && !kind.source.is_empty());
            assert!(kind.is_of_a_system() || kind.is_of_the_organisation());
            assert_eq!(document_kind(kind.id).map(|found| found.id), Some(kind.id));
        }
    }
}
