//! Tokens of programs: made by whoever they act for, shown once, kept as a hash, ended by their owner or an officer.

use crate::accounts::{FAILURES, WAIT, token, token_hash};
use crate::actor::Through;
use crate::{Actor, Service, ServiceError};
use jiff::civil::Date;
use std::collections::BTreeMap;
use warrant_model::kind::FieldProblem;
use warrant_model::scope::Role;
use warrant_model::time::{day, end_of, from_micros, micros, plus_days};
use warrant_store::Tx;
use warrant_store::accounts::{self, AccountRow};
use warrant_store::changes::RowHash;
use warrant_store::tokens::{self, TokenRow};

/// Days a token lasts when nobody says otherwise.
pub const USUAL_DAYS: i64 = 90;
/// Days a token lasts at most.
pub const MOST_DAYS: i64 = 365;
/// Tokens an account has at most at a time.
const MOST_TOKENS: usize = 100;
/// The longest name, in characters.
const LONGEST_NAME: usize = 80;
/// A use is noted when the last one noted is this old.
const NOTED: i64 = 60 * 60_000_000;
/// What every token begins with, so that people and scanners for secrets know one when they see it.
const PREFIX: &str = "warrant_";

/// What a token to be made shall be like.
#[derive(Clone, Debug, Default)]
pub struct NewToken {
    /// What the owner calls it.
    pub name: String,
    /// The most it may do; `None`: as much as the owner.
    pub role: Option<Role>,
    /// The unit beyond which it does nothing; empty: wherever the owner may.
    pub unit: String,
    /// The last day it works; `None`: 90 days from now.
    pub last_day: Option<Date>,
}

/// A token that was just made. The text is shown once and stored nowhere.
#[derive(Clone, Debug)]
pub struct MadeToken {
    /// What the program sends.
    pub text: String,
    /// The token.
    pub row: TokenRow,
}

/// Whether a token works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenState {
    /// It does.
    Works,
    /// Its last day is over.
    Expired,
    /// Somebody ended it.
    Ended,
}

impl TokenState {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Expired => "expired",
            Self::Ended => "ended",
        }
    }
}

/// A token as people see it.
#[derive(Clone, Debug)]
pub struct TokenView {
    /// The token.
    pub row: TokenRow,
    /// E-mail of its owner.
    pub owner: String,
    /// Whether it works.
    pub state: TokenState,
    /// The last day it works.
    pub last_day: Date,
}

/// Whose tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tokens {
    /// The asker's own.
    Own,
    /// Everybody's.
    All,
}

impl Service {
    /// Makes a token that acts for the actor. The program itself names the owner; nobody else makes one for another.
    pub async fn make_token(
        &self,
        actor: &Actor,
        owner: &str,
        wanted: &NewToken,
    ) -> Result<MadeToken, ServiceError> {
        refuse_programs(actor)?;
        let owner = self.actor(owner).await?;
        if !actor.account.is_empty() && actor.account != owner.account {
            let message = format!("a token acts for whoever makes it; {} makes their own", owner.email);
            return Err(ServiceError::Denied(message));
        }
        let (name, ends_at) = self.checked(&owner, wanted).await?;
        let mut write = self.store().begin().await?;
        let live = tokens::list(&mut write.tx, Some(&owner.account)).await?;
        let live: Vec<_> = live.iter().filter(|row| self.state_of(row) == TokenState::Works).collect();
        if live.iter().any(|row| row.name == name) {
            let message = format!("there is a token `{name}` already; end it first or choose another name");
            return Err(ServiceError::field("name", message));
        }
        if live.len() >= MOST_TOKENS {
            let message = format!("an account has at most {MOST_TOKENS} tokens; end those that are not used");
            return Err(ServiceError::field("name", message));
        }
        let (id, secret) = (hex::encode(rand::random::<[u8; 6]>()), token());
        let row = TokenRow {
            id,
            account: owner.account.clone(),
            name,
            secret_hash: token_hash(&secret),
            role: wanted.role,
            unit: wanted.unit.clone(),
            made_at: micros(self.now()),
            ends_at,
            ended_at: None,
            ended_by: String::new(),
            last_used: None,
        };
        if tokens::by_id(&mut write.tx, &row.id).await?.is_some() {
            return Err(ServiceError::Refused("a token of that number exists; try again".to_owned()));
        }
        let hash = tokens::put(&mut write.tx, &row).await?;
        self.log_change(&mut write, actor, "make-token", &subject(&owner.email, &row), vec![hash]).await?;
        write.commit().await?;
        self.wrote();
        Ok(MadeToken { text: format!("{PREFIX}{}_{secret}", row.id), row })
    }

    /// The name and the end of a token, or all that is wrong with what is wanted.
    async fn checked(&self, owner: &Actor, wanted: &NewToken) -> Result<(String, i64), ServiceError> {
        let mut problems = Vec::new();
        let name = wanted.name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            let message = format!("a name has 1 to {LONGEST_NAME} characters: say what the token is for");
            problems.push(FieldProblem::new("name", message));
        }
        let has = owner.highest;
        if let Some(role) = wanted.role.filter(|role| has < Some(*role)) {
            let has = has.map_or("no role".to_owned(), |role| format!("the role of {}", role.word()));
            let message = format!("{} has {has}; a token of theirs cannot be {}", owner.email, role.word());
            problems.push(FieldProblem::new("role", message));
        }
        if !wanted.unit.is_empty() {
            let unit = self.visible(owner, &wanted.unit).await;
            if !unit.is_ok_and(|row| row.kind == "unit") {
                let message = format!("{} sees no unit `{}`", owner.email, wanted.unit);
                problems.push(FieldProblem::new("unit", message));
            }
        }
        let today = day(self.now());
        let last = wanted.last_day.unwrap_or_else(|| day(plus_days(self.now(), USUAL_DAYS)));
        if last < today || last > day(plus_days(self.now(), MOST_DAYS)) {
            let message = format!("the last day lies between today and {MOST_DAYS} days from now");
            problems.push(FieldProblem::new("last_day", message));
        }
        if problems.is_empty() {
            return Ok((name.to_owned(), micros(end_of(last))));
        }
        Err(ServiceError::Invalid(problems))
    }

    /// Tokens, newest first: one's own, or everybody's for officers of the organisation.
    pub async fn list_tokens(&self, actor: &Actor, whose: Tokens) -> Result<Vec<TokenView>, ServiceError> {
        if whose == Tokens::All {
            self.may_administer(actor)?;
        }
        let mut db = self.store().db();
        let account = (whose == Tokens::Own).then_some(actor.account.as_str());
        let rows = tokens::list(&mut db, account).await?;
        let owners = accounts::all(&mut db).await?;
        let owners: BTreeMap<_, _> = owners.into_iter().map(|row| (row.id, row.email)).collect();
        let view = |row: TokenRow| TokenView {
            owner: owners.get(&row.account).cloned().unwrap_or_default(),
            state: self.state_of(&row),
            last_day: last_day(&row),
            row,
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// Ends a token: one's own, or anybody's for officers of the organisation. Ending one that has ended does nothing.
    pub async fn end_token(&self, actor: &Actor, id: &str) -> Result<TokenRow, ServiceError> {
        refuse_programs(actor)?;
        let mut write = self.store().begin().await?;
        let row = tokens::by_id(&mut write.tx, id).await?;
        let mine = |row: &TokenRow| row.account == actor.account || self.may_administer(actor).is_ok();
        let row = row.filter(mine);
        let mut row = row.ok_or_else(|| ServiceError::NotFound { what: "token", name: id.to_owned() })?;
        if row.ended_at.is_some() {
            return Ok(row);
        }
        row.ended_at = Some(micros(self.now()));
        row.ended_by.clone_from(&actor.email);
        let hash = tokens::put(&mut write.tx, &row).await?;
        let owner = accounts::by_id(&mut write.tx, &row.account).await?;
        let owner = owner.map(|owner| owner.email).unwrap_or_default();
        self.log_change(&mut write, actor, "end-token", &subject(&owner, &row), vec![hash]).await?;
        write.commit().await?;
        self.wrote();
        Ok(row)
    }

    /// Ends every token of an account that still works, as a part of another change.
    pub(crate) async fn end_tokens_of(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        account: &AccountRow,
    ) -> Result<Vec<RowHash>, ServiceError> {
        let mut hashes = Vec::new();
        for mut row in tokens::list(tx, Some(&account.id)).await? {
            if self.state_of(&row) == TokenState::Works {
                row.ended_at = Some(micros(self.now()));
                row.ended_by.clone_from(&actor.email);
                hashes.push(tokens::put(tx, &row).await?);
            }
        }
        Ok(hashes)
    }

    /// Who a program acts for, and how far. After five wrong secrets a token waits five minutes, like the address of
    /// somebody who signs in.
    pub async fn program_of(&self, text: &str) -> Result<Actor, ServiceError> {
        let unknown = || {
            let message = "this token is not known here; make one under Account, or `warrant token add`";
            ServiceError::SignIn(message.to_owned())
        };
        let (id, secret) =
            text.strip_prefix(PREFIX).and_then(|rest| rest.split_once('_')).ok_or_else(unknown)?;
        let mut db = self.store().db();
        let row = tokens::by_id(&mut db, id).await?.ok_or_else(unknown)?;
        let (now, tried) = (micros(self.now()), format!("token {id}"));
        let (failures, last) = accounts::failures(&mut db, &tried).await?;
        if failures >= FAILURES && now - last < WAIT {
            let message = "too many failed tries for this token; wait five minutes";
            return Err(ServiceError::SignIn(message.to_owned()));
        }
        let matches = token_hash(secret) == row.secret_hash;
        if !matches || failures > 0 {
            let mut write = self.store().begin().await?;
            let failures = if matches { 0 } else { failures + 1 };
            accounts::set_failures(&mut write.tx, &tried, failures, now).await?;
            write.commit().await?;
        }
        if !matches {
            return Err(unknown());
        }
        let ended = match self.state_of(&row) {
            TokenState::Works => None,
            TokenState::Expired => Some(format!("{} was the last day of this token", last_day(&row))),
            TokenState::Ended => Some(format!("{} ended this token", row.ended_by)),
        };
        if let Some(ended) = ended {
            return Err(ServiceError::SignIn(format!("{ended}; make another one")));
        }
        let owner = accounts::by_id(&mut db, &row.account).await?.filter(|owner| !owner.disabled);
        let owner = self.actor_of(owner.ok_or_else(unknown)?).await?;
        if row.last_used.is_none_or(|used| now - used >= NOTED) {
            let mut write = self.store().begin().await?;
            tokens::touch(&mut write.tx, &row.id, now).await?;
            write.commit().await?;
        }
        Ok(owner.through(Through { name: row.name, role: row.role, unit: row.unit }))
    }

    fn state_of(&self, row: &TokenRow) -> TokenState {
        match row.ended_at {
            Some(_) => TokenState::Ended,
            None if row.ends_at <= micros(self.now()) => TokenState::Expired,
            None => TokenState::Works,
        }
    }
}

/// The last day a token works.
fn last_day(row: &TokenRow) -> Date {
    day(from_micros(row.ends_at - 1))
}

/// What the ledger calls it.
fn subject(owner: &str, row: &TokenRow) -> String {
    format!("{owner}/{}", row.name)
}

/// A program makes and ends no tokens: whoever found one could otherwise outlast it.
fn refuse_programs(actor: &Actor) -> Result<(), ServiceError> {
    match &actor.token {
        None => Ok(()),
        Some(_) => Err(ServiceError::Denied("tokens are made and ended by people who sign in".to_owned())),
    }
}
