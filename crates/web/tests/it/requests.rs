//! What the server refuses, and how it answers those who are not signed in.

use crate::plain::Client;
use crate::site::{OFFICER, Site};

#[tokio::test]
async fn strangers_are_sent_to_sign_in_and_come_back_to_where_they_wanted() {
    let site = Site::empty().await;
    let stranger = Client::stranger(&site.service);
    for path in [
        "/",
        "/systems",
        "/records/system/new",
        "/evidence",
        "/record/ledger",
        "/import",
        "/admin",
        "/account",
    ] {
        let reply = stranger.get(path).await;
        assert_eq!(reply.status, 303, "{path}");
        let wanted = path.replace('/', "%2F");
        assert_eq!(reply.header("location"), format!("/sign-in?next={wanted}"), "{path}");
    }
    let reply = stranger.get("/findings?q=a%26b&state=open").await;
    assert_eq!(reply.header("location"), "/sign-in?next=%2Ffindings%3Fq%3Da%2526b%26state%3Dopen");
    for path in ["/poam.xlsx", "/queue.csv", "/evidence/00/file"] {
        assert_eq!(stranger.get(path).await.status, 303, "{path}");
    }
    for path in ["/records/unit", "/queue/bulk", "/record/ledger/verify", "/import"] {
        assert_eq!(stranger.post(path, "name=x").await.status, 303, "{path}");
    }
    assert_eq!(stranger.get("/nowhere").await.status, 404);
}

#[tokio::test]
async fn forms_without_the_sessions_own_token_change_nothing() {
    let site = Site::empty().await;
    let role = (warrant_model::scope::Role::Officer, "");
    let program = warrant_service::Actor::program();
    site.service.create_account(&program, "other@northwater.example", "Other", None, role).await.unwrap();
    let own = Client::signed_in(&site.service, OFFICER).await;
    let other = Client::signed_in(&site.service, "other@northwater.example").await;
    let strange = other.token().await;
    assert_ne!(own.token().await, strange);
    for path in ["/records/unit", "/sign-out", "/record/ledger/verify", "/queue/bulk"] {
        for form in
            ["name=Water".to_owned(), "name=Water&_csrf=".to_owned(), format!("name=Water&_csrf={strange}")]
        {
            let reply = own.post(path, &form).await;
            assert_eq!(reply.status, 403, "{path} {form}");
        }
    }
    assert!(!own.get("/records/unit").await.text().contains("Water"));
    let token = own.token().await;
    let reply = own.post("/records/unit", &format!("name=Water&_csrf={token}")).await;
    assert_eq!(reply.status, 303);
    assert!(own.get("/records/unit").await.text().contains("Water"));
}

#[tokio::test]
async fn signing_in_and_forms_never_lead_to_another_host() {
    let site = Site::empty().await;
    let program = warrant_service::Actor::program();
    site.service.set_password(&program, OFFICER, "correct horse battery").await.unwrap();
    let stranger = Client::stranger(&site.service);
    let own = Client::signed_in(&site.service, OFFICER).await;
    let token = own.token().await;
    let foreign = [
        "//evil.example",
        "https://evil.example/",
        "/%5Cevil.example",
        "javascript:alert(1)",
        "%2F%2Fevil.example",
        "/%09/evil.example",
    ];
    for (nth, next) in foreign.into_iter().enumerate() {
        let form = format!("email={OFFICER}&password=correct+horse+battery&next={next}");
        let reply = stranger.post("/sign-in", &form).await;
        assert_eq!((reply.status.as_u16(), reply.header("location")), (303, "/"), "{next}");
        let form = format!("name=Unit{nth}&_csrf={token}&next={next}");
        let reply = own.post("/records/unit", &form).await;
        assert_eq!(reply.status, 303, "{next}");
        let location = reply.header("location");
        assert!(location.starts_with("/records/unit/unit_"), "{next} leads to {location}");
    }
}

#[tokio::test]
async fn a_session_ends_with_signing_out() {
    let site = Site::empty().await;
    let own = Client::signed_in(&site.service, OFFICER).await;
    let token = own.token().await;
    let reply = own.post("/sign-out", &format!("_csrf={token}")).await;
    assert_eq!(reply.header("location"), "/sign-in");
    assert!(reply.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(own.get("/systems").await.status, 303);
}

#[tokio::test]
async fn a_sign_in_link_works_once_and_not_by_looking_at_it() {
    let site = Site::empty().await;
    let stranger = Client::stranger(&site.service);
    let link = site.service.one_time_link(&warrant_service::Actor::program(), OFFICER).await.unwrap();
    let path = format!("/sign-in/{link}");
    for _ in 0..2 {
        let reply = stranger.get(&path).await;
        assert_eq!((reply.status.as_u16(), reply.header("set-cookie")), (200, ""));
    }
    assert!(stranger.post(&path, "").await.header("set-cookie").starts_with("warrant_session="));
    assert_eq!(stranger.post(&path, "").await.status, 401);
}

#[tokio::test]
async fn files_leave_as_attachments_that_run_nothing() {
    let site = Site::empty().await;
    let actor = warrant_service::Actor::program();
    let system = serde_json::json!({"name": "Portal", "phase": "planned"});
    let system = site.service.create(&actor, "system", system).await.unwrap();
    let scan = "<?xml version=\"1.0\"?><NessusClientData_v2><Report name=\"x\"><ReportHost name=\"h1\"><HostProperties><tag name=\"HOST_END\">Sun Nov 22 09:00:00 2026</tag></HostProperties><ReportItem port=\"0\" svc_name=\"general\" protocol=\"tcp\" severity=\"2\" pluginID=\"1\" pluginName=\"A\" pluginFamily=\"General\"></ReportItem></ReportHost></Report></NessusClientData_v2>";
    let file = warrant_service::import::ImportFile {
        name: "../..\\\"x\".html\r\nSet-Cookie: a=b".to_owned(),
        bytes: scan.as_bytes().into(),
    };
    let mode = warrant_service::import::Mode::Commit;
    let outcome =
        site.service.import(&actor, file, Some(&system.id), mode, Default::default()).await.unwrap();
    let own = Client::signed_in(&site.service, OFFICER).await;
    let reply = own.get(&format!("/evidence/{}/file", outcome.evidence)).await;
    assert_eq!(reply.body, scan.as_bytes());
    assert_eq!(reply.header("content-type"), "application/octet-stream");
    for path in ["/poam.xlsx", "/poam.csv", "/queue.csv", "/findings.csv", "/systems.xlsx", "/evidence.csv"] {
        let reply = own.get(path).await;
        assert_eq!(reply.status, 200, "{path}");
        let name = &path[1..];
        assert_eq!(reply.header("content-disposition"), format!("attachment; filename=\"{name}\""));
        assert!(!reply.is_html());
    }
    let disposition = reply.header("content-disposition");
    let name =
        disposition.strip_prefix("attachment; filename=\"").and_then(|rest| rest.strip_suffix('"')).unwrap();
    assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c)), "{name}");
    assert!(!name.starts_with('.') && reply.headers.get("set-cookie").is_none());
}
