//! Links the programs without std, libc and start files. Symbols of a libc get an address without code, because the
//! programs are never run.

fn main() {
    let mut arguments = vec!["-nostartfiles".into(), "-nostdlib".into(), "-static".into(), "-no-pie".into()];
    for symbol in ["memcpy", "memmove", "memset", "memcmp", "bcmp", "strlen", "rust_eh_personality", "_Unwind_Resume"] {
        arguments.push(format!("-Wl,--defsym={symbol}=0"));
    }
    for argument in arguments {
        println!("cargo::rustc-link-arg-bins={argument}");
    }
    println!("cargo::rerun-if-changed=build.rs");
}
