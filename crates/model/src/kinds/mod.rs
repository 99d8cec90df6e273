//! The kinds of record: one file each, one line each in [`register`].

mod assessment;
mod budget_line;
mod common_control;
mod component;
mod contract;
mod data_flow;
mod estimate;
mod exception;
mod implementation;
mod information_type;
mod interconnection;
mod leave;
mod note;
mod overlay;
mod person;
mod poam_item;
mod risk_treatment;
mod scenario;
mod spending;
mod staffing;
mod stakeholder;
mod system;
mod tailoring;
mod task;
mod unit;
mod vulnerability_decision;

pub use assessment::{Assessment, AssessmentMethod, AssessmentResult};
pub use budget_line::BudgetLine;
pub use common_control::{CommonControl, ControlResponsibility};
pub use component::{Component, ComponentType};
pub use contract::Contract;
pub use data_flow::{DataFlow, Protection};
pub use estimate::{CameAbout, Estimate};
pub use exception::Exception;
pub use implementation::{Implementation, ImplementationStatus};
pub use information_type::{InformationCategory, InformationType};
pub use interconnection::{Direction, Interconnection};
pub use note::Note;
pub use overlay::{Overlay, OverlayDecision};
pub use person::Person;
pub use poam_item::{Milestone, PoamItem};
pub use risk_treatment::RiskTreatment;
pub use scenario::{AttackStep, LossEstimate, LossForm, Scenario, Treatment};
pub use spending::{Spending, SpendingSort};
pub use staffing::{Staffing, is_work_role};
pub use stakeholder::{Level, Stakeholder};
pub use system::{Criticality, Exposure, System};
pub use tailoring::{Tailoring, TailoringAction};
pub use task::Task;
pub use unit::{ToleranceLine, Unit};
pub use vulnerability_decision::{VulnerabilityDecision, VulnerabilityRuling};

use crate::registry::Registry;

/// Registers every kind. To add one, write its file and add its line. The order is that of imports: what is
/// linked to comes before what links.
pub fn register(registry: &mut Registry) {
    registry.add::<Person>();
    registry.add::<Overlay>();
    registry.add::<Unit>();
    registry.add::<Stakeholder>();
    registry.add::<System>();
    registry.add::<InformationType>();
    registry.add::<Component>();
    registry.add::<DataFlow>();
    registry.add::<Interconnection>();
    registry.add::<CommonControl>();
    registry.add::<Implementation>();
    registry.add::<Tailoring>();
    registry.add::<Assessment>();
    registry.add::<PoamItem>();
    registry.add::<Exception>();
    registry.add::<VulnerabilityDecision>();
    registry.add::<Scenario>();
    registry.add::<RiskTreatment>();
    registry.add::<Task>();
    registry.add::<Contract>();
    registry.add::<BudgetLine>();
    registry.add::<Spending>();
    registry.add::<Staffing>();
    registry.add::<Estimate>();
    registry.add::<Note>();
}
