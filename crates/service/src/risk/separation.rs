//! Who may approve a decision on a risk: neither the system's owner nor whoever asked, and each only in their own name.
//! What was approved is not changed afterwards; it is asked for anew.

use crate::{Actor, ServiceError};
use serde_json::Value;
use warrant_model::registry::KindEntry;
use warrant_store::Tx;
use warrant_store::records::{self, RecordRow};

/// What an approved decision says: none of it changes while it stays approved.
const APPROVED: [&str; 8] =
    ["scenario", "treatment", "reason", "actions", "carried_by", "up_to", "approver", "expires"];

/// Refuses an approval by somebody who may not give it. The program itself (the command line beside the store) brings in
/// decisions as they stand; even so the owner's own approval is none.
pub(crate) async fn separate(
    tx: &mut Tx,
    actor: &Actor,
    kind: &KindEntry,
    current: Option<&RecordRow>,
    body: &Value,
) -> Result<(), ServiceError> {
    if kind.spec.name != "risk_treatment" || body["state"] != "approved" {
        return Ok(());
    }
    if let Some(row) = current.filter(|row| row.state == "approved") {
        let changed = APPROVED.iter().find(|field| row.body[**field] != body[**field]);
        return changed.map_or(Ok(()), |field| {
            Err(ServiceError::field(*field, "it is approved as it stands; `Ask anew` opens it for changes"))
        });
    }
    let everything = warrant_store::Sight::Everything;
    let approver = body["approver"].as_str().unwrap_or_default();
    let system = records::get(tx, body["system"].as_str().unwrap_or_default(), &everything).await?;
    if system.is_some_and(|row| row.body["owner"] == body["approver"] && !approver.is_empty()) {
        let said = "the owner of the system does not approve risks to it; name somebody else";
        return Err(ServiceError::field("approver", said));
    }
    if actor.account.is_empty() {
        return Ok(());
    }
    let person = records::get(tx, approver, &everything).await?;
    let email = person.as_ref().and_then(|row| row.body["email"].as_str()).unwrap_or_default();
    if !email.eq_ignore_ascii_case(&actor.email) {
        let said = format!("approve in your own name: {} is not {email}", actor.email);
        return Err(ServiceError::field("approver", said));
    }
    let Some(row) = current else {
        return Err(ServiceError::field("state", "start as `requested`; somebody else approves it"));
    };
    let mut versions = records::versions(tx, &row.id).await?;
    versions.sort_by_key(|version| std::cmp::Reverse(version.version));
    let asked = versions.iter().take_while(|version| version.body["state"] == "requested");
    if asked.into_iter().any(|version| version.actor.eq_ignore_ascii_case(&actor.email)) {
        let said = "whoever asked for a decision does not approve it; somebody else has to";
        return Err(ServiceError::field("approver", said));
    }
    Ok(())
}
