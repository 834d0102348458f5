//! Sorting.

extern crate alloc;

use alloc::vec::Vec;
use core::cmp::Ordering;

/// The numbers below `count`, sorted by what they stand for; those that compare equal, by themselves.
// OPTIMIZATION: whatever is sorted, this is the one sort that is compiled, which saves 30 KB of a WebAssembly module. Only
// building a policy sorts, so that it does not matter that `compare` is called through a pointer.
pub(crate) fn sorted_numbers(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut numbers: Vec<usize> = (0..count).collect();
    numbers.sort_unstable_by(|left, right| compare(*left, *right).then(left.cmp(right)));
    numbers
}
