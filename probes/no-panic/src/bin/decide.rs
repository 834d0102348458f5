//! Decisions of a policy.
#![no_std]
#![no_main]
use core::hint::black_box;

use fetch_cors::server::{Decision, OriginAnswer, OriginPattern, Policy, RequestKind, Rule, Start};
use no_panic::*;

fn decided(decision: Decision<'_>, policy: &Policy<'_>) {
    keep((decision.status(), decision.refusal(), decision.request_kind()));
    keep_all(decision.vary().iter());
    match decision {
        Decision::AnswerPreflight(answer) => {
            keep((answer.status(), answer.requested_method(), answer.refusal().map(|refusal| refusal.code())));
            keep_all(answer.vary().iter());
            keep(answer.response_headers());
        }
        Decision::Handle(headers) => {
            keep((headers.caching(), headers.refusal()));
            let vary = headers.vary();
            keep(vary.is_empty());
            keep_all(vary.missing_from(black_box::<&[&[u8]]>(&[]).iter().copied()));
            let saved = headers.save();
            keep(saved.origin());
            keep(policy.restore(&saved));
        }
        Decision::Forbid(forbidden) => keep((forbidden.status(), forbidden.refusal())),
    }
}

program!({
    keep(RequestKind::of(text(), headers()));
    if let Ok(policy) =
        Policy::builder(black_box::<&[OriginPattern<'_>]>(&[])).rules(black_box::<&[Rule<'_>]>(&[])).build()
    {
        let policy = black_box(&policy);
        keep(policy.allows_origin(bytes()));
        decided(policy.decide(text(), headers()), policy);
        match policy.begin(text(), headers()) {
            Start::Decided(decision) => decided(decision, policy),
            Start::Lookup(lookup) => {
                keep((lookup.origin(), lookup.rule()));
                decided(lookup.resume(black_box(OriginAnswer::Refused)), policy);
            }
        }
    }
});
