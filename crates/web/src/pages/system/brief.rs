//! The system brief as a file: one page to print, mail or archive.

use super::frame::{Frame, if_there};
use crate::error::Answer;
use crate::file;
use crate::list::ListAddress;
use crate::server::App;
use crate::session::Who;
use axum::extract::{Path, State};
use warrant_model::id::RecordId;
use warrant_model::time::plus_days;
use warrant_report::documents::{SystemBrief, system_brief};

/// Days looked back on.
const BACK: i64 = 30;

/// The brief as an attachment, now or as of the day the address names.
pub(super) async fn file(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let earlier = plus_days(frame.at(), -BACK);
    let earlier = if_there(app.service.snapshot(&who.actor, &frame.id, Some(earlier)).await)?;
    let before = earlier.map(|snapshot| app.service.posture_of(&snapshot));
    let organisation = app.service.organisation_name().await?;
    let snapshot = &frame.snapshot;
    let programme = &snapshot.programme;
    let title_of = |kind: &str, id: &str| {
        let record = RecordId(id.to_owned());
        let unit =
            || programme.units.iter().find(|unit| unit.id == record).map(|unit| unit.body.name.clone());
        let title = match kind {
            "person" => programme.person(&record).map(|person| person.body.name.clone()),
            "unit" => unit(),
            _ => programme.systems.iter().find(|(known, _)| *known == record).map(|(_, name)| name.clone()),
        };
        title.unwrap_or_else(|| id.to_owned())
    };
    let html = system_brief(&SystemBrief {
        organisation: &organisation,
        marking: app.service.marking_of(&who.actor, &id).await?.as_deref(),
        system: &snapshot.system,
        posture: &frame.posture,
        before: before.as_ref(),
        poam_items: &snapshot.poam_items,
        evidence: &snapshot.evidence,
        title_of: &title_of,
    });
    Ok(file::document(&format!("{}-{}-brief.html", frame.name, frame.today()), html))
}
