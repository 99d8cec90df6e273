//! Accounts, roles, signing in and out.

use crate::permission::{Deed, least_role};
use crate::{Actor, Service, ServiceError};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use warrant_model::hash::ContentHash;
use warrant_model::scope::Role;
use warrant_model::time::micros;
use warrant_store::accounts::{self, AccountRow, EndSessions, GrantRow, SessionRow};
use warrant_store::changes::{self, RowHash};
use warrant_store::store::Write;

const MINUTE: i64 = 60_000_000;
/// A session ends when it was not used for this long.
const IDLE: i64 = 12 * 60 * MINUTE;
/// A session ends this long after it began, used or not.
const ABSOLUTE: i64 = 7 * 24 * 60 * MINUTE;
/// A one-time sign-in link works for this long.
const LINK: i64 = 30 * MINUTE;
/// After this many failures an e-mail address waits.
pub(crate) const FAILURES: i64 = 5;
/// How long it waits.
pub(crate) const WAIT: i64 = 5 * MINUTE;
/// The shortest password (SP 800-63B §3.1.1: single factor).
pub const SHORTEST_PASSWORD: usize = 15;

/// A session that has just begun. The token goes into the cookie and nowhere else.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// 256 random bits, hexadecimal.
    pub token: String,
    /// Who.
    pub actor: Actor,
}

/// Somebody's session.
#[derive(Clone, Debug)]
pub struct Session {
    /// Who.
    pub actor: Actor,
    /// What every form must carry.
    pub csrf: String,
}

/// An account with its roles, as administrators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountView {
    /// The account.
    pub account: AccountRow,
    /// Its roles.
    pub grants: Vec<GrantRow>,
}

pub(crate) fn token() -> String {
    hex::encode(rand::random::<[u8; 32]>())
}

pub(crate) fn token_hash(token: &str) -> String {
    ContentHash::of(token.as_bytes()).0
}

/// Compared against when there is no such account, so that the answer takes as long.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$KvKqx2uOFyP1lxJyt5hBPm4CGz2yXNDqlaq8Ut1ZsZk";

impl Service {
    /// Makes an account with a role for the whole organisation or a unit.
    pub async fn create_account(
        &self,
        actor: &Actor,
        email: &str,
        name: &str,
        password: Option<&str>,
        (role, unit): (Role, &str),
    ) -> Result<AccountRow, ServiceError> {
        self.require_administrator(actor)?;
        let email = email.trim().to_lowercase();
        if !email.contains('@') || email.len() > 254 {
            return Err(ServiceError::field("email", format!("`{email}` is no e-mail address")));
        }
        self.check_unit(unit).await?;
        let password_hash = password.map(|password| self.hash_password(password)).transpose()?;
        let mut write = self.store().begin().await?;
        if accounts::by_email(&mut write.tx, &email).await?.is_some() {
            return Err(ServiceError::field("email", format!("{email} has an account already")));
        }
        let account = AccountRow {
            id: format!("account_{}", uuid::Uuid::now_v7().simple()),
            email,
            name: name.trim().to_owned(),
            password_hash,
            disabled: false,
            created_at: micros(self.now()),
            version: 1,
        };
        let row = accounts::put(&mut write.tx, &account).await?;
        let grant = GrantRow { account: account.id.clone(), unit: unit.to_owned(), role };
        let granted = accounts::grant(&mut write.tx, &grant).await?;
        self.log_change(&mut write, actor, "create-account", &account.email, vec![row, granted]).await?;
        write.commit().await?;
        self.wrote();
        Ok(account)
    }

    /// Gives a role in a unit (`""`: the whole organisation), or takes it away (`None`).
    pub async fn set_role(
        &self,
        actor: &Actor,
        email: &str,
        unit: &str,
        role: Option<Role>,
    ) -> Result<(), ServiceError> {
        self.require_administrator(actor)?;
        self.check_unit(unit).await?;
        let account = self.account_by_email(email).await?;
        if account.id == actor.account && unit.is_empty() && role != Some(Role::Officer) {
            let message = "an officer cannot take away their own role; ask another officer";
            return Err(ServiceError::Refused(message.to_owned()));
        }
        let mut write = self.store().begin().await?;
        let row = match role {
            Some(role) => {
                let grant = GrantRow { account: account.id.clone(), unit: unit.to_owned(), role };
                accounts::grant(&mut write.tx, &grant).await?
            }
            None => accounts::revoke(&mut write.tx, &account.id, unit).await?,
        };
        let action = if role.is_some() { "grant" } else { "revoke" };
        self.log_change(&mut write, actor, action, &account.email, vec![row]).await?;
        write.commit().await?;
        self.wrote();
        Ok(())
    }

    /// Sets a password and ends every session of the account.
    pub async fn set_password(&self, actor: &Actor, email: &str, password: &str) -> Result<(), ServiceError> {
        let mut account = self.account_by_email(email).await?;
        if account.id != actor.account {
            self.require_administrator(actor)?;
        }
        account.password_hash = Some(self.hash_password(password)?);
        self.put_account(actor, "set-password", account).await
    }

    /// Refuses or allows signing in; refusing ends every session and every token of the account.
    pub async fn set_disabled(
        &self,
        actor: &Actor,
        email: &str,
        disabled: Enabled,
    ) -> Result<(), ServiceError> {
        self.require_administrator(actor)?;
        let mut account = self.account_by_email(email).await?;
        if account.id == actor.account {
            return Err(ServiceError::Refused("nobody can disable their own account".to_owned()));
        }
        account.disabled = disabled == Enabled::No;
        let action = if account.disabled { "disable-account" } else { "enable-account" };
        self.put_account(actor, action, account).await
    }

    async fn put_account(
        &self,
        actor: &Actor,
        action: &str,
        mut account: AccountRow,
    ) -> Result<(), ServiceError> {
        account.version += 1;
        let mut write = self.store().begin().await?;
        let mut rows = vec![accounts::put(&mut write.tx, &account).await?];
        accounts::end_sessions(&mut write.tx, EndSessions::Account(&account.id)).await?;
        if account.disabled {
            rows.extend(self.end_tokens_of(&mut write.tx, actor, &account).await?);
        }
        self.log_change(&mut write, actor, action, &account.email, rows).await?;
        write.commit().await?;
        self.wrote();
        Ok(())
    }

    pub(crate) async fn log_change(
        &self,
        write: &mut Write<'_>,
        actor: &Actor,
        action: &str,
        subject: &str,
        rows: Vec<RowHash>,
    ) -> Result<(), ServiceError> {
        let index = changes::next_index(&mut write.tx).await?;
        let entry = self.act(actor, action).entry(subject, rows);
        Ok(changes::record(&mut write.tx, index, &entry).await?)
    }

    /// All accounts with their roles.
    pub async fn list_accounts(&self, actor: &Actor) -> Result<Vec<AccountView>, ServiceError> {
        self.require_administrator(actor)?;
        let mut db = self.store().db();
        let grants = accounts::grants(&mut db, None).await?;
        let view = |account: AccountRow| {
            let own = grants.iter().filter(|grant| grant.account == account.id).cloned();
            AccountView { grants: own.collect(), account }
        };
        Ok(accounts::all(&mut db).await?.into_iter().map(view).collect())
    }

    /// Makes a link's token that signs its account in once within half an hour.
    pub async fn one_time_link(&self, actor: &Actor, email: &str) -> Result<String, ServiceError> {
        self.require_administrator(actor)?;
        let account = self.account_by_email(email).await?;
        let token = token();
        let mut write = self.store().begin().await?;
        let expires = micros(self.now()) + LINK;
        accounts::put_link(&mut write.tx, &token_hash(&token), &account.id, expires).await?;
        self.log_change(&mut write, actor, "one-time-link", &account.email, Vec::new()).await?;
        write.commit().await?;
        Ok(token)
    }

    /// Signs in with a one-time link's token and uses it up.
    pub async fn sign_in_with_link(&self, token: &str) -> Result<SignedIn, ServiceError> {
        let mut write = self.store().begin().await?;
        let used = accounts::use_link(&mut write.tx, &token_hash(token), micros(self.now())).await?;
        write.commit().await?;
        let stale =
            || ServiceError::SignIn("this link was used already or is too old; ask for a new one".to_owned());
        let account = accounts::by_id(&mut self.store().db(), &used.ok_or_else(stale)?).await?;
        self.begin_session(account.filter(|account| !account.disabled).ok_or_else(stale)?).await
    }

    /// Signs in with e-mail and password. After five failures the address waits five minutes, whoever tries
    /// and from wherever.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<SignedIn, ServiceError> {
        let email = email.trim().to_lowercase();
        let now = micros(self.now());
        let (failures, last) = accounts::failures(&mut self.store().db(), &email).await?;
        if failures >= FAILURES && now - last < WAIT {
            let message = "too many failed tries for this address; wait five minutes";
            return Err(ServiceError::SignIn(message.to_owned()));
        }
        let account = accounts::by_email(&mut self.store().db(), &email).await?;
        let account = account.filter(|account| !account.disabled);
        let hash = account.as_ref().and_then(|account| account.password_hash.clone());
        let matches = verify_password(password.to_owned(), hash).await;
        let mut write = self.store().begin().await?;
        let failures = if matches { 0 } else { failures + 1 };
        accounts::set_failures(&mut write.tx, &email, failures, now).await?;
        write.commit().await?;
        match account {
            Some(account) if matches => self.begin_session(account).await,
            _ => Err(ServiceError::SignIn("e-mail or password is wrong".to_owned())),
        }
    }

    async fn begin_session(&self, account: AccountRow) -> Result<SignedIn, ServiceError> {
        let (token, now) = (token(), micros(self.now()));
        let session = SessionRow {
            token_hash: token_hash(&token),
            account: account.id.clone(),
            csrf: self::token(),
            created_at: now,
            last_seen: now,
            expires_at: now + ABSOLUTE,
        };
        let mut write = self.store().begin().await?;
        accounts::put_session(&mut write.tx, &session).await?;
        write.commit().await?;
        Ok(SignedIn { token, actor: self.actor_of(account).await? })
    }

    /// The session of a cookie's token; `None` when there is none, it has ended, or the account is disabled.
    pub async fn session(&self, token: &str) -> Result<Option<Session>, ServiceError> {
        let (hash, now) = (token_hash(token), micros(self.now()));
        let mut db = self.store().db();
        let Some(session) = accounts::session(&mut db, &hash).await? else { return Ok(None) };
        if session.expires_at <= now || now - session.last_seen > IDLE {
            return Ok(None);
        }
        let account = accounts::by_id(&mut db, &session.account).await?;
        let Some(account) = account.filter(|account| !account.disabled) else { return Ok(None) };
        if now - session.last_seen > 10 * MINUTE {
            let mut write = self.store().begin().await?;
            accounts::touch_session(&mut write.tx, &hash, now).await?;
            write.commit().await?;
        }
        Ok(Some(Session { actor: self.actor_of(account).await?, csrf: session.csrf }))
    }

    /// Ends the session of a token.
    pub async fn sign_out(&self, token: &str) -> Result<(), ServiceError> {
        let mut write = self.store().begin().await?;
        accounts::end_sessions(&mut write.tx, EndSessions::Token(&token_hash(token))).await?;
        Ok(write.commit().await?)
    }

    /// Ends every session of the actor's own account.
    pub async fn sign_out_everywhere(&self, actor: &Actor) -> Result<(), ServiceError> {
        let mut write = self.store().begin().await?;
        accounts::end_sessions(&mut write.tx, EndSessions::Account(&actor.account)).await?;
        Ok(write.commit().await?)
    }

    /// Sets the actor's own name.
    pub async fn set_own_name(&self, actor: &Actor, name: &str) -> Result<(), ServiceError> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 200 || name.chars().any(char::is_control) {
            return Err(ServiceError::field("name", "a name has 1 to 200 characters"));
        }
        let mut account = self.account_by_email(&actor.email).await?;
        account.name = name.to_owned();
        account.version += 1;
        let mut write = self.store().begin().await?;
        let row = accounts::put(&mut write.tx, &account).await?;
        self.log_change(&mut write, actor, "set-name", &account.email, vec![row]).await?;
        write.commit().await?;
        self.wrote();
        Ok(())
    }

    /// Sets the actor's own password; the present one, when there is one, must be given.
    pub async fn change_own_password(
        &self,
        actor: &Actor,
        present: &str,
        password: &str,
    ) -> Result<(), ServiceError> {
        let account = self.account_by_email(&actor.email).await?;
        if account.password_hash.is_some()
            && !verify_password(present.to_owned(), account.password_hash).await
        {
            return Err(ServiceError::field("present", "this is not the present password"));
        }
        self.set_password(actor, &actor.email, password).await
    }

    /// Whether the actor's own account has a password.
    pub async fn has_password(&self, actor: &Actor) -> Result<bool, ServiceError> {
        Ok(self.account_by_email(&actor.email).await?.password_hash.is_some())
    }

    /// The roles of the actor's own account.
    pub async fn own_grants(&self, actor: &Actor) -> Result<Vec<GrantRow>, ServiceError> {
        Ok(accounts::grants(&mut self.store().db(), Some(&actor.account)).await?)
    }

    /// The actor of an account's e-mail, for the command line's `--as`.
    pub async fn actor(&self, email: &str) -> Result<Actor, ServiceError> {
        let account = self.account_by_email(email).await?;
        self.actor_of(account).await
    }

    pub(crate) async fn actor_of(&self, account: AccountRow) -> Result<Actor, ServiceError> {
        let grants = accounts::grants(&mut self.store().db(), Some(&account.id)).await?;
        Ok(Actor {
            everywhere: grants.iter().filter(|grant| grant.unit.is_empty()).map(|grant| grant.role).max(),
            highest: grants.iter().map(|grant| grant.role).max(),
            account: account.id,
            email: account.email,
            name: account.name,
            within: warrant_store::Scope::Organisation,
            token: None,
        })
    }

    async fn account_by_email(&self, email: &str) -> Result<AccountRow, ServiceError> {
        let email = email.trim().to_lowercase();
        let account = accounts::by_email(&mut self.store().db(), &email).await?;
        account.ok_or(ServiceError::NotFound { what: "account", name: email })
    }

    async fn check_unit(&self, unit: &str) -> Result<(), ServiceError> {
        if unit.is_empty() || self.visible(&Actor::program(), unit).await?.kind == "unit" {
            return Ok(());
        }
        Err(ServiceError::field("unit", format!("`{unit}` is no unit")))
    }

    /// Refuses whoever may not administer the organisation.
    pub fn may_administer(&self, actor: &Actor) -> Result<(), ServiceError> {
        self.require_administrator(actor)
    }

    fn require_administrator(&self, actor: &Actor) -> Result<(), ServiceError> {
        let role = least_role(Deed::Administer);
        if actor.everywhere >= Some(role) { Ok(()) } else { Err(crate::permission::denied(actor, role)) }
    }

    fn hash_password(&self, password: &str) -> Result<String, ServiceError> {
        if password.chars().count() < SHORTEST_PASSWORD {
            let message =
                format!("a password has at least {SHORTEST_PASSWORD} characters; a sentence is easy to keep");
            return Err(ServiceError::field("password", message));
        }
        if password.len() > 1_024 {
            return Err(ServiceError::field("password", "a password has at most 1,024 bytes"));
        }
        let hash = Argon2::default().hash_password(password.as_bytes());
        hash.map(|hash| hash.to_string()).map_err(|error| ServiceError::Refused(format!("password: {error}")))
    }
}

/// Whether somebody may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enabled {
    /// They may.
    Yes,
    /// They may not.
    No,
}

/// Takes the same time whether or not there is a password.
async fn verify_password(password: String, hash: Option<String>) -> bool {
    let known = hash.is_some();
    let work = tokio::task::spawn_blocking(move || {
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let parsed = PasswordHash::new(&hash);
        parsed.is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    });
    work.await.unwrap_or(false) && known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_nobody_has_can_be_parsed() {
        assert!(PasswordHash::new(NOBODY).is_ok());
    }

    #[test]
    fn tokens_are_256_random_bits() {
        assert_eq!(token().len(), 64);
        assert_ne!(token(), token());
    }
}
