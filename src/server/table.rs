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

    /// The numbers of the patterns with this hash, in the order in which they came.
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "the low bits are as good as any")]
    pub(super) fn numbers(&self, hash: u64) -> impl Iterator<Item = usize> {
        let mask = self.0.len().wrapping_sub(1);
        let mut place = hash as usize;
        core::iter::from_fn(move || {
            // A slot is free: half of them are.
            while let Some(slot) = self.0.get(place & mask)
                && slot.number != 0
            {
                place = place.wrapping_add(1);
                if slot.tag == tag(hash) {
                    return Some(slot.number as usize - 1);
                }
            }
            None
        })
    }
}

#[allow(clippy::cast_possible_truncation, reason = "it is the upper half")]
fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// A hash of the bytes, sixteen at a time.
///
/// It need not withstand an attacker: the keys are the policy's own, and what an attacker looks up leaves nothing behind.
#[inline]
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let state = bytes.len() as u64;
    // The last sixteen bytes, some of them a second time, save a loop over single ones.
    let Some(last) = bytes.last_chunk::<16>() else {
        return bytes.iter().fold(state, |state, byte| mix(state, u128::from(*byte)));
    };
    let sixteens = bytes.as_chunks::<16>().0.iter();
    sixteens.chain([last]).fold(state, |state, sixteen| mix(state, u128::from_le_bytes(*sixteen)))
}

/// Multiplies the halves, and adds the halves of the product. No ASCII text makes a half zero.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "both halves are taken")]
fn mix(state: u64, word: u128) -> u64 {
    const LOW: u64 = 0x9E37_79B9_7F4A_7C15;
    const HIGH: u64 = 0xD1B5_4A32_D192_ED03;
    let product = u128::from(word as u64 ^ state ^ LOW) * u128::from((word >> 64) as u64 ^ HIGH);
    product as u64 ^ (product >> 64) as u64
}

/// Whether the two are the same.
///
/// OPTIMIZATION: eight bytes at a time, the last of them some a second time, take less than a call.
#[inline]
pub(super) fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len()
        && one.as_chunks::<8>().0.iter().zip(other.as_chunks::<8>().0).all(|(one, other)| one == other)
        && match (one.last_chunk::<8>(), other.last_chunk::<8>()) {
            (Some(one), Some(other)) => one == other,
            _ => one.iter().zip(other).all(|(one, other)| one == other),
        }
}
