//! A large organisation: writes, pages and the rebuild of every posture.

use crate::memory::resident;
use crate::pages;
use crate::sample;
use crate::say;
use crate::timing::Times;
use anyhow::Context;
use serde_json::json;
use std::fmt::Write;
use std::path::Path;
use std::time::Instant;
use warrant_service::bulk::Worked;
use warrant_service::import::Mode;
use warrant_service::query::RecordQuery;
use warrant_service::{Actor, Clock, Service, ServiceOptions, StoreOptions};

/// `bench scale [SYSTEMS] [FINDINGS PER SYSTEM] [postgres://… | FOLDER]`: generates and measures. A folder is kept; in
/// one that holds a store, only the pages are measured.
pub(crate) async fn run(arguments: &[String]) -> anyhow::Result<()> {
    let number = |at: usize, default: usize| arguments.get(at).map_or(Ok(default), |text| text.parse());
    let (systems, findings) = (number(0, 1_000)?, number(1, 1_000)?);
    let scratch = tempfile::tempdir()?;
    let mut store = StoreOptions::folder(scratch.path());
    let mut there = false;
    match arguments.get(2) {
        Some(address) if address.starts_with("postgres") => {
            store.address.clone_from(address);
            store.schema = Some(format!("bench_{}", std::process::id()));
        }
        Some(folder) => {
            there = Path::new(folder).exists();
            store = StoreOptions::folder(folder);
        }
        None => {}
    }
    let now = Clock::Wall.now();
    let options = || ServiceOptions { clock: Clock::at(now), ..ServiceOptions::standard(store.clone()) };
    if !there {
        let service = Service::open(options()).await?;
        say(&format!("{systems} systems at the HIGH baseline, {findings} findings each, {}", store.address));
        generate(&service, systems, findings).await?;
        service.close().await?;
    }
    let begun = Instant::now();
    let service = Service::open(options()).await?;
    say(&format!("opening the store again: {:.0} ms", begun.elapsed().as_secs_f64() * 1_000.0));
    if !there {
        measure_rebuild(&service).await?;
        measure_writes(&service, systems).await?;
        measure_many(&service, systems).await?;
    }
    measure_pages(&service).await?;
    say(&format!("memory at the end: {}", resident()));
    service.close().await?;
    Ok(())
}

async fn generate(service: &Service, systems: usize, findings: usize) -> anyhow::Result<()> {
    service.initialise("Scale", 0).await?;
    let begun = Instant::now();
    sample::records(service, systems).await?;
    say(&format!("records: {:.1} s", begun.elapsed().as_secs_f64()));
    let begun = Instant::now();
    for nth in 0..systems {
        let scan = sample::scan(nth, sample::weaknesses(nth, findings));
        let opened = sample::bring_in(service, nth, ("scan", &scan)).await?.opened;
        anyhow::ensure!(opened == findings, "{opened} opened of {findings}");
    }
    let total = systems * findings;
    let seconds = begun.elapsed().as_secs_f64();
    say(&format!("import: {total} findings in {seconds:.1} s, {:.0} a second", total as f64 / seconds));
    let begun = Instant::now();
    sample::releases(service, systems.min(100)).await?;
    say(&format!("releases, and advisories that judge them: {:.1} s", begun.elapsed().as_secs_f64()));
    service.store().integrate().await?;
    say(&format!("memory after import: {}", resident()));
    Ok(())
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
        "/findings?q=CVE-2025-00713".to_owned(),
        "/findings?q=weakness".to_owned(),
        "/findings?q=weakness+package-13&severity=critical&sort=-title".to_owned(),
        "/findings?q=nothing-like-it".to_owned(),
        "/findings?target=image-57:production".to_owned(),
        "/findings?tool=Trivy&severity=low".to_owned(),
        "/findings?control=si-2&sort=title".to_owned(),
        "/findings?control=ac-2".to_owned(),
        "/findings?state=closed".to_owned(),
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
        format!("/systems/{system}/releases"),
        "/watch/releases".to_owned(),
        "/watch/advisories".to_owned(),
        "/watch/advisories/CVE-2025-00013".to_owned(),
        format!("/watch/releases/{system}/portal"),
        format!("/watch/releases/{system}/portal/compare?from=1.0.0&to=1.2.0"),
        format!("/watch/releases/{system}/portal/1.2.0"),
    ];
    pages::measure(service, &pages).await
}
