//! Whether all CORS-unsafe request-header names pass a check, without sorting them.

use super::{SAFELISTED_VALUE_LIMIT, unsafe_names::Judge};
use crate::{
    browser::{profile::Profile, request::RequestHeaders},
    header::{Header, HeaderName},
};

/// Whether all CORS-unsafe request-header names pass `passes`, which may be called for safe ones, too.
///
/// The answer is also `false` if it depends on the total length of long values: then call [`cors_unsafe_request_header_names`].
///
/// [`cors_unsafe_request_header_names`]: super::cors_unsafe_request_header_names
// OPTIMIZATION: usually all names pass. Their values are not checked, and no names are sorted, which saves half of a look-up in the
// cache, and a quarter of a check of a preflight. The result is the same: a header whose name passes may be safe or unsafe, and one
// whose name does not pass must be safe.
pub(in crate::browser) fn all_unsafe_names_pass<'a>(
    headers: RequestHeaders<'a>,
    profile: &'a Profile,
    passes: impl Fn(HeaderName<'a>) -> bool,
) -> bool {
    let mut seen = Seen::new(headers, profile);
    headers.iter().all(|header| seen.add(header, passes(header.name))) && seen.all_pass()
}

/// A header, and whether its name passes.
#[derive(Clone, Copy)]
pub(in crate::browser) struct Candidate<'a> {
    pub(in crate::browser) header: Header<'a>,
    pub(in crate::browser) passes: bool,
}

/// The number of headers that are marked at a time.
const CANDIDATES: usize = 8;

/// Like [`all_unsafe_names_pass`]. `mark` gets a few headers at a time, and marks those whose names pass.
pub(in crate::browser) fn all_unsafe_names_are_marked<'a>(
    headers: RequestHeaders<'a>,
    profile: &'a Profile,
    mark: &mut dyn FnMut(&mut [Candidate<'a>]),
) -> bool {
    let none = Candidate { header: Header { name: HeaderName::ACCEPT, value: b"" }, passes: false };
    let mut seen = Seen::new(headers, profile);
    let mut lines = headers.iter();
    loop {
        let (mut candidates, mut count) = ([none; CANDIDATES], 0);
        for (place, header) in candidates.iter_mut().zip(&mut lines) {
            place.header = header;
            count += 1;
        }
        let candidates = candidates.get_mut(..count).unwrap_or_default();
        mark(candidates);
        if !candidates.iter().all(|Candidate { header, passes }| seen.add(*header, *passes)) {
            return false;
        }
        if count < CANDIDATES {
            return seen.all_pass();
        }
    }
}

/// The headers seen so far.
struct Seen<'a> {
    judge: Judge<'a>,
    profile: &'a Profile,
    all_pass: bool,
    /// At least the length of all values, in bytes.
    size: usize,
}

impl<'a> Seen<'a> {
    fn new(headers: RequestHeaders<'a>, profile: &'a Profile) -> Self {
        Seen { judge: Judge::new(headers, profile), profile, all_pass: true, size: 0 }
    }

    /// Adds the next header; `false` if its name does not pass and has to.
    #[inline]
    fn add(&mut self, header: Header<'a>, passes: bool) -> bool {
        // A value that is combined or rewritten is longer than its line; no safe one is longer than the limit.
        let most = if self.judge.combines() { SAFELISTED_VALUE_LIMIT } else { header.value.len() };
        self.size = self.size.saturating_add(most);
        self.all_pass &= passes;
        passes || self.judge.judge(header).is_none_or(|judged| judged.verdict.is_ok())
    }

    /// Whether all names passed, or are certainly safe.
    fn all_pass(self) -> bool {
        // If all values together are within the limit, those of safe headers are.
        self.all_pass || self.profile.safelisted_total_limit.is_none_or(|limit| self.size <= limit)
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use crate::{
        browser::{request::DuplicateNames, safelist::cors_unsafe_request_header_names},
        header::Headers,
    };
    use std::vec::Vec;

    #[test]
    fn all_unsafe_names_pass_agrees_with_a_check_of_each_name() {
        let long = [b'a'; 120];
        let values: [&[u8]; 4] = [b"text/plain", b"application/json", b"", &long];
        let names = ["Accept", "X-A", "content-type", "x-b", "ACCEPT", "Accept-Language", "Authorization"];
        let mut answers = [0; 2];
        for count in [0, 1, 2, 7, 8, 9, 16, 17] {
            for shift in 0..28 {
                let line = |number: usize| {
                    let at = number * 3 + shift;
                    (names[at % names.len()], values[(at / 2 + number) % values.len()])
                };
                let lines: Vec<(&str, &[u8])> = (0..count).map(line).collect();
                for (duplicate_names, found) in [DuplicateNames::Append, DuplicateNames::Combine]
                    .into_iter()
                    .flat_map(|duplicate_names| (0..8_usize).map(move |bits| (duplicate_names, bits)))
                {
                    let passes = |name: HeaderName<'_>| {
                        ["x-a", "content-type", "accept"]
                            .iter()
                            .zip(0..)
                            .any(|(it, bit)| found >> bit & 1 == 1 && name == *it)
                    };
                    let headers =
                        RequestHeaders::new(Headers::from_pairs(&lines)).with_duplicate_names(duplicate_names);
                    let answer = all_unsafe_names_pass(headers, &Profile::FETCH, passes);
                    let marked = all_unsafe_names_are_marked(headers, &Profile::FETCH, &mut |candidates| {
                        for candidate in candidates {
                            candidate.passes = passes(candidate.header.name);
                        }
                    });
                    assert_eq!(answer, marked, "{lines:?}");
                    let expected = cors_unsafe_request_header_names(headers, &Profile::FETCH).iter().all(passes);
                    assert!(expected || !answer, "{lines:?}");
                    let most = lines.iter().map(|(_, value)| value.len().max(SAFELISTED_VALUE_LIMIT)).sum::<usize>();
                    assert!(answer == expected || most > 1024, "{lines:?}");
                    answers[usize::from(answer)] += 1;
                }
            }
        }
        assert!(answers.iter().all(|count| *count > 100), "{answers:?}");
    }
}
