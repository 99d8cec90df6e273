//! Where a form leads when it is done: a path of this site, never another host.

/// The path, when it is one.
pub(in crate::pages) fn local(next: &str) -> Option<&str> {
    let path = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    let plain = next.bytes().all(|b| (0x21..0x7f).contains(&b) && b != b'"' && b != b'<' && b != b'>');
    (path && plain && next.len() <= 4_096).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        for bad in
            ["", "//evil.example", "https://evil.example", "/\\evil", "/a b", "/a\r\nx: y", "records", "/é"]
        {
            assert_eq!(local(bad), None, "{bad:?}");
        }
        for good in ["/", "/deficiencies/a%20b?x=1#y", "/?q=http://x"] {
            assert_eq!(local(good), Some(good));
        }
    }
}
