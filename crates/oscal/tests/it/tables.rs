//! The tables equal what the generator makes of the metaschema, and hold all of it.

use crate::corpus;
use std::collections::BTreeMap;
use warrant_oscal::generate::{GenerateError, tables};
use warrant_oscal::schema::Schema;

#[test]
fn the_tables_are_what_the_generator_makes() {
    let Some(oscal) = corpus::oscal() else { return };
    let folder = oscal.join("oscal-metaschema-1.2.2");
    let load = |path: &str| std::fs::read_to_string(folder.join(path)).ok();
    let made = tables("oscal_complete_metaschema.xml", &load).unwrap();
    assert!(
        made == Schema::tables(),
        "run the generator again: cargo run -p warrant-oscal --example generate"
    );
}

#[test]
fn the_tables_hold_eight_models_and_every_constraint() {
    let schema = Schema::from_tables(Schema::tables()).unwrap();
    let models: Vec<&str> = schema.models.iter().map(|model| model.name).collect();
    assert_eq!(
        models,
        [
            "assessment-plan",
            "assessment-results",
            "catalog",
            "component-definition",
            "mapping-collection",
            "plan-of-action-and-milestones",
            "profile",
            "system-security-plan"
        ]
    );
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for rule in &schema.rules {
        *kinds.entry(rule.check.kind()).or_default() += 1;
    }
    // The metaschema has 340 outside comments. The one that is not here (oscal-profile-with-child-controls-values)
    // belongs to a flag definition that nothing refers to.
    let expected = [
        ("allowed-values", 199),
        ("expect", 12),
        ("has-cardinality", 11),
        ("index", 20),
        ("index-has-key", 24),
        ("is-unique", 48),
        ("matches", 25),
    ];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), expected);
    let most = schema.definitions.iter().map(|definition| definition.members.len()).max();
    assert!(most.is_some_and(|most| most <= 64), "validation counts up to 64 members: {most:?}");
    let flags = schema.definitions.iter().map(|definition| definition.flags.len()).max();
    assert!(flags.is_some_and(|flags| flags < 31), "reading marks up to 31 flags: {flags:?}");
}

#[test]
fn every_definition_and_rule_belongs_somewhere() {
    let schema = Schema::oscal();
    let owned: usize = schema.definitions.iter().map(|definition| definition.rules.len()).sum::<usize>()
        + schema.attributes.iter().map(|attribute| attribute.rules.len()).sum::<usize>();
    assert_eq!(owned, schema.rules.len());
    let mut reached = vec![false; schema.definitions.len()];
    let mut waiting: Vec<usize> = schema.models.iter().map(|model| model.definition).collect();
    while let Some(at) = waiting.pop() {
        if !std::mem::replace(&mut reached[at], true) {
            waiting.extend(schema.definitions[at].members.iter().map(|member| member.definition));
        }
    }
    assert!(reached.iter().all(|reached| *reached));
}

fn module(inside: &str) -> String {
    format!(
        "<METASCHEMA><define-assembly name='a'><root-name>a</root-name>{inside}</define-assembly></METASCHEMA>"
    )
}

#[test]
fn what_the_tables_cannot_say_is_refused() {
    for (inside, word) in [
        ("<constraint><expect id='x' target='.' test='matches(a, b)'/></constraint>", "matches"),
        ("<constraint><let var='x' expression='.'/></constraint>", "let"),
        ("<model><any/></model>", "any"),
        ("<json-key flag-ref='x'/>", "json-key"),
        ("<define-flag name='x' as-type='colour'/>", "colour"),
        (
            "<model><define-field name='b' max-occurs='2'><group-as name='bs' in-json='BY_KEY'/></define-field></model>",
            "BY_KEY",
        ),
        ("<model><define-field name='b' max-occurs='2'/></model>", "group-as"),
    ] {
        match tables("a.xml", &|_| Some(module(inside))) {
            Err(GenerateError::Unsupported { what, .. }) => assert!(what.contains(word), "{what}"),
            other => panic!("{inside}: {other:?}"),
        }
    }
    let undefined = tables("a.xml", &|_| Some(module("<model><assembly ref='b'/></model>")));
    assert!(matches!(undefined, Err(GenerateError::Undefined { kind: "assembly", .. })));
    assert!(matches!(tables("a.xml", &|_| None), Err(GenerateError::Missing { .. })));
}

#[test]
fn entities_are_files_or_refused() {
    let with = |declaration: &str| {
        let inside = "<define-flag name='x'><constraint><allowed-values id='v'>&e;</allowed-values></constraint></define-flag>";
        format!("<!DOCTYPE METASCHEMA [{declaration}]>{}", module(inside))
    };
    let load = |path: &str| match path {
        "a.xml" => Some(with("<!ENTITY e SYSTEM './e.ent'>")),
        "e.ent" => Some("<enum value='one'/><enum value='two'/>".to_owned()),
        _ => None,
    };
    let made = tables("a.xml", &load).unwrap();
    assert!(made.contains("value\tone\nvalue\ttwo\n"), "{made}");
    for declaration in ["<!ENTITY e 'text'>", "<!ENTITY % e SYSTEM 'e.ent'>", "<!ELEMENT e ANY>"] {
        let refused = tables("a.xml", &|_| Some(with(declaration)));
        assert!(matches!(refused, Err(GenerateError::Malformed { .. })), "{declaration}");
    }
    let absent = tables("a.xml", &|path| (path == "a.xml").then(|| with("<!ENTITY e SYSTEM 'e.ent'>")));
    assert!(matches!(absent, Err(GenerateError::Missing { file }) if file == "e.ent"));
}
