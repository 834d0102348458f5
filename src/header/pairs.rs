//! Byte pairs as a sink for headers.

use super::{CapacityError, HeaderName, OwnNames, VaryNames, sink::is_vary, vary};

/// A fixed piece of memory for names and values.
///
/// An answer needs [`MAX_ANSWER_LINES`](crate::server::MAX_ANSWER_LINES) lines at most, besides those that the response has
/// already. A predicate that reads headers, and a policy that exposes a response's own headers, need one more line for each.
///
/// The memory borrows from the policy and from the request, so declare it after both, and use it for one answer. A slice that
/// has held `'static` pairs, or pairs of an earlier request, has another type: the compiler reports that something `does not
/// live long enough`.
///
/// ```
/// use fetch_cors::header::{Headers, PairSink};
/// use fetch_cors::server::{MAX_ANSWER_LINES, OriginPattern, Policy};
///
/// static POLICY: Policy<'static> = Policy::builder(&[OriginPattern::ANY]).build_or_panic();
///
/// let mut memory = [("", &b""[..]); MAX_ANSWER_LINES];
/// let mut response = PairSink::new(&mut memory);
/// POLICY.decide("GET", Headers::EMPTY).write(&mut response)?;
/// assert_eq!(response.pairs(), [("access-control-allow-origin", &b"*"[..])]);
/// # Ok::<(), fetch_cors::header::CapacityError>(())
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

/// A line of a list of byte pairs.
pub(crate) type Pair<'v> = (&'v str, &'v [u8]);

/// A list of byte pairs that can grow to some size.
pub(crate) trait PairList<'v> {
    fn pairs(&self) -> &[Pair<'v>];

    fn is_empty(&self) -> bool {
        self.pairs().is_empty()
    }

    fn push(&mut self, pair: Pair<'v>) -> Result<(), CapacityError>;
    fn retain(&mut self, keep: impl FnMut(&Pair<'v>) -> bool);
}

/// Implements [`AnswerSink`](super::AnswerSink) for a [`PairList`]; a blanket impl would overlap with that for
/// [`HeaderSink`](super::HeaderSink).
macro_rules! impl_answer_sink {
    ([$($generics:tt)*] $type:ty) => {
        impl<'v, $($generics)*> $crate::header::sink::sealed::Sealed for $type {}

        impl<'v, $($generics)*> $crate::header::AnswerSink<'v> for $type {
            type Error = $crate::header::CapacityError;

            fn count(&self, name: $crate::header::HeaderName<'_>) -> usize {
                $crate::header::pairs::count(self, name)
            }

            #[inline]
            fn append(
                &mut self,
                name: $crate::header::HeaderName<'static>,
                value: $crate::header::ValueRef<'v>,
            ) -> Result<(), Self::Error> {
                $crate::header::pairs::PairList::push(self, (name.as_str(), value.as_bytes()))
            }

            #[inline(always)]
            fn remove(&mut self, names: &[$crate::header::HeaderName<'static>]) -> Result<(), Self::Error> {
                $crate::header::pairs::remove(self, names);
                Ok(())
            }

            #[inline(always)]
            fn merge_vary(&mut self, names: $crate::header::VaryNames) -> Result<(), Self::Error> {
                $crate::header::pairs::merge_vary(self, names)
            }

            fn expose_own_names(&mut self) -> Result<(), Self::Error> {
                $crate::header::pairs::expose_own_names(self)
            }
        }
    };
}
#[cfg(feature = "heapless")]
pub(crate) use impl_answer_sink;

impl<'v> PairList<'v> for PairSink<'_, 'v> {
    #[inline]
    fn pairs(&self) -> &[Pair<'v>] {
        PairSink::pairs(self)
    }

    #[inline]
    fn is_empty(&self) -> bool {
        self.length == 0
    }

    #[inline]
    fn push(&mut self, pair: Pair<'v>) -> Result<(), CapacityError> {
        *self.memory.get_mut(self.length).ok_or(CapacityError)? = pair;
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
}

impl_answer_sink!([] PairSink<'_, 'v>);

#[cfg(feature = "alloc")]
mod growing {
    extern crate alloc;
    use super::{CapacityError, Pair, PairList};
    use alloc::vec::Vec;

    impl<'v> PairList<'v> for Vec<Pair<'v>> {
        fn pairs(&self) -> &[Pair<'v>] {
            self
        }

        fn push(&mut self, pair: Pair<'v>) -> Result<(), CapacityError> {
            Vec::push(self, pair);
            Ok(())
        }

        fn retain(&mut self, keep: impl FnMut(&Pair<'v>) -> bool) {
            Vec::retain(self, keep);
        }
    }

    impl_answer_sink!([] Vec<(&'v str, &'v [u8])>);
}

pub(crate) fn count<'v>(pairs: &impl PairList<'v>, name: HeaderName<'_>) -> usize {
    pairs.pairs().iter().filter(|pair| HeaderName::from_transport(pair.0) == name).count()
}

#[inline(always)]
pub(crate) fn remove<'v>(pairs: &mut impl PairList<'v>, names: &[HeaderName<'static>]) {
    if !pairs.is_empty() {
        let lengths = Lengths::of(names);
        remove_some(pairs, names, lengths);
    }
}

// OPTIMIZATION: out of line, so that only the test for an empty list is inlined. For most lines the length of the name
// shows that they stay. The result is the same.
#[inline(never)]
fn remove_some<'v>(pairs: &mut impl PairList<'v>, names: &[HeaderName<'static>], lengths: Lengths) {
    let goes = |pair: &Pair<'v>| {
        lengths.contains(pair.0) && names.iter().any(|other| *other == HeaderName::from_transport(pair.0))
    };
    pairs.retain(|pair| !goes(pair));
}

/// The lengths of some names, modulo 64.
#[derive(Clone, Copy)]
pub(crate) struct Lengths(u64);

impl Lengths {
    // OPTIMIZATION: inlined, so that it is a constant for constant names.
    #[inline(always)]
    pub(crate) fn of(names: &[HeaderName<'static>]) -> Self {
        Lengths(names.iter().fold(0, |lengths, name| lengths | Lengths::bit(name.as_str())))
    }

    /// Whether one of the names may be `name`.
    #[inline]
    pub(crate) fn contains(self, name: &str) -> bool {
        cfg!(fetch_cors_small) || self.0 & Lengths::bit(name) != 0
    }

    const fn bit(name: &str) -> u64 {
        1 << (name.len() % 64)
    }
}

#[inline(always)]
pub(crate) fn merge_vary<'v>(pairs: &mut impl PairList<'v>, names: VaryNames) -> Result<(), CapacityError> {
    match names.parts() {
        (own, []) if pairs.is_empty() && !own.is_empty() => {
            pairs.push((HeaderName::VARY.as_str(), own.as_line().as_bytes()))
        }
        (own, more) => merge_vary_names(pairs, own, more),
    }
}

// OPTIMIZATION: out of line, and with the parts of the names in registers.
#[inline(never)]
fn merge_vary_names<'v>(
    pairs: &mut impl PairList<'v>,
    own: OwnNames,
    more: &'static [HeaderName<'static>],
) -> Result<(), CapacityError> {
    let names = VaryNames::new(own, more);
    if let Some(own) = names.as_own()
        && !pairs.pairs().iter().any(|pair| is_vary(pair.0))
    {
        return pairs.push((HeaderName::VARY.as_str(), own.as_line().as_bytes()));
    }
    own.iter().try_for_each(|name| merge_vary_name(pairs, name))?;
    more.iter().try_for_each(|name| merge_vary_name(pairs, name.as_str().as_bytes()))
}

// OPTIMIZATION: out of line, so that it is compiled once for the two kinds of names.
#[inline(never)]
fn merge_vary_name<'v>(pairs: &mut impl PairList<'v>, name: &'static [u8]) -> Result<(), CapacityError> {
    if vary::is_named(name, pairs.pairs().iter().filter(|pair| is_vary(pair.0)).map(|pair| pair.1)) {
        return Ok(());
    }
    pairs.push((HeaderName::VARY.as_str(), name))
}

const LINES_LOOKED_BACK: usize = 32;

pub(crate) fn expose_own_names<'v>(pairs: &mut impl PairList<'v>) -> Result<(), CapacityError> {
    for place in 0..pairs.pairs().len() {
        let Some(&(name, _)) = pairs.pairs().get(place) else { break };
        // Lines of one name are usually close together, and listing a name twice does no harm. Looking back to the
        // first line would cost the square of the number of lines.
        let earlier = pairs.pairs().get(place.saturating_sub(LINES_LOOKED_BACK)..place).unwrap_or_default();
        let repeated = earlier.iter().any(|pair| pair.0.eq_ignore_ascii_case(name));
        if !repeated && HeaderName::new(name).is_ok_and(HeaderName::is_worth_exposing) {
            pairs.push((HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS.as_str(), name.as_bytes()))?;
        }
    }
    Ok(())
}
