//! Advisories of distributions name source packages: what a bill does not say of them is never a clean answer.

use crate::judge::{at, component, feed};
use warrant_advisory::database::Database;
use warrant_advisory::judge::{Answer, Context, NotAssessed};
use warrant_advisory::releases::{Release, Standing, compare};
use warrant_advisory::ship::{Policy, verdict};

const NOW: &str = "2026-11-01T00:00:00Z";

/// Packages in an affected version, and what advisories call the source they were built from.
const AFFECTED: &[(&str, &str, &str)] = &[
    ("pkg:deb/debian/libcurl4@7.88.1-10?distro=debian-12&upstream=curl", "Debian:12", "curl"),
    (
        "pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=bookworm&upstream=openssl%403.0.11-1",
        "Debian:12",
        "openssl",
    ),
    (
        "pkg:deb/ubuntu/bsdutils@2.37.2-4?distro=ubuntu-22.04&epoch=1&upstream=util-linux%402.37.2-4",
        "Ubuntu:22.04:LTS",
        "util-linux",
    ),
    ("pkg:apk/alpine/libcrypto3@3.1.1-r0?distro=alpine-3.18.4&upstream=openssl", "Alpine:v3.18", "openssl"),
    ("pkg:apk/wolfi/libcrypto3@3.1.1-r0?upstream=openssl", "Wolfi", "openssl"),
    (
        "pkg:rpm/rocky/openssl-libs@3.0.1-1.el9?distro=rocky-9.2&epoch=1&upstream=openssl-3.0.1-1.el9.src.rpm",
        "Rocky Linux:9",
        "openssl",
    ),
    (
        "pkg:rpm/opensuse/libopenssl3@3.0.1-150400.1?distro=opensuse-leap-15.4&upstream=openssl-3-3.0.1-150400.1.src.rpm",
        "openSUSE:Leap 15.4",
        "openssl-3",
    ),
    (
        "pkg:rpm/mageia/lib64curl4@7.88.1-1.mga9?distro=mageia-9&upstream=curl-7.88.1-1.mga9.src.rpm",
        "Mageia:9",
        "curl",
    ),
];

fn database() -> Database {
    let texts: Vec<String> = AFFECTED
        .iter()
        .zip(1..)
        .map(|((purl, ecosystem, name), number)| {
            let fixed = if purl.starts_with("pkg:apk/") { "9.9-r0" } else { "3:1-1" };
            format!(
                r#"{{"id": "TEST-{number}", "modified": "2026-10-01T00:00:00Z", "summary": "Bad", "affected": [
                {{"package": {{"ecosystem": "{ecosystem}", "name": "{name}"}},
                "ranges": [{{"type": "ECOSYSTEM", "events": [{{"introduced": "0"}}, {{"fixed": "{fixed}"}}]}}]}}]}}"#
            )
        })
        .collect();
    Database::new(feed(&texts.iter().map(String::as_str).collect::<Vec<_>>()))
}

fn release(label: &str, purls: impl IntoIterator<Item = String>) -> Release {
    let components = purls.into_iter().map(|purl| component(&purl)).collect();
    Release { label: label.into(), components, context: Context::default() }
}

fn whole() -> Release {
    release("1", AFFECTED.iter().map(|(purl, ..)| (*purl).to_owned()))
}

fn mute(purl: &str) -> String {
    purl[..purl.find("&upstream=").or_else(|| purl.find("?upstream=")).unwrap()].to_owned()
}

#[test]
fn what_is_built_from_an_affected_source_is_affected() {
    let (database, whole) = (database(), whole());
    for (component, judgement) in database.judge_release(&whole, at(NOW)).iter() {
        assert_eq!(judgement.answer, Answer::Affected, "{component:?}: {}", judgement.because());
    }
}

#[test]
fn without_what_it_was_built_from_nothing_is_clean() {
    let (database, whole) = (database(), whole());
    let before = database.judge_release(&whole, at(NOW));
    let muted = release("2", AFFECTED.iter().map(|(purl, ..)| mute(purl)));
    let after = database.judge_release(&muted, at(NOW));
    for (component, judgement) in after.iter() {
        let alone = database.judge(component, at(NOW), &Context::default());
        for judgement in [judgement, &alone] {
            assert_eq!(judgement.answer, Answer::NotAssessed, "{component:?}");
            assert!(matches!(judgement.not_assessed[..], [NotAssessed::NoSource { .. }]), "{component:?}");
        }
    }
    // Nor does a vulnerability count as fixed because the bill has stopped to speak of sources.
    let delta = compare(&before, &after);
    assert_eq!((delta.fixed.len(), delta.unknown.len()), (0, AFFECTED.len()), "{:?}", delta.fixed);
    assert!(delta.unknown.iter().all(|change| matches!(change.now, Standing::NotAssessed { .. })));
    let policy = Policy { not_assessed: AFFECTED.len() - 1, ..Policy::default() };
    let said = verdict(&after, &policy, &[], at(NOW));
    assert!(said.reasons.iter().any(|reason| reason.because.contains("could not be assessed")), "{said:?}");
}

#[test]
fn a_name_that_advisories_use_settles_it() {
    let database = database();
    let ask = |purl: &str| database.judge(&component(purl), at(NOW), &Context::default()).answer;
    assert_eq!(ask("pkg:deb/debian/curl@7.88.1-10?distro=debian-12"), Answer::Affected);
    assert_eq!(ask("pkg:deb/debian/curl@3:2-1?distro=debian-12"), Answer::NotAffected);
    assert_eq!(ask("pkg:deb/debian/tar@1?distro=debian-12&upstream=tar"), Answer::NotAffected);
    assert_eq!(ask("pkg:deb/debian/tar@1?distro=debian-12"), Answer::NotAssessed);
}

#[test]
fn a_bill_that_speaks_of_sources_leaves_out_those_of_the_same_name() {
    let database = database();
    let curl = AFFECTED[0].0.replace("7.88.1-10", "3:2-1");
    let tar = "pkg:deb/debian/tar@1?distro=debian-12".to_owned();
    let busybox = "pkg:apk/alpine/busybox@1?distro=alpine-3.18.4".to_owned();
    let bill = release("1", [curl, tar, busybox]);
    let answers: Vec<Answer> =
        database.judge_release(&bill, at(NOW)).judgements.iter().map(|judgement| judgement.answer).collect();
    // Of Alpine's sources it says nothing.
    assert_eq!(answers, [Answer::NotAffected, Answer::NotAffected, Answer::NotAssessed]);
}

#[test]
fn where_advisories_name_what_is_installed_no_source_is_wanted() {
    let osv = r#"{"id": "ALSA-1", "modified": "2026-10-01T00:00:00Z", "affected": [{"package":
        {"ecosystem": "AlmaLinux:9", "name": "curl-minimal"}, "ranges": [{"type": "ECOSYSTEM",
        "events": [{"introduced": "0"}, {"fixed": "7.76.1-26.el9"}]}]}]}"#;
    let database = Database::new(feed(&[osv]));
    let ask = |purl: &str| database.judge(&component(purl), at(NOW), &Context::default()).answer;
    let source = "upstream=curl-7.76.1-14.el9.src.rpm";
    let purl = |name: &str| format!("pkg:rpm/almalinux/{name}@7.76.1-14.el9?distro=almalinux-9.1&{source}");
    assert_eq!(ask(&purl("curl-minimal")), Answer::Affected);
    assert_eq!(ask(&purl("libcurl")), Answer::NotAffected);
    assert_eq!(ask(&mute(&purl("libcurl"))), Answer::NotAffected);
}
