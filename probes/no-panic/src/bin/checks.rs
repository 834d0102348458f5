//! The checks on responses, and the headers that a script can read.
#![no_std]
#![no_main]
use core::hint::black_box;

use fetch_cors::{
    browser::{
        cors_check,
        cross_origin_resource_policy::{EmbedderPolicy, IncludesCredentials, cross_origin_resource_policy_check},
        filter::{filter, filter_opaque_redirect},
        preflight::{check_preflight, preflight_failures},
        redirect::{http_redirect_fetch, location, parse_referrer_policy},
        request::HostIsSite,
        timing_allow::tao_check,
    },
    header::HeaderName,
};
use no_panic::*;

program!({
    if let (Some(request), Some(response), Some(origin)) = (request(), response(), origin()) {
        keep(cors_check(&request, &response, profile()));
        keep(tao_check(&request, &response));
        let (policy, credentials) = (black_box(EmbedderPolicy::RequireCorp), black_box(IncludesCredentials::Yes));
        keep(cross_origin_resource_policy_check(request.origin(), policy, &response, origin, credentials, &HostIsSite));
        if let Ok(grant) = check_preflight(&request, &response, profile()) {
            keep_all(grant.methods.iter());
            keep_all(grant.header_names.iter());
            keep(grant.methods.contains(request.method()));
            keep(grant.header_names.contains(HeaderName::AUTHORIZATION));
            keep((grant.max_age.duration(), grant.max_age.source));
        }
        keep_all(preflight_failures(&request, &response, profile()));
        for filtered in [filter(&request, &response, profile()), filter_opaque_redirect(&request, &response)] {
            keep((filtered.response_type(), filtered.status(), filtered.url(), filtered.redirects()));
            keep_all(filtered.headers());
            keep_all(filtered.verdicts());
            keep(filtered.visibility(HeaderName::VARY));
            keep(filtered.unparsable_expose_headers());
        }
        keep(location(&response, profile()));
        let policy = parse_referrer_policy(&response);
        if let Some(url) = url() {
            keep(http_redirect_fetch(&request, response.status, policy, url, environment()));
        }
    }
});
