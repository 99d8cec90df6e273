//! The data types of metaschema flags and fields and what their values must look like.
//!
//! Source: the Metaschema specification's data types; each function checks the lexical form only.

mod net;
mod time;

use std::borrow::Cow;

/// A data type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataType {
    /// Octets in Base64 (RFC 4648 §4).
    Base64,
    /// `true` or `false`.
    Boolean,
    /// A day, with or without an offset from UTC.
    Date,
    /// A day with an offset.
    DateWithTimezone,
    /// An instant, with or without an offset.
    DateTime,
    /// An instant with an offset.
    DateTimeWithTimezone,
    /// A duration of days to seconds.
    DayTimeDuration,
    /// A duration of years and months.
    YearMonthDuration,
    /// A decimal number.
    Decimal,
    /// An address of electronic mail.
    EmailAddress,
    /// A host name.
    Hostname,
    /// A whole number.
    Integer,
    /// An IPv4 address.
    Ipv4Address,
    /// An IPv6 address.
    Ipv6Address,
    /// Text of one line with markup.
    MarkupLine,
    /// Blocks of text with markup.
    MarkupMultiline,
    /// A whole number, zero or more.
    NonNegativeInteger,
    /// A whole number, one or more.
    PositiveInteger,
    /// Text of one line that neither begins nor ends with white space.
    String,
    /// A word: letters, digits, `.`, `-` and `_`, beginning with a letter or `_`.
    Token,
    /// A URI with a scheme (RFC 3986).
    Uri,
    /// A URI or a relative reference.
    UriReference,
    /// A UUID of version 4 or 5 (RFC 9562).
    Uuid,
}

/// What a value is in JSON and YAML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonKind {
    /// A string.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
}

/// Each type, its name in the metaschema, and what it must be, in words.
const TYPES: [(DataType, &str, &str); 23] = [
    (DataType::Base64, "base64", "Base64 text (A–Z, a–z, 0–9, + and /, padded with =)"),
    (DataType::Boolean, "boolean", "true or false"),
    (DataType::Date, "date", "a date such as 2026-11-28, with or without Z or an offset"),
    (DataType::DateWithTimezone, "date-with-timezone", "a date with Z or an offset, such as 2026-11-28Z"),
    (DataType::DateTime, "date-time", "a date and time such as 2026-11-28T12:00:00"),
    (
        DataType::DateTimeWithTimezone,
        "date-time-with-timezone",
        "a date and time with Z or an offset, such as 2026-11-28T12:00:00Z",
    ),
    (DataType::DayTimeDuration, "day-time-duration", "a duration such as P2DT6H"),
    (DataType::YearMonthDuration, "year-month-duration", "a duration such as P1Y6M"),
    (DataType::Decimal, "decimal", "a decimal number"),
    (DataType::EmailAddress, "email-address", "an e-mail address such as name@example.org"),
    (DataType::Hostname, "hostname", "a host name"),
    (DataType::Integer, "integer", "a whole number"),
    (DataType::Ipv4Address, "ip-v4-address", "an IPv4 address such as 192.0.2.1"),
    (DataType::Ipv6Address, "ip-v6-address", "an IPv6 address such as 2001:db8::1"),
    (DataType::MarkupLine, "markup-line", "text of one line that is not empty"),
    (DataType::MarkupMultiline, "markup-multiline", "blocks of text"),
    (DataType::NonNegativeInteger, "non-negative-integer", "a whole number, 0 or more"),
    (DataType::PositiveInteger, "positive-integer", "a whole number, 1 or more"),
    (DataType::String, "string", "text of one line without white space at its ends, and not empty"),
    (
        DataType::Token,
        "token",
        "one word: it begins with a letter or _ and goes on with letters, digits, `.`, `-` and `_`",
    ),
    (DataType::Uri, "uri", "a URI with its scheme, such as https://example.org/a"),
    (DataType::UriReference, "uri-reference", "a URI or a relative reference, without spaces"),
    (DataType::Uuid, "uuid", "a UUID of version 4 or 5"),
];

impl DataType {
    /// The type with this name in the metaschema.
    pub fn named(name: &str) -> Option<Self> {
        TYPES.iter().find(|(_, known, _)| *known == name).map(|(data_type, ..)| *data_type)
    }

    fn entry(self) -> Option<&'static (DataType, &'static str, &'static str)> {
        TYPES.iter().find(|(data_type, ..)| *data_type == self)
    }

    /// Its name in the metaschema.
    pub fn name(self) -> &'static str {
        self.entry().map_or("", |(_, name, _)| name)
    }

    /// What a value must be, in words that follow "must be".
    pub fn words(self) -> &'static str {
        self.entry().map_or("", |(.., words)| words)
    }

    /// What a value is in JSON.
    pub fn json(self) -> JsonKind {
        match self {
            Self::Boolean => JsonKind::Boolean,
            Self::Decimal | Self::Integer | Self::NonNegativeInteger | Self::PositiveInteger => {
                JsonKind::Number
            }
            _ => JsonKind::String,
        }
    }

    /// A value of XML without the white space that XML Schema takes no notice of: around values of all types but
    /// strings and markup, and anywhere in Base64.
    pub(crate) fn collapse(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::String | Self::MarkupLine | Self::MarkupMultiline => Cow::Borrowed(text),
            Self::Base64 if text.trim().contains(char::is_whitespace) => {
                Cow::Owned(text.split_whitespace().collect())
            }
            _ => Cow::Borrowed(text.trim()),
        }
    }

    /// Whether the type is text with markup.
    pub fn is_markup(self) -> bool {
        matches!(self, Self::MarkupLine | Self::MarkupMultiline)
    }

    /// Whether a text is a value of this type.
    pub fn accepts(self, text: &str) -> bool {
        match self {
            Self::Base64 => is_base64(text),
            Self::Boolean => matches!(text, "true" | "false" | "1" | "0"),
            Self::Date => time::date(text).is_some_and(|rest| rest.is_empty() || time::is_zone(rest)),
            Self::DateWithTimezone => time::date(text).is_some_and(time::is_zone),
            Self::DateTime => {
                time::date_time(text).is_some_and(|rest| rest.is_empty() || time::is_zone(rest))
            }
            Self::DateTimeWithTimezone => time::date_time(text).is_some_and(time::is_zone),
            Self::DayTimeDuration => time::is_day_time_duration(text),
            Self::YearMonthDuration => time::is_year_month_duration(text),
            Self::Decimal => is_decimal(text),
            Self::EmailAddress => is_email(text),
            Self::Hostname => net::is_hostname(text),
            Self::Integer => is_digits(text.strip_prefix(['-', '+']).unwrap_or(text)),
            Self::Ipv4Address => text.parse::<std::net::Ipv4Addr>().is_ok(),
            Self::Ipv6Address => text.parse::<std::net::Ipv6Addr>().is_ok(),
            Self::NonNegativeInteger => is_digits(text),
            Self::PositiveInteger => is_digits(text) && !text.starts_with('0'),
            Self::MarkupLine => !text.trim().is_empty() && !text.trim().contains(['\n', '\r']),
            Self::MarkupMultiline => true,
            Self::String => is_line(text),
            Self::Token => is_token(text),
            Self::Uri => net::is_uri(text),
            Self::UriReference => net::is_uri_reference(text),
            Self::Uuid => is_uuid(text),
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_decimal(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty())
}

fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    !body.is_empty()
        && text.len() - body.len() <= 2
        && text.len().is_multiple_of(4)
        && body.bytes().all(known)
}

fn is_email(text: &str) -> bool {
    let parts = text.rsplit_once('@');
    is_line(text)
        && !text.contains(char::is_whitespace)
        && parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
}

fn is_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return false };
    // White space beyond ASCII at the ends is rare; only then is it worth looking at characters.
    if first.is_ascii_whitespace() || last.is_ascii_whitespace() {
        return false;
    }
    let ends_plain = first.is_ascii() && last.is_ascii();
    (ends_plain || text.trim().len() == text.len()) && !bytes.iter().any(|byte| matches!(byte, b'\n' | b'\r'))
}

fn is_token(text: &str) -> bool {
    let mut bytes = text.bytes();
    let plain_first = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    if plain_first && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')) {
        return true;
    }
    let mut characters = text.chars();
    characters.next().is_some_and(|c| c.is_alphabetic() || c == '_')
        && characters.all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

fn is_uuid(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 36
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            14 => matches!(byte, b'4' | b'5'),
            19 => matches!(byte, b'8' | b'9' | b'a' | b'b' | b'A' | b'B'),
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests;
