//! By when to act on a finding and why, and what its CVSS score is for its system.

use super::shown;
use crate::look::badge;
use crate::look::panel::section;
use maud::{Markup, html};
use warrant_service::findings::{Environmental, FindingDetail, ScoresView};
use warrant_service::priority::PriorityView;

/// The section on priority; nothing for what is no open weakness.
pub(super) fn priority(detail: &FindingDetail) -> Markup {
    let Some(priority) = &detail.priority else { return html! {} };
    section("Priority", html! { (priority.decision.title()) ", by " (priority.due) }, told(priority))
}

/// The same for the panel.
pub(super) fn told(priority: &PriorityView) -> Markup {
    html! {
        p { (shown::decision(priority.decision)) " " (priority.sentence) }
        table.rows {
            thead { tr { th scope="col" { "Question" } th scope="col" { "Answer" } th scope="col" { "Because" } th scope="col" { "Says" } } }
            tbody {
                @for reason in &priority.answers {
                    tr {
                        td.fit { (reason.question) }
                        td.fit { (reason.answer) @if !reason.known { " " (badge::tag("assumed")) } }
                        td { (reason.says) }
                        td { (reason.from) }
                    }
                }
                tr { td.fit { "Due" } td.fit { (priority.due) } td { (priority.set_by) } td { "policy" } }
            }
        }
        p.muted { "Decided by SSVC's deployer table 1.0.0; what is not known takes the cautious answer." }
    }
}

/// The scores of the tool's vector, for any system and for this one.
pub(super) fn scores(scores: Option<&ScoresView>) -> Markup {
    let Some(scores) = scores else { return html! {} };
    let table = html! {
        table.rows {
            thead { tr { th scope="col" { "Score" } th scope="col" { "For" } th scope="col" { "Vector" } } }
            tbody {
                tr {
                    td.fit { (format!("{:.1}", scores.base)) }
                    td.fit { "any system (base)" }
                    td { code { (scores.vector) } }
                }
                @if scores.temporal != scores.base {
                    tr {
                        td.fit { (format!("{:.1}", scores.temporal)) }
                        td.fit { "any system, at present (temporal)" }
                        td { code { (scores.vector) } }
                    }
                }
                @match &scores.environmental {
                    Environmental::Scored { vector, score, severity } => {
                        tr {
                            td.fit { (format!("{score:.1}")) " " (badge::severity(*severity)) }
                            td.fit { "this system (environmental)" }
                            td { code { (vector) } }
                        }
                    }
                    Environmental::NotCategorised(missing) => {
                        tr {
                            td.fit { span.muted { "not assessed" } }
                            td.fit { "this system (environmental)" }
                            td {
                                "The system is not categorised for "
                                (missing.iter().map(|one| one.title().to_lowercase()).collect::<Vec<_>>().join(", "))
                                "."
                            }
                        }
                    }
                }
            }
        }
    };
    section("CVSS", html! { "requirements by the system's categorisation" }, table)
}
