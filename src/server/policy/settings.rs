//! What a policy says of all its rules together.

use super::list::Extent;
use super::rule::{Credentials, Rule, mirrors};
use crate::header::OwnNames;

/// How much an answer to a preflight tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Disclosure {
    /// Everything that is allowed: the same for every preflight, and the best for the browser's preflight cache.
    #[default]
    Full,
    /// Only what the preflight asks for, and only if it is allowed.
    Minimal,
}

/// Whether a preflight that asks for access to a private network is granted it.
///
/// The protocol is given up; browsers that still have it are old.
///
/// <https://wicg.github.io/private-network-access/>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum PrivateNetwork {
    /// No.
    #[default]
    Refused,
    /// Yes, to the policy's origins.
    Allowed,
}

/// Whether requests from origins that are not allowed are refused by the server itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Enforcement {
    /// No: the browser keeps the response from the page, and the request has been handled all the same.
    #[default]
    Browser,
    /// Yes: cross-origin requests get a `403` from here. Those of the same origin, and those that no browser makes, pass.
    Server,
}

/// What becomes of the `Access-Control-*` headers that a response has already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Upstream {
    /// They stay, and if there is an `Access-Control-Allow-Origin` among them, none is added.
    Keep,
    /// They go.
    Replace(UpstreamExposed),
}

impl Default for Upstream {
    fn default() -> Self {
        Upstream::Replace(UpstreamExposed::Remove)
    }
}

/// What becomes of the `Access-Control-Expose-Headers` that a response has already, if its origin is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum UpstreamExposed {
    /// It goes.
    #[default]
    Remove,
    /// It stays, and the policy's is added to it.
    Merge,
}

/// Whether the answer is the same for everybody.
///
/// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Yes: it is sent to everybody, on every response, and nothing varies.
    Static,
    /// No: it is made for the origin, and `Vary` says so on every response.
    Dynamic,
}

/// Who says which rule is for an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Judges {
    /// Nobody is asked: the answer is the same for everybody.
    Nobody,
    /// The patterns alone.
    Patterns,
    /// The patterns, and a predicate or the caller.
    Others,
}

/// What answers to preflights are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum PreflightAnswers {
    /// Of what the policy has ready, and the origin.
    Ready,
    /// Of more than that, by some rule or for some preflight.
    Made,
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
    pub(in crate::server) judges: Judges,
    /// What answers depend on, but for what the predicate reads.
    pub(in crate::server) vary: OwnNames,
    pub(in crate::server) preflight_vary: OwnNames,
    pub(in crate::server) preflight_answers: PreflightAnswers,
    /// The number of the rule with the predicate.
    pub(in crate::server) predicate: Option<usize>,
    /// The number of the rule that asks its caller.
    pub(in crate::server) look_up: Option<usize>,
}

impl Settings {
    pub(in crate::server) const DEFAULT: Self = Settings {
        preflight_status: 204,
        refused_preflight_status: 403,
        disclosure: Disclosure::Full,
        private_network: PrivateNetwork::Refused,
        enforcement: Enforcement::Browser,
        upstream: Upstream::Replace(UpstreamExposed::Remove),
        judges: Judges::Patterns,
        vary: OwnNames::NONE,
        preflight_vary: OwnNames::NONE,
        preflight_answers: PreflightAnswers::Ready,
        predicate: None,
        look_up: None,
    };

    pub(in crate::server) const fn form(&self) -> Form {
        match self.judges {
            Judges::Nobody => Form::Static,
            Judges::Patterns | Judges::Others => Form::Dynamic,
        }
    }

    /// These settings with what follows from the rules.
    pub(in crate::server) const fn computed(self, first: &Rule<'_>, more: &[Rule<'_>]) -> Self {
        let settings_static = matches!(self.disclosure, Disclosure::Full)
            && matches!(self.private_network, PrivateNetwork::Refused)
            && matches!(self.enforcement, Enforcement::Browser);
        if settings_static && more.is_empty() && first.is_static() {
            return Settings { judges: Judges::Nobody, vary: OwnNames::NONE, preflight_vary: OwnNames::NONE, ..self };
        }
        let mut vary = OwnNames::ORIGIN;
        if matches!(self.enforcement, Enforcement::Server) {
            vary |= OwnNames::SEC_FETCH_SITE;
        }
        let mut preflight_vary = vary | reads(self.disclosure, first);
        let mut predicate = first.predicate_at(0);
        let mut look_up = first.look_up_at(0);
        let mut rest = more;
        while let [rule, tail @ ..] = rest {
            let number = 1 + more.len() - rest.len();
            preflight_vary |= reads(self.disclosure, rule);
            if predicate.is_none() {
                predicate = rule.predicate_at(number);
            }
            if look_up.is_none() {
                look_up = rule.look_up_at(number);
            }
            rest = tail;
        }
        if matches!(self.private_network, PrivateNetwork::Allowed) {
            preflight_vary |= OwnNames::REQUEST_PRIVATE_NETWORK;
        }
        let ready = preflight_vary == vary && predicate.is_none();
        Settings {
            judges: if predicate.is_some() || look_up.is_some() { Judges::Others } else { Judges::Patterns },
            vary: OwnNames::origin_and(vary),
            preflight_vary: OwnNames::origin_and(preflight_vary),
            preflight_answers: if ready { PreflightAnswers::Ready } else { PreflightAnswers::Made },
            predicate,
            look_up,
            ..self
        }
    }
}

/// What of a preflight the answer by this rule depends on, the origin apart.
const fn reads(disclosure: Disclosure, rule: &Rule<'_>) -> u8 {
    let methods = reads_list(disclosure, rule.credentials, rule.methods.extent);
    let request_headers = reads_list(disclosure, rule.credentials, rule.request_headers.extent);
    (if methods { OwnNames::REQUEST_METHOD } else { 0 }) | (if request_headers { OwnNames::REQUEST_HEADERS } else { 0 })
}

/// Whether the request's list is read to answer with this one.
pub(in crate::server) const fn reads_list(disclosure: Disclosure, credentials: Credentials, extent: Extent) -> bool {
    match disclosure {
        Disclosure::Full => mirrors(credentials, extent),
        Disclosure::Minimal => !matches!(extent, Extent::Nothing),
    }
}
