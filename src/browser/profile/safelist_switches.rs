//! What a [`Profile`](super::Profile) chooses between for the headers that a page gives, and which of them are safelisted.

/// How the values of a header that a page gives twice are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RepeatedHeader {
    /// Each by itself, as the list has it.
    Separately,
    /// As one, with commas.
    Combined,
    /// The same, with the blank that an empty last value leaves at the end.
    CombinedWithBlank,
}

/// What becomes of a name that several unsafe headers have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnsafeNamesAre {
    /// It is listed once.
    ASet,
    /// It is listed once for each.
    AList,
}

/// Whether `Accept` and `Content-Type` may have bytes above 0x7F.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BytesAbove7F {
    /// They may.
    Safe,
    /// They make the header unsafe.
    Unsafe,
}

/// Which numbers a range may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RangeNumbers {
    /// Any.
    Unlimited,
    /// Those below 2⁶³ − 1.
    BelowI64Max,
    /// Those below 2⁶⁴.
    UpToU64Max,
}

/// Which `Range` is a single range with a start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RangeSyntax {
    /// `bytes=`, digits, `-`, and perhaps more digits.
    Digits,
    /// The same with `bytes` in any case, and with numbers below 2⁶⁴ that may have a `+` before them.
    PlusSigns,
}

/// How a `Content-Type` is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContentTypeParsing {
    /// As a MIME type, whose parameters may be anything.
    MimeType,
    /// As one media type of a list: a comma ends it, blanks end its essence, and no `;` but the first ends the value.
    MediaType,
}

/// Which headers beyond the standard's are not asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MoreSafelistedHeaders {
    /// None.
    None,
    /// Client hints with proper values, and what the browser takes for its own.
    ClientHints,
}
