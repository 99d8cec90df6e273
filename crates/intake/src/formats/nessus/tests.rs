use super::Nessus;
use crate::ReadError;
use crate::formats::testing::{corpus, example_holds, facts, read};
use warrant_model::Severity;
use warrant_model::fact::{Fact, Outcome, Subject};

const EXAMPLE: &[u8] = include_bytes!("../examples/nessus.nessus");

#[test]
fn the_example_holds() {
    example_holds(&Nessus);
}

#[test]
fn a_weakness_carries_all_that_the_item_says() {
    let all = facts(&Nessus, EXAMPLE);
    let Fact::Weakness(weakness) = &all[0] else { panic!("{all:#?}") };
    assert_eq!((weakness.target.as_str(), weakness.rule.as_str()), ("web01.example.org", "900001"));
    assert_eq!(weakness.subject, Subject::Host { port: 443, protocol: "tcp".into() });
    assert_eq!(weakness.severity, Severity::Critical);
    assert_eq!(weakness.vulnerabilities, ["CVE-2026-0001", "CVE-2026-0002", "IAVA:2026-A-0001"]);
    assert_eq!(weakness.cwes, [120]);
    assert_eq!(weakness.cvss_vector.as_deref(), Some("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"));
    assert_eq!((weakness.cvss_score, weakness.exploit), (Some(9.8), Some(true)));
    assert_eq!(weakness.fixed_version.as_deref(), Some("2.4.9"));
    let Fact::Weakness(weak) = &all[1] else { panic!("{all:#?}") };
    assert_eq!((weak.severity, weak.remedy.as_deref()), (Severity::Low, None));
    assert_eq!(weak.detail.as_deref(), Some("The server offers a weak key exchange."));
}

#[test]
fn compliance_items_are_checks_with_their_references() {
    let checks: Vec<_> = facts(&Nessus, EXAMPLE)
        .into_iter()
        .filter_map(|fact| if let Fact::Check(check) = fact { Some(check) } else { None })
        .collect();
    assert_eq!(checks.len(), 2);
    assert_eq!((checks[0].rule.as_str(), checks[0].outcome), ("SV-900010", Outcome::Fail));
    assert_eq!(checks[0].severity, Severity::Medium);
    assert_eq!(checks[0].controls, ["AC-8a.", "CCI-000048"]);
    assert_eq!(checks[0].detail.as_deref(), Some("Found: no banner\nExpected: banner text"));
    assert_eq!((checks[1].rule.as_str(), checks[1].outcome), ("1.1.2", Outcome::Pass));
    assert_eq!(checks[1].benchmark, "CIS Example Linux 9");
}

#[test]
fn hosts_ports_and_the_scan_are_described() {
    let (reading, gathered) = read(&Nessus, EXAMPLE).unwrap();
    assert_eq!(reading.targets, ["web01.example.org", "192.0.2.11"]);
    assert_eq!(reading.tool.version.as_deref(), Some("10.8.3"));
    assert_eq!(reading.observed_at.unwrap().to_string(), "2026-03-05T10:25:00Z");
    let mut assets = Vec::new();
    let mut services = Vec::new();
    for (_, fact) in gathered.facts {
        match fact {
            Fact::Asset(asset) => assets.push(asset),
            Fact::Service(service) => services.push((service.port, service.name, service.tls)),
            _ => {}
        }
    }
    assert_eq!(assets[0].aliases, ["192.0.2.10"]);
    assert_eq!(assets[0].platform.as_deref(), Some("Example Linux 9"));
    assert_eq!((assets[0].authenticated, assets[1].authenticated), (Some(true), Some(false)));
    let expected = [(22, "ssh".into(), None), (443, "www".into(), Some(true)), (161, "snmp".into(), None)];
    assert_eq!(services, expected);
}

#[test]
fn a_clean_scan_names_its_hosts_and_one_without_hosts_is_empty() {
    let clean = b"<NessusClientData_v2><Report><ReportHost name='a'/></Report></NessusClientData_v2>";
    let (reading, gathered) = read(&Nessus, clean).unwrap();
    assert_eq!((reading.targets, gathered.facts.len()), (vec!["a".to_owned()], 1));
    let none = b"<NessusClientData_v2><Policy/><Report name='x'/></NessusClientData_v2>";
    assert!(matches!(read(&Nessus, none), Err(ReadError::Empty { .. })));
}

#[test]
fn a_bad_item_is_a_problem_with_its_line() {
    let bad =
        b"<NessusClientData_v2><Report><ReportHost name='a'>\n<ReportItem severity='9' pluginID='1'/>\n\
        <ReportItem severity='2'/></ReportHost><ReportHost/></Report></NessusClientData_v2>";
    let (_, gathered) = read(&Nessus, bad).unwrap();
    let lines: Vec<u32> = gathered.problems.iter().map(|(place, _)| place.line).collect();
    assert_eq!((lines, gathered.facts.len()), (vec![2, 3, 3], 1));
}

#[test]
fn the_order_of_an_items_parts_does_not_matter() {
    let item = |parts: [&str; 4]| {
        let text = format!(
            "<NessusClientData_v2><Report><ReportHost name='a'><ReportItem severity='2' pluginID='1' \
             pluginName='p' port='1' protocol='tcp' svc_name='x'>{}</ReportItem></ReportHost></Report>\
             </NessusClientData_v2>",
            parts.concat()
        );
        facts(&Nessus, text.as_bytes())
    };
    let [a, b, c, d] = [
        "<cvss_vector>CVSS2#AV:N/AC:L/Au:N/C:P/I:P/A:P</cvss_vector>",
        "<cvss_base_score>7.5</cvss_base_score>",
        "<plugin_output>x</plugin_output>",
        "<exploit_available>false</exploit_available>",
    ];
    assert_eq!(item([a, b, c, d]), item([d, c, b, a]));
}

#[test]
fn the_corpus_is_read() {
    for (name, bytes) in corpus("scans/tenable", &["xml", "nessus"]) {
        let (reading, gathered) = read(&Nessus, &bytes).unwrap();
        assert_eq!(gathered.problems, [], "{name}");
        assert_eq!(reading.targets, ["preprod.boardvantage.net"]);
        assert_eq!(reading.observed_at.unwrap().to_string(), "2013-06-25T10:39:42Z");
        assert!(gathered.facts.iter().any(|(_, fact)| matches!(fact, Fact::Service(_))));
        eprintln!("{name}: {} facts", gathered.facts.len());
    }
}
