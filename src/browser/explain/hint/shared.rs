//! Hints on both responses, to a preflight and to a request.

use super::{Hint, OriginMistake, differ_in_www};
use crate::{
    browser::{
        error::Reason,
        explain::{
            Explanation, Stage,
            cached::cache_evidence,
            fix::{Change, is_cors_response_header},
            names::meant,
        },
        request::{CredentialsMode, RedirectTaint, ResponseTainting},
        response::Response,
        route::Route,
    },
    header::{CombinedValue, Header, HeaderName},
};

/// <https://wicg.github.io/private-network-access/>
const ALLOW_PRIVATE_NETWORK: &str = "access-control-allow-private-network";

/// The schemes of the pages of extensions.
const EXTENSIONS: [&str; 4] = ["chrome-extension", "extension", "moz-extension", "safari-web-extension"];

/// The headers in which credentials make `*` a literal.
const WITH_WILDCARD: [HeaderName<'static>; 4] = [
    HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN,
    HeaderName::ACCESS_CONTROL_ALLOW_METHODS,
    HeaderName::ACCESS_CONTROL_ALLOW_HEADERS,
    HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS,
];

/// The headers of services that protect against bots, if the user must prove to be human.
const CHALLENGES: [(&str, &[&[u8]]); 4] = [
    ("cf-mitigated", &[b"challenge"]),
    ("x-amzn-waf-action", &[b"challenge", b"captcha"]),
    ("x-vercel-mitigated", &[b"challenge", b"deny"]),
    ("x-datadome", &[b"protected"]),
];

impl<'a> Explanation<'a> {
    /// Whether the response is read for the CORS check.
    fn is_cors(&self) -> bool {
        self.request.response_tainting() == ResponseTainting::Cors || matches!(self.stage, Stage::Preflight(_))
    }

    pub(super) fn fails_by(&self, is_it: fn(&Reason<'_>) -> bool) -> bool {
        self.failures().any(|error| is_it(&error.reason))
    }

    pub(super) fn shared_hints(&self, response: &Response<'a>) -> impl Iterator<Item = Hint<'a>> + use<'a> {
        let request = &self.request;
        let cors = self.is_cors();
        let include = request.credentials_mode() == CredentialsMode::Include;
        let allow_origin = response.headers.get(HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN).filter(|_| cors);
        let missing = self.fails_by(|reason| matches!(reason, Reason::AllowOriginMissing));
        let wrong = self.fails_by(|reason| {
            matches!(
                reason,
                Reason::AllowOriginInvalid { .. }
                    | Reason::AllowOriginMismatch { .. }
                    | Reason::AllowOriginMultiple { .. }
            )
        });
        let nearly_true = self.fails_by(|reason| matches!(reason, Reason::AllowCredentialsNotTrue { value: Some(_) }));
        let wrong_value = allow_origin.filter(|_| wrong);
        let mistake = wrong_value
            .and_then(CombinedValue::single)
            .and_then(|line| OriginMistake::of(line, request.serialized_origin()));
        let preflight = matches!(self.stage, Stage::Preflight(_));
        let private = HeaderName::from_transport(ALLOW_PRIVATE_NETWORK);
        let challenge = challenge(response).filter(|_| self.failures().next().is_some());
        let cached = cache_evidence(response.headers).filter(|_| missing || wrong);
        let (page, url) = (request.origin(), request.current_url().origin());
        let opaque = request.origin().is_opaque() && request.redirect_taint() == RedirectTaint::SameOrigin;
        let extension = !page.is_opaque() && EXTENSIONS.contains(&page.scheme());
        // A stored answer, or a status other than 2xx, is the more likely cause.
        let unknown = missing
            && !knows_cors(response)
            && response.status.is_ok()
            && challenge.is_none()
            && cached.is_none()
            && !extension
            && self.login().is_none()
            && request.redirect_taint() == RedirectTaint::SameOrigin;
        let preflighted = matches!(self.route(), Some(Route::CorsWithPreflight(_)));
        let hints = [
            challenge.map(|name| Hint::Challenge { name }),
            ((missing || wrong) && self.login().is_none() && request.redirect_taint() != RedirectTaint::SameOrigin)
                .then_some(Hint::TaintedOrigin),
            (missing
                && challenge.is_none()
                && !request.serialized_origin().is_opaque()
                && self.origin_is_not_listed(response))
            .then_some(Hint::OriginNotListed { origin: request.serialized_origin() }),
            (opaque && (wrong || missing && knows_cors(response))).then_some(Hint::OpaqueOrigin),
            (extension && (missing || wrong)).then_some(Hint::ExtensionPage),
            (unknown && preflight).then_some(Hint::PreflightWithoutCors),
            (unknown && !preflighted && !differ_in_www(page, url)).then_some(Hint::WithoutCors),
            mistake
                .filter(|mistake| cached.is_none() && !extension || *mistake != OriginMistake::Other)
                .map(Hint::AllowOrigin),
            wrong_value.filter(|value| value.single().is_none()).map(|_| Hint::AllowOriginDoubled),
            nearly_true.then_some(Hint::AllowCredentialsValue),
            cached.map(|name| Hint::CachedResponse { name }),
            (missing && differ_in_www(page, url)).then_some(Hint::WwwHost { page, url }),
            response.headers.contains(private).then_some(Hint::PrivateNetworkAccess),
            (!request.origin().is_opaque() && self.fix_allows_null()).then_some(Hint::AllowNull),
        ];
        let headers = response.headers;
        let misnamed = headers.iter().filter(move |_| cors).filter_map(|Header { name, .. }| {
            meant(name).map(|(mistake, meant)| Hint::HeaderName { written: name, meant, mistake })
        });
        let read_here = move |name: &HeaderName<'static>| match () {
            () if *name == HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN => cors,
            () if *name == HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS => cors && !preflight,
            () => preflight,
        };
        let wildcards = WITH_WILDCARD.into_iter().filter(read_here).filter_map(move |name| match headers.get(name) {
            value if include && has_element(value, b"*") => Some(Hint::WildcardWithCredentials { name }),
            value if name != HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN && has_element(value, b"**") => {
                Some(Hint::DoubleWildcard { name })
            }
            _ => None,
        });
        hints.into_iter().flatten().chain(misnamed).chain(wildcards)
    }

    /// Whether an `Access-Control-Allow-Origin` for a single origin lacks `Vary: Origin`.
    pub(super) fn answer_may_vary(&self, response: &Response<'a>) -> bool {
        let name = HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN;
        let names_origin = |value: CombinedValue<'_>| value != *b"*" && value != *b"null";
        let fixed = self.fix().find_map(|change| match change {
            Change::Set(own, value) if own == name => Some(value.is_origin()),
            _ => None,
        });
        let names_origin = fixed.unwrap_or_else(|| response.headers.get(name).is_some_and(names_origin));
        let vary = response.headers.extract(HeaderName::VARY).ok().flatten();
        self.is_cors()
            && names_origin
            && !self.request.serialized_origin().is_opaque()
            && !vary.is_some_and(|names| names.contains("*") || names.contains_name(HeaderName::ORIGIN))
    }

    /// Whether a response without `Access-Control-Allow-Origin` is from a server that handles CORS and allows other
    /// origins.
    fn origin_is_not_listed(&self, response: &Response<'a>) -> bool {
        let misnamed = response.headers.iter().filter_map(|header| meant(header.name));
        let is_misnamed = misnamed.into_iter().any(|(_, meant)| meant == HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN);
        // A server that requires a login for a preflight has not read its list of origins.
        let before_cors = matches!(self.stage, Stage::Preflight(_))
            && matches!(response.status.as_u16(), 401 | 407)
            && !has_cors_header(response);
        !is_misnamed && !before_cors && knows_cors(response)
    }

    /// The hints on one of the two responses.
    pub(super) fn response_hints(&self, response: &Response<'a>) -> impl Iterator<Item = Hint<'a>> + use<'a> {
        let (preflight, actual) = match self.stage {
            Stage::Preflight(_) => (Some(self.preflight_hints(response)), None),
            _ => (None, Some(self.actual_hints(response))),
        };
        preflight.into_iter().flatten().chain(actual.into_iter().flatten())
    }
}

/// Whether a response is from a server that handles CORS.
pub(super) fn knows_cors(response: &Response<'_>) -> bool {
    let vary = response.headers.extract(HeaderName::VARY).ok().flatten();
    vary.is_some_and(|names| names.contains_name(HeaderName::ORIGIN)) || has_cors_header(response)
}

/// Whether a response has a header of the CORS protocol, or a misspelling of one.
fn has_cors_header(response: &Response<'_>) -> bool {
    response.headers.iter().any(|header| is_cors_response_header(header.name) || meant(header.name).is_some())
}

/// The header that marks a response as a challenge.
pub(super) fn challenge<'a>(response: &Response<'a>) -> Option<HeaderName<'a>> {
    let is_challenge = |Header { name, value }: &Header<'_>| {
        CHALLENGES.into_iter().any(|(own, values)| {
            name.matches(own.as_bytes()) && values.iter().any(|known| value.eq_ignore_ascii_case(known))
        })
    };
    response.headers.iter().find(is_challenge).map(|header| header.name)
}

fn has_element(value: Option<CombinedValue<'_>>, element: &[u8]) -> bool {
    value.is_some_and(|value| value.get_decode_and_split().any(|item| item.eq(element.iter().copied())))
}
