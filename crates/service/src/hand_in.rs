//! Handing a system in: OSCAL documents, workbooks in somebody's template, checklists, HDF, FedRAMP JSON.

use crate::inheritance::Shares;
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use warrant_model::RecordId;
use warrant_model::fact::{AssetFact, Fact};
use warrant_model::finding::FindingSort;
use warrant_model::hash::ContentHash;
use warrant_model::kinds::{PoamItem, System};
use warrant_model::posture::{ControlStatus, Posture};
use warrant_model::snapshot::SystemSnapshot;
use warrant_model::time::from_micros;
use warrant_report::hand_in::{
    Checked, CustomerPart, Kept, Options, Provided, Reads, Subject, make, mark, reads, take_back,
};
use warrant_store::facts;

pub use warrant_report::hand_in::{
    Format, HandIn, HandInError, NotTaken, Sort, Syntax, TakenBack, TakenEdit, TakenField, TakenResult,
    ending, formats, takes_back,
};

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The format's id.
    pub format: String,
    /// The system: id or name.
    pub system: String,
    /// The user's own blank workbook.
    pub template: Option<Vec<u8>>,
    /// Only this target.
    pub target: Option<String>,
    /// The address of the certification package overview.
    pub package: Option<String>,
    /// When the report period begins.
    pub from: Option<Timestamp>,
    /// How an OSCAL document is written; JSON if not said.
    pub syntax: Option<Syntax>,
}

/// What a filled workbook was compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compared {
    /// What was written into it when it was exported.
    #[default]
    Export,
    /// What Warrant would write now: it has no mark, so that it is not known what was written.
    Unmarked,
    /// What Warrant would write now: it has a mark, and what was written is not in this store.
    Lost,
    /// What Warrant would write now: it was exported as another format.
    OtherFormat,
}

impl Compared {
    /// What that means for the person who takes it back; nothing when it is as it should be.
    pub fn caution(self) -> Option<&'static str> {
        let why = match self {
            Self::Export => return None,
            Self::Unmarked => {
                "The workbook lost the mark of its export, or was not exported here: it is compared with what Warrant \
                 would write now. What has changed in Warrant since then shows as if it had been changed in the workbook."
            }
            Self::Lost => {
                "What was written into this workbook is not in this store: it is compared with what Warrant would write \
                 now. What has changed in Warrant since then shows as if it had been changed in the workbook."
            }
            Self::OtherFormat => {
                "The workbook was exported as another format: it is compared with what Warrant would write now. What has \
                 changed in Warrant since then shows as if it had been changed in the workbook."
            }
        };
        Some(why)
    }
}

/// How many facts are read at once.
const CHUNK: i64 = 10_000;

/// What a hand-in is made of, owned, so that it can be made off the async threads.
struct Material {
    organisation: String,
    snapshot: Arc<SystemSnapshot>,
    posture: Posture,
    originals: BTreeMap<RecordId, PoamItem>,
    checks: Vec<Checked>,
    assets: Vec<AssetFact>,
    controls: Vec<ControlStatus>,
    providers: BTreeMap<RecordId, System>,
    provided: Vec<Provided>,
    titles: BTreeMap<String, String>,
}

impl Service {
    /// Makes a format of a system as it is now, if the actor may see the system. What goes into a workbook is kept beside
    /// the evidence, so that it is known when the workbook comes back.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for the system, [`ServiceError::HandIn`] when the format can not be made.
    pub async fn hand_in(&self, actor: &Actor, asked: Asked) -> Result<HandIn, ServiceError> {
        let reads = reads(&asked.format)?;
        let material = self.material(actor, &asked.system, reads).await?;
        let blobs = self.store().blobs().clone();
        let work = tokio::task::spawn_blocking(move || -> Result<HandIn, ServiceError> {
            let made = material.make(&asked)?;
            if let Some(kept) = &made.kept {
                blobs.put(kept)?;
            }
            Ok(made)
        });
        work.await.map_err(|error| ServiceError::Refused(error.to_string()))?
    }

    /// What a filled workbook says that Warrant did not write into it, the system it was compared with, and what the
    /// comparison rests on.
    pub(crate) async fn read_back(
        &self,
        actor: &Actor,
        system: &str,
        format: &str,
        workbook: Vec<u8>,
    ) -> Result<(TakenBack, Arc<SystemSnapshot>, Compared), ServiceError> {
        if !takes_back(format) {
            return Err(HandInError::NotTaken(format.to_owned()).into());
        }
        let material = self.material(actor, system, reads(format)?).await?;
        let snapshot = Arc::clone(&material.snapshot);
        let format = format.to_owned();
        let blobs = self.store().blobs().clone();
        let work = tokio::task::spawn_blocking(move || -> Result<_, HandInError> {
            let kept = mark(&workbook)?.map(|mark| blobs.get(&ContentHash(mark)).ok());
            let kept = kept.map(|bytes| bytes.and_then(|bytes| Kept::read(&bytes)));
            let compared = match &kept {
                Some(Some(kept)) if kept.format == format => Compared::Export,
                Some(Some(_)) => Compared::OtherFormat,
                Some(None) => Compared::Lost,
                None => Compared::Unmarked,
            };
            let kept = kept.flatten();
            let taken = material.seen(|subject| take_back(&format, subject, &workbook, kept.as_ref()))?;
            Ok((taken, compared))
        });
        let (taken, compared) = work.await.map_err(|error| ServiceError::Refused(error.to_string()))??;
        Ok((taken, snapshot, compared))
    }

    async fn material(&self, actor: &Actor, system: &str, reads: Reads) -> Result<Material, ServiceError> {
        let snapshot = self.snapshot(actor, system, None).await?;
        let posture = warrant_analysis::posture(&snapshot, self.policy());
        let organisation = self.store().organisation().await?.map(|one| one.name).unwrap_or_default();
        let titles = self.titles_of(actor, &linked(&snapshot)).await?;
        let originals = self.originals(&snapshot).await?;
        let (checks, assets) = match reads {
            Reads::Findings => (Vec::new(), Vec::new()),
            Reads::Facts | Reads::Judgements => self.newest_facts(&snapshot).await?,
        };
        let (controls, providers, provided) = match reads {
            Reads::Findings | Reads::Facts => (Vec::new(), BTreeMap::new(), Vec::new()),
            Reads::Judgements => {
                let controls = warrant_analysis::controls(&snapshot, self.policy());
                let providers = self.providers(actor, &snapshot).await?;
                (controls, providers, self.provided(actor, &snapshot).await?)
            }
        };
        Ok(Material {
            organisation,
            snapshot,
            posture,
            originals,
            checks,
            assets,
            controls,
            providers,
            provided,
            titles,
        })
    }

    /// The systems that provide controls to one, as far as the actor may see them.
    async fn providers(
        &self,
        actor: &Actor,
        snapshot: &SystemSnapshot,
    ) -> Result<BTreeMap<RecordId, System>, ServiceError> {
        let named = snapshot.implementations.iter().filter_map(|one| one.body.provider.as_ref());
        let named: BTreeSet<&RecordId> = named.filter(|id| **id != snapshot.system.id).collect();
        let mut providers = BTreeMap::new();
        for id in named {
            match self.record(actor, id.as_str()).await {
                Ok(row) => {
                    let system = warrant_model::kind::parse_body::<System>(&row.body);
                    providers.extend(system.map(|system| (id.clone(), system)));
                }
                Err(ServiceError::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(providers)
    }

    /// What other systems take from one, as far as the actor may see them.
    async fn provided(
        &self,
        actor: &Actor,
        snapshot: &SystemSnapshot,
    ) -> Result<Vec<Provided>, ServiceError> {
        let customers = self.customers(actor, snapshot).await?;
        let mut provided: Vec<_> = customers
            .into_iter()
            .map(|one| Provided {
                control: one.control,
                customer: one.name,
                part: match one.shares {
                    Shares::Nothing => CustomerPart::Nothing,
                    Shares::APart => CustomerPart::Some,
                },
            })
            .collect();
        provided.sort();
        provided.dedup();
        Ok(provided)
    }

    /// The newest result of every benchmark rule and the newest description of every asset, from the files that the
    /// findings and targets of a system point to.
    async fn newest_facts(
        &self,
        snapshot: &SystemSnapshot,
    ) -> Result<(Vec<Checked>, Vec<AssetFact>), ServiceError> {
        let table = &snapshot.findings;
        let is_check = |row: &usize| table.sort[*row] == FindingSort::Check;
        let rows: HashMap<&str, usize> =
            (0..table.len()).filter(is_check).map(|row| (table.text(table.id[row]), row)).collect();
        let mut files: BTreeSet<&str> = rows.values().map(|row| table.text(table.evidence[*row])).collect();
        files.extend(snapshot.targets.iter().map(|target| target.evidence.as_str()));
        let (mut checks, mut assets) = (Vec::new(), BTreeMap::new());
        for hash in files {
            let hash = ContentHash(hash.to_owned());
            let at = snapshot.evidence.iter().find(|meta| meta.hash == hash).map(|meta| meta.observed_at);
            let mut from = 0;
            loop {
                let system = snapshot.system.id.as_str();
                let read = facts::of_file(&mut self.store().db(), &hash, system, from, CHUNK).await?;
                let Some(last) = read.last() else { break };
                from = last.ordinal + 1;
                for stored in read {
                    match stored.fact {
                        Fact::Check(fact) => {
                            let row = rows.get(stored.finding.as_str()).filter(|row| {
                                table.text(table.evidence[**row]) == hash.as_str()
                                    && table.line[**row] == stored.place.line
                                    && table.text(table.pointer[**row]) == stored.place.pointer
                            });
                            checks.extend(row.map(|row| Checked {
                                finding: stored.finding.clone(),
                                fact,
                                tool: table.text(table.tool[*row]).to_owned(),
                                at: from_micros(table.last_seen[*row]),
                                evidence: hash.clone(),
                                place: stored.place.clone(),
                            }));
                        }
                        Fact::Asset(fact) => {
                            let newest = assets.entry(fact.name.clone()).or_insert((at, fact.clone()));
                            if at > newest.0 {
                                *newest = (at, fact);
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
        checks.sort_by(|left, right| {
            let key = |one: &Checked| {
                (
                    one.fact.target.clone(),
                    one.fact.benchmark.clone(),
                    one.fact.rule.clone(),
                    one.finding.clone(),
                )
            };
            key(left).cmp(&key(right))
        });
        Ok((checks, assets.into_values().map(|(_, fact)| fact).collect()))
    }
}

impl Material {
    fn make(&self, asked: &Asked) -> Result<HandIn, HandInError> {
        let options = Options {
            template: asked.template.as_deref(),
            target: asked.target.as_deref(),
            package: asked.package.as_deref(),
            from: asked.from,
            syntax: asked.syntax,
        };
        self.seen(|subject| make(&asked.format, subject, &options))
    }

    /// The material as a hand-in sees it.
    fn seen<T>(&self, with: impl FnOnce(&Subject<'_>) -> T) -> T {
        let title_of = |_: &str, id: &str| self.titles.get(id).cloned().unwrap_or_default();
        let controls_of_cci = |cci: &str| {
            let targets = warrant_catalog::cci::cci(cci).iter();
            targets.map(|target| target.control_id().to_owned()).collect::<Vec<_>>()
        };
        let subject = Subject {
            organisation: &self.organisation,
            snapshot: &self.snapshot,
            posture: &self.posture,
            originals: &self.originals,
            checks: &self.checks,
            assets: &self.assets,
            controls: &self.controls,
            providers: &self.providers,
            provided: &self.provided,
            title_of: &title_of,
            controls_of_cci: &controls_of_cci,
        };
        with(&subject)
    }
}

/// Ids of the records that a hand-in names by title.
fn linked(snapshot: &SystemSnapshot) -> Vec<String> {
    let people = snapshot.poam_items.iter().filter_map(|item| item.body.owner.as_ref());
    let owners = snapshot.components.iter().filter_map(|component| component.body.owner.as_ref());
    let parts = snapshot.implementations.iter().flat_map(|one| [&one.body.component, &one.body.provider]);
    let all = people.chain(owners).chain(parts.flatten()).chain(&snapshot.system.body.unit);
    let ids: BTreeSet<String> = all.map(|id| id.as_str().to_owned()).collect();
    ids.into_iter().collect()
}
