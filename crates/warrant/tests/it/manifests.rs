//! The rules of the house that a compiler does not hold: who may name whom, who may write, who may touch files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Crates from the ground up; each may name only crates of lower floors.
const FLOORS: [&[&str]; 5] = [
    &["model", "catalog", "ledger", "oscal"],
    &["intake", "analysis", "report", "store", "advisory", "risk"],
    &["service"],
    &["web"],
    &["warrant"],
];

/// Crates that are functions of their arguments.
const PURE: [&str; 9] =
    ["model", "catalog", "oscal", "analysis", "ledger", "report", "intake", "advisory", "risk"];

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Crates that a crate's program names; those of its tests alone are left aside.
fn named(krate: &str) -> BTreeSet<String> {
    let manifest = text(&root().join("crates").join(krate).join("Cargo.toml"));
    let mut names = BTreeSet::new();
    let mut inside = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(heading) = line.strip_prefix('[') {
            let heading = heading.trim_end_matches(']');
            let (before, last) = heading.rsplit_once('.').unwrap_or(("", heading));
            inside = is_dependencies(heading) || (before.starts_with("target.") && is_dependencies(last));
            // `[dependencies.tokio]` names a crate in its heading.
            names.extend(is_dependencies(before).then(|| last.to_owned()));
        } else if inside && !line.starts_with('#') && !line.is_empty() {
            let end = line.find(['.', '=', ' ']).unwrap_or(line.len());
            names.insert(line[..end].to_owned());
        }
    }
    names
}

fn is_dependencies(section: &str) -> bool {
    matches!(section, "dependencies" | "build-dependencies")
}

/// Every Rust file below a folder.
pub(crate) fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// Lines of a crate's sources that hold one of `words`, comments and tests left aside.
fn lines_with(krate: &str, words: &[&str]) -> Vec<String> {
    let folder = root().join("crates").join(krate).join("src");
    let mut found = Vec::new();
    for path in sources(&folder) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if matches!(name.as_str(), "tests.rs" | "testing.rs") {
            continue;
        }
        let code = text(&path);
        let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        let hits = lines.filter(|line| words.iter().any(|word| line.contains(word)));
        found.extend(hits.map(|line| format!("{krate}/{name}: {}", line.trim())));
    }
    found
}

#[test]
fn every_crate_has_a_floor() {
    let mut folders: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(root().join("crates")).unwrap() {
        folders.push(entry.unwrap().file_name().into_string().unwrap());
    }
    folders.sort();
    let mut placed: Vec<_> = FLOORS.concat().into_iter().map(str::to_owned).collect();
    placed.sort();
    assert_eq!(folders, placed);
}

#[test]
fn dependencies_point_down() {
    for (floor, crates) in FLOORS.iter().enumerate() {
        let lower: BTreeSet<&str> = FLOORS[..floor].concat().into_iter().collect();
        for krate in *crates {
            for name in named(krate) {
                let Some(ours) = name.strip_prefix("warrant-") else { continue };
                assert!(lower.contains(ours), "{krate} names {name}, which does not lie below it");
            }
        }
    }
}

#[test]
fn pure_crates_name_no_engine() {
    for krate in PURE {
        let names = named(krate);
        assert!(!names.is_empty(), "{krate}: no dependency was found; is the manifest read?");
        for engine in ["tokio", "sqlx", "axum", "reqwest", "hyper"] {
            assert!(!names.contains(engine), "{krate} is pure and must not name {engine}");
        }
    }
    assert!(named("store").contains("sqlx"), "the reading of manifests finds nothing");
}

#[test]
fn pure_crates_touch_nothing() {
    let words =
        ["std::fs", "std::process", "std::env", "TcpStream", "UdpSocket", "TcpListener", "File::open"];
    let outside: Vec<String> = PURE.iter().flat_map(|krate| lines_with(krate, &words)).collect();
    let found: Vec<_> = outside.iter().filter(|line| !line.starts_with("ledger/disk.rs")).collect();
    assert!(found.is_empty(), "pure crates reach outside: {found:#?}");
    assert!(!outside.is_empty(), "the ledger keeps files: a search that finds nothing does not search");
}

#[test]
fn only_service_begins_a_write() {
    for krate in ["web", "warrant"] {
        let writes = lines_with(krate, &[".begin()"]);
        assert!(writes.is_empty(), "writes go through service: {writes:#?}");
    }
    assert!(!named("web").contains("warrant-store"), "pages must not know the store");
    assert!(!lines_with("service", &[".begin()"]).is_empty(), "the search finds nothing");
}
