//! Files as answers: always an attachment, never shown by the browser as part of this site.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use warrant_service::tables::TableFormat;

/// The policy of a file: were a browser to show it after all, nothing in it would run, load or be sent.
const POLICY: &str = "default-src 'none'; sandbox";

/// The policy of a document, which is laid out by the styles in it.
const DOCUMENT_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// A table as a file.
pub(crate) fn table(name: &str, format: TableFormat, bytes: Vec<u8>) -> Response {
    attachment(&format!("{name}.{}", format.ending()), format.media_type(), bytes)
}

/// Bytes of anybody's making as a file without a type.
pub(crate) fn opaque(name: &str, bytes: Vec<u8>) -> Response {
    attachment(name, "application/octet-stream", bytes)
}

/// A document of our own making: one HTML file that carries its styles and loads nothing.
pub(crate) fn document(name: &str, html: impl Into<Vec<u8>>) -> Response {
    let mut answer = attachment(name, "text/html; charset=utf-8", html.into());
    answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(DOCUMENT_POLICY));
    answer
}

/// A DOCX file.
pub(crate) fn word(name: &str, bytes: Vec<u8>) -> Response {
    let media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    attachment(name, media_type, bytes)
}

fn attachment(name: &str, media_type: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{}\"", safe_name(name));
    let disposition = HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    ];
    (headers, Body::from(bytes)).into_response()
}

/// A file name of letters, digits, dots, dashes and underlines, at most 100 of them, that is not hidden.
fn safe_name(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' };
    let name: String = name.chars().map(plain).collect();
    let name = name.trim_start_matches(['.', '-']);
    let from = name.len().saturating_sub(100);
    let name = name.get(from..).unwrap_or_default().trim_start_matches(['.', '-']);
    if name.is_empty() { "file".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_cannot_break_out_of_the_header_or_the_folder() {
        assert_eq!(safe_name("scan 2026.nessus"), "scan-2026.nessus");
        assert_eq!(safe_name("../../etc/passwd"), "etc-passwd");
        assert_eq!(safe_name("a\"\r\nSet-Cookie: x"), "a---Set-Cookie--x");
        assert_eq!(safe_name("\u{202e}gpj.exe"), "gpj.exe");
        assert_eq!(safe_name("…"), "file");
        assert_eq!(safe_name(&"x".repeat(400)).len(), 100);
    }

    #[test]
    fn files_are_attachments_that_nothing_in_them_can_leave() {
        let answer = opaque("report.html", b"<script>alert(1)</script>".to_vec());
        let header = |name| answer.headers().get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!(header(header::CONTENT_TYPE), "application/octet-stream");
        assert_eq!(header(header::CONTENT_DISPOSITION), "attachment; filename=\"report.html\"");
        assert!(header(header::CONTENT_SECURITY_POLICY).contains("sandbox"));
    }
}
