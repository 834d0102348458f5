//! The server half: a policy and a request in, response headers out.
//!
//! The server answers from its policy, not from the request. Lists are sent as the policy has them, and the browser does the
//! matching. So a hostile request costs nothing, browsers can cache preflights, and the browser's console names the method or
//! the header that it refuses.
//!
//! # The way of a request
//!
//! ```text
//!                config/    a policy as data: checked, then built
//!                   │
//!                policy/    what is allowed: rules, settings, lists, ready values
//!                   │         with pattern (one pattern) and index (many patterns)
//!                   ▼
//! request/  ──▶  decision/  ──▶  response/
//! its kind       which rule       which headers to set, merge and remove;
//! its `Origin`   matches the      the answer to a preflight; the refusal of
//! its site       origin           a request that the policy forbids
//! ```
//!
//! 1. `request` finds the `Origin` lines, and the method that a preflight asks about.
//! 2. `decision` finds the first rule that matches the origin: by its patterns, by a predicate, or by an answer of the caller.
//! 3. `response` writes the headers into whatever response there is. `Vary` comes first, then the grant.

mod config;
mod decision;
#[cfg(feature = "alloc")]
mod index;
mod lint;
mod outline;
mod pattern;
mod policy;
mod repeats;
mod request;
mod response;

#[cfg(feature = "serde")]
pub(crate) use config::Mistake;
pub use config::{ConfigError, ConfigReason, Expected, Field, Meant, SuggestedValue};
#[cfg(feature = "alloc")]
pub use config::{ConfigErrors, ConfigErrorsIter, PatternConfig, PolicyConfig, RuleConfig};
pub use decision::{Decision, OriginAnswer, OriginLookup, Refusal, SavedHeaders, Start};
pub use lint::{Lint, LintKind, PublicSuffixes};
pub use pattern::{Danger, ORIGIN_LIMIT, OriginPattern, PatternFault, PatternReason};
#[cfg(feature = "alloc")]
pub use policy::owned::OwnedPolicy;
#[cfg(feature = "serde")]
pub(crate) use policy::rule::{ExternalLookup, OwnExposed};
pub use policy::{
    Policy, PolicyBuilder,
    rule::{Credentials, OriginPredicate, Rule},
    settings::{Caching, Disclosure, Enforcement, PrivateNetwork, Upstream, UpstreamExposed},
};
pub use request::RequestKind;
pub use response::{Forbidden, MAX_ANSWER_LINES, PreflightAnswer, ResponseHeaders};
