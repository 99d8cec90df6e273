//! Identifiers: UUIDs of version 5 (RFC 9562 §5.5) of what a thing is and what it is made from.

use uuid::Uuid;

/// The name space of all of them: version 5 of the URL name space and `urn:warrant:oscal`.
const NAMESPACE: Uuid = Uuid::from_u128(0xa258_3b8f_6ed9_59de_a5d8_ffb2_2756_359d);

/// The identifier of a thing: what it is, and the identifiers that tell it from its like.
pub(super) fn uuid(what: &str, of: &[&str]) -> String {
    let mut name = what.to_owned();
    for part in of {
        // The length before each part, so that parts do not run together.
        name.push_str(&format!("\n{}:{part}", part.len()));
    }
    Uuid::new_v5(&NAMESPACE, name.as_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_space_is_what_it_says() {
        assert_eq!(NAMESPACE, Uuid::new_v5(&Uuid::NAMESPACE_URL, b"urn:warrant:oscal"));
    }

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(uuid("a", &["b", "c"]), uuid("a", &["bc"]));
        assert_ne!(uuid("a", &["b"]), uuid("c", &["b"]));
        assert_eq!(uuid("a", &["b"]), uuid("a", &["b"]));
    }
}
