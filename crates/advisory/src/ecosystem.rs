//! Ecosystems: what OSV calls them, how they order versions and spell names, and which package URLs belong to them.

mod distribution;

use crate::purl::Purl;
use crate::schemes;
use crate::version::Scheme;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A package of an ecosystem, spelled the one way advisories and components are compared by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Package {
    /// The ecosystem in OSV's words, with the release for distributions: `PyPI`, `Debian:12`.
    pub ecosystem: String,
    /// The name, normalised.
    pub name: String,
}

/// Why a package URL leads to no ecosystem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NoPackage {
    /// A distribution publishes per release, and the package URL does not say which it is of.
    #[error("the package URL does not say of which release of {distribution} it is")]
    NoRelease {
        /// The distribution.
        distribution: String,
    },
}

/// How names of an ecosystem are made comparable.
#[derive(Clone, Copy, PartialEq)]
enum Spelling {
    /// As they are.
    Exact,
    /// Letter case does not count.
    Lower,
    /// PEP 503: case does not count, and runs of `-`, `_`, `.` are one dash.
    Python,
    /// Case does not count, and `_` is `-`.
    Crates,
}

/// How the name of a package URL becomes that of the ecosystem.
#[derive(Clone, Copy, PartialEq)]
enum Naming {
    /// `namespace/name`.
    Path,
    /// `namespace:name`.
    Colon,
}

struct Ecosystem {
    name: &'static str,
    kind: &'static str,
    scheme: &'static str,
    spelling: Spelling,
    naming: Naming,
}

const fn row(
    name: &'static str,
    kind: &'static str,
    scheme: &'static str,
    spelling: Spelling,
    naming: Naming,
) -> Ecosystem {
    Ecosystem { name, kind, scheme, spelling, naming }
}

/// Ecosystems that one package URL type leads to.
const ECOSYSTEMS: &[Ecosystem] = &[
    row("Bitnami", "bitnami", "semver", Spelling::Lower, Naming::Path),
    row("ConanCenter", "conan", "conan", Spelling::Exact, Naming::Path),
    row("CRAN", "cran", "intdot", Spelling::Exact, Naming::Path),
    row("crates.io", "cargo", "cargo", Spelling::Crates, Naming::Path),
    row("GitHub Actions", "githubactions", "semver", Spelling::Lower, Naming::Path),
    row("Go", "golang", "golang", Spelling::Lower, Naming::Path),
    row("Hackage", "hackage", "intdot", Spelling::Exact, Naming::Path),
    row("Hex", "hex", "hex", Spelling::Lower, Naming::Path),
    row("Julia", "julia", "semver", Spelling::Exact, Naming::Path),
    row("Maven", "maven", "maven", Spelling::Exact, Naming::Colon),
    row("npm", "npm", "npm", Spelling::Exact, Naming::Path),
    row("NuGet", "nuget", "nuget", Spelling::Lower, Naming::Path),
    row("opam", "opam", "deb", Spelling::Exact, Naming::Path),
    row("Packagist", "composer", "composer", Spelling::Lower, Naming::Path),
    row("Pub", "pub", "semver", Spelling::Lower, Naming::Path),
    row("PyPI", "pypi", "pypi", Spelling::Python, Naming::Path),
    row("RubyGems", "gem", "gem", Spelling::Exact, Naming::Path),
    row("SwiftURL", "swift", "semver", Spelling::Lower, Naming::Path),
    row("VSCode", "vscode-extension", "semver", Spelling::Lower, Naming::Path),
];

/// The scheme that orders an ecosystem's versions; the generic one, of low confidence, when it is not known.
pub fn scheme_of(ecosystem: &str) -> Scheme {
    let base = base_of(ecosystem);
    let known = ECOSYSTEMS.iter().find(|row| row.name == base).map(|row| row.scheme);
    let id = known.or_else(|| distribution::scheme_of(base)).or_else(|| ecosystem.strip_prefix("purl:"));
    id.and_then(Scheme::named).unwrap_or(schemes::GENERIC)
}

/// An ecosystem without its release: `Debian` of `Debian:12`. Ecosystems made of a package URL type keep it.
pub fn base_of(ecosystem: &str) -> &str {
    match ecosystem.starts_with("purl:") {
        true => ecosystem,
        false => ecosystem.split(':').next().unwrap_or(ecosystem),
    }
}

/// A package as an advisory names it.
pub fn package(ecosystem: &str, name: &str) -> Package {
    let ecosystem = distribution::normal_release(ecosystem.trim());
    let name = normal_name(&ecosystem, name.trim()).into_owned();
    Package { ecosystem: ecosystem.into_owned(), name }
}

/// The package a package URL is of.
///
/// # Errors
/// [`NoPackage`].
pub fn package_of(purl: &Purl) -> Result<Package, NoPackage> {
    if let Some(row) = ECOSYSTEMS.iter().find(|row| row.kind == purl.kind()) {
        let full = match (row.naming, purl.namespace()) {
            (Naming::Colon, Some(namespace)) => format!("{namespace}:{}", purl.name()),
            _ => purl.full_name(),
        };
        return Ok(package(row.name, &full));
    }
    match distribution::package_of(purl) {
        Some(found) => found,
        None => Ok(Package { ecosystem: format!("purl:{}", purl.kind()), name: purl.full_name() }),
    }
}

/// The version of a package URL as its ecosystem writes it: an epoch may stand in a qualifier, and a source package
/// named by `upstream` may have a version of its own.
pub fn version_of(purl: &Purl) -> Option<String> {
    let own = purl.version();
    match distribution::source(purl).and_then(|source| source.version) {
        // The file of a source RPM does not tell the epoch: it is that of the package if the rest is the same.
        Some(source) if purl.kind() != "rpm" || own.is_none_or(|own| without_epoch(own) != source) => {
            Some(source.to_owned())
        }
        _ => Some(with_epoch(purl, own?)),
    }
}

fn without_epoch(version: &str) -> &str {
    version.split_once(':').map_or(version, |(_, rest)| rest)
}

fn with_epoch(purl: &Purl, version: &str) -> String {
    match purl.qualifier("epoch") {
        Some(epoch) if matches!(purl.kind(), "rpm" | "deb") && !version.contains(':') => {
            format!("{epoch}:{version}")
        }
        _ => version.to_owned(),
    }
}

/// Whether the advisories of an ecosystem name source packages, which an installed package's own name does not tell.
pub fn names_sources(ecosystem: &str) -> bool {
    distribution::names_sources(base_of(ecosystem))
}

/// Whether a package URL says what source package it was built from.
pub fn says_source(purl: &Purl) -> bool {
    distribution::source(purl).is_some()
}

/// The package URL type an ecosystem belongs to, when one leads to it alone.
pub fn purl_kind(ecosystem: &str) -> Option<&'static str> {
    ECOSYSTEMS.iter().find(|row| row.name == base_of(ecosystem)).map(|row| row.kind)
}

/// The ecosystem behind the address of a package collection, as CVE records name it.
pub fn of_collection(url: &str) -> Option<&'static str> {
    const COLLECTIONS: &[(&str, &str)] = &[
        ("crates.io", "crates.io"),
        ("hackage.haskell.org", "Hackage"),
        ("hex.pm", "Hex"),
        ("maven", "Maven"),
        ("npmjs", "npm"),
        ("nuget.org", "NuGet"),
        ("packagist.org", "Packagist"),
        ("pkg.go.dev", "Go"),
        ("proxy.golang.org", "Go"),
        ("pub.dev", "Pub"),
        ("pypi.org", "PyPI"),
        ("pypi.python.org", "PyPI"),
        ("rubygems.org", "RubyGems"),
        ("cran.r-project.org", "CRAN"),
    ];
    let host = url.split("://").last().unwrap_or(url);
    let host = host.split('/').next().unwrap_or(host).to_ascii_lowercase();
    COLLECTIONS.iter().find(|(part, _)| host.contains(part)).map(|(_, ecosystem)| *ecosystem)
}

fn normal_name<'n>(ecosystem: &str, name: &'n str) -> Cow<'n, str> {
    let base = base_of(ecosystem);
    let spelling = ECOSYSTEMS.iter().find(|row| row.name == base).map_or(Spelling::Exact, |row| row.spelling);
    match spelling {
        Spelling::Exact => name.into(),
        Spelling::Lower if !name.bytes().any(|byte| byte.is_ascii_uppercase()) => name.into(),
        Spelling::Lower => name.to_ascii_lowercase().into(),
        Spelling::Crates => name.to_ascii_lowercase().replace('_', "-").into(),
        Spelling::Python => {
            let mut normal = String::with_capacity(name.len());
            for c in name.chars() {
                match c {
                    '-' | '_' | '.' if normal.ends_with('-') => {}
                    '-' | '_' | '.' => normal.push('-'),
                    c => normal.push(c.to_ascii_lowercase()),
                }
            }
            normal.into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(purl: &str) -> String {
        match package_of(&purl.parse().unwrap()) {
            Ok(package) => format!("{} {}", package.ecosystem, package.name),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn package_urls_lead_to_their_ecosystem() {
        assert_eq!(of("pkg:pypi/Zope.Interface_x@1"), "PyPI zope-interface-x");
        assert_eq!(of("pkg:npm/%40angular/core@1"), "npm @angular/core");
        assert_eq!(of("pkg:maven/org.apache/io@1"), "Maven org.apache:io");
        assert_eq!(of("pkg:golang/github.com/BurntSushi/toml@v1"), "Go github.com/burntsushi/toml");
        assert_eq!(of("pkg:deb/debian/curl@7?distro=debian-12"), "Debian:12 curl");
        assert_eq!(of("pkg:deb/debian/libcurl4@7?distro=bookworm&upstream=curl%407.1"), "Debian:12 curl");
        assert_eq!(of("pkg:deb/ubuntu/curl@7?distro=jammy"), "Ubuntu:22.04:LTS curl");
        assert_eq!(of("pkg:apk/alpine/curl@7?distro=alpine-3.18.4"), "Alpine:v3.18 curl");
        assert_eq!(of("pkg:rpm/rocky/curl@7?distro=rocky-9.2"), "Rocky Linux:9 curl");
        let source = "upstream=python-x-3.9-1.el9.src.rpm";
        assert_eq!(
            of(&format!("pkg:rpm/rocky/python3-x@3.9-1.el9?distro=rocky-9&{source}")),
            "Rocky Linux:9 python-x"
        );
        assert_eq!(
            of(&format!("pkg:rpm/redhat/python3-x@3?distro=rhel-9.2&{source}")),
            "Red Hat:enterprise_linux:9 python3-x"
        );
        assert_eq!(of("pkg:rpm/redhat/curl@7?distro=rhel-9.2"), "Red Hat:enterprise_linux:9 curl");
        assert!(of("pkg:deb/debian/curl@7").contains("which release of Debian"));
        assert_eq!(of("pkg:generic/openssl@1.1.1"), "purl:generic openssl");
    }

    #[test]
    fn the_version_is_that_of_the_source_with_its_epoch() {
        let version = |purl: &str| version_of(&purl.parse().unwrap()).unwrap_or_default();
        assert_eq!(version("pkg:deb/debian/bsdutils@2.38-1?epoch=1&upstream=util-linux@2.38-1"), "2.38-1");
        assert_eq!(version("pkg:deb/debian/login@4.13-1?epoch=1"), "1:4.13-1");
        assert_eq!(version("pkg:deb/debian/login@1%3A4.13-1?epoch=1"), "1:4.13-1");
        let rocky = |rest: &str| version(&format!("pkg:rpm/rocky/{rest}"));
        assert_eq!(rocky("perl-libs@5.32-1.el9?epoch=4&upstream=perl-5.32-1.el9.src.rpm"), "4:5.32-1.el9");
        assert_eq!(rocky("perl-B@1.80-1.el9?upstream=perl-5.32-1.el9.src.rpm"), "5.32-1.el9");
        assert_eq!(rocky("perl-B@1.80-1.el9?upstream=perl"), "1.80-1.el9");
        assert_eq!(
            version("pkg:rpm/redhat/perl-B@1.80-1.el9?upstream=perl-5.32-1.el9.src.rpm"),
            "1.80-1.el9"
        );
        assert_eq!(version("pkg:apk/alpine/libcrypto3@3.1-r0?upstream=openssl"), "3.1-r0");
    }

    #[test]
    fn advisories_and_components_meet() {
        assert_eq!(
            package("Red Hat:enterprise_linux:9::appstream", "curl").ecosystem,
            "Red Hat:enterprise_linux:9"
        );
        assert_eq!(package("PyPI", "Flask_App.Builder").name, "flask-app-builder");
        assert_eq!(scheme_of("Debian:12").id(), "deb");
        assert_eq!(scheme_of("purl:openssl").id(), "openssl");
        assert_eq!(scheme_of("Somewhere").id(), "generic");
    }
}
