//! `warrant ledger`: verify, prove, checkpoint, check.

use crate::cli::{Ledger, LedgerAction};
use crate::output::{FOUND, OK, print, print_json, say};
use anyhow::Context;
use std::process::ExitCode;
use warrant_ledger::{Proof, VerifierKey};
use warrant_service::{Actor, Service};

/// Commands that need no store.
pub(crate) fn without_store(args: &Ledger) -> anyhow::Result<Option<ExitCode>> {
    let LedgerAction::Check { proof, entry, key } = &args.action else { return Ok(None) };
    let read = |path: &std::path::Path| std::fs::read(path).with_context(|| path.display().to_string());
    let key: VerifierKey = key.parse().context("the key")?;
    let (proof, entry) = (Proof::parse(&read(proof)?).context("the proof")?, read(entry)?);
    Ok(Some(match proof.verify(&entry, &key) {
        Ok(leaf) => {
            print(&format!("proved: leaf {} of {}", leaf.index, leaf.checkpoint.size));
            ExitCode::from(OK)
        }
        Err(error) => {
            say(&format!("not proved: {error}"));
            ExitCode::from(FOUND)
        }
    }))
}

/// Commands on a store.
pub(crate) async fn run(
    service: &Service,
    actor: &Actor,
    args: &Ledger,
    json: bool,
) -> anyhow::Result<ExitCode> {
    match &args.action {
        LedgerAction::Verify => {
            let found = service.verify_ledger(actor).await?;
            if json {
                print_json(&serde_json::json!({
                    "problems": found.problems, "leaves": found.leaves, "rows": found.rows,
                    "files": found.files, "root": found.root,
                }))?;
            } else {
                found.problems.iter().for_each(|problem| print(problem));
                say(&format!(
                    "{} leaves, {} rows and {} files checked: {}",
                    found.leaves,
                    found.rows,
                    found.files,
                    if found.problems.is_empty() {
                        "intact".to_owned()
                    } else {
                        format!("{} problems", found.problems.len())
                    }
                ));
            }
            Ok(ExitCode::from(if found.problems.is_empty() { OK } else { FOUND }))
        }
        LedgerAction::Prove { id, output } => {
            let proof = service.prove(actor, id).await?;
            match output {
                Some(path) => {
                    std::fs::write(path, &proof.proof).with_context(|| path.display().to_string())?;
                    let beside = path.with_extension("entry");
                    std::fs::write(&beside, &proof.entry).with_context(|| beside.display().to_string())?;
                    say(&format!(
                        "check it anywhere with: warrant ledger check {} {} --key '{}'",
                        path.display(),
                        beside.display(),
                        proof.verifier
                    ));
                }
                None if json => print_json(&proof)?,
                None => print(&proof.proof),
            }
            Ok(ExitCode::from(OK))
        }
        LedgerAction::Checkpoint => {
            service.store().integrate().await?;
            let state = service.ledger_state().await?;
            if json {
                print_json(&state)?;
            } else {
                print(state.checkpoint.trim_end());
            }
            Ok(ExitCode::from(OK))
        }
        LedgerAction::Check { .. } => Ok(ExitCode::from(OK)),
    }
}
