//! Policies as configuration, and the mistakes in them.
//!
//! ```text
//! JSON, YAML … ── serde ──▶ PolicyConfig ── build ──▶ Mistakes (validate.rs) ──▶ OwnedPolicy, or ConfigErrors
//! const builder ── build, build_or_panic ──▶ Mistakes ──▶ Policy, or ConfigError, or the compiler's message (message.rs)
//! ```

#[cfg(feature = "alloc")]
mod build;
mod const_build;
mod error;
#[cfg(feature = "alloc")]
mod errors;
mod expected;
mod message;
#[cfg(feature = "alloc")]
mod policy_config;
#[cfg(feature = "std")]
mod reloadable;
mod suggestion;
mod validate;

pub use error::{ConfigError, ConfigReason, Field};
#[cfg(feature = "serde")]
pub(crate) use errors::Mistake;
#[cfg(feature = "alloc")]
pub use errors::{ConfigErrors, ConfigErrorsIter};
pub use expected::{Expected, Meant};
pub(super) use message::Message;
#[cfg(feature = "alloc")]
pub use policy_config::{PatternConfig, PolicyConfig, RuleConfig};
#[cfg(feature = "std")]
pub use reloadable::ReloadablePolicy;
pub use suggestion::SuggestedValue;
pub(super) use validate::Mistakes;
