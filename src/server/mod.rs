//! The server half: a policy and a request in, response headers out.
//!
//! The server answers from its policy, not from the request. Lists are sent as the policy has them, and the browser does the
//! matching. So a hostile request costs nothing, browsers can cache preflights, and the browser's console names the method or
//! the header that it refuses.
//!
//! # In which order to read
//!
//! 1. [`OriginPattern`]: which origins. [`Danger`]: which patterns are errors unless they say that they are meant.
//! 2. [`Policy`], made by the compiler, or `OwnedPolicy` (feature `config`), built from a `PolicyConfig` at run time and indexed
//!    for many origins. [`Rule`]: different permissions for different origins.
//! 3. [`Policy::decide`]: what to do with a request. [`Decision`]: answer at once, or let the application answer.
//! 4. [`Decision::write`]: the headers of the response, into a [`HeaderSink`](crate::header::HeaderSink) or byte pairs.
//!    [`Decision::refusal`]: why a request is refused, for logs and counts.
//! 5. When you need them: [`Policy::begin`] for origins in a database, [`ResponseHeaders::save`] for proxies,
//!    [`Policy::allows_origin`] for WebSockets, `Policy::lint` (feature `config`) for settings that are valid and risky or
//!    useless.
//!
//! # Example
//!
//! ```
//! use fetch_cors::header::{Headers, PairSink};
//! use fetch_cors::server::{Decision, MAX_ANSWER_LINES, OriginPattern, Policy};
//!
//! static POLICY: Policy<'static> =
//!     Policy::builder(&[OriginPattern::new("https://*.app.example")]).methods("PUT").max_age_seconds(7200).build_or_panic();
//!
//! let request: [(&str, &[u8]); 2] =
//!     [("origin", b"https://eu.app.example"), ("access-control-request-method", b"PUT")];
//! let decision = POLICY.decide("OPTIONS", Headers::from_pairs(&request));
//! assert!(matches!(decision, Decision::AnswerPreflight(_)));
//! assert_eq!(decision.status(), Some(204));
//!
//! let mut memory = [("", &b""[..]); MAX_ANSWER_LINES];
//! let mut response = PairSink::new(&mut memory);
//! decision.write(&mut response)?;
//! assert_eq!(
//!     response.pairs(),
//!     [
//!         ("vary", &b"origin"[..]),
//!         ("access-control-allow-origin", b"https://eu.app.example"),
//!         ("access-control-allow-methods", b"PUT"),
//!         ("access-control-max-age", b"7200"),
//!     ],
//! );
//! # Ok::<(), fetch_cors::header::CapacityError>(())
//! ```

// The way of a request:
//
//                config/    a policy as data: checked, then built
//                   │
//                policy/    what is allowed: rules, settings, lists, ready values
//                   │         with pattern (one pattern) and index (many patterns)
//                   ▼
// request/  ──▶  decision/  ──▶  response/
// its kind       which rule       which headers to set, merge and remove;
// its `Origin`   matches the      the answer to a preflight; the refusal of
// its site       origin           a request that the policy forbids
//
// 1. `request` finds the `Origin` lines, and the method that a preflight asks about.
// 2. `decision` finds the first rule that matches the origin: by its patterns, by a predicate, or by an answer of the caller.
// 3. `response` writes the headers into the response. `Vary` comes first, then the grant.
//
// A policy's settings point to the code of 2 and 3 that few policies need, so that other programs do not link it: `functions`,
// `policy/rare`.

mod config;
mod credentials;
mod decision;
mod functions;
#[cfg(feature = "config")]
mod index;
#[cfg(feature = "config")]
mod lint;
#[cfg(feature = "config")]
mod order;
mod origin_match;
mod outline;
mod pattern;
mod policy;
mod request;
mod response;

#[cfg(all(feature = "std", feature = "config"))]
pub use config::ReloadablePolicy;
pub use config::{ConfigError, ConfigReason, Expected, Field, Meant, SuggestedValue};
#[cfg(feature = "config")]
pub use config::{ConfigErrors, ConfigErrorsIter, PatternConfig, PolicyConfig, RuleConfig};
pub use credentials::Credentials;
pub use decision::{DEFAULT_LOOKUP_TIMEOUT, Decision, LookupFailure, OriginAnswer, OriginLookup, SavedHeaders, Start};
#[cfg(feature = "config")]
pub use lint::{Lint, LintKind, PublicSuffixes};
pub use pattern::{Danger, ORIGIN_LIMIT, OriginPattern, PatternFault, PatternReason};
#[cfg(feature = "alloc")]
pub use policy::owned::OwnedPolicy;
#[cfg(feature = "serde")]
pub(crate) use policy::rule::{ExternalLookup, OwnExposed};
pub use policy::{
    Policy, PolicyBuilder,
    rule::{OriginPredicate, Rule},
    settings::{Caching, Disclosure, Enforcement, PrivateNetwork, Upstream, UpstreamExposed},
};
pub use request::RequestKind;
pub use response::{Forbidden, MAX_ANSWER_LINES, PreflightAnswer, Refusal, ResponseHeaders};
#[cfg(feature = "serde")]
pub(crate) use {config::Mistake, order::sorted_numbers};
