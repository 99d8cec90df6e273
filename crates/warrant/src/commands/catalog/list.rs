//! `warrant catalog list`: the frameworks that are built in.

use crate::output::{print, print_json};
use warrant_catalog::frameworks::FRAMEWORKS;

/// Prints one line per framework.
pub(super) fn run(json: bool) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for framework in FRAMEWORKS {
        let mut controls = 0usize;
        framework.catalog().for_each_control(&mut |_| controls += 1);
        rows.push((framework, controls));
    }
    if json {
        let rows = rows.iter().map(|(f, controls)| {
            serde_json::json!({"id": f.id, "title": f.title, "version": f.version, "publisher": f.publisher,
                "controls": controls, "holds": f.holds.words(), "source": f.source})
        });
        return print_json(&rows.collect::<Vec<_>>());
    }
    for (framework, controls) in rows {
        let (id, title, holds) = (framework.id, framework.title, framework.holds.words());
        print(&format!("{id:<20} {controls:>5}  {title}, version {} ({holds})", framework.version));
    }
    Ok(())
}
