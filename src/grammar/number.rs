//! Decimal numbers of 64 bits, with a sign.

/// Why a text is not such a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InvalidNumber {
    /// It does not have the form of a number.
    Syntax,
    /// It does not fit into 64 bits.
    Overflow,
}

/// Parses a number, with an optional sign before it, and with whitespace around both.
pub(crate) fn signed_number(text: &[u8]) -> Result<i64, InvalidNumber> {
    let text = trim_whitespace(text);
    let (sign, digits) = match text {
        [b'-', digits @ ..] => (-1, digits),
        [b'+', digits @ ..] => (1, digits),
        digits => (1, digits),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(InvalidNumber::Syntax);
    }
    let append = |number: i64, digit: &u8| number.checked_mul(10)?.checked_add(sign * i64::from(digit - b'0'));
    digits.iter().try_fold(0, append).ok_or(InvalidNumber::Overflow)
}

/// Parses a number without a sign, or with a `+`.
pub(crate) fn unsigned_number(text: &[u8]) -> Result<u64, InvalidNumber> {
    let text = trim_whitespace(text);
    let digits = text.strip_prefix(b"+").unwrap_or(text);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(InvalidNumber::Syntax);
    }
    let append = |number: u64, digit: &u8| number.checked_mul(10)?.checked_add(u64::from(digit - b'0'));
    digits.iter().try_fold(0, append).ok_or(InvalidNumber::Overflow)
}

fn trim_whitespace(mut text: &[u8]) -> &[u8] {
    while let [b'\t'..=b'\r' | b' ', rest @ ..] | [rest @ .., b'\t'..=b'\r' | b' '] = text {
        text = rest;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signed_number_allows_a_sign_and_whitespace_around_it() {
        for (text, expected) in [
            ("0", Ok(0)),
            ("-0", Ok(0)),
            ("+600", Ok(600)),
            (" \x0b-007\t", Ok(-7)),
            ("9223372036854775807", Ok(i64::MAX)),
            ("-9223372036854775808", Ok(i64::MIN)),
            ("9223372036854775808", Err(InvalidNumber::Overflow)),
            ("-9223372036854775809", Err(InvalidNumber::Overflow)),
            ("", Err(InvalidNumber::Syntax)),
            ("+", Err(InvalidNumber::Syntax)),
            ("+-1", Err(InvalidNumber::Syntax)),
            ("+ 1", Err(InvalidNumber::Syntax)),
            ("1 0", Err(InvalidNumber::Syntax)),
            ("1.5", Err(InvalidNumber::Syntax)),
        ] {
            assert_eq!(signed_number(text.as_bytes()), expected, "{text:?}");
        }
    }

    #[test]
    fn an_unsigned_number_may_have_a_plus_sign() {
        for (text, expected) in [
            ("+18446744073709551615", Ok(u64::MAX)),
            (" 007\x0c", Ok(7)),
            ("18446744073709551616", Err(InvalidNumber::Overflow)),
            ("-0", Err(InvalidNumber::Syntax)),
            ("", Err(InvalidNumber::Syntax)),
        ] {
            assert_eq!(unsigned_number(text.as_bytes()), expected, "{text:?}");
        }
    }
}
