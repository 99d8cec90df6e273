//! Judgements to carry over: from a file, or from the assessments of a system.

use crate::cli::Cli;
use crate::commands::{bounded, enter};
use anyhow::{Context, bail};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use warrant_catalog::diff::Judgement;
use warrant_intake::Limits;
use warrant_intake::table::{Sheet, Table, read_table};
use warrant_model::kind::Record;
use warrant_model::kinds::{Assessment, AssessmentResult};

/// The column that a table of carried judgements has besides; other rows than these wait for a new judgement.
pub(super) const OUTCOME: &str = "outcome";

/// What [`OUTCOME`] says of a judgement that still stands.
pub(super) const CARRIED: &str = "carried";

/// Reads judgements: JSON (a list of them, or what an earlier migration wrote), or a table with the columns
/// `statement`, `state`, `rationale` and `date`.
pub(super) fn of_file(path: &Path) -> anyhow::Result<Vec<Judgement>> {
    let most = usize::try_from(Limits::default().bytes).unwrap_or(usize::MAX);
    let bytes = bounded::read(path, most).with_context(|| path.display().to_string())?;
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let judgements = match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'[' | b'{') => of_json(text),
        _ => read_table(&bytes, Sheet::First, &Limits::default())
            .map_err(anyhow::Error::from)
            .and_then(|table| of_table(&table)),
    };
    judgements.with_context(|| path.display().to_string())
}

#[derive(Deserialize)]
struct Earlier {
    carried: Vec<Standing>,
}

#[derive(Deserialize)]
struct Standing {
    judgement: Judgement,
    to: String,
}

fn of_json(bytes: &[u8]) -> anyhow::Result<Vec<Judgement>> {
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Ok(serde_json::from_slice(bytes)?);
    }
    let earlier: Earlier = serde_json::from_slice(bytes)?;
    let renamed = earlier.carried.into_iter().map(|one| Judgement { statement: one.to, ..one.judgement });
    Ok(renamed.collect())
}

fn of_table(table: &Table) -> anyhow::Result<Vec<Judgement>> {
    let column =
        |name: &str| table.headers.iter().position(|header| header.trim().eq_ignore_ascii_case(name));
    let Some((statement, state)) = column("statement").zip(column("state")) else {
        bail!(
            "a table of judgements has the columns statement, state, rationale and date; found are {}",
            table.headers.join(", ")
        );
    };
    let (rationale, date, outcome) = (column("rationale"), column("date"), column(OUTCOME));
    let mut judgements = Vec::new();
    for row in &table.rows {
        let cell = |at: Option<usize>| at.and_then(|at| row.cells.get(at)).map_or("", |cell| as_typed(cell));
        if outcome.is_some() && cell(outcome) != CARRIED {
            continue;
        }
        let judgement = Judgement {
            statement: cell(Some(statement)).to_owned(),
            state: cell(Some(state)).to_owned(),
            rationale: cell(rationale).to_owned(),
            date: cell(date).to_owned(),
        };
        if judgement.statement.is_empty() || judgement.state.is_empty() {
            bail!("line {}: a judgement needs its statement and its state", row.line);
        }
        judgements.push(judgement);
    }
    Ok(judgements)
}

/// A cell without the apostrophe that keeps a spreadsheet from running it.
fn as_typed(cell: &str) -> &str {
    let runs = |rest: &&str| rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    cell.strip_prefix('\'').filter(runs).unwrap_or(cell)
}

/// The newest result of each method for every control and statement of a system; results on one CCI alone say too
/// little of a statement to be carried over.
pub(super) async fn of_system(cli: &Cli, system: &str) -> anyhow::Result<Vec<Judgement>> {
    let (service, actor) = enter(cli).await?;
    let snapshot = service.snapshot(&actor, system, None).await;
    let judgements = snapshot.as_ref().map(|snapshot| newest(&snapshot.assessments));
    let judgements = judgements.map_err(|error| anyhow::anyhow!("{error}"));
    service.close().await?;
    judgements
}

fn newest(assessments: &[Record<Assessment>]) -> Vec<Judgement> {
    let mut newest: BTreeMap<(String, &str), &Record<Assessment>> = BTreeMap::new();
    for record in assessments.iter().filter(|one| one.body.result.is_some() && one.body.cci.is_none()) {
        let control = record.body.control.trim();
        let control = warrant_analysis::framework::normal_id(control).unwrap_or_else(|| control.to_owned());
        let method = match record.body.method {
            warrant_model::kinds::AssessmentMethod::Examine => "examine",
            warrant_model::kinds::AssessmentMethod::Interview => "interview",
            warrant_model::kinds::AssessmentMethod::Test => "test",
        };
        let when = |one: &Record<Assessment>| (one.body.assessed_on, one.updated_at, one.id.clone());
        let held = newest.entry((control, method)).or_insert(record);
        if when(record) > when(held) {
            *held = record;
        }
    }
    let judgement = |((control, method), record): ((String, &str), &Record<Assessment>)| {
        let state = match record.body.result? {
            AssessmentResult::Satisfied => "satisfied",
            AssessmentResult::OtherThanSatisfied => "other-than-satisfied",
            AssessmentResult::NotApplicable => "not-applicable",
        };
        let notes = record.body.notes.as_deref().unwrap_or_default().trim();
        let rationale = if notes.is_empty() { method.to_owned() } else { format!("{method}: {notes}") };
        let date = record.body.assessed_on.map(|day| day.to_string()).unwrap_or_default();
        Some(Judgement { statement: control, state: state.to_owned(), rationale, date })
    };
    newest.into_iter().filter_map(judgement).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judgement(statement: &str) -> Judgement {
        let text = |text: &str| text.to_owned();
        Judgement {
            statement: text(statement),
            state: text("satisfied"),
            rationale: text("-a"),
            date: text("2026-11-23"),
        }
    }

    fn of_bytes(bytes: &str) -> anyhow::Result<Vec<Judgement>> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        of_file(file.path())
    }

    #[test]
    fn judgements_come_in_four_shapes() {
        let list = r#"[{"statement": "a", "state": "satisfied", "rationale": "-a", "date": "2026-11-23"}]"#;
        let earlier = format!(
            r#"{{"carried": [{{"judgement": {}, "to": "b"}}], "reassess": []}}"#,
            &list[1..list.len() - 1]
        );
        let plain = "statement,state,rationale,date\na,satisfied,'-a,2026-11-23\n";
        let written =
            "statement;state;rationale;date;outcome\na;satisfied;-a;2026-11-23;carried\nz;x;;;reassess\n";
        assert_eq!(of_bytes(list).unwrap(), [judgement("a")]);
        assert_eq!(of_bytes(&earlier).unwrap(), [judgement("b")]);
        assert_eq!(of_bytes(plain).unwrap(), [judgement("a")]);
        assert_eq!(of_bytes(written).unwrap(), [judgement("a")]);
    }

    #[test]
    fn what_is_no_judgement_is_named() {
        let missing = of_bytes("control,state\na,b\n").unwrap_err();
        assert!(format!("{missing:#}").contains("found are control, state"), "{missing:#}");
        let blank = of_bytes("statement,state\na,satisfied\nb,\n").unwrap_err();
        assert!(format!("{blank:#}").contains("line 3"), "{blank:#}");
        assert!(of_bytes("[{}]").is_err() && of_bytes("").is_err());
    }
}
