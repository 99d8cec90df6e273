//! Where a file may belong whose targets are no component yet: systems whose hosts are named alike or are
//! neighbours in the network, with the reason. A proposal is never followed by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

/// The most systems proposed.
const MOST: usize = 4;

/// The most targets looked at; more would not tell more.
const MOST_TARGETS: usize = 1_000;

/// The shortest part of a name that tells something.
const TELLING: usize = 3;

/// A system that a file may belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Its identifier.
    pub system: String,
    /// Its name.
    pub name: String,
    /// Why.
    pub why: String,
}

/// How a target is like a host that is known, the closest likeness first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// `portal-app3` and `portal-app1`.
    Series,
    /// `portal-cache` and `portal-app1`.
    Family,
    /// Addresses of one /24 network.
    Network,
}

/// What hosts are looked up by; one host of each system is enough to tell why.
type Index<'k> = BTreeMap<(Likeness, String), BTreeMap<&'k str, &'k str>>;

/// Systems by how many of the targets are like one of their hosts; `known` are pairs of a system's identifier and
/// a host name of it. With each, the likeness as a sentence.
pub(crate) fn likely(targets: &BTreeSet<String>, known: &[(String, String)]) -> Vec<(String, String)> {
    let mut index: Index<'_> = BTreeMap::new();
    for (system, host) in known {
        for key in keys(host) {
            index.entry(key).or_default().entry(system).or_insert(host);
        }
    }
    let mut found: BTreeMap<&str, BTreeMap<&str, (Likeness, &str)>> = BTreeMap::new();
    for target in targets.iter().take(MOST_TARGETS) {
        // The closest likeness comes first and stays.
        for key in keys(target) {
            for (system, host) in index.get(&key).into_iter().flatten() {
                found.entry(system).or_default().entry(target).or_insert((key.0, host));
            }
        }
    }
    let mut ranked: Vec<_> = found.into_iter().collect();
    let score = |alike: &BTreeMap<&str, (Likeness, &str)>| {
        let closest = alike.values().map(|(likeness, _)| *likeness).min();
        (closest, std::cmp::Reverse(alike.len()))
    };
    ranked.sort_by(|(a, of_a), (b, of_b)| score(of_a).cmp(&score(of_b)).then(a.cmp(b)));
    ranked.truncate(MOST);
    ranked.into_iter().map(|(system, alike)| (system.to_owned(), sentence(&alike))).collect()
}

fn sentence(alike: &BTreeMap<&str, (Likeness, &str)>) -> String {
    let closest = alike.iter().min_by_key(|(_, (likeness, _))| *likeness);
    let Some((target, (likeness, host))) = closest else { return String::new() };
    let how = match likeness {
        Likeness::Series => format!("{target} is named like its {host}"),
        Likeness::Family => format!("{target} begins like its {host}"),
        Likeness::Network => format!("{target} is in the network of its {host}"),
    };
    match alike.len() {
        1 => how,
        n => format!("{how}; {} more of the targets are like hosts of it", n - 1),
    }
}

/// What a name is looked up by, the closest likeness first; what tells too little is left out.
fn keys(name: &str) -> Vec<(Likeness, String)> {
    let name = name.to_lowercase();
    if let Ok(address) = name.parse::<Ipv4Addr>() {
        let [a, b, c, _] = address.octets();
        return vec![(Likeness::Network, format!("{a}.{b}.{c}"))];
    }
    let family = name.split(['-', '_', '.']).next().unwrap_or_default();
    let keys = [(Likeness::Series, series(&name)), (Likeness::Family, family)];
    keys.into_iter().filter(|(_, key)| key.len() >= TELLING).map(|(how, key)| (how, key.to_owned())).collect()
}

/// The first label without the number at its end: `portal-app` of `portal-app3.example`.
fn series(name: &str) -> &str {
    let label = name.split('.').next().unwrap_or_default();
    label.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['-', '_'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Vec<(String, String)> {
        let pairs = [
            ("portal", "portal-app1.test.example"),
            ("portal", "10.1.2.3"),
            ("billing", "bill-db1.test.example"),
            ("plant", "plc-tw1"),
        ];
        pairs.map(|(system, host)| (system.to_owned(), host.to_owned())).to_vec()
    }

    fn systems(targets: &[&str]) -> Vec<(String, String)> {
        likely(&targets.iter().map(|target| (*target).to_owned()).collect(), &known())
    }

    #[test]
    fn names_of_a_series_come_before_names_of_a_family_and_neighbours() {
        let found = systems(&["portal-cache1.test.example", "plc-tw9", "10.1.2.77"]);
        let order: Vec<_> = found.iter().map(|(system, _)| system.as_str()).collect();
        assert_eq!(order, ["plant", "portal"]);
        assert_eq!(found[0].1, "plc-tw9 is named like its plc-tw1");
        assert_eq!(
            found[1].1,
            "portal-cache1.test.example begins like its portal-app1.test.example; 1 more of the targets are like hosts of it"
        );
    }

    #[test]
    fn a_domain_in_common_or_a_short_name_tells_nothing() {
        assert_eq!(systems(&["mail1.test.example", "pl-tw1", "10.1.3.3", "", "-", "7"]), []);
    }
}
