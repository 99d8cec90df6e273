//! Checks: pure rules over a system's snapshot, one file each.
//!
//! To add one: write its file, add its module and its line in [`CHECKS`] (sorted by id), and give it an example in
//! `tests/it/checks.rs`; `UPDATE=1` rewrites `docs/checks.md`.

mod agreement_expired;
mod agreement_expiring;
mod authorization_expired;
mod authorization_expiring;
mod authorization_missing;
mod backup;
mod backup_missing;
mod backup_never_restored;
mod backup_not_verified;
mod backup_too_old;
mod benchmark_rule_failed;
mod boundary_missing;
mod component_end_of_support;
mod component_uncovered;
mod component_unowned;
mod control_not_assessed;
mod control_stale;
mod control_unsatisfied_without_plan;
mod data_store_unencrypted;
mod evidence_stale;
mod exception_expired;
mod exception_expiring;
mod finding_reopened;
mod flow_unauthenticated;
mod flow_unprotected;
mod information_type_without_levels;
mod inherited_control_failing;
mod interconnection_without_agreement;
mod poam_closed_but_still_found;
mod poam_incomplete;
mod poam_milestone_overdue;
mod poam_overdue;
mod poam_stale_validation;
mod release_affected;
mod remediation;
mod responsible_person_left;
mod review_overdue;
mod risk_treatment_awaits_approval;
mod risk_treatment_expired;
mod risk_treatment_expiring;
mod risk_treatment_undecided;
mod sbom_missing;
mod security_design_missing;
mod store_on_user_owned_device;
mod system_no_authorizing_official;
mod system_no_security_officer;
mod system_uncategorised;
mod system_unowned;
mod target_unknown;
pub(crate) mod task_overdue;
mod vulnerability_known_exploited;
mod vulnerability_open;
mod vulnerability_past_sla;

use crate::{Context, Out};

/// What people may know of a check.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Stable id, in kebab case; exceptions name it.
    pub id: &'static str,
    /// Title.
    pub title: &'static str,
    /// Why it matters, one sentence.
    pub why: &'static str,
    /// The standard it comes from, with section.
    pub source: &'static str,
    /// When it may be wrong, and what to do then.
    pub false_positives: &'static str,
}

/// A rule over a system's snapshot.
#[derive(Clone, Copy)]
pub struct Check {
    /// What people may know of it.
    pub about: About,
    /// Looks, and adds what is wrong.
    pub run: fn(&Context<'_>, &mut Out),
}

impl std::fmt::Debug for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Check").field(&self.about.id).finish()
    }
}

/// Every check, by id.
pub const CHECKS: &[Check] = &[
    agreement_expired::CHECK,
    agreement_expiring::CHECK,
    authorization_expired::CHECK,
    authorization_expiring::CHECK,
    authorization_missing::CHECK,
    backup_missing::CHECK,
    backup_never_restored::CHECK,
    backup_not_verified::CHECK,
    backup_too_old::CHECK,
    benchmark_rule_failed::CHECK,
    boundary_missing::CHECK,
    component_end_of_support::CHECK,
    component_uncovered::CHECK,
    component_unowned::CHECK,
    control_not_assessed::CHECK,
    control_stale::CHECK,
    control_unsatisfied_without_plan::CHECK,
    data_store_unencrypted::CHECK,
    evidence_stale::CHECK,
    exception_expired::CHECK,
    exception_expiring::CHECK,
    finding_reopened::CHECK,
    flow_unauthenticated::CHECK,
    flow_unprotected::CHECK,
    information_type_without_levels::CHECK,
    inherited_control_failing::CHECK,
    interconnection_without_agreement::CHECK,
    poam_closed_but_still_found::CHECK,
    poam_incomplete::CHECK,
    poam_milestone_overdue::CHECK,
    poam_overdue::CHECK,
    poam_stale_validation::CHECK,
    release_affected::CHECK,
    responsible_person_left::CHECK,
    review_overdue::CHECK,
    risk_treatment_awaits_approval::CHECK,
    risk_treatment_expired::CHECK,
    risk_treatment_expiring::CHECK,
    risk_treatment_undecided::CHECK,
    sbom_missing::CHECK,
    security_design_missing::CHECK,
    store_on_user_owned_device::CHECK,
    system_no_authorizing_official::CHECK,
    system_no_security_officer::CHECK,
    system_uncategorised::CHECK,
    system_unowned::CHECK,
    target_unknown::CHECK,
    task_overdue::CHECK,
    vulnerability_known_exploited::CHECK,
    vulnerability_open::CHECK,
    vulnerability_past_sla::CHECK,
];

/// The check of an id.
pub fn find(id: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|check| check.about.id == id)
}
