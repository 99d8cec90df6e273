//! Bills that tell the source package of a distribution's package beside its package URL: the fact's has it.

use crate::corpus;
use warrant_intake::recognise;
use warrant_model::fact::Fact;

fn purls(bytes: &[u8]) -> Vec<String> {
    let (gathered, reading) = corpus::read(recognise(bytes).unwrap(), bytes);
    assert!(reading.is_ok(), "{reading:?}");
    let parts = gathered.facts.into_iter().filter_map(|(_, fact)| match fact {
        Fact::Component(component) => component.purl,
        _ => None,
    });
    parts.collect()
}

const PLAIN: &str = "pkg:deb/debian/libc6@2.36-9?distro=debian-12";
const WITH: &str = "pkg:deb/debian/libc6@2.36-9?distro=debian-12&upstream=glibc%402.36-9";

#[test]
fn every_form_of_a_bill_tells_the_source() {
    let json = format!(
        r#"{{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{{"type": "library", "name": "libc6",
        "version": "2.36-9", "purl": "{PLAIN}", "properties": [{{"name": "aquasecurity:trivy:SrcName", "value": "glibc"}},
        {{"name": "aquasecurity:trivy:SrcVersion", "value": "2.36"}}, {{"name": "aquasecurity:trivy:SrcRelease", "value": "9"}}]}}]}}"#
    );
    let xml = format!(
        r#"<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components><component type="library"><name>libc6</name>
        <purl>{PLAIN}</purl><properties><property name="syft:metadata:source">glibc</property>
        <property name="syft:metadata:sourceVersion">2.36-9</property></properties></component></components></bom>"#
    );
    let spdx = format!(
        r#"{{"spdxVersion": "SPDX-2.3", "name": "x", "packages": [{{"SPDXID": "SPDXRef-1", "name": "libc6",
        "sourceInfo": "built package from: glibc 2.36-9", "externalRefs": [{{"referenceCategory": "PACKAGE-MANAGER",
        "referenceType": "purl", "referenceLocator": "{PLAIN}"}}]}}]}}"#
    );
    let tags = format!(
        "SPDXVersion: SPDX-2.3\nDocumentName: x\nPackageName: libc6\nSPDXID: SPDXRef-1\n\
         PackageSourceInfo: <text>built package from: glibc 2.36-9</text>\nExternalRef: PACKAGE-MANAGER purl {PLAIN}\n"
    );
    for bill in [json, xml, spdx, tags] {
        assert_eq!(purls(bill.as_bytes()), [WITH], "{bill}");
        // Without the words the package URL is what the bill says.
        let mute = bill
            .replace("SrcName", "Other")
            .replace("metadata:source", "other")
            .replace("built package", "x");
        assert_eq!(purls(mute.as_bytes()), [PLAIN], "{mute}");
    }
}

#[test]
fn a_published_bill_tells_the_source_of_every_package() {
    let mut told = 0;
    for (name, bytes) in corpus::files("scans/cyclonedx") {
        if !bytes.windows(26).any(|part| part == b"aquasecurity:trivy:SrcName") {
            continue;
        }
        for purl in purls(&bytes).iter().filter(|purl| purl.starts_with("pkg:deb/")) {
            assert!(purl.contains("upstream="), "{name}: {purl}");
            told += 1;
        }
    }
    println!("{told} packages");
}
