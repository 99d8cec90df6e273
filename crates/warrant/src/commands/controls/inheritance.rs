//! `warrant controls inheritance`, `inherit` and `offer`: what systems take from one another.

use crate::output::{FOUND, OK, print_json, print_table, say, write_to};
use clap::Args;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;
use warrant_analysis::inheritance::{Step, Taken};
use warrant_catalog::index::Index;
use warrant_model::kinds::Implementation;
use warrant_service::inheritance::Offered;
use warrant_service::{Actor, Service};

#[derive(Debug, Args)]
pub(crate) struct Inheritance {
    /// Name or id of the system
    system: String,
    /// Only what is so: failing (or grown stale at the provider), holes, inherited, shared
    #[arg(long, value_name = "WHAT", value_parser = ["failing", "holes", "inherited", "shared"])]
    only: Option<String>,
    /// What it offers to others and who relies on it, instead of what it takes
    #[arg(long, conflicts_with_all = ["only", "output"])]
    offered: bool,
    /// Write what is taken: .csv, .xlsx or .json by the name's ending
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Inherit {
    /// Name or id of the system that takes it
    system: String,
    /// Control or statement, in any usual way of writing
    control: String,
    /// Name or id of the system that provides it
    #[arg(long, value_name = "SYSTEM")]
    from: String,
    /// The system does a part itself
    #[arg(long)]
    shared: bool,
    /// What is done, the system's own part first
    #[arg(long, value_name = "TEXT")]
    how: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Offer {
    /// Name or id of the system that provides it
    system: String,
    /// Control or statement, in any usual way of writing
    control: String,
    /// Who answers for it
    #[arg(long, default_value = "provider", value_parser = ["provider", "shared", "customer"])]
    responsibility: String,
    /// What the provider does
    #[arg(long, value_name = "TEXT")]
    provided: Option<String>,
    /// What is left to the customers
    #[arg(long, value_name = "TEXT")]
    duty: Option<String>,
}

/// Lists or writes what is taken; exit 1 when something of it fails at its provider or has a hole.
pub(super) async fn list(
    service: &Service,
    actor: &Actor,
    args: &Inheritance,
    as_json: bool,
) -> anyhow::Result<ExitCode> {
    let snapshot = service.snapshot(actor, &args.system, None).await?;
    let found = service.inheritance(actor, &snapshot).await?;
    if args.offered {
        offers(&found.offered, as_json)?;
        return Ok(ExitCode::from(OK));
    }
    let wanted = |one: &&Taken| one.is(args.only.as_deref().unwrap_or_default());
    let shown: Vec<&Taken> = found.taken.iter().filter(wanted).collect();
    let sound = found.taken.iter().all(|one| one.failing().is_none() && one.holes.is_empty());
    let done = ExitCode::from(if sound { OK } else { FOUND });
    if let Some(path) = &args.output {
        let bytes = service.inheritance_file(&snapshot, &shown, super::table_format(path)?)?;
        write_to(Some(path), &bytes)?;
    } else if as_json {
        print_json(&shown.iter().map(|one| taken_json(one)).collect::<Vec<_>>())?;
    } else {
        let cells = |one: &&Taken| {
            vec![
                label(&one.control),
                one.how().to_owned(),
                one.from(),
                one.failing().or(one.path.last()).map_or("not known", there).to_owned(),
                one.own_status.as_ref().map_or("not in the baseline", |status| status.title()).to_owned(),
                one.holes.join("; "),
            ]
        };
        let header = ["control", "how", "from", "there", "here", "missing"];
        print_table(&header, &shown.iter().map(cells).collect::<Vec<_>>());
    }
    let count = |word| found.taken.iter().filter(|one| one.is(word)).count();
    say(&format!(
        "{} taken from others, {} of them failing or stale there, {} with a hole in the chain",
        found.taken.len(),
        count("failing"),
        count("holes")
    ));
    if !found.unseen.is_empty() {
        say(&format!("you may not see how it stands at {}", found.unseen.join(", ")));
    }
    Ok(done)
}

fn there(step: &Step) -> &'static str {
    step.status.as_ref().map_or("not in its baseline", |status| status.title())
}

fn taken_json(one: &Taken) -> Value {
    let step = |step: &Step| json!({"system": step.system, "name": step.name, "status": step.status});
    json!({
        "record": one.record, "control": one.control, "how": one.how(), "provider": one.provider,
        "path": one.path.iter().map(step).collect::<Vec<_>>(),
        "failing": one.failing().map(|step| &step.name), "status": one.own_status,
        "responsibility": one.responsibility(), "offer": one.offer, "holes": one.holes,
    })
}

fn offers(offered: &[Offered], as_json: bool) -> anyhow::Result<()> {
    let names = |one: &Offered| {
        let mut names: Vec<_> = one.customers.iter().map(|customer| customer.name.clone()).collect();
        names.dedup();
        names
    };
    if as_json {
        let value = |one: &Offered| {
            json!({"control": one.control, "offer": one.offer.as_ref().map(|(_, offer)| offer),
                   "status": one.status, "customers": names(one)})
        };
        return print_json(&offered.iter().map(value).collect::<Vec<_>>());
    }
    let cells = |one: &Offered| {
        let offer = one.offer.as_ref().map(|(_, offer)| offer);
        vec![
            label(&one.control),
            offer.map_or("not offered", |offer| offer.responsibility.title()).to_owned(),
            one.status.as_ref().map_or("not in the baseline", |status| status.title()).to_owned(),
            names(one).join(", "),
        ]
    };
    let header = ["control", "answers for it", "here", "relied on by"];
    print_table(&header, &offered.iter().map(cells).collect::<Vec<_>>());
    Ok(())
}

/// Says that a system takes a control from another; what it said of it before is changed.
pub(super) async fn inherit(
    service: &Service,
    actor: &Actor,
    args: &Inherit,
    as_json: bool,
) -> anyhow::Result<()> {
    let snapshot = service.snapshot(actor, &args.system, None).await?;
    let provider = service.system_row(actor, &args.from).await?.id;
    let control = super::control_id(&args.control)?;
    let whole = |one: &&warrant_model::kind::Record<Implementation>| {
        one.body.component.is_none() && one.body.control == control
    };
    let before = snapshot.implementations.iter().find(whole);
    let mut body = match before {
        Some(record) => serde_json::to_value(&record.body)?,
        None => json!({"system": snapshot.system.id, "control": control}),
    };
    body["status"] = Value::from(if args.shared { "shared" } else { "inherited" });
    body["provider"] = Value::from(provider);
    if let Some(how) = &args.how {
        body["description"] = Value::from(how.as_str());
    }
    let before = before.map(|record| (record.id.0.clone(), record.version));
    super::write(service, actor, "implementation", (before, body), as_json).await
}

/// Says what a system offers to others; what it offered of it before is changed.
pub(super) async fn offer(
    service: &Service,
    actor: &Actor,
    args: &Offer,
    as_json: bool,
) -> anyhow::Result<()> {
    let snapshot = service.snapshot(actor, &args.system, None).await?;
    let control = super::control_id(&args.control)?;
    let before = snapshot.common_controls.iter().find(|one| one.body.control == control);
    let mut body =
        json!({"system": snapshot.system.id, "control": control, "responsibility": args.responsibility});
    for (field, text) in [("provided", &args.provided), ("customer_duty", &args.duty)] {
        if let Some(text) = text {
            body[field] = Value::from(text.as_str());
        }
    }
    let before = before.map(|record| (record.id.0.clone(), record.version));
    super::write(service, actor, "common_control", (before, body), as_json).await
}

fn label(id: &str) -> String {
    Index::embedded().label_of(id)
}
