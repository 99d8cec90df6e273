//! Bundles: whole, signed, and refused when anything about them is wrong.

use crate::formats::folder;
use crate::judge::feed;
use warrant_advisory::bundle::{BundleError, header, pack, unpack};
use warrant_advisory::database::Database;
use warrant_ledger::key::SigningKey;

const OSV: &str = r#"{"id": "GHSA-1", "modified": "2026-10-01T00:00:00Z", "affected": [{"package":
    {"ecosystem": "npm", "name": "lib"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]}]}"#;
const KEV: &str = r#"{"catalogVersion": "1", "dateReleased": "2026-10-01T00:00:00Z", "vulnerabilities": [
    {"cveID": "CVE-2026-1", "dateAdded": "2026-10-01", "dueDate": "2026-10-15"}]}"#;

fn now() -> jiff::Timestamp {
    "2026-11-01T00:00:00Z".parse().unwrap()
}

#[test]
fn a_bundle_gives_back_what_was_packed() {
    let before = feed(&[OSV, KEV]);
    let bytes = pack(&before, now(), None).unwrap();
    assert_eq!(bytes, pack(&before, now(), None).unwrap(), "the same feed gives the same bytes");
    let (header, after) = unpack(&bytes, &[]).unwrap();
    assert_eq!(header.made, now());
    assert_eq!(
        (&after.advisories, &after.exploited, &after.lists),
        (&before.advisories, &before.exploited, &before.lists)
    );
}

#[test]
fn real_feeds_are_packed_small_and_whole() {
    let Some(before) = folder("advisories") else { return };
    let bytes = pack(&before, now(), None).unwrap();
    let (header, after) = unpack(&bytes, &[]).unwrap();
    println!(
        "{} advisories, {} bytes packed, {} unpacked",
        after.advisories.len(),
        header.packed,
        header.unpacked
    );
    assert_eq!(after.advisories.len(), before.advisories.len());
    let (before, after) = (Database::new(before), Database::new(after));
    assert_eq!((before.sources(), before.package_count()), (after.sources(), after.package_count()));
}

#[test]
fn a_signature_is_asked_for_and_checked() {
    let key = SigningKey::from_seed("feeds", [7; 32]).unwrap();
    let other = SigningKey::from_seed("feeds", [8; 32]).unwrap();
    let signed = pack(&feed(&[OSV]), now(), Some(&key)).unwrap();
    assert_eq!(header(&signed, &[key.verifier().clone()]).unwrap().verified, ["feeds"]);
    assert_eq!(header(&signed, &[]).unwrap().signers, ["feeds"]);
    assert!(matches!(header(&signed, &[other.verifier().clone()]), Err(BundleError::NotSigned(_))));
    let unsigned = pack(&feed(&[OSV]), now(), None).unwrap();
    assert!(matches!(header(&unsigned, &[key.verifier().clone()]), Err(BundleError::NotSigned(_))));
    let forged = String::from_utf8_lossy(&signed[8..]).find("made 2026").unwrap() + 8 + 5;
    let mut altered = signed.clone();
    altered[forged] = b'3';
    assert!(header(&altered, &[key.verifier().clone()]).is_err(), "an altered header");
}

#[test]
fn every_altered_byte_is_found() {
    let key = SigningKey::from_seed("feeds", [7; 32]).unwrap();
    let bytes = pack(&feed(&[OSV, KEV]), now(), Some(&key)).unwrap();
    let trusted = [key.verifier().clone()];
    for at in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        assert!(unpack(&altered, &trusted).is_err(), "byte {at}");
        assert!(unpack(&bytes[..at], &trusted).is_err(), "cut at {at}");
    }
}

#[test]
fn a_bomb_is_refused_before_it_unpacks() {
    let payload = zstd::encode_all(&vec![b' '; 64 << 20][..], 19).unwrap();
    let hash = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&payload));
    let bundle = |unpacked: usize| {
        let note = format!(
            "warrant-advisories/1\nmade 2026-11-01T00:00:00Z\npayload {hash} {} {unpacked}\n",
            payload.len()
        );
        let mut bytes = b"WADV".to_vec();
        bytes.extend((note.len() as u32).to_be_bytes());
        bytes.extend(note.as_bytes());
        bytes.extend(&payload);
        bytes
    };
    assert!(
        matches!(unpack(&bundle(64 << 20), &[]), Err(BundleError::Payload(why)) if why.contains("more than"))
    );
    assert!(unpack(&bundle(1000), &[]).is_err(), "a header that lies about the size");
}
