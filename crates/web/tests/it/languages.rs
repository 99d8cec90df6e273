//! Every page in every language: its guide, what stands where it is empty, and what is told when it cannot be shown.

use crate::plain::{Client, Reply, words};
use crate::site::{OFFICER, Site};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use warrant_model::scope::Role;
use warrant_service::Actor;
use warrant_web::guides;
use warrant_web::language::{ENGLISH, LANGUAGES, Language};

/// Pages without a guide of their own, and why.
const WITHOUT_GUIDE: [(&str, &str); 3] = [
    ("/help", "it is the list of guides"),
    ("/scope", "a choice, explained by its own sentence"),
    ("/grid/views/new", "a form of one field"),
];

/// Pages that are never empty, and why.
const NEVER_EMPTY: [(&str, &str); 15] = [
    ("/account", "there is always somebody"),
    ("/admin", "the officer who looks has an account"),
    ("/admin/catalogues", "frameworks come with the program"),
    ("/checks", "checks come with the program"),
    ("/controls", "the catalogue comes with the program"),
    ("/grid/views/new", "a form"),
    ("/help", "guides come with the program"),
    ("/import", "a form"),
    ("/record", "counts, which may be nought"),
    ("/record/ledger", "founding the store is its first entry"),
    ("/records", "kinds come with the program"),
    ("/risk/editor", "a form"),
    ("/scope", "a choice"),
    ("/search", "nothing was looked for"),
    ("/systems/new", "a form"),
];

/// Pages that are given nothing to look for, with what they are given here.
const ASKED: [(&str, &str); 3] =
    [("/search", "/search?q=zzz"), ("/checks", "/checks?q=zzz"), ("/records", "/records?q=zzz")];

/// A route as its file writes it.
struct Route {
    path: String,
    reads: bool,
    writes: bool,
}

/// Every route of the pages, from the source: what is not there is not served.
fn routes() -> Vec<Route> {
    fn walk(folder: &Path, found: &mut Vec<Route>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            for call in text.split(".route(").skip(1) {
                let Some((path, handlers)) =
                    call.trim_start().strip_prefix('"').and_then(|call| call.split_once('"'))
                else {
                    continue;
                };
                let handlers = handlers.split(".route(").next().unwrap().split(';').next().unwrap();
                let handlers = handlers.split("\n}").next().unwrap();
                let reads = handlers.contains("get(")
                    || ["/import", "/systems/{id}/documents/{format}"].contains(&path);
                let writes = handlers.contains("post(") || path == "/import";
                found.push(Route { path: path.to_owned(), reads, writes });
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages"), &mut found);
    assert!(found.len() > 120, "{} routes", found.len());
    found
}

/// Pages to look at: no exports, no files, no streams of events.
fn pages() -> Vec<String> {
    let file = |path: &str| {
        let last = path.rsplit('/').next().unwrap_or_default();
        last.contains('.')
            || ["events", "file", "entry", "proof", "checkpoint", "brief", "document", "{format}"]
                .contains(&last)
    };
    let asked = |path: String| {
        if path == "/grid/views/new" {
            "/grid/views/new?page=%2Ffindings&here=%2Ffindings".to_owned()
        } else {
            path
        }
    };
    routes()
        .into_iter()
        .filter(|route| route.reads && !file(&route.path))
        .map(|route| asked(route.path))
        .collect()
}

/// Pages that need no name.
fn plain_pages() -> Vec<String> {
    pages().into_iter().filter(|path| !path.contains('{')).collect()
}

/// An address without what it asks for.
fn bare(path: &str) -> &str {
    path.split('?').next().unwrap_or(path)
}

/// An address whose names lead nowhere.
fn nowhere(path: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { "zzz".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn whole(path: &str, language: &Language, reply: &Reply) -> String {
    assert_eq!(reply.status, StatusCode::OK, "{path} in {}", language.name);
    let html = reply.text();
    assert!(html.contains(&format!("<html lang=\"{}\"", language.tag)), "{path} in {}", language.name);
    html
}

/// The page has a guide beside it, and the guide is in the language.
async fn guided(client: &Client, language: &Language, path: &str, html: &str) {
    if WITHOUT_GUIDE.iter().any(|(page, _)| *page == bare(path)) {
        return;
    }
    let (_, rest) = html.split_once("href=\"/help/").unwrap_or_else(|| panic!("{path} has no guide"));
    let name = rest.split('"').next().unwrap();
    let guide = guides::in_language(language).iter().find(|guide| guide.name == name).unwrap();
    let page = whole(name, language, &client.get(&format!("/help/{name}")).await);
    let answers = guide.answers.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(&page).contains(&answers), "{path} in {}: {}", language.name, words(&page));
}

/// Something on the page says that it is empty, in the language.
fn said_to_be_empty(language: &Language, html: &str) -> bool {
    let lang = if language == &ENGLISH { String::new() } else { format!(" lang=\"{}\"", language.tag) };
    let welcome = html.contains("<ol class=\"ways\">");
    welcome
        || [format!("class=\"empty\"{lang}>"), format!("<p class=\"muted\"{lang}>")]
            .iter()
            .any(|mark| html.contains(mark))
}

/// What went wrong is told as a page, in the language, with a way on.
fn told(asked: &str, language: &Language, reply: &Reply) {
    let html = reply.text();
    let place = format!("{asked} in {}: {}", language.name, reply.status);
    assert!(html.contains(&format!("<html lang=\"{}\"", language.tag)), "{place}");
    assert!(html.contains("class=\"empty failure\""), "{place}: {}", words(&html));
    let heading = html.split("<h1 class=\"empty-title\">").nth(1).unwrap().split('<').next().unwrap();
    assert!(!heading.is_empty() && html.contains("class=\"button primary\" href=\"/\""), "{place}");
    if language != &ENGLISH {
        let english = ["There ", "You ", "What ", "This ", "Somebody", "Something", "The "];
        assert!(!english.iter().any(|start| heading.starts_with(start)), "{place}: {heading}");
    }
}

#[tokio::test]
async fn every_page_of_an_empty_store_says_so_and_has_its_guide() {
    let site = Site::empty().await;
    let officer = Client::signed_in(&site.service, OFFICER).await;
    for language in LANGUAGES {
        let client = officer.clone().asking_for(language.tag);
        for path in plain_pages() {
            let reply = client.get(&path).await;
            if reply.status == StatusCode::SEE_OTHER {
                continue;
            }
            let html = whole(&path, language, &reply);
            guided(&client, language, &path, &html).await;
            let empty = said_to_be_empty(language, &html);
            let never = NEVER_EMPTY.iter().any(|(page, _)| *page == bare(&path));
            assert!(empty || never, "{path} in {} does not say that it is empty", language.name);
        }
        for (path, asked) in ASKED {
            let html = whole(asked, language, &client.get(asked).await);
            assert!(said_to_be_empty(language, &html), "{path} in {}", language.name);
        }
        for kind in site.service.registry().kinds() {
            let path = format!("/records/{}", kind.spec.name);
            let html = whole(&path, language, &client.get(&path).await);
            let empty = said_to_be_empty(language, &html);
            assert!(empty || html.contains("data-row="), "{path} in {}", language.name);
        }
    }
}

#[tokio::test]
async fn every_tab_of_a_bare_system_says_what_belongs_there() {
    let site = Site::empty().await;
    let bare = serde_json::json!({ "name": "Bare", "phase": "planned" });
    let system = site.service.create(&Actor::program(), "system", bare).await.unwrap().id;
    let officer = Client::signed_in(&site.service, OFFICER).await;
    // Documents can be made of a system about which nothing is known.
    let never = ["/systems/{id}/documents", "/systems/{id}/history"];
    for language in LANGUAGES {
        let client = officer.clone().asking_for(language.tag);
        for tab in
            pages().iter().filter(|path| path.starts_with("/systems/{id}") && !path.contains("{control}"))
        {
            let path = tab.replace("{id}", &system);
            let html = whole(&path, language, &client.get(&path).await);
            guided(&client, language, &path, &html).await;
            assert!(
                said_to_be_empty(language, &html) || never.contains(&tab.as_str()),
                "{tab} in {}",
                language.name
            );
        }
    }
}

#[tokio::test]
async fn every_page_of_the_sample_organisation_has_its_guide() {
    let site = Site::sample().await;
    let officer = Client::signed_in(&site.service, OFFICER).await;
    let system = site.system("Customer Portal").await;
    let tabs =
        pages().into_iter().filter(|path| path.starts_with("/systems/{id}") && !path.contains("{control}"));
    let paths: Vec<_> =
        plain_pages().into_iter().chain(tabs.map(|tab| tab.replace("{id}", &system))).collect();
    for language in LANGUAGES {
        let client = officer.clone().asking_for(language.tag);
        for path in &paths {
            let reply = client.get(path).await;
            if reply.status == StatusCode::SEE_OTHER {
                continue;
            }
            let html = whole(path, language, &reply);
            guided(&client, language, path, &html).await;
        }
    }
}

#[tokio::test]
async fn an_address_that_leads_nowhere_is_told_in_every_language() {
    let site = Site::empty().await;
    let officer = Client::signed_in(&site.service, OFFICER).await;
    // Of a vulnerability that nobody knows there is something to say.
    let known = ["/watch/advisories/{id}"];
    for language in LANGUAGES {
        let client = officer.clone().asking_for(language.tag);
        let named = pages().into_iter().filter(|path| path.contains('{') && !known.contains(&path.as_str()));
        for path in named.chain(["/no/such/page".to_owned()]) {
            let reply = client.get(&nowhere(&path)).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
            told(&path, language, &reply);
        }
        let html = whole("CVE", language, &client.get("/watch/advisories/CVE-1999-0001").await);
        assert!(said_to_be_empty(language, &html));
    }
}

#[tokio::test]
async fn what_somebody_may_not_do_is_told_in_every_language() {
    let site = Site::empty().await;
    let program = Actor::program();
    let unit = site.service.create(&program, "unit", serde_json::json!({ "name": "Works" })).await.unwrap();
    let reader = "reader@northwater.example";
    site.service.create_account(&program, reader, "Reader", None, (Role::Reader, &unit.id)).await.unwrap();
    let reader = Client::signed_in(&site.service, reader).await;
    let mut denied = BTreeSet::new();
    for language in LANGUAGES {
        let client = reader.clone().asking_for(language.tag);
        for path in plain_pages() {
            let reply = client.get(&path).await;
            if reply.status.is_client_error() {
                told(&path, language, &reply);
                denied.insert((path, reply.status.as_u16()));
            }
        }
        // A form without the session's token is refused whatever it asks for.
        for route in routes().into_iter().filter(|route| route.writes) {
            let reply = client.post(&nowhere(&route.path), "a=b").await;
            assert!(reply.status.is_client_error(), "{}: {}", route.path, reply.status);
            told(&format!("POST {}", route.path), language, &reply);
        }
    }
    assert!(denied.contains(&("/admin".to_owned(), 403)), "{denied:?}");
}

#[tokio::test]
async fn what_the_framework_refuses_is_told_as_a_page() {
    let site = Site::empty().await;
    let officer = Client::signed_in(&site.service, OFFICER).await;
    for language in LANGUAGES {
        let client = officer.clone().asking_for(language.tag);
        let large = client.post("/account/name", &"a".repeat(5 << 20)).await;
        assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
        told("a large form", language, &large);
        let method = client.get("/undo").await;
        assert_eq!((method.status, method.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "POST"));
        told("GET of a form's address", language, &method);
        let malformed = client.get("/systems/%ff").await;
        assert_eq!(malformed.status, StatusCode::BAD_REQUEST);
        told("a broken address", language, &malformed);
        let day = client.get("/findings?as_of=soon").await;
        assert!([StatusCode::OK, StatusCode::CONFLICT].contains(&day.status), "{}", day.status);
    }
    // Programs are answered in JSON and English whatever they accept.
    let lost = officer.asking_for("fr").get("/api/v1/records/zzz").await;
    assert_eq!(lost.header("content-type"), "application/json");
    assert!(lost.text().contains("there is no"), "{}", lost.text());
}

#[tokio::test]
async fn a_refused_form_says_so_in_the_persons_language() {
    let site = Site::empty().await;
    let officer = Client::signed_in(&site.service, OFFICER).await;
    let token = officer.token().await;
    let french = officer.asking_for("fr");
    let short = french.post("/account/password", &format!("_csrf={token}&password=a&again=b")).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(words(&short.text()).contains("Rien n’a été modifié"), "{}", words(&short.text()));
    let none = french.post("/findings/plan", &format!("_csrf={token}")).await;
    assert!(words(&none.text()).contains("Sélectionnez d’abord les lignes concernées."));
    let form = format!("--x\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n{token}\r\n--x--\r\n");
    let upload = Request::post("/import").header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    let upload = french.send(upload.body(Body::from(form)).unwrap()).await;
    assert_eq!(upload.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = words(&upload.text());
    assert!(said.contains("Non importé") && said.contains("Il n’y avait aucun fichier"), "{said}");
    let new = french.post("/records/task", &format!("_csrf={token}&title=")).await;
    assert_eq!(new.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(words(&new.text()).contains("à corriger"), "{}", words(&new.text()));
}

#[tokio::test]
async fn the_language_is_chosen_once_and_kept() {
    let site = Site::empty().await;
    let stranger = Client::stranger(&site.service).asking_for("fr-CA, en;q=0.5");
    let page = stranger.get("/sign-in").await.text();
    assert!(page.contains("<html lang=\"fr\"") && page.contains("Mot de passe"), "{page}");
    let sent = stranger.get("/systems").await;
    assert_eq!(sent.header("location"), "/sign-in?next=%2Fsystems");
    let wrong = stranger.post("/sign-in", "email=a%40b.example&password=x").await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert!(
        wrong.text().contains("lang=\"en-GB\">e-mail or password is wrong")
            || wrong.text().contains("E-mail or password is wrong")
    );

    let choose = |site: &'static str, language: &'static str| {
        let request = Request::post("/language")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", site)
            .header(header::REFERER, "http://127.0.0.1/findings?state=all");
        request.body(Body::from(format!("language={language}"))).unwrap()
    };
    let kept = stranger.send(choose("same-origin", "en-GB")).await;
    assert_eq!((kept.status, kept.header("location")), (StatusCode::SEE_OTHER, "/findings?state=all"));
    assert!(kept.header("set-cookie").starts_with("warrant_language=en-GB; Path=/; HttpOnly; SameSite=Lax"));
    assert_eq!(stranger.send(choose("cross-site", "en-GB")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(stranger.send(choose("same-origin", "xx")).await.status, StatusCode::BAD_REQUEST);
    let request = Request::get("/sign-in").header(header::COOKIE, "warrant_language=en-GB");
    let english = stranger.send(request.body(Body::empty()).unwrap()).await.text();
    assert!(english.contains("<html lang=\"en-GB\"") && english.contains("Password"));
}

/// What stands on pages of both languages alike: words that are the same in French, names of methods and of keys.
const ALIKE: [&str; 24] = [
    "Actions",
    "Brier",
    "Cause",
    "Description",
    "Destination",
    "Document",
    "Format",
    "Impact",
    "Influence",
    "Initiative",
    "Justification",
    "Mission",
    "OWASP",
    "Phase",
    "Sessions",
    "Source",
    "Technique",
    "Validation",
    "Verdict",
    "Version",
    "Zone",
    "CtrlK",
    "Enter",
    "Esc",
];

/// The texts of headings, of columns, of buttons, of labels and of what opens, as a page of the sample has them. Titles of
/// pages are left out where they name a record.
fn headings(html: &str) -> BTreeSet<String> {
    let main = html.split("<main").nth(1).unwrap_or(html);
    let main = main.split("</main>").next().unwrap_or(main);
    let mut found = BTreeSet::new();
    for tag in ["h2", "th", "button", "label", "summary", "dt", "legend"] {
        for part in main.split(&format!("<{tag}")).skip(1) {
            let Some((attributes, rest)) = part.split_once('>') else { continue };
            // Headings of rows are data, and another tag may begin alike.
            if attributes.contains("scope=\"row\"")
                || attributes.starts_with(|c: char| c.is_ascii_alphabetic())
            {
                continue;
            }
            let inside = rest.split(&format!("</{tag}>")).next().unwrap_or_default();
            // What can be chosen is mostly records.
            if inside.contains("type=\"checkbox\"") {
                continue;
            }
            let inside = inside.split("<select").next().unwrap_or_default();
            let text =
                words(&format!("<main>{inside}</main>")).split_whitespace().collect::<Vec<_>>().join(" ");
            if text.chars().filter(|c| c.is_alphabetic()).count() > 2 {
                found.insert(text);
            }
        }
    }
    found
}

#[tokio::test]
async fn no_heading_of_a_french_page_is_english() {
    let site = Site::sample().await;
    let officer = Client::signed_in(&site.service, OFFICER).await;
    let system = site.system("Customer Portal").await;
    let tabs =
        pages().into_iter().filter(|path| path.starts_with("/systems/{id}") && !path.contains("{control}"));
    let kinds = site.service.registry().kinds();
    let kinds = kinds.flat_map(|kind| ["", "/new"].map(|end| format!("/records/{}{end}", kind.spec.name)));
    let paths: Vec<String> =
        plain_pages().into_iter().chain(tabs.map(|tab| tab.replace("{id}", &system))).chain(kinds).collect();
    let (english, french) = (officer.clone().asking_for("en"), officer.asking_for("fr"));
    let mut alike = BTreeSet::new();
    for path in &paths {
        let told = english.get(path).await;
        if told.status != StatusCode::OK {
            continue;
        }
        let said = french.get(path).await;
        for text in headings(&told.text()).intersection(&headings(&said.text())) {
            if !ALIKE.contains(&text.as_str()) {
                alike.insert(format!("{path}: {text}"));
            }
        }
    }
    assert!(
        alike.is_empty(),
        "in English on French pages:\n{}",
        alike.into_iter().collect::<Vec<_>>().join("\n")
    );
}
