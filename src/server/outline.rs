//! Code that is compiled out of line.

/// Runs `work` in a function of its own.
// OPTIMIZATION: the compiler drops from a caller of [`Policy::decide`](super::Policy::decide) what the policy never needs, if
// the rest is not inlined beside it. The result is that of `work`.
#[inline(never)]
pub(super) fn outlined<R>(work: impl FnOnce() -> R) -> R {
    work()
}
