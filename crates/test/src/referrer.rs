//! `Referer`.

use fetch_cors::{
    browser::{
        Profile, Request, Url,
        profile::switches::RelaxedReferrerPolicies,
        request::{ReferrerPolicy, SameSite},
    },
    origin::Origin,
};

use crate::{sent::is_potentially_trustworthy, site::PublicSuffixList};

/// The referrer of the requests of one redirect chain: the URL of a page at the root of its origin, or none.
///
/// <https://fetch.spec.whatwg.org/#concept-request-referrer>
#[derive(Clone, Debug)]
pub(crate) struct Referrer(Option<String>);

impl Referrer {
    /// The referrer of a page. A page with an opaque origin has none.
    pub(crate) fn of_page(page: Origin<'_>) -> Self {
        Referrer((!page.is_opaque()).then(|| format!("{page}/")))
    }

    /// The value of `Referer` for this request. It is also the referrer of the next request.
    ///
    /// <https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer>
    pub(crate) fn of(&mut self, request: &Request<'_>, profile: &Profile) -> Option<&str> {
        self.0.take_if(|source| Url::new(source).is_ok_and(|source| !is_sent(source, request, profile)));
        self.0.as_deref()
    }
}

// The whole URL and its origin are the same text here, so a policy only decides whether it is sent.
fn is_sent(source: Url<'_>, request: &Request<'_>, profile: &Profile) -> bool {
    let url = request.current_url();
    let downgrade = is_potentially_trustworthy(source) && !is_potentially_trustworthy(url);
    match in_effect(request, source, profile) {
        ReferrerPolicy::NoReferrer => false,
        ReferrerPolicy::SameOrigin => source.origin().is_same_origin(url.origin()),
        ReferrerPolicy::Origin | ReferrerPolicy::OriginWhenCrossOrigin | ReferrerPolicy::UnsafeUrl => true,
        // The page's policy is the default one: `strict-origin-when-cross-origin`.
        _ => !downgrade,
    }
}

/// The policy in effect. A browser may use its default for requests to other sites.
fn in_effect(request: &Request<'_>, source: Url<'_>, profile: &Profile) -> ReferrerPolicy {
    let policy = request.referrer_policy();
    let relaxed = matches!(
        policy,
        ReferrerPolicy::NoReferrerWhenDowngrade | ReferrerPolicy::OriginWhenCrossOrigin | ReferrerPolicy::UnsafeUrl
    );
    let ignored = relaxed
        && profile.relaxed_referrer_policies == RelaxedReferrerPolicies::IgnoredAcrossSites
        && !PublicSuffixList.same_site(source.origin(), request.current_url().origin());
    if ignored { ReferrerPolicy::StrictOriginWhenCrossOrigin } else { policy }
}
