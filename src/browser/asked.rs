//! What the preflights of a redirect chain ask for.

use super::{
    profile::{Profile, switches::PreflightAfterRedirect},
    request::{Request, RequestHeaders},
    safelist::cors_unsafe_request_header_names,
};

/// Whether a hop took main fetch's way with a preflight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Preflighted {
    No,
    Yes,
}

/// The headers that the next preflight asks for: those of the request as it is, or by
/// [`PreflightAfterRedirect::OnceAlways`] those that the page made, less what the last redirect took away.
#[derive(Clone, Copy, Debug)]
pub(super) enum Asked<'a> {
    OfRequest,
    OfPage { page: RequestHeaders<'a>, asked: RequestHeaders<'a>, unsafe_at_first: UnsafeAtFirst },
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
                let page = request.headers();
                let safe = cors_unsafe_request_header_names(page, profile).is_empty();
                let unsafe_at_first = if safe { UnsafeAtFirst::No } else { UnsafeAtFirst::Yes };
                Asked::OfPage { page, asked: page, unsafe_at_first }
            }
        }
    }

    /// The request as its preflight asks for it.
    pub(super) fn request(self, request: &Request<'a>) -> Request<'a> {
        match self {
            Asked::OfRequest => *request,
            Asked::OfPage { asked, .. } => request.with_headers(asked),
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

    /// The same for the request that follows a redirect, and that request: what the redirect takes away is gone, and what
    /// an earlier one took away is back, with `Authorization` for the request as well.
    pub(super) fn after_redirect(self, request: &Request<'a>, redirected: Request<'a>) -> (Self, Request<'a>) {
        let Asked::OfPage { page, unsafe_at_first, .. } = self else { return (self, redirected) };
        let mut asked = page;
        if request.method() != redirected.method() {
            asked = asked.without_body_headers();
        }
        let same_origin = request.current_url().origin().is_same_origin(redirected.current_url().origin());
        if !same_origin {
            asked = asked.without_authorization();
        }
        let headers = if same_origin { redirected.headers().with_authorization() } else { redirected.headers() };
        (Asked::OfPage { page, asked, unsafe_at_first }, redirected.with_headers(headers))
    }
}
