//! Vectors of the `heapless` crate as sinks for headers.

use heapless::Vec;

use crate::header::{
    CapacityError,
    pairs::{Pair, PairList, impl_answer_sink},
};

impl<'v, const N: usize> PairList<'v> for Vec<Pair<'v>, N> {
    fn pairs(&self) -> &[Pair<'v>] {
        self
    }

    fn push(&mut self, pair: Pair<'v>) -> Result<(), CapacityError> {
        Vec::push(self, pair).map_err(|_| CapacityError)
    }

    fn retain(&mut self, keep: impl FnMut(&Pair<'v>) -> bool) {
        Vec::retain(self, keep);
    }
}

impl_answer_sink!([const N: usize] Vec<(&'v str, &'v [u8]), N>);
