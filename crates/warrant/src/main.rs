//! The command line of Warrant.

fn main() {}
