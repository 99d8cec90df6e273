//! Tests of the ledger from outside: what a service, an auditor and an attacker would do.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail like the tests themselves")]

mod bad_proofs;
mod cross_check;
mod interrupted;
mod keys;
mod notes;
mod tampered;
mod writing;

use std::collections::BTreeMap;
use std::path::Path;

use warrant_ledger::disk::{DiskError, Found, walk};
use warrant_ledger::{Log, Report, SigningKey, VerifierKey, verify_directory};

const ORIGIN: &str = "warrant.example/log";

fn key() -> SigningKey {
    SigningKey::from_seed(ORIGIN, [7; 32]).unwrap()
}

fn open(folder: &Path) -> Log {
    Log::open(folder, key()).unwrap()
}

fn verifier() -> VerifierKey {
    key().verifier().clone()
}

/// Entries of different lengths, a function of their index.
fn entries(range: std::ops::Range<u64>) -> Vec<Vec<u8>> {
    range.map(|n| format!("entry {n} {}", "x".repeat((n % 37) as usize)).into_bytes()).collect()
}

fn log_of(folder: &Path, size: u64) -> Log {
    let mut log = open(folder);
    log.append(&entries(0..size)).unwrap();
    log
}

fn report(folder: &Path) -> Report {
    verify_directory(folder, &verifier(), &mut |_, _, _| {}).unwrap()
}

/// Every file of a log with its content, the lock and staged files apart.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    walk(folder, &mut |found| {
        if let Found::File(name) = found
            && !name.starts_with('.')
        {
            files.insert(name.clone(), std::fs::read(folder.join(name)).unwrap());
        }
        Ok::<(), DiskError>(())
    })
    .unwrap();
    files
}

fn copy(from: &Path) -> tempfile::TempDir {
    let to = tempfile::tempdir().unwrap();
    restore(to.path(), &files(from));
    to
}

fn restore(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}
