//! The tables of one component's releases as files.

use super::{changes, found, lives};
use crate::error::{Answer, PageError};
use crate::file;
use crate::list::ListAddress;
use crate::server::App;
use crate::session::Who;
use axum::extract::{Path, State};
use warrant_report::Table;
use warrant_report::table::{Cell, Column, ColumnKind};
use warrant_service::ServiceError;
use warrant_service::tables::TableFormat;

/// `found.csv`, `steps.xlsx`, `beside.csv` of a release.
pub(super) async fn of_release(
    State(app): State<App>,
    who: Who,
    Path((system, component, version, wanted)): Path<(String, String, String, String)>,
    address: ListAddress,
) -> Answer {
    let (what, format) = part(&wanted)?;
    let at = (system.as_str(), component.as_str(), version.as_str());
    let (_, line, nth) = app.service.release(&who.actor, at).await?;
    let release = &line.releases[nth];
    let of = format!("{component} {version}");
    let table = match what {
        "found" => found::file(release, &address),
        "steps" => found::steps_file(release),
        "beside" => found::beside_file(app.service.witnesses(&who.actor, at).await?.as_ref()),
        _ => return Err(absent(&wanted)),
    };
    sent(&app, (&wanted, format), &of, table)
}

/// `lives.csv`, `changes.xlsx`, `packages.csv` of a component.
pub(super) async fn of_line(
    State(app): State<App>,
    who: Who,
    Path((system, component, wanted)): Path<(String, String, String)>,
    address: ListAddress,
) -> Answer {
    let (what, format) = part(&wanted)?;
    let (_, line) = app.service.releases_of(&who.actor, &system, &component).await?;
    if what == "lives" {
        return sent(&app, (&wanted, format), &component, lives::file(&line, &address));
    }
    let (from, to) = changes::between(&line, &address);
    let (_, delta) = app.service.compare_releases(&who.actor, (&system, &component), (&from, &to)).await?;
    let table = match what {
        "changes" => changes::file(&delta, &address),
        "packages" => changes::packages_file(&delta),
        _ => return Err(absent(&wanted)),
    };
    sent(&app, (&wanted, format), &format!("{component} {from} and {to}"), table)
}

/// Headings with their kinds, and rows.
pub(in crate::pages) type Rows = (Vec<(&'static str, ColumnKind)>, Vec<Vec<Cell>>);

/// What a file's name asks for: `found.csv`.
pub(in crate::pages) fn part(wanted: &str) -> Result<(&str, TableFormat), PageError> {
    let (what, ending) = wanted.rsplit_once('.').ok_or_else(|| absent(wanted))?;
    Ok((what, TableFormat::from_ending(ending).ok_or_else(|| absent(wanted))?))
}

/// There is no such file.
pub(in crate::pages) fn absent(wanted: &str) -> PageError {
    ServiceError::NotFound { what: "file", name: wanted.to_owned() }.into()
}

/// The file, named after what is in it and of what.
pub(in crate::pages) fn sent(
    app: &App,
    (wanted, format): (&str, TableFormat),
    of: &str,
    (columns, rows): Rows,
) -> Answer {
    let what = wanted.split('.').next().unwrap_or_default();
    let heading = app.service.heading(&format!("{what} of {of}"));
    let table = Table {
        title: what.to_owned(),
        columns: columns.into_iter().map(|(title, kind)| Column::new(title, kind)).collect(),
        rows,
        marking: heading.marking,
        source: heading.source,
    };
    Ok(file::table(&format!("{of}-{what}"), format, app.service.written(&table, format)?))
}
