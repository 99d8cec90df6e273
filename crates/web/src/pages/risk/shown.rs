//! What the pages of risk say in the same words.

use crate::list::encoded;
use crate::look::figure::{percent, short_money};
use crate::look::words::english;
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_service::risk::{Moved, Report, RiskView};

/// What the second opinion says.
pub(super) fn second_opinion(report: &Report) -> Markup {
    let second = &report.second_opinion;
    let said = Words::of("second-opinion")
        .with("years", second.years as i64)
        .with("mean", short_money(second.mean.estimate))
        .with("currency", &report.currency)
        .with("exact", short_money(report.total.ale));
    html! { (said) }
}

/// Where the figures come from.
pub(super) fn provenance(view: &RiskView, report: &Report) -> Markup {
    let said = Words::of("risk-provenance")
        .with("day", view.priors_review_by.to_string())
        .around("opinion", second_opinion(report))
        .around("priors", html! { (english(&view.priors)) });
    html! { p.muted { (said) } }
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
    let shares = |name, before: f64, now: f64| {
        Words::of(name).with("before", percent(before)).with("now", percent(now)).said()
    };
    let mut said = vec![shares("moved-performs", before.performance(), now.performance())];
    if before.open != now.open {
        said.push(Words::of("moved-open").with("before", before.open).with("now", now.open).said());
    }
    if (before.in_place - now.in_place).abs() > 0.001 {
        said.push(shares("moved-in-place", before.in_place, now.in_place));
    }
    if (before.reliability() - now.reliability()).abs() > 0.001 {
        said.push(shares("moved-works", before.reliability(), now.reliability()));
    }
    said.join(&say("semicolon"))
}

/// What moved a control most: its share that changed by the largest factor, before and now.
pub(super) fn driver(moved: &Moved) -> (String, f64, f64) {
    let (before, now) = (&moved.before, &moved.now);
    let shares = [
        ("driver-stops", before.efficacy, now.efficacy),
        ("driver-in-place", before.in_place, now.in_place),
        ("driver-left", before.left, now.left),
        ("driver-works", before.reliability(), now.reliability()),
    ];
    let factor = |share: &(&'static str, f64, f64)| ((share.2 + 1e-9) / (share.1 + 1e-9)).ln().abs();
    let most = shares.into_iter().max_by(|a, b| factor(a).total_cmp(&factor(b)));
    most.map_or((String::new(), 0.0, 0.0), |(name, before, now)| (say(name), before, now))
}
