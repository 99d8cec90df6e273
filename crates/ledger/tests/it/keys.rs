//! Keys and their files.

use warrant_ledger::key::KeyError;
use warrant_ledger::{NoteSigner as _, SigningKey, VerifierKey};

use crate::{ORIGIN, key, verifier};

#[test]
fn a_generated_key_is_stored_for_its_owner_only_and_loaded() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.key");
    let key = SigningKey::generate(ORIGIN).unwrap();
    key.store(&path).unwrap();
    let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    let loaded = SigningKey::load(&path).unwrap();
    assert_eq!(loaded.verifier(), key.verifier());
    assert_eq!(loaded.sign("text\n").unwrap(), key.sign("text\n").unwrap());
    assert!(matches!(key.store(&path), Err(KeyError::Disk(_))), "never overwritten");
    assert_ne!(SigningKey::generate(ORIGIN).unwrap().verifier(), key.verifier());
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    assert!(matches!(SigningKey::load(&path), Err(KeyError::Exposed { mode: 0o640, .. })));
    assert!(!format!("{key:?}").contains("PRIVATE"));
}

#[test]
fn damaged_key_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.key");
    key().store(&path).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    for at in 0..text.len() - 1 {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = if bytes[at] == b'Q' { b'R' } else { b'Q' };
        std::fs::write(&path, &bytes).unwrap();
        assert!(SigningKey::load(&path).is_err(), "byte {at}");
    }
    for wrong in ["", "PRIVATE+KEY+", "PRIVATE+KEY+a+b", &text[..text.len() - 5], &"x".repeat(5000)] {
        std::fs::write(&path, wrong).unwrap();
        assert!(SigningKey::load(&path).is_err(), "{wrong}");
    }
}

#[test]
fn verifier_keys_round_trip_and_damage_is_refused() {
    let text = verifier().to_string();
    assert_eq!(text.parse::<VerifierKey>().unwrap(), verifier());
    for at in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = if bytes[at] == b'q' { b'r' } else { b'q' };
        let other = String::from_utf8(bytes).unwrap();
        assert!(other.parse::<VerifierKey>().is_err(), "{other}");
    }
    for wrong in ["", "a", "a+b", "a+00000000+", "a+00000000+AQ==", "+00000000+AQ==", "a+0+!"] {
        assert!(wrong.parse::<VerifierKey>().is_err(), "{wrong}");
    }
    for name in ["", "a b", "a+b", "a\nb", "a\u{2003}b", &"n".repeat(256)] {
        assert!(matches!(SigningKey::from_seed(name, [1; 32]), Err(KeyError::Name(_))), "{name:?}");
    }
}
