//! What the preflights of a redirect chain ask for.

use super::{
    profile::{PreflightAfterRedirect, Profile},
    request::{Request, RequestHeaders, ResponseTainting},
    safelist::cors_unsafe_request_header_names,
};

/// Whether a hop took main fetch's way with a preflight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Preflighted {
    No,
    Yes,
}

/// The headers that the next preflight asks for: those of the request as it is, or by
/// [`PreflightAfterRedirect::OnceAlways`] those that the page made, less what redirects took away.
#[derive(Clone, Copy, Debug)]
pub(super) enum Asked<'a> {
    OfRequest,
    OfPage { headers: RequestHeaders<'a>, unsafe_at_first: UnsafeAtFirst },
}

/// Whether the request had CORS-unsafe request-headers before any redirect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnsafeAtFirst {
    No,
    Yes,
}

impl<'a> Asked<'a> {
    pub(super) fn of(request: &Request<'a>, profile: &'a Profile) -> Self {
        match profile.preflight_after_redirect {
            PreflightAfterRedirect::WhereNeeded => Asked::OfRequest,
            PreflightAfterRedirect::OnceAlways => {
                let headers = request.headers();
                let safe = cors_unsafe_request_header_names(headers, profile).is_empty();
                Asked::OfPage { headers, unsafe_at_first: if safe { UnsafeAtFirst::No } else { UnsafeAtFirst::Yes } }
            }
        }
    }

    /// The request as its preflight asks for it.
    pub(super) fn request(self, request: &Request<'a>) -> Request<'a> {
        match self {
            Asked::OfRequest => *request,
            Asked::OfPage { headers, .. } => request.with_headers(headers),
        }
    }

    /// Whether a request with CORS is asked for though nothing in it needs that any more.
    pub(super) fn always(self, preflighted: Preflighted) -> bool {
        match self {
            Asked::OfRequest => false,
            Asked::OfPage { unsafe_at_first, .. } => {
                preflighted == Preflighted::Yes || unsafe_at_first == UnsafeAtFirst::Yes
            }
        }
    }

    /// The headers after a redirect. What `redirected` lost with its body is still asked for if no preflight had been
    /// made by then.
    #[must_use]
    pub(super) fn after_redirect(self, request: &Request<'_>, redirected: &Request<'_>) -> Self {
        let Asked::OfPage { mut headers, unsafe_at_first } = self else { return self };
        if request.method() != redirected.method() && request.response_tainting() == ResponseTainting::Cors {
            headers = headers.without_body_headers();
        }
        if !request.current_url().origin().is_same_origin(redirected.current_url().origin()) {
            headers = headers.without_authorization();
        }
        Asked::OfPage { headers, unsafe_at_first }
    }
}
