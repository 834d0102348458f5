//! Policies built at run time, and their mistakes.
#![no_std]
#![no_main]
use core::hint::black_box;

use fetch_cors::server::{Danger, Disclosure, Enforcement, OriginPattern, Policy, PrivateNetwork, Rule, Upstream};
use no_panic::*;

fn pattern() -> OriginPattern<'static> {
    black_box(OriginPattern::new(text()).dangerously_allow(black_box(Danger::OpaqueOrigin)))
}

program!({
    let pattern = pattern();
    keep((pattern.as_str(), pattern.fault(), pattern.matches(bytes())));
    keep_all(pattern.dangers());
    let predicate = |origin: &str| black_box(origin).is_empty();
    let rule = Rule::new(black_box::<&[OriginPattern<'_>]>(&[]))
        .methods(text())
        .request_headers(text())
        .exposed_headers(text())
        .max_age_seconds(black_box(0))
        .predicate(&predicate);
    let builder = Policy::builder(black_box::<&[OriginPattern<'_>]>(&[]))
        .methods(text())
        .request_headers(text())
        .exposed_headers(text())
        .expose_own_headers()
        .credentials()
        .max_age_seconds(black_box(0))
        .rules(black_box::<&[Rule<'_>]>(&[]))
        .external_lookup()
        .preflight_status(black_box(0))
        .refused_preflight_status(black_box(0))
        .disclosure(black_box(Disclosure::Minimal))
        .private_network(black_box(PrivateNetwork::Allowed))
        .enforcement(black_box(Enforcement::Server))
        .upstream(black_box(Upstream::Keep));
    let more = [black_box(rule)];
    for builder in [builder, builder.rules(&more)] {
        keep_all(builder.errors());
        if let Ok(policy) = builder.build() {
            keep(policy.caching());
            keep_all(policy.rules());
        }
    }
});
