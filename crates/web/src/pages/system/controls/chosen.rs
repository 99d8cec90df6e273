//! What of the grid is asked for, as the address says it.

use super::super::frame::Frame;
use super::super::shown::{control_label, control_title};
use super::{Way, ways};
use crate::list::ListAddress;
use crate::look::Link;
use crate::look::table::{self, Chip, Facet};
use crate::words::say;
use warrant_model::posture::{ControlStatus, Status};

/// Rows are controls or their statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    Controls,
    Statements,
}

/// Filters and order.
pub(super) struct Chosen {
    pub(super) view: View,
    pub(super) family: String,
    status: String,
    words: Vec<String>,
    order: (String, bool),
}

/// Words of statuses with what people read, in the order of the chips.
const STATUSES: [(&str, &str); 5] = [
    ("satisfied", "status-satisfied"),
    ("other-than-satisfied", "status-other-than-satisfied"),
    ("stale", "status-stale"),
    ("not-assessed", "status-not-assessed"),
    ("not-applicable", "status-not-applicable"),
];

impl Chosen {
    pub(super) fn read(address: &ListAddress) -> Self {
        let (column, descending) = address.sorted();
        Self {
            view: if address.get("view") == "statements" { View::Statements } else { View::Controls },
            family: address.get("family").to_lowercase(),
            status: address.get("status").to_owned(),
            words: address.get("q").split_whitespace().map(str::to_lowercase).collect(),
            order: (column.to_owned(), descending),
        }
    }

    /// Whether a control is shown. Statements are filtered by status one by one.
    pub(super) fn fits(&self, control: &ControlStatus) -> bool {
        let status = self.view == View::Statements || self.has_status(&control.status);
        status && self.in_family(control) && self.says(control)
    }

    /// Whether a status is among those asked for.
    pub(super) fn has_status(&self, status: &Status) -> bool {
        self.status.is_empty() || status.word() == self.status
    }

    /// Whether the words occur in the control's id, label or title.
    pub(super) fn says(&self, control: &ControlStatus) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let text = format!(
            "{} {} {}",
            control.control,
            control_label(&control.control),
            control_title(&control.control)
        );
        let text = text.to_lowercase();
        self.words.iter().all(|word| text.contains(word))
    }

    fn in_family(&self, control: &ControlStatus) -> bool {
        self.family.is_empty() || family_of(&control.control) == self.family
    }

    /// In the order asked for; catalogue order without a wish.
    pub(super) fn sorted<'a>(&self, mut rows: Vec<&'a ControlStatus>) -> Vec<&'a ControlStatus> {
        match self.order.0.as_str() {
            "evidence" => rows.sort_by_key(|control| control.evidence_at),
            "findings" => rows.sort_by_key(|control| control.open_findings),
            "status" => rows
                .sort_by_key(|control| STATUSES.iter().position(|(word, _)| *word == control.status.word())),
            _ => {}
        }
        if self.order.1 {
            rows.reverse();
        }
        rows
    }

    /// How many controls (or statements) of each status the other filters leave.
    pub(super) fn statuses(&self, all: &[ControlStatus], address: &ListAddress) -> Facet {
        let left: Vec<_> =
            all.iter().filter(|control| self.in_family(control) && self.says(control)).collect();
        let chip = |(word, title): (&str, &'static str)| {
            let count = match self.view {
                View::Controls => left.iter().filter(|control| control.status.word() == word).count(),
                View::Statements => left
                    .iter()
                    .flat_map(|c| &c.statements)
                    .filter(|statement| statement.status.word() == word)
                    .count(),
            };
            let (chosen, href) = address.toggle("status", word);
            Chip { title: say(title), shape: None, count: count as u64, href, chosen }
        };
        Facet { title: say("column-status"), chips: STATUSES.into_iter().map(chip).collect() }
    }

    /// The views; controls and statements keep the filters.
    pub(super) fn views(&self, frame: &Frame, address: &ListAddress) -> Vec<(Link, table::Chosen)> {
        let here = if self.view == View::Statements { Way::Statements } else { Way::Controls };
        let mut views = ways(frame, here);
        // These two are this list, whose filters they keep.
        for ((link, _), way) in views.iter_mut().zip(Way::ALL) {
            match way {
                Way::Controls => link.href = address.with("view", ""),
                Way::Statements => link.href = address.with("view", "statements"),
                _ => {}
            }
        }
        views
    }
}

/// `ac-2.1` → `ac`.
pub(super) fn family_of(control: &str) -> &str {
    control.split('-').next().unwrap_or_default()
}
