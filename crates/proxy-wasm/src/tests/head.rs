//! Heads and their bytes.

use crate::{HeaderMap, Line};

const LINES: [Line<'static>; 4] = [(":method", b"GET"), ("", b""), ("origin", b"https://a.example"), ("x", b"\0\xff")];

#[test]
fn serialized_header_map_parses_to_its_lines() {
    for count in 0..=LINES.len() {
        let lines = LINES.get(..count).unwrap();
        assert_eq!(HeaderMap::of(lines).lines(), lines);
    }
}

#[test]
fn truncated_header_map_has_the_lines_before_the_cut() {
    let whole = HeaderMap::of(&LINES);
    for length in 0..whole.as_bytes().len() {
        let cut = HeaderMap::new(whole.as_bytes()[..length].to_vec());
        let lines = cut.lines();
        assert!(LINES.starts_with(&lines), "{length}: {lines:?}");
    }
}

#[test]
fn lengths_beyond_the_buffer_yield_only_lines_within_it() {
    let mut state = 1_u32;
    for _ in 0..20_000 {
        let mut bytes = HeaderMap::of(&LINES).as_bytes().to_vec();
        for _ in 0..3 {
            // Marsaglia's generator (xorshift).
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            let place = state as usize % bytes.len();
            bytes[place] = [0, 1, 0x7F, 0xFF][(state >> 16) as usize % 4];
        }
        assert!(HeaderMap::new(bytes).lines().len() <= 40, "no more lines than bytes for them");
    }
    assert_eq!(HeaderMap::new(vec![0xFF; 4]).lines().len(), 0);
    assert_eq!(HeaderMap::new(vec![0xFF; 64]).lines().len(), 0);
}
