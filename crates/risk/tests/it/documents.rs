//! `docs/risk.schema.json` is written from the types; `UPDATE=1` rewrites it. The example works and is valid.

use std::path::{Path, PathBuf};
use warrant_risk::{RiskFile, Settings, simulate};

fn document(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name)
}

#[test]
fn the_schema_is_current() {
    let path = document("risk.schema.json");
    let written = serde_json::to_string_pretty(&RiskFile::schema()).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &written).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == written, "docs/risk.schema.json is not current; run the test with UPDATE=1");
}

#[test]
fn the_example_fits_the_schema_and_can_be_simulated() {
    let text = std::fs::read_to_string(document("risk-example.toml")).unwrap();
    let file = RiskFile::read("risk-example.toml", &text).unwrap();
    let plain: serde_json::Value = toml::from_str(&text).unwrap();
    let schema = jsonschema::validator_for(&RiskFile::schema()).unwrap();
    schema.validate(&plain).unwrap();
    let settings = Settings { points: 1 << 14, points_each: 1 << 12, years: 20_000, ..file.settings() };
    let report = simulate(&file.scenarios, &settings).unwrap();
    assert_eq!(report.scenarios.len(), file.scenarios.len());
    let sum: f64 = report.scenarios.iter().map(|scenario| scenario.figures.ale).sum();
    assert!((sum / report.total.ale - 1.0).abs() < 1e-12);
    let again = toml::to_string(&file).unwrap();
    assert_eq!(RiskFile::read("again", &again).unwrap(), file);
}

#[test]
fn mistakes_in_a_file_are_named_with_their_place() {
    let refused = |text: &str| RiskFile::read("x.toml", text).unwrap_err().to_string();
    let head = "currency = 'EUR'\n[[scenario]]\nid = 'a'\n";
    let message = refused(&format!("{head}frequency = {{ poison = 0.5 }}\nloss = {{}}\n"));
    assert!(message.contains("x.toml") && message.contains("line 4"), "{message}");
    assert!(message.contains("poison") && message.contains("`poisson`"), "{message}");
    let message = refused(&format!("{head}frequency = {{ poisson = 0.5 }}\nlos = {{}}\n"));
    assert!(message.contains("unknown field `los`"), "{message}");
    let message = refused("currency = 'EUR'\n[[scenario]\n");
    assert!(message.contains("line 2"), "{message}");
    let message = refused(&format!("{head}loss = {{}}\n"));
    assert!(message.contains("missing field `frequency`"), "{message}");
}
