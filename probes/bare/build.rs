//! Links the program without a C library.

use std::env;

fn main() {
    let arguments: &[&str] = match env::var("CARGO_CFG_TARGET_OS").as_deref() {
        Ok("none") => &["--image-base=0x10000"],
        _ => &["-nostartfiles", "-nostdlib", "-static", "-no-pie"],
    };
    for argument in arguments {
        println!("cargo:rustc-link-arg-bins={argument}");
    }
}
