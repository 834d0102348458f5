//! The functions that few policies need, for those that need them.

use super::{
    decision::match_without_lookup,
    policy::rare::Functions,
    request::site::Site,
    response::{write_beside, write_computed},
};

pub(super) const FUNCTIONS: Functions =
    Functions { match_beyond_patterns: match_without_lookup, site_of: Site::of, write_beside, write_computed };
