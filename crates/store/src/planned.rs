//! Hours that open actions are planned to take, by system, work role and due day. Derived, and written with each posture.

use crate::ORG;
use crate::db::{Reader, Tx};
use crate::error::StoreError;
use crate::sql::sql;
use crate::taken_from::Changed;
use jiff::civil::Date;
use warrant_model::id::RecordId;
use warrant_model::snapshot::PlannedHours;

/// Notes what is planned in a system; tells whether that is something else than was noted.
pub async fn set(tx: &mut Tx, system: &str, planned: &[PlannedHours]) -> Result<Changed, StoreError> {
    let query = "SELECT system_id, role, due, hundredths, told, untold FROM planned_hours WHERE org = $1 AND system_id = $2";
    let rows = tx.rows(&sql(query, [ORG.into(), system.into()])).await?;
    let mut noted = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let mut planned = planned.to_vec();
    noted.sort();
    planned.sort();
    if noted == planned {
        return Ok(Changed::No);
    }
    let delete = "DELETE FROM planned_hours WHERE org = $1 AND system_id = $2";
    tx.execute(&sql(delete, [ORG.into(), system.into()])).await?;
    let insert = "INSERT INTO planned_hours (org, system_id, role, due, hundredths, told, untold) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    for one in &planned {
        let due = one.due.map(|due| due.to_string()).unwrap_or_default();
        let (told, untold) = (one.told as i64, one.untold as i64);
        let values = [
            ORG.into(),
            system.into(),
            one.role.as_str().into(),
            due.as_str().into(),
            one.hundredths.into(),
            told.into(),
            untold.into(),
        ];
        tx.execute(&sql(insert, values)).await?;
    }
    Ok(Changed::Yes)
}

/// What is planned in all systems up to a day, what names no day left aside.
pub async fn until(reader: &mut (impl Reader + Send), last: Date) -> Result<Vec<PlannedHours>, StoreError> {
    let query = "SELECT system_id, role, due, hundredths, told, untold FROM planned_hours WHERE org = $1 AND due > '' AND due <= $2 ORDER BY system_id, role, due";
    let last = last.to_string();
    let rows = reader.rows(&sql(query, [ORG.into(), last.as_str().into()])).await?;
    rows.iter().map(read).collect()
}

fn read(row: &crate::db::Row) -> Result<PlannedHours, StoreError> {
    let due = row.text(2)?;
    let due = match due.as_str() {
        "" => None,
        text => Some(
            text.parse::<Date>()
                .map_err(|error| StoreError::Damaged(format!("planned hours due {text}: {error}")))?,
        ),
    };
    Ok(PlannedHours {
        system: RecordId(row.text(0)?),
        role: row.text(1)?,
        due,
        hundredths: row.int(3)?,
        told: row.int(4)? as usize,
        untold: row.int(5)? as usize,
    })
}
