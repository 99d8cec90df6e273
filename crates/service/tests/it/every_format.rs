//! Every format of the corpus through the store: the same file again, written otherwise, without one of its items, and
//! with it again.

use crate::stores::{Engine, Fixture, open};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use warrant_model::Registry;
use warrant_service::import::{ImportFile, ImportOutcome, Mode, Progress};
use warrant_service::{Actor, ServiceError};

/// Files larger than this are not taken apart.
const LARGEST: usize = 150_000;

/// Ways of leaving something out that are tried per file.
const MOST_TRIES: usize = 40;

/// Files by the folder they are in, smallest first; empty when there is no corpus.
fn by_format() -> BTreeMap<String, Vec<PathBuf>> {
    let root = std::env::var_os("WARRANT_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"), PathBuf::from)
        .join("scans");
    let mut formats: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for folder in std::fs::read_dir(&root).into_iter().flatten().flatten() {
        let (mut files, mut folders) = (Vec::new(), vec![folder.path()]);
        while let Some(folder) = folders.pop() {
            for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        files.retain(|path| path.metadata().is_ok_and(|data| data.len() as usize <= LARGEST));
        files.sort_by_key(|path| (path.metadata().map_or(0, |data| data.len()), path.clone()));
        formats.insert(folder.file_name().to_string_lossy().into_owned(), files);
    }
    formats
}

struct Trial<'f> {
    fixture: &'f Fixture,
    system: String,
    name: String,
}

impl Trial<'_> {
    async fn import(&self, bytes: &[u8], mode: Mode) -> Result<ImportOutcome, ServiceError> {
        let file = ImportFile { name: self.name.clone(), bytes: bytes.into() };
        let progress = Arc::new(Progress::default());
        self.fixture.service.import(&Actor::program(), file, Some(&self.system), mode, progress).await
    }

    /// The file without one of its items: the first way of leaving something out after which one finding is missing.
    async fn without_one(&self, bytes: &[u8], whole: &ImportOutcome) -> Option<Vec<u8>> {
        for candidate in candidates(bytes).into_iter().take(MOST_TRIES) {
            let Ok(outcome) = self.import(&candidate, Mode::DryRun).await else { continue };
            let same = outcome.format == whole.format && outcome.targets == whole.targets;
            if same && (outcome.opened, outcome.closed) == (0, 1) && outcome.still_open == whole.opened - 1 {
                return Some(candidate);
            }
        }
        None
    }
}

/// The file with something left out, in many ways.
fn candidates(bytes: &[u8]) -> Vec<Vec<u8>> {
    if let Ok(value) = serde_json::from_slice::<Value>(bytes) {
        let mut found = Vec::new();
        shorter(&value, &mut Vec::new(), &mut found);
        // Lists first: what is in an object is an item of its own in few formats.
        found.sort_by_key(|(of, _)| *of);
        return found
            .into_iter()
            .map(|(_, path)| {
                let mut value = value.clone();
                let mut list = &mut value;
                for step in &path {
                    list = match step {
                        Step::Key(key) => &mut list[key],
                        Step::Nth(nth) => &mut list[nth],
                    };
                }
                match list {
                    Value::Array(items) => drop(items.pop()),
                    Value::Object(map) => {
                        let last = map.keys().next_back().cloned().unwrap_or_default();
                        map.remove(&last);
                    }
                    _ => {}
                }
                serde_json::to_vec(&value).unwrap()
            })
            .collect();
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return Vec::new() };
    if text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return elements(text);
    }
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    let without = |nth: usize| {
        let kept = lines.iter().enumerate().filter(|(at, _)| *at != nth).map(|(_, line)| *line);
        kept.collect::<String>().into_bytes()
    };
    (1..lines.len()).rev().map(without).collect()
}

#[derive(Clone)]
enum Step {
    Key(String),
    Nth(usize),
}

/// What something is left out of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    List,
    Object,
}

/// The ways to the lists of a document that hold anything, and to the objects that hold nothing but lists and objects.
fn shorter(value: &Value, path: &mut Vec<Step>, found: &mut Vec<(Of, Vec<Step>)>) {
    let mut below: Vec<(Step, &Value)> = Vec::new();
    match value {
        Value::Array(items) => {
            if !items.is_empty() {
                found.push((Of::List, path.clone()));
            }
            below.extend(items.iter().enumerate().map(|(nth, item)| (Step::Nth(nth), item)));
        }
        Value::Object(map) => {
            if map.values().all(|item| item.is_object() || item.is_array()) && !map.is_empty() {
                found.push((Of::Object, path.clone()));
            }
            below.extend(map.iter().map(|(key, item)| (Step::Key(key.clone()), item)));
        }
        _ => {}
    }
    for (step, item) in below {
        path.push(step);
        shorter(item, path, found);
        path.pop();
    }
}

/// The document without the last of the elements of each name, those with the fewest first.
fn elements(text: &str) -> Vec<Vec<u8>> {
    let mut starts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, _) in text.match_indices('<') {
        let name = text[at + 1..].split([' ', '>', '/', '\n', '\r', '\t']).next().unwrap_or_default();
        if name.starts_with(|first: char| first.is_alphabetic()) {
            starts.entry(name).or_default().push(at);
        }
    }
    let mut named: Vec<_> = starts.into_iter().filter(|(_, starts)| starts.len() > 1).collect();
    named.sort_by_key(|(_, starts)| starts.len());
    let without = |(name, starts): (&str, Vec<usize>)| {
        let from = *starts.last()?;
        let closing = format!("</{name}>");
        let head = from + text[from..].find('>')? + 1;
        let to = match text[..head].ends_with("/>") {
            true => head,
            false => from + text[from..].find(&closing)? + closing.len(),
        };
        Some(format!("{}{}", &text[..from], &text[to..]).into_bytes())
    };
    named.into_iter().filter_map(without).collect()
}

/// The same content in other bytes, `nth` of several ways.
fn otherwise(bytes: &[u8], nth: usize) -> Vec<u8> {
    let mut written = match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => serde_json::to_vec_pretty(&value).unwrap(),
        Err(_) if bytes.trim_ascii_start().starts_with(b"<") => [bytes, b"\n<!-- again -->"].concat(),
        Err(_) => bytes.to_vec(),
    };
    written.extend(std::iter::repeat_n(b'\n', nth + 2));
    written
}

#[tokio::test]
async fn one_item_less_closes_one_finding_and_one_more_reopens_it() {
    let formats = by_format();
    if formats.is_empty() {
        println!("skipped: no corpus of scans");
        return;
    }
    let fixture = open(Engine::Sqlite, Registry::standard()).await.unwrap();
    let (mut whole_way, mut same, mut untried, mut wrong) = (0, 0, Vec::new(), Vec::new());
    for (format, files) in &formats {
        let system = fixture.system(format).await.id;
        let trial = Trial { fixture: &fixture, system, name: format.clone() };
        let mut done = false;
        for path in files {
            let bytes = std::fs::read(path).unwrap();
            let Ok(first) = trial.import(&bytes, Mode::DryRun).await else { continue };
            if first.opened < 1 {
                continue;
            }
            let system = fixture.system(&format!("{format} {}", path.display())).await.id;
            let trial = Trial { system, fixture: &fixture, name: format.clone() };
            let first = trial.import(&bytes, Mode::Commit).await.unwrap();
            assert!(trial.import(&bytes, Mode::Commit).await.unwrap().already_known);
            let again = otherwise(&bytes, 1);
            let counts = |one: &ImportOutcome| (one.opened, one.still_open, one.closed, one.reopened);
            let told =
                |what: &str, one: &ImportOutcome| format!("{}: {what}: {:?}", path.display(), counts(one));
            match trial.import(&again, Mode::Commit).await {
                Ok(one) if counts(&one) == (0, first.opened, 0, 0) => same += 1,
                Ok(one) => wrong.push(told("written otherwise", &one)),
                Err(error) => wrong.push(format!("{}: written otherwise: {error}", path.display())),
            }
            let Some(less) = trial.without_one(&bytes, &first).await else { continue };
            let one = trial.import(&less, Mode::Commit).await.unwrap();
            if counts(&one) != (0, first.opened - 1, 1, 0) {
                wrong.push(told("one item less", &one));
            }
            // The file itself is known, so what comes back is once more written otherwise.
            let back = trial.import(&otherwise(&bytes, 2), Mode::Commit).await.unwrap();
            if counts(&back) != (0, first.opened - 1, 0, 1) {
                wrong.push(told("the item again", &back));
            }
            done = true;
            break;
        }
        if done { whole_way += 1 } else { untried.push(format.as_str()) }
    }
    println!(
        "{} formats: {whole_way} went the whole way, {same} files were written otherwise",
        formats.len()
    );
    println!("no file with two findings of which one could be left out: {}", untried.join(", "));
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(whole_way >= 100, "only {whole_way}");
}
