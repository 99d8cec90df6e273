//! `warrant token`: tokens through which programs use the REST API.

use super::user::{role_of, unit_id};
use crate::output::{print, print_json, print_table, say};
use anyhow::Context;
use clap::{Args, Subcommand};
use std::collections::BTreeMap;
use warrant_model::time::from_micros;
use warrant_service::tokens::{NewToken, TokenView, Tokens};
use warrant_service::{Actor, Service};

#[derive(Debug, Args)]
pub(crate) struct Token {
    #[command(subcommand)]
    pub(crate) action: TokenAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TokenAction {
    /// Make a token and print it, this once
    Add {
        /// What it is for
        name: String,
        /// E-mail of the account it acts for; the one of --as if not said
        #[arg(long, value_name = "EMAIL")]
        owner: Option<String>,
        /// The most it may do: reader, engineer or officer; as much as its owner if not said
        #[arg(long)]
        role: Option<String>,
        /// Only in this unit and below (name or id)
        #[arg(long, default_value = "")]
        unit: String,
        /// Its last day, at most a year from now; 90 days from now if not said
        #[arg(long, value_name = "DAY")]
        until: Option<String>,
    },
    /// List tokens: all of them, or with --as those of that account
    List,
    /// End a token
    Revoke {
        /// Its number, as `warrant token list` shows it
        id: String,
    },
}

/// Runs a token command.
pub(crate) async fn run(service: &Service, actor: &Actor, args: &Token, json: bool) -> anyhow::Result<()> {
    match &args.action {
        TokenAction::Add { name, owner, role, unit, until } => {
            let owner = owner.clone().or_else(|| (!actor.account.is_empty()).then(|| actor.email.clone()));
            let owner = owner.context("a token acts for somebody: name the account with --owner or --as")?;
            let day = |text: &String| {
                text.parse().map_err(|_| anyhow::anyhow!("`{text}` is no day; write 2026-10-23"))
            };
            let wanted = NewToken {
                name: name.clone(),
                role: role.as_deref().map(role_of).transpose()?,
                unit: unit_id(service, unit).await?,
                last_day: until.as_ref().map(day).transpose()?,
            };
            let made = service.make_token(actor, &owner, &wanted).await?;
            let number = &made.row.id;
            say(&format!("Shown this once; `warrant token revoke {number}` ends it:"));
            if json {
                return print_json(&serde_json::json!({ "id": number, "token": made.text }));
            }
            print(&made.text);
            Ok(())
        }
        TokenAction::List => list(service, actor, json).await,
        TokenAction::Revoke { id } => {
            let row = service.end_token(actor, id).await?;
            say(&format!("{} is ended", row.name));
            Ok(())
        }
    }
}

async fn list(service: &Service, actor: &Actor, json: bool) -> anyhow::Result<()> {
    let whose = if actor.account.is_empty() { Tokens::All } else { Tokens::Own };
    let tokens = service.list_tokens(actor, whose).await?;
    let units = service.choices(&Actor::program(), "unit", None).await?;
    let units: BTreeMap<_, _> = units.into_iter().collect();
    let used = |token: &TokenView| {
        token.row.last_used.map(|used| from_micros(used).strftime("%Y-%m-%d %H:%M").to_string())
    };
    let role = |token: &TokenView| token.row.role.map(|role| role.word());
    let unit = |token: &TokenView| units.get(&token.row.unit).unwrap_or(&token.row.unit).clone();
    if json {
        let object = |token: &TokenView| {
            serde_json::json!({
                "id": token.row.id,
                "name": token.row.name,
                "owner": token.owner,
                "role": role(token),
                "unit": unit(token),
                "state": token.state.word(),
                "last_day": token.last_day.to_string(),
                "last_used": token.row.last_used.map(|used| from_micros(used).to_string()),
            })
        };
        return print_json(&tokens.iter().map(object).collect::<Vec<_>>());
    }
    let row = |token: &TokenView| {
        vec![
            token.row.id.clone(),
            token.row.name.clone(),
            token.owner.clone(),
            role(token).unwrap_or("as its owner").to_owned(),
            unit(token),
            token.state.word().to_owned(),
            token.last_day.to_string(),
            used(token).unwrap_or_else(|| "never".to_owned()),
        ]
    };
    let header = ["number", "name", "owner", "role", "unit", "state", "last day", "last used"];
    print_table(&header, &tokens.iter().map(row).collect::<Vec<_>>());
    Ok(())
}
