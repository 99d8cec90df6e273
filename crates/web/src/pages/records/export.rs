//! A kind's records as a file, and the empty table to fill in.

use crate::error::Answer;
use crate::file;
use crate::list::ListAddress;
use crate::server::App;
use crate::session::Who;
use warrant_report::tables::template_table;
use warrant_service::ServiceError;
use warrant_service::tables::{Shape, TableFormat};

/// Exactly the records of a list.
pub(super) async fn records(
    app: &App,
    who: &Who,
    kind: &str,
    address: &ListAddress,
    format: TableFormat,
) -> Answer {
    let kind = app.service.kind(kind)?;
    let query = super::list::query(app, who, kind, address).await?;
    let shape = Shape { format, columns: columns(address) };
    Ok(file::table(kind.spec.name, format, app.service.export_records(&who.actor, &query, shape).await?))
}

/// The columns the address shows, the identifier before them so that the table can come back; none: all of them.
fn columns(address: &ListAddress) -> Vec<String> {
    match address.get(crate::grid::COLUMNS) {
        "" => Vec::new(),
        chosen => std::iter::once("id").chain(chosen.split(',')).map(str::to_owned).collect(),
    }
}

/// The columns of a kind without rows.
pub(super) fn template(app: &App, kind: &str, ending: &str) -> Answer {
    let kind = app.service.kind(kind)?;
    let format = TableFormat::from_ending(ending)
        .ok_or_else(|| ServiceError::NotFound { what: "export format", name: ending.to_owned() })?;
    let name = format!("{}-template", kind.spec.name);
    Ok(file::table(&name, format, app.service.written(&template_table(kind), format)?))
}
