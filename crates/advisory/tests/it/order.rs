//! Every scheme orders totally, and as other programs do.

use proptest::prelude::*;
use std::cmp::Ordering;
use std::str::FromStr;
use warrant_advisory::schemes::SCHEMES;
use warrant_advisory::{Scheme, vers::Vers};

/// Texts that look like versions.
fn version() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[0-9]{1,3}",
        Just("0".to_owned()),
        "(alpha|beta|rc|dev|post|pre|a|b|sp|snapshot|final|x|p|git|m)",
        "[a-z]{1,2}",
    ];
    let mark = prop_oneof![
        Just("."),
        Just("."),
        Just("-"),
        Just("_"),
        Just("+"),
        Just("~"),
        Just("^"),
        Just(":"),
        Just("")
    ];
    ("[0-9]{1,2}", proptest::collection::vec((mark, part), 0..5)).prop_map(|(first, rest)| {
        rest.into_iter().fold(first, |text, (mark, part)| format!("{text}{mark}{part}"))
    })
}

/// Whether the order is total: Maven's and alpm's own definitions are not transitive everywhere.
fn is_total(id: &str) -> bool {
    !matches!(id, "maven" | "alpm")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn orders_are_total(a in version(), b in version(), c in version()) {
        for scheme in SCHEMES.iter().map(|scheme| Scheme::of(*scheme)) {
            let (Ok(a), Ok(b)) = (scheme.key(&a), scheme.key(&b)) else { continue };
            prop_assert_eq!(scheme.order(&a, &a), Ordering::Equal);
            prop_assert_eq!(scheme.order(&a, &b), scheme.order(&b, &a).reverse(), "{}", scheme.id());
            let Ok(c) = scheme.key(&c) else { continue };
            if is_total(scheme.id()) && scheme.order(&a, &b).is_le() && scheme.order(&b, &c).is_le() {
                prop_assert!(scheme.order(&a, &c).is_le(), "{}", scheme.id());
            }
        }
    }

    #[test]
    fn python_versions_order_as_pep440_rs_has_it(a in version(), b in version()) {
        let scheme = Scheme::named("pypi").unwrap();
        let theirs = (pep440_rs::Version::from_str(&a), pep440_rs::Version::from_str(&b));
        let ours = (scheme.key(&a), scheme.key(&b));
        prop_assert_eq!(ours.0.is_ok(), theirs.0.is_ok(), "{}", a);
        if let ((Ok(x), Ok(y)), (Ok(p), Ok(q))) = (&ours, &theirs) {
            prop_assert_eq!(scheme.order(x, y), p.cmp(q), "{} {}", a, b);
        }
    }

    #[test]
    fn semantic_versions_order_as_semver_has_it(a in version(), b in version()) {
        let scheme = Scheme::named("semver").unwrap();
        if let (Ok(p), Ok(q)) = (semver::Version::parse(&a), semver::Version::parse(&b)) {
            prop_assert_eq!(scheme.compare(&a, &b).unwrap(), p.cmp_precedence(&q), "{} {}", a, b);
        }
    }

    #[test]
    fn hostile_texts_are_refused_or_read_but_never_more(text in "\\PC{0,40}", range in "vers:[a-z]{2,8}/\\PC{0,40}") {
        for scheme in SCHEMES.iter().map(|scheme| Scheme::of(*scheme)) {
            if let Ok(key) = scheme.key(&text) {
                prop_assert_eq!(scheme.order(&key, &key), Ordering::Equal);
            }
            let _ = warrant_advisory::vers::from_native(scheme.id(), &text);
            let _ = warrant_advisory::vers::native_spans(scheme.id(), &text);
        }
        let _ = text.parse::<warrant_advisory::purl::Purl>();
        let _ = format!("pkg:{text}").parse::<warrant_advisory::purl::Purl>();
        let _ = warrant_advisory::cvss::Vector::parse(&text);
        if let Ok(range) = Vers::parse(&range) {
            prop_assert_eq!(&Vers::parse(&range.to_string()).unwrap(), &range);
            let _ = range.contains("1.0");
        }
    }
}

/// Orders from the documentation of each ecosystem, ascending.
const KNOWN: &[(&str, &[&str])] = &[
    (
        "deb",
        &[
            "1.0~~",
            "1.0~rc1-1",
            "1.0-1~bpo11+1",
            "1.0-1",
            "1.0-1+b1",
            "1.0-1.1",
            "1.0a-1",
            "1.0+dfsg-1",
            "1.0.1-1",
            "1:0.1-1",
        ],
    ),
    (
        "rpm",
        &[
            "1.0~rc1-1",
            "1.0-1.el8",
            "1.0-1.el9",
            "1.0-2",
            "1.0^git1-1",
            "1.0a-1",
            "1.0.1-1",
            "10.0-1",
            "1:0.1-1",
        ],
    ),
    (
        "apk",
        &[
            "1.0_alpha1",
            "1.0_beta",
            "1.0_rc1",
            "1.0_rc1-r1",
            "1.0",
            "1.0-r0",
            "1.0-r10",
            "1.0_git20200101",
            "1.0_p1",
            "1.0a",
            "1.0.1",
        ],
    ),
    ("gem", &["1.0.a", "1.a.1", "1.0.b1", "1.0.b10", "1.0.rc1", "1", "1.0.1", "1.1"]),
    (
        "golang",
        &[
            "v0.0.0-20190101000000-aaaaaaaaaaaa",
            "v0.0.0-20200101000000-bbbbbbbbbbbb",
            "v1.2.3-pre",
            "v1.2.3",
            "v1.2.4-0.20200101000000-cccccccccccc",
            "v1.2.4",
            "v2.0.0+incompatible",
        ],
    ),
    ("golang", &["go1.20.9", "go1.21rc2", "go1.21rc10", "go1.21.0", "go1.21.1"]),
    ("composer", &["1.0-dev", "1.0-alpha1", "1.0-beta2", "1.0-RC1", "1.0.0", "1.0-p1", "1.0.1"]),
    (
        "openssl",
        &[
            "0.9.8zh",
            "1.0.0-beta1",
            "1.0.0",
            "1.0.2",
            "1.0.2a",
            "1.0.2z",
            "1.0.2za",
            "1.0.2zf",
            "1.1.0-pre1",
            "1.1.0",
            "3.0.0-alpha2",
            "3.0.0-alpha10",
            "3.0.0",
        ],
    ),
    ("conan", &["1.0-alpha", "1.0-alpha.1", "1.0", "1.0+build", "1.1", "1.a", "2"]),
    (
        "npm",
        &[
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
        ],
    ),
    ("nuget", &["1.0.0-alpha", "1.0.0-Beta", "1.0.0", "1.0.0.1", "1.0.10"]),
    (
        "pypi",
        &[
            "1.0.dev1",
            "1.0a1.dev1",
            "1.0a1",
            "1.0b2.post345.dev456",
            "1.0b2.post345",
            "1.0rc1",
            "1.0",
            "1.0+abc.5",
            "1.0+5",
            "1.0.post456",
            "1.1.dev1",
            "1!0.1",
        ],
    ),
    ("maven", &["1-alpha-1", "1-beta-1", "1-m1", "1-rc", "1-SNAPSHOT", "1", "1-sp", "1-abc", "1-1", "1.1"]),
    ("intdot", &["1", "1.0.1", "1.2", "1.10", "2.0-1"]),
    ("generic", &["1.0-beta", "1.0-rc1", "1.0", "1.0x", "1.0.1", "1.10"]),
];

#[test]
fn documented_orders_are_kept() {
    for (id, versions) in KNOWN {
        let scheme = Scheme::named(id).unwrap();
        for (at, pair) in versions.windows(2).enumerate() {
            let order = scheme.compare(pair[0], pair[1]);
            assert_eq!(order, Ok(Ordering::Less), "{id}, pair {at}: {pair:?}");
        }
    }
}

#[test]
fn schemes_are_listed_once_in_order_and_described() {
    let ids: Vec<&str> = SCHEMES.iter().map(|scheme| scheme.id()).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
    assert!(SCHEMES.iter().all(|scheme| !scheme.source().is_empty()));
    for (alias, id) in warrant_advisory::schemes::ALIASES {
        assert!(ids.contains(id) && !ids.contains(alias), "{alias} → {id}");
    }
}
