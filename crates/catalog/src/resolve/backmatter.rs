//! Back matter of the result: the resources of all sources, then those of the profile.

use crate::oscal::{BackMatter, Resource, keeps_always};
use std::collections::HashMap;

/// Combines resources; of two with one UUID the later stays, unless only the earlier one is marked
/// `keep` = `always` (requirements *req-backmatter-dupe*, *req-backmatter-keep*).
pub(super) fn combine<'a>(
    sources: impl Iterator<Item = Option<&'a BackMatter>>,
    own: Option<&'a BackMatter>,
) -> Option<BackMatter> {
    let mut slots: Vec<Option<&Resource>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for resource in sources.chain([own]).flatten().flat_map(|b| &b.resources) {
        if let Some(&place) = places.get(resource.uuid.as_str()) {
            let earlier_stays =
                slots[place].is_some_and(|r| keeps_always(&r.props)) && !keeps_always(&resource.props);
            if earlier_stays {
                continue;
            }
            slots[place] = None;
        }
        places.insert(&resource.uuid, slots.len());
        slots.push(Some(resource));
    }
    let resources: Vec<Resource> = slots.into_iter().flatten().cloned().collect();
    (!resources.is_empty()).then_some(BackMatter { resources })
}
