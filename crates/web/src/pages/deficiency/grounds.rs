//! Where a deficiency can be seen: every ground linked to its source, with the lines it was read from.

use super::detail::{Detail, Lines};
use crate::look::source::{Excerpt, source};
use crate::look::when;
use crate::look::words::english;
use crate::pages::source_link;
use crate::words::Words;
use maud::{Markup, html};
use warrant_model::posture::{Deficiency, Ground, Source};

/// The most grounds listed; the rest is counted.
const MOST: usize = 40;

/// Characters shown of the line the ground was read from, and of those beside it.
const MARKED: usize = 700;
const BESIDE: usize = 110;

/// How many there are.
pub(super) fn count(deficiency: &Deficiency) -> Markup {
    let many = deficiency.grounds.len();
    html! { (Words::of("grounds-count").with("count", many)) }
}

/// The grounds in order.
pub(super) fn grounds(detail: &Detail) -> Markup {
    let grounds = &detail.row.deficiency.grounds;
    html! {
        @if grounds.is_empty() {
            p.muted { (Words::of("grounds-none").around("subject", source_link(&detail.row.deficiency.subject).anchor())) }
        }
        div.stack-gap {
            @for (at, ground) in grounds.iter().enumerate().take(MOST) {
                (one(detail, ground, detail.lines.get(&at)))
            }
        }
        @if grounds.len() > MOST { p.muted { (Words::of("grounds-more").with("count", grounds.len() - MOST)) } }
    }
}

fn one(detail: &Detail, ground: &Ground, lines: Option<&Lines>) -> Markup {
    let link = source_link(&ground.source);
    html! {
        div {
            p {
                (english(&ground.says)) " "
                span.muted { (when::time(ground.at)) ", " (when::age(ground.at, detail.now)) " · " }
                a href=(crate::look::link::safe(&link.href)) { (named(detail, ground, &link.title)) }
            }
            @if let Some(lines) = lines { (source(&view(ground, lines, link.href))) }
        }
    }
}

fn named(detail: &Detail, ground: &Ground, otherwise: &str) -> String {
    let Source::Evidence { evidence, place } = &ground.source else { return otherwise.to_owned() };
    match detail.names.get(evidence.as_str()) {
        Some(name) if place.line > 0 => {
            Words::of("file-line").with("file", name).with("line", place.line.to_string()).said()
        }
        Some(name) => name.clone(),
        None => otherwise.to_owned(),
    }
}

fn view(ground: &Ground, lines: &Lines, href: String) -> Excerpt {
    let highlight = match &ground.source {
        Source::Evidence { place, .. } => Some(u64::from(place.line)),
        _ => None,
    };
    let short = |(number, line): (u32, &String)| {
        let marked = highlight == Some(u64::from(number));
        crate::look::figure::cut(line, if marked { MARKED } else { BESIDE })
    };
    Excerpt {
        name: lines.name.clone(),
        first: u64::from(lines.excerpt.first),
        lines: (lines.excerpt.first..).zip(&lines.excerpt.lines).map(short).collect(),
        highlight,
        href: Some(href),
    }
}
