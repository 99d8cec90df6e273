//! Addresses.

use super::{decoded, join, normal, stem};

#[test]
fn addresses_are_seen_from_their_document() {
    for (base, address, location) in [
        ("a/b.json", "c.json", "a/c.json"),
        ("a/b.json", "../c.json#x", "c.json"),
        ("b.json", "./c%20d.json", "c d.json"),
        ("/x/a/b.json", "../../c.json", "/c.json"),
        ("b.json", "../c.json", "../c.json"),
        ("a/b.json", "https://x.org/c.json", "https://x.org/c.json"),
        ("a/b.json", "/c.json", "/c.json"),
    ] {
        assert_eq!(join(base, address), location, "{address} from {base}");
    }
    assert_eq!(normal("./a//b/../c"), "a//c");
    assert_eq!(stem("https://x.org/a/b.c.json?d#e"), "b.c");
    assert_eq!(decoded("%zz%C3%A9%"), "%zzé%");
}
