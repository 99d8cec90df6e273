//! Advisory bundles: refused or read, within bounded memory.

#![no_main]

use libfuzzer_sys::fuzz_target;
use warrant_advisory::bundle;

fuzz_target!(|bytes: &[u8]| {
    let _ = bundle::unpack(bytes, &[]);
});
