//! `warrant catalog validate` and `convert`: files in, words out; all thinking is in `warrant-oscal`.

use super::bounded;
use crate::cli::{OscalFormat, ReportFormat};
use crate::output::{FOUND, OK, TROUBLE, plain, print_json, say, write_to};
use anyhow::Context;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use warrant_oscal::report::{self, Report};
use warrant_oscal::{Document, Format, Guard, Library, Limits};

/// How many files are read because others name them.
const FOLLOWED: usize = 64;

/// Validates files and prints what is wrong.
pub(crate) fn validate(files: &[PathBuf], format: ReportFormat) -> anyhow::Result<ExitCode> {
    let mut library = Library::default();
    let mut reports: Vec<Report> = Vec::new();
    // Which report is about which document; a file that is named twice has two reports and one document.
    let mut read_as: Vec<(usize, String)> = Vec::new();
    for file in files {
        let name = file.display().to_string();
        let unreadable = match read(file) {
            Ok(document) => {
                library.add(&name, document);
                read_as.push((reports.len(), name.clone()));
                None
            }
            Err(error) => Some(format!("{error:#}")),
        };
        reports.push(Report { file: name, model: "", unreadable, problems: Vec::new() });
    }
    follow(&mut library);
    for (report, name) in read_as {
        let Some(at) = library.position(&name) else { continue };
        reports[report].model = library.document(at).map_or("", Document::model);
        reports[report].problems = library.validate(at);
    }
    match format {
        ReportFormat::Text => {
            let text = plain(&report::text(&reports));
            let _ = std::io::stdout().write_all(text.as_bytes());
        }
        ReportFormat::Json => print_json(&report::json(&reports))?,
        ReportFormat::Sarif => print_json(&report::sarif(&reports, env!("CARGO_PKG_VERSION")))?,
    }
    let code = if reports.iter().any(|report| report.unreadable.is_some()) {
        TROUBLE
    } else if reports.iter().all(Report::is_valid) {
        OK
    } else {
        FOUND
    };
    Ok(code.into())
}

/// Reads local files that documents of the library name.
fn follow(library: &mut Library) {
    let mut at = 0;
    let most = library.len() + FOLLOWED;
    while at < library.len() {
        for location in library.wanted(at) {
            let path = Path::new(&location);
            if library.len() >= most || library.contains(&location) || !path.is_file() {
                continue;
            }
            match read(path) {
                Ok(document) => library.add(&location, document),
                Err(error) => {
                    say(&format!("warning: {location} is named by a document and cannot be read: {error:#}"))
                }
            }
        }
        at += 1;
    }
}

/// Converts a file.
pub(crate) fn convert(file: &Path, to: OscalFormat, output: Option<&Path>) -> anyhow::Result<()> {
    let document = read(file).with_context(|| file.display().to_string())?;
    let text = document.write(to.syntax()).with_context(|| file.display().to_string())?;
    write_to(output, text.as_bytes())
}

impl OscalFormat {
    /// The format as the reader and writer of documents know it.
    pub(crate) fn syntax(self) -> Format {
        match self {
            Self::Json => Format::Json,
            Self::Xml => Format::Xml,
            Self::Yaml => Format::Yaml,
        }
    }
}

fn read(file: &Path) -> anyhow::Result<Document> {
    let limits = Limits::default();
    let name = file.display().to_string();
    let bytes = bounded::read_watched(file, limits.bytes, |start| {
        let mut guard = Guard::new(Format::guess(&name, start), &Limits::default());
        Box::new(move |piece| Ok(guard.pass(piece)?))
    })?;
    let format = Format::guess(&name, &bytes);
    Ok(Document::read(&bytes, format, &limits)?)
}
