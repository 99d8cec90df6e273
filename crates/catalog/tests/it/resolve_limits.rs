//! Refusals: circular and missing imports, and profiles made to exhaust the machine.

use proptest::prelude::*;
use serde_json::{Value, json};
use warrant_catalog::oscal::Profile;
use warrant_catalog::resolve::{Limits, MemoryLoader, ResolveError, Resolved, resolve};

fn profile(imports: &[String]) -> Value {
    let imports: Vec<Value> = imports.iter().map(|href| json!({"href": href, "include-all": {}})).collect();
    json!({"profile": {"uuid": "p", "metadata": {"title": "P"}, "imports": imports}})
}

fn run(documents: &[(String, Value)], start: &str) -> Result<Resolved, ResolveError> {
    let mut loader = MemoryLoader::default();
    for (name, document) in documents {
        loader.insert(name.clone(), document.to_string());
    }
    let start_bytes = documents.iter().find(|(name, _)| name == start).unwrap().1.to_string();
    resolve(&Profile::from_json(start_bytes.as_bytes()).unwrap(), start, &loader, &Limits::default())
}

#[test]
fn circular_imports_name_their_path() {
    let documents: Vec<_> = [("a", "b"), ("b", "c"), ("c", "./b")]
        .map(|(from, to)| (format!("{from}.json"), profile(&[format!("{to}.json")])))
        .into();
    let error = run(&documents, "a.json").unwrap_err();
    assert_eq!(error.to_string(), "circular import: b.json -> c.json -> b.json");
    let own = [("a.json".to_owned(), profile(&["a.json".to_owned()]))];
    assert_eq!(run(&own, "a.json").unwrap_err().to_string(), "circular import: a.json -> a.json");
}

#[test]
fn missing_documents_and_resources_are_named() {
    let error = run(&[("a.json".into(), profile(&["x/none.xml".into()]))], "a.json").unwrap_err();
    assert_eq!(
        error.to_string(),
        "a.json: import \"x/none.xml\" was not found (tried x/none.json, x/none.xml)"
    );
    let error = run(&[("a.json".into(), profile(&["#none".into()]))], "a.json").unwrap_err();
    assert_eq!(error.to_string(), "a.json: import \"#none\" names no resource of the back matter");
    let wrong = [("a.json".into(), profile(&["b.json".into()])), ("b.json".into(), json!({"ssp": {}}))];
    assert!(run(&wrong, "a.json").unwrap_err().to_string().starts_with("b.json: line 1"));
}

#[test]
fn xml_is_refused_with_a_remedy() {
    let mut loader = MemoryLoader::default();
    loader.insert("c.xml", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><catalog>&e;</catalog>");
    let text = profile(&["c.xml".into()]).to_string();
    let parsed = Profile::from_json(text.as_bytes()).unwrap();
    let error = resolve(&parsed, "a.json", &loader, &Limits::default()).unwrap_err();
    assert_eq!(error.to_string(), "c.xml: this looks like XML, not JSON; convert the document to OSCAL JSON");
}

#[test]
fn other_major_versions_are_refused() {
    let mut document = profile(&[]);
    document["profile"]["metadata"]["oscal-version"] = "2.0.0".into();
    let error = run(&[("a.json".into(), document)], "a.json").unwrap_err();
    assert!(matches!(error, ResolveError::OtherMajorVersion { .. }));
}

/// Each level imports the next one ten times: 10^9 copies if nothing stopped it.
#[test]
fn exponential_imports_end_early() {
    let mut documents: Vec<_> =
        (0..9).map(|n| (format!("p{n}.json"), profile(&vec![format!("p{}.json", n + 1); 10]))).collect();
    documents.push(("p9.json".into(), profile(&[])));
    assert!(matches!(run(&documents, "p0.json"), Err(ResolveError::LimitReached { what: "imports", .. })));
}

#[test]
fn long_chains_end_early() {
    let documents: Vec<_> =
        (0..40).map(|n| (format!("p{n}.json"), profile(&[format!("p{}.json", n + 1)]))).collect();
    assert!(matches!(run(&documents, "p0.json"), Err(ResolveError::LimitReached { limit: 16, .. })));
}

proptest! {
    /// Whatever imports whatever: the result is an error exactly when the start reaches a circle, and the circle
    /// named is one.
    #[test]
    fn circles_are_found_exactly(edges in prop::collection::vec((0usize..6, 0usize..6), 0..9)) {
        let name = |n: usize| format!("{n}.json");
        let targets = |n: usize| edges.iter().filter(move |(from, _)| *from == n).map(|(_, to)| *to);
        let documents: Vec<_> =
            (0..6).map(|n| (name(n), profile(&targets(n).map(name).collect::<Vec<_>>()))).collect();
        let reachable = |start: usize| {
            let mut seen = vec![false; 6];
            let mut open: Vec<usize> = targets(start).collect();
            while let Some(n) = open.pop() {
                if !std::mem::replace(&mut seen[n], true) {
                    open.extend(targets(n));
                }
            }
            seen
        };
        let circular = (0..6).any(|n| (n == 0 || reachable(0)[n]) && reachable(n)[n]);
        match run(&documents, "0.json") {
            Ok(_) => prop_assert!(!circular),
            Err(ResolveError::Circular { path }) => {
                prop_assert!(circular);
                prop_assert_eq!(path.first(), path.last());
                for step in path.windows(2) {
                    let at = |s: &str| s.trim_end_matches(".json").parse::<usize>().unwrap();
                    prop_assert!(edges.contains(&(at(&step[0]), at(&step[1]))));
                }
            }
            Err(other) => return Err(TestCaseError::fail(other.to_string())),
        }
    }
}

fn catalog(controls: Value) -> Value {
    json!({"catalog": {"uuid": "c", "metadata": {"title": "C"}, "controls": controls}})
}

/// Each document nests one control below the deepest of the one before.
#[test]
fn combining_can_not_nest_without_end() {
    let mut documents: Vec<(String, Value)> = (0..100)
        .map(|n| {
            let inner = json!([{"id": format!("c{}", n + 1)}]);
            (format!("c{n}.json"), catalog(json!([{"id": format!("c{n}"), "controls": inner}])))
        })
        .collect();
    let mut start = profile(&(0..100).map(|n| format!("c{n}.json")).collect::<Vec<_>>());
    start["profile"]["merge"] = json!({"as-is": true, "combine": {"method": "use-first"}});
    documents.push(("p.json".into(), start.clone()));
    assert!(matches!(run(&documents, "p.json"), Err(ResolveError::LimitReached { limit: 60, .. })));
    start["profile"]["imports"].as_array_mut().unwrap().truncate(50);
    documents.pop();
    documents.push(("p.json".into(), start));
    assert!(run(&documents, "p.json").is_ok());
}

#[test]
fn alterations_of_huge_controls_end_early() {
    let props: Vec<Value> = (0..30_000).map(|n| json!({"name": format!("n{n}"), "value": ""})).collect();
    let removes: Vec<Value> = (0..10_000).map(|n| json!({"by-name": format!("m{n}")})).collect();
    let mut start = profile(&["c.json".into()]);
    start["profile"]["modify"] = json!({"alters": [{"control-id": "a", "removes": removes}]});
    let documents =
        [("c.json".into(), catalog(json!([{"id": "a", "props": props}]))), ("p.json".into(), start)];
    assert!(matches!(run(&documents, "p.json"), Err(ResolveError::LimitReached { .. })));
}

#[test]
fn chains_of_resources_are_kept_in_linear_time() {
    let resources: Vec<Value> = (0..20_000)
        .map(|n| json!({"uuid": format!("r{n}"), "description": format!("see #r{}", n - 1)}))
        .collect();
    let mut document = catalog(json!([{"id": "a", "links": [{"href": "#r19998"}]}]));
    document["catalog"]["back-matter"] = json!({"resources": resources});
    let documents = [("c.json".into(), document), ("p.json".into(), profile(&["c.json".into()]))];
    let resolved = run(&documents, "p.json").unwrap();
    assert_eq!(resolved.catalog.back_matter.unwrap().resources.len(), 19_999);
}
