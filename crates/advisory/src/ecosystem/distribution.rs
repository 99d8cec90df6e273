//! Distributions of operating systems, which publish advisories per release.

use super::{NoPackage, Package};
use crate::purl::Purl;
use std::borrow::Cow;

struct Distribution {
    /// In OSV's words.
    name: &'static str,
    /// Package URL type and namespaces.
    kind: &'static str,
    namespaces: &'static [&'static str],
    scheme: &'static str,
    release: Release,
    names: Names,
}

/// Which packages the advisories of a distribution name.
#[derive(Clone, Copy, PartialEq)]
enum Names {
    /// The sources that packages are built from.
    Sources,
    /// The packages as they are installed.
    Installed,
}

/// How a release is written behind the name.
#[derive(Clone, Copy)]
enum Release {
    /// There is none: rolling.
    Rolling,
    /// The first number: `Debian:12`.
    Major,
    /// Two numbers behind a `v`: `Alpine:v3.18`.
    MajorMinorV,
    /// Two numbers and `:LTS` for those that are: `Ubuntu:22.04:LTS`.
    Ubuntu,
    /// `Red Hat:enterprise_linux:9`.
    RedHat,
    /// What stands behind the distribution's name, as it is.
    Whole,
}

const fn row(
    name: &'static str,
    kind: &'static str,
    namespaces: &'static [&'static str],
    release: Release,
    names: Names,
) -> Distribution {
    Distribution { name, kind, namespaces, scheme: kind, release, names }
}

const DISTRIBUTIONS: &[Distribution] = &[
    row("AlmaLinux", "rpm", &["almalinux", "alma"], Release::Major, Names::Installed),
    row("Alpine", "apk", &["alpine"], Release::MajorMinorV, Names::Sources),
    row("Azure Linux", "rpm", &["azurelinux", "mariner"], Release::Major, Names::Sources),
    row("Chainguard", "apk", &["chainguard"], Release::Rolling, Names::Sources),
    row("Debian", "deb", &["debian"], Release::Major, Names::Sources),
    row("Mageia", "rpm", &["mageia"], Release::Major, Names::Sources),
    row("MinimOS", "apk", &["minimos"], Release::Rolling, Names::Sources),
    row("openEuler", "rpm", &["openeuler"], Release::Whole, Names::Sources),
    row("openSUSE", "rpm", &["opensuse"], Release::Whole, Names::Sources),
    row("Photon OS", "rpm", &["photon"], Release::Major, Names::Sources),
    row("Red Hat", "rpm", &["redhat", "rhel"], Release::RedHat, Names::Installed),
    row("Rocky Linux", "rpm", &["rocky", "rocky-linux", "rockylinux"], Release::Major, Names::Sources),
    row("SUSE", "rpm", &["suse", "sles"], Release::Whole, Names::Sources),
    row("Ubuntu", "deb", &["ubuntu"], Release::Ubuntu, Names::Sources),
    row("Wolfi", "apk", &["wolfi"], Release::Rolling, Names::Sources),
];

/// Names of releases, and their numbers.
const NAMES: &[(&str, &str)] = &[
    ("wheezy", "7"),
    ("jessie", "8"),
    ("stretch", "9"),
    ("buster", "10"),
    ("bullseye", "11"),
    ("bookworm", "12"),
    ("trixie", "13"),
    ("forky", "14"),
    ("trusty", "14.04"),
    ("xenial", "16.04"),
    ("bionic", "18.04"),
    ("focal", "20.04"),
    ("jammy", "22.04"),
    ("noble", "24.04"),
    ("oracular", "24.10"),
    ("plucky", "25.04"),
    ("questing", "25.10"),
    ("resolute", "26.04"),
];

pub(super) fn scheme_of(base: &str) -> Option<&'static str> {
    DISTRIBUTIONS.iter().find(|row| row.name == base).map(|row| row.scheme)
}

/// The release of an advisory's ecosystem as components have it: channels of Red Hat are left out.
pub(super) fn normal_release(ecosystem: &str) -> Cow<'_, str> {
    let Some(rest) = ecosystem.strip_prefix("Red Hat:") else { return ecosystem.into() };
    let mut parts = rest.split(':');
    match (parts.next(), parts.next()) {
        (Some(product), Some(version)) if product == "enterprise_linux" || product.starts_with("rhel_") => {
            let major = version.split('.').next().unwrap_or(version);
            format!("Red Hat:enterprise_linux:{major}").into()
        }
        _ => ecosystem.into(),
    }
}

/// Whether the advisories of an ecosystem, told without its release, name sources and not what is installed.
pub(super) fn names_sources(base: &str) -> bool {
    DISTRIBUTIONS.iter().any(|row| row.name == base && row.names == Names::Sources)
}

/// The package of a distribution. `None`: the package URL is of no distribution known here.
pub(super) fn package_of(purl: &Purl) -> Option<Result<Package, NoPackage>> {
    let row = of(purl)?;
    let name = source(purl).map_or_else(|| purl.name().to_owned(), |source| source.name.to_owned());
    let ecosystem = match row.release {
        Release::Rolling => row.name.to_owned(),
        form => match purl.qualifier("distro").and_then(|distro| release(form, distro, row)) {
            Some(release) => format!("{}:{release}", row.name),
            None => return Some(Err(NoPackage::NoRelease { distribution: row.name.to_owned() })),
        },
    };
    Some(Ok(Package { ecosystem, name }))
}

fn of(purl: &Purl) -> Option<&'static Distribution> {
    let namespace = purl.namespace()?.to_ascii_lowercase();
    DISTRIBUTIONS.iter().find(|row| row.kind == purl.kind() && row.namespaces.contains(&namespace.as_str()))
}

/// The source package that a package was built from.
pub(super) struct Source<'p> {
    pub(super) name: &'p str,
    /// Its version, where it is said.
    pub(super) version: Option<&'p str>,
}

/// What the qualifier `upstream` says a package was built from: a name, `name@version`, or the file of a source RPM.
/// `None`: it says nothing, or the distribution's advisories name what is installed.
pub(super) fn source(purl: &Purl) -> Option<Source<'_>> {
    let upstream = purl.qualifier("upstream")?;
    of(purl).filter(|row| row.names == Names::Sources)?;
    let file = [".src.rpm", ".nosrc.rpm"].iter().find_map(|end| upstream.strip_suffix(end));
    let (name, version) = match (file, upstream.split_once('@')) {
        // Name, version and release are held apart by dashes, and only the name may have more of them.
        (Some(file), _) => match file.rmatch_indices('-').nth(1) {
            Some((at, _)) => (&file[..at], Some(&file[at + 1..])),
            None => (file, None),
        },
        (None, Some((name, version))) => (name, Some(version)),
        (None, None) => (upstream, None),
    };
    let version = version.filter(|version| !version.is_empty());
    Some(Source { name, version }).filter(|source| !source.name.is_empty())
}

fn release(form: Release, distro: &str, row: &Distribution) -> Option<String> {
    let distro = distro.to_ascii_lowercase();
    let named = NAMES.iter().find(|(name, _)| *name == distro).map(|(_, number)| *number);
    let number = match named {
        Some(number) => number,
        None => distro.rsplit_once('-').map_or(distro.as_str(), |(_, number)| number),
    };
    let mut numbers = number.split('.');
    let major = numbers.next().filter(|major| crate::key::is_number(major));
    let minor = numbers.next().filter(|minor| crate::key::is_number(minor));
    match form {
        Release::Rolling => None,
        Release::Major => major.map(str::to_owned),
        Release::MajorMinorV => Some(format!("v{}.{}", major?, minor?)),
        Release::RedHat => Some(format!("enterprise_linux:{}", major?)),
        Release::Ubuntu => {
            let (major, minor) = (major?, minor?);
            let even = major.parse::<u32>().is_ok_and(|year| year % 2 == 0);
            let lts = if even && minor == "04" { ":LTS" } else { "" };
            Some(format!("{major}.{minor}{lts}"))
        }
        Release::Whole => {
            let rest = row.namespaces.iter().find_map(|name| distro.strip_prefix(&format!("{name}-")))?;
            Some(whole(row.name, rest))
        }
    }
}

/// `leap-15.5` as openSUSE writes it, `15.5` as SUSE does, `22.03-lts` as openEuler does.
fn whole(distribution: &str, rest: &str) -> String {
    match distribution {
        "openSUSE" => match rest.strip_prefix("leap-") {
            Some(number) => format!("Leap {number}"),
            None if rest.starts_with("tumbleweed") => "Tumbleweed".to_owned(),
            None => format!("Leap {rest}"),
        },
        "SUSE" => match rest.split_once('.') {
            Some((major, pack)) => format!("Linux Enterprise Server {major} SP{pack}"),
            None => format!("Linux Enterprise Server {rest}"),
        },
        _ => rest.to_ascii_uppercase(),
    }
}
