//! Redirects change a request as the oracle says.

use fetch_cors::{
    browser::{
        Environment, NetworkError, Profile, Request, Url,
        error::Phase,
        redirect::http_redirect_fetch,
        request::{Body, RedirectTaint, ReferrerPolicy, RequestHeaders, RequestMode, ResponseTainting},
        response::Status,
    },
    header::Headers,
    method::Method,
    origin::Origin,
};
use proptest::{collection::vec, prelude::*, sample::select};

use testkit::oracle::{
    http_redirect_fetch::redirect_taint,
    request::{Request as Redirected, Url as Location},
};

const ORIGINS: &[&str] = &[
    "https://page.example",
    "http://page.example",
    "https://page.example:8443",
    "https://api.example",
    "https://api.example:8443",
    "https://cdn.example",
];
const PAGES: &[&str] = &["https://page.example", "https://page.example", "http://api.example", "null"];
const METHODS: &[&str] = &["GET", "HEAD", "POST", "PUT", "post", "FOO"];
const STATUSES: &[u16] = &[301, 302, 303, 307, 308];
const POLICIES: &[ReferrerPolicy] =
    &[ReferrerPolicy::Empty, ReferrerPolicy::Empty, ReferrerPolicy::NoReferrer, ReferrerPolicy::UnsafeUrl];
const NAMES: &[&str] = &[
    "Content-Type",
    "content-encoding",
    "CONTENT-LANGUAGE",
    "Content-Location",
    "Content-Length-X",
    "Authorization",
    "authorization",
    "X-Authorization",
    "Accept",
    "x-a",
];

const MODES: &[RequestMode] = &[RequestMode::Cors, RequestMode::NoCors, RequestMode::SameOrigin, RequestMode::Navigate];
const TAINTINGS: &[ResponseTainting] = &[ResponseTainting::Basic, ResponseTainting::Cors, ResponseTainting::Opaque];

fn location(origin: &str, userinfo: &str) -> Location {
    let (scheme, rest) = origin.split_once("://").unwrap();
    Location {
        href: format!("{scheme}://{userinfo}{rest}/"),
        scheme: scheme.to_owned(),
        includes_credentials: !userinfo.is_empty(),
        origin: origin.to_owned(),
    }
}

/// URLs, some of which fail.
fn locations() -> impl Strategy<Value = Location> {
    let other = select(&["data:,", "ftp://page.example/", "about:blank"][..]).prop_map(|href| Location {
        href: href.to_owned(),
        scheme: href.split(':').next().unwrap().to_owned(),
        includes_credentials: false,
        origin: if href.starts_with("ftp") { "ftp://page.example" } else { "null" }.to_owned(),
    });
    prop_oneof![
        40 => select(ORIGINS).prop_map(|origin| location(origin, "")),
        2 => (select(ORIGINS), select(&["user@", ":password@", "user:password@"][..]))
            .prop_map(|(origin, userinfo)| location(origin, userinfo)),
        1 => other,
    ]
}

fn requests() -> impl Strategy<Value = (Redirected, RequestMode, ResponseTainting)> {
    let headers = vec((select(NAMES), "[a-z]{0,3}"), 0..6);
    let body = prop_oneof![3 => Just(None), 3 => Just(Some(true)), 1 => Just(Some(false))];
    let modes = (select(MODES), select(TAINTINGS));
    (select(PAGES), select(ORIGINS), select(METHODS), headers, body, modes, select(POLICIES)).prop_map(
        |(page, url, method, headers, body, (mode, tainting), policy)| {
            let redirected = Redirected {
                origin: page.to_owned(),
                mode: mode.as_str(),
                credentials_mode: "same-origin",
                redirect_mode: "follow",
                response_tainting: tainting.as_str(),
                unsafe_request_flag: true,
                use_cors_preflight_flag: false,
                timing_allow_failed: false,
                method: method.to_owned(),
                body,
                header_list: headers
                    .into_iter()
                    .map(|(name, value)| (name.as_bytes().to_vec(), value.into_bytes()))
                    .collect(),
                redirect_count: 0,
                url_list: vec![location(url, "")],
                referrer_policy: policy.as_str(),
            };
            (redirected, mode, tainting)
        },
    )
}

/// The request in the oracle's form. The parts that redirects do not change are copied.
fn as_oracle_has_it(request: &Request<'_>, expected: &Redirected) -> Redirected {
    let line =
        |header: fetch_cors::header::Header<'_>| (header.name.as_str().as_bytes().to_vec(), header.value.to_vec());
    let mut url_list = expected.url_list.clone();
    request.current_url().as_str().clone_into(&mut url_list.last_mut().unwrap().href);
    Redirected {
        origin: request.origin().to_string(),
        mode: request.mode().as_str(),
        response_tainting: request.response_tainting().as_str(),
        method: request.method().as_str().to_owned(),
        body: match request.body() {
            Body::None => None,
            Body::WithSource => Some(true),
            Body::WithoutSource => Some(false),
        },
        header_list: request.headers().iter().map(line).collect(),
        redirect_count: request.redirect_count(),
        url_list,
        referrer_policy: request.referrer_policy().as_str(),
        ..expected.clone()
    }
}

type Hops = Vec<(u16, ReferrerPolicy, Location)>;

/// Follows the redirects until one fails. Returns the step that fails, and the number of redirects.
fn play(
    start: &(Redirected, RequestMode, ResponseTainting),
    hops: &Hops,
) -> Result<(Option<&'static str>, usize), TestCaseError> {
    let (mut expected, mode, tainting) = start.clone();
    let lines = expected.header_list.clone();
    let pairs: Vec<(&str, &[u8])> =
        lines.iter().map(|(name, value)| (core::str::from_utf8(name).unwrap(), &value[..])).collect();
    let (first, page) = (expected.url_list[0].href.clone(), expected.origin.clone());
    let method = expected.method.clone();
    let mut request = Request::new(Url::new(&first).unwrap(), Origin::parse(&page).unwrap())
        .with_method(Method::new(&method).unwrap())
        .with_headers(RequestHeaders::new(Headers::from_pairs(&pairs)))
        .with_mode(mode)
        .with_response_tainting(tainting)
        .with_referrer_policy(ReferrerPolicy::from_word(expected.referrer_policy).unwrap())
        .with_body(match expected.body {
            None => Body::None,
            Some(true) => Body::WithSource,
            Some(false) => Body::WithoutSource,
        });
    let environment = Environment::new(&Profile::FETCH);
    for (followed, (status, policy, location)) in hops.iter().enumerate() {
        let url = Url::new(&location.href).unwrap();
        let found = http_redirect_fetch(&request, Status::new(*status).unwrap(), *policy, url, environment);
        match (found, expected.clone().http_redirect_fetch(*status, policy.as_str(), location)) {
            (Ok(next), Ok(next_expected)) => {
                prop_assert_eq!(as_oracle_has_it(&next, &next_expected), next_expected.clone());
                let origins: Vec<&str> = next_expected.url_list.iter().map(|url| url.origin.as_str()).collect();
                prop_assert_eq!(next.redirect_taint().as_str(), redirect_taint(&page, &origins));
                (request, expected) = (next, next_expected);
            }
            (Err(reason), Err(step)) => {
                let error = NetworkError::new(Phase::Redirect, reason, tainting);
                prop_assert!(error.step().number.split('–').any(|number| number == step), "{}", error.step());
                return Ok((Some(step), followed));
            }
            (found, expected) => prop_assert!(false, "{found:?}, expected {expected:?}"),
        }
    }
    Ok((None, hops.len()))
}

fn hops() -> impl Strategy<Value = Hops> {
    vec((select(STATUSES), select(POLICIES), locations()), 1..24)
}

proptest! {
    #![proptest_config(crate::config(2048))]

    #[test]
    fn http_redirect_fetch_is_the_oracles(start in requests(), hops in hops()) {
        play(&start, &hops)?;
    }

    #[test]
    fn redirect_taint_is_the_oracles(
        page in select(PAGES), origins in vec(prop_oneof![8 => select(ORIGINS), 1 => Just("null")], 1..8)
    ) {
        let parse = |origin: &str| Origin::parse(origin).unwrap().to_string();
        let parsed: Vec<String> = origins.iter().map(|origin| parse(origin)).collect();
        let parsed: Vec<Origin<'_>> = parsed.iter().map(|origin| Origin::parse(origin).unwrap()).collect();
        let page_origin = Origin::parse(page).unwrap();
        let found = parsed.windows(2).fold(RedirectTaint::default(), |taint, pair| {
            taint.after_redirect(page_origin, pair[0], pair[1], &fetch_cors::browser::request::HostIsSite)
        });
        prop_assert_eq!(found.as_str(), redirect_taint(page, &origins));
    }
}

/// The generators must reach every outcome and every taint, or agreement proves little.
#[test]
fn redirect_generators_reach_every_outcome_and_taint() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};

    let mut runner = TestRunner::deterministic();
    let mut ends = std::collections::BTreeMap::new();
    let mut taints = std::collections::BTreeMap::new();
    for _ in 0..2000 {
        let (start, hops) = (requests(), hops()).new_tree(&mut runner).unwrap().current();
        *ends.entry(play(&start, &hops).unwrap().0).or_insert(0) += 1;
        let origins: Vec<&str> = hops.iter().take(3).map(|hop| hop.2.origin.as_str()).collect();
        let followable = origins.iter().all(|origin| origin.starts_with("http"));
        if followable {
            *taints.entry(redirect_taint(&start.0.origin, &origins)).or_insert(0) += 1;
        }
    }
    for end in [None, Some("6"), Some("7"), Some("9"), Some("10"), Some("11")] {
        assert!(ends.get(&end).is_some_and(|count| *count >= 10), "{end:?}: {ends:?}");
    }
    for taint in ["same-origin", "same-site", "cross-site"] {
        assert!(taints.get(taint).is_some_and(|count| *count >= 50), "{taint}: {taints:?}");
    }
}
