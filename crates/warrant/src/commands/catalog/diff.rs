//! `warrant catalog diff`: two revisions of a framework for people to read.

use super::documents::{self, Source};
use crate::output::{FOUND, OK, plain, print, print_json, say};
use std::path::Path;
use std::process::ExitCode;
use warrant_catalog::diff::{CatalogDiff, Change, ControlChange, ControlChangeKind, StatementChange, diff};
use warrant_catalog::oscal::{Control, Group};

/// Compares and prints; exit code 1 when something differs.
pub(super) fn run(old: &Path, new: &Path, json: bool) -> anyhow::Result<ExitCode> {
    let (mut before, mut after) = (documents::catalogue(old)?, documents::catalogue(new)?);
    if let Some(framework) = before.built_in.or(after.built_in) {
        say(&format!("{} is built in without its words: identifiers and titles are compared", framework.id));
        for source in [&mut before, &mut after] {
            without_words(source);
        }
    }
    let diff = diff(&before.catalog, &after.catalog);
    if diff.moves_cut_short {
        say("warning: so much differs that not all statements were looked for in other controls");
    }
    if json {
        print_json(&diff)?;
    } else {
        print(&told(&diff));
    }
    Ok(ExitCode::from(if diff.differs() { FOUND } else { OK }))
}

/// Leaves titles only, of all controls side by side, so that each is compared by itself.
fn without_words(source: &mut Source) {
    fn controls(list: &mut Vec<Control>) {
        let mut flat = Vec::with_capacity(list.len());
        for mut control in std::mem::take(list) {
            control.parts.clear();
            let mut inner = std::mem::take(&mut control.controls);
            controls(&mut inner);
            flat.push(control);
            flat.append(&mut inner);
        }
        *list = flat;
    }
    fn groups(list: &mut [Group]) {
        for group in list {
            controls(&mut group.controls);
            groups(&mut group.groups);
        }
    }
    controls(&mut source.catalog.controls);
    groups(&mut source.catalog.groups);
}

/// The whole comparison as text: counts, controls, then statements by control.
fn told(diff: &CatalogDiff) -> String {
    let mut out = vec![format!(
        "{} {} → {} {}",
        diff.old.title.trim(),
        diff.old.version,
        diff.new.title.trim(),
        diff.new.version
    )];
    let counts = Change::ALL.map(|change| format!("{} {}", diff.count(change), words(change)));
    out.push(format!("Statements: {}", counts.join(", ")));
    let controls: Vec<String> = diff.controls.iter().filter_map(control).collect();
    if !controls.is_empty() {
        out.push(String::new());
        out.push("Controls".to_owned());
        out.extend(controls);
    }
    let mut open = "";
    for change in diff.statements.iter().filter(|s| s.change != Change::Unchanged) {
        let Some(shown) = change.new.as_ref().or(change.old.as_ref()) else { continue };
        if shown.control != open {
            open = &shown.control;
            out.push(String::new());
            out.push(open.to_owned());
        }
        out.extend(statement(change));
    }
    plain(&out.join("\n"))
}

fn words(change: Change) -> &'static str {
    match change {
        Change::ParameterChanged => "with changed parameters",
        other => other.name(),
    }
}

fn control(change: &ControlChange) -> Option<String> {
    let (label, title) = (&change.label, &change.title);
    let into =
        if change.into.is_empty() { String::new() } else { format!(" → {}", change.into.join(", ")) };
    Some(match change.kind {
        ControlChangeKind::Same => return None,
        ControlChangeKind::New => format!("  new        {label}  {title}"),
        ControlChangeKind::Withdrawn => format!("  withdrawn  {label}  {title}{into}"),
        ControlChangeKind::Gone => format!("  gone       {label}  {title}"),
        ControlChangeKind::Retitled => {
            let was = change.title_was.as_deref().unwrap_or_default();
            format!("  retitled   {label}  {was} → {title}")
        }
    })
}

fn statement(change: &StatementChange) -> Vec<String> {
    let old = change.old.as_ref();
    let Some(shown) = change.new.as_ref().or(old) else { return Vec::new() };
    let percent = (change.similarity * 100.0).floor();
    let from = old.map_or("", |old| old.label.as_str());
    let name = match change.change {
        Change::Moved => format!("  moved from {from}, {percent} % the same  {}", shown.label),
        Change::Reworded => format!("  reworded, {percent} % the same  {}", shown.label),
        Change::Withdrawn if !change.into.is_empty() => {
            format!("  withdrawn → {}  {}", change.into.join(", "), shown.label)
        }
        other => format!("  {}  {}", other.name().replace('-', " "), shown.label),
    };
    let mut lines = vec![name];
    match (&change.old, &change.new) {
        (Some(old), Some(new)) if change.similarity < 1.0 => {
            lines.push(format!("    - {}", old.text));
            lines.push(format!("    + {}", new.text));
        }
        (Some(old), None) => lines.push(format!("    - {}", old.text)),
        (None, Some(new)) => lines.push(format!("    + {}", new.text)),
        _ => {}
    }
    for parameter in &change.parameters {
        lines.push(format!("    {}: {} → {}", parameter.new, parameter.from, parameter.to));
    }
    lines
}
