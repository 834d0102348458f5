//! The server half: a policy and a request in, response headers out.
//!
//! The server answers from its policy, not from the request: the lists are sent as they stand, and the browser does the
//! matching. So a hostile request costs nothing, answers to preflights can be kept, and the browser's console names the
//! method or the header that it refused.

mod answer;
mod ask;
mod config;
mod decide;
#[cfg(feature = "alloc")]
mod dots;
mod enforce;
mod form;
#[cfg(feature = "alloc")]
mod index;
#[cfg(feature = "tower")]
mod kept;
mod lint;
mod mirror;
mod names;
#[cfg(feature = "alloc")]
mod owned;
mod pattern;
mod policy;
mod refusal;
mod request;
mod rule;
mod saved;
mod settings;
#[cfg(feature = "alloc")]
mod table;
#[cfg(feature = "alloc")]
mod text;

pub use answer::{PreflightAnswer, ResponseHeaders};
pub use ask::{Ask, Begin};
#[cfg(feature = "serde")]
pub(crate) use config::Mistake;
pub use config::{ConfigError, ConfigReason, Expected, Field, Meant, SuggestedValue};
#[cfg(feature = "alloc")]
pub use config::{ConfigErrors, PatternConfig, PolicyConfig, RuleConfig};
pub use decide::{Decision, OriginAnswer};
pub use enforce::Forbidden;
#[cfg(feature = "tower")]
pub(crate) use kept::KeptHeaders;
pub use lint::{Lint, LintKind, PublicSuffixes};
#[cfg(feature = "alloc")]
pub use owned::OwnedPolicy;
pub use pattern::{Danger, ORIGIN_LIMIT, OriginPattern, PatternFault, PatternReason};
pub use policy::{Policy, PolicyBuilder};
pub use refusal::Refusal;
pub use request::RequestKind;
pub use rule::{Credentials, OriginPredicate, Rule};
#[cfg(feature = "serde")]
pub(crate) use rule::{LookUp, OwnExposed};
pub use saved::SavedHeaders;
pub use settings::{Disclosure, Enforcement, Form, PrivateNetwork, Upstream, UpstreamExposed};
