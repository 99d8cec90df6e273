//! Tells cargo to build again when a mapping is added or changed: `include_dir!` does not.

fn main() {
    println!("cargo:rerun-if-changed=../../content/readers");
}
