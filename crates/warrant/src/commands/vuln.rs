//! `warrant vuln`: SBOMs judged by advisories, one by one, in pairs and as a row of releases.

mod show;

use super::advisories::{self, Loaded};
use crate::output::{FOUND, OK, TROUBLE, print_json, say};
use anyhow::Context;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use warrant_advisory::database::Database;
use warrant_advisory::decision::Decision;
use warrant_advisory::judge::{Answer, Component, Context as Product, Question};
use warrant_advisory::releases::{Judged, Release, compare, lives};
use warrant_advisory::ship::{Policy, Verdict, verdict};
use warrant_advisory::upgrade::smallest_safe;
use warrant_intake::reader::Gathered;
use warrant_intake::{Input, Limits, recognise};
use warrant_ledger::key::VerifierKey;
use warrant_model::fact::Fact;
use warrant_service::Clock;

#[derive(Debug, Args)]
pub(crate) struct Vuln {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Judge every component of SBOMs
    #[command(
        after_help = "Examples:\n  warrant vuln match portal.cdx.json --advisories advisories.wadv\n  warrant vuln match *.cdx.json --advisories osv/ --max-age 14 --json\n\nExit codes: 0 nothing affected and everything assessed, 1 something affected or not assessed, 2 unreadable."
    )]
    Match {
        /// SBOMs: CycloneDX, SPDX
        #[arg(required = true)]
        sboms: Vec<PathBuf>,
        #[command(flatten)]
        by: By,
    },
    /// Tell what a later SBOM introduces, fixes and leaves open
    #[command(
        after_help = "Example:\n  warrant vuln compare portal-2.4.cdx.json portal-2.5.cdx.json --advisories advisories.wadv\n\nExit codes: 0 nothing introduced and nothing unknown, 1 otherwise, 2 unreadable."
    )]
    Compare {
        /// The earlier SBOM
        before: PathBuf,
        /// The later SBOM
        after: PathBuf,
        #[command(flatten)]
        by: By,
    },
    /// Follow vulnerabilities over releases: introduced where, fixed where, the way out, safe to ship or not
    #[command(
        after_help = "Example:\n  warrant vuln releases portal-*.cdx.json --advisories advisories.wadv --policy ship.toml\n\nSBOMs are taken in the order given. Exit codes: 0 the last release is safe to ship, 1 it is not, 2 unreadable."
    )]
    Releases {
        /// SBOMs, oldest first
        #[arg(required = true)]
        sboms: Vec<PathBuf>,
        /// What holds a release back (TOML); high severity, exploited and not assessed if not said
        #[arg(long, value_name = "FILE")]
        policy: Option<PathBuf>,
        /// Decisions that were made (JSON): not affected, accepted
        #[arg(long, value_name = "FILE")]
        decisions: Option<PathBuf>,
        #[command(flatten)]
        by: By,
    },
}

/// What SBOMs are judged by.
#[derive(Debug, Args)]
struct By {
    /// A folder of feeds, a file, or a bundle; may be given again
    #[arg(long, required = true, value_name = "DIR|BUNDLE")]
    advisories: Vec<PathBuf>,
    /// Call an ecosystem not assessed when its newest advisory is older than this
    #[arg(long, value_name = "DAYS")]
    max_age: Option<u32>,
    /// Judge as of this time: 2026-10-23
    #[arg(long, value_name = "T")]
    as_of: Option<String>,
    /// The product that VEX statements may name, when the SBOM's subject is not it; may be given again
    #[arg(long, value_name = "PURL")]
    product: Vec<String>,
    /// Accept bundles only when signed by this key (vkey text); may be given again
    #[arg(long, value_name = "KEY")]
    trust: Vec<VerifierKey>,
}

impl By {
    fn question(&self) -> anyhow::Result<Question> {
        let now = match &self.as_of {
            Some(text) => super::instant(text)?,
            None => Clock::Wall.now(),
        };
        Ok(Question { now, max_age_days: self.max_age })
    }

    fn database(&self) -> anyhow::Result<Database> {
        let Loaded { feed, .. } = advisories::load(&self.advisories, &self.trust)?;
        advisories::report(&feed);
        Ok(Database::new(feed))
    }
}

/// Runs a vuln command.
pub(crate) fn run(args: &Vuln, json: bool) -> anyhow::Result<ExitCode> {
    match &args.action {
        Action::Match { sboms, by } => match_all(sboms, by, json),
        Action::Compare { before, after, by } => compare_two(before, after, by, json),
        Action::Releases { sboms, policy, decisions, by } => {
            follow(sboms, policy.as_deref(), decisions.as_deref(), by, json)
        }
    }
}

fn match_all(sboms: &[PathBuf], by: &By, json: bool) -> anyhow::Result<ExitCode> {
    let (question, database) = (by.question()?, by.database()?);
    let (mut documents, mut code) = (Vec::new(), OK);
    for path in sboms {
        let release = match read(path, by) {
            Ok(release) => release,
            Err(error) => {
                say(&format!("error: {error:#}"));
                documents.push(serde_json::json!({"file": path, "error": format!("{error:#}")}));
                code = TROUBLE;
                continue;
            }
        };
        let judged = database.judge_release(&release, question);
        if judged.count(Answer::NotAffected) < judged.judgements.len() || judged.judgements.is_empty() {
            code = code.max(FOUND);
        }
        if json {
            documents.push(show::document(path, &judged));
        } else {
            show::table(path, &judged);
        }
    }
    if json {
        print_json(&serde_json::json!({
            "asked_at": question.now, "sources": database.sources(), "sboms": documents,
        }))?;
    } else {
        show::freshness(&database);
    }
    Ok(ExitCode::from(code))
}

fn compare_two(before: &Path, after: &Path, by: &By, json: bool) -> anyhow::Result<ExitCode> {
    let (question, database) = (by.question()?, by.database()?);
    let (before, after) = (read(before, by)?, read(after, by)?);
    let before = database.judge_release(&before, question);
    let after = database.judge_release(&after, question);
    let delta = compare(&before, &after);
    if json {
        print_json(&serde_json::json!({
            "asked_at": question.now, "sources": database.sources(), "delta": delta,
        }))?;
    } else {
        show::delta(&delta);
        show::freshness(&database);
    }
    let fine = delta.introduced.is_empty() && delta.unknown.is_empty() && delta.not_assessed.is_empty();
    Ok(ExitCode::from(if fine { OK } else { FOUND }))
}

fn follow(
    sboms: &[PathBuf],
    policy: Option<&Path>,
    decisions: Option<&Path>,
    by: &By,
    json: bool,
) -> anyhow::Result<ExitCode> {
    let text = |path: &Path| std::fs::read_to_string(path).with_context(|| path.display().to_string());
    let policy = match policy {
        Some(path) => {
            Policy::parse(&text(path)?).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?
        }
        None => Policy::default(),
    };
    let decisions: Vec<Decision> = match decisions {
        Some(path) => serde_json::from_str(&text(path)?).with_context(|| path.display().to_string())?,
        None => Vec::new(),
    };
    let (question, database) = (by.question()?, by.database()?);
    let releases: Vec<Release> = sboms.iter().map(|path| read(path, by)).collect::<anyhow::Result<_>>()?;
    let judged: Vec<Judged<'_, '_>> =
        releases.iter().map(|release| database.judge_release(release, question)).collect();
    let lives = lives(&judged);
    let Some(last) = judged.last() else { anyhow::bail!("no release was given") };
    let steps = smallest_safe(&database, last);
    let ship = verdict(last, &policy, &decisions, question);
    if json {
        let releases: Vec<_> = judged.iter().map(show::counts).collect();
        print_json(&serde_json::json!({
            "asked_at": question.now, "sources": database.sources(), "releases": releases,
            "vulnerabilities": lives, "upgrades": steps, "ship": ship,
        }))?;
    } else {
        show::timeline(&judged, &lives);
        show::steps(&steps);
        show::ship(&last.release.label, &ship);
        show::freshness(&database);
    }
    Ok(ExitCode::from(if ship.verdict == Verdict::Ship { OK } else { FOUND }))
}

/// A release from an SBOM, by whatever reader recognises it.
fn read(path: &Path, by: &By) -> anyhow::Result<Release> {
    let named = || path.display().to_string();
    let bytes = std::fs::read(path).with_context(named)?;
    let reader = recognise(&bytes).with_context(named)?;
    let mut gathered = Gathered::default();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let input = Input { name: &name, bytes: &bytes, limits: Limits::default() };
    let reading = reader.read(&input, &mut gathered).with_context(named)?;
    for (place, problem) in gathered.problems.iter().take(10) {
        say(&format!("warning: {}: line {}: {problem}", path.display(), place.line));
    }
    let mut components = Vec::new();
    for (_, fact) in gathered.facts {
        let Fact::Component(component) = fact else { continue };
        let name = match component.group {
            Some(group) => format!("{group}/{}", component.name),
            None => component.name,
        };
        // The bill's own subject is what its parts are judged for; advisories know it only by a package URL.
        if component.purl.is_none() && name == component.target {
            continue;
        }
        components.push(Component {
            purl: component.purl,
            ecosystem: None,
            name,
            version: component.version,
        });
    }
    if components.is_empty() {
        anyhow::bail!("{}: {} lists no component", path.display(), reader.title());
    }
    let label = reading.release.clone().unwrap_or_else(|| name.clone().into_owned());
    let product = by.product.iter().cloned().chain(reading.release).chain(reading.targets).collect();
    Ok(Release { label, components, context: Product { product } })
}
