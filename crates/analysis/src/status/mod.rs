//! Control status: what the evidence says about each control of a system's baseline (SP 800-53Ar5 §3.3).
//!
//! [`judge`] concludes, in dense arrays; [`describe`] puts conclusions into words with their grounds. Must not know
//! of deficiencies.

mod describe;
mod inherited;
mod judge;
mod results;
mod weigh;

pub(crate) use describe::said;
pub(crate) use inherited::says as inherited_says;
pub use inherited::{given, inherited};
pub use judge::Word;
pub(crate) use judge::{Basis, Judged, Verdict, badness};
pub use results::{StatementResults, results};

use crate::framework::Framework;
use crate::horizon::Horizon;
use crate::policy::Policy;
use jiff::Timestamp;
use warrant_model::posture::ControlStatus;
use warrant_model::snapshot::SystemSnapshot;

/// The status of every control of the system's tailored baseline, in catalogue order.
///
/// An uncategorised system has no baseline: only controls that tailoring adds are listed.
pub fn controls(snapshot: &SystemSnapshot, policy: &Policy) -> Vec<ControlStatus> {
    let framework = Framework::embedded();
    let judged = Judged::of(snapshot, policy, framework, &Horizon::new(snapshot.as_of));
    judged.in_scope().map(|control| judged.describe(snapshot, framework, control)).collect()
}

/// The word for every control of the system's tailored baseline, by its number in the framework and in catalogue
/// order, and the instant until which these words hold if nothing is written. Costs less than [`controls`], which
/// gives the grounds.
pub fn words(snapshot: &SystemSnapshot, policy: &Policy) -> (Vec<(u16, Word)>, Timestamp) {
    let horizon = Horizon::new(snapshot.as_of);
    let judged = Judged::of(snapshot, policy, Framework::embedded(), &horizon);
    let words = judged.in_scope().map(|control| (control as u16, judged.word(control))).collect();
    (words, horizon.until())
}

/// The status of one control; `None` when it is not in the system's tailored baseline. The id may be a catalogue id
/// or one of its statements.
pub fn control(snapshot: &SystemSnapshot, policy: &Policy, id: &str) -> Option<ControlStatus> {
    let framework = Framework::embedded();
    let control = framework.bearing(id)?.control;
    let judged = Judged::of(snapshot, policy, framework, &Horizon::new(snapshot.as_of));
    judged.covers(control).then(|| judged.describe(snapshot, framework, control))
}
