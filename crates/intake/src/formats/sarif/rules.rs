//! Finding the rule of a result, and what rule and result say together.

use super::model::{Component, Message, Reference, Rule, SarifResult, ToolParts};
use crate::{excerpt, vulnerability};
use std::collections::HashMap;

/// The rules of a run: of the driver, then of each extension.
pub(super) struct Rules {
    components: Vec<Component>,
    by_id: HashMap<String, (usize, usize)>,
    by_guid: HashMap<String, (usize, usize)>,
    taxonomies: Vec<Taxonomy>,
}

struct Taxonomy {
    name: String,
    guid: Option<String>,
    ids: Vec<Option<String>>,
}

impl Rules {
    /// Takes the rules out of a run.
    pub(super) fn of(tool: ToolParts, taxonomies: Vec<Component>) -> Self {
        let components: Vec<Component> =
            std::iter::once(tool.driver).chain(tool.extensions).take(1000).collect();
        let (mut by_id, mut by_guid) = (HashMap::new(), HashMap::new());
        for (c, component) in components.iter().enumerate() {
            for (r, rule) in component.rules.iter().enumerate() {
                if let Some(id) = &rule.id {
                    by_id.entry(id.clone()).or_insert((c, r));
                }
                if let Some(guid) = &rule.guid {
                    by_guid.entry(guid.clone()).or_insert((c, r));
                }
            }
        }
        let taxonomies = taxonomies.into_iter().take(100).map(|taxonomy| Taxonomy {
            name: taxonomy.name.unwrap_or_default(),
            guid: taxonomy.guid,
            ids: taxonomy.taxa.into_iter().map(|taxon| taxon.id).collect(),
        });
        Self { taxonomies: taxonomies.collect(), components, by_id, by_guid }
    }

    /// The rule of a result (§3.27.5 to 7): by reference into a component, by guid, by index into the driver,
    /// by id; a hierarchical id (`CA1000/1`) belongs to the rule `CA1000`.
    pub(super) fn find(&self, result: &SarifResult) -> Found<'_> {
        let reference = &result.rule;
        let id = reference.id.as_deref().or(result.rule_id.as_deref()).map(str::trim).unwrap_or_default();
        let component = self.component(reference);
        let index = reference.index.or(result.rule_index).filter(|index| *index >= 0.0);
        let indexed = index.and_then(|index| {
            self.components.get(component)?.rules.get(index as usize).map(|_| (component, index as usize))
        });
        // Some writers count over all components, or number wrongly: the id decides when they disagree.
        let agrees = |at: &(usize, usize)| {
            let own = self.components[at.0].rules[at.1].id.as_deref();
            id.is_empty() || own.is_none_or(|own| id == own || id.starts_with(&format!("{own}/")))
        };
        let by_guid = || reference.guid.as_ref().and_then(|guid| self.by_guid.get(guid)).copied();
        let by_id = || {
            let parent = id.rsplit_once('/').map_or("", |(parent, _)| parent);
            self.by_id.get(id).or_else(|| self.by_id.get(parent)).copied()
        };
        let at = indexed.filter(agrees).or_else(by_guid).or_else(by_id);
        let rule = at.map(|(c, r)| &self.components[c].rules[r]);
        let id = match rule.and_then(|rule| rule.id.as_deref()) {
            Some(own) if id.is_empty() => own,
            _ => id,
        };
        Found { rules: self, component: at.map_or(component, |(c, _)| c), rule, id: id.to_owned() }
    }

    fn component(&self, reference: &Reference) -> usize {
        let wanted = &reference.component;
        if let Some(index) = wanted.index.filter(|index| *index >= 0.0) {
            return index as usize + 1;
        }
        let is_it = |known: &Component| {
            (wanted.guid.is_some() && known.guid == wanted.guid)
                || (wanted.name.is_some() && known.name == wanted.name)
        };
        self.components.iter().position(is_it).unwrap_or(0)
    }

    /// The taxonomy's name and the taxon's id.
    fn taxon<'r>(&'r self, reference: &'r Reference) -> Option<(&'r str, &'r str)> {
        let wanted = &reference.component;
        let by_index =
            wanted.index.filter(|index| *index >= 0.0).and_then(|i| self.taxonomies.get(i as usize));
        let named = || {
            self.taxonomies.iter().find(|taxonomy| {
                (wanted.guid.is_some() && taxonomy.guid == wanted.guid)
                    || wanted.name.as_deref() == Some(taxonomy.name.as_str())
            })
        };
        let taxonomy = by_index.or_else(named);
        let indexed = || taxonomy?.ids.get(reference.index.filter(|i| *i >= 0.0)? as usize)?.as_deref();
        let name = taxonomy.map(|taxonomy| taxonomy.name.as_str()).or(wanted.name.as_deref())?;
        Some((name, reference.id.as_deref().or_else(indexed)?))
    }
}

/// A result's rule, as far as it is known.
pub(super) struct Found<'r> {
    rules: &'r Rules,
    component: usize,
    rule: Option<&'r Rule>,
    /// The rule id; empty when there is none.
    pub(super) id: String,
}

impl Found<'_> {
    /// The rule's title.
    pub(super) fn title(&self) -> Option<String> {
        let rule = self.rule?;
        let full = rule.full.text.as_deref().map(vulnerability::headline);
        rule.short
            .text
            .clone()
            .or(full)
            .or_else(|| rule.name.clone())
            .filter(|title| !title.trim().is_empty())
    }

    /// The rule's default level.
    pub(super) fn level(&self) -> Option<&str> {
        self.rule?.configuration.level.as_deref()
    }

    /// The rule's `security-severity`.
    pub(super) fn security_severity(&self) -> Option<f64> {
        self.rule?.properties.security_severity
    }

    /// The rule's tags.
    pub(super) fn tags(&self) -> impl Iterator<Item = &str> {
        self.rule.into_iter().flat_map(|rule| rule.properties.tags.iter().take(200)).map(String::as_str)
    }

    /// The message, spelt out: its text, else the string it names with the arguments put in.
    pub(super) fn message(&self, message: &Message) -> String {
        let by_id = || {
            let id = message.id.as_deref()?;
            let own = self.rule.and_then(|rule| rule.messages.get(id));
            own.or_else(|| self.rules.components.get(self.component)?.messages.get(id))?.text.as_deref()
        };
        let Some(text) = message.text.as_deref().or_else(by_id) else { return String::new() };
        filled(text, &message.arguments)
    }

    /// What to do: the proposed fix, else the rule's help.
    pub(super) fn remedy(&self, result: &SarifResult) -> Option<String> {
        let fix = result.fixes.iter().find_map(|fix| fix.description.text.as_deref());
        let help = self.rule.and_then(|rule| rule.help.text.as_deref());
        fix.or(help).and_then(excerpt::detail)
    }

    /// The weakness classes in tags, properties and taxa.
    pub(super) fn cwes(&self, result: &SarifResult) -> Vec<u32> {
        let of_rule = self.rule.into_iter().flat_map(|rule| &rule.properties.cwe);
        let listed = of_rule.chain(&result.properties.cwe).map(String::as_str);
        let tagged = self.tags().chain(result.tags()).filter(|tag| tag.to_ascii_lowercase().contains("cwe"));
        let taxa = self.taxa(result).filter(|(name, _)| name.eq_ignore_ascii_case("CWE")).map(|(_, id)| id);
        vulnerability::cwes(listed.chain(tagged).chain(taxa))
    }

    /// CCI numbers among the tags, and taxa of SP 800-53.
    pub(super) fn controls(&self, result: &SarifResult) -> Vec<String> {
        let is_cci =
            |tag: &&str| tag.strip_prefix("CCI-").is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
        let mut controls = Vec::new();
        for tag in self.tags().chain(result.tags()).filter(is_cci) {
            excerpt::note(&mut controls, tag);
        }
        for (_, id) in self.taxa(result).filter(|(name, _)| name.contains("800-53")) {
            excerpt::note(&mut controls, id);
        }
        controls
    }

    fn taxa<'s>(&'s self, result: &'s SarifResult) -> impl Iterator<Item = (&'s str, &'s str)> {
        let related =
            self.rule.into_iter().flat_map(|rule| &rule.relationships).map(|related| &related.target);
        related.chain(&result.taxa).filter_map(|reference| self.rules.taxon(reference))
    }
}

/// Puts arguments in the place of `{0}`, `{1}`, …; doubled braces are single ones (§3.11.5).
fn filled(text: &str, arguments: &[String]) -> String {
    if arguments.is_empty() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let number = tail.strip_prefix('{').and_then(|tail| tail.split_once('}'));
        rest = match number
            .and_then(|(number, after)| Some((arguments.get(number.parse::<usize>().ok()?)?, after)))
        {
            Some((argument, after)) if out.len() < 1 << 16 => {
                out.push_str(argument);
                after
            }
            _ => {
                out.push_str(&tail[..1]);
                tail.strip_prefix("{{").or_else(|| tail.strip_prefix("}}")).unwrap_or(&tail[1..])
            }
        };
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn arguments_are_put_in_place() {
        let arguments = ["x".to_owned(), "y{0}".to_owned()];
        assert_eq!(filled("'{0}' and '{1}' {{0}} {7} {", &arguments), "'x' and 'y{0}' {0} {7} {");
        assert_eq!(filled("{0}", &[]), "{0}");
    }
}
