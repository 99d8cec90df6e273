//! What each page answers and how to work on it, as data: `content/guides`.

use crate::language::{self, LANGUAGES, Language};
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

static GUIDES: LazyLock<Vec<Vec<Guide>>> = LazyLock::new(|| {
    // A test reads the files; were one broken, pages would go without guides rather than fail.
    let read = |language: &&Language| toml::from_str::<Guides>(language.guides);
    LANGUAGES.iter().map(|language| read(language).map(|read| read.guide).unwrap_or_default()).collect()
});

/// All guides in the language of the request, in the order of the file.
pub fn all() -> &'static [Guide] {
    in_language(language::current())
}

/// All guides in a language.
pub fn in_language(language: &Language) -> &'static [Guide] {
    let at = LANGUAGES.iter().position(|known| *known == language);
    at.and_then(|at| GUIDES.get(at)).map_or(&[], Vec::as_slice)
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
    fn every_language_has_the_same_guides() {
        for language in LANGUAGES {
            let guides = in_language(language);
            assert_eq!(guides.len(), all().len(), "{}", language.tag);
            for (guide, english) in guides.iter().zip(all()) {
                let shape = |guide: &Guide| {
                    (guide.name.clone(), guide.pages.clone(), guide.read.len(), guide.deeds.len())
                };
                assert_eq!(shape(guide), shape(english), "{}", language.tag);
                let same = |a: &[String], b: &[String]| a.iter().any(|text| b.contains(text));
                let copied = guide.answers == english.answers
                    || same(&guide.read, &english.read)
                    || same(&guide.deeds, &english.deeds);
                assert_eq!(
                    copied,
                    language.tag == all_tag(),
                    "{}: {} is not translated",
                    language.tag,
                    guide.name
                );
            }
        }
    }

    /// The language that others are compared with.
    fn all_tag() -> &'static str {
        language::ENGLISH.tag
    }

    #[test]
    fn every_guide_is_whole_and_its_own() {
        for language in LANGUAGES {
            whole(in_language(language));
        }
    }

    fn whole(all: &[Guide]) {
        assert!(all.len() >= 30, "{} guides", all.len());
        let names: BTreeSet<_> = all.iter().map(|guide| &guide.name).collect();
        assert_eq!(names.len(), all.len(), "two guides share a name");
        for guide in all {
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
