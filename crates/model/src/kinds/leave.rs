//! The life of what takes leave: it is asked for, approved or refused by an officer, withdrawn, asked for again.

use crate::kind::{Ended, State, Transition};
use crate::scope::Role;

pub(super) const REQUESTED: State = State { name: "requested", title: "Requested", ended: Ended::Open };
pub(super) const APPROVED: State = State { name: "approved", title: "Approved", ended: Ended::Open };
pub(super) const REFUSED: State = State { name: "refused", title: "Refused", ended: Ended::Ended };
pub(super) const WITHDRAWN: State = State { name: "withdrawn", title: "Withdrawn", ended: Ended::Ended };

/// An officer approves it, once these fields are filled in.
pub(super) const fn approve(requires: &'static [&'static str]) -> Transition {
    Transition { from: "requested", to: "approved", verb: "Approve", requires, role: Role::Officer }
}

/// An officer refuses it.
pub(super) const REFUSE: Transition =
    Transition { from: "requested", to: "refused", verb: "Refuse", requires: &[], role: Role::Officer };

/// It is no longer asked for.
pub(super) const TAKE_BACK: Transition =
    Transition { from: "requested", to: "withdrawn", verb: "Withdraw", requires: &[], role: Role::Engineer };

/// An officer ends what was approved.
pub(super) const END: Transition =
    Transition { from: "approved", to: "withdrawn", verb: "Withdraw", requires: &[], role: Role::Officer };

/// It is asked for once more.
pub(super) const fn ask_again(from: &'static str, requires: &'static [&'static str]) -> Transition {
    Transition { from, to: "requested", verb: "Ask again", requires, role: Role::Engineer }
}
