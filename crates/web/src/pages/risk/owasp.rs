//! The OWASP Risk Rating beside the scales of SP 800-30: its matrix, a cell of the register, and the mapping.

use super::words;
use crate::list::ListAddress;
use crate::look::badge;
use crate::look::figure::{decimals, plain, short_money};
use crate::look::table::Chosen;
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_model::Severity;
use warrant_service::risk::{
    OWASP_LIKELIHOOD, OwaspLevel, OwaspSeverity, Register, Registered, owasp_severity,
};

/// The severity whose shape and colour a rating goes by.
fn severity(rated: OwaspSeverity) -> Severity {
    match rated {
        OwaspSeverity::Critical => Severity::Critical,
        OwaspSeverity::High => Severity::High,
        OwaspSeverity::Medium => Severity::Medium,
        OwaspSeverity::Low => Severity::Low,
        OwaspSeverity::Note => Severity::None,
    }
}

fn levels(one: &Registered) -> (OwaspLevel, OwaspLevel) {
    (OwaspLevel::of(one.owasp.likelihood), OwaspLevel::of(one.owasp.impact))
}

/// The cell of the matrix that a scenario lies in, as addresses name it.
pub(super) fn at(one: &Registered) -> String {
    let (likelihood, impact) = levels(one);
    format!("{}.{}", likelihood as usize, impact as usize)
}

/// A scenario's rating in the register.
pub(super) fn cell(one: &Registered) -> Markup {
    let rated = severity(one.owasp.severity);
    let said = Words::of("owasp-said")
        .with("likelihood", decimals(one.owasp.likelihood, 1))
        .with("impact", decimals(one.owasp.impact, 1))
        .said();
    html! {
        span class=(format!("badge sev-{}", rated.word())) title=(said) { (badge::severity_shape(rated)) (words::owasp_severity(one.owasp.severity)) }
    }
}

/// Likelihood against impact.
pub(super) fn matrix(list: &ListAddress, register: &Register) -> Markup {
    let cell = |likelihood: OwaspLevel, impact: OwaspLevel| {
        let count = register.scenarios.iter().filter(|one| levels(one) == (likelihood, impact)).count();
        let (chosen, href) = list.toggle("owasp", &format!("{}.{}", likelihood as usize, impact as usize));
        let rated = owasp_severity(likelihood, impact);
        let said = Words::of("rating-said")
            .with("likelihood", words::owasp_level(likelihood))
            .with("impact", words::owasp_level(impact).to_lowercase())
            .with("rated", words::owasp_severity(rated).to_lowercase())
            .said();
        html! {
            td class=(format!("cell sev-{}", severity(rated).word())) title=(said) {
                @if count > 0 { a href=(href) aria-current=[(chosen == Chosen::Yes).then_some("true")] { strong { (count) } " " span.sr { (say("rating-risks")) } } }
                " " span.muted { (words::owasp_severity(rated)) }
            }
        }
    };
    html! {
        div.scroll {
            table.matrix {
                thead { tr { th scope="col" { (say("rating-axes")) } @for impact in OwaspLevel::ALL { th scope="col" { (words::owasp_level(impact)) } } } }
                tbody {
                    @for likelihood in OwaspLevel::ALL.into_iter().rev() {
                        tr { th scope="row" { (words::owasp_level(likelihood)) } @for impact in OwaspLevel::ALL { (cell(likelihood, impact)) } }
                    }
                }
            }
        }
    }
}

/// How scores follow from money.
pub(super) fn mapping(register: &Register) -> Markup {
    let (three, six) = OWASP_LIKELIHOOD;
    let [_, moderate, high, _] = register.impact_bounds;
    let number = |value: f64| plain(value);
    let below = |value: String| Words::of("owasp-below").with("value", value);
    let more = |amount: String| Words::of("or-more").with("amount", amount);
    let to = |from: String, to: String| Words::of("owasp-to").with("from", from).with("to", to);
    html! {
        details.behind {
            summary { (say("owasp-how")) }
            div.scroll { table {
                thead { tr { th scope="col" { (say("owasp-score")) } th scope="col" { (say("rating-level")) } th.figures scope="col" { (say("owasp-likelihood")) } th.figures scope="col" { (Words::of("owasp-impact").with("currency", &register.currency)) } } }
                tbody {
                    tr { th scope="row" { (below("3".to_owned())) } td { (words::owasp_level(OwaspLevel::Low)) } td.figures { (below(number(three))) } td.figures { (below(short_money(moderate))) } }
                    tr { th scope="row" { (say("owasp-to-below")) } td { (words::owasp_level(OwaspLevel::Medium)) } td.figures { (to(number(three), number(six))) } td.figures { (to(short_money(moderate), short_money(high))) } }
                    tr { th scope="row" { (to("6".to_owned(), "9".to_owned())) } td { (words::owasp_level(OwaspLevel::High)) } td.figures { (more(number(six))) } td.figures { (more(short_money(high))) } }
                }
            } }
            p.muted { (say("owasp-note")) }
        }
    }
}
