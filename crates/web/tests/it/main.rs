//! What the look promises: nothing hostile slips through, colours can be told apart, forms keep their contract.

mod assets;
mod colours;
mod diagrams;
mod forms;
#[path = "../../examples/gallery/page.rs"]
mod page;
mod hygiene;
