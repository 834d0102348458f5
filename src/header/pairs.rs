//! Byte pairs as a place to write headers.

use super::{
    Full, HeaderName, HeaderText, OwnNames, VaryNames,
    sink::{Pair, Pairs, impl_pairs_sink},
    vary,
};
use crate::grammar::is_lowercase;

/// A fixed piece of memory for names and values.
///
/// An answer has twelve lines at most, those apart that name what a predicate reads or a response's own headers.
///
/// ```
/// use fetch_cors::header::PairSink;
///
/// let mut memory = [("", &b""[..]); 8];
/// let sink = PairSink::new(&mut memory);
/// assert!(sink.pairs().is_empty());
/// ```
#[derive(Debug)]
pub struct PairSink<'b, 'v> {
    memory: &'b mut [Pair<'v>],
    length: usize,
}

impl<'b, 'v> PairSink<'b, 'v> {
    /// A sink without headers, with room for as many as `memory` has.
    pub const fn new(memory: &'b mut [(&'v str, &'v [u8])]) -> Self {
        PairSink { memory, length: 0 }
    }

    /// A sink with the first `length` pairs of `memory` as its headers.
    pub fn with_headers(memory: &'b mut [(&'v str, &'v [u8])], length: usize) -> Self {
        let length = length.min(memory.len());
        PairSink { memory, length }
    }

    /// The headers.
    #[inline]
    pub fn pairs(&self) -> &[(&'v str, &'v [u8])] {
        self.memory.get(..self.length).unwrap_or_default()
    }
}

impl<'v> Pairs<'v> for PairSink<'_, 'v> {
    #[inline]
    fn pairs(&self) -> &[Pair<'v>] {
        PairSink::pairs(self)
    }

    #[inline]
    fn is_empty(&self) -> bool {
        self.length == 0
    }

    #[inline]
    fn push(&mut self, pair: Pair<'v>) -> Result<(), Full> {
        *self.memory.get_mut(self.length).ok_or(Full)? = pair;
        self.length += 1;
        Ok(())
    }

    fn retain(&mut self, mut keep: impl FnMut(&Pair<'v>) -> bool) {
        let mut kept = 0;
        for place in 0..self.length {
            let Some(pair) = self.memory.get(place).copied() else { break };
            if keep(&pair) {
                if kept < place
                    && let Some(slot) = self.memory.get_mut(kept)
                {
                    *slot = pair;
                }
                kept += 1;
            }
        }
        self.length = kept;
    }

    #[inline(always)]
    fn lend<R>(&mut self, write: impl FnOnce(&mut Self) -> R) -> R {
        let mut lent = PairSink { memory: core::mem::take(&mut self.memory), length: self.length };
        let result = write(&mut lent);
        *self = lent;
        result
    }
}

impl_pairs_sink!([] PairSink<'_, 'v>);

#[cfg(feature = "alloc")]
mod growing {
    extern crate alloc;
    use super::{Full, Pair, Pairs, impl_pairs_sink};
    use alloc::vec::Vec;

    impl<'v> Pairs<'v> for Vec<Pair<'v>> {
        fn pairs(&self) -> &[Pair<'v>] {
            self
        }

        fn push(&mut self, pair: Pair<'v>) -> Result<(), Full> {
            Vec::push(self, pair);
            Ok(())
        }

        fn retain(&mut self, keep: impl FnMut(&Pair<'v>) -> bool) {
            Vec::retain(self, keep);
        }
    }

    impl_pairs_sink!([] Vec<(&'v str, &'v [u8])>);
}

pub(crate) fn count<'v>(pairs: &impl Pairs<'v>, name: HeaderName<'_>) -> usize {
    pairs.pairs().iter().filter(|pair| HeaderName::from_transport(pair.0) == name).count()
}

pub(crate) fn set<'v>(
    pairs: &mut impl Pairs<'v>,
    name: HeaderName<'static>,
    value: HeaderText<'v>,
) -> Result<(), Full> {
    if count(pairs, name) > 0 {
        remove(pairs, &[name]);
    }
    pairs.push((name.as_str(), value.as_bytes()))
}

#[inline(always)]
pub(crate) fn remove<'v>(pairs: &mut impl Pairs<'v>, names: &[HeaderName<'static>]) {
    if !pairs.is_empty() {
        let lengths = Lengths::of(names);
        pairs.lend(|pairs| remove_some(pairs, names, lengths));
    }
}

/// OPTIMIZATION: kept apart, so that what is as a rule all, the look at an empty list, stands where it is needed. Of most lines
/// the length of the name tells that they stay.
#[inline(never)]
fn remove_some<'v>(pairs: &mut impl Pairs<'v>, names: &[HeaderName<'static>], lengths: Lengths) {
    let goes = |pair: &Pair<'v>| {
        lengths.contains(pair.0) && names.iter().any(|other| *other == HeaderName::from_transport(pair.0))
    };
    pairs.retain(|pair| !goes(pair));
}

/// The lengths of some names, where 64 and more count as nothing and more.
#[derive(Clone, Copy)]
pub(crate) struct Lengths(u64);

impl Lengths {
    /// OPTIMIZATION: of names that the compiler knows, it knows this too.
    #[inline(always)]
    pub(crate) fn of(names: &[HeaderName<'static>]) -> Self {
        Lengths(names.iter().fold(0, |lengths, name| lengths | Lengths::bit(name.as_str())))
    }

    /// Whether one of the names may be `name`.
    #[inline]
    pub(crate) fn contains(self, name: &str) -> bool {
        self.0 & Lengths::bit(name) != 0
    }

    const fn bit(name: &str) -> u64 {
        1 << (name.len() % 64)
    }
}

#[inline(always)]
pub(crate) fn merge_vary<'v>(pairs: &mut impl Pairs<'v>, names: VaryNames) -> Result<(), Full> {
    match names.parts() {
        (own, []) if pairs.is_empty() && !own.is_empty() => {
            pairs.push((HeaderName::VARY.as_str(), own.as_line().as_bytes()))
        }
        (own, more) => pairs.lend(|pairs| merge_vary_names(pairs, own, more)),
    }
}

/// OPTIMIZATION: kept apart, and given the parts, so that the names need not be in memory.
#[inline(never)]
fn merge_vary_names<'v>(
    pairs: &mut impl Pairs<'v>,
    own: OwnNames,
    more: &'static [HeaderName<'static>],
) -> Result<(), Full> {
    let names = VaryNames::new(own, more);
    if let Some(own) = names.as_own()
        && !pairs.pairs().iter().any(is_vary)
    {
        return pairs.push((HeaderName::VARY.as_str(), own.as_line().as_bytes()));
    }
    for name in names.iter() {
        // One by one: each name that is added is there when the next is looked for.
        if !vary::is_named(name, pairs.pairs().iter().filter(|pair| is_vary(pair)).map(|pair| pair.1)) {
            pairs.push((HeaderName::VARY.as_str(), name.as_str().as_bytes()))?;
        }
    }
    Ok(())
}

#[inline]
fn is_vary(pair: &Pair<'_>) -> bool {
    is_lowercase(pair.0.as_bytes(), b"vary")
}

const LINES_LOOKED_BACK: usize = 32;

pub(crate) fn expose_own_names<'v>(pairs: &mut impl Pairs<'v>) -> Result<(), Full> {
    for place in 0..pairs.pairs().len() {
        let Some(&(name, _)) = pairs.pairs().get(place) else { break };
        // Doubles stand near each other, a name that is listed twice does no harm, and to look back further would cost the
        // square of the lines.
        let earlier = pairs.pairs().get(place.saturating_sub(LINES_LOOKED_BACK)..place).unwrap_or_default();
        let repeated = earlier.iter().any(|pair| pair.0.eq_ignore_ascii_case(name));
        if !repeated && HeaderName::new(name).is_ok_and(HeaderName::is_worth_exposing) {
            pairs.push((HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS.as_str(), name.as_bytes()))?;
        }
    }
    Ok(())
}
