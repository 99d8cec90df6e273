//! Orders of versions beside those of another program: `benches/compare/orders.py` writes the file that
//! `WARRANT_PEER_ORDERS` names. Without it the test says so and skips.

use serde_json::Value;
use std::collections::BTreeMap;
use warrant_advisory::Scheme;

/// Shares of pairs, in percent, in which `univers` 32 is known to differ, and why.
const KNOWN: &[(&str, usize, &str)] = &[(
    "gentoo",
    4,
    "it compares a first number with a leading zero as text; the specification says as a number",
)];

#[test]
fn orders_agree_with_univers() {
    let Some(path) = std::env::var_os("WARRANT_PEER_ORDERS") else {
        println!("skipped: WARRANT_PEER_ORDERS names no file; benches/compare/orders.py writes one");
        return;
    };
    let mut counts: BTreeMap<String, (usize, usize, Vec<String>)> = BTreeMap::new();
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let pair: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| pair[name].as_str().unwrap();
        let scheme = Scheme::named(text("scheme")).unwrap();
        let ours = scheme.compare(text("a"), text("b")).map(|order| order as i64);
        let count = counts.entry(text("scheme").to_owned()).or_default();
        count.0 += 1;
        if ours.as_ref().ok() != pair["order"].as_i64().as_ref() {
            count.1 += 1;
            if count.2.len() < 6 {
                count.2.push(format!("{} {}: ours {ours:?}, theirs {}", text("a"), text("b"), pair["order"]));
            }
        }
    }
    let mut failed = Vec::new();
    for (scheme, (all, differ, examples)) in counts {
        println!("{scheme}: {differ} of {all} differ {examples:#?}");
        let known = KNOWN.iter().find(|(known, _, _)| *known == scheme).map_or(0, |(_, share, _)| *share);
        if differ * 100 > all * known {
            failed.push(scheme);
        }
    }
    assert!(failed.is_empty(), "differ: {failed:?}");
}
