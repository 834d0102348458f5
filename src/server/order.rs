//! Sorting.

extern crate alloc;

use alloc::vec::Vec;
use core::cmp::Ordering;

/// The numbers below `count`, in the order of `compare`. Equal ones keep the order of their numbers.
// OPTIMIZATION: all sorting uses this one function, so it is compiled once instead of five times, at some 4 KB of WebAssembly
// each. Only building a policy sorts, so it does not matter that `compare` is called through a pointer. The sort is stable.
pub(crate) fn sorted_numbers(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut numbers: Vec<usize> = (0..count).collect();
    numbers.sort_unstable_by(|left, right| compare(*left, *right).then(left.cmp(right)));
    numbers
}
