//! Both halves behind a few exported functions. Without features the module has neither half, and shows the size of the
//! rest.
#![no_std]

#[cfg(all(feature = "cache", target_family = "wasm"))]
mod allocator;
#[cfg(any(feature = "browser", feature = "classify"))]
mod asked;
#[cfg(feature = "classify")]
mod classify;
#[cfg(feature = "browser")]
mod drive;
#[cfg(feature = "server")]
mod policy;

// A dependency that the code does not name is not linked.
use fetch_cors as _;

/// Reads lines and writes them: the part that every module has.
#[unsafe(no_mangle)]
extern "C" fn echo(length: usize) -> usize {
    exchange::answer_with(length, |mut input, output| {
        let mut output = exchange::Output::new(output);
        let first = exchange::next_line(&mut input)?;
        output.write(core::str::from_utf8(first).ok()?.as_bytes())?;
        output.write_status(200)?;
        let mut memory = [("", &b""[..]); 256];
        let count = exchange::read_lines(&mut input, &mut memory)?;
        output.write_lines(memory.get(..count)?)?;
        Some(output.length())
    })
}

/// Answers a request, as `examples/edge` does.
#[cfg(feature = "server")]
#[unsafe(no_mangle)]
extern "C" fn answer(length: usize) -> usize {
    exchange::answer_with(length, |input, output| exchange::answer(&policy::POLICY, input, output))
}

/// Classifies a fetch: whether it needs a preflight.
#[cfg(feature = "classify")]
#[unsafe(no_mangle)]
extern "C" fn classify(length: usize) -> usize {
    exchange::answer_with(length, classify::classify)
}

/// Runs a fetch.
#[cfg(feature = "browser")]
#[unsafe(no_mangle)]
extern "C" fn drive(length: usize) -> usize {
    exchange::answer_with(length, |input, output| drive::with_cache(|cache| drive::drive(input, output, cache)))
}

/// Clears the cache.
#[cfg(feature = "browser")]
#[unsafe(no_mangle)]
extern "C" fn forget() {
    drive::with_cache(|cache| *cache = drive::Cache::default());
}

/// Runs all cases. Returns the number that passed, and in the upper half the number that failed.
#[cfg(feature = "cases")]
#[unsafe(no_mangle)]
extern "C" fn run_cases() -> u64 {
    let tally = cases::run(&mut |_| ());
    u64::try_from(tally.failed).unwrap_or(u64::MAX) << 32 | u64::try_from(tally.passed).unwrap_or_default()
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    #[cfg(target_family = "wasm")]
    core::arch::wasm32::unreachable();
    #[cfg(not(target_family = "wasm"))]
    loop {}
}
