//! OSCAL documents of the sample organisation: valid alone and with what they build on, the same in every format, and
//! holding every finding, deficiency and planned action.

#[path = "../../../oscal/tests/it/folder.rs"]
pub(crate) mod folder;

use crate::stores::{Fixture, on_both};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::finding::FindingState;
use warrant_oscal::schema::Level;
use warrant_oscal::{Document, Format, Library, Limits};
use warrant_service::hand_in::{Asked, HandIn};
use warrant_service::{Actor, Service};

/// All documents of all systems; `made` has them as JSON.
pub(crate) async fn documents_are_valid_and_whole(
    service: &Service,
    made: &BTreeMap<(String, String), HandIn>,
) {
    let oscal: Vec<_> = made.iter().filter(|((format, _), _)| format.starts_with("oscal-")).collect();
    assert!(oscal.len() > 40, "{} documents", oscal.len());
    for ((format, system), hand_in) in &oscal {
        let asked = |syntax| Asked {
            format: format.clone(),
            system: system.clone(),
            syntax: Some(syntax),
            ..Asked::default()
        };
        let json = text(hand_in);
        identifiers_are_unique(json, &format!("{format} of {system}"));
        assert!(!hand_in.notes.iter().any(|note| note.starts_with("not valid")), "{:?}", hand_in.notes);
        // The largest and one that inherits; the others would take minutes.
        if !["Customer Portal", "Data Lake"].contains(&system.as_str()) {
            continue;
        }
        let again = service.hand_in(&Actor::program(), asked(Format::Json)).await.unwrap();
        assert_eq!(text(&again), json, "{format} of {system} differs from itself");
        for (syntax, ending) in [(Format::Xml, "xml"), (Format::Yaml, "yaml")] {
            let other = service.hand_in(&Actor::program(), asked(syntax)).await.unwrap();
            let read = Document::read(other.files[0].1.as_slice(), syntax, &Limits::default()).unwrap();
            let mut back = read.write(Format::Json).unwrap();
            for kind in ["profile", "ssp", "ap"] {
                // A document names the others by their files, which are of its own format.
                back = back.replace(&format!("-oscal-{kind}.{ending}\""), &format!("-oscal-{kind}.json\""));
            }
            let back: Value = serde_json::from_str(&back).unwrap();
            let same = back == serde_json::from_str::<Value>(json).unwrap();
            assert!(same, "{format} of {system} as {ending} says something else");
        }
    }
    they_fit_together(&oscal);
    for system in service.system_names(&Actor::program()).await.unwrap().into_values() {
        nothing_is_lost(service, made, &system).await;
    }
}

fn text(hand_in: &HandIn) -> &str {
    std::str::from_utf8(&hand_in.files[0].1).unwrap()
}

fn identifiers_are_unique(json: &str, what: &str) {
    fn walk(value: &Value, seen: &mut BTreeSet<String>, what: &str) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| walk(item, seen, what)),
            Value::Object(members) => {
                if let Some(uuid) = members.get("uuid").and_then(Value::as_str) {
                    assert!(seen.insert(uuid.to_owned()), "{what}: {uuid} stands twice");
                }
                members.values().for_each(|value| walk(value, seen, what));
            }
            _ => {}
        }
    }
    walk(&serde_json::from_str(json).unwrap(), &mut BTreeSet::new(), what);
}

/// Every document is valid, also against the profiles and plans it names and NIST's catalogue behind them.
fn they_fit_together(oscal: &[(&(String, String), &HandIn)]) {
    let mut library = Library::default();
    for (_, hand_in) in oscal {
        let document = Document::read(text(hand_in).as_bytes(), Format::Json, &Limits::default()).unwrap();
        library.add(&format!("{}.json", hand_in.files[0].0), document);
    }
    assert_eq!(library.len(), oscal.len(), "two documents have one name");
    let catalogue = nist(&mut library);
    for (at, ((format, system), _)) in oscal.iter().enumerate() {
        let problems = library.validate(at);
        let is_missing = |rule: &str| catalogue.is_none() && rule == "cross-not-checked";
        let wrong: Vec<_> = problems
            .iter()
            .filter(|one| one.level != Level::Note || one.rule == "cross-not-checked")
            .filter(|one| !is_missing(&one.rule))
            .map(|one| format!("{} {}: {}", one.rule, one.place, one.message))
            .collect();
        assert_eq!(wrong, Vec::<String>::new(), "{format} of {system}");
    }
    println!(
        "{} OSCAL documents are valid{}",
        oscal.len(),
        if catalogue.is_some() { " with NIST's catalogue" } else { "" }
    );
}

/// NIST's catalogue and profiles, which the corpus holds.
fn nist(library: &mut Library) -> Option<()> {
    let folder = folder::oscal()?.join("nist-800-53/v1.0.0");
    let mut names = vec!["catalog".to_owned()];
    names.extend(["LOW", "MODERATE", "HIGH"].map(|level| format!("{level}-baseline_profile")));
    for name in names {
        let name = format!("NIST_SP-800-53_rev5_{name}.json");
        let Ok(bytes) = std::fs::read(folder.join(&name)) else {
            println!("skipped: no {name} at {}", folder.display());
            return None;
        };
        library.add(&name, Document::read(&bytes, Format::Json, &Limits::default()).unwrap());
    }
    Some(())
}

/// Every finding that somebody looked at, every deficiency and every item that was not cancelled is there.
async fn nothing_is_lost(service: &Service, made: &BTreeMap<(String, String), HandIn>, system: &str) {
    let actor = Actor::program();
    let snapshot = service.snapshot(&actor, system, None).await.unwrap();
    let posture = service.posture(&actor, system, None).await.unwrap();
    let read = |format: &str| -> Option<Value> {
        made.get(&(format.to_owned(), system.to_owned())).map(|one| serde_json::from_str(text(one)).unwrap())
    };
    let titles = |value: &Value| -> Vec<String> {
        let all = value.as_array().into_iter().flatten();
        let mut titles: Vec<String> =
            all.map(|one| one["title"].as_str().unwrap_or_default().to_owned()).collect();
        titles.sort();
        titles
    };
    let mut expected: Vec<String> = posture.deficiencies.iter().map(|one| plain(&one.title)).collect();
    expected.sort();
    let results = read("oscal-ar").unwrap_or_default();
    let result = &results["assessment-results"]["results"][0];
    assert_eq!(titles(&result["risks"]), expected, "risks of {system}");
    let looked_at =
        snapshot.findings.state.iter().filter(|state| **state != FindingState::NotChecked).count();
    let judged = snapshot.assessments.iter().filter(|one| one.body.result.is_some()).count();
    assert_eq!(result["observations"].as_array().map_or(0, Vec::len), looked_at + judged, "{system}");

    let live = snapshot.poam_items.iter().filter(|item| item.body.state != "cancelled");
    let (mut items, mut milestones) = (Vec::new(), 0);
    for item in live {
        items.push(plain(&item.body.title));
        milestones += item.body.milestones.len();
    }
    items.sort();
    let plan = read("oscal-poam").unwrap_or_default();
    let plan = &plan["plan-of-action-and-milestones"];
    assert_eq!(titles(&plan["poam-items"]), items, "items of {system}");
    let risks = plan["risks"].as_array().into_iter().flatten();
    let told: usize = risks
        .flat_map(|risk| risk["remediations"].as_array().unwrap())
        .map(|one| one["tasks"].as_array().map_or(0, Vec::len))
        .sum();
    assert_eq!(told, milestones, "milestones of {system}");
}

fn plain(text: &str) -> String {
    warrant_oscal::plain::line(text)
}

on_both!(text_of_people_stays_text, what_is_taken_from_a_system_stands_in_both_plans);

/// Text that would be markup, a reference or no XML at all, if it were not escaped.
const HOSTILE: &str =
    "*a* _b_ <script>&amp;</script> {{ insert: param, x }} [l](javascript:x) \u{1}\u{fffe}\n- 1\n\n# 2";

async fn text_of_people_stays_text(fixture: Fixture) {
    let hostile = |what: &str| format!("{what} {HOSTILE}");
    let owner = json!({"name": hostile("Ada"), "email": "no address", "position": hostile("Owner")});
    let owner = fixture.make("person", owner).await.id;
    let system = json!({"name": hostile("System"), "description": HOSTILE, "boundary": HOSTILE, "owner": owner, "phase": "planned"});
    let system = fixture.make("system", system).await.id;
    let kind =
        json!({"system": system, "name": hostile("Type"), "rationale": HOSTILE, "confidentiality": "low"});
    fixture.make("information_type", kind).await;
    let component = json!({"system": system, "name": hostile("Host"), "component_type": "host", "zone": HOSTILE,
        "hostnames": ["h1", HOSTILE], "vendor": HOSTILE, "product_version": HOSTILE});
    fixture.make("component", component).await;
    for control in ["ac-2", "ac-2_smt.a", "zz-99"] {
        let said = json!({"system": system, "control": control, "description": HOSTILE, "status": "partial"});
        // Some stores refuse controls that nobody knows.
        let _ = fixture.service.create(&Actor::program(), "implementation", said).await;
    }
    let item = json!({"system": system, "title": hostile("Item"), "description": HOSTILE, "comments": HOSTILE, "state": "draft",
        "milestones": [{"title": hostile("Step")}]});
    fixture.make("poam_item", item).await;
    let mut made = 0;
    for format in ["profile", "ssp", "ap", "ar", "poam"] {
        let asked = |syntax| Asked {
            format: format!("oscal-{format}"),
            system: system.clone(),
            syntax: Some(syntax),
            ..Asked::default()
        };
        for syntax in [Format::Json, Format::Xml, Format::Yaml] {
            let hand_in = fixture.service.hand_in(&Actor::program(), asked(syntax)).await.unwrap();
            let invalid: Vec<_> = hand_in.notes.iter().filter(|note| note.starts_with("not valid")).collect();
            assert!(invalid.is_empty(), "{format} as {syntax:?}: {invalid:?}");
            let read = Document::read(&hand_in.files[0].1, syntax, &Limits::default()).unwrap();
            let xml = read.write(Format::Xml).unwrap();
            assert!(
                !xml.contains("<script") && !xml.contains("href=\"javascript") && !xml.contains("<em>"),
                "{xml}"
            );
            assert!(
                xml.contains("*a* _b_ &lt;script&gt;&amp;amp;&lt;/script&gt; {{ insert: param, x }}"),
                "{xml}"
            );
            made += 1;
        }
    }
    assert_eq!(made, 15);
}

async fn what_is_taken_from_a_system_stands_in_both_plans(fixture: Fixture) {
    let mut systems = Vec::new();
    for name in ["Provider", "Customer"] {
        let phases = json!({"name": name, "phase": "planned", "authorized_on": "2026-01-02"});
        let id = fixture.make("system", phases).await.id;
        let level = json!({"system": id, "name": "Mail", "confidentiality": "low", "integrity": "low", "availability": "low"});
        fixture.make("information_type", level).await;
        systems.push(id);
    }
    let [provider, customer] = &systems[..] else { panic!("two systems") };
    for (control, status) in [("ac-2", "inherited"), ("ac-1_smt.a", "shared")] {
        let said = json!({"system": customer, "control": control, "status": status, "provider": provider});
        fixture.make("implementation", said).await;
    }
    let read = async |system: &str| -> Value {
        let asked = Asked { format: "oscal-ssp".into(), system: system.into(), ..Asked::default() };
        let made = fixture.service.hand_in(&Actor::program(), asked).await.unwrap();
        serde_json::from_slice(&made.files[0].1).unwrap()
    };
    let (plan, own) = (read(provider).await, read(customer).await);
    let exported = named(&plan, "provided", "uuid");
    assert_eq!(exported.len(), 2, "{exported:?}");
    assert_eq!(named(&own, "inherited", "provided-uuid"), exported);
    assert_eq!(named(&plan, "responsibilities", "provided-uuid").len(), 1);
    assert!(
        named(&plan, "inherited", "provided-uuid").is_empty() && named(&own, "provided", "uuid").is_empty()
    );
}

/// The values of a member of all items of lists with a name.
fn named(value: &Value, list: &str, member: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    match value {
        Value::Array(items) => items.iter().for_each(|item| found.extend(named(item, list, member))),
        Value::Object(members) => {
            for (name, inner) in members {
                if name == list {
                    let items = inner.as_array().into_iter().flatten();
                    found.extend(items.filter_map(|item| item[member].as_str()).map(str::to_owned));
                }
                found.extend(named(inner, list, member));
            }
        }
        _ => {}
    }
    found
}
