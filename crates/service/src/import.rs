//! Importing evidence: read, place, fold into findings, record. All or nothing per file.

mod accept;
mod fold;
mod place;
mod prepare;
mod reading;

use crate::permission::{Deed, least_role};
use crate::releases::named;
use crate::{Actor, Service, ServiceError};
use futures_util::stream::{self, StreamExt};
use jiff::Timestamp;
use place::{Hosts, is_about_people};
use prepare::Prepared;
use reading::ReadFile;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64};
use tokio::sync::OnceCell;
use warrant_model::time::{from_micros, micros};
use warrant_store::StoreError;

/// A file to be imported.
#[derive(Clone, Debug)]
pub struct ImportFile {
    /// Its name, for people only.
    pub name: String,
    /// Its content.
    pub bytes: Arc<[u8]>,
}

/// Whether to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Write.
    Commit,
    /// Tell what would be written.
    DryRun,
}

/// Where a file goes, as far as somebody says so.
#[derive(Clone, Copy, Debug, Default)]
pub struct Belongs<'a> {
    /// The system, by id or name.
    pub system: Option<&'a str>,
    /// The release: `customer-portal 2.5.0`, or `2.5.0` of what the file is about.
    pub release: Option<&'a str>,
}

/// How far an import has come; shared with whoever shows it.
#[derive(Debug, Default)]
pub struct Progress {
    /// Bytes of the file.
    pub bytes: AtomicU64,
    /// Bytes read.
    pub bytes_done: AtomicU64,
    /// Facts read.
    pub facts: AtomicU64,
    /// Set to stop the import before it writes.
    pub cancelled: AtomicBool,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ImportOutcome {
    /// File name.
    pub file: String,
    /// Reader id.
    pub format: String,
    /// Tool name.
    pub tool: String,
    /// Content hash: where the evidence can be looked at.
    pub evidence: String,
    /// System id; empty for evidence about the organisation.
    pub system: String,
    /// System name.
    pub system_name: String,
    /// How the system was found, when it was not named.
    pub placed_because: Option<String>,
    /// The release it is about: `customer-portal 2.5.0`.
    pub release: Option<String>,
    /// When the tool looked.
    pub observed_at: Timestamp,
    /// What was looked at.
    pub targets: usize,
    /// Facts read.
    pub facts: usize,
    /// Findings that are new.
    pub opened: usize,
    /// Findings that are still there.
    pub still_open: usize,
    /// Findings that are gone.
    pub closed: usize,
    /// Findings that are back.
    pub reopened: usize,
    /// How many of those still there are at another place in the code than before.
    pub moved: usize,
    /// Records of the file that could not be used.
    pub problems: Vec<String>,
    /// The same file was imported before: nothing changed.
    pub already_known: bool,
}

/// A file with its progress.
pub type Named = (ImportFile, Arc<Progress>);

/// The most bytes and files of one transaction: it keeps other writers waiting.
const MOST_TOGETHER: (usize, usize) = (16 << 20, 256);

/// Files that go well together into [`Service::import_many`], by their sizes.
pub fn together(sizes: &[usize]) -> Vec<Range<usize>> {
    let (most_bytes, most_files) = MOST_TOGETHER;
    let (mut groups, mut begin, mut bytes) = (Vec::new(), 0, 0_usize);
    for (at, size) in sizes.iter().enumerate() {
        if at > begin && (bytes.saturating_add(*size) > most_bytes || at - begin == most_files) {
            groups.push(begin..at);
            (begin, bytes) = (at, 0);
        }
        bytes = bytes.saturating_add(*size);
    }
    if begin < sizes.len() {
        groups.push(begin..sizes.len());
    }
    groups
}

impl Service {
    /// Refuses whoever may import nowhere, before anything is sent or read.
    pub fn may_import(&self, actor: &Actor) -> Result<(), ServiceError> {
        if actor.highest < Some(least_role(Deed::Import)) {
            return Err(crate::permission::denied(actor, least_role(Deed::Import)));
        }
        Ok(())
    }

    /// Imports one file of evidence.
    ///
    /// Without a system the file goes where its targets are known: to the system that has components with
    /// those host names. Evidence about people goes to the organisation.
    pub async fn import(
        &self,
        actor: &Actor,
        file: ImportFile,
        system: Option<&str>,
        mode: Mode,
        progress: Arc<Progress>,
    ) -> Result<ImportOutcome, ServiceError> {
        self.import_as(actor, file, Belongs { system, release: None }, mode, progress).await
    }

    /// The same for a file of which it is said what release it is about. A bill of materials says so itself as a rule.
    pub async fn import_as(
        &self,
        actor: &Actor,
        file: ImportFile,
        belongs: Belongs<'_>,
        mode: Mode,
        progress: Arc<Progress>,
    ) -> Result<ImportOutcome, ServiceError> {
        let name = file.name.clone();
        let outcome = self.import_many(actor, vec![(file, progress)], belongs, mode).await.pop();
        outcome.unwrap_or_else(|| Err(ServiceError::Refused(format!("{name}: nothing became of it"))))
    }

    /// Imports files in one transaction, each all or nothing: one that cannot be used keeps none of the others back.
    /// Returns what became of each, in their order. What each is judged by are those before it. A dry run judges each
    /// by what is stored.
    pub async fn import_many(
        &self,
        actor: &Actor,
        files: Vec<Named>,
        belongs: Belongs<'_>,
        mode: Mode,
    ) -> Vec<Result<ImportOutcome, ServiceError>> {
        let mut outcomes: Vec<Option<Result<ImportOutcome, ServiceError>>> = Vec::new();
        let (mut ready, mut at) = (Vec::new(), Vec::new());
        for (nth, prepared) in self.prepare_many(actor, files, belongs, mode).await.into_iter().enumerate() {
            outcomes.push(match prepared {
                Ok(prepared) => {
                    ready.push(prepared);
                    at.push(nth);
                    None
                }
                Err(error) => Some(Err(error)),
            });
        }
        if !ready.is_empty() {
            let accepted = match self.keep_bytes(&mut ready).await {
                Ok(()) => self.accept(actor, &ready, mode).await,
                Err(error) if ready.len() == 1 => vec![Err(error)],
                Err(error) => {
                    let not_kept =
                        |file: &Prepared| ServiceError::Refused(format!("{}: {error}", file.file.name));
                    ready.iter().map(|file| Err(not_kept(file))).collect()
                }
            };
            at.iter().zip(accepted).for_each(|(nth, done)| outcomes[*nth] = Some(done));
            // Of a large file there is much to give back.
            tokio::task::spawn_blocking(move || drop(ready));
        }
        outcomes.into_iter().flatten().collect()
    }

    /// Makes the bytes of files durable, before anything is written of them.
    async fn keep_bytes(&self, files: &mut [Prepared]) -> Result<(), ServiceError> {
        let zipped: Vec<_> = files.iter_mut().filter_map(|file| file.zipped.take()).collect();
        if zipped.is_empty() {
            return Ok(());
        }
        let blobs = self.store().blobs().clone();
        let work = tokio::task::spawn_blocking(move || blobs.keep_together(&zipped));
        let ended = |error| StoreError::Damaged(format!("work that was not done: {error}"));
        Ok(work.await.map_err(ended)??)
    }

    /// Reads, places and prepares files, two at a time.
    async fn prepare_many(
        &self,
        actor: &Actor,
        files: Vec<Named>,
        belongs: Belongs<'_>,
        mode: Mode,
    ) -> Vec<Result<Prepared, ServiceError>> {
        let (hosts, named) = (OnceCell::new(), OnceCell::new());
        let now = from_micros(micros(self.now()));
        let each = |file| self.prepare_one(actor, file, belongs, ((&hosts, &named), mode, now));
        stream::iter(files).map(each).buffered(2).collect().await
    }

    async fn prepare_one(
        &self,
        actor: &Actor,
        (file, progress): Named,
        belongs: Belongs<'_>,
        ((hosts, named_system), mode, now): ((&OnceCell<Hosts>, &OnceCell<String>), Mode, Timestamp),
    ) -> Result<Prepared, ServiceError> {
        self.may_import(actor)?;
        let mut read: ReadFile = self.read(&file, progress).await?;
        let file = ImportFile { bytes: read.kept.take().unwrap_or(file.bytes), ..file };
        if let Some(release) = belongs.release.map(str::trim).filter(|release| !release.is_empty()) {
            let subject = read.reading.targets.first().map(String::as_str);
            read.reading.release = Some(named(release, subject));
        }
        let place = match belongs.system {
            Some(system) => {
                let row = async || Ok::<_, ServiceError>(self.system_row(actor, system).await?.id);
                (named_system.get_or_try_init(row).await?.clone(), None)
            }
            None if is_about_people(&read) => {
                (String::new(), Some("it is about people, so it belongs to the organisation".to_owned()))
            }
            None => {
                let hosts = hosts.get_or_try_init(|| self.hosts(actor)).await?;
                let (system, because) = hosts.place(&file.name, &read)?;
                (system, Some(because))
            }
        };
        self.prepare((file, read), place, (mode, now)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_taken_together_up_to_a_size_and_a_number() {
        assert!(together(&[]).is_empty());
        assert_eq!(together(&[1, 17 << 20, 1]), [0..1, 1..2, 2..3], "one that is larger goes alone");
        assert_eq!(together(&[8 << 20, 8 << 20, 1]), [0..2, 2..3]);
        assert_eq!(together(&[1; 258]), [0..256, 256..258]);
    }
}
