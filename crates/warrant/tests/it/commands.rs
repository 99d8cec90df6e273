//! Commands that need no store: formats, completions, man pages.

use crate::program::{expect, run};

#[test]
fn formats_are_the_readers() {
    let folder = tempfile::tempdir().unwrap();
    let listed = expect(folder.path(), 0, &["formats"]);
    let ids: Vec<&str> = listed.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let readers: Vec<&str> = warrant_intake::formats::READERS.iter().map(|reader| reader.id()).collect();
    assert_eq!(ids, readers);
}

#[test]
fn completions_know_every_command() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish"] {
        let script = expect(folder.path(), 0, &["completions", shell]);
        for command in ["deficiencies", "checkpoint", "export", "resolve"] {
            assert!(script.contains(command), "{shell} does not know {command}");
        }
    }
    assert_eq!(run(folder.path(), &["completions", "tcl"]).status.code(), Some(2));
}

#[test]
fn there_is_a_man_page_for_every_command() {
    let folder = tempfile::tempdir().unwrap();
    expect(folder.path(), 0, &["man", "."]);
    for page in ["warrant.1", "warrant-import.1", "warrant-ledger-prove.1", "warrant-records-export.1"] {
        let text = std::fs::read_to_string(folder.path().join(page)).unwrap();
        assert!(text.contains(".SH SYNOPSIS"), "{page}");
    }
}
