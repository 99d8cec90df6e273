//! `docs/checks.md` is written from the registries; `UPDATE=1` rewrites it.

use std::fmt::Write;
use std::path::Path;
use warrant_analysis::checks::{About, CHECKS};
use warrant_analysis::programme;

fn written() -> String {
    let mut text = String::from(
        "# Checks\n\nA check is a pure rule over a snapshot; what it finds is a deficiency. This page is generated from the\n\
         checks themselves: `UPDATE=1 cargo nextest run -p warrant-analysis documents` rewrites it. An exception names a\n\
         check by the id in its heading. How deficiencies are ordered is in [ranking.md](ranking.md).\n\n## Of a system\n",
    );
    CHECKS.iter().for_each(|check| section(&mut text, &check.about));
    text.push_str("\n## Of the programme\n");
    programme::CHECKS.iter().for_each(|check| section(&mut text, &check.about));
    text
}

fn section(text: &mut String, about: &About) {
    let About { id, title, why, source, false_positives } = about;
    let lines = format!(
        "\n### `{id}`\n\n**{title}.** {why}\n\n- Source: {source}\n- False positives: {false_positives}\n"
    );
    text.write_str(&lines).unwrap();
}

#[test]
fn the_page_of_checks_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/checks.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, written()).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == written(), "docs/checks.md is not current; run the test with UPDATE=1");
}

#[test]
fn the_page_on_ranking_names_every_table_of_weights() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/ranking.md");
    let page = std::fs::read_to_string(path).unwrap();
    let policy = include_str!("../../../../content/policy.toml");
    let tables = policy.lines().filter_map(|line| line.strip_prefix("[rank.")?.strip_suffix(']'));
    for table in tables {
        assert!(page.contains(&format!("| {table} |")), "docs/ranking.md does not explain `{table}`");
    }
}
