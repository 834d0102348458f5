//! The elements of a list that repeat an earlier one.

extern crate alloc;

use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::grammar::cmp_ignore_ascii_case;

use super::list::Elements;
use crate::server::order::sorted_numbers;

/// Elements of a list, and their numbers in it.
type Numbered<'a> = Vec<(&'a [u8], usize)>;

/// How elements are compared.
#[derive(Clone, Copy)]
pub(in crate::server) enum Compared {
    /// Methods: byte by byte.
    AsWritten,
    /// Header names: without regard to case.
    IgnoringCase,
}

/// The elements of a list that repeat an earlier one, by their numbers.
///
/// They are found by sorting, in n log n steps.
pub(in crate::server) struct Repeats(Vec<bool>);

impl Repeats {
    pub(in crate::server) fn new(elements: Elements<'_>, compared: Compared) -> Self {
        let sorted = sorted(elements, compared);
        let mut repeats = Vec::new();
        repeats.resize(sorted.len(), false);
        let mut before: Option<&[u8]> = None;
        for (element, number) in sorted {
            if before.is_some_and(|before| order(before, element, compared).is_eq())
                && let Some(repeats) = repeats.get_mut(number)
            {
                *repeats = true;
            }
            before = Some(element);
        }
        Repeats(repeats)
    }

    /// Whether the element of this number repeats an earlier one.
    pub(in crate::server) fn contains(&self, number: usize) -> bool {
        self.0.get(number).is_some_and(|repeats| *repeats)
    }
}

/// The elements in order, equal ones as they were.
pub(super) fn sorted(elements: Elements<'_>, compared: Compared) -> Numbered<'_> {
    let elements: Numbered<'_> = elements.iter().zip(0..).collect();
    let element = |number: usize| elements.get(number).map_or(&[][..], |(element, _)| *element);
    let sorted = sorted_numbers(elements.len(), &|left, right| order(element(left), element(right), compared));
    sorted.into_iter().map(|number| (element(number), number)).collect()
}

pub(super) fn order(left: &[u8], right: &[u8], compared: Compared) -> Ordering {
    match compared {
        Compared::AsWritten => left.cmp(right),
        Compared::IgnoringCase => cmp_ignore_ascii_case(left, right),
    }
}
