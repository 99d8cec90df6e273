//! Values that each type takes and refuses, after the patterns of the specification.

use super::{DataType, TYPES};

#[test]
fn every_type_takes_and_refuses() {
    let cases: [(DataType, &[&str], &[&str]); 23] = [
        (
            DataType::Base64,
            &["QQ==", "QUI=", "QUJD"],
            &["", "Q", "QQ=", "Q===", "QU*D", "====", "QUJD\nQUJD"],
        ),
        (DataType::Boolean, &["true", "false"], &["", "True", "yes"]),
        (
            DataType::Date,
            &["2024-02-29", "2026-11-28Z", "2026-11-28+01:00"],
            &["2023-02-29", "2026-13-01", "2026-1-1", "x"],
        ),
        (DataType::DateWithTimezone, &["2026-11-28Z"], &["2026-11-28", "2026-11-28T"]),
        (
            DataType::DateTime,
            &["2026-11-28T12:00:00", "2026-11-28T24:00:00Z"],
            &["2026-11-28", "2026-11-28T25:00:00"],
        ),
        (
            DataType::DateTimeWithTimezone,
            &["2024-03-01T13:57:28.355446-04:00", "2026-11-28T12:00:00Z"],
            &[
                "2026-11-28T12:00:00",
                "2026-11-28 12:00:00Z",
                "2026-11-28T12:00Z",
                "2026-11-28T12:00:00.Z",
                "2026-11-28T12:00:00+14:30",
            ],
        ),
        (DataType::DayTimeDuration, &["P2D", "PT6H", "-P1DT2H3M4.5S"], &["P", "PT", "P1Y", "2D", "PT5"]),
        (DataType::YearMonthDuration, &["P1Y", "P6M", "-P1Y6M"], &["P", "P1D", "P6M1Y"]),
        (DataType::Decimal, &["1", "-1.5", ".5", "1."], &["", ".", "1e5", "a"]),
        (DataType::EmailAddress, &["a@b"], &["a", "@b", "a@", "a @b"]),
        (DataType::Hostname, &["example.org", "a-b"], &["", "-a", "a..b", "a_b"]),
        (DataType::Integer, &["0", "-12", "+3"], &["", "-", "1.5"]),
        (DataType::Ipv4Address, &["192.0.2.1"], &["192.0.2", "256.0.0.1", "01.2.3.4"]),
        (DataType::Ipv6Address, &["::1", "2001:db8::1"], &["1::2::3", "192.0.2.1"]),
        (DataType::MarkupLine, &["a *b*"], &["", "  ", "a\nb"]),
        (DataType::MarkupMultiline, &["a\n\nb", ""], &[]),
        (DataType::NonNegativeInteger, &["0", "7"], &["-1", ""]),
        (DataType::PositiveInteger, &["1", "70"], &["0", "-1", ""]),
        (DataType::String, &["a", "a b", "é"], &["", " a", "a ", "\u{a0}a", "a\nb"]),
        (DataType::Token, &["a", "_a.b-c", "été"], &["", "1a", "a b", "-a", "a:b"]),
        (
            DataType::Uri,
            &["https://example.org/a?b#c", "urn:x:y"],
            &["", "#a", "a/b", "http:", "https://a b"],
        ),
        (DataType::UriReference, &["#a", "../b.xml", "https://a"], &["", "a b", "1:b", "<x>"]),
        (
            DataType::Uuid,
            &["5e139edd-86aa-4b65-8431-1192bd276658"],
            &[
                "5e139edd-86aa-1b65-8431-1192bd276658",
                "5e139edd86aa4b6584311192bd276658",
                "5e139edd-86aa-4b65-7431-1192bd276658",
            ],
        ),
    ];
    for (known, ..) in TYPES {
        assert!(cases.iter().any(|(data_type, ..)| *data_type == known), "{} has no case", known.name());
    }
    for (data_type, good, bad) in cases {
        for text in good {
            assert!(data_type.accepts(text), "{} refuses {text:?}", data_type.name());
        }
        for text in bad {
            assert!(!data_type.accepts(text), "{} takes {text:?}", data_type.name());
        }
    }
}

#[test]
fn names_lead_back() {
    for (data_type, name, words) in TYPES {
        assert_eq!(DataType::named(name), Some(data_type));
        assert!(!words.is_empty());
    }
    assert_eq!(DataType::named("float"), None);
}
