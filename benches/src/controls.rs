//! The grid of controls: one system with every control that is in force, and one control over many systems.

use crate::timing::Times;
use crate::{pages, sample, say};
use std::fmt::Write;
use std::time::Instant;
use warrant_catalog::index::{Baseline, Index};
use warrant_service::import::Mode;
use warrant_service::{Actor, Clock, Service, ServiceOptions, StoreOptions};

/// `bench controls [SYSTEMS]`.
pub(crate) async fn run(arguments: &[String]) -> anyhow::Result<()> {
    let systems = arguments.first().map_or(Ok(1_000), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let clock = Clock::at(Clock::Wall.now());
    let options = ServiceOptions { clock, ..ServiceOptions::standard(StoreOptions::folder(folder.path())) };
    let service = Service::open(options).await?;
    service.initialise("Controls", 0).await?;
    sample::records(&service, systems).await?;
    let system = everything(&service).await?;
    let actor = Actor::program();
    let mut times = Times::default();
    let mut statements = 0;
    for _ in 0..15 {
        let begun = Instant::now();
        let controls = service.controls(&actor, &system, None).await?;
        times.push(begun.elapsed());
        statements = controls.iter().map(|control| control.statements.len()).sum();
    }
    say(&format!("{systems} systems at the HIGH baseline, one of them with every control in force"));
    say(&format!("its {statements} statements judged: {}", times.told()));
    let pages = [
        format!("/systems/{system}/controls"),
        format!("/systems/{system}/controls?family=ac"),
        format!("/systems/{system}/controls?q=audit"),
        format!("/systems/{system}/controls.csv"),
        "/controls".to_owned(),
        "/controls/ac-2".to_owned(),
        "/controls/si-2".to_owned(),
        "/controls/ac-2?page=10".to_owned(),
    ];
    pages::measure(&service, &pages).await?;
    service.close().await?;
    Ok(())
}

/// Adds to the first system what the HIGH baseline lacks, and judges it.
async fn everything(service: &Service) -> anyhow::Result<String> {
    let index = Index::embedded();
    let (mut added, mut judged) = (
        String::from("system,control,action,rationale\n"),
        String::from("system,control,method,result,assessed_on,notes\n"),
    );
    for (nth, control) in index.controls().iter().filter(|control| !control.withdrawn).enumerate() {
        if !control.baselines.contains(Baseline::High) {
            writeln!(added, "System 00000,{},add,measured", control.id)?;
        }
        let result = ["satisfied", "other-than-satisfied", "satisfied"][nth % 3];
        writeln!(judged, "System 00000,{},examine,{result},2026-11-01,seen", control.id)?;
    }
    let actor = Actor::program();
    service.import_table(&actor, "tailoring", ("added.csv", added.as_bytes()), Mode::Commit).await?;
    service.import_table(&actor, "assessment", ("judged.csv", judged.as_bytes()), Mode::Commit).await?;
    Ok(service.system_row(&actor, "System 00000").await?.id)
}
