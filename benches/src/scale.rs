//! A large organisation: writes, pages and the rebuild of every posture.

use crate::memory::resident;
use crate::pages;
use crate::say;
use crate::timing::Times;
use anyhow::Context;
use serde_json::{Value, json};
use std::fmt::Write;
use std::sync::Arc;
use std::time::Instant;
use warrant_service::bulk::Worked;
use warrant_service::import::{ImportFile, Mode, Progress};
use warrant_service::query::RecordQuery;
use warrant_service::{Actor, Clock, Service, ServiceOptions, StoreOptions};

/// Generates and measures.
pub(crate) async fn run(arguments: &[String]) -> anyhow::Result<()> {
    let number = |at: usize, default: usize| arguments.get(at).map_or(Ok(default), |text| text.parse());
    let (systems, findings) = (number(0, 1_000)?, number(1, 1_000)?);
    let folder = tempfile::tempdir()?;
    let mut store = StoreOptions::folder(folder.path());
    if let Some(address) = arguments.get(2) {
        store.address.clone_from(address);
        store.schema = Some(format!("bench_{}", std::process::id()));
    }
    let now = Clock::Wall.now();
    let options = || ServiceOptions { clock: Clock::at(now), ..ServiceOptions::standard(store.clone()) };
    let service = Service::open(options()).await?;
    service.initialise("Scale", 0).await?;
    say(&format!("{systems} systems at the HIGH baseline, {findings} findings each, {}", store.address));

    let begun = Instant::now();
    generate_records(&service, systems).await?;
    say(&format!("records: {:.1} s", begun.elapsed().as_secs_f64()));
    let begun = Instant::now();
    for nth in 0..systems {
        let bytes = scan(nth, weaknesses(nth, findings)).to_string().into_bytes();
        let file = ImportFile { name: format!("scan-{nth}.json"), bytes: bytes.into() };
        let (name, progress) = (format!("System {nth:05}"), Arc::new(Progress::default()));
        let outcome = service.import(&Actor::program(), file, Some(&name), Mode::Commit, progress).await?;
        anyhow::ensure!(outcome.opened == findings, "{} opened of {findings}", outcome.opened);
    }
    let total = systems * findings;
    let seconds = begun.elapsed().as_secs_f64();
    say(&format!("import: {total} findings in {seconds:.1} s, {:.0} a second", total as f64 / seconds));
    service.store().integrate().await?;
    say(&format!("memory after import: {}", resident()));
    service.close().await?;

    let begun = Instant::now();
    let service = Service::open(options()).await?;
    say(&format!("opening the store again: {:.0} ms", begun.elapsed().as_secs_f64() * 1_000.0));
    measure_rebuild(&service).await?;
    measure_writes(&service, systems).await?;
    measure_many(&service, systems).await?;
    measure_pages(&service).await?;
    say(&format!("memory at the end: {}", resident()));
    service.close().await?;
    Ok(())
}

pub(crate) async fn generate_records(service: &Service, systems: usize) -> anyhow::Result<()> {
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

async fn measure_rebuild(service: &Service) -> anyhow::Result<()> {
    let begun = Instant::now();
    let systems = service.rebuild().await?;
    say(&format!("rebuild of {systems} postures: {:.1} s", begun.elapsed().as_secs_f64()));
    Ok(())
}

async fn measure_writes(service: &Service, systems: usize) -> anyhow::Result<()> {
    let actor = Actor::program();
    let ids: Vec<_> = service.system_names(&actor).await?.into_keys().collect();
    let controls = ["ac-2", "ac-3", "au-6", "cm-6", "cp-9", "ia-2", "ra-5", "sc-7", "si-2", "si-4"];
    let mut times = Times::default();
    for nth in 0..1_000 {
        let system = &ids[(nth * 7_919) % systems];
        let body = json!({
            "system": system, "control": controls[nth % controls.len()], "result": "satisfied",
            "assessed_on": "2026-11-01", "notes": format!("write {nth}"),
        });
        let begun = Instant::now();
        service.create(&actor, "assessment", body).await?;
        times.push(begun.elapsed());
    }
    say(&format!("control-state write with every roll-up: {}", times.told()));
    Ok(())
}

/// Records that one act changes.
const MANY: usize = 10_000;

/// One field of many records changed as one act, and taken back.
async fn measure_many(service: &Service, systems: usize) -> anyhow::Result<()> {
    let actor = Actor::program();
    let mut table = String::from("system,name,vendor\n");
    for nth in 0..MANY {
        writeln!(table, "System {:05},part-{nth:05},Acme", nth % systems.min(100))?;
    }
    let begun = Instant::now();
    service.import_table(&actor, "component", ("parts.csv", table.as_bytes()), Mode::Commit).await?;
    say(&format!("table of {MANY} records brought in: {:.2} s", begun.elapsed().as_secs_f64()));
    let query =
        RecordQuery { kind: "component".to_owned(), text: "part-".to_owned(), ..RecordQuery::default() };
    let fields = [("vendor".to_owned(), json!("Bolt"))];
    let (begun, worked) = (Instant::now(), Worked::default());
    let rows = service.all_records(&actor, &query).await?;
    let edited = service.edit_many(&actor, "component", rows, &fields, &worked).await?;
    anyhow::ensure!(edited.changed == MANY, "{edited:?}");
    say(&format!("one field of {MANY} records: {:.2} s", begun.elapsed().as_secs_f64()));
    let begun = Instant::now();
    service.undo(&actor, edited.leaf.context("no ledger entry")?).await?;
    say(&format!("taken back: {:.2} s", begun.elapsed().as_secs_f64()));
    Ok(())
}

async fn measure_pages(service: &Service) -> anyhow::Result<()> {
    let system = service.system_names(&Actor::program()).await?.into_keys().next().context("no system")?;
    let pages = [
        "/".to_owned(),
        "/?severity=critical".to_owned(),
        "/overview".to_owned(),
        "/systems".to_owned(),
        "/findings".to_owned(),
        "/findings?sort=title".to_owned(),
        "/findings?severity=critical&sort=title".to_owned(),
        "/findings?sort=-title".to_owned(),
        "/findings?sort=target".to_owned(),
        "/findings?sort=-first".to_owned(),
        "/findings?sort=-last".to_owned(),
        "/findings?state=all&sort=last".to_owned(),
        "/findings?page=200".to_owned(),
        "/findings?q=package-13".to_owned(),
        "/poam".to_owned(),
        "/evidence".to_owned(),
        "/records/assessment".to_owned(),
        "/records/component".to_owned(),
        "/records/component?q=part-00&cols=name,vendor,system".to_owned(),
        "/systems?as_of=2026-11-01".to_owned(),
        "/findings?cols=finding,score,remedy,rule".to_owned(),
        format!("/systems/{system}"),
        format!("/systems/{system}/controls"),
        format!("/systems/{system}/findings"),
        format!("/systems/{system}/findings?sort=title"),
        format!("/systems/{system}/poam"),
    ];
    pages::measure(service, &pages).await
}
