//! What the pages of risk say in the same words.

use crate::look::figure::short_money;
use maud::{Markup, html};
use warrant_model::kinds::Treatment;
use warrant_service::risk::{Report, RiskView};

/// What is done about a risk.
pub(super) fn treatment(treatment: Option<Treatment>) -> &'static str {
    match treatment {
        Some(Treatment::Mitigate) => "mitigate",
        Some(Treatment::Transfer) => "transfer",
        Some(Treatment::Avoid) => "avoid",
        Some(Treatment::Accept) => "accept",
        None => "not decided",
    }
}

/// What the second opinion says.
pub(super) fn second_opinion(report: &Report) -> Markup {
    let second = &report.second_opinion;
    html! {
        "An independent simulation of " (crate::look::figure::thousands(second.years as i64)) " years agrees: mean "
        (short_money(second.mean.estimate)) " " (report.currency) ", exact "
        (short_money(report.total.ale)) ". Brackets bound the calculation, not the estimates that go into it."
    }
}

/// Where the figures come from.
pub(super) fn provenance(view: &RiskView, report: &Report) -> Markup {
    html! {
        p.muted {
            (second_opinion(report)) " Efficacy of controls: " (view.priors) "; to be looked at again by "
            (view.priors_review_by) "."
        }
    }
}
