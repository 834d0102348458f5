//! Code that is compiled out of line.

/// Runs `work` in a function of its own.
// OPTIMIZATION: the caller of `Policy::decide` stays small enough for the compiler to drop what its policy never needs. The result
// is that of `work`.
#[inline(never)]
pub(super) fn outlined<R>(work: impl FnOnce() -> R) -> R {
    work()
}
