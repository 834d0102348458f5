//! A policy that can be replaced while requests run.

extern crate std;

use core::mem;
use std::sync::{Arc, PoisonError, RwLock};

use super::{ConfigErrors, PolicyConfig};
use crate::server::OwnedPolicy;

/// A policy that can be replaced while requests run.
///
/// A request takes the [current](Self::current) policy once and keeps it until its response is written, so it sees one policy for its whole
/// life. `tower::CorsLayer::reloadable` does that.
///
/// ```
/// use fetch_cors::server::{PolicyConfig, ReloadablePolicy};
///
/// let policy = ReloadablePolicy::new(PolicyConfig::new(["https://app.example"]).build()?);
/// let running = policy.current();
///
/// let errors = policy.reload(&PolicyConfig::new(["https://new.example/", "new.example"])).unwrap_err();
/// assert_eq!(errors.iter().count(), 2);
/// assert!(policy.current().allows_origin(b"https://app.example"));
///
/// policy.reload(&PolicyConfig::new(["https://new.example"]))?;
/// assert!(policy.current().allows_origin(b"https://new.example"));
/// assert!(running.allows_origin(b"https://app.example"));
/// # Ok::<(), fetch_cors::server::ConfigErrors>(())
/// ```
// A lock of the standard library, held only while a pointer is copied or changed. Swapping pointers without a lock would need a
// dependency, and save little: most of the cost is the reference count, which all threads change.
#[derive(Debug)]
pub struct ReloadablePolicy {
    current: RwLock<Arc<OwnedPolicy>>,
}

impl ReloadablePolicy {
    /// A policy to begin with: an [`OwnedPolicy`], an `Arc` of one, or a reference to a `static` [`Policy`](crate::server::Policy).
    pub fn new(policy: impl Into<Arc<OwnedPolicy>>) -> Self {
        ReloadablePolicy { current: RwLock::new(policy.into()) }
    }

    /// The policy for a request that begins now.
    pub fn current(&self) -> Arc<OwnedPolicy> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Builds a policy and puts it in place of the current one. Requests that run keep theirs.
    ///
    /// # Errors
    ///
    /// All mistakes of the configuration. The current policy stays.
    pub fn reload(&self, config: &PolicyConfig) -> Result<(), ConfigErrors> {
        self.replace(config.build()?);
        Ok(())
    }

    /// Puts a policy in place of the current one. Requests that run keep theirs.
    pub fn replace(&self, policy: impl Into<Arc<OwnedPolicy>>) {
        let new = policy.into();
        let old = mem::replace(&mut *self.current.write().unwrap_or_else(PoisonError::into_inner), new);
        // Dropped outside of the lock: the last reference frees all patterns.
        drop(old);
    }
}
