//! Checks between documents, on a small programme of our own.

use crate::corpus::parse;
use crate::mutations::CATALOG;
use serde_json::{Value, json};
use warrant_oscal::schema::Level;
use warrant_oscal::{Format, Library, Problem};

const PLAN: &str = "5e139edd-86aa-4b65-8431-1192bd276658";
const COMPONENT: &str = "795533ab-9427-4abe-820f-0b571bacfe6d";
const OTHER: &str = "0d3c5a1e-2b4f-4a6d-8c9e-1f2e3d4c5b6a";

fn metadata() -> Value {
    json!({"title": "T", "last-modified": "2026-11-23T00:00:00Z", "version": "1", "oscal-version": "1.2.2"})
}

fn profile(ids: &[&str]) -> Value {
    json!({"profile": {
        "uuid": PLAN,
        "metadata": metadata(),
        "imports": [{"href": "../catalog.json", "include-controls": [{"with-ids": ids}]}],
    }})
}

fn plan(requirements: &[Value]) -> Value {
    json!({"system-security-plan": {
        "uuid": PLAN,
        "metadata": metadata(),
        "import-profile": {"href": "#11111111-2222-4333-8444-555555555555"},
        "system-characteristics": {
            "system-ids": [{"id": "tea"}], "system-name": "Tea", "description": "Tea.",
            "system-information": {"information-types": [{"title": "Recipes", "description": "R."}]},
            "status": {"state": "operational"}, "authorization-boundary": {"description": "The kitchen."},
        },
        "system-implementation": {
            "users": [{"uuid": OTHER}],
            "components": [{
                "uuid": COMPONENT, "type": "this-system", "title": "Kettle", "description": "K.",
                "status": {"state": "operational"},
            }],
        },
        "control-implementation": {"description": "All.", "implemented-requirements": requirements},
        "back-matter": {"resources": [{
            "uuid": "11111111-2222-4333-8444-555555555555",
            "rlinks": [{"href": "profiles/small.json"}],
        }]},
    }})
}

fn requirement(control: &str, statement: &str, extra: Value) -> Value {
    let mut by = json!({"component-uuid": COMPONENT, "uuid": "a0b1c2d3-0000-4000-8000-000000000001", "description": "D."});
    for (key, value) in extra.as_object().unwrap() {
        by[key] = value.clone();
    }
    json!({
        "uuid": "a0b1c2d3-0000-4000-8000-000000000002", "control-id": control,
        "statements": [{
            "statement-id": statement, "uuid": "a0b1c2d3-0000-4000-8000-000000000003", "by-components": [by],
        }],
    })
}

fn library(documents: &[(&str, Value)]) -> Library {
    let mut library = Library::default();
    for (location, document) in documents {
        library.add(location, parse(document.to_string().as_bytes(), Format::Json, location));
    }
    library
}

fn catalog() -> (&'static str, Value) {
    ("catalog.json", serde_json::from_str(CATALOG).unwrap())
}

/// Rules and places of the checks between documents.
fn told(problems: &[Problem]) -> Vec<(Level, &str, &str)> {
    let between = problems.iter().filter(|problem| problem.rule.starts_with("cross-"));
    between.map(|problem| (problem.level, problem.rule.as_str(), problem.place.as_str())).collect()
}

#[test]
fn a_profile_selects_what_its_catalogue_has() {
    let good = library(&[("profiles/small.json", profile(&["kt-1"])), catalog()]);
    assert_eq!(told(&good.validate(0)), []);
    let bad = library(&[("profiles/small.json", profile(&["kt-1", "zz-99"])), catalog()]);
    let place = "/profile/imports/0/include-controls/0/with-ids/1";
    assert_eq!(told(&bad.validate(0)), [(Level::Error, "cross-unknown-control", place)]);
    let mut altered = profile(&["kt-1"]);
    altered["profile"]["modify"] = json!({
        "set-parameters": [{"param-id": "kt-1_prm_1", "values": ["7"]}, {"param-id": "kt-9_prm", "values": ["7"]}],
        "alters": [{"control-id": "kt-8", "removes": [{"by-name": "label"}]}],
    });
    let altered = library(&[("profiles/small.json", altered), catalog()]);
    let mut found = altered.validate(0);
    found.sort_by(|a, b| a.rule.cmp(&b.rule));
    assert_eq!(
        told(&found),
        [
            (Level::Error, "cross-unknown-control", "/profile/modify/alters/0/control-id"),
            (Level::Error, "cross-unknown-parameter", "/profile/modify/set-parameters/1/param-id"),
        ]
    );
}

#[test]
fn what_is_not_at_hand_is_said_to_be_unchecked() {
    let alone = library(&[("profiles/small.json", profile(&["zz-99"]))]);
    assert_eq!(told(&alone.validate(0)), [(Level::Note, "cross-not-checked", "/profile/imports/0")]);
    assert_eq!(alone.wanted(0), ["catalog.json"]);
}

#[test]
fn a_plan_fits_its_profile() {
    let fitting = plan(&[requirement("kt-1", "kt-1_smt", json!({}))]);
    let documents = |plan: &Value| {
        library(&[("plan.json", plan.clone()), ("profiles/small.json", profile(&["kt-1"])), catalog()])
    };
    let problems = documents(&fitting).validate(0);
    assert_eq!(problems.iter().filter(|problem| problem.level == Level::Error).count(), 0, "{problems:#?}");
    assert_eq!(told(&problems), []);
    let base = "/system-security-plan/control-implementation";
    let first = format!("{base}/implemented-requirements/0");
    for (requirements, expected) in [
        (
            vec![requirement("kt-7", "kt-7_smt", json!({}))],
            vec![
                (Level::Warning, "cross-missing-control", base.to_owned()),
                (Level::Error, "cross-unknown-control", format!("{first}/control-id")),
            ],
        ),
        (
            vec![requirement("kt-2", "kt-2_smt", json!({}))],
            vec![
                (Level::Warning, "cross-missing-control", base.to_owned()),
                (Level::Warning, "cross-unselected-control", first.clone()),
            ],
        ),
        (
            vec![requirement("kt-1", "kt-1_smt.z", json!({}))],
            vec![(Level::Error, "cross-unknown-statement", format!("{first}/statements/0/statement-id"))],
        ),
        (
            vec![requirement(
                "kt-1",
                "kt-1_smt",
                json!({"set-parameters": [{"param-id": "kt-1_prm_9", "values": ["7"]}]}),
            )],
            vec![(
                Level::Error,
                "cross-unknown-parameter",
                format!("{first}/statements/0/by-components/0/set-parameters/0/param-id"),
            )],
        ),
    ] {
        let problems = documents(&plan(&requirements)).validate(0);
        let mut found = told(&problems);
        found.sort_by_key(|(_, rule, _)| *rule);
        let expected: Vec<_> =
            expected.iter().map(|(level, rule, place)| (*level, *rule, place.as_str())).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_plan_uses_what_its_components_bring() {
    let definition = json!({"component-definition": {
        "uuid": OTHER, "metadata": metadata(),
        "components": [{
            "uuid": COMPONENT, "type": "software", "title": "Kettle", "description": "K.",
            "control-implementations": [{
                "uuid": OTHER, "source": "catalog.json", "description": "C.",
                "implemented-requirements": [
                    {"uuid": OTHER, "control-id": "kt-1", "description": "A."},
                    {"uuid": PLAN, "control-id": "kt-2", "description": "B."},
                    {"uuid": COMPONENT, "control-id": "kt-5", "description": "C."},
                ],
            }],
        }],
    }});
    let documents = library(&[
        (
            "plan.json",
            plan(&[requirement("kt-1", "kt-1_smt", json!({})), requirement("kt-2", "kt-2_smt", json!({}))]),
        ),
        ("profiles/small.json", profile(&["kt-1", "kt-2"])),
        catalog(),
        ("kettle.json", definition.clone()),
    ]);
    assert_eq!(told(&documents.validate(0)), []);
    let place =
        "/component-definition/components/0/control-implementations/0/implemented-requirements/2/control-id";
    assert_eq!(told(&documents.validate(3)), [(Level::Error, "cross-unknown-control", place)]);
    let unused = library(&[
        ("plan.json", plan(&[requirement("kt-1", "kt-1_smt", json!({}))])),
        ("profiles/small.json", profile(&["kt-1", "kt-2"])),
        catalog(),
        ("kettle.json", definition),
    ]);
    let problems = unused.validate(0);
    let problem = problems.iter().find(|problem| problem.rule == "cross-unused-component").unwrap();
    assert!(problem.message.contains("Kettle implements kt-2"), "{}", problem.message);
}

#[test]
fn a_plan_inherits_what_the_leveraged_plan_exports() {
    let provided = "a0b1c2d3-0000-4000-8000-00000000000a";
    let below = plan(&[requirement(
        "kt-1",
        "kt-1_smt",
        json!({"export": {"provided": [{"uuid": provided, "description": "Water."}]}}),
    )]);
    let above = |uuid: &str| {
        let inherited =
            json!({"inherited": [{"uuid": OTHER, "provided-uuid": uuid, "description": "Water."}]});
        let mut plan = plan(&[requirement("kt-1", "kt-1_smt", inherited)]);
        plan["system-security-plan"]["system-implementation"]["leveraged-authorizations"] = json!([{
            "uuid": OTHER, "title": "Waterworks", "party-uuid": OTHER, "date-authorized": "2026-01-01",
            "links": [{"href": "water.json", "rel": "system-security-plan"}],
        }]);
        plan
    };
    let documents = |uuid: &str| {
        library(&[
            ("plan.json", above(uuid)),
            ("water.json", below.clone()),
            ("profiles/small.json", profile(&["kt-1"])),
            catalog(),
        ])
    };
    assert_eq!(told(&documents(provided).validate(0)), []);
    let problems = documents("a0b1c2d3-0000-4000-8000-00000000000b").validate(0);
    assert!(told(&problems).iter().any(|(_, rule, _)| *rule == "cross-unknown-provided"), "{problems:#?}");
}

#[test]
fn items_name_risks_and_observations_that_exist() {
    let item = |risk: &str, observation: &str| {
        json!({"plan-of-action-and-milestones": {
            "uuid": PLAN, "metadata": metadata(), "system-id": {"id": "tea"},
            "observations": [{
                "uuid": OTHER, "description": "O.", "methods": ["TEST"], "collected": "2026-11-23T00:00:00Z",
            }],
            "risks": [{"uuid": COMPONENT, "title": "R", "description": "R.", "statement": "S.", "status": "open"}],
            "poam-items": [{
                "title": "I", "description": "I.",
                "related-observations": [{"observation-uuid": observation}],
                "related-risks": [{"risk-uuid": risk}],
            }],
        }})
    };
    let good = library(&[("poam.json", item(COMPONENT, OTHER))]);
    assert_eq!(told(&good.validate(0)), []);
    let bad = library(&[("poam.json", item(PLAN, COMPONENT))]);
    let base = "/plan-of-action-and-milestones/poam-items/0";
    assert_eq!(
        told(&bad.validate(0)),
        [
            (
                Level::Error,
                "cross-unknown-finding",
                format!("{base}/related-observations/0/observation-uuid").as_str()
            ),
            (Level::Error, "cross-unknown-risk", format!("{base}/related-risks/0/risk-uuid").as_str()),
        ]
    );
}

#[test]
fn imports_in_a_circle_end() {
    let mut one = profile(&["kt-1"]);
    one["profile"]["imports"][0]["href"] = "b.json".into();
    let mut two = profile(&["kt-1"]);
    two["profile"]["imports"][0]["href"] = "a.json".into();
    let documents = library(&[("a.json", one), ("b.json", two)]);
    assert!(told(&documents.validate(0)).iter().any(|(_, rule, _)| *rule == "cross-unknown-control"));
}
