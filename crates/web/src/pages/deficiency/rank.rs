//! Why a deficiency ranks where it does: factor by factor, what is left of a thousand points.

use crate::look::figure::{coordinate, plain};
use crate::look::words::{capital, english};
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_model::posture::Rank;

/// The score.
pub(super) fn score(rank: &Rank) -> Markup {
    html! { (Words::of("rank-points").with("points", plain(f64::from(rank.score)))) }
}

/// The factors with what each leaves.
pub(super) fn rank(rank: &Rank) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr { th scope="col" { (say("rank-factor")) } th.figures scope="col" { (say("rank-weight")) } th scope="col" { (say("rank-points-left")) } } }
                tbody {
                    @for (name, weight, left) in steps(rank) {
                        tr { th scope="row" { (english(&name)) } td.figures { (weight) } td { (bar(&name, left)) } }
                    }
                }
            }
        }
        p.muted { (say("rank-text")) }
    }
}

/// Name, weight as written, points left after it. The first factor is given in points.
fn steps(rank: &Rank) -> Vec<(String, String, f64)> {
    let mut left = 1.0;
    let factors = rank.factors.iter().enumerate();
    let step = |(at, (name, factor)): (usize, &(String, f32))| {
        left *= f64::from(*factor);
        let weight = if at == 0 { plain(f64::from(*factor)) } else { format!("× {}", two(*factor)) };
        (capital(name), weight, left)
    };
    factors.map(step).collect()
}

fn two(factor: f32) -> String {
    let text = format!("{factor:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn bar(name: &str, left: f64) -> Markup {
    let words = Words::of("rank-left").with("factor", name).with("points", plain(left)).said();
    html! {
        span.meter {
            svg viewBox="0 0 1000 60" preserveAspectRatio="none" role="img" aria-label=(words) {
                title { (words) }
                rect.track width="1000" height="60" {}
                rect.value width=(coordinate(left.clamp(0.0, 1000.0))) height="60" {}
            }
            span { (plain(left)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_step_leaves_the_score() {
        let factors = [("severity high", 800.0_f32), ("isolated", 0.5), ("overdue", 1.0)];
        let factors = factors.map(|(name, factor)| (name.to_owned(), factor)).to_vec();
        let steps = steps(&Rank { score: 400.0, factors });
        assert_eq!(steps[0], ("Severity high".to_owned(), "800".to_owned(), 800.0));
        assert_eq!(steps[1].1, "× 0.5");
        assert_eq!(steps[2].2, 400.0);
    }
}
