//! `warrant catalog list`: the frameworks that are built in.

use crate::output::{print, print_json};
use warrant_catalog::frameworks::FRAMEWORKS;

/// Prints one line per framework.
pub(super) fn run(json: bool) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for framework in FRAMEWORKS {
        let (catalog, mut controls) = (framework.catalog(), 0usize);
        catalog.for_each_control(&mut |_| controls += 1);
        rows.push((framework, catalog.metadata.title, controls));
    }
    if json {
        let rows = rows.iter().map(|(f, title, controls)| {
            serde_json::json!({"id": f.id, "title": title, "version": f.version, "publisher": f.publisher,
                "controls": controls, "holds": f.holds.words(), "source": f.source})
        });
        return print_json(&rows.collect::<Vec<_>>());
    }
    for (framework, title, controls) in rows {
        let (id, holds) = (framework.id, framework.holds.words());
        print(&format!("{id:<20} {controls:>5}  {title}, version {} ({holds})", framework.version));
    }
    Ok(())
}
