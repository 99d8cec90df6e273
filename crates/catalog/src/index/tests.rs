//! Tests of the embedded index and of indexes built from other catalogues.

use super::*;
use crate::oscal::Catalog;
use std::time::Instant;

#[test]
fn embedded_index_holds_the_published_counts() {
    let started = Instant::now();
    let index = Index::from_facts(EMBEDDED).unwrap();
    println!("embedded index read in {:?}", started.elapsed());
    assert_eq!(index.controls().len(), 1189);
    assert_eq!(index.families().len(), 20);
    assert_eq!(index.controls().iter().filter(|c| c.withdrawn).count(), 182);
    assert_eq!(index.all_statements().len(), 2115);
    assert_eq!(index.all_parameters().len(), 1258);
    let sizes = Baseline::ALL.map(|b| index.baseline(b).len());
    assert_eq!(sizes, [149, 287, 370, 96]);
    assert!(EMBEDDED.len() < 600_000);
}

#[test]
fn controls_are_found_in_any_spelling() {
    let index = Index::embedded();
    let no = index.by_id("ac-2.1").unwrap();
    for text in ["ac-2.1", "AC-2(1)", "AC-2 (1)", "AC-02(01)"] {
        assert_eq!(index.find(text), Some(no), "{text}");
    }
    let control = index.control(no).unwrap();
    assert_eq!(control.label, "AC-2(1)");
    assert_eq!(index.control(control.parent.unwrap()).unwrap().id, "ac-2");
    assert_eq!(index.family(no).unwrap().title, "Access Control");
    assert!(control.baselines.contains(Baseline::Moderate) && !control.baselines.contains(Baseline::Low));
    assert_eq!(index.find("ac-99"), None);
}

#[test]
fn statements_are_dense_and_labelled() {
    let index = Index::embedded();
    let ac2 = index.by_id("ac-2").unwrap();
    let ids: Vec<&str> =
        index.all_statements()[index.statements(ac2)].iter().map(|s| s.id.as_str()).collect();
    assert_eq!(&ids[..3], ["ac-2_smt", "ac-2_smt.a", "ac-2_smt.b"]);
    let d1 = index.statement_by_id("ac-2_smt.d.1").unwrap();
    assert_eq!(index.statement_label(d1).as_deref(), Some("AC-2d.1"));
    let mut next = 0;
    for no in 0..index.controls().len() {
        let range = index.statements(ControlNo(no as u16));
        assert!(range.is_empty() || range.start == next);
        next = range.end.max(next);
        for statement in &index.all_statements()[range] {
            assert_eq!(statement.control, ControlNo(no as u16));
        }
    }
    assert_eq!(next, index.all_statements().len());
}

#[test]
fn withdrawn_controls_lead_to_their_successors() {
    let index = Index::embedded();
    let withdrawn: Vec<_> = index.controls().iter().filter(|c| c.withdrawn).collect();
    let led = withdrawn.iter().filter(|c| !c.replaced_by.is_empty()).count();
    assert!(led > 170, "{led}");
    assert!(index.controls().iter().filter(|c| !c.withdrawn).all(|c| c.replaced_by.is_empty()));
}

#[test]
fn baselines_are_sorted_and_nested() {
    let index = Index::embedded();
    for baseline in Baseline::ALL {
        assert!(index.baseline(baseline).is_sorted());
    }
    let moderate = index.baseline(Baseline::Moderate);
    assert!(index.baseline(Baseline::Low).iter().all(|no| moderate.binary_search(no).is_ok()));
    assert!(index.baseline(Baseline::High).iter().all(|no| !index.control(*no).unwrap().withdrawn));
}

#[test]
fn facts_written_are_the_facts_read() {
    let index = Index::from_facts(EMBEDDED).unwrap();
    let again = Index::from_facts(&index.to_facts()).unwrap();
    assert_eq!(again.controls(), index.controls());
    assert_eq!(again.all_statements(), index.all_statements());
    assert_eq!(again.all_parameters(), index.all_parameters());
}

#[test]
fn any_catalogue_gives_an_index() {
    let text = br##"{"catalog":{"uuid":"u","metadata":{"title":"House rules"},
        "controls":[{"id":"r-1","title":"Lock the door"}],
        "groups":[{"title":"Outer","groups":[{"id":"g","title":"Inner","controls":[
            {"id":"r-2","title":"Close the window","props":[{"name":"label","value":"R 2"}],
             "links":[{"href":"#r-1","rel":"related"},{"href":"#nowhere","rel":"related"}],
             "params":[{"id":"r-2_p","label":"when"}],
             "parts":[{"id":"r-2_s","name":"statement","parts":[{"id":"r-2_s.a","name":"item"}]}],
             "controls":[{"id":"r-2.1","title":"Lock it"}]}]}]}]}}"##;
    let index = Index::from_catalog(&Catalog::from_json(text).unwrap()).unwrap();
    let no = index.find("R 2").unwrap();
    let control = index.control(no).unwrap();
    assert_eq!(control.related, [index.by_id("r-1").unwrap()]);
    assert_eq!(index.family(no).unwrap().id, "g");
    assert_eq!(index.family(index.by_id("r-1").unwrap()), None);
    assert_eq!(index.statements(no).len(), 2);
    assert_eq!(index.parameters(no)[0].label, "when");
    assert_eq!(index.control(index.by_id("r-2.1").unwrap()).unwrap().parent, Some(no));
}

#[test]
fn bad_facts_name_their_line() {
    let error = Index::from_facts("F\tx\tX\nC\tx-1\tX-1\nC\tx-1\tX-1").unwrap_err();
    assert_eq!(error.to_string(), "line 3: control \"x-1\" is there twice; identifiers must be unique");
    assert!(Index::from_facts("Z\t1").unwrap_err().to_string().starts_with("line 1"));
}

#[test]
fn duplicate_controls_are_refused() {
    let text = br#"{"catalog":{"uuid":"u","metadata":{"title":"T"},"controls":[{"id":"a"},{"id":"a"}]}}"#;
    assert!(Index::from_catalog(&Catalog::from_json(text).unwrap()).is_err());
}
