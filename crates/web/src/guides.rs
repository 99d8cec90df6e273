//! What each page answers and how to work on it, as data: `content/guides`.

use serde::Deserialize;
use std::sync::LazyLock;

/// A page's guide.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// Its name, the last part of its address: `today`.
    pub name: String,
    /// The addresses it stands for; the longest that a page's own begins with is taken.
    pub pages: Vec<String>,
    /// Its title.
    pub title: String,
    /// The question the page answers.
    pub answers: String,
    /// How to read it.
    pub read: Vec<String>,
    /// What can be done there.
    #[serde(rename = "do")]
    pub deeds: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Guides {
    guide: Vec<Guide>,
}

static GUIDES: LazyLock<Vec<Guide>> = LazyLock::new(|| {
    // A test reads the file; were it broken, pages would go without guides rather than fail.
    let read = toml::from_str::<Guides>(include_str!("../../../content/guides/en.toml"));
    read.map(|guides| guides.guide).unwrap_or_default()
});

/// All guides, in the order of the file.
pub fn all() -> &'static [Guide] {
    &GUIDES
}

/// The guide of a name.
pub fn named(name: &str) -> Option<&'static Guide> {
    all().iter().find(|guide| guide.name == name)
}

/// The guide of the page at this address: the one whose address is the longest that it begins with.
pub fn of(address: &str) -> Option<&'static Guide> {
    let fits = |page: &str| {
        let rest = address.strip_prefix(page);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let longest = |guide: &Guide| guide.pages.iter().filter(|page| fits(page)).map(String::len).max();
    all().iter().filter(|guide| longest(guide).is_some()).max_by_key(|guide| longest(guide))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_guide_is_whole_and_its_own() {
        assert!(all().len() >= 30, "{} guides", all().len());
        let names: BTreeSet<_> = all().iter().map(|guide| &guide.name).collect();
        assert_eq!(names.len(), all().len(), "two guides share a name");
        for guide in all() {
            assert!(guide.answers.ends_with('?'), "{}: a question", guide.name);
            assert!(!guide.read.is_empty() && !guide.deeds.is_empty(), "{}", guide.name);
            let words =
                guide.read.iter().chain(&guide.deeds).map(|text| text.split(' ').count()).sum::<usize>();
            assert!(words < 300, "{}: {words} words are more than two minutes", guide.name);
        }
    }

    #[test]
    fn the_longest_address_wins() {
        let name = |address: &str| of(address).map(|guide| guide.name.as_str());
        assert_eq!(name("/"), Some("today"));
        assert_eq!(name("/risk/portfolio"), Some("portfolio"));
        assert_eq!(name("/risk/scen_x"), Some("risk"));
        assert_eq!(name("/budget"), Some("budget"));
        assert_eq!(name("system/controls"), Some("system-controls"));
        assert_eq!(name("/records/person"), Some("records"));
        assert_eq!(name("/recordsx"), None);
    }
}
