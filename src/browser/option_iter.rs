//! An optional iterator.

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
