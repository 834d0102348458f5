//! Whole fetches: the driver compared with the oracle's steps, one after the other.

use core::time::Duration;

use fetch_cors::{
    browser::{
        Action, AwaitingPreflight, AwaitingResponse, Environment, GrowingPreflightCache, NetworkError, Outcome,
        Profile, Redirect, Response, Url, cross_origin_resource_policy::IncludesCredentials, fetch,
        timing_allow::TimingAllow,
    },
    header::Headers,
};

use crate::{
    compare::{
        EMBEDDER_POLICIES, Lines, expect_step, from_the_wire, lowercase, names_in_lower_case, pairs,
        request::{body_of, is_the_oracles, preflight, scheme, with_init},
        with_request, written,
    },
    oracle::{
        Header,
        cors_check::cors_check,
        cors_unsafe_request_header_names,
        credentials::includes_credentials,
        cross_origin_resource_policy::cross_origin_resource_policy_check,
        filtered_response::filtered_headers,
        http_network_or_cache_fetch::{has_invalid_header_value, runs_on_new_connection},
        location::{location, parse_a_referrer_policy},
        main_fetch::{self, Fetched, main_fetch},
        preflight::preflight_response,
        preflight_cache::{Answer, Asking, Cache},
        request::{Request, Url as OracleUrl},
        request_init::Init,
        request_origin_header::request_origin_header,
        timing_allow::tao_check,
    },
};

/// The request, its URL, and the time since the previous fetch.
#[derive(Clone, Debug)]
pub struct Fetch {
    pub init: Result<Init, Request>,
    pub embedder_policy: &'static str,
    pub wait: Duration,
    pub exchanges: Vec<Exchange>,
}

/// The status and headers of a response; `None` if there is no response.
pub type Exchange = Option<(u16, Lines)>;

/// Parses a `Location` against a URL.
pub type Parse = fn(&OracleUrl, &[u8]) -> Option<OracleUrl>;

/// Runs all fetches with one cache. Returns the number of requests that are sent.
pub fn play(fetches: &[Fetch], parse: Parse) -> usize {
    let (mut crates, mut oracles) = (GrowingPreflightCache::new(), Cache::default());
    let (mut now, mut sent) = (Duration::ZERO, 0);
    for Fetch { init, embedder_policy, wait, exchanges } in fetches {
        now += *wait;
        let mut environment = Environment::new(&Profile::FETCH);
        environment.embedder_policy =
            EMBEDDER_POLICIES.into_iter().find(|policy| policy.0 == *embedder_policy).unwrap().1;
        let mut play = Play {
            crates: &mut crates,
            oracles: &mut oracles,
            environment,
            embedder_policy,
            now,
            parse,
            exchanges: exchanges.iter(),
            preflighted: false,
            sent: 0,
        };
        match init {
            Ok(init) => with_init(init, |request| {
                let (Ok(request), Ok(asked)) = (request, init.request()) else { return };
                is_the_oracles(&request, &asked);
                play.begin(request, asked);
            }),
            Err(asked) => with_request(asked, |request| play.begin(request, asked.clone())),
        }
        // A fetch has at most 21 requests. Each may have a preflight, and both may be sent twice.
        assert!(play.sent <= 84, "{} requests", play.sent);
        sent += play.sent;
    }
    sent
}

struct Play<'p> {
    crates: &'p mut GrowingPreflightCache,
    oracles: &'p mut Cache,
    environment: Environment<'p>,
    embedder_policy: &'static str,
    now: Duration,
    parse: Parse,
    exchanges: core::slice::Iter<'p, Exchange>,
    /// Whether a URL of the chain needed a preflight.
    preflighted: bool,
    sent: usize,
}

impl Play<'_> {
    fn begin(&mut self, request: fetch_cors::browser::Request<'_>, asked: Request) {
        let action = fetch(request, self.environment, self.crates, self.now);
        self.main_fetch(action, asked);
    }

    /// Main fetch, 12.
    fn main_fetch(&mut self, found: Result<Action<'_>, NetworkError<'_>>, mut asked: Request) {
        let fetched = match main_fetch(&asked) {
            Ok(fetched) => fetched,
            Err(step) => return self.fails(found.map(drop), step, &asked),
        };
        asked.response_tainting = fetched.response_tainting();
        let asking = asking_of(&asked);
        match (fetched, main_fetch::scheme_fetch(&asked)) {
            (Fetched::CorsWithPreflight, _) => {
                self.preflighted = true;
                let needs_preflight = self.oracles.needs_preflight(&asking, self.now);
                match found {
                    Ok(Action::SendPreflight(awaiting)) if needs_preflight => self.preflight(awaiting, asked, false),
                    Ok(Action::SendRequest(awaiting)) if !needs_preflight => self.request(awaiting, asked, false),
                    found => panic!("{found:?}, needs a preflight: {needs_preflight}"),
                }
            }
            (_, None) => self.fails(found.map(drop), "3–4", &asked),
            (_, Some("http")) => match found {
                Ok(Action::SendRequest(awaiting)) => self.request(awaiting, asked, false),
                found => panic!("{found:?}, expected a request"),
            },
            (_, expected) => match found {
                Ok(Action::FetchScheme(found, awaiting)) => {
                    assert_eq!(scheme(Some(found)), expected);
                    self.request(awaiting, asked, false);
                }
                found => panic!("{found:?}, expected {expected:?}"),
            },
        }
    }

    /// CORS-preflight fetch.
    fn preflight(&mut self, awaiting: AwaitingPreflight<'_>, asked: Request, is_new_connection_fetch: bool) {
        self.sent += 1;
        preflight(&awaiting.preflight(), &asked);
        let Some((status, lines)) = self.exchanges.next().and_then(Option::as_ref) else {
            let error = awaiting.on_network_error(self.crates);
            return self.ends(&error, "6", &asked);
        };
        let (pairs, list) = (pairs(lines), from_the_wire(lines));
        let Ok(response) = Response::new(*status, Headers::from_pairs(&pairs)) else { return };
        // HTTP-network-or-cache fetch, 17; before it, HTTP-network fetch.
        let again = awaiting.on_new_connection(&response);
        if has_invalid_header_value(&list) {
            assert!(again.is_none());
            let found = awaiting.on_response(&response, self.crates, self.now).map(drop);
            return self.fails(found, "10", &asked);
        }
        assert_eq!(again.is_some(), runs_on_new_connection(*status, is_new_connection_fetch, None));
        if let Some(again) = again {
            return self.preflight(again, asked, true);
        }
        let found = awaiting.on_response(&response, self.crates, self.now);
        match preflight_response(&asked, *status, &list) {
            Ok(grant) => {
                let text = |list: Vec<Vec<u8>>| -> Vec<String> {
                    list.into_iter().map(|item| String::from_utf8(item).expect("tokens are text")).collect()
                };
                let answer = Answer {
                    methods: grant.methods.map(text),
                    header_names: grant.header_names.map(text),
                    max_age: vec![grant.max_age.to_string()],
                };
                let asking = asking_of(&asked);
                self.oracles.preflight_response(&asking, &answer, self.now).expect("the grant is enough");
                self.request(found.expect("the preflight passes"), asked, false);
            }
            Err(step) => {
                let step = step.strip_prefix("CORS check, ").unwrap_or(&step);
                self.fails(found.map(drop), step, &asked);
            }
        }
    }

    /// HTTP-network-or-cache fetch, as far as it makes the request, and HTTP fetch, 4.4–6.
    fn request(&mut self, awaiting: AwaitingResponse<'_>, mut asked: Request, is_new_connection_fetch: bool) {
        self.sent += 1;
        let outgoing = awaiting.outgoing();
        assert_eq!(outgoing.method.as_str(), asked.method);
        assert_eq!(outgoing.url.as_str(), asked.current_url().href);
        let origin = request_origin_header(&asked);
        assert_eq!(outgoing.origin().map(|origin| origin.to_string()), origin);
        let mut expected = names_in_lower_case(&asked.header_list);
        expected.extend(origin.map(|origin| (b"origin".to_vec(), origin.into_bytes())));
        expected.extend(after_origin(&asked.header_list));
        assert_eq!(written(outgoing.headers.iter()), expected);
        assert_eq!(outgoing.body, body_of(asked.body));
        let includes_credentials = includes_credentials(&asked, self.embedder_policy);
        assert_eq!(outgoing.credentials == IncludesCredentials::Yes, includes_credentials);
        let Some((status, lines)) = self.exchanges.next().and_then(Option::as_ref) else {
            let error = awaiting.on_network_error(self.crates);
            return self.ends(&error, "4.3", &asked);
        };
        let (pairs, list) = (pairs(lines), from_the_wire(lines));
        let Ok(response) = Response::new(*status, Headers::from_pairs(&pairs)) else { return };
        let is_http = main_fetch::scheme_fetch(&asked) == Some("http");
        let again = awaiting.on_new_connection(&response);
        if is_http && has_invalid_header_value(&list) {
            assert!(again.is_none());
            let found = awaiting.on_response(&response, self.crates).map(drop);
            return self.fails(found, "10", &asked);
        }
        // HTTP-network-or-cache fetch, 15.
        let prompts = *status == 401 && asked.response_tainting != "cors" && includes_credentials || *status == 407;
        match awaiting.prompts_for_credentials(&response) {
            Ok(found) => assert!(found == prompts && !(prompts && asked.body == Some(false))),
            Err(error) => {
                assert!(prompts && asked.body == Some(false));
                return expect_step(&error, "15.2.1");
            }
        }
        // 17.
        assert_eq!(again.is_some(), is_http && runs_on_new_connection(*status, is_new_connection_fetch, asked.body));
        if let Some(again) = again {
            return self.request(again, asked, true);
        }
        let found = awaiting.on_response(&response, self.crates);
        if !is_http {
            return ends_in(&found, &asked, *status, &list);
        }
        // 4.4.
        if asked.response_tainting == "cors"
            && let Err(step) = cors_check(&asked, &list)
        {
            return self.fails(found.map(drop), step, &asked);
        }
        // 4.5.
        asked.timing_allow_failed = !tao_check(&asked, &list);
        // 5.
        let (origin, url_origin) = (&asked.origin, &asked.current_url().origin);
        let policy = self.embedder_policy;
        if asked.response_tainting == "opaque"
            && !cross_origin_resource_policy_check(origin, policy, &list, url_origin, includes_credentials)
        {
            return self.fails(found.map(drop), "5", &asked);
        }
        // 6.
        if ![301, 302, 303, 307, 308].contains(status) {
            return ends_in(&found, &asked, *status, &list);
        }
        match (asked.redirect_mode, location(*status, &list)) {
            ("error", _) => self.fails(found.map(drop), "6.3, \"error\"", &asked),
            ("manual", _) if asked.mode != "navigate" => is_opaque_redirect(&found, &asked),
            ("manual", _) | (_, None) => ends_in(&found, &asked, *status, &list),
            (_, Some(Err(()))) => self.fails(found.map(drop), "5", &asked),
            (_, Some(Ok(location))) => match found {
                Ok(Outcome::Redirect(redirect)) => {
                    assert_eq!(redirect.location(), *location);
                    assert_eq!(redirect.base_url().as_str(), asked.current_url().href);
                    self.redirect(redirect, &asked, *status, parse_a_referrer_policy(&list));
                }
                found => panic!("{found:?}, expected a redirect"),
            },
        }
    }

    /// HTTP-redirect fetch.
    fn redirect(&mut self, redirect: Redirect<'_>, asked: &Request, status: u16, referrer_policy: &'static str) {
        let location_url = (self.parse)(asked.current_url(), redirect.location().single().expect("it is on one line"));
        let url = location_url.as_ref().map(|url| Url::new(&url.href).expect("a URL"));
        let found = redirect.follow(url, self.crates, self.now);
        let Some(location_url) = &location_url else { return self.fails(found.map(drop), "5", asked) };
        match asked.clone().http_redirect_fetch(status, referrer_policy, location_url) {
            Ok(next) => self.main_fetch(found, next),
            Err(step) => self.fails(found.map(drop), step, asked),
        }
    }

    #[track_caller]
    fn fails(&mut self, found: Result<(), NetworkError<'_>>, step: &str, asked: &Request) {
        let error = found.err().unwrap_or_else(|| panic!("no error, expected one of {step}"));
        self.ends(&error, step, asked);
    }

    /// Main fetch, 12, with preflight, 3.
    #[track_caller]
    fn ends(&mut self, error: &NetworkError<'_>, step: &str, asked: &Request) {
        expect_step(error, step);
        if self.preflighted {
            let asking = asking_of(asked);
            self.oracles.clear(&asking);
        }
    }
}

/// The parts of a request that the cache depends on.
fn asking_of(asked: &Request) -> Asking {
    let text = |name: Vec<u8>| String::from_utf8(name).expect("names are text");
    let unsafe_names = cors_unsafe_request_header_names(&asked.header_list);
    Asking {
        key: (String::new(), asked.serialized_origin(), asked.current_url().href.clone()),
        method: asked.method.clone(),
        unsafe_names: unsafe_names.into_iter().map(text).collect(),
        use_cors_preflight_flag: asked.use_cors_preflight_flag,
        include_credentials: asked.credentials_mode == "include",
    }
}

/// The headers that the cache mode "default" adds to a conditional request.
///
/// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>, 8.16–8.18.
fn after_origin(list: &[Header]) -> Vec<Header> {
    let has = |name: &str| list.iter().any(|header| header.0.eq_ignore_ascii_case(name.as_bytes()));
    let conditional = ["If-Modified-Since", "If-None-Match", "If-Unmodified-Since", "If-Match", "If-Range"];
    if !conditional.into_iter().any(has) {
        return Vec::new();
    }
    let added = ["pragma", "cache-control"].into_iter().filter(|name| !has(name));
    added.map(|name| (name.into(), b"no-cache".to_vec())).collect()
}

/// Main fetch, 14.
#[track_caller]
fn ends_in(found: &Result<Outcome<'_>, NetworkError<'_>>, asked: &Request, status: u16, list: &[Header]) {
    let Ok(Outcome::Response(response)) = found else { panic!("{found:?}, expected a response") };
    let opaque = asked.response_tainting == "opaque";
    let url = asked.current_url().href.split('#').next().unwrap();
    assert_eq!(response.response_type().as_str(), asked.response_tainting);
    assert_eq!(response.status(), if opaque { 0 } else { status });
    assert_eq!(response.url(), if opaque { "" } else { url });
    assert_eq!(response.redirects(), if opaque { 0 } else { asked.redirect_count });
    assert_eq!(lowercase(response.headers()), names_in_lower_case(&filtered_headers(asked, list)));
    assert_eq!(response.timing_allow() == TimingAllow::Failed, asked.timing_allow_failed);
}

/// <https://fetch.spec.whatwg.org/#concept-filtered-response-opaque-redirect>
#[track_caller]
fn is_opaque_redirect(found: &Result<Outcome<'_>, NetworkError<'_>>, asked: &Request) {
    let Ok(Outcome::Response(response)) = found else { panic!("{found:?}, expected a response") };
    assert_eq!(response.response_type().as_str(), "opaqueredirect");
    assert_eq!((response.status(), response.headers().count()), (0, 0));
    assert_eq!(response.url(), asked.current_url().href.split('#').next().unwrap());
}
