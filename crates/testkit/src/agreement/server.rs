//! A server that answers by the crate, with both types of policy, and the checks on each of its answers.

use fetch_cors::{
    header::{HeaderName, Headers},
    server::{
        Danger, Decision, Disclosure, Enforcement, OriginAnswer, OriginPattern, OriginPredicate, OwnedPolicy,
        PatternConfig, Policy, PolicyBuilder, PolicyConfig, PrivateNetwork, ResponseHeaders, Rule, RuleConfig,
        SavedHeaders, Start, Upstream as UpstreamSetting, UpstreamExposed,
    },
};

use super::{
    application::{Line, Resource, as_text},
    intent::{Clause, Intent, Partners, Upstream, is_tenant},
    shared_cache::{Reply, Wire, values},
};

/// The header with the proxy's mark.
pub const EDITION: &str = "x-edition";

impl OriginPredicate for Partners {
    fn allows(&self, origin: &str, request: Headers<'_>) -> bool {
        let edition = request.iter().find(|header| header.name.matches(EDITION.as_bytes()));
        let edition = edition.map_or("", |header| core::str::from_utf8(header.value).unwrap());
        self.contain(origin, edition)
    }

    fn reads(&self) -> &'static [HeaderName<'static>] {
        const READS: [HeaderName<'static>; 1] = [match HeaderName::new(EDITION) {
            Ok(name) => name,
            Err(_) => HeaderName::ORIGIN,
        }];
        match self {
            Partners::Always => &[],
            Partners::OfNewEdition => &READS,
        }
    }
}

fn dangerous(text: &str) -> OriginPattern<'_> {
    Danger::ALL.iter().copied().fold(OriginPattern::new(text), OriginPattern::dangerously_allow)
}

/// The lists of a rule of a `const` policy.
struct Lists {
    methods: String,
    request_headers: String,
    exposed_headers: String,
}

/// The values that a `const` policy borrows.
pub struct Written<'i>(Vec<(Vec<OriginPattern<'i>>, Lists)>);

impl<'i> Written<'i> {
    /// Writes the patterns and lists of an intent.
    pub fn of(intent: &'i Intent) -> Self {
        let rule = |clause: &'i Clause| {
            let lists = Lists {
                methods: clause.methods.join(", "),
                request_headers: clause.request_headers.join(","),
                exposed_headers: clause.exposed_headers.join(", "),
            };
            (clause.origins.iter().map(|origin| dangerous(origin)).collect(), lists)
        };
        Written(intent.clauses.iter().map(rule).collect())
    }

    /// The rules of the policy.
    pub fn rules(&'i self, intent: &'i Intent) -> Vec<Rule<'i>> {
        let rule = |((origins, lists), clause): (&'i (Vec<OriginPattern<'i>>, Lists), &'i Clause)| {
            let mut rule = Rule::new(origins)
                .methods(&lists.methods)
                .request_headers(&lists.request_headers)
                .exposed_headers(&lists.exposed_headers);
            rule = clause.predicate.as_ref().map_or(rule, |partners| rule.predicate(partners));
            rule = if clause.asks { rule.external_lookup() } else { rule };
            rule = if clause.credentials { rule.credentials() } else { rule };
            rule = if clause.exposes_own { rule.expose_own_headers() } else { rule };
            clause.max_age.map_or(rule, |seconds| rule.max_age_seconds(seconds))
        };
        self.0.iter().zip(&intent.clauses).map(rule).collect()
    }
}

fn config_of(clause: &Clause) -> RuleConfig {
    let dangers =
        |text: &String| Danger::ALL.iter().copied().fold(PatternConfig::new(text), PatternConfig::dangerously_allow);
    let mut rule = RuleConfig::new(clause.origins.iter().map(dangers))
        .methods(clause.methods.iter().copied())
        .request_headers(clause.request_headers.iter().copied())
        .exposed_headers(clause.exposed_headers.iter().copied());
    rule = if clause.asks { rule.external_lookup() } else { rule };
    rule = if clause.credentials { rule.credentials() } else { rule };
    rule = if clause.exposes_own { rule.expose_own_headers() } else { rule };
    clause.max_age.map_or(rule.clone(), |seconds| rule.max_age_seconds(seconds))
}

/// Applies the settings to a builder of either type.
macro_rules! with_settings {
    ($policy:expr, $intent:expr) => {
        $policy
            .upstream(match $intent.upstream {
                Upstream::Kept => UpstreamSetting::Keep,
                Upstream::Merged => UpstreamSetting::Replace(UpstreamExposed::Merge),
                Upstream::Removed => UpstreamSetting::Replace(UpstreamExposed::Remove),
            })
            .disclosure(if $intent.minimal { Disclosure::Minimal } else { Disclosure::Full })
            .enforcement(if $intent.enforced { Enforcement::Server } else { Enforcement::Browser })
            .private_network(if $intent.private_network { PrivateNetwork::Allowed } else { PrivateNetwork::Refused })
            .preflight_status($intent.status)
            .refused_preflight_status($intent.refused_status)
    };
}

/// A policy of either type.
trait Decides {
    fn begin<'a>(&'a self, method: &str, headers: Headers<'a>) -> Start<'a>;
    fn restore<'a>(&'a self, saved: &'a SavedHeaders) -> ResponseHeaders<'a>;
}

impl Decides for Policy<'_> {
    fn begin<'a>(&'a self, method: &str, headers: Headers<'a>) -> Start<'a> {
        Policy::begin(self, method, headers)
    }

    fn restore<'a>(&'a self, saved: &'a SavedHeaders) -> ResponseHeaders<'a> {
        Policy::restore(self, saved)
    }
}

impl Decides for OwnedPolicy {
    fn begin<'a>(&'a self, method: &str, headers: Headers<'a>) -> Start<'a> {
        OwnedPolicy::begin(self, method, headers)
    }

    fn restore<'a>(&'a self, saved: &'a SavedHeaders) -> ResponseHeaders<'a> {
        OwnedPolicy::restore(self, saved)
    }
}

/// The reply to a request for this resource, by a policy.
fn reply_by(policy: &impl Decides, request: &Wire, resource: &Resource) -> Reply {
    let lines: Vec<(&str, &[u8])> = request.lines.iter().map(|(name, value)| (name.as_str(), &value[..])).collect();
    let application = resource.all_lines();
    let mut sink: Vec<(&str, &[u8])> = Vec::new();
    let decision = match policy.begin(&request.method, Headers::from_pairs(&lines)) {
        Start::Decided(decision) => decision,
        Start::Lookup(lookup) if is_tenant(lookup.origin()) => lookup.resume(OriginAnswer::Allowed),
        Start::Lookup(lookup) => lookup.resume(OriginAnswer::Refused),
    };
    let reply = |status, sink: &[(&str, &[u8])]| {
        let lines = sink.iter().map(|(name, value)| ((*name).to_owned(), value.to_vec()));
        Reply { status, lines: lines.collect() }
    };
    if let Decision::Handle(headers) = decision {
        sink.extend(application.iter().map(|(name, value)| (name.as_str(), &value[..])));
        let (saved, mut again) = (headers.save(), sink.clone());
        headers.write(&mut sink).unwrap();
        policy.restore(&saved).write(&mut again).unwrap();
        assert_eq!(again, sink, "restored headers are those that were saved");
    } else {
        decision.write(&mut sink).unwrap();
    }
    reply(decision.status().unwrap_or(resource.status), &sink)
}

fn is_cors(line: &Line) -> bool {
    line.0.to_lowercase().starts_with("access-control-")
}

/// A reply in a form to compare. It leaves out what may differ in equal replies: the order of lines, and the order and
/// the case of lists.
fn comparable(reply: &Reply) -> (u16, Vec<String>) {
    let line = |(name, value): &Line| {
        let (name, value) = (name.to_lowercase(), String::from_utf8_lossy(value).into_owned());
        if !matches!(name.as_str(), "access-control-allow-headers" | "access-control-expose-headers") {
            return format!("{name}: {value}");
        }
        let mut elements: Vec<String> = value.split(',').map(|element| element.trim().to_lowercase()).collect();
        elements.sort();
        format!("{name}: {}", elements.join(","))
    };
    let mut lines: Vec<String> = reply.lines.iter().map(line).collect();
    lines.sort();
    (reply.status, lines)
}

fn without_vary(mut reply: Reply) -> Reply {
    reply.lines.retain(|line| !line.0.eq_ignore_ascii_case("vary"));
    reply
}

/// A server with a policy.
pub struct Server<'i> {
    intent: &'i Intent,
    borrowed: Policy<'i>,
    owned: OwnedPolicy,
    /// A policy with equal settings that allows nobody.
    stranger: OwnedPolicy,
}

impl<'i> Server<'i> {
    /// A server with the policy of this intent.
    pub fn new(intent: &'i Intent, rules: &'i [Rule<'i>]) -> Self {
        let builder = with_settings!(PolicyBuilder::new(rules[0]).rules(&rules[1..]), intent);
        let first = PolicyConfig::from(config_of(&intent.clauses[0]));
        let config = intent.clauses[1..].iter().fold(first, |config, clause| config.rule(config_of(clause)));
        let config = with_settings!(config, intent);
        let predicate =
            intent.clauses.iter().enumerate().find_map(|(number, clause)| Some((number, clause.predicate?)));
        let owned = match predicate {
            Some((number, partners)) => config.build_with_predicate(number, Box::new(partners)),
            None => config.build(),
        };
        let nobody = PolicyConfig::new(["https://nobody.test", "https://no-one.test"]);
        Server {
            intent,
            borrowed: builder.build().unwrap(),
            owned: owned.unwrap(),
            stranger: with_settings!(nobody, intent).build().unwrap(),
        }
    }

    /// Answers a request, and checks the answer.
    pub fn reply(&self, request: &Wire, resource: &Resource) -> Reply {
        let reply = reply_by(&self.owned, request, resource);
        let by_const = reply_by(&self.borrowed, request, resource);
        assert_eq!(comparable(&by_const), comparable(&reply), "both types of policy give equal replies");
        if self.intent.is_same_for_everybody() {
            self.check_sameness(request, resource, &reply);
        } else if !self.is_for(request) {
            self.check_silence(request, resource, &reply);
        }
        self.check_private_network(request, &reply);
        reply
    }

    /// Whether the policy allows the request's origin.
    fn is_for(&self, request: &Wire) -> bool {
        let text = |name| match values(&request.lines, name)[..] {
            [value] => Some(String::from_utf8_lossy(value)),
            _ => None,
        };
        let edition = text(EDITION).unwrap_or_default();
        text("origin").is_some_and(|origin| self.intent.clause_for(&origin, &edition).is_some())
    }

    /// Checks a fixed answer: it equals the answer to a request without `Origin`.
    fn check_sameness(&self, request: &Wire, resource: &Resource, reply: &Reply) {
        let mut anonymous = request.clone();
        anonymous.lines.retain(|line| request.is_preflight() || !line.0.eq_ignore_ascii_case("origin"));
        for line in anonymous.lines.iter_mut().filter(|line| line.0.eq_ignore_ascii_case("origin")) {
            line.1 = b"https://nobody.test".to_vec();
        }
        assert_eq!(reply_by(&self.owned, &anonymous, resource), *reply, "every origin gets the same answer");
        let varies = values(&reply.lines, "vary");
        let own = if request.is_preflight() { Vec::new() } else { values(&resource.lines, "vary") };
        assert_eq!(varies, own, "a fixed answer has no `Vary` of its own");
    }

    /// Checks that a refused origin learns nothing. There is no `Access-Control-*`, except what the application itself
    /// may send. And the answer equals that of a policy that allows nobody.
    fn check_silence(&self, request: &Wire, resource: &Resource, reply: &Reply) {
        let kept = self.intent.upstream == Upstream::Kept && resource.said.origins.len() < 2;
        let forbidden = reply.status == 403 && !request.is_preflight();
        let own = if kept && !forbidden && !request.is_preflight() { resource.all_lines() } else { Vec::new() };
        let cors = |lines: &[Line]| lines.iter().filter(|line| is_cors(line)).cloned().collect::<Vec<_>>();
        let learnt = (as_text(&cors(&reply.lines)), as_text(&cors(&own)));
        assert_eq!(learnt.0, learnt.1, "a refused origin learns nothing: {request:?} {:#?}", self.intent);
        let strangers = reply_by(&self.stranger, request, resource);
        assert_eq!(
            without_vary(reply.clone()),
            without_vary(strangers),
            "a refused origin learns nothing of the rules"
        );
    }

    fn check_private_network(&self, request: &Wire, reply: &Reply) {
        let asked = values(&request.lines, "access-control-request-private-network") == [b"true"];
        let opened = asked && request.is_preflight() && self.intent.private_network && self.is_for(request);
        let answers = values(&reply.lines, "access-control-allow-private-network");
        assert_eq!(!answers.is_empty(), opened, "a private network is opened only as intended");
    }
}
