//! Pages as a signed-in officer gets them. Left out without the feature `pages`, which spares a build of the web server.

use warrant_service::Service;

/// Prints what each page took: the first time, then the later ones.
#[cfg(not(feature = "pages"))]
pub(crate) async fn measure(_service: &Service, pages: &[String]) -> anyhow::Result<()> {
    crate::say(&format!("{} pages: not measured, built without the feature `pages`", pages.len()));
    Ok(())
}

/// Prints what each page took: the first time, then the later ones.
#[cfg(feature = "pages")]
pub(crate) async fn measure(service: &Service, pages: &[String]) -> anyhow::Result<()> {
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Instant;
    use tower::ServiceExt;
    use warrant_model::scope::Role;
    use warrant_service::Actor;

    static TURN: AtomicUsize = AtomicUsize::new(0);
    let actor = Actor::program();
    let email =
        format!("officer-{}-{}@example.org", std::process::id(), TURN.fetch_add(1, Ordering::Relaxed));
    service.create_account(&actor, &email, "Officer", None, (Role::Officer, "")).await?;
    let token = service.one_time_link(&actor, &email).await?;
    let cookie = format!("warrant_session={}", service.sign_in_with_link(&token).await?.token);
    let router = warrant_web::router(service.clone());
    for page in pages {
        let (mut first, mut size) = (0.0, 0);
        let mut times = crate::timing::Times::default();
        for turn in 0..15 {
            let request = Request::get(page).header("cookie", &cookie).body(Body::empty())?;
            let begun = Instant::now();
            let answer = router.clone().oneshot(request).await?;
            let status = answer.status();
            size = to_bytes(answer.into_body(), 64 << 20).await?.len();
            anyhow::ensure!(status.is_success(), "{page}: {status}");
            match turn {
                0 => first = begun.elapsed().as_secs_f64() * 1_000.0,
                _ => times.push(begun.elapsed()),
            }
        }
        crate::say(&format!("{page}: first {first:.1} ms, then {}, {} KiB", times.told(), size / 1_024));
    }
    Ok(())
}
