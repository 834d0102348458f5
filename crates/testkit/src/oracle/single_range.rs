use super::collect;

/// A number, as decimal digits.
pub type Decimal = Vec<u8>;

/// <https://fetch.spec.whatwg.org/#simple-range-header-value>
pub fn parse_a_single_range_header_value(
    data: &[u8],
    allow_whitespace: bool,
) -> Option<(Option<Decimal>, Option<Decimal>)> {
    let tab_or_space = |byte| byte == b'\t' || byte == b' ';
    // 1–2.
    if !data.starts_with(b"bytes") {
        return None;
    }
    // 3.
    let mut position = 5;
    // 4.
    if allow_whitespace {
        collect(data, &mut position, tab_or_space);
    }
    // 5.
    if data.get(position) != Some(&b'=') {
        return None;
    }
    // 6.
    position += 1;
    // 7.
    if allow_whitespace {
        collect(data, &mut position, tab_or_space);
    }
    // 8–9.
    let range_start = number(collect(data, &mut position, |byte| byte.is_ascii_digit()));
    // 10.
    if allow_whitespace {
        collect(data, &mut position, tab_or_space);
    }
    // 11.
    if data.get(position) != Some(&b'-') {
        return None;
    }
    // 12.
    position += 1;
    // 13.
    if allow_whitespace {
        collect(data, &mut position, tab_or_space);
    }
    // 14–15.
    let range_end = number(collect(data, &mut position, |byte| byte.is_ascii_digit()));
    // 16.
    if position < data.len() {
        return None;
    }
    // 17.
    if range_start.is_none() && range_end.is_none() {
        return None;
    }
    // 18.
    if let (Some(start), Some(end)) = (&range_start, &range_end)
        && is_greater(start, end)
    {
        return None;
    }
    // 19.
    Some((range_start, range_end))
}

fn number(digits: Vec<u8>) -> Option<Decimal> {
    if digits.is_empty() { None } else { Some(digits) }
}

/// Compares two decimal numbers of the same length.
fn is_greater(left: &[u8], right: &[u8]) -> bool {
    let width = left.len().max(right.len());
    let pad = |digits: &[u8]| [vec![b'0'; width - digits.len()], digits.to_vec()].concat();
    pad(left) > pad(right)
}
