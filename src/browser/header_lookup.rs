//! Look-ups of many names in a list.

use core::cmp::Ordering;

use crate::{grammar::cmp_ignore_ascii_case, header::HeaderName};

/// Whether a name is in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listed {
    Yes,
    No,
}

/// The names, in their order, each with whether it is in `list`.
// OPTIMIZATION: one walk over the list serves a batch of names. With one walk for each name, 10,000 headers and a response of
// 10,000 elements would cost 100 million comparisons. With an allocator all names are one batch, without one a batch has 32. A
// short list is kept and compared with each name, which costs less than batches. The results are the same.
pub(super) fn lookup_names<'a, 'l>(
    names: impl Iterator<Item = HeaderName<'a>>,
    list: impl Iterator<Item = &'l [u8]> + Clone,
) -> impl Iterator<Item = (HeaderName<'a>, Listed)> {
    lookup_names_by::<Names<'a>>(names, list)
}

#[cfg(feature = "alloc")]
type Names<'a> = All<'a>;
#[cfg(not(feature = "alloc"))]
type Names<'a> = Few<'a>;

fn lookup_names_by<'a, 'l, B: Batch<'a>>(
    names: impl Iterator<Item = HeaderName<'a>>,
    list: impl Iterator<Item = &'l [u8]> + Clone,
) -> impl Iterator<Item = (HeaderName<'a>, Listed)> {
    let mut names = names;
    let mut short = ShortList::EMPTY;
    // One element more than the limit shows that the list is not short.
    list.clone().take(SHORT + 1).for_each(|element| short.push(element));
    let short = if short.is_complete() { Some(short) } else { None };
    let mut batch = B::default();
    let mut given = 0;
    core::iter::from_fn(move || {
        if let Some(short) = &short {
            return names.next().map(|name| (name, short.look_up(name)));
        }
        if given == batch.names().len() {
            given = 0;
            batch.fill(&mut names);
            look_up::<B>(batch.names_mut(), &mut list.clone());
        }
        let held = batch.names().get(given)?;
        given += 1;
        Some((held.name, held.listed))
    })
}

/// The elements of a short list.
pub(super) struct ShortList<'l> {
    elements: [&'l [u8]; SHORT],
    // OPTIMIZATION: a name is compared only with the elements that have its tag. Equal names have equal tags, so the
    // result is the same.
    tags: [u8; SHORT],
    /// The number of elements of the list, including those that are not kept.
    length: usize,
}

impl<'l> ShortList<'l> {
    pub(super) const EMPTY: Self = ShortList { elements: [b""; SHORT], tags: [0; SHORT], length: 0 };

    pub(super) fn push(&mut self, element: &'l [u8]) {
        if cfg!(fetch_cors_small) || self.length > SHORT {
            return;
        }
        if let (Some(place), Some(held)) = (self.elements.get_mut(self.length), self.tags.get_mut(self.length)) {
            (*place, *held) = (element, tag(element));
        }
        self.length += 1;
    }

    /// Whether all elements of the list are kept. In code that is compiled for size, none are.
    pub(super) fn is_complete(&self) -> bool {
        !cfg!(fetch_cors_small) && self.length <= SHORT
    }

    pub(super) fn look_up(&self, name: HeaderName<'_>) -> Listed {
        let wanted = tag(name.as_str().as_bytes());
        let tags = self.tags.get(..self.length).unwrap_or_default();
        let is_it = |at: usize| self.elements.get(at).is_some_and(|element| name.matches(element));
        let is_listed = tags.iter().enumerate().any(|(at, tag)| *tag == wanted && is_it(at));
        if is_listed { Listed::Yes } else { Listed::No }
    }
}

/// A tag made of the length and the last letters, without regard to case.
fn tag(name: &[u8]) -> u8 {
    let last = match name {
        [.., first, second] => (first | 0x20).wrapping_mul(5).wrapping_add(second | 0x20),
        _ => 0,
    };
    #[expect(clippy::cast_possible_truncation, reason = "any eight bits will do")]
    last.wrapping_add((name.len() as u8).wrapping_mul(31))
}

#[derive(Clone, Copy)]
struct Slot<'a> {
    name: HeaderName<'a>,
    place: usize,
    listed: Listed,
}

fn look_up<'a, B: Batch<'a>>(batch: &mut [Slot<'a>], list: &mut dyn Iterator<Item = &[u8]>) {
    if batch.is_empty() {
        return;
    }
    B::sort(batch, |left, right| left.name.cmp(&right.name));
    for element in list {
        let is_before = |held: &Slot<'_>| cmp_ignore_ascii_case(held.name.as_str().as_bytes(), element).is_lt();
        let place = batch.partition_point(is_before);
        if let Some(first) = batch.get_mut(place).filter(|held| held.name.matches(element)) {
            first.listed = Listed::Yes;
        }
    }
    // Among equal names, the first one is found.
    let mut before: Option<Slot<'_>> = None;
    for held in batch.iter_mut() {
        if let Some(before) = before.filter(|before| before.name == held.name) {
            held.listed = before.listed;
        }
        before = Some(*held);
    }
    B::sort(batch, |left, right| left.place.cmp(&right.place));
}

const SHORT: usize = 32;
const BATCH: usize = 32;

/// A batch of names that one walk looks up.
trait Batch<'a>: Default {
    fn fill(&mut self, names: &mut dyn Iterator<Item = HeaderName<'a>>);
    fn names(&self) -> &[Slot<'a>];
    fn names_mut(&mut self) -> &mut [Slot<'a>];
    fn sort(batch: &mut [Slot<'a>], order: fn(&Slot<'_>, &Slot<'_>) -> Ordering);
}

#[cfg(feature = "alloc")]
#[derive(Default)]
struct All<'a>(smallvec::SmallVec<[Slot<'a>; BATCH]>);

#[cfg(feature = "alloc")]
impl<'a> Batch<'a> for All<'a> {
    fn fill(&mut self, names: &mut dyn Iterator<Item = HeaderName<'a>>) {
        self.0.clear();
        self.0.extend(names.enumerate().map(|(place, name)| Slot { name, place, listed: Listed::No }));
    }

    fn names(&self) -> &[Slot<'a>] {
        &self.0
    }

    fn names_mut(&mut self) -> &mut [Slot<'a>] {
        &mut self.0
    }

    fn sort(batch: &mut [Slot<'a>], order: fn(&Slot<'_>, &Slot<'_>) -> Ordering) {
        batch.sort_unstable_by(order);
    }
}

#[cfg(any(test, not(feature = "alloc")))]
struct Few<'a> {
    names: [Slot<'a>; BATCH],
    length: usize,
}

#[cfg(any(test, not(feature = "alloc")))]
impl Default for Few<'_> {
    fn default() -> Self {
        let none = Slot { name: HeaderName::from_transport(""), place: 0, listed: Listed::No };
        Few { names: [none; BATCH], length: 0 }
    }
}

#[cfg(any(test, not(feature = "alloc")))]
impl<'a> Batch<'a> for Few<'a> {
    fn fill(&mut self, names: &mut dyn Iterator<Item = HeaderName<'a>>) {
        self.length = 0;
        for (held, (place, name)) in self.names.iter_mut().zip(names.enumerate()) {
            *held = Slot { name, place, listed: Listed::No };
            self.length += 1;
        }
    }

    fn names(&self) -> &[Slot<'a>] {
        self.names.get(..self.length).unwrap_or_default()
    }

    fn names_mut(&mut self) -> &mut [Slot<'a>] {
        self.names.get_mut(..self.length).unwrap_or_default()
    }

    /// Insertion sort: there are few names, and the standard library's sort can panic if the order contradicts itself.
    fn sort(batch: &mut [Slot<'a>], order: fn(&Slot<'_>, &Slot<'_>) -> Ordering) {
        for end in 1..batch.len() {
            let Some([sorted @ .., last]) = batch.get(..=end) else { return };
            let place = sorted.partition_point(|held| order(held, last).is_le());
            if let Some(tail @ [_, ..]) = batch.get_mut(place..=end) {
                tail.rotate_right(1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::{format, string::String, vec::Vec};

    #[test]
    fn header_look_up_agrees_with_a_scan_for_any_number_of_names() {
        for count in [0, 1, 2, 31, 32, 33, 64, 65, 200] {
            let names: Vec<String> =
                (0..count).map(|number| format!("X-{}", number * 7919 % (count / 2 + 1))).collect();
            for length in [0, 1, 7, 100] {
                let list: Vec<String> = (0..length).map(|number| format!("x-{}", number * 31 % 120)).collect();
                let asked = || names.iter().map(|name| HeaderName::from_transport(name));
                let elements = || list.iter().map(String::as_bytes);
                let expected = names.iter().map(|name| {
                    let is_listed = list.iter().any(|element| element.eq_ignore_ascii_case(name));
                    (HeaderName::from_transport(name), if is_listed { Listed::Yes } else { Listed::No })
                });
                let found = lookup_names(asked(), elements());
                assert!(found.eq(expected.clone()), "{count} names, {length} elements");
                let found = lookup_names_by::<Few<'_>>(asked(), elements());
                assert!(found.eq(expected), "{count} names, {length} elements");
            }
        }
    }
}
