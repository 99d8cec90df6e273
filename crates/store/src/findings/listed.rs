//! Lists of findings and how many there are: narrowed and put in order by the database, counted beforehand.

use super::{COLUMNS, read};
use crate::ORG;
use crate::db::{Reader, Tx};
use crate::error::StoreError;
use crate::finding_words::{self, Found};
use crate::sight::Sight;
use crate::sql::{Sql, sql};
use warrant_model::finding::{Finding, FindingState};
use warrant_model::level::Severity;
use warrant_model::priority::Decision;

/// The condition on `state` that holds for what lists and counts tell of.
const LISTED: &str = "IN ('open', 'closed', 'met', 'not_checked', 'not_applicable')";

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct FindingQuery {
    /// Words that must occur in title, target, rule or vulnerability ids.
    pub text: String,
    /// Only of this system.
    pub system: Option<String>,
    /// Only in this state.
    pub state: Option<FindingState>,
    /// Only of this severity.
    pub severity: Option<Severity>,
    /// Only those of which this is decided.
    pub decision: Option<Decision>,
    /// Only of this target.
    pub target: Option<String>,
    /// Only by this tool.
    pub tool: Option<String>,
    /// Only those that bear on this control or one of its statements.
    pub control: Option<String>,
    /// Order.
    pub order: FindingOrder,
    /// Descending.
    pub descending: bool,
    /// How many at most.
    pub limit: i64,
    /// How many to skip.
    pub offset: i64,
}

/// Columns findings can be ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FindingOrder {
    /// By severity, then newest.
    #[default]
    Severity,
    /// By how fast to act, then by severity, then newest.
    Decision,
    /// By title.
    Title,
    /// By target.
    Target,
    /// By first sight.
    FirstSeen,
    /// By last sight.
    LastSeen,
}

/// Which index answers the query.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// One that begins with state and severity, or with the system.
    Standing,
    /// One that leads to the few rows whose words or target are named.
    Words,
    /// One in the order of the list, since rows that fit come thick and fast.
    Order,
}

impl By {
    fn of(query: &FindingQuery, words: &[Found]) -> Self {
        if query.target.is_some() || words.iter().any(Found::is_narrow) {
            Self::Words
        } else if query.system.is_none()
            && matches!(query.order, FindingOrder::Title | FindingOrder::Target | FindingOrder::FirstSeen)
        {
            Self::Order
        } else {
            Self::Standing
        }
    }
}

fn conditions(statement: &mut Sql, query: &FindingQuery, words: &[Found], sight: &Sight, by: By) {
    // SQLite leaves a column behind a plus to no index.
    let plain = if by == By::Standing { "" } else { crate::sql::NOT_BY };
    statement.push(" WHERE f.org = ").bind(ORG);
    if let Some(system) = &query.system {
        statement.push(" AND f.system_id = ").bind(system);
    }
    statement.push(" AND ").push(plain).push("f.state ");
    match query.state {
        Some(state) => statement.push("= ").bind(state.word()),
        None => statement.push(LISTED),
    };
    if let Some(severity) = query.severity {
        statement.push(" AND ").push(plain).push("f.severity = ").bind(i64::from(severity.rank()));
    }
    if let Some(decision) = query.decision {
        statement.push(" AND ").push(plain).push("f.decision = ").bind(i64::from(decision.rank()));
    }
    if let Some(target) = &query.target {
        statement.push(" AND f.target = ").bind(target);
    }
    if let Some(tool) = &query.tool {
        statement.push(" AND f.tool = ").bind(tool);
    }
    if let Some(control) = &query.control {
        statement.push(" AND (' ' || f.controls || ' ' LIKE ").bind(format!("% {control} %"));
        statement.push(" OR ' ' || f.controls LIKE ").bind(format!("% {}!_smt%", control.replace('_', "!_")));
        statement.push(" ESCAPE '!')");
    }
    words.iter().for_each(|word| word.narrow(statement));
    sight.and_system(statement, "f.system_id");
}

/// A query whose words were looked up.
#[derive(Clone, Debug)]
pub struct Search {
    query: FindingQuery,
    words: Vec<Found>,
}

/// Looks up the words of a query, once for everything that is asked of it.
pub async fn search(reader: &mut (impl Reader + Send), query: &FindingQuery) -> Result<Search, StoreError> {
    let words = finding_words::look_up(reader, &query.text).await?;
    Ok(Search { query: query.clone(), words })
}

/// Findings that fit a query, as far as `sight` reaches.
pub async fn list(
    reader: &mut (impl Reader + Send),
    search: &Search,
    sight: &Sight,
) -> Result<Vec<Finding>, StoreError> {
    let Search { query, words } = search;
    let by = By::of(query, words);
    // What a search finds is put in order by an index alone, which knows rows but not their ids.
    let tie = if by == By::Words { crate::sql::FINDING_TIE } else { "f.id" };
    let columns: &[&str] = match query.order {
        FindingOrder::Severity => &["f.severity", "f.last_seen", tie],
        FindingOrder::Decision => &["f.decision", "f.severity", "f.last_seen", tie],
        FindingOrder::Title => &["t.text", crate::sql::FINDING_TIE],
        FindingOrder::Target => &["f.target", tie],
        FindingOrder::FirstSeen => &["f.first_seen", "f.state", "f.severity", crate::sql::FINDING_TIE],
        FindingOrder::LastSeen => &["f.last_seen", tie],
    };
    let by_index = query.order == FindingOrder::Severity && query.state.is_some();
    let ends_in_sight =
        matches!(query.order, FindingOrder::Severity | FindingOrder::Decision | FindingOrder::LastSeen);
    if ends_in_sight && !by_index && by == By::Standing && query.system.is_none() {
        return merged(reader, search, sight, columns).await;
    }
    let mut statement = Sql::default();
    let texts = match (query.order, by) {
        // The texts in their order lead to the findings.
        (FindingOrder::Title, By::Order) => " FROM finding_text t CROSS JOIN finding f",
        (FindingOrder::Title, _) => " FROM finding f, finding_text t",
        _ => " FROM finding f",
    };
    let direction = if query.descending { " DESC" } else { "" };
    let order = |statement: &mut Sql| {
        for (nth, column) in columns.iter().enumerate() {
            statement.push(if nth == 0 { " ORDER BY " } else { ", " }).push(column).push(direction);
        }
    };
    // Whole rows are read of those on the page alone.
    let ids_first = by == By::Words && query.order != FindingOrder::Title;
    statement.push("SELECT ").push(COLUMNS);
    if ids_first {
        statement.push(" FROM finding f WHERE f.org = ").bind(ORG).push(" AND ").push(tie);
        statement.push(" IN (SELECT ").push(tie);
    }
    statement.push(texts);
    conditions(&mut statement, query, words, sight, by);
    if query.order == FindingOrder::Title {
        statement.push(" AND t.org = f.org AND t.target = '' AND f.words = t.words");
    }
    order(&mut statement);
    statement.push(" LIMIT ").bind(query.limit).push(" OFFSET ").bind(query.offset);
    if ids_first {
        statement.push(")");
        order(&mut statement);
    }
    reader.rows(&statement).await?.iter().map(read).collect()
}

/// Findings in the order of some columns, the last of which is the last sight before the id: merged from the lists of
/// every state and severity, which an index holds in that order.
async fn merged(
    reader: &mut (impl Reader + Send),
    Search { query, words }: &Search,
    sight: &Sight,
    columns: &[&str],
) -> Result<Vec<Finding>, StoreError> {
    let direction = if query.descending { " DESC" } else { "" };
    let order = |statement: &mut Sql, alias: &str| {
        for (nth, column) in columns.iter().enumerate() {
            let column = column.trim_start_matches("f.");
            statement.push(if nth == 0 { " ORDER BY " } else { ", " });
            statement.push(alias).push(column).push(direction);
        }
    };
    let mut statement = Sql::default();
    statement.push("SELECT ").push(COLUMNS).push(" FROM finding f WHERE f.org = ").bind(ORG);
    statement.push(" AND f.id IN (SELECT id FROM (");
    for (nth, (one, rank)) in stretches(query).into_iter().enumerate() {
        statement.push(if nth == 0 { "" } else { " UNION ALL " });
        statement.push("SELECT * FROM (SELECT f.decision, f.severity, f.last_seen, f.id FROM finding f");
        conditions(&mut statement, &one, words, sight, By::Standing);
        if let Some(rank) = rank {
            statement.push(" AND f.decision = ").bind(rank);
        }
        order(&mut statement, "f.");
        statement.push(" LIMIT ").bind(query.limit.saturating_add(query.offset));
        statement.push(&format!(") AS one_{nth}"));
    }
    statement.push(") AS merged");
    order(&mut statement, "");
    statement.push(" LIMIT ").bind(query.limit).push(" OFFSET ").bind(query.offset).push(")");
    order(&mut statement, "f.");
    reader.rows(&statement).await?.iter().map(read).collect()
}

/// A query in stretches that an index holds in the order of the list: one for every state and severity and, in the
/// order of decisions, for every decision, whose rank goes with it. Decided is what is open alone.
fn stretches(query: &FindingQuery) -> Vec<(FindingQuery, Option<i64>)> {
    let ranks: Vec<Option<i64>> = match (query.order, query.decision) {
        (FindingOrder::Decision, None) => (0..=4).map(Some).collect(),
        _ => vec![None],
    };
    let mut stretches = Vec::new();
    for rank in ranks {
        for state in FindingState::LISTED.into_iter().filter(|state| query.state.is_none_or(|s| s == *state))
        {
            if state != FindingState::Open && rank.is_some_and(|rank| rank > 0) {
                continue;
            }
            for severity in
                Severity::DESCENDING.into_iter().filter(|s| query.severity.is_none_or(|w| w == *s))
            {
                let one = FindingQuery { state: Some(state), severity: Some(severity), ..query.clone() };
                stretches.push((one, rank));
            }
        }
    }
    stretches
}

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

/// How many findings of a query are in each state, of each severity, of each tool and decided how, in one pass. The
/// query's own limits on these four are left aside.
pub async fn breakdown(
    reader: &mut (impl Reader + Send),
    Search { query, words }: &Search,
    sight: &Sight,
) -> Result<Vec<FindingCount>, StoreError> {
    let query = FindingQuery { state: None, severity: None, tool: None, decision: None, ..query.clone() };
    let counted_before = query.text.is_empty() && query.target.is_none() && query.control.is_none();
    let mut statement = if counted_before {
        Sql::new(
            "SELECT f.state, f.severity, f.tool, f.decision, CAST(SUM(f.findings) AS BIGINT) FROM finding_count f",
        )
    } else {
        Sql::new("SELECT f.state, f.severity, f.tool, f.decision, COUNT(*) FROM finding f")
    };
    conditions(&mut statement, &query, words, sight, By::Standing);
    let plain = if By::of(&query, words) == By::Words { crate::sql::NOT_BY } else { "" };
    statement.push(" GROUP BY ");
    for (nth, column) in ["f.state", "f.severity", "f.tool", "f.decision"].into_iter().enumerate() {
        statement.push(if nth == 0 { "" } else { ", " }).push(plain).push(column);
    }
    statement.push(" ORDER BY f.tool");
    let unknown = || StoreError::Damaged("finding with unknown state".to_owned());
    let rows = reader.rows(&statement).await?;
    rows.iter()
        .map(|row| {
            let state = FindingState::from_word(&row.text(0)?).ok_or_else(unknown)?;
            Ok(FindingCount {
                state,
                severity: Severity::from_rank(row.int(1)? as u8),
                tool: row.text(2)?,
                decision: Decision::from_rank(row.int(3)? as u8),
                count: row.int(4)?,
            })
        })
        .collect()
}

/// Counts a system's findings anew, in the transaction that changed them.
pub async fn recount(tx: &mut Tx, system: &str) -> Result<(), StoreError> {
    let delete = "DELETE FROM finding_count WHERE org = $1 AND system_id = $2";
    tx.execute(&sql(delete, [ORG.into(), system.into()])).await?;
    let mut insert = Sql::new(
        "INSERT INTO finding_count (org, system_id, state, severity, tool, decision, findings)
         SELECT org, system_id, state, severity, tool, decision, COUNT(*) FROM finding WHERE org = ",
    );
    insert.bind(ORG).push(" AND system_id = ").bind(system).push(" AND state ").push(LISTED);
    insert.push(" GROUP BY org, system_id, state, severity, tool, decision");
    tx.execute(&insert).await?;
    Ok(())
}

/// Systems whose counted findings are not those there are.
pub async fn miscounted(reader: &mut (impl Reader + Send)) -> Result<Vec<String>, StoreError> {
    let mut query = Sql::new(
        "SELECT system_id FROM (
           SELECT system_id, state, severity, tool, decision, COUNT(*) AS found, 0 AS counted FROM finding WHERE org = ",
    );
    query.bind(ORG).push(" AND state ").push(LISTED).push(
        " GROUP BY system_id, state, severity, tool, decision
           UNION ALL SELECT system_id, state, severity, tool, decision, 0, findings FROM finding_count WHERE org = ",
    );
    query.bind(ORG).push(
        ") AS both_sides
         GROUP BY system_id, state, severity, tool, decision HAVING SUM(found) <> SUM(counted) ORDER BY system_id",
    );
    let rows = reader.rows(&query).await?;
    rows.iter().map(|row| row.text(0)).collect()
}
