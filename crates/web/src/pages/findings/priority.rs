//! By when to act on a finding and why, and what its CVSS score is for its system.

use super::shown;
use crate::look::badge;
use crate::look::panel::section;
use crate::look::scorecard::objective_word;
use crate::look::words::english;
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_service::findings::{Environmental, FindingDetail, ScoresView};
use warrant_service::priority::PriorityView;

/// The section on priority; nothing for what is no open weakness.
pub(super) fn priority(detail: &FindingDetail) -> Markup {
    let Some(priority) = &detail.priority else { return html! {} };
    let aside = Words::of("priority-by")
        .with("decision", shown::decision_word(priority.decision))
        .with("due", priority.due);
    section(&say("priority"), html! { (aside) }, told(priority))
}

/// The same for the panel.
pub(super) fn told(priority: &PriorityView) -> Markup {
    html! {
        p { (shown::decision(priority.decision)) " " (english(&priority.sentence)) }
        table.rows {
            thead { tr { @for heading in ["priority-question", "priority-answer", "priority-because", "priority-says"] { th scope="col" { (say(heading)) } } } }
            tbody {
                @for reason in &priority.answers {
                    tr {
                        td.fit { (english(reason.question)) }
                        td.fit { (english(reason.answer)) @if !reason.known { " " (badge::tag(&say("priority-assumed"))) } }
                        td { (english(&reason.says)) }
                        td { (english(reason.from)) }
                    }
                }
                tr { td.fit { (say("column-due")) } td.fit { (priority.due) } td { (english(&priority.set_by)) } td { (say("priority-policy")) } }
            }
        }
        p.muted { (say("priority-decided-by")) }
    }
}

/// The scores of the tool's vector, for any system and for this one.
pub(super) fn scores(scores: Option<&ScoresView>) -> Markup {
    let Some(scores) = scores else { return html! {} };
    let table = html! {
        table.rows {
            thead { tr { @for heading in ["column-score", "cvss-for", "cvss-vector"] { th scope="col" { (say(heading)) } } } }
            tbody {
                tr {
                    td.fit { (format!("{:.1}", scores.base)) }
                    td.fit { (say("cvss-base")) }
                    td { code { (scores.vector) } }
                }
                @if scores.temporal != scores.base {
                    tr {
                        td.fit { (format!("{:.1}", scores.temporal)) }
                        td.fit { (say("cvss-temporal")) }
                        td { code { (scores.vector) } }
                    }
                }
                @match &scores.environmental {
                    Environmental::Scored { vector, score, severity } => {
                        tr {
                            td.fit { (format!("{score:.1}")) " " (badge::severity(*severity)) }
                            td.fit { (say("cvss-environmental")) }
                            td { code { (vector) } }
                        }
                    }
                    Environmental::NotCategorised(missing) => {
                        tr {
                            td.fit { span.muted { (say("cvss-not-assessed")) } }
                            td.fit { (say("cvss-environmental")) }
                            td {
                                @let missing = missing.iter().map(|one| objective_word(*one).to_lowercase()).collect::<Vec<_>>().join(", ");
                                (Words::of("cvss-not-categorised").with("objectives", missing))
                            }
                        }
                    }
                }
            }
        }
    };
    section("CVSS", html! { (say("cvss-aside")) }, table)
}
