//! Importing through the pages: the token comes first, results are told, and files leave as attachments only.

use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use serde_json::json;
use tower::ServiceExt;
use warrant_intake::formats::READERS;
use warrant_model::scope::Role;
use warrant_service::query::EvidenceQuery;
use warrant_service::{Actor, Service, ServiceOptions, StoreOptions};

struct Site {
    service: Service,
    app: axum::Router,
    token: String,
    csrf: String,
    system: String,
    _folder: tempfile::TempDir,
}

async fn site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::open(ServiceOptions::standard(StoreOptions::folder(folder.path()))).await.unwrap();
    service.initialise("Test Utilities", 0).await.unwrap();
    let program = Actor::program();
    service.create_account(&program, "a@example.org", "A", None, (Role::Officer, "")).await.unwrap();
    let link = service.one_time_link(&program, "a@example.org").await.unwrap();
    let token = service.sign_in_with_link(&link).await.unwrap().token;
    let csrf = service.session(&token).await.unwrap().unwrap().csrf;
    let body = json!({"name": "Portal", "phase": "planned"});
    let system = service.create(&program, "system", body).await.unwrap().id;
    Site { app: warrant_web::router(service.clone()), service, token, csrf, system, _folder: folder }
}

impl Site {
    async fn get(&self, path: &str) -> Response<Body> {
        let cookie = format!("warrant_session={}", self.token);
        let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
        self.app.clone().oneshot(request).await.unwrap()
    }

    /// Posts parts of a form in the order given; a name with `:` is a file.
    async fn upload(&self, parts: &[(&str, &[u8])]) -> Response<Body> {
        let mut body = Vec::new();
        for (name, value) in parts {
            let place = match name.split_once(':') {
                Some((name, file)) => {
                    format!("name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: text/html")
                }
                None => format!("name=\"{name}\""),
            };
            body.extend_from_slice(
                format!("--edge\r\nContent-Disposition: form-data; {place}\r\n\r\n").as_bytes(),
            );
            body.extend_from_slice(value);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--edge--\r\n");
        let request = Request::post("/import")
            .header(header::COOKIE, format!("warrant_session={}", self.token))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
            .body(Body::from(body))
            .unwrap();
        self.app.clone().oneshot(request).await.unwrap()
    }

    async fn files(&self) -> i64 {
        let query = EvidenceQuery { limit: 10, ..EvidenceQuery::default() };
        self.service.list_evidence(&Actor::program(), &query).await.unwrap().total
    }

    /// The page of a batch once every file has a result.
    async fn finished(&self, path: &str) -> String {
        for _ in 0..200 {
            let text = text(self.get(path).await).await;
            if !text.contains("data-events") {
                return text;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("{path} never finished")
    }
}

async fn text(answer: Response<Body>) -> String {
    String::from_utf8(to_bytes(answer.into_body(), 10 << 20).await.unwrap().to_vec()).unwrap()
}

/// A host of nobody's file, named like one of the example's.
const NEIGHBOUR: &str = "web09.example.org";

fn nessus() -> Vec<u8> {
    READERS.iter().find(|reader| reader.id() == "nessus").unwrap().example().bytes.to_vec()
}

#[tokio::test]
async fn an_upload_without_the_sessions_token_first_is_refused_before_its_files() {
    let (site, file) = (site().await, nessus());
    let csrf = site.csrf.clone();
    for parts in [
        vec![("_csrf", b"wrong".as_slice()), ("file:scan.nessus", &file)],
        vec![("file:scan.nessus", file.as_slice())],
        vec![("file:scan.nessus", file.as_slice()), ("_csrf", csrf.as_bytes())],
    ] {
        assert_eq!(site.upload(&parts).await.status(), StatusCode::FORBIDDEN);
    }
    let empty = site.upload(&[("_csrf", csrf.as_bytes()), ("file:", b"")]).await;
    assert_eq!(empty.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(empty).await.contains("Choose at least one"));
    assert_eq!(site.files().await, 0);
}

#[tokio::test]
async fn a_rehearsal_writes_nothing_and_can_be_made_good() {
    let (site, file) = (site().await, nessus());
    let wishes = [("_csrf", site.csrf.as_bytes()), ("system", site.system.as_bytes()), ("mode", b"dry-run")];
    let answer = site.upload(&[&wishes[..], &[("file:scan.nessus", file.as_slice())]].concat()).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let place = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
    let page = site.finished(&place).await;
    assert!(page.contains("It would be:") && page.contains("/commit"), "{page}");
    assert_eq!(site.files().await, 0);

    let request = Request::post(format!("{place}/commit"))
        .header(header::COOKIE, format!("warrant_session={}", site.token))
        .body(Body::from(format!("_csrf={}", site.csrf)))
        .unwrap();
    let answer = site.app.clone().oneshot(request).await.unwrap();
    let place = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
    assert!(site.finished(&place).await.contains("findings opened"));
    assert_eq!(site.files().await, 1);
    // Nobody else sees the batch.
    let stranger = Request::get(place.as_str()).body(Body::empty()).unwrap();
    assert_eq!(site.app.clone().oneshot(stranger).await.unwrap().status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn evidence_leaves_only_as_an_attachment_and_is_shown_escaped() {
    let (site, mut file) = (site().await, nessus());
    file.extend_from_slice(b"\n<!-- <script>alert(1)</script> -->\n");
    let parts = [
        ("_csrf", site.csrf.as_bytes()),
        ("system", site.system.as_bytes()),
        ("file:..\\<img src=x onerror=y>.html", file.as_slice()),
    ];
    let answer = site.upload(&parts).await;
    let place = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
    let page = site.finished(&place).await;
    assert!(!page.contains("<img src=x"), "{page}");
    let hash = warrant_model::hash::ContentHash::of(&file);
    let answer = site.get(&format!("/evidence/{hash}/file")).await;
    let header = |name| answer.headers().get(name).unwrap().to_str().unwrap().to_owned();
    assert_eq!(header(header::CONTENT_TYPE), "application/octet-stream");
    assert!(header(header::CONTENT_DISPOSITION).starts_with("attachment; filename=\"img-src-x"));
    assert_eq!(header(header::CONTENT_SECURITY_POLICY), "default-src 'none'; sandbox");
    assert_eq!(header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    let page = text(site.get(&format!("/evidence/{hash}?line=9999")).await).await;
    assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
    assert!(!page.contains("<script>alert"));
    assert_eq!(site.get("/evidence/../../etc/passwd").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_file_of_unknown_hosts_is_told_where_it_may_belong_and_goes_there_without_being_sent_again() {
    let (site, file) = (site().await, nessus());
    let known = json!({
        "system": site.system, "name": "neighbour", "component_type": "host", "hostnames": [NEIGHBOUR],
    });
    site.service.create(&Actor::program(), "component", known).await.unwrap();
    let answer = site.upload(&[("_csrf", site.csrf.as_bytes()), ("file:scan.nessus", &file)]).await;
    let place = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
    let page = site.finished(&place).await;
    assert_eq!(site.files().await, 0, "nothing is guessed");
    assert!(page.contains("Import for Portal") && page.contains(NEIGHBOUR), "{page}");
    assert!(page.contains("href=\"/systems/new?hosts="), "a new system can be started from its hosts");
    let send = async |fields: String| {
        let request = Request::post(format!("{place}/place"))
            .header(header::COOKIE, format!("warrant_session={}", site.token))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(fields))
            .unwrap();
        site.app.clone().oneshot(request).await.unwrap()
    };
    let wish = format!("file=0&system={}", site.system);
    assert_eq!(send(wish.clone()).await.status(), StatusCode::FORBIDDEN, "without a token");
    assert_eq!(
        send(format!("_csrf={}&file=7&system={}", site.csrf, site.system)).await.status(),
        StatusCode::CONFLICT
    );
    let answer = send(format!("_csrf={}&{wish}", site.csrf)).await;
    let place = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
    assert!(site.finished(&place).await.contains("findings opened"));
    assert_eq!(site.files().await, 1);
}
