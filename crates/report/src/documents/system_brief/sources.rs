//! The files the brief refers to, with full hashes, so that every statement can be followed.

use super::deficiencies::{GROUNDS, SHOWN};
use super::{SystemBrief, counted, minute};
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_model::hash::ContentHash;
use warrant_model::posture::Source;

pub(super) fn section(brief: &SystemBrief<'_>) -> Markup {
    let known: BTreeMap<_, _> = brief.evidence.iter().map(|file| (&file.hash, file)).collect();
    let cited = cited(brief);
    html! {
        h2 { "Sources" }
        p {
            "Computed by Warrant from " (counted(brief.evidence.len(), "evidence file", "evidence files"))
            " and the records of the system as they stood at " (minute(brief.posture.as_of)) " UTC. "
            @if cited.is_empty() { "No statement above rests on a file." } @else { "Files referred to above:" }
        }
        @if !cited.is_empty() {
            table {
                thead { tr { th { "Evidence" } th { "File" } th { "Tool" } th { "Observed" } th { "BLAKE3 hash" } } }
                tbody {
                    @for hash in cited { tr {
                        td { code.short { (short(hash)) } }
                        @if let Some(file) = known.get(hash) {
                            td { (file.name) } td { (file.tool) } td.day { (minute(file.observed_at)) }
                        } @else {
                            td colspan="3" { "not among the files of this system" }
                        }
                        td { code { (hash) } }
                    } }
                }
            }
        }
    }
}

/// The first 12 digits of a hash.
pub(super) fn short(hash: &ContentHash) -> &str {
    hash.as_str().get(..12).unwrap_or(hash.as_str())
}

/// The files named by the grounds shown, in order of their hash.
fn cited<'a>(brief: &SystemBrief<'a>) -> Vec<&'a ContentHash> {
    let shown = brief.posture.deficiencies.iter().take(SHOWN);
    let sources =
        shown.flat_map(|deficiency| deficiency.grounds.iter().take(GROUNDS)).map(|ground| &ground.source);
    let mut cited: Vec<_> = sources
        .filter_map(|source| match source {
            Source::Evidence { evidence, .. } => Some(evidence),
            _ => None,
        })
        .collect();
    cited.sort();
    cited.dedup();
    cited
}
