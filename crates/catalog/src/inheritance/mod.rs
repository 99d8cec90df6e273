//! Who does what a statement asks for: the system itself, a provider, or both; followed from customer to
//! provider to whoever really does it, with every hole on the way.
//!
//! Source: SP 800-37r2 task P-5 (common controls) and S-2; OSCAL SSP *by-component: export, inherited,
//! satisfied*; cloud providers' customer responsibility matrices. A statement that is not mentioned follows
//! what is said of its control.

use crate::trace::around;
use std::collections::BTreeMap;

/// Who answers for a statement that a provider offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Responsibility {
    /// The provider does all of it.
    Provider,
    /// The customer must do all of it.
    Customer,
    /// Each does a part.
    Shared,
}

/// What a system says about a statement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stance {
    /// It does all of it itself.
    Own,
    /// A provider does all of it.
    InheritedFrom(String),
    /// A provider does a part, and the system the rest.
    SharedWith(String),
    /// It does a part itself and says nothing about the rest.
    OwnPart,
}

/// What systems say about themselves and offer to others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Landscape {
    systems: BTreeMap<String, SystemSays>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct SystemSays {
    stances: BTreeMap<String, Stance>,
    offers: BTreeMap<String, Responsibility>,
}

impl Landscape {
    /// Makes a system known.
    pub fn system(&mut self, system: &str) {
        self.systems.entry(system.to_owned()).or_default();
    }

    /// Notes what a system says about a statement or a whole control; the last word holds.
    pub fn states(&mut self, system: &str, statement: &str, stance: Stance) {
        self.systems.entry(system.to_owned()).or_default().stances.insert(statement.to_owned(), stance);
    }

    /// Notes what a provider offers its customers for a statement or a whole control.
    pub fn offers(&mut self, provider: &str, statement: &str, responsibility: Responsibility) {
        self.systems
            .entry(provider.to_owned())
            .or_default()
            .offers
            .insert(statement.to_owned(), responsibility);
    }
}

/// Why a statement is not done by anybody as far as is said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Hole {
    /// The system says nothing.
    #[error("{system} says nothing about {statement}")]
    Nothing {
        /// The system.
        system: String,
        /// The statement.
        statement: String,
    },
    /// The system does a part, and nobody the rest.
    #[error("{system} does a part of {statement}; nobody does the rest")]
    PartOnly {
        /// The system.
        system: String,
        /// The statement.
        statement: String,
    },
    /// There is no such provider.
    #[error("{system} inherits {statement} from {provider}, which is not known")]
    UnknownProvider {
        /// The customer.
        system: String,
        /// The statement.
        statement: String,
        /// The provider as named.
        provider: String,
    },
    /// The provider does not offer it.
    #[error("{system} inherits {statement} from {provider}, which does not offer it")]
    NotOffered {
        /// The customer.
        system: String,
        /// The statement.
        statement: String,
        /// The provider.
        provider: String,
    },
    /// The provider leaves it to the customer.
    #[error("{provider} leaves {statement} to its customers, and {system} does not do it")]
    LeftToCustomer {
        /// The customer.
        system: String,
        /// The statement.
        statement: String,
        /// The provider.
        provider: String,
    },
    /// The provider does only a part, and the customer claims that it does all.
    #[error("{provider} does only a part of {statement}; {system} must do and state the rest")]
    CustomerPartMissing {
        /// The customer.
        system: String,
        /// The statement.
        statement: String,
        /// The provider.
        provider: String,
    },
    /// Systems inherit from each other in a circle.
    #[error("{statement} is inherited in a circle: {}", path.join(" → "))]
    Circle {
        /// Systems from the first to its repetition.
        path: Vec<String>,
        /// The statement.
        statement: String,
    },
    /// The chain of providers is longer than [`LONGEST_CHAIN`].
    #[error("{statement} is inherited through more than {LONGEST_CHAIN} systems")]
    TooLong {
        /// The statement.
        statement: String,
    },
}

/// Longest chain of providers that is followed.
pub const LONGEST_CHAIN: usize = 32;

/// Who does what a statement asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Systems that do it or a part of it, the system itself first if it takes part, then along the chain.
    pub done_by: Vec<String>,
    /// The systems from the customer to the last provider, the customer first.
    pub chain: Vec<String>,
    /// What is missing; empty when somebody does all of it.
    pub holes: Vec<Hole>,
}

impl Landscape {
    /// Follows one statement of one system to whoever does it.
    pub fn answer(&self, system: &str, statement: &str) -> Answer {
        let mut answer = Answer { done_by: Vec::new(), chain: vec![system.to_owned()], holes: Vec::new() };
        let mut customer = system.to_owned();
        while let Some(provider) = self.step(&customer, statement, &mut answer) {
            if let Some(first) = answer.chain.iter().position(|s| *s == provider) {
                let path = answer.chain[first..].iter().cloned().chain([provider]).collect();
                answer.holes.push(Hole::Circle { path, statement: statement.to_owned() });
                break;
            }
            if answer.chain.len() > LONGEST_CHAIN {
                answer.holes.push(Hole::TooLong { statement: statement.to_owned() });
                break;
            }
            answer.chain.push(provider.clone());
            customer = provider;
        }
        answer
    }

    /// What one system adds to the answer, and the provider to go on with.
    fn step(&self, system: &str, statement: &str, answer: &mut Answer) -> Option<String> {
        let (name, asked) = (system.to_owned(), statement.to_owned());
        let says = self.systems.get(system);
        let Some(stance) = says.and_then(|s| of_statement(&s.stances, statement)) else {
            answer.holes.push(Hole::Nothing { system: name, statement: asked });
            return None;
        };
        let (provider, part) = match stance {
            Stance::Own => {
                answer.done_by.push(name);
                return None;
            }
            Stance::OwnPart => {
                answer.done_by.push(name.clone());
                answer.holes.push(Hole::PartOnly { system: name, statement: asked });
                return None;
            }
            Stance::SharedWith(provider) => (provider.clone(), OwnShare::Stated),
            Stance::InheritedFrom(provider) => (provider.clone(), OwnShare::None),
        };
        if part == OwnShare::Stated {
            answer.done_by.push(name.clone());
        }
        let Some(offering) = self.systems.get(&provider) else {
            answer.holes.push(Hole::UnknownProvider { system: name, statement: asked, provider });
            return None;
        };
        match (of_statement(&offering.offers, statement), part) {
            (None, _) => {
                answer.holes.push(Hole::NotOffered { system: name, statement: asked, provider });
                return None;
            }
            (Some(Responsibility::Customer), OwnShare::None) => {
                answer.holes.push(Hole::LeftToCustomer { system: name, statement: asked, provider });
                return None;
            }
            // The provider does nothing, so a mere part of the customer is all there is.
            (Some(Responsibility::Customer), OwnShare::Stated) => {
                answer.holes.push(Hole::PartOnly { system: name, statement: asked });
                return None;
            }
            (Some(Responsibility::Shared), OwnShare::None) => {
                answer.holes.push(Hole::CustomerPartMissing {
                    system: name,
                    statement: asked,
                    provider: provider.clone(),
                });
            }
            (Some(Responsibility::Shared), OwnShare::Stated) | (Some(Responsibility::Provider), _) => {}
        }
        Some(provider)
    }

    /// The answers for all statements of a system, in their order.
    pub fn answers<'s>(
        &self,
        system: &str,
        statements: impl IntoIterator<Item = &'s str>,
    ) -> Vec<(&'s str, Answer)> {
        statements.into_iter().map(|statement| (statement, self.answer(system, statement))).collect()
    }
}

/// Whether a customer says that it does a share of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OwnShare {
    Stated,
    None,
}

/// What is said of a statement, of a statement around it, or of its control: the nearest word holds.
fn of_statement<'a, T>(said: &'a BTreeMap<String, T>, statement: &str) -> Option<&'a T> {
    around(statement).find_map(|id| said.get(id))
}

#[cfg(test)]
mod tests;
