//! The catalogue of known exploited vulnerabilities (KEV), as JSON and as CSV.

use super::{Fault, File, Format, Probe};
use crate::advisory::Exploited;
use crate::feed::{Feed, instant};
use serde::Deserialize;

/// The catalogue as JSON.
pub(super) struct KevJson;
/// The catalogue as CSV.
pub(super) struct KevCsv;

impl Format for KevJson {
    fn id(&self) -> &'static str {
        "kev"
    }

    fn title(&self) -> &'static str {
        "Known Exploited Vulnerabilities (JSON)"
    }

    fn source(&self) -> &'static str {
        "CISA KEV schema"
    }

    fn recognise(&self, probe: &Probe<'_>) -> bool {
        probe.has(&["catalogVersion", "vulnerabilities"])
    }

    fn read(&self, file: &File<'_>, feed: &mut Feed) -> Result<(), Fault> {
        let catalogue: Catalogue = serde_json::from_str(file.text)?;
        for (at, raw) in catalogue.vulnerabilities.into_iter().enumerate() {
            match serde_json::from_str::<Entry>(raw.get()) {
                Ok(entry) if !entry.cve.is_empty() => feed.exploited.push(entry.into()),
                Ok(_) => feed.problem(file.name, format!("vulnerabilities/{at}"), "the entry has no cveID"),
                Err(error) => {
                    let message = Fault::from(error).message;
                    feed.problem(file.name, format!("vulnerabilities/{at}"), message);
                }
            }
        }
        match catalogue.released.as_deref().and_then(instant) {
            Some(at) => feed.list("KEV", at),
            None => feed.problem(file.name, "dateReleased", "the catalogue does not say how old it is"),
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Catalogue<'a> {
    #[serde(rename = "dateReleased")]
    released: Option<String>,
    #[serde(borrow)]
    vulnerabilities: Vec<&'a serde_json::value::RawValue>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "cveID", default)]
    cve: String,
    #[serde(rename = "dateAdded", default)]
    added: String,
    #[serde(rename = "dueDate", default)]
    due: String,
    #[serde(rename = "knownRansomwareCampaignUse", default)]
    ransomware: String,
}

impl From<Entry> for Exploited {
    fn from(entry: Entry) -> Self {
        let ransomware = entry.ransomware.eq_ignore_ascii_case("known");
        Self { cve: entry.cve, added: entry.added, due: entry.due, ransomware }
    }
}

impl Format for KevCsv {
    fn id(&self) -> &'static str {
        "kev-csv"
    }

    fn title(&self) -> &'static str {
        "Known Exploited Vulnerabilities (CSV)"
    }

    fn source(&self) -> &'static str {
        "CISA KEV"
    }

    fn recognise(&self, probe: &Probe<'_>) -> bool {
        let header = probe.plain().and_then(|text| text.lines().next());
        header.is_some_and(|header| header.contains("cveID") && header.contains("dateAdded"))
    }

    fn read(&self, file: &File<'_>, feed: &mut Feed) -> Result<(), Fault> {
        let mut rows = rows(file.text);
        let header = rows.next().unwrap_or_default();
        let column = |name: &str| header.iter().position(|cell| cell.trim() == name);
        let (Some(cve), Some(added)) = (column("cveID"), column("dateAdded")) else {
            return Err(Fault { place: "line 1".into(), message: "a column is missing".into() });
        };
        let (due, ransomware) = (column("dueDate"), column("knownRansomwareCampaignUse"));
        let mut newest: Option<String> = None;
        for (at, row) in rows.enumerate() {
            let cell = |at: usize| row.get(at).map(|cell| cell.trim().to_owned()).unwrap_or_default();
            if !cell(cve).starts_with("CVE-") {
                feed.problem(file.name, format!("row {}", at + 2), "the row has no CVE id");
                continue;
            }
            newest = newest.max(Some(cell(added)));
            feed.exploited.push(Exploited {
                cve: cell(cve),
                added: cell(added),
                due: due.map(cell).unwrap_or_default(),
                ransomware: ransomware.map(cell).is_some_and(|word| word.eq_ignore_ascii_case("known")),
            });
        }
        // The table does not say when it was made: it is as old as its newest entry.
        if let Some(at) = newest.as_deref().and_then(instant) {
            feed.list("KEV", at);
        }
        Ok(())
    }
}

/// The rows of a CSV text (RFC 4180): cells may be quoted, and quoted cells hold line ends and doubled quotes.
pub(super) fn rows(text: &str) -> impl Iterator<Item = Vec<String>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (mut row, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        let mut letters = rest.char_indices().peekable();
        while let Some((at, c)) = letters.next() {
            match c {
                '"' if quoted && letters.peek().is_some_and(|(_, next)| *next == '"') => {
                    cell.push('"');
                    letters.next();
                }
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(std::mem::take(&mut cell)),
                '\r' if !quoted => {}
                '\n' if !quoted => {
                    row.push(cell);
                    rest = &rest[at + 1..];
                    return Some(row);
                }
                c => cell.push(c),
            }
        }
        rest = "";
        row.push(cell);
        Some(row)
    })
}
