//! What suppliers' statements take away from a judgement.

use super::{Cleared, Component, Judgement, NotAssessed};
use crate::advisory::{Statement, Status};
use crate::database::Database;
use crate::ecosystem;
use crate::purl::Purl;

/// What the components are parts of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// Package URLs and names of the whole: the subject of the SBOM.
    pub product: Vec<String>,
}

impl Database {
    /// Takes away what the newest fitting statement about each vulnerability says does not apply. Statements whose
    /// product is another, or only perhaps this one, are not followed.
    pub(super) fn apply_statements<'d>(
        &'d self,
        component: &Component,
        version: Option<&str>,
        context: &Context,
        judgement: &mut Judgement<'d>,
    ) {
        if self.statements.is_empty() {
            return;
        }
        let purl = component.purl.as_deref().and_then(|text| text.parse::<Purl>().ok());
        let mut cleared = Vec::new();
        let statement_for = |id: &str| {
            let group = self.group(id)?;
            let fitting = self
                .statements_about(group)
                .filter(|statement| fits(statement, purl.as_ref(), component, version, context));
            // They are in order of time: the last is the newest.
            fitting.last()
        };
        let mut check = |id: &'d str| match statement_for(id) {
            Some(statement) if matches!(statement.status, Status::NotAffected | Status::Fixed) => {
                cleared.push(Cleared {
                    id,
                    status: statement.status,
                    justification: statement.justification.as_deref(),
                    explanation: &statement.explanation,
                    document: &statement.document,
                });
                false
            }
            _ => true,
        };
        judgement.affected.retain(|hit| check(hit.id));
        // A statement also settles what an advisory that could not be read left open.
        judgement.not_assessed.retain(|why| match why {
            NotAssessed::Unreadable { vulnerability } => {
                self.group(vulnerability).is_none_or(|group| check(&group.id))
            }
            _ => true,
        });
        judgement.cleared = cleared;
    }
}

/// Whether a statement is about the component within its product.
fn fits(
    statement: &Statement,
    purl: Option<&Purl>,
    component: &Component,
    version: Option<&str>,
    context: &Context,
) -> bool {
    let is_component = |name: &String| is_same(name, statement.status, purl, component, version);
    let is_product = |name: &String| context.product.iter().any(|product| covers(name, product));
    match statement.parts.is_empty() {
        true => statement.products.iter().any(is_component),
        false => statement.parts.iter().any(is_component) && statement.products.iter().any(is_product),
    }
}

/// Whether what a statement names is this component: the same package, and the same version and qualifiers where the
/// statement gives them.
fn is_same(
    name: &str,
    status: Status,
    purl: Option<&Purl>,
    component: &Component,
    version: Option<&str>,
) -> bool {
    match (name.parse::<Purl>(), purl) {
        (Ok(named), Some(purl)) => {
            let version_fits = match ecosystem::version_of(&named) {
                // Fixed in every version there is: nobody means that.
                None => status != Status::Fixed,
                Some(named) => version == Some(named.as_str()),
            };
            let mut qualifiers = named.qualifiers().iter();
            named.base() == purl.base()
                && version_fits
                && qualifiers.all(|(key, value)| purl.qualifier(key) == Some(value))
        }
        (Ok(_), None) => false,
        // A plain name must be the whole name and carry the version, or it might be anything.
        (Err(_), _) => version.is_some_and(|version| {
            name == format!("{}@{version}", component.name) || name == format!("{} {version}", component.name)
        }),
    }
}

/// Whether what a statement names is the product: the same text, or the same package with the same version where the
/// statement gives one.
fn covers(name: &str, product: &str) -> bool {
    if name == product {
        return true;
    }
    match (name.parse::<Purl>(), product.parse::<Purl>()) {
        (Ok(named), Ok(product)) => {
            named.base() == product.base()
                && named.version().is_none_or(|version| product.version() == Some(version))
        }
        _ => false,
    }
}
