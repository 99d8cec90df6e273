//! Links: a title and a place to go, and the guard that keeps scripts out of addresses.

use maud::{Markup, html};

/// A titled link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// What is read.
    pub title: String,
    /// Where it goes.
    pub href: String,
}

impl Link {
    /// A link.
    pub fn new(title: impl Into<String>, href: impl Into<String>) -> Self {
        Self { title: title.into(), href: href.into() }
    }

    /// As an anchor.
    pub fn anchor(&self) -> Markup {
        html! { a href=(safe(&self.href)) { (self.title) } }
    }
}

/// The address when following it cannot run a script or leave for an unexpected host: a path, query or
/// fragment of this site, or an absolute `http`, `https` or `mailto` address. Anything else becomes `#`.
pub fn safe(href: &str) -> &str {
    let local = (href.starts_with('/') && !href.starts_with("//") && !href.starts_with("/\\"))
        || href.starts_with('?')
        || href.starts_with('#');
    let lower = href.get(..8).unwrap_or(href).to_ascii_lowercase();
    let absolute =
        lower.starts_with("https://") || lower.starts_with("http://") || lower.starts_with("mailto:");
    let clean = !href.chars().any(char::is_control);
    if clean && (local || absolute) { href } else { "#" }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn scripts_and_foreign_hosts_are_refused() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "//evil.example",
            "/\\evil",
            "data:text/html,x",
            " /x",
            "/a\nb",
        ] {
            assert_eq!(safe(bad), "#", "{bad:?}");
        }
    }

    #[test]
    fn local_and_web_addresses_pass() {
        for good in ["/systems?x=1", "?page=2", "#main", "https://example.org/a", "mailto:a@example.org"] {
            assert_eq!(safe(good), good);
        }
    }
}
