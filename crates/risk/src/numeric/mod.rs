//! Arithmetic that gives the same bits on every machine: additions, multiplications, divisions and square roots as
//! IEEE 754 fixes them, and the `libm` crate (plain Rust) for the rest. Nothing here knows of risk.

pub(crate) mod fft;
pub(crate) mod kernel;
pub(crate) mod quadrature;
pub(crate) mod special;
