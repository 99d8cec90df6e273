//! Host names and URIs (RFC 3986).

/// A host name: labels of letters, digits and hyphens, parted by dots.
pub(super) fn is_hostname(text: &str) -> bool {
    let label = |label: &str| {
        let inner = |c: char| c.is_alphanumeric() || c == '-';
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(inner)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(label)
}

/// A URI: a scheme, a colon and something after it.
pub(super) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    is_scheme(scheme) && !rest.is_empty() && is_clean(text)
}

/// A URI or a relative reference. A first segment with a colon would be a scheme (§4.2).
pub(super) fn is_uri_reference(text: &str) -> bool {
    let head = &text[..text.find(['/', '?', '#']).unwrap_or(text.len())];
    let scheme = head.split_once(':').map(|(scheme, _)| scheme);
    !text.is_empty() && is_clean(text) && scheme.is_none_or(is_scheme)
}

fn is_scheme(text: &str) -> bool {
    let rest = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic()) && text.bytes().all(rest)
}

/// No white space, control characters or delimiters that a URI must escape; no `%` without two digits.
fn is_clean(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(at, byte)| match byte {
        0..=b' ' | 0x7f | b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'\\' | b'^' | b'`' => false,
        b'%' => bytes.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)),
        _ => true,
    })
}
