//! `warrant vuln` and `warrant advisories` on files of our own.

use crate::program::{expect, run, words};
use serde_json::{Value, json};
use std::path::Path;

fn write(folder: &Path, name: &str, document: &Value) {
    std::fs::write(folder.join(name), document.to_string()).unwrap();
}

fn sbom(folder: &Path, name: &str, version: &str, components: &[(&str, &str)]) {
    let components: Vec<Value> = components
        .iter()
        .map(|(name, version)| {
            json!({"type": "library", "name": name, "version": version, "purl": format!("pkg:npm/{name}@{version}")})
        })
        .collect();
    let subject = json!({"type": "application", "name": "portal", "version": version});
    write(
        folder,
        name,
        &json!({"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"component": subject}, "components": components}),
    );
}

fn advisories(folder: &Path) {
    std::fs::create_dir(folder.join("feed")).unwrap();
    write(
        folder,
        "feed/one.json",
        &json!({"id": "GHSA-1", "aliases": ["CVE-2026-1"],
        "modified": "2026-10-01T00:00:00Z", "summary": "The lock opens",
        "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"}],
        "affected": [{"package": {"ecosystem": "npm", "name": "lock"},
            "ranges": [{"type": "SEMVER", "events": [{"introduced": "1.0.0"}, {"fixed": "1.4.2"}]}]}]}),
    );
    std::fs::write(folder.join("feed/README"), "no advisory").unwrap();
}

const AS_OF: [&str; 2] = ["--as-of", "2026-11-01"];

#[test]
fn an_sbom_is_judged_with_three_answers_and_exit_codes() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    advisories(folder);
    sbom(folder, "bad.json", "1", &[("lock", "1.2.0"), ("key", "1.0.0"), ("odd", "latest")]);
    sbom(folder, "good.json", "2", &[("lock", "1.4.2"), ("key", "1.0.0")]);
    let ask = |code, file: &str, more: &[&str]| {
        let args = [&["vuln", "match", file, "--advisories", "feed"], &AS_OF[..], more].concat();
        expect(folder, code, &args)
    };
    let text = ask(1, "bad.json", &[]);
    assert!(text.contains("high 7.5  CVE-2026-1     lock     1.2.0    1.4.2     The lock opens"), "{text}");
    assert!(text.contains("not assessed, `latest` is no npm version: 1 (odd)"), "{text}");
    assert!(text.contains("3 components: 1 affected, 1 not affected, 1 not assessed"), "{text}");
    assert!(text.contains("by GHSA: 1 entries, newest 2026-10-01"), "{text}");
    let text = ask(0, "good.json", &["--max-age", "60"]);
    assert!(text.contains("2 components: 0 affected, 2 not affected, 0 not assessed"), "{text}");
    let text = ask(1, "good.json", &["--max-age", "10"]);
    assert!(text.contains("2 not assessed"), "{text}");
    let answer: Value = serde_json::from_str(&ask(1, "bad.json", &["--json"])).unwrap();
    let sbom = &answer["sboms"][0];
    assert_eq!(
        (&sbom["affected"], &sbom["not_assessed"], &sbom["components"]),
        (&json!(1), &json!(1), &json!(3))
    );
    std::fs::write(folder.join("broken.json"), "{").unwrap();
    ask(2, "broken.json", &[]);
    let nothing = run(folder, &["vuln", "match", "good.json", "--advisories", "feed/README"]);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(words(&nothing).contains("of no known advisory format"), "{}", words(&nothing));
}

#[test]
fn a_bundle_is_packed_signed_verified_and_judged_by() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    advisories(folder);
    sbom(folder, "bad.json", "1", &[("lock", "1.2.0")]);
    expect(folder, 0, &["advisories", "pack", "feed", "-o", "a.wadv", "--key", "feed.key"]);
    let key = std::fs::read_to_string(folder.join("feed.key.pub")).unwrap();
    let key = key.trim();
    let text = expect(folder, 0, &["advisories", "status", "a.wadv", "--trust", key]);
    assert!(text.contains("signature of warrant-advisories verified"), "{text}");
    assert!(text.contains("1 vulnerabilities in 1 packages of 1 ecosystems"), "{text}");
    expect(folder, 1, &["vuln", "match", "bad.json", "--advisories", "a.wadv", "--trust", key]);
    let mut bytes = std::fs::read(folder.join("a.wadv")).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(folder.join("altered.wadv"), bytes).unwrap();
    let altered = run(folder, &["vuln", "match", "bad.json", "--advisories", "altered.wadv"]);
    assert_eq!(altered.status.code(), Some(2));
    assert!(words(&altered).contains("damaged or was altered"), "{}", words(&altered));
    expect(folder, 0, &["advisories", "pack", "feed", "-o", "unsigned.wadv"]);
    let unsigned = run(folder, &["advisories", "status", "unsigned.wadv", "--trust", key]);
    assert!(words(&unsigned).contains("no trusted key signed"), "{}", words(&unsigned));
}

#[test]
fn releases_tell_where_it_came_in_where_it_went_and_whether_to_ship() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    advisories(folder);
    sbom(folder, "1.json", "1", &[("lock", "0.9.0")]);
    sbom(folder, "2.json", "2", &[("lock", "1.2.0")]);
    sbom(folder, "3.json", "3", &[("lock", "1.4.2")]);
    let follow = |code, files: &[&str], more: &[&str]| {
        let args = [&["vuln", "releases"], files, &["--advisories", "feed"], &AS_OF[..], more].concat();
        expect(folder, code, &args)
    };
    let text = follow(0, &["1.json", "2.json", "3.json"], &[]);
    assert!(text.contains("high 7.5  CVE-2026-1     npm lock  portal 2       portal 3"), "{text}");
    assert!(text.contains("portal 3: safe to ship"), "{text}");
    let text = follow(1, &["1.json", "2.json"], &[]);
    assert!(text.contains("npm lock  1.2.0  1.4.2  CVE-2026-1"), "{text}");
    assert!(
        text.contains("portal 2: not safe to ship\n  CVE-2026-1 npm lock 1.2.0: its severity is high"),
        "{text}"
    );
    write(
        folder,
        "decisions.json",
        &json!([{"vulnerability": "GHSA-1",
        "package": {"ecosystem": "npm", "name": "lock"}, "version": "1.2.0", "kind": "accepted",
        "expires": "2027-01-01T00:00:00Z", "severity": "high", "reason": "no lock is in reach"}]),
    );
    let text = follow(0, &["1.json", "2.json"], &["--decisions", "decisions.json"]);
    assert!(text.contains("decided: CVE-2026-1") && text.contains("no lock is in reach"), "{text}");
    std::fs::write(folder.join("lax.toml"), "severity = \"critical\"\n").unwrap();
    follow(0, &["1.json", "2.json"], &["--policy", "lax.toml"]);
    let compare = |code, a: &str, b: &str| {
        expect(folder, code, &[&["vuln", "compare", a, b, "--advisories", "feed"], &AS_OF[..]].concat())
    };
    assert!(compare(1, "1.json", "2.json").contains("1 introduced, 0 fixed"));
    assert!(compare(0, "2.json", "3.json").contains("0 introduced, 1 fixed"));
}

#[test]
fn a_store_answers_about_its_releases_and_says_how_old_its_advisories_are() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    advisories(folder);
    sbom(folder, "1.json", "1.0.0", &[("lock", "0.9.0")]);
    sbom(folder, "2.json", "2.0.0", &[("lock", "1.2.0")]);
    sbom(folder, "3.json", "7", &[("lock", "1.4.2")]);
    expect(folder, 0, &["init", "--name", "Test", "--officer", "o@example.org"]);
    expect(folder, 0, &["records", "system", "set", "new", "name=Portal"]);
    let import = |file: &str, more: &[&str]| {
        let output = run(folder, &[&["import", file, "--system", "Portal"], more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", words(&output));
        words(&output)
    };
    assert!(import("1.json", &[]).contains("release portal 1.0.0"));
    import("2.json", &[]);
    // Without advisories nothing is assessed, and so nothing is safe.
    let text = expect(folder, 1, &["release", "safe-to-ship", "portal"]);
    assert!(
        text.contains("1 components could not be assessed") && text.contains("nothing is assessed"),
        "{text}"
    );
    let text = expect(folder, 1, &["advisories", "who", "CVE-2026-1"]);
    assert!(text.contains("No advisories are in force"), "{text}");
    expect(folder, 0, &["advisories", "pack", "feed", "-o", "a.wadv", "--key", "feed.key"]);
    let key = std::fs::read_to_string(folder.join("feed.key.pub")).unwrap();
    let output = run(folder, &["advisories", "load", "a.wadv", "--trust", key.trim()]);
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    assert!(words(&output).contains("2 bills judged, 1 vulnerabilities appeared"), "{}", words(&output));
    assert!(words(&run(folder, &["advisories", "load", "a.wadv"])).contains("nothing changed"));
    assert!(import("3.json", &["--release", "portal 3.0.0"]).contains("release portal 3.0.0"));
    // The sample's advisories are older than two weeks: they accuse and do not clear.
    let text = expect(folder, 1, &["release", "safe-to-ship", "portal", "3.0.0"]);
    assert!(
        text.contains("could not be assessed") && text.contains("over 14 days old and clearing nothing: npm"),
        "{text}"
    );
    std::fs::write(folder.join("warrant-data/ship.toml"), "max_age_days = 36500\n").unwrap();
    let text = expect(folder, 0, &["release", "safe-to-ship", "portal"]);
    assert!(
        text.contains("portal 3.0.0: safe to ship") && text.contains("newest entry is of 2026-10-01"),
        "{text}"
    );
    let text = expect(folder, 1, &["release", "safe-to-ship", "portal", "2.0.0"]);
    assert!(text.contains("CVE-2026-1 npm lock 1.2.0: its severity is high"), "{text}");
    let text = expect(folder, 0, &["release", "show", "portal"]);
    assert!(text.contains("high 7.5  CVE-2026-1     npm lock  2.0.0 of "), "{text}");
    let text = expect(folder, 0, &["advisories", "who", "GHSA-1"]);
    assert!(text.contains("3.0.0 not affected") && text.contains("0 hit, 0 not assessed"), "{text}");
    assert!(expect(folder, 1, &["release", "compare", "portal", "1.0.0", "2.0.0"]).contains("1 introduced"));
    assert!(expect(folder, 0, &["release", "compare", "portal", "2.0.0", "3.0.0"]).contains("1 fixed"));
    let list = expect(folder, 0, &["release", "list", "--json"]);
    let list: Value = serde_json::from_str(&list).unwrap();
    assert_eq!(list["lines"][0]["releases"].as_array().unwrap().len(), 3);
    expect(folder, 0, &["advisories", "hitting"]);
    assert!(
        expect(folder, 0, &["advisories", "status"]).contains("signature of warrant-advisories verified")
    );
    let refused = run(folder, &["advisories", "load", "feed", "--trust", key.trim()]);
    assert!(words(&refused).contains("carry no signature"), "{}", words(&refused));
    std::fs::write(folder.join("warrant-data/ship.toml"), "severity = \"grave\"\n").unwrap();
    let refused = run(folder, &["release", "list"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(words(&refused).contains("ship.toml"), "{}", words(&refused));
}
