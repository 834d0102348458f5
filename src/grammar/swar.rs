//! Eight bytes processed at once.

/// A word with this byte at each place.
pub(crate) const fn each(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The places where a word, read in little-endian order, has this byte, as the highest bit of each.
///
/// The lowest one is true; of those above it some may be another byte.
#[inline]
pub(crate) const fn places_of(byte: u8, word: u64) -> u64 {
    let zeros = word ^ each(byte);
    zeros.wrapping_sub(each(1)) & !zeros & each(0x80)
}

/// The lowest of such places, counted in bytes.
#[inline]
pub(crate) const fn lowest(places: u64) -> usize {
    places.trailing_zeros() as usize / 8
}
