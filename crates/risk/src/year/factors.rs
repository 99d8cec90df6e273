//! Scenarios that move together: independent once the factor is known, averaged over what it can be.

use crate::exposure::Exposure;
use crate::frequency::{Law, Slices, rule_for};
use crate::lattice::Event;
use crate::numeric::fft::Spectrum;
use crate::numeric::quadrature::Node;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A scenario with its loading on the block's factor.
pub(crate) type Loaded<'a> = (&'a Exposure, f64);

/// Scenarios of each factor, in the order given.
pub(crate) type Blocks<'a> = BTreeMap<&'a str, Vec<Loaded<'a>>>;

/// Scenarios without factor, and those of each factor.
pub(crate) fn by_factor<'a>(exposures: &[&'a Exposure]) -> (Vec<&'a Exposure>, Blocks<'a>) {
    let mut alone = Vec::new();
    let mut blocks = Blocks::new();
    for exposure in exposures {
        match &exposure.factor {
            None => alone.push(*exposure),
            Some(factor) => blocks.entry(&factor.name).or_default().push((exposure, factor.loading)),
        }
    }
    (alone, blocks)
}

/// Values of the factor and their weights, fine enough for the joint law of counts.
pub(crate) fn rule(block: &[Loaded<'_>]) -> Vec<Node> {
    let laws: Vec<(&Law, f64)> = block.iter().map(|(exposure, loading)| (&exposure.law, *loading)).collect();
    let joint = |z: f64, u: (f64, f64)| {
        laws.iter().fold((1.0, 0.0), |product, (law, loading)| {
            let (a, b) = law.given(*loading, z).generate_at(u);
            (product.0 * a - product.1 * b, product.0 * b + product.1 * a)
        })
    };
    rule_for(12, 1024, joint).0
}

/// A member of a block: its law, its loading and one event of it.
pub(crate) struct Member {
    pub(crate) law: Law,
    pub(crate) loading: f64,
    pub(crate) event: Event,
}

/// A single member of Poisson counts is a Poisson count of an uncertain rate: one law for all values of the factor.
pub(crate) fn as_mixture(members: &[Member], nodes: &[Node]) -> Option<Law> {
    let [Member { law: law @ Law::Poisson(_), loading, .. }] = members else { return None };
    let mut rates: Vec<Node> = nodes
        .iter()
        .map(|node| Node { at: law.given(*loading, node.at).mean(), weight: node.weight })
        .collect();
    rates.sort_by(|a, b| a.at.total_cmp(&b.at));
    Some(Law::Mixed(rates))
}

/// Frequencies worked on at a time.
const SLICE: usize = 1024;

/// E over the factor of the product of the members' generating functions, for one rounding.
pub(crate) fn average(
    members: &[Member],
    nodes: &[Node],
    side: impl Fn(&Event) -> &Spectrum + Sync,
) -> Spectrum {
    let length = members.first().map_or(0, |member| side(&member.event).len());
    let laws: Vec<Vec<Law>> = nodes
        .iter()
        .map(|node| members.iter().map(|member| member.law.given(member.loading, node.at)).collect())
        .collect();
    let mut out = Spectrum::filled(length, 0.0);
    out.re.par_chunks_mut(SLICE).zip(out.im.par_chunks_mut(SLICE)).enumerate().for_each(|(at, (re, im))| {
        let range = at * SLICE..at * SLICE + re.len();
        let (mut product_re, mut product_im) = (vec![0.0; re.len()], vec![0.0; re.len()]);
        for (node, laws) in nodes.iter().zip(&laws) {
            product_re.fill(node.weight);
            product_im.fill(0.0);
            for (member, law) in members.iter().zip(laws) {
                let event = side(&member.event);
                let event = Slices { re: &event.re[range.clone()], im: &event.im[range.clone()] };
                law.multiply(&event, &mut product_re, &mut product_im);
            }
            re.iter_mut().zip(&product_re).for_each(|(to, from)| *to += from);
            im.iter_mut().zip(&product_im).for_each(|(to, from)| *to += from);
        }
    });
    out
}
