//! Functions that few policies need. Only policies that need one point to it.

use super::{
    decision::match_without_lookup,
    policy::rare::Functions,
    request::site::Site,
    response::{write_beside, write_computed},
};

pub(super) const FUNCTIONS: Functions =
    Functions { match_beyond_patterns: match_without_lookup, site_of: Site::of, write_beside, write_computed };
