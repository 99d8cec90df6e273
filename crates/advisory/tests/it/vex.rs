//! Small feeds of our own: product trees, analyses, tables, and files with something wrong in them.

use crate::judge::{at, component, feed};
use std::io::Write;
use warrant_advisory::advisory::Status;
use warrant_advisory::database::Database;
use warrant_advisory::feed::Feed;
use warrant_advisory::formats::{FORMATS, Limits, read};
use warrant_advisory::judge::{Answer, Context};

const OSV: &str = r#"{"id": "GHSA-1", "aliases": ["CVE-2026-1"], "modified": "2026-10-01T00:00:00Z", "affected": [
    {"package": {"ecosystem": "Rocky Linux:9", "name": "curl"},
     "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "0:8.0-1.el9"}]}]}]}"#;

const CSAF: &str = r#"{"document": {"csaf_version": "2.0", "publisher": {"name": "Northwater"},
    "tracking": {"id": "NW-2026-7", "current_release_date": "2026-10-20T00:00:00Z"}},
  "product_tree": {"branches": [{"branches": [
      {"product": {"product_id": "portal", "name": "Portal 2", "product_identification_helper":
        {"purl": "pkg:generic/portal@2.0"}}},
      {"product": {"product_id": "curl", "name": "curl", "product_identification_helper":
        {"purl": "pkg:rpm/rocky/curl@7.76.1-1.el9?distro=rocky-9.2"}}}]}],
    "relationships": [{"category": "default_component_of", "product_reference": "curl",
      "relates_to_product_reference": "portal", "full_product_name": {"product_id": "curl-in-portal", "name": "x"}}]},
  "vulnerabilities": [{"cve": "CVE-2026-1", "product_status": {"known_not_affected": ["curl-in-portal", "gone"]},
    "flags": [{"label": "vulnerable_code_not_present", "product_ids": ["curl-in-portal"]}],
    "threats": [{"category": "impact", "details": "built without it", "product_ids": ["curl-in-portal"]}]}]}"#;

fn gathered(name: &str, bytes: &[u8]) -> (bool, Feed) {
    let mut feed = Feed::default();
    let known = read(name, bytes, Limits::default(), &mut feed);
    (known, feed)
}

#[test]
fn a_csaf_statement_about_a_part_holds_within_its_product() {
    let (_, mut feed) = gathered("nw.json", CSAF.as_bytes());
    assert_eq!(feed.problems.len(), 1, "{:?}", feed.problems);
    assert!(feed.problems[0].message.contains("`gone` is not in the product tree"));
    let statement = &feed.statements[0];
    assert_eq!(statement.products, ["pkg:generic/portal@2.0"]);
    assert_eq!(statement.justification.as_deref(), Some("vulnerable_code_not_present"));
    assert_eq!((statement.status, statement.explanation.as_str()), (Status::NotAffected, "built without it"));
    read("osv.json", OSV.as_bytes(), Limits::default(), &mut feed);
    let database = Database::new(feed);
    let curl = component("pkg:rpm/rocky/curl@7.76.1-1.el9?distro=rocky-9.2");
    let ask = |product: &[&str]| {
        let context = Context { product: product.iter().map(|name| (*name).to_owned()).collect() };
        database.judge(&curl, at("2026-11-01T00:00:00Z"), &context).answer
    };
    assert_eq!(ask(&[]), Answer::Affected);
    assert_eq!(ask(&["pkg:generic/portal@2.0"]), Answer::NotAffected);
    assert_eq!(ask(&["pkg:generic/portal@3.0"]), Answer::Affected);
}

#[test]
fn a_cyclonedx_analysis_is_a_statement() {
    let bom = r#"{"bomFormat": "CycloneDX", "specVersion": "1.5", "metadata": {"timestamp": "2026-10-20T00:00:00Z",
        "component": {"bom-ref": "p", "name": "portal", "purl": "pkg:generic/portal@2.0"}},
        "components": [{"bom-ref": "c", "name": "lib", "purl": "pkg:npm/lib@1.2.0"}],
        "vulnerabilities": [{"id": "CVE-2026-1", "analysis": {"state": "not_affected",
        "justification": "code_not_reachable", "detail": "never called"}, "affects": [{"ref": "c"}]},
        {"id": "CVE-2026-2", "affects": [{"ref": "c"}]}]}"#;
    let feed = feed(&[bom]);
    assert_eq!(feed.statements.len(), 1, "what has no analysis says nothing");
    let statement = &feed.statements[0];
    assert_eq!(
        (&statement.products[..], &statement.parts[..]),
        (&["pkg:generic/portal@2.0".to_owned()][..], &["pkg:npm/lib@1.2.0".to_owned()][..])
    );
    assert_eq!(statement.justification.as_deref(), Some("vulnerable_code_not_in_execute_path"));
}

#[test]
fn tables_are_read_packed_and_quoted() {
    let epss = "#model_version:v2025.03.14,score_date:2026-10-01T00:00:00+0000\ncve,epss,percentile\nCVE-2026-1,0.5,0.9\nCVE-2026-2,7,0\n";
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(epss.as_bytes()).unwrap();
    let (known, feed) = gathered("epss.csv.gz", &packed.finish().unwrap());
    assert!(known && feed.predictions.len() == 1 && feed.problems[0].place == "line 4");
    assert_eq!(feed.lists["EPSS"].to_string(), "2026-10-01T00:00:00Z");
    let kev = "cveID,vendorProject,shortDescription,dateAdded,dueDate,knownRansomwareCampaignUse\r\nCVE-2026-1,X,\"a \"\"b\"\",\nc\",2026-09-01,2026-09-20,Known\r\n,X,y,2026-09-02,,\r\n";
    let (_, feed) = gathered("kev.csv", kev.as_bytes());
    assert_eq!((feed.exploited.len(), feed.exploited[0].due.as_str()), (1, "2026-09-20"));
    assert!(feed.exploited[0].ransomware && feed.problems[0].place == "row 3");
}

#[test]
fn one_bad_advisory_does_not_stop_the_rest() {
    let bad = r#"{"id": "GHSA-2", "modified": "2026-10-01T00:00:00Z", "affected": 7}"#;
    let (known, feed) = gathered("all.json", format!("[{OSV}, {bad}, {OSV}]").as_bytes());
    assert!(known);
    assert_eq!((feed.advisories.len(), feed.problems.len()), (2, 1));
    assert_eq!((feed.problems[0].file.as_str(), feed.problems[0].place.as_str()), ("all.json", "1"));
}

#[test]
fn a_damaged_file_is_named_with_place() {
    let (known, feed) = gathered("cut.json", &OSV.as_bytes()[..OSV.len() - 40]);
    assert!(known, "what is left of it shows what it was");
    assert!(feed.problems[0].place.starts_with("line 3"), "{:?}", feed.problems);
    let toml = "```toml\n[advisory]\nid = \"X\"\npackage = 3\n```\n# T\n";
    let (_, feed) = gathered("x.md", toml.as_bytes());
    assert_eq!(feed.problems[0].place, "line 4", "{:?}", feed.problems);
    for nothing in [&b""[..], b"\xff\xfe\x00", b"{", b"[1, 2]", b"hello", b"{\"a\": 1}"] {
        assert!(!gathered("x", nothing).0, "{nothing:?}");
    }
}

#[test]
fn hostile_files_are_refused_in_bounded_memory() {
    let deep = format!("{{\"id\": \"x\", \"modified\": \"y\", \"affected\": {}", "[".repeat(1 << 20));
    let (_, feed) = gathered("deep.json", deep.as_bytes());
    assert!(feed.advisories.is_empty());
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    bomb.write_all(&vec![b' '; 32 << 20]).unwrap();
    let mut feed = Feed::default();
    assert!(read("bomb.gz", &bomb.finish().unwrap(), Limits { bytes: 1 << 20 }, &mut feed));
    assert!(feed.problems[0].message.contains("over the limit"), "{:?}", feed.problems);
    let laughs = "id: x\nmodified: y\na: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nh: [*g,*g,*g,*g,*g,*g,*g,*g,*g]\naffected: []\n";
    let (known, _) = gathered("laughs.yaml", laughs.as_bytes());
    assert!(known);
}

#[test]
fn formats_are_listed_once_and_described() {
    let mut ids: Vec<&str> = FORMATS.iter().map(|format| format.id()).collect();
    assert!(FORMATS.iter().all(|format| !format.title().is_empty() && !format.source().is_empty()));
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), FORMATS.len());
}
