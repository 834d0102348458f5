//! The memory that JavaScript writes a head into, and reads the answer from.

use core::cell::UnsafeCell;

/// How many bytes the input and the output may each have.
const LIMIT: usize = 64 * 1024;

struct Shared(UnsafeCell<[u8; LIMIT]>);

// SAFETY: the module has one thread.
unsafe impl Sync for Shared {}

static INPUT: Shared = Shared(UnsafeCell::new([0; LIMIT]));
static OUTPUT: Shared = Shared(UnsafeCell::new([0; LIMIT]));

/// The address of the input.
#[unsafe(no_mangle)]
extern "C" fn input() -> *const u8 {
    INPUT.0.get().cast()
}

/// The address of the output.
#[unsafe(no_mangle)]
extern "C" fn output() -> *const u8 {
    OUTPUT.0.get().cast()
}

/// How many bytes the input may have.
#[unsafe(no_mangle)]
extern "C" fn limit() -> usize {
    LIMIT
}

/// Calls `answer` with the input's first `length` bytes and with the output. Returns the length of the answer, or 0 if there is none.
pub fn answer_with(length: usize, answer: impl FnOnce(&[u8], &mut [u8]) -> Option<usize>) -> usize {
    // SAFETY: JavaScript does not touch either memory before this returns. No other function here makes references to them, and
    // `answer` does not call an exported function, so this function does not run twice at once.
    let (input, output) = unsafe { (&*INPUT.0.get(), &mut *OUTPUT.0.get()) };
    input.get(..length).and_then(|input| answer(input, output)).unwrap_or(0)
}
