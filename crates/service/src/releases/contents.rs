//! What the releases of a component hold, in few bytes: enough to pass over those that a vulnerability cannot concern.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use warrant_advisory::ecosystem::Package;
use warrant_advisory::judge::NotAssessed;
use warrant_advisory::releases::{Judged, plain_name};

/// See the module. Of packages and names only hashes are kept: two of the same hash cost a look at the bills.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    packages: BTreeSet<u64>,
    /// Of parts that could not be identified: the plain names.
    nameless: BTreeSet<u64>,
    /// Ecosystems of parts whose source is not known, so that they may have been built from any package.
    without_source: BTreeSet<String>,
    /// Parts of the newest release that could not be identified.
    pub(crate) unidentified: usize,
}

fn hash(what: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

impl Contents {
    /// Of judged releases, oldest first.
    pub(crate) fn of(releases: &[Judged<'_, '_>]) -> Self {
        let mut contents = Self::default();
        for judged in releases {
            contents.unidentified = 0;
            for (component, judgement) in judged.iter() {
                match &judgement.package {
                    Some(package) => {
                        contents.packages.insert(hash(package));
                    }
                    None => {
                        contents.unidentified += 1;
                        contents.nameless.insert(hash(plain_name(&component.name)));
                    }
                }
                for why in &judgement.not_assessed {
                    if let NotAssessed::NoSource { ecosystem } = why {
                        contents.without_source.insert(ecosystem.clone());
                    }
                }
            }
        }
        contents
    }

    /// Whether a release may hold a package. Where this is `false`, every release stands as *absent* to whatever is
    /// wrong with it.
    pub(crate) fn may_hold(&self, package: &Package) -> bool {
        self.packages.contains(&hash(package))
            || self.nameless.contains(&hash(plain_name(&package.name)))
            || self.without_source.contains(&package.ecosystem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use warrant_advisory::database::Database;
    use warrant_advisory::ecosystem;
    use warrant_advisory::feed::Feed;
    use warrant_advisory::formats::{Limits, read};
    use warrant_advisory::judge::{Component, Context, Question};
    use warrant_advisory::releases::{Key, Release, Standing};

    #[test]
    fn what_is_passed_over_stands_as_absent() {
        let mut feed = Feed::default();
        let osv = br#"{"id": "GHSA-1", "modified": "2026-10-01T00:00:00Z", "affected": [
            {"package": {"ecosystem": "npm", "name": "lib"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]},
            {"package": {"ecosystem": "Debian:12", "name": "openssl"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]}]}"#;
        assert!(read("osv.json", osv, Limits::default(), &mut feed));
        let database = Database::new(feed);
        let part = |text: &str| match text.strip_prefix("pkg:") {
            Some(_) => Component { purl: Some(text.into()), name: text.into(), ..Component::default() },
            None => Component { name: text.into(), ..Component::default() },
        };
        let releases = [
            vec!["pkg:npm/lib@1.0.0"],
            vec!["pkg:npm/other@1.0.0", "My_Lib"],
            vec!["org.example:my.lib"],
            vec!["pkg:deb/debian/libssl3@3.0.1-1?distro=debian-12", "pkg:npm/other@1"],
            vec!["pkg:deb/debian/libssl3@3.0.1-1"],
            vec![],
        ];
        let packages = [
            ecosystem::package("npm", "lib"),
            ecosystem::package("npm", "other"),
            ecosystem::package("npm", "@scope/my-lib"),
            ecosystem::package("Debian:12", "openssl"),
            ecosystem::package("Debian:12", "libssl3"),
            ecosystem::package("PyPI", "my_lib"),
        ];
        let question = Question { now: "2026-11-01T00:00:00Z".parse().unwrap(), max_age_days: None };
        let (mut held, mut passed) = (0, 0);
        for parts in releases {
            let components = parts.into_iter().map(part).collect();
            let release = Release { label: "1".into(), components, context: Context::default() };
            let judged = database.judge_release(&release, question);
            let contents = Contents::of(std::slice::from_ref(&judged));
            for package in &packages {
                let standing = judged.standing(&Key { id: "GHSA-1".into(), package: package.clone() });
                if contents.may_hold(package) {
                    held += 1;
                    assert_ne!(standing, Standing::Absent, "{package:?} in {release:?}");
                } else {
                    passed += 1;
                    assert_eq!(standing, Standing::Absent, "{package:?} in {release:?}");
                }
            }
        }
        assert!(held > 5 && passed > 5, "{held} {passed}");
    }
}
