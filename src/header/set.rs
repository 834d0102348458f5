//! Sets of header names.

use super::HeaderName;

/// A set of names that is known at compile time.
// OPTIMIZATION: one bit excludes most other names without a comparison. A name whose bit is set is compared in full, so
// the result is the same.
pub(super) struct NameSet<const N: usize> {
    names: [&'static str; N],
    /// The bits of the names. Other names may have the same bit.
    bits: [u32; WORDS],
}

const WORDS: usize = 4;

impl<const N: usize> NameSet<N> {
    pub(super) const fn new(names: [&'static str; N]) -> Self {
        let mut bits = [0; WORDS];
        let mut rest: &[&str] = &names;
        while let [name, tail @ ..] = rest {
            let bit = bit(name);
            #[allow(clippy::indexing_slicing, reason = "a remainder is below its divisor")]
            {
                bits[bit / 32 % WORDS] |= 1 << (bit % 32);
            }
            rest = tail;
        }
        NameSet { names, bits }
    }

    #[inline]
    pub(super) const fn contains(&self, name: HeaderName<'_>) -> bool {
        let bit = bit(name.as_str());
        #[allow(clippy::indexing_slicing, reason = "a remainder is below its divisor")]
        let bits = self.bits[bit / 32 % WORDS];
        bits & 1 << (bit % 32) != 0 && name.is_one_of(&self.names)
    }
}

// OPTIMIZATION: a hash of the length, the first letter and the last letter. Its factors were chosen so that no common header
// has a bit of a set that it is not in. A name with a bit is compared, so collisions change no result.
#[inline]
const fn bit(name: &str) -> usize {
    match name.as_bytes() {
        [first, .., last] => (name.len() * 25 + (*first | 0x20) as usize + (*last | 0x20) as usize * 9) % (32 * WORDS),
        _ => 0,
    }
}
