//! Posture: every check run over a snapshot, ranked, with scorecard and control counts.

use crate::checks::CHECKS;
use crate::context::Context;
use crate::draft::{Draft, Scored, create};
use crate::framework::Framework;
use crate::horizon::Horizon;
use crate::plans::Plans;
use crate::policy::Policy;
use crate::rank::{Excepted, queue_order, rank};
use crate::scorecard::{Pull, scorecard};
use crate::status::Judged;
use warrant_model::Severity;
use warrant_model::hash::key_of;
use warrant_model::posture::{Change, CorrectiveAction, Deficiency, Ground, Posture, SeverityCounts, Source};
use warrant_model::snapshot::{Findings, SystemSnapshot};

/// What a check writes its deficiencies to.
#[derive(Debug, Default)]
pub struct Out {
    drafts: Vec<Draft>,
}

impl Out {
    /// Adds a deficiency.
    pub(crate) fn add(&mut self, draft: Draft) {
        self.drafts.push(draft);
    }

    /// Takes what was added.
    pub(crate) fn take(&mut self) -> Vec<Draft> {
        std::mem::take(&mut self.drafts)
    }
}

/// The posture of a system at the snapshot's instant. The same snapshot and policy always give the same posture, in
/// whatever order the snapshot's rows come.
pub fn posture(snapshot: &SystemSnapshot, policy: &Policy) -> Posture {
    let framework = Framework::embedded();
    let horizon = Horizon::new(snapshot.as_of);
    let judged = Judged::of(snapshot, policy, framework, &horizon);
    let ctx = Context::new(snapshot, policy, framework, &judged, &horizon);
    let plans = Plans::of(&ctx);
    let mut pulls = Vec::new();
    let mut deficiencies = Vec::new();
    // A system out of use has nothing to put right; its records stay.
    let checks = if ctx.system().phase == "retired" { &[] } else { CHECKS };
    let mut out = Out::default();
    for check in checks {
        (check.run)(&ctx, &mut out);
        for draft in out.take() {
            let scored = draft.scored;
            let deficiency = conclude(check.about.id, draft, &plans, &ctx);
            if deficiency.excepted.is_none() && scored == Scored::Counts {
                let (severity, objectives) = (deficiency.severity, deficiency.objectives.clone());
                pulls.push(Pull { severity, objectives });
            }
            deficiencies.push(deficiency);
        }
    }
    deficiencies.sort_by(queue_order);
    Posture {
        system: snapshot.system.id.as_str().to_owned(),
        as_of: snapshot.as_of,
        baseline: judged.categorisation.baseline().map(|impact| impact.to_string()).unwrap_or_default(),
        scorecard: scorecard(&judged, framework, policy, &pulls),
        controls: judged.counts(),
        open_findings: open_findings(&snapshot.findings),
        deficiencies,
        evidence_at: snapshot.evidence.iter().map(|meta| meta.observed_at).max(),
        valid_until: horizon.until(),
    }
}

fn conclude(check: &str, draft: Draft, plans: &Plans<'_>, ctx: &Context<'_>) -> Deficiency {
    let id = deficiency_id(check, ctx.record().id.as_str(), &draft.key);
    let excepted = plans.exception(check, &id);
    let poam_item = draft.poam_item.as_ref().or_else(|| plans.item(&id, &draft));
    let covered = if excepted.is_some() { Excepted::Yes } else { Excepted::No };
    let rank = rank(&draft, covered, ctx);
    let poam_item = poam_item.map(|id| id.as_str().to_owned());
    let owner = draft.owner.clone().or_else(|| ctx.falls_to(&[]));
    let owner = owner.map(|id| id.as_str().to_owned());
    let mut deficiency = Deficiency { excepted, poam_item, owner, ..bare(check, id, draft, rank) };
    if deficiency.poam_item.is_none() && deficiency.severity >= Severity::Medium && !offers_plan(&deficiency)
    {
        deficiency.actions.push(plan(&deficiency, ctx));
    }
    deficiency
}

/// Whether planning it is among its actions already, or makes no sense since it is itself a decision.
fn offers_plan(deficiency: &Deficiency) -> bool {
    let decision = matches!(&deficiency.subject, Source::Record { kind, .. } if kind == "exception");
    let create = |action: &CorrectiveAction| matches!(&action.change, Change::Create { kind, .. } if kind == "poam_item");
    decision || deficiency.actions.iter().any(create)
}

/// Planning a deficiency, for when it can not be ended at once.
fn plan(deficiency: &Deficiency, ctx: &Context<'_>) -> CorrectiveAction {
    let due = deficiency.due.map(|due| due.to_string()).unwrap_or_default();
    let controls = deficiency.controls.join(" ");
    let with = [
        ("system", ctx.record().id.as_str()),
        ("title", &deficiency.title),
        ("severity", deficiency.severity.word()),
        ("deficiencies", &deficiency.id),
        ("controls", &controls),
        ("owner", deficiency.owner.as_deref().unwrap_or_default()),
        ("due", &due),
    ];
    let given: Vec<_> = with.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    create("Plan it in the POA&M", "poam_item", &given)
}

/// A deficiency with what the draft says and nothing else.
pub(crate) fn bare(check: &str, id: String, draft: Draft, rank: warrant_model::posture::Rank) -> Deficiency {
    let Draft { mut controls, mut grounds, .. } = draft;
    controls.sort_unstable();
    controls.dedup();
    if grounds.is_empty() {
        grounds.push(Ground { says: draft.title.clone(), at: draft.since, source: draft.subject.clone() });
    }
    Deficiency {
        id,
        check: check.to_owned(),
        title: draft.title,
        why: draft.why,
        severity: draft.severity,
        since: draft.since,
        due: draft.due,
        subject: draft.subject,
        controls,
        objectives: draft.objectives,
        grounds,
        actions: draft.actions,
        owner: None,
        poam_item: None,
        excepted: None,
        rank,
    }
}

/// The identity of a deficiency, stable over time: check, system (empty for the programme) and subject.
pub fn deficiency_id(check: &str, system: &str, subject: &str) -> String {
    key_of(&[check, system, subject])
}

fn open_findings(findings: &Findings) -> SeverityCounts {
    let mut counts = SeverityCounts::default();
    findings.open().for_each(|row| counts.add(findings.severity[row]));
    counts
}
