//! Heads in the form of the ABI: the number of lines, then the lengths of each name and value, then the names and
//! values, each followed by a NUL byte. Numbers have 32 bits, and are little-endian.

use alloc::vec::Vec;

/// A line of a head.
pub type Line<'a> = (&'a str, &'a [u8]);

/// The bytes of a head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeaderMap(Vec<u8>);

impl HeaderMap {
    /// A head, from the bytes that the proxy has written.
    pub fn new(bytes: Vec<u8>) -> Self {
        HeaderMap(bytes)
    }

    /// Writes a head.
    pub fn of(lines: &[Line<'_>]) -> Self {
        let mut bytes = Vec::new();
        write_number(&mut bytes, lines.len());
        for (name, value) in lines {
            write_number(&mut bytes, name.len());
            write_number(&mut bytes, value.len());
        }
        for (name, value) in lines {
            bytes.extend_from_slice(name.as_bytes());
            bytes.push(0);
            bytes.extend_from_slice(value);
            bytes.push(0);
        }
        HeaderMap(bytes)
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The lines, up to the first that cannot be read.
    pub fn lines(&self) -> Vec<Line<'_>> {
        let count = read_number(&self.0, 0).unwrap_or_default();
        let mut place = count.checked_mul(8).and_then(|lengths| lengths.checked_add(4)).unwrap_or(usize::MAX);
        // Each line has two lengths before the lines, so this many lines fit at most.
        let mut lines = Vec::with_capacity(count.min(self.0.len() / 8));
        for number in 0..count {
            let Some(line) = self.line(number, &mut place) else { break };
            lines.push(line);
        }
        lines
    }

    /// The line with this number. Its name is at `place`.
    fn line(&self, number: usize, place: &mut usize) -> Option<Line<'_>> {
        let lengths = number.checked_mul(8)?.checked_add(4)?;
        let name = self.take(place, read_number(&self.0, lengths)?)?;
        let value = self.take(place, read_number(&self.0, lengths.checked_add(4)?)?)?;
        // The policy reads no header with such a name.
        Some((core::str::from_utf8(name).unwrap_or_default(), value))
    }

    /// The bytes at `place`. Moves `place` past the NUL byte that follows them.
    fn take(&self, place: &mut usize, length: usize) -> Option<&[u8]> {
        let end = place.checked_add(length)?;
        let taken = self.0.get(*place..end)?;
        *place = end.checked_add(1)?;
        Some(taken)
    }
}

fn read_number(bytes: &[u8], place: usize) -> Option<usize> {
    let number = bytes.get(place..)?.first_chunk::<4>()?;
    usize::try_from(u32::from_le_bytes(*number)).ok()
}

fn write_number(bytes: &mut Vec<u8>, number: usize) {
    // A longer head does not fit into the memory of a module.
    bytes.extend_from_slice(&u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
}
