//! Postures that wait: while a past is played through, a day's many writes are followed by one posture per system.

use crate::{Service, ServiceError};
use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The systems (the empty id is the programme) whose postures wait to be computed; `None` while nothing waits and
/// every write is followed at once.
#[derive(Debug, Default)]
pub(crate) struct Postponed(Mutex<Option<BTreeSet<String>>>);

impl Postponed {
    fn held(&self) -> MutexGuard<'_, Option<BTreeSet<String>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this system's posture is left for later; it is remembered when it is.
    pub(crate) fn takes(&self, system: &str) -> bool {
        let mut held = self.held();
        if let Some(waiting) = held.as_mut() {
            waiting.insert(system.to_owned());
        }
        held.is_some()
    }
}

impl Service {
    /// From now on postures wait until [`Service::catch_up`].
    pub(crate) fn postpone_postures(&self) {
        self.postponed().held().get_or_insert_default();
    }

    /// Computes what waits, as of the clock's instant; writes are followed at once again.
    pub(crate) async fn catch_up(&self) -> Result<(), ServiceError> {
        let waiting = self.postponed().held().take().unwrap_or_default();
        if waiting.is_empty() {
            return Ok(());
        }
        let mut write = self.store().begin().await?;
        for system in &waiting {
            self.renew(&mut write.tx, system).await?;
        }
        Ok(write.commit().await?)
    }
}
