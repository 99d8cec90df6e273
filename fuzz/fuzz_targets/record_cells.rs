//! Cells of an imported table: understood or refused; what was understood is stable from then on.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use warrant_model::Registry;
use warrant_report::{cell_of, value_of};

static KINDS: LazyLock<Registry> = LazyLock::new(Registry::standard);

fuzz_target!(|cell: &str| {
    for field in KINDS.kinds().flat_map(|entry| &entry.fields) {
        let Ok(Some(value)) = value_of(field, cell) else { continue };
        let again = value_of(field, &cell_of(field, &value));
        assert_eq!(again, Ok(Some(value)), "{}", field.name);
    }
});
