//! The sets of controls that findings bear on: a few, kept once, so that a list narrowed to a control names those that
//! hold it instead of reading every finding.

use crate::ORG;
use crate::db::Reader;
use crate::error::StoreError;
use crate::pipeline::Rows;
use crate::sql::{Sql, Value, contains_pattern};
use std::collections::HashSet;
use warrant_model::finding::Finding;

/// What stands in the column `controls`.
pub(crate) fn text(finding: &Finding) -> String {
    finding.controls.join(" ")
}

/// Sets that were not met before.
#[derive(Debug, Default)]
pub(crate) struct Sets {
    met: HashSet<String>,
    rows: Vec<Vec<Value>>,
}

impl Sets {
    /// Takes in the set of a finding.
    pub(crate) fn take(&mut self, finding: &Finding) {
        let controls = text(finding);
        if !self.met.contains(&controls) {
            self.rows.push(vec![ORG.into(), (&controls).into()]);
            self.met.insert(controls);
        }
    }

    /// What is to be written of those taken in since this was last asked.
    pub(crate) fn rows(&mut self) -> Rows {
        Rows {
            head: "INSERT INTO finding_controls (org, controls) VALUES",
            tail: "ON CONFLICT DO NOTHING",
            values: std::mem::take(&mut self.rows),
        }
    }
}

/// Adds the condition that a finding (table alias `f`) bears on a control or one of its statements, for rows that were
/// found otherwise.
pub(crate) fn also(statement: &mut Sql, control: &str) {
    let word = contains_pattern(&format!(" {control} "));
    let part = contains_pattern(&format!(" {control}_smt"));
    statement.push(" AND (' ' || f.controls || ' ' LIKE ").bind(word).push(" ESCAPE '!'");
    statement.push(" OR ' ' || f.controls LIKE ").bind(part).push(" ESCAPE '!')");
}

/// The sets that hold a control or one of its statements.
pub(crate) async fn look_up(
    reader: &mut (impl Reader + Send),
    control: &str,
) -> Result<Vec<String>, StoreError> {
    let mut statement = Sql::new("SELECT controls FROM finding_controls WHERE org = ").with("", ORG);
    statement.push(" ORDER BY controls");
    let part = format!("{control}_smt");
    let holds = |set: &String| set.split(' ').any(|word| word == control || word.starts_with(&part));
    let sets = reader.rows(&statement).await?;
    let sets = sets.iter().map(|row| row.text(0)).collect::<Result<Vec<_>, _>>()?;
    Ok(sets.into_iter().filter(holds).collect())
}
