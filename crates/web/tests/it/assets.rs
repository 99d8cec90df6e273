//! The embedded files: small, typed, cached for ever under an address that changes with their content.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt;
use warrant_web::assets;

const STYLE: &str = include_str!("../../assets/style.css");
const SCRIPT: &str = include_str!("../../assets/app.js");

#[test]
fn the_stylesheet_stays_small() {
    assert!(STYLE.len() <= 52 * 1024, "style.css has {} bytes", STYLE.len());
}

#[test]
fn the_script_never_builds_markup_from_text() {
    for forbidden in
        ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", ".style."]
    {
        assert!(!SCRIPT.contains(forbidden), "app.js uses {forbidden}");
    }
    assert_eq!(SCRIPT.matches("createPolicy(").count(), 1);
    assert_eq!(SCRIPT.matches("parseFromString(policy.createHTML(").count(), 1);
}

#[test]
fn the_stylesheet_loads_nothing_and_closes_every_brace() {
    assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    assert_eq!(STYLE.matches('{').count(), STYLE.matches('}').count());
}

#[test]
fn every_colour_outside_the_tokens_is_a_token() {
    let (_, rules) = STYLE.split_once("/* Ground */").expect("the tokens come first");
    let strays: Vec<&str> = rules
        .lines()
        .filter(|line| line.contains('#') && line.split('#').skip(1).any(is_colour))
        .filter(|line| {
            !line.contains("backdrop")
                && !line.contains("light-dark(#d3d6d2")
                && !line.contains("color: #000")
        })
        .collect();
    assert!(strays.is_empty(), "{strays:#?}");
}

fn is_colour(rest: &str) -> bool {
    let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
    let next = rest.chars().nth(digits);
    matches!(digits, 3 | 6 | 8) && !next.is_some_and(|c| c.is_alphanumeric() || c == '-')
}

async fn get(path: &str, tag: Option<&str>) -> axum::response::Response {
    let mut request = Request::get(path);
    if let Some(tag) = tag {
        request = request.header(header::IF_NONE_MATCH, tag);
    }
    assets::routes::<()>().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

#[tokio::test]
async fn each_file_is_served_with_its_type_and_kept_for_ever() {
    for name in assets::NAMES {
        let answer = get(assets::href(name), None).await;
        assert_eq!(answer.status(), StatusCode::OK, "{name}");
        let headers = answer.headers().clone();
        assert_eq!(headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        let expected = match name.rsplit_once('.').unwrap().1 {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            _ => "image/svg+xml",
        };
        assert_eq!(headers[header::CONTENT_TYPE], expected, "{name}");
        let again = get(assets::href(name), Some(headers[header::ETAG].to_str().unwrap())).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    }
}

#[tokio::test]
async fn other_names_and_old_hashes_are_not_found() {
    for path in ["/assets/style.css", "/assets/style.0000000000000000.css", "/assets/..%2fCargo.toml"] {
        assert_eq!(get(path, None).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(assets::href("nothing"), "/assets/unknown");
}

/// The script holds no words of its own: what it says stands in the page, in the page's language.
#[test]
fn all_that_the_script_says_is_in_the_page() {
    let page = crate::page::gallery("").into_string();
    let names: Vec<_> = SCRIPT.split("words.").skip(1).collect();
    assert!(names.len() > 10, "{} words", names.len());
    for rest in names {
        let name: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
        let attribute = name.chars().fold("data".to_owned(), |attribute, letter| match letter {
            'A'..='Z' => format!("{attribute}-{}", letter.to_ascii_lowercase()),
            _ if attribute == "data" => format!("data-{letter}"),
            _ => format!("{attribute}{letter}"),
        });
        assert!(page.contains(&format!(" {attribute}=\"")), "the page does not give {attribute}");
    }
    for call in SCRIPT.split("say(").skip(1) {
        assert!(!call.starts_with(['"', '`', '\'']), "the script says words of its own: {}", &call[..40]);
    }
}
