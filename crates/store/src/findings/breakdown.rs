//! How findings that fit a query are spread over states, severities, tools and decisions.

use super::find::{FindingQuery, Search, Way};
use crate::db::Reader;
use crate::error::StoreError;
use crate::sight::Sight;
use crate::sql::{NOT_BY, Sql};
use warrant_model::finding::FindingState;
use warrant_model::level::Severity;
use warrant_model::priority::Decision;

/// Findings of one state, severity, tool and decision, and how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingCount {
    /// Their state.
    pub state: FindingState,
    /// Their severity.
    pub severity: Severity,
    /// The tool that reports them.
    pub tool: String,
    /// What is decided about them.
    pub decision: Option<Decision>,
    /// How many.
    pub count: i64,
}

/// How many findings of a query are in each state, of each severity, of each tool and decided how. The query's own limits
/// on these four are left aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Breakdown {
    /// The counts.
    pub counts: Vec<FindingCount>,
    /// There are more: so many fit that not all were counted.
    pub more: bool,
}

/// What is counted apart.
const COUNTED: [&str; 4] = ["f.state", "f.severity", "f.tool", "f.decision"];

/// Counts them in one pass.
pub async fn breakdown(
    reader: &mut (impl Reader + Send),
    search: &Search,
    sight: &Sight,
) -> Result<Breakdown, StoreError> {
    let query = &search.query;
    let relaxed = FindingQuery { state: None, severity: None, decision: None, tool: None, ..query.clone() };
    let relaxed = search.with(relaxed);
    let what = |statement: &mut Sql| {
        for (nth, column) in COUNTED.into_iter().enumerate() {
            statement.push(if nth == 0 { "SELECT " } else { ", " }).push(column);
        }
    };
    let mut statement = Sql::default();
    what(&mut statement);
    let narrowed = !relaxed.words.is_empty() || query.target.is_some() || query.control.is_some();
    let mut more = false;
    if narrowed {
        let whole = relaxed.rarest(|way| way != Way::Tool && relaxed.leads_to_all(way));
        more = whole.is_none_or(|(_, count)| count > search.bounds.most);
        // What all fits is behind comes before what leads to a part of it, where little may fit.
        let way = whole.or_else(|| relaxed.rarest(|way| way != Way::Tool)).map(|(way, _)| way);
        statement.push(", COUNT(*) FROM (");
        what(&mut statement);
        statement.push(" FROM finding f");
        relaxed.conditions(&mut statement, sight, way.unwrap_or(Way::Standing));
        if more {
            statement.push(" LIMIT ").bind(search.bounds.most);
        }
        statement.push(") AS f");
    } else {
        statement.push(", CAST(SUM(f.findings) AS BIGINT) FROM finding_count f");
        relaxed.conditions(&mut statement, sight, Way::System);
    }
    // No index in the order of the groups: what leads to the rows is chosen above.
    let plain = if narrowed { NOT_BY } else { "" };
    for (nth, column) in COUNTED.into_iter().enumerate() {
        statement.push(if nth == 0 { " GROUP BY " } else { ", " }).push(plain).push(column);
    }
    statement.push(" ORDER BY f.tool");
    let unknown = || StoreError::Damaged("finding with unknown state".to_owned());
    let rows = reader.rows(&statement).await?;
    let counts = rows.iter().map(|row| {
        let state = FindingState::from_word(&row.text(0)?).ok_or_else(unknown)?;
        Ok(FindingCount {
            state,
            severity: Severity::from_rank(row.int(1)? as u8),
            tool: row.text(2)?,
            decision: Decision::from_rank(row.int(3)? as u8),
            count: row.int(4)?,
        })
    });
    Ok(Breakdown { counts: counts.collect::<Result<_, StoreError>>()?, more })
}
