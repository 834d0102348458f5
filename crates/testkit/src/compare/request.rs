//! Requests: how pages make them, and how main fetch routes them.

use core::time::Duration;

use fetch_cors::{
    browser::{
        Action, Environment, NoCache, Profile, Request, RequestInit, Url, XhrInit,
        cross_origin_resource_policy::IncludesCredentials,
        fetch,
        preflight::{PreflightRequest, preflight_request},
        request::{
            Body, BodyInit, CredentialsMode, DocumentType, Duplex, HostIsSite, RedirectMode, RedirectTaint,
            ReferrerPolicy, RequestError, RequestHeaders, RequestMode, ResponseTainting, UnsafeRequestFlag,
            UploadListener, UseCorsPreflightFlag, XhrCredentials,
        },
        request_origin_header,
        route::{Route, Scheme, route as crate_route, scheme_fetch},
        timing_allow::TimingAllow,
    },
    header::Headers,
    method::Method,
    origin::Origin,
};

use super::{EMBEDDER_POLICIES, expect_step, is_step, names_in_lower_case, pairs, written};
use crate::oracle::{
    self,
    main_fetch::{self, Fetched},
    preflight::preflight_headers,
    request_init::{Api, Init},
};

/// Calls `then` with the crate's form of the oracle's request.
pub fn with_request<R>(asked: &oracle::request::Request, then: impl FnOnce(Request<'_>) -> R) -> R {
    let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).expect("names are text");
    let lines = asked.header_list.iter().map(|(name, value)| (text(name), value.clone())).collect();
    let origin = Origin::parse(&asked.origin).expect("an origin");
    let urls: Vec<Url<'_>> = asked.url_list.iter().map(|url| Url::new(&url.href).expect("a URL")).collect();
    let taint = urls.windows(2).fold(RedirectTaint::default(), |taint, pair| {
        taint.after_redirect(origin, pair[0].origin(), pair[1].origin(), &HostIsSite)
    });
    let pairs = pairs(&lines);
    then(
        Request::new(urls[urls.len() - 1], origin)
            .with_method(Method::new(&asked.method).expect("a method"))
            .with_headers(RequestHeaders::new(Headers::from_pairs(&pairs)))
            .with_mode(RequestMode::from_word(asked.mode).unwrap())
            .with_credentials_mode(CredentialsMode::from_word(asked.credentials_mode).unwrap())
            .with_redirect_mode(RedirectMode::from_word(asked.redirect_mode).unwrap())
            .with_referrer_policy(ReferrerPolicy::from_word(asked.referrer_policy).unwrap())
            .with_body(body_of(asked.body))
            .with_unsafe_request_flag(if asked.unsafe_request_flag {
                UnsafeRequestFlag::Set
            } else {
                UnsafeRequestFlag::Unset
            })
            .with_use_cors_preflight_flag(if asked.use_cors_preflight_flag {
                UseCorsPreflightFlag::SetByStream
            } else {
                UseCorsPreflightFlag::Unset
            })
            .with_response_tainting(ResponseTainting::from_word(asked.response_tainting).unwrap())
            .with_redirect_taint(taint)
            .with_timing_allow(if asked.timing_allow_failed { TimingAllow::Failed } else { TimingAllow::Passed }),
    )
}

pub fn body_of(body: Option<bool>) -> Body {
    match body {
        None => Body::None,
        Some(true) => Body::WithSource,
        Some(false) => Body::WithoutSource,
    }
}

/// Calls `then` with the crate's result for the input of a page.
pub fn with_init<R>(init: &Init, then: impl FnOnce(Result<Request<'_>, RequestError<'_>>) -> R) -> R {
    let pairs = pairs(&init.headers);
    let headers = Headers::from_pairs(&pairs);
    let url = Url::new(&init.url.href).expect("a URL");
    let origin = Origin::parse(&init.origin).expect("an origin");
    let body = init.body.as_ref().map(|body| match body {
        oracle::request_init::Body::Text => BodyInit::Text,
        oracle::request_init::Body::UrlSearchParams => BodyInit::UrlSearchParams,
        oracle::request_init::Body::FormData => BodyInit::FORM_DATA,
        oracle::request_init::Body::Blob(content_type) => BodyInit::Blob(content_type),
        oracle::request_init::Body::Bytes => BodyInit::Bytes,
        oracle::request_init::Body::Stream => BodyInit::Stream,
        oracle::request_init::Body::Document(true) => BodyInit::Document(DocumentType::Html),
        oracle::request_init::Body::Document(false) => BodyInit::Document(DocumentType::Xml),
    });
    let method = &init.method;
    let credentials = CredentialsMode::from_word(init.credentials_mode).unwrap();
    then(match init.api {
        Api::Fetch => RequestInit {
            method,
            headers,
            body,
            mode: RequestMode::from_word(init.mode).unwrap(),
            credentials,
            redirect: RedirectMode::from_word(init.redirect_mode).unwrap(),
            referrer_policy: ReferrerPolicy::from_word(init.referrer_policy).unwrap(),
            duplex: Some(Duplex::Half),
            ..RequestInit::default()
        }
        .request(url, origin),
        Api::Xhr => XhrInit {
            method,
            headers,
            body,
            with_credentials: match credentials {
                CredentialsMode::Include => XhrCredentials::Include,
                _ => XhrCredentials::SameOrigin,
            },
            upload_listener: if init.upload_listener { UploadListener::Present } else { UploadListener::Absent },
        }
        .request(url, origin),
    })
}

/// Compares the request that a page's input makes, or the step that throws.
pub fn init(init: &Init) {
    with_init(init, |found| match (found, init.request()) {
        (Ok(request), Ok(asked)) => {
            is_the_oracles(&request, &asked);
            route(&asked);
        }
        (Err(error), Err(step)) => assert!(is_step(error.step, step), "throws at {}, expected {step}", error.step),
        (found, expected) => panic!("{found:?}, expected {expected:?}"),
    });
}

pub fn is_the_oracles(request: &Request<'_>, asked: &oracle::request::Request) {
    assert_eq!(request.method().as_str(), asked.method);
    assert_eq!(written(request.headers().header_list()), names_in_lower_case(&asked.header_list));
    assert_eq!(request.mode().as_str(), asked.mode);
    assert_eq!(request.credentials_mode().as_str(), asked.credentials_mode);
    assert_eq!(request.redirect_mode().as_str(), asked.redirect_mode);
    assert_eq!(request.referrer_policy().as_str(), asked.referrer_policy);
    assert_eq!(request.body(), body_of(asked.body));
    assert_eq!(request.unsafe_request_flag() == UnsafeRequestFlag::Set, asked.unsafe_request_flag);
    assert_eq!(request.use_cors_preflight_flag() != UseCorsPreflightFlag::Unset, asked.use_cors_preflight_flag);
    assert_eq!(request.current_url().as_str(), asked.current_url().href);
    assert_eq!(request.serialized_origin().to_string(), asked.serialized_origin());
    assert_eq!(request.redirect_count(), asked.redirect_count);
}

/// Compares the switch of main fetch, and with it `Origin` and the preflight's headers.
pub fn route(asked: &oracle::request::Request) {
    with_request(asked, |request| {
        let found = match (crate_route(&request, &Profile::FETCH), main_fetch::main_fetch(asked)) {
            (Ok(found), Ok(expected)) => {
                assert_eq!(fetched(&found), expected);
                found
            }
            (Err(error), Err(step)) => return expect_step(&error, step),
            (found, expected) => panic!("{found:?}, expected {expected:?}"),
        };
        let asked =
            oracle::request::Request { response_tainting: fetched(&found).response_tainting(), ..asked.clone() };
        let request = request.with_response_tainting(found.response_tainting());
        assert_eq!(scheme(scheme_fetch(&request).ok()), main_fetch::scheme_fetch(&asked));
        let origin =
            request_origin_header(&request, Environment::new(&Profile::FETCH)).map(|origin| origin.to_string());
        assert_eq!(origin, oracle::request_origin_header::request_origin_header(&asked));
        preflight(&preflight_request(&request, &Profile::FETCH), &asked);
        credentials(request, &asked);
    });
}

/// Compares whether credentials are included, under each embedder policy. Only the first request of a fetch is
/// compared.
fn credentials(request: Request<'_>, asked: &oracle::request::Request) {
    for (word, embedder_policy) in EMBEDDER_POLICIES {
        let environment = Environment { embedder_policy, ..Environment::new(&Profile::FETCH) };
        if let Ok(Action::SendRequest(awaiting)) = fetch(request, environment, &mut NoCache, Duration::ZERO) {
            let expected = oracle::credentials::includes_credentials(asked, word);
            assert_eq!(awaiting.outgoing().credentials == IncludesCredentials::Yes, expected, "{word}");
        }
    }
}

pub fn preflight(found: &PreflightRequest<'_>, asked: &oracle::request::Request) {
    assert_eq!(found.url.as_str(), asked.current_url().href);
    let mut expected = preflight_headers(asked);
    expected.push((b"Origin".to_vec(), asked.serialized_origin().into_bytes()));
    let line =
        |(name, value): (fetch_cors::header::HeaderName<'_>, fetch_cors::browser::preflight::PreflightHeader<'_>)| {
            (name.as_str().to_ascii_lowercase().into_bytes(), value.to_string().into_bytes())
        };
    assert_eq!(found.headers().map(line).collect::<Vec<_>>(), names_in_lower_case(&expected));
}

fn fetched(route: &Route<'_>) -> Fetched {
    match route {
        Route::Basic => Fetched::Basic,
        Route::Opaque => Fetched::Opaque,
        Route::Cors => Fetched::Cors,
        Route::CorsWithPreflight(_) => Fetched::CorsWithPreflight,
    }
}

pub fn scheme(scheme: Option<Scheme>) -> Option<&'static str> {
    scheme.map(|scheme| match scheme {
        Scheme::Http => "http",
        Scheme::AboutBlank => "about:blank",
        Scheme::Blob => "blob",
        Scheme::Data => "data",
    })
}
