//! What a system takes from others: who does it in the end, how it stands there, and what nobody does.
//!
//! Followed by [`warrant_catalog::inheritance`] over what systems state and offer (SP 800-37r2 tasks P-5 and S-2).

use crate::framework::{Bearing, Framework, Named, normal_id};
use crate::policy::Policy;
use crate::status::controls;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use warrant_catalog::inheritance::{Landscape, Responsibility, Stance};
use warrant_model::RecordId;
use warrant_model::kind::Record;
use warrant_model::kinds::{CommonControl, ControlResponsibility, Implementation, ImplementationStatus};
use warrant_model::posture::{ControlStatus, Status};
use warrant_model::snapshot::SystemSnapshot;

/// What people call a provider that is no system of ours.
pub const OUTSIDE: &str = "an outside provider";

/// A system on the way from the customer to whoever does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The system.
    pub system: RecordId,
    /// Its name.
    pub name: String,
    /// How the control stands there: the worst of the statements taken. `None`: it is not in that system's baseline.
    pub status: Option<Status>,
}

/// A control or statement that a system takes from another.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The record that says so.
    pub record: RecordId,
    /// The control or statement, in catalogue form.
    pub control: String,
    /// Whether all of it is inherited or only a part.
    pub status: ImplementationStatus,
    /// How the system describes it, its own part included.
    pub ours: String,
    /// How the control stands at the system itself, what is taken counted in.
    pub own_status: Option<Status>,
    /// The name of the provider that the record names; [`OUTSIDE`] when that is no system.
    pub provider: String,
    /// From the nearest provider to whoever does it last, as far as they may be seen.
    pub path: Vec<Step>,
    /// What the nearest provider offers, if it does.
    pub offer: Option<CommonControl>,
    /// What is missing, in words.
    pub holes: Vec<String>,
}

impl Taken {
    /// In a word, how it is taken.
    pub fn how(&self) -> &'static str {
        if self.status == ImplementationStatus::Shared { "shared" } else { "inherited" }
    }

    /// From whom, from the nearest provider to whoever does it last.
    pub fn from(&self) -> String {
        if self.path.is_empty() {
            return self.provider.clone();
        }
        self.path.iter().map(|step| step.name.as_str()).collect::<Vec<_>>().join(" → ")
    }

    /// Who answers for it, as the provider says.
    pub fn responsibility(&self) -> &'static str {
        self.offer.as_ref().map_or("not offered", |offer| offer.responsibility.title())
    }

    /// Whether this is among what a word asks for: `failing`, `holes`, `inherited`, `shared`; anything else is all.
    pub fn is(&self, word: &str) -> bool {
        match word {
            "failing" => self.failing().is_some(),
            "holes" => !self.holes.is_empty(),
            "shared" | "inherited" => self.how() == word,
            _ => true,
        }
    }

    /// The last system on the path where the control does not hold, which is where that begins: it fails there, or has
    /// grown stale.
    pub fn failing(&self) -> Option<&Step> {
        let fails =
            |step: &&Step| matches!(step.status, Some(Status::OtherThanSatisfied | Status::Stale { .. }));
        self.path.iter().rev().find(fails)
    }
}

/// What a system takes from the others, in catalogue order. `others` are the providers along the chains as far as they
/// may be seen; those that are missing end a chain.
pub fn taken(snapshot: &SystemSnapshot, others: &[&SystemSnapshot], policy: &Policy) -> Vec<Taken> {
    let framework = Framework::embedded();
    let all: Vec<&SystemSnapshot> = std::iter::once(snapshot)
        .chain(others.iter().copied().filter(|other| other.system.id != snapshot.system.id))
        .collect();
    let landscape = landscape(&all, framework);
    let by_name: HashMap<&str, &SystemSnapshot> =
        all.iter().rev().map(|one| (one.system.body.name.as_str(), *one)).collect();
    let statuses: HashMap<&RecordId, Vec<ControlStatus>> =
        all.iter().map(|one| (&one.system.id, controls(one, policy))).collect();
    let mut found = Vec::new();
    for record in snapshot.implementations.iter().filter(|record| is_taken(&record.body)) {
        let Some(bearing) = framework.bearing(&record.body.control) else { continue };
        let (mut names, mut holes): (Vec<String>, BTreeSet<String>) = (Vec::new(), BTreeSet::new());
        for statement in &framework.statements()[bearing.statements.clone()] {
            let answer = landscape.answer(&snapshot.system.body.name, statement);
            holes.extend(answer.holes.iter().map(ToString::to_string));
            // The longest way is told; on a shorter one the last system does it itself.
            if answer.chain.len() > names.len() {
                names = answer.chain;
            }
        }
        // A provider that does not offer it ends the chain, and is told all the same.
        let named = record.body.provider.as_ref().and_then(|id| all.iter().find(|one| one.system.id == *id));
        if let (1, Some(provider)) = (names.len(), named) {
            names.push(provider.system.body.name.clone());
        }
        let step = |name: &String| {
            let system = by_name.get(name.as_str())?;
            let of = statuses.get(&system.system.id)?;
            Some(Step {
                system: system.system.id.clone(),
                name: name.clone(),
                status: standing(of, framework, &bearing),
            })
        };
        let provider = record.body.provider.as_ref();
        let offers = provider.and_then(|id| all.iter().find(|one| one.system.id == *id));
        found.push((
            bearing.control,
            bearing.statements.start,
            Taken {
                record: record.id.clone(),
                control: target(&record.body.control, &bearing, framework),
                status: record.body.status,
                ours: record.body.description.clone().unwrap_or_default(),
                own_status: statuses
                    .get(&snapshot.system.id)
                    .and_then(|of| standing(of, framework, &bearing)),
                provider: provider
                    .and_then(|id| snapshot.programme.systems.iter().find(|(system, _)| system == id))
                    .map_or(OUTSIDE.to_owned(), |(_, name)| name.clone()),
                path: names.iter().skip(1).filter_map(step).collect(),
                offer: offers.and_then(|one| offer(one, framework, &bearing)).cloned(),
                holes: shortened(holes, &framework.statements()[bearing.statements]),
            },
        ));
    }
    found.sort_by(|a, b| (a.0, a.1, &a.2.record).cmp(&(b.0, b.1, &b.2.record)));
    found.into_iter().map(|(.., taken)| taken).collect()
}

/// Whether a statement says that others do it, or a part of it.
pub fn is_taken(said: &Implementation) -> bool {
    matches!(said.status, ImplementationStatus::Inherited | ImplementationStatus::Shared)
}

/// What a system offers for what an id bears on: the offer that names it most closely.
fn offer<'a>(
    provider: &'a SystemSnapshot,
    framework: &Framework,
    wanted: &Bearing,
) -> Option<&'a CommonControl> {
    let covering = provider.common_controls.iter().filter_map(|record| {
        let bearing = framework.bearing(&record.body.control)?;
        let inside = bearing.statements.start <= wanted.statements.start
            && wanted.statements.end <= bearing.statements.end;
        inside.then_some((bearing.statements.len(), &record.id, &record.body))
    });
    covering.min_by_key(|(size, id, _)| (*size, *id)).map(|(.., body)| body)
}

/// One hole that is the same for many statements is told once.
fn shortened(holes: BTreeSet<String>, statements: &[String]) -> Vec<String> {
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for hole in holes {
        let named = statements.iter().filter(|id| hole.contains(id.as_str())).max_by_key(|id| id.len());
        let text = named.map_or(hole.clone(), |id| hole.replace(id.as_str(), "it"));
        *told.entry(text).or_default() += 1;
    }
    told.into_iter()
        .map(|(text, count)| if count > 1 { format!("{text} ({count} statements)") } else { text })
        .collect()
}

/// The worst status of the statements that an id bears on; `None`: the baseline does not hold the control.
pub fn standing(of: &[ControlStatus], framework: &Framework, bearing: &Bearing) -> Option<Status> {
    let id = &framework.controls()[bearing.control].id;
    let control = of.iter().find(|control| control.control == *id)?;
    let wanted = &framework.statements()[bearing.statements.clone()];
    let statements = control.statements.iter().filter(|one| wanted.contains(&one.statement));
    statements.map(|one| &one.status).max_by_key(|status| crate::status::badness(status)).cloned()
}

fn target(text: &str, bearing: &Bearing, framework: &Framework) -> String {
    match bearing.names {
        Named::Control => framework.controls()[bearing.control].id.clone(),
        Named::Statement => normal_id(text).unwrap_or_else(|| text.trim().to_lowercase()),
    }
}

fn landscape(all: &[&SystemSnapshot], framework: &Framework) -> Landscape {
    let mut landscape = Landscape::default();
    for one in all {
        let name = &one.system.body.name;
        landscape.system(name);
        for (control, stance) in stances(one, framework) {
            landscape.states(name, &control, stance);
        }
        for record in &one.common_controls {
            let Some(bearing) = framework.bearing(&record.body.control) else { continue };
            let responsibility = match record.body.responsibility {
                ControlResponsibility::Provider => Responsibility::Provider,
                ControlResponsibility::Shared => Responsibility::Shared,
                ControlResponsibility::Customer => Responsibility::Customer,
            };
            for statement in &framework.statements()[bearing.statements] {
                landscape.offers(name, statement, responsibility);
            }
        }
    }
    landscape
}

/// What a system says of each statement. What its components do counts together: one that inherits beside one that
/// does it itself share it.
fn stances(one: &SystemSnapshot, framework: &Framework) -> BTreeMap<String, Stance> {
    let mut said: BTreeMap<&str, (usize, Vec<&Record<Implementation>>)> = BTreeMap::new();
    for record in &one.implementations {
        let Some(bearing) = framework.bearing(&record.body.control) else { continue };
        let size = bearing.statements.len();
        for statement in &framework.statements()[bearing.statements] {
            let (held, records) = said.entry(statement).or_insert((size, Vec::new()));
            // The nearest word holds: what names fewer statements.
            if size < *held {
                (*held, *records) = (size, Vec::new());
            }
            if size == *held {
                records.push(record);
            }
        }
    }
    let name = |id: Option<&RecordId>| {
        let known = id.and_then(|id| one.programme.systems.iter().find(|(system, _)| system == id));
        known.map_or(OUTSIDE.to_owned(), |(_, name)| name.clone())
    };
    let stance = |records: &[&Record<Implementation>]| {
        let has = |status| records.iter().any(|record| record.body.status == status);
        let own = has(ImplementationStatus::Implemented) || has(ImplementationStatus::Alternative);
        let part = has(ImplementationStatus::Partial) || has(ImplementationStatus::Planned);
        let taken = records.iter().filter(|record| is_taken(&record.body)).min_by_key(|record| &record.id);
        match taken {
            Some(record) if own || part || has(ImplementationStatus::Shared) => {
                Stance::SharedWith(name(record.body.provider.as_ref()))
            }
            Some(record) => Stance::InheritedFrom(name(record.body.provider.as_ref())),
            None if own && !part => Stance::Own,
            None => Stance::OwnPart,
        }
    };
    said.into_iter().map(|(id, (_, records))| (id.to_owned(), stance(&records))).collect()
}
