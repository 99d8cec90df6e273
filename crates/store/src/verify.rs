//! Proving that what is stored is what was recorded: every row, tile and evidence byte against the ledger.

use crate::ORG;
use crate::changes::{Entry, Table, hash_values, parse_manifest};
use crate::db::{Reader, Row};
use crate::error::StoreError;
use crate::sql::{Sql, Value, sql};
use crate::store::Store;
use crate::units;
use std::collections::HashMap;
use warrant_ledger::verify_directory;
use warrant_model::hash::ContentHash;

/// What a verification found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Everything that is wrong, each naming the row, file or leaf.
    pub problems: Vec<String>,
    /// Ledger leaves read.
    pub leaves: u64,
    /// Rows compared with the ledger.
    pub rows: u64,
    /// Evidence files hashed again.
    pub files: u64,
    /// The root of the ledger's tree, base64.
    pub root: String,
}

/// A table the ledger vouches for: its columns in the order they are hashed, their types (`i` integer, `n`
/// integer or NULL, `t` text, `o` text or NULL, `r` real or NULL, `b` bytes) and which of them make up its key.
struct Layout {
    table: Table,
    columns: &'static [&'static str],
    types: &'static str,
    key: &'static [usize],
}

const LAYOUTS: &[Layout] = &[
    Layout {
        table: Table::RecordVersion,
        columns: &[
            "id",
            "version",
            "kind",
            "unit_id",
            "system_id",
            "effective_at",
            "recorded_at",
            "actor",
            "action",
            "deleted",
            "leaf",
            "body",
        ],
        types: "titttiittiit",
        key: &[0, 1],
    },
    Layout {
        table: Table::Evidence,
        columns: &[
            "hash",
            "system_id",
            "name",
            "format",
            "tool",
            "tool_version",
            "artefact",
            "size",
            "observed_at",
            "received_at",
            "actor",
            "facts",
            "problems",
            "leaf",
        ],
        types: "tttttooiiititi",
        key: &[0, 1],
    },
    Layout {
        table: Table::Look,
        columns: &["system_id", "tool", "target", "hash", "observed_at"],
        types: "tttti",
        key: &[0, 1, 2, 3],
    },
    Layout {
        table: Table::Fact,
        columns: &["hash", "system_id", "ordinal", "sort", "target", "finding_id", "line", "pointer", "body"],
        types: "ttitttitt",
        key: &[0, 1, 2],
    },
    Layout {
        table: Table::FactFinder,
        columns: &["hash", "system_id", "low", "body"],
        types: "ttib",
        key: &[0, 1, 2],
    },
    Layout {
        table: Table::FactPage,
        columns: &["hash", "system_id", "first", "facts", "sorts", "body"],
        types: "ttiitb",
        key: &[0, 1, 2],
    },
    Layout {
        table: Table::Finding,
        columns: &[
            "id",
            "system_id",
            "sort",
            "tool",
            "target",
            "rule",
            "benchmark",
            "title",
            "subject",
            "severity",
            "state",
            "suppressed",
            "vulnerabilities",
            "cwes",
            "controls",
            "cvss_score",
            "exploit",
            "remedy",
            "fixed_version",
            "first_seen",
            "last_seen",
            "state_since",
            "reopened",
            "hash",
            "line",
            "pointer",
        ],
        types: "tttttttttititttrnooiiiitit",
        key: &[0],
    },
    Layout {
        table: Table::FindingEvent,
        columns: &["system_id", "finding_id", "at", "state", "hash", "line", "pointer"],
        types: "ttittit",
        key: &[1, 2, 4],
    },
    Layout {
        table: Table::Account,
        columns: &["id", "email", "name", "password_hash", "disabled", "created_at", "version"],
        types: "tttoiii",
        key: &[0],
    },
    Layout {
        table: Table::AdvisoryFeed,
        columns: &["leaf", "hash", "name", "made", "loaded_at", "actor", "size", "summary"],
        types: "ittiitit",
        key: &[0],
    },
    Layout {
        table: Table::RoleGrant,
        columns: &["account_id", "unit_id", "role"],
        types: "tti",
        key: &[0, 1],
    },
    Layout {
        table: Table::ProgramToken,
        columns: &[
            "id",
            "account_id",
            "name",
            "secret_hash",
            "role",
            "unit_id",
            "made_at",
            "ends_at",
            "ended_at",
            "ended_by",
        ],
        types: "ttttntiint",
        key: &[0],
    },
    Layout { table: Table::OrganisationSetting, columns: &["name", "value"], types: "tt", key: &[0] },
    Layout {
        table: Table::SavedView,
        columns: &["id", "account_id", "page", "name", "query", "shared", "created_at"],
        types: "tttttti",
        key: &[0],
    },
];

const PAGE: i64 = 5_000;

impl Store {
    /// Verifies everything. Pending entries are integrated first.
    pub async fn verify(&self) -> Result<Verification, StoreError> {
        self.integrate().await?;
        self.verify_as_it_stands().await
    }

    /// The same without writing anything: entries that wait are taken as they are.
    pub(crate) async fn verify_as_it_stands(&self) -> Result<Verification, StoreError> {
        let mut found = Verification::default();
        let mut expected = self.fold_ledger(&mut found)?;
        self.fold_pending(&mut expected, &mut found).await?;
        self.check_sizes(&mut found).await?;
        for layout in LAYOUTS {
            self.check_table(layout, &mut expected, &mut found).await?;
        }
        for ((table, key), _) in expected.into_iter().filter(|(_, hash)| !hash.is_empty()) {
            found.problems.push(format!("{} {key}: the row is gone, but no change removed it", table.name()));
        }
        self.check_current(&mut found).await?;
        self.check_scopes(&mut found).await?;
        self.check_blobs(&mut found).await?;
        let miscounted = crate::findings::miscounted(&mut self.db()).await?;
        found
            .problems
            .extend(miscounted.iter().map(|id| format!("finding_count {id}: not the findings there are")));
        found.problems.sort();
        Ok(found)
    }

    /// What every row should hash to after all changes.
    fn fold_ledger(&self, found: &mut Verification) -> Result<HashMap<(Table, String), String>, StoreError> {
        let mut expected = HashMap::new();
        let mut problems = Vec::new();
        let key = self.verifier()?;
        let report = verify_directory(self.ledger_folder(), &key, &mut |index, bytes, _| {
            let entry = match serde_json::from_slice::<Entry>(bytes) {
                Ok(entry) => entry,
                Err(error) => return problems.push(format!("ledger leaf {index}: not a change: {error}")),
            };
            let listed = entry.manifest.as_ref().map(|hash| self.manifest(hash)).transpose();
            match listed {
                Ok(listed) => {
                    let rows = entry.rows.into_iter().chain(listed.unwrap_or_default());
                    expected.extend(rows.map(|row| ((row.table, row.key), row.hash)));
                }
                Err(error) => problems.push(format!("ledger leaf {index}: its list of rows: {error}")),
            }
        })
        .map_err(|error| StoreError::Ledger(error.to_string()))?;
        found.leaves = report.entries;
        found.root = report.root.map(|root| root.to_base64()).unwrap_or_default();
        found.problems.extend(report.problems.iter().map(|problem| format!("ledger {problem}")));
        found.problems.append(&mut problems);
        Ok(expected)
    }

    /// The same of entries that are not in tiles yet.
    async fn fold_pending(
        &self,
        expected: &mut HashMap<(Table, String), String>,
        found: &mut Verification,
    ) -> Result<(), StoreError> {
        let mut query = sql("SELECT idx, entry FROM ledger_pending WHERE org = $1", [ORG.into()]);
        query.push(" AND idx >= ").bind(found.leaves as i64).push(" ORDER BY idx");
        for row in self.db().rows(&query).await? {
            let index = row.int(0)?;
            let entry: Entry = match serde_json::from_str(&row.text(1)?) {
                Ok(entry) => entry,
                Err(error) => {
                    found.problems.push(format!("ledger entry {index}: not a change: {error}"));
                    continue;
                }
            };
            let listed = entry.manifest.as_ref().map(|hash| self.manifest(hash)).transpose();
            match listed {
                Ok(listed) => {
                    let rows = entry.rows.into_iter().chain(listed.unwrap_or_default());
                    expected.extend(rows.map(|row| ((row.table, row.key), row.hash)));
                }
                Err(error) => found.problems.push(format!("ledger entry {index}: its list of rows: {error}")),
            }
        }
        Ok(())
    }

    fn manifest(&self, hash: &str) -> Result<Vec<crate::changes::RowHash>, StoreError> {
        let bytes = self.blobs().get(&ContentHash(hash.to_owned()))?;
        let text = String::from_utf8(bytes).map_err(|error| StoreError::Damaged(error.to_string()))?;
        parse_manifest(&text)
    }

    async fn check_sizes(&self, found: &mut Verification) -> Result<(), StoreError> {
        let query = "SELECT COUNT(*) FROM ledger_pending WHERE org = $1 AND idx >= $2";
        let query = sql(query, [ORG.into(), (found.leaves as i64).into()]);
        let pending = self.db().first(&query).await?.map_or(Ok(0), |row| row.int(0))?;
        let head = self.ledger_size().await?;
        let held = found.leaves + pending.unsigned_abs();
        if head != held {
            let message = format!("ledger: {held} changes are kept, but the database counts {head}");
            found.problems.push(message);
        }
        Ok(())
    }

    async fn check_table(
        &self,
        layout: &Layout,
        expected: &mut HashMap<(Table, String), String>,
        found: &mut Verification,
    ) -> Result<(), StoreError> {
        let name = layout.table.name();
        let keys: Vec<_> = layout.key.iter().map(|at| layout.columns[*at]).collect();
        let mut last: Option<Vec<Value>> = None;
        loop {
            let mut statement = Sql::default();
            statement.push("SELECT ").push(&layout.columns.join(", ")).push(" FROM ").push(name);
            statement.push(" WHERE org = ").bind(ORG);
            if let Some(last) = last.take() {
                statement.push(" AND (").push(&keys.join(", ")).push(") > (").bind_list(last).push(")");
            }
            statement.push(" ORDER BY ").push(&keys.join(", ")).push(" LIMIT ").bind(PAGE);
            let rows = self.db().rows(&statement).await?;
            for row in &rows {
                let values = read_values(row, layout.types)?;
                let key: Vec<_> = layout.key.iter().map(|at| plain(&values[*at + 1])).collect();
                let key = key.join("/");
                let hash = hash_values(&values);
                found.rows += 1;
                let problem = match expected.remove(&(layout.table, key.replace(['\t', '\n', '\r'], " "))) {
                    Some(expected) if expected == hash => None,
                    Some(_) => Some("the row was altered outside Warrant"),
                    None => Some("the row was added outside Warrant"),
                };
                found.problems.extend(problem.map(|problem| format!("{name} {key}: {problem}")));
                last = Some(layout.key.iter().map(|at| values[*at + 1].clone()).collect());
            }
            if (rows.len() as i64) < PAGE {
                return Ok(());
            }
        }
    }

    /// The current rows of records against their newest versions.
    async fn check_current(&self, found: &mut Verification) -> Result<(), StoreError> {
        let current = "SELECT v.id FROM record_version v LEFT JOIN record r ON r.org = v.org AND r.id = v.id
             WHERE v.org = $1 AND v.version = (SELECT MAX(w.version) FROM record_version w WHERE w.org = v.org AND w.id = v.id)
             AND ((v.deleted = 0 AND (r.id IS NULL OR r.version <> v.version OR r.body <> v.body OR r.kind <> v.kind OR r.unit_id <> v.unit_id OR r.system_id <> v.system_id OR r.updated_at <> v.effective_at OR r.updated_by <> v.actor))
               OR (v.deleted = 1 AND r.id IS NOT NULL)) ORDER BY v.id LIMIT 1000";
        for row in self.db().rows(&sql(current, [ORG.into()])).await? {
            let id = row.text(0)?;
            found.problems.push(format!("record {id}: the row differs from its newest recorded version"));
        }
        let unknown = "SELECT r.id FROM record r WHERE r.org = $1 AND NOT EXISTS (SELECT 1 FROM record_version v WHERE v.org = r.org AND v.id = r.id) ORDER BY r.id LIMIT 1000";
        for row in self.db().rows(&sql(unknown, [ORG.into()])).await? {
            found.problems.push(format!("record {}: the row was added outside Warrant", row.text(0)?));
        }
        Ok(())
    }

    /// What permission is decided on, against the records it follows from.
    async fn check_scopes(&self, found: &mut Verification) -> Result<(), StoreError> {
        let moved = "SELECT v.id FROM record_version v LEFT JOIN system_unit u ON u.org = v.org AND u.system_id = v.id
             WHERE v.org = $1 AND v.kind = 'system' AND (u.unit_id IS NULL OR u.unit_id <> v.unit_id)
             AND v.version = (SELECT MAX(w.version) FROM record_version w WHERE w.org = v.org AND w.id = v.id) ORDER BY v.id";
        for row in self.db().rows(&sql(moved, [ORG.into()])).await? {
            found.problems.push(format!("system_unit {}: not the unit its record names", row.text(0)?));
        }
        let mut expected = units::tree(&mut self.db()).await?;
        let query = "SELECT ancestor, descendant FROM unit_closure WHERE org = $1";
        for row in self.db().rows(&sql(query, [ORG.into()])).await? {
            let pair = (row.text(0)?, row.text(1)?);
            if !expected.remove(&pair) {
                found
                    .problems
                    .push(format!("unit_closure {}/{}: the row was added outside Warrant", pair.0, pair.1));
            }
        }
        for (above, below) in expected {
            found.problems.push(format!("unit_closure {above}/{below}: the row is gone"));
        }
        Ok(())
    }

    async fn check_blobs(&self, found: &mut Verification) -> Result<(), StoreError> {
        let query = "SELECT DISTINCT hash, name FROM evidence WHERE org = $1 ORDER BY hash";
        for row in self.db().rows(&sql(query, [ORG.into()])).await? {
            let (hash, name) = (ContentHash(row.text(0)?), row.text(1)?);
            found.files += 1;
            if let Err(error) = self.blobs().get(&hash) {
                found.problems.push(format!("evidence file `{name}` ({hash}): {error}"));
            }
        }
        let query = "SELECT DISTINCT hash, name FROM advisory_feed WHERE org = $1 ORDER BY hash";
        for row in self.db().rows(&sql(query, [ORG.into()])).await? {
            let (hash, name) = (ContentHash(row.text(0)?), row.text(1)?);
            found.files += 1;
            if let Err(error) = self.blobs().get(&hash) {
                found.problems.push(format!("advisory bundle `{name}` ({hash}): {error}"));
            }
        }
        Ok(())
    }
}

fn read_values(row: &Row, types: &str) -> Result<Vec<Value>, StoreError> {
    let columns = types.chars().enumerate().map(|(at, kind)| {
        Ok(match kind {
            'i' => Value::Int(Some(row.int(at)?)),
            'n' => Value::Int(row.opt_int(at)?),
            'o' => Value::Text(row.opt_text(at)?),
            'r' => Value::Real(row.opt_real(at)?),
            'b' => Value::Bytes(row.bytes(at)?),
            _ => Value::Text(Some(row.text(at)?)),
        })
    });
    std::iter::once(Ok(ORG.into())).chain(columns).collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Int(Some(value)) => value.to_string(),
        Value::Text(Some(value)) => value.clone(),
        _ => String::new(),
    }
}
