//! Each feature of profile resolution on a small catalogue.

use serde_json::{Value, json};
use warrant_catalog::oscal::{Catalog, Group, Profile};
use warrant_catalog::resolve::{Limits, MemoryLoader, ResolveError, Resolved, Warning, resolve};

fn catalog() -> Value {
    let control = |id: &str, controls: Value| {
        json!({"id": id, "title": id.to_uppercase(),
            "params": [{"id": format!("{id}_p"), "label": "old"}],
            "props": [{"name": "label", "value": id}, {"name": "x", "value": "1", "ns": "urn:house", "class": "c"}],
            "links": [{"href": format!("#res-{id}"), "rel": "reference"}],
            "parts": [{"id": format!("{id}_smt"), "name": "statement", "prose": format!("{{{{ insert: param, {id}_p }}}}"),
                "parts": [{"id": format!("{id}_smt.a"), "name": "item"}, {"id": format!("{id}_smt.b"), "name": "item"}]}],
            "controls": controls})
    };
    let resource = |id: &str| json!({"uuid": format!("res-{id}"), "title": id});
    json!({"catalog": {"uuid": "c", "metadata": {"title": "C", "oscal-version": "1.1.0"},
        "params": [{"id": "loose", "label": "loose"}, {"id": "unused", "label": "unused"}],
        "groups": [
            {"id": "a", "title": "A", "controls": [
                control("a-1", json!([control("a-1.1", json!([])), control("a-1.2", json!([]))])),
                control("a-2", json!([]))]},
            {"id": "b", "title": "B", "groups": [{"title": "B inner", "params": [{"id": "gp"}], "controls": [
                {"id": "b-1", "title": "B1", "parts": [{"name": "statement", "prose": "{{ insert: param, loose }} {{insert: param, a-2_p}}"}]}]}]}],
        "back-matter": {"resources": [resource("a-1"), resource("a-1.1"), resource("a-2"),
            {"uuid": "kept", "title": "kept", "props": [{"name": "keep", "value": "always"}]}]}}})
}

fn profile(imports: Value, merge: Value, modify: Value) -> Value {
    let mut profile = json!({"uuid": "p", "metadata": {"title": "P", "version": "7", "oscal-version": "1.0.4"},
        "imports": imports, "modify": modify});
    if !merge.is_null() {
        profile["merge"] = merge;
    }
    json!({ "profile": profile })
}

fn run_with(others: &[(&str, Value)], profile: &Value) -> Result<Resolved, ResolveError> {
    let mut loader = MemoryLoader::default();
    loader.insert("dir/catalog.json", catalog().to_string());
    for (name, document) in others {
        loader.insert(*name, document.to_string());
    }
    let bytes = profile.to_string();
    loader.insert("dir/p.json", bytes.clone());
    resolve(&Profile::from_json(bytes.as_bytes()).unwrap(), "dir/p.json", &loader, &Limits::default())
}

fn run(imports: Value, merge: Value, modify: Value) -> Resolved {
    run_with(&[], &profile(imports, merge, modify)).unwrap()
}

fn import(include: Value) -> Value {
    json!([{"href": "catalog.json", "include-controls": [include]}])
}

fn all() -> Value {
    json!([{"href": "catalog.json", "include-all": {}}])
}

/// The structure as text: groups with their content in brackets, enhancements in parentheses.
fn shape(catalog: &Catalog) -> String {
    fn controls(list: &[warrant_catalog::oscal::Control]) -> Vec<String> {
        let one = |c: &warrant_catalog::oscal::Control| match controls(&c.controls).join(" ") {
            inner if inner.is_empty() => c.id.clone(),
            inner => format!("{}({inner})", c.id),
        };
        list.iter().map(one).collect()
    }
    fn group(g: &Group) -> String {
        let inner: Vec<String> =
            controls(&g.controls).into_iter().chain(g.groups.iter().map(group)).collect();
        format!("{}[{}]", g.title, inner.join(" "))
    }
    let parts: Vec<String> =
        controls(&catalog.controls).into_iter().chain(catalog.groups.iter().map(group)).collect();
    parts.join(" ")
}

fn as_is() -> Value {
    json!({"as-is": true})
}

#[test]
fn selection_by_id_pattern_and_child() {
    for (include, expected) in [
        (json!({"with-ids": ["a-2"]}), "A[a-2]"),
        (json!({"with-ids": ["a-1.2"]}), "A[a-1(a-1.2)]"),
        (json!({"with-ids": ["a-1"]}), "A[a-1]"),
        (json!({"with-ids": ["a-1"], "with-child-controls": "yes"}), "A[a-1(a-1.1 a-1.2)]"),
        (json!({"matching": [{"pattern": "?-1"}]}), "A[a-1] B[B inner[b-1]]"),
        (json!({"matching": [{"pattern": ""}, {}]}), ""),
    ] {
        let resolved = run(import(include.clone()), as_is(), json!({}));
        assert_eq!(shape(&resolved.catalog), expected, "{include}");
    }
}

#[test]
fn exclusion_beats_inclusion_and_lifts_children() {
    let with =
        |exclude: Value| json!([{"href": "catalog.json", "include-all": {}, "exclude-controls": [exclude]}]);
    for (exclude, expected) in [
        (json!({"with-ids": ["a-1"]}), "A[a-1.1 a-1.2 a-2] B[B inner[b-1]]"),
        (json!({"with-ids": ["a-1"], "with-child-controls": "yes"}), "A[a-2] B[B inner[b-1]]"),
        (json!({"with-ids": ["a-1.1"]}), "A[a-1(a-1.2) a-2] B[B inner[b-1]]"),
        (json!({"matching": [{"pattern": "a*"}]}), "B[B inner[b-1]]"),
    ] {
        assert_eq!(shape(&run(with(exclude), as_is(), json!({})).catalog), expected);
    }
}

#[test]
fn without_structure_the_result_is_flat() {
    assert_eq!(shape(&run(all(), Value::Null, json!({})).catalog), "a-1 a-1.1 a-1.2 a-2 b-1");
    assert_eq!(shape(&run(all(), json!({"flat": {}}), json!({})).catalog), "a-1 a-1.1 a-1.2 a-2 b-1");
}

#[test]
fn unknown_identifiers_are_warned_about() {
    let resolved = run(import(json!({"with-ids": ["a-2", "zz-99"]})), as_is(), json!({}));
    let text: Vec<String> = resolved.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(text, ["dir/p.json: control \"zz-99\" is not in \"catalog.json\""]);
}

#[test]
fn equal_controls_are_combined_as_asked() {
    let twice = json!([
        {"href": "catalog.json", "include-controls": [{"with-ids": ["a-1", "a-2"]}]},
        {"href": "catalog.json", "include-controls": [{"with-ids": ["a-1.1", "b-1"]}]}]);
    let kept = run(twice.clone(), as_is(), json!({}));
    assert_eq!(shape(&kept.catalog), "A[a-1 a-2 a-1(a-1.1)] B[B inner[b-1]]");
    assert_eq!(kept.warnings, [Warning::DuplicateControl { id: "a-1".into() }]);
    for method in ["use-first", "merge"] {
        let merge = json!({"as-is": true, "combine": {"method": method}});
        assert_eq!(shape(&run(twice.clone(), merge, json!({})).catalog), "A[a-1(a-1.1) a-2] B[B inner[b-1]]");
    }
    let wrong = profile(twice, json!({"combine": {"method": "newest"}}), json!({}));
    assert!(matches!(run_with(&[], &wrong), Err(ResolveError::UnknownKeyword { .. })));
}

#[test]
fn united_controls_have_the_contents_of_both() {
    let mut other = catalog();
    other["catalog"]["groups"][0]["controls"][1]["parts"] = json!([{"id": "a-2_gdn", "name": "guidance"}]);
    let imports = json!([{"href": "catalog.json", "include-controls": [{"with-ids": ["a-2"]}]},
        {"href": "other.json", "include-controls": [{"with-ids": ["a-2"]}]}]);
    let profile = profile(imports, json!({"combine": {"method": "merge"}}), json!({}));
    let resolved = run_with(&[("dir/other.json", other)], &profile).unwrap();
    let control = &resolved.catalog.controls[0];
    let parts: Vec<_> = control.parts.iter().map(|p| p.id.as_deref().unwrap()).collect();
    assert_eq!(parts, ["a-2_smt", "a-2_gdn"]);
    assert_eq!((control.params.len(), control.props.len()), (1, 2));
}

#[test]
fn custom_structure_is_followed() {
    let merge = json!({"custom": {
        "insert-controls": [{"include-controls": [{"with-ids": ["b-1"]}]}],
        "groups": [{"id": "g", "title": "G", "props": [{"name": "p", "value": "v"}],
            "insert-controls": [{"order": "descending", "include-controls": [{"matching": [{"pattern": "a*"}]}],
                "exclude-controls": [{"with-ids": ["a-1"]}]}],
            "groups": [{"title": "Inner", "insert-controls": [{"include-controls": [{"with-ids": ["nothing"]}]}]}]}]}});
    let resolved = run(all(), merge, json!({}));
    assert_eq!(shape(&resolved.catalog), "b-1 G[a-2 a-1.2 a-1.1 Inner[]]");
    assert_eq!(resolved.warnings, [Warning::EmptyInsertion { location: "dir/p.json".into() }]);
    let two = profile(all(), json!({"as-is": true, "custom": {}}), json!({}));
    assert!(matches!(run_with(&[], &two), Err(ResolveError::TwoStructures { .. })));
}

#[test]
fn parameters_are_set_in_order() {
    let modify = json!({"set-parameters": [
        {"param-id": "a-2_p", "label": "new", "constraints": [{"description": "c1"}], "values": ["v1"]},
        {"param-id": "a-2_p", "constraints": [{"description": "c2"}], "values": ["v2"]},
        {"param-id": "nowhere", "values": ["v"]}]});
    let resolved = run(import(json!({"with-ids": ["a-2"]})), as_is(), modify);
    let param = &resolved.catalog.groups[0].controls[0].params[0];
    assert_eq!((param.label.as_deref(), param.values.as_slice()), (Some("new"), &["v2".to_owned()][..]));
    let constraints: Vec<_> = param.constraints.iter().filter_map(|c| c.description.as_deref()).collect();
    assert_eq!(constraints, ["c1", "c2"]);
    assert_eq!(resolved.warnings.len(), 1);
}

#[test]
fn additions_go_where_they_are_sent() {
    let add = |position: &str, by_id: &str| {
        let mut add = json!({"position": position, "parts": [{"id": format!("{position}-{by_id}"), "name": "new"}],
            "props": [{"name": position, "value": "added"}]});
        if !by_id.is_empty() {
            add["by-id"] = by_id.into();
        }
        add
    };
    let adds = json!([
        add("starting", ""),
        add("ending", ""),
        add("before", "a-2_smt"),
        add("after", "a-2_smt.a"),
        add("starting", "a-2_smt"),
        add("ending", "a-2_smt"),
        add("after", "missing")
    ]);
    let modify = json!({"alters": [{"control-id": "a-2", "adds": adds}, {"control-id": "gone", "adds": []}]});
    let resolved = run(import(json!({"with-ids": ["a-2"]})), as_is(), modify);
    let control = &resolved.catalog.groups[0].controls[0];
    let ids = |parts: &[warrant_catalog::oscal::Part]| -> Vec<String> {
        parts.iter().filter_map(|p| p.id.clone()).collect()
    };
    assert_eq!(ids(&control.parts), ["starting-", "before-a-2_smt", "a-2_smt", "ending-"]);
    assert_eq!(
        ids(&control.parts[2].parts),
        ["starting-a-2_smt", "a-2_smt.a", "after-a-2_smt.a", "a-2_smt.b", "ending-a-2_smt"]
    );
    let props: Vec<_> = control.props.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(props, ["before", "starting", "label", "x", "ending"]);
    let text: Vec<String> = resolved.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        text,
        [
            "dir/p.json: alter \"gone\" matches no control",
            "dir/p.json: alter \"a-2\": add by-id \"missing\" matches nothing"
        ]
    );
}

#[test]
fn removals_need_all_their_criteria() {
    for (remove, props, links, parts, params) in [
        (json!({"by-name": "label"}), 1, 1, 1, 1),
        (json!({"by-item-name": "prop"}), 0, 1, 1, 1),
        (json!({"by-item-name": "link"}), 2, 0, 1, 1),
        (json!({"by-item-name": "param"}), 2, 1, 1, 0),
        (json!({"by-name": "label", "by-item-name": "part"}), 2, 1, 1, 1),
        (json!({"by-id": "a-2_smt"}), 2, 1, 0, 1),
        (json!({"by-class": "c"}), 1, 1, 1, 1),
        (json!({"by-ns": "urn:house"}), 1, 1, 1, 1),
        (json!({"by-ns": "http://csrc.nist.gov/ns/oscal", "by-item-name": "prop"}), 1, 1, 1, 1),
        (json!({}), 2, 1, 1, 1),
    ] {
        let modify = json!({"alters": [{"control-id": "a-2", "removes": [remove]}]});
        let resolved = run(import(json!({"with-ids": ["a-2"]})), as_is(), modify);
        let c = &resolved.catalog.groups[0].controls[0];
        let sizes = (c.props.len(), c.links.len(), c.parts.len(), c.params.len());
        assert_eq!(sizes, (props, links, parts, params), "{remove}");
    }
}

#[test]
fn needed_parameters_and_resources_come_along_and_no_others() {
    let resolved = run(import(json!({"with-ids": ["b-1", "a-1"]})), as_is(), json!({}));
    let params: Vec<_> = resolved.catalog.params.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(params, ["loose", "a-2_p"]);
    assert!(resolved.catalog.groups[1].groups[0].params.is_empty());
    let resources = resolved.catalog.back_matter.unwrap().resources;
    let resources: Vec<_> = resources.iter().map(|r| r.uuid.as_str()).collect();
    assert_eq!(resources, ["res-a-1", "kept"]);
}

#[test]
fn profiles_of_profiles_apply_inside_out() {
    let modify = json!({"set-parameters": [{"param-id": "a-2_p", "values": ["inner"]}]});
    let inner = profile(all(), as_is(), modify);
    let modify = json!({"set-parameters": [{"param-id": "a-2_p", "label": "outer"}]});
    let outer = profile(
        json!([{"href": "../dir/inner.json", "include-controls": [{"with-ids": ["a-2"]}]}]),
        as_is(),
        modify,
    );
    let resolved = run_with(&[("dir/inner.json", inner)], &outer).unwrap();
    let param = &resolved.catalog.groups[0].controls[0].params[0];
    assert_eq!((param.label.as_deref(), param.values[0].as_str()), (Some("outer"), "inner"));
    assert_eq!(resolved.sources, ["dir/p.json", "dir/inner.json", "dir/catalog.json"]);
    assert_eq!(resolved.catalog.metadata.oscal_version, "1.1.0");
    assert_eq!(resolved.catalog.metadata.version, "7");
}

#[test]
fn resources_and_xml_names_lead_to_json() {
    let mut document = profile(json!([{"href": "#r", "include-all": {}}]), as_is(), json!({}));
    document["profile"]["back-matter"] = json!({"resources": [{"uuid": "r",
        "rlinks": [{"href": "gone.xml", "media-type": "application/oscal+xml"}, {"href": "catalog.xml"}]}]});
    assert_eq!(shape(&run_with(&[], &document).unwrap().catalog), "A[a-1(a-1.1 a-1.2) a-2] B[B inner[b-1]]");
}

/// A catalogue nested six groups deep, with groups of the same title at different places and a group without
/// identifier on each path.
#[test]
fn deep_group_paths_survive_as_is() {
    fn group(path: &str, levels: usize) -> Value {
        let mut group = json!({"title": format!("Level {levels}"), "params": [{"id": format!("{path}p")}],
            "parts": [{"name": "overview", "prose": format!("{{{{ insert: param, {path}p }}}}")}]});
        if levels.is_multiple_of(2) {
            group["id"] = path.into();
        }
        if levels == 1 {
            group["controls"] =
                json!([{"id": format!("{path}c1"), "title": "1"}, {"id": format!("{path}c2"), "title": "2"}]);
        } else {
            group["groups"] = json!([group_at(path, "x", levels), group_at(path, "y", levels)]);
        }
        group
    }
    fn group_at(path: &str, step: &str, levels: usize) -> Value {
        group(&format!("{path}{step}"), levels - 1)
    }
    fn paths(groups: &[Group], above: &str, found: &mut Vec<(String, String)>) {
        for (at, group) in groups.iter().enumerate() {
            let path = format!("{above}/{at}:{}:{}:{}", group.title, group.params[0].id, group.parts.len());
            found.extend(group.controls.iter().map(|c| (path.clone(), c.id.clone())));
            paths(&group.groups, &path, found);
        }
    }
    let deep = json!({"catalog": {"uuid": "d", "metadata": {"title": "D", "oscal-version": "1.1.0"},
        "groups": [group("g", 6)]}});
    let mut expected = Vec::new();
    paths(&Catalog::from_json(deep.to_string().as_bytes()).unwrap().groups, "", &mut expected);
    assert_eq!(expected.len(), 64);
    let inner = profile(json!([{"href": "deep.json", "include-all": {}}]), as_is(), json!({}));
    let outer = profile(json!([{"href": "inner.json", "include-all": {}}]), as_is(), json!({}));
    let resolved = run_with(&[("dir/deep.json", deep), ("dir/inner.json", inner)], &outer).unwrap();
    let mut found = Vec::new();
    paths(&resolved.catalog.groups, "", &mut found);
    assert_eq!(found, expected);
}

#[test]
fn embedded_documents_are_imported() {
    use base64::Engine as _;
    let encode = |value: &Value| base64::engine::general_purpose::STANDARD.encode(value.to_string());
    let with = |content: String| {
        let mut document = profile(json!([{"href": "#r", "include-all": {}}]), as_is(), json!({}));
        document["profile"]["back-matter"] = json!({"resources": [{"uuid": "r",
            "rlinks": [{"href": "gone.json"}, {"href": "catalog.xml"}], "base64": {"value": content}}]});
        document
    };
    // A relative import inside the embedded profile is seen from the profile around it.
    let inner = profile(import(json!({"with-ids": ["a-2"]})), as_is(), json!({}));
    let lines =
        encode(&inner).as_bytes().chunks(60).map(|c| format!("{}\n ", String::from_utf8_lossy(c))).collect();
    let resolved = run_with(&[], &with(lines)).unwrap();
    assert_eq!(shape(&resolved.catalog), "A[a-2]");
    assert_eq!(resolved.sources, ["dir/p.json", "dir/p.json#r", "dir/catalog.json"]);
    let error = run_with(&[], &with("not base 64!".into())).unwrap_err();
    assert!(matches!(error, ResolveError::BadBase64 { .. }), "{error}");
    let error = run_with(&[], &with(encode(&json!("text")))).unwrap_err();
    assert!(error.to_string().starts_with("dir/p.json#r: line 1"), "{error}");
}

#[test]
fn marked_roles_and_parties_of_sources_are_kept() {
    let keep = json!([{"name": "keep", "value": "always"}]);
    let mut source = catalog();
    source["catalog"]["metadata"]["roles"] = json!([{"id": "creator", "title": "Theirs", "props": keep},
        {"id": "other", "title": "Other"}, {"id": "kept", "title": "Kept", "props": keep}]);
    source["catalog"]["metadata"]["parties"] = json!([{"uuid": "party", "type": "person", "props": keep}]);
    let mut own = profile(json!([{"href": "other.json", "include-all": {}}]), as_is(), json!({}));
    own["profile"]["metadata"]["roles"] = json!([{"id": "creator", "title": "Ours"}]);
    let metadata = run_with(&[("dir/other.json", source)], &own).unwrap().catalog.metadata;
    let titles: Vec<_> =
        metadata.rest["roles"].as_array().unwrap().iter().map(|r| r["title"].clone()).collect();
    assert_eq!(titles, ["Ours", "Kept"]);
    assert_eq!(metadata.rest["parties"][0]["uuid"], "party");
}

#[test]
fn what_the_modifications_name_is_not_pruned() {
    let modify = json!({"set-parameters": [{"param-id": "unused", "values": ["set"]}]});
    let resolved = run(import(json!({"with-ids": ["a-2"]})), as_is(), modify);
    let ids: Vec<_> = resolved.catalog.params.iter().map(|p| (p.id.as_str(), p.values.len())).collect();
    assert_eq!(ids, [("unused", 1)]);
}

#[test]
fn an_addition_to_the_control_by_its_own_identifier_is_applied_with_a_warning() {
    let add = json!({"by-id": "a-2", "props": [{"name": "point", "value": "1"}]});
    let modify = json!({"alters": [{"control-id": "a-2", "adds": [add]}]});
    let resolved = run(import(json!({"with-ids": ["a-2"]})), as_is(), modify);
    assert_eq!(resolved.catalog.groups[0].controls[0].props[2].name, "point");
    assert_eq!(resolved.warnings, [Warning::AddNamesItsControl { location: "dir/p.json".into(), count: 1 }]);
}

#[test]
fn settings_replace_or_extend_each_field_as_specified() {
    let first = json!({"param-id": "a-2_p", "class": "k", "usage": "u", "values": ["v"],
        "props": [{"name": "n", "value": "1", "uuid": "same"}], "guidelines": [{"prose": "g1"}],
        "links": [{"href": "#res-a-2"}],
        "constraints": [{"description": "c", "tests": [{"expression": "e"}]}]});
    let second = json!({"param-id": "a-2_p", "props": [{"name": "n", "value": "2", "uuid": "same"}],
        "guidelines": [{"prose": "g2"}], "select": {"how-many": "one", "choice": ["x", "y"]}});
    let resolved =
        run(import(json!({"with-ids": ["a-2"]})), as_is(), json!({"set-parameters": [first, second]}));
    let param = serde_json::to_value(&resolved.catalog.groups[0].controls[0].params[0]).unwrap();
    let expected = json!({"id": "a-2_p", "class": "k", "label": "old", "usage": "u",
        "props": [{"name": "n", "uuid": "same", "value": "2"}], "links": [{"href": "#res-a-2"}],
        "constraints": [{"description": "c", "tests": [{"expression": "e"}]}],
        "guidelines": [{"prose": "g1"}, {"prose": "g2"}],
        "select": {"how-many": "one", "choice": ["x", "y"]}});
    assert_eq!(param, expected);
}

/// B-1 inserts a parameter of A-2, wherever A-2 ends: not imported, placed nowhere, or discarded as a
/// repetition.
#[test]
fn parameters_come_along_from_controls_that_the_merge_leaves_out() {
    let placed = json!({"custom": {"insert-controls": [{"include-controls": [{"with-ids": ["b-1"]}]}]}});
    let resolved = run(all(), placed, json!({}));
    assert_eq!(shape(&resolved.catalog), "b-1");
    let params = |r: &Resolved| r.catalog.params.iter().map(|p| p.id.clone()).collect::<Vec<_>>();
    assert_eq!(params(&resolved), ["loose", "a-2_p"]);
    // The repetition of A-2 has a parameter that the first A-2 lacks.
    let mut first = catalog();
    first["catalog"]["groups"][0]["controls"][1]["params"] = json!([]);
    let imports = json!([{"href": "first.json", "include-controls": [{"with-ids": ["a-2"]}]},
        {"href": "catalog.json", "include-controls": [{"with-ids": ["a-2", "b-1"]}]}]);
    let merge = json!({"as-is": true, "combine": {"method": "use-first"}});
    let document = profile(imports, merge, json!({}));
    let resolved = run_with(&[("dir/first.json", first)], &document).unwrap();
    assert_eq!(params(&resolved), ["loose", "a-2_p"]);
}

#[test]
fn a_document_can_be_imported_again_by_another_profile() {
    let inner = profile(import(json!({"with-ids": ["a-1"]})), as_is(), json!({}));
    let imports = json!([{"href": "inner.json", "include-all": {}},
        {"href": "catalog.json", "include-controls": [{"with-ids": ["a-2"]}]},
        {"href": "./catalog.json", "include-controls": [{"with-ids": ["b-1"]}]}]);
    let resolved = run_with(&[("dir/inner.json", inner)], &profile(imports, as_is(), json!({}))).unwrap();
    assert_eq!(shape(&resolved.catalog), "A[a-1 a-2] B[B inner[b-1]]");
    assert_eq!(resolved.sources, ["dir/p.json", "dir/inner.json", "dir/catalog.json"]);
}
