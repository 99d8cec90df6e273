//! Evidence: lists, one file, the lines a fact was read from.

use crate::{Actor, Service, ServiceError};
use warrant_intake::{Input, Limits, text};
use warrant_model::hash::ContentHash;
use warrant_store::evidence::{self, EvidenceQuery, EvidenceRow};
use warrant_store::facts::{self, StoredFact};

/// A page of evidence.
#[derive(Clone, Debug, Default)]
pub struct EvidencePage {
    /// The rows, newest first.
    pub rows: Vec<EvidenceRow>,
    /// How many fit in all.
    pub total: i64,
}

/// Lines of a file around one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// Number of the first line shown, from 1.
    pub first: u32,
    /// The lines, each cut at [`LINE_LIMIT`] characters.
    pub lines: Vec<String>,
    /// Lines in the whole file.
    pub total: u32,
    /// Whether the file has lines at all.
    pub content: Content,
}

/// What a file is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Content {
    /// Text, which can be shown.
    #[default]
    Text,
    /// Anything else.
    Binary,
}

/// The most characters of a line that are shown.
pub const LINE_LIMIT: usize = 2_000;

impl Service {
    /// A page of evidence.
    pub async fn list_evidence(
        &self,
        actor: &Actor,
        query: &EvidenceQuery,
    ) -> Result<EvidencePage, ServiceError> {
        let (mut db, sees) = (self.store().db(), actor.sees());
        let rows = evidence::list(&mut db, query, &sees).await?;
        Ok(EvidencePage { rows, total: evidence::count(&mut db, query, &sees).await? })
    }

    /// How many files of a query there are of each format, the query's own format left aside.
    pub async fn evidence_formats(
        &self,
        actor: &Actor,
        query: &EvidenceQuery,
    ) -> Result<Vec<(String, i64)>, ServiceError> {
        Ok(evidence::formats(&mut self.store().db(), query, &actor.sees()).await?)
    }

    /// A file, as accepted for the systems the actor may see.
    pub async fn evidence(&self, actor: &Actor, hash: &str) -> Result<Vec<EvidenceRow>, ServiceError> {
        let query = EvidenceQuery { hash: Some(hash.to_owned()), limit: 1_000, ..EvidenceQuery::default() };
        let rows = evidence::list(&mut self.store().db(), &query, &actor.sees()).await?;
        if rows.is_empty() {
            return Err(ServiceError::NotFound { what: "evidence", name: hash.to_owned() });
        }
        Ok(rows)
    }

    /// The bytes of a file, proved to be those of its hash.
    pub async fn evidence_bytes(&self, actor: &Actor, hash: &str) -> Result<Vec<u8>, ServiceError> {
        self.evidence(actor, hash).await?;
        let (store, hash) = (self.store().clone(), ContentHash(hash.to_owned()));
        let work = tokio::task::spawn_blocking(move || store.blobs().get(&hash));
        let bytes = work.await.map_err(|error| ServiceError::Refused(error.to_string()))?;
        Ok(bytes?)
    }

    /// The lines of a text file around `line`.
    pub async fn excerpt(
        &self,
        actor: &Actor,
        hash: &str,
        line: u32,
        around: u32,
    ) -> Result<Excerpt, ServiceError> {
        let bytes = self.evidence_bytes(actor, hash).await?;
        Ok(excerpt_of(&bytes, line, around))
    }

    /// Facts of a file as accepted for a system, in file order.
    pub async fn facts(
        &self,
        actor: &Actor,
        row: &EvidenceRow,
        from: i64,
        limit: i64,
    ) -> Result<Vec<StoredFact>, ServiceError> {
        let rows = self.evidence(actor, row.hash.as_str()).await?;
        if !rows.iter().any(|seen| seen.system == row.system) {
            return Err(ServiceError::NotFound { what: "evidence", name: row.hash.0.clone() });
        }
        Ok(facts::of_file(&mut self.store().db(), &row.hash, &row.system, from, limit).await?)
    }
}

fn excerpt_of(bytes: &[u8], line: u32, around: u32) -> Excerpt {
    let head = bytes.get(..8_192).unwrap_or(bytes);
    let input = Input { name: "", bytes, limits: Limits::default() };
    // The readers count lines in the text they decode (UTF-16, byte-order marks), so that is what is shown.
    let text = match text::of(&input) {
        Ok(text) => text,
        Err(_) => String::from_utf8_lossy(bytes),
    };
    if head.starts_with(b"PK\x03\x04") || text.get(..4_096).unwrap_or(&text).contains('\0') {
        return Excerpt { content: Content::Binary, ..Excerpt::default() };
    }
    let total = text.lines().count() as u32;
    let middle = line.clamp(1, total.max(1));
    let first = middle.saturating_sub(around).max(1);
    let lines = text.lines().skip(first as usize - 1).take(2 * around as usize + 1);
    let lines = lines.map(|line| match line.char_indices().nth(LINE_LIMIT) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    });
    Excerpt { first, lines: lines.collect(), total, content: Content::Text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_stay_inside_the_file_and_cut_long_lines() {
        let text = format!("one\ntwo\n{}\nfour\n", "é".repeat(LINE_LIMIT + 1));
        let excerpt = excerpt_of(text.as_bytes(), 3, 1);
        assert_eq!((excerpt.first, excerpt.lines.len(), excerpt.total), (2, 3, 4));
        assert_eq!(excerpt.lines[1].chars().count(), LINE_LIMIT + 1);
        assert_eq!(excerpt_of(b"", 900, 2), Excerpt { first: 1, ..Excerpt::default() });
        assert_eq!(excerpt_of(b"a\nb", 900, 1).first, 1);
    }

    #[test]
    fn files_without_lines_are_told_apart() {
        assert_eq!(excerpt_of(b"PK\x03\x04rest", 1, 1).content, Content::Binary);
        assert_eq!(excerpt_of(b"a\0b", 1, 1).content, Content::Binary);
        let wide: Vec<u8> = "\u{feff}one\ntwo".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let excerpt = excerpt_of(&wide, 2, 0);
        assert_eq!((excerpt.lines, excerpt.content), (vec!["two".to_owned()], Content::Text));
    }
}
