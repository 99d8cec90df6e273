//! Documents as trees: JSON, XML and HTML are parsed or refused, and every node can say where it stands.

#![no_main]

use libfuzzer_sys::fuzz_target;
use warrant_intake::Limits;
use warrant_intake::tree::{NodeId, Tree, html, json, xml};

fuzz_target!(|text: &str| {
    let limits = Limits { bytes: 1 << 20, text: 1 << 16, ..Limits::default() };
    let parsed = [json::read(text, limits), xml::read(text, limits), html::read(text, limits)];
    parsed.iter().flatten().for_each(walk);
    let _ = warrant_intake::html::plain(text);
});

fn walk(tree: &Tree<'_>) {
    let mut open = vec![NodeId::ROOT];
    let mut seen = 0;
    while let Some(id) = open.pop() {
        seen += 1;
        if seen < 1000 {
            let _ = (tree.pointer(id), tree.owner(id), tree.value(id));
        }
        open.extend(tree.children(id));
    }
    assert_eq!(seen, tree.len());
}
