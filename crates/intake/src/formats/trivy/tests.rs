use super::*;
use crate::formats::testing;

#[test]
fn the_example_holds() {
    testing::example_holds(&Trivy);
    testing::key_order_is_free(&Trivy);
}

#[test]
fn the_example_says_what_it_says() {
    let (reading, gathered) = testing::read(&Trivy, Trivy.example().bytes).unwrap();
    let image = "registry.example.org/portal:2.4.1";
    assert_eq!(reading.targets, [image, "registry.example.org/portal:2.4.1/Dockerfile"]);
    let [asset, component, weakness, fails, passes, secret] = &gathered.facts[..] else { panic!() };
    let Fact::Asset(asset) = &asset.1 else { panic!("{asset:?}") };
    assert_eq!(
        (asset.platform.as_deref(), &asset.aliases[..]),
        (Some("debian 12.9"), &["registry.example.org/portal:stable".to_owned()][..])
    );
    let Fact::Component(component) = &component.1 else { panic!("{component:?}") };
    assert_eq!(component.version.as_deref(), Some("1:1.2.3-4"));
    let Fact::Weakness(weakness) = &weakness.1 else { panic!("{weakness:?}") };
    assert_eq!(weakness.fixed_version.as_deref(), Some("1:1.2.3-5"));
    assert_eq!(weakness.cvss_vector.as_deref(), Some("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"));
    assert_eq!((weakness.severity, &weakness.cwes[..]), (Severity::High, &[125][..]));
    assert_eq!(weakness.vulnerabilities, ["CVE-2025-3333", "DSA-9999-1"]);
    let (Fact::Check(fails), Fact::Check(passes)) = (&fails.1, &passes.1) else { panic!() };
    assert_eq!((fails.outcome, passes.outcome), (Outcome::Fail, Outcome::Pass));
    let Fact::Weakness(secret) = &secret.1 else { panic!("{secret:?}") };
    assert_eq!(
        secret.subject,
        Subject::Code { file: "/app/settings.env".to_owned(), line: 3, fingerprint: None }
    );
    assert!(!format!("{secret:?}").contains("TOKEN"));
}

#[test]
fn no_results_are_a_clean_scan_and_no_name_is_nothing() {
    let clean =
        br#"{"SchemaVersion": 2, "ArtifactName": "app", "ArtifactType": "filesystem", "Results": null}"#;
    let (reading, gathered) = testing::read(&Trivy, clean).unwrap();
    assert_eq!((reading.targets, gathered.facts.len()), (vec!["app".to_owned()], 0));
    let nothing = testing::read(&Trivy, br#"{"SchemaVersion": 2, "Results": []}"#);
    assert!(matches!(nothing, Err(ReadError::Empty { .. })));
}

#[test]
fn clusters_arrays_and_ignored_findings_are_read() {
    let cluster = br#"{"ClusterName": "c", "Resources": [{"Namespace": "shop", "Kind": "Deployment", "Name": "web",
        "Results": [{"Target": "Deployment/web", "Class": "config", "Misconfigurations": [
          {"ID": "K1", "Status": "PASS", "Message": "first"}, {"ID": "K1", "Status": "FAIL", "Message": "second"}]}]},
        {"Kind": "Node", "Name": "n1", "Results": null}]}"#;
    let (reading, gathered) = testing::read(&Trivy, cluster).unwrap();
    assert_eq!(reading.targets, ["shop/Deployment/web", "Node/n1"]);
    let [(_, Fact::Check(check))] = &gathered.facts[..] else { panic!("{:?}", gathered.facts) };
    assert_eq!((check.outcome, check.target.as_str()), (Outcome::Fail, "shop/Deployment/web"));

    let array = br#"[{"Target": "alpine:3.9 (alpine 3.9.4)", "Type": "alpine", "Vulnerabilities": [
        {"VulnerabilityID": "CVE-2019-1", "PkgName": "p", "InstalledVersion": "1", "Severity": "LOW"}]},
        {"Target": "clean:1 (alpine 3.9.4)", "Vulnerabilities": null}]"#;
    let (reading, gathered) = testing::read(&Trivy, array).unwrap();
    assert_eq!(
        (reading.targets, gathered.facts.len()),
        (vec!["alpine:3.9".to_owned(), "clean:1".to_owned()], 1)
    );

    let ignored = br#"{"SchemaVersion": 2, "ArtifactName": "app", "Results": [{"Target": "go.mod",
        "ExperimentalModifiedFindings": [{"Type": "vulnerability", "Status": "ignored", "Finding":
        {"VulnerabilityID": "CVE-2024-1", "PkgName": "m"}}]}]}"#;
    let (_, gathered) = testing::read(&Trivy, ignored).unwrap();
    assert!(
        matches!(&gathered.facts[..], [(_, Fact::Weakness(w))] if w.suppressed && w.rule == "CVE-2024-1")
    );
}

#[test]
fn corpus_files_are_read() {
    let (mut files, mut facts) = (0, 0);
    for (path, bytes) in testing::corpus("scans/trivy", &["json"]) {
        assert!(Trivy.recognise(&Sniff::of(&bytes)) >= Confidence::Likely, "{path}");
        let (reading, gathered) =
            testing::read(&Trivy, &bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(
            gathered.problems.is_empty() && !reading.targets.is_empty(),
            "{path}: {:?}",
            gathered.problems
        );
        files += 1;
        facts += gathered.facts.len();
    }
    println!("Trivy: {files} files read, {facts} facts");
}
