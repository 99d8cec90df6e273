//! Elements that catalogues and profiles share: props, links, parts and parameters.

use super::Rest;
use super::read::exact;
use serde::{Deserialize, Serialize};

/// A named characteristic, e.g. `label` = `AC-2`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Prop {
    /// Token naming the characteristic.
    pub name: String,
    /// Identity of this prop, for replacement by a later one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uuid: Option<String>,
    /// Namespace of the name; absent means OSCAL's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ns: Option<String>,
    /// The value.
    pub value: String,
    /// Sub-type of the name, e.g. `zero-padded`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Ties several props together (OSCAL 1.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Commentary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// A reference to something inside (`#…`) or outside the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Link {
    /// Where it points.
    pub href: String,
    /// Why it points there, e.g. `related`, `reference`, `incorporated-into`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rel: Option<String>,
    /// Media type of the target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Fragment within the target resource (OSCAL 1.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_fragment: Option<String>,
    /// Text for the reader.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A piece of a control: statement, item, guidance, assessment objective …
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Part {
    /// Identifier, unique in the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What kind of part it is.
    pub name: String,
    /// Namespace of the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ns: Option<String>,
    /// Sub-type of the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Characteristics.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Prop>,
    /// Text, as Markdown with parameter insertions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prose: Option<String>,
    /// Nested parts.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// References.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A parameter: a place in a statement that an organisation fills.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Param {
    /// Identifier, unique in the document.
    pub id: String,
    /// Sub-type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// The parameter this one belongs to (deprecated in OSCAL 1.0.0).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depends_on: Option<String>,
    /// Characteristics.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Prop>,
    /// References.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Short name shown where no value is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How to use it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<String>,
    /// Rules a value must follow.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<Constraint>,
    /// Advice for choosing a value.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub guidelines: Vec<Guideline>,
    /// Set values.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// Choices to select from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub select: Option<Select>,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A rule that a parameter's value must follow.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Constraint {
    /// The rule in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Fields not named here, e.g. machine-readable tests.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Advice for choosing a parameter's value.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Guideline {
    /// The advice.
    pub prose: String,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A choice of values.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Select {
    /// `one` or `one-or-more`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how_many: Option<String>,
    /// The choices.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub choice: Vec<String>,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

/// OSCAL's own namespace, which an absent `ns` stands for.
pub(crate) const OSCAL_NS: &str = "http://csrc.nist.gov/ns/oscal";

impl Prop {
    /// A prop in OSCAL's own namespace.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Prop {
            name: name.into(),
            uuid: None,
            ns: None,
            value: value.into(),
            class: None,
            group: None,
            remarks: None,
        }
    }
}

impl Link {
    /// A link with a relation.
    pub fn new(href: impl Into<String>, rel: impl Into<String>) -> Self {
        Link {
            href: href.into(),
            rel: Some(rel.into()),
            media_type: None,
            resource_fragment: None,
            text: None,
        }
    }
}

/// Whether the props ask that the object is never pruned (`keep` = `always`).
pub(crate) fn keeps_always(props: &[Prop]) -> bool {
    props.iter().any(|p| p.name == "keep" && p.value == "always")
}

/// The plain label among the props: one without class, else any.
pub(crate) fn plain_label(props: &[Prop]) -> Option<&str> {
    let mut labels = props.iter().filter(|p| p.name == "label");
    let first = labels.clone().next()?;
    Some(&labels.find(|p| p.class.is_none()).unwrap_or(first).value)
}

/// Controls that links with one of the relations lead to, in order; a link to a statement leads to its
/// control. Catalogues spell relations with `-` or `_` (NIST's own SP 800-171 r3 has `incorporated_into`) and
/// leave out the `#`.
pub(crate) fn linked_controls<'a>(links: &'a [Link], relations: &[&str]) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    for link in links {
        let relation = link.rel.as_deref().unwrap_or_default();
        let wanted = relations.iter().any(|r| relation == *r || relation.replace('_', "-") == *r);
        if !wanted || link.href.contains(['/', ':']) {
            continue;
        }
        let id = link.href.strip_prefix('#').unwrap_or(&link.href);
        let control = id.split("_smt").next().unwrap_or(id);
        if !found.contains(&control) {
            found.push(control);
        }
    }
    found
}

/// Relations by which a withdrawn control names the ones that took over what it asked for.
pub(crate) const SUCCESSION: [&str; 3] = ["incorporated-into", "moved-to", "addressed-by"];

/// The label of an item below another label: joined, unless the item's names the whole path already, as in SP
/// 800-171.
pub(crate) fn label_below(above: &str, own: &str) -> String {
    /// Labels of items alone are short: `a.`, `(iii)`.
    const LONGEST_OWN: usize = 6;
    let whole = own.chars().count() > LONGEST_OWN && own.contains(|c: char| c.is_ascii_digit());
    if whole { own.to_owned() } else { format!("{above}{own}") }
}
