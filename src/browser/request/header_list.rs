//! The header list of a request, as the standard has it when main fetch begins.

use super::{DuplicateNames, RequestHeader, RequestHeaderValue, RequestHeaders};
use crate::header::HeaderName;

impl<'a> RequestHeaders<'a> {
    /// The header list as the standard has it. Headers of one name are written alike. XMLHttpRequest combines their values, and
    /// sets the charset of the page's `Content-Type` to that of the body.
    ///
    /// For n headers this takes n log n comparisons; without the feature `alloc`, n²/2. Lines of one name that are far apart
    /// are found by a walk over the lines.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-header-list>
    ///
    /// ```
    /// use fetch_cors::{browser::{request::{DuplicateNames, RequestHeaders}}, header::Headers};
    ///
    /// let lines: [(&str, &[u8]); 2] = [("X-Trace", b"1"), ("x-trace", b"2")];
    /// let headers = RequestHeaders::new(Headers::from_pairs(&lines));
    /// let written: Vec<_> = headers.header_list().map(|header| header.to_string()).collect();
    /// assert_eq!(written, ["X-Trace: 1", "X-Trace: 2"]);
    /// let combined = headers.with_duplicate_names(DuplicateNames::Combine);
    /// let written: Vec<_> = combined.header_list().map(|header| header.to_string()).collect();
    /// assert_eq!(written, ["X-Trace: 1, 2"]);
    /// ```
    pub fn header_list(self) -> impl Iterator<Item = RequestHeader<'a>> + Clone {
        let names = Names::of(self);
        self.iter().enumerate().filter_map(move |(number, header)| {
            let Name { first, place } = names.of_line(number, header.name);
            let value = match (self.duplicate_names(), place) {
                (DuplicateNames::Append, _) => RequestHeaderValue::from_bytes(header.value),
                (DuplicateNames::Combine, Place::Later) => return None,
                (DuplicateNames::Combine, _) if first == HeaderName::CONTENT_TYPE && self.rewrites_content_type() => {
                    RequestHeaderValue::rewritten_content_type(self)
                }
                (DuplicateNames::Combine, Place::FirstOfSeveral) => RequestHeaderValue::combined(self, first),
                (DuplicateNames::Combine, Place::Only) => RequestHeaderValue::from_bytes(header.value),
            };
            Some(RequestHeader { name: first, value })
        })
    }
}

/// The name of a line.
#[derive(Clone, Copy)]
struct Name<'a> {
    /// The name, as the first line of this name has it.
    first: HeaderName<'a>,
    place: Place,
}

/// The position of a line among those of its name.
#[derive(Clone, Copy)]
enum Place {
    Only,
    FirstOfSeveral,
    Later,
}

/// The names of all lines.
#[cfg(feature = "alloc")]
#[derive(Clone)]
struct Names<'a>(smallvec::SmallVec<[Name<'a>; 32]>);

#[cfg(feature = "alloc")]
impl<'a> Names<'a> {
    fn of(headers: RequestHeaders<'a>) -> Self {
        let numbered = headers.iter().enumerate().map(|(number, header)| (header.name, number));
        let mut sorted: smallvec::SmallVec<[(HeaderName<'a>, usize); 32]> = numbered.collect();
        let mut names: smallvec::SmallVec<[Name<'a>; 32]> =
            sorted.iter().map(|(first, _)| Name { first: *first, place: Place::Only }).collect();
        sorted.sort_unstable();
        for group in sorted.chunk_by(|(name, _), (other, _)| name == other) {
            let [(first, number), later @ ..] = group else { continue };
            if let ([_, ..], Some(name)) = (later, names.get_mut(*number)) {
                name.place = Place::FirstOfSeveral;
            }
            for (_, number) in later {
                if let Some(name) = names.get_mut(*number) {
                    *name = Name { first: *first, place: Place::Later };
                }
            }
        }
        Names(names)
    }

    fn of_line(&self, number: usize, name: HeaderName<'a>) -> Name<'a> {
        self.0.get(number).copied().unwrap_or(Name { first: name, place: Place::Only })
    }
}

#[cfg(not(feature = "alloc"))]
#[derive(Clone)]
struct Names<'a>(RequestHeaders<'a>);

#[cfg(not(feature = "alloc"))]
impl<'a> Names<'a> {
    const fn of(headers: RequestHeaders<'a>) -> Self {
        Names(headers)
    }

    fn of_line(&self, number: usize, name: HeaderName<'a>) -> Name<'a> {
        let mut same = self.0.iter().enumerate().filter(|(_, header)| header.name == name);
        let (first_number, first) = same.next().map_or((number, name), |(number, header)| (number, header.name));
        let place = match same.next() {
            _ if first_number != number => Place::Later,
            Some(_) => Place::FirstOfSeveral,
            None => Place::Only,
        };
        Name { first, place }
    }
}
