//! Appending and reading back.

use proptest::prelude::*;
use warrant_ledger::disk::DiskError;
use warrant_ledger::{Log, LogError, LogReader, Standing, verify_directory};

use crate::{ORIGIN, entries, files, key, log_of, open, report, verifier};

#[test]
fn a_new_log_is_empty_signed_and_intact() {
    let folder = tempfile::tempdir().unwrap();
    let log = open(folder.path());
    assert_eq!((log.size(), log.reader().checkpoint().checkpoint().origin.as_str()), (0, ORIGIN));
    let report = report(folder.path());
    assert!(report.is_intact(), "{:?}", report.problems);
}

#[test]
fn entries_come_back_and_every_one_is_proved() {
    let folder = tempfile::tempdir().unwrap();
    let log = log_of(folder.path(), 600);
    drop(log);
    let reader = LogReader::open(folder.path(), &verifier()).unwrap();
    assert_eq!(reader.size(), 600);
    let all: Vec<(u64, Vec<u8>)> = reader.entries(0..600).unwrap().map(Result::unwrap).collect();
    assert_eq!(all, (0..600).zip(entries(0..600)).collect::<Vec<_>>());
    let some: Vec<u64> = reader.entries(250..520).unwrap().map(|e| e.unwrap().0).collect();
    assert_eq!(some, (250..520).collect::<Vec<_>>());
    for index in (0..600).step_by(7).chain([255, 256, 511, 512, 599]) {
        let entry = reader.entry(index).unwrap();
        let leaf = reader.prove(index).unwrap().verify(&entry, &verifier()).unwrap();
        assert_eq!((leaf.index, leaf.checkpoint.size), (index, 600));
    }
    assert!(matches!(reader.entry(600), Err(LogError::IndexOutside { index: 600, size: 600 })));
    assert!(matches!(reader.entry(u64::MAX), Err(LogError::IndexOutside { .. })));
    assert!(matches!(reader.prove(600), Err(LogError::IndexOutside { .. })));
    assert!(matches!(reader.entries(599..601), Err(LogError::IndexOutside { .. })));
}

#[test]
fn an_old_reader_works_beside_the_writer() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = log_of(folder.path(), 300);
    let old = LogReader::open(folder.path(), &verifier()).unwrap();
    log.append(&entries(300..1000)).unwrap();
    assert_eq!(old.entry(299).unwrap(), entries(299..300)[0]);
    old.prove(299).unwrap().verify(&entries(299..300)[0], &verifier()).unwrap();
    log.reader().check_extends(old.checkpoint()).unwrap();
    assert!(matches!(old.check_extends(log.reader().checkpoint()), Err(LogError::TilesDisagree(_))));
}

#[test]
fn a_log_with_another_past_does_not_extend_a_kept_checkpoint() {
    let folder = tempfile::tempdir().unwrap();
    let kept = log_of(folder.path(), 300).reader().checkpoint().clone();
    let other = tempfile::tempdir().unwrap();
    let mut forged = entries(0..400);
    forged[17] = b"another past".to_vec();
    let mut log = open(other.path());
    log.append(&forged).unwrap();
    assert!(report(other.path()).is_intact(), "by itself the forgery is a perfect log");
    assert!(matches!(log.reader().check_extends(&kept), Err(LogError::TilesDisagree(_))));
}

#[test]
fn repeating_an_append_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = open(folder.path());
    let first = log.append_at(0, &entries(0..700)).unwrap();
    let before = files(folder.path());
    let again = log.append_at(0, &entries(0..700)).unwrap();
    assert_eq!((first.already, again.already), (0, 700));
    assert_eq!((again.first, again.end, &again.checkpoint), (0, 700, &first.checkpoint));
    assert_eq!(log.append_at(650, &entries(650..700)).unwrap().checkpoint, first.checkpoint);
    assert_eq!(log.append_at(700, &[]).unwrap().already, 0);
    assert_eq!(files(folder.path()), before);
    let more = log.append_at(600, &entries(600..800)).unwrap();
    assert_eq!((more.already, more.end, log.size()), (100, 800, 800));
}

#[test]
fn an_entry_is_never_changed_and_no_index_skipped() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = log_of(folder.path(), 700);
    let before = files(folder.path());
    for index in [0, 255, 256, 511, 512, 699] {
        let mut other = entries(index..index + 3);
        other[0].push(b'!');
        match log.append_at(index, &other) {
            Err(LogError::Conflict { index: named, .. }) => assert_eq!(named, index),
            other => panic!("{other:?}"),
        }
    }
    assert!(matches!(log.append_at(701, &entries(701..702)), Err(LogError::Gap { size: 700, first: 701 })));
    let large = vec![b"fits".to_vec(), vec![0; 65_536]];
    let fault = log.append(&large).unwrap_err();
    assert!(matches!(fault, LogError::Entry { index: 701, .. }));
    assert!(fault.to_string().contains("65536 bytes"), "{fault}");
    assert_eq!(files(folder.path()), before);
    log.append(&[vec![0; 65_535], Vec::new()]).unwrap();
    assert!(report(folder.path()).is_intact());
}

#[test]
fn a_log_can_move_to_another_thread_and_readers_be_shared() {
    fn moves<T: Send + 'static>(value: T) -> T {
        std::thread::spawn(move || value).join().unwrap()
    }
    fn is_shared<T: Sync>(_: &T) {}
    let folder = tempfile::tempdir().unwrap();
    let mut log = moves(open(folder.path()));
    log.append(&entries(0..3)).unwrap();
    is_shared(log.reader());
    assert_eq!(log.size(), 3);
}

#[test]
fn only_one_writer_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let log = open(folder.path());
    assert!(matches!(Log::open(folder.path(), key()), Err(LogError::Disk(DiskError::Locked { .. }))));
    drop(log);
    open(folder.path());
}

#[test]
fn partial_tiles_stay_until_the_full_one_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = log_of(folder.path(), 100);
    log.append(&entries(100..200)).unwrap();
    let names = |of: &str| files(folder.path()).into_keys().filter(|n| n.starts_with(of)).collect::<Vec<_>>();
    assert_eq!(names("tile/entries"), ["tile/entries/000.p/100", "tile/entries/000.p/200"]);
    log.append(&entries(200..300)).unwrap();
    assert_eq!(names("tile/entries"), ["tile/entries/000", "tile/entries/001.p/44"]);
    assert_eq!(names("tile/1"), ["tile/1/000.p/1"]);
}

#[test]
fn bulk_loading_publishes_once() {
    let (folder, plain) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut log = open(folder.path());
    for start in (0..1500).step_by(300) {
        assert_eq!(log.integrate(start, &entries(start..start + 300)).unwrap(), 0);
    }
    assert_eq!(log.integrate(1400, &entries(1400..1500)).unwrap(), 100);
    assert_eq!(log.integrate(10, &entries(10..600)).unwrap(), 590, "staged bundles are compared too");
    assert!(matches!(log.integrate(700, &[vec![1]]), Err(LogError::Conflict { index: 700, .. })));
    assert_eq!(log.size(), 0);
    assert_eq!(log.publish().unwrap().checkpoint().size, 1500);
    log_of(plain.path(), 1500);
    assert_eq!(files(folder.path()), files(plain.path()));
}

#[test]
fn another_key_or_a_lost_checkpoint_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    log_of(folder.path(), 10);
    let other = warrant_ledger::SigningKey::from_seed(ORIGIN, [8; 32]).unwrap();
    assert!(matches!(Log::open(folder.path(), other), Err(LogError::Checkpoint(_))));
    std::fs::remove_file(folder.path().join("checkpoint")).unwrap();
    assert!(matches!(Log::open(folder.path(), key()), Err(LogError::CheckpointMissing { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn batches_do_not_matter(sizes in prop::collection::vec(1u64..400, 1..8), reopen in any::<u8>()) {
        let (folder, plain) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mut log = open(folder.path());
        let mut total = 0;
        for (n, size) in sizes.iter().enumerate() {
            if reopen >> n & 1 == 1 {
                drop(log);
                log = open(folder.path());
            }
            log.append_at(total, &entries(total..total + size)).unwrap();
            total += size;
        }
        let once = log_of(plain.path(), total);
        prop_assert_eq!(log.reader().checkpoint(), once.reader().checkpoint());
        let mut next = 0;
        let report = verify_directory(folder.path(), &verifier(), &mut |index, entry, standing| {
            assert_eq!((index, standing), (next, Standing::Recorded));
            assert_eq!(entry, entries(index..index + 1)[0]);
            next += 1;
        }).unwrap();
        prop_assert!(report.is_intact(), "{:?}", report.problems);
        prop_assert_eq!((next, report.entries, report.root), (total, total, Some(once.reader().root())));
    }
}

#[test]
fn a_larger_log_than_one_level_one_tile() {
    let folder = tempfile::tempdir().unwrap();
    let batch: Vec<Vec<u8>> = (0u32..70_000).map(|n| n.to_be_bytes().to_vec()).collect();
    let mut log = open(folder.path());
    log.append(&batch).unwrap();
    for name in ["tile/0/272", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"] {
        assert!(folder.path().join(name).is_file(), "{name}");
    }
    drop(log);
    let log = open(folder.path());
    for index in [0, 65_535, 65_536, 69_999] {
        log.reader().prove(index).unwrap().verify(&batch[index as usize], &verifier()).unwrap();
    }
    for old in [0, 1, 65_535, 65_536, 65_537, 70_000] {
        log.reader().prove_extends(old).unwrap();
    }
    assert!(report(folder.path()).is_intact());
}
