//! OSCAL catalogues and profiles: read, written and read again, indexed, resolved.

#![no_main]

use libfuzzer_sys::fuzz_target;
use warrant_catalog::oscal::{Document, Profile};
use warrant_catalog::resolve::{Limits, MemoryLoader, resolve};

fuzz_target!(|bytes: &[u8]| {
    let Ok(document) = Document::from_json(bytes) else { return };
    match document {
        Document::Catalog(catalog) => {
            let mut controls = 0_u64;
            catalog.for_each_control(&mut |_| controls += 1);
            let written = catalog.to_json().unwrap();
            let again = Document::from_json(&written).unwrap();
            assert_eq!(again, Document::Catalog(catalog.clone()), "written and read again");
            let all = br#"{"profile": {"uuid": "00000000-0000-4000-8000-000000000000",
                "metadata": {"title": "all", "last-modified": "2026-01-01T00:00:00Z", "version": "1", "oscal-version": "1.1.3"},
                "imports": [{"href": "catalog.json", "include-all": {}}], "merge": {"as-is": true}}}"#;
            let profile = Profile::from_json(all).unwrap();
            let mut loader = MemoryLoader::default();
            loader.insert("catalog.json", written);
            let _ = resolve(&profile, "profile.json", &loader, &Limits::default());
        }
        Document::Profile(profile) => {
            let mut loader = MemoryLoader::default();
            // The profile imports itself at worst.
            loader.insert("profile.json", bytes.to_vec());
            loader.insert("catalog.json", include_bytes!("../corpus/catalog_json/catalog.json").to_vec());
            let _ = resolve(&profile, "profile.json", &loader, &Limits::default());
        }
    }
});
