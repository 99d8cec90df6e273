//! What lists are narrowed to: the whole organisation, a unit or a system. The bar says it, a cookie keeps it from page
//! to page, and the address of a list says it too, so that the link shows others the same.

use crate::list::encoded;
use crate::posted::decoded;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use warrant_service::Scope;

/// The cookie's name, and the parameter's.
const COOKIE: &str = "warrant_scope";
/// The name of the parameter.
pub(crate) const PARAMETER: &str = "scope";
/// The longest id, in bytes.
const LONGEST: usize = 80;
/// The parameter's word for the whole organisation.
const ALL: &str = "all";

/// Lists that obey the scope, without the ending of an export; `*` stands for one name.
const LISTS: [&str; 22] = [
    "/",
    "/queue",
    "/overview",
    "/systems",
    "/findings",
    "/controls",
    "/poam",
    "/poam/board",
    "/evidence",
    "/programme",
    "/programme/training",
    "/watch",
    "/watch/advisories",
    "/watch/releases",
    "/risk",
    "/risk/register",
    "/risk/moved",
    "/risk/tolerated",
    "/checks",
    "/search",
    "/records",
    "/records/*",
];

/// A scope as an address writes it: `unit:ID`, `system:ID`, `all`.
pub(crate) fn word(scope: &Scope) -> String {
    match scope {
        Scope::Organisation => ALL.to_owned(),
        Scope::Unit(id) => format!("unit:{id}"),
        Scope::System(id) => format!("system:{id}"),
    }
}

fn from_word(word: &str) -> Option<Scope> {
    let fits = |id: &str| (1..=LONGEST).contains(&id.len());
    match word.split_once(':') {
        None if word == ALL => Some(Scope::Organisation),
        Some(("unit", id)) if fits(id) => Some(Scope::Unit(id.to_owned())),
        Some(("system", id)) if fits(id) => Some(Scope::System(id.to_owned())),
        _ => None,
    }
}

/// Whether what is asked for is a list that obeys the scope. Pages of one thing are shown whatever the scope.
pub(crate) fn is_list(path: &str) -> bool {
    let path = [".csv", ".xlsx", ".json"].iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path);
    LISTS.iter().any(|list| match list.strip_suffix('*') {
        Some(start) => path.strip_prefix(start).is_some_and(|name| !name.is_empty() && !name.contains('/')),
        None => path == *list,
    })
}

/// What the address asks for; without that, what the cookie keeps.
pub(crate) fn asked(uri: &Uri, headers: &HeaderMap) -> Scope {
    let said = said(uri).or_else(|| kept(headers));
    said.unwrap_or_default()
}

fn said(uri: &Uri) -> Option<Scope> {
    let mut pairs = uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    let (_, word) = pairs.find(|(name, _)| *name == PARAMETER)?;
    from_word(&decoded(word))
}

fn kept(headers: &HeaderMap) -> Option<Scope> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';'));
    let word = pairs.find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))?;
    from_word(&decoded(word))
}

/// Keeps what the address of a list says, so that the next page has it too.
pub(crate) async fn keep(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let said = said(request.uri()).filter(|_| request.method() == Method::GET && is_list(path));
    let new = said.filter(|said| *said != kept(request.headers()).unwrap_or_default());
    let mut answer = next.run(request).await;
    if let Some(scope) = new.filter(|_| answer.status().is_success()) {
        let cookie = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax", encoded(&word(&scope)));
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            answer.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_obey_and_pages_of_one_thing_do_not() {
        for list in
            ["/", "/systems", "/systems.csv", "/records/poam_item", "/records/poam_item.xlsx", "/poam/board"]
        {
            assert!(is_list(list), "{list}");
        }
        for page in [
            "/systems/sys_1",
            "/systems/sys_1/findings",
            "/records/poam_item/poam_1",
            "/findings/f",
            "/admin",
        ] {
            assert!(!is_list(page), "{page}");
        }
    }

    #[test]
    fn the_address_wins_over_the_cookie() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("a=b; warrant_scope=unit%3Aunit_1"));
        let of = |uri: &str| asked(&uri.parse().unwrap(), &headers);
        assert_eq!(of("/findings"), Scope::Unit("unit_1".to_owned()));
        assert_eq!(of("/findings?q=a&scope=system%3Asys_2"), Scope::System("sys_2".to_owned()));
        assert_eq!(of("/findings?scope=all"), Scope::Organisation);
        assert_eq!(of("/findings?scope=nonsense"), Scope::Unit("unit_1".to_owned()));
    }
}
