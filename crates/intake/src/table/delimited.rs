//! Delimited text (RFC 4180, with the delimiters and encodings that spreadsheets write).

use super::{COLUMNS, Grid, malformed};
use crate::{Input, Limits, ReadError, text};
use std::borrow::Cow;

/// How many records are looked at to find the delimiter.
const SAMPLE: usize = 20;

/// Reads the first `wanted` rows.
pub(super) fn read(bytes: &[u8], limits: &Limits, wanted: usize) -> Result<Grid, ReadError> {
    let text = decode(bytes, limits)?;
    let mut records = match declared(&text) {
        Some((delimiter, rest)) => Records { text: rest, at: 0, line: 2, delimiter },
        None => Records { text: &text, at: 0, line: 1, delimiter: sniffed(&text) },
    };
    let mut grid = Grid::default();
    while grid.rows.len() < wanted
        && let Some((line, cells)) = records.next()?
    {
        for (column, cell) in cells.iter().enumerate() {
            grid.claim(line, column + 1, 1, cell.len())?;
        }
        grid.push(line, cells);
    }
    Ok(grid)
}

/// UTF-8 or UTF-16; anything else is taken as Windows-1252, which contains Latin-1.
fn decode<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Cow<'a, str>, ReadError> {
    let decoded = match text::of(&Input { name: "", bytes, limits: *limits }) {
        Ok(decoded) => decoded,
        Err(ReadError::Malformed { .. }) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
        Err(error) => return Err(error),
    };
    if decoded.contains('\0') {
        return Err(malformed(0, "this is not a text table; save it as CSV (UTF-8), XLSX or ODS"));
    }
    Ok(decoded)
}

/// The delimiter that a first line `sep=;` declares, as Excel reads and writes it, and the rest.
fn declared(text: &str) -> Option<(u8, &str)> {
    let (line, rest) = text.split_once('\n')?;
    match line.trim_end_matches('\r').strip_prefix("sep=")?.as_bytes() {
        [delimiter] => Some((*delimiter, rest)),
        _ => None,
    }
}

/// The delimiter by which the largest share of the first records has the same number of fields, more than one.
/// Under a wrong one, quoted texts of several lines fall apart into many records of few fields.
fn sniffed(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let mut records = Records { text, at: 0, line: 1, delimiter };
        let mut counts = Vec::new();
        while counts.len() < SAMPLE
            && let Ok(Some((_, cells))) = records.next()
        {
            counts.push(cells.len());
        }
        let common = counts.iter().max_by_key(|count| counts.iter().filter(|other| other == count).count());
        match common {
            Some(1) | None => (0, 0),
            Some(common) => {
                let agreeing = counts.iter().filter(|count| *count == common).count();
                (agreeing * 100 / counts.len(), *common)
            }
        }
    };
    // Of equals the last wins: the comma is the standard's.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|delimiter| score(*delimiter)).unwrap_or(b',')
}

struct Records<'t> {
    text: &'t str,
    at: usize,
    line: u32,
    delimiter: u8,
}

impl Records<'_> {
    /// The next record with the line it starts on.
    fn next(&mut self) -> Result<Option<(u32, Vec<String>)>, ReadError> {
        if self.at >= self.text.len() {
            return Ok(None);
        }
        let start = self.line;
        let mut cells = Vec::new();
        loop {
            cells.push(self.field()?);
            if cells.len() > COLUMNS {
                return Err(ReadError::Limit {
                    what: "number of columns",
                    limit: COLUMNS as u64,
                    line: start,
                });
            }
            match self.bytes().get(self.at) {
                Some(byte) if *byte == self.delimiter => self.at += 1,
                Some(b'\r') if self.bytes().get(self.at + 1) == Some(&b'\n') => {
                    self.at += 2;
                    self.line = self.line.saturating_add(1);
                    break;
                }
                Some(_) => {
                    self.at += 1;
                    self.line = self.line.saturating_add(1);
                    break;
                }
                None => break,
            }
        }
        Ok(Some((start, cells)))
    }

    /// A field, up to but without the delimiter or line break after it.
    fn field(&mut self) -> Result<String, ReadError> {
        let mut field = String::new();
        if self.bytes().get(self.at) == Some(&b'"') {
            self.at += 1;
            let opened = self.line;
            loop {
                let rest = &self.text[self.at..];
                let Some(end) = rest.find('"') else {
                    return Err(malformed(
                        opened,
                        "a quotation mark opened here is never closed; double it inside a value",
                    ));
                };
                let newlines = rest[..end].bytes().filter(|byte| *byte == b'\n').count();
                self.line = self.line.saturating_add(u32::try_from(newlines).unwrap_or(u32::MAX));
                field.push_str(&rest[..end]);
                self.at += end + 1;
                if self.bytes().get(self.at) != Some(&b'"') {
                    break;
                }
                field.push('"');
                self.at += 1;
            }
        }
        let rest = &self.text[self.at..];
        let stop = |byte: u8| byte == self.delimiter || matches!(byte, b'\n' | b'\r');
        let end = rest.bytes().position(stop).unwrap_or(rest.len());
        field.push_str(&rest[..end]);
        self.at += end;
        Ok(field)
    }

    fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }
}
