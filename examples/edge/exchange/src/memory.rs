//! Memory that JavaScript writes a question into, and reads the answer from.

use core::cell::UnsafeCell;

/// The most bytes that go in, and that come out.
const LIMIT: usize = 64 * 1024;

struct Shared(UnsafeCell<[u8; LIMIT]>);

// SAFETY: the module has one thread.
unsafe impl Sync for Shared {}

static INPUT: Shared = Shared(UnsafeCell::new([0; LIMIT]));
static OUTPUT: Shared = Shared(UnsafeCell::new([0; LIMIT]));

/// Where a question goes.
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

/// Has the question of `length` bytes answered, and returns the length of the answer; 0 if there is none.
pub fn answer_with(length: usize, answer: impl FnOnce(&[u8], &mut [u8]) -> Option<usize>) -> usize {
    // SAFETY: JavaScript touches neither before this returns, and of the functions here only this makes references; none of
    // the exported ones that call it is called by `answer`.
    let (input, output) = unsafe { (&*INPUT.0.get(), &mut *OUTPUT.0.get()) };
    input.get(..length).and_then(|input| answer(input, output)).unwrap_or(0)
}
