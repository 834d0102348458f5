//! The lifetime of the answer to a preflight.

use core::time::Duration;

use crate::{
    browser::profile::{
        Profile,
        switches::{MalformedMaxAge, MaxAgeNumbers},
    },
    grammar::signed_number,
    header::CombinedValue,
};

/// How long a browser caches the answer to a preflight, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct MaxAge {
    /// The time, in seconds.
    pub seconds: u32,
    /// The source of that time.
    pub source: MaxAgeSource,
}

impl MaxAge {
    /// The time as a `Duration`.
    pub const fn duration(self) -> Duration {
        Duration::from_secs(self.seconds as u64)
    }
}

/// The source of a [`MaxAge`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MaxAgeSource {
    /// `Access-Control-Max-Age`.
    Header,
    /// `Access-Control-Max-Age`, cut to the browser's limit.
    Limit,
    /// `Access-Control-Max-Age`, which is negative.
    Negative,
    /// There is no `Access-Control-Max-Age`.
    DefaultWithoutHeader,
    /// `Access-Control-Max-Age` is not a number of seconds, or occurs several times.
    DefaultForMalformed,
    /// `Access-Control-Max-Age` is malformed or occurs several times, and the browser then stores nothing.
    NoneForMalformed,
}

const DEFAULT: u32 = 5;

impl MaxAge {
    /// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>, 7.8–7.10.
    pub(super) fn of(value: Option<CombinedValue<'_>>, profile: &Profile) -> Self {
        let malformed = match profile.malformed_max_age {
            MalformedMaxAge::Default => (DEFAULT, MaxAgeSource::DefaultForMalformed),
            MalformedMaxAge::NotKept => (0, MaxAgeSource::NoneForMalformed),
        };
        // 8–9.
        let (seconds, source) = match value.map(CombinedValue::single) {
            None => (DEFAULT, MaxAgeSource::DefaultWithoutHeader),
            // All browsers treat a blank value like a missing one.
            Some(Some([])) => (DEFAULT, MaxAgeSource::DefaultForMalformed),
            Some(None) => malformed,
            Some(Some(value)) => match parse(value, profile) {
                Some(Seconds::Some(seconds)) => (seconds, MaxAgeSource::Header),
                Some(Seconds::Negative) => (0, MaxAgeSource::Negative),
                None => malformed,
            },
        };
        // 10.
        match profile.max_age_limit {
            Some(limit) if seconds > limit => MaxAge { seconds: limit, source: MaxAgeSource::Limit },
            _ => MaxAge { seconds, source },
        }
    }
}

enum Seconds {
    Some(u32),
    Negative,
}

/// `delta-seconds`: any number of digits.
///
/// <https://httpwg.org/specs/rfc9111.html#delta-seconds>
fn parse(value: &[u8], profile: &Profile) -> Option<Seconds> {
    let signed = profile.max_age_numbers == MaxAgeNumbers::SignedIntegers;
    match value.strip_prefix(b"+").filter(|_| signed).unwrap_or(value) {
        // AD-HOC: WebKit parses this number like all others.
        _ if profile.max_age_numbers == MaxAgeNumbers::SignedIntegersInBlanks => {
            Some(match signed_number(value).ok()? {
                ..0 => Seconds::Negative,
                seconds => Seconds::Some(u32::try_from(seconds).unwrap_or(u32::MAX)),
            })
        }
        // AD-HOC: the grammar has no sign, so the standard would use the default. web-platform-tests and browsers use
        // 0. Both reject a number that does not fit into 64 bits.
        [b'-', digits @ ..] if !value.starts_with(b"+") => {
            let text = core::str::from_utf8(digits).ok()?;
            let digits = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
            (digits && text.parse::<u64>().ok()? <= i64::MIN.unsigned_abs()).then_some(Seconds::Negative)
        }
        digits if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) => {
            if signed && core::str::from_utf8(digits).ok()?.parse::<i64>().is_err() {
                return None;
            }
            let append = |seconds: u32, digit: &u8| seconds.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
            Some(Seconds::Some(digits.iter().fold(0, append)))
        }
        _ => None,
    }
}
