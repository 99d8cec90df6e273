//! Chips of the list: states, what is overdue, severities, each with its count.

use super::list::{Item, fits};
use crate::list::ListAddress;
use crate::look::badge;
use crate::look::table::{Chip, Chosen, Facet};
use crate::words::{kinds, say};
use jiff::civil::Date;
use warrant_model::level::Severity;
use warrant_model::registry::KindEntry;

/// The chips, each of which sets its filter or takes it away.
pub(super) fn facets(address: &ListAddress, kind: &KindEntry, all: &[Item], today: Date) -> Vec<Facet> {
    let now = address.some("state").unwrap_or_else(|| "open".to_owned());
    let chip = |value: &str, title: &str, count: usize| {
        let chosen = now == value;
        let wanted = match (chosen, value) {
            (true, _) => "all",
            (false, "open") => "",
            (false, value) => value,
        };
        Chip {
            title: title.to_owned(),
            shape: None,
            count: count as u64,
            href: address.with("state", wanted),
            chosen: if chosen { Chosen::Yes } else { Chosen::No },
        }
    };
    let mut states = vec![
        chip("open", &say("poam-chip-open"), all.iter().filter(|item| item.is_open(kind)).count()),
        chip(
            "overdue",
            &say("poam-chip-overdue"),
            all.iter().filter(|item| item.is_overdue(kind, today)).count(),
        ),
    ];
    for state in kind.spec.workflow.map_or(&[][..], |workflow| workflow.states) {
        let count = all.iter().filter(|item| item.row.state == state.name).count();
        states.extend(
            (count > 0 || now == state.name)
                .then(|| chip(state.name, &kinds::stage("poam_item", state), count)),
        );
    }
    let severities = Severity::DESCENDING.into_iter().filter_map(|severity| {
        let of = |item: &&Item| item.body.severity == Some(severity) && fits(item, kind, address, today);
        let count = all.iter().filter(of).count() as u64;
        let (chosen, href) = address.toggle("severity", severity.word());
        let (title, shape) = (badge::severity_word(severity), Some(badge::severity_shape(severity)));
        (count > 0 || chosen == Chosen::Yes).then_some(Chip { title, shape, count, href, chosen })
    });
    vec![
        Facet { title: say("column-state"), chips: states },
        Facet { title: say("column-severity"), chips: severities.collect() },
    ]
}
