//! `warrant backup`: made while the server runs, checked without a store, put back into an empty place.

use super::{enter, store_options};
use crate::cli::Cli;
use crate::output::{FOUND, OK, plain, print, print_json, print_table, say};
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use warrant_model::time::from_micros;
use warrant_service::backups::{self, BackupOrder, BackupRow, Checked, KeyFile, Progress, WithKey};

#[derive(Debug, Args)]
pub(crate) struct Backup {
    #[command(subcommand)]
    pub(crate) action: BackupAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BackupAction {
    /// Make a backup in a new folder
    Create {
        /// The folder to be made
        target: PathBuf,
        /// An earlier backup: evidence and ledger that it holds are shared with it instead of copied
        #[arg(long, value_name = "BACKUP")]
        onto: Option<PathBuf>,
        /// Take the key that signs the ledger with it; without this, keep a copy of ledger.key apart
        #[arg(long)]
        with_key: bool,
    },
    /// Read a backup whole and verify rows and evidence against its ledger; needs no store
    Verify {
        /// The backup
        target: PathBuf,
    },
    /// Put a backup into the place that --store names, which must be empty
    Restore {
        /// The backup
        target: PathBuf,
        /// The key that signs the ledger, when the backup was made without it
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
    },
    /// List the backups that were made of the store
    List,
}

/// Runs a command about backups.
pub(crate) async fn run(cli: &Cli, args: &Backup) -> anyhow::Result<ExitCode> {
    match &args.action {
        BackupAction::Create { target, onto, with_key } => {
            let key = if *with_key { WithKey::Yes } else { WithKey::No };
            create(cli, &BackupOrder { target: target.clone(), onto: onto.clone(), key }).await
        }
        BackupAction::Verify { target } => verify(cli, target).await,
        BackupAction::Restore { target, key } => restore(cli, target, key.as_deref()).await,
        BackupAction::List => list(cli).await,
    }
}

async fn create(cli: &Cli, order: &BackupOrder) -> anyhow::Result<ExitCode> {
    let (service, actor) = enter(cli).await?;
    let made = service.make_backup(&actor, order, &Arc::new(Progress::default())).await;
    service.close().await?;
    let made = made?;
    if cli.json {
        print_json(&object(&made))?;
        return Ok(ExitCode::from(OK));
    }
    say(&format!(
        "{}: {} files, {}, {} of them written anew; {} changes of the ledger",
        made.target,
        made.files,
        size(made.bytes),
        size(made.new_bytes),
        made.ledger_size
    ));
    if order.key == WithKey::No {
        say(
            "The key that signs the ledger is not in it. Keep a copy of ledger.key apart: nothing is put back without it.",
        );
    }
    print(&made.id);
    Ok(ExitCode::from(OK))
}

async fn verify(cli: &Cli, target: &Path) -> anyhow::Result<ExitCode> {
    let checked = backups::check(target, &Arc::new(Progress::default())).await?;
    let noted = note(cli, &checked).await;
    if cli.json {
        let ledger = checked.ledger.as_ref();
        print_json(&serde_json::json!({
            "backup": checked.manifest,
            "problems": checked.problems,
            "leaves": ledger.map(|ledger| ledger.leaves),
            "rows": ledger.map(|ledger| ledger.rows),
            "evidence": ledger.map(|ledger| ledger.files),
            "root": ledger.map(|ledger| ledger.root.as_str()),
            "noted": noted,
        }))?;
    } else {
        for problem in &checked.problems {
            print(&plain(problem));
        }
        let manifest = &checked.manifest;
        let of = format!(
            "{} of {} by {}",
            manifest.id,
            manifest.made_at.strftime("%Y-%m-%d %H:%M"),
            manifest.made_by
        );
        match &checked.ledger {
            Some(ledger) => say(&format!(
                "{of}: {} files as they were written; {} rows and {} evidence files against {} leaves; {} problems",
                manifest.files,
                ledger.rows,
                ledger.files,
                ledger.leaves,
                checked.problems.len()
            )),
            None => say(&format!("{of}: {} files are not as they were written", checked.problems.len())),
        }
    }
    Ok(ExitCode::from(if checked.problems.is_empty() { OK } else { FOUND }))
}

/// Lets the store that made the backup know, where there is one here.
async fn note(cli: &Cli, checked: &Checked) -> bool {
    if cli.store.is_none() && !store_options(cli, "warrant-data").exists() {
        return false;
    }
    let noted = async {
        let (service, actor) = enter(cli).await?;
        let noted = service.note_backup_check(&actor, checked).await;
        service.close().await?;
        anyhow::Ok(noted?)
    };
    noted.await.unwrap_or_else(|error| {
        say(&format!("The store was not told of this check: {error:#}"));
        false
    })
}

async fn restore(cli: &Cli, target: &Path, key: Option<&Path>) -> anyhow::Result<ExitCode> {
    let Some(store) = &cli.store else {
        anyhow::bail!("name the place with --store: a folder that is not there yet, or an empty database");
    };
    let options = store_options(cli, store);
    let key = key.map_or(KeyFile::InBackup, |path| KeyFile::At(path.to_owned()));
    let restored = backups::restore(target, &options, &key, &Arc::new(Progress::default())).await?;
    let manifest = &restored.manifest;
    say(&format!(
        "{} as of {} by {}: {} files, {} changes of the ledger. Verify it with `warrant ledger verify`.",
        manifest.organisation,
        manifest.made_at.strftime("%Y-%m-%d %H:%M"),
        manifest.made_by,
        restored.files,
        manifest.ledger_size
    ));
    Ok(ExitCode::from(OK))
}

async fn list(cli: &Cli) -> anyhow::Result<ExitCode> {
    let (service, actor) = enter(cli).await?;
    let made = service.list_backups(&actor).await;
    service.close().await?;
    let made = made?;
    if cli.json {
        print_json(&made.iter().map(object).collect::<Vec<_>>())?;
        return Ok(ExitCode::from(OK));
    }
    if made.is_empty() {
        say("No backup of this store was ever made by `warrant backup create`.");
        return Ok(ExitCode::from(OK));
    }
    let row = |made: &BackupRow| {
        vec![minute(made.made_at), made.actor.clone(), made.target.clone(), size(made.bytes), checked(made)]
    };
    print_table(&["made", "by", "where", "size", "checked"], &made.iter().map(row).collect::<Vec<_>>());
    Ok(ExitCode::from(OK))
}

fn checked(made: &BackupRow) -> String {
    match (made.verified_at, made.problems) {
        (None, _) => "never".to_owned(),
        (Some(at), 0) => minute(at),
        (Some(at), problems) => format!("{}: {problems} problems", minute(at)),
    }
}

fn object(made: &BackupRow) -> serde_json::Value {
    serde_json::json!({
        "id": made.id,
        "made_at": from_micros(made.made_at).to_string(),
        "made_by": made.actor,
        "target": made.target,
        "onto": (!made.onto.is_empty()).then_some(&made.onto),
        "files": made.files,
        "bytes": made.bytes,
        "new_bytes": made.new_bytes,
        "ledger_size": made.ledger_size,
        "with_key": made.with_key,
        "verified_at": made.verified_at.map(|at| from_micros(at).to_string()),
        "verified_by": (!made.verified_by.is_empty()).then_some(&made.verified_by),
        "problems": made.problems,
    })
}

fn minute(at: i64) -> String {
    from_micros(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Bytes as people read them.
fn size(bytes: i64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}
