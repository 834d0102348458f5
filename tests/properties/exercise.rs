//! Passes bytes to every public function, and reads all results.

use core::fmt::{self, Debug, Display, Write};

use fetch_cors::{
    browser::{
        Environment, Profile, Request, RequestInit, Response, Url, XhrInit, cors_check,
        cross_origin_resource_policy::{EmbedderPolicy, IncludesCredentials, cross_origin_resource_policy_check},
        filter::{filter, filter_opaque_redirect},
        preflight::{check_preflight, preflight_failures, preflight_request},
        request::{
            BodyInit, CredentialsMode, Duplex, DuplicateNames, HeadersGuard, HostIsSite, RedirectTaint, RequestHeaders,
            RequestMode, ResponseTainting, UnsafeRequestFlag, UploadListener, UseCorsPreflightFlag, XhrCredentials,
        },
        request_origin_header,
        route::{Route, route, scheme_fetch},
        safelist::{cors_safelisted_request_header, cors_unsafe_request_header_names},
        timing_allow::tao_check,
    },
    header::{Header, HeaderName, HeaderSource, Headers, check_header_value},
    method::Method,
    origin::Origin,
};

/// The input.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) origin: String,
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
}

/// The pairs, as a custom header list.
struct Numbered<'a>(&'a [(&'a str, &'a [u8])]);

impl HeaderSource for Numbered<'_> {
    fn header(&self, number: usize) -> Option<(&str, &[u8])> {
        self.0.get(number).copied()
    }
}

/// Counts the bytes that are written, and keeps none.
struct Count(usize);

impl Write for Count {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

fn written(value: impl Display) {
    let mut count = Count(0);
    write!(count, "{value}").unwrap();
    assert!(count.0 > 0, "something is said");
}

fn debugged(value: impl Debug) {
    let mut count = Count(0);
    write!(count, "{value:?}").unwrap();
    assert!(count.0 > 0, "something is said");
}

fn read<'a>(headers: impl IntoIterator<Item = Header<'a>>) -> usize {
    headers.into_iter().map(|header| header.name.as_str().len() + header.value.len()).sum()
}

/// Runs in all modes.
pub(crate) fn exercise(input: &Input) {
    exercise_in(input, &["navigate", "same-origin", "no-cors", "cors", "websocket", "webtransport"]);
}

pub(crate) fn exercise_in(input: &Input, modes: &[&str]) {
    let pairs: Vec<(&str, &[u8])> = input.headers.iter().map(|(name, value)| (&name[..], &value[..])).collect();
    let headers = Headers::from_pairs(&pairs);
    assert!(Headers::from_source(&Numbered(&pairs)).iter().eq(headers), "the list is that of its source");
    methods(&input.method);
    for (name, value) in &pairs {
        header(name, value, headers);
    }
    origins(&input.origin, &input.url);
    request_headers(headers);
    requests(input, headers, modes);
}

fn methods(method: &str) {
    match Method::new(method) {
        Ok(method) => {
            written(method.normalize());
            assert!(!(method.is_cors_safelisted() && method.is_forbidden()));
        }
        Err(error) => {
            assert!(error.offset <= method.len());
            written(error);
        }
    }
    assert_eq!(RequestMode::from_word(method).map(RequestMode::as_str), RequestMode::from_word(method).map(|_| method));
}

fn header<'a>(name: &'a str, value: &'a [u8], headers: Headers<'a>) {
    let name = match HeaderName::new(name) {
        Ok(name) => name,
        Err(error) => {
            assert!(error.offset <= name.len());
            return written(error);
        }
    };
    written(name.lowercase());
    if let Err(error) = check_header_value(value) {
        assert!(matches!(value[error.offset], 0 | b'\n' | b'\r'));
        written(error);
    }
    let forbidden = name.is_forbidden_request_header(value);
    assert!(!(forbidden && name.is_no_cors_safelisted_request_header_name()));
    if let Err(reason) = cors_safelisted_request_header(name, value, &Profile::FETCH) {
        written(reason);
    }
    let combined = headers.get(name).expect("the list has it");
    debugged(combined);
    assert!(headers.contains(name) && headers.get(name) == Some(combined));
    let split: usize = combined.get_decode_and_split().map(Iterator::count).sum();
    assert!(split <= combined.bytes().count());
    match headers.extract(name) {
        Ok(values) => assert!(values.expect("the list has it").iter().all(|value| !value.is_empty())),
        Err(error) => {
            assert!(error.offset < error.element.len() && error.element.len() <= error.line.len());
            written(error);
        }
    }
    assert_eq!(headers.extract_single(name).is_ok(), combined.single().is_some());
}

fn origins(text: &str, href: &str) {
    let page = Origin::parse("https://page.example").unwrap();
    for origin in [Origin::parse(text), Origin::from_header(text.as_bytes())] {
        match origin {
            Ok(origin) => {
                assert_eq!(origin.to_string(), text);
                assert!(origin.is_serialized_as(text.as_bytes()));
                assert_eq!(origin.is_same_origin(origin), !origin.is_opaque());
                assert!(
                    RedirectTaint::default().after_redirect(page, page, origin, &HostIsSite)
                        <= RedirectTaint::CrossSite
                );
                debugged((origin.scheme(), origin.host(), origin.port()));
            }
            Err(error) => {
                assert!(error.offset <= text.len());
                written(error);
            }
        }
    }
    match Url::new(href) {
        Ok(url) => {
            assert!(url.as_str() == href && href.starts_with(url.scheme()) && href.starts_with(url.without_fragment()));
            debugged((url.origin(), url.credentials(), url.fragment()));
        }
        Err(error) => written(error),
    }
}

fn request_headers(headers: Headers<'_>) {
    for guard in [HeadersGuard::None, HeadersGuard::Request, HeadersGuard::RequestNoCors] {
        for doubles in [DuplicateNames::Append, DuplicateNames::Combine] {
            let list = RequestHeaders::new(headers).with_guard(guard).with_duplicate_names(doubles);
            assert_eq!(list.iter().count() + list.dropped_by_guard().count(), headers.iter().count());
            let names = cors_unsafe_request_header_names(list, &Profile::FETCH);
            assert_eq!(names.is_empty(), names.iter().next().is_none());
            assert!(names.iter().zip(names.iter().skip(1)).all(|(name, next)| name < next));
            names.reasons().for_each(|unsafe_header| written(unsafe_header.reason));
            debugged(names);
            assert!(guard != HeadersGuard::RequestNoCors || names.iter().all(|name| !name.matches(b"x-a")));
        }
    }
}

fn requests<'a>(input: &'a Input, headers: Headers<'a>, modes: &[&str]) {
    let parsed = |text| Url::new(text).unwrap_or(Url::new("https://api.example/").unwrap());
    let url = parsed(&input.url);
    let origin = Origin::parse(&input.origin).unwrap_or(Origin::OPAQUE);
    let response = Response::new(input.status, headers);
    let response = response.unwrap_or_else(|error| {
        written(error);
        Response::new(200, headers).unwrap()
    });
    for mode in modes {
        let mode = RequestMode::from_word(mode).unwrap();
        for (credentials, body) in [(CredentialsMode::Include, None), (CredentialsMode::Omit, Some(BodyInit::Stream))] {
            let duplex = Some(Duplex::Half);
            let init = RequestInit {
                method: &input.method,
                headers,
                body,
                mode,
                credentials,
                duplex,
                ..RequestInit::default()
            };
            match init.request(url, origin) {
                Ok(request) => fetch(request, response),
                Err(error) => written(error),
            }
            let request = Request::new(url, origin).with_mode(mode).with_credentials_mode(credentials);
            fetch(request.with_headers(headers.into()).with_unsafe_request_flag(UnsafeRequestFlag::Set), response);
        }
    }
    let xhr = XhrInit {
        method: &input.method,
        headers,
        body: Some(BodyInit::Text),
        with_credentials: XhrCredentials::Include,
        upload_listener: UploadListener::Present,
    };
    match xhr.request(url, origin) {
        Ok(request) => fetch(request, response),
        Err(error) => written(error),
    }
}

fn fetch<'a>(request: Request<'a>, response: Response<'a>) {
    for profile in [Profile::FETCH, Profile::CHROMIUM, Profile::FIREFOX, Profile::WEBKIT] {
        fetch_by(request, response, &profile);
    }
}

fn fetch_by<'a>(request: Request<'a>, response: Response<'a>, profile: &Profile) {
    written(request);
    debugged(request);
    let tainting = match route(&request, profile) {
        Ok(route) => {
            if let Route::CorsWithPreflight(reasons) = route {
                let flag = reasons.flag != UseCorsPreflightFlag::Unset;
                assert!(flag || reasons.method.is_some() || !reasons.headers.is_empty());
            }
            route.response_tainting()
        }
        Err(error) => {
            written(error.step());
            written(error);
            ResponseTainting::Cors
        }
    };
    let request = request.with_response_tainting(tainting);
    if let Err(error) = scheme_fetch(&request) {
        written(error);
    }
    preflight_request(&request, profile).headers().for_each(|(name, value)| debugged((name, value)));
    let verdict = check_preflight(&request, &response, profile);
    let failures = preflight_failures(&request, &response, profile);
    assert_eq!(verdict.is_err(), failures.map(|error| written((error.step(), error).1)).count() > 0);
    if let Ok(grant) = verdict {
        debugged(grant);
        assert!(response.status.is_ok());
        // Firefox checks a preflight with the page's own origin, or not at all.
        assert!(*profile != Profile::FETCH || cors_check(&request, &response, profile).is_ok());
    }
    if let Err(error) = cors_check(&request, &response, profile) {
        written(error.step());
        written(error);
    }
    for filtered in [filter(&request, &response, profile), filter_opaque_redirect(&request, &response)] {
        assert!(read(filtered.headers()) <= read(response.headers));
        let shown = |header: &Header<'_>| !header.name.is_forbidden_response_header_name();
        assert!(filtered.headers().all(|header| shown(&header)));
        filtered.verdicts().for_each(|(_, visibility)| debugged(visibility));
        debugged((filtered.status(), filtered.unparsable_expose_headers()));
    }
    debugged(request_origin_header(&request, Environment::new(profile)));
    debugged(tao_check(&request, &response));
    for policy in [EmbedderPolicy::UnsafeNone, EmbedderPolicy::RequireCorp, EmbedderPolicy::Credentialless] {
        let (origin, url_origin) = (request.origin(), request.current_url().origin());
        let credentials = IncludesCredentials::Yes;
        let verdict =
            cross_origin_resource_policy_check(origin, policy, &response, url_origin, credentials, &HostIsSite);
        if let Err(reason) = verdict {
            written(reason);
        }
    }
}
