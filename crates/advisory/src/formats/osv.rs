//! OSV, the schema of GitHub's, Go's, PyPA's and many other databases, as JSON and as YAML.

use super::{Fault, File, Format, Probe};
use crate::advisory::{Advisory, Affected};
use crate::ecosystem;
use crate::feed::{Feed, instant};
use crate::range::{Limit, Span};
use crate::schemes;
use crate::version::Scheme;
use serde::Deserialize;
use serde_json::Value;

/// One advisory, or an array of them.
pub(super) struct OsvJson;
/// One advisory as YAML (PyPA).
pub(super) struct OsvYaml;

impl Format for OsvJson {
    fn id(&self) -> &'static str {
        "osv"
    }

    fn title(&self) -> &'static str {
        "OSV"
    }

    fn source(&self) -> &'static str {
        "OSV schema 1.7"
    }

    fn recognise(&self, probe: &Probe<'_>) -> bool {
        let own = |names| probe.has(names) || probe.lists(names);
        !probe.has(&["bomFormat"]) && (own(&["id", "modified"]) || own(&["id", "affected"]))
    }

    fn read(&self, file: &File<'_>, feed: &mut Feed) -> Result<(), Fault> {
        if !file.text.trim_start().starts_with('[') {
            let advisory = serde_json::from_str(file.text)?;
            take(file, "", advisory, feed);
            return Ok(());
        }
        let all: Vec<&serde_json::value::RawValue> = serde_json::from_str(file.text)?;
        for (at, raw) in all.into_iter().enumerate() {
            match serde_json::from_str(raw.get()) {
                Ok(advisory) => take(file, &at.to_string(), advisory, feed),
                Err(error) => feed.problem(file.name, at.to_string(), Fault::from(error).message),
            }
        }
        Ok(())
    }
}

impl Format for OsvYaml {
    fn id(&self) -> &'static str {
        "osv-yaml"
    }

    fn title(&self) -> &'static str {
        "OSV (YAML)"
    }

    fn source(&self) -> &'static str {
        "OSV schema 1.7; pypa/advisory-database"
    }

    fn recognise(&self, probe: &Probe<'_>) -> bool {
        let Some(text) = probe.plain() else { return false };
        let begins = |word: &str| text.lines().any(|line| line.starts_with(word));
        begins("id:") && (begins("modified:") || begins("affected:"))
    }

    fn read(&self, file: &File<'_>, feed: &mut Feed) -> Result<(), Fault> {
        let advisory: Osv = serde_saphyr::from_str(file.text).map_err(|error| {
            let message = error.to_string();
            Fault::whole(message.lines().next().unwrap_or_default().to_owned())
        })?;
        take(file, "", advisory, feed);
        Ok(())
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Osv {
    id: String,
    aliases: Option<Vec<String>>,
    upstream: Option<Vec<String>>,
    summary: Option<String>,
    details: Option<String>,
    published: Option<String>,
    modified: Option<String>,
    withdrawn: Option<String>,
    severity: Option<Vec<Severity>>,
    affected: Option<Vec<OsvAffected>>,
    database_specific: Option<Value>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Severity {
    r#type: String,
    score: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct OsvAffected {
    package: Option<OsvPackage>,
    ranges: Option<Vec<OsvRange>>,
    versions: Option<Vec<String>>,
    severity: Option<Vec<Severity>>,
    ecosystem_specific: Option<Value>,
    database_specific: Option<Value>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct OsvPackage {
    ecosystem: String,
    name: String,
    purl: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct OsvRange {
    r#type: String,
    events: Vec<Event>,
    database_specific: Option<Value>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Event {
    introduced: Option<String>,
    fixed: Option<String>,
    last_affected: Option<String>,
    limit: Option<String>,
}

fn take(file: &File<'_>, place: &str, osv: Osv, feed: &mut Feed) {
    if osv.id.is_empty() {
        return feed.problem(file.name, format!("{place}/id"), "the advisory has no id; it was left out");
    }
    let date = |name: &str, text: &Option<String>, feed: &mut Feed| {
        let read = text.as_deref().and_then(instant);
        if let (None, Some(text)) = (read, text.as_deref().filter(|text| !text.starts_with("0001"))) {
            feed.problem(file.name, format!("{place}/{name}"), format!("`{text}` is no time"));
        }
        read
    };
    let mut vectors: Vec<Severity> = osv.severity.unwrap_or_default();
    let mut affected = Vec::new();
    for (at, entry) in osv.affected.unwrap_or_default().into_iter().enumerate() {
        let place = format!("{place}/affected/{at}");
        let (entry, own) = convert(file, &place, entry, feed);
        vectors.extend(own);
        affected.extend(entry);
    }
    let mut vectors: Vec<String> =
        vectors.into_iter().filter(|one| one.r#type.starts_with("CVSS")).map(|one| one.score).collect();
    vectors.dedup();
    let specific = osv.database_specific.unwrap_or_default();
    let cwes = specific["cwe_ids"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let summary =
        osv.summary.filter(|summary| !summary.trim().is_empty()).or(osv.details).unwrap_or_default();
    // An alert about a database's own upstream is the same vulnerability only if there is one: many are bundles.
    let mut aliases = osv.aliases.unwrap_or_default();
    if let Some([only]) = osv.upstream.as_deref() {
        aliases.push(only.clone());
    }
    let withdrawn = date("withdrawn", &osv.withdrawn, feed);
    let (published, modified) =
        (date("published", &osv.published, feed), date("modified", &osv.modified, feed));
    feed.advisories.push(Advisory {
        published,
        modified,
        withdrawn,
        aliases,
        summary: headline(&summary),
        vectors,
        severity: specific["severity"].as_str().map(str::to_owned),
        cwes: cwes.filter_map(|cwe| cwe.trim_start_matches("CWE-").parse().ok()).collect(),
        informational: specific["informational"].as_str().map(str::to_owned),
        affected,
        id: osv.id,
    });
}

fn convert(
    file: &File<'_>,
    place: &str,
    entry: OsvAffected,
    feed: &mut Feed,
) -> (Option<Affected>, Vec<Severity>) {
    let severity = entry.severity.unwrap_or_default();
    let Some(package) = entry.package.filter(|package| !package.name.is_empty()) else {
        return (None, severity);
    };
    let found = match (package.ecosystem.is_empty(), &package.purl) {
        (true, Some(purl)) => purl.parse().ok().and_then(|purl| ecosystem::package_of(&purl).ok()),
        _ => Some(ecosystem::package(&package.ecosystem, &package.name)),
    };
    let Some(found) = found.filter(|found| !found.ecosystem.is_empty()) else {
        feed.problem(file.name, format!("{place}/package"), "the package has no ecosystem; it was left out");
        return (None, severity);
    };
    let mut scheme = ecosystem::scheme_of(&found.ecosystem);
    let ranges = entry.ranges.unwrap_or_default();
    if scheme == schemes::GENERIC && ranges.iter().any(|range| range.r#type == "SEMVER") {
        scheme = schemes::SEMVER;
    }
    let mut affected = Affected {
        ecosystem: found.ecosystem,
        name: found.name,
        scheme: scheme.id().to_owned(),
        versions: entry.versions.unwrap_or_default(),
        symbols: symbols(entry.ecosystem_specific.as_ref()),
        ..Affected::default()
    };
    let mut commits = false;
    for (at, range) in ranges.into_iter().enumerate() {
        if range.r#type == "GIT" {
            commits = true;
            continue;
        }
        affected.fixed.extend(range.events.iter().filter_map(|event| event.fixed.clone()));
        let last = range.database_specific.as_ref().or(entry.database_specific.as_ref());
        let last = last.and_then(|specific| specific["last_known_affected_version_range"].as_str());
        match spans(scheme, &range.events, last) {
            Ok(spans) => affected.spans.extend(spans),
            Err(reason) => {
                feed.problem(file.name, format!("{place}/ranges/{at}"), reason.clone());
                affected.unreadable.push(reason);
            }
        }
    }
    if affected.spans.is_empty() && affected.versions.is_empty() && affected.unreadable.is_empty() {
        if commits {
            affected.unreadable.push("it names commits only, no versions".into());
        } else {
            // The schema: a package without ranges and versions is affected in all of them.
            affected.spans.push(Span::default());
        }
    }
    (Some(affected), severity)
}

/// What an event does.
enum End {
    Introduced,
    Fixed,
    LastAffected,
}

/// An event at a version; `None` is before all versions.
type Turn<'e> = (Option<Box<[u8]>>, &'e str, End);

/// The stretches of a list of events, whatever its order: an introduction opens, the next end closes.
fn spans(scheme: Scheme, events: &[Event], last: Option<&str>) -> Result<Vec<Span>, String> {
    let mut sorted: Vec<Turn<'_>> = Vec::new();
    for event in events {
        let one =
            [(&event.introduced, End::Introduced), (&event.fixed, End::Fixed), (&event.limit, End::Fixed)];
        for (version, end) in one.into_iter().chain([(&event.last_affected, End::LastAffected)]) {
            let Some(version) = version.as_deref().filter(|version| *version != "*") else { continue };
            let key = match (&end, version) {
                (End::Introduced, "0") => None,
                _ => Some(scheme.key(version).map_err(|error| error.to_string())?),
            };
            sorted.push((key, version, end));
        }
    }
    sorted.sort_by(|(a, _, _), (b, _, _)| match (a, b) {
        (Some(a), Some(b)) => scheme.order(a, b),
        (a, b) => a.is_some().cmp(&b.is_some()),
    });
    let mut spans: Vec<Span> = Vec::new();
    let mut open: Option<Option<Limit>> = None;
    for (key, version, end) in sorted {
        match (end, open.take()) {
            (End::Introduced, None) => open = Some(key.map(|_| Limit::at(version))),
            (End::Introduced, still) => open = still,
            (End::Fixed, Some(from)) => spans.push(Span { from, to: Some(Limit::short_of(version)) }),
            (End::LastAffected, Some(from)) => spans.push(Span { from, to: Some(Limit::at(version)) }),
            (_, None) => {}
        }
    }
    if let Some(from) = open {
        // GitHub keeps an upper end without fix beside the range: `<= 1.4.2`.
        let end = last.map(|last| last.trim().trim_start_matches(['<', '=']).trim());
        let end = end.filter(|version| scheme.key(version).is_ok());
        let inclusive = last.is_some_and(|last| last.contains('='));
        let to = end.map(|version| Limit { version: version.to_owned(), inclusive });
        spans.push(Span { from, to });
    }
    Ok(spans)
}

/// The vulnerable functions: Go names them per import path, RustSec in `affects`.
fn symbols(specific: Option<&Value>) -> Vec<String> {
    let Some(specific) = specific else { return Vec::new() };
    let mut found = Vec::new();
    for import in specific["imports"].as_array().into_iter().flatten() {
        let path = import["path"].as_str().unwrap_or_default();
        let names = import["symbols"].as_array().into_iter().flatten().filter_map(Value::as_str);
        found.extend(names.map(|name| format!("{path}.{name}")));
    }
    let functions = specific["affects"]["functions"].as_array().into_iter().flatten();
    found.extend(functions.filter_map(Value::as_str).map(str::to_owned));
    found
}

/// The first sentence or line of a text, at most 200 characters.
pub(super) fn headline(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    let sentence = line.find(". ").map_or(line, |stop| &line[..stop]);
    match sentence.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &sentence[..end]),
        None => sentence.trim_end_matches('.').to_owned(),
    }
}
