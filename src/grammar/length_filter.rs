//! A filter by length.

/// Lengths of texts. A text of a length that is not among them equals none of these texts.
// OPTIMIZATION: a bit for each length, shared by lengths that differ by a multiple of 64. One test excludes most texts; each
// comparison with a known text begins with a test of its own. Equal texts have equal lengths, so the result is the same.
#[derive(Clone, Copy)]
pub(crate) struct LengthFilter(u64);

impl LengthFilter {
    pub(crate) const NONE: Self = LengthFilter(0);

    pub(crate) const fn with(self, length: usize) -> Self {
        LengthFilter(self.0 | 1 << (length % 64))
    }

    pub(crate) const fn may_have(self, length: usize) -> bool {
        self.0 & 1 << (length % 64) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_filter_has_its_lengths_and_few_others() {
        let filter = [0, 13, 63, 200].into_iter().fold(LengthFilter::NONE, LengthFilter::with);
        for length in 0..300 {
            let expected = [0, 13, 63, 200].iter().any(|with| length % 64 == with % 64);
            assert_eq!(filter.may_have(length), expected, "{length}");
        }
    }
}
