//! Discrete Fourier transform of real sequences.
//!
//! Our own, since the fast crates choose instructions when they run and take their twiddles from the platform's
//! library: both change last bits between machines. Self-sorting (Stockham) radix 4, real and imaginary parts apart.

use core::f64::consts::PI;
use std::sync::{Arc, Mutex, OnceLock};

/// Real and imaginary parts, of equal length.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spectrum {
    pub(crate) re: Vec<f64>,
    pub(crate) im: Vec<f64>,
}

impl Spectrum {
    pub(crate) fn filled(length: usize, re: f64) -> Self {
        Self { re: vec![re; length], im: vec![0.0; length] }
    }

    pub(crate) fn len(&self) -> usize {
        self.re.len()
    }
}

/// Twiddles for real sequences of one length, a power of two of at least 8.
#[derive(Debug)]
pub(crate) struct Fft {
    /// Complex points: half the length.
    half: usize,
    /// e^(-2πik/length) for k below the length.
    cos: Vec<f64>,
    sin: Vec<f64>,
}

impl Fft {
    /// The transform of a length; twiddles are kept for the next asker.
    pub(crate) fn of(length: usize) -> Arc<Self> {
        static KEPT: OnceLock<Mutex<Vec<Arc<Fft>>>> = OnceLock::new();
        let kept = KEPT.get_or_init(Mutex::default);
        let mut kept = kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(found) = kept.iter().find(|fft| fft.half * 2 == length) {
            return Arc::clone(found);
        }
        let made = Arc::new(Self::new(length));
        kept.push(Arc::clone(&made));
        made
    }

    fn new(length: usize) -> Self {
        debug_assert!(length.is_power_of_two() && length >= 8);
        let angle = |k: usize| 2.0 * PI * k as f64 / length as f64;
        let (cos, sin) = (0..length).map(|k| (libm::cos(angle(k)), -libm::sin(angle(k)))).unzip();
        Self { half: length / 2, cos, sin }
    }

    /// e^(-2πik/length), k up to half the length.
    pub(crate) fn twiddle(&self, k: usize) -> (f64, f64) {
        (self.cos[k], self.sin[k])
    }

    /// Sum over j of x_j e^(-2πijk/length), for k from 0 to half the length.
    pub(crate) fn forward(&self, x: &[f64]) -> Spectrum {
        let half = self.half;
        let mut z = Spectrum::filled(half, 0.0);
        for (pair, (re, im)) in x.chunks_exact(2).zip(z.re.iter_mut().zip(&mut z.im)) {
            (*re, *im) = (pair[0], pair[1]);
        }
        let z = self.complex(z);
        let mut out = Spectrum::filled(half + 1, 0.0);
        for k in 0..=half {
            let (a, b) = (k % half, (half - k) % half);
            let (even_re, even_im) = (0.5 * (z.re[a] + z.re[b]), 0.5 * (z.im[a] - z.im[b]));
            let (odd_re, odd_im) = (0.5 * (z.im[a] + z.im[b]), -0.5 * (z.re[a] - z.re[b]));
            let (cos, sin) = (self.cos[k], self.sin[k]);
            out.re[k] = even_re + cos * odd_re - sin * odd_im;
            out.im[k] = even_im + cos * odd_im + sin * odd_re;
        }
        out
    }

    /// The real sequence whose transform is `spectrum`.
    pub(crate) fn inverse(&self, spectrum: &Spectrum) -> Vec<f64> {
        let half = self.half;
        let mut z = Spectrum::filled(half, 0.0);
        let scale = 0.5 / half as f64;
        for k in 0..half {
            let (a, b) = (k, half - k);
            let (sum_re, sum_im) = (spectrum.re[a] + spectrum.re[b], spectrum.im[a] - spectrum.im[b]);
            let (gap_re, gap_im) = (spectrum.re[a] - spectrum.re[b], spectrum.im[a] + spectrum.im[b]);
            let (cos, sin) = (self.cos[k], -self.sin[k]);
            let (odd_re, odd_im) = (cos * gap_re - sin * gap_im, cos * gap_im + sin * gap_re);
            // Parts exchanged: the forward transform of exchanged parts is the inverse.
            z.im[k] = scale * (sum_re - odd_im);
            z.re[k] = scale * (sum_im + odd_re);
        }
        let z = self.complex(z);
        let mut out = vec![0.0; 2 * half];
        for (pair, (im, re)) in out.chunks_exact_mut(2).zip(z.im.iter().zip(&z.re)) {
            (pair[0], pair[1]) = (*im, *re);
        }
        out
    }

    /// Complex transform of half the length.
    fn complex(&self, mut x: Spectrum) -> Spectrum {
        let n = x.len();
        let mut y = Spectrum::filled(n, 0.0);
        let (mut rest, mut stride) = (n, 1);
        while rest >= 4 {
            self.radix_4(&x, &mut y, rest, stride);
            core::mem::swap(&mut x, &mut y);
            (rest, stride) = (rest / 4, stride * 4);
        }
        if rest == 2 {
            let (low, high) = (n / 2, n);
            for (part, out) in [(&x.re, &mut y.re), (&x.im, &mut y.im)] {
                for q in low..high {
                    let (a, b) = (part[q - low], part[q]);
                    (out[q - low], out[q]) = (a + b, a - b);
                }
            }
            core::mem::swap(&mut x, &mut y);
        }
        x
    }

    fn radix_4(&self, x: &Spectrum, y: &mut Spectrum, rest: usize, stride: usize) {
        let quarter = x.len() / 4;
        let step = 2 * self.half / rest;
        let part = |p: usize| (&x.re[p * quarter..(p + 1) * quarter], &x.im[p * quarter..(p + 1) * quarter]);
        let (a, b, c, d) = (part(0), part(1), part(2), part(3));
        for p in 0..rest / 4 {
            let w = [p * step, 2 * p * step, 3 * p * step].map(|k| (self.cos[k], self.sin[k]));
            let (from, to) = (p * stride, (p + 1) * stride);
            let (y_re, y_im) = (&mut y.re[4 * from..4 * to], &mut y.im[4 * from..4 * to]);
            let (y0_re, y_re) = y_re.split_at_mut(stride);
            let (y1_re, y_re) = y_re.split_at_mut(stride);
            let (y2_re, y3_re) = y_re.split_at_mut(stride);
            let (y0_im, y_im) = y_im.split_at_mut(stride);
            let (y1_im, y_im) = y_im.split_at_mut(stride);
            let (y2_im, y3_im) = y_im.split_at_mut(stride);
            let (a_re, a_im) = (&a.0[from..to], &a.1[from..to]);
            let (b_re, b_im) = (&b.0[from..to], &b.1[from..to]);
            let (c_re, c_im) = (&c.0[from..to], &c.1[from..to]);
            let (d_re, d_im) = (&d.0[from..to], &d.1[from..to]);
            for q in 0..stride {
                let (s_re, s_im) = (a_re[q] + c_re[q], a_im[q] + c_im[q]);
                let (t_re, t_im) = (a_re[q] - c_re[q], a_im[q] - c_im[q]);
                let (u_re, u_im) = (b_re[q] + d_re[q], b_im[q] + d_im[q]);
                let (v_re, v_im) = (d_im[q] - b_im[q], b_re[q] - d_re[q]);
                (y0_re[q], y0_im[q]) = (s_re + u_re, s_im + u_im);
                (y1_re[q], y1_im[q]) = times(w[0], t_re - v_re, t_im - v_im);
                (y2_re[q], y2_im[q]) = times(w[1], s_re - u_re, s_im - u_im);
                (y3_re[q], y3_im[q]) = times(w[2], t_re + v_re, t_im + v_im);
            }
        }
    }
}

#[inline(always)]
fn times((cos, sin): (f64, f64), re: f64, im: f64) -> (f64, f64) {
    (cos * re - sin * im, cos * im + sin * re)
}

#[cfg(test)]
mod tests {
    use super::Fft;
    use core::f64::consts::PI;

    fn sequence(length: usize) -> Vec<f64> {
        (0..length).map(|k| libm::sin((k * k) as f64) + 0.1 * k as f64).collect()
    }

    #[test]
    fn agrees_with_the_definition() {
        for length in [8, 16, 64, 128, 512] {
            let x = sequence(length);
            let found = Fft::of(length).forward(&x);
            assert_eq!(found.len(), length / 2 + 1);
            for k in 0..=length / 2 {
                let (mut re, mut im) = (0.0, 0.0);
                for (j, x) in x.iter().enumerate() {
                    let angle = -2.0 * PI * ((j * k) % length) as f64 / length as f64;
                    re += x * libm::cos(angle);
                    im += x * libm::sin(angle);
                }
                let close = |a: f64, b: f64| (a - b).abs() < 1e-10 * length as f64;
                assert!(close(found.re[k], re) && close(found.im[k], im), "{length} {k}");
            }
        }
    }

    #[test]
    fn the_inverse_leads_back() {
        for length in [8, 32, 1 << 13, 1 << 16] {
            let (fft, x) = (Fft::of(length), sequence(length));
            let back = fft.inverse(&fft.forward(&x));
            let worst = x.iter().zip(&back).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            assert!(worst < 1e-14 * length as f64, "{length}: {worst:e}");
        }
    }
}
