//! What every file of the scan corpus becomes, pinned in `tests/golden/scans.tsv`.
//!
//! `UPDATE=1 cargo nextest run -p warrant-intake golden` rewrites it; look at what changes.

use crate::corpus;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use warrant_intake::{ReadError, recognise};
use warrant_model::fact::{Fact, Outcome};

#[test]
fn every_scan_becomes_what_the_golden_table_says() {
    let files = corpus::files("scans");
    if files.is_empty() {
        return;
    }
    let mut table = String::from(
        "file\treader\tassets\tservices\tcomponents\tweaknesses\tsuppressed\tpassed\tfailed\tother\tproblems\terror\n",
    );
    for (name, bytes) in &files {
        let _ = writeln!(table, "{name}\t{}", row(bytes));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/scans.tsv");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &table).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap();
    let by_name = |table: &str| -> BTreeMap<String, String> {
        table
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .collect()
    };
    let (known, found) = (by_name(&golden), by_name(&table));
    let mut differing = Vec::new();
    for (name, row) in &found {
        // A corpus with more files than ours is welcome; what is in the table must hold.
        if let Some(golden) = known.get(name).filter(|golden| *golden != row) {
            differing.push(format!("{name}\n  golden {golden}\n  now    {row}"));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    let recognised = found.values().filter(|row| !row.starts_with('-')).count() - 1;
    println!("{recognised} of {} files recognised", files.len());
}

fn row(bytes: &[u8]) -> String {
    let reader = match recognise(bytes) {
        Ok(reader) => reader,
        Err(error) => return format!("-\t\t\t\t\t\t\t\t\t\t{error}"),
    };
    let (gathered, reading) = corpus::read(reader, bytes);
    let count = |is: &dyn Fn(&Fact) -> bool| gathered.facts.iter().filter(|(_, fact)| is(fact)).count();
    let outcome = |wanted: &dyn Fn(Outcome) -> bool| {
        count(&|fact| matches!(fact, Fact::Check(check) if wanted(check.outcome)))
    };
    let error = match &reading {
        Ok(_) => String::new(),
        Err(ReadError::Empty { .. }) => "empty".to_owned(),
        Err(error) => error.to_string(),
    };
    format!(
        "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{error}",
        reader.id(),
        count(&|fact| matches!(fact, Fact::Asset(_))),
        count(&|fact| matches!(fact, Fact::Service(_))),
        count(&|fact| matches!(fact, Fact::Component(_))),
        count(&|fact| matches!(fact, Fact::Weakness(_))),
        count(&|fact| matches!(fact, Fact::Weakness(weakness) if weakness.suppressed)),
        outcome(&|outcome| outcome == Outcome::Pass),
        outcome(&|outcome| outcome == Outcome::Fail),
        outcome(&|outcome| !matches!(outcome, Outcome::Pass | Outcome::Fail)),
        gathered.problems.len(),
    )
}
