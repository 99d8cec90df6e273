//! Reads files and prints the reader, the facts and the problems of each: `--example read -- [-q] FILE…`.
#![allow(clippy::print_stdout, reason = "this is a program for the terminal")]

use warrant_intake::reader::Gathered;
use warrant_intake::{Input, Limits, Mapping, formats, recognise_among};

fn main() {
    let mut mappings = Vec::new();
    let mut quiet = false;
    let mut files = Vec::new();
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "-q" => quiet = true,
            path if path.ends_with(".toml") => match std::fs::read_to_string(path) {
                Ok(text) => match Mapping::parse(path, &text) {
                    Ok(mapping) => {
                        let example = warrant_intake::Reader::example(&mapping).bytes.to_vec();
                        files.push((format!("{path} (example)"), example));
                        mappings.push(mapping);
                    }
                    Err(error) => println!("{error}"),
                },
                Err(error) => println!("{path}: {error}"),
            },
            path => files.push((path.to_owned(), std::fs::read(path).unwrap_or_default())),
        }
    }
    let embedded =
        formats::embedded().filter_map(|mapping| mapping.map_err(|error| println!("{error}")).ok());
    let readers = formats::readers_with(embedded.chain(mappings));
    for (name, bytes) in files {
        let reader = match recognise_among(&readers, &bytes) {
            Ok(reader) => reader,
            Err(error) => {
                println!("{name}: UNRECOGNISED {error}");
                continue;
            }
        };
        let mut gathered = Gathered::default();
        let input = Input { name: &name, bytes: &bytes, limits: Limits::default() };
        let reading = reader.read(&input, &mut gathered);
        let (facts, problems) = (gathered.facts.len(), gathered.problems.len());
        match &reading {
            Ok(reading) => println!(
                "{name}: {} facts {facts} problems {problems} tool {:?} at {:?} targets {} {:?}",
                reader.id(),
                reading.tool,
                reading.observed_at,
                reading.targets.len(),
                reading.targets.iter().take(3).collect::<Vec<_>>(),
            ),
            Err(error) => println!("{name}: {} facts {facts} problems {problems} ERROR {error}", reader.id()),
        }
        if !quiet {
            gathered.facts.iter().take(3).for_each(|(place, fact)| println!("  {place:?} {fact:?}"));
        }
        gathered.problems.iter().take(2).for_each(|(place, said)| println!("  PROBLEM {place:?} {said}"));
    }
}
