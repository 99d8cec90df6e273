//! The language a person reads in: kept in a cookie, else what the browser asks for, else English.
//!
//! It belongs to the request as a whole, so the task that answers the request carries it: what draws a page asks
//! [`current`] and needs no parameter for it. Outside of a request (a document made by a command, a test of one
//! component) it is English. What is kept for a later request is kept as [`crate::words::Words`], which are said
//! when they are drawn.

use crate::error::{Answer, Fault};
use crate::posted::Posted;
use crate::server::App;
use crate::session::{local, same_origin};
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;

/// The cookie that keeps the choice.
const COOKIE: &str = "warrant_language";

/// How long it is kept, in seconds: a year.
const KEPT: u32 = 31_536_000;

/// A language of the pages.
#[derive(Debug)]
pub struct Language {
    /// Its tag (BCP 47), as the attribute `lang` has it.
    pub tag: &'static str,
    /// Its name in itself.
    pub name: &'static str,
    /// How it sets thousands apart.
    pub(crate) grouping: Grouping,
    /// The words of the pages: its folder in `content/words`, one file after another.
    pub(crate) words: &'static str,
    /// The guides: `content/guides`.
    pub(crate) guides: &'static str,
}

/// Languages are told apart by their tags alone: comparing all their words takes as long as saying ten of them.
impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.tag == other.tag
    }
}

impl Eq for Language {}

/// What stands between thousands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grouping {
    /// `12,345`.
    Comma,
    /// `12 345`, with a narrow space that does not break.
    Space,
}

/// The text of every file of a language's folder of words, which are the same in each.
macro_rules! words_in {
    ($folder:literal) => {
        words_in!($folder: "shell", "errors", "look", "shared", "kinds", "checks", "today", "systems", "system", "programme", "watch", "record", "admin")
    };
    ($folder:literal: $($file:literal),*) => {
        concat!($(include_str!(concat!("../../../content/words/", $folder, "/", $file, ".ftl")), "\n"),*)
    };
}

/// English: what every other language is measured by, and what stands where another has no word.
pub static ENGLISH: Language = Language {
    tag: "en-GB",
    name: "English",
    grouping: Grouping::Comma,
    words: words_in!("en"),
    guides: include_str!("../../../content/guides/en.toml"),
};

/// French.
static FRENCH: Language = Language {
    tag: "fr",
    name: "Français",
    grouping: Grouping::Space,
    words: words_in!("fr"),
    guides: include_str!("../../../content/guides/fr.toml"),
};

/// Every language. To add one, write its folder of words and its guides, and add its line.
pub static LANGUAGES: [&Language; 2] = [&ENGLISH, &FRENCH];

tokio::task_local! {
    static CHOSEN: &'static Language;
}

/// The language of the request that is being answered.
pub fn current() -> &'static Language {
    CHOSEN.try_with(|chosen| *chosen).unwrap_or(&ENGLISH)
}

/// The attribute `lang` of a part that is in English whatever was chosen; `None` where the page is in English anyway.
pub(crate) fn of_english() -> Option<&'static str> {
    (current() != &ENGLISH).then_some(ENGLISH.tag)
}

/// The attribute `lang` of a part in the chosen language that may stand within an English one; `None` in English.
pub(crate) fn of_chosen() -> Option<&'static str> {
    Some(current().tag).filter(|tag| *tag != ENGLISH.tag)
}

/// Draws something in this language, whatever the request's.
pub fn speaking<T>(language: &'static Language, draw: impl FnOnce() -> T) -> T {
    CHOSEN.sync_scope(language, draw)
}

/// Answers a request in the language that it asks for.
pub(crate) async fn keep(request: Request, next: Next) -> Response {
    let asked = asked(request.headers());
    CHOSEN.scope(asked, next.run(request)).await
}

/// The route that keeps a choice.
pub(crate) fn routes() -> Router<App> {
    Router::new().route("/language", post(choose))
}

/// Keeps the choice and leads back to the page it was made on. Nobody needs to be signed in for it, so that the only
/// guard is where the form comes from.
async fn choose(headers: HeaderMap, body: String) -> Answer {
    if !same_origin(&headers) {
        return Ok(Fault::Foreign.into_response());
    }
    let posted = Posted::parse(&body);
    let Some(language) = LANGUAGES.iter().find(|language| language.tag == posted.one("language")) else {
        return Ok(Fault::Malformed.into_response());
    };
    let cookie = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={KEPT}", language.tag);
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&back(&headers))).into_response())
}

/// The path of the page that a form was on, as the browser tells it.
fn back(headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let path = referer.and_then(|referer| {
        let (_, rest) = referer.split_once("://")?;
        rest.find('/').map(|at| &rest[at..])
    });
    local(path).to_owned()
}

fn asked(headers: &HeaderMap) -> &'static Language {
    kept(headers).or_else(|| accepted(headers)).unwrap_or(&ENGLISH)
}

fn kept(headers: &HeaderMap) -> Option<&'static Language> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';'));
    let tag = pairs.find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))?;
    LANGUAGES.into_iter().find(|language| language.tag == tag)
}

/// The language that the browser would rather have (RFC 9110, 12.5.4): regions are not told apart, and of two that are
/// wanted as much the one named first is taken.
fn accepted(headers: &HeaderMap) -> Option<&'static Language> {
    let told = headers.get_all(header::ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok());
    let mut best: Option<(f32, &'static Language)> = None;
    for wish in told.flat_map(|told| told.split(',')) {
        let (range, weight) = wish.split_once(';').unwrap_or((wish, "q=1"));
        let weight =
            weight.trim().strip_prefix("q=").and_then(|weight| weight.trim().parse().ok()).unwrap_or(0.0);
        let Some(language) = matching(range.trim()) else { continue };
        if weight > 0.0 && best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

fn matching(range: &str) -> Option<&'static Language> {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    LANGUAGES.into_iter().find(|language| primary(language.tag) == primary(range))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn of(cookie: &'static str, accepted: &'static str) -> &'static str {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static(cookie));
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(accepted));
        asked(&headers).tag
    }

    #[test]
    fn the_choice_wins_over_the_browser() {
        assert_eq!(of("a=b; warrant_language=fr", "en"), "fr");
        assert_eq!(of("warrant_language=en-GB", "fr"), "en-GB");
        assert_eq!(of("warrant_language=xx", "fr"), "fr");
        assert_eq!(of("", ""), "en-GB");
    }

    #[test]
    fn the_browser_says_what_it_would_rather_have() {
        for (accepted, tag) in [
            ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
            ("en;q=0.5, fr;q=0.7", "fr"),
            ("de, en-US;q=0.7, fr;q=0.3", "en-GB"),
            ("FR", "fr"),
            ("fr;q=0, en;q=0.1", "en-GB"),
            ("fr;q=much", "en-GB"),
            ("frr, *;q=0.1", "en-GB"),
        ] {
            assert_eq!(of("", accepted), tag, "{accepted}");
        }
    }

    #[test]
    fn the_way_back_stays_on_this_site() {
        let of = |referer: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::REFERER, HeaderValue::from_static(referer));
            back(&headers)
        };
        assert_eq!(of("http://127.0.0.1:8080/findings?state=all"), "/findings?state=all");
        assert_eq!(of("http://127.0.0.1:8080"), "/");
        assert_eq!(of("https://evil.example//evil.example/x"), "/");
    }
}
