//! Documents on demand: what each is written from, loaded as far as whoever asks may see it.
//!
//! One function makes any of them; what it loads is decided by the facts that the kind of document reads.

mod overview;
mod risk;
mod system;

use crate::{Actor, Scope, Service, ServiceError};
use jiff::Timestamp;
use warrant_model::time::day;
use warrant_report::documents::{Cover, Document, Seen, SystemFacts};

pub use warrant_report::documents::{DOCUMENTS, DocumentKind, Syntax, Write, document_kind};

/// What a document is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// All that the actor sees.
    Organisation,
    /// A unit and those below it, by its id.
    Unit(String),
    /// A system, by its id or name.
    System(String),
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct DocumentAsk {
    /// The document's id.
    pub kind: String,
    /// What it is about.
    pub about: About,
    /// The instant it holds for; `None`: now.
    pub as_of: Option<Timestamp>,
    /// How it is written.
    pub syntax: Syntax,
}

/// A document as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeDocument {
    /// A name for the file, with its ending.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Service {
    /// Makes a document of what the actor may see.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for the document, the system or the unit; [`ServiceError::Refused`] when it is not made of
    /// what was asked, or not of a past day.
    pub async fn document(&self, actor: &Actor, ask: &DocumentAsk) -> Result<MadeDocument, ServiceError> {
        let kind = document_kind(&ask.kind)
            .ok_or_else(|| ServiceError::NotFound { what: "document", name: ask.kind.clone() })?;
        let (document, subject, at) = match (kind.write, &ask.about) {
            (Write::System(write), About::System(system)) => {
                let loaded = self.system_facts(actor, system, ask.as_of).await?;
                let cover = self.cover(actor, &ask.about, loaded.at()).await?;
                let currency = self.priors().currency.clone();
                // Laying out hundreds of controls takes longer than other requests should wait for.
                let work = tokio::task::spawn_blocking(move || {
                    let content = loaded.seen(&currency, |facts: &SystemFacts<'_>| write(facts, &cover));
                    (Document::new(kind, &cover, content), cover.subject, cover.as_of)
                });
                work.await.map_err(|error| ServiceError::Refused(error.to_string()))?
            }
            (Write::Risk(write), about) => {
                if ask.as_of.is_some() {
                    let said = "risk is computed of the present alone; ask without a day";
                    return Err(ServiceError::field("as_of", said));
                }
                let facts = self.risk_facts(actor, about).await?;
                let cover = self.cover(actor, about, facts.as_of).await?;
                (Document::new(kind, &cover, write(&facts, &cover)), cover.subject, cover.as_of)
            }
            (Write::Overview(write), About::Organisation | About::Unit(_)) => {
                let facts = self.overview_facts(&self.narrowed(actor, &ask.about).await?, ask.as_of).await?;
                let cover = self.cover(actor, &ask.about, facts.as_of).await?;
                (Document::new(kind, &cover, write(&facts, &cover)), cover.subject, cover.as_of)
            }
            (Write::System(_), _) => {
                return Err(ServiceError::Refused(format!(
                    "the {} is of a system; say which",
                    kind.title.to_lowercase()
                )));
            }
            (Write::Overview(_), About::System(_)) => {
                let title = kind.title.to_lowercase();
                return Err(ServiceError::Refused(format!(
                    "the {title} is of the organisation or a unit, not of a system"
                )));
            }
        };
        let bytes = document.written(ask.syntax).map_err(|error| ServiceError::Refused(error.to_string()))?;
        Ok(MadeDocument { name: format!("{subject}-{}-{}.{}", kind.id, day(at), ask.syntax.ending()), bytes })
    }

    /// What a document tells of itself.
    async fn cover(&self, actor: &Actor, about: &About, as_of: Timestamp) -> Result<Cover, ServiceError> {
        let organisation = self.organisation_name().await?;
        let title = |id: String| async move { self.record(actor, &id).await.map(|row| row.title) };
        let (subject, marking) = match (about, &actor.within) {
            (About::System(system), _) => {
                let row = self.system_row(actor, system).await?;
                (row.title, self.marking_of(actor, &row.id).await?)
            }
            (About::Unit(unit), _) | (About::Organisation, Scope::Unit(unit)) => {
                (title(unit.clone()).await?, self.marking().await?)
            }
            (About::Organisation, Scope::System(system)) => {
                (title(system.clone()).await?, self.marking_of(actor, system).await?)
            }
            (About::Organisation, Scope::Organisation) if organisation.is_empty() => {
                ("Organisation".to_owned(), self.marking().await?)
            }
            (About::Organisation, Scope::Organisation) => (organisation.clone(), self.marking().await?),
        };
        let seen = match about {
            About::Organisation | About::Unit(_) if actor.everywhere.is_none() => Seen::Part,
            _ => Seen::Whole,
        };
        Ok(Cover { organisation, marking, subject, as_of, made_by: who(actor).to_owned(), seen })
    }

    /// The actor, whose lists are narrowed to what a document is about.
    async fn narrowed(&self, actor: &Actor, about: &About) -> Result<Actor, ServiceError> {
        match about {
            About::Unit(unit) => {
                let row = self.record(actor, unit).await?;
                if row.kind != "unit" {
                    return Err(ServiceError::NotFound { what: "unit", name: unit.clone() });
                }
                Ok(actor.clone().looking_at(Scope::Unit(unit.clone())))
            }
            About::Organisation | About::System(_) => Ok(actor.clone()),
        }
    }
}

/// A name for whoever asks.
fn who(actor: &Actor) -> &str {
    if actor.name.trim().is_empty() { &actor.email } else { &actor.name }
}
