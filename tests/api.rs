//! The traits of the public types, as a user of the crate meets them.
#![cfg(all(feature = "browser", feature = "server", feature = "std"))]
// Each side of an equality has an implementation of its own.
#![allow(clippy::nonminimal_bool)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::{
    collections::{HashMap, HashSet},
    error::Error,
    fmt::{Debug, Display},
    hash::Hash,
    str::FromStr,
};

use fetch_cors::{
    UnknownWord,
    browser::{
        Environment, Explanation, NetworkError, Profile, Reason, Request, RequestInit, Response, Url, XhrInit,
        cross_origin_resource_policy::{EmbedderPolicy, ResourcePolicy},
        error::Phase,
        explain::{Change, Check, NewValue},
        preflight::{
            GrantedHeaderNames, GrantedMethods, PreflightGrant, PreflightRequest, check_preflight, preflight_request,
        },
        request::{
            BodyInit, CredentialsMode, RedirectMode, RedirectTaint, ReferrerPolicy, RequestError, RequestHeader,
            RequestMode, ResponseTainting,
        },
        response::Status,
        route::{Route, route},
        url::InvalidUrl,
    },
    header::{CapacityError, CombinedValue, Header, HeaderName, Headers, InvalidHeaderName},
    method::{InvalidMethod, Method},
    origin::{InvalidOrigin, Origin},
    server::{
        ConfigError, ConfigErrors, ConfigReason, Danger, Decision, LintKind, OriginPattern, PatternFault, Policy,
        PolicyConfig, SavedHeaders,
    },
    spec::Algorithm,
};

/// A user's function that takes any type that converts to the requested one.
fn read<'a, T: TryFrom<&'a str, Error: Error>>(text: &'a str) -> Result<T, T::Error> {
    T::try_from(text)
}

fn page() -> Origin<'static> {
    Origin::parse("https://app.example").unwrap()
}

fn put() -> Request<'static> {
    let init = RequestInit { method: "PUT", ..RequestInit::default() };
    init.request(Url::new("https://api.example/items").unwrap(), page()).unwrap()
}

#[test]
fn words_are_read_from_text_and_bytes_with_the_errors_of_their_constructors() {
    assert_eq!(read("GET"), Ok(Method::GET));
    assert_eq!(read::<Method<'_>>("G T").unwrap_err(), Method::new("G T").unwrap_err());
    assert_eq!(read("x-a"), HeaderName::new("X-A"));
    assert_eq!(read::<HeaderName<'_>>("").unwrap_err(), HeaderName::new("").unwrap_err());
    assert_eq!(read("https://app.example"), Ok(page()));
    assert_eq!(read::<Origin<'_>>("https://app.example/").unwrap_err().offset, 19);
    assert_eq!(read("about:blank"), Url::new("about:blank"));
    assert_eq!(read::<Url<'_>>("https://a").unwrap_err(), InvalidUrl::Path);
    assert_eq!(read("https://*.app.example"), Ok(OriginPattern::new("https://*.app.example")));
    assert_eq!(Some(read::<OriginPattern<'_>>("https://a/").unwrap_err()), OriginPattern::new("https://a/").fault());

    assert_eq!(Method::try_from(&b"PUT"[..]), Ok(Method::PUT));
    assert_eq!(Method::try_from(&b"P\xFFT"[..]).unwrap_err().offset, 1);
    assert_eq!(HeaderName::try_from(&b"Vary"[..]), Ok(HeaderName::VARY));
    assert_eq!(HeaderName::try_from(&b""[..]).unwrap_err().offset, 0);
    assert_eq!(Url::try_from(&b"https://a/"[..]), Url::new("https://a/"));
    assert_eq!(Url::try_from(&b"https://a/\xFF"[..]), Err(InvalidUrl::Byte { offset: 10 }));
}

#[test]
fn a_status_is_made_of_a_number_and_compares_with_one() {
    let status = Status::try_from(204).unwrap();
    assert!(status == 204 && 204 == status && status != 200);
    assert_eq!(u16::from(status), 204);
    assert_eq!(Status::try_from(1000).unwrap_err().status, 1000);
}

#[test]
fn words_compare_with_text_by_their_own_equality() {
    let (method, name) = (Method::new("patch").unwrap(), HeaderName::new("X-Request-ID").unwrap());
    assert!(method == "patch" && "patch" == method && method != "PATCH" && method == *"patch");
    assert!(name == "x-request-id" && "X-REQUEST-ID" == name && name != "x-request");
    assert!(page() == "https://app.example" && "null" == Origin::OPAQUE && page() != "https://app.example:443");
    let url = Url::new("https://api.example/#a").unwrap();
    assert!(url == "https://api.example/#a" && "https://api.example/" != url);
    let lines: [(&str, &[u8]); 2] = [("vary", b"origin"), ("vary", b"accept")];
    let value: CombinedValue<'_> = Headers::from_pairs(&lines).get(HeaderName::VARY).unwrap();
    assert!(value == "origin, accept" && value == *b"origin, accept" && value != "origin,accept");
}

#[test]
fn words_are_accepted_as_text() {
    fn length(text: impl AsRef<str>) -> usize {
        text.as_ref().len()
    }
    assert_eq!([length(Method::GET), length(HeaderName::VARY), length(RequestMode::Cors)], [3, 4, 4]);
    assert_eq!([length(Url::new("data:,").unwrap()), length(OriginPattern::ANY)], [6, 1]);
}

fn round_trips<T: FromStr<Err = UnknownWord> + Display + Copy + Eq + Debug>(words: &[(&str, T)]) {
    for (word, value) in words {
        assert_eq!(word.parse(), Ok(*value));
        assert_eq!(value.to_string(), *word);
    }
    let error = "No-Such-Word".parse::<T>().unwrap_err();
    assert!(words.iter().all(|(word, _)| error.expected().contains(word)), "{error}");
    assert!(error.to_string().starts_with("word is not one of `"), "{error}");
}

#[test]
fn enums_are_read_from_the_words_that_they_are_written_as() {
    round_trips(&[("no-cors", RequestMode::NoCors), ("cors", RequestMode::Cors), ("navigate", RequestMode::Navigate)]);
    round_trips(&[("omit", CredentialsMode::Omit), ("include", CredentialsMode::Include)]);
    round_trips(&[("follow", RedirectMode::Follow), ("manual", RedirectMode::Manual)]);
    round_trips(&[("", ReferrerPolicy::Empty), ("unsafe-url", ReferrerPolicy::UnsafeUrl)]);
    round_trips(&[("basic", ResponseTainting::Basic), ("opaque", ResponseTainting::Opaque)]);
    round_trips(&[("unsafe-none", EmbedderPolicy::UnsafeNone), ("require-corp", EmbedderPolicy::RequireCorp)]);
    round_trips(&[("same-site", ResourcePolicy::SameSite), ("cross-origin", ResourcePolicy::CrossOrigin)]);
    round_trips(&[("same-site", RedirectTaint::SameSite), ("cross-site", RedirectTaint::CrossSite)]);
    let dangers: Vec<(&str, Danger)> = Danger::ALL.iter().map(|danger| (danger.code(), *danger)).collect();
    round_trips(&dangers);
    let codes = "no danger".parse::<Danger>().unwrap_err().expected();
    assert!(codes.iter().copied().eq(dangers.iter().map(|(code, _)| *code)));
}

#[test]
fn profiles_are_found_by_the_names_that_an_error_lists() {
    let names = "Netscape".parse::<Profile>().unwrap_err().expected();
    let profiles: Vec<Profile> = names.iter().map(|name| name.parse().unwrap()).collect();
    for profile in [Profile::FETCH, Profile::CHROMIUM, Profile::FIREFOX, Profile::WEBKIT] {
        assert!(profiles.contains(&profile), "{}", profile.name);
    }
}

#[test]
fn reasons_are_written_without_debug() {
    assert_eq!(Phase::Preflight.to_string(), "response to the preflight");
    assert_eq!(LintKind::MaxAgeMissing.to_string(), LintKind::MaxAgeMissing.text());
    assert_eq!(ConfigReason::EmptyElement.to_string(), ConfigReason::EmptyElement.text());
    assert_eq!(Algorithm::CorsCheck.to_string(), "CORS check");
    assert_eq!(format!("{:>14}|", Danger::AnyHost), "      any-host|");
    let fault = OriginPattern::new("https://app.example/").fault().unwrap();
    assert_eq!(fault.to_string(), format!("{}, at byte {}", fault.reason, fault.offset));
}

#[test]
fn verdicts_are_equal_by_their_contents() {
    let lines: [(&str, &[u8]); 2] = [("access-control-allow-origin", b"*"), ("access-control-allow-methods", b"PUT")];
    let again: [(&str, &[u8]); 2] = [("Access-Control-Allow-Origin", b" * "), ("access-control-allow-methods", b"PUT")];
    let response = Response::new(204, Headers::from_pairs(&lines)).unwrap();
    assert_eq!(response, Response::new(204, Headers::from_pairs(&again)).unwrap());
    assert_ne!(response, Response::new(200, Headers::from_pairs(&lines)).unwrap());
    assert_ne!(response, Response::new(204, Headers::from_pairs(&lines[..1])).unwrap());

    let request = put();
    let grant: PreflightGrant<'_> = check_preflight(&request, &response, &Profile::FETCH).unwrap();
    assert_eq!(grant, check_preflight(&request, &response, &Profile::FETCH).unwrap());
    assert_eq!(grant.header_names, GrantedHeaderNames::None);
    assert_ne!(grant.methods, GrantedMethods::None);

    assert_eq!(route(&request, &Profile::FETCH), route(&put(), &Profile::FETCH));
    assert_ne!(route(&request, &Profile::FETCH), Ok(Route::Cors));
    assert_eq!(preflight_request(&request, &Profile::FETCH), preflight_request(&put(), &Profile::FETCH));

    let environment = Environment::new(&Profile::FETCH);
    let wrong = Response::new(204, Headers::EMPTY).unwrap();
    let explanation = Explanation::of_preflight(&request, &wrong, environment);
    assert!(explanation.checks().eq(explanation.checks()) && explanation.fix().eq(explanation.fix()));
    assert!(explanation.checks().next() != explanation.checks().nth(1));
}

#[test]
fn names_that_need_a_preflight_are_equal_whatever_list_they_come_from() {
    fn reasons<'a>(lines: &'a [(&'a str, &'a [u8])]) -> Route<'a> {
        let init = RequestInit { headers: Headers::from_pairs(lines), ..RequestInit::default() };
        let request = init.request(Url::new("https://api.example/").unwrap(), page()).unwrap();
        route(&request, &Profile::FETCH).unwrap()
    }
    let one: [(&str, &[u8]); 1] = [("X-A", b"1")];
    let same: [(&str, &[u8]); 2] = [("accept", b"*/*"), ("x-a", b"2")];
    let other: [(&str, &[u8]); 1] = [("x-b", b"1")];
    assert_eq!(reasons(&one), reasons(&same));
    assert_ne!(reasons(&one), reasons(&other));
    assert_eq!(HashSet::from([reasons(&one), reasons(&same), reasons(&other)]).len(), 2);
}

/// Compiles only for types that can be keys of a map.
fn countable<T: Hash + Eq>() {}

#[test]
fn failures_and_words_can_be_counted() {
    countable::<(NetworkError<'_>, Reason<'_>, Check<'_>, Change<'_>, NewValue<'_>, Route<'_>)>();
    countable::<(PreflightGrant<'_>, PreflightRequest<'_>, Response<'_>, SavedHeaders, BodyInit<'_>)>();
    countable::<(InvalidMethod, InvalidHeaderName, InvalidOrigin, InvalidUrl, PatternFault, RequestError<'_>)>();
    countable::<(RequestHeader<'_>, Profile)>();
    countable::<(Header<'_>, CombinedValue<'_>, Headers<'_>, OriginPattern<'_>, ConfigError<'_>, CapacityError)>();

    let request = put().with_response_tainting(ResponseTainting::Cors);
    let lines: [(&str, &[u8]); 1] = [("access-control-allow-origin", b"https://b.example")];
    let twice: [(&str, &[u8]); 2] = [("access-control-allow-origin", b"https://b"), ("vary", b".example")];
    let mut counts: HashMap<NetworkError<'_>, usize> = HashMap::new();
    for lines in [&lines[..], &lines[..], &twice[..]] {
        let response = Response::new(200, Headers::from_pairs(lines)).unwrap();
        *counts
            .entry(fetch_cors::browser::cors_check(&request, &response, &Profile::FETCH).unwrap_err())
            .or_default() += 1;
    }
    let mut counts: Vec<usize> = counts.into_values().collect();
    counts.sort_unstable();
    assert_eq!(counts, [1, 2]);
}

#[test]
fn saved_headers_are_equal_if_the_same_is_restored_from_them() {
    static POLICY: Policy<'static> = Policy::builder(&[OriginPattern::new("https://*.app.example")]).build_or_panic();
    let save = |origin: &[u8]| {
        let lines = [("origin", origin)];
        let Decision::Handle(headers) = POLICY.decide("GET", Headers::from_pairs(&lines)) else { panic!() };
        headers.save()
    };
    assert_eq!(save(b"https://a.app.example"), save(b"https://a.app.example"));
    assert_ne!(save(b"https://a.app.example"), save(b"https://b.app.example"));
    assert_eq!(HashSet::from([save(b"https://a.app.example"), save(b"https://a.app.example")]).len(), 1);
}

#[test]
fn an_error_that_wraps_another_has_it_as_its_source() {
    let source = |error: &dyn Error| error.source().map(ToString::to_string);
    let url = Url::new("https://A/").unwrap_err();
    let InvalidUrl::Origin(origin) = url else { panic!() };
    assert_eq!(source(&url), Some(origin.to_string()));
    assert_eq!(source(&InvalidUrl::Path), None);

    let url = Url::new("https://api.example/").unwrap();
    let thrown = RequestInit { method: "G T", ..RequestInit::default() }.request(url, page()).unwrap_err();
    assert_eq!(source(&thrown), Some(Method::new("G T").unwrap_err().to_string()));
    let lines: [(&str, &[u8]); 1] = [("x a", b"")];
    let headers = Headers::from_pairs(&lines);
    let thrown = XhrInit { headers, ..XhrInit::default() }.request(url, page()).unwrap_err();
    assert_eq!(source(&thrown), Some(HeaderName::new("x a").unwrap_err().to_string()));
    let thrown = XhrInit { method: "TRACE", ..XhrInit::default() }.request(url, page()).unwrap_err();
    assert_eq!(source(&thrown), None);

    let patterns = [OriginPattern::new("https://a/")];
    let error = Policy::builder(&patterns).build().unwrap_err();
    assert_eq!(source(&error), patterns[0].fault().map(|fault| fault.to_string()));
}

#[test]
fn config_errors_are_iterated_by_reference() {
    let errors: ConfigErrors = PolicyConfig::new(["https://a/", "http://b.example"]).credentials().build().unwrap_err();
    assert_eq!(errors.iter().len(), 2);
    let mut codes = Vec::new();
    for error in &errors {
        codes.push(error.code());
    }
    assert_eq!(codes, ["trailing-slash", "insecure-scheme-not-spelled-out"]);
}

#[test]
fn init_structs_are_filled_with_struct_update_syntax() {
    let profile = Profile::FETCH;
    let environment = Environment { partition: "p", ..Environment::new(&profile) };
    let request = RequestInit { mode: RequestMode::NoCors, ..RequestInit::default() };
    assert_eq!((environment.partition, request.mode.as_str()), ("p", "no-cors"));
}

/// Constants that are evaluated at compile time.
#[test]
fn words_are_classified_in_constants() {
    const PAGE: Origin<'static> = match Origin::parse("https://app.example:8443") {
        Ok(origin) => origin,
        Err(_) => Origin::OPAQUE,
    };
    const SAFELISTED: bool = Method::POST.is_cors_safelisted() && !Method::PUT.is_cors_safelisted();
    const PORT: Option<u16> = PAGE.port();
    const HOST: &str = PAGE.host();
    const SAME: bool = PAGE.is_same_origin(PAGE) && !Origin::OPAQUE.is_same_origin(Origin::OPAQUE);
    const NAMES: [bool; 4] = [
        HeaderName::AUTHORIZATION.is_cors_non_wildcard_request_header_name(),
        HeaderName::RANGE.is_privileged_no_cors_request_header_name(),
        HeaderName::ACCEPT.is_no_cors_safelisted_request_header_name(),
        HeaderName::CONTENT_TYPE.is_request_body_header_name(),
    ];
    assert_eq!((SAFELISTED, PORT, HOST, SAME, NAMES), (true, Some(8443), "app.example", true, [true; 4]));
}

#[test]
#[cfg(feature = "http")]
fn words_convert_to_and_from_the_http_crate() {
    let name = http::HeaderName::from_static("x-a");
    assert_eq!(HeaderName::from(&name), HeaderName::new("X-A").unwrap());
    assert_eq!(http::HeaderName::try_from(HeaderName::new("X-A").unwrap()).unwrap(), name);
    assert_eq!(Method::from(&http::Method::PATCH), "PATCH");
    assert_eq!(http::Method::try_from(Method::new("purge").unwrap()).unwrap(), *"purge");
    assert_eq!(Status::from(http::StatusCode::NO_CONTENT), 204);
    assert_eq!(http::StatusCode::try_from(Status::new(999).unwrap()).unwrap().as_u16(), 999);
    assert!(http::StatusCode::try_from(Status::new(99).unwrap()).is_err());
}
