//! Which advisories are about the same vulnerability.

use super::Group;
use crate::advisory::Advisory;
use foldhash::{HashMap, HashMapExt};

/// The groups, and the group of each advisory. Aliases join, however far the chain reaches. An advisory that names
/// several CVE ids is a bundle: it stays by itself, since joining would make distinct vulnerabilities one.
pub(super) fn group(advisories: &[Advisory]) -> (Vec<Group>, Vec<u32>) {
    let mut number_of: HashMap<&str, u32> = HashMap::new();
    let mut parent: Vec<u32> = Vec::new();
    let mut own: Vec<u32> = Vec::with_capacity(advisories.len());
    for advisory in advisories {
        let cves = ids_of(advisory).filter(|id| id.starts_with("CVE-")).count();
        let aliases = advisory.aliases.iter().filter(|_| cves <= 1);
        let mut first = None;
        for id in std::iter::once(&advisory.id).chain(aliases) {
            let number = *number_of.entry(id.as_str()).or_insert_with(|| {
                parent.push(parent.len() as u32);
                parent.len() as u32 - 1
            });
            match first {
                None => first = Some(number),
                Some(first) => {
                    let (a, b) = (root(&mut parent, first), root(&mut parent, number));
                    // The smaller number leads, so that the answer does not hang on the order of joining.
                    parent[a.max(b) as usize] = a.min(b);
                }
            }
        }
        own.push(first.unwrap_or_default());
    }
    let mut group_at: HashMap<u32, u32> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    let mut numbered: Vec<(&str, u32)> = number_of.into_iter().collect();
    numbered.sort_unstable();
    for (id, number) in numbered {
        let leader = root(&mut parent, number);
        let at = *group_at.entry(leader).or_insert_with(|| {
            groups.push(Group::default());
            groups.len() as u32 - 1
        });
        groups[at as usize].ids.push(id.to_owned());
    }
    let mut group_of: Vec<u32> = Vec::with_capacity(own.len());
    for (at, number) in own.iter().enumerate() {
        let group = group_at[&root(&mut parent, *number)];
        groups[group as usize].advisories.push(at as u32);
        group_of.push(group);
    }
    for group in &mut groups {
        group.ids.sort();
        let rank = |id: &&String| match id.split('-').next() {
            Some("CVE") => 0,
            Some("GHSA") => 1,
            _ => 2,
        };
        group.id = group.ids.iter().min_by_key(rank).cloned().unwrap_or_default();
    }
    (groups, group_of)
}

fn ids_of(advisory: &Advisory) -> impl Iterator<Item = &String> {
    std::iter::once(&advisory.id).chain(&advisory.aliases)
}

fn root(parent: &mut [u32], mut number: u32) -> u32 {
    while parent[number as usize] != number {
        parent[number as usize] = parent[parent[number as usize] as usize];
        number = parent[number as usize];
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advisory(id: &str, aliases: &[&str]) -> Advisory {
        let aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
        Advisory { id: id.into(), aliases, ..Advisory::default() }
    }

    #[test]
    fn aliases_join_however_far_the_chain_reaches() {
        let (groups, of) = group(&[
            advisory("RUSTSEC-1", &["CVE-1"]),
            advisory("GHSA-1", &["CVE-1"]),
            advisory("PYSEC-2", &["GHSA-2"]),
            advisory("GHSA-2", &["CVE-2"]),
            advisory("DSA-3", &["CVE-1", "CVE-2"]),
        ]);
        assert_eq!(of[0], of[1]);
        assert_eq!(of[2], of[3]);
        assert_ne!(of[0], of[2], "a bundle joins nothing");
        assert_eq!(groups[of[0] as usize].id, "CVE-1");
        assert_eq!(groups[of[2] as usize].ids, ["CVE-2", "GHSA-2", "PYSEC-2"]);
        assert_eq!(groups[of[4] as usize].id, "DSA-3");
    }
}
