//! Checking a backup without a store: every file is what it must be, and what they hold together verifies.

use super::files::{List, hash, walk};
use super::{LIST, MANIFEST, Manifest, Phase, Progress, aside, refused};
use crate::error::StoreError;
use crate::store::Store;
use crate::verify::Verification;
use std::path::Path;
use std::sync::Arc;

/// What a check found.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What the backup says of itself.
    pub manifest: Manifest,
    /// Everything that is wrong; each names a file, row or leaf.
    pub problems: Vec<String>,
    /// What the ledger of the backup says of its rows and evidence; `None` when files are wrong already.
    pub ledger: Option<Verification>,
}

/// Reads a backup whole and verifies its rows and evidence against its ledger. Nothing is written.
pub async fn check(target: &Path, progress: &Arc<Progress>) -> Result<Checked, StoreError> {
    let manifest = Manifest::read(target)?;
    let list = List::read(target, &manifest.list)?;
    progress.begin(Phase::Checking, list.bytes());
    let listed = list.files.len();
    let (folder, telling) = (target.to_owned(), progress.clone());
    let mut problems = aside(move || differences(&folder, &list, &telling)).await?;
    if listed as u64 != manifest.files {
        problems.push(format!("{MANIFEST}: counts {} files, {LIST} lists {listed}", manifest.files));
    }
    if !problems.is_empty() {
        return Ok(Checked { manifest, problems, ledger: None });
    }
    let store = Store::open_copy(target, &manifest.verifier)?;
    let verified = store.verify_as_it_stands().await;
    let step = store.schema_step().await;
    store.db().close().await;
    let (verified, step) = (verified?, step?);
    if step != manifest.schema_step {
        problems.push(format!(
            "{MANIFEST}: says step {} of the schema, the rows say {step}",
            manifest.schema_step
        ));
    }
    problems.extend(verified.problems.iter().cloned());
    Ok(Checked { manifest, problems, ledger: Some(verified) })
}

/// Files that are missing, altered or too many.
fn differences(target: &Path, list: &List, progress: &Progress) -> Result<Vec<String>, StoreError> {
    let mut problems = Vec::new();
    for (name, listed) in &list.files {
        match hash(&target.join(name), progress) {
            Ok(found) if found.sha256 == listed.sha256 => {}
            Ok(_) => problems.push(format!("{name}: the file was altered")),
            Err(StoreError::File { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                problems.push(format!("{name}: the file is gone"));
            }
            Err(StoreError::File { source, .. }) => problems.push(format!("{name}: {source}")),
            Err(error) => return Err(error),
        }
    }
    let known = |name: &String| list.files.contains_key(name) || name == MANIFEST || name == LIST;
    let more = walk(target)?.into_iter().filter(|name| !known(name));
    problems.extend(more.map(|name| format!("{name}: the file was added")));
    if list.files.is_empty() {
        return Err(refused(format!("{} lists no file", target.display())));
    }
    Ok(problems)
}
