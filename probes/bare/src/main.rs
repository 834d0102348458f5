//! Runs all cases without std, without alloc and without a `#[global_allocator]`. The program links, which proves that
//! the library needs none of them. It makes only two system calls: to write a line, and to exit.
#![no_std]
#![no_main]

#[cfg_attr(target_arch = "x86_64", path = "x86_64.rs")]
#[cfg_attr(target_arch = "arm", path = "arm.rs")]
mod system;

use core::{
    fmt::{self, Write},
    panic::PanicInfo,
};

// A dependency that the code does not name is not linked.
use fetch_cors as _;

struct Output;

impl Write for Output {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        system::write(text.as_bytes());
        Ok(())
    }
}

fn run() -> ! {
    let tally = cases::run(&mut |failure| {
        let _ = writeln!(Output, "{failure}");
    });
    let bits = usize::BITS;
    let _ = writeln!(Output, "{} passed; {} failed; words of {bits} bits", tally.passed, tally.failed);
    system::exit(i32::from(tally.failed > 0 || tally.passed < 1000))
}

#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    let _ = writeln!(Output, "{info}");
    system::exit(101)
}
