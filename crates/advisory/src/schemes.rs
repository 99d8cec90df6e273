//! The version schemes. One file each and one line in [`SCHEMES`].

mod alpm;
mod apk;
mod composer;
mod conan;
mod datetime;
mod debian;
mod dotted;
mod gem;
mod gentoo;
mod golang;
mod lexicographic;
mod maven;
mod nuget;
mod openssl;
mod pep440;
mod rpm;
pub(crate) mod semver;

use crate::version::{Scheme, VersionScheme};

/// All schemes, by `vers` id.
pub static SCHEMES: &[&dyn VersionScheme] = &[
    &alpm::Alpm,
    &apk::Apk,
    &semver::CARGO,
    &composer::Composer,
    &conan::Conan,
    &datetime::Datetime,
    &debian::Debian,
    &gem::Gem,
    &dotted::Generic,
    &gentoo::Gentoo,
    &golang::Golang,
    &semver::HEX,
    &dotted::Intdot,
    &lexicographic::Lexicographic,
    &maven::Maven,
    &dotted::NGINX,
    &semver::NPM,
    &nuget::Nuget,
    &openssl::Openssl,
    &pep440::Pypi,
    &rpm::Rpm,
    &semver::SEMVER,
];

/// Other names under which a scheme is asked for: purl types and words that files use.
pub static ALIASES: &[(&str, &str)] = &[
    ("alpine", "apk"),
    ("arch", "alpm"),
    ("archlinux", "alpm"),
    ("cocoapods", "gem"),
    ("cran", "intdot"),
    ("debian", "deb"),
    ("dpkg", "deb"),
    ("ebuild", "gentoo"),
    ("github", "generic"),
    ("go", "golang"),
    ("hackage", "intdot"),
    ("none", "generic"),
    ("packagist", "composer"),
    ("pep440", "pypi"),
    ("pub", "semver"),
    ("python", "pypi"),
    ("rubygems", "gem"),
    ("swift", "semver"),
    ("ubuntu", "deb"),
];

/// The scheme for versions that say nothing of their order.
pub const GENERIC: Scheme = Scheme::of(&dotted::Generic);

/// Semantic versions, as `SEMVER` ranges of OSV hold them.
pub const SEMVER: Scheme = Scheme::of(&semver::SEMVER);
