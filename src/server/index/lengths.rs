//! The lengths of keys.

/// A set of lengths, in bytes. A text of another length is not a key, so it need not be looked up.
#[derive(Clone, Copy, Default)]
pub(super) struct Lengths([u64; 6]);

impl Lengths {
    pub(super) fn insert(&mut self, length: usize) {
        if let Some(word) = self.0.get_mut(length / 64) {
            *word |= 1 << (length % 64);
        }
    }

    pub(super) fn contains(&self, length: usize) -> bool {
        self.0.get(length / 64).is_some_and(|word| word & 1 << (length % 64) != 0)
    }

    /// The lengths, ascending.
    #[inline]
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().zip((0..).step_by(64)).flat_map(|(word, start)| ones(*word).map(move |bit| start + bit))
    }
}

/// The numbers of the bits that are set, ascending.
#[inline]
pub(super) fn ones(word: u64) -> impl Iterator<Item = usize> {
    let mut rest = word;
    core::iter::from_fn(move || {
        let bit = rest.trailing_zeros() as usize;
        rest &= rest.checked_sub(1)?;
        Some(bit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_contain_what_was_inserted_and_nothing_else() {
        let mut lengths = Lengths::default();
        let inserted = [0, 1, 63, 64, 127, 326, 383];
        inserted.iter().rev().for_each(|length| lengths.insert(*length));
        assert!(lengths.iter().eq(inserted));
        assert!((0..1000).all(|length| lengths.contains(length) == inserted.contains(&length)));
        lengths.insert(384);
        assert!(lengths.iter().eq(inserted));
    }
}
