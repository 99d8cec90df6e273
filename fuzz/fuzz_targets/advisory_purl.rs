//! Package URLs: the canonical text of what is read reads as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use warrant_advisory::ecosystem::{package_of, version_of};
use warrant_advisory::purl::Purl;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let Ok(purl) = text.parse::<Purl>() else { return };
    let canonical = purl.to_string();
    assert_eq!(canonical.parse::<Purl>().as_ref(), Ok(&purl), "{canonical}");
    let _ = (package_of(&purl), version_of(&purl), purl.base());
});
