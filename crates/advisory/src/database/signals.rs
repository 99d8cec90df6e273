//! What the database signals about vulnerabilities, apart from which versions they affect.

use super::Database;
use crate::advisory::{Exploited, Ssvc};
use warrant_model::priority::{Exploitation, Listed, Signal, Signals};

impl Database {
    /// Signals under every id of a vulnerability. Predictions below `least` are left out.
    pub fn signals(&self, least: f32) -> Signals {
        let mut signals = Signals { lists_exploited: !self.exploited.is_empty(), ..Signals::default() };
        let told = self.exploited.keys().chain(self.ssvc.keys()).chain(self.predictions.keys());
        for id in told {
            let ids = self.group(id).map_or(std::slice::from_ref(id), |group| group.ids.as_slice());
            let signal = ids.iter().map(|id| self.signal(id, least)).fold(Signal::default(), Signal::and);
            if signal != Signal::default() {
                signals.by_id.extend(ids.iter().map(|id| (id.as_str().into(), signal)));
            }
        }
        signals
    }

    /// What is said under one id.
    fn signal(&self, id: &str, least: f32) -> Signal {
        let ssvc = self.ssvc.get(id);
        let probability = self.predictions.get(id).map(|prediction| prediction.probability);
        Signal {
            listed: self.exploited.get(id).map(listed),
            exploitation: ssvc.and_then(exploitation),
            automatable: ssvc.and_then(automatable),
            probability: probability.filter(|probability| *probability >= least),
        }
    }
}

fn listed(entry: &Exploited) -> Listed {
    Listed {
        due: entry.due.trim().parse().ok(),
        since: entry.added.trim().parse().ok(),
        ransomware: entry.ransomware,
    }
}

/// Coordinators write `poc` or `public poc`, in letters of any case.
fn exploitation(ssvc: &Ssvc) -> Option<Exploitation> {
    match ssvc.exploitation.trim().to_ascii_lowercase().as_str() {
        "none" => Some(Exploitation::None),
        "poc" | "public poc" => Some(Exploitation::Poc),
        "active" => Some(Exploitation::Active),
        _ => None,
    }
}

fn automatable(ssvc: &Ssvc) -> Option<bool> {
    match ssvc.automatable.trim().to_ascii_lowercase().as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advisory::{Advisory, Prediction};
    use crate::feed::Feed;

    #[test]
    fn what_is_said_of_one_id_is_signalled_under_all() {
        let mut feed = Feed::default();
        feed.advisories.push(Advisory {
            id: "GHSA-1".into(),
            aliases: vec!["CVE-2026-1".into()],
            ..Advisory::default()
        });
        feed.exploited.push(Exploited {
            cve: "CVE-2026-1".into(),
            added: "2026-11-01".into(),
            due: "2026-11-22".into(),
            ransomware: false,
        });
        feed.ssvc.push(Ssvc {
            cve: "CVE-2026-2".into(),
            exploitation: "Public PoC".into(),
            automatable: "YES".into(),
            ..Ssvc::default()
        });
        for (cve, probability) in [("CVE-2026-2", 0.4), ("CVE-2026-3", 0.001)] {
            feed.predictions.push(Prediction { cve: cve.into(), probability, percentile: 0.5 });
        }
        let signals = Database::new(feed).signals(0.01);
        assert!(signals.lists_exploited);
        let due = |id: &str| signals.of([id]).listed.and_then(|listed| listed.due).map(|due| due.to_string());
        assert_eq!(due("GHSA-1").as_deref(), Some("2026-11-22"));
        assert_eq!(due("CVE-2026-1"), due("GHSA-1"));
        let second = signals.of(["CVE-2026-2"]);
        assert_eq!((second.exploitation, second.automatable), (Some(Exploitation::Poc), Some(true)));
        assert_eq!(second.probability, Some(0.4));
        assert_eq!(signals.by_id.len(), 3, "a prediction that tells nothing is left out");
    }
}
