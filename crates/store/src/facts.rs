//! Facts: packed in pages of some hundred in the order of their file, with a finder from findings to their facts.

use crate::ORG;
use crate::changes::{Entry, RowHash, Table, hash_values};
use crate::db::{Reader, Tx};
use crate::error::StoreError;
use crate::evidence::{EvidenceRow, file_key};
use crate::sql::{Sql, Value, sql};
use crate::zip::zip;
use serde::{Deserialize, Serialize};
use warrant_model::fact::{Fact, Place};
use warrant_model::finding::{Finding, FindingSort};
use warrant_model::hash::ContentHash;
use warrant_model::lifecycle::Look;
use warrant_model::time::from_micros;

/// Facts on a page.
const PAGE: usize = 256;

/// Entries of a finder row, each a finding's number and a fact's, eight and four bytes.
const FINDER: usize = 2_048;

/// A fact about to be stored.
#[derive(Clone, Debug)]
pub struct NewFact<'a> {
    /// The fact.
    pub fact: &'a Fact,
    /// Where it was read.
    pub place: &'a Place,
    /// The finding it is a sighting of, or empty.
    pub finding: &'a str,
}

/// A stored fact.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredFact {
    /// Its number within the file, from 0.
    pub ordinal: i64,
    /// The fact.
    pub fact: Fact,
    /// Where it was read.
    pub place: Place,
    /// The finding it is a sighting of, or empty.
    pub finding: String,
}

/// As written on a page, one a line: finding, line, pointer, fact.
#[derive(Serialize)]
struct Written<'a>(&'a str, u32, &'a str, &'a Fact);

#[derive(Deserialize)]
struct Read(String, u32, String, Fact);

/// A finding's number in finders: the first 63 bits of its id's blake3 hash.
fn number(finding: &str) -> i64 {
    let first = blake3::hash(finding.as_bytes()).as_bytes().first_chunk().copied().unwrap_or_default();
    i64::from_be_bytes(first) & i64::MAX
}

fn damaged(hash: &ContentHash, error: &dyn std::fmt::Display) -> StoreError {
    StoreError::Damaged(format!("packed facts of {hash}: {error}"))
}

fn page_values(
    hash: &ContentHash,
    system: &str,
    first: usize,
    facts: &[NewFact<'_>],
) -> Result<Vec<Value>, StoreError> {
    let mut text = Vec::new();
    let mut sorts = String::from(" ");
    for NewFact { fact, place, finding } in facts {
        serde_json::to_writer(&mut text, &Written(finding, place.line, &place.pointer, fact))
            .map_err(|error| damaged(hash, &error))?;
        text.push(b'\n');
        if !sorts.contains(&format!(" {} ", fact.name())) {
            sorts.extend([fact.name(), " "]);
        }
    }
    let body = zip(&text, 1).map_err(|error| damaged(hash, &error))?;
    Ok(vec![
        ORG.into(),
        hash.as_str().into(),
        system.into(),
        first.into(),
        facts.len().into(),
        sorts.into(),
        body.into(),
    ])
}

/// The facts of a file as they are stored: packing them takes longer than writing them and needs no database.
#[derive(Debug)]
pub struct Packed {
    pages: Vec<Vec<Value>>,
    finders: Vec<Vec<Value>>,
    hashes: Vec<RowHash>,
    facts: usize,
}

impl Packed {
    /// How many facts there are.
    pub fn facts(&self) -> usize {
        self.facts
    }
}

/// Packs the facts of a file for a system.
pub fn pack(hash: &ContentHash, system: &str, facts: &[NewFact<'_>]) -> Result<Packed, StoreError> {
    let pages = facts.chunks(PAGE).enumerate();
    let pages: Vec<_> =
        pages.map(|(nth, page)| page_values(hash, system, nth * PAGE, page)).collect::<Result<_, _>>()?;
    let seen = facts.iter().zip(0_u32..).filter(|(fact, _)| !fact.finding.is_empty());
    let mut entries: Vec<_> = seen.map(|(fact, at)| (number(fact.finding), at)).collect();
    entries.sort_unstable();
    let mut finders: Vec<Vec<Value>> = Vec::new();
    let mut rest = entries.as_slice();
    while let Some((low, _)) = rest.first() {
        let mut length = rest.len().min(FINDER);
        // Entries of one number stay together, so that one row answers for it.
        while rest.get(length).is_some_and(|(next, _)| *next == rest[length - 1].0) {
            length += 1;
        }
        let bytes = rest[..length].iter().flat_map(|(finding, at)| {
            let (finding, at) = (finding.to_be_bytes(), at.to_be_bytes());
            finding.into_iter().chain(at)
        });
        let body: Vec<u8> = bytes.collect();
        finders.push(vec![ORG.into(), hash.as_str().into(), system.into(), (*low).into(), body.into()]);
        rest = &rest[length..];
    }
    let row = |table, values: &Vec<Value>| {
        let Some(Value::Int(Some(nth))) = values.get(3) else { return None };
        Some(RowHash { table, key: format!("{}/{nth}", file_key(hash, system)), hash: hash_values(values) })
    };
    let page_hashes = pages.iter().filter_map(|values| row(Table::FactPage, values));
    let finder_hashes = finders.iter().filter_map(|values| row(Table::FactFinder, values));
    let hashes = page_hashes.chain(finder_hashes).collect();
    Ok(Packed { pages, finders, hashes, facts: facts.len() })
}

/// Writes the facts of an accepted file; returns the hashes of their rows.
pub async fn put(tx: &mut Tx, packed: &Packed) -> Result<Vec<RowHash>, StoreError> {
    let head = "INSERT INTO fact_page (org, hash, system_id, first, facts, sorts, body) VALUES";
    tx.insert_rows(head, packed.pages.clone(), "").await?;
    let head = "INSERT INTO fact_finder (org, hash, system_id, low, body) VALUES";
    tx.insert_rows(head, packed.finders.clone(), "").await?;
    Ok(packed.hashes.clone())
}

/// The text of a page: one fact a line.
fn text_of(hash: &ContentHash, body: &[u8]) -> Result<String, StoreError> {
    let bytes = zstd::decode_all(body).map_err(|error| damaged(hash, &error))?;
    String::from_utf8(bytes).map_err(|error| damaged(hash, &error))
}

fn read_line(hash: &ContentHash, ordinal: i64, line: &str) -> Result<StoredFact, StoreError> {
    let Read(finding, at, pointer, fact) =
        serde_json::from_str(line).map_err(|error| damaged(hash, &error))?;
    Ok(StoredFact { ordinal, fact, place: Place::new(at, pointer), finding })
}

/// Facts of a file, in file order.
pub async fn of_file(
    reader: &mut (impl Reader + Send),
    hash: &ContentHash,
    system: &str,
    from: i64,
    limit: i64,
) -> Result<Vec<StoredFact>, StoreError> {
    let until = from.saturating_add(limit);
    let query = "SELECT first, body FROM fact_page WHERE org = $1 AND hash = $2 AND system_id = $3 AND first > $4 AND first < $5 ORDER BY first";
    let values = [ORG.into(), hash.as_str().into(), system.into(), (from - PAGE as i64).into(), until.into()];
    let mut found = Vec::new();
    for row in reader.rows(&sql(query, values)).await? {
        let text = text_of(hash, &row.bytes(1)?)?;
        for (ordinal, line) in (row.int(0)?..).zip(text.lines()) {
            if (from..until).contains(&ordinal) {
                found.push(read_line(hash, ordinal, line)?);
            }
        }
    }
    Ok(found)
}

/// A fact with the file it stands in.
#[derive(Clone, Debug, PartialEq)]
pub struct FactOfFile {
    /// The file.
    pub evidence: ContentHash,
    /// When its tool looked, microseconds.
    pub observed_at: i64,
    /// The tool.
    pub tool: String,
    /// The fact.
    pub stored: StoredFact,
}

/// Which facts of a system to read.
#[derive(Clone, Copy, Debug)]
pub struct FactQuery<'a> {
    /// The system; empty for the organisation.
    pub system: &'a str,
    /// Names of the sorts wanted.
    pub sorts: &'a [&'a str],
    /// Only from these files.
    pub files: Option<&'a [&'a str]>,
    /// Only from files observed until then, microseconds.
    pub until: i64,
}

/// Facts of a system, in the order in which their files were observed.
pub async fn of_system(
    reader: &mut (impl Reader + Send),
    query: FactQuery<'_>,
) -> Result<Vec<FactOfFile>, StoreError> {
    let mut statement = Sql::new(
        "SELECT p.body, p.hash, e.observed_at, e.tool, p.first FROM fact_page p JOIN evidence e ON e.org = p.org AND e.hash = p.hash AND e.system_id = p.system_id WHERE p.org = ",
    );
    statement.bind(ORG).push(" AND p.system_id = ").bind(query.system);
    if let Some(files) = query.files {
        statement.push(" AND p.hash IN (").bind_list(files.iter().copied()).push(")");
    }
    for (nth, sort) in query.sorts.iter().enumerate() {
        statement.push(if nth == 0 { " AND (" } else { " OR " }).push("p.sorts LIKE ");
        statement.bind(format!("% {sort} %"));
    }
    statement.push(if query.sorts.is_empty() { "" } else { ")" });
    statement.push(" AND e.observed_at <= ").bind(query.until);
    statement.push(" ORDER BY e.observed_at, p.hash, p.first");
    let mut found = Vec::new();
    for row in reader.rows(&statement).await? {
        let evidence = ContentHash(row.text(1)?);
        let (observed_at, tool) = (row.int(2)?, row.text(3)?);
        let text = text_of(&evidence, &row.bytes(0)?)?;
        for (ordinal, line) in (row.int(4)?..).zip(text.lines()) {
            let stored = read_line(&evidence, ordinal, line)?;
            if query.sorts.contains(&stored.fact.name()) {
                let (evidence, tool) = (evidence.clone(), tool.clone());
                found.push(FactOfFile { evidence, observed_at, tool, stored });
            }
        }
    }
    Ok(found)
}

/// A fact that was a sighting of a finding, with the file it stands in.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSighting {
    /// The fact.
    pub fact: Fact,
    /// Where.
    pub place: Place,
    /// When the tool looked, and the file.
    pub look: Look,
    /// The tool.
    pub tool: String,
}

/// The newest sightings of a finding, in order of time, from the newest `most` files that looked at its target.
pub async fn sightings(
    reader: &mut (impl Reader + Send),
    finding: &Finding,
    most: i64,
) -> Result<Vec<StoredSighting>, StoreError> {
    let mut statement = Sql::new("SELECT l.hash, l.observed_at, l.tool FROM look l WHERE l.org = ");
    statement.bind(ORG).push(" AND l.system_id = ").bind(&finding.system);
    // A weakness is one tool's; a rule of a benchmark is the same whichever tool checks it.
    if finding.sort == FindingSort::Weakness {
        statement.push(" AND l.tool = ").bind(&finding.tool);
    }
    statement.push(" AND l.target = ").bind(&finding.target);
    statement.push(" ORDER BY l.observed_at DESC, l.hash DESC LIMIT ").bind(most);
    let mut found = Vec::new();
    for row in reader.rows(&statement).await?.iter().rev() {
        let (hash, at, tool) = (ContentHash(row.text(0)?), row.int(1)?, row.text(2)?);
        for stored in of_finding(reader, &hash, &finding.system, &finding.id).await? {
            let look = Look { at: from_micros(at), evidence: hash.clone() };
            found.push(StoredSighting { fact: stored.fact, place: stored.place, look, tool: tool.clone() });
        }
    }
    Ok(found)
}

/// Facts of one file that are sightings of a finding.
async fn of_finding(
    reader: &mut (impl Reader + Send),
    hash: &ContentHash,
    system: &str,
    finding: &str,
) -> Result<Vec<StoredFact>, StoreError> {
    let wanted = number(finding);
    let query = "SELECT body FROM fact_finder WHERE org = $1 AND hash = $2 AND system_id = $3 AND low <= $4 ORDER BY low DESC LIMIT 1";
    let values = [ORG.into(), hash.as_str().into(), system.into(), wanted.into()];
    let Some(row) = reader.first(&sql(query, values)).await? else { return Ok(Vec::new()) };
    let bytes = row.bytes(0)?;
    let (entries, _) = bytes.as_chunks::<12>();
    let key = wanted.to_be_bytes();
    let start = entries.partition_point(|entry| entry[..8] < key[..]);
    let of_it = entries[start..].iter().take_while(|entry| entry[..8] == key[..]);
    let ordinals = of_it.map(|[.., a, b, c, d]| i64::from(u32::from_be_bytes([*a, *b, *c, *d])));
    let mut found = Vec::new();
    for ordinal in ordinals.collect::<Vec<_>>() {
        let facts = of_file(reader, hash, system, ordinal, 1).await?;
        found.extend(facts.into_iter().filter(|fact| fact.finding == finding));
    }
    Ok(found)
}

/// Packs the facts that an older store kept a row for each, with the change in the ledger. Returns how many there were.
pub async fn repack(tx: &mut Tx, evidence: &EvidenceRow, entry: &mut Entry) -> Result<usize, StoreError> {
    let EvidenceRow { hash, system, .. } = evidence;
    let query = "SELECT ordinal, finding_id, line, pointer, body FROM fact WHERE org = $1 AND hash = $2 AND system_id = $3 ORDER BY ordinal";
    let rows = tx.rows(&sql(query, [ORG.into(), hash.as_str().into(), system.into()])).await?;
    let mut held: Vec<(String, Place, Fact)> = Vec::with_capacity(rows.len());
    for row in &rows {
        held.push((row.text(1)?, Place::new(row.int(2)? as u32, row.text(3)?), row.json(4)?));
        let key = format!("{}/{}", evidence.key(), row.int(0)?);
        entry.rows.push(RowHash { table: Table::Fact, key, hash: String::new() });
    }
    let facts: Vec<_> = held.iter().map(|(finding, place, fact)| NewFact { fact, place, finding }).collect();
    entry.rows.extend(put(tx, &pack(hash, system, &facts)?).await?);
    let delete = "DELETE FROM fact WHERE org = $1 AND hash = $2 AND system_id = $3";
    tx.execute(&sql(delete, [ORG.into(), hash.as_str().into(), system.into()])).await?;
    Ok(rows.len())
}

/// The files of an older store whose facts are not packed yet, some of them.
pub async fn unpacked(reader: &mut (impl Reader + Send)) -> Result<Vec<(ContentHash, String)>, StoreError> {
    let query = "SELECT DISTINCT hash, system_id FROM fact WHERE org = $1 LIMIT 1000";
    let rows = reader.rows(&sql(query, [ORG.into()])).await?;
    rows.iter().map(|row| Ok((ContentHash(row.text(0)?), row.text(1)?))).collect()
}
