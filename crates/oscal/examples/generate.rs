//! Makes `data/oscal.tables` from NIST's metaschema:
//!
//! ```text
//! cargo run -p warrant-oscal --example generate -- FOLDER crates/oscal/data/oscal.tables
//! ```
//!
//! FOLDER holds `oscal_complete_metaschema.xml`, the modules it imports and `shared-constraints/`.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [folder, output] = arguments.as_slice() else {
        eprintln!("usage: generate METASCHEMA-FOLDER OUTPUT");
        return ExitCode::from(2);
    };
    let load = |path: &str| std::fs::read_to_string(folder.join(path)).ok();
    let made = warrant_oscal::generate::tables("oscal_complete_metaschema.xml", &load)
        .map_err(|error| error.to_string())
        .and_then(|text| {
            std::fs::write(output, text).map_err(|error| format!("{}: {error}", output.display()))
        });
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
