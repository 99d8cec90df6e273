//! CVE records (JSON 5), with what coordinators add in their containers: SSVC inputs, CVSS, weakness classes.

use super::osv::headline;
use super::{Fault, File, Format, Probe};
use crate::advisory::{Advisory, Affected, Ssvc};
use crate::ecosystem::{self, Package};
use crate::feed::{Feed, instant};
use crate::range::{Limit, Span};
use crate::version::Scheme;
use serde::Deserialize;
use serde_json::Value;

/// A CVE record.
pub(super) struct Cve5;

impl Format for Cve5 {
    fn id(&self) -> &'static str {
        "cve5"
    }

    fn title(&self) -> &'static str {
        "CVE record"
    }

    fn source(&self) -> &'static str {
        "CVE JSON record format 5.2; CISA vulnrichment"
    }

    fn recognise(&self, probe: &Probe<'_>) -> bool {
        probe.text_of("dataType") == Some("CVE_RECORD") || probe.has(&["cveMetadata", "containers"])
    }

    fn read(&self, file: &File<'_>, feed: &mut Feed) -> Result<(), Fault> {
        let record: Record = serde_json::from_str(file.text)?;
        let id = record.metadata.id;
        if id.is_empty() {
            return Err(Fault { place: "cveMetadata/cveId".into(), message: "there is no CVE id".into() });
        }
        let mut advisory = Advisory {
            published: record.metadata.published.as_deref().and_then(instant),
            modified: record.metadata.updated.as_deref().and_then(instant),
            ..Advisory::default()
        };
        if record.metadata.state.eq_ignore_ascii_case("rejected") {
            advisory.withdrawn = record.metadata.rejected.as_deref().and_then(instant).or(advisory.modified);
            // A rejected record without any date is withdrawn all the same.
            advisory.withdrawn = advisory.withdrawn.or(Some(jiff::Timestamp::UNIX_EPOCH));
        }
        let Containers { cna, adp } = record.containers;
        for (at, container) in cna.into_iter().chain(adp).enumerate() {
            let place =
                if at == 0 { "containers/cna".to_owned() } else { format!("containers/adp/{}", at - 1) };
            take(file, &place, &id, container, &mut advisory, feed);
        }
        advisory.vectors.dedup();
        advisory.cwes.sort_unstable();
        advisory.cwes.dedup();
        advisory.id = id;
        feed.advisories.push(advisory);
        Ok(())
    }
}

#[derive(Deserialize)]
struct Record {
    #[serde(rename = "cveMetadata")]
    metadata: Metadata,
    #[serde(default)]
    containers: Containers,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Metadata {
    #[serde(rename = "cveId")]
    id: String,
    state: String,
    #[serde(rename = "datePublished")]
    published: Option<String>,
    #[serde(rename = "dateUpdated")]
    updated: Option<String>,
    #[serde(rename = "dateRejected")]
    rejected: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Containers {
    cna: Option<Container>,
    adp: Vec<Container>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Container {
    title: Option<String>,
    descriptions: Vec<Text>,
    affected: Vec<Product>,
    metrics: Vec<Value>,
    #[serde(rename = "problemTypes")]
    problem_types: Vec<Value>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Text {
    lang: String,
    value: String,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Product {
    package_name: Option<String>,
    #[serde(rename = "collectionURL")]
    collection_url: Option<String>,
    #[serde(rename = "packageURL")]
    package_url: Option<String>,
    default_status: Option<String>,
    versions: Vec<Versions>,
    program_routines: Vec<Routine>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Routine {
    name: String,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Versions {
    version: String,
    status: String,
    version_type: Option<String>,
    less_than: Option<String>,
    less_than_or_equal: Option<String>,
    changes: Vec<Change>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Change {
    at: String,
    status: String,
}

fn take(
    file: &File<'_>,
    place: &str,
    id: &str,
    container: Container,
    advisory: &mut Advisory,
    feed: &mut Feed,
) {
    if advisory.summary.is_empty() {
        let english = container.descriptions.into_iter().find(|text| text.lang.starts_with("en"));
        let text = container.title.or(english.map(|text| text.value));
        advisory.summary = headline(&text.unwrap_or_default());
    }
    for metric in &container.metrics {
        for name in ["cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0"] {
            advisory.vectors.extend(metric[name]["vectorString"].as_str().map(str::to_owned));
        }
        if metric["other"]["type"] == "ssvc" {
            feed.ssvc.extend(ssvc(id, &metric["other"]["content"]));
        }
    }
    let classes = container.problem_types.iter().flat_map(|kind| kind["descriptions"].as_array());
    let classes = classes.flatten().filter_map(|text| text["cweId"].as_str());
    advisory.cwes.extend(classes.filter_map(|cwe| cwe.trim_start_matches("CWE-").parse::<u32>().ok()));
    for (at, product) in container.affected.into_iter().enumerate() {
        let place = format!("{place}/affected/{at}");
        match package(&product) {
            Ok(Some(package)) => advisory.affected.push(convert(file, &place, package, product, feed)),
            // A vendor and a product are names for people: nothing can be judged by them.
            Ok(None) => {}
            Err(message) => feed.problem(file.name, format!("{place}/packageURL"), message),
        }
    }
}

fn ssvc(id: &str, content: &Value) -> Option<Ssvc> {
    let mut ssvc = Ssvc { cve: id.to_owned(), ..Ssvc::default() };
    ssvc.at = content["timestamp"].as_str().and_then(instant);
    for option in content["options"].as_array()? {
        for (name, value) in option.as_object()? {
            let value = value.as_str().unwrap_or_default().to_ascii_lowercase();
            match name.to_ascii_lowercase().as_str() {
                "exploitation" => ssvc.exploitation = value,
                "automatable" => ssvc.automatable = value,
                "technical impact" => ssvc.technical_impact = value,
                _ => {}
            }
        }
    }
    Some(ssvc)
}

fn package(product: &Product) -> Result<Option<Package>, String> {
    if let Some(url) = &product.package_url {
        let purl = url.parse().map_err(|error: crate::purl::PurlError| error.to_string())?;
        return Ok(ecosystem::package_of(&purl).ok());
    }
    let collection = product.collection_url.as_deref().and_then(ecosystem::of_collection);
    Ok(match (collection, product.package_name.as_deref().filter(|name| !name.is_empty())) {
        (Some(ecosystem), Some(name)) => Some(ecosystem::package(ecosystem, name)),
        _ => None,
    })
}

fn convert(file: &File<'_>, place: &str, package: Package, product: Product, feed: &mut Feed) -> Affected {
    let scheme = ecosystem::scheme_of(&package.ecosystem);
    let mut affected = Affected {
        ecosystem: package.ecosystem,
        name: package.name,
        scheme: scheme.id().to_owned(),
        symbols: product.program_routines.into_iter().map(|routine| routine.name).collect(),
        ..Affected::default()
    };
    let by_default = product.default_status.as_deref() == Some("affected");
    if by_default {
        affected.spans.push(Span::default());
    }
    for (at, versions) in product.versions.into_iter().enumerate() {
        let place = format!("{place}/versions/{at}");
        if versions.version_type.as_deref() == Some("git") {
            affected.unreadable.push("it names commits, no versions".into());
            continue;
        }
        match pieces(scheme, &versions) {
            Ok(pieces) => {
                for (status, span) in pieces {
                    match status {
                        "affected" => affected.spans.push(span),
                        "unaffected" => {
                            let starts = span.from.iter().filter(|from| from.inclusive && by_default);
                            affected.fixed.extend(starts.map(|from| from.version.clone()));
                            affected.except.push(span);
                        }
                        _ => affected.unreadable.push(format!("{} may be affected", span.describe())),
                    }
                }
                affected.fixed.extend(
                    versions.less_than.filter(|end| versions.status == "affected" && end.as_str() != "*"),
                );
            }
            Err(reason) => {
                feed.problem(file.name, place, reason.clone());
                affected.unreadable.push(reason);
            }
        }
    }
    affected
}

/// An entry in stretches of one status each: changes within it turn it.
fn pieces(scheme: Scheme, versions: &Versions) -> Result<Vec<(&str, Span)>, String> {
    let check = |version: &str| scheme.key(version).map(|_| ()).map_err(|error| error.to_string());
    let to = match (&versions.less_than, &versions.less_than_or_equal) {
        (Some(end), _) | (None, Some(end)) if end == "*" => None,
        (Some(end), _) => Some(Limit::short_of(end)),
        (None, Some(end)) => Some(Limit::at(end)),
        (None, None) if versions.version == "*" => None,
        (None, None) => Some(Limit::at(&versions.version)),
    };
    let ranged = versions.less_than.is_some() || versions.less_than_or_equal.is_some();
    let open = matches!(versions.version.as_str(), "0" | "*" | "" | "unspecified" | "n/a")
        && (ranged || to.is_none());
    let mut from = (!open).then(|| Limit::at(&versions.version));
    for limit in from.iter().chain(&to) {
        check(&limit.version)?;
    }
    let mut status = versions.status.as_str();
    let mut pieces = Vec::new();
    for change in &versions.changes {
        check(&change.at)?;
        pieces.push((status, Span { from: from.take(), to: Some(Limit::short_of(&change.at)) }));
        from = Some(Limit::at(&change.at));
        status = &change.status;
    }
    pieces.push((status, Span { from, to }));
    Ok(pieces)
}
