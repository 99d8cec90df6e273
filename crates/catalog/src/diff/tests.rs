use super::*;
use serde_json::{Value, json};

fn catalog(controls: Value) -> Catalog {
    let document =
        json!({"catalog": {"uuid": "c", "metadata": {"title": "F", "version": "1"}, "controls": controls}});
    Catalog::from_json(document.to_string().as_bytes()).unwrap()
}

fn control(id: &str, title: &str, statements: &[(&str, &str)]) -> Value {
    let items: Vec<Value> = statements
        .iter()
        .map(|(label, prose)| {
            json!({"id": format!("{id}_smt.{label}"), "name": "item", "prose": prose,
                "props": [{"name": "label", "value": format!("{label}.")}]})
        })
        .collect();
    let whole = json!({"id": format!("{id}_smt"), "name": "statement", "parts": items});
    json!({"id": id, "title": title, "parts": [whole]})
}

fn withdrawn(id: &str, rel: &str, into: &str) -> Value {
    json!({"id": id, "title": "Gone", "props": [{"name": "status", "value": "withdrawn"}],
        "links": [{"href": format!("#{into}"), "rel": rel}]})
}

/// `change old>new` for each statement that has words.
fn told(diff: &CatalogDiff) -> Vec<String> {
    let id = |s: &Option<StatementRef>| s.as_ref().map_or("", |s| s.id.as_str()).replace("_smt", "");
    let has_words = |s: &Option<StatementRef>| s.as_ref().is_some_and(|s| !s.text.is_empty());
    let shown = diff.statements.iter().filter(|s| has_words(&s.old) || has_words(&s.new));
    shown.map(|s| format!("{} {}>{}", s.change.name(), id(&s.old), id(&s.new))).collect()
}

#[test]
fn each_change_is_told() {
    let old = catalog(json!([
        control(
            "a-1",
            "Accounts",
            &[
                ("a", "Define the types of  accounts allowed; and"),
                ("b", "Review accounts for compliance with the requirements of the organization every year."),
                ("c", "Notify managers when accounts are no longer required."),
            ]
        ),
        control("a-2", "Log", &[("a", "Retain records for as long as the law of the country asks for it.")]),
        control("a-3", "Old", &[("a", "Keep the keys of the server room in a sealed envelope.")]),
    ]));
    let new = catalog(json!([
        control(
            "a-1",
            "Account Management",
            &[
                ("a", "Define the types of accounts allowed."),
                ("b", "Assign a manager."),
                (
                    "c",
                    "Review accounts for compliance with the requirements of the organization every year; and"
                ),
                ("d", "Notify account managers when accounts are not required."),
            ]
        ),
        withdrawn("a-2", "moved-to", "b-1"),
        control(
            "b-1",
            "Retention",
            &[("a", "Retain records for as long as the law of the land asks for it.")]
        ),
    ]));
    let diff = diff(&old, &new);
    assert_eq!(
        told(&diff),
        [
            "unchanged a-1.a>a-1.a",
            "new >a-1.b",
            "moved a-1.b>a-1.c",
            "moved a-1.c>a-1.d",
            "moved a-2.a>b-1.a",
            "withdrawn a-3.a>",
        ]
    );
    let worded = |s: &&StatementChange| s.old.as_ref().is_some_and(|o| !o.text.is_empty());
    let moved = diff.statements.iter().filter(|s| s.change == Change::Moved).filter(worded);
    let similar: Vec<f64> = moved.map(|s| s.similarity).collect();
    assert!(similar[0] == 1.0 && similar[1..].iter().all(|s| (MOVED..1.0).contains(s)), "{similar:?}");
    let kinds: Vec<_> = diff.controls.iter().map(|c| (c.id.as_str(), c.kind)).collect();
    use ControlChangeKind::{Gone, New, Retitled, Withdrawn};
    assert_eq!(kinds, [("a-1", Retitled), ("a-2", Withdrawn), ("b-1", New), ("a-3", Gone)]);
    assert!(diff.differs());
}

#[test]
fn a_statement_incorporated_elsewhere_names_where() {
    let old = catalog(json!([
        control("a-1", "X", &[("a", "Do one thing about something.")]),
        control("a-2", "Y", &[("a", "All.")])
    ]));
    let new =
        catalog(json!([withdrawn("a-1", "incorporated-into", "a-2"), control("a-2", "Y", &[("a", "All.")])]));
    let diff = diff(&old, &new);
    let gone = diff
        .statements
        .iter()
        .find(|s| s.change == Change::Withdrawn && s.old.as_ref().unwrap().text.len() > 5);
    assert_eq!(gone.unwrap().into, ["a-2"]);
}

#[test]
fn parameters_are_compared_by_what_they_stand_for() {
    let with = |params: Value, id: &str| {
        let mut control =
            control("a-1", "X", &[("a", &format!("Review logs {{{{ insert: param, {id} }}}}."))]);
        control["params"] = params;
        catalog(json!([control]))
    };
    let old = with(json!([{"id": "p", "label": "organization-defined frequency"}]), "p");
    let same = with(json!([{"id": "a-01_odp", "label": "Frequency"}]), "a-01_odp");
    assert_eq!(diff(&old, &same).count(Change::Unchanged), 2);
    for changed in [
        json!([{"id": "q", "label": "time period"}]),
        json!([{"id": "q", "label": "frequency", "values": ["weekly"]}]),
        json!([{"id": "q", "label": "frequency", "constraints": [{"description": "at least weekly"}]}]),
        json!([{"id": "q", "select": {"choice": ["daily", "{{ insert: param, p2 }}"]}},
            {"id": "p2", "label": "other"}]),
    ] {
        let diff = diff(&old, &with(changed.clone(), "q"));
        let change = diff.statements.iter().find(|s| s.change == Change::ParameterChanged).unwrap();
        assert_eq!(
            (change.parameters[0].old.as_str(), change.parameters[0].new.as_str()),
            ("p", "q"),
            "{changed}"
        );
        assert!(!change.means_the_same());
    }
}

#[test]
fn a_catalogue_equals_itself() {
    let one = catalog(
        json!([control("a-1", "X", &[("a", "One."), ("b", "")]), {"id": "a-2", "title": "Title only"}]),
    );
    let diff = diff(&one, &one);
    assert!(!diff.differs());
    assert_eq!(diff.count(Change::Unchanged), diff.statements.len());
}

#[test]
fn hostile_choices_do_not_multiply() {
    let choice = |n: usize| vec![format!("{{{{ insert: param, p{n} }}}}"); 64];
    let params: Vec<Value> =
        (0..10).map(|n| json!({"id": format!("p{n}"), "select": {"choice": choice((n + 1) % 10)}})).collect();
    let mut control = control("a-1", "X", &[("a", &"{{ insert: param, p0 }} ".repeat(500))]);
    control["params"] = json!(params);
    let one = catalog(json!([control]));
    assert!(!diff(&one, &one).differs());
}

mod migration {
    use super::*;
    use proptest::prelude::*;

    fn judgement(statement: &str) -> Judgement {
        let date = "2026-01-01".to_owned();
        Judgement {
            statement: statement.to_owned(),
            state: "satisfied".into(),
            rationale: "seen".into(),
            date,
        }
    }

    #[test]
    fn only_what_means_the_same_is_carried() {
        let old = catalog(json!([
            control("a-1", "X", &[("a", "Same words here."), ("b", "Old words about many other things.")]),
            control("a-2", "Y", &[("a", "Whole and unchanged in every way.")]),
            control("a-3", "Z", &[("a", "Leaves without a trace anywhere.")]),
        ]));
        let new = catalog(json!([
            control("a-1", "X", &[("a", "Same words here."), ("b", "New words about many other things.")]),
            control("a-2", "Y", &[("a", "Whole and unchanged in every way.")]),
            control("a-4", "N", &[("a", "Nobody has thought of this before.")]),
        ]));
        let judgements = ["a-1_smt.a", "a-1_smt.b", "a-2", "a-1", "a-3_smt.a", "zz"].map(judgement);
        let migration = migrate(&judgements, &diff(&old, &new));
        let carried: Vec<_> =
            migration.carried.iter().map(|c| (c.judgement.statement.as_str(), c.to.as_str())).collect();
        assert_eq!(carried, [("a-2", "a-2"), ("a-1_smt.a", "a-1_smt.a")]);
        let told: Vec<String> = migration
            .reassess
            .iter()
            .map(|r| {
                let judged = r.judgement.as_ref().map_or("", |j| j.statement.as_str());
                format!("{} < {judged}: {}", r.to.as_deref().unwrap_or("-"), r.reasons[0])
            })
            .collect();
        assert_eq!(
            told,
            [
                "a-1 < a-1: judged as a whole, but changed: a-1_smt.b",
                "a-1_smt.b < a-1_smt.b: reworded, 83 % of the words the same",
                "a-4_smt.a < : new in this revision",
                "- < a-3_smt.a: withdrawn",
                "- < zz: not in the old revision, or a heading without words",
            ]
        );
    }

    proptest! {
        /// Whatever changes, no judgement is lost or doubled, and no statement is left without answer.
        #[test]
        fn every_judgement_and_statement_is_accounted_for(
            old in prop::collection::vec((0usize..4, 0usize..4, "[a-d]( [a-d]){0,8}"), 1..10),
            new in prop::collection::vec((0usize..4, 0usize..4, "[a-d]( [a-d]){0,8}"), 1..10),
            judged in prop::collection::vec(("a-[0-3]", prop::option::of("_smt\\.[0-3]")), 0..8),
        ) {
            let build = |rows: &[(usize, usize, String)]| {
                let mut controls = std::collections::BTreeMap::<usize, Vec<(String, String)>>::new();
                for (c, s, text) in rows {
                    let list = controls.entry(*c).or_default();
                    if !list.iter().any(|(label, _)| *label == s.to_string()) {
                        list.push((s.to_string(), text.clone()));
                    }
                }
                let controls: Vec<Value> = controls.iter().map(|(c, list)| {
                    let list: Vec<(&str, &str)> =
                        list.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
                    control(&format!("a-{c}"), "T", &list)
                }).collect();
                catalog(json!(controls))
            };
            let judgements: Vec<Judgement> =
                judged.iter().map(|(c, s)| judgement(&[c, s.as_deref().unwrap_or("")].concat())).collect();
            let diff = diff(&build(&old), &build(&new));
            let migration = migrate(&judgements, &diff);
            let carried = migration.carried.iter().map(|c| &c.judgement);
            let asked = migration.reassess.iter().filter_map(|r| r.judgement.as_ref());
            let mut found: Vec<&str> = carried.chain(asked).map(|j| j.statement.as_str()).collect();
            let mut given: Vec<&str> = judgements.iter().map(|j| j.statement.as_str()).collect();
            found.sort_unstable();
            given.sort_unstable();
            prop_assert_eq!(found, given);
            let new = diff.statements.iter().filter_map(|s| s.new.as_ref());
            for change in new.filter(|s| !s.text.is_empty()) {
                let carried = migration.carried.iter().any(|c| c.to == change.id || c.to == change.control);
                let asked = migration.reassess.iter().any(|r| r.to.as_deref() == Some(&change.id));
                prop_assert!(carried || asked, "{}", change.id);
            }
            for carried in &migration.carried {
                let judged = &carried.judgement.statement;
                let change = diff.statements.iter().find(|s| s.old.as_ref().is_some_and(|o| o.id == *judged));
                prop_assert!(change.is_none_or(StatementChange::means_the_same));
            }
            let worded = |s: &&StatementChange| s.old.as_ref().is_some_and(|o| !o.text.is_empty());
            let olds = diff.statements.iter().filter(worded).count();
            let again = super::super::diff(&build(&old), &build(&old));
            prop_assert_eq!(olds, again.statements.iter().filter(worded).count());
        }
    }
}
