//! From each failure to the browsers' names for it, and back.
#![cfg(feature = "browser")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use fetch_cors::{
    browser::{
        NetworkError, Reason, Response,
        cross_origin_resource_policy::{PolicySource, ResourcePolicy},
        error::{ForbiddenBy, Phase, Several, Wildcard},
        ids::MessageOf,
        known_message,
        request::{RedirectMode, RequestMode, ResponseTainting},
    },
    header::{HeaderName, Headers},
    method::Method,
    origin::Origin,
};

const LISTS: [(&str, &[u8]); 5] = [
    ("Access-Control-Allow-Origin", b"https://b.example"),
    ("Access-Control-Allow-Methods", b"a b"),
    ("Access-Control-Allow-Headers", b"a b"),
    ("Via", b"/no/url"),
    ("Vary", b"https://a.example, https://b.example"),
];

/// One reason of each kind.
fn reasons() -> Vec<Reason<'static>> {
    let headers = Headers::from_pairs(&LISTS);
    let (url, other, two) = (
        headers.get(HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN).unwrap(),
        headers.get(HeaderName::new("via").unwrap()).unwrap(),
        headers.get(HeaderName::new("vary").unwrap()).unwrap(),
    );
    let origin = Origin::parse("https://app.example").unwrap();
    let status = Response::new(302, Headers::EMPTY).unwrap().status;
    vec![
        Reason::SameOriginModeCrossOrigin,
        Reason::NoCorsRedirectModeNotFollow { redirect_mode: RedirectMode::Error },
        Reason::SchemeNotHttp { scheme: "ftp" },
        Reason::SchemeNotHttp { scheme: "file" },
        Reason::SchemeNotFetched { scheme: "ftp" },
        Reason::Network,
        Reason::HeaderOfBrowser { name: HeaderName::ACCEPT },
        Reason::HeaderValueInvalid { name: HeaderName::ACCEPT },
        Reason::HeaderContradictory { value: other },
        Reason::ProxyAuthenticationRequired,
        Reason::AllowOriginMissing,
        Reason::AllowOriginWildcardWithCredentials,
        Reason::AllowOriginMultiple { value: url, several: Several::Lines },
        Reason::AllowOriginMultiple { value: two, several: Several::Values },
        Reason::AllowOriginInvalid { value: url },
        Reason::AllowOriginInvalid { value: other },
        Reason::AllowOriginMismatch { value: url, origin },
        Reason::AllowCredentialsNotTrue { value: None },
        Reason::AllowCredentialsNotTrue { value: Some(other) },
        Reason::PreflightStatusNotOk { status },
        Reason::PreflightRedirected { status },
        Reason::AllowMethodsUnparsable(headers.extract(HeaderName::ACCESS_CONTROL_ALLOW_METHODS).unwrap_err()),
        Reason::AllowHeadersUnparsable(headers.extract(HeaderName::ACCESS_CONTROL_ALLOW_HEADERS).unwrap_err()),
        Reason::MethodNotAllowed { method: Method::new("PUT").unwrap(), wildcard: Wildcard::Absent },
        Reason::AuthorizationNotAllowed { wildcard: Wildcard::NotCovering },
        Reason::HeaderNotAllowed { name: HeaderName::ACCEPT, wildcard: Wildcard::Absent },
        Reason::CrossOriginResourcePolicy { policy: ResourcePolicy::SameOrigin, source: PolicySource::Header },
        Reason::RedirectModeError { status },
        Reason::LocationMultiple { value: other },
        Reason::LocationInvalid { value: other },
        Reason::RedirectSchemeNotHttp { scheme: "ftp", mode: RequestMode::Cors },
        Reason::TooManyRedirects,
        Reason::RedirectUrlHasCredentials { forbidden_by: ForbiddenBy::Standard },
        Reason::RedirectUrlHasCredentials { forbidden_by: ForbiddenBy::Browser },
        Reason::BodyWithoutSource,
    ]
}

#[test]
fn each_console_id_finds_its_message() {
    let mut names = Vec::new();
    for reason in reasons() {
        for phase in [Phase::Preflight, Phase::Response, Phase::Redirect] {
            let error = NetworkError::new(phase, reason, ResponseTainting::Cors);
            for (of, id) in [
                (MessageOf::Chromium, error.chromium_cors_error().map(|message| message.id)),
                (MessageOf::Firefox, error.firefox_console_id().map(|message| message.id)),
                (MessageOf::WebKit, error.webkit_message()),
            ] {
                let Some(id) = id else { continue };
                let known = known_message(id).unwrap().known;
                assert_eq!((known.of, known.id), (of, id));
                let step = known.step.unwrap();
                // Firefox has one name for all failures of the network.
                if id != "CORSDidNotSucceed" {
                    assert_eq!(step.algorithm, error.step().algorithm, "{id}");
                }
                names.push(id);
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 48, "{names:#?}");
}

/// The ids of a failure with response tainting "cors", each with the value that the browser quotes.
fn reported(reason: Reason<'_>, response_tainting: ResponseTainting) -> [Option<String>; 2] {
    let error = NetworkError::new(Phase::Response, reason, response_tainting);
    [error.chromium_cors_error(), error.firefox_console_id()].map(|message| {
        message.map(|message| match message.parameter {
            Some(parameter) => format!("{} {parameter}", message.id),
            None => message.id.to_owned(),
        })
    })
}

#[test]
fn console_messages_quote_the_faulty_value() {
    let headers = Headers::from_pairs(&LISTS);
    let value = headers.get(HeaderName::new("via").unwrap());
    let name = HeaderName::new("X-A").unwrap();
    for (reason, chromium, firefox) in [
        (Reason::AllowCredentialsNotTrue { value }, "InvalidAllowCredentials /no/url", "CORSMissingAllowCredentials"),
        (Reason::AllowCredentialsNotTrue { value: None }, "InvalidAllowCredentials", "CORSMissingAllowCredentials"),
        (
            Reason::HeaderNotAllowed { name, wildcard: Wildcard::Absent },
            "HeaderDisallowedByPreflightResponse x-a",
            "CORSMissingAllowHeaderFromPreflight x-a",
        ),
        (
            Reason::AuthorizationNotAllowed { wildcard: Wildcard::Absent },
            "HeaderDisallowedByPreflightResponse authorization",
            "CORSMissingAllowHeaderFromPreflight authorization",
        ),
    ] {
        assert_eq!(
            reported(reason, ResponseTainting::Cors),
            [chromium, firefox].map(|id| Some(id.to_owned())),
            "{reason}"
        );
    }
}

#[test]
fn network_failures_without_a_console_id_have_none() {
    let (cors, basic) = (ResponseTainting::Cors, ResponseTainting::Basic);
    let (disabled, failed) = (Some("CorsDisabledScheme".to_owned()), Some("CORSDidNotSucceed".to_owned()));
    let to = |scheme, mode| Reason::RedirectSchemeNotHttp { scheme, mode };
    for scheme in ["about", "blob", "chrome", "data", "devtools", "file", "filesystem", "isolated-app", "view-source"] {
        assert_eq!(reported(to(scheme, RequestMode::Cors), cors), [None, failed.clone()], "{scheme}");
    }
    for scheme in ["ftp", "javascript", "mailto", "resource", "ws"] {
        assert_eq!(reported(to(scheme, RequestMode::Cors), cors), [disabled.clone(), failed.clone()], "{scheme}");
        assert_eq!(reported(to(scheme, RequestMode::Cors), basic), [disabled.clone(), None], "{scheme}");
        for mode in [RequestMode::NoCors, RequestMode::SameOrigin] {
            assert_eq!(reported(to(scheme, mode), basic), [None, None], "{scheme} in mode {mode}");
        }
    }
    let value = Headers::from_pairs(&[("location", b"http://")]).get(HeaderName::LOCATION).unwrap();
    for reason in [Reason::Network, Reason::TooManyRedirects, Reason::LocationInvalid { value }] {
        assert_eq!(reported(reason, cors), [None, failed.clone()], "{reason}");
        assert_eq!(reported(reason, basic), [None, None], "{reason}");
    }
    let userinfo = Reason::RedirectUrlHasCredentials { forbidden_by: ForbiddenBy::Standard };
    assert_eq!(reported(userinfo, basic), [Some("RedirectContainsCredentials".to_owned()), failed]);
}
