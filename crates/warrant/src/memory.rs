//! How the allocator is set for a program that stays.

use crate::cli::Command;

/// The allocator's setting: milliseconds after which memory that is free goes back to the system. Its own 1,000 are
/// counted in activity, so a server at rest would keep what its busiest minute took.
const SETTING: &str = "MIMALLOC_PURGE_DELAY";

/// Starts a server anew with the allocator set for one, in the same process; the allocator reads its settings before
/// anything of ours runs. Whoever set it already keeps their setting.
#[cfg(unix)]
pub(crate) fn set_for(command: &Command) {
    use std::os::unix::process::CommandExt;
    let stays =
        matches!(command, Command::Serve(_)) || matches!(command, Command::Demo(demo) if !demo.no_serve);
    if !stays || std::env::var_os(SETTING).is_some() {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let mut args = std::env::args_os();
    let mut again = std::process::Command::new(program);
    if let Some(name) = args.next() {
        again.arg0(name);
    }
    // It comes back only when it could not start: then the server goes on as it is.
    let error = again.args(args).env(SETTING, "50").exec();
    tracing::warn!(%error, "the allocator keeps its own settings");
}

/// Elsewhere a process cannot be replaced.
#[cfg(not(unix))]
pub(crate) fn set_for(_: &Command) {}
