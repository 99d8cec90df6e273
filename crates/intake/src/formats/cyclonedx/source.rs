//! What tools say in properties of the source package that a package of a distribution was built from.

use crate::purl::Source;

/// The most properties looked at for one component.
const MOST: usize = 500;

/// The source package, from properties as (name, value).
///
/// - Trivy: `aquasecurity:trivy:SrcName`, with `SrcEpoch`, `SrcVersion` and `SrcRelease`.
/// - Syft: `syft:metadata:source` and `sourceVersion` (dpkg), `sourceRpm` (RPM), `originPackage` (apk). A package
///   database that names no source means the package itself.
pub(super) fn of(properties: &[(String, String)], name: &str) -> Option<Source> {
    let value = |wanted: &str| {
        let mut values = properties.iter().take(MOST).filter(|(name, _)| name.trim() == wanted);
        values.find_map(|(_, value)| Some(value.trim()).filter(|value| !value.is_empty()))
    };
    if let Some(name) = value("aquasecurity:trivy:SrcName") {
        let version = value("aquasecurity:trivy:SrcVersion").map(|version| {
            let epoch = value("aquasecurity:trivy:SrcEpoch").filter(|epoch| *epoch != "0");
            let epoch = epoch.map_or_else(String::new, |epoch| format!("{epoch}:"));
            let release = value("aquasecurity:trivy:SrcRelease");
            format!("{epoch}{version}{}", release.map_or_else(String::new, |release| format!("-{release}")))
        });
        return Some(Source { name: name.to_owned(), version });
    }
    let told = ["source", "sourceRpm", "originPackage"].map(|key| value(&format!("syft:metadata:{key}")));
    if let Some(source) = told.into_iter().flatten().next() {
        let version = value("syft:metadata:sourceVersion").map(str::to_owned);
        return Some(Source { name: source.to_owned(), version });
    }
    let database = value("syft:package:metadataType")?;
    let is_known = matches!(database, "dpkg-db-entry" | "apk-db-entry" | "DpkgMetadata" | "ApkMetadata");
    is_known.then(|| Source { name: name.trim().to_owned(), version: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(properties: &[(&str, &str)]) -> Option<(String, Option<String>)> {
        let owned: Vec<_> = properties.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        of(&owned, "libx").map(|source| (source.name, source.version))
    }

    #[test]
    fn tools_are_understood() {
        let trivy = |part: &'static str| format!("aquasecurity:trivy:Src{part}");
        let all = [trivy("Name"), trivy("Version"), trivy("Release"), trivy("Epoch")];
        let said: Vec<(&str, &str)> =
            all.iter().map(String::as_str).zip(["shadow", "4.8.1", "2u2", "1"]).collect();
        assert_eq!(source(&said), Some(("shadow".into(), Some("1:4.8.1-2u2".into()))));
        assert_eq!(source(&said[..2]), Some(("shadow".into(), Some("4.8.1".into()))));
        let kind = ("syft:package:metadataType", "dpkg-db-entry");
        let syft = [kind, ("syft:metadata:source", "x"), ("syft:metadata:sourceVersion", "2")];
        assert_eq!(source(&syft), Some(("x".into(), Some("2".into()))));
        assert_eq!(source(&syft[..1]), Some(("libx".into(), None)));
        let rpm =
            [("syft:package:metadataType", "rpm-db-entry"), ("syft:metadata:sourceRpm", "x-1-1.src.rpm")];
        assert_eq!(source(&rpm), Some(("x-1-1.src.rpm".into(), None)));
        assert_eq!(source(&rpm[..1]), None);
        assert_eq!(source(&[("cdx:npm:package:path", "a")]), None);
    }
}
