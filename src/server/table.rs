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
        // OPTIMIZATION: in a small table room costs nothing, and most keys stand where they are looked for first.
        let room = if count <= 1024 { 4 } else { 2 };
        let slots = if count == 0 { 0 } else { (room * count).next_power_of_two() };
        Table(alloc::vec![Slot { tag: 0, number: 0 }; slots])
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn insert(&mut self, hash: u64, number: usize) {
        let Ok(number) = u32::try_from(number + 1) else { return };
        let mask = self.0.len().wrapping_sub(1);
        let mut place = place(hash);
        while let Some(slot) = self.0.get_mut(place & mask) {
            if slot.number == 0 {
                *slot = Slot { tag: tag(hash), number };
                return;
            }
            place = place.wrapping_add(1);
        }
    }

    /// The number of the first pattern with this hash.
    #[inline(always)]
    pub(super) fn first(&self, hash: u64) -> Option<usize> {
        let mask = self.0.len().wrapping_sub(1);
        let mut place = place(hash);
        // A slot is free: half of them are.
        while let Some(slot) = self.0.get(place & mask)
            && slot.number != 0
        {
            if slot.tag == tag(hash) {
                return Some(slot.number as usize - 1);
            }
            place = place.wrapping_add(1);
        }
        None
    }

    /// Of the patterns with this hash, in the order in which they came, the number of the first that `is_wanted`.
    pub(super) fn find(&self, hash: u64, mut is_wanted: impl FnMut(usize) -> bool) -> Option<usize> {
        let mask = self.0.len().wrapping_sub(1);
        let mut place = place(hash);
        // A slot is free: half of them are.
        while let Some(slot) = self.0.get(place & mask)
            && slot.number != 0
        {
            let number = slot.number as usize - 1;
            if slot.tag == tag(hash) && is_wanted(number) {
                return Some(number);
            }
            place = place.wrapping_add(1);
        }
        None
    }
}

/// The slot that is looked at first, or one that many times the number of slots further on.
#[allow(clippy::cast_possible_truncation, reason = "it is the upper half, and the better one of a product")]
pub(super) fn place(hash: u64) -> usize {
    (hash >> 32) as u32 as usize
}

#[allow(clippy::cast_possible_truncation, reason = "it is the lower half")]
fn tag(hash: u64) -> u32 {
    hash as u32
}

/// A hash of the bytes, sixteen at a time.
///
/// It need not withstand an attacker: the keys are the policy's own, and what an attacker looks up leaves nothing behind.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    // The last sixteen bytes, some of them a second time, save a loop over single ones.
    let (Some((first, rest)), Some(last)) = (bytes.split_first_chunk(), bytes.last_chunk()) else {
        return bytes.iter().fold(bytes.len() as u64, |state, byte| mix(state, u128::from(*byte)));
    };
    let between = if bytes.len() > 32 { rest.as_chunks::<16>().0 } else { &[] };
    between.iter().fold(hash_of_ends(bytes.len(), first, last), |state, word| mix(state, u128::from_le_bytes(*word)))
}

/// The hash of a text of this length, 32 bytes at most, that starts and ends so.
///
/// OPTIMIZATION: the first eight bytes are left out, for in all but few origins they are `https://`.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "it is the upper half")]
pub(super) fn hash_of_ends(length: usize, first: &[u8; 16], last: &[u8; 16]) -> u64 {
    let second_word = (u128::from_le_bytes(*first) >> 64) as u64;
    // The words may overlap, and must not cancel each other.
    mix(second_word.wrapping_mul(ODD).wrapping_add(length as u64), u128::from_le_bytes(*last))
}

const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Multiplies the halves, and adds the halves of the product. No ASCII text makes a half zero.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "both halves are taken")]
fn mix(state: u64, word: u128) -> u64 {
    let product = u128::from(word as u64 ^ state ^ ODD) * u128::from((word >> 64) as u64 ^ ODD);
    product as u64 ^ (product >> 64) as u64
}
