//! Axes: round numbers that cover the values, from zero.

/// Round marks from zero to at least `high`: three to six of them. `high` that is not a positive number gives
/// 0 and 1.
pub(super) fn marks(high: f64) -> Vec<f64> {
    if !high.is_finite() || high <= 0.0 {
        return vec![0.0, 1.0];
    }
    let rough = high / 4.0;
    let magnitude = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * magnitude)
        .find(|step| *step >= rough * 0.999)
        .unwrap_or(10.0 * magnitude);
    let count = (high / step - 1e-9).ceil().max(1.0) as usize;
    (0..=count.min(12)).map(|index| index as f64 * step).collect()
}

/// Positions moved apart so that labels of height `gap` do not cover one another; order is kept, and all stay
/// within `top..=bottom` when there is room.
pub(super) fn spread(positions: &[f64], gap: f64, top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..positions.len()).collect();
    order.sort_by(|a, b| positions[*a].total_cmp(&positions[*b]));
    let mut moved = positions.to_vec();
    let mut least = top;
    for index in &order {
        moved[*index] = moved[*index].max(least);
        least = moved[*index] + gap;
    }
    let mut most = bottom;
    for index in order.iter().rev() {
        moved[*index] = moved[*index].min(most);
        most = moved[*index] - gap;
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::{marks, spread};

    #[test]
    fn marks_start_at_zero_cover_the_values_and_are_few() {
        for high in [0.003, 0.9, 1.0, 7.0, 41.0, 100.0, 1_189.0, 2.5e6] {
            let marks = marks(high);
            assert_eq!(marks.first(), Some(&0.0));
            assert!(marks.last().is_some_and(|last| *last >= high * 0.999), "{high}: {marks:?}");
            assert!((2..=6).contains(&marks.len()), "{high}: {marks:?}");
        }
        assert_eq!(marks(f64::NAN), [0.0, 1.0]);
    }

    #[test]
    fn labels_do_not_cover_one_another() {
        let moved = spread(&[50.0, 52.0, 51.0], 14.0, 0.0, 100.0);
        let mut sorted = moved.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 13.9), "{sorted:?}");
        assert!(moved[0] < moved[2] && moved[2] < moved[1]);
    }
}
