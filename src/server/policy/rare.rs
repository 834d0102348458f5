//! Functions that few policies need.

// OPTIMIZATION: a policy has pointers to those that its settings need, so a program links only what its policies need. With one
// `const` policy that is a third of the server half. The settings decide, so the results are the same.

use core::fmt;

use super::view::AnyPolicy;
use crate::{
    header::{AnySink, Headers, Stopped},
    server::{origin_match::OriginMatch, request::site::Site},
};

/// Continues with the predicate and the external look-up, after the patterns.
type MatchBeyondPatterns = for<'a> fn(AnyPolicy<'_>, OriginMatch<'a>, Headers<'a>) -> OriginMatch<'a>;

/// Where a request with this origin comes from.
pub(in crate::server) type SiteOf = fn(&[u8], Headers<'_>) -> Site;

/// Writes the headers of a response.
type WriteHeaders = for<'a> fn(AnyPolicy<'a>, OriginMatch<'a>, &mut AnySink<'_, 'a>) -> Result<(), Stopped>;

/// Writes the headers of an answer to a preflight with these headers.
type WritePreflight =
    for<'a> fn(AnyPolicy<'a>, OriginMatch<'a>, Headers<'a>, &mut AnySink<'_, 'a>) -> Result<(), Stopped>;

/// The functions that few policies need.
#[derive(Clone, Copy)]
pub(in crate::server) struct Functions {
    pub(in crate::server) match_beyond_patterns: MatchBeyondPatterns,
    pub(in crate::server) site_of: SiteOf,
    pub(in crate::server) write_beside: WriteHeaders,
    pub(in crate::server) write_computed: WritePreflight,
}

/// Those that a policy needs.
#[derive(Clone, Copy)]
pub(in crate::server) struct Rare {
    /// The policy has a predicate or an external look-up.
    pub(in crate::server) match_beyond_patterns: Option<MatchBeyondPatterns>,
    /// The server itself refuses requests.
    pub(in crate::server) site_of: Option<SiteOf>,
    /// Headers of the upstream are kept, or a rule names headers one by one.
    pub(in crate::server) write_beside: Option<WriteHeaders>,
    /// Answers to preflights depend on more of the request than its origin.
    pub(in crate::server) write_computed: Option<WritePreflight>,
}

impl Rare {
    pub(in crate::server) const NONE: Self =
        Rare { match_beyond_patterns: None, site_of: None, write_beside: None, write_computed: None };
}

impl fmt::Debug for Rare {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Rare")
    }
}
