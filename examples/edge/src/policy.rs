//! The policy: change this. A mistake in it is a compile error.

use fetch_cors::server::{OriginPattern, Policy};

pub(crate) static POLICY: Policy<'static> =
    Policy::builder(&[OriginPattern::new("https://*.app.example"), OriginPattern::new("http://localhost:*")])
        .methods("PUT, DELETE")
        .request_headers("content-type")
        .exposed_headers("etag")
        .credentials()
        .max_age_seconds(600)
        .build_or_panic();
