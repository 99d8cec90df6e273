//! Crashes: whatever happened to files after the last durable checkpoint, repeating the append ends the same.

use std::collections::BTreeMap;

use proptest::prelude::*;
use warrant_ledger::{Log, LogError, Problem};

use crate::{entries, files, key, log_of, open, report, restore};

/// What a crash did to a file of the unfinished append.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Written,
    Lost,
    Cut(prop::sample::Index),
    Zeroed,
}

fn any_fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        Just(Fate::Written),
        Just(Fate::Lost),
        any::<prop::sample::Index>().prop_map(Fate::Cut),
        Just(Fate::Zeroed),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn repeating_the_append_gives_the_identical_log(
        before in 0u64..800,
        added in 1u64..700,
        fates in prop::collection::vec(any_fate(), 40),
        pieces in 1u64..4,
    ) {
        let (folder, whole) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        // The log before, and what the append that is to be interrupted would write.
        let mut log = log_of(folder.path(), before);
        let durable = files(folder.path());
        restore(whole.path(), &durable);
        log.append_at(before, &entries(before..before + added)).unwrap();
        drop(log);
        let finished = files(folder.path());
        let mut fates = fates.into_iter().cycle();
        let mut after_crash = durable.clone();
        for (name, bytes) in &finished {
            if name == "checkpoint" || durable.contains_key(name) {
                continue;
            }
            match fates.next().unwrap() {
                Fate::Written => after_crash.insert(name.clone(), bytes.clone()),
                Fate::Lost => None,
                Fate::Cut(at) => after_crash.insert(name.clone(), bytes[..at.index(bytes.len())].to_vec()),
                Fate::Zeroed => after_crash.insert(name.clone(), vec![0; bytes.len()]),
            };
        }
        std::fs::remove_dir_all(folder.path()).unwrap();
        restore(folder.path(), &after_crash);

        let mut log = open(folder.path());
        prop_assert_eq!(log.size(), before);
        let step = added.div_ceil(pieces);
        for start in (before..before + added).step_by(step as usize) {
            let end = (start + step).min(before + added);
            log.append_at(before, &entries(before..end)).unwrap();
        }
        let mut plain = open(whole.path());
        for start in (before..before + added).step_by(step as usize) {
            let end = (start + step).min(before + added);
            plain.append_at(start, &entries(start..end)).unwrap();
        }
        prop_assert_eq!(log.reader().checkpoint(), plain.reader().checkpoint());
        prop_assert_eq!(files(folder.path()), files(whole.path()));
        let report = report(folder.path());
        prop_assert!(report.is_intact(), "{:?}", report.problems);
    }
}

/// A log whose checkpoint is that of 300 entries while its files hold 900.
fn rolled_back() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut log = log_of(folder.path(), 300);
    let old: BTreeMap<String, Vec<u8>> = files(folder.path());
    log.append(&entries(300..900)).unwrap();
    drop(log);
    restore(folder.path(), &old);
    folder
}

#[test]
fn intact_files_beyond_the_checkpoint_are_never_overwritten_with_other_entries() {
    let folder = rolled_back();
    let mut log = open(folder.path());
    for index in [300, 511, 512, 899] {
        let mut other = entries(300..900);
        other[index as usize - 300] = b"rewritten".to_vec();
        match log.append_at(300, &other) {
            Err(LogError::Conflict { index: named, .. }) => assert_eq!(named, index),
            other => panic!("{other:?}"),
        }
    }
    log.append_at(300, &entries(300..900)).unwrap();
    drop(log);
    assert!(report(folder.path()).is_intact());
}

#[test]
fn a_rolled_back_checkpoint_is_noticed() {
    let folder = rolled_back();
    let report = report(folder.path());
    let beyond = |file: &str| Problem::BeyondCheckpoint { file: file.to_owned() };
    for file in ["tile/0/001", "tile/0/002", "tile/entries/002", "tile/entries/003.p/132", "tile/1/000.p/3"] {
        assert!(report.problems.contains(&beyond(file)), "{file}: {:?}", report.problems);
    }
    assert!(report.problems.iter().all(|p| matches!(p, Problem::BeyondCheckpoint { .. })));
    let mut log = open(folder.path());
    assert!(matches!(log.append_at(900, &entries(900..901)), Err(LogError::Gap { size: 300, first: 900 })));
}

#[test]
fn a_writer_refuses_a_damaged_edge() {
    for (file, with) in
        [("tile/0/002.p/88", 1u8), ("tile/1/000.p/2", 1), ("tile/entries/002.p/88", 0x40), ("checkpoint", 1)]
    {
        let folder = tempfile::tempdir().unwrap();
        log_of(folder.path(), 600);
        let path = folder.path().join(file);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[30] ^= with;
        std::fs::write(&path, &bytes).unwrap();
        assert!(Log::open(folder.path(), key()).is_err(), "{file}");
        std::fs::remove_file(&path).unwrap();
        assert!(Log::open(folder.path(), key()).is_err(), "{file} removed");
    }
}
