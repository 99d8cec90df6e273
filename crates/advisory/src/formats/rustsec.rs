//! RustSec: Markdown that begins with TOML.

use super::{Fault, File, Format, Probe};
use crate::advisory::{Advisory, Affected};
use crate::ecosystem;
use crate::feed::{Feed, instant};
use crate::range::Span;
use crate::vers::native_spans;
use serde::Deserialize;
use std::collections::BTreeMap;

/// An advisory of rustsec/advisory-db.
pub(super) struct RustSec;

impl Format for RustSec {
    fn id(&self) -> &'static str {
        "rustsec"
    }

    fn title(&self) -> &'static str {
        "RustSec advisory"
    }

    fn source(&self) -> &'static str {
        "rustsec/advisory-db, advisory format"
    }

    fn recognise(&self, probe: &Probe<'_>) -> bool {
        probe.plain().is_some_and(|text| {
            let toml = text.strip_prefix("```toml");
            toml.is_some_and(|toml| toml.trim_start().starts_with("[advisory]"))
        })
    }

    fn read(&self, file: &File<'_>, feed: &mut Feed) -> Result<(), Fault> {
        let text = file.text.trim_start();
        let inner = text.strip_prefix("```toml").ok_or_else(|| Fault::whole("the TOML does not begin"))?;
        let (front, rest) = inner
            .split_once("\n```")
            .ok_or_else(|| Fault::whole("the TOML at the beginning does not end"))?;
        let front: Front = toml::from_str(front).map_err(|error| {
            let before = error.span().map_or(0, |span| span.start);
            let line = 1 + front.get(..before).unwrap_or_default().matches('\n').count();
            Fault { place: format!("line {line}"), message: error.message().to_owned() }
        })?;
        let title = rest.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default();
        take(file, front, title.trim(), feed);
        Ok(())
    }
}

#[derive(Deserialize)]
struct Front {
    advisory: Meta,
    #[serde(default)]
    affected: Functions,
    #[serde(default)]
    versions: Versions,
}

#[derive(Deserialize)]
struct Meta {
    id: String,
    package: String,
    date: Option<String>,
    withdrawn: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    cvss: Option<String>,
    informational: Option<String>,
    collection: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Functions {
    functions: BTreeMap<String, toml::Value>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Versions {
    patched: Vec<String>,
    unaffected: Vec<String>,
}

fn take(file: &File<'_>, front: Front, title: &str, feed: &mut Feed) {
    let Front { advisory, affected: functions, versions } = front;
    let found = ecosystem::package("crates.io", &advisory.package);
    let mut affected = Affected {
        // Advisories about the compiler and the standard library are of no crate.
        ecosystem: match advisory.collection.as_deref() {
            Some("rust") => "purl:rust".to_owned(),
            _ => found.ecosystem,
        },
        name: found.name,
        scheme: "cargo".to_owned(),
        // Everything is affected but what is patched or never was.
        spans: vec![Span::default()],
        symbols: functions.functions.into_keys().collect(),
        ..Affected::default()
    };
    for (place, requirement) in versions
        .patched
        .iter()
        .map(|requirement| ("patched", requirement))
        .chain(versions.unaffected.iter().map(|requirement| ("unaffected", requirement)))
    {
        match native_spans("cargo", requirement) {
            Ok(spans) => {
                if place == "patched" {
                    let starts = spans.iter().filter_map(|span| span.from.as_ref());
                    let starts = starts.filter(|limit| limit.inclusive);
                    affected.fixed.extend(starts.map(|limit| limit.version.clone()));
                }
                affected.except.extend(spans);
            }
            Err(error) => {
                feed.problem(file.name, format!("versions.{place}"), error.to_string());
                affected.unreadable.push(error.to_string());
            }
        }
    }
    let date = advisory.date.as_deref().and_then(instant);
    feed.advisories.push(Advisory {
        id: advisory.id,
        aliases: advisory.aliases,
        summary: title.to_owned(),
        published: date,
        modified: date,
        withdrawn: advisory.withdrawn.as_deref().and_then(instant),
        vectors: advisory.cvss.into_iter().collect(),
        informational: advisory.informational,
        affected: vec![affected],
        ..Advisory::default()
    });
}
