//! Requests, responses and whole fetches agree with the oracle.

use proptest::{collection::vec, option, prelude::*, sample::select};

use testkit::{
    compare::{self, Lines},
    generators,
    oracle::{
        location::REFERRER_POLICIES,
        method::is_method,
        request::{Request, Url},
        request_init::{Api, Body, Init},
    },
};

const ORIGINS: &[&str] = &["https://page.example", "https://page.example", "http://page.example:8080", "null"];
const HTTP_URLS: &[&str] = &[
    "https://api.example",
    "https://page.example",
    "https://page.example:8443",
    "http://page.example",
    "http://page.example:8080",
    "https://api.example:8443",
];
const OTHER_URLS: &[&str] =
    &["data:,x", "about:blank", "about:blank?x", "about:srcdoc", "blob:null/x", "ftp://a.example/"];
const METHODS: &[&str] =
    &["GET", "HEAD", "POST", "POST", "POST", "PUT", "put", "patch", "DELETE", "*", "TRACE", "no method", ""];
const MODES: &[&str] =
    &["cors", "cors", "cors", "no-cors", "no-cors", "same-origin", "navigate", "websocket", "webtransport"];
const CREDENTIALS_MODES: &[&str] = &["same-origin", "include", "omit"];
const REDIRECT_MODES: &[&str] = &["follow", "follow", "manual", "error"];
const TAINTINGS: &[&str] = &["basic", "cors", "opaque"];
const ALLOW_ORIGINS: &[&str] =
    &["*", "https://page.example", "null", "https://page.example:8443", "https://page.example, *"];
const LISTS: &[&str] =
    &["*", "PUT", "put, patch", "x-a", "X-A,content-type", "authorization", "accept,x-b", "a b", "", ","];
const OTHER_VALUES: &[(&str, &str)] = &[
    ("Access-Control-Allow-Credentials", "true"),
    ("Access-Control-Allow-Credentials", "True"),
    ("access-control-max-age", "600"),
    ("access-control-max-age", "-1"),
    ("access-control-max-age", "99999999999999999999"),
    ("access-control-max-age", "-99999999999999999999"),
    ("access-control-max-age", ""),
    ("timing-allow-origin", "*"),
    ("timing-allow-origin", "https://page.example"),
    ("timing-allow-origin", "null, \"*\""),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-site"),
    ("cross-origin-resource-policy", "cross-origin"),
    ("cross-origin-resource-policy", "Same-Origin"),
    ("referrer-policy", "no-referrer"),
    ("referrer-policy", "origin, unknown"),
    ("location", "/a"),
    ("location", "https://page.example/"),
    ("location", "https://page.example/"),
    ("location", "https://api.example/"),
    ("location", "https://user@page.example/"),
    ("location", "data:,x"),
    ("location", ""),
    ("set-cookie", "a=b"),
    ("x-a", "1"),
    ("content-type", "text/html"),
];

fn url(href: &str) -> Url {
    let scheme = href.split(':').next().unwrap().to_owned();
    let origin = if href.contains("://") { href.trim_end_matches('/') } else { "null" };
    Url { href: href.to_owned(), scheme, origin: origin.to_owned(), includes_credentials: false }
}

fn urls() -> impl Strategy<Value = Url> {
    prop_oneof![
        8 => select(HTTP_URLS).prop_map(|origin| url(&format!("{origin}/"))),
        1 => select(OTHER_URLS).prop_map(url),
    ]
}

/// Few headers, so that many are safelisted.
fn request_lines() -> impl Strategy<Value = Lines> {
    let name =
        prop_oneof![2 => generators::safelisted_name(), 1 => generators::name(), 1 => Just("Authorization".to_owned())];
    let value = prop_oneof![
        select(&["", "1", "text/plain", "bytes=0-"][..]).prop_map(|value| value.as_bytes().to_vec()),
        generators::value()
    ];
    vec((name, value), 0..4)
}

fn response_lines() -> impl Strategy<Value = Lines> {
    let lists = &["Access-Control-Allow-Methods", "access-control-allow-headers", "Access-Control-Expose-Headers"][..];
    let line = |name: &str, value: &str| (name.to_owned(), value.as_bytes().to_vec());
    let line = prop_oneof![
        1 => select(ALLOW_ORIGINS).prop_map(move |value| line("Access-Control-Allow-Origin", value)),
        3 => (select(lists), select(LISTS)).prop_map(move |(name, value)| line(name, value)),
        4 => select(OTHER_VALUES).prop_map(move |(name, value)| line(name, value)),
        1 => (generators::name(), generators::value()),
    ];
    let allowed = select(&["*", "https://page.example", "null"][..]);
    let allowed = allowed.prop_map(|value| ("access-control-allow-origin".to_owned(), value.as_bytes().to_vec()));
    (option::weighted(0.7, allowed), vec(line, 0..6))
        .prop_map(|(allowed, lines)| allowed.into_iter().chain(lines).collect())
}

fn statuses() -> impl Strategy<Value = u16> {
    prop_oneof![4 => select(&[200_u16, 204, 299][..]), 1 => select(&[0_u16, 199, 300, 301, 304, 308, 401, 404, 421, 421, 999][..])]
}

fn requests() -> impl Strategy<Value = Request> {
    let modes = (select(MODES), select(CREDENTIALS_MODES), select(REDIRECT_MODES), select(&REFERRER_POLICIES));
    let flags = (any::<bool>(), proptest::bool::weighted(0.2), select(TAINTINGS), proptest::bool::weighted(0.1));
    let what = (select(METHODS), vec(urls(), 1..3), select(ORIGINS), request_lines(), option::of(any::<bool>()));
    (modes, flags, what).prop_map(|(modes, flags, (method, url_list, origin, lines, body))| Request {
        method: if is_method(method.as_bytes()) { method } else { "GET" }.to_owned(),
        url_list,
        origin: origin.to_owned(),
        header_list: lines
            .into_iter()
            .map(|(name, value)| (name.into_bytes(), testkit::oracle::normalize(&value)))
            .collect(),
        mode: modes.0,
        credentials_mode: modes.1,
        redirect_mode: modes.2,
        referrer_policy: modes.3,
        body,
        unsafe_request_flag: flags.0,
        use_cors_preflight_flag: flags.1,
        response_tainting: flags.2,
        timing_allow_failed: flags.3,
        redirect_count: 0,
    })
}

fn inits() -> impl Strategy<Value = Init> {
    let body = prop_oneof![
        Just(Body::Text),
        Just(Body::UrlSearchParams),
        Just(Body::FormData),
        Just(Body::Bytes),
        any::<bool>().prop_map(Body::Document),
        Just(Body::Stream),
        Just(Body::Stream),
        Just(Body::Stream),
        select(&["", "text/plain", "application/json", "a\u{e9}"][..]).prop_map(|of| Body::Blob(of.to_owned())),
    ];
    let api = select(&[Api::Fetch, Api::Xhr][..]);
    let method = prop_oneof![3 => select(METHODS).prop_map(str::to_owned), 1 => "[a-zA-Z ]{0,6}"];
    let modes = (select(MODES), select(CREDENTIALS_MODES), select(REDIRECT_MODES), select(&REFERRER_POLICIES));
    let what = (option::weighted(0.8, body), any::<bool>(), urls(), select(ORIGINS), proptest::bool::weighted(0.1));
    (api, method, request_lines(), modes, what).prop_map(|(api, method, headers, modes, what)| Init {
        api,
        method,
        headers,
        body: what.0,
        mode: modes.0,
        credentials_mode: modes.1,
        redirect_mode: modes.2,
        referrer_policy: modes.3,
        upload_listener: what.1,
        url: if what.4 {
            Url {
                href: what.2.href.replacen("//", "//user@", 1),
                includes_credentials: what.2.href.contains("//"),
                ..what.2
            }
        } else {
            what.2
        },
        origin: what.3.to_owned(),
    })
}

/// Parses only the URLs of the list of locations. All others are invalid.
#[cfg(feature = "cache")]
fn parse(_: &Url, location: &[u8]) -> Option<Url> {
    let location = core::str::from_utf8(location).ok()?;
    if !location.contains(':') || !OTHER_VALUES.contains(&("location", location)) {
        return None;
    }
    let origin = url(&location.replace("user@", "")).origin;
    Some(Url { origin, includes_credentials: location.contains("user@"), ..url(location) })
}

/// Fetches whose responses are mostly redirects.
#[cfg(feature = "cache")]
fn fetches() -> impl Strategy<Value = testkit::compare::driver::Fetch> {
    let status = prop_oneof![2 => select(&[301_u16, 302, 303, 307, 308][..]), 1 => Just(200), 1 => statuses()];
    let init = prop_oneof![inits().prop_map(Ok), requests().prop_map(Err)];
    let embedder_policy = select(&["unsafe-none", "unsafe-none", "require-corp", "credentialless"][..]);
    let exchanges = vec(option::weighted(0.95, (status, response_lines())), 0..8);
    (init, embedder_policy, 0_u64..7000, exchanges).prop_map(|(init, embedder_policy, wait, exchanges)| {
        testkit::compare::driver::Fetch {
            init,
            embedder_policy,
            wait: core::time::Duration::from_millis(wait),
            exchanges,
        }
    })
}

proptest! {
    #![proptest_config(crate::config(2048))]

    #[test]
    fn methods_and_names_are_the_oracles(text in prop_oneof![generators::name(), "[a-zA-Z\u{e9} -]{0,8}", select(METHODS).prop_map(str::to_owned)]) {
        compare::method_and_name(&text);
    }

    #[test]
    fn header_values_are_the_oracles(value in generators::value()) {
        compare::header_value(&value);
    }

    #[test]
    fn header_lists_are_the_oracles(lines in response_lines()) {
        compare::header_list(&lines);
    }

    #[test]
    fn request_header_lists_are_the_oracles(lines in request_lines()) {
        compare::request_header_list(&lines);
    }

    #[test]
    fn request_constructors_make_the_oracles_request(init in inits()) {
        compare::init(&init);
    }

    #[test]
    fn routes_and_origin_headers_are_the_oracles(asked in requests()) {
        compare::route(&asked);
    }

    #[test]
    fn checks_on_responses_are_the_oracles(asked in requests(), status in statuses(), lines in response_lines()) {
        compare::response(&asked, status, &lines);
    }

    #[cfg(feature = "cache")]
    #[test]
    fn whole_fetches_are_the_oracles(fetches in vec(fetches(), 1..4)) {
        testkit::compare::driver::play(&fetches, parse);
    }

    #[test]
    fn checks_on_preflights_are_the_oracles(asked in requests(), status in statuses(), lines in response_lines()) {
        compare::preflight_response(&asked, status, &lines);
    }
}

/// The generators must reach every outcome, or agreement proves little.
#[test]
fn request_and_response_generators_reach_every_outcome() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    use std::collections::BTreeMap;
    use testkit::oracle::{
        cors_check::cors_check, main_fetch::main_fetch, preflight::preflight_response, timing_allow::tao_check,
    };

    let mut runner = TestRunner::deterministic();
    let mut ends: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..4000 {
        let (asked, init, status, lines) =
            (requests(), inits(), statuses(), response_lines()).new_tree(&mut runner).unwrap().current();
        let list = compare::from_the_wire(&lines);
        for end in [
            format!("init {:?}", init.request().map(drop)),
            format!("route {:?}", main_fetch(&asked)),
            format!("check {:?}", cors_check(&asked, &list)),
            format!("preflight {:?}", preflight_response(&asked, status, &list).map(drop)),
            format!("timing {}", tao_check(&asked, &list)),
        ] {
            *ends.entry(end).or_default() += 1;
        }
    }
    for end in [
        "init Ok(())",
        "init Err(\"5.3\")",
        "init Err(\"17\")",
        "init Err(\"1\")",
        "init Err(\"25.2\")",
        "init Err(\"32.1\")",
        "init Err(\"33.5\")",
        "init Err(\"35\")",
        "init Err(\"39.2\")",
        "init Err(\"2\")",
        "init Err(\"3\")",
        "init Err(\"4\")",
        "route Ok(Basic)",
        "route Ok(Opaque)",
        "route Ok(Cors)",
        "route Ok(CorsWithPreflight)",
        "check Ok(())",
        "check Err(\"2\")",
        "check Err(\"4\")",
        "check Err(\"8\")",
        "preflight Ok(())",
        "preflight Err(\"7\")",
        "preflight Err(\"7.3\")",
        "preflight Err(\"7.5\")",
        "preflight Err(\"7.6\")",
        "preflight Err(\"7.7\")",
        "timing true",
        "timing false",
    ] {
        assert!(ends.get(end).is_some_and(|count| *count >= 5), "{end}: {ends:#?}");
    }
}
