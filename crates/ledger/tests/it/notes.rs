//! Signed notes and checkpoints, among them the examples of C2SP.

use warrant_ledger::checkpoint::CheckpointError;
use warrant_ledger::key::Algorithm;
use warrant_ledger::note::{MAX_SIGNATURES, Note, NoteError};
use warrant_ledger::{Checkpoint, Hash, NoteSigner, SignedCheckpoint, SigningKey, VerifierKey};

use crate::{ORIGIN, key, verifier};

const TEXT: &str = "a text\n\nof three lines\n";

fn signed(keys: &[&SigningKey]) -> Note {
    let signers: Vec<&dyn NoteSigner> = keys.iter().map(|key| *key as &dyn NoteSigner).collect();
    Note::sign(TEXT, &signers).unwrap()
}

fn named(name: &str, seed: u8) -> SigningKey {
    SigningKey::from_seed(name, [seed; 32]).unwrap()
}

#[test]
fn a_note_round_trips_and_verifies() {
    let note = signed(&[&key()]);
    let read = Note::parse(note.to_text().as_bytes()).unwrap();
    assert_eq!((read.text(), &read), (TEXT, &note));
    assert_eq!(read.verify(&[verifier()]).unwrap(), [&verifier()]);
}

#[test]
fn a_flipped_bit_anywhere_never_verifies_as_another_note() {
    let good = signed(&[&key()]);
    let bytes = good.to_text().into_bytes();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut other = bytes.clone();
            other[at] ^= 1 << bit;
            let verdict = Note::parse(&other).ok().filter(|note| note.verify(&[verifier()]).is_ok());
            assert!(verdict.is_none(), "byte {at} bit {bit}");
        }
    }
}

#[test]
fn malformed_notes_are_refused_by_rule() {
    let good = signed(&[&key()]).to_text();
    let line = good.lines().last().unwrap().to_owned();
    let wrong = |text: String| Note::parse(text.as_bytes()).unwrap_err().to_string();
    for (text, rule) in [
        (String::new(), "no empty line"),
        ("text\n".into(), "no empty line"),
        ("text\n\n".into(), "no signatures"),
        (format!("\n\n{line}\n"), "no text"),
        (good.trim_end().into(), "no newline at its end"),
        (good.replace('\u{2014}', "-"), "em dash"),
        (good.replace("\u{2014} ", "\u{2014}  "), "key name"),
        (good.replace(ORIGIN, "a+b"), "key name"),
        (good.replace(ORIGIN, "a\u{a0}b"), "key name"),
        (format!("{good}\u{2014} name AAAA\n"), "shorter than five"),
        (format!("{good}\u{2014} name AAAAA\n"), "not padded base64"),
        (format!("{good}\u{2014} name\n"), "no signature after"),
        (format!("{good}{line} \n"), "not padded base64"),
        (good.replace("three", "th\tree"), "U+0009"),
        (good.replace('\n', "\r\n"), "U+000D"),
        (good.clone() + &format!("{line}\n").repeat(MAX_SIGNATURES), "65 signatures"),
        (good.clone() + &"\n".repeat(1 << 20), "over the limit"),
    ] {
        let fault = wrong(text);
        assert!(fault.contains(rule), "{rule}: {fault}");
    }
    assert!(matches!(Note::parse(b"\xff\n\nx\n"), Err(NoteError::NotUtf8(0))));
    assert!(Note::sign("no newline", &[&key()]).is_err() && Note::sign("\n", &[&key()]).is_err());
}

#[test]
fn unknown_keys_are_ignored_even_under_a_known_name() {
    let stranger = named(ORIGIN, 9);
    let both = signed(&[&stranger, &key()]);
    assert_eq!(both.verify(&[verifier()]).unwrap(), [&verifier()]);
    let alone = signed(&[&stranger]);
    assert!(matches!(alone.verify(&[verifier()]), Err(NoteError::Quorum { found: 0, required: 1 })));
    assert!(matches!(alone.verify(&[]), Err(NoteError::Quorum { found: 0, required: 1 })));
}

#[test]
fn a_bad_signature_of_a_known_key_spoils_the_note() {
    let (a, b) = (named("a.example", 1), named("b.example", 2));
    let keys = [a.verifier().clone(), b.verifier().clone()];
    let note = signed(&[&a, &b]).to_text().replace("three", "four");
    let fault = Note::parse(note.as_bytes()).unwrap().verify(&keys).unwrap_err();
    assert!(matches!(fault, NoteError::BadSignature(_)), "{fault}");
}

#[test]
fn a_quorum_counts_distinct_public_keys() {
    let (a, b) = (named("a.example", 1), named("b.example", 2));
    let alias = named("alias.example", 1);
    let keys = [a.verifier().clone(), alias.verifier().clone(), b.verifier().clone(), a.verifier().clone()];
    let quorum = |signers: &[&SigningKey]| match signed(signers).verify_quorum(&keys, 2) {
        Ok(by) => by.len(),
        Err(NoteError::Quorum { found, required: 2 }) => 100 + found,
        Err(other) => panic!("{other}"),
    };
    assert_eq!(quorum(&[&a, &a]), 101, "the same key twice");
    assert_eq!(quorum(&[&a, &alias]), 101, "one key under two names");
    assert_eq!(quorum(&[&a, &b]), 2);
}

#[test]
fn the_examples_of_c2sp_are_read() {
    let note = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned \u{e8} subito sera.\n\n\
        \u{2014} quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";
    let read = Note::parse(note.as_bytes()).unwrap();
    assert_eq!((read.to_text().as_str(), read.signatures().len()), (note, 1));
    assert_eq!(read.signatures()[0].bytes.len(), 64);
    let checkpoint = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    let read: Checkpoint = checkpoint.parse().unwrap();
    assert_eq!((read.size, read.to_string().as_str()), (20_852_163, checkpoint));
}

#[test]
fn a_witness_cosignature_counts_and_its_time_is_signed() {
    let witness = named("witness.example", 5);
    let public = *witness.verifier().public_key();
    let cosigner = VerifierKey::new("witness.example", Algorithm::Ed25519Cosignature, public).unwrap();
    let time = 1_679_315_147u64;
    let signature = witness.sign(&format!("cosignature/v1\ntime {time}\n{TEXT}")).unwrap();
    let stamped = |time: u64| [time.to_be_bytes().as_slice(), &signature].concat();
    assert!(cosigner.verifies(TEXT, &stamped(time)));
    assert!(!cosigner.verifies(TEXT, &stamped(time + 1)));
    assert!(!cosigner.verifies(TEXT, &signature) && !cosigner.verifies(TEXT, &[]));
    assert!(!witness.verifier().verifies(TEXT, &stamped(time)), "a cosignature is no plain signature");
    let text = cosigner.to_string();
    assert_eq!(text.parse::<VerifierKey>().unwrap(), cosigner);
}

fn checkpoint() -> Checkpoint {
    let root = Hash::sha256(b"root");
    Checkpoint { origin: ORIGIN.into(), size: 12, root, extensions: vec!["one".into(), "two".into()] }
}

#[test]
fn checkpoints_round_trip_with_extension_lines() {
    let signed = SignedCheckpoint::sign(checkpoint(), &[&key()]).unwrap();
    let read = SignedCheckpoint::open(signed.note().to_text().as_bytes(), &verifier()).unwrap();
    assert_eq!((read.checkpoint(), &read), (&checkpoint(), &signed));
}

#[test]
fn malformed_checkpoints_are_refused_even_when_signed() {
    let good = checkpoint().to_string();
    let root = checkpoint().root.to_base64();
    for (text, rule) in [
        (format!("{ORIGIN}\n12\n"), "three lines"),
        (good.replace(ORIGIN, ""), "origin line is empty"),
        (good.replace("\n12\n", "\n012\n"), "not a tree size"),
        (good.replace("\n12\n", "\n+12\n"), "not a tree size"),
        (good.replace("\n12\n", "\n-1\n"), "not a tree size"),
        (good.replace("\n12\n", "\n12 \n"), "not a tree size"),
        (good.replace("\n12\n", "\n18446744073709551616\n"), "not a tree size"),
        (good.replace("\n12\n", "\n0\n"), "an empty log has root"),
        (good.replace(&root, &root[..43]), "root line is malformed"),
        (good.replace(&root, "AAAA"), "root line is malformed"),
        (good.replace("one\n", "\n"), "extension line 1"),
        (good.replace(ORIGIN, "other.example/log"), "is for log"),
    ] {
        let note = Note::sign(&text, &[&key()]).unwrap();
        let fault = SignedCheckpoint::open(note.to_text().as_bytes(), &verifier()).unwrap_err();
        assert!(fault.to_string().contains(rule), "{rule}: {fault}");
    }
    let hidden = Checkpoint { origin: "a\n5".into(), ..checkpoint() };
    assert!(SignedCheckpoint::sign(hidden, &[&key()]).is_err(), "an origin cannot carry a second line");
    let unsigned = Note::sign(&good, &[]).unwrap().to_text();
    assert!(matches!(
        SignedCheckpoint::open(unsigned.as_bytes(), &verifier()),
        Err(CheckpointError::Note(NoteError::Missing("signatures")))
    ));
}
