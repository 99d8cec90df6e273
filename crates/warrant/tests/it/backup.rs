//! `warrant backup` as an administrator uses it, and killed in the middle.

use crate::program::{expect, json, run, words};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

fn filled(here: &Path) {
    expect(here, 0, &["init", "--name", "Test House", "--officer", "me@example.org"]);
    expect(here, 0, &["records", "system", "set", "new", "name=Portal", "exposure=internet"]);
    let evidence = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/northwater/evidence");
    for name in ["portal-nessus-1.nessus", "portal-nessus-2.nessus"] {
        expect(here, 0, &["import", &format!("{evidence}/{name}"), "--system", "Portal"]);
    }
}

#[test]
fn made_checked_and_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    filled(here);
    let before = expect(here, 0, &["deficiencies", "--json", "--limit", "1000"]);
    let made = json(here, &["backup", "create", "b/1"]);
    assert_eq!((&made["with_key"], &made["verified_at"]), (&false.into(), &serde_json::Value::Null));
    let checked = json(here, &["backup", "verify", "b/1"]);
    assert_eq!((&checked["problems"], &checked["noted"]), (&serde_json::json!([]), &true.into()));
    assert!(json(here, &["backup", "list"])[0]["verified_at"].is_string());
    // On another machine, without the store.
    let elsewhere = tempfile::tempdir().unwrap();
    let backup = here.join("b/1").display().to_string();
    assert_eq!(json(elsewhere.path(), &["backup", "verify", &backup])["noted"], false);
    let keyless = run(elsewhere.path(), &["backup", "restore", &backup, "--store", "anew"]);
    assert_eq!(keyless.status.code(), Some(2));
    assert!(words(&keyless).contains("without the key"), "{}", words(&keyless));
    assert!(!elsewhere.path().join("anew").exists());
    let key = here.join("warrant-data/ledger.key").display().to_string();
    expect(elsewhere.path(), 0, &["backup", "restore", &backup, "--store", "anew", "--key", &key]);
    expect(elsewhere.path(), 0, &["--store", "anew", "ledger", "verify"]);
    assert_eq!(
        expect(elsewhere.path(), 0, &["--store", "anew", "deficiencies", "--json", "--limit", "1000"]),
        before
    );
    let twice = run(elsewhere.path(), &["backup", "restore", &backup, "--store", "anew", "--key", &key]);
    assert!(words(&twice).contains("not empty"), "{}", words(&twice));
    // With the key, onto the first.
    let second = json(here, &["backup", "create", "b/2", "--onto", "b/1", "--with-key"]);
    assert!(second["new_bytes"].as_i64() < second["bytes"].as_i64(), "{second}");
    expect(here, 0, &["backup", "restore", "b/2", "--store", "again"]);
    // `sha256sum` knows the list, where there is one.
    let mut sums = Command::new("sha256sum");
    sums.args(["--check", "--quiet", "files.sha256"]).current_dir(here.join("b/2"));
    if let Ok(done) = sums.output() {
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    let rows = here.join("b/2/warrant.db");
    let mut bytes = std::fs::read(&rows).unwrap();
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    std::fs::write(&rows, bytes).unwrap();
    assert_eq!(expect(here, 1, &["backup", "verify", "b/2"]).trim(), "warrant.db: the file was altered");
    assert_eq!(json(here, &["backup", "list"])[0]["problems"], 1);
}

/// `WARRANT_KILLS` says how often to kill (10 if not said).
#[test]
fn a_half_backup_is_never_taken_for_one() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    filled(here);
    let begun = Instant::now();
    expect(here, 0, &["backup", "create", "whole"]);
    let length = begun.elapsed();
    let kills: u32 = std::env::var("WARRANT_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(10);
    let mut seed = 0x2026_1130_u64;
    for nth in 0..kills {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let after = length.mul_f64((seed % 1_000) as f64 / 1_000.0);
        let name = format!("killed-{nth}");
        let mut child = Command::new(env!("CARGO_BIN_EXE_warrant"))
            .args(["backup", "create", &name, "--onto", "whole"])
            .env_remove("WARRANT_STORE")
            .current_dir(here)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        while begun.elapsed() < after && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        let _ = child.kill();
        child.wait().unwrap();
        // It is there whole or not at all.
        if here.join(&name).exists() {
            expect(here, 0, &["backup", "verify", &name]);
        }
        expect(here, 0, &["ledger", "verify"]);
        expect(here, 0, &["backup", "create", &format!("after-{nth}"), "--onto", "whole"]);
    }
    expect(here, 0, &["backup", "verify", "whole"]);
}
