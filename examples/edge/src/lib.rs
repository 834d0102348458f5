//! A policy as a WebAssembly module. `cors.mjs` calls it.
#![no_std]

mod policy;

/// Answers the head of `length` bytes in the input memory, and returns the length of the answer. It is 0 if the head cannot be
/// read, has too many lines, or if the answer does not fit into the output memory.
#[unsafe(no_mangle)]
extern "C" fn answer(length: usize) -> usize {
    exchange::answer_with(length, |input, output| exchange::answer(&policy::POLICY, input, output))
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
