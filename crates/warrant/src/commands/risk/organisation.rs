//! `warrant risk organisation` and `warrant risk scenario`: scenarios of a store, with controls as posture shows them.

use super::show;
use crate::output::{plain, print, print_json};
use warrant_service::risk::{RiskScope, RiskView, ScenarioView};
use warrant_service::{Actor, Service};

/// What a year may cost the organisation, or one system of it.
pub(super) async fn organisation(
    service: &Service,
    actor: &Actor,
    system: Option<&str>,
    json: bool,
) -> anyhow::Result<()> {
    let system = match system {
        Some(name) => Some(service.system_row(actor, name).await?.id),
        None => None,
    };
    let scope = system.map_or(RiskScope::Organisation, RiskScope::System);
    let view = service.risk(actor, &scope).await?;
    if json {
        return print_json(&view);
    }
    tell(&view);
    Ok(())
}

fn tell(view: &RiskView) {
    match &view.report {
        Some(report) => show::titled("Risk scenarios in force", report),
        None => print("No risk scenario is in force; `warrant records list scenario` shows drafts."),
    }
    for left in &view.left_out {
        print(&format!(
            "Not counted: {} ({}): {}",
            plain(&left.title),
            plain(&left.system_name),
            left.because
        ));
    }
    print(&format!(
        "Efficacy of controls: {}; to be looked at again by {}.",
        view.priors, view.priors_review_by
    ));
}

/// One scenario with what stands in its way.
pub(super) async fn scenario(service: &Service, actor: &Actor, id: &str, json: bool) -> anyhow::Result<()> {
    let view = service.risk_of_scenario(actor, id).await?;
    if json {
        return print_json(&view);
    }
    show::titled(&format!("{} ({})", view.line.title, view.line.system_name), &view.report);
    print("");
    controls(&view);
    print("");
    findings(&view);
    if let Some(then) = &view.then {
        let now = view.line.figures.ale;
        print("");
        print(&format!(
            "A month ago {} {}; today {}.",
            show::money(then.ale),
            view.currency,
            show::money(now)
        ));
        for moved in &then.moved {
            print(&format!(
                "  {}: {} -> {} (open findings {} -> {}; {} -> {} in place)",
                moved.now.control,
                show::percent(moved.before.performance()),
                show::percent(moved.now.performance()),
                moved.before.open,
                moved.now.open,
                show::percent(moved.before.in_place),
                show::percent(moved.now.in_place),
            ));
        }
    }
    Ok(())
}

fn controls(view: &ScenarioView) {
    print(&format!(
        "Without any control {} {} a year; what each keeps away:",
        show::money(view.bare),
        view.currency
    ));
    for share in &view.controls {
        let standing = &share.standing;
        print(&format!(
            "  {:<8} {:>12}  efficacy {} ({}) x in place {} x left by findings {} x reliability {} = {}; {}",
            standing.control,
            show::money(share.share),
            show::percent(standing.efficacy),
            standing.word,
            show::percent(standing.in_place),
            show::percent(standing.left),
            show::percent(standing.reliability()),
            show::percent(standing.performance()),
            standing.in_place_because,
        ));
    }
}

fn findings(view: &ScenarioView) {
    print(&format!(
        "{} open findings bear on these controls; closing one alone spares in a year:",
        view.findings_in_all
    ));
    for finding in view.findings.iter().take(10) {
        print(&format!(
            "  {:>12}  {:<8}  {} on {}",
            show::money(finding.worth),
            finding.severity.word(),
            plain(&finding.title),
            plain(&finding.target)
        ));
    }
}
