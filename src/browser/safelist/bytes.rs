//! The bytes that the values of safelisted headers may not have.

use super::NotSafelisted;
use crate::browser::profile::{Profile, switches::BytesAbove7F};

/// Classes of bytes, each a bit.
#[derive(Clone, Copy)]
pub(super) struct Classes(u8);

impl Classes {
    /// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte>
    pub(super) const UNSAFE: Self = Classes(1);
    /// The bytes that `Accept-Language` and `Content-Language` may not have.
    pub(super) const NOT_OF_LANGUAGE: Self = Classes(2);
    const ABOVE_7F: Self = Classes(4);

    /// The bytes that `Accept` and `Content-Type` may not have.
    pub(super) fn unsafe_in(profile: &Profile) -> Self {
        match profile.bytes_above_7f {
            BytesAbove7F::Safe => Classes::UNSAFE,
            BytesAbove7F::Unsafe => Classes(Classes::UNSAFE.0 | Classes::ABOVE_7F.0),
        }
    }
}

static CLASSES: [Classes; 256] = {
    let mut table = [Classes(0); 256];
    let mut byte = 0_usize;
    while byte < 256 {
        #[allow(clippy::cast_possible_truncation, clippy::indexing_slicing)]
        {
            table[byte] = classes(byte as u8);
        }
        byte += 1;
    }
    table
};

const fn classes(byte: u8) -> Classes {
    let mut classes = 0;
    if matches!(
        byte,
        0x00..=0x08 | 0x0A..=0x1F | b'"' | b'(' | b')' | b':' | b'<' | b'>' | b'?' | b'@' | b'[' | b'\\' | b']'
            | b'{' | b'}' | 0x7F
    ) {
        classes |= Classes::UNSAFE.0;
    }
    if !byte.is_ascii_alphanumeric() && !matches!(byte, b' ' | b'*' | b',' | b'-' | b'.' | b';' | b'=') {
        classes |= Classes::NOT_OF_LANGUAGE.0;
    }
    if byte > 0x7F {
        classes |= Classes::ABOVE_7F.0;
    }
    Classes(classes)
}

/// Finds the first byte of these classes.
pub(super) fn check_bytes(value: &[u8], classes: Classes) -> Result<(), NotSafelisted> {
    #[allow(clippy::indexing_slicing, reason = "a byte is below 256")]
    let is_one = |byte: &u8| CLASSES[usize::from(*byte)].0 & classes.0 != 0;
    let mut rest = value;
    while let [byte, tail @ ..] = rest {
        if is_one(byte) {
            return Err(NotSafelisted::Byte { offset: value.len() - rest.len(), byte: *byte });
        }
        rest = tail;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_has_its_class() {
        let passes = |byte: u8, classes| check_bytes(&[b'a', byte], classes).is_ok();
        for byte in 0..=u8::MAX {
            let delimiter = b"\"():<>?@[\\]{}\x7F".contains(&byte);
            let is_unsafe = byte < 0x20 && byte != 0x09 || delimiter;
            assert_eq!(passes(byte, Classes::UNSAFE), !is_unsafe, "{byte:#04x}");
            assert_eq!(passes(byte, Classes::unsafe_in(&Profile::FETCH)), !is_unsafe, "{byte:#04x}");
            assert_eq!(passes(byte, Classes::unsafe_in(&Profile::FIREFOX)), !is_unsafe && byte < 0x80, "{byte:#04x}");
            let language = matches!(byte, 0x30..=0x39 | 0x41..=0x5A | 0x61..=0x7A)
                || [0x20, 0x2A, 0x2C, 0x2D, 0x2E, 0x3B, 0x3D].contains(&byte);
            assert_eq!(passes(byte, Classes::NOT_OF_LANGUAGE), language, "{byte:#04x}");
        }
        let error = NotSafelisted::Byte { offset: 2, byte: b'(' };
        assert_eq!(check_bytes(b"a\t()", Classes::UNSAFE), Err(error));
    }
}
