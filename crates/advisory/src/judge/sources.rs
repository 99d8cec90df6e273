//! Source packages: what advisories of most distributions name, and what is installed often does not tell.

use super::{Component, NotAssessed};
use crate::database::Database;
use crate::ecosystem::{self, Package};
use crate::purl::Purl;
use std::collections::BTreeSet;

/// The ecosystems in which a bill says what its packages were built from. Where it does so for some, those that say
/// nothing are called as their source is: that is when tools leave it out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources(BTreeSet<String>);

impl Sources {
    /// What the components of a bill say.
    pub fn of<'c>(components: impl IntoIterator<Item = &'c Component>) -> Self {
        let purls = components.into_iter().filter_map(purl_of).filter(ecosystem::says_source);
        Self(purls.filter_map(|purl| Some(ecosystem::package_of(&purl).ok()?.ecosystem)).collect())
    }
}

fn purl_of(component: &Component) -> Option<Purl> {
    component.purl.as_deref()?.parse().ok()
}

impl Database {
    /// Why nothing is known of a package that no advisory names: advisories name sources, and nothing tells its own.
    pub(super) fn without_source(
        &self,
        component: &Component,
        package: &Package,
        sources: &Sources,
    ) -> Option<NotAssessed> {
        let ecosystem = &package.ecosystem;
        let is_open = ecosystem::names_sources(ecosystem)
            && self.coverage(ecosystem).is_some()
            && self.find(ecosystem, &package.name).is_none()
            && !sources.0.contains(ecosystem)
            && !purl_of(component).is_some_and(|purl| ecosystem::says_source(&purl));
        is_open.then(|| NotAssessed::NoSource { ecosystem: ecosystem.clone() })
    }
}
