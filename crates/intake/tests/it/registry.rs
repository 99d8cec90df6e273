//! What must hold for the list of readers: complete, in order, and every example goes to its own reader.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;
use warrant_intake::formats::{self, READERS};
use warrant_intake::reader::Gathered;
use warrant_intake::{Input, Limits, Mapping, ReadError, Reader, Sniff, recognise};

#[test]
fn readers_are_listed_once_in_order_and_described() {
    let ids: Vec<&str> = READERS.iter().map(|reader| reader.id()).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "not sorted, or one twice: {ids:?}");
    for reader in READERS.iter() {
        let id = reader.id();
        assert!(id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-')), "{id}");
        for words in [reader.title(), reader.source(), reader.yields()] {
            assert!(!words.trim().is_empty() && !words.contains('\n'), "{id}: {words:?}");
        }
    }
}

#[test]
fn every_file_of_formats_that_is_a_reader_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/formats");
    let mut missing = Vec::new();
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let Some(name) =
            path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".rs"))
        else {
            continue;
        };
        let is_reader = std::fs::read_to_string(&path).unwrap().contains("\nimpl Reader for ");
        if is_reader && !READERS.iter().any(|reader| reader.id() == name.replace('_', "-")) {
            missing.push(name.to_owned());
        }
    }
    assert!(
        missing.is_empty(),
        "readers without a line in READERS, or whose id is not their file: {missing:?}"
    );
}

#[test]
fn every_example_goes_to_its_own_reader_and_yields_what_it_promises() {
    let problems = |mapping: Mapping| {
        (mapping.id(), mapping.example_problems().unwrap_or_else(|fault| panic!("{fault}")))
    };
    let mapped: BTreeMap<&str, usize> =
        formats::embedded().map(|mapping| problems(mapping.unwrap())).collect();
    assert!(mapped.len() > 200);
    let mut conflicts = Vec::new();
    for reader in READERS.iter() {
        let (id, example) = (reader.id(), reader.example());
        let sniff = Sniff::of(example.bytes);
        let own = reader.recognise(&sniff);
        for other in READERS.iter().filter(|other| other.id() != id) {
            let claim = other.recognise(&sniff);
            if claim >= own {
                conflicts.push(format!("{id}'s example: {} claims {claim:?}, {id} {own:?}", other.id()));
            }
        }
        let (gathered, reading) = read(*reader, example.bytes);
        let reading = reading.unwrap_or_else(|error| panic!("{id}: {error}"));
        let problems = mapped.get(id).copied().unwrap_or(0);
        assert_eq!(gathered.problems.len(), problems, "{id}: {:?}", gathered.problems);
        assert_eq!(gathered.facts.len(), example.facts, "{id}");
        assert!(!reading.targets.is_empty() || id == "training-roster", "{id} names no target");
        assert!(!reading.tool.name.is_empty(), "{id} names no tool");
    }
    assert!(conflicts.is_empty(), "{conflicts:#?}");
}

#[test]
fn examples_with_a_mark_or_in_utf16_are_the_same_files() {
    for reader in READERS.iter().filter(|reader| !reader.example().bytes.starts_with(b"PK")) {
        let Ok(text) = std::str::from_utf8(reader.example().bytes) else { continue };
        // What the declaration of an XML file says about its encoding must stay true.
        if text.contains("encoding=") {
            continue;
        }
        let marked = format!("\u{feff}{text}").into_bytes();
        let wide: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [marked, wide] {
            assert_eq!(recognise(&bytes).map(Reader::id), Ok(reader.id()));
            let (gathered, reading) = read(*reader, &bytes);
            assert!(reading.is_ok(), "{}: {reading:?}", reader.id());
            assert_eq!(gathered.facts.len(), reader.example().facts, "{}", reader.id());
        }
    }
}

#[test]
fn limits_are_kept_by_every_reader() {
    for reader in READERS.iter() {
        let input = |limits| Input { name: "limited", bytes: reader.example().bytes, limits };
        let small = Limits { bytes: 10, ..Limits::default() };
        let refused = reader.read(&input(small), &mut Gathered::default());
        assert!(matches!(refused, Err(ReadError::Limit { .. })), "{}: {refused:?}", reader.id());
        let most = reader.example().facts as u64 - 1;
        let few = Limits { facts: most, ..Limits::default() };
        let mut gathered = Gathered::default();
        let stopped = reader.read(&input(few), &mut gathered);
        assert!(matches!(stopped, Err(ReadError::Limit { .. })), "{}: {stopped:?}", reader.id());
        assert!(gathered.facts.len() as u64 <= most, "{}", reader.id());
    }
}

/// Every scan of the corpus is shown to every reader: none may panic, and what claims a file reads it or says
/// that it is empty or of another version.
#[test]
fn the_corpus_is_recognised_without_a_panic() {
    #[derive(Default)]
    struct Tally {
        files: usize,
        facts: usize,
        bytes: usize,
        seconds: f64,
        refused: Vec<String>,
    }
    let corpus = std::env::var_os("WARRANT_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"), PathBuf::from);
    let files = files_below(&corpus.join("scans"));
    if files.is_empty() {
        println!("skipped: no corpus at {}", corpus.display());
        return;
    }
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for path in &files {
        let bytes = std::fs::read(path).unwrap();
        let Ok(reader) = recognise(&bytes) else { continue };
        let tally = tallies.entry(reader.id()).or_default();
        let start = Instant::now();
        let (gathered, reading) = read(reader, &bytes);
        tally.seconds += start.elapsed().as_secs_f64();
        tally.bytes += bytes.len();
        tally.files += 1;
        tally.facts += gathered.facts.len();
        if let Err(error) = reading {
            let is_said = matches!(error, ReadError::Empty { .. } | ReadError::Version { .. });
            assert!(is_said, "{}: {error}", path.display());
            tally.refused.push(format!("{}: {error}", path.strip_prefix(&corpus).unwrap().display()));
        }
    }
    let recognised: usize = tallies.values().map(|tally| tally.files).sum();
    println!("{recognised} of {} files recognised", files.len());
    for (id, tally) in &tallies {
        let speed = tally.bytes as f64 / 1e6 / tally.seconds.max(1e-9);
        println!(
            "{id}: {} files, {} facts, {speed:.1} MB/s, {} refused",
            tally.files,
            tally.facts,
            tally.refused.len()
        );
        tally.refused.iter().for_each(|refused| println!("  {refused}"));
    }
    assert!(recognised > 0);
}

/// The formats that are our own are documented by an example that is read as that format.
#[test]
fn documented_formats_are_as_documented() {
    for (id, facts) in [("host-snapshot", 5), ("backup-run", 3)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../docs/{id}.md"));
        let text = std::fs::read_to_string(path).unwrap();
        let json = text.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        let reader = recognise(json.as_bytes()).unwrap();
        assert_eq!(reader.id(), id);
        let (gathered, reading) = read(reader, json.as_bytes());
        assert!(reading.is_ok(), "{id}: {reading:?}");
        assert_eq!(gathered.problems, [], "{id}");
        assert!(gathered.facts.len() >= facts, "{id}: {}", gathered.facts.len());
    }
}

/// Real files, cut and with bits turned: an error or a reading, never a panic.
#[test]
fn damaged_corpus_files_do_not_panic() {
    let corpus = std::env::var_os("WARRANT_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"), PathBuf::from);
    let mut tried = 0;
    for path in files_below(&corpus.join("scans")) {
        let bytes = std::fs::read(&path).unwrap();
        let Ok(reader) = recognise(&bytes) else { continue };
        if bytes.len() > 16 * 1024 {
            continue;
        }
        let step = bytes.len() / 4 + 1;
        let mut flipped = bytes.clone();
        for at in (0..bytes.len()).step_by(step) {
            let _ = read(reader, &bytes[..at]);
            let _ = recognise(&bytes[at..]).map(|reader| read(reader, &bytes[at..]));
            flipped[at] ^= 1 << (at % 8);
            let _ = read(reader, &flipped);
        }
        tried += 1;
    }
    println!("{tried} files damaged; corpus at {}", corpus.display());
}

/// Ten thousand components: the line of each is right, and time grows with the size of the file only.
#[test]
fn a_large_bill_is_read_with_the_line_of_every_component() {
    let mut text =
        String::from("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \"components\": [\n");
    for number in 0..10_000 {
        let comma = if number == 0 { "" } else { "," };
        text += &format!(
            "{comma}{{\"type\": \"library\", \"name\": \"part-{number}\", \"purl\": \"pkg:npm/part-{number}@1.0\"}}\n"
        );
    }
    text += "]}";
    let start = Instant::now();
    let (gathered, reading) = read(recognise(text.as_bytes()).unwrap(), text.as_bytes());
    let seconds = start.elapsed().as_secs_f64();
    assert!(reading.is_ok());
    assert_eq!(gathered.facts.len(), 10_000);
    assert!(gathered.facts.iter().enumerate().all(|(number, (place, _))| place.line as usize == number + 2));
    println!("{:.1} MB/s", text.len() as f64 / 1e6 / seconds);
}

#[test]
fn an_unknown_file_is_described() {
    let Err(error) = recognise(b"{\"surprise\": 1}") else { panic!("recognised") };
    assert!(error.to_string().contains("a JSON object with key surprise"), "{error}");
}

fn read(reader: &dyn Reader, bytes: &[u8]) -> (Gathered, Result<warrant_intake::Reading, ReadError>) {
    let mut gathered = Gathered::default();
    let reading = reader.read(&Input { name: "trial", bytes, limits: Limits::default() }, &mut gathered);
    (gathered, reading)
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

/// The mapping that the documentation works out reads the report it shows.
#[test]
fn the_worked_example_of_the_documentation_works() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/readers.md");
    let text = std::fs::read_to_string(path).unwrap();
    let fenced =
        |language: &str| text.split(&format!("```{language}\n")).nth(1).unwrap().split("```").next().unwrap();
    let mapping = Mapping::parse("docs/readers.md", fenced("toml")).unwrap();
    let readers = formats::readers_with([mapping]);
    let report = fenced("json").as_bytes();
    let reader = warrant_intake::recognise_among(&readers, report).unwrap();
    assert_eq!(reader.id(), "portero");
    let (gathered, reading) = read(reader, report);
    assert_eq!(reading.unwrap().targets, ["shop.example"]);
    let facts: Vec<String> =
        gathered.facts.iter().map(|(_, fact)| serde_json::to_string(fact).unwrap()).collect();
    assert_eq!(facts.len(), 2);
    for words in
        ["\"rule\":\"TLS-07\"", "\"severity\":\"high\"", "CVE-2011-3389", "\"cwes\":[327]", "\"port\":443"]
    {
        assert!(facts[0].contains(words), "{words}: {}", facts[0]);
    }
    assert!(facts[1].contains("\"suppressed\":true"), "{}", facts[1]);
}
