//! What an account set for itself.

use crate::{Actor, Service, ServiceError};
use warrant_store::settings;

/// The longest value, in bytes.
const LONGEST: usize = 4_000;

impl Service {
    /// What the actor set under a name.
    pub async fn setting(&self, actor: &Actor, name: &str) -> Result<Option<String>, ServiceError> {
        Ok(settings::of_account(&mut self.store().db(), &actor.account, name).await?)
    }

    /// Sets it for the actor alone; empty takes it away.
    pub async fn set_setting(&self, actor: &Actor, name: &str, value: &str) -> Result<(), ServiceError> {
        if name.len() + value.len() > LONGEST {
            return Err(ServiceError::field(name, format!("a setting has at most {LONGEST} bytes")));
        }
        let mut write = self.store().begin().await?;
        settings::set_of_account(&mut write.tx, &actor.account, name, value).await?;
        Ok(write.commit().await?)
    }
}
