//! Finding findings: lists and counts that take as long at ten million of them as at ten thousand.
//!
//! Whatever narrows a list (words, target, tool, control, system) has an index that leads to its rows. Each is counted up
//! to a [bound](Bounds) first. If one is that rare, its rows are all gone through: the list is put in order and counted
//! exactly. If all are common, rows that fit come thick and fast in the order of the list, and an index in that order is
//! followed until the page is full.

use super::{COLUMNS, LISTED, read};
use crate::db::Reader;
use crate::error::StoreError;
use crate::finding_words::{self, Found};
use crate::sight::Sight;
use crate::sql::{FINDING_TIE, NOT_BY, Sql};
use crate::{ORG, finding_controls};
use std::sync::Arc;
use warrant_model::finding::{Finding, FindingState};
use warrant_model::level::Severity;
use warrant_model::priority::Decision;

/// How much is gone through for one list.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Rows at most: so many are counted, gone through and put in order in a twentieth of a second.
    pub most: i64,
    /// So few rows that no rarer way to them is worth looking for.
    pub few: i64,
    /// Texts that hold the words of a search and are named one by one, at most.
    pub texts: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { most: 40_000, few: 2_000, texts: 8_000 }
    }
}

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

/// What leads to the rows, by an index of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// State and severity, in the order of sight.
    Standing,
    /// What the list is put in order by.
    Order,
    System,
    /// A word of the search, by number.
    Word(usize),
    Target,
    Tool,
    /// Controls, tool by tool.
    Control,
}

/// Which states a query without one means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum States {
    /// Those of what is listed.
    Listed,
    /// Every one there is.
    Any,
}

/// A query that was looked into: what its words and control lead to, and how many rows each has.
#[derive(Clone, Debug)]
pub struct Search {
    pub(super) query: FindingQuery,
    pub(super) words: Arc<[Found]>,
    /// The sets of controls that hold the one that is asked for.
    sets: Option<Vec<String>>,
    /// Every tool, when a control is asked for: the index of controls begins with the tool.
    tools: Vec<String>,
    /// Ways that narrow, and how many rows each has, up to one more than the bound.
    ways: Vec<(Way, i64)>,
    pub(super) bounds: Bounds,
}

/// Looks into a query, once for everything that is asked of it.
pub async fn search(reader: &mut (impl Reader + Send), query: &FindingQuery) -> Result<Search, StoreError> {
    search_within(reader, query, Bounds::default()).await
}

/// The same within other bounds. They change what is counted, not what is found.
pub async fn search_within(
    reader: &mut (impl Reader + Send),
    query: &FindingQuery,
    bounds: Bounds,
) -> Result<Search, StoreError> {
    let words = finding_words::look_up(reader, &query.text, bounds.texts).await?.into();
    let sets = match &query.control {
        Some(control) => Some(finding_controls::look_up(reader, control).await?),
        None => None,
    };
    let mut tools = Vec::new();
    if sets.is_some() {
        let mut statement = Sql::new("SELECT DISTINCT tool FROM finding_count WHERE org = ").with("", ORG);
        statement.push(" ORDER BY tool");
        tools = reader.rows(&statement).await?.iter().map(|row| row.text(0)).collect::<Result<_, _>>()?;
    }
    let mut search = Search { query: query.clone(), words, sets, tools, ways: Vec::new(), bounds };
    let named = search.words.iter().enumerate().filter(|(_, word)| word.is_named());
    let mut ways: Vec<_> = named.map(|(nth, _)| Way::Word(nth)).collect();
    ways.extend(query.target.as_ref().map(|_| Way::Target));
    ways.extend(search.sets.as_ref().map(|_| Way::Control));
    ways.extend(query.system.as_ref().map(|_| Way::System));
    ways.extend(query.tool.as_ref().map(|_| Way::Tool));
    for way in ways {
        let count = search.rows_by(reader, way).await?;
        search.ways.push((way, count));
        if count <= bounds.few && search.leads_to_all(way) {
            break;
        }
    }
    Ok(search)
}

/// How many rows a system or tool has, as they were counted when they were written.
fn counted_before(column: &'static str, wanted: &Option<String>) -> Sql {
    let mut statement =
        Sql::new("SELECT CAST(COALESCE(SUM(findings), 0) AS BIGINT) FROM finding_count WHERE org = ");
    statement.bind(ORG).push(" AND ").push(column).push(" = ").bind(wanted.as_deref().unwrap_or(""));
    statement
}

impl Search {
    /// How many rows a way leads to, up to one more than the bound where they are not counted before.
    async fn rows_by(&self, reader: &mut (impl Reader + Send), way: Way) -> Result<i64, StoreError> {
        let statement = match way {
            Way::System => counted_before("system_id", &self.query.system),
            Way::Tool => counted_before("tool", &self.query.tool),
            _ => {
                let mut rows = Sql::new("SELECT COUNT(*) FROM (SELECT 1 FROM finding f WHERE f.org = ");
                rows.bind(ORG);
                match way {
                    Way::Word(nth) => self.words[nth].named(&mut rows),
                    Way::Control => self.by_control(&mut rows),
                    _ => {
                        rows.push(" AND f.target = ").bind(self.query.target.as_deref().unwrap_or(""));
                    }
                }
                rows.push(" LIMIT ").bind(self.bounds.most + 1).push(") AS counted");
                rows
            }
        };
        reader.first(&statement).await?.map_or(Ok(0), |row| row.int(0))
    }

    /// The same with other limits on what an index holds.
    pub(super) fn with(&self, query: FindingQuery) -> Self {
        Self { query, ..self.clone() }
    }

    /// Whether a way leads to every row that fits: to some only, when more texts hold its word than are named.
    pub(super) fn leads_to_all(&self, way: Way) -> bool {
        !matches!(way, Way::Word(nth) if !self.words[nth].is_narrow())
    }

    /// Adds the condition on the control, so that an index leads to the rows.
    fn by_control(&self, statement: &mut Sql) {
        match self.sets.as_deref().unwrap_or_default() {
            [] => statement.push(" AND 1 = 0"),
            sets => {
                if self.query.tool.is_none() {
                    statement.push(" AND f.tool IN (").bind_list(&self.tools).push(")");
                }
                statement.push(" AND f.controls IN (").bind_list(sets).push(")")
            }
        };
    }

    /// The way with the fewest rows among some.
    pub(super) fn rarest(&self, among: impl Fn(Way) -> bool) -> Option<(Way, i64)> {
        self.ways.iter().filter(|(way, _)| among(*way)).min_by_key(|(_, count)| *count).copied()
    }

    fn way(&self) -> Way {
        match self.rarest(|way| self.leads_to_all(way)) {
            Some((way, count)) if count <= self.bounds.most => way,
            _ if self.query.system.is_some() => Way::System,
            _ => match self.query.order {
                FindingOrder::Title | FindingOrder::Target | FindingOrder::FirstSeen => Way::Order,
                _ => Way::Standing,
            },
        }
    }

    /// The way to every row that fits, if one leads to no more rows than are gone through.
    pub(super) fn narrow_way(&self) -> Option<Way> {
        let rarest = self.rarest(|way| self.leads_to_all(way));
        rarest.filter(|(_, count)| *count <= self.bounds.most).map(|(way, _)| way)
    }

    pub(super) fn conditions(&self, statement: &mut Sql, sight: &Sight, way: Way) {
        self.conditions_in(statement, sight, way, States::Listed);
    }

    /// The same, whatever the state: those that moved and those that others stand for are there too.
    pub(super) fn conditions_on_any_state(&self, statement: &mut Sql, sight: &Sight, way: Way) {
        self.conditions_in(statement, sight, way, States::Any);
    }

    fn conditions_in(&self, statement: &mut Sql, sight: &Sight, way: Way, states: States) {
        let Self { query, words, .. } = self;
        // SQLite leaves a column behind a plus to no index.
        let plain = |led: bool| if led { "" } else { NOT_BY };
        // The index that leads from a text to its findings holds how they stand, too.
        let by_text = way == Way::Order && query.order == FindingOrder::Title;
        let standing = plain(by_text || matches!(way, Way::Standing | Way::System));
        statement.push(" WHERE f.org = ").bind(ORG);
        if let Some(system) = &query.system {
            statement.push(" AND ").push(plain(way == Way::System)).push("f.system_id = ").bind(system);
        }
        match (query.state, states) {
            (Some(state), _) => {
                statement.push(" AND ").push(standing).push("f.state = ").bind(state.word());
            }
            (None, States::Listed) => {
                statement.push(" AND ").push(standing).push("f.state ").push(LISTED);
            }
            (None, States::Any) => {}
        }
        if let Some(severity) = query.severity {
            statement.push(" AND ").push(standing).push("f.severity = ").bind(i64::from(severity.rank()));
        }
        if let Some(decision) = query.decision {
            // Those of one system are fewer than those of one decision.
            let led = plain(way == Way::Standing);
            statement.push(" AND ").push(led).push("f.decision = ").bind(i64::from(decision.rank()));
        }
        if let Some(target) = &query.target {
            statement.push(" AND ").push(plain(way == Way::Target)).push("f.target = ").bind(target);
        }
        if let Some(tool) = &query.tool {
            let led = plain(matches!(way, Way::Tool | Way::Control));
            statement.push(" AND ").push(led).push("f.tool = ").bind(tool);
        }
        match &query.control {
            Some(_) if way == Way::Control => self.by_control(statement),
            Some(control) => finding_controls::also(statement, control),
            None => {}
        }
        for (nth, word) in words.iter().enumerate() {
            match way {
                Way::Word(led) if led == nth => word.named(statement),
                Way::Order if query.order == FindingOrder::Title => word.also_of(statement, "t"),
                _ => word.also(statement),
            }
        }
        sight.and_system(statement, "f.system_id");
    }
}

/// Findings that fit a query, as far as `sight` reaches.
pub async fn list(
    reader: &mut (impl Reader + Send),
    search: &Search,
    sight: &Sight,
) -> Result<Vec<Finding>, StoreError> {
    let (query, way) = (&search.query, search.way());
    // What is all gone through is put in order by what an index alone holds, which knows rows but not their ids.
    let few = matches!(way, Way::Word(_) | Way::Target | Way::Tool | Way::Control);
    let tie = if few { FINDING_TIE } else { "f.id" };
    let columns: &[&str] = match query.order {
        FindingOrder::Severity => &["f.severity", "f.last_seen", tie],
        FindingOrder::Decision => &["f.decision", "f.severity", "f.last_seen", tie],
        FindingOrder::Title => &["t.text", FINDING_TIE],
        FindingOrder::Target => &["f.target", tie],
        FindingOrder::FirstSeen => &["f.first_seen", "f.state", "f.severity", FINDING_TIE],
        FindingOrder::LastSeen => &["f.last_seen", tie],
    };
    let by_index = query.order == FindingOrder::Severity && query.state.is_some();
    let ends_in_sight =
        matches!(query.order, FindingOrder::Severity | FindingOrder::Decision | FindingOrder::LastSeen);
    if ends_in_sight && !by_index && way == Way::Standing {
        return merged(reader, search, sight, columns).await;
    }
    let by_title = query.order == FindingOrder::Title;
    let texts = match way {
        // The texts in their order lead to the findings.
        Way::Order if by_title => " FROM finding_text t CROSS JOIN finding f",
        _ if by_title => " FROM finding f, finding_text t",
        _ => " FROM finding f",
    };
    let text_of = |statement: &mut Sql| {
        if by_title {
            statement.push(" AND t.org = f.org AND t.target = '' AND f.words = t.words");
        }
    };
    let mut statement = Sql::default();
    statement.push("SELECT ").push(COLUMNS).push(texts);
    if few {
        // Whole rows are read of those on the page alone.
        statement.push(" WHERE f.org = ").bind(ORG);
        text_of(&mut statement);
        statement.push(" AND ").push(tie).push(" IN (SELECT ").push(tie).push(texts);
    }
    search.conditions(&mut statement, sight, way);
    text_of(&mut statement);
    order_by(&mut statement, columns, query.descending);
    statement.push(" LIMIT ").bind(query.limit).push(" OFFSET ").bind(query.offset);
    if few {
        statement.push(")");
        order_by(&mut statement, columns, query.descending);
    }
    reader.rows(&statement).await?.iter().map(read).collect()
}

fn order_by(statement: &mut Sql, columns: &[&'static str], descending: bool) {
    for (nth, column) in columns.iter().enumerate() {
        statement.push(if nth == 0 { " ORDER BY " } else { ", " }).push(column);
        statement.push(if descending { " DESC" } else { "" });
    }
}

/// Findings in the order of some columns, the last of which is the last sight before the id: merged from the lists of
/// every state and severity, which an index holds in that order.
async fn merged(
    reader: &mut (impl Reader + Send),
    search: &Search,
    sight: &Sight,
    columns: &[&'static str],
) -> Result<Vec<Finding>, StoreError> {
    let query = &search.query;
    let bare: Vec<_> = columns.iter().map(|column| column.trim_start_matches("f.")).collect();
    let mut statement = Sql::default();
    statement.push("SELECT ").push(COLUMNS).push(" FROM finding f WHERE f.org = ").bind(ORG);
    statement.push(" AND f.id IN (SELECT id FROM (");
    for (nth, (one, rank)) in stretches(query).into_iter().enumerate() {
        statement.push(if nth == 0 { "" } else { " UNION ALL " });
        statement.push("SELECT * FROM (SELECT f.decision, f.severity, f.last_seen, f.id FROM finding f");
        let one = search.with(one);
        one.conditions(&mut statement, sight, Way::Standing);
        if let Some(rank) = rank {
            statement.push(" AND f.decision = ").bind(rank);
        }
        order_by(&mut statement, columns, query.descending);
        statement.push(" LIMIT ").bind(query.limit.saturating_add(query.offset));
        statement.push(&format!(") AS one_{nth}"));
    }
    statement.push(") AS merged");
    order_by(&mut statement, &bare, query.descending);
    statement.push(" LIMIT ").bind(query.limit).push(" OFFSET ").bind(query.offset).push(")");
    order_by(&mut statement, columns, query.descending);
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
