//! Reading a file off the async threads, within limits, its secrets masked.

use super::{ImportFile, Progress};
use crate::releases::is_bill;
use crate::{Service, ServiceError};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;
use warrant_intake::secret::{Secrets, masked};
use warrant_intake::{Input, Limits, ReadError, Reader, Reading, Sink, recognise_among};
use warrant_model::fact::{ComponentFact, Fact, Place};

/// The most problems kept with a file.
const MOST_PROBLEMS: usize = 200;

impl Service {
    /// Reads a file. What is kept of it takes the place of its bytes.
    pub(super) async fn read(
        &self,
        file: &ImportFile,
        progress: Arc<Progress>,
    ) -> Result<ReadFile, ServiceError> {
        let (bytes, name) = (file.bytes.clone(), file.name.clone());
        let limits = Limits { secrets: Some(self.secrets()), ..Limits::default() };
        let readers = self.readers().to_vec();
        let work = tokio::task::spawn_blocking(move || read_file(&readers, limits, &name, &bytes, &progress));
        let done = work.await.map_err(|error| ServiceError::Refused(format!("{}: {error}", file.name)))?;
        let unread = |source| ServiceError::File { file: file.name.clone(), source };
        done.map_err(unread)
    }
}

/// What was read from a file.
#[derive(Debug)]
pub(super) struct ReadFile {
    pub(super) format: &'static str,
    pub(super) reading: Reading,
    pub(super) facts: Vec<(Place, Fact)>,
    pub(super) problems: Vec<String>,
    /// What is kept instead of the file's bytes: the same with its secrets masked.
    pub(super) kept: Option<Arc<[u8]>>,
}

impl ReadFile {
    /// Whether it is a bill of materials that says or was said of which release it is.
    pub(super) fn is_release(&self) -> bool {
        is_bill(self.format) && self.reading.release.is_some()
    }

    pub(super) fn components(&self) -> impl Iterator<Item = &ComponentFact> {
        self.facts.iter().filter_map(|(_, fact)| match fact {
            Fact::Component(component) => Some(component),
            _ => None,
        })
    }
}

fn read_file(
    readers: &[&'static dyn Reader],
    limits: Limits,
    name: &str,
    bytes: &[u8],
    progress: &Progress,
) -> Result<ReadFile, ReadError> {
    progress.bytes.store(bytes.len() as u64, Ordering::Relaxed);
    if bytes.len() as u64 > limits.bytes {
        return Err(ReadError::Limit { what: "file size", limit: limits.bytes, line: 0 });
    }
    let reader = recognise_among(readers, bytes)?;
    let mut gathering = Gathering {
        limits,
        progress,
        started: Instant::now(),
        facts: Vec::new(),
        problems: Vec::new(),
        secrets: Secrets::default(),
        unused: 0,
    };
    let reading = reader.read(&Input { name, bytes, limits }, &mut gathering)?;
    progress.bytes_done.store(bytes.len() as u64, Ordering::Relaxed);
    let Gathering { facts, mut problems, secrets, unused, .. } = gathering;
    if unused > problems.len() {
        problems.push(format!("and {} more records that could not be used", unused - problems.len()));
    }
    let kept = without_secrets(bytes, &secrets, limits, &mut problems)?;
    Ok(ReadFile { format: reader.id(), reading, facts, problems, kept })
}

/// The bytes to keep where they differ from the file's: secrets are masked, and it is said of which file it is a copy.
fn without_secrets(
    bytes: &[u8],
    secrets: &Secrets,
    limits: Limits,
    problems: &mut Vec<String>,
) -> Result<Option<Arc<[u8]>>, ReadError> {
    let Some(key) = limits.secrets.filter(|_| !secrets.is_empty()) else { return Ok(None) };
    let kept = masked(bytes, secrets, &key)?;
    if kept.bytes == bytes {
        return Ok(None);
    }
    let hash = kept.original;
    problems.push(format!(
        "secrets are masked in what is kept of the file; its own bytes have the keyed hash {hash}"
    ));
    Ok(Some(kept.bytes.into()))
}

/// Gathers facts within the limits.
struct Gathering<'p> {
    limits: Limits,
    progress: &'p Progress,
    started: Instant,
    facts: Vec<(Place, Fact)>,
    problems: Vec<String>,
    secrets: Secrets,
    unused: usize,
}

impl Sink for Gathering<'_> {
    fn fact(&mut self, place: Place, fact: Fact) -> Result<(), ReadError> {
        let count = self.facts.len() as u64;
        if count >= self.limits.facts {
            return Err(ReadError::Limit {
                what: "number of facts",
                limit: self.limits.facts,
                line: place.line,
            });
        }
        if count.is_multiple_of(1_024) {
            self.progress.facts.store(count, Ordering::Relaxed);
            if self.progress.cancelled.load(Ordering::Relaxed) {
                return Err(ReadError::Cancelled);
            }
            if self.started.elapsed() > self.limits.time {
                let limit = self.limits.time.as_secs();
                return Err(ReadError::Limit { what: "reading time in seconds", limit, line: place.line });
            }
        }
        self.facts.push((place, fact));
        Ok(())
    }

    fn problem(&mut self, place: Place, message: String) {
        self.unused += 1;
        if self.problems.len() < MOST_PROBLEMS {
            let at = if place.line > 0 { format!("line {}", place.line) } else { place.pointer };
            self.problems.push(format!("{at}: {message}"));
        }
    }

    fn secret(&mut self, secret: &str) {
        self.secrets.add(secret);
    }

    fn progress(&mut self, bytes_done: u64) {
        self.progress.bytes_done.store(bytes_done, Ordering::Relaxed);
    }
}
