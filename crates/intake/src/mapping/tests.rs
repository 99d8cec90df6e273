use super::*;
use crate::Limits;
use crate::reader::Gathered;
use warrant_model::fact::{Fact, Subject};

const HEAD: &str = "id = \"own\"\ntitle = \"Own\"\n[[recognise]]\nall = [\"has finds\"]\n";
const TAIL: &str = "\n[example]\nfacts = 1\ninput = '{}'\n";

fn mapping(rules: &str) -> Result<Mapping, MappingError> {
    Mapping::parse("own.toml", &format!("{HEAD}{rules}{TAIL}"))
}

fn facts(rules: &str, json: &str) -> Vec<Fact> {
    let mapping = mapping(rules).unwrap();
    let mut gathered = Gathered::default();
    let input = Input { name: "f", bytes: json.as_bytes(), limits: Limits::default() };
    mapping.read(&input, &mut gathered).unwrap();
    gathered.facts.into_iter().map(|(_, fact)| fact).collect()
}

fn titles(rules: &str, json: &str) -> Vec<String> {
    let title = |fact| match fact {
        Fact::Weakness(weakness) => weakness.title,
        other => panic!("{other:?}"),
    };
    facts(rules, json).into_iter().map(title).collect()
}

#[test]
fn every_mapping_of_ours_is_sound() {
    let mut count = 0;
    for mapping in crate::formats::embedded() {
        let mapping = mapping.unwrap_or_else(|error| panic!("{error}"));
        let bytes = mapping.example().bytes;
        for at in (0..bytes.len()).step_by(bytes.len() / 20 + 1) {
            let mut damaged = bytes.to_vec();
            damaged[at] ^= 1 << (at % 8);
            let _ = crate::formats::testing::read(&mapping, &bytes[..at]);
            let _ = crate::formats::testing::read(&mapping, &damaged);
        }
        count += 1;
    }
    assert!(count > 200);
}

#[test]
fn paths_go_down_up_to_the_root_and_through_lists() {
    let json =
        r#"{"host": "h", "finds": [{"n": "a", "hits": [{"t": 1}, {"t": 2}]}, {"n": "b", "hits": {"t": 3}}]}"#;
    let rule = "[[weakness]]\neach = \"finds.hits\"\ntitle = \"={/host} {^.n} {t}\"\n";
    assert_eq!(titles(rule, json), ["h a 1", "h a 2", "h b 3"]);
}

/// The trace that Semgrep gives a finding of data that reaches a place, at some lines.
fn traced(line: u32, through: &str) -> String {
    let at = |content: &str| {
        format!(r#"["CliLoc", [{{"path": "a.py", "start": {{"line": {line}}}}}, "{content}"]]"#)
    };
    let middle = format!(
        r#"[{{"location": {{"path": "a.py", "start": {{"line": {line}}}}}, "content": "{through}"}}]"#
    );
    format!(
        r#"{{"version": "1.97.0", "errors": [], "results": [{{"check_id": "eval", "path": "a.py", "start": {{"line": {line}}},
        "extra": {{"message": "m", "fingerprint": "requires login", "dataflow_trace": {{"taint_source": {},
        "intermediate_vars": {middle}, "taint_sink": {}}}}}}}]}}"#,
        at("request.args"),
        at("eval(x)")
    )
}

#[test]
fn the_way_of_the_data_tells_a_place_when_the_tool_gives_no_fingerprint() {
    let semgrep =
        crate::formats::embedded().map(Result::unwrap).find(|mapping| mapping.id() == "semgrep").unwrap();
    let print = |line, through| {
        let (_, gathered) =
            crate::formats::testing::read(&semgrep, traced(line, through).as_bytes()).unwrap();
        match &gathered.facts[0].1 {
            Fact::Weakness(fact) => match &fact.subject {
                Subject::Code { fingerprint, .. } => fingerprint.clone().unwrap(),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    };
    assert!(print(3, "x").starts_with("flow:"));
    assert_eq!(print(3, "x"), print(700, "x"));
    assert_ne!(print(3, "x"), print(3, "y"));
    assert_ne!(print(3, "x"), print(3, ""));
}

#[test]
fn the_first_alternative_that_says_something_counts() {
    let json = r#"{"finds": [{"a": "", "b": "two"}, {"a": "one", "b": "two"}, {"c": null}]}"#;
    let rule = "[[weakness]]\neach = \"finds\"\nrule = \"=r\"\ntitle = [\"a\", \"={b} of {missing?}b\", \"=none of them\"]\n";
    assert_eq!(titles(rule, json), ["two of b", "one", "none of them"]);
}

#[test]
fn conditions_choose_records_and_steps_choose_children() {
    let json = r#"{"finds": [{"s": "FAIL", "ids": [{"k": "cwe", "v": "79"}, {"k": "cve", "v": "CVE-2024-0001"}]},
        {"s": "PASS", "ids": []}, {"s": "fail", "score": 9.5, "ids": []}]}"#;
    let rule = "[[weakness]]\neach = \"finds\"\nwhen = \"s = fail\"\ntitle = \"=t\"\nrule = \"=r\"\n\
        vulnerabilities = \"ids.v\"\ncwes = \"ids[k = cwe].v\"\nseverity = \"score | cvss\"\nsuppressed = \"score > 9\"\n";
    let facts = facts(rule, json);
    let [Fact::Weakness(first), Fact::Weakness(second)] = &facts[..] else { panic!("{facts:?}") };
    assert_eq!((&first.cwes[..], &first.vulnerabilities[..]), (&[79][..], &["CVE-2024-0001".to_owned()][..]));
    assert!(!first.suppressed && second.suppressed);
    assert_eq!(second.severity, warrant_model::level::Severity::Critical);
}

#[test]
fn joins_find_the_partner() {
    let json = r#"{"rules": [{"id": "r1", "name": "Rule one"}], "finds": [{"rule": "r1"}, {"rule": "r2"}]}"#;
    let rule = "[join.rule]\nin = \"rules\"\nkey = \"id\"\nby = \"rule\"\n[[weakness]]\neach = \"finds\"\nrule = \"rule\"\ntitle = [\"$rule.name\", \"=unknown\"]\n";
    assert_eq!(titles(rule, json), ["Rule one", "unknown"]);
}

#[test]
fn duplicates_are_kept() {
    let json = r#"{"finds": [{"t": "x"}, {"t": "x"}, {"t": "x"}]}"#;
    assert_eq!(titles("[[weakness]]\neach = \"finds\"\ntitle = \"t\"\n", json).len(), 3);
}

#[test]
fn the_subject_is_what_is_there() {
    let json = r#"{"finds": [{"p": "zlib", "v": "1.2"}, {"f": "a.c", "l": "35-41"}, {"port": "443/tcp"}, {"u": "https://h/x"}]}"#;
    let rule = "[[weakness]]\neach = \"finds\"\nrule = \"=r\"\npackage = \"p\"\ninstalled = \"v\"\nfile = \"f\"\nline = \"l\"\n\
        port = \"port\"\nprotocol = \"=tcp\"\nresource = \"u\"\n";
    let subjects: Vec<Subject> = facts(rule, json)
        .into_iter()
        .map(|fact| match fact {
            Fact::Weakness(weakness) => weakness.subject,
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(
        matches!(&subjects[0], Subject::Package { name, version, .. } if name == "zlib" && version == "1.2")
    );
    assert!(matches!(&subjects[1], Subject::Code { file, line: 35, .. } if file == "a.c"));
    assert!(matches!(&subjects[2], Subject::Host { port: 443, protocol } if protocol == "tcp"));
    assert!(matches!(&subjects[3], Subject::Resource { id } if id == "https://h/x"));
}

#[test]
fn errors_name_file_line_and_remedy() {
    for (rules, expected) in [
        ("[[weakness]]\ntitel = \"x\"\n", "unknown field `titel`"),
        ("[[weakness]]\ntitle = \"x | shout\"\n", "there is no filter `shout`"),
        ("[[weakness]]\ntitle = \"a..b\"\n", "empty step"),
        ("[[weakness]]\ntitle = \"x | match (\"\n", "unclosed group"),
        ("[[weakness]]\ntitle = \"={x\"\n", "has no matching"),
        ("[[weakness]]\ntitle = \"$nothing.x\"\n", "there is no [join.nothing]"),
        ("", "there is no [[weakness]]"),
    ] {
        let error = mapping(rules).unwrap_err().to_string();
        assert!(error.starts_with("own.toml: ") && error.contains(expected), "{rules}: {error}");
    }
    let error = mapping("[[weakness]]\ntitle = \"x | shout\"\n").unwrap_err().to_string();
    assert!(error.contains("line 6"), "{error}");
}

#[test]
fn a_file_cannot_make_endless_work() {
    let mapping = mapping("[[weakness]]\neach = \"finds.**.**.**.**\"\ntitle = \"x\"\n").unwrap();
    let json = format!("{{\"finds\": {}1{}}}", "{\"a\": ".repeat(90), "}".repeat(90));
    let json = format!("[{}]", vec![json; 20].join(","));
    let input = Input { name: "f", bytes: json.as_bytes(), limits: Limits::default() };
    let read = mapping.read(&input, &mut Gathered::default());
    assert!(matches!(read, Err(ReadError::Limit { what: "work for one file", .. })), "{read:?}");
}

#[test]
fn a_mapping_of_ones_own_replaces_ours() {
    let own = Mapping::parse(
        "bandit.toml",
        &format!("{}[[weakness]]\ntitle = \"x\"\n{TAIL}", HEAD.replace("own", "bandit")),
    );
    let readers = crate::formats::readers_with(crate::formats::embedded().flatten().chain(own));
    let bandit: Vec<_> = readers.iter().filter(|reader| reader.id() == "bandit").collect();
    assert_eq!(bandit.len(), 1);
    assert_eq!(bandit[0].title(), "Own");
}
