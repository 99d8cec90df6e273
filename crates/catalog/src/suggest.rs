//! "Did you mean": the known names nearest to a mistyped one, by edit distance.

use std::cmp::Reverse;

/// Gives up to `count` of the candidates nearest to `text`, nearest first; of equally near ones
/// the one that begins alike comes first.
/// Candidates further away than half the length of `text` are left out. Letter case does not count.
pub fn nearest<'a>(text: &str, candidates: impl Iterator<Item = &'a str>, count: usize) -> Vec<String> {
    let wanted: Vec<char> = text.to_lowercase().chars().take(LONGEST).collect();
    let furthest = (wanted.len() / 2).max(2);
    let mut ranked: Vec<(usize, Reverse<usize>, &str)> = candidates
        .filter_map(|candidate| {
            let known: Vec<char> = candidate.to_lowercase().chars().take(LONGEST).collect();
            let far = known.len().abs_diff(wanted.len()) > furthest;
            let distance = if far { usize::MAX } else { edit_distance(&wanted, &known) };
            let shared = wanted.iter().zip(&known).take_while(|(a, b)| a == b).count();
            (distance <= furthest).then_some((distance, Reverse(shared), candidate))
        })
        .collect();
    ranked.sort_by_key(|(distance, shared, _)| (*distance, *shared));
    ranked.into_iter().take(count).map(|(_, _, candidate)| candidate.to_owned()).collect()
}

/// Names are compared up to this many characters, so that hostile input costs no more.
const LONGEST: usize = 64;

/// Levenshtein distance: insertions, deletions and replacements each cost one.
fn edit_distance(a: &[char], b: &[char]) -> usize {
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut current = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let replaced = previous[j] + usize::from(x != y);
            current.push(replaced.min(previous[j + 1] + 1).min(current[j] + 1));
        }
        previous = current;
    }
    previous[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn near_names_come_first() {
        let known = ["ac-2", "ac-20", "si-4", "ac-2.1"];
        assert_eq!(nearest("AC-2.11", known.into_iter(), 2), ["ac-2.1", "ac-2"]);
        assert!(nearest("zz-999999", known.into_iter(), 3).is_empty());
    }

    proptest! {
        #[test]
        fn distance_is_a_metric(a in "[abc]{0,6}", b in "[abc]{0,6}", c in "[abc]{0,6}") {
            let d = |x: &str, y: &str| {
                edit_distance(&x.chars().collect::<Vec<_>>(), &y.chars().collect::<Vec<_>>())
            };
            prop_assert_eq!(d(&a, &b), d(&b, &a));
            prop_assert_eq!(d(&a, &b) == 0, a == b);
            prop_assert!(d(&a, &c) <= d(&a, &b) + d(&b, &c));
        }
    }
}
