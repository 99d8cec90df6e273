//! The words of findings: kept once for all findings that share them, and searched there.
//!
//! The same weakness on a thousand hosts has one text. A search looks through the distinct texts and targets and
//! then names the few that match, instead of reading every finding.

use crate::ORG;
use crate::db::{Reader, Tx};
use crate::error::StoreError;
use crate::pipeline::Rows;
use crate::sql::{NOT_BY, Sql, Value, contains_pattern};
use std::collections::{BTreeSet, HashSet};
use warrant_model::finding::Finding;

/// What a search looks through, apart from the target: title, rule, vulnerability ids, subject; in lower case.
fn text_of(finding: &Finding) -> String {
    let vulnerabilities = finding.vulnerabilities.join(" ");
    [finding.title.as_str(), &finding.rule, &vulnerabilities, &finding.subject].join("\n").to_lowercase()
}

/// The number of a text: the first 63 bits of its blake3 hash, never 0.
fn number(sort: &str, text: &str) -> i64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(sort.as_bytes()).update(&[0]).update(text.as_bytes());
    let first = hasher.finalize().as_bytes().first_chunk().copied().unwrap_or_default();
    (i64::from_le_bytes(first) & i64::MAX).max(1)
}

/// The number of a finding's words.
fn words(finding: &Finding) -> i64 {
    number("words", &text_of(finding))
}

/// What is written of words that were not met before.
#[derive(Debug, Default)]
pub(crate) struct Words {
    met: HashSet<i64>,
    rows: Vec<Vec<Value>>,
}

impl Words {
    /// Takes in the words of a finding; returns their number.
    pub(crate) fn take(&mut self, finding: &Finding) -> i64 {
        let text = text_of(finding);
        let words = number("words", &text);
        if self.met.insert(words) {
            self.rows.push(vec![ORG.into(), words.into(), String::new().into(), text.into()]);
        }
        let target = number("target", &finding.target);
        if self.met.insert(target) {
            let text = finding.target.to_lowercase();
            self.rows.push(vec![ORG.into(), target.into(), (&finding.target).into(), text.into()]);
        }
        words
    }

    /// What is to be written of those taken in since this was last asked.
    pub(crate) fn rows(&mut self) -> Rows {
        Rows {
            head: "INSERT INTO finding_text (org, words, target, text) VALUES",
            tail: "ON CONFLICT DO NOTHING",
            values: std::mem::take(&mut self.rows),
        }
    }
}

/// Gives findings of an older store their words; returns how many were without.
pub async fn fill(tx: &mut Tx) -> Result<usize, StoreError> {
    let mut filled = 0;
    loop {
        let mut statement = Sql::default();
        statement.push("SELECT ").push(crate::findings::COLUMNS).push(" FROM finding f WHERE f.org = ");
        statement.bind(ORG).push(" AND f.words = 0 LIMIT 2000");
        let rows = tx.rows(&statement).await?;
        if rows.is_empty() {
            return Ok(filled);
        }
        let found = rows.iter().map(crate::findings::read).collect::<Result<Vec<_>, _>>()?;
        let mut words = Words::default();
        for finding in &found {
            words.take(finding);
        }
        let Rows { head, tail, values } = words.rows();
        tx.insert_rows(head, values, tail).await?;
        for finding in &found {
            let update = Sql::new("UPDATE finding SET words = ").with("", self::words(finding));
            let update = update.with(" WHERE org = ", ORG).with(" AND id = ", &finding.id);
            tx.execute(&update).await?;
        }
        filled += found.len();
    }
}

/// Numbers of the words of findings that name one of these vulnerabilities.
pub(crate) async fn naming(
    reader: &mut (impl Reader + Send),
    ids: &BTreeSet<&str>,
) -> Result<Vec<i64>, StoreError> {
    let ids: HashSet<String> = ids.iter().map(|id| id.to_lowercase()).collect();
    let mut statement = Sql::new("SELECT words, text FROM finding_text WHERE org = ");
    statement.bind(ORG).push(" AND target = ''");
    let mut found = Vec::new();
    for row in reader.rows(&statement).await? {
        let text = row.text(1)?;
        // As `text_of` writes it: title, rule, ids; a title may have lines of its own.
        if text.split_whitespace().any(|word| ids.contains(word)) {
            found.push(row.int(0)?);
        }
    }
    Ok(found)
}

/// One word of a search and where it occurs.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pattern: String,
    /// Numbers of texts, some of them when there are many.
    words: Vec<i64>,
    targets: Vec<String>,
    /// Whether these are all.
    all: bool,
    /// Of the texts of a rarer word those that hold this one too, so that it need not be looked for in each of its rows.
    among: Vec<i64>,
}

/// So many texts and targets are listed in each condition. A statement may hold a condition fifty times, and databases take
/// some thirty thousand values.
const FEW: usize = 20;

/// So many texts of a rare word are looked through for the others, shared among the words.
const MEETING: usize = 500;

/// Words of a search whose texts are named. What is searched for is rarely a page of prose.
const MOST_WORDS: usize = 32;

/// Looks up every word of a search. Of the texts that hold them `most` are named one by one, those of all words together.
pub(crate) async fn look_up(
    reader: &mut (impl Reader + Send),
    text: &str,
    most: usize,
) -> Result<Vec<Found>, StoreError> {
    let mut found = Vec::new();
    let count = text.split_whitespace().count();
    let most = most / count.clamp(1, MOST_WORDS);
    for (nth, word) in text.split_whitespace().enumerate() {
        let pattern = contains_pattern(word);
        if nth >= MOST_WORDS {
            found.push(Found {
                pattern,
                words: Vec::new(),
                targets: Vec::new(),
                all: false,
                among: Vec::new(),
            });
            continue;
        }
        let mut statement = Sql::new("SELECT words, target FROM finding_text WHERE org = ");
        statement.bind(ORG).push(" AND text LIKE ").bind(&pattern).push(" ESCAPE '!' LIMIT ").bind(most + 1);
        let mut rows = reader.rows(&statement).await?;
        let all = rows.len() <= most;
        rows.truncate(most);
        let (mut words, mut targets) = (Vec::new(), Vec::new());
        for row in rows {
            match row.text(1)? {
                target if target.is_empty() => words.push(row.int(0)?),
                target => targets.push(target),
            }
        }
        found.push(Found { pattern, words, targets, all, among: Vec::new() });
    }
    meet(reader, &mut found).await?;
    Ok(found)
}

/// Notes which texts of the rarest word hold the others too, where these are too many to be named.
async fn meet(reader: &mut (impl Reader + Send), found: &mut [Found]) -> Result<(), StoreError> {
    let most = MEETING / found.len().max(1);
    let named = |word: &&Found| word.all && (1..=most).contains(&word.words.len());
    let Some(rarest) = found.iter().filter(named).min_by_key(|word| word.words.len()) else { return Ok(()) };
    let texts = rarest.words.clone();
    for other in found.iter_mut().filter(|word| !word.is_listed()) {
        let mut statement = Sql::new("SELECT words FROM finding_text WHERE org = ").with("", ORG);
        statement.push(" AND target = '' AND words IN (").bind_list(texts.iter().copied());
        statement.push(") AND text LIKE ").bind(&other.pattern).push(" ESCAPE '!'");
        let rows = reader.rows(&statement).await?;
        other.among = rows.iter().map(|row| row.int(0)).collect::<Result<_, _>>()?;
    }
    Ok(())
}

impl Found {
    /// Adds `AND (…)`: findings (table alias `f`) in whose words or target it occurs, as far as these are named. An index
    /// leads to them.
    pub(crate) fn named(&self, statement: &mut Sql) {
        self.listed(statement, "");
    }

    /// The same for every finding in whose words or target it occurs, for rows that were found otherwise.
    pub(crate) fn also(&self, statement: &mut Sql) {
        if self.is_listed() {
            return self.listed(statement, NOT_BY);
        }
        statement.push(" AND (");
        if !self.among.is_empty() {
            statement.push(NOT_BY).push("f.words IN (").bind_list(self.among.iter().copied()).push(") OR ");
        }
        statement.push("EXISTS (SELECT 1 FROM finding_text x WHERE x.org = f.org AND x.target = ''");
        statement.push(" AND x.words = f.words AND x.text LIKE ").bind(&self.pattern).push(" ESCAPE '!')");
        self.or_in_target(statement);
    }

    /// The same where the words of the finding are at hand as `text` of a table.
    pub(crate) fn also_of(&self, statement: &mut Sql, table: &'static str) {
        statement.push(" AND (").push(table).push(".text LIKE ").bind(&self.pattern).push(" ESCAPE '!'");
        self.or_in_target(statement);
    }

    /// Closes the condition; a target is looked at only where some hold the word.
    fn or_in_target(&self, statement: &mut Sql) {
        if !self.all || !self.targets.is_empty() {
            statement
                .push(" OR EXISTS (SELECT 1 FROM finding_text x WHERE x.org = f.org AND x.target = f.target");
            statement.push(" AND x.text LIKE ").bind(&self.pattern).push(" ESCAPE '!')");
        }
        statement.push(")");
    }

    fn listed(&self, statement: &mut Sql, plain: &'static str) {
        let words = |statement: &mut Sql| {
            statement.push(plain).push("f.words IN (").bind_list(self.words.iter().copied()).push(")");
        };
        let targets = |statement: &mut Sql| {
            statement.push(plain).push("f.target IN (").bind_list(&self.targets).push(")");
        };
        statement.push(" AND ");
        match (self.words.is_empty(), self.targets.is_empty()) {
            (true, true) => {
                statement.push("1 = 0");
            }
            (false, true) => words(statement),
            (true, false) => targets(statement),
            (false, false) => {
                statement.push("(");
                words(statement);
                statement.push(" OR ");
                targets(statement);
                statement.push(")");
            }
        }
    }

    /// Whether its texts and targets are so few that each condition lists them.
    fn is_listed(&self) -> bool {
        self.all && self.words.len() + self.targets.len() <= FEW
    }

    /// Whether some of its texts are named, or there are none.
    pub(crate) fn is_named(&self) -> bool {
        self.all || !self.words.is_empty() || !self.targets.is_empty()
    }

    /// Whether all of its texts are named one by one.
    pub(crate) fn is_narrow(&self) -> bool {
        self.all
    }
}
