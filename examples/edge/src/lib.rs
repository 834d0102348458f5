//! A policy as a WebAssembly module. `cors.mjs` calls it.
#![no_std]

mod answer;
mod head;

use core::cell::UnsafeCell;

use fetch_cors::server::{OriginPattern, Policy};

/// What is allowed: change this. A mistake in it is an error of the compiler.
static POLICY: Policy<'static> =
    Policy::builder(&[OriginPattern::new("https://*.app.example"), OriginPattern::new("http://localhost:*")])
        .methods("PUT, DELETE")
        .request_headers("content-type, authorization")
        .exposed_headers("etag")
        .credentials()
        .max_age_seconds(600)
        .build_or_panic();

/// The most bytes that go in, and that come out.
const LIMIT: usize = 64 * 1024;

/// Memory that JavaScript reads or writes between calls.
struct Shared(UnsafeCell<[u8; LIMIT]>);

// SAFETY: the module has one thread.
unsafe impl Sync for Shared {}

static INPUT: Shared = Shared(UnsafeCell::new([0; LIMIT]));
static OUTPUT: Shared = Shared(UnsafeCell::new([0; LIMIT]));

/// Where a request's head goes.
#[unsafe(no_mangle)]
extern "C" fn input() -> *const u8 {
    INPUT.0.get().cast()
}

/// Where an answer comes out.
#[unsafe(no_mangle)]
extern "C" fn output() -> *const u8 {
    OUTPUT.0.get().cast()
}

/// How many bytes may go in.
#[unsafe(no_mangle)]
extern "C" fn limit() -> usize {
    LIMIT
}

/// Answers the head of `length` bytes, and returns the length of the answer; 0 if the head cannot be read, or has too many lines.
#[unsafe(no_mangle)]
extern "C" fn answer(length: usize) -> usize {
    // SAFETY: JavaScript touches neither before this returns, and nothing else here does.
    let (input, output) = unsafe { (&*INPUT.0.get(), &mut *OUTPUT.0.get()) };
    let Some(input) = input.get(..length) else { return 0 };
    answer::answer(&POLICY, input, output).unwrap_or(0)
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
