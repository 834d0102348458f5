//! Policies as configuration, and the mistakes in them.
//!
//! ```text
//! JSON, YAML … ── serde ──▶ PolicyConfig ── build ──▶ Mistakes (validate.rs) ──▶ OwnedPolicy, or ConfigErrors
//! const builder ── build, build_or_panic ──▶ Mistakes ──▶ Policy, or ConfigError, or the compiler's message (message.rs)
//! ```

#[cfg(feature = "config")]
mod build;
mod const_build;
mod error;
#[cfg(feature = "config")]
mod errors;
mod expected;
mod message;
#[cfg(feature = "config")]
mod policy_config;
#[cfg(all(feature = "std", feature = "config"))]
mod reloadable;
mod suggestion;
mod validate;

pub use error::{ConfigError, ConfigReason, Field};
#[cfg(feature = "serde")]
pub(crate) use errors::Mistake;
#[cfg(feature = "config")]
pub use errors::{ConfigErrors, ConfigErrorsIter};
pub use expected::{Expected, Meant};
pub(super) use message::Message;
#[cfg(feature = "config")]
pub use policy_config::{PatternConfig, PolicyConfig, RuleConfig};
#[cfg(all(feature = "std", feature = "config"))]
pub use reloadable::ReloadablePolicy;
pub use suggestion::SuggestedValue;
pub(super) use validate::Mistakes;
