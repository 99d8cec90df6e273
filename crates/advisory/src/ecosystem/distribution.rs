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
) -> Distribution {
    Distribution { name, kind, namespaces, scheme: kind, release }
}

const DISTRIBUTIONS: &[Distribution] = &[
    row("AlmaLinux", "rpm", &["almalinux", "alma"], Release::Major),
    row("Alpine", "apk", &["alpine"], Release::MajorMinorV),
    row("Azure Linux", "rpm", &["azurelinux", "mariner"], Release::Major),
    row("Chainguard", "apk", &["chainguard"], Release::Rolling),
    row("Debian", "deb", &["debian"], Release::Major),
    row("Mageia", "rpm", &["mageia"], Release::Major),
    row("MinimOS", "apk", &["minimos"], Release::Rolling),
    row("openEuler", "rpm", &["openeuler"], Release::Whole),
    row("openSUSE", "rpm", &["opensuse"], Release::Whole),
    row("Photon OS", "rpm", &["photon"], Release::Major),
    row("Red Hat", "rpm", &["redhat", "rhel"], Release::RedHat),
    row("Rocky Linux", "rpm", &["rocky", "rocky-linux", "rockylinux"], Release::Major),
    row("SUSE", "rpm", &["suse", "sles"], Release::Whole),
    row("Ubuntu", "deb", &["ubuntu"], Release::Ubuntu),
    row("Wolfi", "apk", &["wolfi"], Release::Rolling),
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

/// The package of a distribution. `None`: the package URL is of no distribution known here.
pub(super) fn package_of(purl: &Purl) -> Option<Result<Package, NoPackage>> {
    let namespace = purl.namespace()?.to_ascii_lowercase();
    let row = DISTRIBUTIONS
        .iter()
        .find(|row| row.kind == purl.kind() && row.namespaces.contains(&namespace.as_str()))?;
    let name = source_name(purl);
    let ecosystem = match row.release {
        Release::Rolling => row.name.to_owned(),
        form => match purl.qualifier("distro").and_then(|distro| release(form, distro, row)) {
            Some(release) => format!("{}:{release}", row.name),
            None => return Some(Err(NoPackage::NoRelease { distribution: row.name.to_owned() })),
        },
    };
    Some(Ok(Package { ecosystem, name }))
}

/// Advisories of distributions name source packages; scanners say in `upstream` what a package was built from.
fn source_name(purl: &Purl) -> String {
    let upstream = purl.qualifier("upstream").map(|upstream| upstream.split('@').next().unwrap_or(upstream));
    match upstream.filter(|name| !name.is_empty() && matches!(purl.kind(), "deb" | "apk")) {
        Some(name) => name.to_owned(),
        None => purl.name().to_owned(),
    }
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
