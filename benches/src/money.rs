//! A large organisation in money: the pages of risk, budget and portfolio, and findings priced through the product.

use crate::pages;
use crate::sample;
use crate::say;
use crate::timing::Times;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::Path;
use std::time::Instant;
use warrant_service::import::Mode;
use warrant_service::query::RecordQuery;
use warrant_service::risk::RiskScope;
use warrant_service::{Actor, Clock, Service, ServiceOptions, StoreOptions};

/// Findings of each system that has a scenario.
const FINDINGS: usize = 100;

/// They are spread over so many targets, lest nothing is left of a control's work on one.
const TARGETS: usize = 5;

/// Of systems with scenarios, so many are scanned.
const SCANNED: usize = 100;

/// What people look at.
const PAGES: [&str; 10] = [
    "/risk",
    "/risk/register",
    "/risk/moved",
    "/risk/editor",
    "/risk/calibration",
    "/risk/portfolio",
    "/risk/portfolio?budget=200000",
    "/risk/portfolio?budget=200000&show=left&page=2",
    "/budget",
    "/programme",
];

/// What a finding that closed makes anew.
const CHANGED: [&str; 4] = ["/risk", "/risk/register", "/risk/portfolio", "/budget"];

/// `bench money [SYSTEMS] [SCENARIOS] [FOLDER [PAGE…]]`: a folder is kept; in one that holds a store, nothing is written
/// but what is measured.
pub(crate) async fn run(arguments: &[String]) -> anyhow::Result<()> {
    let number = |at: usize, default: usize| arguments.get(at).map_or(Ok(default), |text| text.parse());
    let (systems, scenarios) = (number(0, 10_000)?, number(1, 1_000)?);
    let scratch = tempfile::tempdir()?;
    let folder = arguments.get(2).map_or(scratch.path(), Path::new);
    let there = arguments.get(2).is_some() && folder.exists();
    let store = StoreOptions::folder(folder);
    let clock = Clock::at(Clock::Wall.now());
    let service = Service::open(ServiceOptions { clock, ..ServiceOptions::standard(store) }).await?;
    if !there {
        service.initialise("Money", 0).await?;
        let begun = Instant::now();
        sample::records(&service, systems).await?;
        money_records(&service, systems, scenarios).await?;
        for nth in 0..SCANNED.min(scenarios) {
            for target in 0..TARGETS {
                sample::bring_in(&service, nth, (&format!("scan-{target}"), &scan(nth, target, 0))).await?;
            }
        }
        service.store().integrate().await?;
        say(&format!(
            "{systems} systems, {scenarios} scenarios in force, {} findings, written in {:.0} s",
            FINDINGS * SCANNED.min(scenarios),
            begun.elapsed().as_secs_f64()
        ));
    }
    if arguments.len() > 3 {
        return pages::measure(&service, &arguments[3..]).await;
    }
    pages::measure(&service, &pages_of(&service).await?).await?;
    let mut fewer = scan(1, 0, 1);
    fewer["CreatedAt"] = json!(service.now().to_string());
    let closed = sample::bring_in(&service, 1, (&format!("later-{}", service.now()), &fewer)).await?.closed;
    say(&format!("{closed} finding closed:"));
    pages::measure(&service, &CHANGED.map(str::to_owned)).await?;
    findings(&service).await?;
    what_if(&service).await?;
    service.close().await?;
    Ok(())
}

/// The pages above, those of one scenario and of what if one finding were closed.
async fn pages_of(service: &Service) -> anyhow::Result<Vec<String>> {
    let mut pages: Vec<String> = PAGES.map(str::to_owned).into();
    let actor = Actor::program();
    let view = service.risk(&actor, &RiskScope::Organisation).await?;
    if let Some(line) = view.scenarios.iter().find(|line| line.system_name == "System 00000") {
        pages.push(format!("/risk/{}", line.id));
        pages.push(format!("/risk/editor/{}", line.id));
        pages.push(format!("/risk?system={}", line.system));
        let scenario = service.risk_of_scenario(&actor, &line.id).await?;
        pages
            .extend(scenario.findings.first().map(|finding| format!("/risk/what-if?finding={}", finding.id)));
    }
    Ok(pages)
}

/// A scan of one of a system's targets, some of its low findings gone.
fn scan(nth: usize, target: usize, gone: usize) -> Value {
    let each = FINDINGS / TARGETS;
    let mut weaknesses = sample::weaknesses(nth, FINDINGS);
    weaknesses.iter_mut().for_each(|one| one["Severity"] = json!("LOW"));
    let its = weaknesses.into_iter().skip(target * each).take(each - gone).collect();
    let mut scan = sample::scan(nth, its);
    let name = format!("image-{nth}-{target}:production");
    scan["ArtifactName"] = json!(name);
    scan["Results"][0]["Target"] = json!(name);
    scan
}

async fn money_records(service: &Service, systems: usize, scenarios: usize) -> anyhow::Result<()> {
    let actor = Actor::program();
    let mut table =
        String::from("system,title,state,basis,actor,effect,tries,tries_low,tries_high,steps,losses\n");
    let mut poam = String::from("system,title,state,owner,due,hours,cost,findings\n");
    for nth in 0..scenarios {
        let system = nth % systems;
        let low = 10_000 + 137 * nth;
        let tries = 1 + nth % 5;
        writeln!(
            table,
            "System {system:05},Scenario {nth:05},in-force,Made up,Organised crime,availability,{tries},{:.1},{:.1},\"T1190 | 40 | si-2,ra-5,sc-7 | 24 | si-4 | 36; T1486 | 60 | cp-9,si-3 | 6 | si-4 | 12\",response | {low} | {} | | ; productivity | {} | {} | 50 | ",
            0.4 * tries as f64,
            2.5 * tries as f64,
            8 * low,
            low / 2,
            5 * low,
        )?;
        writeln!(
            poam,
            "System {system:05},Work {nth:05},ongoing,Ana Lee,2027-03-01,{},{},CVE-2025-{:05}",
            8 + nth % 90,
            500 + 31 * nth,
            nth % FINDINGS,
        )?;
    }
    let import = |kind: &'static str, text: String| async move {
        let name = format!("{kind}.csv");
        service.import_table(&Actor::program(), kind, (&name, text.as_bytes()), Mode::Commit).await
    };
    service.create(&actor, "person", json!({"name": "Ana Lee", "email": "ana@example.org"})).await?;
    let mut stated = String::from("system,control,status\n");
    for nth in 0..scenarios.min(systems) {
        for control in ["si-2", "ra-5", "sc-7", "si-4", "cp-9", "si-3"] {
            writeln!(stated, "System {nth:05},{control},implemented")?;
        }
    }
    import("implementation", stated).await?;
    import("scenario", table).await?;
    import("poam_item", poam).await?;
    let body = json!({"name": "Security"});
    let unit = service.create(&actor, "unit", body).await?.id;
    let query = RecordQuery { kind: "poam_item".to_owned(), limit: 200, ..RecordQuery::default() };
    let items = service.list_records(&actor, &query).await?.rows;
    let mut spending = String::from("unit,line,title,sort,amount,day\n");
    for nth in 0..200 {
        let line = json!({
            "unit": unit, "title": format!("Line {nth:03}"), "state": "granted", "amount": 20_000 + nth,
            "starts": "2026-01-01", "ends": "2027-12-31", "estimate_low": 15_000, "estimate_high": 30_000,
            "initiative": format!("Initiative {}", nth % 12),
            "actions": items.get(nth).map(|item| item.id.clone()).into_iter().collect::<Vec<_>>(),
        });
        service.create(&actor, "budget_line", line).await?;
        for paid in 0..5 {
            writeln!(
                spending,
                "Security,Line {nth:03},Invoice {nth}-{paid},actual,{},2026-06-01",
                900 + paid
            )?;
        }
        let post = json!({
            "unit": unit, "title": format!("Post {nth}"), "work_role": format!("PD-WRL-00{}", 1 + nth % 7),
            "hours_a_year": 300,
        });
        service.create(&actor, "staffing", post).await?;
    }
    import("spending", spending).await?;
    Ok(())
}

/// Prices every finding of the scanned systems, as the page of each scenario does.
async fn findings(service: &Service) -> anyhow::Result<()> {
    let actor = Actor::program();
    let view = service.risk(&actor, &RiskScope::Organisation).await?;
    let begun = Instant::now();
    let mut priced = 0;
    for line in &view.scenarios {
        let nth = line.system_name.trim_start_matches("System ").parse::<usize>().unwrap_or(usize::MAX);
        if nth < SCANNED {
            priced += service.risk_of_scenario(&actor, &line.id).await?.findings_in_all;
        }
    }
    say(&format!(
        "{priced} findings priced, scenario by scenario, in {:.2} s",
        begun.elapsed().as_secs_f64()
    ));
    Ok(())
}

/// One finding taken as closed: every curve it moves.
async fn what_if(service: &Service) -> anyhow::Result<()> {
    let actor = Actor::program();
    let view = service.risk(&actor, &RiskScope::Organisation).await?;
    let Some(line) = view.scenarios.iter().find(|line| line.system_name == "System 00000") else {
        return Ok(());
    };
    let scenario = service.risk_of_scenario(&actor, &line.id).await?;
    let Some(finding) = scenario.findings.first() else { return Ok(()) };
    let ids: Vec<String> = serde_json::to_value(finding)?
        .get("id")
        .and_then(Value::as_str)
        .map(str::to_owned)
        .into_iter()
        .collect();
    let mut times = Times::default();
    for _ in 0..5 {
        let begun = Instant::now();
        service.what_if_closed(&actor, &ids).await?;
        times.push(begun.elapsed());
    }
    say(&format!("what if one finding were closed, every curve that moves: {}", times.told()));
    Ok(())
}
