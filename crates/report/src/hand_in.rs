//! What is handed in to others in their formats: OSCAL, workbooks filled into their templates, checklists, HDF,
//! FedRAMP JSON.
//!
//! Everything is made of one [`Subject`]: a system at an instant with what tools and people say about it. What
//! Warrant does not know stays empty and is listed in [`HandIn::left_empty`]; nothing is invented.

mod archive;
mod assets;
mod checklist;
mod ckl;
mod cklb;
mod fedramp;
mod format;
mod hdf;
mod kept;
mod layout;
mod oscal;
mod poam;
mod results;
mod subject;
mod taken;
mod workbook;
mod written;

pub use format::{Format, Made, Options, Reads, Sort, ending, formats, make, reads};
pub use kept::{Kept, KeptRow};
pub use layout::{Layout, LayoutError, Rows, WORKBOOKS, layout};
pub use subject::{Checked, CustomerPart, Provided, Subject};
pub use taken::{NotTaken, TakenBack, TakenEdit, TakenField, TakenResult, mark, take_back, takes_back};
pub use warrant_oscal::Format as Syntax;

use crate::template::TemplateError;

/// What was made, and what it lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandIn {
    /// Files: a name to tell them apart (empty when there is one only) and their bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// Fields of the format that stay empty, each with the reason.
    pub left_empty: Vec<String>,
    /// What else the person who hands it in must know.
    pub notes: Vec<String>,
    /// What was written into a workbook, to be kept until it comes back; its hash is the workbook's mark.
    pub kept: Option<Vec<u8>>,
}

/// The workbooks, for an error.
fn workbooks() -> String {
    WORKBOOKS.iter().map(|(id, _)| *id).collect::<Vec<_>>().join(", ")
}

/// Why something could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HandInError {
    /// The template was not filled.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A layout that comes with the program is damaged.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// There is no such format.
    #[error("there is no format `{0}` to hand in; `warrant report list` shows them")]
    UnknownFormat(String),
    /// The format needs something that was not given.
    #[error("{format} needs {what}")]
    Needs {
        /// The format.
        format: &'static str,
        /// What it needs.
        what: &'static str,
    },
    /// The format is written in one way only.
    #[error("{format} is written as {ending} only; --format is for OSCAL documents")]
    NoChoice {
        /// The format.
        format: String,
        /// The ending of its files.
        ending: &'static str,
    },
    /// The format is not taken back.
    #[error("`{0}` is not taken back; workbooks are: {list}", list = workbooks())]
    NotTaken(String),
    /// The workbook was filled for another system.
    #[error("this workbook was filled for another system; take it back into that one")]
    OtherSystem,
    /// Rows of a filled workbook that can not be taken: each with its place, and nothing was taken.
    #[error("{}", .0.join("\n"))]
    Rows(Vec<String>),
    /// There is nothing to hand in.
    #[error("the system has no {0} to hand in")]
    Nothing(&'static str),
    /// The document could not be written.
    #[error("the document could not be written: {0}")]
    Json(#[from] serde_json::Error),
    /// The files do not fit into an archive.
    #[error("the files could not be put into one archive: {0}")]
    Archive(#[from] zip::result::ZipError),
    /// What was made is no OSCAL document.
    #[error("the document could not be made: {0}")]
    Oscal(#[from] warrant_oscal::ReadError),
    /// The OSCAL document can not be written in the format that was asked for.
    #[error(transparent)]
    OscalWrite(#[from] warrant_oscal::WriteError),
}
