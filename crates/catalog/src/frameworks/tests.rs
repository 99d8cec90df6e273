use super::*;
use std::collections::BTreeSet;

/// Controls in force and withdrawn ones of each framework, counted from the publication.
const COUNTS: [(&str, usize, usize); 14] = [
    ("800-53r5", 1007, 182),
    ("800-53r5/low", 149, 0),
    ("800-53r5/moderate", 287, 0),
    ("800-53r5/high", 370, 0),
    ("800-53r5/privacy", 96, 0),
    ("csf2", 22 + 106, 91),
    ("800-171r3", 97, 33),
    ("800-172r3", 103, 12),
    ("800-218v1.1", 19 + 42, 0),
    ("hipaa-security", 22 + 43, 0),
    ("pci-dss-4.0.1", 250, 0),
    ("iso-27001-2022", 93, 0),
    ("itsp-10.033-01", 379, 0),
    ("cis-8.1", 153, 0),
];

#[test]
fn every_framework_is_whole() {
    assert_eq!(FRAMEWORKS.iter().map(|f| f.id).collect::<Vec<_>>(), COUNTS.map(|(id, ..)| id));
    for (framework, (_, in_force, withdrawn)) in FRAMEWORKS.iter().zip(COUNTS) {
        let read = Index::from_facts(framework.facts).unwrap_or_else(|e| panic!("{}: {e}", framework.id));
        assert!(!read.controls().is_empty());
        let catalog = framework.catalog();
        let (mut found, mut ids) = ((0, 0), BTreeSet::new());
        catalog.for_each_control(&mut |c| {
            assert!(ids.insert(c.id.clone()), "{}: {} twice", framework.id, c.id);
            assert!(!c.title.is_empty());
            match c.props.iter().any(|p| p.name == "status") {
                true => found.1 += 1,
                false => found.0 += 1,
            }
        });
        assert_eq!(found, (in_force, withdrawn), "{}", framework.id);
        assert!(!framework.title.is_empty() && !framework.version.is_empty() && !framework.source.is_empty());
        assert_eq!(find(&framework.id.to_uppercase()).map(|f| f.id), Some(framework.id));
        // What is only numbers has no title, and so no words of the publisher.
        if framework.holds == Holds::Identifiers {
            assert!(read.controls().iter().all(|c| c.title.is_empty()), "{}", framework.id);
        }
        let again = Index::from_catalog(&catalog).unwrap();
        assert_eq!(again.controls().len(), in_force + withdrawn);
    }
}

#[test]
fn a_whole_framework_keeps_its_facts_as_a_catalogue() {
    for framework in FRAMEWORKS.iter().filter(|f| f.baseline.is_none() && f.id != "800-53r5") {
        let (index, again) = (framework.index(), Index::from_catalog(&framework.catalog()).unwrap());
        for (a, b) in index.controls().iter().zip(again.controls()) {
            assert_eq!((&a.id, &a.label, a.parent, a.withdrawn), (&b.id, &b.label, b.parent, b.withdrawn));
            assert_eq!(a.replaced_by, b.replaced_by);
        }
        let ids = |index: &Index| index.all_statements().iter().map(|s| s.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(index), ids(&again), "{}", framework.id);
    }
}

#[test]
fn samples_are_where_they_belong() {
    let title = |framework: &str, control: &str| {
        let index = find(framework).unwrap().index();
        let no = index.find(control).unwrap_or_else(|| panic!("{framework} {control}"));
        (index.control(no).unwrap().title.clone(), index.family(no).unwrap().title.clone())
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(title("csf2", "GV.OC"), pair("Organizational Context", "GOVERN"));
    assert_eq!(
        title("800-171r3", "SP_800_171_03.05.03"),
        pair("Multi-Factor Authentication", "Identification and Authentication")
    );
    assert_eq!(title("800-218v1.1", "PW.4.4"), pair("", "Produce Well-Secured Software"));
    assert_eq!(
        title("hipaa-security", "§ 164.312(a)(2)(iv)"),
        pair("Encryption and decryption", "Technical safeguards")
    );
    let index = find("800-171r3").unwrap().index();
    let withdrawn = index.control(index.by_id("SP_800_171_03.01.14").unwrap()).unwrap();
    let into = index.control(withdrawn.replaced_by[0]).unwrap();
    assert_eq!((withdrawn.withdrawn, into.id.as_str()), (true, "SP_800_171_03.01.12"));
}
