//! `warrant advisories`: feeds from folders into one file, what a file or folder holds, and the store's own.

mod store;

pub(crate) use store::freshness;

use crate::cli::Cli;
use crate::output::{FOUND, OK, print, print_json, print_table, say};
use anyhow::Context;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use warrant_advisory::bundle::{self, Header};
use warrant_advisory::database::Database;
use warrant_advisory::feed::Feed;
use warrant_advisory::formats::{self, FORMATS, Limits};
use warrant_ledger::key::{NoteSigner, SigningKey, VerifierKey};
use warrant_service::Clock;

#[derive(Debug, Args)]
pub(crate) struct Advisories {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Read feeds and write them into one file
    #[command(
        after_help = "Example:\n  warrant advisories pack advisory-db/ osv/ kev.json -o advisories.wadv --key feed.key\n\nOSV (JSON, YAML), RustSec, CVE 5, KEV, EPSS, CSAF, OpenVEX and CycloneDX VEX are recognised by what they hold."
    )]
    Pack {
        /// Folders and files
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Where to write
        #[arg(short, long)]
        output: PathBuf,
        /// Sign with this key; it is made, with its public half beside it (.pub), when the file is not there
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
    },
    /// Put a bundle, or everything in folders, in force in the store and judge every release by it
    #[command(
        after_help = "Examples:\n  warrant advisories load advisories.wadv --trust \"$(cat feed.key.pub)\"\n  warrant advisories load osv/ kev.json vex/\n\nWhat was in force before is replaced as a whole; it stays among the evidence."
    )]
    Load {
        /// Folders, files or bundles
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Accept bundles only when signed by this key (vkey text); may be given again
        #[arg(long, value_name = "KEY")]
        trust: Vec<VerifierKey>,
    },
    /// Show what folders or a bundle hold, or what is in force in the store: sources, counts, age, signatures
    #[command(
        after_help = "Examples:\n  warrant advisories status\n  warrant advisories status advisories.wadv --trust \"$(cat feed.key.pub)\""
    )]
    Status {
        /// Folders, files or bundles; the store's when none is named
        paths: Vec<PathBuf>,
        /// Accept bundles only when signed by this key (vkey text); may be given again
        #[arg(long, value_name = "KEY")]
        trust: Vec<VerifierKey>,
    },
    /// Tell who of ours a vulnerability hits: which releases, since when, fixed where, by which step
    #[command(
        after_help = "Example:\n  warrant advisories who CVE-2021-44228\n\nExit codes: 0 no release in use is hit and all were assessed, 1 otherwise, 2 the question could not be asked."
    )]
    Who {
        /// Any of its ids
        advisory: String,
    },
    /// List every vulnerability that hits a release in use, worst first
    Hitting,
}

/// Runs an advisories command.
pub(crate) async fn run(cli: &Cli, args: &Advisories) -> anyhow::Result<ExitCode> {
    match &args.action {
        Action::Pack { paths, output, key } => return pack(paths, output, key.as_deref(), cli.json),
        Action::Status { paths, trust } if !paths.is_empty() => return status(paths, trust, cli.json),
        _ => {}
    }
    let (service, actor) = super::enter(cli).await?;
    let answer = match &args.action {
        Action::Load { paths, trust } => store::load(&service, &actor, paths, trust, cli.json).await,
        Action::Who { advisory } => store::who(&service, &actor, advisory, cli.json).await,
        Action::Hitting => store::hitting(&service, &actor, cli.json).await,
        _ => store::status(&service, cli.json).await,
    };
    service.close().await?;
    answer
}

/// What was read from folders, files and bundles.
pub(crate) struct Loaded {
    pub(crate) feed: Feed,
    /// Bundles among the paths, by path.
    pub(crate) bundles: Vec<(PathBuf, Header)>,
    /// Files of no known format.
    pub(crate) passed_over: usize,
}

/// Reads everything below some paths.
pub(crate) fn load(paths: &[PathBuf], trust: &[VerifierKey]) -> anyhow::Result<Loaded> {
    let mut loaded = Loaded { feed: Feed::default(), bundles: Vec::new(), passed_over: 0 };
    for path in paths {
        take(path, 0, trust, &mut loaded)?;
    }
    if loaded.feed.files == 0 && loaded.bundles.is_empty() {
        let titles: Vec<&str> = FORMATS.iter().map(|format| format.title()).collect();
        anyhow::bail!("no advisories were found\n\nhint: these are read: {}", titles.join(", "));
    }
    Ok(loaded)
}

fn take(path: &Path, depth: u32, trust: &[VerifierKey], loaded: &mut Loaded) -> anyhow::Result<()> {
    let named = || path.display().to_string();
    let metadata = std::fs::symlink_metadata(path).with_context(named)?;
    if metadata.is_dir() && depth < 32 {
        let entries = std::fs::read_dir(path).with_context(named)?;
        let entries: Result<Vec<_>, _> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
        let mut entries = entries.with_context(named)?;
        entries.sort();
        for entry in entries.iter().filter(|entry| !is_hidden(entry)) {
            take(entry, depth + 1, trust, loaded)?;
        }
    } else if metadata.is_file() || (metadata.is_symlink() && depth == 0) {
        let bytes = std::fs::read(path).with_context(named)?;
        if bundle::is_bundle(&bytes) {
            let (header, feed) = bundle::unpack(&bytes, trust).with_context(named)?;
            loaded.feed.append(feed);
            loaded.bundles.push((path.to_owned(), header));
        } else if !formats::read(&named(), &bytes, Limits::default(), &mut loaded.feed) {
            if depth == 0 {
                anyhow::bail!("{}: of no known advisory format", path.display());
            }
            loaded.passed_over += 1;
        }
    }
    Ok(())
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// Says what could not be read, the first few in full.
pub(crate) fn report(feed: &Feed) {
    const SHOWN: usize = 10;
    for problem in feed.problems.iter().take(SHOWN) {
        say(&format!("warning: {}: {}: {}", problem.file, problem.place, problem.message));
    }
    if feed.problem_count > SHOWN {
        say(&format!("warning: and {} more; --json lists them", feed.problem_count - SHOWN));
    }
}

fn pack(paths: &[PathBuf], output: &Path, key: Option<&Path>, json: bool) -> anyhow::Result<ExitCode> {
    let loaded = load(paths, &[])?;
    report(&loaded.feed);
    let signer = key.map(signing_key).transpose()?;
    let signer = signer.as_ref().map(|key| key as &dyn NoteSigner);
    let bytes = bundle::pack(&loaded.feed, Clock::Wall.now(), signer)?;
    let header = bundle::header(&bytes, &[])?;
    std::fs::write(output, &bytes).with_context(|| output.display().to_string())?;
    let count = loaded.feed.advisories.len();
    if json {
        print_json(&serde_json::json!({"bundle": output, "header": header, "files": loaded.feed.files,
            "advisories": count, "passed_over": loaded.passed_over, "problems": loaded.feed.problems}))?;
    } else {
        say(&format!(
            "{}: {count} advisories from {} files, {} bytes{}",
            output.display(),
            loaded.feed.files,
            bytes.len(),
            if header.signers.is_empty() { ", not signed" } else { ", signed" }
        ));
    }
    Ok(ExitCode::from(if loaded.feed.problem_count == 0 { OK } else { FOUND }))
}

/// The key in a file, or a new one.
fn signing_key(path: &Path) -> anyhow::Result<SigningKey> {
    if path.exists() {
        return Ok(SigningKey::load(path)?);
    }
    let key = SigningKey::generate("warrant-advisories")?;
    key.store(path)?;
    let public = PathBuf::from(format!("{}.pub", path.display()));
    std::fs::write(&public, format!("{}\n", key.verifier())).with_context(|| public.display().to_string())?;
    say(&format!("made a new key in {}; give {} to those who verify", path.display(), public.display()));
    Ok(key)
}

fn status(paths: &[PathBuf], trust: &[VerifierKey], json: bool) -> anyhow::Result<ExitCode> {
    let loaded = load(paths, trust)?;
    let (files, problems) = (loaded.feed.files, loaded.feed.problem_count);
    report(&loaded.feed);
    let database = Database::new(loaded.feed);
    if json {
        let bundles: Vec<_> = loaded
            .bundles
            .iter()
            .map(|(path, header)| serde_json::json!({"bundle": path, "header": header}))
            .collect();
        print_json(&serde_json::json!({
            "bundles": bundles, "files": files, "passed_over": loaded.passed_over,
            "sources": database.sources(), "ecosystems": database.ecosystems(),
            "packages": database.package_count(), "vulnerabilities": database.groups().len(),
            "problems": database.problems,
        }))?;
        return Ok(ExitCode::from(if problems == 0 { OK } else { FOUND }));
    }
    for (path, header) in &loaded.bundles {
        let signed = match (header.verified.is_empty(), header.signers.is_empty()) {
            (false, _) => format!("signature of {} verified", header.verified.join(", ")),
            (true, false) => {
                format!("carries signatures of {}, not verified (--trust)", header.signers.join(", "))
            }
            (true, true) => "not signed".to_owned(),
        };
        print(&format!("{}: made {}, sha256 {}, {signed}", path.display(), header.made, header.hash));
    }
    let day =
        |at: Option<jiff::Timestamp>| at.map_or("not said".to_owned(), |at| at.strftime("%F").to_string());
    let rows: Vec<Vec<String>> = database
        .sources()
        .iter()
        .map(|(name, source)| {
            let ecosystems = source.ecosystems.join(", ");
            let (entries, withdrawn) = (source.entries.to_string(), source.withdrawn.to_string());
            vec![name.clone(), entries, withdrawn, day(source.oldest), day(source.newest), ecosystems]
        })
        .collect();
    print_table(&["source", "entries", "withdrawn", "oldest", "newest", "ecosystems"], &rows);
    print(&format!(
        "{} vulnerabilities in {} packages of {} ecosystems",
        database.groups().len(),
        database.package_count(),
        database.ecosystems().len()
    ));
    Ok(ExitCode::from(if problems == 0 { OK } else { FOUND }))
}
