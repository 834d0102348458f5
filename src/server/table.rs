//! The tables of the index: from hashes to numbers of patterns.

extern crate alloc;

use alloc::vec::Vec;

/// The lengths that keys have: what has another length need not be looked up.
#[derive(Debug, Default)]
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
}

/// A hash table with open addressing, at most half full, from hashes to numbers of patterns.
#[derive(Debug)]
pub(super) struct Table(pub(super) Vec<Slot>);

#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    tag: u32,
    /// One more than the number of the pattern; 0 if the slot is free.
    pub(super) number: u32,
}

impl Table {
    pub(super) fn new(count: usize) -> Self {
        let slots = if count == 0 { 0 } else { (2 * count).next_power_of_two() };
        Table(alloc::vec![Slot { tag: 0, number: 0 }; slots])
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[allow(clippy::cast_possible_truncation, reason = "the low bits are as good as any")]
    pub(super) fn insert(&mut self, hash: u64, number: usize) {
        let Ok(number) = u32::try_from(number + 1) else { return };
        let mask = self.0.len().wrapping_sub(1);
        let mut place = hash as usize;
        while let Some(slot) = self.0.get_mut(place & mask) {
            if slot.number == 0 {
                *slot = Slot { tag: tag(hash), number };
                return;
            }
            place = place.wrapping_add(1);
        }
    }

    /// Gives the numbers of the patterns with this hash, in the order in which they came.
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "the low bits are as good as any")]
    pub(super) fn each(&self, hash: u64, mut visit: impl FnMut(usize)) {
        let mask = self.0.len().wrapping_sub(1);
        let mut place = hash as usize;
        // A slot is free: half of them are.
        while let Some(slot) = self.0.get(place & mask)
            && slot.number != 0
        {
            if slot.tag == tag(hash) {
                visit(slot.number as usize - 1);
            }
            place = place.wrapping_add(1);
        }
    }
}

#[allow(clippy::cast_possible_truncation, reason = "it is the upper half")]
fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// A hash of the bytes, eight at a time.
///
/// It need not withstand an attacker: the keys are the policy's own, and what an attacker looks up leaves nothing behind.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |state: u64, word: u64| (state ^ word).wrapping_mul(MULTIPLIER).rotate_left(29);
    let mut state = bytes.len() as u64;
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        state = mix(state, u64::from_le_bytes(*word));
    }
    // The last eight bytes, some of them a second time, save a loop over single ones.
    state = match bytes.last_chunk::<8>() {
        Some(last) => mix(state, u64::from_le_bytes(*last)),
        None => rest.iter().fold(state, |state, byte| mix(state, u64::from(*byte))),
    };
    state ^ state >> 32
}
