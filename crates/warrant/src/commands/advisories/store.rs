//! Advisories in force in a store: loaded, asked.

use super::{load as read, report};
use crate::commands::release::show::{fix, severity, since, step};
use crate::output::{FOUND, OK, print, print_json, print_table, say};
use anyhow::Context;
use std::path::PathBuf;
use std::process::ExitCode;
use warrant_advisory::bundle;
use warrant_ledger::key::VerifierKey;
use warrant_service::import::ImportFile;
use warrant_service::releases::{FeedView, Standing, WhoLine};
use warrant_service::{Actor, Service};

/// Puts a bundle, or everything in folders, in force.
pub(super) async fn load(
    service: &Service,
    actor: &Actor,
    paths: &[PathBuf],
    trust: &[VerifierKey],
    json: bool,
) -> anyhow::Result<ExitCode> {
    let file = match paths {
        [only] if only.is_file() => {
            let bytes = std::fs::read(only).with_context(|| only.display().to_string())?;
            let name = only.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if bundle::is_bundle(&bytes) { Some(ImportFile { name, bytes: bytes.into() }) } else { None }
        }
        _ => None,
    };
    let (file, trust) = match file {
        // A bundle goes in as it is, with its signature.
        Some(file) => (file, trust.to_vec()),
        None => {
            let loaded = read(paths, trust)?;
            if !trust.is_empty() && loaded.feed.files > 0 {
                anyhow::bail!("plain files carry no signature that --trust could verify; pack and sign them");
            }
            report(&loaded.feed);
            let bytes = bundle::pack(&loaded.feed, service.now(), None)?;
            let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
            (ImportFile { name: names.join(", "), bytes: bytes.into() }, Vec::new())
        }
    };
    let outcome = service.load_advisories(actor, file, trust).await?;
    if json {
        print_json(&outcome)?;
    } else if outcome.already_in_force {
        say("these very advisories were in force already; nothing changed");
    } else {
        say(&format!(
            "{}: {} advisories in force; {} bills judged, {} vulnerabilities appeared, {} disappeared",
            outcome.feed.name,
            outcome.feed.summary.advisories,
            outcome.releases,
            outcome.appeared,
            outcome.disappeared
        ));
        freshness(service, Some(&outcome.feed));
    }
    Ok(ExitCode::from(OK))
}

/// What is in force.
pub(super) async fn status(service: &Service, json: bool) -> anyhow::Result<ExitCode> {
    let feed = service.advisory_feed().await?;
    if json {
        print_json(&feed)?;
        return Ok(ExitCode::from(if feed.is_some() { OK } else { FOUND }));
    }
    let Some(view) = &feed else {
        freshness(service, None);
        return Ok(ExitCode::from(FOUND));
    };
    let summary = &view.summary;
    let day =
        |at: Option<jiff::Timestamp>| at.map_or("not said".to_owned(), |at| at.strftime("%F").to_string());
    let rows = summary.sources.iter().map(|(name, source)| {
        let ecosystems = source.ecosystems.join(", ");
        vec![name.clone(), source.entries.to_string(), day(source.newest), ecosystems]
    });
    print_table(&["source", "entries", "newest", "ecosystems"], &rows.collect::<Vec<_>>());
    let signed = match (summary.verified.is_empty(), summary.signers.is_empty()) {
        (false, _) => format!("signature of {} verified", summary.verified.join(", ")),
        (true, false) => format!("carries signatures of {}, not verified", summary.signers.join(", ")),
        (true, true) => "not signed".to_owned(),
    };
    print(&format!(
        "{} advisories of {} vulnerabilities in {} packages, {} statements; {signed}; loaded by {}",
        summary.advisories, summary.vulnerabilities, summary.packages, summary.statements, view.actor
    ));
    freshness(service, feed.as_ref());
    Ok(ExitCode::from(OK))
}

/// One sentence on the age of what is in force: it stands below every answer.
pub(crate) fn freshness(service: &Service, feed: Option<&FeedView>) {
    let Some(feed) = feed else {
        print(
            "No advisories are in force, so nothing is assessed; `warrant advisories load` puts some in force.",
        );
        return;
    };
    let days = |at: jiff::Timestamp| (service.now().as_second() - at.as_second()).max(0) / 86_400;
    let newest = feed.newest.map_or("their newest entry has no date".to_owned(), |at| {
        format!("their newest entry is of {} ({} days ago)", at.strftime("%F"), days(at))
    });
    let mut text = format!(
        "By {} of {}, loaded {}; {newest}",
        feed.name,
        feed.made.strftime("%F"),
        feed.loaded_at.strftime("%F")
    );
    if let Some(limit) = feed.max_age_days.filter(|_| !feed.stale.is_empty()) {
        text.push_str(&format!("; over {limit} days old and clearing nothing: {}", feed.stale.join(", ")));
    }
    print(&text);
}

/// Who of ours is hit.
pub(super) async fn who(
    service: &Service,
    actor: &Actor,
    advisory: &str,
    json: bool,
) -> anyhow::Result<ExitCode> {
    let who = service.who_is_hit(actor, advisory).await?;
    let hit = who.lines.iter().filter(|line| line.hit().next().is_some()).count();
    let open = who.lines.iter().filter(|line| line.is_open_question()).count();
    let fine = who.advisory.is_some() && hit + open == 0;
    let code = ExitCode::from(if fine { OK } else { FOUND });
    if json {
        print_json(&who)?;
        return Ok(code);
    }
    let Some(known) = &who.advisory else {
        if who.feed.is_some() {
            let asked = &who.asked;
            print(&format!("not assessed: the advisories in force do not tell of {asked}"));
        }
        freshness(service, who.feed.as_ref());
        return Ok(code);
    };
    let rated = known.severity.map_or("severity not stated", |severity| severity.word());
    let exploited =
        known.exploited.as_ref().map(|day| format!(", exploited since {day}")).unwrap_or_default();
    let withdrawn = if known.withdrawn { ", withdrawn" } else { "" };
    print(&format!("{} ({rated}{exploited}{withdrawn}) {}", known.id, known.summary));
    let rows: Vec<Vec<String>> = who.lines.iter().map(row).collect();
    if !rows.is_empty() {
        print_table(
            &["system", "component", "in use", "package", "since", "fixed in", "smallest step"],
            &rows,
        );
    }
    print(&format!(
        "{hit} hit, {open} not assessed, {} without it; {} components that could not be identified",
        who.without, who.unidentified
    ));
    freshness(service, who.feed.as_ref());
    Ok(code)
}

fn row(line: &WhoLine) -> Vec<String> {
    let current = line.releases.iter().filter(|(_, _, current, _)| *current);
    let current: Vec<String> = current
        .map(|(version, _, _, standing)| match standing {
            Standing::Affected { versions } => format!("{version} has {}", versions.join(", ")),
            Standing::NotAffected { .. } => format!("{version} not affected"),
            Standing::Absent => format!("{version} without it"),
            Standing::NotAssessed { because } => format!("{version} not assessed: {because}"),
        })
        .collect();
    let introduced = line.since.as_ref();
    vec![
        line.system_name.clone(),
        line.component.clone(),
        current.join("; "),
        format!("{} {}", line.package.ecosystem, line.package.name),
        introduced.map_or_else(String::new, |(version, at)| since(version, *at, &line.perhaps_since)),
        fix(line.fixed_in.as_deref(), &line.reintroduced),
        line.step.as_ref().map(step).unwrap_or_default(),
    ]
}

/// Every vulnerability that hits a release in use.
pub(super) async fn hitting(service: &Service, actor: &Actor, json: bool) -> anyhow::Result<ExitCode> {
    let hitting = service.advisories_hitting(actor).await?;
    let open = hitting.rows.iter().filter(|row| row.open() > 0).count();
    let fine = open == 0 && hitting.not_assessed == 0 && hitting.feed.is_some();
    let code = ExitCode::from(if fine { OK } else { FOUND });
    if json {
        print_json(&hitting)?;
        return Ok(code);
    }
    let rows: Vec<Vec<String>> = hitting
        .rows
        .iter()
        .map(|row| {
            let places = row.places.iter().map(|place| {
                let decided = if place.is_open() { "" } else { " (decided)" };
                format!("{} {}{decided}", place.component, place.version)
            });
            vec![
                severity(&row.hit),
                row.hit.id.clone(),
                row.packages.iter().map(|package| package.name.clone()).collect::<Vec<_>>().join(", "),
                row.since.strftime("%F").to_string(),
                places.collect::<Vec<_>>().join(", "),
            ]
        })
        .collect();
    if !rows.is_empty() {
        print_table(&["severity", "vulnerability", "package", "since", "releases in use"], &rows);
    }
    print(&format!(
        "{open} of {} to be dealt with; {} components of {} releases in use, {} of them not assessed",
        hitting.rows.len(),
        hitting.components,
        hitting.releases,
        hitting.not_assessed
    ));
    freshness(service, hitting.feed.as_ref());
    Ok(code)
}
