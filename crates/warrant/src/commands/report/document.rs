//! `warrant report DOCUMENT`: a document of a system, a unit or the organisation as HTML or DOCX.

use crate::cli::Report;
use crate::commands::instant;
use crate::output::{OK, print_json, say, write_to};
use anyhow::bail;
use serde_json::json;
use std::process::ExitCode;
use warrant_service::documents::{About, DocumentAsk, DocumentKind, Syntax};
use warrant_service::{Actor, Service};

/// Makes a document and writes it as the ending of the file says; on stdout as HTML.
pub(super) async fn run(
    service: &Service,
    actor: &Actor,
    (kind, args): (&DocumentKind, &Report),
    as_json: bool,
) -> anyhow::Result<ExitCode> {
    let others = [
        (args.template.is_some(), "--template"),
        (args.back.is_some(), "--back"),
        (args.target.is_some(), "--target"),
        (args.package.is_some(), "--package"),
        (args.from.is_some(), "--from"),
        (args.syntax.is_some(), "--format"),
    ];
    if let Some((_, option)) = others.into_iter().find(|(given, _)| *given) {
        bail!(
            "{option} says nothing of {}, which is written as HTML or DOCX by the ending of -o FILE",
            kind.id
        );
    }
    let about = match (&args.system, &args.unit) {
        (Some(system), _) => About::System(system.clone()),
        (None, Some(unit)) => About::Unit(unit.clone()),
        (None, None) => About::Organisation,
    };
    if about == About::Organisation && !kind.is_of_the_organisation() {
        bail!("say which system: --system NAME");
    }
    let to_stdout = args.output.as_os_str() == "-";
    if as_json && to_stdout {
        bail!("--json prints what was done; say where the document goes: -o FILE");
    }
    let is_folder = args.output.is_dir() || args.output.as_os_str().to_string_lossy().ends_with(['/', '\\']);
    let ending = args.output.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let syntax = match Syntax::of_ending(ending) {
        Some(syntax) => syntax,
        None if to_stdout || is_folder => Syntax::Html,
        None => bail!("{} ends neither in .html nor in .docx", args.output.display()),
    };
    let as_of = args.as_of.as_deref().map(instant).transpose()?;
    let ask = DocumentAsk { kind: kind.id.to_owned(), about, as_of, syntax };
    let made = service.document(actor, &ask).await?;
    let path = match is_folder {
        true => {
            std::fs::create_dir_all(&args.output)?;
            // A name is one part of a path, whatever the system is called.
            args.output.join(made.name.replace(['/', '\\'], "-"))
        }
        false => args.output.clone(),
    };
    write_to(Some(&path), &made.bytes)?;
    if as_json {
        print_json(&json!({"files": [path.display().to_string()]}))?;
    } else if !to_stdout {
        say(&format!("written: {}", path.display()));
    }
    Ok(ExitCode::from(OK))
}
