//! e^(a+ib) for long runs of numbers: plain polynomials, so that the compiler can work on several at once.

/// Adding and subtracting this rounds to the nearest whole number and leaves it in the low bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// π/2 in three parts; products of the first two with whole numbers below 2^20 are exact.
const HALF_PI: [f64; 3] = [1.570_796_326_734_125_6, 6.077_100_506_303_966e-11, 2.022_266_248_795_950_6e-21];

/// ln 2 in two parts, the first short enough for exact products.
const LN_2: [f64; 2] = [0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10];

/// Reciprocals of factorials, 1/0! to 1/17!.
const FACTORIAL: [f64; 18] = {
    let mut values = [1.0; 18];
    let mut at = 1;
    while at < 18 {
        values[at] = values[at - 1] / at as f64;
        at += 1;
    }
    values
};

/// Real and imaginary part of e^(a+ib), to about 2 units in the last place of the modulus, for |b| < 10^6.
/// Below e^-700 the answer is 0.
#[inline(always)]
pub(crate) fn exp(a: f64, b: f64) -> (f64, f64) {
    let modulus = exp_real(a);
    let (sin, cos) = sin_cos(b);
    (modulus * cos, modulus * sin)
}

/// e^x for x from -700 to 700, 0 below.
#[inline(always)]
pub(crate) fn exp_real(x: f64) -> f64 {
    let clamped = x.clamp(-700.0, 700.0);
    let rounded = clamped * core::f64::consts::LOG2_E + ROUNDER;
    let power = rounded - ROUNDER;
    let rest = (clamped - power * LN_2[0]) - power * LN_2[1];
    let mut sum = FACTORIAL[13];
    let mut at = 13;
    while at > 0 {
        at -= 1;
        sum = sum * rest + FACTORIAL[at];
    }
    let exponent = (rounded.to_bits() as i32 as i64 + 1023) as u64;
    let value = sum * f64::from_bits(exponent << 52);
    if x < -700.0 { 0.0 } else { value }
}

#[inline(always)]
fn sin_cos(x: f64) -> (f64, f64) {
    let rounded = x * core::f64::consts::FRAC_2_PI + ROUNDER;
    let quarters = rounded - ROUNDER;
    let rest = ((x - quarters * HALF_PI[0]) - quarters * HALF_PI[1]) - quarters * HALF_PI[2];
    let square = rest * rest;
    let (mut odd, mut even) = (FACTORIAL[17], FACTORIAL[16]);
    let mut at = 17;
    while at > 1 {
        at -= 2;
        odd = FACTORIAL[at] - odd * square;
        even = FACTORIAL[at - 1] - even * square;
    }
    let (sin, cos) = (odd * rest, even);
    let turn = rounded.to_bits() & 3;
    let (first, second) = if turn & 1 == 0 { (sin, cos) } else { (cos, sin) };
    let sin = if turn & 2 == 0 { first } else { -first };
    let cos = if (turn + 1) & 2 == 0 { second } else { -second };
    (sin, cos)
}

#[cfg(test)]
mod tests {
    use super::exp;

    #[test]
    fn agrees_with_the_library() {
        let mut worst: f64 = 0.0;
        for step in 0..200_000 {
            let a = -40.0 + 0.0002 * f64::from(step);
            let b = 997.0 * libm::sin(f64::from(step)) * f64::from(step % 300);
            let (re, im) = exp(a, b);
            let modulus = libm::exp(a);
            worst = worst.max((re - modulus * libm::cos(b)).abs() / modulus);
            worst = worst.max((im - modulus * libm::sin(b)).abs() / modulus);
        }
        assert!(worst < 5e-16, "{worst:e}");
        assert_eq!(exp(-800.0, 1.0), (0.0, 0.0));
        assert_eq!(exp(0.0, 0.0), (1.0, 0.0));
    }
}
