//! The headers that the preflights of a redirect chain ask for.

use crate::browser::{
    profile::{Profile, switches::PreflightAfterRedirect},
    request::{Request, RequestHeaders, RequestMode, ResponseTainting, UseCorsPreflightFlag},
    safelist::cors_unsafe_request_header_names,
};

/// Whether main fetch chose the route with a preflight for a hop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Preflighted {
    No,
    Yes,
}

/// The headers that the next preflight asks for: those of the request, or with [`PreflightAfterRedirect::AsPageMade`] those
/// that the page made. With [`PreflightAfterRedirect::OnceAlways`] they are those that the page made, without those that the
/// last redirect removed.
#[derive(Clone, Copy, Debug)]
pub(super) enum PreflightHeaders<'a> {
    OfRequest,
    OfPage { page: RequestHeaders<'a>, asked: RequestHeaders<'a>, unsafe_at_first: UnsafeAtFirst },
    AsPageMade(RequestHeaders<'a>),
}

/// Whether the request had CORS-unsafe request-headers before any redirect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnsafeAtFirst {
    No,
    Yes,
}

impl<'a> PreflightHeaders<'a> {
    pub(super) fn of(request: &Request<'a>, profile: &'a Profile) -> Self {
        match profile.preflight_after_redirect {
            PreflightAfterRedirect::WhereNeeded => PreflightHeaders::OfRequest,
            PreflightAfterRedirect::AsPageMade => PreflightHeaders::AsPageMade(request.headers()),
            PreflightAfterRedirect::OnceAlways => {
                let page = request.headers();
                let safe = cors_unsafe_request_header_names(page.without_type_by_xhr(), profile).is_empty();
                let unsafe_at_first = if safe { UnsafeAtFirst::No } else { UnsafeAtFirst::Yes };
                PreflightHeaders::OfPage { page, asked: page, unsafe_at_first }
            }
        }
    }

    /// The request whose method and headers the preflight asks for.
    pub(super) fn request(self, request: &Request<'a>) -> Request<'a> {
        match self {
            PreflightHeaders::OfRequest => *request,
            PreflightHeaders::OfPage { asked, .. } | PreflightHeaders::AsPageMade(asked) => request.with_headers(asked),
        }
    }

    /// Whether a CORS request has a preflight although it no longer needs one.
    pub(super) fn always(self, preflighted: Preflighted) -> bool {
        match self {
            PreflightHeaders::OfRequest => false,
            PreflightHeaders::AsPageMade(_) => preflighted == Preflighted::Yes,
            PreflightHeaders::OfPage { unsafe_at_first, .. } => {
                preflighted == Preflighted::Yes || unsafe_at_first == UnsafeAtFirst::Yes
            }
        }
    }

    /// State and request after a redirect. Headers that this redirect drops are removed. Headers that an earlier redirect dropped
    /// return; `Authorization` returns to the request, too.
    pub(super) fn after_redirect(
        self,
        request: &Request<'a>,
        redirected: Request<'a>,
        preflighted: Preflighted,
        profile: &'a Profile,
    ) -> (Self, Request<'a>) {
        let (page, asked_before, unsafe_at_first) = match self {
            PreflightHeaders::OfRequest => return (self, redirected),
            // The body and its headers, which an earlier redirect removed, are back.
            PreflightHeaders::AsPageMade(_) if request.method() == redirected.method() && is_asked_for(&redirected) => {
                return (self, redirected.with_headers(redirected.headers().with_body_headers()));
            }
            PreflightHeaders::AsPageMade(_) => return (self, redirected),
            PreflightHeaders::OfPage { page, asked, unsafe_at_first } => (page, asked, unsafe_at_first),
        };
        let same_origin = request.current_url().origin().is_same_origin(redirected.current_url().origin());
        let headers = redirected.headers();
        let sent = if same_origin { redirected.with_headers(headers.with_authorization()) } else { redirected };
        let mut asked = if headers.has_body_headers() { page } else { page.without_type_by_xhr() };
        let needs_preflight = !redirected.method().is_cors_safelisted()
            || redirected.use_cors_preflight_flag() != UseCorsPreflightFlag::Unset
            || !cors_unsafe_request_header_names(asked, profile).is_empty();
        if !needs_preflight && preflighted == Preflighted::Yes {
            return (PreflightHeaders::OfPage { page, asked: asked_before, unsafe_at_first }, sent);
        }
        if request.method() != redirected.method() {
            asked = asked.without_body_headers();
        }
        if !same_origin {
            asked = asked.without_authorization();
        }
        (PreflightHeaders::OfPage { page, asked, unsafe_at_first }, sent)
    }
}

/// Whether the next hop uses CORS.
fn is_asked_for(redirected: &Request<'_>) -> bool {
    redirected.mode() == RequestMode::Cors
        && (redirected.response_tainting() == ResponseTainting::Cors
            || !redirected.current_url().origin().is_same_origin(redirected.origin()))
}
