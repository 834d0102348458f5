//! The two halves against each other: what a policy allows a browser lets a page do and read, and nothing else.

use core::time::Duration;
use std::collections::BTreeMap;

use fetch_cors::{
    browser::{
        Action, BodyInit, CredentialsMode, Environment, GrowingPreflightCache, Outcome, Profile, RequestInit, Response,
        UploadListener, Url, XhrCredentials, XhrInit, fetch, switches::AuthorizationUnderWildcard,
    },
    header::{HeaderName, Headers},
    origin::Origin,
    server::{
        Begin, Danger, Decision, Disclosure, Enforcement, OriginAnswer, OwnedPolicy, PatternConfig, PolicyConfig,
        PrivateNetwork, RuleConfig, Upstream, UpstreamExposed,
    },
};

use crate::oracle::{self, Dice};

type Line = (String, Vec<u8>);

/// The values of the request's headers that `Vary` names, and these names.
type Key = Vec<Option<Vec<u8>>>;

/// What is meant by a rule.
#[derive(Debug)]
struct Meant {
    origins: Vec<String>,
    asks: bool,
    credentials: bool,
    methods: Vec<&'static str>,
    request_headers: Vec<&'static str>,
    exposed_headers: Vec<&'static str>,
    exposes_own: bool,
    max_age: Option<u32>,
}

impl Meant {
    fn roll(dice: &mut Dice, asks: bool) -> Self {
        let credentials = dice.roll(2) == 0;
        let exposes_own = dice.roll(4) == 0;
        let mut origins: Vec<String> = (0..=dice.roll(2)).map(|_| dice.pattern()).collect();
        match dice.roll(8) {
            0 => origins.push("*".into()),
            1 => origins.push("null".into()),
            2 => origins = vec!["*".into()],
            _ => {}
        }
        let wildcard = if credentials && !exposes_own { "x-b" } else { "*" };
        Meant {
            origins,
            asks,
            credentials,
            methods: dice.some(&["PUT", "DELETE", "PATCH", "patch", "*"]),
            request_headers: dice.some(&["x-a", "X-B", "authorization", "content-type", "*"]),
            exposed_headers: dice.some(&["etag", "X-Total", wildcard]),
            exposes_own,
            max_age: [None, Some(0), Some(600)][dice.roll(3)],
        }
    }

    fn config(&self) -> RuleConfig {
        let dangers = |text: &String| Danger::ALL.into_iter().fold(PatternConfig::new(text), PatternConfig::despite);
        let mut rule = RuleConfig::new(self.origins.iter().map(dangers))
            .methods(self.methods.iter().copied())
            .request_headers(self.request_headers.iter().copied())
            .exposed_headers(self.exposed_headers.iter().copied());
        rule = if self.asks { rule.ask_caller() } else { rule };
        rule = if self.credentials { rule.credentials() } else { rule };
        rule = if self.exposes_own { rule.expose_own_headers() } else { rule };
        self.max_age.map_or(rule.clone(), |seconds| rule.max_age_seconds(seconds))
    }

    fn is_for(&self, origin: &str) -> bool {
        let listed = self.origins.iter().any(|pattern| match pattern.as_str() {
            // The opaque origin is another danger.
            "*" if self.credentials => origin != "null" && oracle::matches("*", origin),
            "*" => true,
            _ => oracle::matches(pattern, origin),
        });
        listed || self.asks && is_tenant(origin)
    }

    fn allows(&self, page: &Page, profile: &Profile) -> bool {
        let include = page.credentials == CredentialsMode::Include;
        let authorization_covered =
            profile.authorization_under_wildcard == AuthorizationUnderWildcard::Covered && !self.credentials;
        let names = |name: &&&str| {
            let listed = self.request_headers.iter().any(|listed| listed.eq_ignore_ascii_case(name));
            let wildcard = self.request_headers.contains(&"*");
            listed || wildcard && (!name.eq_ignore_ascii_case("authorization") || authorization_covered)
        };
        let method = page.method_sent();
        (!include || self.credentials)
            && (matches!(method, "GET" | "HEAD" | "POST")
                || self.methods.contains(&method)
                || self.methods.contains(&"*"))
            && page.unsafe_names().iter().filter(|name| !names(name)).count() == 0
    }

    fn exposes(&self, name: &str, credentials: CredentialsMode) -> bool {
        let listed = self.exposed_headers.iter().any(|listed| listed.eq_ignore_ascii_case(name));
        let wildcard = self.exposed_headers.contains(&"*") && credentials != CredentialsMode::Include;
        name != "set-cookie" && (name == "cache-control" || self.exposes_own || listed || wildcard && !self.credentials)
    }
}

fn is_tenant(origin: &str) -> bool {
    oracle::parts(origin).is_some_and(|(_, host, _)| host.len() % 2 == 0)
}

impl Dice {
    fn some(&mut self, choices: &[&'static str]) -> Vec<&'static str> {
        choices.iter().copied().filter(|_| self.roll(3) == 0).collect()
    }
}

/// What a page asks for.
#[derive(Debug)]
struct Page {
    origin: String,
    method: &'static str,
    headers: Vec<(&'static str, &'static [u8])>,
    credentials: CredentialsMode,
    listens: bool,
}

impl Page {
    fn roll(dice: &mut Dice, rules: &[Meant]) -> Option<Self> {
        let rule = &rules[dice.roll(rules.len())];
        let pattern = &rule.origins[dice.roll(rule.origins.len())];
        let origin = match dice.roll(6) {
            0 => "null".into(),
            1 => format!("https://{}", dice.host()),
            _ => dice.origin_near(pattern),
        };
        // Of what is no origin there is no page.
        Origin::parse(&origin).ok()?;
        let methods = ["GET", "get", "HEAD", "POST", "PUT", "put", "DELETE", "PATCH", "patch", "PURGE"];
        let choices: [(&str, &[u8]); 8] = [
            ("accept", b"text/plain"),
            ("X-A", b"1"),
            ("x-a", b"2"),
            ("x-b", b""),
            ("x-c", b"1"),
            ("Authorization", b"Bearer a"),
            ("content-type", b"application/json"),
            ("*", b"1"),
        ];
        let credentials = [CredentialsMode::Omit, CredentialsMode::SameOrigin, CredentialsMode::Include];
        let rarity = 2 + dice.roll(8);
        let mut headers: Vec<_> = choices.into_iter().filter(|_| dice.roll(rarity) == 0).collect();
        // Combined, so many of `accept` would be no safelisted value.
        if let Some(repeated) = headers.iter().copied().find(|(name, _)| *name != "accept" && dice.roll(8) == 0) {
            headers.resize(12, repeated);
        }
        Some(Page {
            origin,
            method: methods[dice.roll(methods.len())],
            headers,
            credentials: credentials[dice.roll(3)],
            listens: dice.roll(6) == 0,
        })
    }

    fn method_sent(&self) -> &'static str {
        match self.method {
            "get" => "GET",
            "put" => "PUT",
            method => method,
        }
    }

    fn unsafe_names(&self) -> Vec<&'static str> {
        self.headers.iter().map(|(name, _)| *name).filter(|name| *name != "accept").collect()
    }
}

/// A server: what it answers to whom, and how caches may tell its answers apart.
struct Server {
    policy: OwnedPolicy,
    application: Vec<(&'static str, &'static [u8])>,
    fetch_metadata: bool,
    /// What was answered to the requests that are the same as far as `Vary` tells.
    stored: BTreeMap<(bool, Key), Vec<Line>>,
}

impl Server {
    /// The status and the headers.
    fn answer(&mut self, method: &str, request: &[(&str, &[u8])]) -> (u16, Vec<Line>) {
        let mut lines = request.to_vec();
        lines.push(("Host", b"api.example"));
        lines.extend(self.fetch_metadata.then_some(("Sec-Fetch-Site", &b"cross-site"[..])));
        let headers = Headers::from_pairs(&lines);
        let decision = match self.policy.begin(method, headers) {
            Begin::Done(decision) => decision,
            Begin::AskOrigin(ask) if is_tenant(ask.origin()) => ask.resume(OriginAnswer::Allowed),
            Begin::AskOrigin(ask) => ask.resume(OriginAnswer::Refused),
        };
        let mut sink: Vec<(&str, &[u8])> = Vec::new();
        let status = match decision {
            Decision::AnswerPreflight(answer) => {
                answer.write(&mut sink).unwrap();
                answer.status()
            }
            Decision::Handle(headers) => {
                sink.extend(&self.application);
                let (saved, mut again) = (headers.save(), sink.clone());
                headers.write(&mut sink).unwrap();
                self.policy.restore(&saved).write(&mut again).unwrap();
                assert_eq!(again, sink);
                200
            }
            Decision::Forbid(forbidden) => {
                forbidden.write(&mut sink).unwrap();
                forbidden.status()
            }
        };
        let answer: Vec<Line> = sink.iter().map(|(name, value)| ((*name).to_owned(), value.to_vec())).collect();
        self.store(method == "OPTIONS", headers, status, &answer);
        (status, answer)
    }

    /// Fails if a cache would give this answer, or the one before, to the wrong request.
    fn store(&mut self, preflight: bool, request: Headers<'_>, status: u16, answer: &[Line]) {
        let vary = answer.iter().filter(|(name, _)| name.eq_ignore_ascii_case("vary"));
        let names: Vec<&str> = vary.map(|(_, value)| str::from_utf8(value).unwrap()).collect();
        let names = names.join(",");
        let mut names: Vec<&str> =
            names.split(',').map(str::trim).filter(|name| !matches!(*name, "" | "Cookie")).collect();
        names.sort_unstable();
        let value = |name: &&str| Some(request.get(HeaderName::new(name).unwrap())?.bytes().collect());
        let mut key: Key = names.iter().map(value).collect();
        key.push(Some(names.join(",").into_bytes()));
        let mut answer = answer.to_vec();
        answer.push(("status".into(), status.to_string().into_bytes()));
        let stored = self.stored.entry((preflight, key)).or_insert_with(|| answer.clone());
        assert_eq!(*stored, answer, "{request:?}");
        assert_eq!(
            self.stored.keys().filter(|(kind, _)| *kind == preflight).map(|(_, key)| key.last()).min(),
            self.stored.keys().filter(|(kind, _)| *kind == preflight).map(|(_, key)| key.last()).max(),
            "`Vary` is the same on all responses"
        );
    }
}

fn pairs(lines: &[Line]) -> Vec<(&str, &[u8])> {
    lines.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect()
}

/// What the page gets: the names of the headers that it reads, or why it gets nothing.
fn visit(
    server: &mut Server,
    page: &Page,
    profile: &Profile,
    cache: &mut GrowingPreflightCache,
) -> Result<Vec<String>, String> {
    let origin = Origin::parse(&page.origin).unwrap();
    let url = Url::new("https://api.example/items").unwrap();
    let headers = Headers::from_pairs(&page.headers);
    let with_body = !matches!(page.method_sent(), "GET" | "HEAD");
    let xhr = |with_credentials| XhrInit {
        method: page.method,
        headers,
        body: with_body.then_some(BodyInit::Text),
        with_credentials,
        upload_listener: UploadListener::Present,
    };
    let request = match (page.listens, page.credentials) {
        (true, CredentialsMode::Include) => xhr(XhrCredentials::Include).request(url, origin),
        (true, CredentialsMode::SameOrigin) => xhr(XhrCredentials::SameOrigin).request(url, origin),
        (_, credentials) => {
            RequestInit { method: page.method, headers, credentials, ..RequestInit::default() }.request(url, origin)
        }
    };
    let (environment, now) = (Environment::new(profile), Duration::ZERO);
    let awaiting = match fetch(request.unwrap(), environment, cache, now).map_err(|error| error.to_string())? {
        Action::SendPreflight(awaiting) => {
            let lines = awaiting.preflight().headers();
            let lines: Vec<Line> =
                lines.map(|(name, value)| (name.as_str().to_owned(), value.to_string().into_bytes())).collect();
            let (status, answer) = server.answer("OPTIONS", &pairs(&lines));
            let answer = pairs(&answer);
            let response = Response::new(status, Headers::from_pairs(&answer)).unwrap();
            awaiting.on_response(&response, cache, now).map_err(|error| error.to_string())?
        }
        Action::SendRequest(awaiting) => awaiting,
        Action::FetchScheme(..) => panic!("it is `https`"),
    };
    let outgoing = awaiting.outgoing();
    let origin = outgoing.origin.map(|origin| origin.to_string());
    let mut lines: Vec<(&str, &[u8])> =
        outgoing.headers.iter().map(|header| (header.name.as_str(), header.value)).collect();
    lines.extend(origin.as_ref().map(|origin| ("Origin", origin.as_bytes())));
    let (status, answer) = server.answer(outgoing.method.as_str(), &lines);
    let answer = pairs(&answer);
    let response = Response::new(status, Headers::from_pairs(&answer)).unwrap();
    match awaiting.on_response(&response, cache).map_err(|error| error.to_string())? {
        Outcome::Response(response) => {
            Ok(response.headers().map(|header| header.name.as_str().to_ascii_lowercase()).collect())
        }
        Outcome::Redirect(_) => panic!("nothing redirects"),
    }
}

const APPLICATION: [(&str, &[u8]); 6] = [
    ("ETag", b"1"),
    ("x-total", b"2"),
    ("X-C", b"3"),
    ("Cache-Control", b"no-store"),
    ("Set-Cookie", b"a=b"),
    ("Vary", b"Cookie"),
];

/// What a proxy's upstream says of itself, and has no say in.
const UPSTREAM: [(&str, &[u8]); 3] = [
    ("Access-Control-Allow-Origin", b"*"),
    ("access-control-allow-credentials", b"true"),
    ("Access-Control-Expose-Headers", b"x-c"),
];

fn policy(dice: &mut Dice, rules: &[Meant], upstream: Upstream) -> PolicyConfig {
    let first = PolicyConfig::from(rules[0].config());
    let config = rules[1..].iter().fold(first, |config, rule| config.rule(rule.config()));
    config
        .upstream(upstream)
        .disclosure([Disclosure::Full, Disclosure::Minimal][dice.roll(2)])
        .enforcement([Enforcement::Browser, Enforcement::Browser, Enforcement::Server][dice.roll(3)])
        .private_network([PrivateNetwork::Refused, PrivateNetwork::Allowed][dice.roll(2)])
        .preflight_status([200, 204, 299][dice.roll(3)])
        .refused_preflight_status([200, 204, 403, 500][dice.roll(4)])
}

#[test]
fn a_browser_grants_what_the_policy_allows_and_nothing_else() {
    let mut dice = Dice(0x2_4A1F);
    let (mut allowed, mut refused) = (0, 0);
    for _ in 0..500 {
        let count = 1 + dice.roll(3);
        let asking = dice.roll(6);
        let rules: Vec<Meant> = (0..count).map(|number| Meant::roll(&mut dice, number == asking)).collect();
        let upstream =
            [Upstream::Replace(UpstreamExposed::Remove), Upstream::Replace(UpstreamExposed::Merge), Upstream::Keep]
                [dice.roll(3)];
        let config = policy(&mut dice, &rules, upstream);
        let pages: Vec<Page> = (0..12).filter_map(|_| Page::roll(&mut dice, &rules)).collect();
        let foreign: &[(&str, &[u8])] = if upstream == Upstream::Keep { &[] } else { &UPSTREAM };
        let merged = upstream == Upstream::Replace(UpstreamExposed::Merge);
        for profile in [Profile::FETCH, Profile::CHROMIUM, Profile::FIREFOX, Profile::SAFARI] {
            let mut server = Server {
                policy: config.build().unwrap(),
                application: APPLICATION.iter().chain(foreign).copied().collect(),
                fetch_metadata: dice.roll(2) == 0,
                stored: BTreeMap::new(),
            };
            // Of requests that no page makes, nothing but `Vary` is looked at.
            server.answer("GET", &[]);
            server.answer("GET", &[("Origin", b"https://a.example"), ("Origin", b"https://a.example")]);
            let mut cache = GrowingPreflightCache::new();
            for page in &pages {
                let rule = rules.iter().find(|rule| rule.is_for(&page.origin));
                let rule = rule.filter(|rule| rule.allows(page, &profile));
                let got = visit(&mut server, page, &profile, &mut cache);
                let context = || format!("{}: {page:?}\n{rules:#?}\n{config:?}\n{got:?}", profile.name);
                assert_eq!(rule.is_some(), got.is_ok(), "{}", context());
                let (Some(rule), Ok(names)) = (rule, &got) else {
                    refused += 1;
                    continue;
                };
                allowed += 1;
                for (name, _) in APPLICATION {
                    let name = name.to_ascii_lowercase();
                    let expected = rule.exposes(&name, page.credentials) || merged && name == "x-c";
                    assert_eq!(names.contains(&name), expected, "{name}: {}", context());
                }
            }
        }
    }
    assert!(allowed > 1_000 && refused > 1_000, "{allowed} {refused}");
}
