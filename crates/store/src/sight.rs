//! What a person may see, as a condition inside the query.

use crate::ORG;
use crate::sql::Sql;
use warrant_model::scope::Role;

/// What lists are narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Nothing is left out.
    #[default]
    Organisation,
    /// What lies in a unit or below it.
    Unit(String),
    /// What belongs to a system.
    System(String),
}

/// Whose eyes a query looks through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Everything: the program itself, or somebody whose role holds for the whole organisation.
    Everything,
    /// What the roles of this account allow.
    Account {
        /// The account.
        account: String,
        /// The least role that counts.
        role: Role,
        /// The unit beyond which none of them counts; empty: they count wherever they hold.
        unit: String,
    },
    /// Nothing: a program whose token does not reach that far.
    Nothing,
    /// The same, looking at a part of it.
    Within {
        /// The part.
        scope: Scope,
        /// What is seen of the whole.
        sight: Box<Sight>,
    },
}

/// A condition that no row fulfils.
const NOTHING: &str = " AND 1 = 0";

impl Sight {
    /// What is seen without looking at a part alone.
    pub fn whole(&self) -> &Self {
        match self {
            Self::Within { sight, .. } => sight.whole(),
            sight => sight,
        }
    }

    /// Adds `AND (…)`: rows whose system (in `column`, a constant such as `f.system_id`) lies in a unit where
    /// the role holds. Rows of no system are seen by those whose role holds for the whole organisation.
    pub fn and_system(&self, sql: &mut Sql, column: &'static str) {
        if let Self::Within { scope, sight } = self {
            scope.and_system(sql, column);
            return sight.and_system(sql, column);
        }
        if *self == Self::Nothing {
            sql.push(NOTHING);
        }
        if let Self::Account { account, role, unit } = self {
            sql.push(" AND EXISTS (SELECT 1 FROM system_unit su JOIN unit_closure uc ON uc.org = su.org AND uc.descendant = su.unit_id JOIN role_grant rg ON rg.org = uc.org AND rg.unit_id = uc.ancestor WHERE su.org = ");
            sql.bind(ORG).push(" AND su.system_id = ").push(column);
            sql.push(" AND rg.account_id = ").bind(account).push(" AND rg.role >= ").bind(*role as i64);
            if !unit.is_empty() {
                sql.push(" AND EXISTS (SELECT 1 FROM unit_closure ul WHERE ul.org = su.org AND ul.descendant = su.unit_id AND ul.ancestor = ");
                sql.bind(unit).push(")");
            }
            sql.push(")");
        }
    }

    /// Adds `AND (…)` for records: those of a system by its unit; those of a unit by that unit; those of the
    /// organisation may be read by everybody and changed only where the role holds for the whole.
    pub fn and_record(&self, sql: &mut Sql) {
        if let Self::Within { scope, sight } = self {
            scope.and_record(sql);
            return sight.and_record(sql);
        }
        if *self == Self::Nothing {
            sql.push(NOTHING);
        }
        let Self::Account { account, role, unit } = self else { return };
        sql.push(" AND ((r.system_id <> ''");
        self.and_system(sql, "r.system_id");
        sql.push(") OR (r.system_id = '' AND (");
        if *role == Role::Reader {
            sql.push("r.unit_id = '' OR ");
        }
        sql.push("EXISTS (SELECT 1 FROM unit_closure uc JOIN role_grant rg ON rg.org = uc.org AND rg.unit_id = uc.ancestor WHERE uc.org = ");
        sql.bind(ORG).push(" AND uc.descendant = r.unit_id AND rg.account_id = ").bind(account);
        sql.push(" AND rg.role >= ").bind(*role as i64);
        if !unit.is_empty() {
            sql.push(" AND EXISTS (SELECT 1 FROM unit_closure ul WHERE ul.org = uc.org AND ul.descendant = uc.descendant AND ul.ancestor = ");
            sql.bind(unit).push(")");
        }
        sql.push("))))");
    }
}

impl Scope {
    fn and_system(&self, sql: &mut Sql, column: &'static str) {
        match self {
            Self::Organisation => {}
            Self::System(system) => {
                sql.push(" AND ").push(column).push(" = ").bind(system);
            }
            Self::Unit(unit) => {
                sql.push(" AND EXISTS (SELECT 1 FROM system_unit su JOIN unit_closure uc ON uc.org = su.org AND uc.descendant = su.unit_id WHERE su.org = ");
                sql.bind(ORG).push(" AND su.system_id = ").push(column);
                sql.push(" AND uc.ancestor = ").bind(unit).push(")");
            }
        }
    }

    /// Records of the part, and those of the organisation that belong to no unit.
    fn and_record(&self, sql: &mut Sql) {
        match self {
            Self::Organisation => {}
            Self::System(system) => {
                sql.push(" AND (r.system_id = '' OR r.system_id = ").bind(system).push(")");
            }
            Self::Unit(unit) => {
                sql.push(" AND ((r.system_id <> ''");
                self.and_system(sql, "r.system_id");
                sql.push(") OR (r.system_id = '' AND (r.unit_id = '' OR EXISTS (SELECT 1 FROM unit_closure uc WHERE uc.org = ");
                sql.bind(ORG).push(" AND uc.descendant = r.unit_id AND uc.ancestor = ").bind(unit);
                sql.push("))))");
            }
        }
    }
}
