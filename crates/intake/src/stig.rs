//! Identifiers of the DISA STIGs and of XCCDF rules, and the severity categories that go with them.

use warrant_model::Severity;

/// The readable, revision-free form of a rule identifier, so that the next benchmark revision is the same rule:
///
/// - `xccdf_org.ssgproject.content_rule_no_empty_passwords` → `no_empty_passwords`
///   (the reverse-DNS form that XCCDF 1.2 §6.2.3 demands),
/// - `SV-230221r858734_rule` → `SV-230221` (STIG rule ids end in a revision),
/// - `xccdf_mil.disa.stig_rule_SV-230221r858734_rule` → `SV-230221`,
/// - anything else stays as it is.
pub fn rule(id: &str) -> &str {
    let id = id.trim();
    let bare = match id.strip_prefix("xccdf_").and_then(|rest| rest.split_once("_rule_")) {
        Some((_, name)) if !name.is_empty() => name,
        _ => id,
    };
    bare.strip_suffix("_rule").and_then(without_revision).unwrap_or(bare)
}

/// The readable form of a benchmark identifier: `xccdf_mil.disa.stig_benchmark_RHEL_8_STIG` → `RHEL_8_STIG`.
pub fn benchmark(id: &str) -> &str {
    let id = id.trim();
    match id.strip_prefix("xccdf_").and_then(|rest| rest.split_once("_benchmark_")) {
        Some((_, name)) if !name.is_empty() => name,
        _ => id,
    }
}

/// The severity of a STIG category: `CAT I`, `I`, `1` and the words `high`, `medium`, `low`.
pub fn category(text: &str) -> Option<Severity> {
    let text = text.trim();
    let word = text.strip_prefix("CAT").unwrap_or(text).trim_start_matches([' ', '|', '_']);
    match word {
        "I" | "1" => Some(Severity::High),
        "II" | "2" => Some(Severity::Medium),
        "III" | "3" => Some(Severity::Low),
        _ => Severity::from_word(text),
    }
}

/// `SV-230221r858734` → `SV-230221`; `None` when it is not a STIG rule id.
fn without_revision(id: &str) -> Option<&str> {
    let digits = id.strip_prefix("SV-")?;
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let revision = digits[length..].strip_prefix('r').unwrap_or_default();
    let revised = revision.is_empty() && digits.len() == length
        || !revision.is_empty() && revision.bytes().all(|byte| byte.is_ascii_digit());
    (length > 0 && revised).then(|| &id[..3 + length])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_ids_lose_prefix_and_revision() {
        let pairs = [
            ("xccdf_org.ssgproject.content_rule_no_empty_passwords", "no_empty_passwords"),
            ("SV-230221r858734_rule", "SV-230221"),
            ("SV-86473r3_rule", "SV-86473"),
            ("SV-86473_rule", "SV-86473"),
            ("xccdf_mil.disa.stig_rule_SV-230221r858734_rule", "SV-230221"),
            ("xccdf_org.cisecurity.benchmarks_rule_1.1.1.1_Ensure_cramfs", "1.1.1.1_Ensure_cramfs"),
            ("oval-com.redhat.rhsa-def-20060015", "oval-com.redhat.rhsa-def-20060015"),
            ("SV-x_rule", "SV-x_rule"),
            ("my_rule", "my_rule"),
            ("xccdf_a_rule_", "xccdf_a_rule_"),
        ];
        for (id, expected) in pairs {
            assert_eq!(rule(id), expected);
        }
    }

    #[test]
    fn categories_are_severities() {
        for text in ["CAT I", "CAT|I", "I", "high"] {
            assert_eq!(category(text), Some(Severity::High), "{text}");
        }
        assert_eq!(category("CAT III"), Some(Severity::Low));
        assert_eq!(category("CAT IV"), None);
    }
}
