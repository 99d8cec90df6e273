use super::Nmap;
use crate::ReadError;
use crate::formats::testing::{corpus, example_holds, facts, read};
use warrant_model::Severity;
use warrant_model::fact::{Fact, Subject, WeaknessFact};

const EXAMPLE: &[u8] = include_bytes!("../examples/nmap.xml");

fn weaknesses(bytes: &[u8]) -> Vec<WeaknessFact> {
    let all = facts(&Nmap, bytes).into_iter();
    all.filter_map(|fact| if let Fact::Weakness(weakness) = fact { Some(weakness) } else { None }).collect()
}

#[test]
fn the_example_holds() {
    example_holds(&Nmap);
}

#[test]
fn hosts_and_open_ports_are_told() {
    let (reading, gathered) = read(&Nmap, EXAMPLE).unwrap();
    assert_eq!(reading.targets, ["app02.example.org", "192.0.2.41"], "a host that is down is no target");
    assert_eq!(reading.observed_at.unwrap().to_string(), "2026-03-05T08:43:20Z");
    let Fact::Asset(asset) = &gathered.facts[0].1 else { panic!("{:?}", gathered.facts[0]) };
    assert_eq!(asset.aliases, ["192.0.2.40", "host40.example.net"]);
    assert_eq!(asset.platform.as_deref(), Some("Example OS 5.x"));
    let services: Vec<_> = gathered
        .facts
        .iter()
        .filter_map(|(_, fact)| if let Fact::Service(service) = fact { Some(service) } else { None })
        .collect();
    assert_eq!(services.len(), 2);
    assert_eq!((services[0].port, services[0].product.as_deref()), (22, Some("ExampleSSH 7.4")));
    assert_eq!((services[1].port, services[1].tls), (443, Some(true)));
}

#[test]
fn scripts_report_weaknesses() {
    let found = weaknesses(EXAMPLE);
    assert_eq!((found[0].rule.as_str(), found[0].severity), ("CVE-2026-0010", Severity::High));
    assert_eq!(found[0].title, "CVE-2026-0010 in ExampleSSH 7.4");
    assert_eq!(found[0].subject, Subject::Host { port: 22, protocol: "tcp".into() });
    assert_eq!((found[1].title.as_str(), found[1].cvss_score), ("Weak padding", Some(4.3)));
    assert_eq!(found[1].vulnerabilities, ["CVE-2026-0011"]);
    assert_eq!((found[2].rule.as_str(), found[2].subject.key().as_str()), ("smb-vuln-example", "host"));
    assert_eq!(found.len(), 3);
}

#[test]
fn text_of_old_scripts_is_read() {
    let scan = |script: &str| {
        let text = format!(
            "<nmaprun><host><address addr='192.0.2.1' addrtype='ipv4'/><ports><port protocol='tcp' portid='22'>\
             <state state='open'/>{script}</port></ports></host></nmaprun>"
        );
        weaknesses(text.as_bytes())
    };
    let vulners =
        scan("<script id='vulners' output='&#xa; cpe:/a:x: &#xa;\tCVE-2026-1\t5.0\thttps://x&#xa;'/>");
    assert_eq!((vulners[0].rule.as_str(), vulners[0].cvss_score), ("CVE-2026-1", Some(5.0)));
    let vulscan =
        scan("<script id='vulscan' output='DB - https://x:&#xa;[CVE-2026-2] Bad parser&#xa;[7] Bad&#xa;'/>");
    assert_eq!((vulscan[0].title.as_str(), vulscan[0].severity), ("Bad parser", Severity::Medium));
    assert_eq!((vulners.len(), vulscan.len()), (1, 1));
}

#[test]
fn a_scan_that_found_nobody_is_empty() {
    let none =
        b"<nmaprun><host><status state='down'/><address addr='192.0.2.1' addrtype='ipv4'/></host></nmaprun>";
    assert!(matches!(read(&Nmap, none), Err(ReadError::Empty { .. })));
}

#[test]
fn the_corpus_is_read() {
    for (name, bytes) in corpus("scans/nmap", &["xml"]) {
        let (reading, gathered) = read(&Nmap, &bytes).unwrap();
        assert_eq!((gathered.problems.len(), reading.targets.len()), (0, 1), "{name}");
        let expected = match name.rsplit('/').next().unwrap() {
            "nmap_0port.xml" => 1,
            "nmap_1port.xml" => 2,
            _ => 4,
        };
        assert_eq!(gathered.facts.len(), expected, "{name}: {:#?}", gathered.facts);
    }
}
