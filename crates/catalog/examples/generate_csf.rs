//! Generates `content/catalog/csf2.tsv` from NIST's XML catalogue of CSF 2.0.
//!
//! `cargo run -p warrant-catalog --example generate_csf -- NIST_CSF_v2.0_catalog.xml OUTPUT`.

use std::error::Error;
use warrant_catalog::oscal::Catalog;

#[path = "generate_framework.rs"]
#[expect(dead_code, reason = "that program's main is not called here")]
mod generate_framework;
#[path = "../tests/it/xml.rs"]
#[expect(clippy::unwrap_used, reason = "the reader of NIST's suite is shared with the tests")]
mod xml;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(input), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err("usage: generate_csf NIST_CSF_v2.0_catalog.xml OUTPUT".into());
    };
    let json = xml::to_json(&std::fs::read_to_string(input)?)?;
    std::fs::write(output, generate_framework::csf(Catalog::from_json(json.to_string().as_bytes())?)?)?;
    Ok(())
}
