//! Code that is compiled apart from its caller.

/// Calls `work`, which is compiled apart.
///
/// OPTIMIZATION: what `work` needs is put together only where it is called. So a decision, which does not fit into registers, need
/// not be in memory where it is written at once.
#[cold]
#[inline(never)]
pub(in crate::server) fn apart<R>(work: impl FnOnce() -> R) -> R {
    work()
}
