//! Where a figure can be followed to: the address of what it came from.

use crate::list::encoded;
use crate::look::Link;
use crate::look::words::english;
use crate::words::{Words, known, say};
use maud::{Markup, html};
use warrant_model::posture::Source;

/// The page of a source: the line of the evidence, the finding, the record.
pub(crate) fn source_link(source: &Source) -> Link {
    match source {
        Source::Evidence { evidence, place } => {
            let mut href = format!("/evidence/{}", encoded(&evidence.0));
            if place.line == 0 {
                return Link::new(say("source-evidence"), href);
            }
            href.push_str(&format!("?line={}", place.line));
            if !place.pointer.is_empty() {
                href.push_str(&format!("&at={}", encoded(&place.pointer)));
            }
            Link::new(
                Words::of("source-evidence-line").with("line", place.line.to_string()).said(),
                format!("{href}#L{}", place.line),
            )
        }
        Source::Finding { id } => Link::new(say("source-finding"), format!("/findings/{}", encoded(id))),
        Source::Record { kind, id } => {
            let title = known(&format!("kind-{kind}"), None).map(str::to_lowercase);
            Link::new(title.unwrap_or_else(|| kind.replace('_', " ")), record_href(kind, id))
        }
    }
}

/// The page of a record; systems have pages of their own.
pub(crate) fn record_href(kind: &str, id: &str) -> String {
    match kind {
        "system" => format!("/systems/{}", encoded(id)),
        _ => format!("/records/{}/{}", encoded(kind), encoded(id)),
    }
}

/// What a check is called, in the language of the request where that has a word for it.
pub(crate) fn check_title(id: &str) -> String {
    known(&format!("check-{id}"), None).map_or_else(|| english_title(id), str::to_owned)
}

/// The same within a page, marked as English where that has none.
pub(crate) fn check_named(id: &str) -> Markup {
    known(&format!("check-{id}"), None).map_or_else(|| english(&english_title(id)), |title| html! { (title) })
}

/// What a check calls itself.
fn english_title(id: &str) -> String {
    let of_systems = warrant_analysis::checks::find(id).map(|check| check.about.title);
    let of_programme = || {
        let mut checks = warrant_analysis::programme::CHECKS.iter();
        checks.find(|check| check.about.id == id).map(|check| check.about.title)
    };
    of_systems.or_else(of_programme).map_or_else(|| id.replace('-', " "), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use warrant_model::fact::Place;
    use warrant_model::hash::ContentHash;

    #[test]
    fn evidence_is_linked_to_its_line() {
        let at = |line, pointer: &str| Source::Evidence {
            evidence: ContentHash("ab12".to_owned()),
            place: Place::new(line, pointer),
        };
        assert_eq!(source_link(&at(7, "")).href, "/evidence/ab12?line=7#L7");
        assert_eq!(source_link(&at(7, "/a b")).href, "/evidence/ab12?line=7&at=%2Fa%20b#L7");
        assert_eq!(source_link(&at(0, "")).href, "/evidence/ab12");
    }

    #[test]
    fn records_have_their_pages() {
        let of =
            |kind: &str| source_link(&Source::Record { kind: kind.to_owned(), id: "x1".to_owned() }).href;
        assert_eq!((of("system"), of("exception")), ("/systems/x1".into(), "/records/exception/x1".into()));
    }
}
