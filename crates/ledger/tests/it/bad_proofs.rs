//! Forged and malformed proofs (bad inputs BI-23): the rule that failed is named, and nothing is ever "ok".

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use warrant_ledger::key::Algorithm;
use warrant_ledger::note::{Note, NoteError};
use warrant_ledger::tree::TreeError;
use warrant_ledger::{
    Checkpoint, LogError, NoteSigner as _, Proof, ProofError, SignedCheckpoint, SigningKey, VerifierKey,
    leaf_hash,
};

use crate::{ORIGIN, entries, key, log_of, verifier};

fn entry(index: u64) -> Vec<u8> {
    entries(index..index + 1).remove(0)
}

fn proof(size: u64, index: u64) -> Proof {
    let folder = tempfile::tempdir().unwrap();
    log_of(folder.path(), size).reader().prove(index).unwrap()
}

fn resigned(proof: &Proof, change: impl Fn(&mut Checkpoint)) -> Proof {
    let mut checkpoint: Checkpoint = proof.checkpoint.text().parse().unwrap();
    change(&mut checkpoint);
    let signed = SignedCheckpoint::sign(checkpoint, &[&key()]).unwrap();
    Proof { checkpoint: signed.note().clone(), ..proof.clone() }
}

fn fault(proof: &Proof, index: u64) -> ProofError {
    proof.verify(&entry(index), &verifier()).unwrap_err()
}

fn tree_fault(proof: &Proof, index: u64) -> TreeError {
    match fault(proof, index) {
        ProofError::NotIncluded { fault, .. } => fault,
        other => panic!("{other}"),
    }
}

#[test]
fn a_good_proof_round_trips_with_and_without_extra_data() {
    for extra in [None, Some(Vec::new()), Some(b"anything".to_vec())] {
        for (size, index) in [(1, 0), (300, 299), (300, 0)] {
            let proof = Proof { extra: extra.clone(), ..proof(size, index) };
            let read = Proof::parse(proof.to_text().as_bytes()).unwrap();
            assert_eq!(read, proof);
            let leaf = read.verify(&entry(index), &verifier()).unwrap();
            assert_eq!((leaf.index, leaf.leaf), (index, leaf_hash(&entry(index))));
        }
    }
}

#[test]
fn another_entry_index_or_log_is_refused() {
    let good = proof(300, 17);
    assert!(matches!(tree_fault(&good, 18), TreeError::Root { .. }), "bound to this entry");
    let moved = Proof { index: 18, ..good.clone() };
    assert!(matches!(tree_fault(&moved, 17), TreeError::Root { .. }));
    let other = SigningKey::from_seed("other.example/log", [7; 32]).unwrap();
    let refused = good.verify(&entry(17), other.verifier());
    assert!(matches!(refused, Err(ProofError::Checkpoint(_))));
}

#[test]
fn index_outside_and_huge_indexes_are_refused() {
    let good = proof(300, 17);
    for index in [300, 301, u64::MAX] {
        let outside = Proof { index, ..good.clone() };
        assert_eq!(tree_fault(&outside, 17), TreeError::IndexOutside { index, size: 300 });
    }
    let text = good.to_text().replace("index 17", "index 18446744073709551616");
    assert!(matches!(Proof::parse(text.as_bytes()), Err(ProofError::Line { line: 2, .. })));
}

#[test]
fn an_extra_missing_or_swapped_node_is_refused() {
    let good = proof(300, 17);
    let count = good.path.len();
    let mut path = good.path.clone();
    path.push(leaf_hash(b"one more"));
    let longer = TreeError::Length { expected: count, found: count + 1 };
    assert_eq!(tree_fault(&Proof { path: path.clone(), ..good.clone() }, 17), longer);
    path.truncate(count - 1);
    let shorter = TreeError::Length { expected: count, found: count - 1 };
    assert_eq!(tree_fault(&Proof { path, ..good.clone() }, 17), shorter);
    let mut path = good.path.clone();
    path.swap(0, 1);
    assert!(matches!(tree_fault(&Proof { path, ..good.clone() }, 17), TreeError::Root { .. }));
    let node = good.path[0].0.to_vec();
    let as_entry = good.verify(&node, &verifier());
    assert!(as_entry.is_err(), "a node is no entry");
}

#[test]
fn another_size_with_the_same_root_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let log = log_of(folder.path(), 300);
    let good = log.reader().prove(17).unwrap();
    for size in [18, 256, 513, 1 << 40, u64::MAX] {
        let other = resigned(&good, |checkpoint| checkpoint.size = size);
        assert!(matches!(tree_fault(&other, 17), TreeError::Length { .. }), "{size}");
    }
    // Sizes with a path of the same shape are told apart by the history, not by one leaf.
    for size in [257, 299, 301, 512] {
        let other = resigned(&good, |checkpoint| checkpoint.size = size);
        let kept = SignedCheckpoint::verify(other.checkpoint, &verifier()).unwrap();
        assert!(matches!(log.reader().check_extends(&kept), Err(LogError::TilesDisagree(_))), "{size}");
    }
}

#[test]
fn two_roots_of_one_size_and_a_stale_checkpoint_are_refused() {
    let good = proof(300, 17);
    let other_root = resigned(&good, |checkpoint| checkpoint.root = leaf_hash(b"another root"));
    assert!(matches!(tree_fault(&other_root, 17), TreeError::Root { .. }));
    let stale = Proof { checkpoint: proof(200, 17).checkpoint, ..good };
    assert!(matches!(tree_fault(&stale, 17), TreeError::Length { .. } | TreeError::Root { .. }));
}

#[test]
fn signatures_must_be_of_the_trusted_key() {
    let good = proof(300, 17);
    let impostor = SigningKey::from_seed(ORIGIN, [9; 32]).unwrap();
    let text = good.checkpoint.text().to_owned();
    let by = |signers: &[&SigningKey]| {
        let signers: Vec<_> = signers.iter().map(|k| *k as &dyn warrant_ledger::NoteSigner).collect();
        Proof { checkpoint: Note::sign(&text, &signers).unwrap(), ..good.clone() }
    };
    let refused = fault(&by(&[&impostor]), 17).to_string();
    assert!(refused.contains("0 of the required 1"), "{refused}");
    by(&[&impostor, &key()]).verify(&entry(17), &verifier()).unwrap();
}

#[test]
fn witnesses_are_counted_by_key_and_the_log_is_not_its_own() {
    let good = proof(300, 17);
    let witness = |seed| SigningKey::from_seed("witness.example", [seed; 32]).unwrap();
    let cosigned = |seeds: &[u8]| {
        let mut text = good.checkpoint.to_text();
        for seed in seeds {
            let key = witness(*seed);
            let message = format!("cosignature/v1\ntime 7\n{}", good.checkpoint.text());
            let cosigner = cosigner(&key);
            let bytes = [&cosigner.key_id()[..], &7u64.to_be_bytes(), &key.sign(&message).unwrap()].concat();
            text.push_str(&format!("\u{2014} witness.example {}\n", STANDARD.encode(&bytes)));
        }
        Proof { checkpoint: Note::parse(text.as_bytes()).unwrap(), ..good.clone() }
    };
    let trusted = [cosigner(&witness(1)), cosigner(&witness(2)), verifier()];
    let check = |proof: &Proof| match proof.verify_witnessed(&entry(17), &verifier(), &trusted, 2) {
        Ok(_) => 2,
        Err(ProofError::Note(NoteError::Quorum { found, required: 2 })) => found,
        Err(other) => panic!("{other}"),
    };
    assert_eq!(check(&cosigned(&[])), 0, "the log's signature is no witness");
    assert_eq!(check(&cosigned(&[1, 1])), 1, "one witness twice");
    assert_eq!(check(&cosigned(&[1, 3])), 1, "an unknown key of the same name");
    assert_eq!(check(&cosigned(&[1, 2])), 2);
}

fn cosigner(key: &SigningKey) -> VerifierKey {
    let public = *key.verifier().public_key();
    VerifierKey::new(key.verifier().name(), Algorithm::Ed25519Cosignature, public).unwrap()
}

#[test]
fn extension_lines_change_nothing() {
    let good = proof(300, 17);
    let extended = resigned(&good, |checkpoint| checkpoint.extensions = vec!["index 18".into()]);
    let leaf = extended.verify(&entry(17), &verifier()).unwrap();
    assert_eq!((leaf.index, leaf.checkpoint.extensions.len()), (17, 1));
}

#[test]
fn malformed_texts_are_refused_with_their_line() {
    let good = proof(300, 17).to_text();
    let first = good.lines().nth(2).unwrap().to_owned();
    for (text, line) in [
        (String::new(), Some(1)),
        (good.replace("@v1", "@v2"), Some(1)),
        (good.replace("index 17", "index 017"), Some(2)),
        (good.replace("index 17", "index -1"), Some(2)),
        (good.replace("index 17", "index"), Some(2)),
        (good.replace("index 17\n", ""), Some(2)),
        (good.replace("index 17\n", "extra AA\nindex 17\n"), Some(2)),
        (good.replace("index 17\n", "extra AAAA\nextra AAAA\nindex 17\n"), Some(3)),
        (good.replace("index 17\n", "index 17\nindex 17\n"), Some(3)),
        (good.replace(&first, &first[..43]), Some(3)),
        (good.replace(&first, "AAAA"), Some(3)),
        (good.replace(&first, &format!("{first} ")), Some(3)),
        (good.replace(&first, format!("{first}\n").repeat(65).trim_end()), Some(67)),
        (good.replace('\n', "\r\n"), Some(1)),
        (good.replace("\n\n", "\n"), Some(1)),
        (good.trim_end().to_owned(), None),
        (format!("{good}\n"), None),
        (format!("{good}{}", "x".repeat(3 << 20)), None),
    ] {
        match (Proof::parse(text.as_bytes()), line) {
            (Err(ProofError::Line { line: found, .. }), Some(line)) => assert_eq!(found, line, "{text:.80}"),
            (Err(ProofError::Note(_) | ProofError::TooLong(_)), None) => {}
            (other, _) => panic!("{text:.200}: {other:?}"),
        }
    }
    assert!(matches!(Proof::parse(b"\xff"), Err(ProofError::NotUtf8(0))));
}

#[test]
fn a_flipped_bit_anywhere_in_a_proof_is_refused() {
    let bytes = proof(300, 17).to_text().into_bytes();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut other = bytes.clone();
            other[at] ^= 1 << bit;
            let verdict = Proof::parse(&other).and_then(|proof| proof.verify(&entry(17), &verifier()));
            assert!(verdict.is_err(), "byte {at} bit {bit}");
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), cut in any::<prop::sample::Index>()) {
        let good = format!("c2sp.org/tlog-proof@v1\nindex 0\n\n{ORIGIN}\n1\n{}\n\n", leaf_hash(b"").to_base64());
        let mixed = [&good.as_bytes()[..cut.index(good.len())], &bytes].concat();
        for input in [&bytes, &mixed] {
            prop_assert!(Proof::parse(input).and_then(|p| p.verify(b"", &verifier())).is_err());
            prop_assert!(Note::parse(input).ok().is_none_or(|note| note.verify(&[verifier()]).is_err()));
        }
    }
}
