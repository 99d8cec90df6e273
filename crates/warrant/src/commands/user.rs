//! `warrant user`: accounts and roles.

use crate::cli::{User, UserAction};
use crate::output::{print, print_json, print_table, say};
use anyhow::Context;
use warrant_model::scope::Role;
use warrant_service::accounts::Enabled;
use warrant_service::{Actor, Service};

/// Runs an account command.
pub(crate) async fn run(service: &Service, actor: &Actor, args: &User, json: bool) -> anyhow::Result<()> {
    match &args.action {
        UserAction::List => {
            let accounts = service.list_accounts(actor).await?;
            let units = service.choices(&Actor::program(), "unit", None).await?;
            let unit = |id: &str| match id {
                "" => "everywhere".to_owned(),
                id => {
                    units.iter().find(|(unit, _)| unit == id).map_or(id.to_owned(), |(_, name)| name.clone())
                }
            };
            let rows: Vec<_> = accounts
                .iter()
                .map(|view| {
                    let roles = view
                        .grants
                        .iter()
                        .map(|grant| format!("{} {}", grant.role.word(), unit(&grant.unit)));
                    let state = if view.account.disabled { "disabled" } else { "enabled" };
                    let roles = roles.collect::<Vec<_>>().join(", ");
                    vec![view.account.email.clone(), view.account.name.clone(), state.to_owned(), roles]
                })
                .collect();
            if json {
                return print_json(&rows);
            }
            print_table(&["email", "name", "state", "roles"], &rows);
            Ok(())
        }
        UserAction::Add { email, name, role, unit } => {
            let unit = unit_id(service, unit).await?;
            service.create_account(actor, email, name, None, (role_of(role)?, &unit)).await?;
            link(service, actor, email).await
        }
        UserAction::Role { email, role, unit } => {
            let unit = unit_id(service, unit).await?;
            let role = if role == "none" { None } else { Some(role_of(role)?) };
            Ok(service.set_role(actor, email, &unit, role).await?)
        }
        UserAction::Link { email } => link(service, actor, email).await,
        UserAction::Password { email } => {
            say("Password (ends with Enter):");
            let mut password = String::new();
            std::io::stdin().read_line(&mut password)?;
            Ok(service.set_password(actor, email, password.trim_end_matches(['\r', '\n'])).await?)
        }
        UserAction::Disable { email } => Ok(service.set_disabled(actor, email, Enabled::No).await?),
        UserAction::Enable { email } => Ok(service.set_disabled(actor, email, Enabled::Yes).await?),
    }
}

pub(super) fn role_of(word: &str) -> anyhow::Result<Role> {
    Role::from_word(word).with_context(|| format!("`{word}` is no role; use reader, engineer or officer"))
}

pub(super) async fn unit_id(service: &Service, name: &str) -> anyhow::Result<String> {
    if name.is_empty() {
        return Ok(String::new());
    }
    let units = service.choices(&Actor::program(), "unit", None).await?;
    let found = units.into_iter().find(|(id, title)| id == name || title == name);
    Ok(found.with_context(|| format!("there is no unit `{name}`"))?.0)
}

async fn link(service: &Service, actor: &Actor, email: &str) -> anyhow::Result<()> {
    let token = service.one_time_link(actor, email).await?;
    say("Works once, within 30 minutes, where `warrant serve` listens:");
    print(&format!("http://127.0.0.1:8080/sign-in/{token}"));
    Ok(())
}
