//! The OWASP Risk Rating beside the scales of SP 800-30: its matrix, a cell of the register, and the mapping.

use crate::list::ListAddress;
use crate::look::badge;
use crate::look::figure::short_money;
use crate::look::table::Chosen;
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
    let said = format!("likelihood {:.1}, impact {:.1} of 9", one.owasp.likelihood, one.owasp.impact);
    html! {
        span class=(format!("badge sev-{}", rated.word())) title=(said) { (badge::severity_shape(rated)) (one.owasp.severity.title()) }
    }
}

/// Likelihood against impact.
pub(super) fn matrix(list: &ListAddress, register: &Register) -> Markup {
    let cell = |likelihood: OwaspLevel, impact: OwaspLevel| {
        let count = register.scenarios.iter().filter(|one| levels(one) == (likelihood, impact)).count();
        let (chosen, href) = list.toggle("owasp", &format!("{}.{}", likelihood as usize, impact as usize));
        let rated = owasp_severity(likelihood, impact);
        let said = format!(
            "{} likelihood, {} impact: {}",
            likelihood.title(),
            impact.title().to_lowercase(),
            rated.title().to_lowercase()
        );
        html! {
            td class=(format!("cell sev-{}", severity(rated).word())) title=(said) {
                @if count > 0 { a href=(href) aria-current=[(chosen == Chosen::Yes).then_some("true")] { strong { (count) } span.sr { " risks" } } }
                " " span.muted { (rated.title()) }
            }
        }
    };
    html! {
        div.scroll {
            table.matrix {
                thead { tr { th scope="col" { "Likelihood ↓  Impact →" } @for impact in OwaspLevel::ALL { th scope="col" { (impact.title()) } } } }
                tbody {
                    @for likelihood in OwaspLevel::ALL.into_iter().rev() {
                        tr { th scope="row" { (likelihood.title()) } @for impact in OwaspLevel::ALL { (cell(likelihood, impact)) } }
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
    html! {
        details.behind {
            summary { "How the OWASP rating follows from money" }
            div.scroll { table {
                thead { tr { th scope="col" { "Score" } th scope="col" { "Level" } th.figures scope="col" { "Likelihood: losses a year" } th.figures scope="col" { "Impact: one loss costs, " (register.currency) } } }
                tbody {
                    tr { th scope="row" { "below 3" } td { "Low" } td.figures { "below " (three) } td.figures { "below " (short_money(moderate)) } }
                    tr { th scope="row" { "3 to below 6" } td { "Medium" } td.figures { (three) " to " (six) } td.figures { (short_money(moderate)) " to " (short_money(high)) } }
                    tr { th scope="row" { "6 to 9" } td { "High" } td.figures { (six) " or more" } td.figures { (short_money(high)) " or more" } }
                }
            } }
            p.muted { "Scores grow with the logarithm of both figures, 3 for each step, and end at 0 and 9. The methodology's own factors (threat agent, ease of exploit, detection) are not scored one by one: the scenario's rate, steps and controls stand for them." }
        }
    }
}
