//! Signed notes and checkpoints: read, written back, never verified without the key.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use warrant_ledger::checkpoint::Checkpoint;
use warrant_ledger::note::Note;
use warrant_ledger::{SignedCheckpoint, SigningKey, VerifierKey};

static KEY: LazyLock<SigningKey> =
    LazyLock::new(|| SigningKey::from_seed("example.org/fuzz", [7; 32]).unwrap());

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = str::from_utf8(bytes) {
        if let Ok(checkpoint) = text.parse::<Checkpoint>() {
            assert_eq!(checkpoint.to_string(), text, "two spellings of one checkpoint");
        }
        if let Ok(key) = text.parse::<VerifierKey>() {
            assert_eq!(key.to_string().parse::<VerifierKey>().unwrap(), key);
        }
    }
    let Ok(note) = Note::parse(bytes) else { return };
    assert_eq!(note.to_text().as_bytes(), bytes, "two spellings of one note");
    assert!(note.verify(std::slice::from_ref(KEY.verifier())).is_err(), "a forged note");
    assert!(SignedCheckpoint::open(bytes, KEY.verifier()).is_err(), "a forged checkpoint");
});
