//! What of the findings is asked for, as the address says it, and the chips that say it.

use super::super::frame::Frame;
use crate::list::ListAddress;
use crate::look::badge;
use crate::look::table::{Chip, Chosen, Facet};
use crate::pages::findings::{self, Aside};
use crate::words::say;
use warrant_catalog::index::normalize_control_id;
use warrant_model::finding::FindingState;
use warrant_model::level::Severity;
use warrant_model::priority::Decision;
use warrant_service::findings::FindingCount;
use warrant_service::query::{FindingOrder, FindingQuery};

/// How many findings of each state, severity, tool and decision there are.
pub(super) type Breakdown = Vec<FindingCount>;

/// The query of an address. Without a word for the state, open findings are meant.
pub(super) fn query(frame: &Frame, address: &ListAddress) -> FindingQuery {
    let (order, descending) = match address.sorted() {
        ("title", down) => (FindingOrder::Title, down),
        ("target", down) => (FindingOrder::Target, down),
        ("first", down) => (FindingOrder::FirstSeen, down),
        ("last", down) => (FindingOrder::LastSeen, down),
        ("severity", down) => (FindingOrder::Severity, down),
        ("priority", down) => (FindingOrder::Decision, down),
        _ => (FindingOrder::Severity, true),
    };
    let control = address.some("control");
    FindingQuery {
        text: address.get("q").to_lowercase(),
        system: Some(frame.id.clone()),
        state: match address.get("state") {
            "" => Some(FindingState::Open),
            word => FindingState::from_word(word),
        },
        severity: Severity::DESCENDING
            .into_iter()
            .find(|severity| severity.word() == address.get("severity")),
        decision: Decision::from_word(address.get("priority")),
        target: address.some("target"),
        tool: address.some("tool"),
        control: control
            .map(|text| normalize_control_id(&text).unwrap_or_else(|| text.trim().to_lowercase())),
        order,
        descending,
        limit: address.rows(),
        offset: address.offset(),
    }
}

/// Chips of states and severities, each counted with the other filters kept.
pub(super) fn facets(address: &ListAddress, query: &FindingQuery, breakdown: &Breakdown) -> Vec<Facet> {
    let sum = |aside, fits: &dyn Fn(&FindingCount) -> bool| -> u64 {
        let fitting =
            breakdown.iter().filter(|counted| fits(counted) && findings::fits(query, counted, aside));
        fitting.map(|counted| counted.count.unsigned_abs()).sum()
    };
    let states = FindingState::LISTED.into_iter().filter_map(|state| {
        let count = sum(Aside::State, &|counted| counted.state == state);
        let chosen = query.state == Some(state);
        let wanted = match (chosen, state) {
            (true, _) => "all",
            (false, FindingState::Open) => "",
            (false, state) => state.word(),
        };
        let chip = Chip {
            title: findings::word(state),
            shape: None,
            count,
            href: address.with("state", wanted),
            chosen: if chosen { Chosen::Yes } else { Chosen::No },
        };
        (count > 0 || chosen).then_some(chip)
    });
    let severities = Severity::DESCENDING.into_iter().filter_map(|severity| {
        let count = sum(Aside::Severity, &|counted| counted.severity == severity);
        let (chosen, href) = address.toggle("severity", severity.word());
        let (title, shape) = (badge::severity_word(severity), Some(badge::severity_shape(severity)));
        (count > 0 || chosen == Chosen::Yes).then_some(Chip { title, shape, count, href, chosen })
    });
    vec![
        Facet { title: say("column-state"), chips: states.collect() },
        Facet { title: say("column-severity"), chips: severities.collect() },
        findings::decisions(address, query, breakdown),
    ]
}
