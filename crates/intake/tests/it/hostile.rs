//! Hostile files for every family of parsers: an error or a bounded result, in bounded memory and time, never a panic;
//! and a file that was cut off is not taken for a whole one.
//!
//! Memory is the peak of the process as Linux tells it; elsewhere that half of the promise is not looked at.

use crate::corpus;
use std::fmt::Debug;
use std::io::{Cursor, Write};
use warrant_intake::formats::{PROGRAMMED, READERS};
use warrant_intake::table::{self, Sheet, read_table};
use warrant_intake::{Limits, ReadError, Reader, recognise};
use zip::write::{SimpleFileOptions, ZipWriter};

const MIB: usize = 1 << 20;

/// A line of this length is within the limit on files.
const LONG: usize = 16 * MIB;

/// What reading a small file may take, however it is made: bombs are small.
const SMALL: u64 = 192 * MIB as u64;

/// A file of more bytes is shown to one reader of each family.
const LARGER: usize = 16 << 10;

/// How much more than its own size reading a large file may take: forty bytes for a value of one, and room to grow.
const TIMES: u64 = 24;

/// Forgets the peak of memory so far; the memory in use now. `None` where that is not to be had.
fn mark() -> Option<u64> {
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    status("VmRSS:")
}

/// A line of the process's status, in bytes.
fn status(name: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
}

/// Does something, and holds it to memory; what never ends is stopped by the test runner.
fn within<T>(what: &dyn Debug, memory: u64, work: impl FnOnce() -> T) -> T {
    let before = mark();
    let done = work();
    if let Some((before, peak)) = before.zip(status("VmHWM:")) {
        let grown = peak.saturating_sub(before);
        assert!(grown <= memory, "{what:?} took {} MiB", grown / MIB as u64);
    }
    done
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// What the bytes of an example are.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Family {
    Archive,
    Xml,
    Html,
    Json,
    JsonLines,
    Text,
}

fn family(reader: &dyn Reader) -> Family {
    let bytes = reader.example().bytes;
    let text = String::from_utf8_lossy(bytes);
    let head = text.trim_start().to_ascii_lowercase();
    if bytes.starts_with(b"PK") {
        Family::Archive
    } else if head.starts_with("<!doctype html") || head.starts_with("<html") {
        Family::Html
    } else if head.starts_with('<') {
        Family::Xml
    } else if serde_json::from_str::<serde_json::Value>(&text).is_ok() {
        Family::Json
    } else if head.starts_with(['{', '[']) {
        Family::JsonLines
    } else {
        Family::Text
    }
}

/// The files that a reader of any family may be shown, each of at most some hundred kilobytes.
fn small() -> Vec<(String, Vec<u8>)> {
    const DEEP: usize = 100_000;
    let nested = |open: &str, close: &str| {
        let mut text = open.repeat(DEEP);
        text.push_str(&close.repeat(DEEP));
        text.into_bytes()
    };
    let laughs: String =
        (1..10).map(|at| format!("<!ENTITY l{at} \"{}\">", format!("&l{};", at - 1).repeat(10))).collect();
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("nested lists".into(), nested("[", "]")),
        ("nested objects".into(), nested("{\"a\":", "}")),
        ("lists that stay open".into(), "[".repeat(DEEP).into_bytes()),
        ("objects that stay open".into(), "{\"a\":".repeat(DEEP).into_bytes()),
        ("nested elements".into(), nested("<a>", "</a>")),
        ("elements that stay open".into(), "<a>".repeat(DEEP).into_bytes()),
        ("nested blocks".into(), [&b"<html>"[..], &nested("<div>", "</div>")].concat()),
        ("blocks that stay open".into(), format!("<html>{}", "<div><b>".repeat(DEEP / 2)).into_bytes()),
        ("ends without beginnings".into(), format!("<html>{}", "</div>".repeat(DEEP)).into_bytes()),
        (
            "billion laughs".into(),
            format!("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY l0 \"ha\">{laughs}]><a>&l9;</a>")
                .into_bytes(),
        ),
        (
            "outside entity".into(),
            b"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>".to_vec(),
        ),
        (
            "parameter entity".into(),
            b"<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://127.0.0.1:9/x\"> %x;]><a/>".to_vec(),
        ),
        ("outside type".into(), b"<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/x.dtd\"><a/>".to_vec()),
        (
            "namespaces".into(),
            format!("<a {}/>", (0..20_000).map(|at| format!("xmlns:n{at}=\"u\" ")).collect::<String>())
                .into_bytes(),
        ),
        (
            "attributes".into(),
            format!("<a {}/>", (0..50_000).map(|at| format!("b{at}=\"\" ")).collect::<String>()).into_bytes(),
        ),
        (
            "half a surrogate".into(),
            br#"{"results": [{"a": "\ud800"}, {"\udfff": "\ud800\ud800"}]}"#.to_vec(),
        ),
        (
            "large numbers".into(),
            format!("[{}, 1e999999, -0, {}]", "9".repeat(DEEP), "1".repeat(400)).into_bytes(),
        ),
        ("quotes".into(), "\"".repeat(DEEP).into_bytes()),
        ("columns".into(), ",".repeat(DEEP).into_bytes()),
        ("backslashes".into(), format!("[\"{}", "\\".repeat(DEEP)).into_bytes()),
        ("tags that stay open".into(), format!("<html>{}", "<a b='".repeat(DEEP / 4)).into_bytes()),
        ("references".into(), format!("<html>{}", "&#x".repeat(DEEP)).into_bytes()),
        (
            "bad bytes".into(),
            (0..DEEP).map(|at| [0xFF, 0xC0, 0x80, 0xED, 0xA0, b'\n', b'a', b'{'][at % 8]).collect(),
        ),
        ("zeros".into(), vec![0; DEEP]),
        ("half a mark".into(), vec![0xEF, 0xBB]),
        ("odd wide text".into(), [&[0xFF, 0xFE][..], &b"{\0\"\0a\0\"\0:\0\x00\xD8}\0"[..], &[0]].concat()),
        ("nothing".into(), Vec::new()),
    ];
    let zeros = vec![b'0'; 64 * MIB];
    let sheet =
        |content: &[u8]| archive(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", content)]);
    files.extend([
        (
            "a bomb of anything".to_owned(),
            archive(&[("a.json", &zeros), ("audit.fvdl", &zeros), ("a.csv", &zeros)]),
        ),
        ("a bomb of a workbook".to_owned(), sheet(&zeros)),
        ("a bomb of a document".to_owned(), archive(&[("mimetype", b"x"), ("content.xml", &zeros)])),
        (
            "entities in a workbook".to_owned(),
            sheet(b"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><workbook>&x;</workbook>"),
        ),
        (
            "members with bad names".to_owned(),
            archive(&[("../../../tmp/x.json", b"{}"), ("/etc/passwd", b"{}"), ("C:\\x.csv", b"a")]),
        ),
        ("an archive in an archive".to_owned(), archive(&[("a.zip", &archive(&[("a.json", &zeros)]))])),
    ]);
    let names: Vec<String> = (0..20_000).map(|at| format!("{at}.json")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"{}"[..])).collect();
    files.push(("members".to_owned(), archive(&many)));
    files
}

/// What came of a file that a reader was given, whether it is its own or not.
fn survives(what: &str, reader: &dyn Reader, bytes: &[u8], memory: u64) {
    let name = (what, reader.id());
    let (gathered, reading) = within(&name, memory, || corpus::read(reader, bytes));
    let count = gathered.facts.len() + gathered.problems.len();
    assert!(count <= bytes.len().max(16), "{name:?}: {count} facts of {} bytes", bytes.len());
    let said = format!("{:?}", gathered.facts);
    assert!(!said.contains("root:x:0"), "{name:?} read a file of this machine");
    if let Err(error) = reading {
        let said = error.to_string();
        assert!(said.len() < 4_000, "{name:?}: an error of {} bytes", said.len());
    }
}

fn table_is_bounded(what: &str, bytes: &[u8], memory: u64) {
    if let Ok(table) = within(&what, memory, || read_table(bytes, Sheet::First, &Limits::default())) {
        let cells: usize = table.rows.iter().map(|row| row.cells.len()).sum();
        assert!(table.headers.len() <= table::COLUMNS && cells <= table::CELLS, "{what}");
    }
}

#[test]
fn every_reader_survives_every_small_hostile_file() {
    let files = small();
    if mark().is_none() {
        println!("skipped: the peak of memory is not told here");
    }
    // What is written down shares its family's parser: larger files are shown to one of each, and to what is programmed.
    let mut families = Vec::new();
    let programmed: Vec<&str> = PROGRAMMED.iter().map(|reader| reader.id()).collect();
    let alone = |reader: &&dyn Reader| {
        let family = family(*reader);
        let is_first = !families.contains(&family);
        families.push(family);
        is_first || programmed.contains(&reader.id())
    };
    let alone: Vec<&dyn Reader> = READERS.iter().copied().filter(alone).collect();
    for (what, bytes) in &files {
        within(what, SMALL, || recognise(bytes).map(Reader::id).ok());
        let readers: &[&dyn Reader] = if bytes.len() > LARGER { &alone } else { &READERS };
        for reader in readers {
            survives(what, *reader, bytes, SMALL);
        }
        table_is_bounded(what, bytes, SMALL);
    }
}

/// An entity in each XML format's own example: it is refused before anything is resolved, and laughs stay few.
#[test]
fn entities_in_every_xml_format_are_refused() {
    let mut tried = 0;
    for reader in READERS.iter().filter(|reader| family(**reader) == Family::Xml) {
        let text = std::str::from_utf8(reader.example().bytes).unwrap().trim_start();
        let (declaration, rest) = match text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
            Some((declaration, rest)) => (format!("<?xml{declaration}?>"), rest),
            None => (String::new(), text),
        };
        // Into the text of the first element that holds any.
        let Some(at) = rest
            .match_indices('>')
            .map(|(at, _)| at + 1)
            .find(|at| rest[*at..].starts_with(|c: char| c.is_alphanumeric()))
        else {
            continue;
        };
        let (before, behind) = rest.split_at(at);
        let root = before.split_once('<').unwrap().1;
        let root: String = root.chars().take_while(|c| !c.is_whitespace() && *c != '>').collect();
        let kinds = [
            "<!ENTITY x SYSTEM \"file:///etc/passwd\">".to_owned(),
            "<!ENTITY y \"haha\"><!ENTITY x \"&y;&y;&y;\">".to_owned(),
            "<!ENTITY % p SYSTEM \"http://127.0.0.1:9/p\">%p;".to_owned(),
        ];
        for entity in kinds {
            let file = format!("{declaration}<!DOCTYPE {root} [{entity}]>{before}&x;{behind}");
            let (_, reading) = within(&reader.id(), SMALL, || corpus::read(*reader, file.as_bytes()));
            assert!(matches!(reading, Err(ReadError::Entity { .. })), "{}: {reading:?}\n{file}", reader.id());
        }
        tried += 1;
    }
    println!("{tried} formats in XML");
    assert!(tried > 15);
}

/// Every example is cut at twenty places. What tells its end by itself is not read as if it were whole: findings that
/// are cut off would count as closed.
#[test]
fn what_is_cut_off_is_not_taken_for_whole() {
    let (mut cuts, mut silent) = (0, Vec::new());
    for reader in READERS.iter() {
        let example = reader.example();
        let bytes = example.bytes.trim_ascii_end();
        let family = family(*reader);
        for part in 0..20 {
            let end = bytes.len() * part / 20;
            let (gathered, reading) = within(&reader.id(), SMALL, || corpus::read(*reader, &bytes[..end]));
            within(&reader.id(), SMALL, || recognise(&bytes[..end]).map(Reader::id).ok());
            cuts += 1;
            assert!(gathered.facts.len() <= example.facts, "{} cut at {end}", reader.id());
            let tells = matches!(family, Family::Archive | Family::Xml | Family::Json);
            if tells && reading.is_ok() {
                silent.push(format!(
                    "{} ({family:?}) cut at {end} of {}: {:?}",
                    reader.id(),
                    bytes.len(),
                    gathered.facts.len()
                ));
            }
        }
    }
    println!("{cuts} cuts");
    assert!(silent.is_empty(), "{silent:#?}");
}

/// Bytes that are no UTF-8 in the middle of every example: an error with its line, or what can be read.
#[test]
fn bad_bytes_in_every_example_are_survived() {
    for reader in READERS.iter() {
        let bytes = reader.example().bytes;
        for bad in [&b"\xFF"[..], b"\xC0\x80", b"\xED\xA0\x80", b"\xF5\x80\x80\x80", b"\0", b"\x1b[2J"] {
            for part in 1..5 {
                let at = bytes.len() * part / 5;
                let file = [&bytes[..at], bad, &bytes[at..]].concat();
                survives("bad bytes", *reader, &file, SMALL);
            }
        }
    }
}

/// One line of 16 MiB, by what it is made of, and readers of that family. Most are refused for the length of a text, the
/// number of columns or what is missing; the others are read.
fn long_lines_are_bounded(readers: &[&str], lines: &[(&str, &str, &str, &str)]) {
    for (what, open, filling, close) in lines {
        // A line of many parts is shorter: without optimisation a part takes some microseconds.
        let is_one_part = filling.len() == 1 && *filling != "<";
        let length = if is_one_part { LONG } else { LONG / 64 };
        let text = format!("{open}{}{close}", filling.repeat(length / filling.len()));
        let memory = TIMES * LONG as u64;
        within(what, SMALL, || recognise(text.as_bytes()).map(Reader::id).ok());
        for id in readers {
            let Some(reader) = READERS.iter().find(|reader| reader.id() == *id) else {
                panic!("no reader {id}")
            };
            survives(what, *reader, text.as_bytes(), memory);
        }
    }
}

#[test]
fn long_lines_of_json_are_bounded() {
    let lines = [
        ("a text", "{\"bomFormat\": \"", "a", "\"}"),
        ("escapes", "[{\"RuleID\": \"", "\\u0041", "\"}]"),
        ("numbers", "{\"results\": [", "1,", "1]}"),
        ("space", "{\"runs\":", " ", "[]}"),
        ("keys", "{", "\"a\":1,", "\"a\":1}"),
    ];
    long_lines_are_bounded(&["cyclonedx-json", "sarif", "gitleaks"], &lines);
}

#[test]
fn long_lines_of_xml_are_bounded() {
    let lines = [
        ("a text", "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\"><a>", "a", "</a></bom>"),
        ("an attribute", "<NessusClientData_v2 a=\"", "a", "\"/>"),
        ("elements", "<nmaprun>", "<a/>", "</nmaprun>"),
        ("a comment", "<nmaprun><!--", "-a", "--></nmaprun>"),
        ("a name", "<", "a", "/>"),
    ];
    long_lines_are_bounded(&["cyclonedx-xml", "nmap", "openvas-xml"], &lines);
}

#[test]
fn long_lines_of_tables_are_bounded() {
    let lines = [
        ("a cell", "Email,Course\n", "a", ""),
        ("cells", "Email,Course\n", "a,", ""),
        ("a quoted cell", "Email,Course\n\"", "\"\"", ""),
    ];
    long_lines_are_bounded(&["training-roster", "deepfence-findings"], &lines);
}

#[test]
fn long_lines_of_text_are_bounded() {
    let lines = [("words", "", "word word: /x FOUND ", ""), ("letters", "", "a", "")];
    long_lines_are_bounded(&["yara", "clamav", "spdx-tag-value"], &lines);
}

#[test]
fn long_lines_of_html_are_bounded() {
    let lines = [
        ("letters", "<html>", "a", ""),
        ("tags", "<html>", "<p>", ""),
        ("a tag", "<html><a ", "b ", ""),
        ("openings", "<html>", "<", ""),
    ];
    long_lines_are_bounded(&["burp-dast", "sonarqube-html"], &lines);
}
