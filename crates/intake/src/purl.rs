//! Package URLs as readers write and complete them. Reading and judging them is not done here.

/// Percent-encodes what a package URL may not hold as it is (ECMA-427 §5.4).
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' | b'~' | b':' => {
                out.push(char::from(byte))
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// The source package that a package of a distribution was built from, as the bill tells it beside the package URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its name, or the file name of a source RPM.
    pub name: String,
    /// Its version, with epoch and release, when it is told.
    pub version: Option<String>,
}

/// The source package in the words that SPDX bills of Trivy have for it: `built package from: glibc 2.36-9`.
pub fn built_from(words: &str) -> Option<Source> {
    let mut words = words.trim().strip_prefix("built package from:")?.split_whitespace();
    let name = words.next()?.to_owned();
    Some(Source { name, version: words.next().map(str::to_owned) })
}

/// The package URL with its source in the qualifier `upstream`. One that says it already, and one that is of no
/// distribution, stays as it is: only `deb`, `rpm` and `apk` know the difference.
pub fn with_source(purl: &str, source: &Source) -> String {
    let kind = purl.strip_prefix("pkg:").and_then(|rest| rest.trim_start_matches('/').split_once('/'));
    let kind = kind.map(|(kind, _)| kind.to_ascii_lowercase()).unwrap_or_default();
    let (whole, path) = match purl.split_once('#') {
        Some((whole, path)) => (whole, Some(path)),
        None => (purl, None),
    };
    let (base, query) = whole.split_once('?').unwrap_or((whole, ""));
    let mut pairs: Vec<String> =
        query.split('&').filter(|pair| !pair.is_empty()).map(str::to_owned).collect();
    let key = |pair: &String| pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    let name = source.name.trim();
    let is_silent = !pairs.iter().any(|pair| key(pair) == "upstream");
    if name.is_empty() || !is_silent || !matches!(kind.as_str(), "deb" | "rpm" | "apk") {
        return purl.to_owned();
    }
    let upstream = match source.version.as_deref().map(str::trim).filter(|version| !version.is_empty()) {
        // Of a source RPM the file is named, without its epoch.
        Some(version) if kind == "rpm" => {
            let version = version.split_once(':').map_or(version, |(_, rest)| rest);
            format!("{name}-{version}.src.rpm")
        }
        Some(version) => format!("{name}@{version}"),
        None => name.to_owned(),
    };
    pairs.push(format!("upstream={}", escaped(&upstream)));
    pairs.sort_by_key(key);
    let path = path.map_or_else(String::new, |path| format!("#{path}"));
    format!("{base}?{}{path}", pairs.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(purl: &str, name: &str, version: Option<&str>) -> String {
        with_source(purl, &Source { name: name.into(), version: version.map(str::to_owned) })
    }

    #[test]
    fn the_source_is_added_where_it_belongs() {
        let libc = "pkg:deb/debian/libc6@2.36?arch=amd64&distro=debian-12";
        assert_eq!(with(libc, "glibc", None), format!("{libc}&upstream=glibc"));
        assert_eq!(
            with("pkg:deb/debian/g++@1#a/b", "gcc", Some("1:2+b")),
            "pkg:deb/debian/g++@1?upstream=gcc%401:2%2Bb#a/b"
        );
        assert_eq!(
            with("pkg:rpm/rocky/libcurl@7-1?vers=1&distro=r", "curl", Some("0:7-1")),
            "pkg:rpm/rocky/libcurl@7-1?distro=r&upstream=curl-7-1.src.rpm&vers=1"
        );
        assert_eq!(
            with("pkg:rpm/a/b@1", "curl-7-1.src.rpm", None),
            "pkg:rpm/a/b@1?upstream=curl-7-1.src.rpm"
        );
    }

    #[test]
    fn the_words_of_a_bill_are_understood() {
        let glibc = Source { name: "glibc".into(), version: Some("2.36-9".into()) };
        assert_eq!(built_from("built package from: glibc 2.36-9"), Some(glibc));
        assert_eq!(built_from("acquired package info from DPKG DB: /var/lib/dpkg/status"), None);
        assert_eq!(built_from("built package from:"), None);
    }

    #[test]
    fn what_says_it_or_has_none_is_left_alone() {
        for purl in ["pkg:deb/debian/a@1?Upstream=b", "pkg:npm/a@1", "pkg:deb", "", "nonsense?#"] {
            assert_eq!(with(purl, "c", None), purl);
        }
        assert_eq!(with("pkg:deb/debian/a@1", " ", None), "pkg:deb/debian/a@1");
    }
}
