//! Sorting.

extern crate alloc;

use alloc::vec::Vec;
use core::cmp::Ordering;

/// The numbers below `count`, sorted by what they stand for; those that compare equal, by themselves.
// OPTIMIZATION: whatever is sorted, this is the one sort that is compiled: of some 4 KB of WebAssembly each, there were five. Only
// building a policy sorts, so it does not matter that `compare` is called through a pointer. The order is that of a stable sort.
pub(crate) fn sorted_numbers(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut numbers: Vec<usize> = (0..count).collect();
    numbers.sort_unstable_by(|left, right| compare(*left, *right).then(left.cmp(right)));
    numbers
}
