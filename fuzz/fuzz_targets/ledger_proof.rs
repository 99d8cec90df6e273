//! Proofs: one spelling only, and none that was not made by the log verifies.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use warrant_ledger::{Proof, SigningKey};

/// The key of a log that signed nothing: whatever verifies under it is forged.
static KEY: LazyLock<SigningKey> =
    LazyLock::new(|| SigningKey::from_seed("example.org/fuzz", [7; 32]).unwrap());

fuzz_target!(|bytes: &[u8]| {
    let Ok(proof) = Proof::parse(bytes) else { return };
    assert_eq!(proof.to_text().as_bytes(), bytes, "two spellings of one proof");
    assert!(proof.verify(b"entry", KEY.verifier()).is_err(), "a forged proof");
});
