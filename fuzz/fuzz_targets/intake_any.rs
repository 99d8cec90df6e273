//! Whole readers: recognise the bytes, read them into a sink that stops at a limit, as an import does.

#![no_main]

use libfuzzer_sys::fuzz_target;
use warrant_intake::reader::{Gathered, Sink};
use warrant_intake::{Input, Limits, ReadError, recognise};
use warrant_model::fact::{Fact, Place};

const FACTS: u64 = 5_000;

/// Keeps what it is given and refuses more than the limit, whether or not the reader counts as well.
#[derive(Default)]
struct Capped {
    gathered: Gathered,
    done: u64,
}

impl Sink for Capped {
    fn fact(&mut self, place: Place, fact: Fact) -> Result<(), ReadError> {
        if self.gathered.facts.len() as u64 >= FACTS {
            return Err(ReadError::Limit { what: "number of facts", limit: FACTS, line: place.line });
        }
        self.gathered.fact(place, fact)
    }

    fn problem(&mut self, place: Place, message: String) {
        assert!(self.gathered.problems.len() < 100_000, "problems without end");
        assert!(message.len() < 1 << 16, "a message of {} bytes", message.len());
        self.gathered.problem(place, message);
    }

    fn progress(&mut self, bytes_done: u64) {
        // It may run backwards: JSON members come in any order.
        self.done = self.done.max(bytes_done);
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(reader) = recognise(bytes) else { return };
    let limits = Limits { bytes: 1 << 20, text: 1 << 16, facts: FACTS, ..Limits::default() };
    let mut sink = Capped::default();
    let input = Input { name: "fuzz", bytes, limits };
    match reader.read(&input, &mut sink) {
        Ok(_) => {}
        Err(error) => assert!(error.to_string().len() < 1 << 16),
    }
    assert!(sink.done <= bytes.len() as u64 * 3 + 16, "progress beyond the end");
});
