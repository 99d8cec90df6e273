//! Administration: backups made from the page and nowhere else, jobs with what came of them, catalogues; all for officers of
//! the whole organisation alone.

use crate::lamp::{Got, Room};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde_json::json;
use std::time::Duration;
use tower::ServiceExt;
use warrant_model::scope::Role;
use warrant_service::Actor;
use warrant_web::{Settings, router_with};

const PAGES: [&str; 5] = ["/admin", "/admin/tokens", "/admin/jobs", "/admin/catalogues", "/admin/backups"];

#[tokio::test]
async fn administration_is_for_officers_of_the_whole() {
    let room = Room::open().await;
    let program = Actor::program();
    let unit = room.make("unit", json!({"name": "Left"})).await;
    let (service, eve) = (&room.service, "eve@test.example");
    service.create_account(&program, eve, "Eve", None, (Role::Officer, &unit.id)).await.unwrap();
    let link = service.one_time_link(&program, eve).await.unwrap();
    let token = service.sign_in_with_link(&link).await.unwrap().token;
    let csrf = service.session(&token).await.unwrap().unwrap().csrf;
    let cookie = format!("warrant_session={token}");
    for page in PAGES {
        assert_eq!(room.page(page).await.status, StatusCode::OK, "{page}");
        let exports = [format!("{page}.csv"), format!("{page}.xlsx")];
        let more = exports.iter().filter(|_| page != "/admin").map(String::as_str);
        for path in [page].into_iter().chain(more) {
            assert_eq!(room.page(path).await.status, StatusCode::OK, "{path}");
            let request = Request::get(path).header("cookie", &cookie).body(Body::empty()).unwrap();
            assert_eq!(room.send(request).await.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
    for path in ["/admin/backups", "/admin/backups/stop", "/admin/jobs/stop"] {
        let request = Request::post(path)
            .header("cookie", &cookie)
            .header("content-type", "application/x-www-form-urlencoded");
        let got = room.send(request.body(Body::from(format!("_csrf={csrf}&job=import-1"))).unwrap()).await;
        assert_eq!(got.status, StatusCode::FORBIDDEN, "{path}");
        let plain = Request::post(path).header("cookie", format!("warrant_session={}", room.token));
        let got = room.send(plain.body(Body::from("job=import-1")).unwrap()).await;
        assert_eq!(got.status, StatusCode::FORBIDDEN, "{path} without the request token");
    }
}

#[tokio::test]
async fn without_a_folder_no_backup_is_made_and_that_is_said() {
    let room = Room::open().await;
    let page = room.page("/admin/backups").await;
    assert!(page.text.contains("No backup was ever made"), "{}", page.text);
    assert!(page.text.contains("--backups DIR") && !page.text.contains("Make a backup now"));
    let refused = room.form("/admin/backups", "target=%2Ftmp%2Fx").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("--backups"), "{}", refused.text);
    assert!(room.service.list_backups(&Actor::program()).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_backup_is_made_into_the_folder_of_the_server_and_verified() {
    let room = Room::open().await;
    room.lit().await;
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { backups: Some(folder.path().to_owned()) };
    let router = router_with(room.service.clone(), settings);
    let send = async |request: Request<Body>| {
        let answer = router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.unwrap();
        Got {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    };
    let cookie = format!("warrant_session={}", room.token);
    let page = async |path: &str| {
        send(Request::get(path).header("cookie", &cookie).body(Body::empty()).unwrap()).await
    };
    let make = async || {
        let request = Request::post("/admin/backups")
            .header("cookie", &cookie)
            .header("content-type", "application/x-www-form-urlencoded");
        // A place that a form names is no place.
        let body = format!("_csrf={}&target=%2Ftmp%2Felsewhere", room.csrf);
        send(request.body(Body::from(body)).unwrap()).await
    };
    assert!(page("/admin/backups").await.text.contains("Make a backup now"));
    for nth in 1..=2_usize {
        let at = warrant_model::time::parse(&format!("2026-11-23T1{nth}:00:00Z")).unwrap();
        room.service.clock().set(at);
        assert_eq!(make().await.status, StatusCode::SEE_OTHER);
        for wait in 0.. {
            let made = room.service.list_backups(&Actor::program()).await.unwrap();
            if made.len() == nth && made.iter().all(|row| row.verified_at.is_some()) {
                assert!(made.iter().all(|row| row.problems == 0 && !row.with_key), "{made:?}");
                assert_eq!(made[0].onto.is_empty(), nth == 1, "the second is made onto the first");
                break;
            }
            assert!(wait < 300, "it was not made: {}", page("/admin/backups").await.text);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    for wait in 0.. {
        let jobs = page("/admin/jobs.csv").await.text;
        if jobs.matches("backup,officer@test.example").count() == 2 && jobs.matches(",done,").count() == 2 {
            break;
        }
        assert!(wait < 100, "{jobs}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let shown = page("/admin/backups").await.text;
    assert!(shown.contains("The last backup was made") && shown.contains("and verified"), "{shown}");
    let csv = page("/admin/backups.csv?state=verified").await.text;
    assert_eq!(csv.matches("officer@test.example").count(), 4, "made and verified by, twice: {csv}");
    assert!(!page("/admin/backups.csv?state=wrong").await.text.contains("officer@test.example"));
}

#[tokio::test]
async fn jobs_tell_whose_they_are_and_what_came_of_them() {
    let room = Room::open().await;
    room.lit().await;
    let empty = room.page("/admin/jobs").await;
    assert!(empty.text.contains("Nothing was started"), "{}", empty.text);
    assert!(
        empty.text.contains("What the server does by itself") && empty.text.contains("not since it started")
    );
    let upload = "--x\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\nCSRF\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"junk.bin\"\r\n\r\njunk\r\n--x--\r\n";
    let request = Request::post("/import")
        .header("cookie", format!("warrant_session={}", room.token))
        .header("content-type", "multipart/form-data; boundary=x");
    let sent = room.send(request.body(Body::from(upload.replace("CSRF", &room.csrf))).unwrap()).await;
    assert!(sent.status.is_redirection() || sent.status.is_success(), "{} {}", sent.status, sent.text);
    for wait in 0.. {
        let jobs = room.page("/admin/jobs").await;
        if jobs.text.contains("1 of 1 read, 1 refused") {
            assert!(jobs.text.contains("Import of junk.bin") && jobs.text.contains("officer@test.example"));
            assert!(jobs.text.contains("Failed") && jobs.text.contains("href=\"/import/"), "{}", jobs.text);
            break;
        }
        assert!(wait < 100, "{}", jobs.text);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let none = room.form("/admin/jobs/stop", "job=import-0").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn catalogues_count_what_they_are_used_for() {
    let room = Room::open().await;
    room.lit().await;
    let page = room.page("/admin/catalogues").await;
    for part in [
        "800-53r5/high",
        "iso-27001-2022",
        "identifiers only",
        "formats are read",
        "No advisories are in force",
    ] {
        assert!(page.text.to_lowercase().contains(&part.to_lowercase()), "{part}: {}", page.text);
    }
    let csv = room.page("/admin/catalogues.csv?use=baseline").await.text;
    assert!(csv.contains("800-53r5/low") && !csv.contains("iso-27001"), "{csv}");
    let row =
        |csv: &str, name: &str| csv.lines().find(|line| line.contains(name)).unwrap_or_default().to_owned();
    // SP 800-53B: 149, 287 and 370 controls.
    for (name, controls) in [("800-53r5/low", 149), ("800-53r5/moderate", 287), ("800-53r5/high", 370)] {
        assert!(row(&csv, name).contains(&format!(",{controls},")), "{}", row(&csv, name));
    }
}
