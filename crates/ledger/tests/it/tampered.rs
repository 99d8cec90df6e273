//! Tampering: one change anywhere in a log is found and laid at the right door.

use std::path::Path;

use proptest::prelude::*;
use warrant_ledger::bundle::decode;
use warrant_ledger::{Problem, Report, Standing, leaf_hash, verify_directory};

use crate::{copy, entries, files, log_of, open, report, verifier};

const SIZE: u64 = 1000;

fn original() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    log_of(folder.path(), SIZE);
    folder
}

/// What a report says of one altered file; nothing else may be blamed.
fn blamed(report: &Report, file: &str) -> bool {
    let names = |problem: &Problem| problem.to_string().starts_with(&format!("{file}: "));
    !report.problems.is_empty() && report.problems.iter().all(names)
}

fn change(folder: &Path, file: &str, change: impl Fn(&mut Vec<u8>)) {
    let path = folder.join(file);
    let mut bytes = std::fs::read(&path).unwrap();
    change(&mut bytes);
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn one_flipped_byte_in_any_file_is_named() {
    let folder = original();
    let all = files(folder.path());
    assert_eq!(all.len(), 1 + 4 + 4 + 1);
    for (file, bytes) in all.iter().filter(|(file, _)| *file != "checkpoint") {
        for at in (0..bytes.len()).step_by(bytes.len() / 40) {
            let at = at + at % 3;
            change(folder.path(), file, |bytes| bytes[at] ^= 0x10);
            let report = report(folder.path());
            assert!(blamed(&report, file), "{file} byte {at}: {:?}", report.problems);
            if file.starts_with("tile/entries/") {
                let first = entry_at(bytes, file, at);
                let named = match report.problems.as_slice() {
                    [Problem::EntryAltered { index, .. } | Problem::BundleDamaged { index, .. }] => *index,
                    // A length moved so that the bundle still splits into as many entries.
                    [Problem::EntryAltered { index, .. }, ..] => *index,
                    other => panic!("{other:?}"),
                };
                assert_eq!(named, first, "{file} byte {at}");
            } else {
                let [Problem::TileAltered { position, .. }] = report.problems.as_slice() else {
                    panic!("{:?}", report.problems)
                };
                assert_eq!(*position, at / 32);
            }
            std::fs::write(folder.path().join(file), bytes).unwrap();
        }
    }
    assert!(report(folder.path()).is_intact());
}

/// Index of the entry that a byte of a bundle belongs to.
fn entry_at(bundle: &[u8], file: &str, at: usize) -> u64 {
    let width = if file.ends_with("003.p/232") { 232 } else { 256 };
    let number: u64 = file["tile/entries/".len()..][..3].parse().unwrap();
    let mut end = 0;
    let position = decode(bundle, width).unwrap().iter().position(|entry| {
        end += 2 + entry.len();
        at < end
    });
    number * 256 + position.unwrap() as u64
}

#[test]
fn one_flipped_bit_in_the_checkpoint_is_named() {
    let folder = original();
    let bytes = files(folder.path()).remove("checkpoint").unwrap();
    for at in 0..bytes.len() {
        change(folder.path(), "checkpoint", |bytes| bytes[at] ^= 1);
        let report = report(folder.path());
        let invalid = |p: &Problem| matches!(p, Problem::CheckpointInvalid { .. });
        assert!(report.problems.iter().any(invalid), "byte {at}: {:?}", report.problems);
        std::fs::write(folder.path().join("checkpoint"), &bytes).unwrap();
    }
}

#[test]
fn missing_and_cut_files_are_named() {
    let folder = original();
    for (file, bytes) in files(folder.path()) {
        let path = folder.path().join(&file);
        std::fs::remove_file(&path).unwrap();
        let missing = report(folder.path());
        assert!(!missing.is_intact());
        if file == "tile/entries/003.p/232" {
            let cut = Problem::Truncated { first: 768, last: 999 };
            assert_eq!(missing.problems, [cut]);
        } else {
            assert!(blamed(&missing, &file), "{file}: {:?}", missing.problems);
        }
        for keep in [0, 1, bytes.len() / 2, bytes.len() - 1] {
            std::fs::write(&path, &bytes[..keep]).unwrap();
            let cut = report(folder.path());
            assert!(blamed(&cut, &file), "{file} cut to {keep}: {:?}", cut.problems);
        }
        let longer = [bytes.as_slice(), b"\0\0\0"].concat();
        std::fs::write(&path, longer).unwrap();
        assert!(blamed(&report(folder.path()), &file), "{file} with bytes after its end");
        std::fs::write(&path, &bytes).unwrap();
    }
}

#[test]
fn a_log_shorter_than_its_checkpoint_is_named() {
    let folder = original();
    for file in files(folder.path()).into_keys() {
        let number = file.rsplit('/').find(|part| part.starts_with('0')).unwrap_or("").to_owned();
        if number.starts_with("001") || number.starts_with("002") || number.starts_with("003") {
            std::fs::remove_file(folder.path().join(file)).unwrap();
        }
    }
    let report = report(folder.path());
    assert!(report.problems.contains(&Problem::Truncated { first: 256, last: 999 }), "{:?}", report.problems);
    assert_eq!((report.size, report.entries, report.root), (1000, 256, None));
}

#[test]
fn an_entry_rewritten_with_its_tile_is_found_by_the_level_above() {
    let folder = original();
    let mut forged = entries(0..256);
    forged[100] = b"forged".to_vec();
    let hashes: Vec<u8> = forged.iter().flat_map(|entry| leaf_hash(entry).0).collect();
    let other = tempfile::tempdir().unwrap();
    open(other.path()).append(&forged).unwrap();
    assert_eq!(files(other.path())["tile/0/000"], hashes);
    for file in ["tile/0/000", "tile/entries/000"] {
        std::fs::copy(other.path().join(file), folder.path().join(file)).unwrap();
    }
    let above = report(folder.path());
    assert!(
        matches!(above.problems.as_slice(), [Problem::Replaced { file, first: 0, last: 255, .. }] if file == "tile/0/000"),
        "{:?}",
        above.problems
    );
    // Rewritten up to the top, only the signed root tells.
    let mut all = entries(0..SIZE);
    all[100] = b"forged".to_vec();
    let other = tempfile::tempdir().unwrap();
    open(other.path()).append(&all).unwrap();
    std::fs::copy(folder.path().join("checkpoint"), other.path().join("checkpoint")).unwrap();
    let top = report(other.path());
    assert!(matches!(top.problems.as_slice(), [Problem::RootDiffers { .. }]), "{:?}", top.problems);
}

#[test]
fn several_alterations_are_all_named() {
    let folder = original();
    change(folder.path(), "tile/entries/001", |bytes| bytes[40] ^= 1);
    change(folder.path(), "tile/0/002", |bytes| bytes[33] ^= 1);
    change(folder.path(), "tile/entries/003.p/232", |bytes| bytes[5] ^= 1);
    let problems = report(folder.path()).problems;
    assert!(
        matches!(
            problems.as_slice(),
            [
                Problem::EntryAltered { index: 256, .. },
                Problem::TileAltered { position: 1, .. },
                Problem::EntryAltered { index: 768, .. }
            ]
        ),
        "{problems:?}"
    );
}

#[test]
fn alterations_of_entries_and_of_unfinished_tiles_are_told_apart() {
    let folder = original();
    change(folder.path(), "tile/entries/001", |bytes| bytes[40] ^= 1);
    change(folder.path(), "tile/1/000.p/3", |bytes| bytes[70] ^= 1);
    change(folder.path(), "tile/entries/003.p/232", |bytes| bytes[5] ^= 1);
    let problems = report(folder.path()).problems;
    let named = |wanted: &dyn Fn(&Problem) -> bool| problems.iter().any(wanted);
    assert!(named(&|p| matches!(p, Problem::EntryAltered { index: 256, .. })), "{problems:?}");
    assert!(named(&|p| matches!(p, Problem::EntryAltered { index: 768, .. })), "{problems:?}");
    assert!(
        named(&|p| matches!(p, Problem::TileAltered { file, position: 2, .. } if file == "tile/1/000.p/3")),
        "{problems:?}"
    );
    assert_eq!(problems.len(), 3, "{problems:?}");
}

#[test]
fn what_is_no_file_is_named_and_never_waited_for() {
    let folder = original();
    for file in ["tile/0/001", "tile/entries/002"] {
        let path = folder.path().join(file);
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
    }
    let pipe = folder.path().join("tile/1/000.p/3");
    std::fs::remove_file(&pipe).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let problems = report(folder.path()).problems;
    for name in ["tile/0/001", "tile/entries/002", "tile/1/000.p/3"] {
        let unreadable = |p: &Problem| matches!(p, Problem::Unreadable { file, .. } if file == name);
        assert!(problems.iter().any(unreadable), "{name}: {problems:?}");
    }
}

#[test]
fn an_altered_entry_is_handed_over_as_doubtful() {
    let folder = original();
    change(folder.path(), "tile/entries/001", |bytes| bytes[40] ^= 1);
    let mut doubtful = Vec::new();
    let report = verify_directory(folder.path(), &verifier(), &mut |index, _, standing| {
        if standing == Standing::Doubtful {
            doubtful.push(index);
        }
    })
    .unwrap();
    assert_eq!((doubtful.as_slice(), report.entries), ([256].as_slice(), SIZE));
}

#[test]
fn stray_files_links_and_staged_files_are_named() {
    let folder = original();
    std::fs::create_dir_all(folder.path().join("tile/0/x001")).unwrap();
    std::fs::create_dir_all(folder.path().join(".staging")).unwrap();
    let strays = ["notes.txt", "tile/0/0000", "tile/9/000", "tile/0/x001/01"];
    std::fs::create_dir_all(folder.path().join("tile/9")).unwrap();
    for file in strays.iter().chain(&[".staging/1", "tile/0/x001/000"]) {
        std::fs::write(folder.path().join(file), "x").unwrap();
    }
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("tile/link")).unwrap();
    let problems = report(folder.path()).problems;
    for file in strays.iter().chain(&["tile/link"]) {
        assert!(problems.contains(&Problem::Stray { file: (*file).to_owned() }), "{file}: {problems:?}");
    }
    for file in [".staging/1", "tile/0/x001/000"] {
        let beyond = Problem::BeyondCheckpoint { file: file.to_owned() };
        assert!(problems.contains(&beyond), "{file}: {problems:?}");
    }
    assert_eq!(problems.len(), 7, "{problems:?}");
}

#[test]
fn a_partial_file_that_differs_from_the_full_one_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = log_of(folder.path(), 100);
    log.append(&entries(100..200)).unwrap();
    let whole = copy(folder.path());
    for file in ["tile/0/000.p/100", "tile/entries/000.p/100"] {
        change(whole.path(), file, |bytes| bytes[50] ^= 1);
        let problems = report(whole.path()).problems;
        assert!(
            matches!(problems.as_slice(), [Problem::PartialDiffers { file: named, .. }] if named == file),
            "{problems:?}"
        );
        change(whole.path(), file, |bytes| bytes[50] ^= 1);
        change(whole.path(), file, |bytes| bytes.truncate(32));
        assert!(blamed(&report(whole.path()), file));
        std::fs::copy(folder.path().join(file), whole.path().join(file)).unwrap();
    }
    log.append(&entries(200..300)).unwrap();
    let older = whole.path().join("tile/0/000.p/200");
    let late = folder.path().join("tile/0/000.p/200");
    std::fs::create_dir_all(late.parent().unwrap()).unwrap();
    std::fs::copy(older, &late).unwrap();
    assert!(report(folder.path()).is_intact(), "a partial left beside its full tile is no problem");
    change(folder.path(), "tile/0/000.p/200", |bytes| bytes[0] ^= 1);
    assert!(blamed(&report(folder.path()), "tile/0/000.p/200"));
}

#[test]
fn a_checkpoint_that_claims_a_huge_log_costs_nothing() {
    use warrant_ledger::{Checkpoint, Hash, SignedCheckpoint};
    let folder = original();
    for size in [1_001, 1 << 40, u64::MAX] {
        let claim =
            Checkpoint { origin: crate::ORIGIN.into(), size, root: Hash::sha256(b"no"), extensions: vec![] };
        let signed = SignedCheckpoint::sign(claim, &[&crate::key()]).unwrap();
        std::fs::write(folder.path().join("checkpoint"), signed.note().to_text()).unwrap();
        assert!(!report(folder.path()).is_intact());
        assert!(warrant_ledger::Log::open(folder.path(), crate::key()).is_err());
    }
    let far = folder.path().join("tile/entries/x072/x057/x594/x037/x927");
    std::fs::create_dir_all(&far).unwrap();
    std::fs::write(far.join("935"), "").unwrap();
    let report = report(folder.path());
    assert!(report.stopped_early && !report.is_intact());
}

/// A change an attacker or a disk can make to a file.
#[derive(Debug, Clone, Copy)]
enum Harm {
    Flip(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Remove,
    Lengthen(u8),
    Swap(prop::sample::Index),
}

fn any_harm() -> impl Strategy<Value = Harm> {
    prop_oneof![
        4 => (any::<prop::sample::Index>(), 0u8..8).prop_map(|(at, bit)| Harm::Flip(at, 1 << bit)),
        1 => any::<prop::sample::Index>().prop_map(Harm::Cut),
        1 => Just(Harm::Remove),
        1 => any::<u8>().prop_map(Harm::Lengthen),
        1 => any::<prop::sample::Index>().prop_map(Harm::Swap),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn no_combination_of_changes_goes_unnoticed(
        size in 1u64..1300,
        harms in prop::collection::vec((any::<prop::sample::Index>(), any_harm()), 1..5),
    ) {
        let folder = tempfile::tempdir().unwrap();
        log_of(folder.path(), size);
        let before = files(folder.path());
        for (which, harm) in harms {
            let now: Vec<(String, Vec<u8>)> = files(folder.path()).into_iter().collect();
            if now.is_empty() {
                continue;
            }
            let (file, mut bytes) = now[which.index(now.len())].clone();
            let path = folder.path().join(&file);
            match harm {
                Harm::Flip(at, bit) if !bytes.is_empty() => {
                    let at = at.index(bytes.len());
                    bytes[at] ^= bit;
                }
                Harm::Cut(at) if !bytes.is_empty() => bytes.truncate(at.index(bytes.len())),
                Harm::Lengthen(byte) => bytes.push(byte),
                Harm::Swap(other) => bytes.clone_from(&now[other.index(now.len())].1),
                Harm::Flip(..) | Harm::Cut(_) | Harm::Remove => {
                    std::fs::remove_file(&path).unwrap();
                    continue;
                }
            }
            std::fs::write(path, bytes).unwrap();
        }
        let report = report(folder.path());
        prop_assert_eq!(report.is_intact(), files(folder.path()) == before, "{:?}", report.problems);
    }
}
