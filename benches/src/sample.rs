//! A made-up organisation: systems, reports of a scanner, bills of materials and advisories.

use serde_json::{Value, json};
use std::fmt::Write;
use std::sync::Arc;
use warrant_service::import::{Belongs, ImportFile, ImportOutcome, Mode, Progress};
use warrant_service::{Actor, Service};

/// Imports a document for the `nth` system.
pub(crate) async fn bring_in(
    service: &Service,
    nth: usize,
    (name, document): (&str, &Value),
) -> anyhow::Result<ImportOutcome> {
    let file =
        ImportFile { name: format!("{name}-{nth}.json"), bytes: document.to_string().into_bytes().into() };
    let system = format!("System {nth:05}");
    let belongs = Belongs { system: Some(&system), release: None };
    let progress = Arc::new(Progress::default());
    Ok(service.import_as(&Actor::program(), file, belongs, Mode::Commit, progress).await?)
}

/// Systems, each categorised high.
pub(crate) async fn records(service: &Service, systems: usize) -> anyhow::Result<()> {
    let actor = Actor::program();
    let (mut table, mut types) = (String::from("name,phase,exposure,criticality\n"), String::new());
    types.push_str("system,name,confidentiality,integrity,availability\n");
    for nth in 0..systems {
        let exposure = ["internet", "partner", "internal", "isolated"][nth % 4];
        writeln!(table, "System {nth:05},planned,{exposure},essential")?;
        writeln!(types, "System {nth:05},Main,high,high,high")?;
    }
    service.import_table(&actor, "system", ("systems.csv", table.as_bytes()), Mode::Commit).await?;
    service.import_table(&actor, "information_type", ("types.csv", types.as_bytes()), Mode::Commit).await?;
    Ok(())
}

/// Weaknesses of a scanner's report, spread over a hundred packages.
pub(crate) fn weaknesses(nth: usize, findings: usize) -> Vec<Value> {
    let severities = ["LOW", "MEDIUM", "HIGH", "CRITICAL"];
    (0..findings)
        .map(|at| {
            json!({
                "VulnerabilityID": format!("CVE-2025-{:05}", at % 40_000),
                "PkgName": format!("package-{}", at % 97),
                "InstalledVersion": "1.0.0",
                "FixedVersion": "1.0.1",
                "Severity": severities[(at * 7 + nth) % 4],
                "Title": format!("weakness {} of package {}", at % 500, at % 97),
                "PkgIdentifier": {"PURL": format!("pkg:generic/package-{}@1.0.0?at={at}", at % 97)},
            })
        })
        .collect()
}

/// A scanner's report with these weaknesses.
pub(crate) fn scan(nth: usize, weaknesses: Vec<Value>) -> Value {
    let name = format!("image-{nth}:production");
    json!({
        "SchemaVersion": 2,
        "CreatedAt": "2026-11-20T10:00:00Z",
        "ArtifactName": name,
        "ArtifactType": "container_image",
        "Results": [{"Target": name, "Class": "os-pkgs", "Type": "debian", "Vulnerabilities": weaknesses}],
    })
}

/// Packages of a bill of materials, and of those that advisories are about.
const PACKAGES: usize = 1_500;

/// Three releases of one component of each of so many systems, and advisories about a third of their packages.
pub(crate) async fn releases(service: &Service, systems: usize) -> anyhow::Result<()> {
    for nth in 0..systems {
        for minor in 0..3 {
            bring_in(service, nth, (&format!("bill-{minor}"), &bill(minor))).await?;
        }
    }
    let files = (0..PACKAGES / 3).map(|at| {
        let advisory = json!({
            "id": format!("CVE-2025-{at:05}"),
            "modified": "2026-11-20T00:00:00Z",
            "summary": format!("weakness of library {at}"),
            "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
            "affected": [{
                "package": {"ecosystem": "npm", "name": format!("library-{}", at * 3)},
                "ranges": [{"type": "SEMVER", "events": [
                    {"introduced": format!("{}.0.0", at % 2)}, {"fixed": format!("{}.1.0", 1 + at % 3)}
                ]}],
            }],
        });
        ImportFile { name: format!("{at}.json"), bytes: advisory.to_string().into_bytes().into() }
    });
    service.load_advisory_files(&Actor::program(), "made up", files.collect()).await?;
    Ok(())
}

/// The bill of a release: every fifth package is newer with each.
fn bill(minor: usize) -> Value {
    let library = |at: usize| {
        let (name, version) =
            (format!("library-{at}"), format!("1.{}.0", if at.is_multiple_of(5) { minor } else { 0 }));
        json!({
            "type": "library", "name": name, "version": version, "purl": format!("pkg:npm/{name}@{version}"),
        })
    };
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "metadata": {
            "timestamp": format!("2026-11-{:02}T10:00:00Z", 10 + minor),
            "component": {"type": "application", "name": "portal", "version": format!("1.{minor}.0")},
        },
        "components": (0..PACKAGES).map(library).collect::<Vec<_>>(),
    })
}
