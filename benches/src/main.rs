//! Measurements, run by `./x bench NAME`. Each prints what it measured; none passes or fails.

mod controls;
mod import;
mod memory;
mod money;
mod oscal;
mod pages;
mod resolve;
mod risk;
mod sample;
mod scale;
mod timing;

use std::io::Write;

/// The same as the program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("controls") => runtime.block_on(controls::run(&arguments[1..])),
        Some("import") => runtime.block_on(import::run(&arguments[1..])),
        Some("money") => runtime.block_on(money::run(&arguments[1..])),
        Some("oscal") => oscal::run(&arguments[1..]),
        Some("scale") => runtime.block_on(scale::run(&arguments[1..])),
        Some("risk") => risk::run(&arguments[1..]),
        Some("resolve") => resolve::run(&arguments[1..]),
        _ => {
            say("usage: bench controls [SYSTEMS]");
            say("       bench import [FINDINGS | FOLDER] [postgres://…]");
            say("       bench money [SYSTEMS] [SCENARIOS] [FOLDER [PAGE…]]");
            say("       bench oscal FILE [TIMES]");
            say("       bench resolve PROFILE [TIMES]");
            say("       bench risk [SCENARIOS] [POINTS] | what-if | plans | FILE.toml [TIMES]");
            say("       bench scale [SYSTEMS] [FINDINGS PER SYSTEM] [postgres://… | FOLDER]");
            Ok(())
        }
    }
}

/// One line of the report.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
