//! Version ranges and versions of every scheme: what is read keeps its order and its text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::cmp::Ordering;
use warrant_advisory::schemes::SCHEMES;
use warrant_advisory::vers::{Vers, from_native, native_spans};
use warrant_advisory::Scheme;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let (a, b) = text.split_once('\n').unwrap_or((text, "1.0"));
    for scheme in SCHEMES.iter().map(|scheme| Scheme::of(*scheme)) {
        if let (Ok(a), Ok(b)) = (scheme.key(a), scheme.key(b)) {
            assert_eq!(scheme.order(&a, &a), Ordering::Equal);
            assert_eq!(scheme.order(&a, &b), scheme.order(&b, &a).reverse(), "{scheme:?}");
        }
        let _ = (from_native(scheme.id(), a), native_spans(scheme.id(), a));
    }
    if let Ok(range) = Vers::parse(a) {
        assert_eq!(Vers::parse(&range.to_string()), Ok(range.clone()));
        let _ = (range.spans(), range.contains(b));
    }
    if let Ok(range) = Vers::parse_canonical(a) {
        let _ = range.contains(b);
    }
});
