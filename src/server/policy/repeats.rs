//! The elements of a list that repeat an earlier one.

#[cfg(feature = "alloc")]
extern crate alloc;

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::list::Elements;

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
/// With `alloc` they are found by sorting, in n log n steps. Without it each question scans the list.
#[cfg(feature = "alloc")]
pub(in crate::server) struct Repeats(Vec<usize>);

#[cfg(feature = "alloc")]
impl Repeats {
    pub(in crate::server) fn new<'a>(elements: Elements<'a>, compared: Compared) -> Self {
        let key = |element: &'a [u8]| {
            element.iter().map(move |byte| match compared {
                Compared::AsWritten => *byte,
                Compared::IgnoringCase => byte.to_ascii_lowercase(),
            })
        };
        let mut sorted: Vec<(&[u8], usize)> = elements.iter().zip(0..).collect();
        // The sort is stable, so the first of equal elements comes first.
        sorted.sort_by(|left, right| key(left.0).cmp(key(right.0)));
        let pairs = sorted.windows(2).filter_map(|pair| match pair {
            [before, element] if key(before.0).eq(key(element.0)) => Some(element.1),
            _ => None,
        });
        let mut numbers: Vec<usize> = pairs.collect();
        numbers.sort_unstable();
        Repeats(numbers)
    }

    /// Whether the element of this number repeats an earlier one.
    pub(in crate::server) fn contains(&self, number: usize) -> bool {
        self.0.binary_search(&number).is_ok()
    }
}

/// The elements of a list that repeat an earlier one, by their numbers.
#[cfg(not(feature = "alloc"))]
pub(in crate::server) struct Repeats<'a> {
    elements: Elements<'a>,
    compared: Compared,
}

#[cfg(not(feature = "alloc"))]
impl<'a> Repeats<'a> {
    pub(in crate::server) fn new(elements: Elements<'a>, compared: Compared) -> Self {
        Repeats { elements, compared }
    }

    /// Whether the element of this number repeats an earlier one.
    pub(in crate::server) fn contains(&self, number: usize) -> bool {
        let mut rest = self.elements.iter().skip(number);
        rest.next().is_some_and(|element| {
            self.elements.iter().take(number).any(|earlier| match self.compared {
                Compared::AsWritten => earlier == element,
                Compared::IgnoringCase => earlier.eq_ignore_ascii_case(element),
            })
        })
    }
}
