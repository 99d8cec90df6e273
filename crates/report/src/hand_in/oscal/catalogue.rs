//! What a control, statement or parameter is called in the catalogue that documents refer to: NIST's release 5.0.1 of
//! SP 800-53 revision 5, whose identifiers the program holds.

use warrant_catalog::index::{Index, Reference};

/// Where NIST publishes that release.
const PUBLISHED: &str =
    "https://raw.githubusercontent.com/usnistgov/oscal-content/v1.0.0/nist.gov/SP800-53/rev5/json/";

/// The address of the catalogue.
pub(super) fn catalogue_address() -> String {
    format!("{PUBLISHED}NIST_SP-800-53_rev5_catalog.json")
}

/// The address of the profile of a baseline: `low`, `moderate` or `high`.
pub(super) fn baseline_address(baseline: &str) -> String {
    format!("{PUBLISHED}NIST_SP-800-53_rev5_{}-baseline_profile.json", baseline.to_ascii_uppercase())
}

/// A control, or one statement of it, that the catalogue has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    /// The control's identifier.
    pub(super) control: String,
    /// The statement's; `None` for the control as a whole.
    pub(super) statement: Option<String>,
}

/// The part of the catalogue that a text names; the statement around it when it names a smaller one, and `None` when
/// there is no such control.
pub(super) fn part(text: &str) -> Option<Part> {
    let index = Index::embedded();
    let mut reference = Reference::parse(text)?;
    index.by_id(&reference.control)?;
    while !reference.items.is_empty() {
        let id = reference.statement_id();
        if index.statement_by_id(&id).is_some() {
            return Some(Part { control: reference.control, statement: Some(id) });
        }
        reference.items.pop();
    }
    Some(Part { control: reference.control, statement: None })
}

/// The statement that stands for a part: a control without lettered parts has one statement as a whole.
pub(super) fn statement_of(part: &Part) -> Option<String> {
    let whole = || {
        let id = format!("{}_smt", part.control);
        Index::embedded().statement_by_id(&id).map(|_| id)
    };
    part.statement.clone().or_else(whole)
}

/// The label people read: `AC-2(1)`, `AC-2d.1`.
pub(super) fn label(part: &Part) -> String {
    let index = Index::embedded();
    let statement =
        part.statement.as_deref().and_then(|id| index.statement_label(index.statement_by_id(id)?));
    let control =
        || index.by_id(&part.control).and_then(|no| index.control(no)).map(|facts| facts.label.clone());
    statement.or_else(control).unwrap_or_else(|| part.control.clone())
}

/// The title of a control.
pub(super) fn title(control: &str) -> &'static str {
    let index = Index::embedded();
    index.by_id(control).and_then(|no| index.control(no)).map_or("", |facts| facts.title.as_str())
}

/// Whether the catalogue has a parameter.
pub(super) fn has_parameter(id: &str) -> bool {
    Index::embedded().parameter_by_id(id).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_as_the_catalogue_does() {
        let named = |text: &str| part(text).map(|part| (label(&part), statement_of(&part)));
        assert_eq!(named("AC-2 (1)"), Some(("AC-2(1)".into(), Some("ac-2.1_smt".into()))));
        assert_eq!(named("ac-2_smt.d.1"), Some(("AC-2d.1".into(), Some("ac-2_smt.d.1".into()))));
        assert_eq!(named("ac-2_smt.zz.9"), Some(("AC-2".into(), Some("ac-2_smt".into()))));
        assert_eq!(named("zz-99"), None);
        assert_eq!(title("ac-2"), "Account Management");
        assert!(has_parameter("ac-1_prm_1") && !has_parameter("ac-01_odp.01"));
    }
}
