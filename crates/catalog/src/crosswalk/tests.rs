use super::*;
use crate::frameworks;

fn of(way: &Way, id: &str) -> Vec<(String, Relation)> {
    way.crosswalk.of(id).map(|(target, relation)| (target.to_owned(), relation)).collect()
}

/// Tables are whole, name only what their frameworks have, and have the number of pairs their source has.
#[test]
fn every_crosswalk_is_whole() {
    let expected = [157, 106, 5957, 4522, 2859];
    for (listed, pairs) in CROSSWALKS.iter().zip(expected) {
        let crosswalk = listed.crosswalk();
        assert!(!crosswalk.is_empty() && !listed.source.is_empty(), "{} {}", listed.from, listed.to);
        for (source, _, target) in crosswalk.iter() {
            for (framework, id) in [(listed.from, source), (listed.to, target)] {
                let Some(framework) = frameworks::find(framework) else { continue };
                let index = framework.index();
                let known = index.by_id(id).is_some() || index.statement_by_id(id).is_some();
                assert!(known, "{} has no {id}", framework.id);
            }
        }
        assert!(crosswalk.len() == pairs, "{} {}: {}", listed.from, listed.to, crosswalk.len());
    }
}

#[test]
fn tables_of_content_are_read_without_fault() {
    for text in [
        include_str!("../../../../content/crosswalks/800-171r3-800-53r5.tsv"),
        include_str!("../../../../content/crosswalks/800-172r3-800-53r5.tsv"),
    ] {
        assert!(Crosswalk::from_table(text).is_ok());
    }
}

#[test]
fn a_piece_of_a_statement_lies_in_its_control() {
    let way = between("cci", "800-53r5").unwrap();
    let found = of(&way, "CCI-000366");
    assert_eq!(found, [("cm-6".into(), Relation::SubsetOf), ("cm-6_smt.b".into(), Relation::SubsetOf)]);
    let back = between("800-53r5", "cci").unwrap();
    assert!(back.crosswalk.of("cm-6_smt.b").any(|m| m == ("CCI-000366", Relation::SupersetOf)));
}

#[test]
fn revisions_meet_where_identifiers_do_and_where_controls_went() {
    let way = between("800-53r4", "800-53r5").unwrap();
    assert_eq!(way.along, ["800-53r4", "800-53r5"]);
    assert!(way.crosswalk.of("cm-6_smt.b").any(|m| m == ("cm-6_smt.b", Relation::IntersectsWith)));
    // AC-2(10) was incorporated into AC-2; AC-13 into AC-2 and AU-6.
    assert!(way.crosswalk.of("ac-2.10").any(|m| m == ("ac-2", Relation::SubsetOf)));
    let ac13: Vec<_> = way.crosswalk.of("ac-13").collect();
    assert_eq!(ac13, [("ac-2", Relation::IntersectsWith), ("au-6", Relation::IntersectsWith)]);
}

#[test]
fn ways_go_backwards_and_on_but_conclude_only_what_follows() {
    let way = between("800-171R3", "800-53r5").unwrap();
    let found = of(&way, "SP_800_171_03.01.01");
    let controls: Vec<&str> = found.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(controls, ["ac-2", "ac-2.13", "ac-2.3", "ac-2.5"]);
    assert!(
        between("800-53r5", "800-171r3")
            .unwrap()
            .crosswalk
            .of("ac-2")
            .any(|(id, _)| id == "SP_800_171_03.01.01")
    );
    // Two things that each have something in common with AC-2 need not have anything in common with each
    // other.
    let way = between("800-171r3", "800-172r3").unwrap();
    assert_eq!(way.along, ["800-171r3", "800-53r5", "800-172r3"]);
    assert!(way.crosswalk.is_empty());
    // A piece of AC-2 need not be in the requirement that was made of AC-2.
    assert!(between("cci", "800-171r3").unwrap().crosswalk.is_empty());
    assert!(between("cci", "nothing").is_none() && between("nothing", "cci").is_none());
}
