//! The order of releases: by version where one scheme reads all of them, by time otherwise.

use crate::ecosystem;
use crate::purl::Purl;
use crate::schemes;
use crate::version::Scheme;
use jiff::Timestamp;
use std::cmp::Ordering;

/// What a release is put in order by.
#[derive(Clone, Copy, Debug)]
pub struct Mark<'a> {
    /// Its version.
    pub version: &'a str,
    /// When it was made.
    pub at: Timestamp,
}

/// The scheme that orders the releases of a component: that of its package URL; without one, semantic versions or
/// dotted numbers, whichever reads them all. `None`: nothing does, and only time orders them.
pub fn scheme_for(purl: Option<&str>, versions: &[&str]) -> Option<Scheme> {
    let own =
        purl.and_then(|text| text.parse::<Purl>().ok()).and_then(|purl| ecosystem::package_of(&purl).ok());
    let own = own.map(|package| ecosystem::scheme_of(&package.ecosystem));
    let reads = |scheme: &Scheme| versions.iter().all(|version| scheme.key(bare(version)).is_ok());
    // A word such as `nightly` is read as a version by the generic scheme, which would put it anywhere.
    let numbered = versions.iter().all(|version| bare(version).starts_with(|c: char| c.is_ascii_digit()));
    own.into_iter()
        .chain(numbered.then_some([schemes::SEMVER, schemes::GENERIC]).into_iter().flatten())
        .find(reads)
}

/// Which of two releases comes first.
pub fn order(scheme: Option<Scheme>, a: Mark<'_>, b: Mark<'_>) -> Ordering {
    let by_version = scheme.and_then(|scheme| scheme.compare(bare(a.version), bare(b.version)).ok());
    by_version.unwrap_or(Ordering::Equal).then(a.at.cmp(&b.at)).then_with(|| a.version.cmp(b.version))
}

/// A version without the `v` that tags begin with.
fn bare(version: &str) -> &str {
    let rest = version.strip_prefix(['v', 'V']).unwrap_or(version);
    if rest.starts_with(|c: char| c.is_ascii_digit()) { rest } else { version }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<'a>(purl: Option<&str>, releases: &[(&'a str, i64)]) -> Vec<&'a str> {
        let versions: Vec<&str> = releases.iter().map(|(version, _)| *version).collect();
        let scheme = scheme_for(purl, &versions);
        let mark =
            |(version, at): &(&'a str, i64)| Mark { version, at: Timestamp::from_second(*at).unwrap() };
        let mut marks: Vec<Mark<'a>> = releases.iter().map(mark).collect();
        marks.sort_by(|a, b| order(scheme, *a, *b));
        marks.into_iter().map(|mark| mark.version).collect()
    }

    #[test]
    fn versions_come_first_and_time_decides_what_they_do_not() {
        let patch_of_an_older_line = [("2.10.0", 3), ("2.9.0", 1), ("2.9.1", 9)];
        assert_eq!(sorted(None, &patch_of_an_older_line), ["2.9.0", "2.9.1", "2.10.0"]);
        assert_eq!(sorted(None, &[("v1.10", 1), ("v1.9", 2)]), ["v1.9", "v1.10"]);
        assert_eq!(sorted(None, &[("nightly", 5), ("1.0", 9), ("main", 2)]), ["main", "nightly", "1.0"]);
        assert_eq!(sorted(Some("pkg:pypi/x"), &[("1.0", 1), ("1.0rc1", 2)]), ["1.0rc1", "1.0"]);
        assert_eq!(sorted(None, &[("2.0.0", 1), ("2.0.0-rc.1", 2)]), ["2.0.0-rc.1", "2.0.0"]);
    }
}
