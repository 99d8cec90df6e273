//! What the documentation names must exist: paths, names inside files, pages and commands.

use crate::manifests::{root, text};
use crate::program::expect;
use std::collections::BTreeSet;
use std::path::Path;

/// Documents whose paths, pages and commands are walked.
const DOCUMENTS: [&str; 16] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "docs/adding.md",
    "docs/duties.md",
    "docs/hand-in.md",
    "docs/languages.md",
    "docs/ledger.md",
    "docs/oscal-resolution.md",
    "docs/permissions.md",
    "docs/ranking.md",
    "docs/risk.md",
    "docs/risk-from-posture.md",
    "docs/store.md",
    "docs/vers-rulings.md",
    "docs/vulnerabilities.md",
];

/// What stands between backticks, and whole lines of indented code.
fn quoted(document: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut fenced = false;
    for line in document.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if let Some(code) = line.strip_prefix("    ").filter(|code| fenced || !code.starts_with(' ')) {
            found.push(code.to_owned());
        } else if fenced {
            found.push(line.to_owned());
        }
    }
    let prose: Vec<&str> = document.lines().filter(|line| !line.starts_with("    ")).collect();
    let joined = prose.join("\n");
    found.extend(joined.split('`').skip(1).step_by(2).map(|code| code.replace('\n', " ")));
    found
}

/// Rows of a Markdown table as cells, without heading and rule.
fn rows(document: &str, columns: usize) -> Vec<Vec<String>> {
    let lines = document.lines().filter(|line| line.starts_with('|'));
    let cells = lines.map(|line| {
        let line = line.trim_matches('|');
        line.split(" | ").map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()
    });
    cells.filter(|row| row.len() == columns).skip(1).collect()
}

/// Whether a quotation is meant as a path of this repository.
fn is_path(quotation: &str) -> bool {
    let first = quotation.split('/').next().unwrap_or_default();
    let folders = ["crates", "content", "docs", "examples", "fuzz", "benches"];
    let files = ["Cargo.toml", "clippy.toml", "deny.toml", "README.md", "CHANGELOG.md"];
    (folders.contains(&first) && quotation.contains('/')) || files.contains(&quotation)
}

/// What is wrong with a quotation `path` or `path: name, name`; `<name>` in a path stands for any.
fn wrong_path(quotation: &str) -> Option<String> {
    let (path, names) = quotation.split_once(": ").unwrap_or((quotation, ""));
    if !is_path(path) || path.contains(' ') {
        return None;
    }
    let certain = path.split('<').next().unwrap_or_default();
    let known =
        if certain == path { certain } else { certain.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let file = root().join(known);
    if !file.exists() {
        return Some(format!("{known} does not exist"));
    }
    let code = if names.is_empty() { String::new() } else { text(&file) };
    let missing: Vec<_> = names.split(", ").filter(|name| !name.is_empty() && !code.contains(name)).collect();
    (!missing.is_empty()).then(|| format!("{path} does not hold {}", missing.join(", ")))
}

#[test]
fn every_path_named_exists() {
    let mut walked = 0;
    for document in DOCUMENTS {
        for quotation in quoted(&text(&root().join(document))) {
            walked += usize::from(is_path(quotation.split(": ").next().unwrap_or_default()));
            assert_eq!(wrong_path(&quotation), None, "{document}: `{quotation}`");
        }
    }
    assert!(walked > 100, "only {walked} paths were found");
    assert!(wrong_path("crates/model/src/nothing.rs").is_some());
    assert!(wrong_path("crates/model/src/lib.rs: no_such_name").is_some());
}

#[test]
fn every_link_leads_to_a_file() {
    for document in DOCUMENTS {
        let folder = Path::new(document).parent().unwrap();
        for link in text(&root().join(document)).split("](").skip(1) {
            let target = link.split([')', '#']).next().unwrap_or_default();
            // Pictures are made of the running program, not of its sources.
            if target.is_empty() || target.contains("://") || target.starts_with("docs/images/") {
                continue;
            }
            assert!(root().join(folder).join(target).exists(), "{document} links to {target}");
        }
    }
}

#[test]
fn maps_stay_short() {
    for document in ["README.md", "ARCHITECTURE.md"] {
        let lines = text(&root().join(document)).lines().count();
        assert!(lines <= 150, "{document} has {lines} lines");
    }
}

#[test]
fn adding_is_told_for_every_plural_thing() {
    let table = rows(&text(&root().join("docs/adding.md")), 4);
    let things = [
        "kind",
        "format",
        "check on systems",
        "check on the programme",
        "document",
        "page",
        "command",
        "table",
        "schema",
        "control",
        "framework",
        "crosswalk",
        "mapping",
        "hosts",
        "sample",
    ];
    for thing in things {
        let row = table.iter().find(|row| row[0].contains(thing));
        let row = row.unwrap_or_else(|| panic!("docs/adding.md does not tell how to add a {thing}"));
        for (cell, what) in row[1..].iter().zip(["file", "line", "test"]) {
            assert!(cell.contains('`') || what == "line", "{thing}: no {what} is named in `{cell}`");
        }
    }
}

#[test]
fn every_capability_has_its_row() {
    let table = rows(&text(&root().join("docs/duties.md")), 4);
    let numbers: Vec<_> = table.iter().filter_map(|row| row[0].parse::<u32>().ok()).collect();
    assert_eq!(numbers, (1..=30).collect::<Vec<_>>());
    for row in table.iter().filter(|row| row[0].parse::<u32>().is_ok()) {
        assert!(row.iter().all(|cell| !cell.is_empty()), "{row:?}");
    }
}

/// Every address that `web` answers, as declared in its sources.
fn routes() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in crate::manifests::sources(&root().join("crates/web/src")) {
        let code = text(&path).split_whitespace().collect::<String>();
        for route in code.split(".route(\"").skip(1) {
            found.extend(route.split('"').next().map(str::to_owned));
        }
    }
    found
}

#[test]
fn every_page_named_is_answered() {
    let routes = routes();
    assert!(routes.contains("/findings"), "{routes:?}");
    for document in ["README.md", "docs/duties.md"] {
        for quotation in quoted(&text(&root().join(document))) {
            let page = quotation.starts_with('/') && !quotation.contains(' ');
            assert!(!page || routes.contains(&quotation), "{document}: no page answers {quotation}");
        }
    }
}

#[test]
fn every_check_named_exists() {
    let known = text(&root().join("docs/checks.md"));
    let duties = text(&root().join("docs/duties.md"));
    let mut found = 0;
    for quotation in quoted(&duties) {
        let kebab = quotation.contains('-') && quotation.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        if kebab {
            found += 1;
            assert!(known.contains(&format!("### `{quotation}`")), "there is no check `{quotation}`");
        }
    }
    assert!(found > 30, "only {found} checks were found");
}

#[test]
fn every_command_named_exists() {
    let folder = tempfile::tempdir().unwrap();
    let mut walked = BTreeSet::new();
    for document in DOCUMENTS {
        for quotation in quoted(&text(&root().join(document))) {
            if let Some(rest) = quotation.strip_prefix("warrant ") {
                check_command(folder.path(), rest, &format!("{document}: `{quotation}`"));
                walked.insert(rest.to_owned());
            }
        }
    }
    assert!(walked.len() > 25, "only {} commands were found", walked.len());
}

/// Subcommands that a help text lists.
fn subcommands(help: &str) -> Vec<String> {
    let list =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = list.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// Follows the words of a command through the help of each level, and looks for its options there.
fn check_command(folder: &Path, rest: &str, place: &str) {
    let line = rest.split(" #").next().unwrap_or_default().split([';', '>']).next().unwrap_or_default();
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut path: Vec<&str> = Vec::new();
    let mut help = expect(folder, 0, &["--help"]);
    for word in &words {
        let choices: Vec<&str> = word.split('|').collect();
        let known = subcommands(&help);
        let Some(first) = choices.first().filter(|first| known.iter().any(|name| name == *first)) else {
            continue;
        };
        for choice in &choices {
            assert!(known.iter().any(|name| name == choice), "{place}: no command {choice}");
        }
        // `records` takes the kind before its subcommand.
        path.extend((path == ["records"]).then_some("system"));
        path.push(first);
        help = expect(folder, 0, &[path.as_slice(), &["--help"]].concat());
    }
    assert!(!path.is_empty(), "{place}: names no command");
    let group = path.len() == 1 && !subcommands(&help).is_empty();
    assert!(!group || words.len() == 1 || words[1] == "…", "{place}: {} has no such command", path[0]);
    let options = words.iter().filter(|word| word.starts_with('-') && word.len() > 1);
    for option in options {
        assert!(help.contains(*option), "{place}: no option {option}");
    }
}
