//! Memory of this process, as Linux tells it.

/// Resident set now and at its peak, in MiB.
pub(crate) fn resident() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let figure = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1_024)
    };
    match (figure("VmRSS:"), figure("VmHWM:")) {
        (Some(now), Some(peak)) => format!("resident {now} MiB, peak {peak} MiB"),
        _ => "not known on this system".to_owned(),
    }
}
