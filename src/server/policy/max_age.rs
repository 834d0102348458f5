//! The value of `Access-Control-Max-Age`.

/// How long browsers may keep an answer to a preflight, in seconds, and its decimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) struct MaxAge {
    pub(in crate::server) seconds: u32,
    digits: [u8; 10],
    start: u8,
}

impl MaxAge {
    #[allow(clippy::cast_possible_truncation, reason = "a digit is below 10, and there are ten")]
    pub(in crate::server) const fn new(seconds: u32) -> Self {
        let mut digits = [b'0'; 10];
        let mut start = 10;
        let mut rest = seconds;
        let mut slots: &mut [u8] = &mut digits;
        while let [before @ .., last] = slots
            && (rest > 0 || start == 10)
        {
            *last = b'0' + (rest % 10) as u8;
            rest /= 10;
            start -= 1;
            slots = before;
        }
        MaxAge { seconds, digits, start }
    }

    pub(in crate::server) fn as_bytes(&self) -> &[u8] {
        self.digits.get(usize::from(self.start)..).unwrap_or_default()
    }
}
