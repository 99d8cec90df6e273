//! Feeds as they are published, and small ones of ours.

use crate::corpus;
use warrant_advisory::feed::Feed;
use warrant_advisory::formats::{self, Limits};

pub(crate) fn folder(name: &str) -> Option<Feed> {
    let folder = corpus::folder(name)?;
    let mut feed = Feed::default();
    for path in corpus::files(&folder) {
        formats::read(
            &path.display().to_string(),
            &std::fs::read(&path).unwrap(),
            Limits::default(),
            &mut feed,
        );
    }
    Some(feed)
}

fn show(name: &str, feed: &Feed) {
    println!(
        "{name}: {} files, {} advisories, {} problems {:#?}",
        feed.files,
        feed.advisories.len(),
        feed.problem_count,
        feed.problems.iter().take(5).collect::<Vec<_>>()
    );
}

#[test]
fn rustsec_is_read_whole() {
    let Some(feed) = folder("advisories/rustsec") else { return };
    show("RustSec", &feed);
    assert_eq!((feed.advisories.len(), feed.problem_count), (feed.files, 0));
    assert!(
        feed.advisories.iter().all(|advisory| advisory.affected.len() == 1 && advisory.published.is_some())
    );
    assert!(feed.advisories.iter().filter(|advisory| advisory.withdrawn.is_some()).count() > 0);
}

#[test]
fn pypa_is_read_whole() {
    let Some(feed) = folder("advisories/pypa") else { return };
    show("PyPA", &feed);
    assert_eq!(feed.advisories.len(), feed.files);
    // A handful of ranges hold what is no PEP 440 version.
    let unreadable = feed.advisories.iter().flat_map(|advisory| &advisory.affected);
    let unreadable = unreadable.filter(|affected| !affected.unreadable.is_empty()).count();
    assert_eq!(unreadable, feed.problem_count);
}

#[test]
fn go_is_read_whole() {
    let Some(feed) = folder("advisories/golang-osv") else { return };
    show("Go", &feed);
    assert_eq!((feed.advisories.len(), feed.problem_count), (feed.files, 0));
    let symbols = feed.advisories.iter().flat_map(|advisory| &advisory.affected);
    assert!(symbols.filter(|affected| !affected.symbols.is_empty()).count() > 100);
}

#[test]
fn kev_says_how_old_it_is() {
    let Some(feed) = folder("advisories/kev") else { return };
    assert_eq!((feed.exploited.len(), feed.problem_count), (1404, 0));
    assert_eq!(feed.lists["KEV"].to_string(), "2025-08-25T17:04:19.9796Z");
    assert_eq!(feed.exploited.iter().filter(|entry| entry.ransomware).count(), 293);
}

#[test]
fn vex_of_three_kinds_is_read() {
    let Some(feed) = folder("scans/csaf") else { return };
    show("CSAF", &feed);
    assert!(!feed.statements.is_empty() && feed.problem_count == 1, "one file is of an unknown version");
    let Some(feed) = folder("scans/openvex") else { return };
    show("OpenVEX", &feed);
    assert!(!feed.statements.is_empty() && feed.problem_count == 0);
    let Some(feed) = folder("cyclonedx/spec-tests") else { return };
    show("CycloneDX", &feed);
    assert!(!feed.statements.is_empty());
}
