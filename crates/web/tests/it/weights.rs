//! Pages stay light when every row they can have is there.

use crate::plain::Client;
use crate::site::{OFFICER, Site};
use serde_json::json;
use warrant_service::Actor;
use warrant_service::import::Mode;

/// Systems of the organisation: more than a page shows, and more than its choice of systems offers.
const SYSTEMS: usize = 240;

/// The most bytes of a page full of rows, as markup; the budget of any page is a tenth more.
const FULL: usize = 90_000;

/// An organisation whose systems have long names, owners, leave and much that is wrong.
async fn large(site: &Site) {
    let actor = Actor::program();
    for kind in ["unit", "person"] {
        for nth in 0..4 {
            let body = json!({"name": format!("Department of Water Resources, {kind} {nth}"), "email": format!("p{nth}@example.org")});
            let body = if kind == "unit" { json!({"name": body["name"]}) } else { body };
            site.service.create(&actor, kind, body).await.unwrap();
        }
    }
    let mut table =
        "name,abbreviation,unit,owner,phase,exposure,authorized_on,authorization_expires\n".to_owned();
    for nth in 0..SYSTEMS {
        let (unit, day) = (nth % 4, 10 + nth % 18);
        table.push_str(&format!(
            "Reservoir Telemetry and Control System {nth:03},RTCS{nth:03},\"Department of Water Resources, unit {unit}\",p{unit}@example.org,operational,internet,2025-11-{day},2026-11-{day}\n"
        ));
    }
    let mode = Mode::Commit;
    site.service.import_table(&actor, "system", ("systems.csv", table.as_bytes()), mode).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_full_of_rows_are_light() {
    let site = Site::empty().await;
    large(&site).await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let mut weights = Vec::new();
    for path in ["/systems", "/systems?page=2", "/", "/?page=3", "/overview", "/findings", "/records/system"]
    {
        let reply = client.get(path).await;
        let text = reply.text();
        let rows = text.matches("<tr data-row=").count();
        assert!(
            reply.status == 200 && (rows >= 40 || path == "/overview" || path == "/findings"),
            "{path}: {rows} rows"
        );
        weights.push((path, reply.body.len(), rows));
    }
    println!("{weights:?}");
    let heavy: Vec<_> = weights.iter().filter(|(_, weight, _)| *weight > FULL).collect();
    assert!(heavy.is_empty(), "{heavy:?}");
}
