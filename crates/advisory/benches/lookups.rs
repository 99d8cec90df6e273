//! Look-ups a second on one core: `cargo bench -p warrant-advisory`.
//!
//! With the corpus beside the repository, every version the PyPA, RustSec and Go advisories list; always, a made-up
//! registry of 50,000 packages. Seconds are of the processor, where the system tells them, so that a busy machine does
//! not blur them; they are of this machine and mean something only beside each other.

use std::hint::black_box;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;
use warrant_advisory::database::{Database, Match, Scratch};
use warrant_advisory::ecosystem::purl_kind;
use warrant_advisory::feed::Feed;
use warrant_advisory::formats::{Limits, read};
use warrant_advisory::judge::{Answer, Component, Context, Question};

/// Ecosystem, name and version of every look-up, one behind the other as in a bill of materials that is being read:
/// scattered over memory, fetching the questions would take as long as answering them.
#[derive(Default)]
struct Queries {
    text: String,
    ends: Vec<[u32; 3]>,
}

impl Queries {
    fn push(&mut self, words: [&str; 3]) {
        self.ends.push(words.map(|word| {
            self.text.push_str(word);
            self.text.len() as u32
        }));
    }

    fn iter(&self) -> impl Iterator<Item = [&str; 3]> {
        let mut from = 0;
        self.ends.iter().map(move |ends| {
            ends.map(|end| {
                let word = &self.text[from..end as usize];
                from = end as usize;
                word
            })
        })
    }
}

fn main() {
    if let Some(feed) = corpus() {
        let mut queries = Queries::default();
        for affected in feed.advisories.iter().flat_map(|advisory| &advisory.affected) {
            let bounds = affected.spans.iter().flat_map(|span| span.from.iter().chain(&span.to));
            let versions =
                bounds.map(|limit| &limit.version).chain(&affected.versions).chain(&affected.fixed);
            versions.for_each(|version| queries.push([&affected.ecosystem, &affected.name, version]));
        }
        measure("corpus (PyPA, RustSec, Go)", feed, &queries);
    }
    let (feed, queries) = made_up();
    measure("made up (npm, 50,000 packages)", feed, &queries);
}

fn measure(title: &str, feed: Feed, queries: &Queries) {
    let advisories = feed.advisories.len();
    let start = Stopwatch::start();
    let database = Database::new(feed);
    say(&format!("{title}: {advisories} advisories indexed in {:.3} s", start.seconds()));
    let mut scratch = Scratch::default();
    let (mut count, mut hits) = (0u64, 0u64);
    let start = Stopwatch::start();
    while start.seconds() < 2.0 {
        for [ecosystem, name, version] in queries.iter() {
            count += 1;
            let Some(package) = database.find(ecosystem, name) else { continue };
            for table in database.tables(package) {
                if let Match::Read(found) = table.look_up(version, &mut scratch) {
                    hits += found.count() as u64;
                }
            }
        }
    }
    let rate = count as f64 / start.seconds() / 1e6;
    say(&format!("  look-ups by ecosystem, name and version: {rate:.2} M/s, {hits} hits"));
    (count, hits) = (0, 0);
    let start = Stopwatch::start();
    while start.seconds() < 2.0 {
        for [ecosystem, name, version] in queries.iter() {
            count += 1;
            let Some(package) = database.find(ecosystem, name) else { continue };
            let found = database.rules_at(package, version, &mut scratch, |group| {
                black_box(group);
            });
            hits += found.unwrap_or_default() as u64;
        }
    }
    let rate = count as f64 / start.seconds() / 1e6;
    say(&format!("  the same with the vulnerability of each hit: {rate:.2} M/s, {hits} hits"));
    let components: Vec<Component> = queries
        .iter()
        .take(50_000)
        .filter_map(|[ecosystem, name, version]| {
            let purl = format!("pkg:{}/{name}@{version}", purl_kind(ecosystem)?);
            Some(Component { purl: Some(purl), ..Component::default() })
        })
        .collect();
    let question = Question { now: jiff::Timestamp::UNIX_EPOCH, max_age_days: None };
    let context = Context::default();
    let start = Stopwatch::start();
    let affected = components
        .iter()
        .filter(|component| database.judge(component, question, &context).answer == Answer::Affected)
        .count();
    let rate = components.len() as f64 / start.seconds() / 1e6;
    say(&format!("  judgements in full, from package URL to words: {rate:.2} M/s, {affected} affected"));
}

/// Time this thread had the processor (Linux); elsewhere time that passed.
struct Stopwatch {
    processor: Option<u64>,
    wall: Instant,
}

impl Stopwatch {
    fn start() -> Self {
        Self { processor: processor(), wall: Instant::now() }
    }

    fn seconds(&self) -> f64 {
        match (self.processor, processor()) {
            (Some(start), Some(now)) => (now - start) as f64 / 1e9,
            _ => self.wall.elapsed().as_secs_f64(),
        }
    }
}

/// Nanoseconds this thread had the processor.
fn processor() -> Option<u64> {
    std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split(' ').next()?.parse().ok()
}

fn corpus() -> Option<Feed> {
    let root = std::env::var_os("WARRANT_CORPUS")
        .map(PathBuf::from)
        .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"));
    let mut feed = Feed::default();
    let mut folders = vec![root.join("advisories")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).ok()?.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = std::fs::read(&path) {
                read(&path.display().to_string(), &bytes, Limits::default(), &mut feed);
            }
        }
    }
    Some(feed)
}

/// Four advisories with two stretches each for every package, and queries all over.
fn made_up() -> (Feed, Queries) {
    let (mut feed, mut queries) = (Feed::default(), Queries::default());
    for package in 0..50_000u64 {
        for advisory in 0..4u64 {
            let major = (package + advisory) % 7;
            let text = format!(
                r#"{{"id": "X-{package}-{advisory}", "modified": "2026-01-01T00:00:00Z", "affected": [{{"package":
                {{"ecosystem": "npm", "name": "package-{package}"}}, "ranges": [{{"type": "SEMVER", "events": [
                {{"introduced": "{major}.1.0"}}, {{"fixed": "{major}.{}.3"}}, {{"introduced": "{}.0.0"}},
                {{"fixed": "{}.2.0-rc.1"}}]}}]}}]}}"#,
                3 + advisory,
                major + 2,
                major + 2,
            );
            read("made-up", text.as_bytes(), Limits::default(), &mut feed);
        }
        let scattered = package.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for version in 0..4u64 {
            let name = format!("package-{}", (scattered >> 8).wrapping_add(version * 7919) % 50_000);
            let version = format!("{}.{}.{}", scattered % 9, (scattered >> 16) % 12, version);
            queries.push(["npm", &name, &version]);
        }
    }
    (feed, queries)
}

fn say(text: &str) {
    let _closed_pipe = writeln!(std::io::stdout(), "{text}");
}
