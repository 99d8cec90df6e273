//! The formats that can be handed in, and the making of one.

use super::layout::{Rows, WORKBOOKS, layout};
use super::workbook::workbook;
use super::{HandIn, HandInError, Subject, ckl, cklb, fedramp, hdf, oscal};
use jiff::Timestamp;
use warrant_oscal::Format as Syntax;

/// A format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// Its id, as given on the command line.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What it holds.
    pub about: String,
    /// Who defines it.
    pub source: String,
    /// What must be given to make it.
    pub sort: Sort,
    /// The ending of its files.
    pub ending: &'static str,
}

/// What must be given to make a format, and how many files it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// The user's own blank workbook.
    Workbook,
    /// Nothing; one file for each target that was checked.
    PerTarget,
    /// Nothing.
    Document,
    /// The address of the certification package overview, which every FedRAMP document names.
    Package,
    /// Nothing; JSON unless XML or YAML is asked for.
    Oscal,
}

/// What was given.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The user's own blank workbook.
    pub template: Option<&'a [u8]>,
    /// Only this target.
    pub target: Option<&'a str>,
    /// The address of the certification package overview.
    pub package: Option<&'a str>,
    /// When the report period begins.
    pub from: Option<Timestamp>,
    /// How an OSCAL document is written; JSON if not said.
    pub syntax: Option<Syntax>,
}

/// The making of a format.
pub type Made = Result<HandIn, HandInError>;

/// A format that needs no template.
pub(super) struct Document {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    pub(super) source: &'static str,
    pub(super) sort: Sort,
    pub(super) ending: &'static str,
    pub(super) make: fn(&Subject<'_>, &Options<'_>) -> Made,
}

/// Formats that need no template.
const DOCUMENTS: &[&Document] = &[
    &ckl::CKL,
    &cklb::CKLB,
    &hdf::HDF,
    &fedramp::DETAIL,
    &fedramp::ACCEPTED,
    &fedramp::HISTORY,
    &fedramp::DECISIONS,
];

/// All that need no template, OSCAL first.
fn documents() -> impl Iterator<Item = &'static Document> {
    oscal::DOCUMENTS.iter().chain(DOCUMENTS.iter().copied())
}

/// Every format, workbooks first.
///
/// # Errors
/// When a layout that comes with the program is damaged.
pub fn formats() -> Result<Vec<Format>, HandInError> {
    let mut formats = Vec::new();
    for (id, _) in WORKBOOKS {
        let Some(layout) = layout(id).transpose()? else { continue };
        let (title, about, source) = (layout.title, layout.about, layout.source);
        let id = (*id).to_owned();
        formats.push(Format { id, title, about, source, sort: Sort::Workbook, ending: "xlsx" });
    }
    formats.extend(documents().map(|document| Format {
        id: document.id.to_owned(),
        title: document.title.to_owned(),
        about: document.about.to_owned(),
        source: document.source.to_owned(),
        sort: document.sort,
        ending: document.ending,
    }));
    Ok(formats)
}

/// What of a system's evidence a format is made of, so that the rest need not be loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// Records and findings alone.
    Findings,
    /// The facts of files as well: results of rules in the tool's words, assets with their other names.
    Facts,
    /// All that, the status of every control, and the systems that provide controls.
    Judgements,
}

/// What a format is made of.
///
/// # Errors
/// When there is no such format, or a layout that comes with the program is damaged.
pub fn reads(format: &str) -> Result<Reads, HandInError> {
    if let Some(layout) = layout(format).transpose()? {
        let facts = layout.sheets.iter().any(|sheet| matches!(sheet.rows, Rows::Assets | Rows::Results));
        return Ok(if facts { Reads::Facts } else { Reads::Findings });
    }
    document(format).map(|document| match document.sort {
        Sort::Package => Reads::Findings,
        Sort::Oscal => Reads::Judgements,
        Sort::Workbook | Sort::PerTarget | Sort::Document => Reads::Facts,
    })
}

/// The ending of a format's files, if it is written in a way of its choice.
///
/// # Errors
/// When there is no such format, or it can not be written that way.
pub fn ending(format: &str, syntax: Option<Syntax>) -> Result<&'static str, HandInError> {
    let known = formats()?.into_iter().find(|one| one.id == format);
    let known = known.ok_or_else(|| HandInError::UnknownFormat(format.to_owned()))?;
    match syntax {
        None => Ok(known.ending),
        Some(syntax) if known.sort == Sort::Oscal => Ok(syntax_ending(syntax)),
        Some(_) => Err(HandInError::NoChoice { format: known.id, ending: known.ending }),
    }
}

pub(super) fn syntax_ending(syntax: Syntax) -> &'static str {
    match syntax {
        Syntax::Json => "json",
        Syntax::Xml => "xml",
        Syntax::Yaml => "yaml",
    }
}

fn document(format: &str) -> Result<&'static Document, HandInError> {
    let document = documents().find(|document| document.id == format);
    document.ok_or_else(|| HandInError::UnknownFormat(format.to_owned()))
}

/// Makes a format.
///
/// # Errors
/// When there is no such format, something it needs is missing, or the template is refused.
pub fn make(format: &str, subject: &Subject<'_>, options: &Options<'_>) -> Made {
    ending(format, options.syntax)?;
    if let Some(layout) = layout(format).transpose()? {
        let what = "your own blank template (--template FILE)";
        let template = options.template.ok_or(HandInError::Needs { format: "a workbook", what })?;
        return workbook(&layout, subject, template);
    }
    (document(format)?.make)(subject, options)
}
