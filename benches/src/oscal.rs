//! Reading and validating an OSCAL document with every constraint: `bench oscal FILE [TIMES]`.
//!
//! The goal is 150 ms of CPU for the SP 800-53 catalogue with assessment objectives (8.2 MB, JSON).

use crate::say;
use crate::timing::{Times, processor_time};
use anyhow::Context;
use std::time::Instant;
use warrant_oscal::{Document, Format, Limits, validate::validate};

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let file = arguments.first().context("name an OSCAL document")?;
    let times = arguments.get(1).map_or(Ok(30), |text| text.parse::<u32>()).context("TIMES is a number")?;
    let bytes = std::fs::read(file).with_context(|| file.clone())?;
    let format = Format::guess(file, &bytes);
    let (mut reading, mut whole) = (Times::default(), Times::default());
    let before = processor_time();
    let mut told = String::new();
    for _ in 0..times {
        let start = Instant::now();
        let document = Document::read(&bytes, format, &Limits::default())?;
        reading.push(start.elapsed());
        let problems = validate(&document);
        whole.push(start.elapsed());
        told = format!("{} nodes, {} problems", document.len(), problems.len());
    }
    say(&format!("{file}: {} bytes, {told}", bytes.len()));
    say(&format!("reading:                 {}", reading.told()));
    say(&format!("reading and validating:  {}", whole.told()));
    match (before, processor_time()) {
        (Some(before), Some(after)) => {
            say(&format!(
                "CPU for each time:       {:.1} ms",
                (after - before) * 1e3 / f64::from(times.max(1))
            ));
        }
        _ => say("CPU for each time:       not known on this system"),
    }
    say(&format!("memory:                  {}", crate::memory::resident()));
    Ok(())
}
