//! What the pages of risk say in the same words.

use crate::list::encoded;
use crate::look::figure::{percent, short_money};
use maud::{Markup, html};
use warrant_service::risk::{Moved, Report, RiskView};

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

/// A control as a link.
pub(super) fn control(id: &str) -> Markup {
    html! { a href=(format!("/controls/{}", encoded(id))) { (id.to_uppercase()) } }
}

/// Whether a control's move shows in whole percents, as it is told.
pub(super) fn tells(moved: &Moved) -> bool {
    percent(moved.now.performance()) != percent(moved.before.performance())
}

/// Why a control performs otherwise than it did, in words.
pub(super) fn why_text(moved: &Moved) -> String {
    let (before, now) = (&moved.before, &moved.now);
    let mut said =
        format!("performs {} instead of {}", percent(now.performance()), percent(before.performance()));
    if before.open != now.open {
        said.push_str(&format!("; open findings on it: {} then, {} now", before.open, now.open));
    }
    if (before.in_place - now.in_place).abs() > 0.001 {
        said.push_str(&format!(
            "; in place: {} then, {} now",
            percent(before.in_place),
            percent(now.in_place)
        ));
    }
    if (before.reliability() - now.reliability()).abs() > 0.001 {
        let (then, now) = (percent(before.reliability()), percent(now.reliability()));
        said.push_str(&format!("; works {then} of the time then, {now} now"));
    }
    said
}

/// What moved a control most: its share that changed by the largest factor, before and now.
pub(super) fn driver(moved: &Moved) -> (&'static str, f64, f64) {
    let (before, now) = (&moved.before, &moved.now);
    let shares = [
        ("stops", before.efficacy, now.efficacy),
        ("in place", before.in_place, now.in_place),
        ("left by findings", before.left, now.left),
        ("works", before.reliability(), now.reliability()),
    ];
    let factor = |share: &(&str, f64, f64)| ((share.2 + 1e-9) / (share.1 + 1e-9)).ln().abs();
    shares.into_iter().max_by(|a, b| factor(a).total_cmp(&factor(b))).unwrap_or(("", 0.0, 0.0))
}
