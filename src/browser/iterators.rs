//! Iterators that are compiled once.

/// The items of an iterator, or none.
// OPTIMIZATION: `option.into_iter().flatten()` yields the same items but takes three times the memory, and iterators of
// failures are nested.
#[derive(Clone, Debug)]
pub(super) struct OptionIter<I>(pub(super) Option<I>);

impl<I: Iterator> Iterator for OptionIter<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.0.as_mut()?.next()
    }
}

/// The items of an iterator, which is asked for one after the other.
// OPTIMIZATION: `find`, `any` and the like are compiled for this iterator, and not again for each part of a chain of iterators. That
// saves an eighth of the code that is compiled for this half. The items are the same.
#[derive(Clone, Debug)]
pub(super) struct Steps<I>(pub(super) I);

impl<I: Iterator> Iterator for Steps<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.0.next()
    }
}
