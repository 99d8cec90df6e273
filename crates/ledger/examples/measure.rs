//! Measures a log: appends entries in batches, verifies the directory, and prints CPU and wall seconds.
//!
//! `cargo run --release --example measure -- <entries> <bytes per entry> <batch> <new folder>`

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use warrant_ledger::{Log, SigningKey, verify_directory};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default: u64| arguments.next().map_or(Ok(default), |text| text.parse::<u64>());
    let (count, length, batch) = (number(1_000_000)?, number(200)? as usize, number(10_000)?.max(1));
    let folder = PathBuf::from(arguments.next().ok_or("name a new folder as the fourth argument")?);
    let key = SigningKey::generate("measure.example/log")?;
    let verifier = key.verifier().clone();
    let mut log = Log::open(&folder, key)?;
    let mut out = std::io::stdout().lock();
    let mut entries = Vec::new();
    let (wall, cpu) = (Instant::now(), cpu_seconds());
    let mut first = 0;
    while first < count {
        let end = (first + batch).min(count);
        entries.clear();
        entries.extend((first..end).map(|n| {
            let mut entry = vec![n as u8; length];
            let number = n.to_le_bytes();
            entry.iter_mut().zip(number).for_each(|(place, byte)| *place = byte);
            entry
        }));
        log.append_at(first, &entries)?;
        first = end;
    }
    report(&mut out, "append", count, wall, cpu)?;
    drop(log);
    let (wall, cpu) = (Instant::now(), cpu_seconds());
    let found = verify_directory(&folder, &verifier, &mut |_, _, _| {})?;
    report(&mut out, "verify", found.entries, wall, cpu)?;
    writeln!(out, "intact: {}", found.is_intact())?;
    Ok(())
}

fn report(
    out: &mut impl std::io::Write,
    what: &str,
    count: u64,
    wall: Instant,
    cpu: f64,
) -> std::io::Result<()> {
    let (wall, cpu) = (wall.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    let rate = count as f64 / cpu.max(0.01);
    writeln!(out, "{what}: {count} entries, {wall:.2} s, {cpu:.2} CPU-s, {rate:.0} entries per CPU-second")
}

/// User and system time of this process in seconds (Linux; zero elsewhere).
fn cpu_seconds() -> f64 {
    let status = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = status.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    ticks as f64 / 100.0
}
