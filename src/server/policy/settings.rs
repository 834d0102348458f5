//! The settings of a policy that apply to all its rules.

use super::list::Coverage;
use super::rare::{Functions, Rare};
use super::rule::{OwnExposed, Rule, mirrors};
use crate::header::OwnNames;
use crate::server::credentials::Credentials;

/// How much of the policy an answer to a preflight shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Disclosure {
    /// All that is allowed. The answer is the same for every preflight, so browsers can cache it well.
    #[default]
    Full,
    /// Only what the preflight asks for, and only if it is allowed.
    Minimal,
}

/// Whether a preflight that asks for access to a private network is granted it.
///
/// The protocol was abandoned. Only old browsers have it.
///
/// <https://wicg.github.io/private-network-access/>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum PrivateNetwork {
    /// No.
    #[default]
    Refused,
    /// Yes, to the policy's origins.
    Allowed,
}

/// Whether the server itself refuses requests from origins that are not allowed.
///
/// A browser sends `Origin` with CORS requests, and with all requests whose method is not `GET` or `HEAD`. So requests without
/// it pass in both cases: those for an image, a script or a link of another site, and those of other clients than browsers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Enforcement {
    /// No. The request is handled, and the browser keeps the response from the page.
    #[default]
    Browser,
    /// Yes. A request whose `Origin` is not allowed gets a 403 and is not handled, unless it comes from the server's own origin:
    /// `Sec-Fetch-Site` is `same-origin` or `none`, or without that header the host of `Origin` is that of `Host` or `:authority`.
    Server,
}

/// What to do with the `Access-Control-*` headers that a response has already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Upstream {
    /// Keep them, and grant nothing beside an `Access-Control-Allow-Origin`.
    Keep,
    /// Remove them.
    Replace(UpstreamExposed),
}

impl Default for Upstream {
    fn default() -> Self {
        Upstream::Replace(UpstreamExposed::Remove)
    }
}

/// What to do with the `Access-Control-Expose-Headers` that a response has already, if its origin is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum UpstreamExposed {
    /// Remove it.
    #[default]
    Remove,
    /// Keep it, and add that of the policy.
    Merge,
}

/// Whether caches may give one answer to all requests.
///
/// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a question of yes or no")]
pub enum Caching {
    /// Yes. The policy allows every origin without credentials, or one exact origin, and reads nothing of the request. The same
    /// headers are in every response, and `Vary` does not name `Origin`.
    SameForAll,
    /// No. The answer depends on the request, and `Vary` says so in every response.
    PerRequest,
}

/// How the rule for an origin is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum OriginSource {
    /// Nothing: the answer is the same for all origins.
    Fixed,
    /// The patterns alone.
    Patterns,
    /// The patterns, and a predicate or an external look-up.
    Dynamic,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::server) struct Settings {
    pub(in crate::server) preflight_status: u16,
    pub(in crate::server) refused_preflight_status: u16,
    pub(in crate::server) disclosure: Disclosure,
    pub(in crate::server) private_network: PrivateNetwork,
    pub(in crate::server) enforcement: Enforcement,
    pub(in crate::server) upstream: Upstream,
    // Computed:
    pub(in crate::server) origin_source: OriginSource,
    /// The request headers that answers depend on, without those that the predicate reads.
    pub(in crate::server) vary: OwnNames,
    pub(in crate::server) preflight_vary: OwnNames,
    /// The number of the rule with the predicate.
    pub(in crate::server) predicate: Option<usize>,
    /// The number of the rule with an external look-up.
    pub(in crate::server) external_lookup: Option<usize>,
    pub(in crate::server) rare: Rare,
}

impl Settings {
    pub(in crate::server) const DEFAULT: Self = Settings {
        preflight_status: 204,
        refused_preflight_status: 403,
        disclosure: Disclosure::Full,
        private_network: PrivateNetwork::Refused,
        enforcement: Enforcement::Browser,
        upstream: Upstream::Replace(UpstreamExposed::Remove),
        origin_source: OriginSource::Patterns,
        vary: OwnNames::NONE,
        preflight_vary: OwnNames::NONE,
        predicate: None,
        external_lookup: None,
        rare: Rare::NONE,
    };

    pub(in crate::server) const fn caching(&self) -> Caching {
        match self.origin_source {
            OriginSource::Fixed => Caching::SameForAll,
            OriginSource::Patterns | OriginSource::Dynamic => Caching::PerRequest,
        }
    }

    /// These settings, with what follows from the rules.
    pub(in crate::server) const fn computed(self, first: &Rule<'_>, more: &[Rule<'_>], functions: Functions) -> Self {
        let replaces = matches!(self.upstream, Upstream::Replace(UpstreamExposed::Remove));
        let mut names_exposed = names_exposed(first);
        let settings_static = matches!(self.disclosure, Disclosure::Full)
            && matches!(self.private_network, PrivateNetwork::Refused)
            && matches!(self.enforcement, Enforcement::Browser);
        if settings_static && more.is_empty() && first.is_static() {
            return Settings {
                origin_source: OriginSource::Fixed,
                vary: OwnNames::NONE,
                preflight_vary: OwnNames::NONE,
                rare: Rare { write_beside: if_any(!replaces || names_exposed, functions.write_beside), ..Rare::NONE },
                ..self
            };
        }
        let mut vary = OwnNames::ORIGIN;
        if matches!(self.enforcement, Enforcement::Server) {
            vary |= OwnNames::SEC_FETCH_SITE;
        }
        let mut preflight_vary = vary | reads(self.disclosure, first);
        let mut predicate = first.predicate_at(0);
        let mut external_lookup = first.external_lookup_at(0);
        let mut rest = more;
        while let [rule, tail @ ..] = rest {
            let number = 1 + more.len() - rest.len();
            preflight_vary |= reads(self.disclosure, rule);
            names_exposed |= self::names_exposed(rule);
            if predicate.is_none() {
                predicate = rule.predicate_at(number);
            }
            if external_lookup.is_none() {
                external_lookup = rule.external_lookup_at(number);
            }
            rest = tail;
        }
        if matches!(self.private_network, PrivateNetwork::Allowed) {
            preflight_vary |= OwnNames::REQUEST_PRIVATE_NETWORK;
        }
        let is_dynamic = predicate.is_some() || external_lookup.is_some();
        let is_computed = preflight_vary != vary || predicate.is_some();
        let refuses = matches!(self.enforcement, Enforcement::Server);
        Settings {
            origin_source: if is_dynamic { OriginSource::Dynamic } else { OriginSource::Patterns },
            vary: OwnNames::origin_and(vary),
            preflight_vary: OwnNames::origin_and(preflight_vary),
            predicate,
            external_lookup,
            rare: Rare {
                match_beyond_patterns: if_any(is_dynamic, functions.match_beyond_patterns),
                site_of: if_any(refuses, functions.site_of),
                write_beside: if_any(!replaces || names_exposed, functions.write_beside),
                write_computed: if_any(is_computed, functions.write_computed),
            },
            ..self
        }
    }
}

const fn if_any<F: Copy>(is_needed: bool, function: F) -> Option<F> {
    if is_needed { Some(function) } else { None }
}

/// Whether the rule exposes the response's own headers, or headers in one line each.
const fn names_exposed(rule: &Rule<'_>) -> bool {
    matches!(rule.own_exposed, OwnExposed::Yes) || mirrors(rule.credentials, rule.exposed_headers.coverage)
}

/// The headers of a preflight that the answer by this rule depends on, besides `Origin`.
const fn reads(disclosure: Disclosure, rule: &Rule<'_>) -> u8 {
    let methods = reads_list(disclosure, rule.credentials, rule.methods.coverage);
    let request_headers = reads_list(disclosure, rule.credentials, rule.request_headers.coverage);
    (if methods { OwnNames::REQUEST_METHOD } else { 0 }) | (if request_headers { OwnNames::REQUEST_HEADERS } else { 0 })
}

/// Whether an answer with this list needs the request's list.
pub(in crate::server) const fn reads_list(
    disclosure: Disclosure,
    credentials: Credentials,
    coverage: Coverage,
) -> bool {
    match disclosure {
        Disclosure::Full => mirrors(credentials, coverage),
        Disclosure::Minimal => !matches!(coverage, Coverage::Nothing),
    }
}
