//! Vectors of the `heapless` crate as a place to write headers.

use heapless::{LenType, Vec};

use crate::header::{
    Full,
    sink::{Pair, Pairs, impl_pairs_sink},
};

impl<'v, L: LenType, const N: usize> Pairs<'v> for Vec<Pair<'v>, N, L> {
    fn pairs(&self) -> &[Pair<'v>] {
        self
    }

    fn push(&mut self, pair: Pair<'v>) -> Result<(), Full> {
        Vec::push(self, pair).map_err(|_| Full)
    }

    fn retain(&mut self, keep: impl FnMut(&Pair<'v>) -> bool) {
        Vec::retain(self, keep);
    }
}

impl_pairs_sink!([L: LenType, const N: usize] Vec<(&'v str, &'v [u8]), N, L>);
